"""The times of a question: those that confine it to some articles, and whether the corpus reaches them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from qa.text.dates import day_range, find_dates
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import CALENDAR_WORD, month_pattern
from qa.text.lexicon.numbers import UNITS
from qa.types import CorpusInfo

_MONTH = month_pattern()
_YEAR = re.compile(
    rf"""
    \b(?: in | during | since | by | until | before | after | from | of | for | on )\s+
    (?: (?:early|mid|late)[\s-]+ | the\s+(?:\w+\s+){{1,3}}?(?:of\s+)? )?      # in late, in the spring of
    (?: \d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)? )?                             # on 4th of
    (?: {_MONTH}\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?:of\s+)? )?           # May 4,
    (?P<year>(?:19|20)\d\d)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def years_asked(question: str) -> list[int]:
    """The years that a question places itself in ("in January 2027", "since 1999"), in order. A year
    that is only part of a name or of a figure is not meant."""
    return [int(m["year"]) for m in _YEAR.finditer(question)]


_AS_OF = re.compile(
    r"\b(?:as of|as at|as known (?:by|on|in)|by the end of|until the end of)\s+(?P<when>[^?;]{4,30})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AsOf:
    """The date as of which a question asks, ISO with its precision; ``rest``: the question without it."""

    date: str
    rest: str


def as_of(question: str) -> AsOf | None:
    """What a question says of the day that it asks for ("as of March 2024"); None where it asks as of none.
    A date that is the topic ("the vote of 18 March 2024") is none."""
    m = _AS_OF.search(question)
    if m is None:
        return None
    found = find_dates(m["when"])
    if found:
        end, date = found[0][1:]
    else:
        year = re.match(r"(?:19|20)\d\d\b", m["when"])
        if year is None:
            return None
        end, date = year.end(), year.group()
    return AsOf(date, _joined(question[: m.start()], question[m.start("when") + end :]))


def outside(question: str, corpus: CorpusInfo, mentioned: Callable[[str], bool]) -> bool:
    """Whether every year asked for lies before or after all dated articles and is mentioned in none.
    ``mentioned``: whether a word stands anywhere in the corpus."""
    years = years_asked(question)
    if not years:
        return False
    first = int(corpus.first[:4]) if corpus.first else None
    last = int(corpus.last[:4]) if corpus.last else None
    return all(
        not mentioned(str(y)) and (first is None or last is None or not first <= y <= last) for y in years
    )


@dataclass(frozen=True, slots=True)
class TimeFrame:
    """Days that a question confines itself to, YYYYMMDD, both included; ``words``: as it says so; ``rest``:
    the question without them; ``point``: it names the time itself ("in May 2024") and not a side of it
    ("before …"); ``relative``: it was counted from the day taken as today."""

    since: int | None
    until: int | None
    words: str
    rest: str
    point: bool
    relative: bool = False


_AHEAD = re.compile(
    r"""\b(?: will | shall | (?:is|are)\s+to | going\s+to | plans? | planned | expected | due | must
    | (?-i:may) | can | until\s+when | by\s+when | deadline )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_WHEN = re.compile(r"^\W*(?:since |until |by )?(?:when|what (?:day|date|year|month))\b", re.IGNORECASE)
_LED = r"(?:(?:early|mid|late)[\s-]+|(?:the\s+)?(?:beginning|middle|end|start|month|course)\s+of\s+)?"
_AFTER_A_NOUN = re.compile(r"\b(?:of|from|dated)\s+$", re.IGNORECASE)
# "the night before 6 June", "two days after": at a distance from a day, not all that lies on a side of it
_DISTANCE = re.compile(
    r"\b(?:afternoon|day|evening|hour|minute|month|morning|night|week|weekend|year)s?\s+$", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"\b(?:between|from)\s+\u0001(?P<a>\d)\s+(?:and|to|until|till)\s+\u0001(?P<b>\d)", re.IGNORECASE
)
_MONTHS_OF_ONE_YEAR = re.compile(
    rf"""
    \b(?:between|from)\s+ (?P<a>{_MONTH}) \s+(?:and|to|until|till)\s+ (?P<b>{_MONTH}) \s+
    (?P<year>(?:19|20)\d\d)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SIDE = re.compile(
    rf"""
    \b(?P<side>
        before | until | till | up\s+to | prior\s+to | after | since | in | during | on | throughout | within
    )\s+ {_LED} \u0001(?P<a>\d)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_COUNT = alternatives(w for w, n in UNITS.items() if 1 < n <= 12)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_COUNTED_BACK = re.compile(
    rf"""
    \b(?: (?P<day>today|yesterday)
    | (?P<which>last|this|past|the\s+past|the\s+last)\s+ (?:(?P<n>\d+|{_COUNT})\s+)?
      (?P<unit>day|week|month|year)s?
    | (?:in|over|during|within)\s+the\s+(?:last|past)\s+ (?:(?P<n2>\d+|{_COUNT})\s+)?
      (?P<unit2>day|week|month|year)s? )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BARE_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d.,-]*\d)")


def time_frame(question: str, today: date | None) -> TimeFrame | None:
    """The time that a question confines itself to; None where it names none, where a date is part of what it
    asks about ("the treaty of 1952", "bought in March 2024, …"), or where it asks for a time or looks ahead.
    ``today``: from where "last week" is counted; None: such words are no time frame."""
    if _WHEN.search(question) or _AHEAD.search(question) or _AS_OF.search(question):
        return None
    return _of_dates(question) or (_counted_back(question, today) if today else None)


_DATED_NOUN = re.compile(
    rf"""
    \b(?P<noun> articles | pieces | stories | are | were | published | appeared )\s+ (?:dated|from|of)\s+
    (?= {_LED} (?:\d{{1,2}}\s+)? (?: {_MONTH}\b | (?:19|20)\d\d ) )
    """,
    re.IGNORECASE | re.VERBOSE,
)


def before_noun(question: str) -> str:
    """A question about articles "from May 2024" with the time in the form that ``time_frame`` reads."""
    return _DATED_NOUN.sub(lambda m: f"{m['noun']} in ", question)


def _marked(question: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The question with every date replaced by a mark, and the dates with their places."""
    dates = find_dates(question)
    for m in _BARE_YEAR.finditer(question):
        if not any(a < m.end() and m.start() < b for a, b, _ in dates):
            dates.append((m.start(), m.end(), m.group()))
    dates = sorted(dates)[:9]
    parts, at = [], 0
    for n, (a, b, _) in enumerate(dates):
        parts += [question[at:a], f"\u0001{n}"]
        at = b
    return "".join([*parts, question[at:]]), dates


def _of_dates(question: str) -> TimeFrame | None:
    marked, dates = _marked(question)
    if not dates:
        return None
    if m := _MONTHS_OF_ONE_YEAR.search(question):
        # "between February and April 2024": the first month takes the year of the second
        spans = [day_range(v) for _, _, v in find_dates(f"{m['a']} {m['year']}; {m['b']} {m['year']}")]
        rest = _joined(question[: m.start()], question[m.end() :])
        return TimeFrame(spans[0][0], spans[-1][1], m.group(), rest, point=False) if spans else None

    def whole(m: re.Match[str]) -> tuple[str, str]:
        def back(text: str) -> str:
            return re.sub("\u0001(\\d)", lambda d: question[dates[int(d[1])][0] : dates[int(d[1])][1]], text)

        return back(m.group()), _joined(back(marked[: m.start()]), back(marked[m.end() :]))

    if m := _BETWEEN.search(marked):
        first, last = day_range(dates[int(m["a"])][2])[0], day_range(dates[int(m["b"])][2])[1]
        return TimeFrame(first, last, *whole(m), point=False) if first <= last else None
    if len(dates) > 1:
        return None  # two times are two things that are asked about
    for m in _SIDE.finditer(marked):
        side, lead = m["side"].lower(), marked[: m.start()]
        if _AFTER_A_NOUN.search(lead) or _aside(marked, m):
            continue
        if side.startswith(("before", "prior", "after")) and _DISTANCE.search(lead):
            continue
        first, last = day_range(dates[int(m["a"])][2])
        if side.startswith(("before", "prior")):
            return TimeFrame(None, _next_day(first, -1), *whole(m), point=False)
        if side.startswith(("until", "till", "up")):
            return TimeFrame(None, last, *whole(m), point=False)
        if side == "after":
            return TimeFrame(_next_day(last, 1), None, *whole(m), point=False)
        if side == "since":
            return TimeFrame(first, None, *whole(m), point=False)
        return TimeFrame(first, last, *whole(m), point=True)
    return None


@dataclass(frozen=True, slots=True)
class EventSide:
    """A time given by an event: ``side`` of ``event``, as ``words``, without them ``rest``."""

    side: str
    event: str
    words: str
    rest: str


_EVENT_SIDE = re.compile(
    r"\b(?P<words>(?P<side>since|before|after)\s+"
    r"(?P<event>(?:the|his|her|their|its|[A-Z])[^\d?.,;]{3,60}))[?.!]*$"
)


def event_side(question: str) -> EventSide | None:
    """The event before, after or since which a question asks, at its end and without a date."""
    m = _EVENT_SIDE.search(question.strip())
    if m is None or _WHEN.search(question) or CALENDAR_WORD.match(m["event"]):
        return None
    return EventSide(m["side"], m["event"].strip(), m["words"].strip(), _joined(question[: m.start()], "?"))


def _aside(marked: str, m: re.Match[str]) -> bool:
    """Whether a time stands between commas, in words that only describe a thing ("…, bought in May, …")."""
    before = marked.rfind(",", 0, m.start())
    after = marked[m.end() :].lstrip()[:1] == ","
    return before >= 0 and after and bool(re.search(r"\w", marked[before + 1 : m.start()]))


def _next_day(day: int, step: int) -> int:
    moved = date(day // 10000, day // 100 % 100, day % 100) + timedelta(days=step)
    return moved.year * 10000 + moved.month * 100 + moved.day


def _number_of(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _joined(before: str, after: str) -> str:
    return re.sub(r"\s+([?.!,])", r"\1", re.sub(r"\s+", " ", f"{before} {after}")).strip(" ,")


def _counted_back(question: str, today: date) -> TimeFrame | None:
    m = _COUNTED_BACK.search(question)
    if m is None:
        return None
    rest = _joined(question[: m.start()], question[m.end() :])
    if m["day"]:
        day = today - timedelta(days=m["day"].lower() == "yesterday")
        return TimeFrame(_number_of(day), _number_of(day), m.group(), rest, point=True, relative=True)
    unit = (m["unit"] or m["unit2"]).lower()
    count = m["n"] or m["n2"]
    which = (m["which"] or "past").lower().split()[-1]
    if count or m["unit2"] or which == "past" or unit == "day":
        n = int(count) if count and count.isdigit() else UNITS.get((count or "").lower(), 1)
        first, last = today - timedelta(days=n * _DAYS[unit]), today
    else:
        first, last = _calendar_unit(today, unit, this=which == "this")
    return TimeFrame(_number_of(first), _number_of(last), m.group(), rest, point=True, relative=True)


def _calendar_unit(today: date, unit: str, this: bool) -> tuple[date, date]:
    """The week (from Monday), month or year that holds ``today``, or the one before it."""
    if unit == "week":
        first = today - timedelta(days=today.weekday() + (0 if this else 7))
        return first, first + timedelta(days=6)
    if unit == "month":
        first = today.replace(day=1)
        first = first if this else (first - timedelta(days=1)).replace(day=1)
        return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    year = today.year - (0 if this else 1)
    return date(year, 1, 1), date(year, 12, 31)
