"""What people keep of what they read, and pages that describe others beside themselves."""

from __future__ import annotations

import json

import pytest

from qa.reading.loaders.files import load_bytes
from qa.reading.splitter import split
from tests.reading.test_databases import DAM
from tests.reading.test_formats import MILL, Row, page, rows
from tests.reading.test_services import ONE


def note(*lines: str, url: str = "https://www.mill.example/2021/03/09/a") -> str:
    facts = ["- Author: [[Ada Brook]]", "- Full Title: Mill opens", "- Category: #articles", f"- URL: {url}"]
    return "\n".join(["# Mill", "", "## Metadata", *facts, "", "## Highlights", *lines]) + "\n"


def links(*entries: str, head: str = "<!DOCTYPE html>") -> str:
    inner = "".join(f"<li>{entry}</li>" for entry in entries)
    title = "<title>Pocket Export</title>"
    return f"{head}<html><head>{title}</head><body><h1>Unread</h1><ul>{inner}</ul></body></html>"


KEPT = ("Mill opens", "mill.example", "2021-03-09", "Ada Brook")
LINK = '<a href="https://mill.example/2021/03/09/a" time_added="1704067200" tags="">Mill opens today</a>'
BOOKMARK: Row = ("Mill opens today", "Mill", "2021-03-09", None)
FOLDER = '<!DOCTYPE NETSCAPE-Bookmark-file-1><title>Bookmarks</title><dl><p><dt><h3 add_date="1">News</h3>'
NOTES: list[tuple[str, str, str, list[Row]]] = [
    (
        "highlights with links",
        "a.md",
        note(f"- {MILL} ([View Highlight](https://read.example/1))", f"- {DAM}"),
        [KEPT],
    ),
    ("no address", "a.md", note(f"- {MILL}", url=""), [("Mill opens", None, None, "Ada Brook")]),
    (
        "an article that has such a heading",
        "a.md",
        f"# Mill opens today\n\n{MILL}\n\n## Highlights\n\n- {DAM}\n",
        [("Mill opens today", None, None, None)],
    ),
    ("a list of links: when they were kept is no date", "a.html", links(LINK), [BOOKMARK]),
    (
        "two, one without a date in its address",
        "a.html",
        links(LINK, '<a href="https://dam.example/b" time_added="1">Dams hold</a>'),
        [BOOKMARK, ("Dams hold", "dam.example", None, None)],
    ),
    (
        "a link without a name is none",
        "a.html",
        links(LINK, '<a href="https://dam.example/b" time_added="1">https://dam.example/b</a>'),
        [BOOKMARK],
    ),
    (
        "a browser's bookmarks",
        "a.html",
        f'{FOLDER}<dl><dt><a href="https://mill.example/2021/03/09/a" add_date="1704067200">Mill '
        f"opens today</a></dl></dl>",
        [BOOKMARK],
    ),
]


@pytest.mark.parametrize(("name", "text", "expected"), [c[1:] for c in NOTES], ids=[c[0] for c in NOTES])
def test_what_people_keep(name: str, text: str, expected: list[Row]) -> None:
    assert rows(text, name) == expected


def test_only_what_was_marked_is_text() -> None:
    source = load_bytes(note(f"- {MILL} ([View Highlight](https://read.example/1))").encode(), "a.md")
    (article,) = split(source)
    assert source.note == "only what was highlighted" and article.truncated
    assert "".join(source.text[s.start : s.end] for s in article.spans) == MILL


def told(**fields: str) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


TEASER = told(headline="Dam holds", datePublished="2019-01-01", author="Bram Corvin", publisher="Dam News")
MINE = told(headline="Mill opens", datePublished="2021-03-09", author="Ada Brook", publisher="The Mill Post")
ARCHIVED = "https://web.archive.org/web/20240101000000/https://www.millpost.example/2021/03/09/a"
PAGES: list[tuple[str, str, list[Row]]] = [
    ("a teaser described above the article", page(TEASER + MINE), [ONE]),
    (
        "teasers alone described",
        page(TEASER + told(headline="Flood", datePublished="2018-01-01")),
        [("Mill opens", None, None, None)],
    ),
    (
        "told by its address",
        page(
            '<link rel="canonical" href="https://m.example/m">'
            + TEASER
            + told(
                url="https://m.example/m",
                headline="Wheels turn",
                datePublished="2021-03-09",
                author="Ada Brook",
                publisher="The Mill Post",
            )
        ),
        [ONE],
    ),
    ("described twice alike", page(MINE + MINE), [ONE]),
    (
        "a copy in an archive",
        page(f'<meta property="og:url" content="{ARCHIVED}">'),
        [("Mill opens", "millpost.example", "2021-03-09", None)],
    ),
    (
        "saved from an archive: the day of the copy is no date",
        "<!-- saved from "
        "url=(0070)https://web.archive.org/web/20240101/https://www.millpost.example/news/a -->" + page(),
        [("Mill opens", "millpost.example", None, None)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in PAGES], ids=[c[0] for c in PAGES])
def test_pages(text: str, expected: list[Row]) -> None:
    assert rows(text, "a.html") == expected


def test_fields_that_a_record_quotes_are_its_text() -> None:
    text = (
        f"Title: Mill opens\nSource: The Mill Post\nDate: 2021-03-09\nContent: {MILL}\n\n"
        f"Title: Dam holds\nContent: {DAM}\nThe old sheet bore two lines.\nSource: The Old "
        f"Almanac\nDate: 1950-01-01\n"
        f"Nobody knew who had printed it, the mayor said.\n\nTitle: Flood\nSource: Dam News\nDate: "
        f"2020-08-08\nContent: {MILL}\n"
    )
    assert [row[1:3] for row in rows(text, "a.txt")] == [
        ("The Mill Post", "2021-03-09"),
        (None, None),
        ("Dam News", "2020-08-08"),
    ]
