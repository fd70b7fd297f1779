"""Retrieval metrics: pure functions of a ranked list of articles and the set of gold articles."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence


def hit_at(k: int) -> Callable[[list[str], set[str]], float]:
    return lambda ranked, gold: float(bool(set(ranked[:k]) & gold))


def recall_at(k: int) -> Callable[[list[str], set[str]], float]:
    return lambda ranked, gold: len(set(ranked[:k]) & gold) / len(gold)


def reciprocal_rank(ranked: Sequence[str], gold: set[str], k: int = 10) -> float:
    return next((1 / n for n, doc in enumerate(ranked[:k], 1) if doc in gold), 0.0)


def ndcg_at(k: int) -> Callable[[list[str], set[str]], float]:
    """Binary gains (Järvelin & Kekäläinen 2002)."""

    def score(ranked: list[str], gold: set[str]) -> float:
        gain = sum(1 / math.log2(n + 1) for n, doc in enumerate(ranked[:k], 1) if doc in gold)
        return gain / sum(1 / math.log2(n + 1) for n in range(1, min(len(gold), k) + 1))

    return score
