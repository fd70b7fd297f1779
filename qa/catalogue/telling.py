"""What is said of the articles that a question means: rows of the store in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from qa.catalogue.choosing import Chosen
from qa.index.retriever import Filters
from qa.index.store import Store
from qa.question.collection import CatalogueQuestion
from qa.types import CatalogueRow, CorpusInfo, StoredArticle

LISTED = 20  # articles that the text names; the rows hold all


def named(stored: StoredArticle) -> str:
    """An article in words: its title, outlet, date and id."""
    meta = stored.article.meta
    title = f"“{meta.title.lstrip('# ')}”" if meta.title else "untitled"
    return (
        f"{title} ({meta.outlet or 'outlet not stated'}, {meta.published or 'undated'}; {stored.article_id})"
    )


def _lines(articles: Sequence[StoredArticle]) -> str:
    more = f"\n… and {len(articles) - LISTED} more" if len(articles) > LISTED else ""
    return "\n".join(f"- {named(a)}" for a in articles[:LISTED]) + more


def _each(chosen: Chosen, stated: Callable[[StoredArticle], str | None]) -> str | None:
    """A line an article with what is asked of it; None where none states it."""
    if not any(stated(a) for a in chosen.articles):
        return None
    if len(chosen.articles) == 1:
        return f"{stated(chosen.articles[0])}: {named(chosen.articles[0])}."
    return "\n".join(f"- {stated(a) or 'not stated'}: {named(a)}" for a in chosen.articles[:LISTED])


def _author(asked: CatalogueQuestion, chosen: Chosen, corpus: CorpusInfo) -> str | None:
    return _each(chosen, lambda a: a.article.meta.author)


def _outlet(asked: CatalogueQuestion, chosen: Chosen, corpus: CorpusInfo) -> str | None:
    return _each(chosen, lambda a: a.article.meta.outlet)


def _title(asked: CatalogueQuestion, chosen: Chosen, corpus: CorpusInfo) -> str | None:
    return _each(chosen, lambda a: a.article.meta.title)


def _published(asked: CatalogueQuestion, chosen: Chosen, corpus: CorpusInfo) -> str | None:
    def stated(a: StoredArticle) -> str | None:
        meta = a.article.meta
        if meta.published is None:
            return None
        updated = f", updated {meta.updated}" if meta.updated and meta.updated != meta.published else ""
        return f"Published {meta.published} (from its {meta.published_from}){updated}"

    return _each(chosen, stated)


def _tally(names: Sequence[str | None], one: str, many: str) -> str | None:
    counts = Counter(n for n in names if n)
    if not counts:
        return None
    left = sum(n is None for n in names)
    told = ", ".join(f"{name} ({n})" for name, n in counts.most_common())
    unstated = f"; {left} of {len(names)} articles state none" if left else ""
    return f"{len(counts)} {one if len(counts) == 1 else many}: {told}{unstated}."


def _outlets(asked: CatalogueQuestion, chosen: Chosen, corpus: CorpusInfo) -> str | None:
    return _tally([a.article.meta.outlet for a in chosen.articles], "outlet", "outlets")


def _authors(asked: CatalogueQuestion, chosen: Chosen, corpus: CorpusInfo) -> str | None:
    return _tally([a.article.meta.author for a in chosen.articles], "author", "authors")


def _count(asked: CatalogueQuestion, chosen: Chosen, corpus: CorpusInfo) -> str | None:
    n = len(chosen.articles)
    if n == corpus.articles and not chosen.how:
        return f"{n} articles{_reach(chosen.articles)}."
    verb = "is" if n == 1 else "are"
    picked = f"{verb} {chosen.how}" if chosen.how and not chosen.how.startswith("that ") else chosen.how
    picked = picked.removeprefix("that ").replace(" that ", " and ") if picked else f"{verb} of that time"
    return f"{n} of {corpus.articles} articles {picked}:\n{_lines(chosen.articles)}"


def _list(asked: CatalogueQuestion, chosen: Chosen, corpus: CorpusInfo) -> str | None:
    n = len(chosen.articles)
    return f"{n} article{'s' * (n != 1)}{picked(chosen)}:\n{_lines(chosen.articles)}"


def ordered(asked: CatalogueQuestion, chosen: Chosen) -> tuple[StoredArticle, ...]:
    """The articles that a question for the newest, the oldest, the longest or the shortest means, the one
    that is so most first; an article without a date is neither new nor old."""
    dated = [a for a in chosen.articles if a.article.meta.published]
    by_length = sorted(chosen.articles, key=length)
    found = {"newest": dated[::-1], "oldest": dated, "longest": by_length[::-1], "shortest": by_length}
    return tuple(found[asked.wants][: asked.most])


def length(stored: StoredArticle) -> int:
    """Of an article in characters, without its boilerplate."""
    return sum(s.end - s.start for s in stored.article.spans)


def _most(asked: CatalogueQuestion, chosen: Chosen, corpus: CorpusInfo) -> str | None:
    first = ordered(asked, chosen)
    if not first:
        return None
    sized = asked.wants in ("longest", "shortest")
    told = [f"{named(a)}{f', {length(a):,} characters' if sized else ''}" for a in first]
    which = f"The {asked.wants}{picked(chosen)}"
    if len(told) == 1:
        return f"{which} is {told[0]}."
    return f"{which} are:\n" + "\n".join(f"- {t}" for t in told)


def _span(asked: CatalogueQuestion, chosen: Chosen, corpus: CorpusInfo) -> str | None:
    reach = _reach(chosen.articles).removeprefix(", ")
    return f"The articles are {reach}." if any(a.article.meta.published for a in chosen.articles) else None


def _reach(articles: Sequence[StoredArticle]) -> str:
    days = sorted(a.article.meta.published for a in articles if a.article.meta.published)
    undated = len(articles) - len(days)
    dated = f", from {days[0]} to {days[-1]}" if days else ""
    return dated + (f"{',' if dated else ''} {undated} undated" if undated else "")


def picked(chosen: Chosen) -> str:
    return f" {chosen.how}" if chosen.how else ""


SAID: dict[str, Callable[[CatalogueQuestion, Chosen, CorpusInfo], str | None]] = {
    "author": _author,
    "authors": _authors,
    "outlet": _outlet,
    "outlets": _outlets,
    "title": _title,
    "published": _published,
    "count": _count,
    "list": _list,
    "newest": _most,
    "oldest": _most,
    "longest": _most,
    "shortest": _most,
    "span": _span,
}
RANKED = ("newest", "oldest", "longest", "shortest")
COUNTS = frozenset(["count", "outlets", "authors"])
_UNSTATED = {
    "author": "an author",
    "authors": "an author",
    "outlet": "an outlet",
    "outlets": "an outlet",
    "title": "a title",
}


def unstated(asked: CatalogueQuestion, chosen: Chosen) -> str:
    what = _UNSTATED.get(asked.wants, "a date")
    if len(chosen.articles) == 1:
        return f"The article states no {what.split()[-1]}: {named(chosen.articles[0])}."
    return f"None of the {len(chosen.articles)} articles meant states {what}."


def counted(chosen: Chosen, filters: Filters, store: Store) -> str:
    total = store.corpus().articles
    limits = [
        f"from {_day(filters.since)}" if filters.since else "",
        f"to {_day(filters.until)}" if filters.until else "",
    ]
    dated = f" published {' '.join(x for x in limits if x)}" if filters.dated else ""
    outlet = f" of outlets named like “{filters.outlet}”" if filters.outlet else ""
    what = f"{len(chosen.articles)} of {total} articles{dated}{outlet}{picked(chosen)}"
    return f"Counted in the store: {what}; copies count each."


def _day(day: int | None) -> str:
    return f"{day // 10000:04d}-{day // 100 % 100:02d}-{day % 100:02d}" if day else ""


def row(stored: StoredArticle) -> CatalogueRow:
    meta = stored.article.meta
    return CatalogueRow(
        article_id=stored.article_id,
        file=stored.file,
        title=meta.title,
        outlet=meta.outlet,
        author=meta.author,
        published=meta.published,
        updated=meta.updated,
    )
