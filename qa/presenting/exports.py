"""The forms in which answers leave the program, a row a form: outcomes -> text or bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qa.presenting import citations, docx, html, markdown
from qa.presenting.printable import table_cell
from qa.types import CatalogueRow, Citation, Claim, Outcome

COLUMNS = (
    "question", "kind", "reason", "sentence", "speaker", "role", "voice", "event_date", "citation", "quote",
    "outlet", "published", "published_from", "title", "url", "file", "line", "start", "end",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Export:
    suffix: str
    media_type: str
    write: Callable[[Sequence[Outcome]], str | bytes]


def to_json(outcomes: Sequence[Outcome]) -> str:
    """One object; of several a list."""
    made = [outcome.to_dict() for outcome in outcomes]
    return json.dumps(made[0] if len(made) == 1 else made, ensure_ascii=False, indent=2) + "\n"


def to_csv(outcomes: Sequence[Outcome]) -> str:
    """A row for each citation of each sentence, or for each article of a catalogue; an abstention has a row
    for each of its nearest quotes, or one without. A cell that a spreadsheet would run as a
    formula gets an apostrophe before it."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for outcome in outcomes:
        by_number = {c.n: c for c in outcome.citations}
        if outcome.catalogue:
            for row in outcome.catalogue:
                table.writerow(_catalogue_cells(outcome, row))
            continue
        told = [(claim, by_number[n]) for claim in outcome.claims for n in claim.citations]
        if told:
            for claim, citation in told:
                table.writerow(_cells(outcome, claim, citation))
        else:
            for near in outcome.citations or (None,):
                table.writerow(_cells(outcome, None, near))
    return out.getvalue()


def _cells(outcome: Outcome, claim: Claim | None, citation: Citation | None) -> list[str]:
    said = claim.attribution if claim else None
    values: list[object] = [
        outcome.question,
        outcome.kind,
        outcome.reason,
        claim.text if claim else outcome.text,
        said.speaker if said else None,
        said.role if said else None,
        said.voice if said else None,
        claim.event_date.value if claim and claim.event_date else None,
    ]
    names = ("n", "quote", *COLUMNS[10:])
    values += [getattr(citation, name) if citation else None for name in names]
    return [table_cell(value) for value in values]


def _catalogue_cells(outcome: Outcome, row: CatalogueRow) -> list[str]:
    about = row.model_dump()
    fixed = {"question": outcome.question, "kind": outcome.kind, "sentence": outcome.text}
    return [table_cell({**about, **fixed}.get(name)) for name in COLUMNS]


EXPORTS: Mapping[str, Export] = {
    "markdown": Export("md", "text/markdown; charset=utf-8", markdown.conversation),
    "html": Export("html", "text/html; charset=utf-8", html.to_html),
    "docx": Export(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        docx.to_docx,
    ),
    "json": Export("json", "application/json", to_json),
    "csv": Export("csv", "text/csv; charset=utf-8", to_csv),
    "csl": Export("csl.json", "application/vnd.citationstyles.csl+json", citations.to_csl),
    "ris": Export("ris", "application/x-research-info-systems; charset=utf-8", citations.to_ris),
    "bibtex": Export("bib", "application/x-bibtex; charset=utf-8", citations.to_bibtex),
}


def rendered(form: str, outcomes: Sequence[Outcome]) -> bytes:
    """The bytes of a file in one of the ``EXPORTS``. Raises UsageError where its library is missing."""
    made = EXPORTS[form].write(outcomes)
    return made if isinstance(made, bytes) else made.encode("utf-8", "replace")


def form_of(name: str) -> str | None:
    """The form that the end of a file's name says; None: Markdown or another end."""
    ends = {f".{kind.suffix}": form for form, kind in EXPORTS.items() if form != "markdown"}
    found = [end for end in ends if name.lower().endswith(end)]
    return ends[max(found, key=len)] if found else None
