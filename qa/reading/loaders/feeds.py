"""Feeds: RSS, RDF and Atom, an article an item."""

from __future__ import annotations

import re

from qa.errors import LoadError
from qa.reading.authors import author_of
from qa.reading.loaders.json_records import unread
from qa.reading.loaders.markup import (
    Tree,
    child_text,
    children,
    has_markup,
    local,
    text_of,
    unmarked,
    xml_tree,
)
from qa.reading.loaders.records import Piece, joined, remarks
from qa.text.dates import read_date
from qa.types import Meta, SourceText

_MEDIA = re.compile(r"\{https?://(?:search\.yahoo\.com/mrss|www\.itunes\.com)[^}]*\}", re.IGNORECASE)
# Feeds that a search made: their title is a question, and the outlet stands in each item or nowhere.
_SEARCHED = re.compile(
    r"^google (?:alert|news)\b|\bgoogle news$|^bing\b.*\bnews$|\bsearch results\b", re.IGNORECASE
)
_ROOT = re.compile(r"<(?:rss|rdf:RDF|feed|channel)[\s>]", re.IGNORECASE)


def looks_like(text: str) -> bool:
    """Whether a text that begins with markup is a feed."""
    return bool(_ROOT.search(text[:2000])) and "<html" not in text[:2000].lower()


def read_feed(text: str, note: str | None = None) -> SourceText:
    """Raises LoadError where no item has a title or a text."""
    root = xml_tree(text)
    channel = next((el for el in root.iter() if local(el) == "channel"), root)
    outlet = child_text(channel, "title") or child_text(root, "title")
    outlet = None if outlet and _SEARCHED.search(outlet) else outlet
    items = [el for el in root.iter() if local(el) in ("item", "entry")]
    pieces = [_item(el, outlet) for el in items]
    kept = [p for p in pieces if p is not None]
    if not kept:
        raise LoadError("no article in this feed")
    bad = [n for n, p in enumerate(pieces, 1) if p is None]
    return joined(kept, "feed", remarks(note, unread(bad, len(pieces), "item")))


def _item(item: Tree, outlet: str | None) -> Piece | None:
    _drop_media(item)
    body = next(
        (b for name in ("encoded", "content", "description", "summary") if (b := _body(item, name))), ""
    )
    title = child_text(item, "title")
    if not body and not title:
        return None
    published = read_date(child_text(item, "pubdate", "published", "date", "issued", "created"))
    updated = read_date(child_text(item, "updated", "modified"))
    published, updated = published or updated, updated if published else None
    later = updated if updated and published and updated > published else None
    source = _source(item)
    if title and source and title.endswith(f" - {source}"):
        title = title.removesuffix(f" - {source}")
    meta = Meta(
        title=unmarked(title).strip() if title else None,
        outlet=source or outlet,
        url=_link(item),
        author=author_of(_author(item)),
        published=published,
        published_from="metadata" if published else None,
        updated=later,
        updated_from="metadata" if later else None,
    )
    return Piece(body, meta)


def _drop_media(item: Tree) -> None:
    """Pictures and sounds have titles and captions of their own."""
    for el in list(item):
        if isinstance(el.tag, str) and _MEDIA.match(el.tag):
            item.remove(el)


def _source(item: Tree) -> str | None:
    """The outlet that an item of a feed of many names."""
    own = children(item, "source")
    return (child_text(own[0], "title") or child_text(item, "source")) if own else None


def _author(item: Tree) -> str | None:
    named = children(item, "author")
    name = child_text(named[0], "name") if named else None
    return child_text(item, "creator") or name or _rss_author(item)


def _body(item: Tree, name: str) -> str:
    found = children(item, name)
    if not found:
        return ""
    if any(True for child in found[0] if local(child)):  # XHTML inside the feed
        return text_of(found[0])
    inner = "".join(found[0].itertext()).strip()
    return unmarked(inner).strip() if has_markup(inner) else unmarked(inner)


def _rss_author(item: Tree) -> str | None:
    """RSS has "address (name)" in the place of an author."""
    value = child_text(item, "author")
    m = re.fullmatch(r"\S+@\S+\s+\((.+)\)", value or "")
    return m[1] if m else value


def _link(item: Tree) -> str | None:
    for link in children(item, "link"):
        href = link.get("href") if link.get("rel") in (None, "alternate") else None
        address = href or (link.text or "").strip()
        if address.startswith("http"):
            return str(address)
    guid = child_text(item, "guid", "id")
    return guid if guid and guid.startswith("http") else None
