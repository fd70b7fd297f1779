"""A file of questions -> one answer a line, as each is done, in order."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import IO, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from qa.errors import QAError, UsageError
from qa.library import Library
from qa.presenting.printable import safe_json


class BatchLine(BaseModel):
    """``{"id", "question", "history"}``; other fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    id: str
    question: str
    history: list[str] = []


def run_batch(library: Library, path: str, out: IO[str], options: dict[str, Any]) -> bool:
    """Answer every line of ``path`` ("-": standard input) to ``out``. True if no line failed."""
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}; give a UTF-8 file of JSON lines") from None
    clean = True
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        result = _one(library, number, line, options)
        clean &= "error" not in result
        out.write(safe_json(json.dumps(result, ensure_ascii=False)) + "\n")
        out.flush()
    return clean


def _one(library: Library, number: int, line: str, options: dict[str, Any]) -> dict[str, Any]:
    known: str | None = None
    try:
        data = json.loads(line)
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
    return {"id": known, "line": number, "error": what}
