"""What is said in one sentence: its acts of speech, each with its speaker, its extent and the outlet that it
came through."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.attribution.entities import Entity, is_forename
from qa.attribution.extents import cut
from qa.attribution.foreign import foreign_cue
from qa.attribution.mentions import Mention
from qa.attribution.nesting import Act, outermost
from qa.attribution.page import Page
from qa.attribution.quotations import MASK
from qa.attribution.recent import Recent
from qa.attribution.speaker import speaker_of
from qa.attribution.speech import Cue, Speech
from qa.reading.chunker import Unit
from qa.text.lexicon.bodies import PROGRAMMES, is_outlet

_FROM = re.compile(
    r"(?:with reference to|citing|as reported by|in an interview with|told|in comments to|as quoted by|"
    r"speaking to|report in|interview in|article in|quoted by|in a report by)\s+$"
)
SIGNED = "-"  # the mark before who signs a quotation
_COLON = re.compile(rf":\s*{MASK}")
_DASH = re.compile(rf"{MASK}\s*[-–—]+\s*(?=[A-ZÀ-Þ])")


def spoken_in(recent: Recent, unit: Unit, mentions: Sequence[Mention], found: Sequence[Cue]) -> list[Speech]:
    """What is said in one sentence by its cues, in order, cut where the speaker changes."""
    page = recent.page
    acts = _with_speakers(recent, unit, mentions, found)
    if not acts and (only := _marked(recent, unit, mentions) or _foreign(recent, unit)) is not None:
        acts = [only]
    parts: list[Speech] = []
    for cue, s in outermost(page, acts, unit.start):
        if parts and parts[-1].entity is s.entity:
            parts[-1].cues += (cue,)
        else:
            s.cues = (cue,)
            parts.append(s)
    cut(page, unit, parts)
    via = _via(page, unit, mentions)
    for s in parts:
        s.via = s.via or (via if via != s.entity.name else None)
    return [s for s in parts if s.end > s.start]


def _with_speakers(
    recent: Recent, unit: Unit, mentions: Sequence[Mention], found: Sequence[Cue]
) -> list[Act]:
    """The cues whose speaker is known. Of the subordinate ones, beside others, only those of a speaker who
    speaks in a main clause too."""
    acts: list[Act] = []
    for cue in found:
        before = (acts[-1][0], acts[-1][1].entity) if acts else None
        entity = speaker_of(recent, cue, mentions, before, unit)
        if entity is not None:
            role = cue.who.role if cue.who and cue.who.kind == "person" and cue.who.role else entity.role
            acts.append((cue, Speech(unit.start, unit.end, entity, role)))
    main = [s.entity for c, s in acts if not c.subordinate]
    return [(c, s) for c, s in acts if not c.subordinate or not main or s.entity in main]


def _marked(recent: Recent, unit: Unit, mentions: Sequence[Mention]) -> Act | None:
    """A quotation that only a mark ties to its speaker: "X: …" before it, "… - X" behind it."""
    bare = recent.page.bare
    named = [m for m in mentions if m.kind in ("person", "body")]
    colon = _COLON.search(bare, unit.start, unit.end)
    if colon is not None:
        # not the paper that was spoken to: "Lind told off the mill to the Ledger: …"
        before = recent.page.subjects([m for m in named if m.end <= colon.start()], unit.start)
        near = [m for m in before if not bare[m.end : colon.start()].strip()]
        who = next(iter(near or before), None)
        return _whole(recent, unit, who, Cue(unit.start, colon.start() + 1, ":", who, "before", False))
    dash = _DASH.search(bare, unit.start, unit.end)
    if dash is not None:
        who = next((m for m in named if m.start == dash.end()), None)
        if who is not None and dates_where(bare, who, unit):
            return None
        return _whole(recent, unit, who, Cue(dash.start() + 1, unit.end, SIGNED, who, "of", False))
    return None


_YEAR_BEHIND = re.compile(r",\s*(?:19|20)\d\d\b")
# Characters; what is longer tells of somebody ("— Vera Lund, cast as …, and Jan Holt, who …").
LONG_SIGNATURE = 90


def dates_where(bare: str, who: Mention, unit: Unit) -> bool:
    """Whether what signs a quotation says where it stood ("— Rolling Stone, 1971"), or tells of somebody."""
    if unit.end - who.start > LONG_SIGNATURE:
        return True
    words = who.name.split()
    person = is_forename(words[0]) and words[-1].casefold() not in PROGRAMMES
    return _YEAR_BEHIND.match(bare, who.end) is not None and not person


def _whole(recent: Recent, unit: Unit, who: Mention | None, cue: Cue) -> Act | None:
    """A sentence as one act of speech, where its speaker is known."""
    if who is None:
        return None
    entity = recent.entity(who)
    return cue, Speech(unit.start, unit.end, entity, entity.role)


def _foreign(recent: Recent, unit: Unit) -> Act | None:
    """Direct speech in another language, with its named speaker."""
    cue = foreign_cue(recent.page.bare, unit.start, unit.end)
    if cue is None or cue.who is None:
        return None
    name = cue.who.name  # whole as it stands: the words for offices before it are not known here
    entity = Entity(name, "person") if " " in name else recent.entity(cue.who)
    return cue, Speech(unit.start, unit.end, entity, entity.role)


def _via(page: Page, unit: Unit, mentions: Sequence[Mention]) -> str | None:
    """The outlet that words came through: "Holt told the Ledger"."""
    for m in mentions:
        if (
            m.kind in ("person", "body")
            and is_outlet(m.name)
            and _FROM.search(page.bare[unit.start : m.start].rstrip().removesuffix(" the") + " ")
            and m.name != page.outlet
        ):
            return m.name
    return None
