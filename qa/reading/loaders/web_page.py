"""One HTML page -> its article, its articles, or the updates of its live blog."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from qa.errors import LoadError
from qa.reading.authors import author_of, full_names
from qa.reading.loaders import html_exports, kept
from qa.reading.loaders.encoding import decode
from qa.reading.loaders.markup import Tree, html_tree, local, text_of
from qa.reading.loaders.page_metadata import PageMeta, page_meta
from qa.reading.loaders.records import Piece, joined, remarks
from qa.reading.metadata import original_address
from qa.text.dates import read_date
from qa.types import Meta, SourceText

HEADINGS = ("h1", "h2", "h3")
ITEM_WORDS = 30  # of an <article> that is more than a link
ITEMS = 400  # of a page, that the extractor is asked for; of more, all of the text is taken
UPDATE_WORDS = 8
_ASIDE = re.compile(
    r"\b(?:related|recommend\w*|sidebar|aside|promo|teasers?|more-?from|most-?read)\b", re.IGNORECASE
)
_LIVE = re.compile(r"\b(?:live-?blog|live-?updates?|liveticker|live-?page)\b", re.IGNORECASE)
_WALLED = re.compile(
    r"\b(?:subscribe (?:to|now to) (?:read|continue|keep)|to (?:continue|keep) reading|already a subscriber"
    r"|(?:this|the) (?:article|content|story) is (?:for|only for|reserved for) (?:subscribers|members)"
    r"|continue reading with|unlock this (?:article|story)|réservé aux abonnés|nur für abonnenten"
    r"|exclusivo para suscriptores|für abonnenten)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?…:»”\"’')\]]\s*$")


def load_html(data: bytes, declared: str | None = None) -> SourceText:
    text, note = decode(data, declared)
    return read_html(text, note)


def read_html(text: str, note: str | None = None, url: str | None = None) -> SourceText:
    """The source text of a decoded page. ``url``: where a frame around it says that it is from.
    Raises LoadError where no article is in it."""
    tree = html_tree(text)
    export = html_exports.read(tree) or kept.bookmarks(tree, text)
    if export is not None:
        return export.model_copy(update={"note": remarks(note, export.note)})
    about = page_meta(tree)
    url = original_address(url) if url else None
    if url and about.meta.url is None:
        about = replace(about, meta=about.meta.model_copy(update={"url": url}))
    _without_layout_tables(tree)
    for several in (_updates, _items):
        pieces = list(several(tree, about))
        if len(pieces) >= 2:
            return joined(pieces, "html", note)
    if about.others:  # the extractor would take a teaser's date for the page's
        for script in [e for e in tree.iter("script") if "ld+json" in (e.get("type") or "")]:
            script.drop_tree()
    single = _single(tree, about)
    if single is None:
        raise LoadError("no article text found in this HTML page")
    return joined([single], "html", remarks(note, _list_remark(tree, single)))


# --- one article ------------------------------------------------------------------------------


def _extracted(tree: Tree, whole_page: bool) -> Any:
    """What the extractor makes of a tree, or None. The tree is not changed."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(
        copy.deepcopy(tree),
        include_comments=False,
        include_tables=True,
        favor_recall=not whole_page,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return found if found is not None and (found.text or "").strip() else None


def _single(tree: Tree, about: PageMeta) -> Piece | None:
    found = _extracted(tree, True)
    if found is None:
        return None
    body = found.text.strip()
    known = about.meta
    copied = found.url and original_address(found.url) != found.url
    site = "" if copied else (found.sitename or "").strip()
    published = known.published or (read_date(found.date) if found.date else None)
    meta = known.model_copy(
        update={
            "title": (found.title or "").strip() or known.title,
            "outlet": known.outlet or site or None,
            "url": known.url or (original_address(found.url) if found.url else None),
            "author": known.author or full_names(author_of(found.author)),
            "published": published,
            "published_from": "metadata" if published else None,
        }
    )
    return Piece(body, meta, truncated=_walled(tree, about, body))


def _walled(tree: Tree, about: PageMeta, body: str) -> bool:
    """Whether a wall stands where the text should go on: the page says so and the text is not ended, or
    asks for a subscription."""
    unended = not _ENDED.search(body)
    asked = bool(_WALLED.search(tree.text_content()))
    return (not about.free and (unended or asked)) or (asked and unended)


def _list_remark(tree: Tree, single: Piece) -> str | None:
    """A remark where much more headed text stands on the page than was taken for its article."""
    headed = [h for h in tree.iter("h2", "h3") if len(h.text_content().split()) >= 4 and not _beside(h)]
    paragraphs = sum(len(p.text_content()) for p in tree.iter("p") if not _beside(p))
    if len(headed) >= 6 and paragraphs > 3 * max(len(single.body), 1):
        return f"reads like a list ({len(headed)} headings), and came out as one article"
    return None


# --- several articles -------------------------------------------------------------------------


def _beside(element: Tree) -> bool:
    """Whether an element stands in what a page has beside its text."""
    return any(
        local(a) in ("aside", "nav", "footer") or _ASIDE.search(f"{a.get('class') or ''} {a.get('id') or ''}")
        for a in (element, *element.iterancestors())
    )


def _items(tree: Tree, about: PageMeta) -> Iterator[Piece]:
    """A page of several <article> elements is a list, of which an extractor made for one article would
    keep the first; each is extracted by itself. One long article with teasers around it is no list."""
    found = [
        (el, len(el.text_content().split()))
        for el in tree.iter("article")
        if not any(a.tag == "article" for a in el.iterancestors()) and not _beside(el)
    ]
    found = [(el, words) for el, words in found if words >= ITEM_WORDS]
    most = max((words for _, words in found), default=0)
    if len(found) < 2 or (most > 0.6 * sum(words for _, words in found) and most > 150):
        return
    for k, (el, _) in enumerate(found):
        got = _extracted(_page_of(el), False) if k < ITEMS else None
        body = got.text.strip() if got is not None else text_of(el)
        heading = next((h for h in el.iter(*HEADINGS) if h.text_content().strip()), None)
        title = re.sub(r"\s+", " ", heading.text_content()).strip() if heading is not None else None
        link = next((a.get("href") for h in el.iter(*HEADINGS) for a in h.iter("a")), None)
        stamp = next((t.get("datetime") or t.text_content() for t in el.iter("time")), None)
        published = read_date(stamp)
        if title and body.startswith(title):
            body = body[len(title) :].lstrip()
        meta = Meta(
            title=title or (got.title if got is not None else None),
            outlet=about.meta.outlet,
            url=link if link and link.startswith("http") else None,
            author=full_names(author_of(got.author)) if got is not None else None,
            published=published,
            published_from="metadata" if published else None,
        )
        if body:
            yield Piece(body, meta)


def _page_of(element: Tree) -> Tree:
    from lxml import html as lxml_html

    page = lxml_html.document_fromstring("<html><body></body></html>")
    inner = copy.deepcopy(element)
    inner.tail = None
    page.body.append(inner)
    return page


# --- a live blog ------------------------------------------------------------------------------


def _updates(tree: Tree, about: PageMeta) -> Iterator[Piece]:
    """The updates of a live blog, each with its own time, under the title of the page."""
    named = " ".join(
        f"{el.get('class') or ''} {el.get('id') or ''}"
        for el in tree.iter("main", "body", "div", "section", "article", "ul", "ol")
    )
    if not (about.live or _LIVE.search(named) or _LIVE.search(about.meta.url or "")):
        return
    heading = next((h for h in tree.iter("h1") if h.text_content().strip()), None)
    title = re.sub(r"\s+", " ", heading.text_content()).strip() if heading is not None else about.meta.title
    for block, stamp in _stamped(tree):
        published = read_date(stamp.get("datetime") or stamp.text_content())
        body = _without(block, stamp)
        if len(body.split()) >= UPDATE_WORDS:
            meta = about.meta.model_copy(
                update={
                    "title": title,
                    "published": published or about.meta.published,
                    "published_from": "timestamp" if published else about.meta.published_from,
                    "updated": None,
                    "updated_from": None,
                }
            )
            yield Piece(body, meta)


def _stamped(tree: Tree) -> Iterator[tuple[Tree, Tree]]:
    """The widest elements that hold one <time> each, with that time: an update is its time's own box."""
    times = [
        t for t in tree.iter("time") if (t.get("datetime") or t.text_content().strip()) and not _beside(t)
    ]
    counts: dict[Tree, int] = {}
    for stamp in times:
        for ancestor in stamp.iterancestors():
            counts[ancestor] = counts.get(ancestor, 0) + 1
    for stamp in times:
        own = [a for a in stamp.iterancestors() if counts[a] == 1]
        if own and len(own[-1].text_content().split()) >= UPDATE_WORDS and local(own[-1]) != "header":
            yield own[-1], stamp


def _without(block: Tree, stamp: Tree) -> str:
    """The text of an update without the clock above it."""
    clock = re.sub(r"\s+", " ", stamp.text_content()).strip()
    parts = text_of(block).split("\n\n")
    return "\n\n".join(p.removeprefix(clock).strip() if k == 0 else p for k, p in enumerate(parts)).strip()


# --- tables that only place things ------------------------------------------------------------


def _without_layout_tables(tree: Tree) -> None:
    """Tables of the kind that old pages are laid out with become boxes: a cell with paragraphs or headings
    in it holds no data."""
    for table in list(tree.iter("table")):
        blocks = sum(1 for _ in table.iter("p", "h1", "h2", "h3", "article", "ul"))
        cells = sum(1 for _ in table.iter("td", "th"))
        if blocks >= 2 and blocks >= cells / 2 and not any(True for _ in table.iter("th")):
            for part in table.iter("table", "tbody", "tr", "td"):
                part.tag = "div"
