"""Exports of ProQuest as records: documents between rules of underscores, fields of "Label: value"."""

from __future__ import annotations

import re
from itertools import pairwise

from qa.reading.authors import author_of, turned
from qa.reading.loaders.blocks import Block, blocks_of, lines_in
from qa.reading.loaders.records import checked, record_of
from qa.reading.outlets import outlet_name
from qa.text.dates import find_dates, read_date
from qa.types import Meta, Record, Span

_RULE = re.compile(r"^[ \t]*_{20,}[ \t]*\r?$", re.MULTILINE)
_STATED = re.compile(r"^\s*(?:document|dokument) \d+ (?:of|von|de) (\d+)\s*$", re.IGNORECASE | re.MULTILINE)
_LABELS = (
    *("abstract", "accession number", "author", "author affiliation", "company / organization", "copyright"),
    *("correspondence author", "country of publication", "credit", "database", "dateline", "document type"),
    *("document url", "first page", "full text", "identifier / keyword", "issn", "issue", "language"),
    *("language of publication", "last updated", "links", "location", "number of pages", "page", "pages"),
    *("people", "place of publication", "proquest document id", "publication date", "publication info"),
    *("publication subject", "publication title", "publication year", "publisher", "section", "source type"),
    *("subject", "title", "volume", "year", "source", "byline", "isbn", "column", "classification", "notes"),
)
_LABEL = re.compile(rf"^(?P<label>{'|'.join(sorted(_LABELS, key=len, reverse=True))}):[ \t]*", re.IGNORECASE)


def records_of(text: str) -> tuple[tuple[Record, ...], str | None] | None:
    """The records of an export in order; None for a text that is none."""
    if "ProQuest" not in text or not _RULE.search(text):
        return None
    rules = [m for m in _RULE.finditer(text)]
    edges = [(a.end(), b.start()) for a, b in pairwise(rules)]
    edges = [(0, rules[0].start()), *edges, (rules[-1].end(), len(text))]
    found = [(r, False) for a, b in edges if (r := _record(text, a, b)) is not None]
    stated = _STATED.search(text)
    return checked(found, int(stated[1]) if stated else len(found))


def _record(text: str, start: int, end: int) -> Record | None:
    blocks = blocks_of(text, start, end)
    tail = _tail(blocks)
    fields: dict[str, Span] = {}
    title: Block | None = None
    current: str | None = None
    for line in (b for block in blocks for b in lines_in(text, block)):
        m = _LABEL.match(line.text)
        label = m["label"].lower() if m else None
        if m and label and (current != "full text" or line.start >= tail):
            current = label
            fields.setdefault(label, Span(start=line.start + m.end(), end=line.end))
        elif current is not None:
            held = fields[current]
            at = held.start if held.end > held.start else line.start
            fields[current] = Span(start=at, end=line.end)
        elif title is None and not _STATED.match(line.text):
            title = line
    if "full text" not in fields and "abstract" not in fields:
        return None
    if "proquest document id" not in fields and not fields.keys() & {"publication title", "publication info"}:
        return None
    return _from_fields(text, fields, title)


def _tail(blocks: list[Block]) -> int:
    """Where the fields below the text begin: from there on every block is one. What looks like a field
    above it is a line of the article."""
    at = len(blocks)
    while at > 0 and (m := _LABEL.match(blocks[at - 1].text)) and m["label"].lower() not in _TEXTS:
        at -= 1
    return blocks[at].start if at < len(blocks) else (blocks[-1].end if blocks else 0)


_TEXTS = ("full text", "abstract")


def _from_fields(text: str, fields: dict[str, Span], title: Block | None) -> Record | None:
    def value(label: str) -> str | None:
        span = fields.get(label)
        flat = re.sub(r"\s+", " ", text[span.start : span.end]).strip() if span else ""
        return flat or None

    info = value("publication info")
    outlet = value("publication title") or (re.split(r"\s*[;\[]|,\s", info)[0] if info else None)
    published = read_date(value("publication date"))
    if published is None and info and (dates := find_dates(info)):
        published = dates[0][2]
    authors = [turned(a) for a in re.split(r"\s*;\s*", (value("author") or "").rstrip(" .")) if a]
    body = next(
        (fields[k] for k in ("full text", "abstract") if k in fields and fields[k].end > fields[k].start),
        None,
    )
    heading = Span(start=title.start, end=title.end) if title else fields.get("title")
    spans = [s for s in (heading, body) if s is not None and s.end > s.start]
    if not spans:
        return None
    meta = Meta(
        title=value("title") or (title.flat if title else None),
        outlet=outlet_name(re.split(r"\s*;\s*", outlet)[0]) if outlet else None,
        url=value("document url"),
        author=author_of(", ".join(authors)),
        published=published,
        published_from="header" if published else None,
    )
    return record_of(spans, meta)
