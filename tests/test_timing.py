"""When a time that is counted from the newest article confines a question, and when it does not."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from qa.index.retriever import Filters
from qa.timing import FEW, MANY, timed


def store(articles: int, then: int) -> Any:
    corpus = SimpleNamespace(articles=articles, undated=0, last="2026-07-08")
    return SimpleNamespace(corpus=lambda: corpus, allowed_articles=lambda *_, **__: list(range(then)))


@pytest.mark.parametrize(
    ("question", "articles", "then", "given", "kind", "confined"),
    [
        ("Which bridge was closed this week?", MANY, FEW - 1, False, "time_not_dated", False),
        ("Which bridge was closed this week?", MANY, FEW, False, "time_filter", True),
        ("Which bridge was closed this week?", MANY - 1, 1, False, "time_filter", True),  # a small folder
        ("Which bridge was closed this week?", MANY, 0, True, "time_filter", True),  # today is known
        ("Which bridge was closed in May 2024?", MANY, 1, False, "time_filter", True),  # no guess
    ],
)
def test_a_guessed_today_confines_only_where_articles_are(
    question: str, articles: int, then: int, given: bool, kind: str, confined: bool
) -> None:
    found = timed(
        question,
        store(articles, then),
        date(2026, 7, 8),
        Filters(),
        lambda words, filters: [],
        lambda source: "",
        lambda word: True,
        given,
    )
    assert [n.kind for n in found.notes] == [kind]
    assert (found.frame is not None) == confined
