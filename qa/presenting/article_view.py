"""Store -> articles as a surface shows them: a row in a table, or a page with its boilerplate marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from qa.errors import NotFound
from qa.index.store import Store
from qa.types import AlsoIn, Citation, CorpusInfo, Hit, PublishedFrom, Stage, StoredArticle, Value

AROUND = 2000  # characters of boilerplate before and after an article that its page still shows


class ArticleRow(Value):
    """What is known of one article; ``note`` is the ledger's remark on its file."""

    article_id: str
    file: str
    title: str | None
    outlet: str | None
    author: str | None
    url: str | None
    published: str | None
    published_from: PublishedFrom | None
    truncated: bool
    characters: int
    also_in: tuple[AlsoIn, ...] = ()
    note: str | None = None


class UnreadFile(Value):
    file: str
    why: str


class ArticleList(Value):
    format: Literal["qa.articles/1"] = "qa.articles/1"
    corpus: CorpusInfo
    articles: tuple[ArticleRow, ...]
    unread: tuple[UnreadFile, ...] = ()


class Segment(Value):
    """A stretch of a source text: ``source_text[start:end] == text``."""

    kind: Literal["article", "boilerplate"]
    start: int
    end: int
    text: str


class ArticlePage(Value):
    """An article in its file. ``segments`` follow each other without a gap; ``line`` is that of the first.
    ``citations``: quotes of this article that an earlier answer of the session named gave."""

    format: Literal["qa.article/1"] = "qa.article/1"
    article: ArticleRow
    line: int
    segments: tuple[Segment, ...]
    citations: tuple[Citation, ...] = ()


class FoundPassage(Value):
    """A passage that search found, with its article."""

    rank: int
    score: float
    stage: Stage
    start: int
    end: int
    text: str
    article: ArticleRow


class FoundPassages(Value):
    format: Literal["qa.search/1"] = "qa.search/1"
    query: str
    passages: tuple[FoundPassage, ...]


def row_of(store: Store, stored: StoredArticle) -> ArticleRow:
    meta, article = stored.article.meta, stored.article
    return ArticleRow(
        article_id=stored.article_id,
        file=stored.file,
        title=meta.title,
        outlet=meta.outlet,
        author=meta.author,
        url=meta.url,
        published=meta.published,
        published_from=meta.published_from,
        truncated=article.truncated,
        characters=sum(s.end - s.start for s in article.spans),
        also_in=stored.also_in,
        note=store.note(stored.source),
    )


def article_list(
    store: Store, words: str = "", keys: frozenset[int] | None = None, outlet: str = ""
) -> ArticleList:
    """The articles in order of their files; ``words``: each stands in the title, outlet, author, file or
    date; ``keys``: only these (StoredArticle.key); ``outlet``: part of a name."""
    wanted = words.casefold().split()
    rows = tuple(
        row
        for stored in _all(store)
        if keys is None or stored.key in keys
        for row in [row_of(store, stored)]
        if _holds(row, wanted) and outlet.casefold() in (row.outlet or "").casefold()
    )
    unread = tuple(UnreadFile(file=f.path, why=f.failed) for f in store.files().values() if f.failed)
    return ArticleList(corpus=store.corpus(), articles=rows, unread=unread)


def _all(store: Store) -> Iterator[StoredArticle]:
    seen: set[int] = set()
    for _, file in sorted(store.files().items()):
        if file.source is not None and file.source not in seen:
            seen.add(file.source)
            yield from store.articles_of(file.source)


def _holds(row: ArticleRow, wanted: list[str]) -> bool:
    about = " ".join(
        part for part in (row.title, row.outlet, row.author, row.file, row.published) if part
    ).casefold()
    return all(word in about for word in wanted)


def find_article(store: Store, article_id: str) -> StoredArticle:
    """``FILE#N``, or ``FILE`` where it holds one article. Raises NotFound."""
    name, mark, number = article_id.rpartition("#")
    if not mark or not number.isdigit():
        name, number = article_id, ""
    file = store.file(name)
    if file is None:
        raise NotFound(f"no file {name!r} here; the list of articles has their names")
    if file.source is None:
        raise NotFound(f"{name} could not be read: {file.failed}")
    articles = store.articles_of(file.source)
    if not number and len(articles) == 1:
        return articles[0]
    found = next((a for a in articles if str(a.article.n) == number), None)
    if found is None:
        raise NotFound(f"{name} has {len(articles)} articles; name one as {name}#1")
    return found


def article_page(store: Store, article_id: str, citations: tuple[Citation, ...] = ()) -> ArticlePage:
    """An article with the boilerplate in and around it. Raises NotFound."""
    stored = find_article(store, article_id)
    text = store.text(stored.source)
    article = stored.article
    others = [a.article for a in store.articles_of(stored.source) if a.key != stored.key]
    before = max((o.end for o in others if o.end <= article.start), default=0)
    after = min((o.start for o in others if o.start >= article.end), default=len(text))
    low = max(before, article.start - AROUND)
    high = min(after, article.end + AROUND)
    names = {stored.article_id, *(a.article_id for a in stored.also_in)}
    return ArticlePage(
        article=row_of(store, stored),
        line=1 + text.count("\n", 0, low),
        segments=tuple(_segments(text, [(s.start, s.end) for s in article.spans], low, high)),
        citations=tuple(c for c in citations if c.article_id in names and low <= c.start < c.end <= high),
    )


def _segments(text: str, spans: list[tuple[int, int]], low: int, high: int) -> Iterator[Segment]:
    at = low
    for start, end in spans:
        if start > at:
            yield Segment(kind="boilerplate", start=at, end=start, text=text[at:start])
        yield Segment(kind="article", start=start, end=end, text=text[start:end])
        at = end
    if high > at:
        yield Segment(kind="boilerplate", start=at, end=high, text=text[at:high])


def found_passages(store: Store, query: str, hits: list[Hit]) -> FoundPassages:
    return FoundPassages(
        query=query,
        passages=tuple(
            FoundPassage(
                rank=hit.rank,
                score=round(hit.score, 4),
                stage=hit.stage,
                start=hit.passage.start,
                end=hit.passage.end,
                text=hit.passage.text,
                article=row_of(store, hit.article),
            )
            for hit in hits
        ),
    )
