"""Indexing is killed (SIGKILL) at many different moments. What is left opens, answers from whole
articles only, and is finished by the next run with nothing lost and nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

MOMENTS = 27
FILES = 60
# Imports everything once, and then indexes each folder that it is told of in a process of its own.
NURSERY = """
import os, sys
import chromadb, chromadb.api.rust, tantivy
import qa.index.sync
from qa.index.sync import Folder
from qa.library import Library
from qa.settings import load_settings
qa.index.sync.EMBED_GROUP = 16  # many commits
print("ready", flush=True)
for line in sys.stdin:
    folder, home = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if not child:
        with Library(Folder.of(folder), load_settings(home=home, embedder="hash")) as library:
            library.index()
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Nursery:
    """Starts runs of indexing that may be killed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", NURSERY],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert self._line() == "ready"

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def index(self, folder: Path, home: Path, kill_after: float | None = None) -> int:
        """Exit status of a run, which is killed after some seconds."""
        assert self._process.stdin is not None
        print(folder, home, sep="\t", file=self._process.stdin, flush=True)
        child = int(self._line())
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return int(self._line())

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


def article(n: int, edition: int) -> str:
    return "\n\n".join(
        (
            f"Report {n} of edition {edition}, part {k}: the harbour of Town{n} took in {n * 7 + k} boats "
            f"on Monday, the master Kim Lund{n} said."
        )
        for k in range(9)
    )


def contents(library: Any) -> set[tuple[str, int, int]]:
    """(file, start, end) of every passage that the store holds."""
    return {
        (library.store.article(a).file, p.start, p.end)
        for p, a in library.store.passages([int(i) for i in library.store.passage_ids()])
    }


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_killed_at_many_moments(tmp_path: Path, nursery: Nursery) -> None:
    from qa.library import Library

    folder = tmp_path / "news"
    folder.mkdir()
    for n in range(FILES):
        (folder / f"{n:02}.txt").write_text(article(n, 1), "utf-8")
    began = time.monotonic()
    assert nursery.index(folder, tmp_path / "timed") == 0
    duration = time.monotonic() - began
    killed = tried = 0
    while killed < MOMENTS:
        assert tried < 2 * MOMENTS, "too many runs ended before they were killed"
        # three homes, each begun from nothing and then gone on with from where a killed run stopped;
        # files change in between, so that there is always work to hit
        home = tmp_path / f"home{tried % 3}"
        moment = duration * 0.9 * ((tried * 7) % MOMENTS + 0.5) / MOMENTS
        killed += nursery.index(folder, home, moment) == -signal.SIGKILL
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
        spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for p, a in library.store.passages([int(i) for i in library.store.passage_ids()]):
            spans[a].append((p.start, p.end))
        for name, row in library.store.files().items():
            assert row.source is not None, f"{name}: {row.failed}"
            text = library.store.text(row.source)
            (whole,) = library.store.articles_of(row.source)
            assert max(spans[whole.key])[1] == len(text.rstrip())
        library.retrieve("How many boats did Town33 take in?")
