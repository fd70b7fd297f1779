"""Months, days of the week and other words for a time, as rows; patterns are built from them by flag."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.text.lexicon.build import alternatives


@dataclass(frozen=True, slots=True)
class Named:
    """A month or a day of the week: its number (months from 1, Monday is 0), its name in lower case and
    the abbreviations that are printed for it."""

    number: int
    name: str
    short: tuple[str, ...]


MONTHS: tuple[Named, ...] = (
    Named(1, "january", ("jan",)),
    Named(2, "february", ("feb",)),
    Named(3, "march", ("mar",)),
    Named(4, "april", ("apr",)),
    Named(5, "may", ()),
    Named(6, "june", ("jun",)),
    Named(7, "july", ("jul",)),
    Named(8, "august", ("aug",)),
    Named(9, "september", ("sep", "sept")),
    Named(10, "october", ("oct",)),
    Named(11, "november", ("nov",)),
    Named(12, "december", ("dec",)),
)
WEEKDAYS: tuple[Named, ...] = (
    Named(0, "monday", ("mon",)),
    Named(1, "tuesday", ("tue", "tues")),
    Named(2, "wednesday", ("wed",)),
    Named(3, "thursday", ("thu", "thur", "thurs")),
    Named(4, "friday", ("fri",)),
    Named(5, "saturday", ("sat",)),
    Named(6, "sunday", ("sun",)),
)
# Days and weeks as other languages print them in a dateline.
FOREIGN_WEEKDAYS: tuple[str, ...] = (
    *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    *("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
)
# Days counted from the day of writing.
DEICTIC: tuple[str, ...] = ("yesterday", "today", "tomorrow", "tonight")
PARTS_OF_DAY: tuple[str, ...] = ("morning", "afternoon", "evening", "night")
SEASONS: tuple[str, ...] = ("spring", "summer", "autumn", "winter")
# Feasts that are no names of anybody.
FEASTS: tuple[str, ...] = ("christmas", "easter")

MONTH_NAMES = tuple(m.name for m in MONTHS)
WEEKDAY_NAMES = tuple(d.name for d in WEEKDAYS)
CALENDAR_NAMES = frozenset((*MONTH_NAMES, *WEEKDAY_NAMES))
MONTH_ABBREVIATIONS = tuple(s for m in MONTHS for s in m.short)
WEEKDAY_ABBREVIATIONS = tuple(s for d in WEEKDAYS for s in d.short)


def month_pattern(*, short: bool = False, titled: bool = False, without: tuple[str, ...] = ()) -> str:
    """A group that matches the name of a month. ``short``: abbreviations too, with or without a full stop;
    ``titled``: capitalised as in print (for a pattern that minds its case); ``without``: names left out."""
    names = [m for m in MONTH_NAMES if m not in without]
    abbreviations = list(MONTH_ABBREVIATIONS) if short else []
    if titled:
        names, abbreviations = [n.title() for n in names], [a.title() for a in abbreviations]
    if not abbreviations:
        return alternatives(names)
    return rf"(?:{alternatives(names)}|{alternatives(abbreviations)}\.?)"


def weekday_pattern(*, titled: bool = False) -> str:
    """A group that matches the name of a day of the week."""
    return alternatives(d.title() if titled else d for d in WEEKDAY_NAMES)


CALENDAR_WORD = re.compile(rf"{alternatives((*WEEKDAY_NAMES, *MONTH_NAMES, *FEASTS))}s?", re.IGNORECASE)
# Months that are names of persons too: "Theresa May".
MONTHS_AND_NAMES = frozenset("March April May June August".split())
