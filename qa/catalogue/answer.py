"""Questions about the articles themselves, answered with rows of the store: who wrote it, which outlets,
how many, when published, what a file says. Nothing is read out of an article's own words but, for what a
file says, its first sentences, quoted as any answer's are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.answering.generator import Usage
from qa.catalogue.choosing import NAMED, Chosen, choose, flat
from qa.catalogue.telling import COUNTS, RANKED, SAID, counted, ordered, picked, row, unstated
from qa.checking.verify import verify
from qa.index.lexical import LexicalIndex
from qa.index.retriever import Filters
from qa.index.store import Store
from qa.outcome import AnswerParts, outcome_from
from qa.question.collection import CatalogueQuestion
from qa.reading.chunker import units
from qa.types import Draft, DraftClaim, DraftQuote, Note, Outcome, StoredArticle, Trace

SENTENCES = 3  # quoted of an article that is asked for as a whole


def catalogue(
    store: Store,
    index: LexicalIndex | None,
    question: str,
    asked: CatalogueQuestion,
    filters: Filters,
    notes: Sequence[Note] = (),
) -> Outcome | None:
    """The answer to a question about the articles; None where its form alone does not say that it is one
    and no article matches, or none that matches states what is asked."""
    chosen = choose(store, index, asked, filters)
    if not chosen.articles and not asked.certain:
        return None
    if not chosen.articles:
        if asked.wants == "count" and chosen.how and not chosen.missed:
            return _told(store, question, f"There is no article {chosen.how}.", (), notes)
        timed = filters.since is not None or filters.until is not None
        none = f"There is no article{picked(chosen)}{' of that time' if timed else ''}."
        return _refused(store, question, chosen.missed or none, notes)
    if asked.wants == "summary":
        return _summary(store, question, chosen, filters, notes)
    text = SAID[asked.wants](asked, chosen, store.corpus())
    if text is None:
        # "Which paper wrote about the cats?": what no page states, their words may ("the Post reports")
        return _refused(store, question, unstated(asked, chosen), notes) if asked.certain else None
    rows = chosen.articles
    if asked.wants in RANKED:
        rows = ordered(asked, chosen)
    remark = [Note(kind="counted", text=counted(chosen, filters, store))] if asked.wants in COUNTS else []
    return _told(store, question, text, rows, [*notes, *remark])


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
        title = flat(stored.article.meta.title or "")
        first = [
            u
            for u in units(text, stored.article)
            if not u.heading
            and flat(text[u.start : u.end]) != title
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
