"""Blocking work beside the event loop: a few threads, and a bounded line of those who wait."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

from qa.errors import QAError

T = TypeVar("T")
_END = object()


class Busy(QAError):
    """More is asked at once than the server takes in."""


class _Failed(Generic[T]):
    def __init__(self, error: BaseException) -> None:
        self.error = error


class Pool:
    """``workers`` calls run at a time, ``waiting`` more wait for their turn, and further ones are Busy."""

    def __init__(self, workers: int = 4, waiting: int = 96) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="qa-serve")
        self._room = workers + waiting
        self._taken = 0
        self._counting = threading.Lock()

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _enter(self) -> None:
        with self._counting:
            if self._taken >= self._room:
                raise Busy(f"{self._taken} questions are being answered already; ask again in a moment")
            self._taken += 1

    def _leave(self) -> None:
        with self._counting:
            self._taken -= 1

    async def run(self, work: Callable[[], T]) -> T:
        """What ``work`` returns or raises. Raises Busy."""
        self._enter()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._leave()

    async def stream(self, events: Callable[[], Iterator[T]]) -> AsyncIterator[T]:
        """What ``events`` yields, each as soon as it is there; iterated in one thread from beginning to end.
        Whoever stops listening stops the iteration before its next item. Raises Busy, and what it raises."""
        self._enter()
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[object] = asyncio.Queue()
        stopped = threading.Event()

        def tell(item: object) -> None:
            if not stopped.is_set():
                loop.call_soon_threadsafe(queue.put_nowait, item)

        def work() -> None:
            try:
                if not stopped.is_set():
                    for event in events():
                        tell(event)
                        if stopped.is_set():
                            break
            except BaseException as error:
                tell(_Failed(error))
                if not isinstance(error, Exception):
                    raise
            tell(_END)

        self._threads.submit(work).add_done_callback(lambda _: self._leave())
        try:
            while (item := await queue.get()) is not _END:
                if isinstance(item, _Failed):
                    raise item.error
                yield item  # type: ignore[misc]
        finally:
            stopped.set()
