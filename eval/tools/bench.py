"""Speed, memory and retrieval, measured: ``python -m eval bench FOLDER_OR_BEIR_DIR``.

Each measurement runs in a fresh process of its own, one after the other, without network: indexing and
querying, ours and (``--peer``) those of a plain llama-index pipeline over Chroma with the same model
weights (``eval.tools.bench_peer``). Imports are not timed; loading the model is, and is told apart.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.paths import ROOT
from eval.tools.beir import (
    BM25,
    FUSED,
    Rankings,
    bm25_rankings,
    positive,
    score,
    score_table,
)
from eval.tools.measuring import Job
from eval.tools.retrieval_sets import Beir, is_beir, read_beir
from qa.errors import QAError, UsageError

PEER = "llama-index + Chroma"
PEER_PACKAGES = ("llama_index.core", "llama_index.vector_stores.chroma", "chromadb")
# Asked of plain folders; from eval/gold/tune.yaml, fixed here so that runs can be compared.
QUESTIONS = (
    "Which foreign embassy in Kyiv was hit by fragments during the Friday attack?",
    "What happened to the man hurt in Bila Tserkva?",
    "At whose request did Russia help get Iranian troops out of Syria?",
    "Where did Putin give the press conference at which he lauded Trump's political skill?",
    "What service has Elon Musk kept running for the Ukrainians?",
    "On what charges is Navalny serving his sentence?",
    'Who described Russia\'s presidential election as "obviously not free nor fair"?',
    'Which American official told Putin to "just stay out" of US elections?',
    'Who talked about handing Putin a "Christmas present"?',
    "On which days was the SCO summit in Tianjin held?",
    "When did Putin and Macron have the phone call about the vaccine?",
    "How many people died and how many were hurt in the attack that damaged eight districts of Kyiv?",
    "How big is the Shanghai Cooperation Organisation in terms of membership?",
    "List the cabinet members Putin dismissed from Mishustin's government.",
    "What sorts of objects did Putin say might be struck with the Oreshnik?",
    "What compliments did Putin pay Trump in public after the American's election victory?",
    "Which foreign leaders did Putin discuss manufacturing the Russian coronavirus shot with?",
    "Why did Erdogan pull Turkish troops out of Idlib after the Russian strike on the training camp?",
    "What was the turnout in Russia's 2024 presidential election?",
    "What is the capital of Kazakhstan?",
)


class BenchError(QAError):
    """A measurement that could not be made; one line."""


def _run(module: str, name: str, job: Job, place: Path) -> dict[str, Any]:
    """One stage in a process of its own. Raises BenchError with the last line of what it says."""
    told, result = place / "job.json", place / "result.json"
    job.write(told)
    result.unlink(missing_ok=True)
    environment = {
        **os.environ,
        "ANONYMIZED_TELEMETRY": "False",
        "HF_HUB_OFFLINE": "1",
        "PYTHONWARNINGS": "ignore",
    }
    if job.threads:
        environment["RAYON_NUM_THREADS"] = str(job.threads)  # the tokenizer's
    done = subprocess.run(
        [sys.executable, "-m", module, name, str(told), str(result)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or not result.is_file():
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise BenchError(f"{module} {name} failed: {said[-1][:300]}")
    return dict(json.loads(result.read_text("utf-8")))


def _job(folder: Path, limit: int | None, threads: int, place: Path) -> tuple[Job, Beir | None]:
    from qa.index.sync import Folder

    homes: dict[str, Any] = {"threads": threads, "home": str(place / "qa"), "peer_home": str(place / "peer")}
    if is_beir(folder):
        beir = read_beir(folder, limit)
        corpus = beir.write(place / "corpus")
        return Job(
            folder=str(corpus.parent), files=[str(corpus)], ids=beir.readable, questions=beir.queries, **homes
        ), beir
    chosen = Folder.of(folder)
    names = chosen.files()[:limit]
    if not names:
        raise UsageError(f"no file in {folder}")
    given, root = str(folder.absolute()), chosen.root
    if limit is not None:
        root = place / "corpus"
        given = str(root)
        for name in names:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(chosen.root / name, root / name)
    questions = {str(n): question for n, question in enumerate(QUESTIONS, 1)}
    return Job(
        folder=given, files=[str(root / name) for name in names], ids=None, questions=questions, **homes
    ), None


def _measure(
    job: Job, beir: Beir | None, peer: bool, place: Path
) -> tuple[dict[str, dict[str, Any]], dict[str, Rankings]]:
    """(measures by column, rankings by system; none for a plain folder)."""
    columns = {
        FUSED: _run("eval.tools.measuring", "index", job, place)
        | _run("eval.tools.measuring", "query", job, place)
    }
    systems: dict[str, Rankings] = columns[FUSED].pop("rankings", {})
    if peer:
        columns[PEER] = _run("eval.tools.bench_peer", "index", job, place) | _run(
            "eval.tools.bench_peer", "query", job, place
        )
        if beir is not None:
            systems[PEER] = columns[PEER].pop("rankings")
    if beir is not None:
        systems[BM25] = bm25_rankings(beir.articles, beir.queries)
    return columns, systems


def _count(value: float) -> str:
    return f"{value:,.0f}"


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


MEASURES: tuple[tuple[str, str, Callable[[float], str]], ...] = (
    ("articles", "articles (peer: documents)", _count),
    ("passages", "passages (chunks)", _count),
    ("characters", "characters that reach the model", _count),
    ("given_characters", "characters handed to the model", _count),
    ("tokens", "tokens that reach the model", _count),
    ("seconds", "seconds to index, in total", "{:.2f}".format),
    ("load_seconds", "of that, loading the model", "{:.2f}".format),
    ("model_seconds", "of that, inside the model", "{:.2f}".format),
    ("other_share", "of that, everything else", _percent),
    ("tokens_per_second", "tokens embedded a second of indexing", _count),
    ("characters_per_second", "characters embedded a second of indexing", _count),
    ("refresh_seconds", "seconds to refresh, nothing changed (median of 5)", "{:.3f}".format),
    ("refresh_ratio", "refresh against first indexing", _percent),
    ("p50_ms", "retrieval of 10 passages, p50 (ms)", "{:.1f}".format),
    ("p95_ms", "retrieval of 10 passages, p95 (ms)", "{:.1f}".format),
    ("index_mb", "peak memory, indexing (MB)", _count),
    ("query_mb", "peak memory, querying (MB)", _count),
)


def _table(columns: Mapping[str, Mapping[str, Any]]) -> list[str]:
    lines = [f"| measure | {' | '.join(columns)} |", "|---|" + "--:|" * len(columns)]
    for key, label, shown in MEASURES:
        cells = [shown(column[key]) if key in column else "—" for column in columns.values()]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return lines


def _machine() -> str:
    try:
        names = [
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
            if line.startswith("model name")
        ]
    except OSError:
        names = []
    processor = names[0] if names else platform.machine()
    return f"{os.cpu_count()} cores, {processor}, Python {platform.python_version()}"


def _report(
    columns: Mapping[str, dict[str, Any]],
    systems: Mapping[str, Rankings],
    beir: Beir | None,
    about: Mapping[str, Any],
) -> dict[str, Any]:
    """What ``--json`` writes."""
    result: dict[str, Any] = {"format": "qa.bench/1", **about, "measures": columns}
    if beir is not None:
        scored = {
            name: {split: score(rankings, beir.gold, split) for split in ("all", "even", "odd")}
            for name, rankings in systems.items()
        }
        result["scores"] = {
            name: {split: asdict(s) for split, s in splits.items() if s} for name, splits in scored.items()
        }
        result["rankings"] = systems
    return result


def bench_main(argv: list[str]) -> int:
    """``python -m eval bench FOLDER_OR_BEIR_DIR [--limit N] [--threads N] [--peer] [--json FILE]``."""
    parser = argparse.ArgumentParser(
        prog="python -m eval bench", description="Measure indexing, refreshing, retrieval and memory."
    )
    parser.add_argument(
        "folder",
        metavar="FOLDER_OR_BEIR_DIR",
        type=Path,
        help="a folder of articles, or a retrieval set in BEIR layout",
    )
    parser.add_argument(
        "--limit",
        type=positive,
        metavar="N",
        help="the first N files; of a retrieval set: all gold articles, then others up to N",
    )
    parser.add_argument(
        "--threads",
        type=positive,
        metavar="N",
        help="threads of the model, on both sides (default: one a core)",
    )
    parser.add_argument(
        "--peer", action="store_true", help="measure a plain llama-index + Chroma pipeline beside"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything measured there, too")
    args = parser.parse_args(argv)
    load = os.getloadavg()[0]
    try:
        if args.peer and (absent := _absent()):
            raise BenchError(
                f"{absent} is not installed; run `pip install llama-index-vector-stores-chroma==0.6.0`"
            )
        with tempfile.TemporaryDirectory(prefix="qa-bench-") as name:
            place = Path(name).resolve()
            job, beir = _job(args.folder, args.limit, args.threads or 0, place)
            columns, systems = _measure(job, beir, args.peer, place)
    except QAError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    about = {
        "folder": str(args.folder),
        "limit": args.limit,
        "threads": args.threads or 0,
        "machine": _machine(),
        "load_before": round(load, 2),
        "questions": len(job.questions),
    }
    limit = f", limit {args.limit}" if args.limit else ""
    print(
        f"`{args.folder}`{limit}, {len(job.questions)} questions. {about['machine']}; "
        f"threads: {args.threads or 'one a core'}; load of the machine before: {load:.1f}.\n"
    )
    print("\n".join(_table(columns)))
    if beir is not None:
        print(
            "\nArticles found, each ranked by its best passage (settings were tuned on the even queries):\n"
        )
        print("\n".join(score_table(systems, beir.gold, ("all", "odd"))))
    if args.json:
        args.json.write_text(
            json.dumps(_report(columns, systems, beir, about), indent=1, ensure_ascii=False) + "\n", "utf-8"
        )
    return 0


def _absent() -> str | None:
    """The first of the peer's packages that is not installed."""
    for package in PEER_PACKAGES:
        try:
            if importlib.util.find_spec(package) is None:
                return package
        except ModuleNotFoundError:
            return package
    return None
