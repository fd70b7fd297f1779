"""Paired tests, their correction, and intervals."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.scoring.stats import holm, interval, worse


@pytest.mark.parametrize(
    ("changes", "p"),
    [
        ([], 1.0),
        ([1, 1], 1.0),
        ([-1] * 5, 1 / 32),
        ([-1] * 5 + [1], 7 / 64),
        ([-0.5, -0.25], 0.25),
        ([0, 0, -1], 0.5),
    ],
)
def test_paired_p(changes: list[float], p: float) -> None:
    assert worse(changes) == pytest.approx(p)


@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), max_size=30))
def test_what_is_not_worse_is_never_significant(changes: list[float]) -> None:
    p = worse(changes)
    assert 0 < p <= 1 and (sum(changes) < 0 or p == 1.0)


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.floats(1e-6, 1), min_size=1, max_size=8))
def test_holm_only_raises(pvalues: dict[str, float]) -> None:
    adjusted = holm(pvalues)
    assert all(
        pvalues[k] <= adjusted[k] <= 1 and adjusted[k] <= min(1, pvalues[k] * len(pvalues)) + 1e-12
        for k in pvalues
    )
    order = sorted(pvalues, key=lambda k: pvalues[k])
    assert all(adjusted[a] <= adjusted[b] for a, b in itertools.pairwise(order))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_an_interval_holds_its_mean(values: list[float]) -> None:
    mean, low, high = interval(values)
    assert low - 1e-9 <= mean <= high + 1e-9
