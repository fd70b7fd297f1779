"""What was taken of a file, of how much there was, and what looks as if it had been read wrongly: for the
ledger, so that nothing disappears without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qa.reading.boilerplate import lines_of
from qa.reading.stamps import stamp_line
from qa.types import Article, SourceText

MANY = 5  # articles that share what each should have of its own
STAMPS = 5  # date lines in one article, from which on it may be several
LOST = 0.5  # of the characters of a page in no article, from which on it is said
LONG = 2000  # characters: a shorter page may well be half menus


def characters_of(articles: Sequence[Article]) -> int:
    """How many characters stand in an article."""
    return sum(s.end - s.start for a in articles for s in a.spans)


def warnings(source: SourceText, articles: Sequence[Article]) -> list[str]:
    """What a person should look at, in order of harm."""
    return [said for rule in RULES if (said := rule(source, articles))]


def _lost_share(source: SourceText, articles: Sequence[Article]) -> str | None:
    total, taken = len(source.text.strip()), characters_of(articles)
    if source.records or total < LONG or taken >= LOST * total:
        return None
    return f"only {100 * taken // total} % of its text is in an article"


def _one_date(source: SourceText, articles: Sequence[Article]) -> str | None:
    dates = Counter(a.meta.published for a in articles)
    value, n = dates.most_common(1)[0]
    if source.records or value is None or n < MANY or len(dates) > 1:
        return None
    return f"one date, {value}, for all {n} articles"


def _one_outlet(source: SourceText, articles: Sequence[Article]) -> str | None:
    names = Counter(a.meta.outlet for a in articles)
    name, n = names.most_common(1)[0]
    dates = len({a.meta.published for a in articles})
    if source.records or name is None or n < 2 * MANY or len(names) > 1 or dates < MANY:
        return None
    return f"one outlet, {name}, for all {n} articles"


def _like_a_list(source: SourceText, articles: Sequence[Article]) -> str | None:
    if source.records or len(articles) != 1:
        return None
    stamps = sum(
        stamp_line(line) is not None
        for s in articles[0].spans
        for line in lines_of(source.text[s.start : s.end])
        if len(line.text) <= 140
    )
    return f"{stamps} date lines in what was read as one article" if stamps >= STAMPS else None


def _undated(source: SourceText, articles: Sequence[Article]) -> str | None:
    undated = sum(a.meta.published is None for a in articles)
    several = len(articles) >= MANY and 0 < undated < len(articles)
    return f"{undated} of {len(articles)} articles undated" if several and source.records else None


RULES = (_lost_share, _one_date, _one_outlet, _like_a_list, _undated)
