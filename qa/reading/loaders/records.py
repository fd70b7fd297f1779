"""Articles that a format delimits -> one source text with a record for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.types import Meta, Record, SourceText, Span

# What services put in the place of the rest of a text.
CUT_MARK = re.compile(
    r"\s*(?:…|\.\.\.)?\s*\[\+\s?\d[\d,.]*\s?(?:chars?|characters|words)\]\s*$", re.IGNORECASE
)
CUT_CHARS = 120  # at the end of a text, where such a mark is looked for


@dataclass(frozen=True, slots=True)
class Piece:
    """The running text of one article, with what its format says of it."""

    body: str
    meta: Meta
    truncated: bool = False


def joined(pieces: Sequence[Piece], loader: str, note: str | None = None) -> SourceText:
    """One source text out of article bodies. The title stands above its body, so it can be cited; a mark
    such as "[+165 chars]" stays in the source text and belongs to no article."""
    parts: list[str] = []
    records: list[Record] = []
    at = 0
    for piece in pieces:
        title = piece.meta.title
        body = piece.body
        again = title is not None and body[: len(title) + 1].strip() == title
        text = f"{title}\n\n{body}" if title and body and not again else (body or title or "")
        mark = CUT_MARK.search(text, max(0, len(text) - CUT_CHARS))
        spans: tuple[Span, ...] = ()
        if mark and mark.start() > 0:
            spans = (Span(start=at, end=at + mark.start()),)
        records.append(
            Record(
                start=at,
                end=at + len(text),
                meta=piece.meta,
                spans=spans,
                truncated=piece.truncated or mark is not None,
            )
        )
        parts.append(text)
        at += len(text) + 3
    return SourceText(text="\n\n\n".join(parts), loader=loader, note=note, records=tuple(records))


def remarks(*parts: str | None) -> str | None:
    """Several remarks as one, or None where there is none."""
    return "; ".join(part for part in parts if part) or None


def missing(found: int, stated: int, what: str) -> str | None:
    """A remark where a file states more items than were found in it."""
    return f"{found} of the {stated} {what} that it states" if found < stated else None


def short_of_words(text: str, stated: int | None) -> bool:
    """Whether a text has clearly fewer words than its frame says (counts differ a little by program)."""
    return stated is not None and len(text.split()) < 0.8 * stated - 10


def record_of(spans: Sequence[Span], meta: Meta, truncated: bool = False) -> Record:
    """A record of a source text out of the spans of its headline and its text."""
    kept = sorted(spans, key=lambda s: s.start)
    end = max(s.end for s in kept)
    return Record(start=kept[0].start, end=end, meta=meta, spans=tuple(kept), truncated=truncated)


def checked(
    found: Sequence[tuple[Record, bool]], stated: int
) -> tuple[tuple[Record, ...], str | None] | None:
    """The records of an export, each with whether it is short of words, beside the number it states."""
    if not found:
        return None
    short = sum(is_short for _, is_short in found)
    note = f"{short} of {len(found)} records hold fewer words than their frames say" if short else None
    return tuple(r for r, _ in found), remarks(missing(len(found), stated, "records"), note)


def combined(sources: Sequence[SourceText], loader: str, note: str | None = None) -> SourceText:
    """Several source texts, all with records, as one."""
    parts: list[str] = []
    records: list[Record] = []
    at = 0
    for source in sources:
        for record in source.records:
            spans = tuple(Span(start=s.start + at, end=s.end + at) for s in record.spans)
            moved = {"start": record.start + at, "end": record.end + at, "spans": spans}
            records.append(record.model_copy(update=moved))
        parts.append(source.text)
        at += len(source.text) + 3
    return SourceText(text="\n\n\n".join(parts), loader=loader, note=note, records=tuple(records))
