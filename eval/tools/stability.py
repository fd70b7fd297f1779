"""Does the gate pass when nothing changed? ``python -m eval stability`` evaluates everything again and
again, each time on indexes made from scratch, in a fresh process, with another hash seed, number of
threads and processes, order of questions, locale and time zone, and asks the gate each time."""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from eval.paths import BASELINE, ROOT, STABILITY_TABLE
from eval.reports.summary import table
from eval.runs.asking import Item
from eval.runs.gate import told
from eval.runs.run import Run, cores, make_run
from eval.runs.suite import gate_suite
from eval.runs.verdict import judge

LOCALES = ("C", "C.UTF-8", "POSIX", "en_US.UTF-8", "tr_TR.UTF-8")
ZONES = ("UTC", "Pacific/Auckland", "America/Los_Angeles")


def conditions(n: int) -> dict[str, str | int]:
    """The n-th set of conditions; all of them differ from run to run."""
    return {
        "hash seed": n * 7919 % 4294967295,
        "threads": 1 + n % 3,
        "jobs": 1 + n % 2,
        "order": n,
        "locale": LOCALES[n % len(LOCALES)],
        "zone": ZONES[n % len(ZONES)],
    }


def _evaluate(out: Path, baseline: Path, threads: int, jobs: int, order: int) -> None:
    """In the process of one run."""
    ids = [
        i.id
        if i.kind != "article"
        else "articles:" + i.id.removeprefix("articles:").split("#")[0].split(":")[0]
        for i in Run.load(baseline).items
    ]
    random.Random(order).shuffle(ids)
    make_run(gate_suite(), jobs=jobs, runs=None, order=list(dict.fromkeys(ids)), threads=threads).save(out)


def again(n: int, baseline: Path, folder: Path) -> Run:
    """One unchanged run under the n-th conditions."""
    given = conditions(n)
    out = folder / f"{n}.json"
    env = {
        **os.environ,
        "PYTHONHASHSEED": str(given["hash seed"]),
        "LC_ALL": str(given["locale"]),
        "LANG": str(given["locale"]),
        "TZ": str(given["zone"]),
    }
    command = [
        sys.executable,
        "-m",
        "eval.tools.stability",
        str(out),
        str(baseline),
        str(given["threads"]),
        str(given["jobs"]),
        str(given["order"]),
    ]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(
            done.stderr.strip().splitlines()[-1]
            if done.stderr.strip()
            else f"run {n} ended with {done.returncode}"
        )
    return Run.load(out)


def moved(baseline: Run, run: Run) -> list[Item]:
    """The items that came out otherwise than in the baseline, in any score or word."""
    before = {i.id: i for i in baseline.items}
    return [
        i
        for i in run.items
        if (i.scores, i.made, i.stage) != (before[i.id].scores, before[i.id].made, before[i.id].stage)
    ]


def stability_main(argv: list[str]) -> int:
    """``python -m eval stability [--runs N] [--out FILE]``: exit 1 if the gate fails on one."""
    parser = argparse.ArgumentParser(
        prog="python -m eval stability",
        description="Unchanged runs under other conditions; the gate must pass on each.",
    )
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--out", type=Path, default=STABILITY_TABLE, help="where to write the table")
    options = parser.parse_args(argv)
    baseline = Run.load(BASELINE)
    rows, failed = [], 0
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(max(1, cores() // 2)) as pool:
        for n, run in enumerate(
            pool.map(lambda n: again(n, BASELINE, Path(scratch)), range(1, options.runs + 1)), 1
        ):
            verdict = judge(baseline, run)
            failed += not verdict.passed
            given = conditions(n)
            other = moved(baseline, run)
            rows.append(
                (
                    str(n),
                    *(str(v) for v in given.values()),
                    "passed" if verdict.passed else "FAILED",
                    str(len(other)),
                )
            )
            said = "passed" if verdict.passed else told(verdict, baseline, run)
            otherwise = f"{len(other)} of {len(run.items)} items otherwise {[i.id for i in other[:5]]}"
            print(f"{n}: {said}; {otherwise}", flush=True)
    head = (
        f"Made by `python -m eval stability` on {date.today()}: the gate passes on "
        f"{options.runs - failed} of {options.runs} unchanged runs, each on indexes made from scratch in a "
        f"process of its own ({round((time.perf_counter() - began) / 60)} minutes). The last column counts "
        "items of which any score or any character of the answer differs from the baseline."
    )
    options.out.write_text(
        "\n".join(
            [
                "# Unchanged runs",
                "",
                head,
                "",
                *table(("run", *conditions(1), "gate", "items otherwise"), rows),
                "",
            ]
        ),
        "utf-8",
    )
    return 1 if failed else 0


if __name__ == "__main__":
    _evaluate(Path(sys.argv[1]), Path(sys.argv[2]), *(int(a) for a in sys.argv[3:6]))
