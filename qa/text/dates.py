"""Dates as printed on a page: found, read and kept with their precision. No clock, no time zone.

A value is ISO 8601 with the precision that was printed: ``2023``, ``2023-12`` or ``2023-12-08``.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate
from functools import lru_cache
from typing import Literal

LANGUAGES = ["en", "fr", "de", "es", "pt", "it", "nl", "pl", "da", "ru", "uk", "ar"]
Order = Literal["DMY", "MDY"]

_YEAR = r"(?:19|20)\d{2}"
_WORD = r"[^\W\d_]{3,12}"
_ORD = r"(?:st|nd|rd|th|er|º|\.)?"
ISO = re.compile(rf"(?<![\d-])({_YEAR})-(\d{{2}})(?:-(\d{{2}}))?(?!\d)")
YEAR_FIRST = re.compile(  # 2021/03/09, 2021.03.09, 2021年3月9日
    rf"(?<![\d/.])({_YEAR})(?:([/.])(\d{{1,2}})\2(\d{{1,2}})(?!/?\d)|年\s*(\d{{1,2}})月(?:\s*(\d{{1,2}})日)?)"
)
COMPACT = re.compile(rf"(?<!\d)({_YEAR})(\d{{2}})(\d{{2}})T\d{{4,6}}(?:\.\d+)?Z?(?!\d)")  # 20210309T081500Z
DASHED = re.compile(rf"(?<!\w)\d{{1,2}}-{_WORD}-{_YEAR}(?!\w)")  # 9-Mar-2021
# The C library's asctime and Twitter's: Tue Mar 09 08:00:00 +0000 2021
YEAR_LAST = re.compile(
    rf"(?<!\w)(?:{_WORD}\s+)?({_WORD})\s+(\d{{1,2}})\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?"
    rf"(?:\s+[+-]?\w{{1,5}})?\s+({_YEAR})(?!\w)"
)
# Digits of Arabic and full-width text; one character each, so that offsets stay.
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９", "0123456789" * 3)
NUMERIC = re.compile(rf"(?<![\d/.])(\d{{1,2}})([/.-])(\d{{1,2}})\2({_YEAR})(?!\d)")
WORDED = re.compile(
    rf"(?<!\w)(?:(?P<dmy>\d{{1,2}}{_ORD}\s+(?:de\s+)?{_WORD}\.?,?\s+(?:de\s+)?{_YEAR})"
    rf"|(?P<mdy>{_WORD}\.?\s+\d{{1,2}}{_ORD},?\s+{_YEAR})"
    rf"|(?P<my>{_WORD}\.?,?\s+(?:de\s+)?{_YEAR}))(?!\w)"
)
URL = re.compile(r"https?://[^\s<>\"')\]]+")
_URL_DATE = re.compile(
    rf"/({_YEAR})(?:/(\d{{1,2}})(?:/(\d{{1,2}}))?(?=/|-|$)|(\d{{2}})(\d{{2}})(?=/|$|-))|"
    rf"[/-]({_YEAR})-(\d{{2}})-(\d{{2}})(?=/|-|$|\.)"
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


_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=4096)
def _month(word: str) -> int | None:
    """The number of a month by its name in any of the languages, in whatever case of grammar it stands."""
    import dateparser  # 100 ms; only where a page prints a date in words

    found = dateparser.parse(
        f"1 {word} 2000", languages=LANGUAGES, settings={"REQUIRE_PARTS": ["day", "month"]}
    )
    return found.month if found is not None and (found.year, found.day) == (2000, 1) else None


def _worded(text: str, with_day: bool) -> str | None:
    """A date with its month in letters; ``text`` is a match of one of the patterns above."""
    year = re.search(_YEAR, text)
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", text)
    words = [w for w in re.findall(_WORD, text) if w.lower() not in ("de", "del")]
    month = next((m for m in map(_month, words) if m), None)
    if year is None or month is None or (with_day and day is None):
        return None
    return _iso(int(year.group()), month, int(day.group()) if with_day and day else None)


def find_dates(text: str, order: Order | None = None) -> list[tuple[int, int, str]]:
    """All dates printed in ``text`` as (start, end, ISO value), in order of appearance.

    An ambiguous 05/04/2024 gives only its year unless ``order`` says more.
    """
    if _DIGIT.search(text) is None:
        return []  # every date that is read has its year in figures
    text = text.translate(_DIGITS)
    found: list[tuple[int, int, str]] = list(_year_first(text))
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


def _year_first(text: str) -> Iterator[tuple[int, int, str]]:
    """Dates whose parts can stand in one order only."""
    for m in YEAR_FIRST.finditer(text):
        value = _iso(int(m[1]), int(m[3] or m[5]), int(m[4] or m[6]) if m[4] or m[6] else None)
        if value:
            yield m.start(), m.end(), value
    for m in COMPACT.finditer(text):
        value = _iso(int(m[1]), int(m[2]), int(m[3]))
        if value:
            yield m.start(), m.end(), value
    for m in DASHED.finditer(text):
        value = _worded(m.group().replace("-", " "), True)
        if value:
            yield m.start(), m.end(), value
    for m in YEAR_LAST.finditer(text):
        value = _worded(f"{m[1]} {m[2]} {m[3]}", True)
        if value:
            yield m.start(), m.end(), value


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
    if re.match(r"(?:\w{3},\s*)?\d{1,2}\s+\w{3}\s+\d{2}\s", text) and (parsed := parsedate(text)):
        return _iso(*parsed[:3])  # RFC 822 had two digits for the year
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
