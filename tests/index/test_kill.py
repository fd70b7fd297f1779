"""Indexing is killed (SIGKILL) at many different moments. What is left opens, answers from whole
articles only, and is finished by the next run with nothing lost and nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

MOMENTS = 27
FILES = 60
# The child is told to start only after everything is imported, so that the moments fall into the work.
CHILD = """
import sys, time
from qa.library import Library
import chromadb, tantivy
from qa.index.sync import Folder
from qa.settings import load_settings
import qa.index.sync
qa.index.sync.EMBED_GROUP = 16  # many commits
library = Library(Folder.of(sys.argv[1]), load_settings(home=sys.argv[2], embedder="hash"))
print("ready", flush=True)
library.index()
print("done", flush=True)
"""


def article(n: int, edition: int) -> str:
    return "\n\n".join(
        (
            f"Report {n} of edition {edition}, part {k}: the harbour of Town{n} took in {n * 7 + k} boats "
            f"on Monday, the master Kim Lund{n} said."
        )
        for k in range(9)
    )


def start(folder: Path, home: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), str(home)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def contents(library: Any) -> set[tuple[str, int, int]]:
    """(file, start, end) of every passage that the store holds."""
    return {
        (library.store.article(a).file, p.start, p.end)
        for p, a in library.store.passages([int(i) for i in library.store.passage_ids()])
    }


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_killed_at_many_moments(tmp_path: Path) -> None:
    from qa.library import Library

    folder = tmp_path / "news"
    folder.mkdir()
    for n in range(FILES):
        (folder / f"{n:02}.txt").write_text(article(n, 1), "utf-8")
    began = time.monotonic()
    process = start(folder, tmp_path / "timed")
    began = time.monotonic()
    assert process.wait() == 0
    duration = time.monotonic() - began
    killed = tried = 0
    while killed < MOMENTS:
        assert tried < 2 * MOMENTS, "too many runs ended before they were killed"
        # three homes, each begun from nothing and then gone on with from where a killed run stopped;
        # files change in between, so that there is always work to hit
        home = tmp_path / f"home{tried % 3}"
        process = start(folder, home)
        time.sleep(duration * 0.9 * ((tried * 7) % MOMENTS + 0.5) / MOMENTS)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        tried += 1
        for n in range(tried % 7, FILES, 3):
            (folder / f"{n:02}.txt").write_text(article(n, 1 + tried), "utf-8")
        look(folder, home)
    for number in range(3):
        with Library.open(folder, home=tmp_path / f"home{number}", embedder="hash") as library:
            library.index()
            clean_home = tmp_path / f"clean{number}"
            with Library.open(folder, home=clean_home, embedder="hash") as clean:
                clean.index()
                assert contents(library) == contents(clean)
                count = len(clean.store.passage_ids())
                for one in (library, clean):
                    assert (
                        one.indexes.lexical().count()
                        == one.indexes.vectors().count()
                        == len(one.store.passage_ids())
                        == count
                    )
                    assert one.store.rows("SELECT count(DISTINCT hash) FROM passages") == one.store.rows(
                        "SELECT count(*) FROM vectors WHERE hash IN (SELECT hash FROM passages)"
                    )
                assert (
                    library.ask("How many boats did Town33 take in?").text
                    == clean.ask("How many boats did Town33 take in?").text
                )


def look(folder: Path, home: Path) -> None:
    """Open what a killed run left, without finishing it, and see that it holds whole files only."""
    from qa.errors import EmptyCorpus
    from qa.library import Library

    try:
        library = Library.open(folder, home=home, embedder="hash", update=False)
    except EmptyCorpus:
        return
    with library:
        for name, row in library.store.files().items():
            assert row.source is not None, f"{name}: {row.failed}"
            text = library.store.text(row.source)
            (whole,) = library.store.articles_of(row.source)
            spans = sorted(
                (p.start, p.end)
                for p, a in library.store.passages([int(i) for i in library.store.passage_ids()])
                if a == whole.key
            )
            assert spans and spans[-1][1] == len(text.rstrip())
        library.retrieve("How many boats did Town33 take in?")
