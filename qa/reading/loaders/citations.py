"""What reference managers keep: RIS and BibTeX. (CSL-JSON is read as JSON.)"""

from __future__ import annotations

import re

from qa.errors import LoadError
from qa.reading.authors import author_of, turned
from qa.reading.loaders.encoding import decode
from qa.reading.loaders.records import Piece, joined, remarks
from qa.text.dates import read_date
from qa.types import Meta, SourceText

_TAG = re.compile(r"^([A-Z][A-Z0-9])  ?- ?(.*)$")
_ENTRY = re.compile(r"@(?P<kind>\w+)\s*\{\s*(?P<key>[^,\s]*)\s*,", re.IGNORECASE)
_FIELD = re.compile(r"\s*(?P<name>[\w-]+)\s*=\s*", re.IGNORECASE)
_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "c": "\u0327",
    "v": "\u030c",
}
_LETTERS = dict(zip("AA aa AE ae OE oe O o L l ss i".split(), "ÅåÆæŒœØøŁłßı", strict=True))


def is_ris(text: str) -> bool:
    return bool(re.match(r"\s*TY  - \w+", text)) and bool(re.search(r"^ER  -", text, re.MULTILINE))


def is_bibtex(text: str) -> bool:
    return bool(re.match(r"\s*(?:%[^\n]*\n\s*)*@\w+\s*\{", text)) and "=" in text


def load_ris(data: bytes) -> SourceText:
    """A reference with an abstract is an article; one without is a headline. Raises LoadError."""
    text, note = decode(data)
    pieces: list[Piece] = []
    fields: dict[str, list[str]] = {}
    last: str | None = None
    for line in text.splitlines():
        m = _TAG.match(line)
        if m and m[1] == "ER":
            pieces.extend(_ris_piece(fields))
            fields, last = {}, None
        elif m:
            last = m[1]
            fields.setdefault(last, []).append(m[2].strip())
        elif last and line.strip():
            fields[last][-1] += "\n\n" + line.strip()
    pieces.extend(_ris_piece(fields))
    return _joined(pieces, "ris", note)


def _ris_piece(fields: dict[str, list[str]]) -> list[Piece]:
    def first(*tags: str) -> str | None:
        return next((v for tag in tags for v in fields.get(tag, ()) if v), None)

    title = first("TI", "T1", "CT")
    if title is None and first("AB", "N2") is None:
        return []
    published = read_date(re.sub(r"/+$", "", first("DA", "Y1", "PY", "Y2") or "")) or read_date(first("PY"))
    authors = [turned(a) for tag in ("AU", "A1") for a in fields.get(tag, ())]
    meta = Meta(
        title=title,
        outlet=first("T2", "JO", "JF", "JA", "BT", "PB"),
        url=first("UR", "L1"),
        author=author_of(", ".join(authors)),
        published=published,
        published_from="metadata" if published else None,
    )
    return [Piece(first("AB", "N2", "N1") or "", meta)]


def load_bibtex(data: bytes) -> SourceText:
    """As for RIS. Raises LoadError."""
    text, note = decode(data)
    pieces = []
    entries = [m for m in _ENTRY.finditer(text) if m["kind"].lower() not in ("comment", "string", "preamble")]
    for m in entries:
        fields = _bibtex_fields(text, m.end())
        title, body = fields.get("title"), fields.get("abstract") or fields.get("annote") or ""
        if not title and not body:
            continue
        published = read_date(fields.get("date") or _day(fields)) or read_date(fields.get("year"))
        authors = [turned(a) for a in re.split(r"\s+and\s+", fields.get("author", "")) if a.strip()]
        meta = Meta(
            title=title,
            outlet=fields.get("journal") or fields.get("journaltitle") or fields.get("publisher"),
            url=fields.get("url"),
            author=author_of(", ".join(authors)),
            published=published,
            published_from="metadata" if published else None,
        )
        pieces.append(Piece(body, meta))
    return _joined(pieces, "bibtex", note)


def _day(fields: dict[str, str]) -> str:
    """Day, month and year as one date; a month may be a number or a name."""
    parts = [fields[k] for k in ("day", "month", "year") if k in fields]
    if fields.get("month", "").isdigit():
        return "-".join(part.zfill(2) for part in reversed(parts))
    return " ".join(parts)


def _bibtex_fields(text: str, at: int) -> dict[str, str]:
    fields: dict[str, str] = {}
    while m := _FIELD.match(text, at):
        value, at = _bibtex_value(text, m.end())
        fields.setdefault(m["name"].lower(), _untexed(value))
        comma = re.compile(r"\s*,").match(text, at)
        if comma is None:
            break
        at = comma.end()
    return fields


def _bibtex_value(text: str, at: int) -> tuple[str, int]:
    """A value in braces, in quotation marks, or bare; and where it ends."""
    if at >= len(text) or text[at] not in '{"':
        m = re.compile(r"[^,}\s]*").match(text, at)
        assert m is not None
        return m.group(), m.end()
    quoted = text[at] == '"'
    depth = 0
    for end in range(at, len(text)):
        c = text[end]
        depth += (c == "{") - (c == "}")
        if depth == 0 and end > at and (c == '"' if quoted else c == "}"):
            return text[at + 1 : end], end + 1
    return text[at + 1 :], len(text)


def _untexed(value: str) -> str:
    import unicodedata

    value = re.sub(
        r"\{?\\([`'^\"~cv])\s*\{?(\w)\}?\}?",
        lambda m: unicodedata.normalize("NFC", m[2] + _ACCENTS[m[1]]),
        value,
    )
    value = re.sub(
        r"\{?\\(AA|aa|AE|ae|OE|oe|O|o|L|l|ss|i)(?![A-Za-z])\s*(?:\{\})?\}?", lambda m: _LETTERS[m[1]], value
    )
    return re.sub(r"\\([&%$#_])", r"\1", re.sub(r"[{}]", "", re.sub(r"[ \t\n]+", " ", value))).strip()


def _joined(pieces: list[Piece], loader: str, note: str | None) -> SourceText:
    if not pieces:
        raise LoadError("no reference in it has a title or an abstract")
    bare = sum(not p.body for p in pieces)
    lost = f"{bare} of {len(pieces)} references are headlines only, without an abstract" if bare else None
    return joined(pieces, loader, remarks(note, lost))
