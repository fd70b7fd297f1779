"""The splitter on pages of many kinds, written by hand with what a careful reader says of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.reading.loaders.files import load_bytes
from qa.reading.splitter import split
from qa.text.sentences import sentence_spans
from qa.types import Article, Meta, SourceText
from tests.conftest import CORPUS, PAGES

PAGE_FILES = sorted(p for p in PAGES.iterdir() if p.suffix in {".txt", ".md"})


def read(path: Path) -> tuple[str, tuple[Article, ...]]:
    source = load_bytes(path.read_bytes(), path.suffix)
    return source.text, split(source)


def content(text: str, article: Article) -> list[str]:
    return [text[s.start : s.end] for s in article.spans]


def page(path: Path) -> tuple[str, tuple[Article, ...], dict[str, Any]]:
    expected = yaml.safe_load(path.with_suffix(".yaml").read_text("utf-8"))
    return *read(path), expected


@pytest.mark.parametrize("path", PAGE_FILES, ids=lambda p: p.stem)
def test_articles_of_a_page(path: Path) -> None:
    text, articles, expected = page(path)
    wanted = expected["articles"]
    assert len(articles) == len(wanted)
    for article, want in zip(articles, wanted, strict=True):
        meta = article.meta
        got = {
            "title": meta.title,
            "outlet": meta.outlet,
            "url": meta.url,
            "published": meta.published,
            "published_from": meta.published_from,
            "author": meta.author,
            "truncated": article.truncated,
        }
        assert got == {key: want[key] for key in got}
        body = " ".join(content(text, article))
        assert want["first"] in body and want["last"] in body


@pytest.mark.parametrize("path", PAGE_FILES, ids=lambda p: p.stem)
def test_boilerplate_is_left_out_and_text_is_kept(path: Path) -> None:
    text, articles, expected = page(path)
    spans = [part for article in articles for part in content(text, article)]
    missing = [s for s in expected["kept"] if not any(s in part for part in spans)]
    leaked = [s for s in expected["boilerplate"] if any(s in part for part in spans)]
    assert (missing, leaked) == ([], [])


@pytest.mark.parametrize("path", PAGE_FILES, ids=lambda p: p.stem)
def test_sentences_of_a_page(path: Path) -> None:
    text, articles, expected = page(path)
    from qa.reading.chunker import units

    # the pages' authors left the mark of a cut-off sentence out of its words
    found = {text[u.start : u.end].rstrip(" .…\u00a0") for article in articles for u in units(text, article)}
    assert [s for s in expected["sentences"] if s.rstrip(".") not in found] == []


# The five sample files in the five shapes of the real ones: outlet and date of every article.
SAMPLE = {
    "000_stamped_wire.txt": [("Sputnik", "2023-12-08", "header", False)],
    "001_outlet_page.txt": [("ICARO Media Group", "2023-12-15", "timestamp", False)],
    "002_tag_page.txt": [
        ("The Parliament News", "2025-06-06" if n == 3 else None, "dateline" if n == 3 else None, False)
        for n in range(1, 11)
    ],
    "003_sectioned_wire.txt": [("Sputnik", "2024-03-18", "header", False)],
    "004_teasers.txt": [(None, None, None, True)] * 10,
}


@pytest.mark.parametrize("name", SAMPLE)
def test_sample_corpus(name: str) -> None:
    _, articles = read(CORPUS / name)
    assert [
        (a.meta.outlet, a.meta.published, a.meta.published_from, a.truncated) for a in articles
    ] == SAMPLE[name]


def test_original_files(originals: Path) -> None:
    found = [read(p)[1] for p in sorted(originals.glob("*.txt"))]
    assert [
        [(a.meta.outlet, a.meta.published, a.meta.published_from, a.truncated) for a in articles]
        for articles in found
    ] == list(SAMPLE.values())
    assert [a.meta.url is not None for articles in found for a in articles] == [True] + [False] * 22
    assert all(a.meta.title for articles in (found[0], found[1], found[3], found[4]) for a in articles)


FURNITURE = [
    "0 comment",
    "FacebookTwitterPinterestEmail",
    "ukrine-russia",
    "SCO Summit\n",
    "Newsletter",
    "unlock",
    "All Right Reserved",
    "00:00",
    "Designed and Developed",
    "views expressed",
    "Related",
    "15/12/2023",
    "Kallinikov",
    "Contents tagged",
    "Tag:",
    "open-uri",
]


def test_original_boilerplate_is_in_no_article(originals: Path) -> None:
    parts = [
        part
        for p in sorted(originals.glob("*.txt"))
        for text, articles in [read(p)]
        for a in articles
        for part in content(text, a)
    ]
    assert [f for f in FURNITURE if any(f in part for part in parts)] == []


SHAPES: list[tuple[str, str, list[tuple[str | None, str | None]]]] = [
    (
        "a stamp with a time only",
        (
            "date 2024-05-01 08:00 UTC\n\nMill to reopen in the spring\n\nThe old mill "
            "will open again in spring, its owners said on Friday.\n"
        ),
        [("Mill to reopen in the spring", "2024-05-01")],
    ),
    (
        "several stamped items",
        (
            "date 2024-05-01 Mill to reopen\nThe old mill will open again in the spring,"
            " its owners said on Friday at noon.\ndate 2024-05-02 Dam is safe\nThe "
            "dam is safe, engineers said after a long inspection of the walls on Thursday.\n"
        ),
        [("Mill to reopen", "2024-05-01"), ("Dam is safe", "2024-05-02")],
    ),
    (
        "a copyright year is no date",
        (
            "Mill to reopen in the spring\n\nThe old mill will open again in spring,"
            " its owners said on Friday.\n\n© 2023 The Mill Post\n"
        ),
        [("Mill to reopen in the spring", None)],
    ),
    (
        "an ambiguous date keeps its year",
        (
            "Mill to reopen in the spring\n\n05/04/2024\n\nThe old mill will open again "
            "in spring, its owners said on Friday.\n"
        ),
        [("Mill to reopen in the spring", "2024")],
    ),
    (
        "a list inside one article",
        (
            "Town lists its plans\n\nThe town has four plans, its council said on Monday "
            "evening:\n\n• A new library\n• A wider road\n• A second school\n• More "
            "trees\n\nWork on all of them begins in May.\n"
        ),
        [("Town lists its plans", None)],
    ),
    (
        "rules between parts of one article",
        (
            "Long road to the sea\n\nThe road was begun in 1950 and never finished "
            "by those who began it.\n\n* * *\n\nFifty years later a second try was "
            "made, with as little success as the first.\n"
        ),
        [("Long road to the sea", None)],
    ),
    ("bare text", "The old mill will open again in spring, its owners said on Friday.", [(None, None)]),
]


@pytest.mark.parametrize(("text", "expected"), [s[1:] for s in SHAPES], ids=[s[0] for s in SHAPES])
def test_small_shapes(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    articles = split(SourceText(text=text, loader="text"))
    assert [(a.meta.title, a.meta.published) for a in articles] == expected


STORY = (
    "Mill to reopen in the spring\n\nThe old mill will open again, its owners told the Maren Post on "
    "Friday.\n\n{}\n\nThe work costs four million, they said, and is to begin in May.\n"
)
ADDRESSES = [
    ("an image of the page's own host", "https://images.marenpost.example/mill.jpg", "Maren Post"),
    ("a labelled one", "Source: https://marenpost.example/mill", "Maren Post"),
    (
        "one that the text tells of",
        "The owners had said the same to the Maren Post a year ago (https://marenpost.example/2019/mill).",
        None,
    ),
    (
        "a link in its markup",
        'The Maren Post was first to report it. Watch the film at <a href="http://film.marenpost.example">'
        "film.marenpost.example</a>.",
        None,
    ),
    ("those of the writers", "On Twitter: https://twitter.com/adabrook https://twitter.com/ottolind", None),
]


@pytest.mark.parametrize(("line", "expected"), [a[1:] for a in ADDRESSES], ids=[a[0] for a in ADDRESSES])
def test_an_address_names_the_outlet_only_where_it_is_the_pages_own(line: str, expected: str | None) -> None:
    (article,) = split(SourceText(text=STORY.format(line), loader="text"))
    assert article.meta.outlet == expected


def test_front_matter_and_sidecar_correct() -> None:
    text = (
        "---\ntitle: Given title\noutlet: The Post\ndate: 2024-02-03\n---\n\nThe "
        "old mill will open again in spring, its owners said on Friday.\n"
    )
    (article,) = split(SourceText(text=text, loader="text"))
    assert (article.meta.title, article.meta.outlet, article.meta.published) == (
        "Given title",
        "The Post",
        "2024-02-03",
    )
    (article,) = split(SourceText(text=text, loader="text"), Meta(outlet="The Other Post"))
    assert (article.meta.title, article.meta.outlet) == ("Given title", "The Other Post")


LONG = (
    "The mill will open again in the spring, they said, after eleven years "
    "in which nobody had gone into it at all."
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "",
                "0 comment",
                "• A title of an item",
                LONG,
                "Title of the page",
                "12 March 2024",
                "---",
                "Title: A",
                "Link: https://a.example/x",
                "By Ada Holm",
                "    Indented text that goes on …",
                "© 2020 Post",
                "# Heading one",
                "MOSCOW (Agency) - It rained on Monday in the city.",
                "\u00a0",
            ]
        ),
        max_size=30,
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_any_page_gives_ordered_disjoint_spans(lines: list[str], end: str) -> None:
    text = end.join(lines)
    articles = split(SourceText(text=text, loader="text"))
    last = 0
    for n, article in enumerate(articles, 1):
        assert article.n == n
        for span in article.spans:
            assert last <= span.start < span.end <= len(text)
            assert text[span.start : span.end].strip()
            last = span.end
    kept = any(LONG in text[s.start : s.end] for a in articles for s in a.spans)
    assert kept or LONG not in text, "a page with running text is never empty"


def test_sentences_cover_the_corpus_exactly() -> None:
    for path in sorted(CORPUS.glob("*.txt")):
        text, articles = read(path)
        for article in articles:
            for span in article.spans:
                spans = sentence_spans(text, span.start, span.end)
                assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(
                    text[span.start : span.end].split()
                )
