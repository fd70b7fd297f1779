"""Outcomes -> a Word document. Needs the extra ``office`` (python-docx), imported when it is used."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from qa.errors import UsageError
from qa.presenting.markdown import CATALOGUE, catalogue_cells, marks
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
    if outcome.kind != "answer":
        document.add_paragraph("\n".join(_clean(line) for line in outcome.text.splitlines()))
    if outcome.premise is not None:
        asserted = _clean(outcome.premise.asserted)
        told = document.add_paragraph(f"The question assumes “{asserted}”, which the source denies.")
        _raise(told, outcome.premise.citations)
    for claim in outcome.claims:
        who = speaker(claim)
        text = _clean(claim.text) + (f" (according to {_clean(who)})" if who else "")
        _raise(document.add_paragraph(text), claim.citations)
    for conflict in outcome.conflicts:
        rows = [
            (s.outlet or "not stated", s.published or "undated", f"{flat(s.text)} {marks(s.citations)}")
            for s in conflict.sides
        ]
        _table(document, ("outlet", "date", "report"), rows)
    if outcome.catalogue:
        _table(document, CATALOGUE, [catalogue_cells(row) for row in outcome.catalogue])
    for note in outcome.notes:
        document.add_paragraph().add_run(_clean(note.text)).italic = True
    if outcome.citations:
        document.add_heading("Nearest passages" if outcome.kind == "abstention" else "Sources", level=2)
    for citation in outcome.citations:
        _source(document, outcome, citation)


def _table(document: Any, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cells, texts in (
        (table.rows[0].cells, [name.capitalize() for name in heads]),
        *((table.add_row().cells, row) for row in rows),
    ):
        for cell, text in zip(cells, texts, strict=True):
            cell.text = _clean(text)


def _raise(paragraph: Any, numbers: Sequence[int]) -> None:
    for n in numbers:
        paragraph.add_run(f"[{n}]").font.superscript = True


def _source(document: Any, outcome: Outcome, citation: Citation) -> None:
    paragraph = document.add_paragraph(f"[{citation.n}] “{_clean(citation.quote)}” ")
    about = footnote(citation) + (f" · {citation.url}" if citation.url else "")
    when = happened(outcome, citation)
    paragraph.add_run(_clean(about + (f" ({when})" if when else ""))).italic = True
