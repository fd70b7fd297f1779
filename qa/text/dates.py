"""Dates as printed on a page: found, read and kept with their precision. No clock, no time zone.

A value is ISO 8601 with the precision that was printed: ``2023``, ``2023-12`` or ``2023-12-08``.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Literal

LANGUAGES = ["en", "fr", "de", "es", "pt", "it", "nl"]
Order = Literal["DMY", "MDY"]

_YEAR = r"(?:19|20)\d{2}"
_WORD = r"[^\W\d_]{3,12}"
_ORD = r"(?:st|nd|rd|th|er|º|\.)?"
ISO = re.compile(rf"(?<![\d-])({_YEAR})-(\d{{2}})(?:-(\d{{2}}))?(?!\d)")
NUMERIC = re.compile(rf"(?<![\d/.])(\d{{1,2}})([/.-])(\d{{1,2}})\2({_YEAR})(?!\d)")
WORDED = re.compile(
    rf"(?<!\w)(?:(?P<dmy>\d{{1,2}}{_ORD}\s+(?:de\s+)?{_WORD}\.?,?\s+(?:de\s+)?{_YEAR})"
    rf"|(?P<mdy>{_WORD}\.?\s+\d{{1,2}}{_ORD},?\s+{_YEAR})"
    rf"|(?P<my>{_WORD}\.?,?\s+(?:de\s+)?{_YEAR}))(?!\w)"
)
URL = re.compile(r"https?://[^\s<>\"')\]]+")
_URL_DATE = re.compile(
    rf"/({_YEAR})(?:/(\d{{1,2}})(?:/(\d{{1,2}}))?(?=/|-|$)|(\d{{2}})(\d{{2}})(?=/|$|-))|[/-]({_YEAR})-(\d{{2}})-(\d{{2}})(?=/|-|$|\.)"
)
TIME = re.compile(
    r"(?<!\d)\d{1,2}(?:[:h.]\d{2})(?::\d{2})?\s*(?:[ap]\.?m\.?\b)?|\b\d{1,2}\s*[ap]\.?m\.?(?!\w)",
    re.IGNORECASE,
)


def _iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The ISO form, or None where the calendar has no such day."""
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def numeric_order(text: str) -> Order | None:
    """Whether 05/04/2024 on this page is April or May: from another date on it that can be only one
    of the two, from the 20h27 way of writing a time, or from am/pm; None where nothing tells."""
    for first, _, second, _year in NUMERIC.findall(text):
        if int(first) > 12 >= int(second):
            return "DMY"
        if int(second) > 12 >= int(first):
            return "MDY"
    near = [text[max(0, m.start() - 24) : m.end() + 24] for m in NUMERIC.finditer(text)]
    if any(re.search(r"\d{1,2}h\d{2}", part) for part in near):
        return "DMY"
    return None


@lru_cache(maxsize=4096)
def _worded(text: str, with_day: bool) -> str | None:
    month_word = re.search(_WORD, text)
    if month_word is None:
        return None
    import dateparser  # 100 ms; only where a page prints a date in words

    found = dateparser.parse(
        re.sub(r"(?<=\d)(?:st|nd|rd|th|er|º)\b", "", text),
        languages=LANGUAGES,
        settings={"REQUIRE_PARTS": ["day", "month", "year"] if with_day else ["month", "year"]},
    )
    if found is None:
        return None
    return _iso(found.year, found.month, found.day if with_day else None)


def find_dates(text: str, order: Order | None = None) -> list[tuple[int, int, str]]:
    """All dates printed in ``text`` as (start, end, ISO value), in order of appearance.

    An ambiguous 05/04/2024 gives only its year unless ``order`` says more.
    """
    found: list[tuple[int, int, str]] = []
    for m in ISO.finditer(text):
        value = _iso(int(m[1]), int(m[2]), int(m[3]) if m[3] else None)
        if value:
            found.append((m.start(), m.end(), value))
    for m in NUMERIC.finditer(text):
        first, second, year = int(m[1]), int(m[3]), int(m[4])
        if first > 12 or (order == "DMY" and second <= 12) or m[2] == ".":
            value = _iso(year, second, first)
        elif second > 12 or order == "MDY" or first == second:
            value = _iso(year, first, second)
        else:
            value = _iso(year)
        if value:
            found.append((m.start(), m.end(), value))
    for m in WORDED.finditer(text):
        value = _worded(m.group(), m["my"] is None)
        if value:
            found.append((m.start(), m.end(), value))
    found.sort()
    kept: list[tuple[int, int, str]] = []
    for item in found:
        if not kept or item[0] >= kept[-1][1]:
            kept.append(item)
    return kept


def date_in_url(url: str) -> str | None:
    """The date that the path of an article's URL carries (/2023/12/08/, /20231208/), or None."""
    m = _URL_DATE.search(url)
    if m is None:
        return None
    year = m[1] or m[6]
    month, day = m[2] or m[4] or m[7], m[3] or m[5] or m[8]
    if month is None:
        return None  # a bare year in a path is a section, not a date
    return _iso(int(year), int(month), int(day) if day else None)


def read_date(value: object) -> str | None:
    """A date out of a metadata field: ISO, RFC 822, in words, numeric, or seconds since 1970."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, int | float) and not isinstance(value, bool):
        if 1900 <= value <= 2100:
            return str(int(value))
        if value > 1e8:
            seconds = value / 1000 if value > 1e11 else value
            return datetime.fromtimestamp(seconds, UTC).date().isoformat()
        return None
    if not isinstance(value, str):
        return None
    found = find_dates(value, numeric_order(value))
    if found:
        return found[0][2]
    text = value.strip()
    if re.fullmatch(r"\d{8}", text):
        return _iso(int(text[:4]), int(text[4:6]), int(text[6:]))
    return text if re.fullmatch(_YEAR, text) else None


def day_range(value: str) -> tuple[int, int]:
    """First and last day that an ISO value of any precision covers, as integers YYYYMMDD."""
    parts = [int(p) for p in value.split("-")]
    year = parts[0]
    month_first, month_last = (parts[1], parts[1]) if len(parts) > 1 else (1, 12)
    if len(parts) > 2:
        first = last = parts[2]
    else:
        first, last = 1, calendar.monthrange(year, month_last)[1]
    return year * 10000 + month_first * 100 + first, year * 10000 + month_last * 100 + last
