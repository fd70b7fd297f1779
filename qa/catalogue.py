"""Questions about the articles themselves, answered with rows of the store: who wrote it, which outlets,
how many, when published, what a file says. Nothing is read out of an article's own words but, for what a
file says, its first sentences, quoted as any answer's are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.answering.generator import Usage
from qa.checking.verify import verify
from qa.index.lexical import LexicalIndex
from qa.index.retriever import Filters, lexical_search
from qa.index.store import Store
from qa.outcome import AnswerParts, outcome_from
from qa.question.catalogue import CatalogueQuestion
from qa.reading.chunker import units
from qa.text.terms import terms
from qa.types import (
    CatalogueRow,
    CorpusInfo,
    Draft,
    DraftClaim,
    DraftQuote,
    Note,
    Outcome,
    StoredArticle,
    Trace,
)

LISTED = 20  # articles that the text names; the rows hold all
NAMED = 5  # articles that a question for one of them may mean
LEAD = 400  # code points after an article's start that say what it is about
NEARLY = 0.6  # of the words of a topic, that one article must have where none has all
SENTENCES = 3  # quoted of an article that is asked for as a whole
_GENERIC = frozenset(terms("article piece story report news event topic matter subject"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The articles that a question means, in order of publication, undated last, and how they were picked."""

    articles: tuple[StoredArticle, ...]
    how: str | None = None  # "that mention “Velgrad”"
    missed: str | None = None  # why there is none


def catalogue(
    store: Store,
    index: LexicalIndex | None,
    question: str,
    asked: CatalogueQuestion,
    filters: Filters,
    notes: Sequence[Note] = (),
) -> Outcome | None:
    """The answer to a question about the articles; None where its form alone does not say that it is one
    and no article matches."""
    chosen = choose(store, index, asked, filters)
    if not chosen.articles and not asked.certain:
        return None
    if not chosen.articles:
        if asked.wants == "count" and chosen.how and not chosen.missed:
            return _told(store, question, f"No article{_picked(chosen)}.", (), notes)
        return _refused(store, question, chosen.missed or f"There is no article{_picked(chosen)}.", notes)
    if asked.wants == "summary":
        return _summary(store, question, chosen, filters, notes)
    text = _SAID[asked.wants](asked, chosen, store.corpus())
    if text is None:
        return _refused(store, question, _unstated(asked, chosen), notes)
    rows = chosen.articles
    if asked.wants in ("newest", "oldest"):
        dated = [a for a in rows if a.article.meta.published]
        rows = (dated[-1] if asked.wants == "newest" else dated[0],)
    counted = [Note(kind="counted", text=_counted(chosen, filters, store))] if asked.wants in _COUNTS else []
    return _told(store, question, text, rows, [*notes, *counted])


# --- which articles ---------------------------------------------------------------------------


def choose(store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, filters: Filters) -> Chosen:
    """The articles that a question means."""
    allowed = store.allowed_articles(filters.since, filters.until, filters.outlet, filters.undated)
    keys = store.article_keys() if allowed is None else sorted(allowed)
    how: list[str] = []
    for narrow in (_by_file, _by_title, _by_source, _by_mention, _by_topic, _by_date):
        found = narrow(store, index, asked, keys)
        if found is None:
            continue
        keys, said = found
        how.append(said)
        if not keys:
            return Chosen((), " ".join(how), None if narrow is _by_mention else _missed(store, asked, said))
    ordered = sorted(
        (store.article(key) for key in keys),
        key=lambda a: (a.article.meta.published is None, a.article.meta.published or "", a.article_id),
    )
    return Chosen(tuple(ordered), " ".join(how) or None)


Narrowed = tuple[list[int], str] | None


def _by_file(store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, keys: list[int]) -> Narrowed:
    """By the file's name: the whole path, the last part of it, or its end ("b.txt" for "meta_b.txt")."""
    if asked.file is None:
        return None
    name = asked.file.casefold()
    paths = {path.casefold(): path for path in store.files()}
    last = {low: low.rsplit("/", 1)[-1] for low in paths}
    fits: tuple[Callable[[str], bool], ...] = (
        lambda low: low == name,
        lambda low: last[low] == name,
        lambda low: re.search(rf"[\W_]{re.escape(name)}$", low) is not None,
    )
    matching = next((found for fit in fits if (found := {paths[low] for low in paths if fit(low)})), set())
    return [k for k in keys if store.article(k).file in matching], f"in the file {asked.file}"


def _by_title(
    store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, keys: list[int]
) -> Narrowed:
    """By the title in quotation marks, whole or a part of it ("Seal numbers …")."""
    if asked.title is None:
        return None
    wanted = _flat(re.sub(r"(?:…|\.\.\.)\s*$", "", asked.title))
    titles = {k: _flat(store.article(k).article.meta.title or "") for k in keys}
    exact = [k for k in keys if titles[k] == wanted]
    return exact or [k for k in keys if wanted and wanted in titles[k]], f"titled “{asked.title}”"


def _by_source(
    store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, keys: list[int]
) -> Narrowed:
    """By an author or an outlet."""
    if asked.source is None:
        return None
    wanted = _flat(asked.source).removeprefix("the ")
    metas = {k: store.article(k).article.meta for k in keys}
    written = [k for k in keys if re.search(rf"\b{re.escape(wanted)}\b", _flat(metas[k].author or ""))]
    published = [k for k in keys if re.search(rf"\b{re.escape(wanted)}\b", _flat(metas[k].outlet or ""))]
    return (written, f"by {asked.source}") if written else (published, f"from {asked.source}")


def _by_mention(
    store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, keys: list[int]
) -> Narrowed:
    """By words that stand in the title or the text, in this order and without regard to case."""
    if asked.mentions is None:
        return None
    phrase = re.sub(r"^(?:the\s+)?(?:word|name|term)\s+", "", asked.mentions, flags=re.IGNORECASE).strip(
        " “”\"'‘’"
    )
    words = r"\s+".join(re.escape(w) for w in phrase.split())
    pattern = re.compile(rf"(?<!\w){words}(?:['’]s)?(?!\w)", re.IGNORECASE)
    found = []
    for key in keys:
        stored = store.article(key)
        text = store.text(stored.source)
        held = any(pattern.search(text, s.start, s.end) for s in stored.article.spans)
        if held or pattern.search(stored.article.meta.title or ""):
            found.append(key)
    return found, f"that {'mention' if len(found) != 1 else 'mentions'} “{phrase}”"


def _by_topic(
    store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, keys: list[int]
) -> Narrowed:
    """By what an article is about: all words in its title, else in its title and beginning, else in its text;
    where no article has all, the one that has most of them."""
    if asked.topic is None:
        return None
    wanted = set(terms(asked.topic)) - _GENERIC
    said = f"about {asked.topic}"
    if not wanted:
        return [], said
    near = keys
    if index is not None and len(keys) > 200:
        found = lexical_search(index, asked.topic, 400, None)
        articles = dict.fromkeys(article for _, article in store.passages([key for key, _ in found]))
        near = [k for k in articles if k in set(keys)]
    held = {k: _held(store, store.article(k), wanted) for k in near}
    many = asked.wants in ("list", "count", "newest", "oldest")
    for level in (1,) if many else (0, 1):
        if all_of := [k for k in near if held[k][level] == 1.0]:
            return all_of, said
    if whole := [k for k in near if held[k][2] == 1.0]:
        return whole if many else whole[:NAMED], said
    best = max(near, key=lambda k: held[k], default=None)
    return ([best] if best is not None and held[best][1] >= NEARLY else []), said


def _held(store: Store, stored: StoredArticle, wanted: set[str]) -> tuple[float, float, float]:
    """The share of the words that the title, the title and beginning, and the whole article hold."""
    text = store.text(stored.source)
    title = set(terms(stored.article.meta.title or ""))
    body = "\n".join(text[s.start : s.end] for s in stored.article.spans)
    lead = title | set(terms(body[:LEAD]))
    return (
        len(wanted & title) / len(wanted),
        len(wanted & lead) / len(wanted),
        len(wanted & (title | set(terms(body)))) / len(wanted),
    )


def _by_date(store: Store, index: LexicalIndex | None, asked: CatalogueQuestion, keys: list[int]) -> Narrowed:
    if not asked.undated:
        return None
    return [k for k in keys if store.article(k).article.meta.published is None], "without a date"


def _flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _missed(store: Store, asked: CatalogueQuestion, said: str) -> str:
    """Why no article matches, and what there is instead."""
    if asked.file is not None:
        names = sorted(store.files())
        some = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
        return f"The folder holds no file {asked.file}; it holds {some}."
    if asked.source is not None:
        outlets = ", ".join(store.outlets()) or "not stated"
        return f"No article is by or from {asked.source}; the outlets are {outlets}."
    return f"No article {said} was found among {store.corpus().articles}."


# --- what is said of them ---------------------------------------------------------------------


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
    picked = picked.removeprefix("that ") if picked else f"{verb} of that time"
    return f"{n} of {corpus.articles} articles {picked}:\n{_lines(chosen.articles)}"


def _list(asked: CatalogueQuestion, chosen: Chosen, corpus: CorpusInfo) -> str | None:
    n = len(chosen.articles)
    return f"{n} article{'s' * (n != 1)}{_picked(chosen)}:\n{_lines(chosen.articles)}"


def _newest(asked: CatalogueQuestion, chosen: Chosen, corpus: CorpusInfo) -> str | None:
    dated = [a for a in chosen.articles if a.article.meta.published]
    return f"The newest is {named(dated[-1])}." if dated else None


def _oldest(asked: CatalogueQuestion, chosen: Chosen, corpus: CorpusInfo) -> str | None:
    dated = [a for a in chosen.articles if a.article.meta.published]
    return f"The oldest is {named(dated[0])}." if dated else None


def _span(asked: CatalogueQuestion, chosen: Chosen, corpus: CorpusInfo) -> str | None:
    reach = _reach(chosen.articles).removeprefix(", ")
    return f"The articles are {reach}." if any(a.article.meta.published for a in chosen.articles) else None


def _reach(articles: Sequence[StoredArticle]) -> str:
    days = sorted(a.article.meta.published for a in articles if a.article.meta.published)
    undated = len(articles) - len(days)
    dated = f", from {days[0]} to {days[-1]}" if days else ""
    return dated + (f"{',' if dated else ''} {undated} undated" if undated else "")


def _picked(chosen: Chosen) -> str:
    return f" {chosen.how}" if chosen.how else ""


_SAID: dict[str, Callable[[CatalogueQuestion, Chosen, CorpusInfo], str | None]] = {
    "author": _author,
    "authors": _authors,
    "outlet": _outlet,
    "outlets": _outlets,
    "title": _title,
    "published": _published,
    "count": _count,
    "list": _list,
    "newest": _newest,
    "oldest": _oldest,
    "span": _span,
}
_COUNTS = frozenset(["count", "outlets", "authors"])
_UNSTATED = {
    "author": "an author",
    "authors": "an author",
    "outlet": "an outlet",
    "outlets": "an outlet",
    "title": "a title",
}


def _unstated(asked: CatalogueQuestion, chosen: Chosen) -> str:
    what = _UNSTATED.get(asked.wants, "a date")
    if len(chosen.articles) == 1:
        return f"The article states no {what.split()[-1]}: {named(chosen.articles[0])}."
    return f"None of the {len(chosen.articles)} articles meant states {what}."


def _counted(chosen: Chosen, filters: Filters, store: Store) -> str:
    total = store.corpus().articles
    limits = [
        f"from {_day(filters.since)}" if filters.since else "",
        f"to {_day(filters.until)}" if filters.until else "",
    ]
    dated = f" published {' '.join(x for x in limits if x)}" if filters.dated else ""
    outlet = f" of outlets named like “{filters.outlet}”" if filters.outlet else ""
    what = f"{len(chosen.articles)} of {total} articles{dated}{outlet}{_picked(chosen)}"
    return f"Counted in the store: {what}; copies count each."


def _day(day: int | None) -> str:
    return f"{day // 10000:04d}-{day // 100 % 100:02d}-{day % 100:02d}" if day else ""


# --- the outcome ------------------------------------------------------------------------------


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


def _told(
    store: Store, question: str, text: str, articles: Sequence[StoredArticle], notes: Sequence[Note]
) -> Outcome:
    return Outcome(
        question=question,
        standalone_question=question,
        kind="catalogue",
        text=text,
        catalogue=tuple(row(a) for a in articles),
        notes=tuple(notes),
        as_of=max((a.article.meta.published for a in articles if a.article.meta.published), default=None),
        corpus=store.corpus(),
        trace=Trace(answerer="extractive"),
    )


def _refused(store: Store, question: str, text: str, notes: Sequence[Note]) -> Outcome:
    told = _told(store, question, text, (), notes)
    return told.model_copy(update={"kind": "abstention", "reason": "not_in_corpus", "catalogue": None})


def _summary(store: Store, question: str, chosen: Chosen, filters: Filters, notes: Sequence[Note]) -> Outcome:
    """The first sentences of the articles meant, as quotes."""
    several = len(chosen.articles) > 1
    claims = []
    for stored in chosen.articles[:NAMED]:
        text = store.text(stored.source)
        title = _flat(stored.article.meta.title or "")
        first = [
            u
            for u in units(text, stored.article)
            if not u.heading
            and _flat(text[u.start : u.end]) != title
            and len(text[u.start : u.end].split()) > 3
        ]
        for u in first[: 1 if several else SENTENCES]:
            quote = DraftQuote(article=stored.key, text=text[u.start : u.end], start=u.start)
            claims.append(DraftClaim(text=" ".join(quote.text.split()), quotes=(quote,)))
    verified = verify(Draft(claims=tuple(claims), reason="not_in_corpus"), store.article, store.text)
    left = len(chosen.articles) - NAMED
    more = (
        [Note(kind="left_out", text=f"{left} more articles match; ask for them by name.")] if left > 0 else []
    )
    parts = AnswerParts(
        question, question, (), verified, replace(filters, undated=True), {}, [*notes, *more], Usage(), None
    )
    outcome = outcome_from(parts, store, None)
    return outcome.model_copy(update={"catalogue": tuple(row(a) for a in chosen.articles)})
