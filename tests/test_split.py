"""The splitter on pages of many kinds, written by hand with what a careful reader says of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.load import load_bytes
from qa.sentences import sentence_spans
from qa.split import split
from qa.types import Article, Meta, SourceText

PAGES = Path(__file__).parent / "pages"
CORPUS = Path(__file__).parent.parent / "eval" / "corpus"
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
            "title": meta.title, "outlet": meta.outlet, "url": meta.url, "published": meta.published,
            "published_from": meta.published_from, "author": meta.author, "truncated": article.truncated,
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
    from qa.chunk import units

    # the pages' authors left the mark of a cut-off sentence out of its words
    found = {text[u.start : u.end].rstrip(" .…\u00a0") for article in articles for u in units(text, article)}
    assert [s for s in expected["sentences"] if s.rstrip(".") not in found] == []
