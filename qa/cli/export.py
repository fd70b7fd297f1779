"""``--format``: an answer in the form that an editor or a reference manager takes, on standard output."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from qa.types import Outcome


def check_form(form: str | None) -> None:
    """Raises BadParameter, before anything is opened, for a form that is not there."""
    if form is None:
        return
    from qa.presenting.exports import EXPORTS

    if form not in EXPORTS:
        raise typer.BadParameter(f"--format takes {', '.join(EXPORTS)}; not {form!r}")
    if form == "docx" and sys.stdout.isatty():
        raise typer.BadParameter("a Word document is not for a terminal; add > answer.docx")


def write_export(form: str, outcomes: Sequence[Outcome]) -> None:
    """The bytes, exactly: no line end is translated."""
    from qa.presenting.exports import rendered

    sys.stdout.flush()
    sys.stdout.buffer.write(rendered(form, outcomes))
    sys.stdout.buffer.flush()
