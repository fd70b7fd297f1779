"""Acts of speech while an article is read: the cue that shows one, and its words, from where to where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa.attribution.entities import Entity
from qa.attribution.mentions import Mention

Place = Literal["before", "after", "of", "shared"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One act of saying. ``who``: the mention that speaks; None with ``place`` "shared": whoever spoke,
    or acted, before it in the sentence. ``start`` and ``end`` hold the cue and its mention."""

    start: int
    end: int
    verb: str
    who: Mention | None
    place: Place
    last: bool  # it closes its sentence: "…, X said."
    subordinate: bool = False  # its clause only says when, where or of whom


@dataclass(slots=True)
class Speech:
    """Words of one speaker, the narrator's clause with them. ``quoted``: all of it is direct speech."""

    start: int
    end: int
    entity: Entity
    role: str | None
    via: str | None = None
    quoted: bool = False
    cues: tuple[Cue, ...] = ()
    closes: bool = False  # nothing but the narrator's clause of the quotation before it
