"""How well the files were read: articles found, their titles, outlets and dates, teasers marked as cut,
boilerplate left out and text kept, against YAML written by hand beside each file.

Scored on the store of an indexed folder, so that whatever happens on the way into it is seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from eval.gold.questions import GoldError, _Strict, read_yaml
from eval.scoring.metrics import Metric, Score
from qa.types import Article, PublishedFrom, StoredArticle

TELLING = 20  # characters from which on the end of an article stands in no other by accident


class GoldArticle(_Strict):
    """One item of a file; ``first`` and ``last`` are the ends of its running text, verbatim."""

    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    published_from: PublishedFrom | None
    author: str | None
    truncated: bool
    first: str
    last: str


class GoldFile(_Strict):
    """What a careful reader says of one file. ``boilerplate``, ``kept``: strings, each within one line."""

    articles: tuple[GoldArticle, ...] = Field(min_length=1)
    boilerplate: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One gold article, or one string of a file, with what was made of it. ``found``: the article that
    holds both ends of the gold article and no end of another, with its texts."""

    gold: GoldArticle | None
    found: Article | None
    wanted: bool | None = None  # of a string: whether it should be in an article
    present: bool = False


def _is(get: str) -> Metric:
    def right(case: Reading) -> Score:
        if case.gold is None:
            return None
        return float(case.found is not None and getattr(case.found.meta, get) == getattr(case.gold, get))

    return Metric(
        right,
        {"title": "titles", "outlet": "outlets", "author": "authors", "url": "URLs", "published": "dates"}[
            get
        ]
        + " of articles right (not stated: none)",
    )


def _found(case: Reading) -> Score:
    return None if case.gold is None else float(case.found is not None)


def _truncated(case: Reading) -> Score:
    return (
        None
        if case.gold is None
        else float(case.found is not None and case.found.truncated == case.gold.truncated)
    )


def _known_from(case: Reading) -> Score:
    if case.gold is None or case.gold.published is None:
        return None
    return float(case.found is not None and case.found.meta.published_from == case.gold.published_from)


def _text(case: Reading) -> Score:
    return None if case.wanted is None else float(case.present == case.wanted)


READING: dict[str, Metric] = {
    "article_found": Metric(_found, "articles with both ends, and no other's", rule="guarantee"),
    "title": Metric(_is("title").score, _is("title").about),
    "outlet": Metric(_is("outlet").score, _is("outlet").about),
    "published": Metric(_is("published").score, _is("published").about),
    "published_from": Metric(_known_from, "how the date is known, right"),
    "author": Metric(_is("author").score, _is("author").about),
    "url": Metric(_is("url").score, _is("url").about),
    "truncated": Metric(_truncated, "broken-off texts known as such"),
    "text": Metric(_text, "boilerplate left out, text kept"),
}


def load_files(folder: Path, corpus: Path) -> dict[str, GoldFile]:
    """File name -> gold, for every ``STEM.yaml`` of ``folder`` with one file of that stem in ``corpus``;
    every string must stand there. Raises GoldError."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        files = [f for f in corpus.iterdir() if f.stem == path.stem and f.suffix not in (".yaml", ".yml")]
        if len(files) != 1:
            raise GoldError(
                f"{path}: {len(files)} files named {path.stem}.* in {corpus}, where one is needed"
            )
        gold = read_yaml(path, GoldFile)
        text = files[0].read_bytes().decode("utf-8-sig")
        for words in (*(w for a in gold.articles for w in (a.first, a.last)), *gold.boilerplate, *gold.kept):
            if words not in text:
                raise GoldError(f"{path}: not verbatim in {files[0].name}: {words[:60]!r}")
        found[files[0].name] = gold
    return found


def _texts(article: Article, text: str) -> list[str]:
    return [text[s.start : s.end] for s in article.spans]


def _holds(parts: Sequence[str], words: str) -> bool:
    return any(words in part for part in parts)


def _match(
    want: GoldArticle, gold: GoldFile, bodies: Sequence[tuple[Article, Sequence[str]]]
) -> Article | None:
    """The first article that holds both ends of ``want`` and neither end of another gold article."""
    own = (want.first, want.last)
    ends = [words for other in gold.articles if other is not want for words in (other.first, other.last)]
    others = [words for words in ends if len(words) >= TELLING and words not in own]
    for article, parts in bodies:
        if all(_holds(parts, w) for w in own) and not any(_holds(parts, w) for w in others):
            return article
    return None


def readings(
    name: str, gold: GoldFile, text: str, articles: Sequence[StoredArticle]
) -> Iterator[tuple[str, str, Reading]]:
    """(id, what is read, reading) of each gold article and string of a file."""
    bodies = [(a.article, _texts(a.article, text)) for a in articles]
    for n, want in enumerate(gold.articles, 1):
        yield f"{name}#{n}", want.title or want.first, Reading(want, _match(want, gold, bodies))
    for kind, wanted, strings in (("boilerplate", False, gold.boilerplate), ("kept", True, gold.kept)):
        for n, words in enumerate(strings, 1):
            present = any(_holds(parts, words) for _, parts in bodies)
            yield f"{name}:{kind}:{n}", words, Reading(None, None, wanted, present)


def told(case: Reading) -> tuple[str, str]:
    """(what was made of it, what was expected), for a person."""
    if case.gold is None:
        return ("in an article" if case.present else "left out"), (
            "in an article" if case.wanted else "left out"
        )
    gold: Mapping[str, object] = {
        k: getattr(case.gold, k) for k in ("title", "outlet", "published", "truncated", "author")
    }
    found = case.found
    made = (
        "no article with these ends"
        if found is None
        else str(
            {k: getattr(found.meta, k) for k in ("title", "outlet", "published", "author")}
            | {"truncated": found.truncated}
        )
    )
    return made, str(dict(gold))
