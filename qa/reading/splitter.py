"""Source text -> Articles: their content spans, title, outlet, URL, author, date, and whether they
break off. Boilerplate is left out by offset; when in doubt, text is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from qa.reading import outlets
from qa.reading.boilerplate import furniture, lines_of, prose
from qa.reading.metadata import meta_from_mapping
from qa.reading.page import BREAKS_OFF, Page, content_spans
from qa.text.dates import date_in_url
from qa.types import Article, Meta, SourceText, Span

VERSION = 3  # raise it when the same text is split in another way


def split(
    source: SourceText, corrections: Meta | None = None, each: Mapping[int, Meta] | None = None
) -> tuple[Article, ...]:
    """The articles of a source text, in order, numbered from 1. A file without any running text
    gives none. ``corrections`` (front matter's or a sidecar's fields) win over what is found, and those
    for the article of a number (``each``) over both."""
    text = source.text
    if source.records:
        articles = _from_records(source)
    else:
        front, body_at = _front_matter(text)
        corrections = _over(front, corrections)
        page = Page(text, [line for line in lines_of(text) if line.start >= body_at])
        articles = _named_alike([a for a in map(page.article, page.segments) if a is not None])
    corrected = [_of_address(_corrected(a, corrections, len(articles) == 1), text) for a in articles]
    own = each or {}
    return tuple(
        _corrected(a, own.get(n), True).model_copy(update={"n": n}) for n, a in enumerate(corrected, 1)
    )


def _over(base: Meta | None, top: Meta | None) -> Meta | None:
    if base is None or top is None:
        return top or base
    return base.model_copy(update={k: v for k, v in top.model_dump().items() if v is not None})


def _corrected(article: Article, meta: Meta | None, alone: bool) -> Article:
    if meta is None:
        return article
    given = {k: v for k, v in meta.model_dump().items() if v is not None}
    if not alone:  # one title or address cannot be that of several articles
        given.pop("title", None)
        given.pop("url", None)
    return article.model_copy(update={"meta": article.meta.model_copy(update=given)})


def _of_address(article: Article, text: str) -> Article:
    """An article whose outlet or date nobody names is of the site and the day that its address names."""
    meta = article.meta
    if meta.url and meta.published is None and (dated := date_in_url(meta.url)):
        meta = meta.model_copy(update={"published": dated, "published_from": "url"})
        article = article.model_copy(update={"meta": meta})
    if meta.url is None or meta.outlet is not None:
        return article
    named = outlets.from_url(meta.url, text[article.start : article.end])
    return article.model_copy(update={"meta": meta.model_copy(update={"outlet": named})})


def _front_matter(text: str) -> tuple[Meta | None, int]:
    m = re.match(r"---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", text, re.DOTALL)
    if m is None:
        return None, 0
    try:
        data: Any = yaml.safe_load(m[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return None, 0
    if not isinstance(data, dict):
        return None, 0
    return meta_from_mapping(data, "front matter", strict=False), m.end()


def _from_records(source: SourceText) -> list[Article]:
    """Articles that the file's format delimits: only furniture inside them is looked for."""
    articles: list[Article] = []
    for record in source.records:
        whole = Span(start=record.start, end=record.end)
        spans = list(record.spans) or _without_furniture(source.text, whole, record.meta.title)
        if not spans:
            continue
        cut = record.truncated or bool(BREAKS_OFF.search(source.text[spans[-1].start : spans[-1].end]))
        articles.append(Article(n=len(articles) + 1, spans=tuple(spans), meta=record.meta, truncated=cut))
    return articles


def _without_furniture(text: str, part: Span, title: str | None) -> list[Span]:
    """The spans of a record that are text; all of it where it is all furniture. What reads as a sentence
    is furniture at the edges only: an article may well say what a copyright line on a wall said."""
    lines = lines_of(text[part.start : part.end])
    other = [i for i, line in enumerate(lines) if line.text != title and not furniture(line)]
    inner, known = range(other[0], other[-1]) if other else range(0), set(other)
    keep = [
        i for i, line in enumerate(lines) if line.text == title or i in known or (i in inner and prose(line))
    ]
    found = content_spans(lines, keep or list(range(len(lines))), {})
    return [Span(start=s.start + part.start, end=s.end + part.start) for s in found]


def _named_alike(articles: list[Article]) -> list[Article]:
    """One name for one outlet within a file ("Sputnik" of a dateline beside "sputnikglobe.com")."""
    names = {a.meta.outlet for a in articles if a.meta.outlet}
    if len(names) == 1 and len(articles) > 1:
        name = names.pop()
        return [
            a if a.meta.outlet else a.model_copy(update={"meta": a.meta.model_copy(update={"outlet": name})})
            for a in articles
        ]
    return articles
