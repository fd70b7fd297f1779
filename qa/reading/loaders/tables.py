"""Tables with an article a row: CSV, TSV and XLSX with a line of names above."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

from qa.errors import LoadError
from qa.reading.loaders.encoding import decode
from qa.reading.loaders.json_records import headline_of, piece_of, unread
from qa.reading.loaders.markup import Tree, child_text, local
from qa.reading.loaders.office import archive, member_xml
from qa.reading.loaders.records import joined, remarks
from qa.reading.metadata import FIELDS, key_of
from qa.types import SourceText

MAX_FIELD = 50_000_000  # characters; the library's own limit is a tenth of a long document
DELIMITERS = ",;\t|"
MAX_COLUMNS = 1000  # of a sheet: what lies further out is no column of a table of articles


def load_table(data: bytes) -> SourceText:
    """An article a row. Raises LoadError where no column is a text or a title."""
    text, note = decode(data)
    text = re.sub(r"\A\ufeff?sep=.\r?\n", "", text)  # how Excel is told the delimiter
    csv.field_size_limit(MAX_FIELD)
    head = text.splitlines()[0] if text.strip() else ""
    delimiter = max(DELIMITERS, key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise LoadError(f"not readable as a table ({error})") from None
    return read_rows(rows, note)


def read_rows(rows: list[list[str]], note: str | None = None) -> SourceText:
    """The articles of a table whose first row names its columns. A row with more cells than there are
    columns is not read: which of its cells is which cannot be told. Raises LoadError."""
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    names = [name.strip() for name in rows[0]] if rows else []
    known = {key_of(name) for name in names}
    if not known & set(FIELDS["text"]) and not known & set(FIELDS["title"]):
        raise LoadError("no column of this table is a text or a title; name the columns in its first line")
    records = [_named(names, row) for row in rows[1:]]
    shifted = sum(r is None for r in records)
    pieces = [piece_of(r) for r in records]
    titles_only = not any(pieces)
    if titles_only:
        pieces = [headline_of(r) for r in records]
    kept = [p for p in pieces if p is not None]
    if not kept:
        raise LoadError("no article in this table: no row has a text")
    bad = [n for n, p in enumerate(pieces, 2) if p is None]
    return joined(
        kept,
        "table",
        remarks(
            note,
            "headlines only, without any text" if titles_only else None,
            unread(bad, len(pieces), "row"),
            f"{shifted} of these rows have more cells than the table has columns" if shifted else None,
        ),
    )


def _named(names: list[str], row: list[str]) -> dict[str, str] | None:
    """The cells of a row by their columns; None where there are more cells than columns."""
    more = any(cell.strip() for cell in row[len(names) :])
    return None if more else dict(zip(names, row, strict=False))


def load_workbook(data: bytes) -> SourceText:
    """The first sheet of an XLSX workbook that is a table of articles. Raises LoadError."""
    zipped = archive(data)
    strings: list[str] = []
    if "xl/sharedStrings.xml" in zipped.namelist():
        strings = [_shown(si) for si in member_xml(zipped, "xl/sharedStrings.xml") if local(si) == "si"]
    sheets = sorted(
        (n for n in zipped.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)),
        key=lambda n: (len(n), n),
    )
    failure = LoadError("no sheet in this workbook")
    for sheet in sheets:
        try:
            return read_rows(_dated(_cells(member_xml(zipped, sheet), strings)))
        except LoadError as error:
            failure = error
    raise failure


def _shown(element: Tree) -> str:
    """The text of a string, without the pronunciation that may stand beside it."""
    return "".join(t.text or "" for t in element.iter() if local(t) == "t" and local(t.getparent()) != "rph")


def _cells(sheet: Tree, strings: list[str]) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in (el for el in sheet.iter() if local(el) == "row"):
        cells: list[str] = []
        for cell in (el for el in row if local(el) == "c"):
            letters = re.match(r"[A-Z]+", cell.get("r") or "")
            at = _column(letters.group()) if letters else len(cells)
            cells.extend("" for _ in range(min(at, MAX_COLUMNS) - len(cells)))
            cells.append(_value(cell, strings))
        rows.append(cells)
    return rows


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: Tree, strings: list[str]) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return _shown(cell)
    value = child_text(cell, "v") or ""
    if kind == "s":
        return strings[int(value)] if value.isdigit() and int(value) < len(strings) else ""
    return value


def _dated(rows: list[list[str]]) -> list[list[str]]:
    """Days are counted in a workbook from the end of 1899; "31.12.12" is of this century where the column
    is headed in Russian."""
    heads = [key_of(name) for name in rows[0]] if rows else []
    at = [k for k, name in enumerate(heads) if name in FIELDS["published"]]
    for row in rows[1:]:
        for k in (k for k in at if k < len(row)):
            if re.fullmatch(r"[2-6]\d{4}(?:\.\d+)?", row[k]):
                row[k] = (date(1899, 12, 30) + timedelta(days=int(float(row[k])))).isoformat()
            elif heads[k] == "дата" and (m := re.fullmatch(r"(\d\d)\.(\d\d)\.(\d\d)", row[k])):
                row[k] = f"20{m[3]}-{m[2]}-{m[1]}"
    return rows
