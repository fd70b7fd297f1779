"""News agencies' XML: NITF, and NewsML-G2 with NITF, HTML or plain text inside."""

from __future__ import annotations

import re

from qa.errors import LoadError
from qa.reading.authors import author_of
from qa.reading.loaders.markup import Tree, child_text, local, text_of, xml_tree
from qa.reading.loaders.records import Piece, joined, missing
from qa.text.dates import read_date
from qa.types import Meta, SourceText

_ROOT = re.compile(r"<(?:\w+:)?(?:nitf|newsItem|newsMessage|NewsML|packageItem)[\s>]")


def looks_like(text: str) -> bool:
    return bool(_ROOT.search(text[:4000]))


def read_news(text: str, note: str | None = None) -> SourceText:
    """Raises LoadError where no item has a text."""
    root = xml_tree(text)
    items = [el for el in root.iter() if local(el) in ("newsitem", "newscomponent")] or [root]
    items = [el for el in items if not any(a is not el and a in items for a in el.iterancestors())]
    pieces = [p for el in items if (p := _item(el)) is not None]
    if not pieces:
        raise LoadError("no article in this news item")
    return joined(pieces, "news", note or missing(len(pieces), len(items), "items"))


def _find(root: Tree, *names: str) -> Tree | None:
    """The first descendant of the first of these names that there is."""
    for name in names:
        found = next((el for el in root.iter() if local(el) == name), None)
        if found is not None:
            return found
    return None


def _said(root: Tree, *names: str) -> str | None:
    for name in names:
        for el in root.iter():
            if local(el) == name and (text := re.sub(r"\s+", " ", "".join(el.itertext())).strip()):
                return text
    return None


def _stamp(root: Tree, *names: str) -> str | None:
    """The date of an element that holds it as text or in its attribute ``norm``."""
    for name in names:
        for el in root.iter():
            if local(el) == name and (value := read_date(el.get("norm") or "".join(el.itertext()))):
                return value
    return None


def _item(item: Tree) -> Piece | None:
    box = _find(item, "body.content", "body", "inlinexml", "inlinedata", "contentset", "datacontent")
    whole = [el for el in box.iter() if "full_text" in (el.get("class") or "")] if box is not None else []
    body = "\n\n".join(map(text_of, whole or [box])) if box is not None else ""
    title = _said(item, "hl1", "headline", "hedline", "title")
    if not body:
        return None
    paper = _find(item, "pubdata")
    published = (
        (read_date(paper.get("date.publication")) if paper is not None else None)
        or _stamp(item, "date.issue", "firstcreated", "contentcreated", "versioncreated", "story.date")
        or _stamp(item, "datesent")
    )
    updated = _stamp(item, "versioncreated", "contentmodified", "thisrevisioncreated")
    later = updated if updated and published and updated > published else None
    meta = Meta(
        title=title,
        outlet=_outlet(item),
        url=_find_url(item),
        author=author_of(_said(item, "byline", "by", "creator")),
        published=published,
        published_from="metadata" if published else None,
        updated=later,
        updated_from="metadata" if later else None,
    )
    return Piece(body, meta)


def _outlet(item: Tree) -> str | None:
    holder = _find(item, "doc.copyright")
    provider = _find(item, "provider", "infosource", "copyrightholder")
    named = (child_text(provider, "name") or provider.get("literal")) if provider is not None else None
    paper = _find(item, "pubdata")
    return (
        (paper.get("name") if paper is not None else None)
        or _said(item, "distributor")
        or named
        or (_said(provider, "name") if provider is not None else None)
        or (holder.get("holder") if holder is not None else None)
        or _said(item, "creditline", "copyrightholder")
    )


def _find_url(item: Tree) -> str | None:
    link = _find(item, "pubdata", "link")
    value = (link.get("ex-ref") or link.get("href")) if link is not None else None
    return value if value and value.startswith("http") else None
