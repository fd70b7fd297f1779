"""Planted faults, and the table of them."""

from __future__ import annotations

import pytest

from eval.paths import BASELINE, FAULTS_TABLE, GOLD, PAGES
from eval.paths import SAMPLE as CORPUS
from eval.runs.run import Run
from eval.runs.suite import Section
from eval.runs.verdict import judge
from eval.tools.faults import FAULTS, planted

SMALL = (Section("sample", CORPUS, (GOLD / "filters.yaml",), GOLD / "articles", (GOLD / "drafts.yaml",)),)


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
    lines = FAULTS_TABLE.read_text("utf-8")
    assert len(FAULTS) >= 20 and all(f"| {name} | {fault.about} |" in lines for name, fault in FAULTS.items())


@pytest.mark.parametrize("name", FAULTS)
def test_what_a_fault_replaces_is_there(name: str) -> None:
    """A run that fails because its fault cannot be planted would count as caught."""
    FAULTS[name].plant()
