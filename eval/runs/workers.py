"""A section's gold asked in this process, or in several that each open the folder. A worker is made once a
process; the index is made before, by whoever starts them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Any

from eval.runs.asking import Asker, Item
from eval.runs.suite import Section
from qa.library import Library

_asker: Asker | None = None


def _start(section: Section, settings: dict[str, Any], peer: str | None) -> None:
    global _asker
    library = Library.open(section.corpus, update=False, **settings)
    _asker = Asker(section, library, peer)


def _work(key: str) -> list[Item]:
    assert _asker is not None
    return _asker.items(key)


def ask_all(
    section: Section,
    library: Library,
    keys: Sequence[str],
    jobs: int,
    settings: dict[str, Any],
    peer: str | None,
    done: Callable[[str, list[Item]], None],
) -> None:
    """``done`` gets the items of each id as they come. With one job everything happens here."""
    if jobs == 1 or len(keys) < 2:
        asker = Asker(section, library, peer)
        for key in keys:
            done(key, asker.items(key))
        return
    # spawn: the libraries underneath have threads of their own, which a fork would break
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start, (section, settings, peer)) as pool:
        futures = {pool.submit(_work, key): key for key in keys}
        try:
            for future in as_completed(futures):
                done(futures[future], future.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
