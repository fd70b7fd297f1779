"""The page in a real browser: who speaks, which outlets there are, and who says what in an article."""

from __future__ import annotations

from typing import Any

from eval.tools.browser import Page
from tests.server.paging import LIT, ask, picture

ROWS = (
    "[...document.querySelectorAll('#view-{view} tbody tr')].map(r => [...r.cells].map(c => c.textContent))"
)


def test_people_are_listed_and_each_has_a_page(page: Page, folders: list[Any]) -> None:
    known = folders[0].people()
    page.run("location.hash = 'who'")
    page.until("document.querySelector('#view-who tbody tr')")
    rows = page.run(ROWS.format(view="who"))
    assert [(name, role) for name, role, _, _ in rows] == [(p.name, p.role or "") for p in known]
    assert [int(r[2]) for r in rows] == [p.statements for p in known] == sorted(int(r[2]) for r in rows)[::-1]
    picture(page, "people")
    page.run(
        "const n = document.querySelector('#who-name'); n.value = 'pesk'; n.dispatchEvent(new Event('input'))"
    )
    assert [r[0] for r in page.run(ROWS.format(view="who"))] == ["Dmitry Peskov"]
    page.run("document.querySelector('#view-who tbody a').click()")
    page.until("document.querySelector('#view-who .claim')")
    assert page.run("location.hash") == "#who/Dmitry%20Peskov"
    assert page.run("document.querySelectorAll('#view-who .claim').length") == len(
        folders[0].who("Dmitry Peskov").claims
    )
    page.run("history.back()")
    page.until("document.querySelectorAll('#view-who tbody tr').length > 1 || location.hash === '#who'")


def test_a_speaker_in_an_answer_leads_to_the_page_of_the_person(page: Page) -> None:
    ask(page, "Who called the election result unique?")
    page.run("document.querySelector('.turn .claim .from a').click()")
    page.until("document.querySelector('#view-who .claim')")
    assert page.run("document.querySelector('#who-name').value") == "Dmitry Peskov"


def test_outlets_are_listed_and_lead_on(page: Page, folders: list[Any]) -> None:
    known = folders[0].outlets()
    page.run("location.hash = 'outlets'")
    page.until("document.querySelector('#view-outlets tbody tr')")
    rows = page.run(ROWS.format(view="outlets"))
    assert [(r[0], int(r[1])) for r in rows] == [(o.name or "not stated", o.articles) for o in known]
    picture(page, "outlets")
    page.run("document.querySelector('#view-outlets tbody button').click()")
    page.until("!document.querySelector('#view-ask').hidden")
    assert page.run("document.querySelector('#filters-told').textContent") == known[0].name
    assert page.run("document.activeElement.id") == "question"
    page.run("location.hash = 'outlets'")
    page.until("document.querySelector('#view-outlets tbody a')")
    page.run("document.querySelector('#view-outlets tbody a').click()")
    page.until(
        "!document.querySelector('#view-articles').hidden && document.querySelector('#view-articles caption')"
    )
    assert page.run("document.querySelector('#view-articles caption').textContent").startswith(
        f"{known[0].articles} of "
    )


def test_statements_are_coloured_by_speaker(page: Page, folders: list[Any]) -> None:
    ask(page, "Who called the election result unique?")
    page.run("document.querySelector('.cite').click()")
    page.until(LIT)
    text = page.run("document.querySelector('#panel-text').textContent")
    page.run("document.querySelector('#panel-said').click()")
    page.until("document.querySelector('#panel-speakers li')")
    file = folders[0].ask("Who called the election result unique?").citations[0].file
    said = folders[0].statements(file)
    marked = page.run(
        "[...document.querySelectorAll('#panel-text .said')].map(n => [n.title, n.textContent])"
    )
    assert {title for title, _ in marked} <= {f"{s.speaker} ({s.voice})" for s in said}
    letters = sum(len(text.strip()) for _, text in marked)
    assert letters > 0.8 * sum(len(s.text) for s in said)
    assert page.run("document.querySelector('#panel-text').textContent") == text, "the text is as it was"
    assert page.run("document.querySelector('#panel-said').getAttribute('aria-pressed')") == "true"
    picture(page, "speakers")
    page.screen(1200, 900, dark=True)
    picture(page, "speakers-dark")
    page.run("document.querySelector('#panel-said').click()")
    page.until("!document.querySelector('#panel-text .said')")
