"""The runner's promises: order, processes, interruption, peers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.gold.questions import GoldError
from eval.paths import GOLD
from eval.paths import SAMPLE as CORPUS
from eval.runs import run as running
from eval.runs.run import Run, make_run
from eval.runs.suite import Section
from eval.scoring.stages import STAGES

SMALL = (Section("sample", CORPUS, (GOLD / "filters.yaml",), GOLD / "articles", (GOLD / "drafts.yaml",)),)


@pytest.fixture(scope="module")
def small() -> Run:
    return make_run(SMALL, jobs=1, runs=None)


def without_times(run: Run) -> dict[str, Any]:
    return run.model_dump(exclude={"seconds"})


def test_a_run_does_not_depend_on_processes_or_order(small: Run) -> None:
    other = make_run(SMALL, jobs=2, runs=None, order=[i.id for i in reversed(small.items)])
    assert without_times(other) == without_times(small)
    assert {i.stage for i in small.items} <= {
        *STAGES,
        "misread",
        "wrongly_passed",
        "wrongly_dropped",
    } and not [i for i in small.items if i.error]


def test_an_interrupted_run_goes_on_where_it_stopped(
    small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = running.ask_all

    def some(section: Any, library: Any, keys: Any, *rest: Any) -> None:
        def done(key: str, found: Any) -> None:
            rest[-1](key, found)
            asked.append(key)
            if len(asked) == 20:
                raise KeyboardInterrupt

        real(section, library, keys, *rest[:-1], done)

    monkeypatch.setattr(running, "ask_all", some)
    with pytest.raises(KeyboardInterrupt):
        make_run(SMALL, jobs=1, runs=tmp_path)
    partial = next(tmp_path.glob("*.partial.jsonl"))
    with partial.open("a", encoding="utf-8") as file:
        file.write('{"key": "filters:fil-00')  # the line that a kill cuts off
    first = list(asked)
    again = make_run(SMALL, jobs=1, runs=tmp_path)
    assert (
        set(first).isdisjoint(asked[20:])
        and without_times(again) == without_times(small)
        and not list(tmp_path.glob("*.partial.jsonl"))
    )


def test_a_run_is_read_back_as_it_was_written(small: Run, tmp_path: Path) -> None:
    small.save(tmp_path / "r.json")
    assert Run.load(tmp_path / "r.json") == small
    (tmp_path / "bad.json").write_text(json.dumps({"format": "qa.run/1"}), "utf-8")
    for name, message in (("bad.json", "is not a Run"), ("none.json", "No such file")):
        with pytest.raises(GoldError, match=message):
            Run.load(tmp_path / name)


def test_a_peer_is_scored_by_the_same_metrics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "toypeer.py").write_text(
        "from eval.tools.peers import Reply\n"
        "def adapter(folder):\n"
        "    def ask(question):\n"
        "        quotes = [('002_tag_page.txt', 'Putin'), ('002_tag_page.txt', 'words that are nowhere')]\n"
        "        return Reply('The Parliament News', quotes)\n"
        "    return ask\n",
        "utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    run = make_run(
        (Section("sample", CORPUS, (GOLD / "filters.yaml",)),), jobs=1, runs=None, peer="toypeer:adapter"
    )
    assert {i.scores["citation_validity"] for i in run.items} == {0.5} and all(
        i.scores.get("abstained", 0.0) == 0.0 for i in run.items
    )
    with pytest.raises(GoldError, match="MODULE:FUNCTION"):
        make_run(
            (Section("sample", CORPUS, (GOLD / "filters.yaml",)),), jobs=1, runs=None, peer="nowhere:adapter"
        )
