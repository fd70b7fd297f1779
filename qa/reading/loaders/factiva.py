"""Exports of Factiva as records: the layout with field codes (HD, BY, PD, SN, LP, TD, AN) and the one of
lines without labels ("64 words", the date, the outlet), out of the text of a TXT, RTF or HTML file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.reading.authors import author_of
from qa.reading.loaders.blocks import Block, blocks_of, lines_in
from qa.reading.loaders.records import checked, record_of, short_of_words
from qa.reading.outlets import outlet_name
from qa.text.dates import find_dates, read_date
from qa.types import Meta, Record, Span

HEAD_CODES = ("SE", "CLM", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY")
TEXT_CODES = ("LP", "TD", "CT")
TAIL_CODES = ("RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "ART", "GC", "NGC", "CX", "RIC")
CODES = frozenset((*HEAD_CODES, *TEXT_CODES, *TAIL_CODES))
_CODE = re.compile(
    rf"^[ \t]*(?P<code>{'|'.join(sorted(CODES, key=len, reverse=True))})(?:[ \t\u00a0]+|\r?$)", re.M
)
# "Document J000000020210309eh3900001" in the languages of the page around it; some codes have one letter.
_DOCUMENT = re.compile(
    r"^[ \t]*(?:Documento?|Dokument|Документ|文件|文書|ドキュメント)[ \t]+"
    r"[A-Z][A-Z0-9]{7,23}[a-z]{2}[0-9a-z]{3,}[ \t]*\r?$",
    re.M,
)
_WORDS = re.compile(
    r"^(\d[\d.,\u00a0]*)\s?(?:words?|mots?|w[öo]rter|wort|palabras?|parol[ea]|palavras?|woorden|слов\w*"
    r"|字|字数|語|文字|단어)$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"^\d{1,2}:\d{2}(?:\s*[ap]m)?(?:\s+\w{2,4})?$", re.IGNORECASE)
_COPYRIGHT = re.compile(r"^\(?(?:copyright\b|©|\(c\)|c\)\s*(?:19|20)\d\d)", re.IGNORECASE)
_STATED = re.compile(
    r"\b(?:headlines|articles|documents)\s+\d+\s*(?:-|to)\s*\d+\s+of\s+(\d+)\b", re.IGNORECASE
)


def records_of(text: str) -> tuple[tuple[Record, ...], str | None] | None:
    """The records of an export in order; None for a text that is none."""
    found = list(_coded(text)) or list(_unlabelled(text))
    stated = _STATED.search(text[:4000])
    return checked(found, int(stated[1]) if stated else len(found))


# --- with field codes -------------------------------------------------------------------------


def _coded(text: str) -> Iterator[tuple[Record, bool]]:
    """A record begins with HD (or what may stand above it) and ends with AN. Inside its text only codes
    that can follow a text are codes; what else looks like one is quoted."""
    fields: dict[str, Span] = {}
    current: str | None = None
    lines = [(m.start(), m["code"], m.end()) for m in _CODE.finditer(text)]
    if not {"HD", "PD", "AN"} <= {code for _, code, _ in lines}:
        return
    opened = 0
    for at, code, value in [*lines, (len(text), "", len(text))]:
        if not _allowed(code, current):
            continue
        if current is not None:
            fields.setdefault(current, _trimmed(text, opened, at))
        if current == "AN" or code == "":
            if found := _from_fields(text, fields):
                yield found
            fields = {}
        current, opened = code, value


def _allowed(code: str, current: str | None) -> bool:
    if code == "":
        return True
    if current in (None, "AN"):
        return code in HEAD_CODES
    if current in TEXT_CODES:
        return code in TEXT_CODES[1:] or code in TAIL_CODES
    return True


def _trimmed(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    inner = part.strip()
    start += part.index(inner) if inner else 0
    return Span(start=start, end=start + len(inner))


def _from_fields(text: str, fields: dict[str, Span]) -> tuple[Record, bool] | None:
    def value(code: str) -> str | None:
        span = fields.get(code)
        flat = re.sub(r"\s+", " ", text[span.start : span.end]) if span else ""
        return flat or None

    spans = [s for code in ("HD", *TEXT_CODES[:2]) if (s := fields.get(code)) and s.end > s.start]
    if not spans:
        return None
    words = re.search(r"\d[\d.,]*", value("WC") or "")
    body = " ".join(text[s.start : s.end] for code in TEXT_CODES[:2] if (s := fields.get(code)))
    published = read_date(value("PD"))
    meta = Meta(
        title=value("HD"),
        outlet=outlet_name(value("SN")),
        author=author_of(value("BY")),
        published=published,
        published_from="header" if published else None,
    )
    stated = int(re.sub(r"\D", "", words.group())) if words else None
    return record_of(spans, meta), short_of_words(body, stated)


# --- without labels ---------------------------------------------------------------------------


def _unlabelled(text: str) -> Iterator[tuple[Record, bool]]:
    """Headline, byline, number of words, date, outlet, code, language, rights, text, "Document …"."""
    start = 0
    for end in _DOCUMENT.finditer(text):
        lines = [b for block in blocks_of(text, start, end.start()) for b in lines_in(text, block)]
        found = _from_lines(text, lines)
        if found is not None:
            yield found
            start = end.end()


def _from_lines(text: str, lines: list[Block]) -> tuple[Record, bool] | None:
    counted = next((k for k, b in enumerate(lines) if _WORDS.match(b.text)), None)
    if counted is None or counted == 0:
        return None
    # The line above the count is the byline where two lines stand above it; the headline may be longer.
    above = lines[:counted]
    byline = above[-1] if len(above) >= 2 and _byline_like(above) else None
    heads = above[:-1] if byline is not None else above
    title = heads[-1]
    rest = lines[counted + 1 :]
    published, outlet, k = below_count([b.text for b in rest[:9]])
    body_at = next((j + 1 for j, b in enumerate(rest[: k + 9]) if _COPYRIGHT.match(b.text)), None)
    body = rest[body_at if body_at is not None else min(k + 3, len(rest)) :]
    spans = [Span(start=title.start, end=title.end)]
    if body:
        spans.append(Span(start=body[0].start, end=body[-1].end))
    meta = Meta(
        title=title.flat,
        outlet=outlet,
        author=author_of(byline.flat) if byline else None,
        published=published,
        published_from="header" if published else None,
    )
    stated = word_count(lines[counted].text)
    held = text[body[0].start : body[-1].end] if body else ""
    return record_of(spans, meta), short_of_words(held, stated)


def word_count(line: str) -> int | None:
    """The number in the line that says how many words a record has; None for another line."""
    m = _WORDS.match(line.strip())
    return int(re.sub(r"\D", "", m[1])) if m else None


def below_count(lines: list[str]) -> tuple[str | None, str | None, int]:
    """(date, outlet, how many lines they took) of the lines below the number of words. What stands where
    the date would stand, and is none, is the outlet of a record without a date."""
    k, published = 0, None
    line = re.sub(r"\s*([年月日])\s*", r"\1", lines[0]) if lines else ""
    if len(line) <= 40 and (found := find_dates(line)) and _only_date(line, found[0]):
        published, k = found[0][2], 1
    while k < len(lines) and _CLOCK.match(lines[k]):
        k += 1
    return published, outlet_name(lines[k]) if k < len(lines) else None, k


def _only_date(line: str, found: tuple[int, int, str]) -> bool:
    """Whether a line is a date with a day of the week at most: "9 March News" is the name of an outlet."""
    rest = line[: found[0]] + " " + line[found[1] :]
    return len(rest.split()) <= 1


def _byline_like(lines: list[Block]) -> bool:
    """A name under a headline. A headline in title case under the name of its section is none."""
    text, above = lines[-1].text, lines[-2].text
    if re.match(r"(?:by|par|von|por)\s", text, re.IGNORECASE):
        return True
    short = 2 <= len(text.split()) <= 4 and not re.search(r"[.!?:,]$|\d", text)
    return (
        short
        and (text.istitle() or text.isupper())
        and (len(lines) > 2 or len(above.split()) > len(text.split()))
    )
