"""Questions about the articles themselves are told from those about what they tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from qa.question.catalogue import catalogue_question
from qa.question.timeframe import before_noun, time_frame
from tests.conftest import ROOT

ABOUT_THEM: list[tuple[str, dict[str, Any]]] = [
    ("Who wrote the article about the mine?", {"wants": "author", "topic": "the mine"}),
    ("Who is the author of mine.txt?", {"wants": "author", "file": "mine.txt"}),
    ("who wrote the Harlow bridge piece", {"wants": "author", "topic": "Harlow bridge"}),
    ("Which outlets are in this folder?", {"wants": "outlets"}),
    ("What newspapers does the collection hold?", {"wants": "outlets"}),
    ("Which newspaper reported on the mine?", {"wants": "outlet", "topic": "the mine", "certain": False}),
    ("Which outlet published the story “Mine closes”?", {"wants": "outlet", "title": "Mine closes"}),
    ("How many articles are there?", {"wants": "count"}),
    ("How many articles mention Harlow?", {"wants": "count", "mentions": "Harlow"}),
    ("How many pieces are by Ann Lee?", {"wants": "count", "source": "Ann Lee"}),
    ("When was the article on the mine published?", {"wants": "published", "topic": "the mine"}),
    ("What does north/b.txt say?", {"wants": "summary"}),
    ("What is in the file b.md?", {"wants": "summary", "file": "b.md"}),
    ("What does the article 'Mine closes after blast' say?", {"title": "Mine closes after blast"}),
    ("Summarize the article about the mine.", {"wants": "summary", "topic": "the mine"}),
    ("What is the title of b.txt?", {"wants": "title", "file": "b.txt"}),
    ("List all articles by Ann Lee.", {"wants": "list", "source": "Ann Lee"}),
    ("Which articles have no date?", {"wants": "list", "undated": True}),
    ("What is the newest article?", {"wants": "newest"}),
    ("What period do the articles cover?", {"wants": "span"}),
    ("how many pieces name both Harlow and Lee", {"wants": "count", "mentions": "both Harlow and Lee"}),
    ("How many of the articles don't mention Harlow?", {"wants": "count", "without": "Harlow"}),
    ("Which articles mention Lee but not Harlow?", {"mentions": "Lee", "without": "Harlow"}),
    ("Which articles from the Post mention Harlow?", {"source": "the Post", "mentions": "Harlow"}),
    ("Which articles are not from the Post?", {"wants": "list", "not_source": "the Post"}),
    ("how many Post articles are there?", {"wants": "count", "described": "Post", "certain": False}),
    ("newest article on the mine?", {"wants": "newest", "topic": "the mine"}),
    ("what are the three newest articles?", {"wants": "newest", "most": 3}),
    ("What's the longest article?", {"wants": "longest"}),
    ("when was the last article published?", {"wants": "newest"}),
    ("articles without a date?", {"wants": "list", "undated": True}),
    ("How many undated articles are there?", {"wants": "count", "undated": True}),
    ("Which articles don't have an author?", {"wants": "list", "unsigned": True}),
    ("number of articles by outlet", {"wants": "outlets"}),
    ("Which outlet has the most articles?", {"wants": "outlets"}),
    ("Which outlets mention Harlow?", {"wants": "outlets", "mentions": "Harlow"}),
    ("Give me the headlines of the Post articles.", {"wants": "title", "described": "Post"}),
    ("Do we have anything on the mine?", {"wants": "list", "topic": "the mine", "certain": False}),
    ("when did the Post publish its piece?", {"wants": "published", "source": "the Post", "certain": False}),
]


@pytest.mark.parametrize(("question", "slots"), ABOUT_THEM)
def test_about_the_articles(question: str, slots: dict[str, Any]) -> None:
    read = catalogue_question(question)
    assert read is not None
    assert {name: getattr(read, name) for name in slots} == slots


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the letter about the clock?",
        "Who wrote the memo on the delay?",
        "Which newspaper reported that the minister would resign?",
        "Which newspaper had the story of the envoy?",
        "How many files were stolen from the ministry?",
        "How many documents did the police take away?",
        "When was the treaty published?",
        "When was the report on the mine published by the ministry?",
        "What does the report say about the mine?",
        "What does the article say about her health?",
        "What does page 31 of the report say?",
        "How many articles of the constitution were changed?",
        "What is the latest in the mine case?",
        "Which story did he tell the jury?",
        "What is the title of the book that he wrote?",
        "Who published the photographs?",
        "What was published in the report?",
        "How many pieces did the vase break into?",
        "Which papers did the clerk leak?",
        "Is there anything that could stop the strike?",
        "What is the first article of the constitution?",
        "What was the longest story he ever told?",
        "Which of them is guilty?",
        "How many times was the story about the mine shared?",
        "Which articles mention that the mine will close?",
    ],
)
def test_about_what_they_tell(question: str) -> None:
    assert catalogue_question(question) is None


@pytest.mark.parametrize("question", ["What was published?", "any articles?", "Was anything published?"])
def test_a_time_makes_it_one(question: str) -> None:
    assert catalogue_question(question) is None
    read = catalogue_question(question, timed=True)
    assert read is not None and read.wants == "list"


def gold() -> list[str]:
    """Every gold question about events."""
    found = []
    for path in sorted((ROOT / "eval" / "gold").glob("*.yaml")):
        data = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        questions = data.get("questions", ()) if isinstance(data, dict) else ()
        found += [q["question"] for q in questions if "question" in q]
    return found


def test_no_gold_question_is_taken_for_one() -> None:
    questions = gold()
    assert len(questions) > 400
    assert [q for q in questions if catalogue_question(q)] == []


def test_the_gold_of_the_catalogue_is_recognised() -> None:
    path = Path(ROOT / "eval" / "corpora" / "holds" / "catalogue.yaml")
    rows = [r["question"] for r in yaml.safe_load(path.read_text("utf-8")) if r["split"] == "tune"]

    def recognised(question: str) -> bool:
        reading = before_noun(question)
        frame = time_frame(reading, date(2025, 6, 6))
        rest = frame.rest if frame else reading
        return catalogue_question(rest, timed=frame is not None) is not None

    unread = [q for q in rows if not recognised(q)]
    assert len(unread) <= 4, unread
