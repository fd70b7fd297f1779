"""The report: self-contained, escaped, and looked at in a real browser where there is one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from eval.paths import BASELINE, GOLD
from eval.paths import SAMPLE as CORPUS
from eval.reports.report import page
from eval.reports.summary import markdown
from eval.runs.asking import Item
from eval.runs.run import Run, make_run
from eval.runs.suite import Section
from eval.runs.verdict import judge


@pytest.fixture(scope="module")
def run() -> Run:
    return make_run(
        (
            Section(
                "sample",
                CORPUS,
                (GOLD / "filters.yaml",),
                None,
                (GOLD / "drafts.yaml",),
            ),
        ),
        jobs=1,
        runs=None,
    )


@pytest.fixture(scope="module")
def baseline(run: Run) -> Run:
    """The committed baseline for these items, with one answer that was otherwise."""
    keys = {i.id for i in run.items}
    items = [i for i in Run.load(BASELINE).items if i.id in keys]
    first = next(k for k, i in enumerate(items) if i.kind == "question" and i.stage != "right")
    items[first] = items[first].model_copy(
        update={"stage": "right", "made": "an answer of old", "scores": {**items[first].scores, "exact": 1.0}}
    )
    return Run.load(BASELINE).model_copy(update={"items": tuple(items)})


@pytest.fixture(scope="module")
def html(run: Run, baseline: Run) -> str:
    return page(run, baseline, [CORPUS])


def test_the_page_needs_nothing_else(html: str) -> None:
    assert re.findall(r"(?:src|href)\s*=", html) == [] and "@import" not in html and "url(" not in html
    assert "default-src 'none'" in html


def test_the_page_shows_quotes_in_their_articles_and_gold_and_baseline(html: str, run: Run) -> None:
    cited = [c["quote"] for i in run.items for c in (i.outcome or {}).get("citations", [])]
    assert cited and html.count("<mark>") == len(cited)
    from markupsafe import escape

    assert all(f"<mark>{escape(quote)}</mark>" in html for quote in cited)
    assert "an answer of old" in html and 'class="tag lost"' in html
    assert all(str(escape(i.wanted)) in html for i in run.items)


def test_what_articles_and_answers_hold_is_text_and_never_markup(run: Run) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    item = Item(
        id="tune:x",
        kind="question",
        category="date",
        split="tune",
        gold="g",
        asked=evil,
        wanted=evil,
        made=evil,
        stage="not_chosen",
        scores={"exact": 0.0},
    )
    text = page(run.model_copy(update={"items": (item,)}), None, [])
    assert evil not in text and "&lt;script&gt;alert(1)" in text and text.count("<script>") == 1


def test_the_markdown_has_every_scored_metric(run: Run) -> None:
    text = markdown(run)
    assert all(f"| {name} |" in text for name in {m for i in run.items for m in i.scores})


BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture
def browser(tmp_path: Path) -> list[str]:
    found = os.environ.get("QA_TEST_BROWSER") or next((b for b in map(shutil.which, BROWSERS) if b), None)
    if not found:
        pytest.skip("no Chromium here")
    return [
        found,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        f"--user-data-dir={tmp_path / 'profile'}",
        "--virtual-time-budget=3000",
        "--window-size=1100,1500",
        "--enable-logging=stderr",
    ]


def test_the_page_works_in_a_real_browser(
    html: str, run: Run, baseline: Run, tmp_path: Path, browser: list[str]
) -> None:
    where = tmp_path / "report.html"
    where.write_text(html, "utf-8")

    def open_at(link: str) -> str:
        done = subprocess.run(
            [*browser, "--dump-dom", f"{where.as_uri()}{link}"],
            capture_output=True,
            text=True,
            timeout=120,
            encoding="utf-8",
        )
        assert "CONSOLE" not in done.stderr, [line for line in done.stderr.splitlines() if "CONSOLE" in line]
        shown = re.search(r'<span id="shown"[^>]*>(\d+) of (\d+)</span>', done.stdout)
        assert shown is not None
        visible = len(re.findall(r'<details class="item [^>]*>', done.stdout)) - len(
            re.findall(r'<details class="item [^>]* hidden=""', done.stdout)
        )
        assert visible == int(shown[1]) and int(shown[2]) == len(run.items)
        return shown[1]

    assert open_at("") == str(len(run.items))
    assert open_at("#stage=!right&kind=question") == str(
        sum(i.stage != "right" and i.kind == "question" for i in run.items)
    )
    assert open_at("#category=no_answer") == str(sum(i.category == "no_answer" for i in run.items))
    lost = len(judge(baseline, run).lost)
    assert lost >= 1 and open_at("#moved=lost") == str(lost)
    picture = Path(os.environ.get("QA_TEST_SCREENSHOT") or tmp_path / "report.png")
    subprocess.run(
        [*browser, f"--screenshot={picture}", where.as_uri()], capture_output=True, timeout=120, check=True
    )
    assert picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n" and picture.stat().st_size > 20_000
