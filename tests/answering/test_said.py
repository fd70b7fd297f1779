"""What somebody says of something, where it is asked for as such."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from eval.tools.holds import opened
from qa.presenting.explanation import explanation_text

PAGES = {
    "ferry.md": "---\ntitle: Ferry talks\noutlet: Orley Post\ndate: 2024-03-04\n---\n"
    "The council of Orley met on Monday to speak of the ferry, the fish market and the budget.\n\n"
    "Mayor Per Dahl said the ferry had been a friend to the town in all weathers. Librarian Eva Tuft called "
    "the ferry a floating cupboard with a horn. Dahl was late, and his coat was wet from the ferry.\n\n"
    "“The fish market smells as it has always smelt,” Dahl told reporters.\n\n"
    "The new ferry is expected in May, and the old one goes to a museum.\n",
    "strike.md": "---\ntitle: Strike over\noutlet: Sund Courier\ndate: 2024-03-09\n---\n"
    "The dockers of Orley went back to work on Saturday after nine days. Their union had asked for more.\n\n"
    "“We got half of it, and half is what we came for,” said Ida Holm, who leads the union.\n",
    "buses.md": "---\ntitle: Buses\noutlet: Sund Courier\ndate: 2024-03-11\n---\n"
    "“The buses of Orley smell of wet dog,” Otto Brand said to Karen Lund of the county paper.\n\n"
    "Karen Lund said she had asked him about the fares, which rose to 3 crowns in May.\n",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with opened(PAGES, tmp_path_factory.mktemp("heard")) as library:
        yield library


# question -> words of each claim, and nothing else
ASKED: list[tuple[str, list[str]]] = [
    ("What did Per Dahl say about the ferry?", ["a friend to the town"]),
    ("What did Dahl say about the fish market?", ["smells as it has always smelt"]),
    ("What did Eva Tuft say about the ferry?", ["floating cupboard"]),
    ("What did Eva Tuft say?", ["floating cupboard"]),
    ("What did Ida Holm say?", ["half is what we came for"]),
]


@pytest.mark.parametrize(("question", "words"), ASKED)
def test_a_statement_asked_for_is_told_with_who_says_it(pages: Any, question: str, words: list[str]) -> None:
    outcome = pages.ask(question)
    assert outcome.kind == "answer" and len(outcome.claims) == len(words)
    for claim, held in zip(outcome.claims, words, strict=True):
        assert held in claim.text
        assert claim.attribution.speaker.split()[-1] in question


@pytest.mark.parametrize(
    "question", ["What did Eva Tuft say about the fish market?", "What did Ida Holm say about the ferry?"]
)
def test_what_they_say_of_something_else_is_not_taken_for_it(pages: Any, question: str) -> None:
    told = " ".join(c.text for c in pages.ask(question).claims)
    assert "floating cupboard" not in told and "half is what" not in told


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("What did Karen Lund say about the smell of the buses?", False),  # said to her
        ("What did Otto Brand say about the smell of the buses?", True),
    ],
)
def test_the_words_of_another_person_are_no_answer(pages: Any, question: str, held: bool) -> None:
    told = " ".join(c.text for c in pages.ask(question).claims)
    assert ("wet dog" in told) is held


def test_the_decision_says_why(pages: Any) -> None:
    outcome = pages.ask("What did Per Dahl say about the ferry?", explain=True)
    explained = outcome.trace.explain[0]
    assert explained.decision.verdict == "answer" and explained.decision.heard
    assert "Decision: answered (the article gives it to whoever is asked about; " in explanation_text(outcome)
    assert "is not said by whom the question asks about, or not of that" in {
        s.why_not for s in explained.sentences
    }
