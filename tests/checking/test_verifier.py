"""A stream is checked as it comes: each claim once, and no number changes afterwards."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.checking import verify as checking
from qa.checking.verify import Verifier, verify
from qa.types import AnswerSpan, Article, Draft, DraftClaim, DraftQuote, Meta, Span, StoredArticle

TEXT = "The Tarn bridge was closed on Monday. Repairs will cost 3.4 million crowns. The ferry runs in winter."
SENTENCES = [*(s + "." for s in TEXT.split(". ")[:2]), "The ferry runs in winter."]


def stored(key: int) -> StoredArticle:
    article = Article(n=1, spans=(Span(start=0, end=len(TEXT)),), meta=Meta(outlet="The Post"))
    return StoredArticle(key=1, source=1, article_id="a.txt#1", file="a.txt", article=article)


def verifier() -> Verifier:
    return Verifier(stored, lambda source: TEXT)


def claim(text: str, quote: str | None = None, answer: Span | None = None) -> DraftClaim:
    return DraftClaim(text=text, quotes=(DraftQuote(article=1, text=quote or text),), answer=answer)


DRAFTED = st.lists(
    st.sampled_from([claim(s) for s in SENTENCES] + [claim("", "x"), claim("It cost 9.", SENTENCES[1])])
)


@settings(max_examples=100)
@given(DRAFTED, st.integers(0, 5))
def test_one_by_one_or_all_at_once_is_the_same(drafted: list[DraftClaim], first: int) -> None:
    draft = Draft(claims=tuple(drafted))
    checked = verifier()
    for made in drafted[:first]:
        checked.add(made)
    told = [c.citations for c in checked.claims]
    result = checked.finish(draft)
    assert result == verify(draft, stored, lambda source: TEXT)
    assert [c.citations for c in result.claims][: len(told)] == told


def test_no_claim_is_checked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    real = checking.unsupported
    monkeypatch.setattr(checking, "unsupported", lambda text, *rest: seen.append(text) or real(text, *rest))
    drafted = [claim(s) for s in SENTENCES]
    stream = verifier()
    for made in drafted:
        stream.add(made)
    stream.finish(Draft(claims=tuple(drafted)))
    assert seen == SENTENCES


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(start=TEXT.index("3.4"), end=TEXT.index("3.4") + 18), True),
        (Span(start=0, end=8), False),  # not in the quote of the claim
        (None, False),
    ],
)
def test_the_answer_is_a_span_of_a_citation(span: Span | None, expected: bool) -> None:
    made = verifier().add(claim(SENTENCES[1], answer=span))
    assert made is not None
    found = AnswerSpan(n=1, start=span.start, end=span.end) if span and expected else None
    assert made.answer == found
