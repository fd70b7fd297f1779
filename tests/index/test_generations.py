"""The indexes are disposable: whatever is broken or missing is made anew from the store."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa.errors import ChromaError
from tests.conftest import ROOT, Make

QUESTION = "storm power homes Lund valley"


def found(library: Any) -> tuple[set[str], str]:
    hits = library.retrieve(QUESTION)
    return {h.article.file for h in hits}, hits[0].stage if hits else ""


def damage_delete(home: Path) -> None:
    for path in home.glob("vectors-*"):
        if path.is_dir():
            shutil.rmtree(path)


def damage_hnsw(home: Path) -> None:
    for path in home.glob("vectors-*/*-*-*"):
        shutil.rmtree(path)


def damage_sqlite(home: Path) -> None:
    for path in home.glob("vectors-*/chroma.sqlite3"):
        path.write_bytes(b"garbage" * 100)


def damage_lexical(home: Path) -> None:
    for path in home.glob("lexical-*/*"):
        path.write_bytes(b"")


def damage_pointers(home: Path) -> None:
    for kind in ("vectors", "lexical"):
        (home / f"{kind}.json").write_text("{")


def damage_count(home: Path) -> None:
    for kind in ("vectors", "lexical"):
        pointer = json.loads((home / f"{kind}.json").read_text())
        (home / f"{kind}.json").write_text(json.dumps({**pointer, "count": pointer["count"] + 7}))


@pytest.mark.parametrize(
    "damage",
    [damage_delete, damage_hnsw, damage_sqlite, damage_lexical, damage_pointers, damage_count],
    ids=lambda f: f.__name__,
)
def test_a_broken_index_is_made_anew_without_embedding(open_library: Make, news: Path, damage: Any) -> None:
    library = open_library(news)
    before, home = found(library), library.home
    library.close()
    # another process would open the folder: chromadb keeps a folder's client for the life of this one
    code = f"""
import sys
from pathlib import Path
sys.path[:0] = {[str(ROOT)]!r}
from tests.index import test_generations
test_generations.{damage.__name__}(Path({str(home)!r}))
from qa.index.embeddings import HashEmbedder
def embed(self, texts):
    assert len(texts) == 1, "documents were embedded again"
    return original(self, texts)
original, HashEmbedder.embed = HashEmbedder.embed, embed
from qa.library import Library
with Library.open({str(news)!r}, home={str(home.parent)!r}, embedder="hash") as library:
    print(test_generations.found(library) == {before!r})
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert (result.stdout.strip(), result.returncode) == ("True", 0), result.stderr


def test_generations_are_swapped_whole_and_swept(open_library: Make, news: Path) -> None:
    library = open_library(news)
    reader = open_library(news)
    for n in range(4):
        (news / "more.txt").write_text(
            f"Item {n} of the day was told at length by the paper on Monday.", "utf-8"
        )
        library.index()
        assert found(reader)[0] >= {"storm.txt"}, "a reader goes on while another writes"
    for kind in ("vectors", "lexical"):
        folders = [p for p in library.home.glob(f"{kind}-*") if p.is_dir()]
        assert 1 <= len(folders) <= 2
    assert library.indexes.vectors().count() == len(library.store.passage_ids())


@pytest.fixture(scope="module")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server of this test's own, on a free port of loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = Path(sys.executable).parent / "chroma"
    process = subprocess.Popen(
        [
            str(command),
            "run",
            "--path",
            str(tmp_path_factory.mktemp("chroma")),
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            pytest.fail("the Chroma server did not start")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def test_a_chroma_server_serves_and_is_reconciled(open_library: Make, news: Path, chroma_server: str) -> None:
    here = open_library(news)
    library = open_library(news, home=news.parent / "other", chroma_url=chroma_server)
    assert found(library) == found(here)
    assert not list(library.home.glob("vectors-*"))
    (news / "storm.txt").unlink()
    library.index()
    assert "storm.txt" not in found(library)[0]
    assert library.indexes.vectors().count() == len(library.store.passage_ids())
    # what a killed writer left half done is finished by the difference of ids
    ids = library.indexes.vectors().ids()
    library.indexes.vectors().change([next(iter(ids))], iter(()))
    (library.home / "vectors.json").unlink()
    library.index()
    assert library.indexes.vectors().ids() == ids
    library.forget()


def test_no_chroma_server_is_one_clear_error(open_library: Make, news: Path) -> None:
    with pytest.raises(ChromaError, match="chroma run") as caught:
        open_library(news, chroma_url="http://127.0.0.1:9")
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are counted in /proc")
def test_refreshing_and_closing_leave_no_file_open(open_library: Make, news: Path) -> None:
    """A server or `qa watch` refreshes for weeks."""

    def refreshed(n: int) -> int:
        (news / "late.txt").write_text(f"The Norvik ferry sank in the harbour, the port said {n} times.\n")
        library.index()
        assert library.ask("Where did the Norvik ferry sink?").claims
        return len(os.listdir("/proc/self/fd"))

    before = len(os.listdir("/proc/self/fd"))
    library = open_library(news)
    counts = [refreshed(n) for n in range(8)]
    assert max(counts[4:]) <= max(counts[1:4]) + 3  # a leak was a dozen each time; one or two come and go
    library.close()
    assert len(os.listdir("/proc/self/fd")) <= before + 4  # the reader of files waits for more: two pipes
