"""One file -> its source text, by one table: what the bytes are, then what the name says they are. Nothing
here knows of indexes or models."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from qa.errors import LoadError
from qa.reading.loaders import citations, feeds, newsml, wire
from qa.reading.loaders.archives import is_warc, load_warc, unpacked
from qa.reading.loaders.encoding import decode
from qa.reading.loaders.json_records import load_json, load_jsonl
from qa.reading.loaders.mail import is_mailbox, is_saved_page, load_mail, load_saved_page
from qa.reading.loaders.mail import looks_like as is_mail
from qa.reading.loaders.office import archive, load_docx, load_epub, load_odt, load_rtf
from qa.reading.loaders.pdf import load_pdf
from qa.reading.loaders.plain import load_text
from qa.reading.loaders.tables import load_table, load_workbook
from qa.reading.loaders.web_page import load_html
from qa.types import SourceText

VERSION = 3  # raise it when the source texts that the loaders make change
GZIP = b"\x1f\x8b"
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<", re.DOTALL)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class Loader:
    """``is_one`` tells the format from its bytes whatever the file is called; without it the name decides."""

    name: str
    suffixes: tuple[str, ...]
    load: Callable[[bytes], SourceText]
    is_one: Callable[[bytes], bool] | None = None


def _marked(test: Callable[[str], bool]) -> Callable[[bytes], bool]:
    """A test of the beginning of a text that is markup."""
    return lambda data: bool(_MARKUP.match(data[:2000])) and test(data[:8000].decode("utf-8", "replace"))


def _text(test: Callable[[str], bool]) -> Callable[[bytes], bool]:
    return lambda data: test(data[:200_000].decode("utf-8", "replace"))


def _holds(member: str) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(b"PK\x03\x04") and member in archive(data).namelist()


def _read_feed(data: bytes) -> SourceText:
    return feeds.read_feed(*decode(data))


def _read_news(data: bytes) -> SourceText:
    return newsml.read_news(*decode(data))


def _load_xml(data: bytes) -> SourceText:
    raise LoadError("XML of a kind that is not read; known: RSS, Atom, NITF, NewsML-G2, XHTML")


def _is_html(text: str) -> bool:
    return bool(_HTML.match(text))


def _is_json(data: bytes) -> bool:
    return bool(re.match(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*\"|\[\s*\{\s*\")", data[:200]))


# In the order in which they are tried: the narrower form before the one that it also is.
LOADERS: tuple[Loader, ...] = (
    Loader("pdf", (".pdf",), load_pdf, lambda data: data.startswith(b"%PDF-")),
    Loader("docx", (".docx", ".docm"), load_docx, _holds("word/document.xml")),
    Loader("workbook", (".xlsx", ".xlsm"), load_workbook, _holds("xl/workbook.xml")),
    Loader("epub", (".epub",), load_epub, _holds("META-INF/container.xml")),
    Loader("odt", (".odt", ".ott", ".fodt"), load_odt, _holds("content.xml")),
    Loader("rtf", (".rtf",), load_rtf, lambda data: data.lstrip()[:5] == b"{\\rtf"),
    Loader("wire", (".iptc",), wire.load_wire, wire.looks_like),
    Loader("warc", (".warc",), load_warc, is_warc),
    Loader("saved page", (".mhtml", ".mht"), load_saved_page, is_saved_page),
    Loader("mailbox", (".mbox", ".mbx"), load_mail, is_mailbox),
    Loader("mail", (".eml", ".emlx"), load_mail, is_mail),
    Loader("feed", (".rss", ".atom", ".rdf"), _read_feed, _marked(feeds.looks_like)),
    Loader("news", (".nitf", ".newsml"), _read_news, _marked(newsml.looks_like)),
    Loader("html", (".html", ".htm", ".xhtml", ".xht"), load_html, _marked(_is_html)),
    Loader("xml", (".xml",), _load_xml),
    Loader("ris", (".ris",), citations.load_ris, _text(citations.is_ris)),
    Loader("bibtex", (".bib",), citations.load_bibtex, _text(citations.is_bibtex)),
    Loader("json lines", (".jsonl", ".ndjson"), load_jsonl),
    Loader("json", (".json",), load_json),
    Loader("table", (".csv", ".tsv", ".tab"), load_table),
    Loader("text", (".txt", ".text", ".md", ".markdown"), load_text),
)
BY_SUFFIX = {suffix: loader for loader in LOADERS for suffix in loader.suffixes}
REFUSED = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive; unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as DOCX"),
)


def kind_of(name: str) -> str:
    """The suffix of a file's name in lower case; with the one before it where the last says "packed"."""
    suffixes = [s.lower() for s in PurePosixPath(name if not name.startswith(".") else f"x{name}").suffixes]
    return "".join(suffixes[-2:] if suffixes[-1:] == [".gz"] else suffixes[-1:])


def load_bytes(data: bytes, name: str) -> SourceText:
    """The source text of a file's content; ``name``: the file's name, or its suffix alone. Raises
    LoadError with the reason in one line."""
    suffix = kind_of(name)
    if not data.strip():
        raise LoadError("empty")
    if data.startswith(GZIP):
        data, suffix = unpacked(data), suffix.removesuffix(".gz")
        if not data.strip():
            raise LoadError("empty")
    source = loader_of(data, suffix).load(data)
    if not source.text.strip():
        raise LoadError("no text in it")
    return source


def loader_of(data: bytes, suffix: str) -> Loader:
    """What reads these bytes under this suffix. Raises LoadError."""
    named = BY_SUFFIX.get(suffix)
    for loader in LOADERS:
        if loader.is_one is not None and loader.is_one(data):
            return loader
    for magic, what in REFUSED:
        if data.startswith(magic):
            raise LoadError(f"wrongly named: it is {what}" if named else f"not read: it is {what}")
    if named is not None:
        if named.name == "text" and _is_json(data):
            return _json_or_text(data, named)
        return named
    if _is_json(data) and suffix == "":
        return BY_SUFFIX[".json"]
    known = " ".join(BY_SUFFIX)
    raise LoadError(f"no loader for {suffix or 'a name without suffix'}; known: {known} (and .gz of them)")


def _json_or_text(data: bytes, text: Loader) -> Loader:
    """JSON under a text name, if it is whole; else what it is called."""
    import json

    try:
        json.loads(data)
    except (ValueError, RecursionError):
        first = data.lstrip().split(b"\n", 1)[0]
        try:
            json.loads(first)
        except (ValueError, RecursionError):
            return text
        return BY_SUFFIX[".jsonl"]
    return BY_SUFFIX[".json"]
