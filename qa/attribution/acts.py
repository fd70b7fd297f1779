"""Whether a word is an act of speech where it stands: a verb, no noun and no adjective, neither denied nor
only possible, and one of saying where it has other senses."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from qa.attribution.mentions import OPENERS, Mention
from qa.attribution.quotations import MASK
from qa.text.lazily import lazily
from qa.text.lexicon.bodies import DOCUMENTS
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.deeds import DEED_BEHIND, JUDGING
from qa.text.lexicon.negation import negator_pattern
from qa.text.lexicon.numbers import UNITS
from qa.text.lexicon.people import is_person, singular
from qa.text.lexicon.speech import SAYINGS, Verb, verb_of, verb_pattern, verbs

# "made a claim", "issued a stark warning": a light verb with a noun of saying
_MADE = r"(?:made|makes?|issu(?:es|ed)|renew(?:s|ed)|gave|sent)\s+(?:[\w-]+\s+){0,4}?" + alternatives(
    f"{w}{s}" for w in SAYINGS for s in ("", "s")
)
_SAYING = verb_pattern("words", "deed", "manner")
VERB = lazily(rf"(?<![\w’'-])(?:{_SAYING}|{_MADE})(?![\w’'-])")
NOUNS = frozenset(f for v in verbs("noun") for f in v.present)
# "was quick to add", "took to the radio to say": the infinitive is what its subject does.
READY = lazily(
    r"""\s(?:(?:(?:is|was|are|were)\s+(?:\w+\s+){0,2}(?:quick|careful|keen|eager|swift|happy|proud|likely)
    |(?:took|takes|taking)\s+(?:pains|care|time|to\s+(?:the\s+)?[\w’'-]+))\s+to
    |(?:is|was|are|were)\s+(?:\w+\s+)?(?:quoted|cited|described)\s+as
    |(?:is|was|are|were)\s+(?:\w+\s+)?(?:reported|said|alleged)\s+to\s+have)\s+$""",
    re.VERBOSE,
)
_GOES_ON = lazily(r"\b(?:goes|went|keeps|kept)(?:\s+on)?\s+$")
_BE = lazily(
    r"\b(?:is|are|was|were|been|be|being|gets?|got)\s+(?:(?:also|not|later|first|already|now|still|just|"
    r"again|\w+ly)\s+)*$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A form of a verb of saying, ``bare[at:stop]``, in its sentence, ``bare[start:end]``, with what stands
    left of it and what stands behind it there."""

    bare: str
    start: int
    end: int
    mentions: list[Mention]
    form: str  # in small letters
    at: int
    stop: int
    left: str
    tail: str
    participle: bool  # "saying", where no "was" and no "went on" before it makes it finite

    @property
    def row(self) -> Verb | None:
        """Its verb; None where it is a light verb with a noun of saying ("made a claim")."""
        return verb_of(self.form)

    @property
    def always_says(self) -> bool:
        """Whether it says something whatever its subject, so that any noun with an article may be one."""
        row = self.row
        return (
            row is not None
            and "words" in row
            and not row.flags & {"told", "shows"}
            and self.form not in NOUNS
        )

    @property
    def follows_quotation(self) -> bool:
        """Whether it stands behind a quotation, or behind a comma and a short subject."""
        return self.left.rstrip().endswith(MASK) or _SHORT_SUBJECT.search(self.left) is not None


def is_ing(form: str) -> bool:
    return form.split()[0].endswith("ing")


def word_at(bare: str, start: int, end: int, mentions: list[Mention], form: str, at: int, stop: int) -> Word:
    """The word ``bare[at:stop]`` of the sentence ``bare[start:end]``."""
    participle = (
        is_ing(form)
        and not _GOES_ON.search(bare, start, at)
        and not _BE.search(bare, max(start, at - 40), at)
        and not READY.search(bare, start, at)
    )
    return Word(bare, start, end, mentions, form, at, stop, bare[start:at], bare[stop:end], participle)


def is_passive(word: Word) -> bool:
    """Whether it is told of its subject: "the claim was repeated by …"."""
    return _BE.search(word.left) is not None and not is_ing(word.form)


# --- what is no act of speech ---

_MODAL = lazily(
    r"\b(?:to|must|should|would|will|may|might|can|could|cannot|shall|let)\s+(?:(?:not|\w+ly|also|"
    r"again)\s+)*$"
)
_GOES_ON_TO = lazily(
    r"\b(?:continu(?:es|ed)|w[eo]nt on|goes on|began|used|proceeded|like[ds]|loved|tended) to\s+$"
)
_DENIES = negator_pattern("particle", "modal", "quantity")
# "did not say", "did not yet say"; but "an official who was not named said"
_DENIED = lazily(rf"(?:\b{_DENIES}|n[’']t)\s+(?:(?!\w+ed\b)\w+\s+)?$")
_AUXILIARY = r"(?:has|had|have|is|was|are|were|will|would|could|may|might|did|does)"
_FINITE = verb_pattern("words", of=lambda v: v.finite if "noun" not in v else v.past)
_ACTS = lazily(rf"\s+(?:{_AUXILIARY}|{_FINITE})\b")
_DETERMINED = lazily(
    r"(?:\b(?:the|an?|this|that|its|his|her|their|my|our|any|no|such|these|those|some|of|for|in|with|by|on|"
    r"about|from|official|new|recent|latest|previous|public|strong|stark|direct|clear|formal|first|repeated|"
    r"earlier|similar|conflicting)|[’']s?)\s+$",
    re.IGNORECASE,
)
_MANY = frozenset("children group majority media men people police public staff team union women".split())
_DETERMINED_PARTICIPLE = lazily(
    r"(?:\b(?:the|an?|this|its|his|her|their|any|no|such|these|those)|[’']s)\s+$", re.IGNORECASE
)
_TOLD_BEHIND = lazily(rf"\bthat\b|{MASK}")
# Behind a word that is a noun too, what shows that it is the noun here.
_NOUN_BEHIND = lazily(
    r"\s*[.;)]|\s*,(?!\s*¤)|\s+(?:and|or|of|for|from|in|by|between|among|against|with|this|last|next|during"
    r"|after|before)\b|$"
)
# Behind a comma, a subject of a few words: "…, the mayor claims."
_SHORT_SUBJECT = lazily(
    rf"[,{MASK}]\s+(?:the\s+)?[\w’'-]+(?:\s(?!(?:an?|the|his|her|their|its)\b)[\w’'-]+){{0,3}}\s*$"
)
# Before a participle, what makes it an adjective ("475 pledged delegates", "in proposed rules").
_ADJECTIVE_AFTER = lazily(
    r"(?:\d|\b(?:of|in|by|with|for|from|to|at|as|than|nearly|about|given|get|gets|got|most|more|less|truly"
    rf"|other|{alternatives(word for word, value in UNITS.items() if 1 < value <= 10)}))\s+$"
)


def _only_possible(word: Word) -> bool:
    """Not said, or not yet: "the mill must say why"; but "Lind went on to say" is."""
    return (
        _MODAL.search(word.left) is not None
        and not _GOES_ON_TO.search(word.left)
        and not READY.search(word.left)
    )


def _denied(word: Word) -> bool:
    """Denied: "Lind did not say why"."""
    return _DENIED.search(word.left) is not None


def _noun_that_acts(word: Word) -> bool:
    """A noun, the subject of the verb behind it: "the report said"."""
    return word.form in NOUNS and _ACTS.match(word.tail) is not None


def _noun_with_article(word: Word) -> bool:
    """A noun: "in a direct report"."""
    return word.form in NOUNS and _DETERMINED.search(word.left) is not None


# A noun by its number: "a rare note"; a verb would be "the diver notes", "the divers note".
_ONE = lazily(r"\b(?:an?|this|the|his|her|its|their)\s+(?P<word>[a-z-]*[a-rt-z])\s+$")


def _noun_by_number(word: Word) -> bool:
    """A noun, with one adjective behind its article, where a verb would have another form: "a rare note"."""
    row = word.row
    if row is None or "noun" not in row or word.form != row.present[0]:
        return False
    before = _ONE.search(word.left)
    return before is not None and before["word"] not in _MANY


def _participle_with_article(word: Word) -> bool:
    """An adjective: "the reported losses"."""
    if not word.form.endswith("ed") or _DETERMINED_PARTICIPLE.search(word.left) is None:
        return False
    before = word.start + len(word.left.rstrip())
    return not any(
        m.end == before and m.name.endswith(("’s", "'s")) for m in word.mentions
    )  # "Macy’s announced"


def _noun_alone(word: Word) -> bool:
    """A noun by what follows, with no quotation and no "that" near it: "the primary contests this year"."""
    return (
        word.form in NOUNS
        and not word.follows_quotation
        and not _TOLD_BEHIND.search(word.tail)
        and _NOUN_BEHIND.match(word.tail) is not None
    )


def _adjective(word: Word) -> bool:
    """An adjective by what stands before it: "475 pledged delegates"."""
    return word.form.endswith("ed") and _ADJECTIVE_AFTER.search(word.left) is not None


_A_SAY = lazily(r"\b(?:final|last|an?|own|any|much|greater|more|no|little|some|their|his|her|the)\s+$")


_ASKED_ABOUT = lazily(
    r"\b(?:[Aa]sked|[Pp]ressed|[Qq]uestioned|[Qq]uizzed)\s+(?:[\w’'-]+\s+){0,3}?(?:whether|if|why|how|what|when)\b"
    r"[^,;—–]*$"
)


def _in_a_question(word: Word) -> bool:
    """What somebody is asked: "pressed whether he believes that he must go, Holt said no"."""
    return _ASKED_ABOUT.search(word.left) is not None


def _telling(word: Word) -> bool:
    """An adjective: "the lack of proof may be telling"."""
    return word.form == "telling" and _STOPS.match(word.tail) is not None


def _a_say(word: Word) -> bool:
    """A right to decide: "has the final say on the list"."""
    return word.form == "say" and _A_SAY.search(word.left) is not None


_HAVE = lazily(r"\b(?:has|had|have|having)\s+(?:\w+\s+){0,2}$|[’'](?:ve|d|s)\s+(?:\w+\s+)?$")


def _participle_alone(word: Word) -> bool:
    """An adjective, where a past has another form and nothing makes it a perfect: "traded written jabs"."""
    row = word.row
    return (
        row is not None
        and word.form in ("sworn", "written")
        and _BE.search(word.left) is None
        and _HAVE.search(word.left) is None
        and not word.follows_quotation
    )


def _because_of(word: Word) -> bool:
    """No deed but a cause: "won thanks to the rain"."""
    return word.form == "thanks" and word.tail.startswith(" to ")


_NO_ACT: tuple[Callable[[Word], bool], ...] = (
    _only_possible,
    _denied,
    _noun_that_acts,
    _noun_with_article,
    _noun_by_number,
    _participle_with_article,
    _noun_alone,
    _adjective,
    _participle_alone,
    _a_say,
    _telling,
    _in_a_question,
    _because_of,
)


def is_act(word: Word) -> bool:
    """Whether somebody says something by a word: it is a verb here, and what it tells is told."""
    return not any(rule(word) for rule in _NO_ACT)


# --- verbs with other senses ---

_WHEN = (
    r"(?:\s+(?:earlier|later|just|also|again|recently|today|yesterday|\w+ly"
    r"|on\s+[A-Z]\w+day|(?:this|last)\s+\w+))*"
)
_TOLD = lazily(
    rf"{_WHEN}\s*(?:,|:|—|–|[{MASK}]|that\b|how\b|why\b|whether\b|on\b|in\b|to\b|[.…]|$)|"
    rf"\s+(?:[A-Z\w’'-]+\s+){{1,4}}(?:is|are|was|were|has|had|have|will|would|could|can|may|might|should)\b"
)
# What a word that denies, mocks or names somebody is said of: a claim, or what follows "as".
_AS = lazily(
    rf"\s+(?:[\w’'¤-]+\s+){{0,5}}(?:as|{alternatives(f'{w}s' for w in SAYINGS)}|reports?|talk|ideas?|fears|"
    rf"the\s+\w+|that|this)\b"
)
_NEVER = lazily(r"(?!)")
_STATES = lazily(rf"\s*(?:that|:|{MASK})")
_BEHIND_WORDS = lazily(
    rf"[,{MASK}]\s+(?:[Tt]he|an?|its|his|her|their)\s+(?:[\w’'-]+\s+){{0,3}}?(?P<head>[a-z]+)\s+$"
)
_ENDS = lazily(r"\s*(?:[.,;]|$)")
_STOPS = lazily(r"\s*(?:[.;]|$)")
_CONTINUES = lazily(rf"\s*(?:[,:.]|{MASK}|$)")
_QUOTED_SUBJECT = lazily(rf"{MASK}\s+(?:[\w.’'-]+\s+){{1,5}}$")
_SPOKE_IT = lazily(rf"{MASK}\s+(?:(?:[A-Z][\w’'-]*\s+){{1,3}}|he\s+|she\s+|they\s+)$")  # “…,” Holt observed
_MEANWHILE = lazily(r"\s+(?:as|while|when|before|after|during|from|at|to|in|into|on)\b")
_CLAUSE_ENDS = lazily(r"(?:\s+(?:back|out|again|softly|quietly|loudly))?\s*(?:[,.;]|$)")
_TO_QUOTATION = lazily(rf"(?:\s+(?:back|out))?(?:\s+(?:at|to)\s+\w+)?\s*[,:]?\s*{MASK}")


def _only_continues(word: Word, row: Verb) -> bool:
    """Goes on with something else than words: "Lind continued his walk"."""
    if row.lemma not in ("continue", "go on"):
        return False
    ends = _STOPS.match(word.tail) is not None and MASK not in word.left  # "the trial went on."
    return ends or not _CONTINUES.match(word.tail)


# "The bid raises questions about the service, Holt wrote to the council": a clause, then a short subject.
_BEHIND_A_CLAUSE = lazily(
    rf"\W*(?!(?i:{alternatives(OPENERS)})\b)(?:[^\s,]+\s+){{5,}}[^\s,]+,\s+(?:[Tt]he\s+)?[A-Z][\w’'.-]*"
    r"(?:\s+[A-Z][\w’'.-]*){0,3}\s+"
)


def _deed(word: Word, row: Verb) -> bool:
    """A deed by what follows: "Holt wrote to the king", "Lind maintains in the hall"."""
    if row.lemma in ("advise", "conclude") and word.follows_quotation:
        return False
    if row.lemma == "write" and _SPOKE_IT.search(word.left) is not None:
        return False  # "“…,” Lind wrote to the guild"
    if row.lemma == "write" and _BEHIND_A_CLAUSE.fullmatch(word.left):
        return False
    return DEED_BEHIND.get(row.lemma, _NEVER).match(word.tail) is not None


def _nothing_told(word: Word, row: Verb) -> bool:
    """A verb that says something only with what is told behind it: "Holt believed him"."""
    if "told" not in row or word.form == "stated" or _TOLD.match(word.tail) is not None:
        return False
    return "mind" in row or _SPOKE_IT.search(word.left) is None


def _without_as(word: Word, row: Verb) -> bool:
    """A verb that says something only "as" something, or of a claim: "Lind dismissed a cook"."""
    return "as" in row and _AS.match(word.tail) is None


def _only_sounds(word: Word, row: Verb) -> bool:
    """A manner of speaking with no quotation beside it: "the mayor smiled at the crowd"."""
    return (
        "manner" in row
        and not word.left.rstrip().endswith(MASK)
        and _TO_QUOTATION.match(word.tail) is None
        and not (_QUOTED_SUBJECT.search(word.left) and _CLAUSE_ENDS.match(word.tail))
        and not (_SPOKE_IT.search(word.left) and _MEANWHILE.match(word.tail))
    )


# "a bank called Norvik Trust, which", "delegates, called superdelegates, and"
_INDEFINITE = lazily(
    r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother|[Ss]ome|[Tt]wo|[Tt]hree)\s+(?:[\w’'-]+\s+){1,5}$|\banother,?\s+$"
)
_NAME_BEHIND = lazily(
    rf"\s+(?:[A-Z#@{MASK}]\S*|[a-z]+\d+)(?:\s+[A-Z{MASK}]\S*){{0,5}}(?:[,.;]|\s+(?:that|which|who)\b|$)"
)
_SMALL_NOUN = lazily(r"\b(?!(?:have|has|had|he|she|they|who|it|we|also|was|were|is|are|been)\b)([a-z]+)\s+$")
_WORD_BEHIND = lazily(r"\s+[\w’'-]+(?:\s+[\w’'-]+)?,")


def _names(word: Word, row: Verb) -> bool:
    """A participle that tells a name: "a bank called Norvik Trust", "men, called ferrymen, and"."""
    if word.form not in ("called", "dubbed"):
        return False
    if word.form == "dubbed" and (noun := _SMALL_NOUN.search(word.left)) is not None:
        return not is_person(singular(noun[1]))  # "flutes of wine dubbed the Arlen Toast"
    if word.left.rstrip().endswith(","):
        return _WORD_BEHIND.match(word.tail) is not None
    return _INDEFINITE.search(word.left) is not None and _NAME_BEHIND.match(word.tail) is not None


_NO_OBJECT = lazily(r"\s+(?:for|by|as|after|over|because)\b")


def _done_to(word: Word, row: Verb) -> bool:
    """Done to its subject: "is younger and lauded for her work"."""
    return row.lemma in JUDGING and word.form == row.past[-1] and _NO_OBJECT.match(word.tail) is not None


_NOT_SAID: tuple[Callable[[Word, Verb], bool], ...] = (
    _only_continues,
    _deed,
    _nothing_told,
    _without_as,
    _only_sounds,
    _names,
    _done_to,
)


def _document_states(word: Word) -> bool:
    """Whether a document closes what it says: "…, the release states."; but "…, the member states." not."""
    behind = _BEHIND_WORDS.search(word.left)
    return behind is not None and behind["head"] in DOCUMENTS and _ENDS.match(word.tail) is not None


def is_said(word: Word) -> bool:
    """Whether a verb that also means a deed or a sound is one of saying here, by what stands around it."""
    row = word.row
    if row is None:
        return True  # a light verb with a noun of saying
    if word.form in ("state", "states"):  # a noun as a rule, with no article before it
        return _STATES.match(word.tail) is not None or _document_states(word)
    return not any(rule(word, row) for rule in _NOT_SAID)
