"""When things happen: words like "Friday", "earlier this week" or "two days after the vote", worked out from
the article's own date where it has one, and never from the day on which it is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from qa.attribution.days import Expression, day_of, worked_out
from qa.attribution.time_words import TimeWord as TimeWord
from qa.attribution.time_words import is_no_time, may_hold
from qa.reading.chunker import units
from qa.text.dates import find_dates
from qa.text.lexicon.calendar import weekday_pattern
from qa.types import Article, EventDate, PublishedFrom

_ITS_WEEKDAY = re.compile(rf"\b{weekday_pattern()},?\s+(?:the\s+)?$", re.IGNORECASE)


def times(text: str, article: Article, sentences: Sequence[tuple[int, int]]) -> list[TimeWord]:
    """Every expression of time of an article's sentences whose day depends on another, in order."""
    published = article.meta.counted_from
    base = day_of(published)
    found: list[TimeWord] = []
    dated: list[tuple[int, str]] = []  # where a day stands that is known, for "the next day"
    for a, b in sentences:
        taken: list[tuple[int, int]] = []
        absolute = [(a + s, a + e, v) for s, e, v in find_dates(text[a:b])]
        taken += [(_with_weekday(text, a, s), e) for s, e, _ in absolute]
        here: list[TimeWord] = []
        for kind, pattern in may_hold(text[a:b]):
            for m in pattern.finditer(text, a, b):
                if any(s < m.end() and m.start() < e for s, e in taken) or is_no_time(kind, m, text, a):
                    continue
                before = [*found, *here]
                word = worked_out(
                    Expression(kind, m, text, (a, b), published, base, before, dated, absolute, sentences)
                )
                taken.append((word.start, word.end))
                here.append(word)
        found += sorted(here, key=lambda w: w.start)
        dated += [(w.start, w.value) for w in here if w.value and len(w.value) == 10]
        dated += [(s, v) for s, _, v in absolute if len(v) == 10]
        dated.sort()
    return found


def _with_weekday(text: str, begin: int, start: int) -> int:
    """Where a printed date begins, with the name of its day before it: "Friday, March 25, 2016"."""
    named = _ITS_WEEKDAY.search(text, max(begin, start - 16), start)
    return named.start() if named else start


def event_date(
    found: Sequence[TimeWord],
    text: str,
    start: int,
    end: int,
    published: str | None,
    published_from: PublishedFrom | None,
) -> tuple[EventDate | None, list[TimeWord]]:
    """When what a span tells happened, and the expressions of it that could not be dated. A date printed
    in full comes as it stands; else the first expression that was worked out."""
    inside = [w for w in found if start <= w.start and w.end <= end]
    printed = [(start + s, v) for s, _, v in find_dates(text[start:end])]
    best = min(
        [*((s, v, None) for s, v in printed), *((w.start, w.value, w) for w in inside if w.value)],
        key=lambda x: x[0],
        default=None,
    )
    undated = [w for w in inside if w.value is None and w.why in ("no_date", "no_year")]
    if best is None:
        return None, undated
    _, value, word = best
    assert value is not None
    how = (
        "as printed"
        if word is None
        else word.how
        + (f" ({published_from})" if published_from and published and published in word.how else "")
    )
    return EventDate(value=value, how=how), undated


@lru_cache(maxsize=512)
def time_words_of(text: str, article: Article) -> tuple[TimeWord, ...]:
    """``times`` over the sentences of an article, kept for the articles asked about last."""
    return tuple(times(text, article, [(u.start, u.end) for u in units(text, article)]))
