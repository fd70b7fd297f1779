"""No secret is stored, printed, logged or put into a trace; what is kept is its owner's alone."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from qa.errors import ChromaError
from qa.library import Library
from qa.privacy import public_url, redacted
from tests.conftest import ROOT
from tests.model_server import fails, serving

SECRET = "hunter2secret"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://user:hunter2@host:8080/v1", "http://host:8080/v1"),
        ("https://token@host/v1?api_key=abc#part", "https://host/v1"),
        ("http://us%40er:p%3Aw@host/", "http://host/"),
        ("user:hunter2@host:8000", "host:8000"),
        ("host:8000", "host:8000"),
        ("https://api.openai.com/v1", "https://api.openai.com/v1"),
    ],
)
def test_addresses_without_secrets(url: str, shown: str) -> None:
    assert public_url(url) == shown


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("GET http://me:pw@host/v1 failed", "GET http://host/v1 failed"),
        ("https://h/x?api_key=abcdef&n=1", "https://h/x?api_key=…&n=1"),
        ("Incorrect API key provided: sk-proj-abcdefghijkl1234.", "Incorrect API key provided: …."),
        ("header Authorization: Bearer abcdefghijkl", "header Authorization: Bearer …"),
        ("mail to a@b.org about risk-taking-behaviour", "mail to a@b.org about risk-taking-behaviour"),
        ("the articles of 2024", "the articles of 2024"),
    ],
)
def test_messages_without_secrets(message: str, shown: str) -> None:
    assert redacted(message) == shown


def written(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_no_secret_in_what_a_session_wrote(news: Path, tmp_path: Path) -> None:
    """A session whose every address and key is secret: the store, indexes, sessions, replies and all that was
    printed, with and without --debug, are searched for them."""
    with serving(
        fails(401, f"Incorrect API key: sk-{SECRET}-embedding of http://me:{SECRET}@host")
    ) as server:
        url = server.url.replace("//", f"//me:{SECRET}@")
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "QA_HOME": str(tmp_path / "home"),
            "QA_EMBEDDER": "remote-model",
            "QA_EMBEDDING_BASE_URL": url,
            "QA_EMBEDDING_API_KEY": f"sk-{SECRET}-embedding",
            "OPENAI_BASE_URL": url,
            "OPENAI_API_KEY": f"sk-{SECRET}-openai",
            "QA_RETRIES": "0",
            "QA_EMBED_INLINE": "0",
            "QA_DENSE": "true",
        }
        printed = ""
        for options in ([], ["--debug"]):
            for command in (
                ["index", str(news)],
                ["status", str(news)],
                ["ask", "What will the repairs of the Tarn bridge cost?", "--articles", str(news), "--json"],
            ):
                done = subprocess.run(
                    [sys.executable, "-m", "qa", *options, *command],
                    capture_output=True,
                    text=True,
                    env=environment,
                )
                printed += done.stdout + done.stderr
    assert "fingerprint" in printed and "model_failed" in printed
    assert SECRET not in printed
    files = written(tmp_path / "home")
    assert any(name.endswith("store.db") for name in files)
    assert [name for name, data in files.items() if SECRET.encode() in data] == []


def test_no_secret_in_the_errors_of_a_chroma_server(news: Path, tmp_path: Path) -> None:
    with pytest.raises(ChromaError) as caught:
        Library.open(
            news, home=tmp_path / "home", embedder="hash", chroma_url=f"http://me:{SECRET}@127.0.0.1:9"
        )
    assert SECRET not in str(caught.value) and "127.0.0.1:9" in str(caught.value)
    assert [n for n, data in written(tmp_path / "home").items() if SECRET.encode() in data] == []


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_what_is_kept_is_the_owners_alone(news: Path, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with Library.open(news, home=tmp_path / "home", embedder="hash") as library:
            library.index()
            list(library.chat().ask("What will the repairs of the Tarn bridge cost?"))
            home = library.home
            (news / "storm.txt").unlink()
            library.index()
            open_to_others = [
                f"{stat.S_IMODE(p.stat().st_mode):o} {p.relative_to(home)}"
                for p in [home, *home.rglob("*")]
                if p.stat().st_mode & 0o077
            ]
    finally:
        os.umask(before)
    assert open_to_others == []
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
