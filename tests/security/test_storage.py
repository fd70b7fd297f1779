"""Disks that are full, read-only or damaged: one line that says what to do, and what was indexed still
answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qa.errors import StoreError, Unwritable
from qa.library import Library
from tests.conftest import ROOT

QUESTION = "What will the repairs of the Tarn bridge cost?"


def qa(
    *args: str, home: Path, wrap: tuple[str, ...] = (), **streams: Any
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QA_HOME": str(home), "QA_EMBEDDER": "hash"}
    return subprocess.run(
        [*wrap, sys.executable, "-m", "qa", *args],
        env=environment,
        text=True,
        **(streams or {"capture_output": True}),
    )


def made(news: Path, home: Path) -> Path:
    """The folder of a finished index."""
    with Library.open(news, home=home, embedder="hash") as library:
        library.index()
        return library.home


def damage(path: Path, at: int, size: int = 4096) -> None:
    data = bytearray(path.read_bytes())
    data[at : at + size] = b"\xa5" * min(size, len(data) - at)
    path.write_bytes(data)


@pytest.mark.parametrize("where", ["head", "schema", "middle", "all"])
def test_a_damaged_store_is_set_aside_and_made_anew(news: Path, tmp_path: Path, where: str) -> None:
    home = made(news, tmp_path / "home")
    path = home / "store.db"
    for beside in ("-wal", "-shm"):
        Path(f"{path}{beside}").unlink(missing_ok=True)
    size = path.stat().st_size
    at, much = {"head": (0, 100), "schema": (100, 4000), "middle": (16384, size), "all": (0, size)}[where]
    damage(path, at, much)
    with Library.open(news, home=tmp_path / "home", embedder="hash") as library:
        assert library.ask(QUESTION).kind == "answer"
        assert any(note.kind == "store_rebuilt" for note in library.notes)
    assert (home / "store.db.aside").exists()
    with Library.open(news, home=tmp_path / "home", embedder="hash") as library:
        assert library.notes == [] and {line.status for line in library.index()} == {"same"}


def test_any_flipped_byte_of_the_lexical_index_is_noticed(news: Path, tmp_path: Path) -> None:
    home = made(news, tmp_path / "home")
    (folder,) = [p for p in home.glob("lexical-*") if p.is_dir()]
    kept = tmp_path / "kept"
    shutil.copytree(home, kept)
    with Library.open(news, home=tmp_path / "home", embedder="hash", dense=False) as library:
        wanted = [h.article.file for h in library.retrieve(QUESTION)]
    for name in sorted(p.name for p in folder.iterdir() if p.stat().st_size and p.suffix != ".lock"):
        shutil.rmtree(home)
        shutil.copytree(kept, home)
        path = home / folder.name / name
        damage(path, path.stat().st_size // 2, 1)
        with Library.open(news, home=tmp_path / "home", embedder="hash", dense=False) as library:
            found = [h.article.file for h in library.retrieve(QUESTION)]
            assert found == wanted, name
            assert library.indexes.pointer("lexical").folder != folder.name, name  # type: ignore[union-attr]


HOMES = [
    ("a file", lambda path: path.write_text("x"), "set QA_HOME"),
    ("below a file", lambda path: path.parent.joinpath("file").write_text("x"), "set QA_HOME"),
]


@pytest.mark.parametrize(("kind", "make", "told"), HOMES, ids=[h[0] for h in HOMES])
def test_a_home_that_is_none(news: Path, tmp_path: Path, kind: str, make: Any, told: str) -> None:
    home = tmp_path / "place"
    make(home)
    if kind == "below a file":
        home = tmp_path / "file" / "home"
    with pytest.raises(Unwritable, match=told) as caught:
        Library.open(news, home=home, embedder="hash")
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_output_that_cannot_be_written(news: Path, tmp_path: Path) -> None:
    made(news, tmp_path / "home")
    with open("/dev/full", "w") as full:
        done = qa("articles", str(news), home=tmp_path / "home", stdout=full, stderr=subprocess.PIPE)
        done = qa("status", str(news), home=tmp_path / "home", stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1 and "no space" in done.stderr and done.stderr.count("\n") == 1
    closed = qa("status", str(news), home=tmp_path / "home", wrap=("sh", "-c", 'exec "$@" >&-', "sh"))
    assert closed.returncode == 1 and "bug" not in closed.stderr and closed.stderr.count("\n") == 1


INSIDE = """
set -e
mount -t tmpfs -o size={size} tmpfs {place}
cp -r {kept}/. {place}/ 2>/dev/null || true
{then}
exec "$@"
"""


def in_a_small_disk(kept: Path, place: Path, size: str, then: str = "") -> tuple[str, ...]:
    """A command's prefix: in a mount namespace of its own, ``place`` is a small disk that holds what
    ``kept`` does."""
    if sys.platform != "linux" or subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode:
        pytest.skip("mount namespaces are not allowed here")
    place.mkdir(exist_ok=True)
    return ("unshare", "-rm", "sh", "-c", INSIDE.format(size=size, place=place, kept=kept, then=then), "sh")


def test_a_full_disk(news: Path, tmp_path: Path) -> None:
    kept, place = tmp_path / "kept", tmp_path / "place"
    kept.mkdir()
    done = qa("index", str(news), home=place, wrap=in_a_small_disk(kept, place, "96k"))
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert "no space" in done.stderr and "QA_HOME" in done.stderr


def test_an_index_on_a_read_only_disk_still_answers(news: Path, tmp_path: Path) -> None:
    made(news, tmp_path / "kept")
    place = tmp_path / "place"
    wrap = in_a_small_disk(tmp_path / "kept", place, "64m", f"mount -o remount,ro {place}")
    (news / "new.txt").write_text(
        "The ferry to Osk was cancelled on Monday because of ice, Kim Lund said. " * 3
    )
    done = qa("ask", QUESTION, "--articles", str(news), home=place, wrap=wrap)
    assert done.returncode == 0, done.stderr
    assert "3.4 million" in done.stdout and "indexed before" in done.stdout
    done = qa("index", str(news), home=place, wrap=wrap)
    assert done.returncode == 1 and "bug" not in done.stderr and done.stderr.count("\n") == 1


def test_a_store_in_use_elsewhere_is_told_as_that() -> None:
    import sqlite3

    from qa.index.storage import sqlite_error

    for said, kind in (
        ("database is locked", StoreError),
        ("database or disk is full", Unwritable),
        ("attempt to write a readonly database", Unwritable),
    ):
        assert isinstance(sqlite_error(sqlite3.OperationalError(said), Path("store.db")), kind)
