"""The articles that answers cite -> entries of a reference manager: CSL-JSON, RIS, BibTeX."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.presenting.plain_text import flat
from qa.presenting.printable import web_address
from qa.text.lexicon.calendar import MONTHS
from qa.types import Citation, Outcome


@dataclass(frozen=True, slots=True)
class Work:
    """One cited article with the quotes taken from it, in order."""

    id: str
    title: str
    outlet: str | None
    url: str | None
    published: str | None
    date: tuple[int, ...]  # year, month, day, as far as the date is known
    quotes: tuple[str, ...]


def works(outcomes: Sequence[Outcome]) -> list[Work]:
    """Each cited article once, in the order of the first citation of it."""
    found: dict[str, list[Citation]] = {}
    for outcome in outcomes:
        for citation in outcome.citations:
            found.setdefault(citation.article_id, []).append(citation)
    return [
        Work(
            id=re.sub(r"[^A-Za-z0-9]+", "-", article).strip("-"),
            title=flat(cited[0].title) if cited[0].title else f"Untitled ({article})",
            outlet=cited[0].outlet,
            url=web_address(cited[0].url),
            published=cited[0].published,
            date=_parts(cited[0].published),
            quotes=tuple(dict.fromkeys(flat(c.quote) for c in cited)),
        )
        for article, cited in found.items()
    ]


def _parts(published: str | None) -> tuple[int, ...]:
    m = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", published or "")
    return tuple(int(part) for part in m.groups() if part) if m else ()


def to_csl(outcomes: Sequence[Outcome]) -> str:
    """CSL-JSON 1.0: what Zotero, pandoc and citation processors read."""
    entries = []
    for work in works(outcomes):
        entry: dict[str, object] = {"id": work.id, "type": "article-newspaper", "title": work.title}
        if work.outlet:
            entry["container-title"] = work.outlet
        if work.date:
            entry["issued"] = {"date-parts": [list(work.date)]}
        if work.url:
            entry["URL"] = work.url
        entry["note"] = " / ".join(f"“{quote}”" for quote in work.quotes)
        entries.append(entry)
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def to_ris(outcomes: Sequence[Outcome]) -> str:
    """RIS, a NEWS record an article. A date is YYYY/MM/DD/, with unknown parts left empty."""
    records = []
    for work in works(outcomes):
        lines = ["TY  - NEWS", f"ID  - {work.id}", f"TI  - {work.title}"]
        if work.outlet:
            lines.append(f"T2  - {work.outlet}")
        if work.date:
            padded = [f"{work.date[0]:04}", *(f"{part:02}" for part in work.date[1:])]
            lines += [f"PY  - {work.date[0]:04}", f"DA  - {'/'.join((*padded, '', '')[:3])}/"]
        if work.url:
            lines.append(f"UR  - {work.url}")
        lines += [f"N1  - “{quote}”" for quote in work.quotes]
        records.append("\r\n".join([*lines, "ER  - ", ""]))
    return "\r\n".join(records)


_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_MONTHS = tuple(m.name[:3] for m in MONTHS)  # as BibTeX names them


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in text)


def to_bibtex(outcomes: Sequence[Outcome]) -> str:
    """BibTeX, an @article each. The inner braces keep the capitals of a title."""
    entries = []
    for work in works(outcomes):
        fields = [("title", f"{{{_tex(work.title)}}}")]
        if work.outlet:
            fields.append(("journal", _tex(work.outlet)))
        if work.date:
            fields.append(("year", f"{work.date[0]:04}"))
        if work.url:
            fields.append(("url", re.sub(r"([%#&_~{}\\])", r"\\\1", work.url)))
        fields.append(("note", " / ".join(f"``{_tex(quote)}''" for quote in work.quotes)))
        lines = [f"  {name} = {{{value}}}," for name, value in fields]
        if len(work.date) > 1:
            lines.append(f"  month = {_MONTHS[work.date[1] - 1]},")
        if len(work.date) > 2:
            lines.append(f"  day = {{{work.date[2]}}},")
        entries.append("\n".join([f"@article{{{work.id},", *lines, "}"]))
    return "\n\n".join(entries) + ("\n" if entries else "")
