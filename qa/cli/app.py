"""The command line: the only place that prints and the only one that chooses an exit code.

Exit codes of ``qa ask``: 0 answered, 3 abstained, 2 usage, 1 any error. Everything heavy is imported
inside the commands.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, Optional

import typer

if TYPE_CHECKING:
    from qa.library import Library
    from qa.types import LedgerLine

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


def _progress() -> Any:
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


def _open(articles: str, update: bool = True, **settings: Any) -> Library:
    from qa.library import Library

    show, stop = _progress()
    try:
        return Library.open(
            articles, update=update, progress=show, **{k: v for k, v in settings.items() if v is not None}
        )
    finally:
        stop()


def _say_where(library: Library) -> None:
    """Once, before anything is sent: where it goes."""
    if library.endpoint:
        print(f"questions and passages go to {library.endpoint}", file=sys.stderr)


def _ledger(lines: list[LedgerLine], everything: bool) -> None:
    for line in lines:
        if everything or line.status != "same" or line.reason:
            about = f"{line.articles} article{'s' * (line.articles != 1)}" if line.articles else ""
            about += f", {line.taken:,} of {line.characters:,} characters" if line.characters else ""
            print(
                f"{line.status:8} {line.file}" + "".join(f"  {part}" for part in (about, line.reason) if part)
            )


def _summary(lines: list[LedgerLine]) -> str:
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.status] = counts.get(line.status, 0) + 1
    return ", ".join(f"{n} {status}" for status, n in counts.items()) or "no files"


def _corpus_line(library: Library) -> str:
    info = library.store.corpus()
    dates = f", {info.first} to {info.last}" if info.first else ""
    undated = f", {info.undated} undated" if info.undated else ""
    return f"{info.articles} articles{dates}{undated}"


@app.command()
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

    show, stop = _progress()
    library = Library(Folder.of(folder), load_settings())
    try:
        try:
            lines = library.index(rebuild=rebuild, progress=show)
        finally:
            stop()
        _ledger(lines, everything=False)
        print(f"{_summary(lines)}: {_corpus_line(library)}")
        library.require_articles()
    finally:
        library.close()


@app.command()
def ask(
    question: Annotated[Optional[str], typer.Argument(help="The question.")] = None,  # noqa: UP045
    articles: Articles = "articles",
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as qa.answer/1.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the answer as Markdown.")] = False,
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
) -> None:
    """Ask one question (or a file of them). Exit code 0: answered, 3: the articles do not hold an answer."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("give either a question or --batch FILE.jsonl")
    library = _open(articles, answerer=answerer)
    options: dict[str, Any] = {"since": since, "until": until, "outlet": outlet, "undated": undated}
    try:
        _say_where(library)
        if batch is not None:
            from qa.cli.batch import run_batch

            raise typer.Exit(0 if run_batch(library, batch, sys.stdout, options) else 1)
        assert question is not None
        if library.endpoint and sys.stdout.isatty() and not (as_json or markdown):
            from rich.console import Console

            from qa.presenting.terminal import print_events

            outcome = print_events(
                library.stream(question, **options), question, Console(highlight=False), growing=True
            )
            raise typer.Exit(0 if outcome.kind == "answer" else ABSTAINED)
        outcome = library.ask(question, **options)
    finally:
        library.close()
    if as_json:
        print(outcome.to_json())
    elif markdown:
        from qa.presenting.plain_text import to_markdown

        print(to_markdown(outcome), end="")
    else:
        from qa.presenting.terminal import print_outcome

        print_outcome(outcome)
    raise typer.Exit(0 if outcome.kind == "answer" else ABSTAINED)


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
    _around("who", name, articles, as_json, since=since, until=until, outlet=outlet, undated=undated)


@app.command()
def timeline(
    topic: Annotated[str, typer.Argument(help="A few words on what it is about.")],
    articles: Articles = "articles",
    as_json: Annotated[bool, typer.Option("--json", help="Print it as qa.answer/1.")] = False,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    undated: Undated = False,
) -> None:
    """What is told of a topic, in order of when it happened. Exit code 3: nothing was found."""
    _around("timeline", topic, articles, as_json, since=since, until=until, outlet=outlet, undated=undated)


def _around(kind: str, asked: str, articles: str, as_json: bool, **filters: Any) -> NoReturn:
    library = _open(articles, answerer="extractive")
    try:
        outcome = library.who(asked, **filters) if kind == "who" else library.timeline(asked, **filters)
    finally:
        library.close()
    if as_json:
        print(outcome.to_json())
    else:
        from qa.presenting.terminal import print_outcome

        print_outcome(outcome)
    raise typer.Exit(0 if outcome.kind == "answer" else ABSTAINED)


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
    from qa.cli.repl import run

    library = _open(articles, answerer=answerer)
    try:
        talk = library.chat(session or resume)
        for name, value in (("since", since), ("until", until), ("outlet", outlet)):
            if value:
                talk.command(f"/{name} {value}")
        _say_where(library)
        turns = f", {len(talk.session.turns)} turns so far" if talk.session.turns else ""
        print(f"{_corpus_line(library)}. Conversation {talk.session.id}{turns}; /help lists the commands.")
        run(talk)
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

    library = _open(articles, update=False)
    try:
        if source:
            sys.stdout.flush()
            sys.stdout.buffer.write(source_of(library.store, what).encode("utf-8", "surrogatepass"))
            sys.stdout.buffer.flush()
            return
        print_shown(find(library.store, what))
    finally:
        library.close()


@app.command()
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
        _ledger(lines, everything=True)
        known = library.store.get("fingerprint")
        print(f"\n{_summary(lines)}")
        print(f"holds        {_corpus_line(library)}")
        print(f"outlets      {', '.join(library.store.outlets()) or 'none stated'}")
        print(f"fingerprint  {known or 'no index yet'}")
        if known not in (None, library.fingerprint):
            now = f"the settings now say {library.fingerprint}"
            print(f"             {now}: run `qa index {folder} --rebuild`")
        missing = len(library.store.missing_vectors(library.embedder.name))
        lacking = f"{missing} passages have none yet: run `qa index {folder}`"
        print(f"vectors      {lacking if missing else 'complete'}")
        print(f"kept in      {library.home}")
    finally:
        library.close()


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

    library = _open(folder, answerer="extractive")
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

    library = _open(articles, answerer="extractive")
    try:
        write(library.statements(file), "json" if as_json else "csv" if as_csv else "table", sys.stdout)
    finally:
        library.close()


@app.command()
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
    print(f"deleted {home}")


@app.callback(invoke_without_command=True)
def _main(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback for an error.")] = False,
) -> None:
    if debug:
        os.environ["QA_DEBUG"] = "1"
    if version:
        from importlib.metadata import version as installed

        print(f"qa {installed('news-qa')}")
        raise typer.Exit(0)


def _fail(message: str, code: int) -> NoReturn:
    from qa.privacy import redacted

    print(f"qa: {redacted(message)}", file=sys.stderr)
    sys.exit(code)


def main() -> None:
    """The ``qa`` command."""
    try:
        app()
    except KeyboardInterrupt:
        _fail("stopped; what was finished is kept", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        from qa.errors import QAError

        if os.environ.get("QA_DEBUG"):
            import traceback

            from qa.privacy import redacted

            sys.stderr.write(redacted(traceback.format_exc()))
            sys.exit(error.exit_code if isinstance(error, QAError) else 1)
        if isinstance(error, QAError):
            _fail(str(error), error.exit_code)
        _fail(
            f"{type(error).__name__}: {error} (this is a bug; run again with `qa --debug …` and report it)", 1
        )


if __name__ == "__main__":
    main()
