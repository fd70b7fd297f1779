"""Words for numbers, as rows."""

from __future__ import annotations

from qa.text.lexicon.build import alternatives

UNITS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
            *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
            "nineteen",
        )
    )
}
TENS: dict[str, int] = {
    word: 10 * value
    for value, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
SCALES: dict[str, int] = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
# Abbreviations of a scale, right behind digits only ("3 bn", "40k").
SCALE_ABBREVIATIONS: dict[str, int] = {"mln": 10**6, "bn": 10**9, "m": 10**6, "k": 1000}
ORDINALS: dict[str, int] = {
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
# Words for an amount that is no exact figure.
LOOSE: tuple[str, ...] = ("dozen", "half", "quarter", "twice", "once", "couple", "several")

NUMBER_WORDS = frozenset({*UNITS, *TENS, *SCALES, "mln", "bn", *ORDINALS, "first", "dozen"})


def number_pattern(*, upto: int = 99, least: int = 1) -> str:
    """A group that matches the plain number words from ``least`` to ``upto``."""
    return alternatives(w for w, n in (UNITS | TENS).items() if least <= n <= upto)
