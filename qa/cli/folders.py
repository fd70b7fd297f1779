"""The commands about a folder's index: index, status, forget."""

from __future__ import annotations

import shlex
import sys
from typing import Annotated

import typer

from qa.cli.console import corpus_line, ledger, progress, say, summary
from qa.cli.options import Articles, Bare
from qa.cli.places import folder_of, forgotten, remember


def index(
    folder: Bare = None,
    articles: Articles = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Read and cut every file again, under the present settings.")
    ] = False,
) -> None:
    """Build or refresh the index of a folder; a line for each file that is new, changed, renamed, removed or
    failed."""
    from qa.index.sync import Folder
    from qa.library import Library
    from qa.settings import load_settings

    where = folder_of(articles, folder)
    show, stop = progress()
    library = Library(Folder.of(where), load_settings())
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
        remember(where)
        if any(line.status in ("new", "changed") for line in lines):
            _next(shlex.quote(where), library.store.corpus().undated)
    finally:
        library.close()


def _next(folder: str, undated: int) -> None:
    """What may be done about undated articles, and what to type."""
    if undated:
        say(
            f"undated: `qa articles {folder}` shows which; a line “date: 2024-03-18” in NAME.meta.yml "
            "beside a file dates it"
        )
    say(f'next: qa ask -a {folder} "your question"')


def status(folder: Bare = None, articles: Articles = None) -> None:
    """Show the ledger, the index's fingerprint, and what the next refresh would change."""
    from qa.index.sync import Folder
    from qa.library import Library
    from qa.settings import load_settings

    where = folder_of(articles, folder)
    library = Library(Folder.of(where), load_settings())
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
            say(f"             {now}: run `qa index {where} --rebuild`")
        missing = len(library.store.missing_vectors(library.embedder.name))
        lacking = f"{missing} passages have none yet: run `qa index {where}`"
        say(f"vectors      {lacking if missing else 'complete'}")
        say(f"kept in      {library.home}")
    finally:
        library.close()


def forget(
    folder: Bare = None,
    articles: Articles = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Delete without asking.")] = False,
) -> None:
    """Delete the store, the indexes and the conversations of a folder, after asking. The articles themselves
    are not touched."""
    from qa.errors import UsageError
    from qa.index.sync import Folder
    from qa.library import Library
    from qa.settings import load_settings

    if not (articles or folder):
        raise UsageError("name the folder whose index is to be deleted: qa forget FOLDER")
    where = folder_of(articles, folder)
    library = Library(Folder.of(where), load_settings())
    home = library.home
    kept = len(list((home / "sessions").glob("*.json")))
    what = f"{home}: the index of {corpus_line(library)}, {kept} conversation{'s' * (kept != 1)}"
    if not yes:
        if not sys.stdin.isatty():
            library.close()
            raise UsageError(f"this deletes {what}; add --yes to do it")
        if not typer.confirm(f"Delete {what}? The articles stay"):
            library.close()
            say("nothing was deleted")
            return
    library.forget()
    forgotten(where)
    say(f"deleted {home}")
