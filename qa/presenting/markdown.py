"""Outcomes -> Markdown with footnotes, as an editor takes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.presenting.plain_text import flat, footnote, happened, speaker
from qa.presenting.printable import markdown_text, web_address
from qa.types import CatalogueRow, Citation, Claim, Outcome


def escaped(text: str) -> str:
    """Text whose characters mean themselves in Markdown, in one line."""
    return markdown_text(flat(text))


def readable(text: str) -> str:
    """An answer's text, line by line; its [n] markers stay as they are."""
    return "  \n".join(markdown_text(line) for line in text.splitlines())


CATALOGUE = ("title", "outlet", "date", "author", "article")


def catalogue_cells(row: CatalogueRow) -> tuple[str, ...]:
    """An article of a catalogue under the heads of ``CATALOGUE``; what is not stated is said."""
    date = row.published or "undated"
    if row.updated and row.updated != row.published:
        date += f", updated {row.updated}"
    title, outlet = flat(row.title or "untitled"), row.outlet or "not stated"
    return title, outlet, date, row.author or "", row.article_id


def marks(numbers: Sequence[int]) -> str:
    return "".join(f"[{n}]" for n in numbers)


def sentence(claim: Claim) -> str:
    """A claim with its markers, and with its speaker where it does not name him."""
    who = speaker(claim)
    return f"{escaped(claim.text)}{f' (according to {escaped(who)})' if who else ''} {marks(claim.citations)}"


def source_line(citation: Citation, outcome: Outcome) -> str:
    """Who is quoted, where it stands, and the address, as a footnote has them."""
    said = next((c.attribution for c in outcome.claims if citation.n in c.citations and c.attribution), None)
    who = f"{said.speaker} · " if said and said.voice != "outlet" else ""
    link = f" · <{citation.url}>" if web_address(citation.url) else ""
    return f"{escaped(f'{who}{footnote(citation)}')}{link}"


def footnotes(outcome: Outcome) -> str:
    """A paragraph for each citation, the quote in it, and a line for each note."""
    parts = []
    for c in outcome.citations:
        when = happened(outcome, c)
        parts.append(
            f"[{c.n}] {source_line(c, outcome)}\n> {escaped(c.quote)}"
            + (f"\n\n({escaped(when)})" if when else "")
        )
    parts += [f"*{escaped(note.text)}*" for note in outcome.notes]
    return "\n\n".join(parts)


def to_markdown(outcome: Outcome) -> str:
    """One answer: the question, the sentences with Markdown's own footnotes, conflicts as a table."""
    parts = [f"## {escaped(outcome.question)}"]
    if outcome.standalone_question != outcome.question:
        parts.append(f"*Searched: {escaped(outcome.standalone_question)}*")
    if outcome.kind != "answer":
        parts.append(readable(outcome.text))
    if outcome.premise is not None:
        refs = _refs(outcome.premise.citations)
        parts.append(
            f"The question assumes “{escaped(outcome.premise.asserted)}”, which the source denies.{refs}"
        )
    parts += [f"{_told(claim)}{_refs(claim.citations)}" for claim in outcome.claims]
    for conflict in outcome.conflicts:
        rows = [
            f"| {escaped(s.outlet or 'not stated')} | {s.published or 'undated'}"
            f" | {escaped(s.text)}{_refs(s.citations)} |"
            for s in conflict.sides
        ]
        parts.append("\n".join(["| outlet | date | report |", "|---|---|---|", *rows]))
    if outcome.catalogue:
        rows = [
            f"| {' | '.join(escaped(cell) for cell in catalogue_cells(row))} |" for row in outcome.catalogue
        ]
        parts.append("\n".join([f"| {' | '.join(CATALOGUE)} |", "|---" * len(CATALOGUE) + "|", *rows]))
    parts += [f"*{escaped(note.text)}*" for note in outcome.notes]
    if outcome.kind == "abstention" and outcome.citations:
        parts.append("Nearest passages:" + _refs([c.n for c in outcome.citations]))
    parts += [
        f"[^{c.n}]: “{escaped(c.quote)}” {source_line(c, outcome)}, characters {c.start}–{c.end}"
        for c in outcome.citations
    ]
    return "\n\n".join(parts) + "\n"


def _told(claim: Claim) -> str:
    who = speaker(claim)
    return f"{escaped(claim.text)}{f' (according to {escaped(who)})' if who else ''}"


def _refs(numbers: Sequence[int]) -> str:
    return "".join(f"[^{n}]" for n in numbers)


def _renumbered(text: str, by: int) -> str:
    return re.sub(r"\[\^(\d+)\]", lambda m: f"[^{int(m[1]) + by}]", text)


def conversation(outcomes: Sequence[Outcome]) -> str:
    """Several answers in order. Footnotes are numbered on, as their names are the document's."""
    parts, before = [], 0
    for outcome in outcomes:
        text = to_markdown(outcome)
        parts.append(_renumbered(text, before) if before else text)
        before += len(outcome.citations)
    return "\n".join(parts)
