"""Roles alone, as mentions: a noun for somebody who speaks, with its phrase ("the Russian leader")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qa.attribution.adverbials import ADVERBIAL
from qa.attribution.mentions import Mention
from qa.text.lexicon.bodies import BODIES, PAPER, WORD
from qa.text.lexicon.calendar import CALENDAR_WORD
from qa.text.lexicon.people import ALSO_VERBS, DETERMINERS, GROUPS, NARROWS, PERSONS, is_person
from qa.text.lexicon.speech import verb_of
from qa.text.terms import STOP

_OWNS = re.compile(r"[’']s$")


def roles(text: str, start: int, end: int) -> Iterator[Mention]:
    """Phrases with a noun for somebody who speaks: "the Russian leader", "a spokesman for the ministry"."""
    part = text[start:end]
    for m in WORD.finditer(part):
        noun = _noun(part, m.start(), m.group())
        if noun is None or any(rule(noun) for rule in _NO_ROLE):
            continue
        at, det = _phrase(part, noun.at)
        yield Mention(
            start + at,
            start + noun.stop,
            "role",
            role=part[at : noun.stop],
            head=noun.head,
            definite=det not in ("a", "an", "one", "another", "some", "several", "many") and not noun.several,
        )


@dataclass(frozen=True, slots=True)
class _Noun:
    """A noun for somebody or for a body in a stretch of text, ``part[at:stop]``; ``head`` is its singular."""

    part: str
    at: int
    word: str
    head: str

    @property
    def stop(self) -> int:
        return self.at + len(self.word)

    @property
    def plural(self) -> bool:
        return self.word.casefold().endswith("s")

    @property
    def several(self) -> bool:
        """Whether it means more than one person; a body of many is one."""
        return self.head not in BODIES and self.plural and not self.head.endswith("s")


def _noun(part: str, at: int, word: str) -> _Noun | None:
    """The noun that a word is; None for any other word, and for one that owns: "the company's" speaks through
    the next noun."""
    low = word.casefold()
    head = _singular(low)
    return _Noun(part, at, word, head) if head is not None and not _OWNS.search(low) else None


def _singular(low: str) -> str | None:
    """The singular of a noun for somebody or for a body; None for any other word."""
    if low in BODIES or is_person(low):
        return low
    if low.endswith("s") and (low[:-1] in BODIES or is_person(low[:-1])):
        return low[:-1]
    if low.endswith("men") and is_person(low[:-2] + "an"):
        return low[:-2] + "an"
    if low.endswith("ies") and low[:-3] + "y" in BODIES:
        return low[:-3] + "y"
    return None


# --- what is no role ---

_OF_STATE = re.compile(r"\b(?:secretary|minister|head)\s+of\s+$")
_THE = re.compile(r"(?:^|\b[Tt]he )$")
_SEVERAL = re.compile(r"\b(?:[Tt]he|[Tt]hese|[Tt]hose|[Ss]ome|[Ss]everal|[Mm]any|[Aa]ll)\s+(?:[a-z]+\s+)?$")
_SAY = re.compile(r"\s+(?:say|suggest|claim|said|suggested|indicate)\b")
_NEXT = re.compile(r"\s+([a-z]+)\b")


def _paper(noun: _Noun) -> bool:
    """The name of an outlet: "The Guardian"."""
    return noun.word[0].isupper() and PAPER.fullmatch(noun.word) is not None


def _state(noun: _Noun) -> bool:
    """A part of an office: "former secretary of state Vera Lund"."""
    return noun.word == "state" and _OF_STATE.search(noun.part[: noun.at]) is not None


def _verb(noun: _Noun) -> bool:
    """A verb with the form of a plural: "she heads the guild"."""
    return (
        noun.head in ALSO_VERBS
        and noun.plural
        and not _SEVERAL.search(noun.part[: noun.at])
        and not _SAY.match(noun.part[noun.stop :])
    )


def _family_name(noun: _Noun) -> bool:
    """A capital on a word that is only made like a noun for somebody: "Sanders", who sands nothing."""
    return noun.word[0].isupper() and not {noun.head, noun.word.casefold()} & (PERSONS | GROUPS | BODIES)


def _narrows_the_next(noun: _Noun) -> bool:
    """The first half of a compound: "council spokesman", "company president"."""
    after = _NEXT.match(noun.part[noun.stop :])
    return after is not None and (after[1] in BODIES or is_person(after[1])) and after[1] not in ALSO_VERBS


_QUALIFIES = re.compile(r"\s+(?P<noun>[a-z]+)\b")


def _adjective(noun: _Noun) -> bool:
    """An adjective: "official powers"; but "officials said", "an official close to him"."""
    behind = _QUALIFIES.match(noun.part[noun.stop :]) if noun.word.casefold() == "official" else None
    if behind is None:
        return False
    word = behind["noun"]
    return not (
        word in STOP
        or verb_of(word) is not None
        or word.endswith(("ed", "ing", "ly"))
        or word
        in ("close", "familiar", "aware", "here", "there", "involved", "present", "among", "near", "inside")
    )


def _part_of_a_name(noun: _Noun) -> bool:
    """A capital behind other words: "Arlen Council"."""
    return noun.word[0].isupper() and noun.at > 0 and not _THE.search(noun.part[: noun.at])


_NO_ROLE: tuple[Callable[[_Noun], bool], ...] = (
    _paper,
    _state,
    _verb,
    _family_name,
    _narrows_the_next,
    _adjective,
    _part_of_a_name,
)


# --- how far its phrase reaches ---

_WORD = re.compile(r"[^\s\u00a0]+")
_POSSESSIVE = re.compile(r"[’']s?$")
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}")
_LOOSE = re.compile(
    r"\b(?P<det>the|an?|its|his|her|their|[\w-]+[’']s)\s+(?:[a-z][\w’-]*\s+){1,2}$", re.IGNORECASE
)


def _phrase(part: str, head: int) -> tuple[int, str]:
    """Where the phrase of a noun begins, up to four words before it, and its determiner."""
    at = head
    from_ = max(0, head - 60)
    for m in reversed(list(_WORD.finditer(part[from_:head]))[-4:]):
        word = m.group()
        here = from_ + m.start()
        low = word.casefold()
        if CALENDAR_WORD.fullmatch(low):
            break
        if low in DETERMINERS or _POSSESSIVE.search(word):
            return here, low
        if not _may_narrow(word, low) or (low.endswith("ing") and part[:here].rstrip().endswith(",")):
            break  # ", echoing divers who say"
        at = here
    from_ = max(0, head - 50)
    loose = _LOOSE.search(part[from_:head])
    if (
        loose
        and not any(
            w in STOP or ADVERBIAL.match(w) or w.startswith("toward")
            for w in loose.group().casefold().split()[1:]
        )
        and not part[head:].split(" ")[0].rstrip(",.").endswith("s")
    ):
        return from_ + loose.start(), loose["det"].casefold()  # "the site manager"
    return at, ""


def _may_narrow(word: str, low: str) -> bool:
    """Whether a word may belong to the noun behind it: "senior", "U.S."; no verb ("Lind assured voters")."""
    if word[-1] in ',.;:!?—–”"¤' and not _INITIALS.fullmatch(word):
        return False
    if low.endswith("ed") and (row := verb_of(low)) is not None and row.flags & {"words", "manner"}:
        return False
    return (word[0].isupper() or NARROWS.fullmatch(word) is not None) and low not in STOP
