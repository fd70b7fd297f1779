"""``qa serve`` as it is started: where it listens, what it prints, how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qa.cli.serve import loopback
from tests.conftest import ROOT


def command(*args: str, home: Path) -> subprocess.Popen[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("QA_", "OPENAI_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "qa", "serve", *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**clean, "PYTHONPATH": str(ROOT), "QA_HOME": str(home), "QA_EMBEDDER": "hash"},
    )


@contextmanager
def started(*args: str, home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and the line that it printed; ended by its own process id."""
    process = command(*args, home=home)
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline()
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=60)


def get(address: str, **headers: str) -> dict[str, object]:
    request = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(request, timeout=60) as reply:
        found = json.load(reply)
        assert isinstance(found, dict)
        return found


def test_it_answers_on_this_machine_and_ends(news: Path, tmp_path: Path) -> None:
    with started(str(news), "--port", "0", home=tmp_path / "home") as (process, line):
        assert line.startswith(f"serving {news} at http://127.0.0.1:")
        address = line.split()[-1]
        folders = get(f"{address}v1/folders")["folders"]
        assert isinstance(folders, list) and folders[0]["corpus"]["articles"] == 3
        port = int(address.rstrip("/").rpartition(":")[2])
        taken = command(str(news), "--port", str(port), home=tmp_path / "home")
        _, said = taken.communicate(timeout=60)
        assert taken.returncode == 2 and "choose another with --host or --port" in said
        if os.name == "posix":
            process.send_signal(signal.SIGINT)
            process.wait(60)
        else:
            process.terminate()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "nothing listens any more"


def test_elsewhere_needs_a_token(news: Path, tmp_path: Path) -> None:
    with started(str(news), "--host", "0.0.0.0", "--port", "0", home=tmp_path / "home") as (_, line):
        address, _, token = line.split()[-1].partition("/#token=")
        assert len(token) >= 24
        here = f"http://127.0.0.1:{address.rpartition(':')[2]}/v1/folders"
        with pytest.raises(urllib.error.HTTPError, match="401"):
            get(here)
        assert get(here, authorization=f"Bearer {token}", host="news.example")["folders"]


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    process = command(str(empty), "--port", "0", home=tmp_path / "home")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1 and said.startswith("qa: no file in") and said.count("\n") == 1


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("news.example", False),
        ("localhost.evil.example", False),
    ],
)
def test_loopback(host: str, own: bool) -> None:
    assert loopback(host) is own
