"""What the ledger says of a file that was read, and what a person can correct."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from qa.cli.articles import write
from qa.errors import LoadError
from qa.reading.accounting import warnings
from qa.reading.loaders.files import load_bytes
from qa.reading.metadata import read_article_sidecar, read_sidecar
from qa.reading.splitter import split
from qa.types import Meta

LINE = "The old mill by the river opened on Friday, its owner said to the paper at noon.\n\n"
MENU = "".join(f"Section {n}  More  Other  Further\n" for n in range(120))

SAID: list[tuple[str, str, str, list[str]]] = [
    ("a whole article", "a.txt", f"Mill opens\n3 May 2024\n\n{LINE * 3}", []),
    (
        "most of it is menus",
        "a.txt",
        f"{MENU}\nMill opens\n3 May 2024\n\n{LINE}",
        ["only 2 % of its text is in an article"],
    ),
    (
        "one date for all",
        "a.md",
        "3 May 2024\n\n" + "".join(f"# Mill number {n} opens\n\n{LINE * 2}" for n in range(6)),
        ["one date, 2024-05-03, for all 6 articles"],
    ),
    (
        "many dates in one",
        "a.txt",
        "Mill opens\n\n" + LINE + "".join(f"{n} May 2024\n{LINE}" for n in range(1, 7)),
        ["6 date lines in what was read as one article"],
    ),
    (
        "some without a date",
        "a.json",
        json.dumps([{"title": f"T{n}", "text": LINE, "date": "2024-05-03" if n else None} for n in range(6)]),
        ["1 of 6 articles undated"],
    ),
]


@pytest.mark.parametrize(("name", "data", "said"), [c[1:] for c in SAID], ids=[c[0] for c in SAID])
def test_warnings(name: str, data: str, said: list[str]) -> None:
    source = load_bytes(data.encode(), name)
    assert warnings(source, split(source)) == said


def test_one_article_of_a_file_is_corrected(tmp_path: Path) -> None:
    beside = tmp_path / "a.meta.yml"
    beside.write_text('outlet: The Post\n"#2":\n  date: 2024-05-04\n  title: Dam holds\n')
    source = load_bytes(
        json.dumps([{"title": "A", "text": LINE}, {"title": "B", "text": LINE}]).encode(), "a.json"
    )
    first, second = split(source, read_sidecar(beside), read_article_sidecar(beside))
    assert (first.meta.title, first.meta.outlet, first.meta.published) == ("A", "The Post", None)
    assert (second.meta.title, second.meta.outlet, second.meta.published) == (
        "Dam holds",
        "The Post",
        "2024-05-04",
    )
    beside.write_text('"#2":\n  outlett: X\n')
    with pytest.raises(LoadError, match="unknown key"):
        read_article_sidecar(beside)


def test_the_list_of_articles(open_library: Any, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        json.dumps(
            [
                {
                    "title": "Mill opens",
                    "text": LINE,
                    "outlet": "The Post",
                    "date": "2024-05-03",
                    "updated": "2024-06-01",
                }
            ]
        )
    )
    (tmp_path / "b.txt").write_text(LINE)
    library = open_library(tmp_path)
    out = {}
    for form in ("json", "csv", "table"):
        stream = io.StringIO()
        write(library.store, form, stream)
        out[form] = stream.getvalue().splitlines()
    first = json.loads(out["json"][0])
    assert (
        first["article_id"],
        first["title"],
        first["published"],
        first["published_from"],
        first["updated"],
    ) == (*("a.json#1", "Mill opens", "2024-05-03", "metadata", "2024-06-01"),)
    assert [line.split(",")[0] for line in out["csv"]] == ["article_id", "a.json#1", "b.txt#1"]
    assert "2024-05-03, updated 2024-06-01" in out["table"][1] and out["table"][2].startswith("b.txt#1")


@pytest.mark.parametrize(
    ("updated", "day"), [(None, "2012-05-10"), ("2012-05-12", "2012-05-10"), ("2026-04-24", "2026-04-24")]
)
def test_words_like_friday_are_counted_from_the_text_as_it_is(updated: str | None, day: str) -> None:
    assert Meta(published="2012-05-10", updated=updated).counted_from == day
