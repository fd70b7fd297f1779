"""Who says what in each article, kept in the store: read once, by the reader that the library hands in (this
room knows nothing of attribution), and read again only where the reader's version is another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from qa.errors import StoreError
from qa.index.store import Store
from qa.types import Article

# (start, end, speaker, role, voice, via, start and end of the whole act of speech)
Row = tuple[int, int, str, str | None, str, str | None, int, int]
Reader = Callable[[str, Article], Sequence[Row]]


def heard(
    store: Store, articles: Sequence[int], version: str, read: Reader
) -> Iterator[tuple[int, list[Row]]]:
    """(article's key, its rows in order) of each article. What is not in the store is read and kept, where
    the store can be written."""
    for key in articles:
        if (rows := kept(store, key, version)) is not None:
            yield key, rows
            continue
        stored = store.article(key)
        made = list(read(store.text(stored.source), stored.article))
        if not store.read_only:
            with suppress(StoreError):  # what cannot be kept is still told
                _keep(store, key, version, made)
        yield key, made


def kept(store: Store, article: int, version: str) -> list[Row] | None:
    """The rows of an article; None where it was not read, or by another version."""
    found = store.rows("SELECT version FROM heard WHERE article=?", (article,))
    return _rows(store, article) if found and found[0][0] == version else None


def unheard(store: Store, version: str) -> list[int]:
    """Keys of the articles that ``heard`` would read, in order."""
    return [
        key
        for (key,) in store.rows(
            "SELECT id FROM articles WHERE id NOT IN (SELECT article FROM heard WHERE version=?) ORDER BY id",
            (version,),
        )
    ]


def _rows(store: Store, key: int) -> list[Row]:
    return [
        (a, b, speaker, role, voice, via, first, last)
        for a, b, speaker, role, voice, via, first, last in store.rows(
            'SELECT start, "end", speaker, role, voice, via, first, last FROM statements WHERE article=?'
            ' ORDER BY start, "end"',
            (key,),
        )
    ]


def _keep(store: Store, key: int, version: str, rows: Sequence[Row]) -> None:
    with store.transaction() as db:
        db.execute("DELETE FROM statements WHERE article=?", (key,))
        db.execute("INSERT OR REPLACE INTO heard(article, version) VALUES (?, ?)", (key, version))
        db.executemany(
            "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [(key, *row) for row in rows]
        )
