"""Reading files in processes of their own, each file within bounds of time and memory: a parser that hangs,
crashes, recurses without end or eats memory costs one file, not the run.

The worker is a plain subprocess with two pipes (not ``multiprocessing``, which would run the user's own
script again). Requests and replies are pickled values between processes of one user.
"""

from __future__ import annotations

import atexit
import logging
import os
import pickle
import struct
import subprocess
import sys
import threading
import traceback
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any, Self

from qa.errors import LoadError
from qa.privacy import redacted
from qa.reading import accounting, chunker, splitter
from qa.reading.loaders.files import load_bytes
from qa.reading.metadata import read_article_sidecar, read_sidecar
from qa.types import Article, Meta, Passage, SourceText

log = logging.getLogger(__name__)
START_SECONDS = 120.0  # until a worker has imported what it needs, on a busy machine
IDLE_SECONDS = 20.0  # that a worker waits for the next refresh
GROWN = 600_000_000  # bytes; a worker that has grown so large is not used again
MOST = 4  # workers
FEW = 12  # files, for which one worker is enough
_HEAD = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class Job:
    """One file to be read and cut."""

    data: bytes
    name: str  # of the file, without its folder
    sidecar: Path | None
    passage_chars: int
    passage_sentences: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A file as it was read: its source text, and its articles with their passages."""

    source: SourceText
    articles: tuple[tuple[Article, tuple[Passage, ...]], ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one file. 0: no limit of memory (MB beyond what the worker itself takes)."""

    seconds: float
    memory_mb: int


def read_and_cut(job: Job) -> Cut:
    """Bytes -> articles and passages. Raises LoadError; whatever a parser raises."""
    corrections: Meta | None = read_sidecar(job.sidecar) if job.sidecar else None
    each = read_article_sidecar(job.sidecar) if job.sidecar else {}
    source = load_bytes(job.data, job.name)
    articles = splitter.split(source, corrections, each)
    if not articles:
        raise LoadError("no running text in it: menus, counters or single words only")
    note = "; ".join(part for part in (source.note, *accounting.warnings(source, articles)) if part)
    source = source.model_copy(update={"note": note or None})
    cut = tuple(
        (a, tuple(chunker.chunk(source.text, a, job.passage_chars, job.passage_sentences))) for a in articles
    )
    found = Cut(source, cut)
    _check_text(found)
    return found


def _check_text(cut: Cut) -> None:
    """Raises LoadError for half characters (lone surrogates), which no file and no index can hold."""
    try:
        cut.source.text.encode("utf-8")
        for article, _ in cut.articles:
            article.model_dump_json()
    except ValueError:
        raise LoadError(
            "holds half a character (a lone surrogate, from a broken \\u escape); write it anew as UTF-8"
        ) from None


_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (MemoryError, "needs more memory than one file may take; split it, or raise QA_FILE_MEMORY_MB"),
    (RecursionError, "nested too deeply to be read"),
)


def reason_of(error: BaseException) -> str:
    """Why a file could not be read, in one line."""
    if isinstance(error, LoadError):
        return str(error).splitlines()[0] if str(error) else "cannot be read"
    known = next((reason for kind, reason in _REASONS if isinstance(error, kind)), None)
    if known:
        return known
    line = next(iter(redacted(str(error)).strip().splitlines()), "")[:160]
    return f"cannot be read ({type(error).__name__}{f': {line}' if line else ''})"


# --- the worker's side ------------------------------------------------------------------------


def _send(pipe: IO[bytes], value: object) -> None:
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_HEAD.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    """The next value. Raises EOFError where the other side is gone."""
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    data = pipe.read(_HEAD.unpack(head)[0])
    return pickle.loads(data)


def _limit_memory(megabytes: int) -> None:
    """Where the system knows such a limit."""
    if not megabytes:
        return
    with suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _grown() -> bool:
    with suppress(ImportError):
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak * (1 if sys.platform == "darwin" else 1024) > GROWN
    return False


def serve(memory_mb: int) -> None:
    """Read jobs from standard input, write replies to what standard output was; a parser that prints writes
    into nothing. Ends with its input."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
    _limit_memory(memory_mb)
    _send(replies, "ready")
    while True:
        try:
            job = _receive(requests)
        except EOFError:
            return
        reply: tuple[str, Any, str]
        try:
            reply = ("read", read_and_cut(job), "")
        except Exception as error:  # the point of it: whatever a parser raises is that file's failure
            trace = "" if isinstance(error, LoadError) else traceback.format_exc(limit=-40)
            reply = ("failed", reason_of(error), trace)
        try:
            _send(replies, (*reply, _grown()))
        except MemoryError:
            _send(replies, ("failed", reason_of(MemoryError()), "", True))


# --- our side ---------------------------------------------------------------------------------


class Failed(LoadError):
    """A file that the worker could not read; the message is the reason. ``limit``: it ran into a bound, so
    another bound could help."""

    def __init__(self, reason: str, limit: bool = False) -> None:
        super().__init__(reason)
        self.limit = limit


class Worker:
    """One process that reads files, one after another."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.owner = os.getpid()
        self.worn = False
        code = (
            f"import sys; sys.path[:] = {sys.path!r}\n"
            f"from qa.index.worker import serve; serve({limits.memory_mb})"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )
        self._ready = False

    def read(self, job: Job) -> Cut:
        """Raises Failed."""
        assert self._process.stdin is not None and self._process.stdout is not None
        if not self._ready:
            self._within(START_SECONDS, lambda: _receive(self._process.stdout))
            self._ready = True

        def ask() -> Any:
            _send(self._process.stdin, job)  # type: ignore[arg-type]
            return _receive(self._process.stdout)  # type: ignore[arg-type]

        state, value, trace, self.worn = self._within(self.limits.seconds, ask)
        if state == "failed":
            if trace:
                log.debug("%s\n%s", value, trace)
            raise Failed(value, limit="QA_FILE_MEMORY_MB" in value)
        found: Cut = value
        return found

    def _within(self, seconds: float, call: Any) -> Any:
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            return call()
        except (EOFError, OSError, pickle.UnpicklingError):
            self.worn = True
            self.close()
            if late.is_set():
                raise Failed(
                    f"not read within {seconds:g} s; split it, or raise QA_FILE_SECONDS", limit=True
                ) from None
            code = self._process.returncode
            raise Failed(f"its reader crashed (code {code}); convert it to another format") from None
        finally:
            timer.cancel()

    def close(self) -> None:
        """End the process, at once."""
        if self._process.poll() is None:
            self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()


_spare: list[Worker] = []  # at most one, that waits for the next refresh
_spare_lock = threading.Lock()


def _take(limits: Limits) -> Worker:
    with _spare_lock:
        worker = _spare.pop() if _spare else None
    if worker is not None:
        if worker.owner == os.getpid() and worker.limits == limits:
            return worker
        if worker.owner == os.getpid():
            worker.close()
    return Worker(limits)


def _park(worker: Worker) -> None:
    with _spare_lock:
        if not worker.worn and not _spare:
            _spare.append(worker)
            timer = threading.Timer(IDLE_SECONDS, _end_spare, (worker,))
            timer.daemon = True
            timer.start()
            return
    worker.close()


def _end_spare(worker: Worker) -> None:
    with _spare_lock:
        if worker not in _spare:
            return
        _spare.remove(worker)
    worker.close()


@atexit.register
def _end_all() -> None:
    for worker in list(_spare):
        if worker.owner == os.getpid():
            _end_spare(worker)


class Readers:
    """A few workers. ``submit`` a job, take its result in any order; use it as a context manager. Without
    ``limits``, files are read in this process, where nothing stops them."""

    def __init__(self, limits: Limits | None, workers: int = 0) -> None:
        self._limits = limits
        self._count = min(workers or os.cpu_count() or 1, MOST) if limits else 1
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._threads: ThreadPoolExecutor | None = None
        self._lock = threading.Lock()
        self._started = self._submitted = 0

    @property
    def ahead(self) -> int:
        """How many jobs are worth submitting before the first result is taken."""
        return 2 * self._count if self._limits else 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)
        while True:
            try:
                _park(self._idle.get_nowait())
            except Empty:
                return

    def submit(self, job: Job) -> Future[Cut]:
        """``result()`` raises LoadError."""
        if self._limits is None:
            done: Future[Cut] = Future()
            try:
                done.set_result(read_and_cut(job))
            except Exception as error:  # as in the worker
                log.debug("%s", reason_of(error), exc_info=error)
                done.set_exception(error if isinstance(error, LoadError) else Failed(reason_of(error)))
            return done
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._count, thread_name_prefix="qa-reader")
        self._submitted += 1
        return self._threads.submit(self._read, job, self._limits)

    def _read(self, job: Job, limits: Limits) -> Cut:
        worker = self._worker(limits)
        try:
            return worker.read(job)
        finally:
            if worker.worn:
                worker.close()
                worker = _take(limits)
            self._idle.put(worker)

    def _worker(self, limits: Limits) -> Worker:
        """One that is idle; else another is started, the second and further ones only for many files."""
        with self._lock:
            with suppress(Empty):
                return self._idle.get_nowait()
            start = self._started == 0 or (self._submitted > FEW and self._started < self._count)
            self._started += start
        return _take(limits) if start else self._idle.get()
