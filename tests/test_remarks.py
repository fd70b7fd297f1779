"""The program's own remarks on an outcome, where they must be left unsaid."""

from __future__ import annotations

from typing import Any

import pytest

from qa.remarks import unanswered_note
from qa.types import Draft, DraftClaim, DraftQuote


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
        ((answer("A."), none("B.", "A.")), ["two"]),
        ((answer("A."), none("A.", "B.")), []),  # the sentence that is told may answer both
        ((answer("A."), answer("B.")), []),
        ((none("A."), none("B.")), []),  # the whole is unanswered, which is said anyway
    ],
)
def test_which_parts_are_said_to_have_no_answer(drafts: Any, parts: list[str]) -> None:
    notes = unanswered_note(["one", "two"], drafts)
    assert [n.text.rpartition(": ")[2] for n in notes] == parts
