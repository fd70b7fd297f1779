"""A refresh that is stopped between two of its commits leaves a state that can be asked."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Any

import pytest

from qa.index import readers, sync


def test_each_commit_is_whole(open_library: Any, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = open_library(news, isolate=False)
    monkeypatch.setattr(sync, "_COMMIT_SECONDS", -1.0)  # a commit after every file
    for name in ("bridge.txt", "school.txt", "storm.txt"):
        text = (news / name).read_text("utf-8").replace("Norvik", "Sudvik").replace("Tarn", "Tern")
        (news / name).write_text(f"{text}\nThe town said so again in the evening.\n", "utf-8")

    def stop(stage: str, done: int, of: int) -> None:
        if stage == "reading" and done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.index(progress=stop)
    for question in ("Tarn bridge", "Norvik school", "Lund valley storm"):
        hits = library.retrieve(question)  # of the index of before, over the store as it was left
        assert all(hit.passage.text in library.store.text(hit.article.source) for hit in hits)
    assert library.store.rows(
        "SELECT count(*) FROM sources WHERE id NOT IN (SELECT source FROM files WHERE source IS NOT NULL)"
    ) == [(0,)]
    library.index()
    assert library.store.rows("SELECT count(*) FROM files") == library.store.rows(
        "SELECT count(*) FROM sources"
    )
    assert dict(library.store.vocabulary())["Sudvik"] == 2 and "Norvik" not in dict(
        library.store.vocabulary()
    )


def test_ctrl_c_in_a_terminal_costs_no_file(open_library: Any, news: Path) -> None:
    """A terminal sends it to every process of the group, to those that wait to read files as well."""
    library = open_library(news)
    for worker in readers._spare:
        worker._process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        assert worker._process.poll() is None
    assert readers._spare
    (news / "late.txt").write_text(
        "The Norvik ferry sank in the harbour on Tuesday, the port said.\n", "utf-8"
    )
    assert {line.file: line.status for line in library.index()}["late.txt"] == "new"
