"""What other files lie in: gzip, and the web archives of crawlers (WARC)."""

from __future__ import annotations

import gzip
import io
import re
import zlib

from qa.errors import LoadError
from qa.reading.loaders.records import combined, remarks
from qa.reading.loaders.web_page import load_html
from qa.reading.metadata import is_address
from qa.types import SourceText

MAX_UNPACKED = 200_000_000  # bytes: more is a bomb, or a file to be unpacked by hand


def unpacked(data: bytes) -> bytes:
    """The content of a gzip file. Raises LoadError for a damaged one, or one that unpacks to too much."""
    try:
        with gzip.open(io.BytesIO(data)) as file:
            inner = file.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise LoadError(f"damaged gzip file ({error})") from None
    if len(inner) > MAX_UNPACKED:
        raise LoadError(f"unpacks to more than {MAX_UNPACKED // 1_000_000} MB; unpack and split it")
    return inner


def is_warc(data: bytes) -> bool:
    return data.startswith(b"WARC/")


def load_warc(data: bytes) -> SourceText:
    """The HTML pages of a web archive, in order. Raises LoadError."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        raise LoadError("a web archive (WARC); to read it: pip install 'news-qa[archives]'") from None
    from warcio.exceptions import ArchiveLoadFailed

    pages: list[SourceText] = []
    seen = refused = 0
    try:
        for record in ArchiveIterator(io.BytesIO(data)):
            kind = record.http_headers.get_header("Content-Type", "") if record.http_headers else ""
            if record.rec_type != "response" or "html" not in kind.lower():
                continue
            if not (record.http_headers.get_statuscode() or "200").startswith("2"):
                refused += 1  # "not found" is no article
                continue
            seen += 1
            charset = re.search(r"charset=[\"']?([\w-]+)", kind)
            url = record.rec_headers.get_header("WARC-Target-URI")
            try:
                page = load_html(record.content_stream().read(MAX_UNPACKED), charset[1] if charset else None)
            except LoadError:
                continue
            pages.append(_at(page, url))
    except (ArchiveLoadFailed, EOFError, ValueError, zlib.error) as error:
        raise LoadError(f"damaged web archive ({error})") from None
    if not pages:
        raise LoadError("no page with an article in this web archive")
    lost = f"{seen - len(pages)} of {seen} pages without an article" if seen > len(pages) else None
    errors = f"{refused} pages that the server refused or moved" if refused else None
    return combined(pages, "warc", remarks(lost, errors))


def _at(page: SourceText, url: str | None) -> SourceText:
    """Pages that do not say where they are from are from where they were fetched."""
    if not is_address(url):
        return page
    records = tuple(
        r if r.meta.url else r.model_copy(update={"meta": r.meta.model_copy(update={"url": url})})
        for r in page.records
    )
    return page.model_copy(update={"records": records})
