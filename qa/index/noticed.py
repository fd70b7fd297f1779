"""Corrections and withdrawals of the articles, kept in the store: found once, by the reader that is handed in
(this room knows nothing of what a notice is), and again only where the reader's version is another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from qa.errors import StoreError
from qa.index.store import Store
from qa.types import Article

Reader = Callable[[str, Article], str]  # (source text, article) -> its notices in a form of the reader's own
KEY = "notices"  # in the table meta: the version and the revision up to which all were found


def noticed(store: Store, marks: Sequence[str], version: str, read: Reader, nothing: str) -> dict[int, str]:
    """Article's key -> what ``read`` made of it, of the articles that hold one of the words ``marks`` and of
    which it made something else than ``nothing``, in order."""
    revision = f"{version}/{store.revision}"
    fresh: dict[int, str] = {}
    if store.get(KEY) != revision:
        known = {k for (k,) in store.rows("SELECT article FROM notices WHERE version=?", (version,))}
        for key in store.articles_with(marks):
            if key not in known:
                stored = store.article(key)
                fresh[key] = read(store.text(stored.source), stored.article)
        if not store.read_only:
            with suppress(StoreError):  # what cannot be kept is still told
                _keep(store, fresh, version, revision)
    kept = store.rows("SELECT article, value FROM notices WHERE version=? AND value<>?", (version, nothing))
    told = fresh | dict(kept)
    return {key: told[key] for key in sorted(told) if told[key] != nothing}


def _keep(store: Store, fresh: dict[int, str], version: str, revision: str) -> None:
    with store.transaction(wait=0.1) as db:
        db.executemany(
            "INSERT OR REPLACE INTO notices(article, version, value) VALUES (?, ?, ?)",
            [(key, version, value) for key, value in fresh.items()],
        )
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (KEY, revision))
