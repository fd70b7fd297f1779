"""The indexes of one folder, made from its store: lexical and vectors. Each lives in a generation
folder that is never changed once it is in use: a refresh copies the current one, changes the copy,
checks it, and swaps a pointer file in one step. What is missing or fails its check is made anew from
the store, which costs no embedding. On a Chroma server, which is safe for several writers and cannot
be copied, the collection is changed in place and reconciled by its ids.

Why so: Chroma's folder can be lost to a kill in mid-write, two processes on it lose vectors without an
error, and ``count()`` does not notice a lost HNSW file (measured; see ARCHITECTURE.md).
"""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from qa.errors import ChromaError, IndexDamaged, StoreError
from qa.index.lexical import LexicalIndex
from qa.index.store import Store
from qa.index.vectors import VectorIndex, batches
from qa.privacy import private_file, private_tree, public_url, write_private
from qa.text import terms

Kind = Literal["lexical", "vectors"]
FORMAT = f"3.{terms.VERSION}"
PROBES = 4


@dataclass(frozen=True, slots=True)
class Pointer:
    """The generation in use. ``revision`` is the store's at the time it was made."""

    folder: str
    revision: int
    count: int
    made_by: str
    checksums: str = ""


class Indexes:
    """Opens, checks, refreshes and repairs both indexes. Refreshing is for the holder of the folder's
    writer lock; reading is for everybody."""

    def __init__(self, home: Path, store: Store, embedder: str, chroma_url: str | None) -> None:
        self.home = home
        self.store = store
        self.embedder = embedder
        self.chroma_url = chroma_url
        self._open: dict[Kind, tuple[str, LexicalIndex | VectorIndex]] = {}
        self._lock = threading.RLock()
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self.repair: Callable[[Kind], bool] | None = None  # what makes a damaged index anew; True: it did

    def close(self) -> None:
        """Let go of the indexes that are open."""
        with self._lock:
            self._open.clear()

    # --- pointers ---

    def pointer(self, kind: Kind) -> Pointer | None:
        try:
            data = json.loads((self.home / f"{kind}.json").read_text("utf-8"))
            return Pointer(**data)
        except (OSError, ValueError, TypeError):
            return None

    def _point(self, kind: Kind, pointer: Pointer) -> None:
        write_private(
            self.home / f"{kind}.json", json.dumps({k: getattr(pointer, k) for k in Pointer.__slots__})
        )

    def _made_by(self, kind: Kind) -> str:
        made_by = f"{FORMAT} {self.store.identity}"
        if kind != "vectors":
            return made_by
        return f"{made_by} {self.embedder} {public_url(self.chroma_url) if self.chroma_url else 'folder'}"

    def fresh(self, kind: Kind) -> bool:
        pointer = self.pointer(kind)
        return (
            pointer is not None
            and pointer.revision == self.store.revision
            and pointer.made_by == self._made_by(kind)
        )

    # --- reading ---

    def lexical(self) -> LexicalIndex | None:
        index = self._reader("lexical") or self._repaired("lexical")
        return index if isinstance(index, LexicalIndex) else None

    def vectors(self) -> VectorIndex | None:
        index = self._reader("vectors") or self._repaired("vectors")
        return index if isinstance(index, VectorIndex) else None

    def _repaired(self, kind: Kind) -> LexicalIndex | VectorIndex | None:
        """The index made anew, if it should be there and is not sound."""
        if self.pointer(kind) is None or self.repair is None or not self.repair(kind):
            return None
        return self._reader(kind)

    def lost(self, kind: Kind) -> None:
        """An index failed in use: it is opened and checked again by whoever asks for it next."""
        with self._lock:
            self._open.pop(kind, None)
        with suppress(OSError):
            (self.home / f"{kind}.json").unlink(missing_ok=True)

    def _reader(self, kind: Kind) -> LexicalIndex | VectorIndex | None:
        """The index in use, opened and checked once a generation; None where there is none or it is
        damaged (the next refresh makes it anew)."""
        pointer = self.pointer(kind)
        if pointer is None or pointer.made_by != self._made_by(kind):
            return None
        with self._lock:
            known = self._open.get(kind)
            if known and known[0] == pointer.folder:
                return known[1]
            try:
                if self._checksums(kind, pointer.folder) != pointer.checksums:
                    return None
                index = self._at(kind, pointer.folder)
                if not self._sound(kind, index, pointer.count, self._held(pointer)):
                    return None
            except ChromaError:
                if self.chroma_url and kind == "vectors":
                    raise
                return None
            except (OSError, ValueError, IndexDamaged):
                return None
            self._open[kind] = (pointer.folder, index)
            return index

    def _copied(self, path: Path) -> Path:
        """Where nothing can be written, the lexical index is read from a copy: tantivy takes a lock beside
        it."""
        if self._scratch is None:
            self._scratch = tempfile.TemporaryDirectory(prefix="qa-", ignore_cleanup_errors=True)
        copy = Path(self._scratch.name) / path.name
        shutil.copytree(path, copy, dirs_exist_ok=True)
        return copy

    def _held(self, pointer: Pointer) -> npt.NDArray[np.int64]:
        """The passages that a generation was made of; of a collection on a server, those of the store."""
        path = self.home / f"{pointer.folder}.npy"
        held: npt.NDArray[np.int64] = np.load(path) if path.exists() else self.store.passage_ids()
        return held

    def _checksums(self, kind: Kind, folder: str) -> str:
        """Of the files of a lexical index, which is read without a check of its own; of others nothing."""
        if kind != "lexical":
            return ""
        total = 0
        for path in sorted((self.home / folder).iterdir()):
            if path.suffix != ".lock" and path.is_file():
                total = zlib.crc32(path.read_bytes(), zlib.crc32(path.name.encode(), total))
        return f"{total:08x}"

    def _at(self, kind: Kind, folder: str) -> LexicalIndex | VectorIndex:
        if kind == "vectors" and self.chroma_url:
            return VectorIndex.on_server(self.chroma_url, folder)
        path = self.home / folder
        if not path.is_dir():
            raise FileNotFoundError(path)
        if self.store.read_only and kind == "lexical":
            path = self._copied(path)
        return LexicalIndex(path) if kind == "lexical" else VectorIndex.in_folder(path)

    def _sound(
        self, kind: Kind, index: LexicalIndex | VectorIndex, count: int, held: npt.NDArray[np.int64]
    ) -> bool:
        """The count is right, and a few entries spread over what is ``held`` find themselves. What the
        store has gained since is not looked for, what it has lost is passed over."""
        if index.count() != count:
            return False
        if not len(held) or not count or isinstance(index, LexicalIndex):
            return True
        spread = [int(i) for i in held[np.linspace(0, len(held) - 1, 4 * PROBES).astype(int)]]
        keys, vectors = self.store.vectors(self.embedder, spread)
        step = max(len(keys) // PROBES, 1)
        return index.finds(keys[::step], vectors[::step])

    # --- refreshing ---

    def refresh(self, kind: Kind, progress: Callable[[int], None] | None = None) -> bool:
        """Bring an index up to the store. True if anything was changed."""
        if self.fresh(kind) and (known := self.pointer(kind)) and self._there(kind, known):
            return False
        self._open.pop(kind, None)
        if kind == "vectors" and self.chroma_url:
            self._refresh_server()
        else:
            current = self.pointer(kind)
            usable = (
                current is not None
                and current.made_by == self._made_by(kind)
                and self._reader(kind) is not None
            )
            self._open.pop(kind, None)
            try:
                self._build(kind, current if usable else None)
            except (ChromaError, IndexDamaged, OSError, ValueError):
                if not usable:
                    raise
                self._build(kind, None)
        return True

    def _there(self, kind: Kind, pointer: Pointer) -> bool:
        """Whether an index that is up to date is there to be read. A vector index is not opened for that,
        which would cost a second where nothing changed: whoever reads it checks it."""
        if kind == "vectors" and not self.chroma_url:
            return (self.home / pointer.folder).is_dir()
        return self._reader(kind) is not None

    def _wanted(self, kind: Kind) -> list[int]:
        if kind == "lexical":
            return [int(i) for i in self.store.passage_ids()]
        return self.store.with_vector(self.embedder)

    def _build(self, kind: Kind, base: Pointer | None) -> None:
        revision = self.store.revision
        wanted = self._wanted(kind)
        folder = self._next(kind)
        path = self.home / folder
        have: list[int] = []
        if base is not None and (self.home / f"{base.folder}.npy").exists():
            have = np.load(self.home / f"{base.folder}.npy").tolist()
            if len(set(have) - set(wanted)) + len(set(wanted) - set(have)) > 0.5 * max(len(wanted), 1):
                have = []  # mostly other content: building anew is cheaper and leaves no tombstones
            else:
                shutil.copytree(self.home / base.folder, path)
        index = LexicalIndex(path) if kind == "lexical" else VectorIndex.in_folder(path)
        self._apply(index, sorted(set(have) - set(wanted)), sorted(set(wanted) - set(have)))
        if not self._sound(kind, index, len(wanted), np.asarray(wanted, dtype=np.int64)):
            shutil.rmtree(path, ignore_errors=True)
            raise (
                StoreError("an index does not hold what was put into it; run `qa index FOLDER --rebuild`")
                if base is None
                else ChromaError("check failed")
            )
        private_tree(path)
        private_file(self.home / f"{folder}.npy")
        np.save(self.home / f"{folder}.npy", np.asarray(wanted, dtype=np.int64))
        made_by, sums = self._made_by(kind), self._checksums(kind, folder)
        self._point(kind, Pointer(folder, revision, len(wanted), made_by, sums))
        self._open[kind] = (folder, index)
        self._sweep(kind, keep={folder, base.folder if base else ""})

    def _apply(self, index: LexicalIndex | VectorIndex, remove: list[int], add: list[int]) -> None:
        if isinstance(index, LexicalIndex):
            index.change(remove, self.store.all_passages(add))
        else:
            index.change(remove, batches(add, lambda ids: self.store.vectors(self.embedder, ids)))

    def _refresh_server(self) -> None:
        """In place, by the difference of ids: what a killed run left half done is finished here."""
        revision = self.store.revision
        name = f"qa-{self.home.name}"[-60:].strip("-_.")
        wanted = set(self._wanted("vectors"))
        index = VectorIndex.on_server(self.chroma_url or "", name)
        current = self.pointer("vectors")
        if current is not None and current.made_by != self._made_by("vectors"):
            index.drop()  # another embedder's vectors have another length
            index = VectorIndex.on_server(self.chroma_url or "", name)
        have = index.ids()
        self._apply(index, sorted(have - wanted), sorted(wanted - have))
        if not self._sound("vectors", index, len(wanted), np.asarray(sorted(wanted), dtype=np.int64)):
            index.drop()
            index = VectorIndex.on_server(self.chroma_url or "", name)
            self._apply(index, [], sorted(wanted))
        self._point("vectors", Pointer(name, revision, len(wanted), self._made_by("vectors")))
        self._open["vectors"] = (name, index)

    def _next(self, kind: Kind) -> str:
        numbers = [int(p.name.rsplit("-", 1)[1].split(".")[0]) for p in self.home.glob(f"{kind}-*")]
        return f"{kind}-{max(numbers, default=0) + 1}"

    def _sweep(self, kind: Kind, keep: set[str]) -> None:
        """Delete generations that nobody can be reading: all but the current and the one before."""
        for path in self.home.glob(f"{kind}-*"):
            if path.name.removesuffix(".npy") not in keep:
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)

    def drop(self) -> None:
        """Delete what is kept outside the folder's home (a collection on a server)."""
        pointer = self.pointer("vectors")
        if pointer is not None and self.chroma_url:
            VectorIndex.on_server(self.chroma_url, pointer.folder).drop()
