"""Files -> store: what is new, changed, renamed, removed or failed, and only that is read, split and
embedded. Every step commits whole files, so it can be stopped at any moment and run again."""

from __future__ import annotations

import glob
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.errors import FolderNotFound, LoadError
from qa.index import embeddings, near_duplicates
from qa.index.store import FileRow, Store
from qa.reading import chunker, splitter
from qa.reading.loaders import files
from qa.reading.loaders.files import kind_of, load_bytes
from qa.reading.metadata import SIDECAR, read_sidecar
from qa.settings import Settings
from qa.types import FileStatus, LedgerLine, Meta

# Versions of the code that decides what is in the store; with another, it is made anew.
CODE = f"3/{splitter.VERSION}/{chunker.VERSION}/{near_duplicates.VERSION}/{files.VERSION}"
_COMMIT_SECONDS = 1.0
_RACY_NS = 2_000_000_000
EMBED_GROUP = 512  # texts; the embedder sorts each group by length

Progress = Callable[[str, int, int], None]  # (stage, done, of)


@dataclass(frozen=True, slots=True)
class Folder:
    """What the user named: a folder, one file, or a pattern; paths in it are relative to ``root``."""

    root: Path
    pattern: str | None = None

    @classmethod
    def of(cls, what: str | Path) -> Folder:
        """Raises FolderNotFound."""
        path = Path(what).expanduser()
        if path.is_dir():
            return cls(path.resolve())
        if path.is_file():
            return cls(path.parent.resolve(), glob.escape(path.name))
        text = str(what)
        if not glob.has_magic(text):
            raise FolderNotFound(
                f"no folder, file or pattern {text!r}; give the folder that holds the articles"
            )
        parts = path.parts
        fixed = next(i for i, part in enumerate(parts) if glob.has_magic(part))
        root = Path(*parts[:fixed]) if fixed else Path()
        if not root.is_dir():
            raise FolderNotFound(f"no folder {str(root)!r} to look for {text!r} in")
        return cls(root.resolve(), str(Path(*parts[fixed:])))

    @property
    def key(self) -> str:
        """Names the folder's store: readable, and unique by the whole path."""
        whole = f"{self.root}\0{self.pattern or ''}"
        name = "".join(c if c.isalnum() else "-" for c in self.root.name)[:24].strip("-") or "root"
        return f"{name}-{hashlib.sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"

    def files(self) -> list[str]:
        """Relative paths (with /) of the files in it, sorted; hidden ones and sidecars left out."""
        if self.pattern is not None:
            found: Iterator[str] = iter(glob.glob(self.pattern, root_dir=self.root, recursive=True))
        else:
            found = (
                os.path.relpath(os.path.join(folder, name), self.root)
                for folder, folders, names in os.walk(self.root)
                if not folders.sort()
                for name in names
            )
        kept = []
        for name in found:
            parts = Path(name).parts
            if any(p.startswith(".") for p in parts) or name.endswith(SIDECAR):
                continue
            if (self.root / name).is_file() or (self.root / name).is_symlink():
                kept.append(Path(name).as_posix())
        return sorted(kept)


def _stat(root: Path, name: str) -> tuple[int, int]:
    """Size and time of a file together with its sidecar."""
    size = mtime = 0
    for path in (root / name, root / (name + SIDECAR), (root / name).with_suffix(SIDECAR)):
        try:
            stat = path.stat()
        except OSError:
            continue
        size, mtime = size + stat.st_size, max(mtime, stat.st_mtime_ns)
    return size, mtime


def _sidecar(root: Path, name: str) -> Path | None:
    """``a.txt.meta.yml`` or ``a.meta.yml`` beside ``a.txt``."""
    return next(
        (p for p in (root / (name + SIDECAR), (root / name).with_suffix(SIDECAR)) if p.is_file()), None
    )


def _read(root: Path, name: str, max_mb: float) -> tuple[bytes, str]:
    """The bytes of a file and what identifies its content. Raises LoadError."""
    path = root / name
    suffix = kind_of(path.name)
    try:
        if path.stat().st_size > max_mb * 1e6:
            raise LoadError(f"larger than {max_mb:g} MB; split it, or raise QA_MAX_FILE_MB")
        data = path.read_bytes()
        beside = _sidecar(root, name)
        extra = beside.read_bytes() if beside else b""
    except OSError as error:
        raise LoadError(f"cannot be read ({error.strerror or error})") from None
    digest = hashlib.sha256(data)
    digest.update(b"\0" + extra)
    return data, f"{digest.hexdigest()}{suffix}"


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a file stands against the ledger, before anything is done."""

    name: str
    status: FileStatus
    size: int
    mtime: int
    content: str = ""
    data: bytes | None = None
    reason: str | None = None


def plan(folder: Folder, store: Store, settings: Settings) -> Iterator[Plan]:
    """Compare the folder with the ledger, file by file. Unchanged size and time mean unchanged
    content, unless the file was written within two seconds of being read."""
    known = store.files()
    names = folder.files()
    present = set(names)
    gone = {
        row.content: path
        for path, row in sorted(known.items())
        if path not in present and row.source is not None
    }
    for name in names:
        row = known.get(name)
        size, mtime = _stat(folder.root, name)
        if (
            row
            and not row.failed
            and (row.size, row.mtime) == (size, mtime)
            and row.mtime < row.seen - _RACY_NS
        ):
            yield Plan(name, "same", size, mtime, row.content)
            continue
        try:
            data, content = _read(folder.root, name, settings.max_file_mb)
        except LoadError as error:
            yield Plan(name, "failed", size, mtime, reason=str(error))
            continue
        if row and not row.failed and row.content == content:
            yield Plan(name, "same", size, mtime, content, reason="touched")
        elif row is None and content in gone:
            yield Plan(name, "renamed", size, mtime, content, data, reason=f"was {gone[content]}")
        else:
            yield Plan(name, "changed" if row and not row.failed else "new", size, mtime, content, data)
    for name in sorted(known.keys() - present):
        yield Plan(name, "removed", 0, 0, known[name].content)


def refresh(
    folder: Folder, store: Store, settings: Settings, progress: Progress | None = None
) -> list[LedgerLine]:
    """Bring the store up to the folder's files. One line a file, in order of path; renamed files are
    told once, under their new name."""
    lines: list[LedgerLine] = []
    renamed_from: set[str] = set()
    total = len(folder.files())
    done = 0
    changed = False
    last_commit = time.monotonic()
    transaction = store.transaction()
    transaction.__enter__()
    try:
        for item in plan(folder, store, settings):
            line, touched = _apply(item, folder, store, settings)
            changed |= touched
            if item.status == "renamed" and item.reason:
                renamed_from.add(item.reason.removeprefix("was "))
            if not (item.status == "removed" and item.name in renamed_from):
                lines.append(line)
            done += 1
            if progress:
                progress("reading", min(done, total), total)
            if time.monotonic() - last_commit > _COMMIT_SECONDS:
                if changed:
                    store.bump()
                transaction.__exit__(None, None, None)
                transaction = store.transaction()
                transaction.__enter__()
                last_commit = time.monotonic()
        if store.collect():
            changed = True
        if changed:
            store.find_copies()
            store.bump()
    except BaseException as error:
        transaction.__exit__(type(error), error, error.__traceback__)
        raise
    transaction.__exit__(None, None, None)
    return sorted(lines, key=lambda line: line.file)


def _apply(item: Plan, folder: Folder, store: Store, settings: Settings) -> tuple[LedgerLine, bool]:
    now = time.time_ns()
    if item.status == "removed":
        store.drop_file(item.name)
        return LedgerLine(file=item.name, status="removed"), True
    if item.status == "same":
        if item.reason:
            store.put_file(
                FileRow(
                    item.name, item.size, item.mtime, now, item.content, store.source_of(item.content), None
                )
            )
        return LedgerLine(file=item.name, status="same"), False
    if item.status == "failed":
        return _failed(item, store, now, item.reason or "cannot be read")
    source = store.source_of(item.content)
    articles = 0
    note = None
    if source is None:
        assert item.data is not None
        try:
            source, articles, note = _ingest(item, folder, store, settings)
        except LoadError as error:
            return _failed(item, store, now, str(error))
    else:
        articles = len(store.rows("SELECT 1 FROM articles WHERE source=?", (source,)))
        note = store.note(source)
    store.put_file(FileRow(item.name, item.size, item.mtime, now, item.content, source, None))
    reason = item.reason if item.status == "renamed" else note
    return LedgerLine(file=item.name, status=item.status, reason=reason, articles=articles), True


def _failed(item: Plan, store: Store, now: int, reason: str) -> tuple[LedgerLine, bool]:
    before = store.file(item.name)
    store.put_file(FileRow(item.name, item.size, item.mtime, now, item.content, None, reason))
    return LedgerLine(file=item.name, status="failed", reason=reason), bool(
        before and before.source is not None
    )


def _ingest(item: Plan, folder: Folder, store: Store, settings: Settings) -> tuple[int, int, str | None]:
    assert item.data is not None
    beside = _sidecar(folder.root, item.name)
    corrections: Meta | None = read_sidecar(beside) if beside else None
    source = load_bytes(item.data, Path(item.name).name)
    articles = splitter.split(source, corrections)
    if not articles:
        raise LoadError("no running text in it: menus, counters or single words only")
    cut = [
        (a, chunker.chunk(source.text, a, settings.passage_chars, settings.passage_sentences))
        for a in articles
    ]
    return store.put_source(item.content, source, cut), len(articles), source.note


def embed_missing(store: Store, embedder: embeddings.Embedder, progress: Progress | None = None) -> int:
    """Embed every text that has no vector yet; how many there were. Each group is committed, so a
    stop loses a few seconds of work at most."""
    missing = store.missing_vectors(embedder.name)
    done = 0
    for at in range(0, len(missing), EMBED_GROUP):
        part = missing[at : at + EMBED_GROUP]
        texts = {p.id: p.embedded for p, _ in store.passages([key for _, key in part])}
        part = [(h, key) for h, key in part if key in texts]
        store.put_vectors(
            embedder.name, [h for h, _ in part], embedder.embed([texts[key] for _, key in part])
        )
        done += len(part)
        if progress:
            progress("embedding", at + len(part), len(missing))
    return done
