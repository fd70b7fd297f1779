"""Whom a description means that tells nothing of anybody known: "the real estate mogul" is whoever the text
is about, where nobody else can be meant.

A report takes up its person so; somebody new it brings in with "a" or with a name. Rules, each of which may
rule it out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.attribution.entities import Entity
from qa.attribution.facts import told_in
from qa.attribution.mentions import Mention
from qa.text.lexicon.epithets import EPITHETS, PARTIES
from qa.text.lexicon.people import MAN, WOMAN

_THE = re.compile(r"\b[Tt]h(?:e|is)\s+(?:[\w’'-]+\s+){0,4}$")
_AGE = re.compile(r"\d{2}-year-old$")
REACH = 700  # characters in which the person must have been named
NEAR = 400  # characters in which another name leaves open which is meant


@dataclass(frozen=True, slots=True)
class _Case:
    """A description in its article, with who spoke or acted last."""

    text: str
    m: Mention
    last: Entity
    entities: Sequence[Entity]


def described_anew(text: str, m: Mention, last: Entity | None, entities: Sequence[Entity]) -> Entity | None:
    """Whom a description means that nobody of the article is known by; None where that is not sure."""
    if last is None or not takes_up(m):
        return None
    case = _Case(text, m, last, entities)
    return None if any(rule(case) for rule in _RULED_OUT) else last


def takes_up(m: Mention) -> bool:
    """Whether a noun takes up somebody who is known: "mogul", "Republican", "74-year-old"."""
    return m.head in EPITHETS or m.head in PARTIES or _AGE.match(m.head) is not None


# --- what rules it out ---


def _indefinite(c: _Case) -> bool:
    """No article that takes up: "Republican officials"."""
    phrase = (c.m.role or "").casefold()
    return not phrase.startswith(("the ", "this ")) and not _THE.search(
        c.text, max(0, c.m.start - 40), c.m.start
    )


def _nobody(c: _Case) -> bool:
    """Nobody who can be meant: a body, a place, somebody without a name, one named long before."""
    if c.last.kind != "person" or not c.last.personal:
        return True
    return c.last.latest(c.m.start - 1) < c.m.start - REACH


def _brought_in(c: _Case) -> bool:
    """Somebody else was brought in by this noun: "a singer"; so "the singer" is she."""
    noun = re.escape(c.m.head)
    return (
        re.search(rf"\b(?:an?|one|another)\s+(?:[\w’'-]+\s+){{0,4}}{noun}\b", c.text[: c.m.start]) is not None
    )


def _cannot_be(e: Entity, c: _Case) -> bool:
    """Whether a description is untrue of somebody: another party, home or age; a woman for a man."""
    phrase = c.m.role or ""
    gender = "she" if WOMAN.search(phrase) else "he" if MAN.search(phrase) else None
    return told_in(phrase).denies(e.facts) or (gender is not None and e.gender not in (None, gender))


def _denied(c: _Case) -> bool:
    """It is untrue of whoever is taken up."""
    return _cannot_be(c.last, c)


def _somebody_else(c: _Case) -> bool:
    """Somebody else of whom it may be true is named near it, or behind the one who is taken up."""
    near = min(c.last.latest(c.m.start - 1), c.m.start - NEAR)
    return any(
        e is not c.last
        and e.kind == "person"
        and e.personal
        and not _cannot_be(e, c)
        and e.latest(c.m.start - 1) > near
        for e in c.entities
    )


_RULED_OUT: tuple[Callable[[_Case], bool], ...] = (
    _indefinite,
    _nobody,
    _brought_in,
    _denied,
    _somebody_else,
)
