"""Outcomes -> a Word document. Needs the extra ``office`` (python-docx), imported when it is used."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from html import escape
from typing import Any

from qa.errors import UsageError
from qa.presenting.markdown import CATALOGUE, catalogue_cells
from qa.presenting.plain_text import flat, footnote, happened, speaker
from qa.types import Citation, Claim, Outcome

# XML 1.0 has no place for these; a source text may hold them.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_docx(outcomes: Sequence[Outcome]) -> bytes:
    """A heading a question, a paragraph a sentence with Word's own footnotes: the quote and where it is from;
    a citation that was told before is referred to. Passages near an unanswered question are listed. Raises
    UsageError where python-docx is not installed."""
    try:
        from docx import Document
    except ImportError:
        raise UsageError("writing .docx needs python-docx: pip install 'news-qa[office]'") from None
    document = Document()
    notes = Footnotes()
    for outcome in outcomes:
        _answer(document, outcome, notes)
    notes.join(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _clean(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", flat(text))


class Footnotes:
    """The footnotes of a document, numbered as they are referred to; python-docx has no hand for them."""

    def __init__(self) -> None:
        self._texts: list[tuple[str, str]] = []  # upright, and in italics behind it
        self._told: dict[tuple[int, int], int] = {}

    def refer(self, paragraph: Any, outcome: Outcome, numbers: Sequence[int]) -> None:
        """A raised number in the paragraph for each citation, with its footnote."""
        by_number = {c.n: c for c in outcome.citations}
        for n in numbers:
            before = self._told.get((id(outcome), n))
            if before is None:
                self._texts.append(_told(outcome, by_number[n]))
                self._told[id(outcome), n] = len(self._texts)
            else:
                self._texts.append((f"See note {before}.", ""))
            run = paragraph.add_run()
            run.font.superscript = True
            run._r.append(_element(f'<w:footnoteReference w:id="{len(self._texts)}"/>'))

    def join(self, document: Any) -> None:
        """Put the part that holds them into the document."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        if not self._texts:
            return
        rows = [_SEPARATORS, *(_footnote(n, *text) for n, text in enumerate(self._texts, 1))]
        xml = f"{_HEAD}<w:footnotes {_W}>{''.join(rows)}</w:footnotes>"
        package = document.part.package
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# The two that Word wants before the first: the rule above footnotes, and above those that go on.
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for n, kind in ((-1, "separator"), (0, "continuationSeparator"))
)
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'


def _element(xml: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(xml.replace("/>", f" {_W}/>", 1))


def _footnote(n: int, upright: str, slanted: str) -> str:
    text = '<w:t xml:space="preserve">'
    return (
        f'<w:footnote w:id="{n}"><w:p><w:r>{_RAISED}<w:footnoteRef/></w:r>'
        f"<w:r>{text} {escape(upright)}</w:t></w:r>"
        f"<w:r><w:rPr><w:i/></w:rPr>{text}{escape(slanted)}</w:t></w:r></w:p></w:footnote>"
    )


def _told(outcome: Outcome, citation: Citation) -> tuple[str, str]:
    """A quote, and what is known of it."""
    about = footnote(citation) + (f" · {citation.url}" if citation.url else "")
    when = happened(outcome, citation)
    return f"“{_clean(citation.quote)}” ", _clean(about + (f" ({when})" if when else ""))


def _answer(document: Any, outcome: Outcome, notes: Footnotes) -> None:
    document.add_heading(_clean(outcome.question), level=1)
    if outcome.standalone_question != outcome.question:
        document.add_paragraph(f"Searched: {_clean(outcome.standalone_question)}")
    if outcome.kind != "answer":
        document.add_paragraph("\n".join(_clean(line) for line in outcome.text.splitlines()))
    if outcome.premise is not None:
        asserted = _clean(outcome.premise.asserted)
        told = document.add_paragraph(f"The question assumes “{asserted}”, which the source denies.")
        notes.refer(told, outcome, outcome.premise.citations)
    for claim in outcome.claims:
        notes.refer(document.add_paragraph(_sentence(claim)), outcome, claim.citations)
    for conflict in outcome.conflicts:
        rows = [(s.outlet or "not stated", s.published or "undated", flat(s.text)) for s in conflict.sides]
        table = _table(document, ("outlet", "date", "report"), rows)
        for row, side in zip(table.rows[1:], conflict.sides, strict=True):
            notes.refer(row.cells[2].paragraphs[0], outcome, side.citations)
    if outcome.catalogue:
        _table(document, CATALOGUE, [catalogue_cells(row) for row in outcome.catalogue])
    for note in outcome.notes:
        document.add_paragraph().add_run(_clean(note.text)).italic = True
    if outcome.kind != "answer" and outcome.citations:
        _nearest(document, outcome)


def _sentence(claim: Claim) -> str:
    who = speaker(claim)
    return _clean(claim.text) + (f" (according to {_clean(who)})" if who else "")


def _nearest(document: Any, outcome: Outcome) -> None:
    document.add_heading("Nearest passages", level=2)
    for citation in outcome.citations:
        upright, slanted = _told(outcome, citation)
        document.add_paragraph(f"[{citation.n}] {upright}").add_run(slanted).italic = True


def _table(document: Any, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Any:
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cells, texts in (
        (table.rows[0].cells, [name.capitalize() for name in heads]),
        *((table.add_row().cells, row) for row in rows),
    ):
        for cell, text in zip(cells, texts, strict=True):
            cell.text = _clean(text)
    return table
