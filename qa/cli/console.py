"""What the commands share: saying a line, the progress bar, opening a folder, lines of the ledger."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TextIO

from qa.cli.places import STANDARD_INPUT, borrowed_input, remember
from qa.presenting.printable import printable

if TYPE_CHECKING:
    from qa.library import Library
    from qa.types import LedgerLine

MANY = 20  # new files, from where on they are summed up


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
    """The folder, opened with a progress bar, and remembered; "-" is standard input. Raises QAError."""
    from qa.library import Library

    given = {k: v for k, v in settings.items() if v is not None}
    folder = articles
    if articles == STANDARD_INPUT:
        folder, given["home"] = borrowed_input()
    show, stop = progress()
    try:
        library = Library.open(folder, update=update, progress=show, **given)
    finally:
        stop()
    remember(articles)
    return library


def say_where(library: Library) -> None:
    """Once, before anything is sent: where it goes."""
    if library.endpoint:
        say(f"questions and passages go to {library.endpoint}", file=sys.stderr)


def ledger(lines: list[LedgerLine], everything: bool) -> None:
    """A line a file that is not as it was (all with ``everything``); many new files that were read without
    loss are one line."""
    plain = [] if everything else [x for x in lines if x.status == "new" and not x.reason]
    many = len(plain) > MANY
    for line in lines:
        summed = many and line.status == "new" and not line.reason
        if not summed and (everything or line.status != "same" or line.reason):
            say(_ledger_line(line.status, line.file, [line], line.reason))
    if many:
        say(_ledger_line("new", f"{len(plain)} files", plain, "`qa status` lists them"))


def _ledger_line(status: str, name: str, lines: list[LedgerLine], reason: str | None) -> str:
    articles = sum(x.articles for x in lines)
    taken, characters = sum(x.taken for x in lines), sum(x.characters for x in lines)
    about = f"{articles} article{'s' * (articles != 1)}" if articles else ""
    about += f", {taken:,} of {characters:,} characters" if characters else ""
    return f"{status:8} {name}" + "".join(f"  {part}" for part in (about, reason) if part)


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
