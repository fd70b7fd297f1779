"""What an HTML page says of itself for machines: JSON-LD, meta elements, the mark of the program that
saved it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qa.reading.authors import author_of
from qa.reading.loaders.markup import Tree
from qa.reading.metadata import is_address, original_address, plain
from qa.text.dates import read_date
from qa.types import Meta

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review)$")
_META: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "citation_title", "parsely-title"),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "citation_journal_title", "publisher"),
    "url": ("og:url", "parsely-link"),
    "author": ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl"),
    "published": (
        *("article:published_time", "article:published", "og:published_time", "datepublished", "date"),
        *("pubdate", "dc.date", "dc.date.issued", "dcterms.created", "citation_publication_date"),
        *("parsely-pub-date", "sailthru.date", "publish-date", "publication_date", "ptime"),
    ),
    "updated": ("article:modified_time", "og:updated_time", "lastmod", "last-modified", "dcterms.modified"),
}
_SAVED = re.compile(r"Page saved with SingleFile\s+url:\s*(?P<url>https?://\S+)")
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(?P<url>https?://\S+)")


@dataclass(frozen=True, slots=True)
class PageMeta:
    """``free`` is False where the page says that it is not all of the text; ``live``: updates, one below
    the other; ``others``: it describes articles for machines, and none of them is its own."""

    meta: Meta
    free: bool = True
    live: bool = False
    others: bool = False


def page_meta(tree: Tree) -> PageMeta:
    """What the page says; every field may be missing."""
    linked = list(_linked_data(tree))
    named = _meta_elements(tree)
    articles = [o for o in linked if any(_ARTICLE.search(t) for t in _types(o))]
    article = _own(tree, articles, named)

    def first(field: str) -> str | None:
        return next((named[name] for name in _META[field] if named.get(name)), None)

    published = read_date(plain(article.get("datePublished"))) or read_date(first("published")) or _time(tree)
    updated = read_date(plain(article.get("dateModified"))) or read_date(first("updated"))
    later = updated if updated and published and updated > published else None
    author = author_of(plain(article.get("author"))) or author_of(_no_address(first("author")))
    outlet = first("outlet") or plain(article.get("publisher")) or _publisher(linked)
    meta = Meta(
        title=first("title") or plain(article.get("headline")),
        outlet=None if is_address(outlet) else outlet,
        url=_address(tree, named, article),
        author=author,
        published=published,
        published_from="metadata" if published else None,
        updated=later,
        updated_from="metadata" if later else None,
    )
    free = str(article.get("isAccessibleForFree", True)).lower() not in ("false", "0")
    return PageMeta(
        meta,
        free,
        live=any("LiveBlogPosting" in _types(o) for o in linked),
        others=bool(articles) and not article,
    )


def _own(tree: Tree, articles: list[dict[str, Any]], named: dict[str, str]) -> dict[str, Any]:
    """The article that the page is, of those that it describes: teasers may be described too. Where none
    bears the page's address or headline, and they differ, none is taken."""
    addresses = {u for u in [_address(tree, named, {}), named.get("og:url")] if u}
    headings = [h.text_content() for h in tree.iter("h1", "title")] + [named.get("og:title") or ""]
    titles = {re.sub(r"\W+", " ", h).strip().lower() for h in headings if h.strip()}

    def fits(o: dict[str, Any]) -> bool:
        entity = o.get("mainEntityOfPage")
        stated = {plain(o.get("url")), plain(entity), entity.get("@id") if isinstance(entity, dict) else None}
        headline = re.sub(r"\W+", " ", plain(o.get("headline")) or "").strip().lower()
        return bool(addresses & stated) or bool(headline and any(t.startswith(headline) for t in titles))

    alike = len({(plain(o.get("headline")), plain(o.get("datePublished"))) for o in articles}) == 1
    fitting = next((o for o in articles if fits(o)), None)
    return fitting or (articles[0] if articles and alike else {})


def _linked_data(tree: Tree) -> Iterator[dict[str, Any]]:
    """The objects of all JSON-LD on the page, those of a graph too."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            data = json.loads(re.sub(r"[\x00-\x1f]+", " ", script.text or ""))
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            if isinstance(item, dict):
                graph = item.get("@graph")
                yield from (o for o in (graph if isinstance(graph, list) else [item]) if isinstance(o, dict))


def _types(item: dict[str, Any]) -> list[str]:
    kinds = item.get("@type")
    return [str(k) for k in (kinds if isinstance(kinds, list) else [kinds]) if k]


def _publisher(linked: list[dict[str, Any]]) -> str | None:
    named = (o for o in linked if {"NewsMediaOrganization", "WebSite"} & set(_types(o)))
    return next((name for o in named if (name := plain(o.get("name")))), None)


def _meta_elements(tree: Tree) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _no_address(value: str | None) -> str | None:
    return None if value is None or is_address(value) else value


def _time(tree: Tree) -> str | None:
    """A <time> that is marked as the publication's, where no meta element says it."""
    for element in tree.iter("time"):
        if element.get("pubdate") is not None or (element.get("itemprop") or "").lower() == "datepublished":
            return read_date(element.get("datetime") or element.text_content())
    return None


def _address(tree: Tree, named: dict[str, str], article: dict[str, Any]) -> str | None:
    links = (e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical")
    entity = article.get("mainEntityOfPage")
    stated = [*links, *(named.get(n) for n in _META["url"]), plain(article.get("url"))]
    stated.append(entity.get("@id") if isinstance(entity, dict) else plain(entity))
    found = next((u for u in stated if is_address(u)), None) or _saved_address(tree)
    return original_address(found) if found else None


def _saved_address(tree: Tree) -> str | None:
    """What the program that saved the page wrote into a comment."""
    from lxml import etree

    root = tree.getroottree()
    comments = [*root.xpath("/comment()"), *tree.iter(etree.Comment)]
    for comment in comments[:20]:
        if m := _SAVED.search(comment.text or "") or _SAVED_FROM.search(comment.text or ""):
            return str(m["url"])
    return None
