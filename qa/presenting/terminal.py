"""Outcomes on a terminal, with rich: colour where it is wanted, plain text in a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from qa.presenting.plain_text import (
    NO_HINTS,
    blocks,
    claim_line,
    flat,
    footnote,
    happened,
    noted,
    shown_already,
    spaced,
    to_plain,
)
from qa.presenting.printable import one_line, printable
from qa.presenting.show import Shown
from qa.types import Citation, Event, Finished, Outcome, Proven, Searched


def print_outcome(
    outcome: Outcome,
    console: Console | None = None,
    *,
    long: bool = False,
    hints: Mapping[str, str] = NO_HINTS,
) -> None:
    """The answer with its sources as ``plain_text.to_plain`` lays them out, in colour on a terminal."""
    console = console or Console(highlight=False)
    if not console.is_terminal:
        console.file.write(to_plain(outcome, long=long, hints=hints) + "\n")
        return
    if outcome.standalone_question != outcome.question:
        console.print(Text(one_line(f"searched: {outcome.standalone_question}"), style="dim"))
    told = blocks(outcome)
    once = frozenset() if long else shown_already(outcome)
    for block in told:
        style = "yellow" if outcome.kind == "abstention" else "bold"
        console.print(Text(printable(block.text), style=style))
        for k, citation in enumerate(block.sources):
            if len(told) == 1 and (k == 0 or spaced(outcome, once)):
                console.print()
            left = 0 if len(told) == 1 else 4
            print_source(outcome, citation, console, again=citation.n not in once, left=left)
    print_notes(outcome, console, hints)


def print_events(
    events: Iterator[Event],
    question: str,
    console: Console,
    growing: bool,
    hints: Mapping[str, str] = NO_HINTS,
) -> Outcome:
    """An answer while it is made. ``growing``: each sentence as soon as it is proven, then the sources;
    else all of it at the end."""
    shown = 0
    outcome: Outcome | None = None
    for event in events:
        if isinstance(event, Searched) and growing and event.standalone_question != question:
            console.print(Text(one_line(f"searched: {event.standalone_question}"), style="dim"))
        if isinstance(event, Proven) and growing:
            shown += 1
            console.print(Text(printable(claim_line(event.claim)), style="bold"))
        if isinstance(event, Finished):
            outcome = event.outcome
    assert outcome is not None
    if shown and outcome.kind == "answer":
        for citation in outcome.citations:
            console.print()
            print_source(outcome, citation, console)
        print_notes(outcome, console, hints)
    else:
        print_outcome(outcome, console, hints=hints)
    return outcome


def print_source(
    outcome: Outcome, citation: Citation, console: Console, *, again: bool = True, left: int = 0
) -> None:
    """Where a quote is from, the quote (``again``), and when it happened, ``left`` columns in."""
    number = Text.assemble((f"[{citation.n}] ", "cyan"), footnote(citation))
    console.print(Padding(number, (0, 0, 0, left)))
    if again:
        console.print(Padding(Text(one_line(flat(citation.quote)), style="dim"), (0, 0, 0, left + 4)))
    if when := happened(outcome, citation):
        console.print(Padding(Text(one_line(f"({when})"), style="italic dim"), (0, 0, 0, left + 4)))


def print_notes(outcome: Outcome, console: Console, hints: Mapping[str, str] = NO_HINTS) -> None:
    notes = noted(outcome, hints)
    if notes:
        console.print()
    for note in notes:
        console.print(Text(one_line(note), style="italic"))


def print_shown(shown: Shown, console: Console | None = None) -> None:
    """A piece of a source text, boilerplate dimmed, the quote highlighted, article heads named."""
    console = console or Console(highlight=False)
    if not console.is_terminal:
        console.file.write(printable(shown.text[shown.start : shown.end]) + "\n")
        return
    console.print(Text(one_line(f"{shown.file}:{shown.first_line}"), style="cyan"))
    kept = [(s.start, s.end) for a in shown.articles for s in a.article.spans]
    text = Text(printable(shown.text[shown.start : shown.end]), style="dim")
    for a, b in kept:
        if b > shown.start and a < shown.end:
            text.stylize("not dim", max(a, shown.start) - shown.start, min(b, shown.end) - shown.start)
    if shown.highlight:
        text.stylize(
            "not dim bold reverse", shown.highlight[0] - shown.start, shown.highlight[1] - shown.start
        )
    for stored in shown.articles:
        meta = stored.article.meta
        if stored.article.end > shown.start and stored.article.start < shown.end:
            about = " · ".join(
                x
                for x in (
                    stored.article_id,
                    meta.outlet,
                    meta.published or "undated",
                    meta.title,
                    "breaks off" if stored.article.truncated else None,
                )
                if x
            )
            console.print(Text(one_line(about), style="bold"))
    console.print(text)
