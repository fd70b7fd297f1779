"""``qa ask``: one question, a question that goes on from the last one, or a file of them."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, Optional

import typer

from qa.cli.console import open_library, say, say_data, say_where
from qa.cli.defaults import with_defaults
from qa.cli.exits import ABSTAINED
from qa.cli.export import check_form, write_export
from qa.cli.options import HINTS, Answerer, Articles, Long, Outlet, Since, Undated, Until
from qa.cli.places import STANDARD_INPUT, folder_of, placed
from qa.errors import UsageError
from qa.presenting.printable import one_line, safe_json

if TYPE_CHECKING:
    from qa.conversation.session import Session
    from qa.library import Library
    from qa.types import Outcome


def ask(
    words: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(
            metavar="[FOLDER] QUESTION", help="The question, in quotation marks.", show_default=False
        ),
    ] = None,
    articles: Articles = None,
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
            metavar="FILE",
            help="Answer a file of questions, one a line (plain, or a JSON object); - for standard input.",
        ),
    ] = None,
    go_on: Annotated[
        bool, typer.Option("--continue", "-c", help="Go on from the last question about this folder.")
    ] = False,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    undated: Undated = False,
    answerer: Answerer = None,
    strict: Annotated[bool, typer.Option("--strict", help="Answer only what is quite sure.")] = False,
    eager: Annotated[bool, typer.Option("--eager", help="Answer also what is less sure.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say why this answer, or why none.")] = False,
    long: Long = False,
    today: Annotated[
        str | None,
        typer.Option("--today", metavar="DATE", help="The day from which “last week” is counted."),
    ] = None,
) -> None:
    """Ask one question (or a file of them). Exit code 0: answered, 3: the articles do not hold an answer."""
    if strict and eager:
        raise typer.BadParameter("--strict and --eager exclude each other")
    check_form(form)
    today = None if today is None else _day(today)
    options: dict[str, Any] = {"since": since, "until": until, "outlet": outlet, "undated": undated}
    options["caution"] = "strict" if strict else "eager" if eager else None
    if batch is not None:
        _batch(words, articles, batch, {"answerer": answerer, "today": today}, options)
    if not words:
        raise typer.BadParameter("the question is missing; write it in quotation marks, or give --batch FILE")
    if sum(map(bool, (as_json, markdown, form))) > 1:
        raise typer.BadParameter("--json, --markdown and --format exclude each other")
    shape = form or ("json-line" if as_json else "plain-markdown" if markdown else "text")
    settings = {"answerer": answerer, "today": today}
    folder, question = placed(words, articles, "question")
    _one(folder, question, settings, {**options, "explain": explain}, shape, go_on=go_on, long=long)


def _day(text: str) -> str:
    """Raises UsageError for a day that cannot be read."""
    from qa.text.dates import read_date

    found = read_date(text)
    if found is None:
        raise UsageError(f"today: cannot read the date {text!r}; write it as 2024-03-18")
    return found


def _one(
    folder: str,
    question: str,
    settings: dict[str, Any],
    options: dict[str, Any],
    shape: str,
    *,
    go_on: bool,
    long: bool,
) -> NoReturn:
    """One question, answered, printed and kept. ``shape``: how it is printed."""
    refuse_address(question, folder)
    options = with_defaults(folder, {**options, "answerer": settings["answerer"]})
    library = open_library(folder, answerer=options.pop("answerer"), today=settings["today"])
    try:
        say_where(library)
        session = _thread(library, folder, go_on)
        if session is not None and session.turns:
            options |= _kept_filters(session, options)
            options["history"] = session.history_for(question)
        growing = bool(library.endpoint) and sys.stdout.isatty() and shape == "text"
        outcome = _answered(library, question, options, growing)
        if session is not None:
            _keep(library, session, question, outcome, options)
    finally:
        library.close()
    if not growing:
        _print(outcome, shape, long)
    if options["explain"] and shape != "json-line":
        from qa.presenting.explanation import explanation_text

        say(f"\n{explanation_text(outcome)}")
    raise typer.Exit(ABSTAINED if outcome.kind == "abstention" else 0)


def refuse_address(question: str, folder: str) -> None:
    """Raises UsageError, with what to do, for an address in the place of a question."""
    if re.fullmatch(r"\s*(?:https?://|www\.)\S+\s*", question, re.IGNORECASE):
        raise UsageError(
            f"that is an address, and nothing is fetched: save the page into {one_line(folder)} (HTML, PDF "
            "or text), then ask about it"
        )


def _batch(
    words: list[str] | None,
    articles: str | None,
    batch: str,
    settings: dict[str, Any],
    options: dict[str, Any],
) -> NoReturn:
    from qa.cli.batch import read_batch, run_batch

    if len(words or ()) > 1:
        raise typer.BadParameter("give either a question or --batch FILE")
    folder = folder_of(articles, words[0] if words else None)
    if folder == batch == STANDARD_INPUT:
        raise UsageError(
            "standard input cannot hold both the articles and the questions; name a file for one"
        )
    items = read_batch(batch)
    options = with_defaults(folder, {**options, "answerer": settings["answerer"]})
    library = open_library(folder, answerer=options.pop("answerer"), today=settings["today"])
    try:
        say_where(library)
        clean = run_batch(library, items, sys.stdout, options)
    finally:
        library.close()
    raise typer.Exit(0 if clean else 1)


def _answered(library: Library, question: str, options: dict[str, Any], growing: bool) -> Outcome:
    """The outcome; ``growing``: printed sentence by sentence while a model writes it."""
    if not growing:
        return library.ask(question, **options)
    from rich.console import Console

    from qa.presenting.terminal import print_events

    events = library.stream(question, **options)
    return print_events(events, question, Console(highlight=False), growing=True, hints=HINTS)


def _print(outcome: Outcome, form: str, long: bool) -> None:
    if form == "json-line":
        say(safe_json(outcome.to_json()))
    elif form == "plain-markdown":
        from qa.presenting.plain_text import to_markdown

        say_data(to_markdown(outcome))
    elif form == "text":
        from qa.presenting.terminal import print_outcome

        print_outcome(outcome, long=long, hints=HINTS)
    else:
        write_export(form, [outcome])


# --- questions one by one, kept so that one can go on from the last


def _thread(library: Library, folder: str, go_on: bool) -> Session | None:
    """The questions that this one joins: a new row, or that of the last question. None: nothing is kept.
    Raises UsageError where there is no last question to go on from."""
    from qa.conversation.asked import last, new

    if folder == STANDARD_INPUT or not library.settings.remember:
        if go_on:
            raise UsageError(
                "there is no last question: none is kept of standard input or without QA_REMEMBER"
            )
        return None
    if not go_on:
        return new(library.home, str(library.folder.root))
    session = last(library.home, str(library.folder.root))
    filters = f"; filters: {session.filters}" if session.filters else ""
    say(f"going on from: {session.turns[-1].question}{filters}", file=sys.stderr)
    return session


def _kept_filters(session: Session, options: dict[str, Any]) -> dict[str, Any]:
    """Those of the earlier questions, where none is given now."""
    return {name: options[name] or getattr(session, name) for name in ("since", "until", "outlet", "undated")}


def _keep(
    library: Library, session: Session, question: str, outcome: Outcome, options: dict[str, Any]
) -> None:
    from qa.conversation.asked import keep

    filters = {name: options[name] for name in ("since", "until", "outlet", "undated")}
    keep(library.home, session.model_copy(update=filters), question, outcome)
