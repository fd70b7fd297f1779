"""Which words of a text tell a time that hangs on another day: "Friday", "two days after the vote"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qa.text.lazily import lazily
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import (
    DEICTIC,
    MONTH_NAMES,
    PARTS_OF_DAY,
    SEASONS,
    month_pattern,
    weekday_pattern,
)
from qa.text.lexicon.numbers import number_pattern
from qa.text.lexicon.speech import verb_pattern

Why = Literal["no_date", "no_year", "vague", "anchor"]
_DAY = weekday_pattern(titled=True)
_MONTH = month_pattern(titled=True)
_MON = month_pattern(titled=True, short=True)
_NUMBER = rf"(?:an?|{number_pattern(upto=12)}|fourteen|twenty|\d{{1,3}})"
_PART = r"(?:\s+(?:morning|afternoon|evening|night|lunchtime))?"
_FORE = r"(?:(?:[Ee]arly|[Ll]ate|[Ee]arlier|[Ll]ater)\s+)?(?:on\s+)?"


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


PATTERNS: list[tuple[str, re.Pattern[str]]] = [
    (
        "ago",
        lazily(rf"\b(?P<n>{_NUMBER})\s+(?P<unit>day|week|month|year|decade)s?\s+ago\b", re.IGNORECASE),
    ),
    (
        "anchored",
        lazily(
            rf"\b(?:(?P<n>{_NUMBER})\s+(?P<unit>day|week|month|year)s?|the\s+(?P<one>day|morning|evening|"
            rf"night|week))\s+(?P<side>after|before|following|since)\s+(?P<what>[^.;:,“”\"()—–]+)",
            re.IGNORECASE,
        ),
    ),
    (
        "later",
        lazily(
            rf"\b(?P<n>{_NUMBER})\s+(?P<unit>day|week|month|year)s?\s+(?P<side>later|earlier|before)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "follow",
        lazily(
            r"\b(?:(?:on\s+)?the\s+(?P<side>next|following|previous|same|very)\s+(?P<unit>day|morning|"
            r"evening|night|week|month|year)|(?:(?:[Ll]ater|"
            r"[Ee]arlier)\s+)?(?:on\s+)?that(?:\s+same)?\s+(?P<unit2>day|morning|afternoon|evening|night))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "week",
        lazily(
            r"\b(?:(?P<part>earlier|later)\s+)?(?P<side>this|last|next|(?:the\s+)?coming|"
            r"(?:the\s+)?past)\s+(?P<unit>week|weekend)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "month",
        lazily(
            r"\b(?:(?P<part>earlier|later|late|early)\s+)?(?P<side>this|last|next)\s+(?P<unit>month)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "year",
        lazily(
            r"\b(?:(?P<part>earlier|later|late|early)\s+)?(?P<side>this|last|"
            r"next)\s+(?P<unit>year)(?![’']s?\s+(?:\w+\s+){0,2}(?:Summit|Festival|Cup|Prize)\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "month_day",
        lazily(
            rf"\b(?:(?P<m>{_MON})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|"
            rf"th)?(?:\s*[–—-]\s*(?:{_MON}\s+)?\d{{1,2}}\b)?|(?P<d2>\d{{1,2}})(?:st|nd|rd|"
            rf"th)?(?:\s+of)?\s+(?P<m2>{_MON}))(?!\s*,?\s*(?:19|20)\d\d)(?![\w:])"
        ),
    ),
    (
        "weekday",
        lazily(
            rf"\b{_FORE}(?:(?P<side>last|next|this|(?:the\s+)?(?:coming|following|previous|"
            rf"past))\s+)?(?P<day>{_DAY})(?!s)(?:[’']s)?{_PART}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "named_month",
        lazily(
            rf"(?:\b(?P<part>[Ee]arly|[Ll]ate|mid|[Ee]arlier|[Ll]ast|[Nn]ext|[Tt]his)[\s-]+|\b(?:[Ii]n|"
            rf"[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Oo]f|[Aa]|[Tt]he|[Dd]uring|[Ff]or|"
            rf"[Tt]o)\s+)(?:in\s+)?(?P<m>{_MONTH})(?!\s*,?\s*(?:\d|of\s+(?:19|"
            rf"20)\d))(?!\s+[A-Z])(?:[’']s)?\b"
        ),
    ),
    (
        "day",
        lazily(
            rf"\b(?:(?:[Ee]arlier|[Ll]ater)\s+in\s+the\s+day|(?:[Ee]arlier|[Ll]ater|[Ll]ate|"
            rf"[Ee]arly)\s+(?:today|yesterday|tomorrow)(?:\s+(?:morning|afternoon|evening|night))?|"
            rf"{alternatives(DEICTIC)}(?:\s+(?:morning|afternoon|evening|night))?|this\s+(?:morning|"
            rf"afternoon|evening)|last\s+(?:night|evening))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "vague",
        lazily(
            r"\b(?:recently|lately|soon|(?:in\s+)?(?:the\s+)?(?:recent|coming|past few|last few|next few|"
            r"upcoming|previous)\s+(?:day|week|month|year|decade)s|(?:the\s+)?(?:near|foreseeable)\s+future|"
            r"these days|(?:last|next|this)\s+(?:summer|spring|autumn|fall|winter))\b",
            re.IGNORECASE,
        ),
    ),
]
_UNITS = ("day", *PARTS_OF_DAY, "week", "month", "year")
_MONTHS = tuple(name[:3].lower() for name in MONTH_NAMES)
# Of each kind, what stands in every expression of it: one of these, in small letters. Looking for them costs
# a fraction of what the patterns do.
NEEDED: dict[str, tuple[str, ...]] = {
    "ago": ("ago",),
    "anchored": ("after", "before", "following", "since"),
    "later": ("later", "earlier", "before"),
    "follow": _UNITS,
    "week": ("week",),
    "month": ("month",),
    "year": ("year",),
    "month_day": _MONTHS,
    "weekday": ("day",),
    "named_month": _MONTHS,
    "day": ("day", *PARTS_OF_DAY, *DEICTIC),
    "vague": (*_UNITS, "decade", "recently", "lately", "soon", "future", "fall", *SEASONS),
}


def may_hold(sentence: str) -> list[tuple[str, re.Pattern[str]]]:
    """The patterns that may match in a sentence, with their kinds."""
    low = sentence.lower()
    return [(kind, pattern) for kind, pattern in PATTERNS if any(word in low for word in NEEDED[kind])]


# "USA TODAY", "the Today programme": a day only where the sentence begins with it or is all in capitals.
_NAME_BEFORE = lazily(r"(?:\b[A-Z][\w.’'-]*|\b[Tt]he)\s+$")
_IN_NAME = lazily(r"\b(?:Black|Good|Holy|Bloody|[Ee]very|[Ee]ach|Super)\s+$")


def is_no_time(kind: str, m: re.Match[str], text: str, start: int) -> bool:
    """What only looks like a time in the sentence that begins at ``start``: a day in a name ("Black Friday",
    "USA TODAY"), "a day after being hurt"."""
    if kind == "weekday":
        return m["day"][0].islower() or _IN_NAME.search(text[start : m.start()]) is not None
    if kind == "day":
        before = text[start : m.start()]
        capitals = f"{before}{text[m.start() : m.end() + 30]}".isupper()
        return m.group()[0].isupper() and not capitals and _NAME_BEFORE.search(before) is not None
    if kind == "anchored":
        return (
            not (m["n"] or m["one"])
            or m["what"].split()[0].lower() in ("that", "being", "having", "taking")
            or (m["side"].lower() == "since" and not m["one"])
        )
    return False


_FUTURE = lazily(
    r"\b(?:will|shall|(?:is|are|was|were)\s+to|is\s+due|are\s+due|to\s+be|going\s+to|is\s+expected|"
    r"are\s+expected|(?:is|are)\s+scheduled|set\s+(?:to|for)|slated|upcoming|plans?\s+to|takes?\s+place|opens|starts|begins|due)\b",
    re.IGNORECASE,
)
_SAID = verb_pattern("words", without=("told", "noun"), of=lambda v: v.finite)
_MARK = lazily(r"[;:—–“”\"]|,\s")
_MARK_OR_TOLD = lazily(rf"{_MARK.pattern}|\b(?:{_SAID}|that)\b")


def looks_ahead(text: str, sentence: tuple[int, int], at: int) -> bool:
    """Whether the clause of an expression at a place tells what is to come: "the hall opens on Friday"."""
    left = max((m.end() for m in _MARK.finditer(text[sentence[0] : at])), default=0)
    rest = text[at : sentence[1]]
    right = _MARK_OR_TOLD.search(rest)
    clause = text[sentence[0] + left : at + (right.start() if right else len(rest))]
    return _FUTURE.search(clause) is not None
