"""The command that measures the server: what it counts as a failure, and what it promises."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.tools.serving import Server, at_once, is_kept
from qa.server.app import create_app
from tests.server.serving import serving


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("bytes of JavaScript", 39_999, True),
        ("bytes of JavaScript", 40_000, False),
        ("failed, under load", 0, True),
        ("failed, under load", 1, False),
        ("to other machines", 1, False),
        ("p95 of /v1/ask", "900.00 s", True),  # of times there is no verdict
    ],
)
def test_what_is_promised(name: str, value: Any, kept: bool) -> None:
    assert is_kept(name, value) is kept


def test_every_reply_is_counted(open_library: Callable[..., Any], news: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, text=True)
    try:
        with serving(create_app([open_library(news)])) as url:
            server = Server(f"{url}/", process, 0.0)
            replies = at_once(server, 3, 2, ["Which school won the chess prize?", "", "Who won it?"])
            assert sorted(r.status for r in replies) == [200, 200, 200, 200, 422, 422]
            assert all(r.seconds > 0 for r in replies)
        assert server.ask("Who won it?").status == 0, "a server that is gone is a failure, not an end"
    finally:
        process.communicate("\n", timeout=30)
