"""Outcomes -> a Word document. Needs the extra ``office`` (python-docx), imported when it is used."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from qa.errors import UsageError
from qa.presenting.plain_text import flat, footnote, happened, speaker
from qa.types import Citation, Outcome

# XML 1.0 has no place for these; a source text may hold them.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_docx(outcomes: Sequence[Outcome]) -> bytes:
    """A heading a question, a paragraph a sentence with raised numbers, then the sources under theirs.
    Raises UsageError where python-docx is not installed."""
    try:
        from docx import Document
    except ImportError:
        raise UsageError("writing .docx needs python-docx: pip install 'news-qa[office]'") from None
    document = Document()
    for outcome in outcomes:
        _answer(document, outcome)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _clean(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", flat(text))


def _answer(document: Any, outcome: Outcome) -> None:
    document.add_heading(_clean(outcome.question), level=1)
    if outcome.standalone_question != outcome.question:
        document.add_paragraph(f"Searched: {_clean(outcome.standalone_question)}")
    if outcome.kind == "abstention":
        document.add_paragraph(_clean(outcome.text))
    if outcome.premise is not None:
        asserted = _clean(outcome.premise.asserted)
        told = document.add_paragraph(f"The question assumes “{asserted}”, which the source denies.")
        _raise(told, outcome.premise.citations)
    for claim in outcome.claims:
        who = speaker(claim)
        text = _clean(claim.text) + (f" (according to {_clean(who)})" if who else "")
        _raise(document.add_paragraph(text), claim.citations)
    for conflict in outcome.conflicts:
        table = document.add_table(rows=1, cols=3, style="Table Grid")
        for cell, name in zip(table.rows[0].cells, ("Outlet", "Date", "Report"), strict=True):
            cell.text = name
        for side in conflict.sides:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = _clean(side.outlet or "not stated"), side.published or "undated"
            cells[2].text = f"{_clean(side.text)} {''.join(f'[{n}]' for n in side.citations)}"
    for note in outcome.notes:
        document.add_paragraph().add_run(_clean(note.text)).italic = True
    if outcome.citations:
        document.add_heading("Sources" if outcome.kind == "answer" else "Nearest passages", level=2)
    for citation in outcome.citations:
        _source(document, outcome, citation)


def _raise(paragraph: Any, numbers: Sequence[int]) -> None:
    for n in numbers:
        paragraph.add_run(f"[{n}]").font.superscript = True


def _source(document: Any, outcome: Outcome, citation: Citation) -> None:
    paragraph = document.add_paragraph(f"[{citation.n}] “{_clean(citation.quote)}” ")
    about = footnote(citation) + (f" · {citation.url}" if citation.url else "")
    when = happened(outcome, citation)
    paragraph.add_run(_clean(about + (f" ({when})" if when else ""))).italic = True
