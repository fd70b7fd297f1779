"""A file of questions -> one answer a line, as each is done, in order."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from qa.cli.console import progress
from qa.errors import QAError, UsageError
from qa.library import Library
from qa.presenting.printable import safe_json


class BatchLine(BaseModel):
    """``{"id", "question", "history"}``; other fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    id: str
    question: str
    history: list[str] = []


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the file: its number, and what it asks; of a plain file its number is its id."""

    line: int
    text: str
    plain: bool


def read_batch(path: str) -> list[Item]:
    """The lines of ``path`` ("-": standard input) that hold something: JSON objects where the first one is
    one, else plain questions. Raises UsageError, once, for a file of another kind."""
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or "it is no text in UTF-8"
        raise UsageError(f"cannot read {path}: {why}; give a UTF-8 file of questions, one a line") from None
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise UsageError(f"{path} holds no question; write one a line")
    first = lines[0][1].strip()
    if "\0" in text or first.startswith(("[", "<", "%PDF", "PK\x03")) or first == "{":
        raise UsageError(
            f"{path} is no file of questions: write one question a line, or one JSON object a line with "
            "id and question"
        )
    plain = not first.startswith("{")
    return [Item(n, line.strip() if plain else line, plain) for n, line in lines]


def run_batch(library: Library, items: Sequence[Item], out: IO[str], options: dict[str, Any]) -> bool:
    """Answer every item to ``out``, a line each, with a progress bar on a terminal. True if none failed."""
    show, stop = progress()
    if out.isatty():
        show = None  # the answers show themselves how far it is
    clean = True
    try:
        for done, item in enumerate(items, 1):
            result = _one(library, item, options)
            clean &= "error" not in result
            out.write(safe_json(json.dumps(result, ensure_ascii=False)) + "\n")
            out.flush()
            if show is not None:
                show("questions", done, len(items))
    finally:
        stop()
    return clean


def _one(library: Library, asked: Item, options: dict[str, Any]) -> dict[str, Any]:
    known: str | None = None
    try:
        data = {"id": str(asked.line), "question": asked.text} if asked.plain else json.loads(asked.text)
        if isinstance(data, dict) and isinstance(data.get("id"), str):
            known = data["id"]
        item = BatchLine.model_validate(data)
        outcome = library.ask(item.question, history=item.history, **options)
        return {"id": item.id, **outcome.to_dict()}
    except ValidationError as error:
        first = error.errors()[0]
        what = f"{'.'.join(map(str, first['loc'])) or 'line'}: {first['msg']}"
    except ValueError as error:
        what = f"not valid JSON ({error})"
    except QAError as error:
        what = str(error)
    return {"id": known, "line": asked.line, "error": what}
