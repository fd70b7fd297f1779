"""Files -> store: what is new, changed, renamed, removed or failed, and only that is read, split and
embedded. Every step commits whole files, so it can be stopped at any moment and run again."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from qa.errors import EmptyCorpus, LoadError
from qa.index import embeddings, near_duplicates
from qa.index.folder import Folder as Folder
from qa.index.folder import Listed, Listing, read_regular
from qa.index.readers import Readers
from qa.index.store import FileRow, Store
from qa.index.worker import Cut, Job, Limits
from qa.reading import chunker, splitter
from qa.reading.loaders import files
from qa.reading.loaders.files import kind_of
from qa.settings import Settings
from qa.types import FileStatus, LedgerLine

# Versions of the code that decides what is in the store; with another, it is made anew.
CODE = f"5/{splitter.VERSION}/{chunker.VERSION}/{near_duplicates.VERSION}/{files.VERSION}"
_COMMIT_SECONDS = 1.0
_RACY_NS = 2_000_000_000
EMBED_GROUP = 512  # texts; the embedder sorts each group by length

Progress = Callable[[str, int, int], None]  # (stage, done, of)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a file stands against the ledger, before anything is done. ``content`` is empty where its bytes
    could not be had."""

    name: str
    status: FileStatus
    size: int
    mtime: int
    content: str = ""
    data: bytes | None = None
    reason: str | None = None
    sidecar: str | None = None


def _read(root: Path, item: Listed, max_mb: float) -> tuple[bytes, str]:
    """The bytes of a file and what identifies its content. Raises LoadError."""
    path = root / item.name
    try:
        data = read_regular(path, int(max_mb * 1e6))
        extra = read_regular(root / item.sidecar, int(max_mb * 1e6)) if item.sidecar else b""
    except OSError as error:
        raise LoadError(f"cannot be read ({error.strerror or error})") from None
    digest = hashlib.sha256(data)
    digest.update(b"\0" + extra)
    return data, f"{digest.hexdigest()}{kind_of(path.name)}"


def limits_of(settings: Settings) -> Limits:
    return Limits(settings.file_seconds, settings.file_memory_mb)


def plan(folder: Folder, store: Store, settings: Settings, listing: Listing | None = None) -> Iterator[Plan]:
    """Compare the folder with the ledger, file by file. Unchanged size and time mean unchanged content,
    unless the file was written within two seconds of being read. What could not be read is tried again when
    it, or the bounds of reading, have changed."""
    listing = listing or folder.listing(settings.follow_links)
    known = store.files()
    present = listing.files
    gone = {
        row.content: path
        for path, row in sorted(known.items())
        if path not in present and row.source is not None and not listing.unknown(path)
    }
    same_bounds = store.get("limits") == repr(limits_of(settings))
    for name, item in present.items():
        row = known.get(name)
        if item.problem:
            yield Plan(name, "failed", item.size, item.mtime, reason=item.problem)
            continue
        if (
            row
            and (row.size, row.mtime) == (item.size, item.mtime)
            and row.mtime < row.seen - _RACY_NS
            and (not row.failed or (row.content and same_bounds))
        ):
            status: FileStatus = "failed" if row.failed else "same"
            yield Plan(name, status, item.size, item.mtime, row.content, reason=row.failed)
            continue
        yield _compared(folder, item, row, gone, settings)
    for name in sorted(known.keys() - present.keys()):
        if not listing.unknown(name):
            yield Plan(name, "removed", 0, 0, known[name].content)


def _compared(
    folder: Folder, item: Listed, row: FileRow | None, gone: dict[str, str], settings: Settings
) -> Plan:
    """A file whose bytes have to be looked at."""
    name, size, mtime = item.name, item.size, item.mtime
    try:
        data, content = _read(folder.root, item, settings.max_file_mb)
    except LoadError as error:
        return Plan(name, "failed", size, mtime, reason=str(error))
    if row and not row.failed and row.content == content:
        return Plan(name, "same", size, mtime, content, reason="touched")
    if row is None and content in gone:
        return Plan(
            name, "renamed", size, mtime, content, data, reason=f"was {gone[content]}", sidecar=item.sidecar
        )
    status: FileStatus = "changed" if row and not row.failed else "new"
    return Plan(name, status, size, mtime, content, data, sidecar=item.sidecar)


class _Commits:
    """Transactions of about a second each, so that a stop loses little."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.changed = False
        self._begin()

    def _begin(self) -> None:
        self._transaction = self.store.transaction()
        self._transaction.__enter__()
        self._since = time.monotonic()

    def _settle(self) -> None:
        """What belongs into a transaction before it ends, so that what a stopped run leaves is whole: no
        passage is found of which no file holds the text any more."""
        if self.changed:
            self.store.collect()
            self.store.flush_words()
            self.store.bump()

    def after_file(self) -> None:
        if time.monotonic() - self._since > _COMMIT_SECONDS:
            self._settle()
            self._transaction.__exit__(None, None, None)
            self._begin()

    def end(self, error: BaseException | None) -> None:
        if error is None:
            self._settle()
            self._transaction.__exit__(None, None, None)
        else:
            self._transaction.__exit__(type(error), error, error.__traceback__)


def refresh(
    folder: Folder, store: Store, settings: Settings, progress: Progress | None = None
) -> list[LedgerLine]:
    """Bring the store up to the folder's files. One line a file, in order of path; renamed files are
    told once, under their new name. Raises FolderNotFound; EmptyCorpus where nothing is left of a folder that
    held files (what was indexed is kept)."""
    listing = folder.listing(settings.follow_links)
    _still_there(folder, store, listing)
    total = len(listing.files)
    lines: list[LedgerLine] = []
    renamed_from: set[str] = set()
    limits = limits_of(settings)
    commits = _Commits(store)
    try:
        with Readers(limits if settings.isolate else None) as readers:
            for item, reading in _ahead(
                plan(folder, store, settings, listing), folder, store, settings, readers
            ):
                line, touched = _apply(item, reading, store)
                commits.changed |= touched
                if item.status == "renamed" and item.reason:
                    renamed_from.add(item.reason.removeprefix("was "))
                lines.append(line)
                if progress:
                    progress("reading", min(len(lines), total), total)
                commits.after_file()
        if store.get("limits") != repr(limits):
            store.put("limits", repr(limits))
        if store.collect():
            commits.changed = True
        store.drop_orphans()
        if commits.changed:
            store.find_copies()
    except BaseException as error:
        commits.end(error)
        raise
    commits.end(None)
    return sorted(
        (line for line in lines if not (line.status == "removed" and line.file in renamed_from)),
        key=lambda line: line.file,
    )


def _still_there(folder: Folder, store: Store, listing: Listing) -> None:
    """An unmounted disk looks like an empty folder; what was indexed is not thrown away for that."""
    if (
        not listing.files
        and not listing.unlisted
        and any(r.source is not None for r in store.files().values())
    ):
        raise EmptyCorpus(
            f"no file is left in {folder.root} (unmounted?); bring the files back, or run "
            f"`qa forget {folder.root}` to delete what was indexed of them"
        )


def _ahead(
    plans: Iterator[Plan], folder: Folder, store: Store, settings: Settings, readers: Readers
) -> Iterator[tuple[Plan, Future[Cut] | None]]:
    """Every plan in order, with the reading of its file where it has to be read; a few files are read
    ahead."""
    waiting: deque[tuple[Plan, Future[Cut] | None]] = deque()
    reading: dict[str, Future[Cut]] = {}  # by content, so that copies are read once
    for item in plans:
        job = reading.get(item.content)
        if job is None and item.data is not None and store.source_of(item.content) is None:
            beside = folder.root / item.sidecar if item.sidecar else None
            name, s = Path(item.name).name, settings
            job = readers.submit(Job(item.data, name, beside, s.passage_chars, s.passage_sentences))
            reading[item.content] = job
        waiting.append((item, job))
        while waiting and (len(waiting) > readers.ahead or waiting[0][1] is None):
            yield waiting[0]
            reading.pop(waiting.popleft()[0].content, None)
    yield from waiting


def _apply(item: Plan, reading: Future[Cut] | None, store: Store) -> tuple[LedgerLine, bool]:
    """One file into the store: its line, and whether what can be found has changed."""
    now = time.time_ns()
    if item.status == "removed":
        store.drop_file(item.name)
        return LedgerLine(file=item.name, status="removed"), True
    if item.status == "same":
        if item.reason:
            _put(store, item, now, store.source_of(item.content))
        return LedgerLine(file=item.name, status="same"), False
    if item.status == "failed":
        return _failed(item, store, now, item.reason or "cannot be read")
    source = store.source_of(item.content)
    if source is None:
        assert reading is not None
        try:
            cut = reading.result()
        except LoadError as error:
            return _failed(item, store, now, str(error))
        source = store.put_source(item.content, cut.source, cut.articles)
    _put(store, item, now, source)
    articles, characters, taken = store.extent(source)
    line = LedgerLine(
        file=item.name,
        status=item.status,
        reason=item.reason if item.status == "renamed" else store.note(source),
        articles=articles,
        characters=characters,
        taken=taken,
    )
    return line, True


def _put(store: Store, item: Plan, now: int, source: int | None, failed: str | None = None) -> None:
    store.put_file(FileRow(item.name, item.size, item.mtime, now, item.content, source, failed))


def _failed(item: Plan, store: Store, now: int, reason: str) -> tuple[LedgerLine, bool]:
    before = store.file(item.name)
    if before is None or before.failed != reason or item.data is not None or before.mtime != item.mtime:
        _put(store, item, now, None, reason)
    return LedgerLine(file=item.name, status="failed", reason=reason), bool(
        before and before.source is not None
    )


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
