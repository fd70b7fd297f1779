"""Runs as Markdown: a table of metrics with intervals, by category, and where questions were lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from eval.gold.drafts import DRAFTS
from eval.gold.reading import READING
from eval.runs.asking import Item
from eval.runs.run import Run
from eval.scoring.attribution import SPEECH
from eval.scoring.metrics import METRICS, Metric
from eval.scoring.stages import STAGES
from eval.scoring.stats import interval
from eval.scoring.temporal import TIMES

ALL: dict[str, Metric] = {**METRICS, **READING, **DRAFTS, **SPEECH, **TIMES}


def values(items: Iterable[Item], metric: str) -> list[float]:
    """The scores of those items that have one."""
    return [i.scores[metric] for i in items if metric in i.scores]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(head) + " |",
        "|" + "---|" * len(head),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]


def number(value: float, unit: str = "share") -> str:
    return f"{value:.3f}" if unit == "share" else f"{value:.1f}"


def metric_rows(items: Sequence[Item]) -> list[tuple[str, str, str, str, str]]:
    """(metric, mean, interval, number of items, what it is) of every metric that can be scored."""
    rows = []
    for name, metric in ALL.items():
        found = values(items, name)
        if found:
            mean, low, high = interval(found)
            rows.append(
                (
                    name,
                    number(mean, metric.unit),
                    f"{number(low, metric.unit)} to {number(high, metric.unit)}",
                    str(len(found)),
                    metric.about + (" (lower is better)" if metric.better == "lower" else ""),
                )
            )
    return rows


def by_category(items: Sequence[Item]) -> list[tuple[str, str, str]]:
    """(category, right in full, number) of the questions."""
    rows = []
    for category in sorted({i.category for i in items if i.kind == "question"}):
        own = [i for i in items if i.kind == "question" and i.category == category]
        rows.append((category, str(sum(i.stage == "right" for i in own)), str(len(own))))
    return rows


def markdown(run: Run) -> str:
    """The summary of one run."""
    failed = [i for i in run.items if i.error]
    lines = [
        f"{len(run.items) - len(failed)} items scored, {len(failed)} failed, "
        f"{run.seconds['all']} s; run {run.name}",
        "",
    ]
    lines += table(("metric", "mean", "95 % interval", "items", ""), metric_rows(run.items))
    if categories := by_category(run.items):
        lines += ["", *table(("category", "right in full", "of"), categories)]
        stages = Counter(i.stage for i in run.items if i.kind == "question" and i.stage != "right")
        lines += ["", *table(("questions lost", "n"), [(STAGES[s], str(n)) for s, n in stages.most_common()])]
    lines += [f"\nfailed: {i.id}: {i.error}" for i in failed]
    return "\n".join(lines)
