"""Statements of a folder: of a file, kept in the store, and printed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import qa.overviews
from qa.attribution.statements import FIELDS
from qa.cli.statements import write
from qa.errors import NotFound
from tests.conftest import Make


def test_the_statements_of_a_file(open_library: Make, news: Path) -> None:
    library = open_library(news)
    (only,) = library.statements("bridge.txt")
    text = library.store.text(library.store.file("bridge.txt").source)
    assert (only.file, only.article_id, only.speaker, only.role) == (
        "bridge.txt",
        "bridge.txt#1",
        "Ilse Brandt",
        "mayor",
    )
    assert text[only.start : only.end] == only.text == "Repairs will cost 3.4 million crowns"
    with pytest.raises(NotFound):
        library.statements("nothing.txt")


def test_statements_are_read_once(open_library: Make, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Indexing reads them; who and a second library only look them up; a changed file is read anew."""
    library = open_library(news)
    library.index()
    told = library.who("Brandt").text

    def never(text: str, article: object) -> list[object]:
        raise AssertionError("read again")

    monkeypatch.setattr(qa.overviews, "_read", never)
    assert library.who("Brandt").text == told and "3.4 million" in told
    library.close()
    assert open_library(news).statements("bridge.txt")
    (news / "bridge.txt").write_text(
        "Closed\n\nThe bridge is open again, mayor Ilse Brandt said on Friday in Norvik.\n"
    )
    with pytest.raises(AssertionError, match="read again"):
        open_library(news).statements("bridge.txt")


def test_who_lists_what_is_theirs(open_library: Make, news: Path) -> None:
    (news / "vote.txt").write_text(
        "The vote\n\nOtto Lind said that the school would stay. Otto Lind's lawyers said that the case was "
        "over. In a deal that the court brokered on the last day of May, after weeks of talks between both "
        "sides and a long night in the harbour hotel, Otto Lind said no.\n",
        "utf-8",
    )
    library = open_library(news)
    assert [c.quote for c in library.who("Otto Lind").citations if c.file == "vote.txt"] == [
        "Otto Lind said that the school would stay."
    ]
    assert "the case was over" in library.who("Lind's lawyers").text


@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_statements_are_printed(form: str, open_library: Make, news: Path) -> None:
    out = io.StringIO()
    found = open_library(news).statements("bridge.txt")
    write(found, form, out)
    if form == "json":
        assert [tuple(json.loads(line)) for line in out.getvalue().splitlines()] == [FIELDS]
    elif form == "csv":
        (row,) = csv.DictReader(io.StringIO(out.getvalue()))
        assert row["speaker"] == "Ilse Brandt" and row["text"] == found[0].text
    else:
        assert "Ilse Brandt (mayor), reported" in out.getvalue() and "1 statement" in out.getvalue()
