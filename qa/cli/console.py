"""What the commands share: saying a line, the progress bar, opening a folder, lines of the ledger."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TextIO

from qa.presenting.printable import printable

if TYPE_CHECKING:
    from qa.library import Library
    from qa.types import LedgerLine


def say(text: str, *, end: str = "\n", file: TextIO | None = None) -> None:
    """Print text, of which only what is printable reaches the terminal."""
    print(printable(text), end=end, file=file)


def say_data(text: str) -> None:
    """Print text of a program's format: exactly into a pipe or a file, printable on a terminal."""
    print(printable(text) if sys.stdout.isatty() else text, end="")


def progress() -> Any:
    """A progress bar on a terminal, nothing in a pipe: (callback, stop)."""
    if not sys.stderr.isatty():
        return None, lambda: None
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    tasks: dict[str, Any] = {}

    def show(stage: str, done: int, of: int) -> None:
        if stage not in tasks:
            if not tasks:
                bar.start()
            tasks[stage] = bar.add_task(stage, total=of)
        bar.update(tasks[stage], completed=done, total=of)

    return show, bar.stop


def open_library(articles: str, update: bool = True, **settings: Any) -> Library:
    from qa.library import Library

    show, stop = progress()
    try:
        return Library.open(
            articles, update=update, progress=show, **{k: v for k, v in settings.items() if v is not None}
        )
    finally:
        stop()


def say_where(library: Library) -> None:
    """Once, before anything is sent: where it goes."""
    if library.endpoint:
        say(f"questions and passages go to {library.endpoint}", file=sys.stderr)


def ledger(lines: list[LedgerLine], everything: bool) -> None:
    for line in lines:
        if everything or line.status != "same" or line.reason:
            about = f"{line.articles} article{'s' * (line.articles != 1)}" if line.articles else ""
            about += f", {line.taken:,} of {line.characters:,} characters" if line.characters else ""
            say(
                f"{line.status:8} {line.file}" + "".join(f"  {part}" for part in (about, line.reason) if part)
            )


def summary(lines: list[LedgerLine]) -> str:
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.status] = counts.get(line.status, 0) + 1
    return ", ".join(f"{n} {status}" for status, n in counts.items()) or "no files"


def corpus_line(library: Library) -> str:
    info = library.store.corpus()
    dates = f", {info.first} to {info.last}" if info.first else ""
    undated = f", {info.undated} undated" if info.undated else ""
    return f"{info.articles} articles{dates}{undated}"
