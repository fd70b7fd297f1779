"""What is written into the database: the ledger of files, sources with their articles and passages, words,
and vectors by content hash."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np

from qa.index.database import CLEARED, Database
from qa.index.embeddings import Vectors
from qa.index.near_duplicates import groups, signature
from qa.types import Article, Passage, SourceText

# Of one embedder, as the index of vectors begins with it: by the text alone every vector would be looked at.
DROPPED = (
    "DELETE FROM vectors WHERE embedder=? AND hash=? AND NOT EXISTS "
    "(SELECT 1 FROM passages WHERE passages.hash=?)"
)
_WORD = re.compile(r"[^\W\d_]{4,}")


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


def words_of(text: str) -> Counter[str]:
    """The words that spelling is corrected by."""
    return Counter(_WORD.findall(text))


class Ledger(Database):
    """The writing side of the store."""

    def __init__(self, path: Path, code: str) -> None:
        self._words: Counter[str] = Counter()  # counted and not yet written
        super().__init__(path, code)

    def _forget(self) -> None:
        """What is kept in memory of the articles no longer holds."""

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
        self.run(
            "INSERT OR REPLACE INTO files VALUES (?,?,?,?,?,?,?)",
            (row.path, row.size, row.mtime, row.seen, row.content, row.source, row.failed),
        )
        self._forget()

    def drop_file(self, path: str) -> None:
        self.run("DELETE FROM files WHERE path=?", (path,))
        self._forget()

    def put_source(
        self, content: str, source: SourceText, articles: Iterable[tuple[Article, Sequence[Passage]]]
    ) -> int:
        """Store a source text with its articles and passages; the caller holds the transaction."""
        key = self.db.execute(
            "INSERT INTO sources(content, text, loader, note) VALUES (?,?,?,?)",
            (content, source.text, source.loader, source.note),
        ).lastrowid
        assert key is not None
        self._words.update(words_of(source.text))
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
        self._forget()

    def flush_words(self) -> None:
        """Write down the words counted since; for the holder of the transaction, before it is committed."""
        self.db.executemany(
            "INSERT INTO words VALUES (?, ?) ON CONFLICT(word) DO UPDATE SET n = n + excluded.n",
            [(word, n) for word, n in self._words.items() if n],
        )
        self._words.clear()

    def collect(self) -> int:
        """Delete sources that no file holds, with the vectors of texts that are gone with them; how many
        there were. For the holder of the transaction."""
        held = "EXISTS (SELECT 1 FROM files WHERE files.source = sources.id)"
        gone = self.rows(f"SELECT id, text FROM sources WHERE NOT {held}")
        if not gone:
            return 0
        hashes: set[bytes] = set()
        for key, text in gone:
            self._words.subtract(words_of(text))
            hashes.update(
                r[0]
                for r in self.rows(
                    "SELECT p.hash FROM passages p JOIN articles a ON a.id = p.article WHERE a.source=?",
                    (key,),
                )
            )
        self.db.executemany("DELETE FROM sources WHERE id=?", [(key,) for key, _ in gone])
        embedders = [name for (name,) in self.rows("SELECT DISTINCT embedder FROM vectors")]
        self.db.executemany(DROPPED, [(name, h, h) for name in embedders for h in hashes])
        self.flush_words()
        self.db.execute("DELETE FROM words WHERE n <= 0")
        self._forget()
        return len(gone)

    def clear(self) -> None:
        """Forget every file and all that was read of it, vectors apart: what stays the same keeps its vector.
        For the holder of the transaction."""
        for statement in CLEARED.split(";"):
            self.db.execute(statement)
        self._forget()

    def drop_orphans(self) -> None:
        """After ``clear``, once every file was read again: the vectors of texts that are no more. For the
        holder of the transaction."""
        if self.get("cleared"):
            held = "EXISTS (SELECT 1 FROM passages WHERE passages.hash=vectors.hash)"
            self.db.execute(f"DELETE FROM vectors WHERE NOT {held}")
            self.db.execute("DELETE FROM meta WHERE key='cleared'")

    def vocabulary(self) -> list[tuple[str, int]]:
        """The words of the source texts as they are written, each with how often it stands there."""
        return self.rows("SELECT word, n FROM words WHERE n > 0")

    def written(self, words: Iterable[str]) -> dict[str, int]:
        """How often each of some words stands in the source texts, as it is written; those that do alone."""
        asked = list(words)
        among = ",".join("?" * len(asked))
        return dict(self.rows(f"SELECT word, n FROM words WHERE n > 0 AND word IN ({among})", asked))

    # --- vectors ---

    def missing_vectors(self, embedder: str) -> list[tuple[bytes, int]]:
        """(hash, one passage with it) of every text that has no vector yet. Passages up to the one that
        ``all_embedded`` was told of are not looked at again."""
        known = int(self.get(f"embedded {embedder}") or 0)
        return self.rows(
            "SELECT hash, min(id) FROM passages p WHERE id > ? AND NOT EXISTS "
            "(SELECT 1 FROM vectors v WHERE v.embedder=? AND v.hash=p.hash) GROUP BY hash ORDER BY 2",
            (known, embedder),
        )

    def all_embedded(self, embedder: str) -> None:
        """Every passage that is there now has a vector. Numbers of passages only grow."""
        newest = self.rows("SELECT max(id) FROM passages")[0][0] or 0
        if int(self.get(f"embedded {embedder}") or 0) < newest:
            self.put(f"embedded {embedder}", str(newest))

    def put_vectors(self, embedder: str, hashes: Sequence[bytes], vectors: Vectors) -> None:
        with self.transaction() as db:
            db.executemany(
                "INSERT OR REPLACE INTO vectors(embedder, hash, value) VALUES (?,?,?)",
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

    def with_vector(self, embedder: str) -> list[int]:
        """The passages that have a vector."""
        rows = self.rows(
            "SELECT p.id FROM passages p CROSS JOIN vectors v ON v.embedder = ? AND v.hash = p.hash "
            "ORDER BY p.id",
            (embedder,),
        )
        return [r[0] for r in rows]
