"""Record a real model: ``python -m eval record --base-url URL`` (any OpenAI-compatible server), or
``--weights FILE.gguf`` to start a llama.cpp server for it (``pip install xllamacpp``)."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from eval.gold.questions import GoldError
from eval.paths import RECORDINGS, SAMPLE
from eval.runs.recorded import PASSAGES, cassette, path_of, questions, settings
from eval.runs.run import progress
from qa.library import Library
from qa.types import Hit

_SERVE = """
import os, sys, time, xllamacpp
p = xllamacpp.CommonParams()
p.model.path, p.port, p.n_ctx, p.n_parallel = sys.argv[1], int(sys.argv[2]), 8192, 1
p.cpuparams.n_threads = p.cpuparams_batch.n_threads = os.cpu_count()
server = xllamacpp.Server(p)
while True:
    time.sleep(3600)
"""


@contextmanager
def served(weights: Path, port: int = 8399) -> Iterator[str]:
    """A llama.cpp server for a .gguf file, ended afterwards. Raises GoldError if it does not come up."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [sys.executable, "-c", _SERVE, str(weights), str(port)], stdout=log, stderr=log
        )
        try:
            url = f"http://127.0.0.1:{port}"
            for _ in range(120):
                if process.poll() is not None:
                    raise GoldError(
                        "the llama.cpp server ended; is xllamacpp installed, and the file a .gguf?"
                    )
                try:
                    urllib.request.urlopen(f"{url}/health", timeout=2)
                    break
                except OSError:
                    time.sleep(1)
            else:
                raise GoldError("the llama.cpp server did not come up in two minutes")
            yield f"{url}/v1"
        finally:
            process.terminate()
            process.wait()


def record(base_url: str, only: list[str] | None = None) -> list[str]:
    """Ask the fixed questions and keep what was sent and came back. The ids recorded."""
    RECORDINGS.mkdir(parents=True, exist_ok=True)
    chosen = {k: q for k, q in questions().items() if only is None or k in only}
    passages: dict[str, Any] = json.loads(PASSAGES.read_text("utf-8")) if PASSAGES.is_file() else {}
    with (
        tempfile.TemporaryDirectory() as home,
        Library.open(SAMPLE, home=Path(home), **settings(base_url)) as library,
        progress(len(chosen), quiet=False) as step,
    ):
        library.index()
        real = library.retrieve
        for key, question in chosen.items():
            seen: dict[str, list[list[Any]]] = {}

            def retrieve(
                text: str, *rest: Any, seen: dict[str, list[list[Any]]] = seen, **options: Any
            ) -> list[Hit]:
                hits = real(text, *rest, **options)
                seen[text] = [[h.article.article_id, h.passage.start, h.passage.end] for h in hits]
                return hits

            library.retrieve = retrieve  # type: ignore[method-assign, assignment]
            path_of(key).unlink(missing_ok=True)
            with cassette(path_of(key), record=True):
                library.ask(question.question, history=question.history)
            passages[key] = seen
            PASSAGES.write_text(
                json.dumps(passages, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8"
            )
            step(key)
    if only is None:
        known = {path_of(k) for k in chosen} | {PASSAGES}
        for orphan in set(RECORDINGS.iterdir()) - known:
            orphan.unlink()
        kept = {k: v for k, v in passages.items() if k in chosen}
        PASSAGES.write_text(json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    return list(chosen)


def record_main(argv: list[str]) -> int:
    """``python -m eval record (--base-url URL | --weights FILE.gguf) [--only ID]…``."""
    parser = argparse.ArgumentParser(
        prog="python -m eval record", description="Record a real model's replies to the fixed questions."
    )
    parser.add_argument(
        "--base-url",
        default=os.environ.get("OPENAI_BASE_URL"),
        help="an OpenAI-compatible server (default: OPENAI_BASE_URL)",
    )
    parser.add_argument(
        "--weights", type=Path, help="a .gguf file; a llama.cpp server is started for it and ended afterwards"
    )
    parser.add_argument("--only", action="append", help="one question; may be repeated")
    options = parser.parse_args(argv)
    if not options.weights and not options.base_url:
        raise GoldError("give --base-url URL or --weights FILE.gguf")
    began = time.perf_counter()
    with served(options.weights) if options.weights else nullcontext(options.base_url) as url:
        done = record(url, options.only)
    print(
        f"{len(done)} questions recorded in {round((time.perf_counter() - began) / 60)} minutes: {RECORDINGS}"
    )
    return 0
