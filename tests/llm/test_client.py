"""The model's service, failing as real ones do: each failure is a row against a real local server."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import Any

import pytest

from qa import errors
from qa.types import Finished, Tokens
from tests.llm.modelled import GOOD, QUESTION, QUOTE, modelled
from tests.model_server import (
    Step,
    fails,
    hangs,
    overflows,
    raw,
    refuses_parameter,
    resets,
    says,
    serving,
)


def test_a_model_answers_in_proven_prose(news: Path, tmp_path: Path) -> None:
    with (
        serving(says(GOOD)) as server,
        modelled(news, tmp_path, server.url, price_in=1.0, price_out=2.0) as library,
    ):
        outcome = library.ask(QUESTION)
        assert (outcome.kind, outcome.text) == (
            "answer",
            "Mayor Ilse Brandt said that repairs will cost 3.4 million crowns. [1]",
        )
        assert outcome.citations[0].quote == QUOTE and outcome.citations[0].file == "bridge.txt"
        trace = outcome.trace
        assert (trace.answerer, trace.model, trace.tokens, list(trace.prompts)) == (
            "llm",
            "m",
            Tokens(prompt=100, completion=20),
            ["answer"],
        )
        assert trace.cost_usd == pytest.approx((100 * 1.0 + 20 * 2.0) / 1e6)
        sent = server.asked[0]
        assert (
            sent["response_format"]["json_schema"]["schema"]["required"] == ["claims", "breaks_off"]
            and sent["temperature"] == 0
        )
        assert library.endpoint == f"{server.url} (m)"


FAULTS: list[tuple[str, list[Step], type[errors.LLMError], int]] = [
    ("timeout", [hangs(1.6)], errors.TimedOut, 2),
    ("401", [fails(401, "bad key")], errors.Unauthorized, 1),
    ("403", [fails(403)], errors.Unauthorized, 1),
    ("404 model", [fails(404, "model not found")], errors.NoSuchModel, 1),
    ("429 without Retry-After", [fails(429)], errors.RateLimited, 2),
    ("429 with Retry-After", [fails(429, Retry_After="1")], errors.RateLimited, 2),
    ("500", [fails(500)], errors.ServiceFailed, 2),
    ("503", [fails(503)], errors.ServiceFailed, 2),
    ("connection reset", [resets], errors.Unreachable, 2),
    ("empty body", [raw(b"")], errors.BrokenReply, 1),
    ("malformed JSON", [raw(b'{"choices": [')], errors.BrokenReply, 1),
    ("no choices", [raw(b'{"object": "chat.completion", "choices": []}')], errors.BrokenReply, 1),
    ("a web page", [raw(b"<html>gateway</html>", "text/html")], errors.BrokenReply, 1),
    ("refusal", [says(None, refusal="I cannot help with that.")], errors.Refused, 1),
    ("content filter", [says("", finish="content_filter")], errors.Refused, 1),
    ("finish_reason length", [says('{"claims": [', finish="length")], errors.CutShort, 1),
    ("empty reply", [says("  ")], errors.BrokenReply, 1),
    (
        "no JSON, and the repair fails too",
        [says("I think it is 3.4 million."), says("Sorry!")],
        errors.BrokenReply,
        2,
    ),
    ("context overflow down to one passage", [overflows(10, says(GOOD))], errors.ContextOverflow, 2),
    ("another 400", [fails(400, "the sky is falling")], errors.BrokenReply, 1),
]


@pytest.mark.parametrize(("script", "error", "calls"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_failures_are_typed_or_end_in_quotes(
    news: Path, tmp_path: Path, script: list[Step], error: type[errors.LLMError], calls: int
) -> None:
    patience = 1.0 if error is errors.TimedOut else 20.0
    with serving(*script) as server:
        began = time.monotonic()
        with (
            modelled(news, tmp_path, server.url, on_failure="error", call_seconds=patience) as library,
            pytest.raises(error) as told,
        ):
            library.ask(QUESTION)
        assert len(server.asked) >= calls and time.monotonic() - began < 30
        assert (
            "\n" not in str(told.value) and server.url.removesuffix("/v1") in str(told.value)
        ) or "m " in str(told.value)
    with serving(*script) as server, modelled(news, tmp_path, server.url, call_seconds=patience) as library:
        outcome = library.ask(QUESTION)
        # the quotes-only answer with a notice: never a traceback, never an abstention in place of an outage
        assert (outcome.kind, outcome.trace.answerer, outcome.trace.model) == ("answer", "extractive", None)
        assert [n.kind for n in outcome.notes] == ["model_failed"] and QUOTE in outcome.citations[0].quote


def test_nobody_listens(news: Path, tmp_path: Path) -> None:
    with (
        modelled(news, tmp_path, "http://127.0.0.1:9/v1", on_failure="error") as library,
        pytest.raises(errors.Unreachable, match=r"127\.0\.0\.1:9"),
    ):
        library.ask(QUESTION)


def test_no_such_host(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with (
        modelled(news, tmp_path, "http://models.invalid/v1", on_failure="error") as library,
        pytest.raises(errors.Unreachable, match=r"models\.invalid"),
    ):
        library.ask(QUESTION)


def test_what_passes_is_tried_again(news: Path, tmp_path: Path) -> None:
    with serving(fails(503), says(GOOD)) as server, modelled(news, tmp_path, server.url) as library:
        assert library.ask(QUESTION).trace.answerer == "llm"
    with (
        serving(fails(429, Retry_After="1"), says(GOOD)) as server,
        modelled(news, tmp_path, server.url, call_seconds=5) as library,
    ):
        began = time.monotonic()
        assert library.ask(QUESTION).trace.answerer == "llm" and time.monotonic() - began >= 1.0


@pytest.mark.parametrize(
    "name", ["json_schema", "response_format", "temperature", "seed", "max_tokens", "stream_options"]
)
def test_what_a_server_does_not_take_is_left_out(news: Path, tmp_path: Path, name: str) -> None:
    with (
        serving(refuses_parameter(name, says(GOOD))) as server,
        modelled(news, tmp_path, server.url) as library,
    ):
        *_, last = library.stream(QUESTION)
        assert isinstance(last, Finished) and last.outcome.trace.answerer == "llm"
        before = len(server.asked)
        *_, last = library.stream(QUESTION + " Really?")
        assert len(server.asked) == before + 1, "what was learnt is remembered"
        if name == "json_schema":
            assert server.asked[-1]["response_format"] == {"type": "json_object"}


def test_fewer_passages_are_tried_before_giving_up(news: Path, tmp_path: Path) -> None:
    full = serving(says(GOOD))
    with full as server, modelled(news, tmp_path, server.url) as library:
        library.ask(QUESTION)
        size = sum(len(m["content"]) for m in server.asked[0]["messages"])
    with (
        serving(overflows(size - 100, says(GOOD))) as server,
        modelled(news, tmp_path, server.url) as library,
    ):
        assert library.ask(QUESTION).trace.answerer == "llm" and len(server.asked) == 2


def test_a_reply_that_is_no_json_is_mended_once(news: Path, tmp_path: Path) -> None:
    with (
        serving(says("It costs 3.4 million."), says(GOOD)) as server,
        modelled(news, tmp_path, server.url) as library,
    ):
        outcome = library.ask(QUESTION)
        assert (
            outcome.trace.answerer == "llm"
            and list(outcome.trace.prompts) == ["answer", "repair"]
            and outcome.trace.tokens.prompt == 200
        )
        assert "<passages>\n[1]" not in server.asked[1]["messages"][-1]["content"], (
            "the repair sees no passages"
        )
