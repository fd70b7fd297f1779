"""The command line: the only place that prints and the only one that chooses an exit code.

Exit codes of ``qa ask``: 0 answered, 3 abstained, 2 usage, 1 any error. Everything heavy is imported
inside the commands.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, Optional

import typer

from qa.cli import folders
from qa.cli.console import corpus_line, open_library, say, say_data, say_where
from qa.cli.exits import run
from qa.cli.export import check_form, write_export
from qa.cli.mcp import mcp
from qa.cli.serve import serve
from qa.presenting.printable import safe_json

if TYPE_CHECKING:
    pass

ABSTAINED = 3
app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Ask a folder of news articles a question, and trust the answer: every sentence carries a quote "
    "that was checked against its source.",
)

Articles = Annotated[
    str,
    typer.Option(
        "--articles", "-a", metavar="FOLDER", help="The folder, file or pattern that holds the articles."
    ),
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Only articles published on or after this day."),
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="Only articles published up to and including this day."),
]
Outlet = Annotated[
    str | None,
    typer.Option("--outlet", metavar="NAME", help="Only articles of this outlet (part of its name)."),
]
Undated = Annotated[
    bool, typer.Option("--undated", help="Take in undated articles under --since and --until.")
]


app.command()(folders.index)


@app.command()
def ask(
    question: Annotated[Optional[str], typer.Argument(help="The question.")] = None,  # noqa: UP045
    articles: Articles = "articles",
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as qa.answer/1.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the answer as Markdown.")] = False,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORM",
            help="Print the answer as markdown, html, docx, json, csv, or its sources as csl, ris, bibtex.",
        ),
    ] = None,
    batch: Annotated[
        str | None,
        typer.Option(
            "--batch",
            metavar="FILE.jsonl",
            help="Answer a file of questions, one JSON object a line; - for standard input.",
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    undated: Undated = False,
    answerer: Annotated[
        str | None, typer.Option("--answerer", metavar="NAME", help="extractive (quotes only) or llm.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Answer only what is quite sure.")] = False,
    eager: Annotated[bool, typer.Option("--eager", help="Answer also what is less sure.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say why this answer, or why none.")] = False,
    today: Annotated[
        str | None,
        typer.Option("--today", metavar="DATE", help="The day from which “last week” is counted."),
    ] = None,
) -> None:
    """Ask one question (or a file of them). Exit code 0: answered, 3: the articles do not hold an answer."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("give either a question or --batch FILE.jsonl")
    if strict and eager:
        raise typer.BadParameter("--strict and --eager exclude each other")
    check_form(form)
    library = open_library(articles, answerer=answerer, today=today)
    options: dict[str, Any] = {"since": since, "until": until, "outlet": outlet, "undated": undated}
    options["caution"] = "strict" if strict else "eager" if eager else None
    try:
        say_where(library)
        if batch is not None:
            from qa.cli.batch import run_batch

            raise typer.Exit(0 if run_batch(library, batch, sys.stdout, options) else 1)
        assert question is not None
        options["explain"] = explain
        if library.endpoint and sys.stdout.isatty() and not (as_json or markdown or form):
            from rich.console import Console

            from qa.presenting.terminal import print_events

            outcome = print_events(
                library.stream(question, **options), question, Console(highlight=False), growing=True
            )
            raise typer.Exit(ABSTAINED if outcome.kind == "abstention" else 0)
        outcome = library.ask(question, **options)
    finally:
        library.close()
    if form is not None:
        write_export(form, [outcome])
    elif as_json:
        say(safe_json(outcome.to_json()))
    elif markdown:
        from qa.presenting.plain_text import to_markdown

        say_data(to_markdown(outcome))
    else:
        from qa.presenting.terminal import print_outcome

        print_outcome(outcome)
    if explain and not as_json:
        from qa.presenting.explanation import explanation_text

        print(f"\n{explanation_text(outcome)}")
    raise typer.Exit(ABSTAINED if outcome.kind == "abstention" else 0)


@app.command()
def who(
    name: Annotated[str, typer.Argument(help="Whose words: a name, or part of one.")],
    articles: Articles = "articles",
    as_json: Annotated[bool, typer.Option("--json", help="Print it as qa.answer/1.")] = False,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    undated: Undated = False,
) -> None:
    """What a person said, in order, with outlet and date. Exit code 3: nothing was found."""
    _around(
        "who",
        name,
        articles,
        "json" if as_json else "text",
        since=since,
        until=until,
        outlet=outlet,
        undated=undated,
    )


@app.command()
def timeline(
    topic: Annotated[str, typer.Argument(help="A few words on what it is about.")],
    articles: Articles = "articles",
    as_json: Annotated[bool, typer.Option("--json", help="Print it as qa.answer/1.")] = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print a table for other programs, a row an entry.")
    ] = False,
    as_html: Annotated[
        bool, typer.Option("--html", help="Print a page that needs nothing else, with a drawing over time.")
    ] = False,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    undated: Undated = False,
) -> None:
    """What is told of a topic, in order of when it happened. Exit code 3: nothing was found."""
    if as_json + as_csv + as_html > 1:
        raise typer.BadParameter("--json, --csv and --html exclude each other")
    form = "json" if as_json else "csv" if as_csv else "html" if as_html else "text"
    _around("timeline", topic, articles, form, since=since, until=until, outlet=outlet, undated=undated)


def _around(kind: str, asked: str, articles: str, form: str, **filters: Any) -> NoReturn:
    library = open_library(articles, answerer="extractive")
    try:
        outcome = library.who(asked, **filters) if kind == "who" else library.timeline(asked, **filters)
    finally:
        library.close()
    if form == "json":
        say(safe_json(outcome.to_json()))
    elif form == "csv":
        from qa.presenting.timeline import to_csv

        sys.stdout.write(to_csv(outcome))
    elif form == "html":
        write_export("html", [outcome])
    else:
        from qa.presenting.terminal import print_outcome

        print_outcome(outcome)
    raise typer.Exit(ABSTAINED if outcome.kind == "abstention" else 0)


@app.command()
def chat(
    articles: Articles = "articles",
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the newest conversation about this folder.")
    ] = False,
    session: Annotated[
        str | None, typer.Option("--session", metavar="ID", help="Go on with this conversation.")
    ] = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    answerer: Annotated[
        str | None, typer.Option("--answerer", metavar="NAME", help="extractive (quotes only) or llm.")
    ] = None,
) -> None:
    """Ask and follow up. /help lists the commands; conversations are kept and can be resumed."""
    from qa.cli.repl import run as converse

    library = open_library(articles, answerer=answerer)
    try:
        talk = library.chat(session or resume)
        for name, value in (("since", since), ("until", until), ("outlet", outlet)):
            if value:
                talk.command(f"/{name} {value}")
        say_where(library)
        turns = f", {len(talk.session.turns)} turns so far" if talk.session.turns else ""
        say(f"{corpus_line(library)}. Conversation {talk.session.id}{turns}; /help lists the commands.")
        converse(talk)
    finally:
        library.close()


@app.command()
def show(
    what: Annotated[
        str,
        typer.Argument(help="A file, an article (FILE#N), a line (FILE:LINE) or a span (FILE@START-END)."),
    ],
    articles: Articles = "articles",
    source: Annotated[
        bool, typer.Option("--source", help="Print the source text of a file exactly, and nothing else.")
    ] = False,
) -> None:
    """Show a file, an article or a citation in its context, the quote highlighted."""
    from qa.presenting.show import find, source_of
    from qa.presenting.terminal import print_shown

    library = open_library(articles, update=False)
    try:
        if source:
            if sys.stdout.isatty():
                say_data(source_of(library.store, what))
                return
            sys.stdout.flush()
            sys.stdout.buffer.write(source_of(library.store, what).encode("utf-8", "surrogatepass"))
            sys.stdout.buffer.flush()
            return
        print_shown(find(library.store, what))
    finally:
        library.close()


app.command()(folders.status)


@app.command("articles")
def list_articles(
    folder: Annotated[
        str, typer.Argument(help="The folder, file or pattern that holds the articles.")
    ] = "articles",
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table for other programs.")] = False,
) -> None:
    """List what was understood of every article: title, outlet, date and how it is known, author."""
    from qa.cli.articles import write

    library = open_library(folder, answerer="extractive")
    try:
        write(library.store, "json" if as_json else "csv" if as_csv else "table", sys.stdout)
    finally:
        library.close()


@app.command()
def statements(
    file: Annotated[str, typer.Argument(help="A file of the folder, as `qa articles` names it.")],
    articles: Articles = "articles",
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table for other programs.")] = False,
) -> None:
    """List every attributed statement of a file: who says it, in which voice, and where."""
    from qa.cli.statements import write

    library = open_library(articles, answerer="extractive")
    try:
        write(library.statements(file), "json" if as_json else "csv" if as_csv else "table", sys.stdout)
    finally:
        library.close()


app.command()(folders.forget)


app.command()(serve)
app.command()(mcp)


@app.callback(invoke_without_command=True)
def _main(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback for an error.")] = False,
) -> None:
    if debug:
        import logging

        os.environ["QA_DEBUG"] = "1"
        logging.getLogger("qa").addHandler(logging.StreamHandler())
        logging.getLogger("qa").setLevel(logging.DEBUG)
    if version:
        from importlib.metadata import version as installed

        say(f"qa {installed('news-qa')}")
        raise typer.Exit(0)


def main() -> None:
    """The ``qa`` command."""
    run(app)


if __name__ == "__main__":
    main()
