"""Times that the articles do not reach, and answers that would stand where a text breaks off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa.question.timeframe import event_side, outside, time_frame, years_asked
from qa.types import CorpusInfo

CORPUS = CorpusInfo(articles=5, undated=2, first="2023-12", last="2025-06-06")


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("What did he say in January 2027?", [2027]),
        ("What happened in 1999?", [1999]),
        ("Who left since 2011 and before 2013?", [2011, 2013]),
        ("In the last night of January 2027, who came?", [2027]),
        ("Who won on 4 May 1998?", [1998]),
        ("Who won on May 4, 1998?", [1998]),
        ("In early 2026, who won?", [2026]),
        ("How did the 2018 budget fail?", []),
        ("Did 2000 people come?", []),
        ("Were there 1999 of them?", []),
        ("What is Agenda 2030?", []),
    ],
)
def test_years_asked(question: str, years: list[int]) -> None:
    assert years_asked(question) == years


@pytest.mark.parametrize(
    ("question", "mentioned", "corpus", "result"),
    [
        ("What happened in 1999?", set(), CORPUS, True),
        ("What happened in 1999?", {"1999"}, CORPUS, False),
        ("What happened in 2024?", set(), CORPUS, False),
        ("What happened in 2023?", set(), CORPUS, False),
        ("What happened in 2026?", set(), CORPUS, True),
        ("What changed from 2024 to 2027?", set(), CORPUS, False),
        ("What happened?", set(), CORPUS, False),
        ("What happened in 1999?", set(), CorpusInfo(articles=1, undated=1), True),
    ],
)
def test_outside(question: str, mentioned: set[str], corpus: CorpusInfo, result: bool) -> None:
    assert outside(question, corpus, mentioned.__contains__) is result


Make = Callable[..., Any]


def test_the_answer_names_what_is_reached(news: Path, open_library: Make) -> None:
    library = open_library(news)
    outcome = library.ask("What did mayor Ilse Brandt say about the Tarn bridge in 1999?")
    assert (outcome.kind, outcome.reason) == ("abstention", "outside_dates")
    assert outcome.text == (
        "No article names or is dated in a year that the question asks about: they reach from 2024-03-05 to "
        "2024-04-12, 1 of them undated."
    )
    assert (
        library.ask("What did mayor Ilse Brandt say about the Tarn bridge in 2024?").reason != "outside_dates"
    )


TEASERS = """Norvik Post

\u2022 Mayor explains the closing of the bridge
The Tarn bridge was closed on Monday after engineers had found cracks. Mayor Ilse Brandt said \
that the reason for the cracks was …

\u2022 School wins the national chess prize
Pupils of the Norvik school have won the national chess prize. Their teacher, Otto Lind, thanked the \
sponsors and said he would spend the money on …

\u2022 Storm cuts power in the valley
The storm cut power to 4,200 homes. The grid operator promised that all homes would be supplied again by …
"""


@pytest.mark.parametrize(
    ("question", "reason", "quote"),
    [
        (
            "What did mayor Ilse Brandt say was the reason for the cracks?",
            "cut_off",
            "the reason for the cracks was …",
        ),
        ("What did Otto Lind say he would spend the money on?", "cut_off", "spend the money on …"),
        ("How many homes lost power in the storm?", None, "4,200 homes"),
        ("Who said what the reason for the cracks was?", None, "Ilse Brandt"),
    ],
)
def test_a_text_that_breaks_off_is_not_completed(
    tmp_path: Path, open_library: Make, question: str, reason: str | None, quote: str
) -> None:
    folder = tmp_path / "teasers"
    folder.mkdir()
    (folder / "page.txt").write_text(TEASERS, "utf-8")
    library = open_library(folder, embedder="minilm")
    assert [a.article.truncated for a in library.store.articles_of(1)] == [True] * 3
    outcome = library.ask(question)
    assert outcome.reason == reason and quote in " ".join(c.quote for c in outcome.citations)
    if reason:
        assert "breaks off" in outcome.text


TODAY = date(2024, 11, 26)  # a Tuesday


@pytest.mark.parametrize(
    ("question", "since", "until", "rest"),
    [
        ("What did the court rule in May 2023?", 20230501, 20230531, "What did the court rule?"),
        ("What did the court rule on 4 May 2023?", 20230504, 20230504, "What did the court rule?"),
        ("In 2022, who led the party?", 20220101, 20221231, "who led the party?"),
        ("What did she say before May 2023?", None, 20230430, "What did she say?"),
        ("What did she say until May 2023?", None, 20230531, "What did she say?"),
        ("What did she say after 31 May 2023 about it?", 20230601, None, "What did she say about it?"),
        ("What did she say since May 2023?", 20230501, None, "What did she say?"),
        ("What did he do between March and May 2023?", 20230301, 20230531, "What did he do?"),
        ("What did he do between 1 May 2023 and 3 May 2023?", 20230501, 20230503, "What did he do?"),
        ("Who resigned yesterday?", 20241125, 20241125, "Who resigned?"),
        ("Who resigned this week?", 20241125, 20241201, "Who resigned?"),
        ("Who resigned last week?", 20241118, 20241124, "Who resigned?"),
        ("Who resigned last month?", 20241001, 20241031, "Who resigned?"),
        ("Who resigned in the last three days?", 20241123, 20241126, "Who resigned?"),
        ("Who resigned last year?", 20230101, 20231231, "Who resigned?"),
    ],
)
def test_a_time_that_confines(question: str, since: int | None, until: int | None, rest: str) -> None:
    frame = time_frame(question, TODAY)
    assert frame is not None
    assert (frame.since, frame.until, frame.rest) == (since, until, rest)


@pytest.mark.parametrize(
    "question",
    [
        "What does the treaty of 1952 say?",
        "What did the judges of the 4 May 2023 verdict write?",
        "When was the mill, bought in March 2024, built?",
        "When did she resign in 2023?",
        "What will open in May 2025?",
        "Who said so as of May 2023?",
        "How many people came?",
        "Who wrote the book 1984?",
        "What was known of it in May 2023, and what in March 2024?",
        "How many boats sank on the night before 4 May 2023?",
        "Who left two days after 4 May 2023?",
    ],
)
def test_a_date_that_is_the_topic(question: str) -> None:
    assert time_frame(question, TODAY) is None


def test_without_a_today_nothing_is_counted_back() -> None:
    assert time_frame("Who resigned last week?", None) is None


@pytest.mark.parametrize(
    ("question", "side"),
    [
        ("What has he done since the king took office?", ("since", "the king took office")),
        ("What was sold before the coronation?", ("before", "the coronation")),
        ("What was sold before May 2023?", None),
        ("What happened after all?", None),
        ("How has the outlook moved since March?", None),
    ],
)
def test_an_event_side(question: str, side: tuple[str, str] | None) -> None:
    found = event_side(question)
    assert (found and (found.side, found.event)) == side
