"""The processes that read files, from our side: each file within bounds, a few files at once.

The workers are plain subprocesses with two pipes (not ``multiprocessing``, which would run the user's own
script again). Requests and replies are pickled values between processes of one user.
"""

from __future__ import annotations

import atexit
import logging
import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Self

from qa.errors import LoadError
from qa.index.worker import Cut, Job, Limits, read_and_cut, reason_of, receive, send

log = logging.getLogger(__name__)
START_SECONDS = 120.0  # until a worker has imported what it needs, on a busy machine
IDLE_SECONDS = 20.0  # that a worker waits for the next refresh
MOST = 4  # workers
FEW = 12  # files, for which one worker is enough
PATIENCE = 5  # times the bound, for a worker that other processes keep from the processor


class Worker:
    """One process that reads files, one after another."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.owner = os.getpid()
        self.worn = False
        code = (  # Ctrl-C in a terminal goes to every process: what it ends is for the program to say
            "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
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
        """Raises LoadError."""
        assert self._process.stdin is not None and self._process.stdout is not None
        if not self._ready:
            self._within(START_SECONDS, lambda: receive(self._process.stdout))
            self._ready = True

        def ask() -> Any:
            send(self._process.stdin, job)  # type: ignore[arg-type]
            return receive(self._process.stdout)  # type: ignore[arg-type]

        state, value, trace, self.worn = self._within(self.limits.seconds, ask)
        if state == "failed":
            if trace:
                log.debug("%s\n%s", value, trace)
            raise LoadError(value)
        found: Cut = value
        return found

    def _within(self, seconds: float, call: Any) -> Any:
        late = threading.Event()
        done = threading.Event()
        used = _processor_seconds(self._process.pid)

        def watch() -> None:
            for _ in range(PATIENCE):
                if done.wait(seconds):
                    return
                if not _kept_waiting(self._process.pid, used, seconds):
                    break
            late.set()
            self._process.kill()

        threading.Thread(target=watch, daemon=True, name="qa-watch").start()
        try:
            return call()
        except (EOFError, OSError, pickle.UnpicklingError):
            self.worn = True
            self.close()
            if late.is_set():
                raise LoadError(
                    f"not read within {seconds:g} s; split it, or raise QA_FILE_SECONDS"
                ) from None
            code = self._process.returncode
            raise LoadError(f"its reader crashed (code {code}); convert it to another format") from None
        finally:
            done.set()

    def close(self) -> None:
        """End the process, at once."""
        if self._process.poll() is None:
            self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()


def _processor(pid: int) -> tuple[str, float]:
    """(state, seconds of the processor so far) of a process; nothing where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return fields[0], (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return "", 0.0


def _processor_seconds(pid: int) -> float:
    return _processor(pid)[1]


def _kept_waiting(pid: int, before: float, seconds: float) -> bool:
    """Whether a process wants to run and has not had its seconds of the processor yet: the machine is busy,
    its file is not to blame. One that sleeps waits for something that will not come."""
    state, now = _processor(pid)
    return state in ("R", "D") and now - before < seconds / 2


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
                done.set_exception(error if isinstance(error, LoadError) else LoadError(reason_of(error)))
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
