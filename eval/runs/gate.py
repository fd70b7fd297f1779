"""The gate: is this worse than the baseline, and are you sure?

Three rules, each over the items that both runs have with the same gold:

- *Failures and gold*: a question that fails, or an item of the baseline that is gone or whose gold was
  edited, fails the gate (new gold is told, and compared once it is blessed).
- *Guarantees* (metrics so marked: citations are the source's characters, no forbidden fact, no false
  claim let through) may get worse for no item. They are promises, not rates.
- *Paired tests*, one-sided: exact McNemar or a sign-flip permutation (``eval.scoring.stats.worse``). Two
  questions, each answered at the stated confidence: were more items lost than won, over everything (one
  test)? And is any single metric worse, or what is right in full in any category (many tests,
  Holm-corrected)? So a change that is as often better as worse fails with at most twice
  ``1 - confidence``.
"""

from __future__ import annotations

import argparse
import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.gold.questions import GoldError
from eval.paths import BASELINE, RUNS
from eval.reports.summary import ALL, number, table
from eval.runs.asking import Item
from eval.runs.run import Blessing, Run, make_run
from eval.runs.suite import gate_suite
from eval.scoring.stats import holm, worse

CONFIDENCE = 0.95
RIGHT = "right in full"


@dataclass(frozen=True, slots=True)
class Test:
    """One paired test: a metric over a group of items."""

    metric: str
    group: str
    n: int
    before: float
    after: float
    better: int
    worse: int
    p: float
    adjusted: float


@dataclass(frozen=True, slots=True)
class Verdict:
    broken: tuple[str, ...]  # failures, gold that changed, guarantees that do not hold
    tests: tuple[Test, ...]
    lost: tuple[tuple[Item, Item], ...]  # (in the baseline, now)
    won: tuple[tuple[Item, Item], ...]
    new: int
    confidence: float

    @property
    def significant(self) -> list[Test]:
        return [t for t in self.tests if t.adjusted < 1 - self.confidence]

    @property
    def passed(self) -> bool:
        return not self.broken and not self.significant


def _gain(metric: str, before: float, after: float) -> float:
    return after - before if ALL[metric].better == "higher" else before - after


def _right(item: Item) -> float:
    return float(item.stage == "right")


def _groups(pairs: Sequence[tuple[Item, Item]]) -> Iterator[tuple[str, str, list[tuple[float, float]]]]:
    """(metric, group, pairs of scores) of every paired test."""
    for metric, row in ALL.items():
        if row.rule == "paired":
            yield (
                metric,
                "all",
                [
                    (b.scores[metric], a.scores[metric])
                    for b, a in pairs
                    if metric in b.scores and metric in a.scores
                ],
            )
    for kind in ("question", "article", "draft"):
        for category in sorted({b.category for b, _ in pairs if b.kind == kind}):
            yield (
                RIGHT,
                f"{kind}: {category}",
                [(_right(b), _right(a)) for b, a in pairs if b.kind == kind and b.category == category],
            )


def judge(baseline: Run, run: Run, confidence: float = CONFIDENCE) -> Verdict:
    """Compare item by item. Pure."""
    now = {i.id: i for i in run.items}
    before = {i.id: i for i in baseline.items}
    failed = [i for i in run.items if i.error]
    broken = (
        [
            f"{failed[0].id} failed: {failed[0].error}"
            + (f" (and {len(failed) - 1} more)" if len(failed) > 1 else "")
        ]
        if failed
        else []
    )
    gone = [key for key in before if key not in now]
    edited = [key for key in before if key in now and before[key].gold != now[key].gold]
    if gone:
        broken.append(
            f"{len(gone)} items of the baseline are gone ({', '.join(gone[:3])} …): bless the change of gold"
        )
    if edited:
        broken.append(
            f"the gold of {len(edited)} items was edited ({', '.join(edited[:3])} …): bless the change of gold"
        )
    pairs = [(before[k], now[k]) for k in before if k in now and k not in edited]
    for metric, row in ALL.items():
        if row.rule == "guarantee":
            best = 1.0 if row.better == "higher" else 0.0
            bad = [
                a
                for b, a in pairs
                if metric in a.scores and _gain(metric, b.scores.get(metric, best), a.scores[metric]) < -1e-9
            ]
            if bad:
                broken.append(
                    f"{metric} ({row.about}): worse for {len(bad)} items ({', '.join(i.id for i in bad[:3])}{' …' if len(bad) > 3 else ''})"
                )
    tests = []
    for metric, group, scores in _groups(pairs):
        gains = [(a - b) if metric == RIGHT else _gain(metric, b, a) for b, a in scores]
        if scores:
            tests.append(
                Test(
                    metric,
                    group,
                    len(scores),
                    sum(b for b, _ in scores) / len(scores),
                    sum(a for _, a in scores) / len(scores),
                    sum(g > 1e-9 for g in gains),
                    sum(g < -1e-9 for g in gains),
                    worse(gains),
                    1.0,
                )
            )
    adjusted = holm({f"{t.metric} {t.group}": t.p for t in tests})
    tests = [replace(t, adjusted=adjusted[f"{t.metric} {t.group}"]) for t in tests]
    if pairs:
        gains = [_right(a) - _right(b) for b, a in pairs]
        p = worse(gains)
        tests.insert(
            0,
            Test(
                RIGHT,
                "everything",
                len(pairs),
                sum(_right(b) for b, _ in pairs) / len(pairs),
                sum(_right(a) for _, a in pairs) / len(pairs),
                sum(g > 0 for g in gains),
                sum(g < 0 for g in gains),
                p,
                p,
            ),
        )
    return Verdict(
        tuple(broken),
        tuple(tests),
        tuple((b, a) for b, a in pairs if _right(b) > _right(a)),
        tuple((b, a) for b, a in pairs if _right(b) < _right(a)),
        sum(k not in before for k in now),
        confidence,
    )


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


def told(verdict: Verdict, baseline: Run, run: Run) -> str:
    """The verdict for a person: one line, why, what was lost and won, and where the time went."""
    lines = [
        f"gate: {'PASSED' if verdict.passed else 'FAILED'} ({len(verdict.tests)} paired tests, {verdict.confidence:.0%} confidence; run {run.name}, baseline {baseline.name})"
    ]
    lines += [f"  broken: {text}" for text in verdict.broken]
    for t in verdict.significant:
        unit = ALL[t.metric].unit if t.metric in ALL else "share"
        lines.append(
            f"  worse: {t.metric} ({t.group}, {t.n} items): {number(t.before, unit)} -> {number(t.after, unit)}; {t.worse} worse, {t.better} better, p = {t.adjusted:.2g}"
        )
    lines += _listed("lost", verdict.lost) + _listed("won", verdict.won)
    if verdict.new:
        lines.append(
            f"new gold, not compared: {verdict.new} items; `python -m eval bless --reason …` takes them in"
        )
    right = {
        name: sum(i.stage == "right" for i in r.items) for name, r in (("before", baseline), ("now", run))
    }
    lines.append(
        f"right in full: {right['before']} of {len(baseline.items)} -> {right['now']} of {len(run.items)}"
    )
    lines.append("spent: " + ", ".join(f"{name} {value:g} s" for name, value in run.seconds.items()))
    if not verdict.passed:
        lines.append('If this is meant: python -m eval bless --reason "why"')
    return "\n".join(lines)


def markdown(verdict: Verdict, baseline: Run, run: Run) -> str:
    """The verdict for a pull request."""
    lines = [
        f"### Gate: {'passed' if verdict.passed else 'FAILED'}",
        "",
        *(f"- {text}" for text in verdict.broken),
    ]
    rows = []
    for t in sorted(verdict.tests, key=lambda t: t.adjusted):
        if t.better or t.worse:
            unit = ALL[t.metric].unit if t.metric in ALL else "share"
            rows.append(
                (
                    t.metric,
                    t.group,
                    str(t.n),
                    number(t.before, unit),
                    number(t.after, unit),
                    str(t.better),
                    str(t.worse),
                    f"{t.adjusted:.2g}",
                )
            )
    lines += (
        table(("metric", "group", "items", "baseline", "now", "better", "worse", "p (Holm)"), rows)
        if rows
        else ["Nothing moved."]
    )
    return "\n".join([*lines, "", "```", told(verdict, baseline, run), "```", ""])


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
