"""The baseline, and the numbers that are shown of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.gold.questions import GoldError
from eval.paths import BASELINE, EVALUATION, ORIGINALS, README
from eval.reports.publish import pages, replaced, six
from eval.runs.run import Run
from eval.runs.suite import gate_suite, load_questions
from eval.runs.verdict import judge


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


def test_the_published_numbers_are_those_of_the_baseline() -> None:
    originals = Run.load(ORIGINALS)
    shown = pages(Run.load(BASELINE), originals)
    assert set(shown) == {README, EVALUATION}
    stale = [p.name for p, text in shown.items() if p.read_text("utf-8") != text]
    assert stale == [], "run: python -m eval publish"
    assert not [i for i in originals.items if i.made or i.outcome], "texts of others do not belong here"


def test_the_readme_has_six_numbers() -> None:
    rows = [row for row in six(Run.load(BASELINE)).splitlines() if row.startswith("| ")]
    assert len(rows) == 1 + 6 and all("–" not in row for row in rows)


def test_a_page_without_a_place_for_its_numbers_is_an_error(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("no numbers", "utf-8")
    with pytest.raises(GoldError, match=r"page\.md has no block"):
        replaced(page, "")
