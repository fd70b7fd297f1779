"""Asking without blocking an event loop: the options with their types, and a stream of events as an
asynchronous one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import closing
from typing import TypedDict, TypeVar, cast

from qa.answering.calibration import Caution

T = TypeVar("T")


class AskOptions(TypedDict, total=False):
    """Those of ``Library.ask``."""

    history: Sequence[str]
    since: str | None
    until: str | None
    outlet: str | None
    undated: bool
    caution: Caution | None
    explain: bool


class StreamOptions(AskOptions, total=False):
    """Those of ``Library.stream``."""

    fresh: bool


async def awaited(make: Callable[[], Iterator[T]]) -> AsyncIterator[T]:
    """The items of ``make()``, which runs in one thread from beginning to end. Where they are not taken to
    their end, it is closed after the item that it is at. Raises what it raises."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[tuple[bool, T | BaseException | None]] = asyncio.Queue()
    left = threading.Event()

    def put(more: bool, item: T | BaseException | None) -> None:
        if not left.is_set():
            loop.call_soon_threadsafe(queue.put_nowait, (more, item))

    def run() -> None:
        try:
            with closing(make()) as items:  # type: ignore[type-var]
                for item in items:
                    put(True, item)
                    if left.is_set():
                        return
            put(False, None)
        except BaseException as error:
            put(False, error)

    running = asyncio.get_running_loop().run_in_executor(None, run)
    try:
        while True:
            more, item = await queue.get()
            if not more:
                if isinstance(item, BaseException):
                    raise item
                return
            yield cast("T", item)
    finally:
        left.set()
        await running
