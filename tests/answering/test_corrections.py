"""Corrections and withdrawals are found where they stand, and known by what rests on them."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import qa.holding
from qa.answering import notices as patterns
from qa.answering.notices import bare_title, notices, rests_on
from qa.types import Article, Meta, Span
from tests.conftest import Make

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
        ("An earlier version of this report incorrectly stated in a map that nine barns were.", BODY, True),
        ("The article gave the wrong number of barns: it was four, not nine.", BODY, True),
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
        "Most farmers had the wrong kind of loan and were not eligible for relief.",
        "This story was originally published by Norvik Watch, a newsroom without owners.",
        "The story was first reported by the Norvik Post.",
        "The mill has agreed to sell its barns, as first reported by the Norvik Post.",
        "Doors, as previously reported, need a lock.",
        "As we wrote yesterday, rain is likely.",
        "“We apologize for any delays that this has caused,” the mill said.",
        "“We regret that an error of the mill caused a delay,” she said.",
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


# To shrink what a pattern gave takes minutes, and a busy machine is slow to draw it.
@settings(max_examples=60, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
@pytest.mark.parametrize("name", ["_CORRECTS", "_WITHDRAWS", "_LABEL"])
def test_a_sign_stands_in_every_notice(name: str, data: st.DataObject) -> None:
    """What is looked for first never hides what the patterns would find."""
    pattern = getattr(patterns, name)
    whole = re.compile(pattern.pattern, pattern.flags)
    text = data.draw(st.from_regex(whole, alphabet=st.sampled_from(string.printable + "’“”—–")))
    assert patterns._may_hold(text)


def test_notices_are_read_once(open_library: Make, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Indexing reads and keeps them; a second library looks them up; a changed file is read anew."""
    closed = "Bridge closes\n\nThe Tarn bridge was closed.\n\nCorrection: Two piers have cracks, not three.\n"
    (news / "bridge.txt").write_text(closed, "utf-8")
    library = open_library(news)
    library.index()
    ((stored, notice),) = library.notices.all()
    assert (stored.file, notice.text) == ("bridge.txt", "Correction: Two piers have cracks, not three.")
    library.close()

    def never(text: str, article: object) -> str:
        raise AssertionError("read again")

    monkeypatch.setattr(qa.holding, "_read", never)
    second = open_library(news)
    assert second.notices.all() == [(stored, notice)]
    second.close()
    (news / "bridge.txt").write_text(closed.replace("three", "four"), "utf-8")
    with pytest.raises(AssertionError, match="read again"):
        open_library(news).notices.all()
