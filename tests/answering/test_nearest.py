"""What is shown where there is no answer: the nearest quotes, none inside another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa.answering.extractor import NEAREST, apart
from qa.types import DraftQuote

SPANS = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 40), st.integers(1, 20)), max_size=12)


def quotes(spans: list[tuple[int, int, int]]) -> list[DraftQuote]:
    return [DraftQuote(article=a, start=s, text="x" * n) for a, s, n in spans]


def inside(a: DraftQuote, b: DraftQuote) -> bool:
    return (
        a.article == b.article
        and (b.start or 0) <= (a.start or 0)
        and ((a.start or 0) + len(a.text) <= (b.start or 0) + len(b.text))
    )


@given(SPANS)
def test_no_quote_lies_inside_another_and_the_best_is_told(spans: list[tuple[int, int, int]]) -> None:
    every = quotes(spans)
    kept = apart(every)
    assert len(kept) <= NEAREST and all(q in every for q in kept)
    assert not any(inside(a, b) for a in kept for b in kept if a is not b)
    assert not every or inside(every[0], kept[0])


def test_a_sentence_that_another_took_in_gives_its_place_to_the_next() -> None:
    first, whole, other = quotes([(1, 0, 10), (1, 0, 30), (2, 5, 9)])
    assert apart([first, whole, other]) == (whole, other)
    assert apart([whole, first, other]) == (whole, other)
