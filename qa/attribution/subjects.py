"""The source of an act of speech as a noun phrase: its head decides who speaks.

"Joan Keller's foundation says" is the foundation, not Joan Keller; "an FBI summary" is a summary. A phrase
whose head is a known name gives that name; every other gives itself, as a description, never a name from
inside it and never the nearest name instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from qa.attribution.adverbials import ADVERBIAL, past_adverbials
from qa.attribution.mentions import Mention
from qa.text.lazily import lazily
from qa.text.lexicon.bodies import BODIES, DOCUMENTS
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.forenames import LIKE_VERBS
from qa.text.lexicon.numbers import number_pattern
from qa.text.lexicon.people import DETERMINERS, GROUPS, NOBODY, is_person, singular
from qa.text.lexicon.peoples import NATIONS
from qa.text.lexicon.speech import VESSELS, verbs

# Words behind a head that only narrow it.
_NARROWING = (
    *("of", "for", "in", "at", "from", "with", "on", "to", "by", "like", "near", "who", "that", "which"),
    *("whose", "close", "familiar", "briefed", "about", "among", "supporting", "backing", "opposed"),
    *("opposing", "during", "after", "before", "via", "including", "outside", "inside", "behind", "under"),
    *("over", "across", "around", "between", "against", "within", "representing", "working", "involved"),
    *("living", "speaking", "participating", "taking", "loyal", "aligned", "affiliated", "here", "there"),
    *("alike", "alongside", "as", "concerning", "regarding", "since", "until", "without", "not"),
    *("while", "when"),
)
_POST = lazily(
    rf"\s+(?:{alternatives(_NARROWING)}|(?:[a-z]\w*(?:ed|en)|sent|made|held|given)"
    r"\s+(?:by|in|at|on|for|with|about|from|as|to|this|last|earlier|[A-Z]\w+day)|"
    r"[a-z]{3,}ing\s+[a-z]+\s+(?:to|from|for|in|on|at)|seen\s+by|[a-z]\w*ing\s+(?:to|the|an?|for|in|with|on|by|from|at|as))\b"
)
NARROWED = _POST
_NUMBER = rf"(?:\d[\d.,]*|{number_pattern()})"
# "6 in 10", "47 percent of Cuban voters", "a majority of the members", "half of the bakers"
QUANTITY = lazily(
    rf"""
    (?:(?:about|almost|nearly|roughly|some|only|just|more\ than|fewer\ than|less\ than|over|another)\s+)*
    (?: {_NUMBER}-(?:thirds?|quarters?|fifths?) | {_NUMBER}\s+(?:in|out\ of)\s+{_NUMBER}
      | {_NUMBER}\s?(?:percent|per\ cent|%)
      | (?:an?\s+|the\s+)?(?:\w+\s+)?(?:majority|minority|plurality|third|quarter|half|thirds|number|handful)
      | {_NUMBER} | half | some | many | most | few | several | all | both | none | each | others
    )(?!\w)
    (?:\s+of\s+(?:(?:the|these|those|all|his|her|its|their)\s+)?[\w’'-]+(?:\s+[\w’'-]+)?)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FINITE = frozenset(f for v in verbs("words", "deed") for f in v.past if not v.particle)
_INDEFINITE = frozenset(
    """others another one some many most few several both all critics everyone someone everybody
    somebody""".split()
)
# Words that no subject holds.
_VERBAL = frozenset(
    """has have had is are was were be been will would can could may might should must did does do not never
    no if when because while although though than then so to it this there here what where how why yes he she
    they i we you him them us me""".split()
)
# What "suggests" or "says" only in a manner of speaking.
THINGS = frozenset(
    """approach attack attacks call calls change changes comment comments crisis deal deals decision decisions
    defeat development developments event events fact facts failure fall growth history incident incidents
    loss meeting meetings move moves plans question questions remark remarks result results rise shift
    silence step steps story strike strikes success talk talks these those this that visit victory war
    what which thing things way ways point time day days year years week night morning reason idea end
    case one""".split()
)


def speaks(head: str) -> bool:
    """Whether a noun is of people or of a body, which say things as a rule; documents only hold them."""
    one = singular(head.casefold())
    return head.casefold() in GROUPS or is_person(one) or one in BODIES


def _agent(head: str) -> bool:
    return speaks(head) or singular(head) in DOCUMENTS


def core_of(phrase: str) -> str:
    """A noun phrase up to its head, without what narrows it behind ("voters in the north" -> "voters")."""
    quantity = QUANTITY.match(phrase)
    narrowed = _POST.search(phrase, quantity.end() if quantity else 0)
    return phrase[: narrowed.start()] if narrowed else phrase


_BULLETS = " \n\t\u00a0\u200b∎■•●▪◦►*–—-"
_BY = lazily(r"\s+(?:by|from)\s+")
_BROKEN = lazily(r"[;:()¤“”\"]")
_OWNS = lazily(r"[’']s?$")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase that may name a source, ``bare[start:whole]``. ``core``, up to ``end``: without what
    narrows it behind its head; ``strong`` and ``named`` as for ``source_of``."""

    bare: str
    start: int
    end: int
    whole: int
    core: str
    words: list[str]
    mentions: list[Mention]
    strong: bool
    named: bool

    @property
    def head(self) -> str:
        return self.words[-1].rstrip(".")


def source_of(
    bare: str, start: int, stop: int, mentions: list[Mention], *, strong: bool, named: bool = False
) -> Mention | None:
    """Who speaks, where ``bare[start:stop]`` is the noun phrase that names the source. ``strong``: the verb
    says something whatever its subject, so that any noun with an article may be one; ``named``: the
    phrase is named as a source ("according to"), so that any noun is. None where the phrase is no source."""
    phrase = _phrase(bare, start, stop, mentions, strong, named)
    if not _is_noun_phrase(phrase) or phrase.words[0].casefold() in NOBODY:
        return None
    found = _author(phrase) or _quantity(phrase) or _one_of_several(phrase)
    if found is not None:
        return found
    if any(w in _FINITE for w in phrase.words[1:-1]):
        return None  # a clause of its own
    known = next(
        (x for x in mentions if x.end == phrase.end and x.start >= phrase.start and x.kind != "role"), None
    )
    if known is not None:
        if bare[phrase.end - 2 : phrase.end] in ("’s", "'s") and not known.name.endswith(("’s", "'s")):
            return None  # "Holt’s call", and not "Macy’s"
        alone = not bare[phrase.start : known.start].strip()
        return known if known.kind != "pronoun" or alone else None
    found = _employed(phrase) or _whole_name(phrase) or _office_holder(phrase)
    if found is not None or any(rule(phrase) for rule in _NO_SOURCE):
        return found
    return _described(phrase)


def _phrase(bare: str, start: int, stop: int, mentions: list[Mention], strong: bool, named: bool) -> _Phrase:
    """The phrase of a stretch, without what stands before the subject: "But on Monday the council"."""
    start = past_adverbials(bare, start, stop, mentions)
    phrase = bare[start:stop].rstrip(" ,\u00a0")
    start += len(phrase) - len(phrase.lstrip(_BULLETS))
    phrase = phrase.strip(_BULLETS)
    core = core_of(phrase)
    end, whole = start + len(core), start + len(phrase)
    return _Phrase(bare, start, end, whole, core, core.split(), mentions, strong, named)


def _is_noun_phrase(p: _Phrase) -> bool:
    """Whether a stretch may be one noun phrase: short, without a verb or a preposition before its head."""
    return (
        (0 < len(p.words) <= 9 or any(x.start <= p.start and p.end <= x.end for x in p.mentions))
        and not ADVERBIAL.match(p.core)
        and not any(w.casefold().strip(",") in _VERBAL and w not in {"US", *LIKE_VERBS} for w in p.words[:-1])
        and not _has_object(p)
        and not _acts_inside(p)
    )


# What may stand before an article inside a noun phrase: "all the bakers", "some of his aides".
_BEFORE_ARTICLE = frozenset("all and as both even half just like more of only or quite such than".split())
_DEFINITE = frozenset("the his her their its this these those".split())
_ARTICLES = frozenset("a an the his her their its".split())
_DID = lazily(r"\s+(?:\w+ly\s+)?(?!(?:based|backed|led|born|owned|elected|appointed|aligned)\b)\w+ed\s")


def _has_object(p: _Phrase) -> bool:
    """Whether an article inside shows a verb before it: "wants a commission", "police charge the swimmer";
    behind a comma it opens an apposition ("his daughter, the architect")."""
    return any(
        w in _ARTICLES
        and before.casefold() not in _BEFORE_ARTICLE
        and not _OWNS.search(before)
        and re.search(rf",\s+{re.escape(w)}\b", p.bare[p.start : p.whole]) is None
        for before, w in pairwise(p.words)
    )


def _acts_inside(p: _Phrase) -> bool:
    """Whether a phrase begins with somebody who acts in it: "Holt rebuffed several"."""
    return any(
        x.start == p.start
        and x.kind == "person"
        and not _OWNS.search(p.bare[x.start : x.end])
        and _DID.match(p.bare, x.end, p.end)
        for x in p.mentions
    )


# --- what a phrase names ---


_ALONE = ("one", "the other")
_SAYS_BEHIND = lazily(rf"\s+(?:{alternatives([*_FINITE, 'says'])})\b|[.,;]|\s*$")


def _one_of_several(p: _Phrase) -> Mention | None:
    """Somebody of several who were named: "one said", "said the other"; but "one comment read"."""
    if p.core.casefold() not in _ALONE or not _SAYS_BEHIND.match(p.bare, p.whole):
        return None
    return Mention(p.start, p.end, "role", role=p.core, head=p.head, definite=False)


def _author(p: _Phrase) -> Mention | None:
    """Whose words a vessel holds: "a post by Vera Lund" is hers."""
    by = _BY.match(p.bare, p.end, p.whole)
    if by is None or p.words[-1].casefold() not in VESSELS:
        return None
    return next((x for x in p.mentions if x.start == by.end() and x.kind == "person" and " " in x.name), None)


def _quantity(p: _Phrase) -> Mention | None:
    """A number of people: "47 percent of Cuban voters"."""
    some = QUANTITY.match(p.core)
    if some is None or some.end() != len(p.core) or " of " not in p.core.replace("\u00a0", " "):
        return None
    return Mention(p.start, p.end, "role", role=p.core, head=singular(p.words[-1]), definite=False)


_OF_ITS_NAME = lazily(r"\s+of\s+(?:the\s+)?[A-Z][^,;:]*?\s")
_OF_ANOTHER = lazily(rf"\s(?:{alternatives(w for w in _NARROWING if w != 'of')})\s")


def _employed(p: _Phrase) -> Mention | None:
    """Whom a body is named of: "University of Wisconsin law professor Ann Lee"; not "the office of President
    Holt", which says it itself."""
    if singular(p.words[-1].casefold()) not in BODIES:
        return None
    for x in p.mentions:
        if x.end == p.whole and x.kind == "person" and x.start > p.end:
            between = p.bare[p.end : x.start]
            its_name = _OF_ITS_NAME.match(between) and not _OF_ANOTHER.search(between)
            if its_name and (x.role or is_person(between.split()[-1])):
                return x
    return None


def _whole_name(p: _Phrase) -> Mention | None:
    """The name of a body that its head only begins: "the Centre for Harbour Studies"."""
    for x in p.mentions:
        if p.start <= x.start < p.end < x.end <= p.whole and x.kind in ("body", "person"):
            return x if singular(p.words[-1].casefold()) in BODIES else None
    return None


def _office_holder(p: _Phrase) -> Mention | None:
    """The name behind an office and its land: "the president of Belarus Alexander Lukashenko"."""
    for x in p.mentions:
        if x.end == p.whole and x.kind == "person" and x.role and p.words[-1] in x.role.split():
            return x
    return None


def _described(p: _Phrase) -> Mention:
    """The phrase itself, as a description: "an FBI summary"."""
    lead = p.words[0].casefold()
    known = next((x for x in p.mentions if x.end == p.end and x.kind == "role"), None)
    definite = lead in _DEFINITE or "’s" in p.core or "'s" in p.core
    return Mention(
        p.start,
        p.end,
        "role",
        role=p.core,
        head=known.head if known else singular(p.head),
        definite=known.definite
        if known is not None and known.start == p.start
        else definite and lead not in ("a", "an", "one", "another", "some"),
    )


# --- what is no source ---


def _broken(p: _Phrase) -> bool:
    """More than a phrase: "the growth cooled, the borrowing"."""
    return "," in p.core or _BROKEN.search(p.core) is not None


def _article_alone(p: _Phrase) -> bool:
    """An article without its noun: "the"; but "some" and "two thirds" are somebody."""
    return p.head.casefold() in DETERMINERS - _INDEFINITE and not QUANTITY.fullmatch(p.core)


def _nobody(p: _Phrase) -> bool:
    """What says nothing: "Holt's", "the result", "how"."""
    low = p.head.casefold()
    return _OWNS.search(p.head) is not None or low in THINGS | _VERBAL | NOBODY


def _silent(p: _Phrase) -> bool:
    """A noun that no source is, where the phrase is not named as one: "the bridge"."""
    return not p.named and not _may_speak(p.words, p.head, p.strong)


_NO_SOURCE: tuple[Callable[[_Phrase], bool], ...] = (_broken, _article_alone, _nobody, _silent)


_ADJECTIVE = lazily(r"(?:al|ous|ive|ful|ic|able|ior|est)$")
_COLLECTIVE = GROUPS | {"police", "congress"}


def _may_speak(words: list[str], head: str, strong: bool) -> bool:
    """Whether a phrase that ends in ``head`` can be a source: somebody, a body, a document, a number of
    people, a people; with a verb that always says, any noun behind an article."""
    low = head.casefold()
    if low.endswith("ly" if len(words) > 1 else ("ly", "ing")) and not speaks(low):
        return False  # no noun: "recently", "walking"
    if low in _INDEFINITE or head in NATIONS or QUANTITY.fullmatch(" ".join(words)):
        return True
    determined, plural = _is_determined(words), _is_plural(low)
    if _agent(low):
        return determined or plural or low in _COLLECTIVE or len(words) > 1
    if head[:1].isupper():
        return plural or (determined and strong)
    if _ADJECTIVE.search(low):
        return False  # the noun behind it looks like a verb
    return strong and (determined or plural)


def _is_determined(words: list[str]) -> bool:
    """Whether a noun has an article, or somebody whose it is: "Arlen's bakers"."""
    lead = words[0].casefold()
    return lead in ("the", "a", "an", "his", "her", "their", "its", "one", "another", "our", "my") or any(
        _OWNS.search(w) for w in words[:-1]
    )


def _is_plural(low: str) -> bool:
    return (
        (low.endswith("s") and not low.endswith("ss")) or low in ("people", "children") or low.endswith("men")
    )
