"""Lines that say when and where: date stamps, datelines, and the machine's own headers."""

from __future__ import annotations

import re

from qa.reading.boilerplate import Line
from qa.text.dates import TIME, URL, find_dates
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import FOREIGN_WEEKDAYS, WEEKDAY_ABBREVIATIONS, WEEKDAY_NAMES

STAMP_HEADER = re.compile(
    r"^(?:date|published|crawled)[:\s]\s*(?P<date>(?:19|20)\d{2}-\d{2}(?:-\d{2})?)(?:T\S+)?"
    r"(?=\s|$)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_YEAR = r"(?:,?\s+(?:19|20)\d{2})?"
_CAPITAL = r"[A-ZÀ-Þ][\w.’'À-ÿ-]*"
_PLACE = rf"(?:{_CAPITAL})(?:[ ,/]+(?:{_CAPITAL}|de|of|am|la)){{0,4}}"
_DAY = rf"(?:[A-Z][a-z]{{2,8}}\.?\s+\d{{1,2}}{_YEAR}|\d{{1,2}}\s+[A-Z][a-z]{{2,8}}\.?{_YEAR})"
DATELINE = re.compile(
    rf"^(?P<place>{_PLACE})(?P<date>,?\s+(?:[-–—]{{1,2}}\s+)?{_DAY})?"  # TELLIN, May 3; TELLIN – May 3
    r",?\s*(?P<agency>\([^()\d]{2,40}\)|/[^/\d]{2,40}/)?"  # (Harbour Wire), /Release Wire/
    r"\s*(?P<dash>[-–—]{1,2}|:(?=\s))\s*(?=[\w“\"'‘\[(])"
)
_STAMP_WORDS = (
    *("published", "posted", "updated", "last updated", "last modified", "first published", "date", "on"),
    *("at", "by", "in", "publié", "publicado", "actualizado", "mis à jour", "le", "à", "el", "a las", "de"),
    *("veröffentlicht", "am", "uhr", "gmt", "bst", "utc", "cet", "cest", "est", "edt", "et", "pst", "pdt"),
    *("ist", "aktualisiert", "stand", "обновлено", "опубликовано", "oppdatert", "opdateret", "publisert"),
)
_LABELS = re.compile(
    rf"\b(?:{'|'.join(_STAMP_WORDS)}"
    rf"|{alternatives((*WEEKDAY_NAMES, *WEEKDAY_ABBREVIATIONS, *FOREIGN_WEEKDAYS))})\b",
    re.IGNORECASE,
)


def stamp_line(line: Line, order: str | None = None) -> str | None:
    """The date of a line that is a date or time stamp (with a byline, outlet or label at most)."""
    text = line.text.strip("*_ ")
    if len(text) > 140 or not re.search(r"\d", text):
        return None
    found = find_dates(text, order)  # type: ignore[arg-type]
    if not found:
        return None
    rest = text
    for start, end, _ in reversed(found):
        rest = rest[:start] + " " + rest[end:]
    rest = _LABELS.sub(" ", TIME.sub(" ", URL.sub(" ", rest)))
    words = re.findall(r"\w{2,}", rest)
    if len(words) > 6 or (re.search(r"[.!?]\s*$", rest) and len(words) > 2):
        return None
    # "3 March 2024: the dam is built" is a chronology, not a stamp
    if re.search(r":\s+\w+\s+\w+", rest) or any(
        w.islower() and len(w) > 3 for w in words[:6] if len(words) > 4
    ):
        return None
    return found[0][2]


def stampish(line: Line, order: str | None = None) -> bool:
    """A stamp line, or what stands in its place on lists: "3 days ago", the item's address."""
    return bool(
        stamp_line(line, order)
        or URL.fullmatch(line.text)
        or (line.words <= 10 and re.search(r"\b(?:\d+|an?) (?:minute|hour|day|week|month)s? ago$", line.text))
    )
