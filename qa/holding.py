"""A draft as it holds now: with the states of what is asked, and with what corrects it, over a store."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.corrections import MARKS, Notice, about, notices, with_corrections
from qa.answering.updates import with_states
from qa.index.retriever import Filters
from qa.index.store import Store
from qa.question.parsing import Question
from qa.types import Draft, Hit, StoredArticle


class Notices:
    """The corrections and withdrawals of all articles of a store, read once a revision."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found: tuple[int, list[tuple[StoredArticle, Notice]]] | None = None

    def about(self, article: StoredArticle) -> list[tuple[StoredArticle, Notice]]:
        """Those that stand in other articles and are about this one."""
        revision = self._store.revision
        if self._found is None or self._found[0] != revision:
            found = [
                (stored, notice)
                for stored in map(self._store.article, self._store.articles_with(MARKS))
                for notice in notices(self._store.text(stored.source), stored.article)
            ]
            self._found = (revision, found)
        return [(a, n) for a, n in self._found[1] if a.key != article.key and about(a, n, article)]


def as_it_holds(
    draft: Draft, question: Question, hits: Sequence[Hit], filters: Filters, store: Store, known: Notices
) -> Draft:
    """The newest state of what is asked first, what it was before beside it, and the corrections of what is
    claimed. A draft that denies a premise, or that breaks off, stays as it is."""
    if draft.reason in ("outside_dates", "cut_off") or draft.premise is not None:
        return draft
    found = {h.article.key: h.article for h in hits}
    allowed = store.allowed_articles(filters.since, filters.until, filters.outlet, filters.undated)
    copies = [k for k in store.copies_of(list(found)) if allowed is None or k in allowed]
    articles = [*found.values(), *map(store.article, copies)]
    held = with_states(draft, question, articles, store.text)
    return with_corrections(held, question, store.article, store.text, known.about)
