"""BM25 (Robertson & Zaragoza 2009) over a few thousand passages in memory: it brings the passages that a
search would bring for a question, from stories that do not answer it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

_STOP = frozenset(
    "a an and are as at be been but by did do does for from had has have he her his how i in is it its of on "
    "or she that the their them they this to was were what when where which who whom "
    "whose why will with".split()
)
_K1, _B = 1.2, 0.75


def _terms(text: str) -> list[str]:
    """Words without plural and verb endings, roughly: the search need not be good, only tempting."""
    words = (w for w in re.findall(r"[a-z0-9]+", text.lower()) if w not in _STOP)
    return [re.sub(r"(?:ing|ed|es|s)$", "", w) if len(w) > 4 else w for w in words]


class Bm25:
    def __init__(self, passages: Sequence[str]) -> None:
        counts = [Counter(_terms(p)) for p in passages]
        sizes = np.array([sum(c.values()) for c in counts], dtype=np.float64)
        norm = _K1 * (1 - _B + _B * sizes / max(sizes.mean(), 1.0))
        postings: dict[str, list[tuple[int, int]]] = {}
        for k, c in enumerate(counts):
            for term, n in c.items():
                postings.setdefault(term, []).append((k, n))
        self._size = len(passages)
        self._postings: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        for term, rows in postings.items():
            where = np.array([k for k, _ in rows])
            often = np.array([n for _, n in rows], dtype=np.float64)
            idf = math.log(1 + (self._size - len(rows) + 0.5) / (len(rows) + 0.5))
            self._postings[term] = (where, idf * often * (_K1 + 1) / (often + norm[where]))

    def top(self, query: str, count: int) -> list[int]:
        """Numbers of the best passages that share a term with the query, best first, ties by number."""
        scores = np.zeros(self._size)
        for term in set(_terms(query)):
            if term in self._postings:
                where, weight = self._postings[term]
                scores[where] += weight
        order = np.argsort(-scores, kind="stable")[:count]
        return [int(k) for k in order if scores[k] > 0]
