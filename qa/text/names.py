"""Which words of a text are names."""

from __future__ import annotations

import re

from qa.text.lexicon.calendar import CALENDAR_NAMES
from qa.text.lexicon.numbers import NUMBER_WORDS
from qa.text.terms import STOP, tokens
from qa.text.wordlist import english

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
            or raw.lower() in CALENDAR_NAMES
            or raw.lower() in NUMBER_WORDS
        ):
            continue
        if start in starts and not raw.isupper() and (raw.lower() in english() or term in english()):
            continue
        found.add(term)
    return found
