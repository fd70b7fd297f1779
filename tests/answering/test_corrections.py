"""Corrections and withdrawals are found where they stand, and known by what rests on them."""

from __future__ import annotations

import pytest

from qa.answering.corrections import bare_title, notices, rests_on
from qa.types import Article, Meta, Span

BODY = "Fire destroyed nine barns in Orley on Monday, the police said."


def article(text: str) -> Article:
    return Article(n=1, spans=(Span(start=0, end=len(text)),), meta=Meta())


@pytest.mark.parametrize(
    ("notice", "body", "rests"),
    [
        ("Correction: Four barns were destroyed, not nine.", BODY, True),
        ("An earlier version of this article said nine barns were destroyed. It was four.", BODY, True),
        ("(This story has been corrected to say that four barns, not nine, were destroyed.)", BODY, True),
        ("Editor's note: We have corrected the number of barns, which is four, not nine.", BODY, True),
        ("We wrote that nine barns were destroyed. Four were. We regret the error.", BODY, True),
        (
            "This article was amended on 5 May. Four barns were destroyed, not nine as first stated.",
            BODY,
            True,
        ),
        ("This story has been withdrawn. Its source was not who he said he was.", BODY, True),
        ("Correction: Four barns were destroyed, not nine.", "Rain fell for nine hours.", False),
        ("Correction: The mayor is called Una Rask, not Una Risk.", BODY, False),
        ("(Corrects number of barns to four from nine)", BODY, True),
    ],
)
def test_what_rests_on_a_notice(notice: str, body: str, rests: bool) -> None:
    text = f"{body}\n\nThe owner was away.\n\n{notice}\n"
    (found,) = notices(text, article(text))
    assert text[found.start : found.end] == found.text == notice
    assert rests_on(body, found) is rests


@pytest.mark.parametrize(
    "line",
    [
        "Editor's note: This is the second part of a series.",
        "The ministry issued a correction of its forecast on Monday.",
        "He said the first version of the plan was cheaper.",
        "The party has withdrawn its candidate.",
        "The judge corrected the witness twice.",
        "The paper asked the Norvik Post, which originally said it would come.",
    ],
)
def test_no_notice(line: str) -> None:
    text = f"{BODY}\n\n{line}\n"
    assert notices(text, article(text)) == ()


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("UPDATE 2-Mill burns down", "mill burns down"),
        ("CORRECTED-UPDATE 1-Mill burns down", "mill burns down"),
        ("KILL: Mill burns down", "mill burns down"),
        ("Update on the mill", "update on the mill"),
        (None, ""),
    ],
)
def test_bare_title(title: str | None, bare: str) -> None:
    assert bare_title(title) == bare
