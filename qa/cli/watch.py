"""``qa watch``: a folder whose index is refreshed whenever a file of it changes, until Ctrl-C."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from qa.cli.console import corpus_line, ledger, open_library, say, summary
from qa.cli.options import Articles, Bare
from qa.cli.places import STANDARD_INPUT, folder_of
from qa.errors import QAError, UsageError
from qa.presenting.printable import one_line

if TYPE_CHECKING:
    from qa.library import Library


def watch(folder: Bare = None, articles: Articles = None) -> None:
    """Keep the index of a folder fresh: take in what changes, as it changes. Ctrl-C ends it."""
    try:
        import watchfiles
    except ImportError:
        raise UsageError("`qa watch` needs watchfiles: pip install 'news-qa[watch]'") from None
    where = folder_of(articles, folder)
    if where == STANDARD_INPUT:
        raise UsageError("standard input cannot be watched; name a folder of articles")
    library = open_library(where, answerer="extractive")
    try:
        with interrupted() as stop:
            say(f"watching {library.folder.root}: {corpus_line(library)}; Ctrl-C ends it")
            sys.stdout.flush()
            follow(library, watchfiles.watch(library.folder.root, stop_event=stop), stop)
    finally:
        library.close()


@contextmanager
def interrupted() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets; the second ends the program as everywhere.

    An exception that is raised wherever the program happens to be can be lost (in a callback of a library, in
    the removal of a value); an event cannot.
    """
    stop = threading.Event()

    def first(*_: Any) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, first)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def follow(library: Library, changes: Iterable[object], stop: threading.Event) -> None:
    """A refresh for each of ``changes``, with its ledger, until ``stop``; what fails is said."""
    for _ in changes:
        try:
            lines = library.index()
        except QAError as error:
            say(f"not refreshed: {one_line(str(error))}")
        else:
            told = [line for line in lines if line.status != "same"]
            ledger(told, everything=False)
            if told:
                say(f"{summary(told)}: {corpus_line(library)}")
        sys.stdout.flush()
        if stop.is_set():
            return
