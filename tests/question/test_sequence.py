"""Two events that a question sets in time to each other."""

from __future__ import annotations

import pytest

from qa.question.sequence import two_events


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which came first, the strike or the vote?", ("first", "the strike", "the vote")),
        ("What happened first: the strike or the vote?", ("first", "the strike", "the vote")),
        ("Did the strike happen before the vote?", ("first", "the strike", "the vote")),
        ("How many days passed between the strike and the vote?", ("between", "the strike", "the vote")),
        ("How long after the vote did Berg resign?", ("between", "the vote", "Berg resign")),
        ("How long was it from the strike to the vote?", ("between", "the strike", "the vote")),
        ("How long did the strike last?", None),
        ("Who came first in the race?", None),
        ("How many days did the strike go on?", None),
        ("What happened after the vote?", None),
    ],
)
def test_two_events(question: str, expected: tuple[str, str, str] | None) -> None:
    read = two_events(question)
    assert (read and (read.asks, read.one, read.two)) == expected
