"""Where a threshold is put on measured curves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.tools.fitting import Array, threshold

Set = tuple[Array, Array]


def curve(no: list[float], yes: list[float]) -> Set:
    """Logits of unanswerable and of answerable questions."""
    return np.asarray([*no, *yes]), np.asarray([0.0] * len(no) + [1.0] * len(yes))


APART = curve([-2.0, -1.0], [1.0, 2.0])
LOW = curve([-3.0, -2.0], [-1.0, 0.0])
# at -0.4 one of four wrong answers is given, at 2.0 two of four right ones are refused
MIXED = curve([-2.0, -1.0, -0.5, 1.0], [-0.4, 0.5, 2.0, 3.0])


@pytest.mark.parametrize(
    ("sets", "cost", "cut"),
    [
        ([APART], 1.0, 1.0),
        ([APART], 2.0, 1.0),
        ([MIXED], 1.0, -0.4),
        ([MIXED], 2.0, 2.0),  # as good as -0.4, and higher
        ([MIXED], 0.5, -0.4),
        ([APART, LOW], 1.0, -1.0),  # half of one set's wrong answers, or half of the other's refusals
        ([curve([-2.0] * 99 + [-1.0], [1.0] * 100), LOW], 1.0, -1.0),  # however many questions a set has
    ],
)
def test_where_the_loss_is_least(sets: list[Set], cost: float, cut: float) -> None:
    assert threshold(sets, cost) == cut


LOGITS = st.lists(st.integers(-30, 30).map(lambda n: n / 10), min_size=1, max_size=12)


@given(st.lists(st.tuples(LOGITS, LOGITS), min_size=1, max_size=3))
def test_a_dearer_wrong_answer_never_lowers_the_threshold(
    drawn: list[tuple[list[float], list[float]]],
) -> None:
    sets = [curve(no, yes) for no, yes in drawn]
    assert threshold(sets, 2.0) >= threshold(sets, 1.0)
