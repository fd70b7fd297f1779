"""The gate's verdicts, its exit code, and blessing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.gold.questions import GoldError
from eval.reports.compare import compared
from eval.runs.asking import Item
from eval.runs.gate import blessed, gate_main, markdown, told
from eval.runs.run import Run
from eval.runs.verdict import Verdict, judge

Change = Callable[[list[dict[str, Any]]], None]


def items(n: int = 40) -> list[dict[str, Any]]:
    """Questions of which the first half is right."""
    return [
        {
            "id": f"tune:q{k}",
            "kind": "question",
            "category": "date" if k % 2 else "figure",
            "split": "tune",
            "gold": "g",
            "asked": f"question {k}",
            "made": f"answer {k}",
            "stage": "right" if k < n / 2 else "not_chosen",
            "scores": {"exact": float(k < n / 2), "citation_validity": 1.0, "ndcg@10": 0.5, "words": 20.0},
        }
        for k in range(n)
    ]


def a_run(found: list[dict[str, Any]]) -> Run:
    return Run(
        made_by={"code": "x"},
        sections={"sample": {"articles": 23}},
        seconds={"all": 1.0},
        items=tuple(Item.model_validate(i) for i in found),
    )


def _lose(*keys: int) -> Change:
    def change(found: list[dict[str, Any]]) -> None:
        for k in keys:
            found[k] |= {"stage": "wrongly_abstained", "scores": {**found[k]["scores"], "exact": 0.0}}

    return change


def _win(*keys: int) -> Change:
    def change(found: list[dict[str, Any]]) -> None:
        for k in keys:
            found[k] |= {"stage": "right", "scores": {**found[k]["scores"], "exact": 1.0}}

    return change


def _score(metric: str, value: float, count: int) -> Change:
    def change(found: list[dict[str, Any]]) -> None:
        for k in range(count):
            found[k]["scores"] = {**found[k]["scores"], metric: value}

    return change


def _both(*changes: Change) -> Change:
    return lambda found: [change(found) for change in changes] and None  # type: ignore[func-returns-value]


VERDICTS: list[tuple[str, Change, bool, str]] = [
    ("nothing moved", lambda found: None, True, "PASSED"),
    ("one question lost", _lose(0), True, "lost: 1"),
    (
        "as many won as lost",
        _both(_lose(0, 1, 2, 3, 4, 5, 6, 7, 8), _win(20, 21, 22, 23, 24, 25, 26, 27, 28)),
        True,
        "won: 9",
    ),
    ("many won", _win(20, 21, 22, 23, 24, 25, 26, 27), True, "won: 8"),
    ("four lost", _lose(*range(4)), True, "lost: 4"),
    ("five lost", _lose(*range(5)), False, "worse: right in full (everything"),
    ("eight lost", _lose(*range(8)), False, "worse: exact"),
    ("eight lost, one won", _both(_lose(*range(8)), _win(30)), False, "worse: right in full (everything"),
    ("eight lost, three won", _both(_lose(*range(8)), _win(30, 31, 32)), True, "lost: 8"),
    ("twelve lost, one won", _both(_lose(*range(12)), _win(30)), False, "worse: exact"),
    ("retrieval sinks a little everywhere", _score("ndcg@10", 0.4, 30), False, "worse: ndcg@10"),
    ("answers grow long", _score("words", 60.0, 40), False, "worse: words"),
    (
        "one citation is no longer the source's",
        _score("citation_validity", 0.5, 1),
        False,
        "broken: citation_validity",
    ),
    ("one answer holds a forbidden fact", _score("forbidden", 1.0, 1), False, "broken: forbidden"),
    (
        "a question fails",
        lambda found: found[0].update(error="Timeout: no", stage="error", scores={}),
        False,
        "tune:q0 failed",
    ),
    ("a question is gone", lambda found: found.pop() and None, False, "gone"),
    ("gold was edited", lambda found: found[0].update(gold="other"), False, "edited"),
    (
        "new gold",
        lambda found: found.append({**found[0], "id": "tune:new"}),
        True,
        "new gold, not compared: 1",
    ),
]


def verdict_of(change: Change) -> tuple[Verdict, Run, Run]:
    now = items()
    change(now)
    before, after = a_run(items()), a_run(now)
    return judge(before, after), before, after


@pytest.mark.parametrize(
    ("change", "passes", "says"), [v[1:] for v in VERDICTS], ids=[v[0] for v in VERDICTS]
)
def test_verdicts(change: Change, passes: bool, says: str) -> None:
    verdict, before, after = verdict_of(change)
    text = told(verdict, before, after)
    assert (verdict.passed, says in text) == (passes, True), text
    assert ("bless" in text) == (not passes or verdict.new > 0)
    assert f"### Gate: {'passed' if passes else 'FAILED'}" in markdown(verdict, before, after)


def test_the_gate_is_an_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_run(items()).save(tmp_path / "baseline.json")
    for change, code in ((_lose(0), 0), (_lose(*range(9)), 1)):
        now = items()
        change(now)
        a_run(now).save(tmp_path / "run.json")
        assert (
            gate_main(
                [
                    "--run",
                    str(tmp_path / "run.json"),
                    "--baseline",
                    str(tmp_path / "baseline.json"),
                    "--markdown",
                    str(tmp_path / "s.md"),
                ]
            )
            == code
        )
    assert "wrongly_abstained" in capsys.readouterr().out and "FAILED" in (tmp_path / "s.md").read_text(
        "utf-8"
    )


def test_held_out_questions_are_counted_and_not_named() -> None:
    def change(found: list[dict[str, Any]]) -> None:
        for k in range(3):
            found[k] |= {"split": "report", "asked": "SECRET"}
        _lose(0, 1, 2)(found)

    verdict, before, after = verdict_of(change)
    text = told(verdict, before, after) + markdown(verdict, before, after)
    assert "held out, 3: right -> wrongly_abstained" in text and "SECRET" not in text


def test_a_blessing_needs_success_and_keeps_its_reason() -> None:
    now = items()
    _lose(*range(9))(now)
    better = blessed(a_run(now), a_run(items()), "the threshold was raised on purpose", "2026-01-02")
    assert better.blessed[-1].reason == "the threshold was raised on purpose" and (
        better.blessed[-1].lost,
        better.blessed[-1].won,
    ) == (9, 0)
    assert judge(better, a_run(now)).passed
    now[0]["error"] = "boom"
    with pytest.raises(GoldError, match="no baseline"):
        blessed(a_run(now), None, "whatever it may be", "2026-01-02")


def test_compare_shows_both_sides() -> None:
    _, before, after = verdict_of(_lose(0, 1))
    assert "| exact | 40 | 0.500 | 0.450 | -0.050" in compared(before, after)
