"""Sentences as they come from a model: each is shown once it is proven, whatever happens after."""

from __future__ import annotations

import time
from pathlib import Path

from qa.types import Finished, Proven
from tests.llm.modelled import GOOD, QUESTION, QUOTE, SECOND, modelled, reply
from tests.model_server import (
    breaks_off,
    says,
    serving,
)


def test_sentences_come_when_they_are_proven_and_not_before(news: Path, tmp_path: Path) -> None:
    text = reply(
        (1, QUOTE, "Mayor Ilse Brandt said that repairs will cost 3.4 million crowns."),
        (1, SECOND, "The bridge was closed on Sunday."),
        (1, SECOND, "The Tarn bridge was closed on Monday."),
    )
    with (
        serving(says(text, pause=0.01)) as server,
        modelled(news, tmp_path, server.url, call_seconds=20) as library,
    ):
        began, times, events = time.monotonic(), [], []
        for event in library.stream("What happened to the Tarn bridge?"):
            events.append(event)
            times.append(time.monotonic() - began)
    proven = [e for e in events if isinstance(e, Proven)]
    assert [e.claim.text for e in proven] == [
        "Mayor Ilse Brandt said that repairs will cost 3.4 million crowns.",
        "The Tarn bridge was closed on Monday.",
    ]
    assert times[1] < times[-1] - 0.1, "the first sentence is told while the model is still writing"
    last = events[-1]
    assert isinstance(last, Finished) and last.outcome.claims == tuple(e.claim for e in proven)
    assert [d.why for d in last.outcome.trace.dropped] == ["date"] and last.outcome.trace.seconds[
        "first_sentence"
    ] > 0


def test_a_stream_that_breaks_keeps_what_was_proven(news: Path, tmp_path: Path) -> None:
    with serving(breaks_off(GOOD[:-25])) as server, modelled(news, tmp_path, server.url) as library:
        *_, last = library.stream(QUESTION)
        assert isinstance(last, Finished) and last.outcome.trace.answerer == "extractive"
    two = reply(
        (1, QUOTE, "Mayor Ilse Brandt said that repairs will cost 3.4 million crowns."),
        (1, SECOND, "It was closed."),
    )
    with serving(breaks_off(two[:-40])) as server, modelled(news, tmp_path, server.url) as library:
        events = list(library.stream("What happened to the Tarn bridge?"))
        last = events[-1]
        assert (
            isinstance(last, Finished)
            and last.outcome.trace.answerer == "llm"
            and len(last.outcome.claims) == 1
        )
        assert [n.kind for n in last.outcome.notes] == ["model_failed"] and "broke off" in last.outcome.notes[
            0
        ].text


def test_a_stream_that_breaks_before_anything_was_proven_ends_in_quotes(news: Path, tmp_path: Path) -> None:
    two = reply(
        (1, "Words that are nowhere.", "Repairs will cost 9 million crowns."), (1, SECOND, "It was closed.")
    )
    with serving(breaks_off(two[:-40])) as server, modelled(news, tmp_path, server.url) as library:
        *_, last = library.stream(QUESTION)
        assert isinstance(last, Finished) and (last.outcome.kind, last.outcome.trace.answerer) == (
            "answer",
            "extractive",
        ), "never an abstention in place of an outage"


def test_a_stream_that_never_ends_is_ended(news: Path, tmp_path: Path) -> None:
    with (
        serving(says(" " * 3000 + GOOD, pause=0.01)) as server,
        modelled(news, tmp_path, server.url, call_seconds=0.5) as library,
    ):
        began = time.monotonic()
        *_, last = library.stream(QUESTION)
        assert (
            isinstance(last, Finished)
            and last.outcome.trace.answerer == "extractive"
            and time.monotonic() - began < 4
        )
