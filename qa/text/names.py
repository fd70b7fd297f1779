"""Which words of a text are names."""

from __future__ import annotations

import re

from qa.text.figures import NUMBER_WORDS
from qa.text.terms import STOP, tokens
from qa.text.wordlist import english

DATE_WORDS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)
_CAPITAL = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w’'-]*")


def names(text: str) -> set[str]:
    """Terms of the words that are names: capitalised, and not only because a sentence begins (there,
    only a word that is no common English one)."""
    found = set()
    starts = {m.end() for m in re.finditer(r"(?:^|[.!?:]\s+|[“\"‘(]\s*)", text)}
    for start, end, term in tokens(text):
        raw = text[start:end]
        if (
            not _CAPITAL.fullmatch(raw)
            or raw.casefold() in STOP
            or raw.lower() in DATE_WORDS
            or raw.lower() in NUMBER_WORDS
        ):
            continue
        if start in starts and not raw.isupper() and (raw.lower() in english() or term in english()):
            continue
        found.add(term)
    return found
