"""Whether a run is worse than the baseline, and how sure that is.

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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from eval.reports.summary import ALL
from eval.runs.asking import Item
from eval.runs.run import Run
from eval.scoring.stats import holm, worse

CONFIDENCE = 0.95
RIGHT = "right in full"
SAME = 1e-9  # scores that differ by no more are equal


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


def _named(ids: Sequence[str]) -> str:
    return ", ".join(ids[:3]) + (" …" if len(ids) > 3 else "")


def _failures(baseline: Run, run: Run) -> Iterator[str]:
    """Items that failed, that are gone, or whose gold was edited."""
    now, before = {i.id: i for i in run.items}, {i.id: i for i in baseline.items}
    failed = [i for i in run.items if i.error]
    if failed:
        more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        yield f"{failed[0].id} failed: {failed[0].error}{more}"
    gone = [key for key in before if key not in now]
    if gone:
        yield f"{len(gone)} items of the baseline are gone ({_named(gone)}): bless the change of gold"
    edited = [key for key in before if key in now and before[key].gold != now[key].gold]
    if edited:
        yield f"the gold of {len(edited)} items was edited ({_named(edited)}): bless the change of gold"


def _pairs(baseline: Run, run: Run) -> list[tuple[Item, Item]]:
    """(before, now) of the items that both runs have with the same gold."""
    now = {i.id: i for i in run.items}
    return [(b, now[b.id]) for b in baseline.items if b.id in now and b.gold == now[b.id].gold]


def _guarantees(pairs: Sequence[tuple[Item, Item]]) -> Iterator[str]:
    """Metrics that may get worse for no item, and did. An item that had no score before had the best."""
    for metric, row in ALL.items():
        if row.rule != "guarantee":
            continue
        best = 1.0 if row.better == "higher" else 0.0
        scored = [(b.scores.get(metric, best), a) for b, a in pairs if metric in a.scores]
        bad = [a.id for was, a in scored if _gain(metric, was, a.scores[metric]) < -SAME]
        if bad:
            yield f"{metric} ({row.about}): worse for {len(bad)} items ({_named(bad)})"


def _tested(metric: str, group: str, scores: Sequence[tuple[float, float]]) -> Test:
    """One paired test of (before, now), not yet adjusted."""
    gains = [(a - b) if metric == RIGHT else _gain(metric, b, a) for b, a in scores]
    p = worse(gains)
    return Test(
        metric=metric,
        group=group,
        n=len(scores),
        before=sum(b for b, _ in scores) / len(scores),
        after=sum(a for _, a in scores) / len(scores),
        better=sum(g > SAME for g in gains),
        worse=sum(g < -SAME for g in gains),
        p=p,
        adjusted=p,
    )


def _tests(pairs: Sequence[tuple[Item, Item]]) -> list[Test]:
    """The test over everything, and those of single metrics and categories, Holm-corrected."""
    if not pairs:
        return []
    single = [_tested(*group) for group in _groups(pairs) if group[2]]
    adjusted = holm({f"{t.metric} {t.group}": t.p for t in single})
    return [
        _tested(RIGHT, "everything", [(_right(b), _right(a)) for b, a in pairs]),
        *(replace(t, adjusted=adjusted[f"{t.metric} {t.group}"]) for t in single),
    ]


def judge(baseline: Run, run: Run, confidence: float = CONFIDENCE) -> Verdict:
    """Compare item by item. Pure."""
    pairs = _pairs(baseline, run)
    before = {i.id for i in baseline.items}
    return Verdict(
        broken=(*_failures(baseline, run), *_guarantees(pairs)),
        tests=tuple(_tests(pairs)),
        lost=tuple((b, a) for b, a in pairs if _right(b) > _right(a)),
        won=tuple((b, a) for b, a in pairs if _right(b) < _right(a)),
        new=len({i.id for i in run.items} - before),
        confidence=confidence,
    )
