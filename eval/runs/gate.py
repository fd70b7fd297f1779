"""The gate as a command, what it says, and blessing: a run becomes the baseline with its reason on record.
The rules are in ``eval.runs.verdict``."""

from __future__ import annotations

import argparse
import datetime
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from eval.gold.questions import GoldError
from eval.paths import BASELINE, RUNS
from eval.reports.summary import ALL, number, table
from eval.runs.asking import Item
from eval.runs.run import Blessing, Run, make_run
from eval.runs.suite import gate_suite
from eval.runs.verdict import CONFIDENCE, Test, Verdict, judge


def _listed(title: str, pairs: Sequence[tuple[Item, Item]], most: int = 40) -> list[str]:
    """Items one by one; those of the reported split only as counts, so that nobody tunes on them."""
    if not pairs:
        return []
    lines = [f"{title}: {len(pairs)}"]
    shown = [(b, a) for b, a in pairs if not a.held_out]
    for b, a in shown[:most]:
        lines.append(f"  {a.id}  {b.stage} -> {a.stage}  {a.category}: {a.asked[:90]}")
    if len(shown) > most:
        lines.append(f"  … and {len(shown) - most} more (python -m eval report)")
    hidden = Counter((b.stage, a.stage) for b, a in pairs if a.held_out)
    lines += [f"  held out, {n}: {x} -> {y}" for (x, y), n in hidden.most_common()]
    return lines


def _unit(test: Test) -> str:
    return ALL[test.metric].unit if test.metric in ALL else "share"


def _worse(t: Test) -> str:
    return (
        f"  worse: {t.metric} ({t.group}, {t.n} items): {number(t.before, _unit(t))} -> "
        f"{number(t.after, _unit(t))}; {t.worse} worse, {t.better} better, p = {t.adjusted:.2g}"
    )


def told(verdict: Verdict, baseline: Run, run: Run) -> str:
    """The verdict for a person: one line, why, what was lost and won, and where the time went."""
    right = [sum(i.stage == "right" for i in r.items) for r in (baseline, run)]
    lines = [
        f"gate: {'PASSED' if verdict.passed else 'FAILED'} ({len(verdict.tests)} paired tests, "
        f"{verdict.confidence:.0%} confidence; run {run.name}, baseline {baseline.name})",
        *(f"  broken: {text}" for text in verdict.broken),
        *map(_worse, verdict.significant),
        *_listed("lost", verdict.lost),
        *_listed("won", verdict.won),
    ]
    if verdict.new:
        lines.append(
            f"new gold, not compared: {verdict.new} items; `python -m eval bless --reason …` takes them in"
        )
    lines += [
        f"right in full: {right[0]} of {len(baseline.items)} -> {right[1]} of {len(run.items)}",
        "spent: " + ", ".join(f"{name} {value:g} s" for name, value in run.seconds.items()),
    ]
    if not verdict.passed:
        lines.append('If this is meant: python -m eval bless --reason "why"')
    return "\n".join(lines)


def _row(t: Test) -> tuple[str, ...]:
    before, after = number(t.before, _unit(t)), number(t.after, _unit(t))
    return (t.metric, t.group, str(t.n), before, after, str(t.better), str(t.worse), f"{t.adjusted:.2g}")


def markdown(verdict: Verdict, baseline: Run, run: Run) -> str:
    """The verdict for a pull request."""
    moved = [t for t in sorted(verdict.tests, key=lambda t: t.adjusted) if t.better or t.worse]
    head = ("metric", "group", "items", "baseline", "now", "better", "worse", "p (Holm)")
    return "\n".join(
        [
            f"### Gate: {'passed' if verdict.passed else 'FAILED'}",
            "",
            *(f"- {text}" for text in verdict.broken),
            *(table(head, map(_row, moved)) if moved else ["Nothing moved."]),
            "",
            "```",
            told(verdict, baseline, run),
            "```",
            "",
        ]
    )


def gate_main(argv: list[str]) -> int:
    """``python -m eval gate [--run FILE] [--baseline FILE] [--markdown FILE]``."""
    parser = argparse.ArgumentParser(
        prog="python -m eval gate", description="Compare with the baseline; exit 1 on a regression."
    )
    parser.add_argument("--run", type=Path, help="a Run that was made already (default: one is made)")
    parser.add_argument("--baseline", type=Path, default=BASELINE)
    parser.add_argument("--confidence", type=float, default=CONFIDENCE)
    parser.add_argument("--jobs", type=int, default=0, help="processes (default: one a core)")
    parser.add_argument("--markdown", type=Path, help="append the verdict to this file as Markdown")
    options = parser.parse_args(argv)
    baseline = Run.load(options.baseline)
    run = Run.load(options.run) if options.run else make_run(gate_suite(), jobs=options.jobs, quiet=False)
    if not options.run:
        run.save(RUNS / f"{run.name}.json")
    verdict = judge(baseline, run, options.confidence)
    print(told(verdict, baseline, run))
    if options.markdown:
        with options.markdown.open("a", encoding="utf-8") as file:
            file.write(markdown(verdict, baseline, run))
    return 0 if verdict.passed else 1


def blessed(run: Run, previous: Run | None, reason: str, today: str) -> Run:
    """``run`` as a baseline: answers' texts and scores, without traces, with its reason on record."""
    failed = [i.id for i in run.items if i.error]
    if failed:
        raise GoldError(f"{len(failed)} items failed ({failed[0]} …): a run with failures is no baseline")
    verdict = judge(previous, run) if previous else None
    note = Blessing(
        date=today,
        reason=reason,
        won=len(verdict.won) if verdict else 0,
        lost=len(verdict.lost) if verdict else 0,
    )
    items = tuple(i.model_copy(update={"outcome": None}) for i in run.items)
    return run.model_copy(update={"items": items, "blessed": (*(previous.blessed if previous else ()), note)})


def bless_main(argv: list[str]) -> int:
    """``python -m eval bless --reason TEXT [--run FILE]``: this is the baseline from now on."""
    parser = argparse.ArgumentParser(
        prog="python -m eval bless", description="Make a Run the baseline, with the reason on record."
    )
    parser.add_argument(
        "--reason", required=True, help="why the change is meant; it is written into the baseline"
    )
    parser.add_argument("--run", type=Path, help="a Run that was made already (default: one is made)")
    parser.add_argument("--baseline", type=Path, default=BASELINE)
    options = parser.parse_args(argv)
    if len(options.reason.split()) < 3:
        raise GoldError("--reason: say in a few words why the change is meant")
    run = Run.load(options.run) if options.run else make_run(gate_suite(), quiet=False)
    previous = Run.load(options.baseline) if options.baseline.is_file() else None
    if previous:
        print(told(judge(previous, run), previous, run))
    blessed(run, previous, options.reason, datetime.date.today().isoformat()).save(options.baseline)
    print(f"blessed: {options.baseline}")
    return 0
