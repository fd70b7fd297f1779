"""One bad file never stops the rest: every kind ends as that file's ``failed`` line with a reason, or is
read, and the good files beside it are indexed."""

from __future__ import annotations

import json
import os
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qa.index import readers
from qa.index.folder import Folder
from qa.library import Library
from qa.settings import load_settings
from tests.conftest import ROOT

Make = Any
CASES = ROOT.parent / "shared" / "cases" / "robustness"
SECONDS = 6.0  # that a file may take here
GOOD = {"bridge.txt", "school.txt", "storm.txt"}
TEXT = "The ferry to Osk was cancelled on Monday because of ice, the harbour master Kim Lund said. "


def write(name: str, data: str | bytes) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / name).write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)

    return make


def nested(opening: str, depth: int, closing: str) -> str:
    return opening * depth + closing * depth


def link_to(target: str) -> Callable[[Path], None]:
    return lambda folder: (folder / "bad.txt").symlink_to(target)


def fifo(folder: Path) -> None:
    os.mkfifo(folder / "bad.txt")


def fifo_link(folder: Path) -> None:
    os.mkfifo(folder.parent / "pipe")
    (folder / "bad.txt").symlink_to(folder.parent / "pipe")


def unix_socket(folder: Path) -> None:
    here = os.getcwd()
    os.chdir(folder)  # the path of a socket may not be long
    try:
        socket.socket(socket.AF_UNIX).bind("bad.txt")
    finally:
        os.chdir(here)


def link_out(folder: Path) -> None:
    (folder.parent / "secret.txt").write_text(TEXT)
    (folder / "bad.txt").symlink_to(folder.parent / "secret.txt")


def link_circle(folder: Path) -> None:
    (folder / "bad.txt").symlink_to(folder / "bad.txt")


def folder_circle(folder: Path) -> None:
    (folder / "bad").symlink_to(folder)


def folder_out(folder: Path) -> None:
    (folder.parent / "elsewhere").mkdir()
    (folder.parent / "elsewhere" / "a.txt").write_text(TEXT)
    (folder / "bad").symlink_to(folder.parent / "elsewhere")


def bad_name(folder: Path) -> None:
    try:
        with open(os.fsencode(folder) + b"/bad\xe9.txt", "w") as out:
            out.write(TEXT)
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")


def with_side(text: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / "bad.txt").write_text(TEXT)
        (folder / "bad.txt.meta.yml").write_text(text)

    return make


FRONT = "---\n{}\n---\n" + TEXT
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)
KINDS: dict[str, Callable[[Path], None]] = {
    "a link to a device": link_to("/dev/zero"),
    "a link to a terminal": link_to("/dev/tty"),
    "a FIFO": fifo,
    "a link to a FIFO": fifo_link,
    "a socket": unix_socket,
    "a link out of the folder": link_out,
    "a link to itself": link_circle,
    "a link to the folder itself": folder_circle,
    "a link to a folder elsewhere": folder_out,
    "a name that is not UTF-8": bad_name,
    "JSON nested deeply": write("bad.json", nested("[", 100_000, "]")),
    "JSON objects nested deeply": write("bad.json", nested('{"a":', 50_000, "}")),
    "a line of JSON nested deeply": write("bad.jsonl", nested("[", 100_000, "]")),
    "half a character in JSON": write("bad.json", '[{"text": "' + TEXT * 3 + '\\ud800"}]'),
    "half a character in a title": write(
        "bad.json", '[{"title": "A \\udfff B", "text": "' + TEXT * 3 + '"}]'
    ),
    "a time that is no number": write("bad.json", '[{"date": NaN, "text": "' + TEXT * 3 + '"}]'),
    "a time without end": write("bad.json", '[{"date": Infinity, "text": "' + TEXT * 3 + '"}]'),
    "a time far away": write("bad.json", '[{"date": 9e15, "text": "' + TEXT * 3 + '"}]'),
    "a day that is none": write("bad.md", FRONT.format("date: 2024-02-31")),
    "an hour that is none": write("bad.md", FRONT.format("date: 2024-02-03 99:00:00")),
    "YAML that names itself": write("bad.md", FRONT.format("a: &a [*a]\ntitle: *a")),
    "YAML nested deeply": write("bad.md", FRONT.format("title: " + nested("[", 3_000, "]"))),
    "YAML that explodes": write("bad.md", FRONT.format(BOMB + "\ntitle: *j")),
    "a side file with a day that is none": with_side("date: 2024-02-31"),
    "a side file that is huge": with_side("title: " + "x" * 2_000_000),
    "a side file nested deeply": with_side("title: " + nested("[", 3_000, "]")),
    "a link that is no address": write("bad.txt", f"{TEXT * 3}\nhttp://[::1/news/2024\n{TEXT * 3}"),
    "zero bytes": write("bad.txt", b"\0" * 1000),
    "a PDF of nothing": write("bad.pdf", b"%PDF-1.7\n%%EOF"),
}


def indexed(folder: Path, home: Path) -> Library:
    """A library over the folder, whose files have not been read yet."""
    settings = load_settings(home=home, embedder="hash", file_seconds=SECONDS)
    return Library(Folder.of(folder), settings)


@pytest.mark.skipif(os.name == "nt", reason="FIFOs and devices are POSIX's")
@pytest.mark.parametrize("kind", KINDS)
def test_one_bad_file_costs_one_line(news: Path, tmp_path: Path, kind: str) -> None:
    KINDS[kind](news)
    with indexed(news, tmp_path / "home") as library:
        lines = library.index()
        bad = [line for line in lines if line.file.startswith("bad")]
        assert len(bad) <= 1 and all(line.status in ("new", "failed") for line in bad)
        assert all(line.status == "new" or line.reason for line in bad)
        assert all("\n" not in (line.reason or "") for line in lines)
        assert {line.file for line in lines if line.status == "new"} >= GOOD
        assert library.ask("What will the repairs of the Tarn bridge cost?").kind == "answer"


NEVER_READ = [name for name in KINDS if "link" in name.split() or "FIFO" in name or "socket" in name][:9]


@pytest.mark.skipif(os.name == "nt", reason="FIFOs and devices are POSIX's")
@pytest.mark.parametrize("kind", [k for k in NEVER_READ if "address" not in k])
def test_links_and_special_files_are_named_and_not_read(news: Path, kind: str) -> None:
    KINDS[kind](news)
    problems = [item.problem for item in Folder(news).listing().files.values() if item.problem]
    assert len(problems) == 1


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_links_out_of_the_folder_are_followed_where_that_is_wished(news: Path, tmp_path: Path) -> None:
    link_out(news)
    folder_out(news)
    (news.parent / "elsewhere" / "back").symlink_to(news.parent / "elsewhere")
    lines = {name: item.problem for name, item in Folder(news).listing(follow_links=True).files.items()}
    assert lines["bad.txt"] is None and lines["bad/a.txt"] is None
    assert len([name for name in lines if name.endswith("a.txt")]) == 1


def test_a_reader_that_hangs_crashes_or_eats_memory_costs_one_file(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker's own reading is replaced, in the worker, by what parsers do at their worst."""
    code = tmp_path / "planted_reader.py"
    code.write_text(
        "import qa.index.worker as w, os, time\n"
        "real = w.read_and_cut\n"
        "def cut(job):\n"
        "    if b'HANG' in job.data: time.sleep(60)\n"
        "    if b'CRASH' in job.data: os.abort()\n"
        "    if b'EAT' in job.data: bytearray(10**10)\n"
        "    if b'RAISE' in job.data: raise KeyError('a parser of someone else')\n"
        "    if b'PRINT' in job.data: print('noise'); os.write(1, b'more noise')\n"
        "    return real(job)\n"
        "w.read_and_cut = cut\n"
    )
    monkeypatch.setattr("sys.path", [str(tmp_path), *__import__("sys").path])
    started = readers.subprocess.Popen

    def popen(command: list[str], **given: Any) -> Any:
        return started(
            [command[0], "-c", command[2].replace("from qa", "import planted_reader\nfrom qa", 1)], **given
        )

    monkeypatch.setattr(readers.subprocess, "Popen", popen)
    for word in ("HANG", "CRASH", "EAT", "RAISE", "PRINT"):
        (news / f"{word.lower()}.txt").write_text(f"{TEXT * 2}{word}. {TEXT}")
    with Library.open(
        news, home=tmp_path / "home", embedder="hash", file_seconds=4.0, file_memory_mb=1000
    ) as library:
        rows = library.store.files()
        failed = {name: row.failed for name, row in rows.items() if row.failed}
        assert set(failed) == {"hang.txt", "crash.txt", "eat.txt", "raise.txt"}
        assert "QA_FILE_SECONDS" in str(failed["hang.txt"])
        assert "crashed" in str(failed["crash.txt"])
        assert "QA_FILE_MEMORY_MB" in str(failed["eat.txt"])
        assert "KeyError" in str(failed["raise.txt"])
        began = time.monotonic()
        assert {line.file for line in library.index() if line.status == "failed"} == set(failed)
        assert time.monotonic() - began < 5  # what failed is not read again while nothing has changed


def test_an_emptied_folder_keeps_its_index(news: Path, tmp_path: Path) -> None:
    from qa.errors import EmptyCorpus, FolderNotFound

    indexed_before = Library.open(news, home=tmp_path / "home", embedder="hash")
    indexed_before.close()
    moved = shutil.move(news, tmp_path / "away")
    with pytest.raises(FolderNotFound):
        Library.open(news, home=tmp_path / "home", embedder="hash")
    news.mkdir()
    with pytest.raises(EmptyCorpus, match="unmounted"):
        Library.open(news, home=tmp_path / "home", embedder="hash")
    news.rmdir()
    shutil.move(moved, news)
    with Library.open(news, home=tmp_path / "home", embedder="hash") as library:
        assert {line.status for line in library.index()} == {"same"}


@pytest.mark.skipif(not (CASES / "cases.jsonl").exists(), reason="the shared cases are not here")
def test_shared_cases(news: Path, tmp_path: Path) -> None:
    for line in (CASES / "cases.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        if case["files"]:
            for path in (CASES / case["files"]).rglob("*"):
                if path.is_file():
                    shutil.copy(path, news / f"{case['name']}-{path.name}")
    with indexed(news, tmp_path / "home") as library:
        lines = library.index()
    assert {line.file for line in lines if line.status == "new"} >= GOOD
    assert all("\n" not in (line.reason or "") for line in lines)
