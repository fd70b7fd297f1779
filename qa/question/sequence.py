"""Whether a question asks for the order of two events, or for the time between them, and for which two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Asks = Literal["first", "between"]


@dataclass(frozen=True, slots=True)
class Sequence2:
    """Two events as the question words them. ``asks``: which was first, or how much time lies between."""

    asks: Asks
    one: str
    two: str


_UNIT = r"(?:long|much\s+time|many\s+(?:days|weeks|months|years))"
_THEN = r"(?:and|or|and\s+then)"
_BETWEEN = r"(?:was\s+it|is\s+it|passed|elapsed|went\s+by|lay|were\s+there)"


def _form(asks: Asks, pattern: str) -> tuple[Asks, re.Pattern[str]]:
    return asks, re.compile(rf"^\W*{pattern}\W*$", re.IGNORECASE | re.VERBOSE)


_FORMS: tuple[tuple[Asks, re.Pattern[str]], ...] = (
    _form(
        "first",
        rf"""(?:which|what)\s+(?:came|happened|was|occurred|took\s+place)\s+(?:first|earlier|later|last)\W+
        (?P<one>.+?)\s+{_THEN}\s+(?P<two>.+?)""",
    ),
    _form(
        "first",
        r"did\s+(?P<one>.+?)\s+(?:happen|come|take\s+place|occur)\s+(?:before|after)\s+(?P<two>.+?)",
    ),
    _form(
        "between",
        rf"how\s+{_UNIT}\s+(?:{_BETWEEN}\s+)?between\s+(?P<one>.+?)\s+{_THEN}\s+(?P<two>.+?)",
    ),
    _form(
        "between",
        rf"how\s+{_UNIT}\s+(?:after|before)\s+(?P<one>.+?)\s+(?:did|was|were|had|has)\s+(?P<two>.+?)",
    ),
    _form(
        "between",
        rf"how\s+{_UNIT}\s+(?:was\s+it\s+)?(?:from|since)\s+(?P<one>.+?)\s+(?:to|until|till)\s+(?P<two>.+?)",
    ),
)


def two_events(question: str) -> Sequence2 | None:
    """The two events that a question sets in time to each other; None for any other question."""
    for asks, pattern in _FORMS:
        if m := pattern.match(question.strip()):
            return Sequence2(asks, m["one"].strip(" ,"), m["two"].strip(" ,"))
    return None
