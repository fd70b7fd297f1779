"""The program's own remarks on an outcome, where they must be left unsaid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qa.remarks import unanswered_note
from qa.types import Draft, DraftClaim, DraftQuote
from tests.conftest import Make


def quote(words: str) -> DraftQuote:
    return DraftQuote(article=1, text=words)


def answer(words: str) -> Draft:
    return Draft(claims=(DraftClaim(text=words, quotes=(quote(words),)),))


def none(*nearest: str) -> Draft:
    return Draft(claims=(), nearest=tuple(map(quote, nearest)), reason="not_in_corpus")


@pytest.mark.parametrize(
    ("drafts", "parts"),
    [
        ((answer("A."), none("B.")), ["two"]),
        ((answer("A."), none()), ["two"]),
        ((none("B."), answer("A.")), ["one"]),
        ((answer("A."), none("B.", "C.", "A.")), []),
        ((answer("A."), none("B.", "C.", "D.", "A.")), ["two"]),
        ((answer("A."), none("A.", "B.")), []),  # the sentence that is told may answer both
        ((answer("A."), answer("B.")), []),
        ((none("A."), none("B.")), []),  # the whole is unanswered, which is said anyway
    ],
)
def test_which_parts_are_said_to_have_no_answer(drafts: Any, parts: list[str]) -> None:
    notes = unanswered_note(["one", "two"], drafts, "one, and two")
    assert [n.text.rpartition(": ")[2] for n in notes] == parts


@pytest.mark.parametrize(
    ("question", "part", "shown"),
    [
        ("What is its title, and when is it out?", "when is it out? (its title album)", "when is it out?"),
        ("How many came in 2016 and in 2020?", "How many came (in 2020)?", "How many came (in 2020)?"),
        ("Who won (and how), and why?", "Who won (and how)?", "Who won (and how)?"),
    ],
)
def test_a_part_is_told_in_the_words_of_the_one_who_asked(question: str, part: str, shown: str) -> None:
    (note,) = unanswered_note(["first", part], [answer("A."), none("B.")], question)
    assert note.text == f"No answer to this part was found: {shown}"


def test_a_part_that_is_not_sure_is_told_so() -> None:
    unsure = none("B.").model_copy(update={"reason": "unsure"})
    (note,) = unanswered_note(["one", "two"], [answer("A."), unsure], "one, and two")
    assert note.text == "Not sure of an answer to this part: two"


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("The mayor thanked 1,950 guests.", True),
        ("It had been planned since 2024.", False),  # which may be the year that is meant
    ],
)
def test_a_year_is_not_said_to_be_unstated_where_one_stands(
    open_library: Make, tmp_path: Path, rest: str, said: bool
) -> None:
    folder = tmp_path / "undated"
    folder.mkdir()
    (folder / "a.txt").write_text(f"The harbour festival of Norvik opened on September 22. {rest}\n", "utf-8")
    outcome = open_library(folder).ask("When did the harbour festival of Norvik open?")
    assert outcome.claims
    assert ("year_not_stated" in {n.kind for n in outcome.notes}) is said
