"""The gate's verdicts, the runner's promises, and the lists that come with them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.gold.drafts import load_drafts
from eval.gold.questions import GoldError, GoldQuestion
from eval.paths import BASELINE, GOLD, PAGES
from eval.paths import SAMPLE as CORPUS
from eval.reports.compare import compared
from eval.reports.publish import README, block, replaced
from eval.runs import run as running
from eval.runs.asking import Item
from eval.runs.gate import Verdict, blessed, gate_main, judge, markdown, told
from eval.runs.run import Run, make_run
from eval.runs.suite import REPORTED, Section, gate_suite, load_questions
from eval.scoring.stages import STAGES
from eval.scoring.stats import holm, interval, worse
from eval.tools.faults import FAULTS, planted
from eval.tools.lint import lint, of_question

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


# --- statistics -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "p"),
    [
        ([], 1.0),
        ([1, 1], 1.0),
        ([-1] * 5, 1 / 32),
        ([-1] * 5 + [1], 7 / 64),
        ([-0.5, -0.25], 0.25),
        ([0, 0, -1], 0.5),
    ],
)
def test_paired_p(changes: list[float], p: float) -> None:
    assert worse(changes) == pytest.approx(p)


@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), max_size=30))
def test_what_is_not_worse_is_never_significant(changes: list[float]) -> None:
    p = worse(changes)
    assert 0 < p <= 1 and (sum(changes) < 0 or p == 1.0)


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.floats(1e-6, 1), min_size=1, max_size=8))
def test_holm_only_raises(pvalues: dict[str, float]) -> None:
    adjusted = holm(pvalues)
    assert all(
        pvalues[k] <= adjusted[k] <= 1 and adjusted[k] <= min(1, pvalues[k] * len(pvalues)) + 1e-12
        for k in pvalues
    )
    order = sorted(pvalues, key=lambda k: pvalues[k])
    assert all(adjusted[a] <= adjusted[b] for a, b in itertools.pairwise(order))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_an_interval_holds_its_mean(values: list[float]) -> None:
    mean, low, high = interval(values)
    assert low - 1e-9 <= mean <= high + 1e-9


# --- gold -------------------------------------------------------------------------------------


def test_the_gold_is_clean_and_enough() -> None:
    assert lint(gate_suite()) == []
    gold = {path.stem: load_questions(path, s.corpus) for s in gate_suite() for path in s.questions}
    everything = sum(len(g.questions) for name, g in gold.items() if name != "ranking_pages")
    held_out = sum(len(g.questions) for g in gold.values() if g.split == "report")
    assert {*REPORTED, "matters_report"} == {name for name, g in gold.items() if g.split == "report"}
    assert everything >= 160 and held_out * 4 >= everything
    assert len(load_drafts(GOLD / "drafts.yaml", CORPUS).drafts) >= 100


BAD = {
    "id": "x",
    "category": "figure",
    "question": "Is it 87.3% of votes?",
    "expect": "answer",
    "nuggets": [{"text": "87.3%", "accept": ["87.3%"]}],
}
GOOD = {**BAD, "question": "How much?"}
LINTED: list[tuple[dict[str, Any], str | None]] = [
    (GOOD, None),
    (BAD, "leak"),
    ({**BAD, "nuggets": [*GOOD["nuggets"], {"text": "votes", "vital": False, "accept": ["votes"]}]}, "echo"),  # type: ignore[misc]
    ({**GOOD, "history": ["Did he get 87.3%?"]}, "leak"),
    ({**GOOD, "nuggets": [{"text": "n", "accept": ["91%"]}]}, "unfounded"),
    ({**GOOD, "forbidden": ["87.3%"]}, "contradiction"),
    ({**GOOD, "category": "follow_up"}, "broken"),
    ({**GOOD, "quotes": [{"article": "a.txt#1", "text": "Nothing of the kind."}]}, "unfounded"),
    (
        {
            **GOOD,
            "forbidden": ["the mill"],
            "quotes": [{"article": "a.txt#1", "text": "At the mill 87.3% voted."}],
        },
        "contradiction",
    ),
]


@pytest.mark.parametrize(("question", "kind"), LINTED)
def test_lint(question: dict[str, Any], kind: str | None) -> None:
    kinds = [
        k for k, _ in of_question(GoldQuestion.model_validate(question), ["He leads with 87.3% of the vote."])
    ]
    assert (kind in kinds) if kind else kinds == []


def test_lint_finds_what_is_asked_twice_and_what_does_not_load(tmp_path: Path) -> None:
    head = "format: qa.gold/1\nsplit: tune\nhow: x\nquestions:\n"
    row = "- {{id: {0}, category: no_answer, question: 'Who opened the old mill in {1}?', expect: abstention, reason: not_in_corpus}}\n"
    (tmp_path / "a.yaml").write_text(head + row.format("a", "Lund") + row.format("b", "lund"), "utf-8")
    (tmp_path / "b.yaml").write_text("nonsense", "utf-8")
    found = lint((Section("x", CORPUS, (tmp_path / "a.yaml", tmp_path / "b.yaml")),))
    assert [f.kind for f in found] == ["broken", "duplicate"]


# --- runs -------------------------------------------------------------------------------------

SMALL = (Section("sample", CORPUS, (GOLD / "filters.yaml",), GOLD / "articles", (GOLD / "drafts.yaml",)),)


@pytest.fixture(scope="module")
def small() -> Run:
    return make_run(SMALL, jobs=1, runs=None)


def without_times(run: Run) -> dict[str, Any]:
    return run.model_dump(exclude={"seconds"})


def test_a_run_does_not_depend_on_processes_or_order(small: Run) -> None:
    other = make_run(SMALL, jobs=2, runs=None, order=[i.id for i in reversed(small.items)])
    assert without_times(other) == without_times(small)
    assert {i.stage for i in small.items} <= {
        *STAGES,
        "misread",
        "wrongly_passed",
        "wrongly_dropped",
    } and not [i for i in small.items if i.error]


def test_an_interrupted_run_goes_on_where_it_stopped(
    small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = running.ask_all

    def some(section: Any, library: Any, keys: Any, *rest: Any) -> None:
        def done(key: str, found: Any) -> None:
            rest[-1](key, found)
            asked.append(key)
            if len(asked) == 20:
                raise KeyboardInterrupt

        real(section, library, keys, *rest[:-1], done)

    monkeypatch.setattr(running, "ask_all", some)
    with pytest.raises(KeyboardInterrupt):
        make_run(SMALL, jobs=1, runs=tmp_path)
    partial = next(tmp_path.glob("*.partial.jsonl"))
    with partial.open("a", encoding="utf-8") as file:
        file.write('{"key": "filters:fil-00')  # the line that a kill cuts off
    first = list(asked)
    again = make_run(SMALL, jobs=1, runs=tmp_path)
    assert (
        set(first).isdisjoint(asked[20:])
        and without_times(again) == without_times(small)
        and not list(tmp_path.glob("*.partial.jsonl"))
    )


def test_a_run_is_read_back_as_it_was_written(small: Run, tmp_path: Path) -> None:
    small.save(tmp_path / "r.json")
    assert Run.load(tmp_path / "r.json") == small
    (tmp_path / "bad.json").write_text(json.dumps({"format": "qa.run/1"}), "utf-8")
    for name, message in (("bad.json", "is not a Run"), ("none.json", "No such file")):
        with pytest.raises(GoldError, match=message):
            Run.load(tmp_path / name)


@pytest.mark.parametrize(
    ("fault", "says", "sections"),
    [
        (
            "dates not parsed",
            "published",
            (Section("sample", CORPUS, (), GOLD / "articles"), Section("pages", PAGES, (), PAGES)),
        ),
        ("support check skipped", "draft_caught", SMALL),
        ("an article lost", "article_found", SMALL),
        ("offsets shifted by one", "citation_validity", SMALL),
    ],
)
def test_the_gate_fails_on_a_planted_fault(fault: str, says: str, sections: tuple[Section, ...]) -> None:
    broken = planted(fault, sections)
    keys = {i.id for i in broken.items}
    baseline = Run.load(BASELINE)
    baseline = baseline.model_copy(update={"items": tuple(i for i in baseline.items if i.id in keys)})
    verdict = judge(baseline, broken)
    assert not verdict.passed and any(
        says in text for text in [*verdict.broken, *(t.metric for t in verdict.significant)]
    )


def test_there_are_faults_enough_and_the_table_names_them() -> None:
    lines = (GOLD.parent / "FAULTS.md").read_text("utf-8")
    assert len(FAULTS) >= 20 and all(f"| {name} | {fault.about} |" in lines for name, fault in FAULTS.items())


def test_the_baseline_has_all_gold_and_passes_against_itself() -> None:
    baseline = Run.load(BASELINE)
    assert judge(baseline, baseline).passed and baseline.blessed
    gold = {
        f"{path.stem}:{q.id}"
        for s in gate_suite()
        for path in s.questions
        for q in load_questions(path, s.corpus).questions
    }
    assert gold <= {i.id for i in baseline.items}
    assert all(i.scores.get("citation_validity", 1.0) == 1.0 for i in baseline.items)


def test_the_numbers_of_the_readme_are_those_of_the_baseline() -> None:
    from eval.reports.publish import ORIGINALS

    text = README.read_text("utf-8")
    assert replaced(text, block(Run.load(BASELINE), Run.load(ORIGINALS))) == text, (
        "run: python -m eval publish"
    )
    assert not [i for i in Run.load(ORIGINALS).items if i.made or i.outcome], (
        "texts of others do not belong here"
    )


def test_a_peer_is_scored_by_the_same_metrics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "toypeer.py").write_text(
        "from eval.tools.peers import Reply\n"
        "def adapter(folder):\n"
        "    def ask(question):\n"
        "        return Reply('The Parliament News', [('002_tag_page.txt', 'Putin'), ('002_tag_page.txt', 'words that are nowhere')])\n"
        "    return ask\n",
        "utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    run = make_run(
        (Section("sample", CORPUS, (GOLD / "filters.yaml",)),), jobs=1, runs=None, peer="toypeer:adapter"
    )
    assert {i.scores["citation_validity"] for i in run.items} == {0.5} and all(
        i.scores.get("abstained", 0.0) == 0.0 for i in run.items
    )
    with pytest.raises(GoldError, match="MODULE:FUNCTION"):
        make_run(
            (Section("sample", CORPUS, (GOLD / "filters.yaml",)),), jobs=1, runs=None, peer="nowhere:adapter"
        )


# --- a model, live ----------------------------------------------------------------------------


def test_a_judges_votes_are_counted_and_an_unreadable_one_is_no_vote() -> None:
    from eval.tools.judge import judge
    from eval.tools.judge import told as judged
    from qa.llm.client import QueueLLM

    llm = QueueLLM(
        [
            "supported",
            "Supported.",
            "unsupported",
            "unsupported",
            "unsupported",
            "unsupported",
            "well …",
            "hm",
            "I think",
        ]
    )
    votes = [judge(llm, f"q{n}", "The mill opens.", ("The mill opens on Monday.",), 3) for n in range(3)]
    assert [v.support for v in votes] == [pytest.approx(2 / 3), 0.0, None] and [v.agreed for v in votes] == [
        False,
        True,
        True,
    ]
    assert (
        len({r.seed for r in llm.asked}) == 3
        and "- The mill opens on Monday." in llm.asked[0].messages[-1].content
    )
    text = judged(votes, "m")
    assert "of 2 claims supported" in text and "disagrees with itself on 1 of 3; 1 unscored" in text


def test_the_figures_of_prose() -> None:
    from eval.tools.prose import told as figures_of

    line = {
        "claims": [{}],
        "dropped": [{"why": "quote_not_found"}],
        "notes": [],
        "reason": None,
        "kind": "answer",
        "tokens": {"prompt": 100, "completion": 20},
        "seconds": {"answer": 2.0, "first_sentence": 1.0},
        "scores": {"exact": 1.0, "forbidden": None},
    }
    lost = {
        **line,
        "claims": [],
        "reason": "unverified",
        "kind": "abstention",
        "seconds": {"answer": 4.0},
        "notes": ["model_failed"],
        "dropped": [{"why": "number"}, {"why": "number"}],
    }
    text = figures_of([line, lost])
    assert (
        "the model failed on 1" in text
        and "claims drafted 4; their quote exact in 0.750; kept 1" in text
        and "answers lost to the check 1; answered 1" in text
    )
    assert (
        "3.0 s; first proven sentence after 1.0 s" in text
        and "exact 1.000 (2)" in text
        and "forbidden –" in text
    )
