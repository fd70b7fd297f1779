"""Whose words a span of a source text is: the utterances of its article, laid over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from qa.attribution.utterances import Utterance, utterances
from qa.types import Article, Attribution, StoredArticle, Voice

# The least share of a span, in characters, that must be what its speaker says before the speaker is named,
# unless the rest is no longer than a plain "the mayor of Arlen said on Monday". Where less is reported, only
# 53 of 117 annotated sentences are for the most part that speaker's (docs/real-news.md).
LEAST: Mapping[Voice, float] = {"direct": 0.2, "reported": 0.4}
PLAIN = 60  # characters
Hearing = Callable[[str, StoredArticle], Sequence[Utterance]]  # (source text, article) -> its utterances


def enough(said: int, size: int, voice: Voice) -> bool:
    """Whether ``said`` of ``size`` characters make a stretch its speaker's."""
    return said >= LEAST[voice] * size or size - said <= PLAIN


@lru_cache(maxsize=512)
def utterances_of(text: str, article: Article) -> tuple[Utterance, ...]:
    """``utterances``, kept for the articles asked about last."""
    return tuple(utterances(text, article))


def heard_anew(text: str, stored: StoredArticle) -> Sequence[Utterance]:
    """The ``Hearing`` of who has no store that keeps what was read before."""
    return utterances_of(text, stored.article)


def acts_of(found: Sequence[Utterance]) -> list[Utterance]:
    """One utterance for each act of speech, narrator's clause and all, in order; its voice is that of most of
    what is said in it."""
    by_act: dict[tuple[tuple[int, int], str], list[Utterance]] = {}
    for u in found:
        by_act.setdefault((u.frame, u.speaker), []).append(u)
    made = []
    for ((start, end), _), parts in by_act.items():
        direct = sum(u.end - u.start for u in parts if u.voice == "direct")
        most = max(parts, key=lambda u: u.end - u.start)
        voice: Voice = "direct" if 2 * direct > sum(u.end - u.start for u in parts) else "reported"
        made.append(replace(most, start=start, end=end, voice=voice))
    return sorted(made, key=lambda u: u.start)


def told_enough(act: Utterance, found: Sequence[Utterance]) -> bool:
    """Whether so much of an act is what its speaker says that it may be called his or hers (``LEAST``)."""
    own = sum(u.end - u.start for u in found if u.frame == (act.start, act.end) and u.speaker == act.speaker)
    return enough(own, act.end - act.start, act.voice)


def voiced_parts(
    found: Sequence[Utterance], text: str, start: int, end: int
) -> list[tuple[str | None, str | None, str]]:
    """The parts of a span, in order, as (speaker, role, words); no speaker: the outlet's own words."""
    parts: list[tuple[str | None, str | None, str]] = []
    at = start
    for u in acts_of(found):
        if u.start >= end or u.end <= start:
            continue
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
    """Whose words a span of the source text holds. None where two speak in it, or a speaker and the outlet,
    and neither has most of it."""
    shares: Counter[tuple[str, str | None]] = Counter()
    for act in acts_of(found):
        if (both := min(act.end, end) - max(act.start, start)) > 0:
            shares[act.speaker, act.role] += both
    total = sum(shares.values())
    if total < 0.4 * (end - start):
        return Attribution(speaker=outlet or "not stated", outlet=outlet, voice="outlet")
    (best, most), *_ = shares.most_common(1)
    said = [(min(u.end, end) - max(u.start, start), u) for u in found if (u.speaker, u.role) == best]
    _, u = max(said, key=lambda each: each[0])
    own = sum(part for part, _ in said if part > 0)
    if total < 0.6 * (end - start) or most < 0.6 * total:
        return None
    if own > 0 and not enough(own, end - start, u.voice):  # 0: a part of the narrator's clause alone
        return None
    return Attribution(speaker=u.speaker, role=u.role, outlet=u.via or outlet, voice=u.voice)
