"""Two Runs side by side, question by question: ``python -m eval compare BEFORE AFTER``."""

from __future__ import annotations

import argparse
from pathlib import Path

from eval.reports.summary import ALL, number, table
from eval.runs.gate import markdown as verdict_markdown
from eval.runs.run import Run
from eval.runs.verdict import judge
from eval.scoring.stats import difference


def compared(before: Run, after: Run) -> str:
    """Every metric's mean before and after, with the 95 % interval of the paired difference."""
    old = {i.id: i for i in before.items}
    pairs = [(old[i.id], i) for i in after.items if i.id in old and old[i.id].gold == i.gold]
    rows = []
    for name, metric in ALL.items():
        scores = [(b.scores[name], a.scores[name]) for b, a in pairs if name in b.scores and name in a.scores]
        if scores:
            x, y = [b for b, _ in scores], [a for _, a in scores]
            mean, low, high = difference(x, y)
            rows.append(
                (
                    name,
                    str(len(scores)),
                    number(sum(x) / len(x), metric.unit),
                    number(sum(y) / len(y), metric.unit),
                    f"{mean:+.3f} ({low:+.3f} to {high:+.3f})",
                )
            )
    changed = [
        f"{key}: {before.made_by.get(key)} -> {value}"
        for key, value in after.made_by.items()
        if before.made_by.get(key) != value
    ]
    head = [
        f"{before.name} -> {after.name}; {len(pairs)} items in common",
        "; ".join(changed) or "made by the same",
        "",
    ]
    return "\n".join(head + table(("metric", "items", "before", "after", "difference, 95 % interval"), rows))


def compare_main(argv: list[str]) -> int:
    """``python -m eval compare BEFORE AFTER``."""
    parser = argparse.ArgumentParser(prog="python -m eval compare", description="Two Runs side by side.")
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    options = parser.parse_args(argv)
    before, after = Run.load(options.before), Run.load(options.after)
    print(compared(before, after))
    print("\n" + verdict_markdown(judge(before, after), before, after))
    return 0
