"""Who speaks in a headline: "X: …", "… - X", "…, says X", "X urges …", or who says its words in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.attribution.asides import PREPOSITION
from qa.attribution.cues import cues
from qa.attribution.descriptions import flat
from qa.attribution.entities import Entity, may_be_human
from qa.attribution.mentions import Mention
from qa.attribution.quotations import MASK
from qa.attribution.recent import Recent
from qa.attribution.sentence import spoken_in
from qa.attribution.speech import Speech
from qa.reading.chunker import Unit
from qa.text.lexicon.bodies import BODIES

_LABEL = re.compile(r"(?:the\s+)?(?P<who>[^:¤]{2,40}):\s", re.IGNORECASE)
_SIGNED = re.compile(r"\s[-–—]\s(?P<who>[^-–—:]{2,30})$")
_OWNS = re.compile(r"[’']s?$")
_OWN_WORDS = re.compile(r"[’']s\s+(?:reply|answer|response|view|word)", re.IGNORECASE)
_QUOTED = re.compile(rf"[{MASK}]+:\s+")


@dataclass(frozen=True, slots=True)
class _Headline:
    """A headline with whom it mentions. ``heard``: what is said in the text below."""

    recent: Recent
    unit: Unit
    mentions: list[Mention]
    heard: Sequence[Speech]

    @property
    def line(self) -> str:
        return self.recent.page.bare[self.unit.start : self.unit.end]


def in_headline(recent: Recent, unit: Unit, heard: Sequence[Speech]) -> list[Speech]:
    """What a headline says, if it names its speaker."""
    bare = recent.page.bare
    headline = _Headline(recent, unit, recent.page.cast.in_heading(bare, unit.start, unit.end), heard)
    for rule in _RULES:
        if (who := rule(headline)) is not None:
            return [Speech(unit.start, unit.end, who, who.role)]
    found = cues(bare, unit.start, unit.end, headline.mentions, heading=True)
    return spoken_in(recent, unit, headline.mentions, found)[:1]


def _at_its_edge(h: _Headline) -> Entity | None:
    """Who is named before a colon or behind a dash: "Holt: dam leaks", "Dam leaks - Holt"."""
    edge = _LABEL.match(h.line) or _SIGNED.search(h.line)
    if edge is None:
        return None
    a, b = h.unit.start + edge.start("who"), h.unit.start + edge.end("who")
    label = h.recent.page.bare[a:b]
    body = label.strip()
    if body.casefold().removeprefix("the ") in BODIES | {"poll"}:
        return Entity(body.removeprefix("The "), "body")
    named = next((m for m in h.mentions if _is_label(h, m, a, b)), None)
    if named is None:
        return None
    if _OWNS.search(h.recent.page.bare[named.start : named.end]) and not _OWN_WORDS.search(label):
        return None
    who = h.recent.entity(named)
    if who in [s.entity for s in h.heard]:
        return who
    return who if who.kind == "body" and _is_bodys(h, h.unit.start + edge.end()) else None


def _is_label(h: _Headline, m: Mention, a: int, b: int) -> bool:
    """Whether a mention is what a label, ``bare[a:b]``, names, with a few words of a role at most."""
    bare = h.recent.page.bare
    beside = m.start - m.end
    return (
        a <= m.start
        and m.end <= b
        and not PREPOSITION.search(bare[a : m.start])
        and b - a + beside <= 24
        and (_speaks(h.recent.entity(m)) or len(bare[a:b].strip()) + beside <= 4)
    )


def _speaks(e: Entity) -> bool:
    """Whether a label may be somebody's: a person, or a people or a party ("Republicans: …")."""
    return e.personal or not may_be_human(e.name)


def _is_bodys(h: _Headline, at: int) -> bool:
    """Whether a body that is not heard in the text speaks in its headline: nobody else does behind it."""
    page = h.recent.page
    return not page.headlined and not cues(page.bare, at, h.unit.end, h.mentions, True)


def _repeated(h: _Headline) -> Entity | None:
    """Who says, in the text, the words that a headline quotes."""
    text = h.recent.page.text
    for a, b in h.recent.page.quotes_in(h.unit.start, h.unit.end):
        if h.unit.start <= a < h.unit.end and len(text[a:b].split()) >= 4:
            words = flat(text[a:b])
            for s in h.heard:
                if words in flat(text[s.start : s.end]):
                    return s.entity
    return None


def _behind_a_quotation(h: _Headline) -> Entity | None:
    """Who is named behind a quotation and a colon: "“A ruin”: Holt"."""
    after = _QUOTED.match(h.line)
    if after and h.mentions and h.mentions[0].start - h.unit.start - after.end() <= 24:
        return h.recent.entity(h.mentions[0])
    return None


_RULES: tuple[Callable[[_Headline], Entity | None], ...] = (
    _at_its_edge,
    _repeated,
    _behind_a_quotation,
)
