"""What a writer of exports is given, and what it says of its layout."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

MONTHS = ("January February March April May June July August September October November December").split()
CHANNEL = "The Channel Gazette"


@dataclass(frozen=True, slots=True)
class Truth:
    """What a record says of itself; ``published`` and authors may be missing."""

    title: str
    outlet: str
    published: str | None
    authors: tuple[str, ...]
    body: tuple[str, ...]

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.published) if self.published else None

    @property
    def byline(self) -> str:
        return " and ".join(self.authors)

    @property
    def words(self) -> int:
        return sum(len(p.split()) for p in self.body)


Records = Sequence[Truth]


@dataclass(frozen=True, slots=True)
class Layout:
    name: str
    suffix: str
    write: Callable[[Records, random.Random], bytes]
    outlets: bool = True  # a record names its own outlet; else all are of ``channel``
    authors: bool = True
    channel: str = CHANNEL


def american(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year} {day:%A}"


def british(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
