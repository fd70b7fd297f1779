"""Python as people use it: errors after close, coroutines and asynchronous streams, notebooks, exports."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

import qa
from tests.conftest import ROOT

COST = "What will the repairs of the Tarn bridge cost?"


@pytest.mark.parametrize(
    "call", ["ask", "who", "timeline", "stream", "retrieve", "people", "index", "update"]
)
def test_a_closed_library_says_so(open_library: Any, news: Path, call: str) -> None:
    library = open_library(news)
    library.ask(COST)
    library.close()
    with pytest.raises(qa.Closed, match="open it again"):
        told = getattr(library, call)(
            *([COST] if call in ("ask", "who", "timeline", "stream", "retrieve") else [])
        )
        list(told)
    assert repr(library) == f"<Library {str(news)!r}, closed>"
    library.close()
    assert not list(library.home.glob("*.damaged")) and open_library(news).ask(COST).kind == "answer"


def test_every_error_and_event_is_exported() -> None:
    from qa import errors, types

    kinds = {n for n, v in vars(errors).items() if inspect.isclass(v) and issubclass(v, errors.QAError)}
    assert kinds <= set(qa.__all__) and {"Searched", "Proven", "Finished", "Event", "Note"} <= set(qa.__all__)
    assert qa.Event == types.Event and set(dir(qa)) == set(qa.__all__)


def test_short_reprs_and_notebooks(open_library: Any, news: Path) -> None:
    library = open_library(news)
    outcome = library.ask(COST)
    assert repr(library) == f"<Library {str(news)!r}, 3 articles>"
    assert repr(outcome).startswith("<Outcome answer, 1 citations: ") and len(repr(outcome)) < 130
    assert (
        outcome._repr_markdown_().startswith(f"## {COST}") and "[^1]: “Repairs" in outcome._repr_markdown_()
    )
    page = outcome._repr_html_()
    assert "<blockquote>Repairs" in page and "<html" not in page and "<style" not in page
    hostile = outcome.model_copy(update={"question": "<script>alert(1)</script>"})
    assert "<script" not in hostile._repr_html_()
    anchors = {o._repr_html_().split('id="')[1].split('"')[0] for o in (outcome, hostile)}
    assert len(anchors) == 2, "two answers in one notebook do not share anchors"


def test_a_stored_outcome_without_the_library_has_no_notebook_form() -> None:
    code = (
        "from qa.types import *\n"
        "o = Outcome(question='q', standalone_question='q', kind='abstention', reason='unsure', text='no',"
        " corpus=CorpusInfo(articles=0, undated=0), trace=Trace(answerer='extractive'))\n"
        "print(o._repr_html_(), o._repr_markdown_(), o)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.startswith("None None ")


def test_an_asynchronous_stream_is_the_stream(open_library: Any, news: Path) -> None:
    library = open_library(news)

    async def told(**options: Any) -> list[Any]:
        return [event async for event in library.astream(COST, **options)]

    def kinds(events: list[Any]) -> list[Any]:
        return [e.outcome.text if isinstance(e, qa.Finished) else e for e in events]

    assert kinds(asyncio.run(told())) == kinds(list(library.stream(COST)))
    late = asyncio.run(told(since="2024-04", fresh=True))
    assert late[-1].outcome.kind == "abstention"
    with pytest.raises(qa.UsageError, match="cannot read the date"):
        asyncio.run(told(since="soon"))


def test_an_asynchronous_stream_that_is_left_is_closed() -> None:
    from qa.awaiting import awaited

    seen: list[str] = []

    def numbers() -> Any:
        try:
            for n in range(1000):
                seen.append(str(n))
                yield n
        finally:
            seen.append("closed")

    async def two() -> list[int]:
        found = []
        stream = awaited(numbers)
        async for n in stream:
            found.append(n)
            if n == 1:
                break
        await stream.aclose()  # type: ignore[attr-defined]
        return found

    assert asyncio.run(two()) == [0, 1] and seen[-1] == "closed"


def test_the_loop_goes_on_while_it_is_asked(
    open_library: Any, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question waits, in its thread, for something that only the loop does: one that blocked the loop
    would wait in vain."""
    library = open_library(news)
    asking, gone_on = threading.Event(), threading.Event()
    ask = library.ask

    def waiting(question: str, **options: Any) -> Any:
        asking.set()
        assert gone_on.wait(30), "the loop stood still"
        return ask(question, **options)

    monkeypatch.setattr(library, "ask", waiting)

    async def both() -> Any:
        async def beating() -> None:
            while not asking.is_set():
                await asyncio.sleep(0.001)
            gone_on.set()

        _, outcome = await asyncio.gather(beating(), library.aask(COST, since="2024-03"))
        return outcome

    assert asyncio.run(both()).kind == "answer"
