"""The database of one folder: opened, made, set aside when it is damaged; transactions; errors by their
kind."""

from __future__ import annotations

import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

from filelock import FileLock, Timeout

from qa.errors import Closed, StoreDamaged, StoreError, Unwritable
from qa.index.storage import sqlite_error, storage_error
from qa.privacy import private_file, private_folder

SCHEMA = 3
WAIT = 30.0  # seconds that a process waits for another that writes
PAGE_BYTES = 16384  # a vector of 384 floats fills a fraction of a page that leaves little over
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (id INTEGER PRIMARY KEY AUTOINCREMENT, content TEXT NOT NULL UNIQUE, text TEXT NOT NULL,
    loader TEXT NOT NULL, note TEXT);
CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    content TEXT NOT NULL, source INTEGER REFERENCES sources(id), failed TEXT) WITHOUT ROWID;
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
CREATE TABLE vectors (id INTEGER PRIMARY KEY, embedder TEXT NOT NULL, hash BLOB NOT NULL,
    value BLOB NOT NULL);
CREATE UNIQUE INDEX vectors_hash ON vectors(embedder, hash);
CREATE TABLE heard (article INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    version TEXT NOT NULL);
CREATE TABLE statements (article INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, speaker TEXT NOT NULL, role TEXT, voice TEXT NOT NULL,
    via TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE INDEX statements_article ON statements(article);
CREATE TABLE notices (article INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    version TEXT NOT NULL, value TEXT NOT NULL);
CREATE TABLE words (word TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
"""


# All that was read of the files. Vectors stay: they are of a text, whatever was read anew around it. Numbers
# go on behind those that were given before.
CLEARED = """
DELETE FROM files; DELETE FROM sources; DELETE FROM words; DELETE FROM meta WHERE key='fingerprint';
INSERT OR REPLACE INTO meta VALUES ('cleared', '1');
"""


class Database:
    """``code`` names the versions of the code that reads and cuts files; of a database made by others all but
    the vectors is forgotten, one with other tables is made anew, one that is damaged is set aside
    (``set_aside``: where) and made anew. Where nothing can be written, what is there is opened for reading
    only (``read_only``). Raises StoreError."""

    def __init__(self, path: Path, code: str) -> None:
        self.path = path
        self.read_only = False
        self.closed = False
        self.set_aside: Path | None = None
        self._lock = threading.RLock()
        try:
            private_folder(path.parent)
            with FileLock(path.with_suffix(".lock"), timeout=60, mode=0o600):
                self.db = self._open(f"{SCHEMA}/{code}")
        except Timeout:
            raise StoreError(f"{path} is locked by another process; wait for it and run again") from None
        except (OSError, Unwritable) as error:
            known = error if isinstance(error, Unwritable) else storage_error(error, path)
            self.db = self._open_for_reading(f"{SCHEMA}/{code}", known)

    def _open(self, code: str) -> sqlite3.Connection:
        """Open what is there; make it anew where it is missing, damaged or of another version. Two processes
        that come at once must not both do that: for the holder of the lock."""
        try:
            db = self._connect()
            try:
                known = db.execute("SELECT value FROM meta WHERE key='code'").fetchone()
                if known == (code,) and not self._marked.exists():
                    return db
                if known and known[0].startswith(f"{SCHEMA}/") and not self._marked.exists():
                    db.executescript(f"BEGIN IMMEDIATE; {CLEARED}")
                    db.execute("UPDATE meta SET value = ? WHERE key='code'", (code,))
                    db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key='revision'")
                    db.execute("COMMIT")
                    return db
            except BaseException:
                db.close()
                raise
            db.close()
            if known == (code,):
                self._move_away()
            else:
                self._remove()
        except sqlite3.Error as error:
            found = sqlite_error(error, self.path)
            if not isinstance(found, StoreDamaged):
                raise found from error
            if "no such table" in str(error):
                self._remove()  # new, or killed before it was made
            else:
                self._move_away()
        try:
            return self._make(code)
        except sqlite3.Error as error:
            raise sqlite_error(error, self.path) from error

    def _make(self, code: str) -> sqlite3.Connection:
        db = self._connect()
        db.executescript(f"BEGIN IMMEDIATE; {TABLES}")
        db.execute(
            "INSERT INTO meta VALUES ('code', ?), ('revision', '0'), ('identity', ?)",
            (code, secrets.token_hex(8)),
        )
        db.execute("COMMIT")
        return db

    def _connect(self) -> sqlite3.Connection:
        private_file(self.path)  # SQLite gives its log the mode of the database
        db = sqlite3.connect(self.path, timeout=WAIT, isolation_level=None, check_same_thread=False)
        try:
            db.execute(f"PRAGMA page_size={PAGE_BYTES}")  # both only of use before the first table is made
            db.execute("PRAGMA auto_vacuum=INCREMENTAL")
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            db.execute("PRAGMA foreign_keys=ON")
        except BaseException:
            db.close()
            raise
        return db

    def _open_for_reading(self, code: str, why: Unwritable) -> sqlite3.Connection:
        """What is there, where it cannot be written. Raises ``why`` where nothing of use is there."""
        for options in ("mode=ro", "mode=ro&immutable=1"):  # the second needs no file beside the database
            with suppress(sqlite3.Error, OSError, ValueError):
                uri = f"{self.path.absolute().as_uri()}?{options}"
                db = sqlite3.connect(
                    uri, uri=True, timeout=WAIT, isolation_level=None, check_same_thread=False
                )
                if db.execute("SELECT value FROM meta WHERE key='code'").fetchone() == (code,):
                    self.read_only = True
                    return db
                db.close()
        raise why

    # --- damage ---

    @property
    def _marked(self) -> Path:
        """Stands beside a database that was found damaged while it was in use."""
        return self.path.with_suffix(".damaged")

    def _remove(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)

    def _move_away(self) -> None:
        """Keep the damaged file (one of them) for whoever wants to look into it."""
        aside = self.path.with_name(f"{self.path.name}.aside")
        if self.path.exists():
            os.replace(self.path, aside)
            self.set_aside = aside
        self._remove()
        self._marked.unlink(missing_ok=True)

    def _failed(self, error: sqlite3.Error) -> StoreError:
        """By its kind; a database that cannot be read is marked, so that the next to open it makes it
        anew."""
        found = sqlite_error(error, self.path)
        if isinstance(found, StoreDamaged) and not self.read_only and "no such" not in str(error):
            with suppress(OSError):
                private_file(self._marked)
        return found

    # --- use ---

    @cached_property
    def identity(self) -> str:
        """Another one for each database that is made: its numbers of articles and passages begin at 1 again,
        and an index made of the one before would find other texts under them."""
        found = self.rows("SELECT value FROM meta WHERE key='identity'")
        return str(found[0][0]) if found else ""

    def close(self) -> None:
        with self._lock:
            self.closed = True
            self.db.close()

    def _still_open(self) -> None:
        if self.closed:
            raise Closed("the library is closed; open it again to ask it")

    @contextmanager
    def transaction(self, wait: float = WAIT) -> Iterator[sqlite3.Connection]:
        """All or nothing of what is done within; another process that writes is waited for so many seconds.
        Raises StoreError."""
        with self._lock:
            self._still_open()
            try:
                self._begin(wait)
                try:
                    yield self.db
                except BaseException:
                    if self.db.in_transaction:
                        self.db.execute("ROLLBACK")
                    raise
                self.db.execute("COMMIT")
            except sqlite3.Error as error:
                if self.db.in_transaction:
                    with suppress(sqlite3.Error):
                        self.db.execute("ROLLBACK")
                raise self._failed(error) from error

    def _begin(self, wait: float) -> None:
        self.db.execute(f"PRAGMA busy_timeout={int(1000 * wait)}")
        try:
            self.db.execute("BEGIN IMMEDIATE")
        finally:
            self.db.execute(f"PRAGMA busy_timeout={int(1000 * WAIT)}")

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            self._still_open()
            try:
                return self.db.execute(sql, values).fetchall()
            except sqlite3.ProgrammingError:
                raise  # a mistake of ours
            except (sqlite3.Error, UnicodeDecodeError) as error:
                if isinstance(error, sqlite3.Error):
                    raise self._failed(error) from error
                raise self._failed(sqlite3.DatabaseError(f"a text in it is broken: {error}")) from error

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """A statement that changes something; how many rows."""
        with self._lock:
            self._still_open()
            try:
                return self.db.execute(sql, values).rowcount
            except sqlite3.ProgrammingError:
                raise
            except sqlite3.Error as error:
                raise self._failed(error) from error

    def check(self) -> None:
        """Look at every page. Raises StoreDamaged."""
        found = self.rows("PRAGMA quick_check(1)")
        if found != [("ok",)]:
            raise self._failed(sqlite3.DatabaseError(str(found[0][0]).splitlines()[0]))

    def shrink(self) -> None:
        """Give the room of what was deleted back to the disk. For nobody within a transaction."""
        with self._lock:
            self.rows("PRAGMA incremental_vacuum")

    # --- meta ---

    def get(self, key: str) -> str | None:
        row = self.rows("SELECT value FROM meta WHERE key=?", (key,))
        return row[0][0] if row else None

    def put(self, key: str, value: str) -> None:
        self.run(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value=excluded.value", (key, value)
        )

    @property
    def revision(self) -> int:
        """Grows with every change of what can be found."""
        return int(self.get("revision") or 0)

    def bump(self) -> None:
        self.run("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key='revision'")
