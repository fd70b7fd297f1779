"""``qa statements``: every attributed statement of a file, as text, as JSON lines or as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from qa.attribution.statements import FIELDS, Statement
from qa.cli.tables import write_csv, write_json


def write(found: Sequence[Statement], form: str, out: TextIO) -> None:
    """All statements as "table", "json" (a line each, ``qa.statements/1``) or "csv"."""
    if form == "json":
        write_json((s.to_dict() for s in found), out)
    elif form == "csv":
        write_csv(FIELDS, (s.to_dict() for s in found), out)
    else:
        _text(found, out)


def _text(found: Sequence[Statement], out: TextIO) -> None:
    for s in found:
        who = f"{s.speaker} ({s.role})" if s.role else s.speaker
        via = f", via {s.via}" if s.via else ""
        out.write(f"line {s.line}  {who}, {s.voice}{via}\n    {' '.join(s.text.split())}\n")
    out.write(f"{len(found)} statements\n" if len(found) != 1 else "1 statement\n")
