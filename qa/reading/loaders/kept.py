"""What people keep of what they read: lists of bookmarks (Pocket's too), Readwise's notes with highlights.
When something was kept is not when it was published, and is not taken."""

from __future__ import annotations

import re

from qa.reading.authors import author_of
from qa.reading.loaders.markup import Tree
from qa.reading.loaders.records import Piece, joined, record_of
from qa.types import Meta, Record, SourceText, Span

_NETSCAPE = re.compile(r"<!doctype\s+netscape-bookmark", re.IGNORECASE)
_HIGHLIGHTS = re.compile(r"^#+ (?:Highlights|New highlights added .*)[ \t]*\r?$", re.MULTILINE)
_POINT = re.compile(
    r"^[ \t]*[-*] (?P<text>\S.*?)(?:[ \t]*\(\[[^\]]*\]\(https?://[^)]*\)\))?[ \t]*\r?$", re.MULTILINE
)
_FACT = re.compile(
    r"^[ \t]*[-*] (?P<name>Full Title|Author|URL|Category):[ \t]*(?P<value>.*?)[ \t]*\r?$", re.MULTILINE
)


def bookmarks(tree: Tree, text: str) -> SourceText | None:
    """The headlines of a list of bookmarks; None for a page that is none."""
    links = [a for a in tree.iter("a") if a.get("time_added") or a.get("add_date")]
    if not links or not (_NETSCAPE.match(text.lstrip()) or len(links) == sum(1 for _ in tree.iter("a"))):
        return None
    pieces = [Piece("", meta) for a in links if (meta := _bookmark(a)) is not None]
    return joined(pieces, "bookmarks", "headlines only, without any text") if pieces else None


def _bookmark(link: Tree) -> Meta | None:
    address = link.get("href") or ""
    title = re.sub(r"\s+", " ", str(link.text_content())).strip()
    if not title or title == address or not address.startswith("http"):
        return None
    return Meta(title=title, url=address)


def highlights_of(text: str) -> tuple[tuple[Record, ...], str | None] | None:
    """One article out of a note with what was marked in it; None for another text."""
    mark = _HIGHLIGHTS.search(text)
    above = text[: mark.start()] if mark else ""
    facts = {m["name"]: m["value"] for m in _FACT.finditer(above)}
    if mark is None or not {"Full Title", "Category"} <= facts.keys():
        return None
    spans = [Span(start=m.start("text"), end=m.end("text")) for m in _POINT.finditer(text, mark.end())]
    if not spans:
        return None
    url = facts.get("URL", "")
    meta = Meta(
        title=facts["Full Title"] or None,
        author=author_of(facts.get("Author")),
        url=url if re.fullmatch(r"https?://\S+", url) else None,
    )
    return (record_of(spans, meta, truncated=True),), "only what was highlighted"
