"""Messages of agencies in IPTC 7901: a header between SOH and STX, a text up to ETX, the time below."""

from __future__ import annotations

import re

from qa.errors import LoadError
from qa.reading.authors import author_of
from qa.reading.loaders.encoding import decode
from qa.reading.loaders.records import Piece, joined, missing, remarks, short_of_words
from qa.reading.stamps import DATELINE
from qa.text.dates import find_dates
from qa.types import Meta, SourceText

# Source and number, priority, category, number of words, key words.
_HEADER = re.compile(r"^\W*[A-Za-z]{2,4}\d{2,5}\s+\d\s+[A-Za-z]{1,3}\s+(?P<words>\d{1,5})\b")
_MESSAGE = re.compile("\x01(?P<header>[^\x01\x02]*)\x02(?P<text>[^\x03]*)\x03(?P<below>[^\x01]*)")
_SENT = re.compile(r"\b(?P<day>\d{2})\d{4}\s+(?P<month>[^\W\d_]{3,4})\.?\s+(?P<year>\d{2})\b")
_BY = re.compile(r"^(?:by|von|par|por)\s+(?P<name>[^=]{3,80}?)\s*=?$", re.IGNORECASE)
_DESK = re.compile(r",\s*[a-z]{2,5}(?:-[a-z]+)?$")  # the agency that a reporter writes for
_NOTEBOOK = re.compile(r"^\s*(?:#{1,2}\s|##)")  # what editors should know stands below the text


def looks_like(data: bytes) -> bool:
    head = data[:400].decode("latin-1")
    return "\x01" in head[:40] and "\x02" in head and b"\x03" in data and bool(_HEADER.match(head))


def load_wire(data: bytes) -> SourceText:
    """An article a message. Raises LoadError."""
    try:
        text, note = decode(data)
    except LoadError:  # marks and few letters above ASCII are too little to guess from
        text, note = data.decode("cp1252", "replace"), "decoded as cp1252, not UTF-8"
    messages = list(_MESSAGE.finditer(text))
    found = [p for m in messages if (p := _piece(m)) is not None]
    if not found:
        raise LoadError("no message with a text in this file of an agency")
    short = sum(is_short for _, is_short in found)
    lost = f"{short} of {len(found)} messages hold fewer words than their headers say" if short else None
    count = missing(len(found), text.count("\x01"), "messages")
    return joined([p for p, _ in found], "wire", remarks(note, count, lost))


def _piece(message: re.Match[str]) -> tuple[Piece, bool] | None:
    lines = [line.rstrip() for line in re.split(r"\r\n|\r|\n", message["text"])]
    lines = lines[: next((k for k, line in enumerate(lines) if _NOTEBOOK.match(line)), len(lines))]
    title, rest = _headline(lines)
    paragraphs = _paragraphs(rest)
    author = _BY.match(paragraphs[0]) if paragraphs else None
    if author:
        paragraphs = paragraphs[1:]
    if not paragraphs:
        return None
    published = _sent(message["below"])
    meta = Meta(
        title=title or None,
        outlet=_agency(paragraphs[0]),
        author=author_of(_DESK.sub("", author["name"])) if author else None,
        published=published,
        published_from="header" if published else None,
    )
    body = "\n\n".join(paragraphs)
    header = _HEADER.match(message["header"])
    return Piece(body, meta), short_of_words(body, int(header["words"]) if header else None)


def _headline(lines: list[str]) -> tuple[str, list[str]]:
    """The headline, which ends with "=", or is the first line; and the lines below it."""
    ends = next((k for k, line in enumerate(lines[:6]) if line.endswith("=")), None)
    if ends is None:
        ends = next((k for k, line in enumerate(lines) if line.strip()), 0)
    title = " ".join(line.strip(" =") for line in lines[: ends + 1] if line.strip())
    return title, lines[ends + 1 :]


def _agency(paragraph: str) -> str | None:
    """The agency that a dateline names."""
    m = DATELINE.match(paragraph) or re.match(r"^[^()]{2,60}\((?P<agency>[^()\d]{2,40})\)", paragraph)
    return m["agency"].strip("()/ ") if m and m["agency"] else None


def _paragraphs(lines: list[str]) -> list[str]:
    """A paragraph begins with an indented line or after an empty one."""
    found: list[str] = []
    apart = True
    for line in lines:
        if not line.strip(" =\x00-\x1f"):
            apart = True
        elif apart or line[:2] == "  ":
            found.append(line.strip())
            apart = False
        else:
            found[-1] += " " + line.strip()
    return found


def _sent(below: str) -> str | None:
    m = _SENT.search(below)
    if m is None:
        return None
    century = "19" if m["year"] >= "70" else "20"
    dates = find_dates(f"{int(m['day'])} {m['month']} {century}{m['year']}")
    return dates[0][2] if dates else None
