"""One act of speech while its article is read: who speaks, from where to where, by which cues."""

from __future__ import annotations

from dataclasses import dataclass

from qa.attribution.cues import Cue
from qa.attribution.entities import Entity


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
