"""Twenty people at once on one folder, while it is refreshed: nobody is failed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

from qa.server.app import create_app
from qa.server.service import named
from tests.server.serving import serving

QUESTIONS = ("What will the repairs of the Tarn bridge cost?", "Which school won the chess prize?")
PEOPLE = 20


def asked_at_once(url: str, people: int, questions: tuple[str, ...]) -> list[tuple[int, float, str]]:
    """(status, seconds, text) of each question of each person; all begin together."""
    start = threading.Barrier(people)

    def person(k: int) -> list[tuple[int, float, str]]:
        start.wait()
        told = []
        for question in questions[k % 2 :] + questions[: k % 2]:
            began = time.perf_counter()
            reply = httpx.post(f"{url}/v1/ask", json={"question": question}, timeout=300)
            told.append((reply.status_code, time.perf_counter() - began, reply.text))
        return told

    with ThreadPoolExecutor(people) as threads:
        return [one for some in threads.map(person, range(people)) for one in some]


def test_twenty_at_once_while_the_folder_is_refreshed(open_library: Callable[..., Any], news: Path) -> None:
    library = open_library(news)
    with serving(create_app(named([library]))) as url, ThreadPoolExecutor(1) as beside:
        (news / "quarry.txt").write_text(
            "Date: 2024-08-01\nQuarry shut\n\nThe Pellin quarry shut.\n", "utf-8"
        )
        refresh = beside.submit(lambda: httpx.post(f"{url}/v1/refresh", json={}, timeout=300))
        told = asked_at_once(url, PEOPLE, QUESTIONS)
        assert [status for status, _, _ in told] == [200] * (2 * PEOPLE)
        assert sum("3.4 million" in text for _, _, text in told) == PEOPLE
        assert sum("Norvik school" in text for _, _, text in told) == PEOPLE
        assert [x["file"] for x in refresh.result().json()["lines"]] == ["quarry.txt"]
