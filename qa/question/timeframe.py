"""Whether a question is about a time that the corpus does not reach."""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.text.dates import find_dates
from qa.text.lexicon.calendar import month_pattern
from qa.types import CorpusInfo

_MONTH = month_pattern()
_YEAR = re.compile(
    rf"""
    \b(?: in | during | since | by | until | before | after | from | of | for | on )\s+
    (?: (?:early|mid|late)[\s-]+ | the\s+(?:\w+\s+){{1,3}}?(?:of\s+)? )?      # in late, in the spring of
    (?: \d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)? )?                             # on 4th of
    (?: {_MONTH}\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?:of\s+)? )?           # May 4,
    (?P<year>(?:19|20)\d\d)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def years_asked(question: str) -> list[int]:
    """The years that a question places itself in ("in January 2027", "since 1999"), in order. A year
    that is only part of a name or of a figure is not meant."""
    return [int(m["year"]) for m in _YEAR.finditer(question)]


_AS_OF = re.compile(
    r"\b(?:as of|as at|as known (?:by|on|in)|by the end of|until the end of)\s+(?P<when>[^?,;]{4,30})",
    re.IGNORECASE,
)


def as_of(question: str) -> str | None:
    """The date as of which a question asks ("as of March 2024"), ISO with its precision; None where it asks
    as of no date. A date that is the topic ("the vote of 18 March 2024") is none."""
    m = _AS_OF.search(question)
    if m is None:
        return None
    found = find_dates(m["when"])
    if found:
        return found[0][2]
    year = re.match(r"(?:19|20)\d\d\b", m["when"])
    return year.group() if year else None


def outside(question: str, corpus: CorpusInfo, mentioned: Callable[[str], bool]) -> bool:
    """Whether every year asked for lies before or after all dated articles and is mentioned in none.
    ``mentioned``: whether a word stands anywhere in the corpus."""
    years = years_asked(question)
    if not years:
        return False
    first = int(corpus.first[:4]) if corpus.first else None
    last = int(corpus.last[:4]) if corpus.last else None
    return all(
        not mentioned(str(y)) and (first is None or last is None or not first <= y <= last) for y in years
    )
