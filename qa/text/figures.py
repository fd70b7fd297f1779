"""Figures in a text, one form each: "4,000", "four thousand" and "4 thousand" are "4000"; "87.3 percent"
is "87.3%"; "third" is "3rd"."""

from __future__ import annotations

import re

_UNITS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "mln": 10**6,
    "bn": 10**9,
    "m": 10**6,
    "k": 1000,
}
_ORDINALS = {
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fifteenth": 15,
    "twentieth": 20,
    "thirtieth": 30,
}
NUMBER_WORDS = frozenset({*_UNITS, *_TENS, *_SCALES, *_ORDINALS, "first", "dozen"} - {"m", "k"})
_WORD = "|".join(
    sorted({*_UNITS, *_TENS, "hundred", "thousand", "million", "billion", "trillion"}, key=len, reverse=True)
)
_FIGURE = re.compile(
    rf"(?P<digits>\d+(?:[.,]\d+)*)(?P<ordinal>st|nd|rd|th)?(?:[\s\u00a0-]?(?P<scale>hundred|thousand|million|billion|trillion|mln|bn|m|k)\b)?(?:\s?(?P<percent>%|per\s?cent\b|pct\b))?"
    rf"|\b(?P<words>(?:{_WORD})(?:(?:[\s-]|\sand\s)(?:{_WORD}))*)\b(?:\s(?P<share>per\s?cent)\b)?"
    rf"|\b(?P<place>{'|'.join(_ORDINALS)})\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:more than|over|above|at least|upwards of|exceed\w*|no fewer than|no less than|nearly)\s*$",
    re.IGNORECASE,
)
_FEWER = re.compile(
    r"\b(?:fewer than|less than|under|below|at most|up to|no more than|not even)\s*$", re.IGNORECASE
)


def _of_digits(digits: str) -> float | None:
    plain = re.sub(r",(?=\d{3}(?:\D|$))", "", digits)
    try:
        return float(plain)
    except ValueError:
        return None  # a version, a date: 1.2.3


def _of_words(words: str) -> int:
    total = current = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _UNITS or word in _TENS:
            current += _UNITS.get(word, 0) + _TENS.get(word, 0)
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total += max(current, 1) * _SCALES[word]
            current = 0
    return total + current


def _form(m: re.Match[str]) -> str:
    if m["place"]:
        return f"{_ORDINALS[m['place'].lower()]}th"
    if m["words"]:
        return f"{_of_words(m['words'])}{'%' if m['share'] else ''}"
    value = _of_digits(m["digits"])
    if value is None:
        return str(m["digits"])
    if m["ordinal"]:
        return f"{value:g}th"
    value *= _SCALES.get((m["scale"] or "").lower(), 1)
    return f"{value:.10g}{'%' if m['percent'] else ''}"


def figures(text: str) -> dict[str, int]:
    """Form -> bound: 1 for "more than", -1 for "fewer than", 0 for the figure itself. A lone "one" is
    mostly no figure and is left out."""
    found: dict[str, int] = {}
    for m in _FIGURE.finditer(text):
        if m["words"] and m["words"].lower() == "one" and not m["share"]:
            continue
        before = text[max(0, m.start() - 24) : m.start()]
        found[_form(m)] = 1 if _MORE.search(before) else -1 if _FEWER.search(before) else 0
    return found


_AMOUNT = re.compile(
    r"\b(half|halved|dozens?|hundreds|thousands|millions|billions|twice|thrice|doubled?|tripled?|majority|minority)\b(?! (?:of )?(?:hour|term))",
    re.IGNORECASE,
)
_UNIT = r"(seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|kilomet\w+|km|miles?|met(?:re|er)s?|tons?|tonnes?|dollars?|euros?|pounds?|ru?oubles?|rubles?|crowns?)"
_MEASURED = re.compile(rf"({_FIGURE.pattern})[\s\u00a0-]+(?:\w+\s)?(?P<unit>{_UNIT})\b", re.IGNORECASE)


def amounts(text: str) -> set[str]:
    """Words for an amount that name no figure: "half", "dozens", "twice"."""
    return {m[1].lower().rstrip("sd") for m in _AMOUNT.finditer(text)}


def _measured(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for m in _MEASURED.finditer(text):
        for form in figures(m[1]):
            found.setdefault(form, set()).add(re.sub(r"^kilomet\w+$", "km", m["unit"].lower().rstrip("s")))
    return found


def other_units(claim: str, quotes: str) -> bool:
    """Whether a figure of the claim has a unit where the quotes give the same figure only with others."""
    ours, theirs = _measured(claim), _measured(quotes)
    return any(form in theirs and not units & theirs[form] for form, units in ours.items())
