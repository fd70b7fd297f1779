"""The source of an act of speech as a noun phrase: its head decides who speaks.

"Joan Keller's foundation says" is the foundation, not Joan Keller; "an FBI summary" is a summary. A phrase
whose head is a known name gives that name; every other gives itself, as a description, never a name from
inside it and never the nearest name instead.
"""

from __future__ import annotations

import re

from qa.attribution.mentions import Mention
from qa.text.lexicon.bodies import BODIES, DOCUMENTS
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import DEICTIC, month_pattern, weekday_pattern
from qa.text.lexicon.numbers import number_pattern
from qa.text.lexicon.people import DETERMINERS, GROUPS, is_person, singular
from qa.text.lexicon.peoples import NATIONS
from qa.text.lexicon.speech import VESSELS, verbs

# Words behind a head that only narrow it.
_NARROWING = (
    *("of", "for", "in", "at", "from", "with", "on", "to", "by", "like", "near", "who", "that", "which"),
    *("whose", "close", "familiar", "briefed", "about", "among", "supporting", "backing", "opposed"),
    *("opposing", "during", "after", "before", "via", "including", "outside", "inside", "behind", "under"),
    *("over", "across", "around", "between", "against", "within", "representing", "working", "involved"),
    *("living", "speaking", "participating", "taking", "loyal", "aligned", "affiliated", "here", "there"),
    *("alike", "alongside", "as", "concerning", "regarding", "since", "until", "without"),
)
_POST = re.compile(
    rf"\s+(?:{alternatives(_NARROWING)}|\w+(?:ed|en)\s+(?:by|in|at|on|for|with|about|from|as|to)|seen\s+by"
    r"|\w+ing\s+(?:to|the|an?|for|in|with|on|by|from|at|as))\b"
)
NARROWED = _POST
_NUMBER = rf"(?:\d[\d.,]*|{number_pattern()})"
# "6 in 10", "47 percent of Cuban voters", "a majority of the members", "half of the bakers"
QUANTITY = re.compile(
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
    "others another one some many most few several both all none critics everyone someone".split()
)
# An adverbial before the subject, without its comma.
_OPENING = re.compile(
    rf"""
    (?: (?:and|but|so|yet|or|while|although|though|whereas|because|if|when|as|even\ (?:as|if|though)
        |still|meanwhile|then|now|later|earlier|also|indeed|instead|however|though|perhaps
        |nevertheless|nonetheless|additionally|specifically|similarly|finally|even|just|only|once|again
        |{alternatives(DEICTIC)})\b,?
      | (?:on|in|by|since|until|late|early|last|this)\s+(?:(?:late|early|last|this)\s+)?
        (?:{weekday_pattern()}|{month_pattern()}|\d{{4}}|week|month|year|night|weekend)
        (?:\s+(?:morning|night|evening|afternoon|\d+))*,?
    )\s+
    """,
    re.IGNORECASE | re.VERBOSE,
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
    loss meeting meetings move moves plans question questions remark remarks result results rise shift sign
    signs silence step steps story strike strikes success talk talks these those this that visit victory war
    what which thing things way ways point time day days year years week night morning reason idea end case
    one""".split()
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


_PREPOSITION = re.compile(
    r"(?:in|on|at|of|for|from|with|by|to|after|before|during|as|against|among|amid|into|like"
    r"|since|through|until|without|per|via)\b",
    re.IGNORECASE,
)


def _past_adverbial(bare: str, start: int, stop: int, mentions: list[Mention]) -> int:
    """Where the subject begins behind an adverbial that no comma closes: "In a statement the company". The
    last article that no preposition stands before, or a name that ends the phrase."""
    m = re.match(r"\s*", bare[start:stop])
    at = start + (m.end() if m else 0)
    if not _PREPOSITION.match(bare, at, stop):
        return start
    for det in reversed(list(re.finditer(r"\b(?:the|an?|his|her|its|their|one)\s", bare[at:stop]))):
        if not re.search(rf"(?:{_PREPOSITION.pattern})\s+$", bare[at : at + det.start()], re.IGNORECASE):
            return at + det.start()
    end = stop - (len(bare[at:stop]) - len(bare[at:stop].rstrip(" ,")))
    for x in mentions:
        if (
            x.end == end
            and x.start > at
            and not re.search(
                rf"(?:{_PREPOSITION.pattern})\s+(?:the\s+)?$", bare[at : x.start], re.IGNORECASE
            )
        ):
            return x.start
    return start


def source_of(
    bare: str, start: int, stop: int, mentions: list[Mention], *, strong: bool, named: bool = False
) -> Mention | None:
    """Who speaks, where ``bare[start:stop]`` is the noun phrase that names the source. ``strong``: the verb
    says something whatever its subject, so that any noun with an article may be one; ``named``: the
    phrase is named as a source ("according to"), so that any noun is. None where the phrase is no source."""
    while (m := _OPENING.match(bare, start, stop)) is not None:
        start = m.end()
    start = _past_adverbial(bare, start, stop, mentions)
    phrase = bare[start:stop].rstrip(" ,\u00a0")
    start += len(phrase) - len(phrase.lstrip())
    phrase = phrase.strip()
    core = core_of(phrase)
    words = core.split()
    if not words or len(words) > 9 or _PREPOSITION.match(core):
        return None
    if any(w.casefold().strip(",") in _VERBAL and w != "US" for w in words[:-1]):
        return None
    end = start + len(core)
    by = re.compile(r"\s+(?:by|from)\s+").match(bare, end, start + len(phrase))
    if by is not None and words[-1].casefold() in VESSELS:  # "a post by Vera Lund" is hers
        author = next(
            (x for x in mentions if x.start == by.end() and x.kind == "person" and " " in x.name), None
        )
        if author is not None:
            return author
    if (some := QUANTITY.match(core)) and some.end() == len(core) and " of " in core.replace("\u00a0", " "):
        return Mention(start, end, "role", role=core, head=singular(words[-1]), definite=False)
    if any(w in _FINITE for w in words[1:-1]):
        return None  # a clause of its own
    for x in mentions:
        if x.end == end and x.start >= start and x.kind != "role":
            before = bare[start : x.start].casefold().split()
            if x.kind == "pronoun" and before:
                return None
            return x
    whole = start + len(phrase)
    for x in mentions:  # "the president of Belarus Alexander Lukashenko"
        if x.end == whole and x.kind == "person" and x.role and words[-1] in x.role.split():
            return x
    if "," in core or re.search(r"[;:()¤“”\"]", core):
        return None
    head = words[-1].rstrip(".")
    if head.casefold() in DETERMINERS - _INDEFINITE and not QUANTITY.fullmatch(core):
        return None
    if re.search(r"[’']s?$", head) or head.casefold() in THINGS or head.casefold() in _VERBAL:
        return None
    if not named and not _may_speak(words, head, strong):
        return None
    lead = words[0].casefold()
    known = next((x for x in mentions if x.end == end and x.kind == "role"), None)
    definite = (
        lead in ("the", "his", "her", "their", "its", "this", "these", "those")
        or "’s" in core
        or "'s" in core
    )
    return Mention(
        start,
        end,
        "role",
        role=core,
        head=known.head if known else singular(head),
        definite=known.definite
        if known is not None and known.start == start
        else definite and lead not in ("a", "an", "one", "another", "some"),
    )


def _may_speak(words: list[str], head: str, strong: bool) -> bool:
    """Whether a phrase that ends in ``head`` can be a source: somebody, a body, a document, a number of
    people, a people; with a verb that always says, any noun behind an article."""
    low = head.casefold()
    if low.endswith("ly") or (low.endswith("ing") and len(words) == 1):
        return False
    if low in _INDEFINITE or head in NATIONS or QUANTITY.fullmatch(" ".join(words)):
        return True
    lead = words[0].casefold()
    determined = lead in (
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
        "its",
        "one",
        "another",
        "our",
        "my",
    ) or any(re.search(r"[’']s?$", w) for w in words[:-1])
    plural = (low.endswith("s") and not low.endswith("ss")) or low in ("people", "men", "women", "children")
    if _agent(low):
        return determined or plural or low in GROUPS or low in ("police", "congress") or len(words) > 1
    if head[:1].isupper():
        return plural or (determined and strong)
    if re.search(r"(?:al|ous|ive|ful|ic|able|ior|est)$", low):
        return False  # an adjective: the noun behind it looks like a verb
    return strong and (determined or plural)
