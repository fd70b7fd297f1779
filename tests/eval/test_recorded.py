"""What a real model said to the fixed questions, replayed through prompts, parsing and verification: bad
answers included. Made anew by ``python -m eval record`` after a change of prompts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from eval.paths import RECORDINGS
from eval.paths import SAMPLE as CORPUS
from eval.runs.recorded import (
    PASSAGES,
    NotRecorded,
    path_of,
    questions,
    recorded,
    replaying,
    requests_of,
    settings,
)
from qa.answering.prompts import BUILT_IN
from qa.library import Library

KEYS = sorted(questions())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(CORPUS, home=tmp_path_factory.mktemp("recorded"), dense=False, **settings()) as opened:
        yield opened


def test_there_is_a_recording_of_each_question_and_no_orphan() -> None:
    assert sorted(recorded()) == KEYS and len(KEYS) >= 40
    assert {p.name for p in RECORDINGS.iterdir()} == {path_of(k).name for k in KEYS} | {PASSAGES.name}
    assert sorted(json.loads(PASSAGES.read_text("utf-8"))) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_a_recording_replays_in_full(library: Library, key: str) -> None:
    question = questions()[key]
    with replaying(library, key) as tape:
        outcome = library.ask(question.question, history=question.history)
    assert (
        tape.all_played
        and outcome.trace.answerer == "llm"
        and not [n for n in outcome.notes if n.kind == "model_failed"]
    )
    texts = {
        name: library.store.text(row.source)
        for name, row in library.store.files().items()
        if row.source is not None
    }
    assert all(texts[c.file][c.start : c.end] == c.quote for c in outcome.citations)
    assert all(c.citations for c in outcome.claims) and (outcome.kind == "answer") == bool(outcome.claims)


def test_recordings_hold_neither_keys_nor_hosts() -> None:
    for key in KEYS:
        for call in requests_of(path_of(key)):
            assert call["request"]["headers"] == {} and set(call["response"]["headers"]) <= {
                "Content-Type",
                "content-type",
            }
            assert re.match(r"http://127\.0\.0\.1:\d+/v1/chat/completions$", call["request"]["uri"])
        text = path_of(key).read_text("utf-8").lower()
        assert not re.search(
            r"authorization|api[-_]key|sk-|bearer|cookie|/tmp/|/home/|/root/|[a-z]:\\\\", text
        )


def test_a_changed_prompt_does_not_replay(tmp_path: Path) -> None:
    key = KEYS[0]
    (tmp_path / "answer.md").write_text(
        (BUILT_IN / "answer.md").read_text("utf-8").replace("Three claims at most", "Four claims at most"),
        "utf-8",
    )
    with (
        Library.open(CORPUS, home=tmp_path / "home", dense=False, prompts=tmp_path, **settings()) as changed,
        pytest.raises(NotRecorded),
        replaying(changed, key),
    ):
        changed.ask(questions()[key].question)


def test_another_question_does_not_replay(library: Library) -> None:
    with pytest.raises(NotRecorded), replaying(library, KEYS[0]):
        found = library.retrieve(questions()[KEYS[0]].question)
        with patch.object(library, "retrieve", lambda *_, **__: found):
            library.ask("Who is the mayor of Kyiv?")


def test_the_model_was_really_asked_for_json(library: Library) -> None:
    body: dict[str, Any] = json.loads(requests_of(path_of(KEYS[0]))[0]["request"]["body"])
    assert body["response_format"]["type"] == "json_schema" and body["temperature"] == 0 and "key" not in body
