"""Does the gate fail when something breaks? ``python -m eval faults`` plants the faults of
``eval.tools.faults`` one by one, each in a process of its own, evaluates everything again and asks the
gate."""

from __future__ import annotations

import argparse
import platform
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from eval.gold.questions import GoldError
from eval.paths import BASELINE, FAULTS_TABLE
from eval.reports.summary import table
from eval.runs.run import Run, cores, progress
from eval.runs.verdict import CONFIDENCE, Verdict, judge
from eval.tools.faults import FAULTS, planted


def _one(name: str) -> tuple[str, dict[str, Any] | str]:
    try:
        return name, planted(name).model_dump(mode="json", exclude={"items": {"__all__": {"outcome"}}})
    except Exception as error:  # a fault that breaks the program outright is seen by anyone
        return name, f"{type(error).__name__}: {error}"


def caught(verdict: Verdict | str) -> bool:
    """A run that fails outright is seen by anyone."""
    return isinstance(verdict, str) or not verdict.passed


def why(verdict: Verdict | str) -> str:
    """What made the gate fail, shortest evidence first."""
    if isinstance(verdict, str):
        return f"the run itself fails: {verdict[:80]}"
    told = [
        f"{text.split(' (')[0]}: {text.rsplit(': ', 1)[-1].split(' (')[0]}"
        for text in verdict.broken
        if " failed: " not in text
    ]
    told += [
        f"{t.metric} ({t.group}) {t.before:.2f} -> {t.after:.2f}"
        for t in sorted(verdict.significant, key=lambda t: t.adjusted)
    ]
    told += [
        "recorded requests are no longer the same"
        for text in verdict.broken
        if " failed: " in text and "recorded" in text
    ]
    return "; ".join(told[:2]) or "; ".join(verdict.broken) or "not caught"


def written(results: dict[str, Verdict | str], before: str = "") -> str:
    """The table that is kept in the repository. Rows that were not planted now are taken from ``before``."""
    known = {
        cells[0]: cells
        for line in before.splitlines()
        if line.startswith("| ") and len(cells := [c.strip() for c in line.strip("| ").split(" | ")]) == 7
    }
    rows: list[Sequence[str]] = []
    today = date.today().isoformat()
    for name, fault in FAULTS.items():
        if name in results:
            v = results[name]
            moved = ("–", "–") if isinstance(v, str) else (str(len(v.lost)), str(len(v.won)))
            rows.append((name, fault.about, "yes" if caught(v) else "no", *moved, why(v), today))
        elif name in known:
            rows.append(known[name])
    found = sum(row[2] == "yes" for row in rows)
    lines = [
        "# Planted faults",
        "",
        f"Made by `python -m eval faults` (`--only NAME` makes a row anew): {found} of {len(rows)} faults "
        f"make the gate fail at {CONFIDENCE:.0%} confidence (Python {platform.python_version()}). None needs "
        "a model. *lost* and *won* count items right before and after, of the program of the day in the last "
        "column.",
        "",
        *table(("fault", "what breaks", "caught", "lost", "won", "by what (first two)", "planted on"), rows),
        "",
    ]
    return "\n".join(lines)


def faults_main(argv: list[str]) -> int:
    """``python -m eval faults [--only NAME]… [--out FILE]``: exit 1 if a fault passes the gate."""
    parser = argparse.ArgumentParser(
        prog="python -m eval faults", description="Plant faults one by one; the gate must fail on each."
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=list(FAULTS),
        metavar="NAME",
        help="one fault; may be repeated (default: all)",
    )
    parser.add_argument("--jobs", type=int, default=0, help="faults at a time (default: one a core)")
    parser.add_argument(
        "--out", type=Path, help=f"the table to write, or to make rows of anew (default: {FAULTS_TABLE.name})"
    )
    options = parser.parse_args(argv)
    baseline = Run.load(BASELINE)
    names = options.only or list(FAULTS)
    results: dict[str, Verdict | str] = {}
    with (
        progress(len(names), quiet=False) as step,
        ProcessPoolExecutor(options.jobs or cores(), get_context("spawn"), max_tasks_per_child=1) as pool,
    ):
        for future in as_completed([pool.submit(_one, name) for name in names]):
            name, made = future.result()
            results[name] = made if isinstance(made, str) else judge(baseline, Run.model_validate(made))
            verdict = results[name]
            print(f"{'caught' if caught(verdict) else 'PASSED'}  {name}: {why(verdict)}", flush=True)
            step(name)
    out = options.out or FAULTS_TABLE
    out.write_text(written(results, out.read_text("utf-8") if out.is_file() else ""), "utf-8")
    print(out)
    missed = [name for name, verdict in results.items() if not caught(verdict)]
    print(f"{len(names) - len(missed)} of {len(names)} caught")
    if not options.only and len(missed) * 10 > len(names):
        raise GoldError(f"{len(missed)} faults pass the gate: {', '.join(missed)}")
    return 1 if options.only and missed else 0
