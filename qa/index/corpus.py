"""A folder of articles, kept up to date: files -> store -> indexes. What ``Library`` asks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from filelock import FileLock, Timeout

from qa.errors import EmptyCorpus, FingerprintMismatch, Locked, StoreDamaged, Unwritable
from qa.index.embeddings import Embedder, make_embedder
from qa.index.generations import Indexes, Kind
from qa.index.storage import storage_error, storing
from qa.index.store import Store
from qa.index.sync import CODE, Folder, Progress, embed_missing, plan, refresh
from qa.settings import Settings, load_settings
from qa.types import LedgerLine, Note

SEARCHABLE = "searchable"  # set when all files have been read once
FIRST_WAIT = 120.0  # seconds that a first question waits for another process's first indexing


class Corpus:
    """Indexing, and what is known of the folder. Safe to share between threads."""

    def __init__(self, folder: Folder, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings
        self.home = Path(settings.home) / folder.key
        self.embedder: Embedder = make_embedder(settings)
        self._notes: list[Note] = []
        self._connect()

    def _connect(self) -> None:
        settings = self.settings
        self.store = Store(self.home / "store.db", CODE)
        self.indexes = Indexes(self.home, self.store, self.embedder.name, settings.chroma_url)
        self.indexes.repair = self._repair
        if self.store.set_aside is not None:
            self._note(
                "store_rebuilt",
                f"The store was damaged: it was set aside as {self.store.set_aside} and is made anew from "
                "the files.",
            )

    @classmethod
    def open(
        cls,
        folder: str | Path,
        settings: Settings | None = None,
        *,
        update: bool = True,
        progress: Progress | None = None,
        **overrides: Any,
    ) -> Self:
        """Open a folder, a file or a pattern; unless ``update`` is false, take in what changed first.

        ``overrides`` are settings by name (``top_k=5``). Raises FolderNotFound, EmptyCorpus,
        FingerprintMismatch, UsageError.
        """
        base = settings or load_settings()
        if overrides:
            base = load_settings(**{**base.model_dump(exclude_unset=True), **overrides})
        library = cls(Folder.of(folder), base)
        try:
            if update:
                try:
                    library.update(progress=progress)
                except StoreDamaged:
                    library.reopen()
                    library.update(progress=progress)
            elif not library.store.files():
                raise EmptyCorpus(f"{folder} has no index yet; run `qa index {folder}`")
            library.require_articles()
        except BaseException:
            library.close()
            raise
        return library

    def __repr__(self) -> str:
        held = "closed" if self.store.closed else f"{self.store.corpus().articles} articles"
        return f"<{type(self).__name__} {str(self.folder.root)!r}, {held}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.indexes.close()
        self.store.close()

    def reopen(self) -> None:
        """After damage was found: the store is opened again, which sets it aside, and its indexes with it."""
        self.store.close()
        self._connect()

    @property
    def notes(self) -> list[Note]:
        """The program's remarks on the index, for every answer."""
        return list(self._notes)

    def _lasting(self) -> list[Note]:
        """The remarks that the next refresh does not mend."""
        return [n for n in self._notes if n.kind == "store_rebuilt"]

    def _note(self, kind: str, text: str) -> None:
        self._notes = [*(n for n in self._notes if n.kind != kind), Note(kind=kind, text=text)]

    # --- indexing ---

    @property
    def fingerprint(self) -> str:
        s = self.settings
        size = f"{s.passage_sentences} sentences and {s.passage_chars} characters"
        return f"embedder {self.embedder.name}, passages of {size}"

    def check_fingerprint(self) -> None:
        """Raises FingerprintMismatch where the index was made with other settings."""
        known = self.store.get("fingerprint")
        if known is not None and known != self.fingerprint:
            raise FingerprintMismatch(
                f"the index of {self.folder.root} was made with {known}; the settings now say "
                f"{self.fingerprint}. Set them back, or run `qa index {self.folder.root} --rebuild`"
            )

    @contextmanager
    def _writing(self, wait: float) -> Iterator[None]:
        if self.store.read_only:
            raise Unwritable(
                f"{self.home} cannot be written, so nothing was refreshed; set QA_HOME to a folder that you "
                "may write to"
            )
        lock = FileLock(self.home / "writer.lock", timeout=wait, mode=0o600)
        try:
            lock.acquire()
        except Timeout:
            raise Locked(
                f"another process is indexing {self.folder.root}; wait for it, or ask with what is there"
            ) from None
        except OSError as error:
            raise storage_error(error, self.home) from error
        try:
            with storing(self.home):
                yield
        finally:
            lock.release()

    def index(
        self, *, rebuild: bool = False, progress: Progress | None = None, wait: float = 0
    ) -> list[LedgerLine]:
        """Bring everything up to the files, all vectors included. ``rebuild`` reads and cuts every file
        again under the present settings (texts that stay the same keep their vectors). A store that is found
        damaged is made anew.

        Raises Locked, FingerprintMismatch, EmbeddingError, ChromaError, Unwritable.
        """
        try:
            return self._index(rebuild=rebuild, progress=progress, wait=wait)
        except StoreDamaged:
            self.reopen()
            return self._index(rebuild=rebuild, progress=progress, wait=wait)

    def _index(
        self, *, rebuild: bool = False, progress: Progress | None = None, wait: float = 0
    ) -> list[LedgerLine]:
        with self._writing(wait):
            if rebuild:
                with self.store.transaction():
                    self.store.clear()
                    self.store.bump()
            lines = self._read(progress)
            self._embed(progress)
            self.store.shrink()
        self._notes = self._lasting()
        return lines

    def update(self, *, progress: Progress | None = None) -> list[LedgerLine]:
        """What asking needs: files and the lexical index up to date, and vectors too where few are
        missing (``embed_inline``). Waits for another process only where that is reading the folder for the
        first time."""
        self._notes = self._lasting()
        try:
            # a folder whose first indexing is under way is waited for: what it has of the files so far cannot
            # be searched yet, and "not found" would be wrong; one that was read before is not
            with self._writing(0 if self.store.get(SEARCHABLE) else FIRST_WAIT):
                lines = self._read(progress)
                missing = len(self.store.missing_vectors(self.embedder.name))
                if missing <= self.settings.embed_inline:
                    self._embed(progress)
                else:
                    self._note(
                        "vectors_missing",
                        f"{missing} passages have no vectors yet: searched by words alone. "
                        "Indexing the folder adds them.",
                    )
                return lines
        except (Locked, Unwritable) as error:
            if not self.store.get(SEARCHABLE):
                raise
            if isinstance(error, Locked):
                self._note(
                    "indexing",
                    "Another process is indexing this folder: answered from what it has finished.",
                )
            else:
                self._note("not_refreshed", f"Answered from what was indexed before: {error}.")
            return []

    def _repair(self, kind: Kind) -> bool:
        """Make a damaged index anew, unless another process is writing. For whoever reads it."""
        try:
            with self._writing(0):
                self.indexes.lost(kind)
                self.indexes.refresh(kind)
        except (Locked, Unwritable):
            return False
        return True

    def _read(self, progress: Progress | None) -> list[LedgerLine]:
        self.check_fingerprint()
        if self.store.get("fingerprint") is None:
            self.store.put("fingerprint", self.fingerprint)
        lines = refresh(self.folder, self.store, self.settings, progress)
        self.indexes.refresh("lexical")
        if self.store.get(SEARCHABLE) is None:
            self.store.put(SEARCHABLE, "yes")
        return lines

    def _embed(self, progress: Progress | None) -> None:
        if self.settings.dense:
            embed_missing(self.store, self.embedder, progress)
            self.store.all_embedded(self.embedder.name)
            self.indexes.refresh("vectors")

    def status(self) -> list[LedgerLine]:
        """What the next refresh would do, file by file; nothing is changed."""
        return [
            LedgerLine(
                file=p.name,
                status=p.status,
                reason=p.reason if p.status in ("failed", "renamed") else self._failed(p.name),
            )
            for p in plan(self.folder, self.store, self.settings)
        ]

    def _failed(self, name: str) -> str | None:
        row = self.store.file(name)
        return row.failed if row else None

    def require_articles(self) -> None:
        """Raises EmptyCorpus, with the reason of the first file that failed."""
        if self.store.corpus().articles:
            return
        files = self.store.files()
        why = next((f"; {row.path}: {row.failed}" for row in files.values() if row.failed), "")
        n, root = len(files), self.folder.root
        what = f"none of the {n} files in {root} could" if n > 1 else f"the one file in {root} could not"
        if not files:
            what = f"no file in {root} could"
        raise EmptyCorpus(f"{what} be read as an article{why}; see `qa status {root}`")

    def forget(self) -> None:
        """Delete the store and the indexes of this folder. The articles themselves are not touched."""
        with self._writing(0):
            self.indexes.drop()
            self.store.close()
        shutil.rmtree(self.home, ignore_errors=True)
