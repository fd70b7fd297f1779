"""The command line: the only place that prints and the only one that chooses an exit code.

Exit codes of ``qa ask``: 0 answered, 3 abstained, 2 usage, 1 any error. Everything heavy is imported
inside the commands.
"""

from __future__ import annotations

import os
from typing import Annotated

import typer

from qa.cli import folders, looking
from qa.cli.ask import ask
from qa.cli.console import corpus_line, open_library, say, say_where
from qa.cli.defaults import config, with_defaults
from qa.cli.doctor import doctor
from qa.cli.exits import run
from qa.cli.mcp import mcp
from qa.cli.options import Answerer, Articles, Bare, Outlet, Since, Undated, Until
from qa.cli.places import STANDARD_INPUT, folder_of
from qa.cli.serve import serve
from qa.cli.watch import watch
from qa.errors import UsageError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Ask a folder of news articles a question, and trust the answer: every sentence carries a quote "
    "that was checked against its source.",
)


app.command()(folders.index)
app.command()(ask)
app.command()(looking.who)
app.command()(looking.timeline)


@app.command()
def chat(
    folder: Bare = None,
    articles: Articles = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the newest conversation about this folder.")
    ] = False,
    session: Annotated[
        str | None, typer.Option("--session", metavar="ID", help="Go on with this conversation.")
    ] = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    undated: Undated = False,
    answerer: Answerer = None,
) -> None:
    """Ask and follow up. /help lists the commands; conversations are kept and can be resumed."""
    from qa.cli.repl import earlier
    from qa.cli.repl import run as converse

    where = folder_of(articles, folder)
    if where == STANDARD_INPUT:
        raise UsageError("a chat reads its questions from standard input; name a folder of articles with -a")
    given = {"since": since, "until": until, "outlet": outlet, "undated": undated, "answerer": answerer}
    if not (resume or session):
        given = with_defaults(where, given)  # a conversation that goes on has filters of its own
    library = open_library(where, answerer=given["answerer"])
    try:
        talk = library.chat(session or resume)
        for name in ("since", "until", "outlet"):
            if given[name]:
                talk.command(f"/{name} {given[name]}")
        if given["undated"] and not talk.session.undated:
            talk.command("/undated")
        say_where(library)
        turns = f", {len(talk.session.turns)} turns so far" if talk.session.turns else ""
        say(f"{corpus_line(library)}. Conversation {talk.session.id}{turns}; /help lists the commands.")
        earlier(talk)
        converse(talk)
    finally:
        library.close()


app.command()(looking.show)
app.command()(folders.status)
app.command("articles")(looking.list_articles)
app.command()(looking.people)
app.command()(looking.outlets)
app.command()(looking.statements)
app.command()(folders.forget)
app.command()(serve)
app.command()(mcp)
app.command()(watch)
app.command()(config)
app.command()(doctor)


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
