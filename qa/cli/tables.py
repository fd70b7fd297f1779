"""Rows of values -> a table for a person, JSON lines, or CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from qa.presenting.printable import one_line

Row = Mapping[str, str | int | None]


def write(rows: Sequence[Row], form: str, out: TextIO) -> None:
    """All rows as "table", "json" (a line each) or "csv"; all have the same fields, in the same order."""
    if form == "json":
        write_json(rows, out)
    elif form == "csv" and rows:
        write_csv(list(rows[0]), rows, out)
    elif form == "table":
        _table(rows, out)


def write_json(rows: Iterable[Mapping[str, Any]], out: TextIO) -> None:
    """A JSON object a line."""
    out.writelines(json.dumps(dict(row), ensure_ascii=False) + "\n" for row in rows)


def write_csv(names: Sequence[str], rows: Iterable[Mapping[str, Any]], out: TextIO) -> None:
    """A line of ``names``, then one a row."""
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _table(rows: Sequence[Row], out: TextIO) -> None:
    """Columns as wide as what stands in them; numbers to the right, "-" for what is not known."""
    if not rows:
        out.write("none\n")
        return
    names = list(rows[0])
    cells = [names, *([_cell(row[name]) for name in names] for row in rows)]
    widths = [max(len(line[k]) for line in cells) for k in range(len(names))]
    right = [all(isinstance(row[name], int) for row in rows) for name in names]
    for line in cells:
        fitted = [c.rjust(w) if r else c.ljust(w) for c, w, r in zip(line, widths, right, strict=True)]
        out.write("  ".join(fitted).rstrip() + "\n")


def _cell(value: str | int | None) -> str:
    return "-" if value is None else one_line(" ".join(str(value).split()))
