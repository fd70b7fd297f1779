"""Tables with an article a row: CSV and TSV with a line of names above."""

from __future__ import annotations

import csv
import io

from qa.errors import LoadError
from qa.reading.loaders.encoding import decode
from qa.reading.loaders.json_records import headline_of, piece_of, unread
from qa.reading.loaders.records import joined, remarks
from qa.reading.metadata import FIELDS, key_of
from qa.types import SourceText

MAX_FIELD = 50_000_000  # characters; the library's own limit is a tenth of a long document
DELIMITERS = ",;\t|"


def load_table(data: bytes) -> SourceText:
    """An article a row. Raises LoadError where no column is a text or a title."""
    text, note = decode(data)
    csv.field_size_limit(MAX_FIELD)
    head = text.lstrip("\ufeff").splitlines()[0] if text.strip() else ""
    delimiter = max(DELIMITERS, key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise LoadError(f"not readable as a table ({error})") from None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    names = [name.strip() for name in rows[0]] if rows else []
    known = {key_of(name) for name in names}
    if not known & set(FIELDS["text"]) and not known & set(FIELDS["title"]):
        raise LoadError("no column of this table is a text or a title; name the columns in its first line")
    records = [dict(zip(names, row, strict=False)) for row in rows[1:]]
    pieces = [piece_of(r) for r in records]
    titles_only = not any(pieces)
    if titles_only:
        pieces = [headline_of(r) for r in records]
    kept = [p for p in pieces if p is not None]
    if not kept:
        raise LoadError("no article in this table: no row has a text")
    bad = [n for n, p in enumerate(pieces, 2) if p is None]
    lost = unread(bad, len(pieces), "row")
    return joined(
        kept, "table", remarks(note, "headlines only, without any text" if titles_only else None, lost)
    )
