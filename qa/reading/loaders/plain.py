"""Plain text: an export of a database that shows its frames, or a page that the splitter takes apart."""

from __future__ import annotations

from collections.abc import Callable

from qa.errors import LoadError
from qa.reading.loaders import factiva, kept, nexis, proquest
from qa.reading.loaders.encoding import decode, has_controls
from qa.reading.loaders.records import remarks
from qa.types import Record, SourceText

EXPORTS: dict[str, Callable[[str], tuple[tuple[Record, ...], str | None] | None]] = {
    "proquest": proquest.records_of,
    "nexis": nexis.records_of,
    "factiva": factiva.records_of,
    "highlights": kept.highlights_of,
}


def load_text(data: bytes) -> SourceText:
    """The decoded file itself. Raises LoadError for what is no text."""
    text, note = decode(data)
    if has_controls(text):
        raise LoadError("binary, not text; remove it or give it its right suffix")
    return read_text(text, "text", note)


def read_text(text: str, loader: str, note: str | None = None) -> SourceText:
    """Text that was taken out of any format: with records where it is an export."""
    for name, records_of in EXPORTS.items():
        found = records_of(text)
        if found is not None:
            records, about = found
            return SourceText(text=text, loader=name, note=remarks(note, about), records=records)
    return SourceText(text=text, loader=loader, note=note)
