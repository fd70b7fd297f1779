"""One file -> its source text. A table from suffix to loader; nothing here knows of indexes or models."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from qa.errors import LoadError
from qa.reading.metadata import field, meta_of, plain
from qa.text.dates import read_date
from qa.types import Meta, Record, SourceText

MAGIC = [
    (b"%PDF-", "a PDF", {".pdf"}),
    (b"PK\x03\x04", "a ZIP archive or office document", set()),
    (b"\x89PNG", "a PNG image", set()),
    (b"\xff\xd8\xff", "a JPEG image", set()),
    (b"GIF8", "a GIF image", set()),
    (b"\x1f\x8b", "a gzip archive", set()),
]


# --- text -------------------------------------------------------------------------------------


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of ``data`` and a remark where its encoding is not UTF-8. Nothing but a byte-order
    mark is taken away; line ends stay as they are. Raises LoadError for binary data."""
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), "decoded as utf-16"
        except UnicodeDecodeError:
            raise LoadError("begins like UTF-16 but is not; save it as UTF-8") from None
    if b"\0" in data:
        raise LoadError("binary, not text; remove it or give it its right suffix")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise LoadError("neither UTF-8 nor any encoding that can be recognised; save it as UTF-8")
    return data.decode(best.encoding), f"decoded as {best.encoding}, not UTF-8"


def _controls(text: str) -> bool:
    sample = text[:20_000]
    return sum(c < " " and c not in "\t\n\r\f\v\x1b" for c in sample) > len(sample) * 0.02


def load_text(data: bytes) -> SourceText:
    text, note = decode(data)
    if _controls(text):
        raise LoadError("binary, not text; remove it or give it its right suffix")
    if re.match(r"\s*<(?:!doctype html|html)\b", text[:500], re.IGNORECASE):
        raise LoadError("HTML under a text name; rename it to .html")
    return SourceText(text=text, loader="text", note=note)


# --- HTML -------------------------------------------------------------------------------------


def _html_article(html: str, with_page_meta: bool) -> tuple[str, Meta] | None:
    import trafilatura

    found: Any = trafilatura.bare_extraction(
        html,
        include_comments=False,
        include_tables=True,
        favor_recall=not with_page_meta,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or not (found.text or "").strip():
        return None
    published = read_date(found.date) if with_page_meta and found.date else None
    meta = Meta(
        title=(found.title or "").strip() or None,
        outlet=(found.sitename or "").strip() or None if with_page_meta else None,
        url=found.url or None if with_page_meta else None,
        author=found.author or None,
        published=published,
        published_from="metadata" if published else None,
    )
    return found.text.strip(), meta


def load_html(data: bytes) -> SourceText:
    from lxml import etree
    from lxml import html as lxml_html

    head = data[:4096].lower()
    text, note = (data, None) if b"charset" in head else decode(data)
    try:
        tree = lxml_html.fromstring(text)
    except (etree.ParserError, ValueError) as error:
        raise LoadError(f"not readable as HTML ({error})") from None
    # A page of several <article> elements is a list of items, of which an extractor made for one
    # article would keep the first; each is extracted by itself.
    items = [
        el
        for el in tree.iter("article")
        if not any(a.tag == "article" for a in el.iterancestors()) and len(el.text_content().split()) >= 30
    ]
    if len(items) >= 2:
        pieces = []
        for el in items:
            found = _html_article(_wrap(lxml_html.tostring(el, encoding="unicode")), False)
            if found is None:
                continue
            heading = next(
                (h.text_content().strip() for h in el.iter("h1", "h2", "h3") if h.text_content().strip()),
                None,
            )
            stamp = next((t.get("datetime") or t.text_content() for t in el.iter("time")), None)
            published = read_date(stamp)
            link = next((a.get("href") for h in el.iter("h1", "h2", "h3") for a in h.iter("a")), None)
            body, meta = found
            meta = Meta(
                title=heading or meta.title,
                url=link if link and link.startswith("http") else None,
                author=meta.author,
                published=published,
                published_from="metadata" if published else None,
            )
            if heading and body.startswith(heading):
                body = body[len(heading) :].lstrip()
            pieces.append((body, meta))
        if len(pieces) >= 2:
            site = tree.find(".//meta[@property='og:site_name']")
            outlet = site.get("content") if site is not None else None
            return _joined([(b, m.model_copy(update={"outlet": outlet})) for b, m in pieces], "html", note)
    single = _html_article(lxml_html.tostring(tree, encoding="unicode"), True)
    if single is None:
        raise LoadError("no article text found in this HTML page")
    return _joined([single], "html", note)


def _wrap(fragment: str) -> str:
    return f"<html><body>{fragment}</body></html>"


# --- PDF --------------------------------------------------------------------------------------


def load_pdf(data: bytes) -> SourceText:
    import io
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise LoadError("encrypted PDF; save it without a password")
        text = "\n\n".join((page.extract_text() or "").strip() for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, RecursionError) as error:
        raise LoadError(f"damaged PDF ({error})") from None
    if not text.strip():
        raise LoadError("no text in this PDF (scanned?); run a text recognition over it first")
    return SourceText(text=text, loader="pdf")


# --- JSON -------------------------------------------------------------------------------------

CONTAINERS = ("articles", "items", "data", "results", "docs", "documents", "entries", "news", "value")


def _object(obj: Any) -> tuple[str, Meta] | None:
    if not isinstance(obj, dict):
        return None
    flat: dict[str, Any] = {}
    for inner in (obj.get("metadata"), obj.get("meta"), obj):
        if isinstance(inner, dict):
            flat.update({str(k).lower().lstrip("_"): v for k, v in inner.items()})
    value = field(flat, "text")
    body = "\n\n".join(p for p in map(plain, value) if p) if isinstance(value, list) else plain(value)
    if not body:
        return None
    if re.search(r"</(?:p|div|a|em|strong|li)>|<br\s*/?>", body):
        from lxml import html as lxml_html

        tree = lxml_html.fromstring(_wrap(body))
        for el in tree.iter("p", "div", "li", "br", "h2", "h3", "blockquote"):
            el.tail = "\n\n" + (el.tail or "")
        body = re.sub(r"\n\s*\n\s*", "\n\n", tree.text_content()).strip()
    return body, meta_of(flat)


def load_json(data: bytes) -> SourceText:
    text, note = decode(data)
    try:
        root = json.loads(text)
    except ValueError as error:
        raise LoadError(f"not valid JSON ({error})") from None
    if isinstance(root, dict):
        inner = next((root[k] for k in CONTAINERS if isinstance(root.get(k), list)), None)
        objects = (
            inner if inner and all(isinstance(o, dict) for o in inner) and _object(root) is None else [root]
        )
    else:
        objects = root if isinstance(root, list) else []
    return _objects(enumerate(objects, 1), "object", "json", note)


def load_jsonl(data: bytes) -> SourceText:
    text, note = decode(data)

    def lines() -> Iterator[tuple[int, Any]]:
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                try:
                    yield number, json.loads(line)
                except ValueError:
                    yield number, None

    return _objects(lines(), "line", "jsonl", note)


def _objects(objects: Iterable[tuple[int, Any]], unit: str, loader: str, note: str | None) -> SourceText:
    pieces, bad = [], []
    for number, obj in objects:
        found = _object(obj)
        if found is None:
            bad.append(number)
        else:
            pieces.append(found)
    if not pieces:
        raise LoadError("no article in it: no object has a text, body or content field")
    if bad:
        shown = ", ".join(map(str, bad[:5])) + (" …" if len(bad) > 5 else "")
        note = "; ".join(
            filter(
                None,
                [note, f"{len(bad)} of {len(pieces) + len(bad)} without a readable article ({unit} {shown})"],
            )
        )
    return _joined(pieces, loader, note)


def _joined(pieces: list[tuple[str, Meta]], loader: str, note: str | None) -> SourceText:
    """One source text out of article bodies. The title stands above its body, so it can be cited."""
    parts: list[str] = []
    records: list[Record] = []
    at = 0
    for body, meta in pieces:
        text = f"{meta.title}\n\n{body}" if meta.title else body
        records.append(Record(start=at, end=at + len(text), meta=meta))
        parts.append(text)
        at += len(text) + 3
    return SourceText(text="\n\n\n".join(parts), loader=loader, note=note, records=tuple(records))


# --- the table --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Loader:
    version: int  # raise it when the source texts that it makes change
    load: Callable[[bytes], SourceText]


LOADERS: dict[str, Loader] = {
    ".txt": Loader(1, load_text),
    ".text": Loader(1, load_text),
    ".md": Loader(1, load_text),
    ".markdown": Loader(1, load_text),
    ".html": Loader(1, load_html),
    ".htm": Loader(1, load_html),
    ".pdf": Loader(1, load_pdf),
    ".json": Loader(1, load_json),
    ".jsonl": Loader(1, load_jsonl),
    ".ndjson": Loader(1, load_jsonl),
}


def load_bytes(data: bytes, suffix: str) -> SourceText:
    """The source text of a file's content. Raises LoadError with the reason in one line."""
    loader = LOADERS.get(suffix.lower())
    if loader is None:
        raise LoadError(f"no loader for {suffix or 'a name without suffix'}; known: {' '.join(LOADERS)}")
    if not data.strip():
        raise LoadError("empty")
    for magic, what, allowed in MAGIC:
        if data.startswith(magic) and suffix.lower() not in allowed:
            raise LoadError(f"wrongly named: it is {what}; give it its right suffix or remove it")
    if suffix.lower() == ".pdf" and not data[:1024].lstrip().startswith(b"%PDF-"):
        raise LoadError("wrongly named: not a PDF")
    source = loader.load(data)
    if not source.text.strip():
        raise LoadError("no text in it")
    return source
