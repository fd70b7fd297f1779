"""Which passages come first: two lists made one, with places kept for what is near by meaning alone."""

from __future__ import annotations

import pytest

from qa.index.retriever import LEAD, fuse, with_nearest

WORDS = [(key, 20.0 - key) for key in range(1, 13)]  # by words: 1, 2, 3 …
NEAR = [(30, 0.9), (2, 0.8), (31, 0.7), (11, 0.6), (32, 0.5), (9, 0.1)]  # 30 to 32 share no word


def test_fused_by_scaled_scores() -> None:
    assert [key for key, _ in fuse([(1, 9.0), (2, 5.0)], [])] == [1, 2]
    assert fuse([(1, 9.0), (2, 8.0), (3, 1.0)], [(2, 0.9), (1, 0.1)])[0][0] == 2
    assert fuse([], []) == []


@pytest.mark.parametrize("nearest", [0, 1, 2, 4, 50])
def test_places_are_kept_for_the_nearest_by_vectors(nearest: int) -> None:
    fused = fuse(WORDS, NEAR)
    found = with_nearest(fused, NEAR, nearest)
    assert sorted(found) == sorted(fused), "nothing is lost, no score changes"
    lead = [key for key, _ in fused[:LEAD]]
    brought = [key for key, _ in NEAR if key not in lead][:nearest]
    assert [key for key, _ in found[: LEAD + len(brought)]] == [*lead, *brought]
    rest = [key for key, _ in fused if key not in {*lead, *brought}]
    assert [key for key, _ in found[LEAD + len(brought) :]] == rest


def test_without_vectors_nothing_is_brought() -> None:
    assert with_nearest(fuse(WORDS, []), [], 4) == fuse(WORDS, [])
