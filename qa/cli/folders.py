"""The commands about a folder's index: index, status, forget."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.cli.console import corpus_line, ledger, progress, say, summary


def index(
    folder: Annotated[
        str, typer.Argument(help="The folder, file or pattern that holds the articles.")
    ] = "articles",
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Read and cut every file again, under the present settings.")
    ] = False,
) -> None:
    """Build or refresh the index of a folder; a line for each file that is new, changed, renamed, removed or
    failed."""
    from qa.index.sync import Folder
    from qa.library import Library
    from qa.settings import load_settings

    show, stop = progress()
    library = Library(Folder.of(folder), load_settings())
    try:
        try:
            lines = library.index(rebuild=rebuild, progress=show)
        finally:
            stop()
        ledger(lines, everything=False)
        for note in library.notes:
            say(note.text)
        say(f"{summary(lines)}: {corpus_line(library)}")
        library.require_articles()
    finally:
        library.close()


def status(
    folder: Annotated[
        str, typer.Argument(help="The folder, file or pattern that holds the articles.")
    ] = "articles",
) -> None:
    """Show the ledger, the index's fingerprint, and what the next refresh would change."""
    from qa.index.sync import Folder
    from qa.library import Library
    from qa.settings import load_settings

    library = Library(Folder.of(folder), load_settings())
    try:
        lines = library.status()
        ledger(lines, everything=True)
        known = library.store.get("fingerprint")
        say(f"\n{summary(lines)}")
        say(f"holds        {corpus_line(library)}")
        say(f"outlets      {', '.join(library.store.outlets()) or 'none stated'}")
        say(f"fingerprint  {known or 'no index yet'}")
        if known not in (None, library.fingerprint):
            now = f"the settings now say {library.fingerprint}"
            say(f"             {now}: run `qa index {folder} --rebuild`")
        missing = len(library.store.missing_vectors(library.embedder.name))
        lacking = f"{missing} passages have none yet: run `qa index {folder}`"
        say(f"vectors      {lacking if missing else 'complete'}")
        say(f"kept in      {library.home}")
    finally:
        library.close()


def forget(
    folder: Annotated[str, typer.Argument(help="The folder whose store and indexes are deleted.")],
) -> None:
    """Delete the store and the indexes of a folder. The articles themselves are not touched."""
    from qa.index.sync import Folder
    from qa.library import Library
    from qa.settings import load_settings

    library = Library(Folder.of(folder), load_settings())
    home = library.home
    library.forget()
    say(f"deleted {home}")
