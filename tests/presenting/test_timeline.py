"""A timeline as a page and as a table: an entry an event, its day with what day that is, and no script."""

from __future__ import annotations

import csv
import io
import xml.dom.minidom
from pathlib import Path
from typing import Any

import pytest

from qa.library import Library
from qa.presenting.html import to_html
from qa.presenting.timeline import plot, to_csv

PAGES = {
    "a.md": "---\ntitle: Dam breaks\noutlet: Orley Post\ndate: 2022-05-04\n---\n"
    "The dam above Orley broke on Monday and 12 houses were flooded.\n\nThe dam of Orley is 80 years old.\n",
    "b.md": "---\ntitle: Twelve houses under water\noutlet: Hill Echo\ndate: 2022-05-05\n---\n"
    "The dam above Orley broke on Monday, 2 May 2022, and 12 houses were flooded, the mayor said.\n",
    "c.md": "---\ntitle: Again\noutlet: Hill Echo\ndate: 2023-05-05\n---\n"
    "The dam above Orley broke on Thursday and 40 houses were flooded.\n",
    "d.txt": "The dam above Orley is to be built anew of concrete <script>alert(1)</script> & stone.\n",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("articles")
    for name, text in PAGES.items():
        (folder / name).write_text(text, "utf-8")
    home = tmp_path_factory.mktemp("home")
    with Library.open(folder, home=home, cache=False, embedder="hash", answerer="extractive") as library:
        return library.timeline("the dam above Orley")


def test_what_is_told_alike_is_one_entry_and_other_figures_are_another(told: Any) -> None:
    broke = [c for c in told.claims if "broke" in c.text]
    assert [c.event_date.value for c in broke] == ["2022-05-02", "2023-05-04"]
    assert [len(c.citations) for c in broke] == [2, 1]
    assert [n for c in told.claims for n in c.citations] == list(range(1, len(told.citations) + 1))


def test_what_day_it_is_and_how_many_have_none_is_said(told: Any) -> None:
    lines = told.text.splitlines()
    assert lines[0].startswith("2022-05-02 (happened")
    assert any(line.startswith("2022-05-04 (published), Orley Post") for line in lines)
    assert lines[-1].startswith("No day, d.txt")
    (note,) = (n.text for n in told.notes if n.kind == "timeline")
    assert note == (
        "4 entries: 2 by the day when it happened, 1 by that of publication, 1 has no day and stands last."
    )


def test_a_table_for_other_programs(told: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(told))))
    assert [(r["day"], r["kind"]) for r in rows] == [
        ("2022-05-02", "happened"),
        ("2022-05-04", "published"),
        ("2023-05-04", "happened"),
        ("", ""),
    ]
    assert {rows[0]["article_id"], *rows[0]["also"].split()} == {"a.md#1", "b.md#1"}
    assert "counted from the article's date" in rows[2]["how"]


def test_the_drawing_runs_nothing_and_leaves_nothing_out(told: Any) -> None:
    page = to_html([told])
    drawn = page[page.index("<svg") : page.index("</svg>") + len("</svg>")]
    svg = xml.dom.minidom.parseString(drawn)
    dots = svg.getElementsByTagName("circle")
    assert len(dots) == 3 and {d.getAttribute("fill") for d in dots} == {"currentColor", "none"}
    targets = {a.getAttribute("href")[1:] for a in svg.getElementsByTagName("a")}
    assert all(f'id="{target}"' in page for target in targets)
    assert "1 without a day are not drawn" in page and "<script" not in page and "src=" not in page


def test_one_day_is_no_drawing(told: Any) -> None:
    one = told.model_copy(update={"claims": told.claims[:1]})
    assert plot(one, "a1") == "" and "<svg" not in to_html([one])
