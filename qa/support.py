"""Whether quotes carry a claim: its figures, dates, names and negations must be found in them.

This is a check of surface facts, not of entailment; it cannot see every false claim, but what it drops
is not in the quotes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.analysis import STOP, tokens
from qa.types import DropReason

_NUMBER_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17",
    "eighteen": "18", "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60",
    "seventy": "70", "eighty": "80", "ninety": "90",
}  # fmt: skip
_DATE_WORDS = frozenset(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|unable|refus\w+|den(?:y|ied|ies|ying)|reject\w*|dismiss\w*|declin\w+|fail\w*|unlikely|impossible|unrealistic)\b|n[’']t\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w’'-]*")


def figures(text: str) -> set[str]:
    """The numbers in a text, digits or words, one form each ("4,000" is "4000")."""
    found = {re.sub(r",(?=\d{3}(?:\D|$))", "", m.group()) for m in _FIGURE.finditer(text)}
    found |= {_NUMBER_WORDS[w.lower()] for w in re.findall(r"[A-Za-z]+", text) if w.lower() in _NUMBER_WORDS}
    return found


def _date_words(text: str) -> set[str]:
    """Months and weekdays; "may" and "march" only where they are capitalised."""
    return {w.lower() for w in re.findall(r"\b[A-Z][a-z]+\b", text) if w.lower() in _DATE_WORDS}


def names(text: str) -> set[str]:
    """Terms of the words that are names: capitalised, and not only because a sentence begins."""
    found = set()
    starts = {m.end() for m in re.finditer(r"(?:^|[.!?:]\s+|[“\"‘(]\s*)", text)}
    for start, end, term in tokens(text):
        raw = text[start:end]
        if not _CAPITAL.fullmatch(raw) or raw.casefold() in STOP or raw.lower() in _DATE_WORDS or raw.lower() in _NUMBER_WORDS:
            continue
        if start in starts and not raw.isupper():
            continue
        found.add(term)
    return found


def unsupported(claim: str, quotes: Sequence[str]) -> DropReason | None:
    """The first thing in the claim that its quotes do not carry, or None."""
    together = "\n".join(quotes)
    flat = re.sub(r"\s+", " ", together)
    if re.sub(r"\s+", " ", claim).strip() in flat:
        return None  # the quote itself
    if figures(claim) - figures(together):
        dates = {y for y in figures(claim) - figures(together) if re.fullmatch(r"(?:19|20)\d\d", y)}
        return "date" if dates == figures(claim) - figures(together) else "number"
    if _date_words(claim) - _date_words(together):
        return "date"
    if names(claim) - {term for _, _, term in tokens(together)}:
        return "name"
    if bool(_NEGATION.search(claim)) != bool(_NEGATION.search(together)):
        return "negation"
    return None
