"""Outcomes -> one HTML file that needs nothing else: no script, no font, no address is loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from html import escape

from qa.presenting.markdown import CATALOGUE, catalogue_cells
from qa.presenting.plain_text import flat, footnote, happened, speaker
from qa.presenting.printable import web_address
from qa.presenting.timeline import is_timeline, plot
from qa.types import CatalogueRow, Citation, Claim, Conflict, Outcome

_STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.55 Georgia, serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
blockquote { margin: .3rem 0 .3rem 1rem; padding-left: .8rem; border-left: 3px solid }
.source, .note { font: .85rem/1.5 system-ui, sans-serif }
figure { margin: 1rem 0 } figcaption, svg text { font: .8rem/1.4 system-ui, sans-serif; fill: currentColor }
table { border-collapse: collapse } td, th { border: 1px solid; padding: .3rem .6rem; text-align: left }
"""
_HEAD = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy"'
    " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
)


def to_html(outcomes: Sequence[Outcome]) -> str:
    """A whole document. Every text of an article or a question is escaped."""
    title = escape(outcomes[0].question) if outcomes else "No answers"
    body = "\n<hr>\n".join(_answer(outcome, f"a{k}") for k, outcome in enumerate(outcomes, 1))
    return f"{_HEAD}<title>{title}</title><style>{_STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"


def fragment(outcome: Outcome) -> str:
    """One answer without a document around it, for a page that others make: anchors are its own."""
    own = hashlib.sha256(outcome.to_json().encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"<div>\n{_answer(outcome, f'qa-{own}')}\n</div>"


def _answer(outcome: Outcome, prefix: str) -> str:
    parts = [f"<h1>{escape(outcome.question)}</h1>"]
    if outcome.standalone_question != outcome.question:
        parts.append(f'<p class="note">Searched: {escape(outcome.standalone_question)}</p>')
    if outcome.kind != "answer":
        parts += [f"<p>{escape(line)}</p>" for line in outcome.text.splitlines()]
    if outcome.premise is not None:
        marks = _marks(outcome.premise.citations, prefix)
        asserted = escape(outcome.premise.asserted)
        parts.append(f"<p>The question assumes “{asserted}”, which the source denies. {marks}</p>")
    if is_timeline(outcome):
        parts += [plot(outcome, prefix), *(f"<p>{escape(line)}</p>" for line in outcome.text.splitlines())]
    else:
        parts += [f"<p>{_told(claim)} {_marks(claim.citations, prefix)}</p>" for claim in outcome.claims]
    parts += [_table(conflict, prefix) for conflict in outcome.conflicts]
    if outcome.catalogue:
        parts.append(_catalogue(outcome.catalogue))
    parts += [f'<p class="note">{escape(note.text)}</p>' for note in outcome.notes]
    if outcome.citations:
        heading = "Nearest passages" if outcome.kind == "abstention" else "Sources"
        rows = "\n".join(_source(citation, outcome, prefix) for citation in outcome.citations)
        parts.append(f"<h2>{heading}</h2>\n<ol>\n{rows}\n</ol>")
    return "\n".join(parts)


def _told(claim: Claim) -> str:
    who = speaker(claim)
    return escape(flat(claim.text) + (f" (according to {who})" if who else ""))


def _marks(numbers: Sequence[int], prefix: str) -> str:
    return "".join(f'<a href="#{prefix}-{n}">[{n}]</a>' for n in numbers)


def _table(conflict: Conflict, prefix: str) -> str:
    rows = "".join(
        f"<tr><td>{escape(s.outlet or 'not stated')}</td><td>{escape(s.published or 'undated')}</td>"
        f"<td>{escape(flat(s.text))} {_marks(s.citations, prefix)}</td></tr>"
        for s in conflict.sides
    )
    head = "<tr><th>Outlet</th><th>Date</th><th>Report</th></tr>"
    return f"<table><caption>The reports differ</caption>{head}{rows}</table>"


def _catalogue(rows: Sequence[CatalogueRow]) -> str:
    head = "".join(f"<th>{name.capitalize()}</th>" for name in CATALOGUE)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in catalogue_cells(row))}</tr>" for row in rows
    )
    return f"<table><caption>Articles</caption><tr>{head}</tr>{body}</table>"


def _source(citation: Citation, outcome: Outcome, prefix: str) -> str:
    when = happened(outcome, citation)
    address = escape(citation.url or "", quote=True)
    link = f' · <a rel="noreferrer" href="{address}">{address}</a>' if web_address(citation.url) else ""
    return (
        f'<li id="{prefix}-{citation.n}" value="{citation.n}">'
        f"<blockquote>{escape(citation.quote)}</blockquote>"
        f'<div class="source">{escape(footnote(citation))}{link}'
        f"{f' ({escape(when)})' if when else ''}</div></li>"
    )
