"""Outcomes on a terminal, with rich: colour where it is wanted, plain text in a pipe."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from qa.presenting.plain_text import claim_line, flat, footnote, happened, to_plain
from qa.presenting.printable import one_line, printable
from qa.presenting.show import Shown
from qa.types import Event, Finished, Outcome, Proven, Searched


def print_outcome(outcome: Outcome, console: Console | None = None) -> None:
    """The answer, then a footnote for each citation: where it is from, and the quote."""
    console = console or Console(highlight=False)
    if not console.is_terminal:
        console.file.write(to_plain(outcome) + "\n")
        return
    if outcome.standalone_question != outcome.question:
        console.print(Text(one_line(f"searched: {outcome.standalone_question}"), style="dim"))
    console.print(Text(printable(outcome.text), style="yellow" if outcome.kind == "abstention" else "bold"))
    print_rest(outcome, console)


def print_events(events: Iterator[Event], question: str, console: Console, growing: bool) -> Outcome:
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
        print_rest(outcome, console)
    else:
        print_outcome(outcome, console)
    return outcome


def print_rest(outcome: Outcome, console: Console) -> None:
    """The footnotes and notes of an answer whose sentences are printed already."""
    for citation in outcome.citations:
        console.print()
        console.print(Text.assemble((f"[{citation.n}] ", "cyan"), footnote(citation)))
        console.print(Padding(Text(one_line(flat(citation.quote)), style="dim"), (0, 0, 0, 4)))
        if when := happened(outcome, citation):
            console.print(Padding(Text(one_line(f"({when})"), style="italic dim"), (0, 0, 0, 4)))
    if outcome.notes:
        console.print()
    for note in outcome.notes:
        console.print(Text(one_line(f"Note: {note.text}"), style="italic"))


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
