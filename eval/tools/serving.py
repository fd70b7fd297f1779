"""What ``qa serve`` costs those who use it: ``python -m eval.tools.serving [FOLDER --questions FILE]`` prints
how long the first answer takes, how the page comes up, which requests a session makes, and what twenty people
who ask at once wait for while the folder is refreshed. On loopback, over a copy of the folder.

Exit code 1: a request failed, an address was not this machine's, or the scripts of the page are too heavy.
There is no verdict of times: they are the machine's. The page needs a Chromium (``TEST_BROWSER``, or on the
path).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from eval.gold.questions import load_gold
from eval.paths import GOLD, ROOT, SAMPLE
from eval.tools.browser import Page, browsing, find_browser

SCRIPTS = ROOT / "qa" / "server" / "static"
MOST_SCRIPT = 40_000  # bytes of JavaScript that a page may hold
PATIENCE = 600  # seconds that one request may take here
LOADS = 7  # of the page, of which the median is told
ADDED = "Date: 2024-08-01\nQuarry shut\n\nThe Pellin quarry shut on Thursday, its owner said.\n"


@dataclass(frozen=True)
class Reply:
    status: int
    seconds: float


@dataclass(frozen=True)
class Server:
    """A running ``qa serve`` and when it was started."""

    address: str
    process: subprocess.Popen[str]
    began: float

    def ask(self, question: str) -> Reply:
        return self.post("ask", {"question": question})

    def post(self, path: str, body: dict[str, Any]) -> Reply:
        began = time.perf_counter()
        request = urllib.request.Request(
            f"{self.address}v1/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
                reply.read()
                status = reply.status
        except urllib.error.HTTPError as error:
            status = error.code
        except OSError:
            status = 0
        return Reply(status, time.perf_counter() - began)

    def processor(self) -> float:
        """Seconds of a processor that it has taken, with the processes that it ended; NaN where the system
        does not tell."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return float("nan")
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(folder: Path, home: Path) -> Iterator[Server]:
    """``qa serve`` in quotes only on a free port; ended by its own process id."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("QA_", "OPENAI_"))}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "qa", "serve", str(folder), "--port", "0", "--answerer", "extractive"],
        stdout=subprocess.PIPE,
        text=True,
        env={**clean, "QA_HOME": str(home), "PYTHONPATH": str(ROOT)},
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise SystemExit("qa serve did not start; its own message stands above")
        yield Server(line.split()[-1], process, began)
    finally:
        process.terminate()
        process.communicate(timeout=120)


def first_answers(folder: Path, home: Path, questions: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """From the command to the first answer, without an index and with one, and a further answer."""
    for state in ("no index yet", "index there"):
        with served(folder, home) as server:
            up, used = time.perf_counter() - server.began, server.processor()
            replies = [server.ask(questions[0])]
            first, used_first = time.perf_counter() - server.began, server.processor()
            replies += [server.ask(q) for q in questions[1:6]]
            later = (server.processor() - used_first) / max(len(replies) - 1, 1)
            yield f"up, {state}", f"{up:.1f} s, {used:.1f} s of a processor"
            yield f"first answer, {state}", f"{first:.1f} s, {used_first:.1f} s of a processor"
            yield f"a further answer, {state}", f"{later:.2f} s of a processor"
            yield f"failed, {state}", sum(r.status != 200 for r in replies)


def at_once(server: Server, people: int, each: int, questions: Sequence[str]) -> list[Reply]:
    """All begin together; each asks ``each`` questions, one after the other."""
    start = threading.Barrier(people)

    def person(k: int) -> list[Reply]:
        start.wait()
        return [server.ask(questions[(k * each + i) % len(questions)]) for i in range(each)]

    with ThreadPoolExecutor(people) as threads:
        return [reply for told in threads.map(person, range(people)) for reply in told]


def load(
    folder: Path, home: Path, people: int, each: int, questions: Sequence[str]
) -> Iterator[tuple[str, Any]]:
    """Many at once, while a new file is taken in."""
    with served(folder, home) as server, ThreadPoolExecutor(1) as beside:
        server.ask(questions[0])
        before = server.processor()
        (folder / "serving-added.txt").write_text(ADDED, "utf-8")
        refresh = beside.submit(server.post, "refresh", {})
        replies = at_once(server, people, each, questions)
        refreshed = refresh.result()
        used = server.processor() - before
    seconds = sorted(r.seconds for r in replies)
    yield "people at once", f"{people}, {each} questions each"
    yield "failed, under load", sum(r.status != 200 for r in (*replies, refreshed))
    yield "an answer under load", f"median {statistics.median(seconds):.2f} s"
    yield "p95 of /v1/ask", f"{seconds[int(0.95 * (len(seconds) - 1))]:.2f} s"
    yield "processor", f"{used / len(replies):.2f} s an answer, the refresh included"
    yield "refresh beside it", f"{refreshed.seconds:.2f} s"


SEEN = "!!document.querySelector('{}')"
VISITS = (("who", "td"), ("timeline", "form"), ("articles", "td"), ("outlets", "td"), ("sessions", ".entry"))


def a_session(page: Page, address: str, question: str) -> None:
    """What a reader does: ask, look at a quote and at who says what, go through every view."""
    page.open(address)
    page.run(f"document.querySelector('#question').value = {json.dumps(question)}")
    page.run("document.querySelector('#ask-form').requestSubmit()")
    page.until(SEEN.format(".turn .export"))
    page.run("document.querySelector('.cite').click()")
    page.until(SEEN.format("#panel-text span"))
    page.run("document.querySelector('#panel-said').click()")
    page.run("document.querySelector('.export button').click()")
    for view, wanted in VISITS:
        page.run(f"location.hash = '{view}'")
        page.until(SEEN.format(f"#view-{view} {wanted}"))


def in_a_browser(
    binary: str, folder: Path, home: Path, place: Path, question: str
) -> Iterator[tuple[str, Any]]:
    paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
    with served(folder, home) as server, browsing(binary, place) as page:
        server.ask(question)
        paints = []
        for n in range(LOADS):
            page.open(f"{server.address}?{n}")
            paints.append(float(page.until(paint)))
        yield "first paint", f"{paints[0]:.0f} ms at first, median {statistics.median(paints):.0f} ms"
        page.requests.clear()
        a_session(page, server.address, question)
        # what the page makes of its own data (an exported file) is no request
        asked = [urlsplit(url) for url in page.requests if not url.startswith(("blob:", "data:"))]
        yield "requests of a session", len(asked)
        yield "to other machines", sum(url.hostname != "127.0.0.1" for url in asked)
        for url in dict.fromkeys(f"{url.hostname} {url.path}" for url in asked):
            yield "", url


def all_figures(folder: Path, questions: Sequence[str], people: int, each: int) -> Iterator[tuple[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="qa-serving-", ignore_cleanup_errors=True) as name:
        place = Path(name)
        copy = place / (folder.name or "articles")
        shutil.copytree(folder, copy)
        yield "load of the machine", f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        yield "bytes of JavaScript", sum(p.stat().st_size for p in SCRIPTS.glob("*.js"))
        yield from first_answers(copy, place / "home", questions)
        yield from load(copy, place / "home", people, each, questions)
        if (binary := find_browser()) is None:
            yield "the page", "not measured: no Chromium here"
        else:
            yield from in_a_browser(binary, copy, place / "home", place / "profile", questions[0])


def is_kept(name: str, value: Any) -> bool:
    """Whether a figure keeps what is promised of it."""
    if name == "bytes of JavaScript":
        return int(value) < MOST_SCRIPT
    return not (name.startswith("failed") or name == "to other machines") or value == 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.tools.serving", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--questions", type=Path, help="plain questions, one a line, for another folder")
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--each", type=int, default=2, help="questions that each of them asks")
    given = parser.parse_args(arguments)
    if given.questions is not None:
        questions = given.questions.read_text("utf-8").split("\n")
    elif given.folder == SAMPLE:
        gold = load_gold(GOLD / "tune.yaml").questions
        questions = [q.question for q in gold if q.expect == "answer" and not q.history]
    else:
        parser.error("another folder needs --questions FILE")
    asked = [q for q in questions if q.strip()]
    kept = True
    for name, value in all_figures(given.folder, asked, given.people, given.each):
        kept &= is_kept(name, value)
        print(f"{name:32}{value}", flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
