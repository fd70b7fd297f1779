"""A draft as it holds now: with the states of what is asked, and with what corrects it, over a store."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import TypeAdapter

from qa.answering.corrections import with_corrections
from qa.answering.notices import MARKS, VERSION, Notice, about, notices
from qa.answering.updates import with_states
from qa.index.noticed import noticed
from qa.index.retriever import Filters
from qa.index.store import Store
from qa.question.parsing import Question
from qa.types import Article, Draft, Hit, StoredArticle


class Notices:
    """The corrections and withdrawals of all articles of a store, taken from it once a revision."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found: tuple[int, list[tuple[StoredArticle, Notice]]] | None = None

    def all(self) -> list[tuple[StoredArticle, Notice]]:
        """Each with the article that it stands in. What was not read before is read and kept."""
        revision = self._store.revision
        if self._found is None or self._found[0] != revision:
            kept = noticed(self._store, MARKS, VERSION, _read, _kept(()))
            found = [(self._store.article(key), n) for key, value in kept.items() for n in _told(value)]
            self._found = (revision, found)
        return self._found[1]

    def about(self, article: StoredArticle) -> list[tuple[StoredArticle, Notice]]:
        """Those that stand in other articles and are about this one."""
        return [(a, n) for a, n in self.all() if a.key != article.key and about(a, n, article)]


_NOTICES = TypeAdapter(tuple[Notice, ...])


def _read(text: str, article: Article) -> str:
    return _kept(notices(text, article))


def _kept(found: tuple[Notice, ...]) -> str:
    return _NOTICES.dump_json(found).decode()


def _told(kept: str) -> tuple[Notice, ...]:
    return _NOTICES.validate_json(kept)


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
