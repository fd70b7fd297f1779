"""The cues of speech that are verbs: which verbs of a sentence say something, who says it, and where in its
sentence their clause stands."""

from __future__ import annotations

import re

from qa.attribution.acts import NOUNS, VERB, Word, is_act, is_ing, is_passive, word_at
from qa.attribution.behind import inverted
from qa.attribution.mentions import Mention
from qa.attribution.quotations import MASK
from qa.attribution.senses import is_said
from qa.attribution.speech import Cue
from qa.attribution.told_of import is_told_of
from qa.attribution.verb_subject import subject_of
from qa.text.characters import lower_in_place
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import weekday_pattern
from qa.text.lexicon.peoples import is_adjective_of_a_people
from qa.text.lexicon.speech import verb_of, verbs

# "Noting that …, X said"; "Says Vera Lund, “…”"
_INVERTED = alternatives(
    f.title() for v in verbs("inverts", "asked", "manner") for f in (v.present[1], *v.past) if not v.particle
)
_OPENS = re.compile(rf"\W{{0,2}}(?:([A-Z][a-z]+ing)|({_INVERTED})(?=\s+(?:[A-Z]|the\s|an?\s)))\b")
_TOLD_BY = re.compile(r"\b(?:by|for|of|in|without)\s+(?:\w+ly\s+)?$")


def _opening(bare: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The verb that opens a sentence, in small letters, with its place; a finite one only before what is
    quoted."""
    opens = _OPENS.match(bare, start, end)
    if opens is None or opens.lastindex is None:
        return []
    form = VERB.fullmatch(opens[opens.lastindex].lower())
    if form is None or (opens.lastindex == 2 and MASK not in bare[opens.end() : end]):
        return []
    return [(form.group(), *opens.span(opens.lastindex))]


def by_verbs(
    bare: str, start: int, end: int, mentions: list[Mention], heading: bool, phrases: list[tuple[int, int]]
) -> list[Cue]:
    """The cues of the sentence ``bare[start:end]`` that are verbs and stand in none of the ``phrases`` that
    name a source."""
    found: list[Cue] = []
    source = bare[:start] + lower_in_place(bare[start:end]) if heading else bare
    words = [(m.group().lower(), m.start(), m.end()) for m in VERB.finditer(source, start, end)]
    words = [*_opening(bare, start, end), *words]
    for form, at, stop in words:
        if any(a <= at < b for a, b in phrases) or (form == "citing" and found):
            continue  # "Lind left, Reuters reported, citing two officials"
        cue = _cue(word_at(bare, start, end, mentions, form, at, stop))
        if cue and not (found and _inside(bare, found[-1], cue)):
            found.append(cue)
    return found


def _inside(bare: str, before: Cue, cue: Cue) -> bool:
    """Whether a participle belongs to what the cue before it tells: "told reporters that the mayor broke the
    law by calling on …"."""
    row = verb_of(before.verb)
    return (
        cue.place == "shared"
        and is_ing(cue.verb)
        and before.place == "before"
        and row is not None
        and "words" in row
        and _TOLD_BY.search(bare[before.end : cue.start]) is not None
    )


def _cue(word: Word) -> Cue | None:
    """The act of saying that a word is, with its speaker; None where it is none."""
    if not is_act(word):
        return None
    who = inverted(word)
    if who is not None:
        return _inverted_cue(word, who)
    if is_passive(word):
        return _passive_cue(word)
    return _active_cue(word) if is_said(word) else None


_TO_COLON = re.compile(rf"[^{MASK}:;]{{0,80}}:(?=\s*{MASK})")
_FULL_STOP = re.compile(r"[.;]")


def _inverted_cue(word: Word, who: Mention) -> Cue:
    """The speaker behind: "…," said X."""
    if not word.left.strip(" \u00a0"):
        aside = _TO_COLON.match(word.bare, who.end, word.end)  # "Says Vera Lund, a miller: “…”"
        return Cue(word.at, aside.end() if aside else who.end, word.form, who, "before", False)
    rest = word.bare[who.end : word.end].strip(" .,!?…\u00a0")
    after = MASK not in rest or word.bare[who.end : who.end + 1] in (",", ".")
    last = not rest or (after and not _FULL_STOP.search(rest))
    return Cue(word.at, who.end, word.form, who, "after", last)


_BY = re.compile(r"\s+(?:\w+\s+){0,4}?by\s+")


def _passive_cue(word: Word) -> Cue | None:
    """The agent of a passive, if it is named: "The claim was repeated by X"."""
    by = _BY.match(word.tail)
    if by is None:
        return None
    at = word.stop + by.end()
    if word.row is not None and word.row.lemma == "write":
        return None  # "the letters were written by aides"
    if word.row is not None and "told" in word.row and "words" in word.row and not _SAID_OF.search(word.tail):
        return None  # "the clock is maintained by a guild"
    if word.row is not None and "asked" in word.row and word.tail.startswith(" to "):
        return None  # "though he had been asked to keep them by the guild": only that is the guild's
    if word.row is not None and "as" in word.row and _AS.match(word.tail) is None:
        return None  # "the town was blasted by the storm"
    who = next((x for x in word.mentions if 0 <= x.start - at <= 12), None)
    if who is not None and is_adjective_of_a_people(who.name) and _NOUN.match(word.bare, who.end):
        return None  # "was dismissed by Russian guards"
    return Cue(word.at, who.end, word.form, who, "of", False) if who else None


_AS = re.compile(r".*\bas\b")
_SAID_OF = re.compile(rf"\b(?:that|as|to|whether|how)\b|[{MASK}:]")
_NOUN = re.compile(r"\s+[a-z]")
_OWNS = re.compile(r"[’']s?$")
# Whom "told" tells, a part of the cue.
_HEARERS = re.compile(
    r"\s+(?:(?:reporters|journalists|[a-z]+s|us|me|him|her|them|(?:the|an?|his|her|their|its|our)\s+[\w’'-]+"
    r"|[A-Z][\w’'-]+)(?:\s+(?!that\b)[\w’'.-]+){0,8}?(?=\s+that\s)"
    r"|[a-z]+s(?=\s+(?:he|she|they|it)\b)"
    r"|reporters|journalists|us|me|the press|[\w\s]{0,20}?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)"
)


def _active_cue(word: Word) -> Cue | None:
    """X said …; the speaker of the cue before it, or whoever acts, where it has no subject of its own."""
    who, shared = subject_of(word)
    if who is not None and (_is_infinitive(word, who) or _only_implies(word, who) or _is_done(word, who)):
        return None
    if who is None:
        if not shared or (word.form in NOUNS and not word.follows_quotation):
            return None
    elif is_told_of(word, who) or (
        word.form in NOUNS and _OWNS.search(word.bare[who.start : who.end])  # "the mayor's report"
    ):
        return None
    begin = min(who.start, word.at) if who is not None else word.at
    told = _HEARERS.match(word.tail) if word.form in ("told", "tells") else None
    stop = word.stop + (told.end() if told else 0)
    last = _closes(word)
    if who is None:
        return Cue(begin, stop, word.form, None, "shared", last)
    return Cue(begin, stop, word.form, who, "before", last, not last and _is_subordinate(word, begin))


_CAUSES = re.compile(
    r"\b(?:help(?:s|ed|ing)?|ma(?:kes?|de|king)|let(?:s|ting)?|watch(?:es|ed|ing)?|saw|sees?|heard?|hears)\s+$"
)


_JOINED = re.compile(r"(?:\band|&|,)\s+$")
_AUXILIARY = re.compile(r"\b(?:to|did|does|do)\s+(?:\w+\s+)?$")


def _is_infinitive(word: Word, who: Mention) -> bool:
    """Whether a verb is none of its own: "help Holt cast it as a lie"; one person never "say"."""
    if _CAUSES.search(word.bare, word.start, who.start):
        return True
    row = word.row
    if row is None or word.form != row.present[0] or word.form in row.past or _AUXILIARY.search(word.left):
        return False
    if who.kind == "person":
        return who.name[-1:] != "s" and not _JOINED.search(word.bare, word.start, who.start)
    return who.head in ("he", "she", "it")


_AGENT = re.compile(r"\s+(?:\w+ly\s+)?by\s+(?:the\s+|an?\s+)?")


def _is_done(word: Word, who: Mention) -> bool:
    """Whether a thing is not the subject of a verb, but what somebody did: "“quay” rules added by Norvik"."""
    by = _AGENT.match(word.tail)
    if by is None or who.kind != "role" or word.row is None or word.form not in word.row.past:
        return False
    return any(word.stop + by.start() < m.start <= word.stop + by.end() for m in word.mentions)


_DECIDES = frozenset("bill law lawsuit order plan ruling".split())


def _only_implies(word: Word, who: Mention) -> bool:
    """Whether the reporter infers something from an act: "the ruling signals that judges may follow"."""
    return word.row is not None and "shows" in word.row and who.head in _DECIDES


# What may stand between a verb of saying and the end of its sentence, saying only when, where or how.
_CLOSING = re.compile(
    rf"""^\s*(?:on|in|at|by|during|after|when|to|through|last|this|yesterday|earlier|later|today|also)\b
      [^,;¤]{{0,60}}$
    |^\s*(?:(?:late|early|just|only)\s+)?(?:{weekday_pattern(titled=True)}|today|yesterday|tonight)
      (?:\s+(?:night|morning|evening|afternoon))?
      (?:\s+(?:in|at|on|during|after|via|through|to|of)\b[^,;¤]{{0,60}})?$
    |^[,\s]*(?:commenting|speaking|adding|answering|referring)\b[^;¤]*$""",
    re.VERBOSE,
)
# "told a press briefing on Monday": the hearers end the sentence.
_HEARER_CLOSES = re.compile(
    r"\s+(?:(?:an?|the|his|her|their)\s+)?[\w’'-]+(?:\s+[\w’'-]+){0,2}(?:\s+(?:on|in|"
    r"at)\s+[\w\s’'-]{2,40})?[.…\s]*"
)


_CITING = re.compile(r"(?:^|,?\s+)(?:citing|quoting)\b[^;¤]*$")


def _closes(word: Word) -> bool:
    """Whether a verb ends its sentence, but for when, where, how or to whom: "…, Lind said on Monday."."""
    rest = _CLOSING.sub("", _CITING.sub("", word.tail.strip(" .,!?…\u00a0")))
    if not rest.strip(" .,!?…\u00a0") and MASK not in word.tail:
        return True
    row = word.row
    return row is not None and "hearer" in row and _HEARER_CLOSES.fullmatch(word.tail) is not None


_SUBORDINATES = re.compile(
    r"\b(?:what|who|whom|which|whose|when|after|since|because|although|though|before|if|as)\b"
)
_NEAR = re.compile(r"[\w\s’'.-]{0,24}")
_COMMA_BEHIND = re.compile(r"[^,;]{0,30},")
_COMMA = re.compile(r",\s*$")


def _is_subordinate(word: Word, begin: int) -> bool:
    """Whether the clause of a verb, whose subject stands at ``begin``, only says when, where or of whom:
    "after Holt said no", "the man who Holt said had left"."""
    marks = list(_SUBORDINATES.finditer(word.bare[word.start : begin]))
    if not marks:
        return False
    mark = marks[-1]
    at = word.start + mark.start()
    if _NEAR.fullmatch(word.bare[word.start + mark.end() : begin]) is None:
        return False
    if mark.group() == "as" and word.always_says and _COMMA_BEHIND.match(word.tail):
        return False  # "as Holt said, …"
    return not (mark.group() in ("who", "which") and _COMMA.search(word.bare[word.start : at]))
