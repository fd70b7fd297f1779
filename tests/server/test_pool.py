"""Blocking work beside the event loop: bounded, in order, stopped when nobody listens."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from qa.errors import UsageError
from qa.server.pool import Busy, Pool


def test_more_than_there_is_room_for_is_refused() -> None:
    async def go() -> list[object]:
        pool, gate = Pool(workers=1, waiting=2), threading.Event()

        def job(k: int) -> Callable[[], object]:
            return lambda: gate.wait(5) and k

        waiting = [asyncio.ensure_future(pool.run(job(k))) for k in range(1, 4)]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await pool.run(lambda: 0)
        gate.set()
        done: list[object] = list(await asyncio.gather(*waiting))
        done.append(await pool.run(lambda: "room again"))
        pool.close()
        return done

    assert asyncio.run(go()) == [1, 2, 3, "room again"]


def test_a_stream_is_told_in_order_and_its_error_is_raised() -> None:
    def events() -> Iterator[int]:
        yield 1
        yield 2
        raise UsageError("no more")

    async def go() -> list[int]:
        pool, told = Pool(), []
        with pytest.raises(UsageError, match="no more"):
            async for event in pool.stream(events):
                told.append(event)
        pool.close()
        return told

    assert asyncio.run(go()) == [1, 2]


def test_who_stops_listening_stops_the_work() -> None:
    made: list[int] = []
    ended = threading.Event()

    def events() -> Iterator[int]:
        try:
            for k in range(1000):
                made.append(k)
                yield k
                time.sleep(0.005)
        finally:
            ended.set()

    async def go() -> None:
        pool = Pool(workers=1, waiting=0)
        stream = pool.stream(events)
        assert await anext(stream) == 0
        await stream.aclose()  # type: ignore[attr-defined]
        assert await asyncio.to_thread(ended.wait, 5)
        for _ in range(200):
            try:
                assert await pool.run(lambda: "room again") == "room again"
                break
            except Busy:
                await asyncio.sleep(0.01)
        else:
            pytest.fail("the room was never given back")
        pool.close()

    asyncio.run(go())
    assert len(made) < 1000
