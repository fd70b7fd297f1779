"""The page in a real browser: what a reader does with it, and that nothing leaves the machine."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from eval.tools.browser import Page
from qa.presenting.article_view import article_list
from qa.server.app import STATIC
from tests.server.paging import EVIL, LIT, ask, picture, use_folder

UNIQUE = "Who called Putin's election result unique?"


def test_a_click_lights_the_quote_up_in_its_article(page: Page, folders: list[Any]) -> None:
    ask(page, UNIQUE)
    assert "unique results" in page.run("document.querySelector('.turn .claim').textContent")
    page.run("document.querySelector('.cite').click()")
    page.until(LIT)
    outcome = folders[0].ask(UNIQUE)
    assert page.run(f"{LIT}.textContent") == outcome.citations[0].quote
    box, pane = (
        page.run(f"(({{top, bottom}}) => [top, bottom])({what}.getBoundingClientRect())")
        for what in (LIT, "document.querySelector('#panel-text')")
    )
    assert pane[0] <= box[0] and box[1] <= pane[1], "the quote is in view"
    assert page.run("document.querySelector('#panel-about').textContent").startswith(
        "Sputnik · 2024-03-18 (header)"
    )
    assert page.run("document.activeElement.className") == "lit"
    picture(page, "lit")


def test_sentences_are_told_while_they_are_proven(page: Page) -> None:
    page.run(
        "window.seen = []; new MutationObserver(() => {"
        " const t = document.querySelector('.turn'); if (t) window.seen.push("
        " [t.querySelectorAll('.claim').length, !!t.querySelector('.working')]) })"
        ".observe(document.querySelector('#turns'), {childList: true, subtree: true})"
    )
    ask(page, "What share of the votes did Putin get?")
    seen = page.run("window.seen")
    assert [True for count, working in seen if count and working], "a sentence stood there before the end"
    claims = page.run("document.querySelectorAll('.turn .claim').length")
    assert claims == max(count for count, _ in seen)
    last = page.run("document.querySelector('.turn .sources li:last-child').textContent")
    assert last.startswith(str(page.run("document.querySelectorAll('.turn .sources li').length")))


def test_a_follow_up_shows_what_was_searched(page: Page) -> None:
    ask(page, UNIQUE)
    ask(page, "What did he say about the buffer zone?")
    told = page.run("document.querySelector('.turn:last-child .quiet').textContent")
    assert told.startswith("Searched: ") and "Peskov" in page.run(
        "document.querySelector('.turn:last-child').textContent"
    )
    page.run("location.hash = 'sessions'")
    page.until("document.querySelector('#view-sessions .entry')")
    assert "2 turns" in page.run("document.querySelector('#view-sessions .entry').textContent")
    page.run("document.querySelector('#new').click()")
    page.run("document.querySelector('#view-sessions .entry button').click()")
    page.until(
        "document.querySelectorAll('.turn').length === 2 && !document.querySelector('#view-ask').hidden"
    )


def test_an_abstention_shows_the_nearest_passages(page: Page) -> None:
    ask(page, "What is the range of the Oreshnik missile in kilometres?")
    assert page.run("document.querySelector('.abstention').textContent").startswith("No answer. ")
    page.run("document.querySelector('.near .cite').click()")
    page.until(LIT)
    picture(page, "abstention")


def test_filters_hold_for_questions(page: Page) -> None:
    page.run("document.querySelector('#filters').open = true")
    page.until("document.querySelector('#histogram rect')")
    page.run("document.querySelector('#until').value = '2023-01-01'")
    page.run("document.querySelector('#filters').dispatchEvent(new Event('change'))")
    assert page.run("document.querySelector('#filters-told').textContent") == "until 2023-01-01"
    ask(page, UNIQUE)
    assert "No answer" in page.run("document.querySelector('.turn').textContent")
    page.run("document.querySelector('#clear').click()")
    box = page.run(
        "(({left, top, width, height}) => [left, top, width, height])"
        "(document.querySelector('#histogram svg').getBoundingClientRect())"
    )
    for kind, share in (("mousePressed", 0.0), ("mouseMoved", 0.3), ("mouseReleased", 0.5)):
        page.send(
            "Input.dispatchMouseEvent",
            type=kind,
            x=box[0] + 2 + box[2] * share,
            y=box[1] + box[3] / 2,
            button="left",
            clickCount=1,
        )
    assert page.run("document.querySelector('#since').value") == "2023-12-01"
    picture(page, "filters")


def test_reports_that_differ_stand_in_a_table(page: Page) -> None:
    use_folder(page, "hostile")
    ask(page, "How many passengers were killed when the Grenmouth ferry sank?")
    rows = page.run("[...document.querySelectorAll('.conflict tbody tr')].map(r => r.textContent)")
    assert len(rows) == 2 and "12 passengers" in rows[0] and "19 passengers" in rows[1]
    picture(page, "conflict")


def test_what_articles_hold_is_text(page: Page) -> None:
    use_folder(page, "hostile")
    ask(page, "How much did the repairs of the Grenmouth wharf cost?")
    assert EVIL in page.run("document.querySelector('.turn .claim').textContent")
    page.run("document.querySelector('.cite').click()")
    lit = page.until(f"{LIT}?.textContent")
    assert lit.startswith("The Grenmouth wharf \N{SHIP} reopened") and lit.endswith("crowns."), (
        "offsets count code points"
    )
    assert page.run("document.title").startswith("qa") and page.run("document.images.length") == 0
    page.run("location.hash = 'articles'")
    page.until("document.querySelector('#view-articles td')")
    assert page.run("document.title").startswith("qa") and page.run("document.scripts.length") == 1


def test_the_articles_are_sorted_and_searched(page: Page, folders: list[Any]) -> None:
    wanted = len(article_list(folders[0].store, "sputnik").articles)
    assert 0 < wanted < 23
    page.run("location.hash = 'articles'")
    page.until("document.querySelectorAll('#view-articles tbody tr').length === 23")
    page.run("document.querySelector('#view-articles th:nth-child(5) button').click()")
    files = page.run(
        "[...document.querySelectorAll('#view-articles tbody tr')]"
        ".map(r => r.cells[4].firstChild.textContent)"
    )
    assert files == sorted(files)
    assert (
        page.run("document.querySelector('#view-articles th:nth-child(5)').getAttribute('aria-sort')")
        == "ascending"
    )
    page.run(
        "const f = document.querySelector('#articles-search'); f.value = 'sputnik';"
        " f.dispatchEvent(new Event('input'))"
    )
    assert (
        page.run("document.querySelector('#view-articles caption').textContent") == f"{wanted} of 23 articles"
    )
    page.run("document.querySelector('#view-articles td button').click()")
    page.until("!document.querySelector('#panel').hidden")
    picture(page, "articles")


def test_a_person_and_a_topic(page: Page) -> None:
    for view, words, asked in (
        ("who", "#who-name", "Peskov"),
        ("timeline", "#timeline-topic", "presidential election"),
    ):
        page.run(f"location.hash = '{view}'")
        page.until(f"!document.querySelector('#view-{view}').hidden")
        page.run(f"document.querySelector('{words}').value = '{asked}'")
        page.run(f"document.querySelector('#view-{view} form').requestSubmit()")
        page.until(f"document.querySelector('#view-{view} .claim')")
        page.run(f"document.querySelector('#view-{view} .cite').click()")
        page.until(LIT)
        picture(page, view)
        page.key("Escape", code=27)
        page.until("document.querySelector('#panel').hidden")


def test_by_keyboard_alone(page: Page) -> None:
    page.key("/", "/", 191)
    page.until("document.activeElement.id === 'question'")
    page.type(UNIQUE)
    page.key("Enter", "\r", 13)
    page.until("document.querySelector('.turn .sources')")
    page.run("document.activeElement.blur()")
    page.key("]", "]", 221)
    page.until(LIT)
    page.key("Escape", code=27)
    page.until("document.querySelector('#panel').hidden")
    assert page.run("document.activeElement.className") == "cite", "the focus goes back to the quote's number"
    for _ in range(3):
        page.key("Tab", code=9)
    assert page.run("document.activeElement.tagName") != "BODY"
    assert page.run("getComputedStyle(document.activeElement).outlineStyle") != "none"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_on_a_phone(page: Page, dark: bool) -> None:
    page.screen(390, 844, dark)
    ask(page, UNIQUE)
    assert page.run("document.documentElement.scrollWidth") <= 390
    picture(page, f"phone-{'dark' if dark else 'light'}")
    page.run("document.querySelector('.cite').click()")
    page.until(LIT)
    assert page.run("document.querySelector('#panel').getBoundingClientRect().width") == 390
    assert page.run(f"{LIT}.getBoundingClientRect().bottom") <= 844
    picture(page, f"phone-panel-{'dark' if dark else 'light'}")
    back = page.run("getComputedStyle(document.body).backgroundColor")
    assert (back == "rgb(22, 24, 27)") is dark


def axe() -> str:
    """The script of axe, from a package that holds it."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or not found.submodule_search_locations:
        pytest.skip("axe is not here (pip install --no-deps axe-playwright-python)")
    return (Path(found.submodule_search_locations[0]) / "axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious(page: Page, dark: bool) -> None:
    script = axe()
    page.screen(1200, 900, dark)
    page.run("document.querySelector('#filters').open = true")
    ask(page, "What share of the votes did Putin get?")
    page.run("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.run("document.querySelector('.cite').click()")
    page.until(LIT)
    page.run("document.querySelector('#panel-said').click()")
    page.until("document.querySelector('#panel-speakers li')")
    page.send("Runtime.evaluate", expression=script)
    for view in ("ask", "articles", "who", "timeline", "outlets", "sessions"):
        page.run(f"location.hash = '{view}'")
        page.until(f"!document.querySelector('#view-{view}').hidden")
        if view in ("articles", "who", "outlets", "sessions"):
            page.until(f"document.querySelector('#view-{view} .result').childNodes.length")
        found = page.run(
            "axe.run().then(r => r.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.html)]))"
        )
        assert [v for v in found if v[0] in ("serious", "critical")] == [], view


def test_an_export_is_a_file(page: Page, tmp_path: Path) -> None:
    page.send("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    ask(page, UNIQUE)
    page.run("document.querySelector('.export button').click()")
    page.until("document.querySelector('#status').textContent === 'Exported'")
    for _ in range(100):
        if (tmp_path / "answer.md").exists():
            break
        page.run("new Promise(r => setTimeout(r, 50))")
    assert "[^1]: “On Monday" in (tmp_path / "answer.md").read_text("utf-8")


def test_first_paint_and_weight(page: Page) -> None:
    assert sum(p.stat().st_size for p in STATIC.glob("*.js")) < 40_000
    page.until("performance.getEntriesByName('first-contentful-paint').length")
    paint = page.run("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert paint < 5000, "measured in docs/server.md; here it only must not hang"
