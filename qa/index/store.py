"""The truth of one folder, in SQLite: files and their ledger, source texts, articles, passages, and
vectors by content hash. Indexes are made from it and can be thrown away at any time.

One content (bytes, kind of file, corrections) is one *source*, however many files hold it: renaming
costs nothing and copies are one set of passages. A file is written in one transaction with all of
its articles, so a killed run leaves whole files or nothing of them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from qa.errors import StoreError
from qa.index.ledger import FileRow as FileRow
from qa.index.ledger import Ledger
from qa.types import AlsoIn, Article, CorpusInfo, Passage, StoredArticle


class Store(Ledger):
    """The reading side, with what was read last kept in memory. Safe to share between threads."""

    def __init__(self, path: Path, code: str) -> None:
        self._texts: OrderedDict[int, str] = OrderedDict()
        self._articles: OrderedDict[int, StoredArticle] = OrderedDict()
        super().__init__(path, code)

    def _forget(self) -> None:
        with self._lock:
            self._articles.clear()
            self._texts.clear()

    # --- reading ---

    def text(self, source: int) -> str:
        with self._lock:
            if source not in self._texts:
                row = self.rows("SELECT text FROM sources WHERE id=?", (source,))
                if not row:
                    raise StoreError("a source text has just been removed by another process; ask again")
                self._texts[source] = row[0][0]
                while len(self._texts) > 1 and sum(map(len, self._texts.values())) > 20_000_000:
                    self._texts.popitem(last=False)
            self._texts.move_to_end(source)
            return self._texts[source]

    def count_articles(self, source: int) -> int:
        return int(self.rows("SELECT count(*) FROM articles WHERE source=?", (source,))[0][0])

    def note(self, source: int) -> str | None:
        row = self.rows("SELECT note FROM sources WHERE id=?", (source,))
        return row[0][0] if row else None

    def extent(self, source: int) -> tuple[int, int, int]:
        """Of a source text: its articles, its characters, and those of them that stand in an article."""
        with self._lock:
            characters = self.rows("SELECT length(text) FROM sources WHERE id=?", (source,))[0][0]
            values = self.rows("SELECT value FROM articles WHERE source=?", (source,))
        spans = [s for (value,) in values for s in Article.model_validate_json(value).spans]
        return len(values), characters, sum(s.end - s.start for s in spans)

    def article(self, key: int) -> StoredArticle:
        with self._lock:
            if key not in self._articles:
                row = self.rows("SELECT source, value, story FROM articles WHERE id=?", (key,))
                if not row:
                    raise StoreError("an article has just been removed by another process; ask again")
                source, value, story = row[0]
                names = self._paths(source)
                if not names:
                    raise StoreError("an article has just been removed by another process; ask again")
                article = Article.model_validate_json(value)
                also = [
                    AlsoIn(article_id=f"{name}#{article.n}", outlet=article.meta.outlet) for name in names[1:]
                ]
                for other, n, outlet in (
                    self.rows(
                        "SELECT source, n, outlet FROM articles WHERE story = ? AND id <> ? ORDER BY id",
                        (story, key),
                    )
                    if story
                    else ()
                ):
                    also += [AlsoIn(article_id=f"{name}#{n}", outlet=outlet) for name in self._paths(other)]
                self._articles[key] = StoredArticle(
                    key=key,
                    source=source,
                    article_id=f"{names[0]}#{article.n}",
                    file=names[0],
                    article=article,
                    also_in=tuple(also),
                    story=story or key,
                )
                while len(self._articles) > 20_000:
                    self._articles.popitem(last=False)
            return self._articles[key]

    def _paths(self, source: int) -> list[str]:
        return sorted(r[0] for r in self.rows("SELECT path FROM files WHERE source=?", (source,)))

    def article_keys(self) -> list[int]:
        """The keys of all articles, in order of their files' reading."""
        return [int(r[0]) for r in self.rows("SELECT id FROM articles ORDER BY id")]

    def copies_of(self, keys: Sequence[int]) -> list[int]:
        """The keys of the other articles that are copies of these, or versions so near to them."""
        marks = ",".join("?" * len(keys))
        found = self.rows(
            f"SELECT id FROM articles WHERE story IN (SELECT story FROM articles WHERE id IN ({marks})"
            f" AND story IS NOT NULL) AND id NOT IN ({marks}) ORDER BY id",
            [*keys, *keys],
        )
        return [int(r[0]) for r in found]

    def articles_with(self, words: Sequence[str]) -> list[int]:
        """The keys of the articles of all source texts that hold one of the words (ASCII, case ignored)."""
        held = " OR ".join(["s.text LIKE ?"] * len(words))
        found = self.rows(
            f"SELECT a.id FROM articles a JOIN sources s ON s.id = a.source WHERE {held} ORDER BY a.id",
            [f"%{word}%" for word in words],
        )
        return [int(r[0]) for r in found]

    def articles_of(self, source: int) -> list[StoredArticle]:
        return [
            self.article(r[0])
            for r in self.rows("SELECT id FROM articles WHERE source=? ORDER BY n", (source,))
        ]

    def passages(self, ids: Sequence[int]) -> list[tuple[Passage, int]]:
        """(passage, key of its article) in the order of ``ids``; ids that are gone are left out."""
        found: dict[int, tuple[Passage, int]] = {}
        for at in range(0, len(ids), 500):
            part = ids[at : at + 500]
            marks = ",".join("?" * len(part))
            for key, article, start, end, header, source in self.rows(
                'SELECT p.id, p.article, p.start, p."end", p.header, a.source FROM passages p '
                f"JOIN articles a ON a.id = p.article WHERE p.id IN ({marks})",
                part,
            ):
                passage = Passage(
                    id=key, start=start, end=end, header=header, text=self.text(source)[start:end]
                )
                found[key] = (passage, article)
        return [found[i] for i in ids if i in found]

    def passage_ids(self) -> np.ndarray:
        return np.asarray([r[0] for r in self.rows("SELECT id FROM passages ORDER BY id")], dtype=np.int64)

    def all_passages(self, ids: Sequence[int]) -> Iterator[tuple[int, int, str, str]]:
        """(id, article, header, text) of the given passages, source by source."""
        for at in range(0, len(ids), 500):
            for passage, article in self.passages(ids[at : at + 500]):
                yield passage.id, article, passage.header, passage.text

    def allowed_articles(
        self, since: int | None, until: int | None, outlet: str | None, undated: bool
    ) -> list[int] | None:
        """The keys of the articles that filters leave, or None for all. Days are YYYYMMDD."""
        if since is None and until is None and outlet is None:
            return None
        from qa.text.dates import day_range

        keys = []
        wanted = _outlet_key(outlet) if outlet else ""
        for key, name, published in self.rows("SELECT id, outlet, published FROM articles"):
            if outlet and wanted not in _outlet_key(name or ""):
                continue
            if since is not None or until is not None:
                if published is None:
                    if not undated:
                        continue
                else:
                    first, last = day_range(published)
                    if (since is not None and first < since) or (until is not None and last > until):
                        continue
            keys.append(key)
        return keys

    def allowed(
        self, since: int | None, until: int | None, outlet: str | None, undated: bool
    ) -> set[int] | None:
        """The passages that filters leave, or None for all."""
        keys = self.allowed_articles(since, until, outlet, undated)
        if keys is None:
            return None
        found: set[int] = set()
        for at in range(0, len(keys), 500):
            part = keys[at : at + 500]
            found.update(
                r[0]
                for r in self.rows(
                    f"SELECT id FROM passages WHERE article IN ({','.join('?' * len(part))})", part
                )
            )
        return found

    def corpus(self) -> CorpusInfo:
        count, undated, first, last = self.rows(
            "SELECT count(*), sum(published IS NULL), min(published), max(published) FROM articles"
        )[0]
        return CorpusInfo(articles=count, undated=undated or 0, first=first, last=last)

    def outlets(self) -> list[str]:
        return [
            r[0]
            for r in self.rows(
                "SELECT outlet FROM articles WHERE outlet IS NOT NULL "
                "GROUP BY outlet ORDER BY count(*) DESC, outlet"
            )
        ]


def _outlet_key(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum()).removeprefix("the")
