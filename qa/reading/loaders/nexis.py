"""Exports of LexisNexis as records: the classic layout ("1 of 161 DOCUMENTS") and that of Nexis Uni ("End
of Document"), out of the text of a TXT, DOCX, RTF, HTML or PDF file.

A record's outlet, date, headline and byline come from the lines between its own mark and its own text. A
frame that an article quotes stands in running text, has no mark in sequence, and is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from qa.reading.authors import author_of
from qa.reading.loaders.blocks import Block, blocks_of, lines_in, span_of
from qa.reading.loaders.nexis_labels import (
    COPYRIGHT,
    EDITION,
    LABEL,
    PAGE,
    USUAL,
    above_date,
    date_in,
    fields_of,
    role_of,
    tail_of,
)
from qa.reading.loaders.records import checked, record_of, short_of_words
from qa.reading.outlets import outlet_name
from qa.types import Meta, Record, Span

_MARK = re.compile(
    r"^(?P<indent>[ \t\u00a0]*)(?:level\s+\d+\s+-\s+)?"
    r"(?:(?:dokument|documento?)\s+(?P<n1>\d{1,5})\s+(?:of|von|de|van|di)\s+(?P<of1>\d{1,5})"
    r"|(?P<n2>\d{1,5})\s+(?:of|von|de|sur|van|di)\s+(?P<of2>\d{1,5})\s+"
    r"(?:do[ck]umen(?:ts?|tos?|ten?|ti)|stories|story))[ \t\u00a0]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_END = re.compile(r"^[ \t]*(?:end of document|ende des dokuments|fin du document)[ \t]*\r?$", re.I | re.M)
_STATED = re.compile(r"^\s*(?:documents|dokumente)\s*\((\d{1,5})\)", re.IGNORECASE | re.MULTILINE)


@dataclass(slots=True)
class _Frame:
    title: str | None = None
    title_span: Span | None = None
    outlet: str | None = None
    published: str | None = None
    authors: list[str] = field(default_factory=list)
    words: int | None = None
    standfirst: list[Span] = field(default_factory=list)


_Head = Callable[[str, list[Block], _Frame], None]
_Read = tuple[Record, bool]  # and whether it has fewer words than its frame says


def records_of(text: str) -> tuple[tuple[Record, ...], str | None] | None:
    """The records of an export in order, and a remark where some that it states are missing or
    incomplete; None for a text that is no such export."""
    return _classic(text) or _uni(text)


# --- the classic layout -----------------------------------------------------------------------


def _classic(text: str) -> tuple[tuple[Record, ...], str | None] | None:
    marks = _marks(text)
    if not marks or not USUAL.search(text):
        return None
    ends = [m.start() for m in marks[1:]] + [len(text)]
    found = [_record(text, m.end(), end, _classic_head) for m, end in zip(marks, ends, strict=True)]
    stated = sum(
        _numbers(m)[1] for k, m in enumerate(marks) if k + 1 == len(marks) or _numbers(marks[k + 1])[0] == 1
    )
    return checked([r for r in found if r is not None], stated)


def _numbers(mark: re.Match[str]) -> tuple[int, int]:
    return int(mark["n1"] or mark["n2"]), int(mark["of1"] or mark["of2"])


def _marks(text: str) -> list[re.Match[str]]:
    """The marks that open records: in sequence, and of two with one number the one that a frame follows
    and that stands where marks stand. An article may quote a mark."""
    every = list(_MARK.finditer(text))
    scored = [(m, _weight(text, m, every)) for m in every]
    best: list[re.Match[str]] = []
    for m, weight in scored:
        n, of = _numbers(m)
        if weight < 2 or n > of:
            continue
        before = _numbers(best[-1])[0] if best else 0
        again = n == 1 and bool(best) and before == _numbers(best[-1])[1]  # another download, appended
        if n == before and best and not again:
            if weight > _weight(text, best[-1], every):
                best[-1] = m
        elif n == before + 1 or n == 1 or (n > before and not _comes_later(before + 1, m, scored)):
            best.append(m)
    return best


def _comes_later(n: int, after: re.Match[str], scored: list[tuple[re.Match[str], int]]) -> bool:
    return any(m.start() > after.start() and _numbers(m)[0] == n and weight >= 2 for m, weight in scored)


def _weight(text: str, mark: re.Match[str], every: list[re.Match[str]]) -> int:
    """How much a line looks like the mark of a record: it stands as far in as the first one, apart from
    the text above, and a frame follows."""
    first = len(every[0]["indent"])
    below = blocks_of(text, mark.end(), min(len(text), mark.end() + 1500))[:8]
    framed = sum(bool(LABEL.match(b.text) or COPYRIGHT.match(b.text) or date_in(b)) for b in below)
    above = text[max(0, mark.start() - 6) : mark.start()]
    apart = mark.start() < 200 or len(re.findall(r"\n", above)) >= 3 or not above.strip()
    return (abs(len(mark["indent"]) - first) <= 3) + (framed >= 2) + apart


def _classic_head(text: str, blocks: list[Block], frame: _Frame) -> None:
    """Outlet above the date, edition and (where it has no label) headline below it."""
    named: list[Block] = []
    for block in blocks:
        lines = [
            line for line in lines_in(text, block) if not COPYRIGHT.match(line.text) and not above_date(line)
        ]
        dated = (
            next((k for k, line in enumerate(lines) if date_in(line)), None)
            if frame.published is None
            else None
        )
        if dated is not None:
            frame.published = date_in(lines[dated])
            above = lines[:dated] or named
            frame.outlet = outlet_name(" ".join(b.flat for b in above)) if above else None
            named = []
        elif lines and not COPYRIGHT.match(block.text):
            named.append(
                Block(lines[0].start, lines[-1].end, text[lines[0].start : lines[-1].end], block.indent)
            )
        elif lines and frame.published is None and not named and len(lines) == 1:
            named.append(lines[0])
    rest = [b for b in named if not EDITION.search(b.flat) and not PAGE.match(b.flat)]
    if frame.published is None and rest:
        frame.outlet = outlet_name(rest.pop(0).flat)
    rest = [b for b in rest if b.indent < 12]
    if rest and frame.title is None:
        _entitle(frame, rest[0])


# --- Nexis Uni --------------------------------------------------------------------------------


def _uni(text: str) -> tuple[tuple[Record, ...], str | None] | None:
    ends = list(_END.finditer(text))
    if not ends or not USUAL.search(text):
        return None
    found = []
    start = 0
    for end in ends:
        record = _record(text, start, end.start(), _uni_head)
        if record is not None:
            found.append(record)
            start = end.end()
    stated = _STATED.search(text[:20_000])
    return checked(found, int(stated[1]) if stated else len(found))


def _uni_head(text: str, blocks: list[Block], frame: _Frame) -> None:
    """Headline, outlet, date, copyright, a line each, nearest to the text: a cover page may stand above."""
    lines = [line for block in blocks for line in lines_in(text, block)]
    lines = [b for b in lines if not COPYRIGHT.match(b.text) and not PAGE.match(b.flat)]
    dated = next((k for k in range(len(lines) - 1, -1, -1) if date_in(lines[k])), None)
    if dated is not None:
        frame.published = date_in(lines[dated])
        lines = lines[:dated]
    if len(lines) >= 2:
        frame.outlet = outlet_name(lines[-1].flat)
        _entitle(frame, lines[-2])
    elif lines:
        _entitle(frame, lines[0])


# --- what both share --------------------------------------------------------------------------


def _record(text: str, start: int, end: int, head: _Head) -> _Read | None:
    """One record: the lines before the first label, the labels, the text, and labels again."""
    blocks = blocks_of(text, start, end)
    first = next((k for k, b in enumerate(blocks) if role_of(b) is not None and not above_date(b)), None)
    frame = _Frame()
    if first is None:
        first = min(3, len(blocks))
    body = _labels(text, blocks[first:], frame)
    head(text, blocks[:first], frame)
    body = body[: tail_of(body)]
    spans = [s for s in (frame.title_span, *frame.standfirst, span_of(body)) if s is not None]
    if not spans:
        return None
    meta = Meta(
        title=frame.title,
        outlet=frame.outlet,
        author=", ".join(dict.fromkeys(frame.authors)) or None,
        published=frame.published,
        published_from="header" if frame.published else None,
    )
    held = text[body[0].start : body[-1].end] if body else ""
    return record_of(spans, meta), short_of_words(held, frame.words)


def _labels(text: str, blocks: list[Block], frame: _Frame) -> list[Block]:
    """Take the labelled lines in; what is left is the text with the labels below it."""
    labelled = any(role_of(b) == "title" for b in blocks[:12])
    for k, block in enumerate(blocks):
        role = role_of(block)
        if role is None:
            if frame.title is None and not labelled and frame.words is None and len(block.flat) < 200:
                _entitle(frame, block)
                continue
            return blocks[k:]
        parts = fields_of(text, block)
        for at, (part_role, value) in enumerate(parts):
            if part_role == "body":
                last = parts[-1][1].end
                here = blocks_of(text, value.start, last) if value.text and at == len(parts) - 1 else []
                return [*here, *blocks[k + 1 :]]
            _take(frame, part_role, value)
    return []


def _take(frame: _Frame, role: str, value: Block) -> None:
    if not value.text.strip():
        return
    if role == "title" and frame.title is None:
        _entitle(frame, value)
    elif role == "author" and (name := author_of(value.flat)):
        frame.authors.append(name)
    elif role == "length" and (m := re.search(r"\d[\d.,]*", value.text)):
        frame.words = int(re.sub(r"\D", "", m.group()) or 0)
    elif role == "standfirst":
        frame.standfirst.append(Span(start=value.start, end=value.end))


def _entitle(frame: _Frame, block: Block) -> None:
    frame.title = block.flat
    frame.title_span = Span(start=block.start, end=block.end)
