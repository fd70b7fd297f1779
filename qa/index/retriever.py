"""Question -> Hits: lexical and dense, fused; filtered by date and outlet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from qa.errors import UsageError
from qa.index.embeddings import Vectors
from qa.index.lexical import LexicalIndex
from qa.index.store import Store
from qa.index.vectors import VectorIndex
from qa.text.dates import day_range, read_date
from qa.text.terms import terms
from qa.types import Hit, Stage

# Weight of the dense side in the fusion and the depth of each list: tuned on the even queries of the
# retrieval set, reported on the odd ones (README).
DENSE_WEIGHT = 0.3
LEAD = 6  # passages of the fused list that stand before the nearest by meaning, where these are asked for
COPIED = 0.8  # of the terms of two passages of one story, from where on they say the same
EXACT_LIMIT = 20_000  # passages that a filter leaves; up to so many their cosines are computed exactly


@dataclass(frozen=True, slots=True)
class Filters:
    """Days as YYYYMMDD, both included; ``outlet`` as part of a name, case ignored."""

    since: int | None = None
    until: int | None = None
    outlet: str | None = None
    undated: bool = False

    @classmethod
    def of(
        cls,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        undated: bool = False,
    ) -> Filters:
        """From ISO dates of any precision: ``until 2024-03`` includes all of March. Raises UsageError."""
        first = _day(since, "since")[0] if since else None
        last = _day(until, "until")[1] if until else None
        if first is not None and last is not None and first > last:
            raise UsageError(f"since {since} is after until {until}; swap them")
        return cls(first, last, outlet, undated)

    @property
    def dated(self) -> bool:
        return self.since is not None or self.until is not None


def _day(text: str, name: str) -> tuple[int, int]:
    value = read_date(text)
    if value is None:
        raise UsageError(f"{name}: cannot read the date {text!r}; write it as 2024-03-18, 2024-03 or 2024")
    return day_range(value)


def _widening(
    search: Callable[[int], list[tuple[int, float]]], depth: int, allowed: set[int] | None, total: int
) -> list[tuple[int, float]]:
    """Search deeper and deeper until ``depth`` allowed results are found or there are no more."""
    limit = depth
    while True:
        found = search(min(limit, total))
        kept = found if allowed is None else [hit for hit in found if hit[0] in allowed]
        if len(kept) >= depth or len(found) < limit or limit >= total:
            return kept[:depth]
        limit *= 5


PAIRS = 50  # passages that are looked through for two words side by side


def side_by_side(store: Store, index: LexicalIndex | None) -> Callable[[str, str], int]:
    """Counts how often two words stand side by side, in either order, in some passages that hold both."""

    def count(one: str, other: str) -> int:
        if index is None:
            return 0
        found = store.passages(index.holding(terms(f"{one} {other}"), PAIRS))
        a, b = re.escape(one), re.escape(other)
        either = re.compile(rf"\b(?:{a}\s+{b}|{b}\s+{a})\b", re.IGNORECASE)
        return sum(len(either.findall(passage.text)) for passage, _ in found)

    return count


def lexical_search(
    index: LexicalIndex, question: str, depth: int, allowed: set[int] | None
) -> list[tuple[int, float]]:
    words = terms(question)
    total = index.count()
    if not words or not total:
        return []
    return _widening(lambda limit: index.search(words, limit), depth, allowed, total)


def dense_search(
    index: VectorIndex, store: Store, embedder: str, vector: Vectors, depth: int, allowed: set[int] | None
) -> list[tuple[int, float]]:
    if allowed is not None and len(allowed) <= EXACT_LIMIT:
        keys, vectors = store.vectors(embedder, sorted(allowed))
        if not keys:
            return []
        cosines = vectors @ vector
        order = np.lexsort((np.asarray(keys), -np.round(cosines, 5)))[:depth]
        return [(keys[i], float(cosines[i])) for i in order]
    return _widening(lambda limit: index.search(vector, limit), depth, allowed, index.count())


def fuse(
    lexical: Sequence[tuple[int, float]], dense: Sequence[tuple[int, float]], weight: float = DENSE_WEIGHT
) -> list[tuple[int, float]]:
    """Convex combination of the two scores, each scaled to its list's best and worst (Bruch, Gai &
    Ingber 2023, who find it better than reciprocal ranks and robust in its weight)."""
    scores: dict[int, float] = {}
    for hits, share in ((lexical, 1 - weight), (dense, weight)):
        if not hits:
            continue
        best, worst = hits[0][1], hits[-1][1]
        span = best - worst or 1.0
        for key, score in hits:
            scores[key] = scores.get(key, 0.0) + share * (score - worst) / span
    return sorted(scores.items(), key=lambda item: (-round(item[1], 6), item[0]))


def with_nearest(
    ranked: Sequence[tuple[int, float]], near: Sequence[tuple[int, float]], nearest: int
) -> list[tuple[int, float]]:
    """The fused list with its ``nearest`` places after the first ``LEAD`` given to the best of ``near``."""
    lead, scores = ranked[:LEAD], dict(ranked)
    first = {key for key, _ in lead}
    brought = [(key, scores[key]) for key, _ in near if key not in first][:nearest]
    placed = first | {key for key, _ in brought}
    return [*lead, *brought, *(pair for pair in ranked if pair[0] not in placed)]


def retrieve(
    question: str,
    store: Store,
    lexical: LexicalIndex | None,
    dense: VectorIndex | None,
    embedder: str,
    vector: Vectors | None,
    filters: Filters,
    depth: int = 200,
    top_k: int = 10,
    nearest: int = 0,
) -> list[Hit]:
    """The best passages, best first; ``depth`` of each side are fused. Sides that are None are left out.
    ``nearest``: so many places after the first ``LEAD`` go to the nearest by vectors alone, which share a
    meaning with the question and perhaps no word: fused, they come too late to be read."""
    allowed = store.allowed(filters.since, filters.until, filters.outlet, filters.undated)
    if allowed is not None and not allowed:
        return []
    words = lexical_search(lexical, question, depth, allowed) if lexical else []
    near = (
        dense_search(dense, store, embedder, vector, depth, allowed) if dense and vector is not None else []
    )
    cosines = dict(near)
    ranked = with_nearest(fuse(words, near), near, nearest)
    stage: Stage = "fused" if words and near else "lexical" if words else "dense"
    scores = dict(ranked)
    hits: list[Hit] = []
    told: dict[int, list[set[str]]] = {}  # of each story, what its passages say
    for at in range(0, len(ranked), 2 * top_k):
        for passage, key in store.passages([key for key, _ in ranked[at : at + 2 * top_k]]):
            article = store.article(key)
            if article.also_in:  # what a copy says again is one hit
                own = set(terms(passage.text))
                if any(
                    len(own & other) >= COPIED * max(min(len(own), len(other)), 1)
                    for other in told.setdefault(article.story, [])
                ):
                    continue
                told[article.story].append(own)
            hits.append(
                Hit(
                    passage=passage,
                    article=article,
                    score=round(scores[passage.id], 6),
                    rank=len(hits) + 1,
                    stage=stage,
                    similarity=cosines.get(passage.id),
                )
            )
            if len(hits) == top_k:
                return hits
    return hits
