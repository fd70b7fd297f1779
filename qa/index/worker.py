"""Reading files in processes of their own, each file within bounds of time and memory: a parser that hangs,
crashes, recurses without end or eats memory costs one file, not the run.
"""

from __future__ import annotations

import logging
import os
import pickle
import struct
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from qa.errors import LoadError
from qa.privacy import redacted
from qa.reading import accounting, chunker, splitter
from qa.reading.loaders.files import load_bytes
from qa.reading.metadata import read_article_sidecar, read_sidecar
from qa.types import Article, Meta, Passage, SourceText

log = logging.getLogger(__name__)
GROWN = 600_000_000  # bytes; a worker that has grown so large is not used again
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


def send(pipe: IO[bytes], value: object) -> None:
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_HEAD.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
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
    send(replies, "ready")
    while True:
        try:
            job = receive(requests)
        except EOFError:
            return
        reply: tuple[str, Any, str]
        try:
            reply = ("read", read_and_cut(job), "")
        except Exception as error:  # the point of it: whatever a parser raises is that file's failure
            trace = "" if isinstance(error, LoadError) else traceback.format_exc(limit=-40)
            reply = ("failed", reason_of(error), trace)
        try:
            send(replies, (*reply, _grown()))
        except MemoryError:
            send(replies, ("failed", reason_of(MemoryError()), "", True))
