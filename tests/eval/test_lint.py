"""What is wrong with gold, and that this repository's is clean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval.gold.drafts import load_drafts
from eval.gold.questions import GoldQuestion
from eval.paths import GOLD
from eval.paths import SAMPLE as CORPUS
from eval.runs.suite import REPORTED, Section, gate_suite, load_questions
from eval.tools.lint import lint, of_question


def test_the_gold_is_clean_and_enough() -> None:
    assert lint(gate_suite()) == []
    gold = {path.stem: load_questions(path, s.corpus) for s in gate_suite() for path in s.questions}
    everything = sum(len(g.questions) for name, g in gold.items() if name != "ranking_pages")
    held_out = sum(len(g.questions) for g in gold.values() if g.split == "report")
    assert {*REPORTED, "matters_report"} == {name for name, g in gold.items() if g.split == "report"}
    assert everything >= 160 and held_out * 4 >= everything
    assert len(load_drafts(GOLD / "drafts.yaml", CORPUS).drafts) >= 100


BAD: dict[str, Any] = {
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
    ({**BAD, "nuggets": [*GOOD["nuggets"], {"text": "votes", "vital": False, "accept": ["votes"]}]}, "echo"),
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
    row = (
        "- {{id: {0}, category: no_answer, question: 'Who opened the old mill in {1}?', expect: "
        "abstention, reason: not_in_corpus}}\n"
    )
    (tmp_path / "a.yaml").write_text(head + row.format("a", "Lund") + row.format("b", "lund"), "utf-8")
    (tmp_path / "b.yaml").write_text("nonsense", "utf-8")
    found = lint((Section("x", CORPUS, (tmp_path / "a.yaml", tmp_path / "b.yaml")),))
    assert [f.kind for f in found] == ["broken", "duplicate"]
