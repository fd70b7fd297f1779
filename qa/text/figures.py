"""Figures in a text, one form each: "4,000", "four thousand" and "4 thousand" are "4000"; "87.3 percent"
is "87.3%"; "third" is "3rd"."""

from __future__ import annotations

import re

from qa.text.lexicon.numbers import ORDINALS, SCALE_ABBREVIATIONS, SCALES, TENS, UNITS

_SCALES = SCALES | SCALE_ABBREVIATIONS

_WORD = "|".join(sorted({*UNITS, *TENS, *SCALES}, key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?P<digits>\d+(?:[.,]\d+)*)(?P<ordinal>st|nd|rd|th)?"
    rf"(?:[\s\u00a0-]?(?P<scale>{'|'.join(_SCALES)})\b)?(?:\s?(?P<percent>%|per\s?cent\b|pct\b))?"
    rf"|\b(?P<words>(?:{_WORD})(?:(?:[\s-]|\sand\s)(?:{_WORD}))*)\b(?:\s(?P<share>per\s?cent)\b)?"
    rf"|\b(?P<place>{'|'.join(ORDINALS)})\b",
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
        if word in UNITS or word in TENS:
            current += UNITS.get(word, 0) + TENS.get(word, 0)
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total += max(current, 1) * _SCALES[word]
            current = 0
    return total + current


def _form(m: re.Match[str]) -> str:
    if m["place"]:
        return f"{ORDINALS[m['place'].lower()]}th"
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
    r"\b(half|halved|dozens?|hundreds|thousands|millions|billions|twice|thrice|doubled?|tripled?|majority|"
    r"minority)\b(?! (?:of )?(?:hour|term))",
    re.IGNORECASE,
)
_UNIT = (
    r"(seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|kilomet\w+|km|miles?|met(?:re|er)s?|"
    r"tons?|tonnes?|dollars?|euros?|pounds?|ru?oubles?|rubles?|crowns?)"
)
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


def figure_spans(text: str) -> list[tuple[int, int, str]]:
    """(start, end, form) of every figure of a text in order, a lone "one" and ordinals included."""
    return [(m.start(), m.end(), _form(m)) for m in _FIGURE.finditer(text)]
