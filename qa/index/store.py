"""The truth of one folder, in SQLite: files and their ledger, source texts, articles, passages, and
vectors by content hash. Indexes are made from it and can be thrown away at any time.

One content (bytes, kind of file, corrections) is one *source*, however many files hold it: renaming
costs nothing and copies are one set of passages. A file is written in one transaction with all of
its articles, so a killed run leaves whole files or nothing of them.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from filelock import FileLock

from qa.errors import StoreError
from qa.index.embeddings import Vectors
from qa.index.near_duplicates import groups, signature
from qa.privacy import private_file, private_folder
from qa.types import AlsoIn, Article, CorpusInfo, Passage, SourceText, StoredArticle

SCHEMA = 1
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (id INTEGER PRIMARY KEY AUTOINCREMENT, content TEXT NOT NULL UNIQUE, text TEXT NOT NULL,
    loader TEXT NOT NULL, note TEXT);
CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
    seen INTEGER NOT NULL, content TEXT NOT NULL, source INTEGER REFERENCES sources(id),
    failed TEXT) WITHOUT ROWID;
CREATE INDEX files_source ON files(source);
CREATE TABLE articles (id INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    n INTEGER NOT NULL, value TEXT NOT NULL, outlet TEXT, published TEXT, signature BLOB, story INTEGER);
CREATE INDEX articles_source ON articles(source);
CREATE INDEX articles_story ON articles(story) WHERE story IS NOT NULL;
CREATE TABLE passages (id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, header TEXT NOT NULL, hash BLOB NOT NULL);
CREATE INDEX passages_article ON passages(article);
CREATE INDEX passages_hash ON passages(hash);
CREATE TABLE vectors (embedder TEXT NOT NULL, hash BLOB NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY (embedder, hash)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A line of the ledger. ``content`` identifies what was in the file, ``failed`` says why it could
    not be read; ``seen`` is when it was read last (ns)."""

    path: str
    size: int
    mtime: int
    seen: int
    content: str
    source: int | None
    failed: str | None


def text_hash(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Store:
    """``code`` names the versions of the code that reads and cuts files; a store made by others, or
    damaged, is made anew from the files."""

    def __init__(self, path: Path, code: str) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._texts: OrderedDict[int, str] = OrderedDict()
        self._articles: OrderedDict[int, StoredArticle] = OrderedDict()
        private_folder(path.parent)
        self.db = self._open(code)

    def _open(self, code: str) -> sqlite3.Connection:
        """Open what is there; make it anew where it is missing, damaged or of another version. Two
        processes that come at once must not both do that, so it is done under a lock."""
        with FileLock(self.path.with_suffix(".lock"), timeout=60, mode=0o600):
            try:
                db = self._connect()
                known = db.execute("SELECT value FROM meta WHERE key='code'").fetchone()
                if known == (code,):
                    return db
                db.close()
            except sqlite3.DatabaseError as error:
                if "locked" in str(error) or "busy" in str(error):
                    raise StoreError(
                        f"{self.path} is locked by another process; wait for it and run again"
                    ) from None
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self.path}{suffix}").unlink(missing_ok=True)
            db = self._connect()
            db.executescript(f"BEGIN IMMEDIATE; {_TABLES}")
            db.execute("INSERT INTO meta VALUES ('code', ?), ('revision', '0')", (code,))
            db.execute("COMMIT")
            return db

    def _connect(self) -> sqlite3.Connection:
        private_file(self.path)  # SQLite gives its log the mode of the database
        db = sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("PRAGMA foreign_keys=ON")
        return db

    def close(self) -> None:
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
            except BaseException:
                self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            return self.db.execute(sql, values).fetchall()

    # --- meta ---

    def get(self, key: str) -> str | None:
        row = self.rows("SELECT value FROM meta WHERE key=?", (key,))
        return row[0][0] if row else None

    def put(self, key: str, value: str) -> None:
        with self._lock:
            self.db.execute(
                "INSERT INTO meta VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value=excluded.value",
                (key, value),
            )

    @property
    def revision(self) -> int:
        """Grows with every change of what can be found."""
        return int(self.get("revision") or 0)

    def bump(self) -> None:
        with self._lock:
            self.db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key='revision'")

    # --- the ledger ---

    def files(self) -> dict[str, FileRow]:
        rows = self.rows("SELECT path, size, mtime, seen, content, source, failed FROM files")
        return {row[0]: FileRow(*row) for row in rows}

    def file(self, path: str) -> FileRow | None:
        rows = self.rows(
            "SELECT path, size, mtime, seen, content, source, failed FROM files WHERE path=?", (path,)
        )
        return FileRow(*rows[0]) if rows else None

    def source_of(self, content: str) -> int | None:
        row = self.rows("SELECT id FROM sources WHERE content=?", (content,))
        return row[0][0] if row else None

    def put_file(self, row: FileRow) -> None:
        with self._lock:
            self.db.execute(
                "INSERT OR REPLACE INTO files VALUES (?,?,?,?,?,?,?)",
                (row.path, row.size, row.mtime, row.seen, row.content, row.source, row.failed),
            )
            self._articles.clear()

    def drop_file(self, path: str) -> None:
        with self._lock:
            self.db.execute("DELETE FROM files WHERE path=?", (path,))
            self._articles.clear()

    def put_source(
        self, content: str, source: SourceText, articles: Iterable[tuple[Article, Sequence[Passage]]]
    ) -> int:
        """Store a source text with its articles and passages; the caller holds the transaction."""
        key = self.db.execute(
            "INSERT INTO sources(content, text, loader, note) VALUES (?,?,?,?)",
            (content, source.text, source.loader, source.note),
        ).lastrowid
        assert key is not None
        for article, passages in articles:
            row = self.db.execute(
                "INSERT INTO articles(source, n, value, outlet, published, signature) VALUES (?,?,?,?,?,?)",
                (
                    key,
                    article.n,
                    article.model_dump_json(),
                    article.meta.outlet,
                    article.meta.published,
                    signature("\n".join(source.text[s.start : s.end] for s in article.spans)),
                ),
            ).lastrowid
            self.db.executemany(
                'INSERT INTO passages(article, start, "end", header, hash) VALUES (?,?,?,?,?)',
                [(row, p.start, p.end, p.header, text_hash(p.embedded)) for p in passages],
            )
        return key

    def find_copies(self) -> None:
        """Say of every article which story it is a copy of; for the holder of the transaction."""
        self.db.execute("UPDATE articles SET story = NULL WHERE story IS NOT NULL")
        found = groups(self.rows("SELECT id, signature FROM articles WHERE signature IS NOT NULL"))
        self.db.executemany(
            "UPDATE articles SET story = ? WHERE id = ?",
            [(group[0], key) for group in found for key in group],
        )
        self._articles.clear()

    def collect(self) -> int:
        """Delete sources that no file holds; how many there were."""
        with self._lock:
            gone = self.db.execute(
                "DELETE FROM sources WHERE NOT EXISTS (SELECT 1 FROM files WHERE files.source = sources.id)"
            ).rowcount
            if gone:
                self._articles.clear()
                self._texts.clear()
            return gone

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

    # --- vectors ---

    def missing_vectors(self, embedder: str) -> list[tuple[bytes, int]]:
        """(hash, one passage with it) of every text that has no vector yet."""
        return self.rows(
            "SELECT hash, min(id) FROM passages p WHERE NOT EXISTS "
            "(SELECT 1 FROM vectors v WHERE v.embedder=? AND v.hash=p.hash) GROUP BY hash ORDER BY 2",
            (embedder,),
        )

    def put_vectors(self, embedder: str, hashes: Sequence[bytes], vectors: Vectors) -> None:
        with self.transaction() as db:
            db.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?,?,?)",
                [(embedder, h, v.astype("<f4").tobytes()) for h, v in zip(hashes, vectors, strict=True)],
            )

    def vectors(self, embedder: str, ids: Sequence[int]) -> tuple[list[int], Vectors]:
        """(passage ids that have a vector, those vectors)."""
        keys: list[int] = []
        rows: list[bytes] = []
        for at in range(0, len(ids), 500):
            part = ids[at : at + 500]
            for key, value in self.rows(
                "SELECT p.id, v.value FROM passages p CROSS JOIN vectors v "
                "ON v.embedder = ? AND v.hash = p.hash "
                f"WHERE p.id IN ({','.join('?' * len(part))})",
                (embedder, *part),
            ):
                keys.append(key)
                rows.append(value)
        if not rows:
            return [], np.zeros((0, 1), dtype=np.float32)
        return keys, np.frombuffer(b"".join(rows), dtype="<f4").reshape(len(rows), -1).astype(np.float32)


def _outlet_key(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum()).removeprefix("the")
