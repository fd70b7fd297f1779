"""Whether a question is about a time that the corpus does not reach."""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.types import CorpusInfo

_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_YEAR = re.compile(
    rf"\b(?:in|during|since|by|until|before|after|from|of|for|on)\s+(?:(?:early|mid|late)[\s-]+|the\s+(?:\w+\s+){{1,3}}?(?:of\s+)?)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:{_MONTH}\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?:of\s+)?)?(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def years_asked(question: str) -> list[int]:
    """The years that a question places itself in ("in January 2027", "since 1999"), in order. A year
    that is only part of a name or of a figure is not meant."""
    return [int(m["year"]) for m in _YEAR.finditer(question)]


def outside(question: str, corpus: CorpusInfo, mentioned: Callable[[str], bool]) -> bool:
    """Whether every year asked for lies before or after all dated articles and is mentioned in none.
    ``mentioned``: whether a word stands anywhere in the corpus."""
    years = years_asked(question)
    if not years:
        return False
    first = int(corpus.first[:4]) if corpus.first else None
    last = int(corpus.last[:4]) if corpus.last else None
    return all(not mentioned(str(y)) and (first is None or last is None or not first <= y <= last) for y in years)
