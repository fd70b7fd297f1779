"""The commands that look around in a folder: who, timeline, people, outlets, articles, statements, show."""

from __future__ import annotations

import sys
from typing import Annotated, Any, NoReturn

import typer

from qa.cli.console import open_library, say, say_data
from qa.cli.defaults import with_defaults
from qa.cli.exits import ABSTAINED
from qa.cli.export import write_export
from qa.cli.options import (
    HINTS,
    Articles,
    AsAnswer,
    AsCsv,
    AsJson,
    Bare,
    Long,
    Outlet,
    Since,
    Undated,
    Until,
)
from qa.cli.places import folder_of, inside, placed
from qa.presenting.printable import safe_json


def _form(as_json: bool, as_csv: bool) -> str:
    return "json" if as_json else "csv" if as_csv else "table"


def who(
    words: Annotated[
        list[str], typer.Argument(metavar="[FOLDER] NAME", help="Whose words: a name, or part of one.")
    ],
    articles: Articles = None,
    as_json: AsAnswer = False,
    long: Long = False,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    undated: Undated = False,
) -> None:
    """What a person said, in order, with outlet and date. Exit code 3: nothing was found."""
    folder, name = placed(words, articles, "name")
    form = _form(as_json, False)
    _around("who", folder, name, form, long, since=since, until=until, outlet=outlet, undated=undated)


def timeline(
    words: Annotated[
        list[str], typer.Argument(metavar="[FOLDER] TOPIC", help="A few words on what it is about.")
    ],
    articles: Articles = None,
    as_json: AsAnswer = False,
    as_csv: AsCsv = False,
    as_html: Annotated[
        bool, typer.Option("--html", help="Print a page that needs nothing else, with a drawing over time.")
    ] = False,
    long: Long = False,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    undated: Undated = False,
) -> None:
    """What is told of a topic, in order of when it happened. Exit code 3: nothing was found."""
    if as_json + as_csv + as_html > 1:
        raise typer.BadParameter("--json, --csv and --html exclude each other")
    folder, topic = placed(words, articles, "topic")
    form = "html" if as_html else _form(as_json, as_csv)
    _around("timeline", folder, topic, form, long, since=since, until=until, outlet=outlet, undated=undated)


def _around(kind: str, folder: str, asked: str, form: str, long: bool, **filters: Any) -> NoReturn:
    filters = with_defaults(folder, filters)
    with open_library(folder, answerer="extractive") as library:
        outcome = library.who(asked, **filters) if kind == "who" else library.timeline(asked, **filters)
    if form == "json":
        say(safe_json(outcome.to_json()))
    elif form == "csv":
        from qa.presenting.timeline import to_csv

        sys.stdout.write(to_csv(outcome))
    elif form == "html":
        write_export("html", [outcome])
    else:
        from qa.presenting.terminal import print_outcome

        print_outcome(outcome, long=long, hints=HINTS)
    raise typer.Exit(ABSTAINED if outcome.kind == "abstention" else 0)


def people(
    folder: Bare = None, articles: Articles = None, as_json: AsJson = False, as_csv: AsCsv = False
) -> None:
    """List who is named as saying something, by how often; `qa who NAME` prints what."""
    from qa.cli.tables import write

    with open_library(folder_of(articles, folder), answerer="extractive") as library:
        write([p.model_dump() for p in library.people()], _form(as_json, as_csv), sys.stdout)


def outlets(
    folder: Bare = None, articles: Articles = None, as_json: AsJson = False, as_csv: AsCsv = False
) -> None:
    """List the outlets of the articles, by how many articles are theirs."""
    from qa.cli.tables import write

    with open_library(folder_of(articles, folder), answerer="extractive") as library:
        write([o.model_dump() for o in library.outlets()], _form(as_json, as_csv), sys.stdout)


def list_articles(
    folder: Bare = None, articles: Articles = None, as_json: AsJson = False, as_csv: AsCsv = False
) -> None:
    """List what was understood of every article: title, outlet, date and how it is known, author."""
    from qa.cli.articles import write

    with open_library(folder_of(articles, folder), answerer="extractive") as library:
        write(library.store, _form(as_json, as_csv), sys.stdout)


def statements(
    words: Annotated[
        list[str],
        typer.Argument(metavar="[FOLDER] FILE", help="A file of the folder, as `qa articles` names it."),
    ],
    articles: Articles = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List every attributed statement of a file: who says it, in which voice, and where."""
    from qa.cli.statements import write

    folder, file = placed(words, articles, "file")
    with open_library(folder, answerer="extractive") as library:
        write(library.statements(inside(library.folder.root, file)), _form(as_json, as_csv), sys.stdout)


def show(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[FOLDER] WHAT",
            help="A file, an article (FILE#N), a line (FILE:LINE) or a span (FILE@START-END).",
        ),
    ],
    articles: Articles = None,
    source: Annotated[
        bool, typer.Option("--source", help="Print the source text of a file exactly, and nothing else.")
    ] = False,
    browse: Annotated[
        bool, typer.Option("--open", help="Open it in the browser, at the quote; the address is printed.")
    ] = False,
) -> None:
    """Show a file, an article or a citation in its context, the quote highlighted."""
    from qa.presenting.show import address_of, find, source_of
    from qa.presenting.terminal import print_shown

    folder, what = placed(words, articles, "place")
    with open_library(folder, update=False) as library:
        what = inside(library.folder.root, what)
        if source:
            if sys.stdout.isatty():
                say_data(source_of(library.store, what))
                return
            sys.stdout.flush()
            sys.stdout.buffer.write(source_of(library.store, what).encode("utf-8", "surrogatepass"))
            sys.stdout.buffer.flush()
            return
        found = find(library.store, what)
        if browse:
            address = address_of(found, library.folder.root)
            say(address)
            typer.launch(address)
            return
        print_shown(found)
