"""When things happen: words like "Friday", "earlier this week" or "two days after the vote", worked out from
the article's own date where it has one, and never from the day on which it is read.

Arithmetic on the calendar only. (``dateparser`` reads such words against a clock and puts a "Monday" that
is published on a Monday a week earlier; ISO weeks, Monday to Sunday, are those of ISO 8601.)
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from qa.reading.chunker import units
from qa.text.dates import find_dates
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import (
    DEICTIC,
    MONTH_NAMES,
    WEEKDAY_NAMES,
    month_pattern,
    weekday_pattern,
)
from qa.text.lexicon.numbers import TENS, UNITS, number_pattern
from qa.text.lexicon.speech import verb_pattern
from qa.text.terms import STOP, tokens
from qa.types import Article, EventDate, PublishedFrom

Why = Literal["no_date", "no_year", "vague", "anchor"]
_DAY = weekday_pattern(titled=True)
_MONTH = month_pattern(titled=True)
_MON = month_pattern(titled=True, short=True)
_NUMBER = rf"(?:an?|{number_pattern(upto=12)}|fourteen|twenty|\d{{1,3}})"
_WORDS = UNITS | TENS | {"a": 1, "an": 1}
_PART = r"(?:\s+(?:morning|afternoon|evening|night|lunchtime))?"
_FORE = r"(?:(?:[Ee]arly|[Ll]ate|[Ee]arlier|[Ll]ater)\s+)?(?:on\s+)?"

_PATTERNS: list[tuple[str, re.Pattern[str]]] = [
    (
        "ago",
        re.compile(rf"\b(?P<n>{_NUMBER})\s+(?P<unit>day|week|month|year|decade)s?\s+ago\b", re.IGNORECASE),
    ),
    (
        "anchored",
        re.compile(
            rf"\b(?:(?P<n>{_NUMBER})\s+(?P<unit>day|week|month|year)s?|the\s+(?P<one>day|morning|evening|"
            rf"night|week))\s+(?P<side>after|before|following|since)\s+(?P<what>[^.;:,“”\"()—–]+)",
            re.IGNORECASE,
        ),
    ),
    (
        "later",
        re.compile(
            rf"\b(?P<n>{_NUMBER})\s+(?P<unit>day|week|month|year)s?\s+(?P<side>later|earlier|before)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "follow",
        re.compile(
            r"\b(?:(?:on\s+)?the\s+(?P<side>next|following|previous|same|very)\s+(?P<unit>day|morning|"
            r"evening|night|week|month|year)|(?:(?:[Ll]ater|"
            r"[Ee]arlier)\s+)?(?:on\s+)?that(?:\s+same)?\s+(?P<unit2>day|morning|afternoon|evening|night))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "week",
        re.compile(
            r"\b(?:(?P<part>earlier|later)\s+)?(?P<side>this|last|next|(?:the\s+)?coming|"
            r"(?:the\s+)?past)\s+(?P<unit>week|weekend)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "month",
        re.compile(
            r"\b(?:(?P<part>earlier|later|late|early)\s+)?(?P<side>this|last|next)\s+(?P<unit>month)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "year",
        re.compile(
            r"\b(?:(?P<part>earlier|later|late|early)\s+)?(?P<side>this|last|"
            r"next)\s+(?P<unit>year)(?![’']s?\s+(?:\w+\s+){0,2}(?:Summit|Festival|Cup|Prize)\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "month_day",
        re.compile(
            rf"\b(?:(?P<m>{_MON})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|"
            rf"th)?(?:\s*[–—-]\s*(?:{_MON}\s+)?\d{{1,2}}\b)?|(?P<d2>\d{{1,2}})(?:st|nd|rd|"
            rf"th)?(?:\s+of)?\s+(?P<m2>{_MON}))(?!\s*,?\s*(?:19|20)\d\d)(?![\w:])"
        ),
    ),
    (
        "weekday",
        re.compile(
            rf"\b{_FORE}(?:(?P<side>last|next|this|(?:the\s+)?(?:coming|following|previous|"
            rf"past))\s+)?(?P<day>{_DAY})(?!s)(?:[’']s)?{_PART}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "named_month",
        re.compile(
            rf"(?:\b(?P<part>[Ee]arly|[Ll]ate|mid|[Ee]arlier|[Ll]ast|[Nn]ext|[Tt]his)[\s-]+|\b(?:[Ii]n|"
            rf"[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Oo]f|[Aa]|[Tt]he|[Dd]uring|[Ff]or|"
            rf"[Tt]o)\s+)(?:in\s+)?(?P<m>{_MONTH})(?!\s*,?\s*(?:\d|of\s+(?:19|"
            rf"20)\d))(?!\s+[A-Z])(?:[’']s)?\b"
        ),
    ),
    (
        "day",
        re.compile(
            rf"\b(?:(?:[Ee]arlier|[Ll]ater)\s+in\s+the\s+day|(?:[Ee]arlier|[Ll]ater|[Ll]ate|"
            rf"[Ee]arly)\s+(?:today|yesterday|tomorrow)(?:\s+(?:morning|afternoon|evening|night))?|"
            rf"{alternatives(DEICTIC)}(?:\s+(?:morning|afternoon|evening|night))?|this\s+(?:morning|"
            rf"afternoon|evening)|last\s+(?:night|evening))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "vague",
        re.compile(
            r"\b(?:recently|lately|soon|(?:in\s+)?(?:the\s+)?(?:recent|coming|past few|last few|next few|"
            r"upcoming|previous)\s+(?:day|week|month|year|decade)s|(?:the\s+)?(?:near|foreseeable)\s+future|"
            r"these days|(?:last|next|this)\s+(?:summer|spring|autumn|fall|winter))\b",
            re.IGNORECASE,
        ),
    ),
]
_FUTURE = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were)\s+to|is\s+due|are\s+due|to\s+be|going\s+to|is\s+expected|"
    r"are\s+expected|is\s+scheduled|upcoming|plans?\s+to|takes?\s+place|opens|starts|begins|due)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TimeWord:
    """An expression of time in a source text. ``value``: ISO with its precision, or ``a/b`` for days from
    a to b; None with ``why``. ``how``: from what it was worked out, for a person."""

    start: int
    end: int
    text: str
    value: str | None
    why: Why | None
    how: str


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value and len(value) == 10 else None


def _iso(d: date, precision: str = "day") -> str:
    return d.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def _shift(d: date, n: int, unit: str) -> str:
    """``n`` units from a day; months and years keep only their own precision."""
    if unit in ("day", "morning", "evening", "night"):
        return _iso(d + timedelta(days=n))
    if unit == "week":
        return _iso(d + timedelta(days=7 * n))
    if unit == "month":
        months = d.year * 12 + d.month - 1 + n
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    return f"{d.year + n * (10 if unit == 'decade' else 1):04d}"


def _week(d: date, n: int = 0) -> tuple[date, date]:
    monday = d - timedelta(days=d.weekday()) + timedelta(days=7 * n)
    return monday, monday + timedelta(days=6)


def _number(word: str | None) -> int:
    word = (word or "one").lower()
    return int(word) if word.isdigit() else _WORDS[word]


_SAID = verb_pattern("words", without=("told", "noun"), of=lambda v: v.finite)


def _clause(text: str, start: int, at: int, end: int) -> str:
    """The clause that an expression stands in: up to the nearest mark on both sides."""
    left = max((m.end() for m in re.finditer(r"[;:—–“”\"]|,\s", text[start:at])), default=0)
    right = next(
        (m.start() for m in re.finditer(rf"[;:—–“”\"]|,\s|\b(?:{_SAID}|that)\b", text[at:end])),
        end - at,
    )
    return text[start + left : at + right]


def times(text: str, article: Article, sentences: Sequence[tuple[int, int]]) -> list[TimeWord]:
    """Every expression of time of an article's sentences whose day depends on another, in order."""
    published = article.meta.counted_from
    base = _day(published)
    found: list[TimeWord] = []
    dated: list[tuple[int, str]] = []  # where a day stands that is known, for "the next day"
    for a, b in sentences:
        taken: list[tuple[int, int]] = []
        absolute = [(a + s, a + e, v) for s, e, v in find_dates(text[a:b])]
        taken += [(s, e) for s, e, _ in absolute]
        here: list[TimeWord] = []
        for kind, pattern in _PATTERNS:
            for m in pattern.finditer(text, a, b):
                if any(s < m.end() and m.start() < e for s, e in taken) or _no_time(kind, m, text, a):
                    continue
                word = _worked_out(
                    kind, m, text, (a, b), published, base, [*found, *here], dated, absolute, sentences
                )
                taken.append((word.start, word.end))
                here.append(word)
        found += sorted(here, key=lambda w: w.start)
        dated += [(w.start, w.value) for w in here if w.value and len(w.value) == 10]
        dated += [(s, v) for s, _, v in absolute if len(v) == 10]
        dated.sort()
    return found


def _no_time(kind: str, m: re.Match[str], text: str, start: int) -> bool:
    """What only looks like a time: "may" the verb, "the March", a day in a name ("Black Friday")."""
    if kind == "weekday":
        return (
            bool(
                re.search(r"\b(?:Black|Good|Holy|Bloody|[Ee]very|[Ee]ach|Super)\s+$", text[start : m.start()])
            )
            or m["day"][0].islower()
        )
    if kind == "anchored":
        return (
            not (m["n"] or m["one"])
            or m["what"].split()[0].lower() in ("that", "being", "having", "taking")
            or (m["side"].lower() == "since" and not m["one"])
        )
    return False


def _worked_out(
    kind: str,
    m: re.Match[str],
    text: str,
    sentence: tuple[int, int],
    published: str | None,
    base: date | None,
    before: Sequence[TimeWord],
    dated: Sequence[tuple[int, str]],
    absolute: Sequence[tuple[int, int, str]],
    sentences: Sequence[tuple[int, int]],
) -> TimeWord:
    groups = m.groupdict()
    side = re.sub(r"^the\s+", "", (groups.get("side") or "").lower())
    future = bool(_FUTURE.search(_clause(text, sentence[0], m.start(), sentence[1])))

    def made(
        value: str | None, why: Why | None = None, how: str | None = None, end: int | None = None
    ) -> TimeWord:
        stop = end or m.end()
        words = re.sub(r"\s+", " ", text[m.start() : stop])
        if value is None:
            how = {
                "no_date": f"“{words}” cannot be dated: the article gives no date of its own.",
                "no_year": f"“{words}”: the year is not stated.",
                "vague": f"“{words}” names no day.",
                "anchor": f"“{words}” hangs on a day that the article does not date.",
            }[why or "vague"]
        return TimeWord(
            m.start(),
            stop,
            words,
            value,
            why if value is None else None,
            how or f"“{words}”, counted from the article's date, {published}",
        )

    if kind == "vague":
        return made(None, "vague")
    if kind in ("anchored", "later", "follow"):
        return _hung(kind, m, text, sentence, base, before, dated, absolute, sentences, made)
    if kind in ("month_day", "named_month"):
        return _without_year(kind, m, published, future, made)
    if base is None:
        rough = _rough(kind, groups, side, published)
        return made(rough) if rough else made(None, "no_date")
    if kind == "ago":
        return made(_shift(base, -_number(groups["n"]), groups["unit"].lower()))
    if kind == "day":
        low = m.group().lower()
        return made(
            _iso(
                base
                + timedelta(days=-1 if "yesterday" in low or "last" in low else 1 if "tomorrow" in low else 0)
            )
        )
    if kind == "weekday":
        return made(_iso(_weekday(base, groups["day"].lower(), side, future)))
    if kind == "week":
        monday, sunday = _week(base, {"last": -1, "past": -1, "next": 1, "coming": 1}.get(side, 0))
        if groups["unit"].lower() == "weekend":
            return made(f"{_iso(sunday - timedelta(days=1))}/{_iso(sunday)}")
        part = (groups["part"] or "").lower()
        return made(
            f"{_iso(base if part == 'later' else monday)}/{_iso(base if part == 'earlier' else sunday)}"
        )
    return made(_shift(base, {"last": -1, "next": 1}.get(side, 0), kind))


def _rough(kind: str, groups: dict[str, str | None], side: str, published: str | None) -> str | None:
    """What a date without a day allows: "last year" of 2023, "last month" of 2023-12."""
    n = {"last": -1, "next": 1}.get(side, 0)
    if published and kind == "year":
        return f"{int(published[:4]) + n:04d}"
    if published and kind == "month" and len(published) == 7:
        return _shift(date(int(published[:4]), int(published[5:7]), 1), n, "month")
    return None


def _weekday(base: date, name: str, side: str, future: bool) -> date:
    """The latest such day on or before publication; the first after it where the text looks ahead."""
    ahead = (WEEKDAY_NAMES.index(name) - base.weekday()) % 7
    if side in ("next", "coming", "following") or (future and side not in ("last", "past", "previous")):
        return base + timedelta(days=ahead or 7)
    back = (base.weekday() - WEEKDAY_NAMES.index(name)) % 7
    return base - timedelta(days=(back or 7) if side in ("last", "past", "previous") else back)


def _without_year(
    kind: str, m: re.Match[str], published: str | None, future: bool, made: Callable[..., TimeWord]
) -> TimeWord:
    """A month, or a day of one, without a year: the nearest before publication, or after it where the
    text looks ahead; nothing where the article has no date."""
    name = (m["m"] or (m.groupdict().get("m2") or "")).lower().rstrip(".")
    month = next(i for i, w in enumerate(MONTH_NAMES, 1) if w.startswith(name[:3]))
    if published is None:
        return made(None, "no_year")
    if len(published) == 4:
        return made(None, "no_year")
    year, now = int(published[:4]), int(published[5:7])
    day = int(m["d"] or m["d2"]) if kind == "month_day" else None
    if day is not None:
        if day > calendar.monthrange(year, month)[1]:
            return made(None, "no_year")
        here = (month, day) > (now, int(published[8:10] or 31) if len(published) == 10 else 31)
    else:
        here = month > now or (month == now and False)
    if here and not future:
        year -= 1
    if (
        not here
        and future
        and (month, day or 31) < (now, int(published[8:10]) if len(published) == 10 else 0)
    ):
        year += 1
    return made(f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day is not None else ""))


def _hung(
    kind: str,
    m: re.Match[str],
    text: str,
    sentence: tuple[int, int],
    base: date | None,
    before: Sequence[TimeWord],
    dated: Sequence[tuple[int, str]],
    absolute: Sequence[tuple[int, int, str]],
    sentences: Sequence[tuple[int, int]],
    made: Callable[..., TimeWord],
) -> TimeWord:
    """What is counted from another day of the same text."""
    groups = m.groupdict()
    if kind == "anchored":
        what = re.split(
            r"\b(?:and|but|when|where|which|who|while|as|he|she|it|they|in|on|at|to|by|for)\b|"
            r"(?<=\w)\s+(?:the|an?|his|her|its)\b",
            m["what"],
        )[0].rstrip()
        end = m.start("what") + len(what)
        day = _day(_date_of(what, m.start(), text, before, dated, sentences))
        if day is None:
            return made(None, "anchor", end=end)
        sign = -1 if m["side"].lower() == "before" else 1
        return made(
            _shift(day, sign * (_number(m["n"]) if m["n"] else 1), (m["unit"] or "day").lower()),
            how=f"“{text[m.start() : end]}”, counted from {day.isoformat()}, which the article gives for it",
            end=end,
        )
    near = [
        (s, v)
        for s, v in [
            *dated,
            *((w.start, w.value) for w in before if w.value and len(w.value) == 10),
            *((s, v) for s, _, v in absolute if len(v) == 10),
        ]
        if s < m.start()
    ]
    known = [w for w in before if w.start < m.start() and w.why != "vague"]
    if known and known[-1].value is None and (not near or known[-1].start > max(near)[0]):
        return made(None, "anchor")
    day = _day(max(near)[1]) if near else None
    if day is None:
        return made(None, "no_date" if base is None else "anchor")
    side = (groups.get("side") or "same").lower()
    n = {"next": 1, "following": 1, "later": 1, "previous": -1, "earlier": -1, "before": -1}.get(side, 0)
    unit = (groups.get("unit") or groups.get("unit2") or "day").lower()
    unit = "day" if unit in ("morning", "evening", "night", "afternoon") else unit
    return made(
        _shift(day, n * (_number(groups["n"]) if groups.get("n") else 1), unit),
        how=f"“{m.group()}”, counted from {day.isoformat()}, named before it",
    )


_STANDING = re.compile(r"^(?:the|a|an|his|her|its|their|this|that)\s+", re.IGNORECASE)


def _date_of(
    what: str,
    at: int,
    text: str,
    before: Sequence[TimeWord],
    dated: Sequence[tuple[int, str]],
    sentences: Sequence[tuple[int, int]],
) -> str | None:
    """The day that the article gives for an event: it is a day itself, or its noun stands in a sentence
    with exactly one day that is known."""
    own = find_dates(what)
    if own:
        return own[0][2]
    head = [t for a, b, t in tokens(_STANDING.sub("", what)) if what and t not in STOP]
    if not head:
        return None
    days = [*dated, *((w.start, w.value) for w in before if w.value and len(w.value) == 10)]
    for a, b in reversed([s for s in sentences if s[0] < at]):
        inside = {v for s, v in days if a <= s < b}
        stands = {t for _, _, t in tokens(text[a:b])}
        if len(inside) == 1 and head[-1] in stands:
            return inside.pop()
    return None


def event_date(
    found: Sequence[TimeWord],
    text: str,
    start: int,
    end: int,
    published: str | None,
    published_from: PublishedFrom | None,
) -> tuple[EventDate | None, list[TimeWord]]:
    """When what a span tells happened, and the expressions of it that could not be dated. A date printed
    in full comes as it stands; else the first expression that was worked out."""
    inside = [w for w in found if start <= w.start and w.end <= end]
    printed = [(start + s, v) for s, _, v in find_dates(text[start:end])]
    best = min(
        [*((s, v, None) for s, v in printed), *((w.start, w.value, w) for w in inside if w.value)],
        key=lambda x: x[0],
        default=None,
    )
    undated = [w for w in inside if w.value is None and w.why in ("no_date", "no_year")]
    if best is None:
        return None, undated
    _, value, word = best
    assert value is not None
    how = (
        "as printed"
        if word is None
        else word.how
        + (f" ({published_from})" if published_from and published and published in word.how else "")
    )
    return EventDate(value=value, how=how), undated


@lru_cache(maxsize=512)
def time_words_of(text: str, article: Article) -> tuple[TimeWord, ...]:
    """``times`` over the sentences of an article, kept for the articles asked about last."""
    return tuple(times(text, article, [(u.start, u.end) for u in units(text, article)]))
