"""The day behind an expression of time: counted from the article's own date, or from a day of its text.

Arithmetic on the calendar only. (``dateparser`` reads such words against a clock and puts a "Monday" that
is published on a Monday a week earlier; ISO weeks, Monday to Sunday, are those of ISO 8601.)
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from qa.attribution.time_words import TimeWord, Why, looks_ahead
from qa.text.dates import find_dates
from qa.text.lexicon.calendar import MONTH_NAMES, WEEKDAY_NAMES
from qa.text.lexicon.numbers import TENS, UNITS
from qa.text.terms import STOP, tokens

_SPACE = re.compile(r"\s+")
_THE = re.compile(r"^the\s+")


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of time in its sentence, and what its day may hang on. ``published``: the article's date,
    as far as it has one, ``base`` where that is a day; ``before``: the expressions before it; ``dated``:
    where days stand that are known; ``absolute``: the dates printed in its sentence."""

    kind: str
    m: re.Match[str]
    text: str
    sentence: tuple[int, int]
    published: str | None
    base: date | None
    before: Sequence[TimeWord]
    dated: Sequence[tuple[int, str]]
    absolute: Sequence[tuple[int, int, str]]
    sentences: Sequence[tuple[int, int]]

    def group(self, name: str) -> str:
        """A part of the expression, in small letters; "" where it has none."""
        return (self.m.groupdict().get(name) or "").lower()

    @property
    def side(self) -> str:
        return _THE.sub("", self.group("side"))

    @property
    def days_before(self) -> list[tuple[int, str]]:
        """Where days stand that are known, of the sentences before and of the expressions before it."""
        worked_out = ((w.start, w.value) for w in self.before if w.value and len(w.value) == 10)
        return [*self.dated, *worked_out]


@dataclass(frozen=True, slots=True)
class _Counted:
    """What an expression comes to: a day or a stretch of them, or ``why`` none. ``how``: counted from what,
    where that is not the article's date; ``end``: of the expression, where it is shorter than found."""

    value: str | None
    why: Why | None = None
    how: str | None = None
    end: int | None = None


def worked_out(x: Expression) -> TimeWord:
    """An expression with its day, or with why it has none."""
    counted = _RULES[x.kind](x)
    stop = counted.end or x.m.end()
    words = _SPACE.sub(" ", x.text[x.m.start() : stop])
    if counted.why is not None:
        how = _UNDATED[counted.why].format(words=words)
    else:
        how = counted.how or f"“{words}”, counted from the article's date, {x.published}"
    return TimeWord(x.m.start(), stop, words, counted.value, counted.why, how)


_UNDATED: dict[Why, str] = {
    "no_date": "“{words}” cannot be dated: the article gives no full date of its own.",
    "no_year": "“{words}”: the year is not stated.",
    "vague": "“{words}” names no day.",
    "anchor": "“{words}” hangs on a day that the article does not date.",
}


# --- the calendar ---

_WORDS = UNITS | TENS | {"a": 1, "an": 1}
_PARTS = ("morning", "afternoon", "evening", "night")  # of a day


def day_of(value: str | None) -> date | None:
    return date.fromisoformat(value) if value and len(value) == 10 else None


def _shift(d: date, n: int, unit: str) -> str:
    """``n`` units from a day; months and years keep only their own precision."""
    if unit == "day" or unit in _PARTS:
        return (d + timedelta(days=n)).isoformat()
    if unit == "week":
        return (d + timedelta(days=7 * n)).isoformat()
    if unit == "month":
        months = d.year * 12 + d.month - 1 + n
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    return f"{d.year + n * (10 if unit == 'decade' else 1):04d}"


def _week(d: date, n: int = 0) -> tuple[date, date]:
    monday = d - timedelta(days=d.weekday()) + timedelta(days=7 * n)
    return monday, monday + timedelta(days=6)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS[word]


# --- from the article's date ---

_BACK = ("last", "past", "previous")
_ON = ("next", "coming", "following")


def _from_date(count: Callable[[Expression, date], str]) -> Callable[[Expression], _Counted]:
    """A rule that counts from the article's day; where it has only a month or a year, what that allows."""

    def rule(x: Expression) -> _Counted:
        value = count(x, x.base) if x.base is not None else _rough(x)
        return _Counted(value, None if value else "no_date")

    return rule


def _rough(x: Expression) -> str | None:
    """What a date without a day allows: "last year" of 2023, "last month" of 2023-12."""
    n = {"last": -1, "next": 1}.get(x.side, 0)
    if x.published and x.kind == "year":
        return f"{int(x.published[:4]) + n:04d}"
    if x.published and x.kind == "month" and len(x.published) == 7:
        return _shift(date(int(x.published[:4]), int(x.published[5:7]), 1), n, "month")
    return None


def _ago(x: Expression, base: date) -> str:
    """So long before publication: "two weeks ago"."""
    return _shift(base, -_number(x.group("n")), x.group("unit"))


def _deictic(x: Expression, base: date) -> str:
    """The day, the day before or the day after: "this morning", "last night", "tomorrow"."""
    low = x.m.group().lower()
    return _shift(base, -1 if "yesterday" in low or "last" in low else int("tomorrow" in low), "day")


def _weekday(x: Expression, base: date) -> str:
    """The latest such day on or before publication; the first after it where the text looks ahead."""
    day = WEEKDAY_NAMES.index(x.group("day"))
    ahead, back = (day - base.weekday()) % 7, (base.weekday() - day) % 7
    if x.side in _BACK:
        return _shift(base, -(back or 7), "day")
    if x.side in _ON or looks_ahead(x.text, x.sentence, x.m.start()):
        return _shift(base, ahead or 7, "day")
    return _shift(base, -back, "day")


def _week_or_weekend(x: Expression, base: date) -> str:
    """A week from Monday to Sunday, or a part of it: "earlier this week", "next weekend"."""
    if x.side == "past" and x.group("unit") == "week":
        return f"{base - timedelta(days=7)}/{base}"  # "over the past week": the seven days up to publication
    monday, sunday = _week(base, -1 if x.side in _BACK else int(x.side in _ON))
    if x.group("unit") == "weekend":
        return f"{sunday - timedelta(days=1)}/{sunday}"
    part = x.group("part")
    return f"{base if part == 'later' else monday}/{base if part == 'earlier' else sunday}"


def _month_or_year(x: Expression, base: date) -> str:
    """A whole month or year: "last month", "next year"."""
    return _shift(base, {"last": -1, "next": 1}.get(x.side, 0), x.kind)


def _vague(x: Expression) -> _Counted:
    """No day at all: "recently"."""
    return _Counted(None, "vague")


def _without_year(x: Expression) -> _Counted:
    """A month, or a day of one, without a year: the nearest before publication, or after it where the
    text looks ahead; nothing where the article has no date."""
    if x.published is None or len(x.published) == 4:
        return _Counted(None, "no_year")
    name = (x.group("m") or x.group("m2")).rstrip(".")
    month = next(i for i, w in enumerate(MONTH_NAMES, 1) if w.startswith(name[:3]))
    day = int(x.group("d") or x.group("d2")) if x.kind == "month_day" else None
    year, now = int(x.published[:4]), int(x.published[5:7])
    if day is not None and day > calendar.monthrange(year, month)[1]:
        return _Counted(None, "no_year")
    year += _years_on(x, (month, day), now)
    return _Counted(f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day is not None else ""))


def _years_on(x: Expression, then: tuple[int, int | None], now: int) -> int:
    """The year of a month and perhaps a day: that of publication (0), the one before or the one after."""
    month, day = then
    today = int(x.published[8:10]) if x.published and len(x.published) == 10 else None
    later = month > now if day is None else (month, day) > (now, today or 31)
    ahead = looks_ahead(x.text, x.sentence, x.m.start())
    if later:
        return 0 if ahead else -1
    return int(ahead and (month, day or 31) < (now, today or 0))


# --- from another day of the text ---

_EVENT_ENDS = re.compile(
    r"\b(?:and|but|when|where|which|who|while|as|he|she|it|they|in|on|at|to|by|for)\b|"
    r"(?<=\w)\s+(?:the|an?|his|her|its)\b"
)


def _anchored(x: Expression) -> _Counted:
    """Counted from the day that the article gives for an event: "two days after the vote"."""
    what = _EVENT_ENDS.split(x.m["what"])[0].rstrip()
    end = x.m.start("what") + len(what)
    day = day_of(_date_of(what, x))
    if day is None:
        return _Counted(None, "anchor", end=end)
    n = _number(x.group("n") or "one") * (-1 if x.group("side") == "before" else 1)
    how = f"“{x.text[x.m.start() : end]}”, counted from {day}, which the article gives for it"
    return _Counted(_shift(day, n, x.group("unit") or "day"), how=how, end=end)


def _from_day_before(x: Expression) -> _Counted:
    """Counted from the day named last before it: "the next day", "two weeks later"."""
    near = _named_last(x)
    known = [w for w in x.before if w.start < x.m.start() and w.why != "vague"]
    if known and known[-1].value is None and (near is None or known[-1].start > near[0]):
        return _Counted(None, "anchor")
    day = day_of(near[1]) if near is not None else None
    if day is None:
        return _Counted(None, "anchor")  # it hangs on a day of the text, not on the article's
    unit = x.group("unit") or x.group("unit2") or "day"
    n = _SIDES.get(x.group("side"), 0) * _number(x.group("n") or "one")
    how = f"“{x.m.group()}”, counted from {day}, named before it"
    return _Counted(_shift(day, n, unit), how=how)


def _named_last(x: Expression) -> tuple[int, str] | None:
    """The day named last before an expression, and where it stands."""
    printed = ((s, v) for s, _, v in x.absolute if len(v) == 10)
    return max((day for day in (*x.days_before, *printed) if day[0] < x.m.start()), default=None)


_SIDES = {"next": 1, "following": 1, "later": 1, "previous": -1, "earlier": -1, "before": -1}
_STANDING = re.compile(r"^(?:the|a|an|his|her|its|their|this|that)\s+", re.IGNORECASE)


def _date_of(what: str, x: Expression) -> str | None:
    """The day that the article gives for an event: it is a day itself, or its noun stands in a sentence
    with exactly one day that is known."""
    own = find_dates(what)
    if own:
        return own[0][2]
    words = [t for _, _, t in tokens(_STANDING.sub("", what)) if t not in STOP]
    if not words:
        return None
    days = x.days_before
    for a, b in reversed([s for s in x.sentences if s[0] < x.m.start()]):
        inside = {v for s, v in days if a <= s < b}
        if len(inside) == 1 and words[-1] in {t for _, _, t in tokens(x.text[a:b])}:
            return inside.pop()
    return None


_RULES: dict[str, Callable[[Expression], _Counted]] = {
    "ago": _from_date(_ago),
    "anchored": _anchored,
    "later": _from_day_before,
    "follow": _from_day_before,
    "week": _from_date(_week_or_weekend),
    "month": _from_date(_month_or_year),
    "year": _from_date(_month_or_year),
    "month_day": _without_year,
    "weekday": _from_date(_weekday),
    "named_month": _without_year,
    "day": _from_date(_deictic),
    "vague": _vague,
}
