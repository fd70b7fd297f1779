"""The command line in this process: the same ``main``, with its arguments, standard input and exit code."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


Qa = Callable[..., Done]


@pytest.fixture
def qa(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Qa:
    """``qa("ask", "-a", "news", "Who?", text="standard input")``; ``terminal``: input is one."""
    monkeypatch.setenv("QA_EMBEDDER", "hash")

    def call(*args: str, text: str = "", terminal: bool = False) -> Done:
        from qa.cli.app import main

        given = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
        given.isatty = lambda: terminal  # type: ignore[method-assign]
        monkeypatch.setattr(sys, "argv", ["qa", *args])
        monkeypatch.setattr(sys, "stdin", given)
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        told = capsys.readouterr()
        return Done(code, told.out, told.err)

    return call
