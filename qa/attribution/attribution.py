"""Whose words a span of a source text is: the utterances of its article, laid over it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from qa.attribution.utterances import Utterance, utterances
from qa.types import Article, Attribution


@lru_cache(maxsize=512)
def utterances_of(text: str, article: Article) -> tuple[Utterance, ...]:
    """``utterances``, kept for the articles asked about last."""
    return tuple(utterances(text, article))


def voiced_parts(
    found: Sequence[Utterance], text: str, start: int, end: int
) -> list[tuple[str | None, str | None, str]]:
    """The parts of a span, in order, as (speaker, role, words); no speaker: the outlet's own words."""
    parts: list[tuple[str | None, str | None, str]] = []
    at = start
    for u in sorted((u for u in found if u.start < end and u.end > start), key=lambda u: u.start):
        if u.start > at and text[at : u.start].strip():
            parts.append((None, None, text[at : u.start]))
        parts.append((u.speaker, u.role, text[max(u.start, start) : min(u.end, end)]))
        at = max(at, u.end)
    if at < end and text[at:end].strip():
        parts.append((None, None, text[at:end]))
    return parts


def attribution_of(
    found: Sequence[Utterance], start: int, end: int, outlet: str | None
) -> Attribution | None:
    """Whose words a span of the source text holds. None where two speak in it and neither has most of it."""
    shares: dict[tuple[str, str | None], int] = {}
    parts: dict[tuple[str, str | None], list[tuple[int, Utterance]]] = {}
    for u in found:
        both = min(u.end, end) - max(u.start, start)
        if both > 0:
            shares[u.speaker, u.role] = shares.get((u.speaker, u.role), 0) + both
            parts.setdefault((u.speaker, u.role), []).append((both, u))
    total = sum(shares.values())
    if total < 0.4 * (end - start):
        return Attribution(speaker=outlet or "not stated", outlet=outlet, voice="outlet")
    best = max(shares, key=lambda k: shares[k])
    if shares[best] < 0.6 * total:
        return None
    u = max(parts[best], key=lambda p: p[0])[1]
    return Attribution(speaker=u.speaker, role=u.role, outlet=u.via or outlet, voice=u.voice)
