"""One story in several outlets: articles that are copies of each other, lightly edited or cut.

MinHash signatures (Broder 1997) of runs of four words, candidates by banding (Leskovec, Rajaraman & Ullman,
Mining of Massive Datasets, ch. 3), then the estimated overlap itself. numpy alone: datasketch, the library
for it, brings scipy, 35 MB that nothing else here needs.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

VERSION = 1  # raise it when the same text gives another signature
SHINGLE = 4  # words
SIZE, BANDS = (
    126,
    42,
)  # three minima a band: two texts with half of their runs in common are tried in 99.6 % of cases
LEAST_WORDS = 40  # shorter texts have too little to be told apart by
ALIKE = 0.35  # estimated Jaccard overlap of two copies, at least
HELD = 0.7  # and the share of the shorter one that the longer one holds
_PRIME = np.uint64((1 << 31) - 1)
_FACTORS = np.random.default_rng(1997).integers(1, (1 << 31) - 1, size=(2, SIZE), dtype=np.uint64)
Signature = NDArray[np.uint32]


def signature(text: str) -> bytes | None:
    """The number of distinct runs of words and their minima, as little-endian uint32; None for a text too
    short to be compared."""
    words = re.findall(r"\w+", text.casefold())
    if len(words) < LEAST_WORDS:
        return None
    runs = (
        np.asarray(
            list(
                {
                    zlib.crc32(" ".join(words[k : k + SHINGLE]).encode())
                    for k in range(len(words) - SHINGLE + 1)
                }
            ),
            dtype=np.uint64,
        )
        % _PRIME
    )
    minima = np.asarray([((runs * a + b) % _PRIME).min() for a, b in _FACTORS.T], dtype="<u4")
    return np.concatenate([np.asarray([len(runs)], dtype="<u4"), minima]).tobytes()


def groups(signatures: Iterable[tuple[int, bytes]]) -> list[list[int]]:
    """The keys of articles that are copies of one report, each group sorted, groups by their first."""
    keys, rows = [], []
    for key, value in signatures:
        keys.append(key)
        rows.append(np.frombuffer(value, dtype="<u4"))
    if len(rows) < 2:
        return []
    matrix = np.stack(rows)
    sizes, minima = matrix[:, 0].astype(float), matrix[:, 1:]
    parent = list(range(len(keys)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    tried: set[tuple[int, int]] = set()
    for band in np.split(minima, BANDS, axis=1):
        order = np.lexsort(band.T)
        same = (band[order[1:]] == band[order[:-1]]).all(1)
        for at in np.flatnonzero(same):
            pair = (int(order[at]), int(order[at + 1]))
            if pair in tried or root(pair[0]) == root(pair[1]):
                continue
            tried.add(pair)
            if _copies(minima[pair[0]], minima[pair[1]], sizes[pair[0]], sizes[pair[1]]):
                parent[root(pair[0])] = root(pair[1])
    found: dict[int, list[int]] = {}
    for n, key in enumerate(keys):
        found.setdefault(root(n), []).append(key)
    return sorted(sorted(group) for group in found.values() if len(group) > 1)


def _copies(one: Signature, two: Signature, size_one: float, size_two: float) -> bool:
    alike = float((one == two).mean())
    held = alike * (size_one + size_two) / (1 + alike) / max(min(size_one, size_two), 1)
    return alike >= ALIKE and held >= HELD
