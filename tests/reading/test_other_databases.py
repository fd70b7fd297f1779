"""Exports of Integrum, ProQuest and Europresse, the odd ones too: each record keeps its own frame."""

from __future__ import annotations

import pytest

from qa.reading.loaders.files import load_bytes
from tests.reading.test_databases import DAM, ONE, TWO
from tests.reading.test_formats import MILL, Row, rows


def record(title: str, text: str, **fields: str) -> str:
    rows = "<br>".join(f"^{name}:\n  {value} \n" for name, value in fields.items())
    return (
        '<div><a name="1"></a><table><tr><td>' + f"{rows}<br>^ЗГ:\n <b>{title}</b></td></tr></table>"
        f"<h3>{title}</h3><pre>\n     {text}\n</pre></div>"
    )


WRAPPED = MILL.replace(" on ", "\non ")
INTEGRUM: list[tuple[str, str, list[Row]]] = [
    (
        "all fields",
        record("Mill opens", WRAPPED, ИС="The Mill Post", ДТ="09.03.2021", АВ="Ada Brook,"),
        [ONE],
    ),
    (
        "no date",
        record("Mill opens", MILL, ИС="The Mill Post", РБ="01.01.1999"),
        [("Mill opens", "The Mill Post", None, None)],
    ),
    (
        "no author, a page",
        record("Dam holds", DAM, ИС="Dam News", НР="6", ДТ="08.08.2020"),
        [TWO],
    ),
    (
        "two bylines",
        record("Mill opens", MILL, ИС="The Mill Post", ДТ="09.03.2021", АВ="Ada Brook, Ben Au"),
        [("Mill opens", "The Mill Post", "2021-03-09", "Ada Brook, Ben Au")],
    ),
    (
        "a list of contents above two",
        '<h3>Report 12.05.2024</h3>1. <a href="#1">Mill opens</a><small>The Mill Post; 09.03.2021</small><br>'
        + record("Mill opens", MILL, ИС="The Mill Post", ДТ="09.03.2021", АВ="Ada Brook")
        + record("Dam holds", DAM, ИС="Dam News", ДТ="08.08.2020"),
        [ONE, TWO],
    ),
    (
        "a text that quotes a frame",
        record("Dam holds", f"{DAM} ^ДТ: 01.01.1900", ИС="Dam News", ДТ="08.08.2020"),
        [TWO],
    ),
]


@pytest.mark.parametrize(("body", "expected"), [c[1:] for c in INTEGRUM], ids=[c[0] for c in INTEGRUM])
def test_integrum(body: str, expected: list[Row]) -> None:
    declared = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
    page = f"<html><head>{declared}</head><body>{body}</body></html>"
    assert rows(page.encode("cp1251", "xmlcharrefreplace"), "a.html") == expected


def test_integrum_says_what_is_missing_and_joins_typed_lines() -> None:
    body = '<a href="#1">a</a><a href="#2">b</a>' + record("Mill opens", WRAPPED, ИС="Post", ДТ="09.03.2021")
    source = load_bytes(f"<html><body>{body}</body></html>".encode(), "a.html")
    assert source.note == "1 of the 2 records that it states"
    assert MILL in source.text


RULE = "_" * 60
INFO = "Publication info: The Mill Post, Late Edition (East Coast) ; Tellin [Tellin]09 Mar 2021: A.1."
TAIL = (
    "Publication title: The Mill Post; Tellin, T.\n\nPublication date: Mar 9, 2021\n\nSource type: Newspapers"
)


def proquest(*records: str) -> str:
    inner = f"\n{RULE}\n\n".join(records)
    return f"Report Information from ProQuest\n{RULE}\n\n{inner}\n{RULE}\n"


def entry(*lines: str, number: str = "12345") -> str:
    return "\n\n".join([*lines, f"ProQuest document ID: {number}", "Last updated: 2024-01-01"])


PROQUEST: list[tuple[str, str, list[Row]]] = [
    (
        "all fields",
        proquest(entry("Document 1 of 1", "Mill opens", "Author: Brook, Ada.", f"Full text: {MILL}", TAIL)),
        [ONE],
    ),
    (
        "the edition and the date in one line of information",
        proquest(entry("Mill opens", "Author: Brook, Ada", INFO, f"Full text: {MILL}", "Title: Mill opens")),
        [ONE],
    ),
    (
        "no date",
        proquest(entry("Mill opens", f"Full text: {MILL}", "Publication title: The Mill Post; Tellin")),
        [("Mill opens", "The Mill Post", None, None)],
    ),
    (
        "two authors",
        proquest(entry("Mill opens", "Author: Brook, Ada; Au, Ben", f"Full text: {MILL}", TAIL)),
        [("Mill opens", "The Mill Post", "2021-03-09", "Ada Brook, Ben Au")],
    ),
    (
        "an abstract alone",
        proquest(entry("Mill opens", "Author: Brook, Ada", f"Abstract: {MILL}", TAIL)),
        [ONE],
    ),
    (
        "a text that quotes fields, and a neighbour",
        proquest(
            entry(
                "Mill opens",
                "Author: Brook, Ada",
                f"Full text: {MILL}",
                "Publication date: a lie.",
                DAM,
                TAIL,
            ),
            entry(
                "Dam holds",
                f"Full text: {DAM}",
                "Publication title: Dam News",
                "Publication date: Aug 8, 2020",
            ),
        ),
        [ONE, TWO],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in PROQUEST], ids=[c[0] for c in PROQUEST])
def test_proquest(text: str, expected: list[Row]) -> None:
    assert rows(text, "a.txt") == expected


def europresse(
    paper: str, header: str, title: str = "Mill opens", who: str = "Ada Brook", text: str = MILL
) -> str:
    return (
        f'<article><header><div><span class="DocPublicationName">{paper}</span></div>'
        f'<span class="DocHeader">{header}</span><div class="titreArticle">'
        f'<p class="titreArticleVisu rdp__articletitle">{title}</p></div>'
        + (f'<p class="docAuthors">{who}</p>' if who else "")
        + f'</header><section><div class="docOcurrContainer"><p>{text}</p></div></section></article>'
    )


EUROPRESSE: list[tuple[str, str, list[Row]]] = [
    ("French", europresse("The Mill Post, no. 24123", "France, mardi 9 mars 2021 1223 mots, p. 8"), [ONE]),
    (
        "English",
        europresse("The Mill Post (web site)", "News, Tuesday, March 9, 2021 - 12:00 UTC, 20 words"),
        [ONE],
    ),
    (
        "no date",
        europresse("The Mill Post", "Politique, 20 mots, p. 4"),
        [("Mill opens", "The Mill Post", None, "Ada Brook")],
    ),
    (
        "no author",
        europresse("The Mill Post", "mardi 9 mars 2021", who=""),
        [("Mill opens", "The Mill Post", "2021-03-09", None)],
    ),
    (
        "two, of two papers and days",
        europresse("The Mill Post", "mardi 9 mars 2021")
        + europresse("Dam News", "samedi 8 août 2020", title="Dam holds", who="", text=DAM),
        [ONE, TWO],
    ),
    (
        "a text that quotes a header",
        europresse("The Mill Post", "mardi 9 mars 2021", text=f"{MILL} Dam News, lundi 1 mars 1999, p. 3."),
        [ONE],
    ),
]


@pytest.mark.parametrize(("body", "expected"), [c[1:] for c in EUROPRESSE], ids=[c[0] for c in EUROPRESSE])
def test_europresse(body: str, expected: list[Row]) -> None:
    assert rows(f"<!DOCTYPE html><html><body>{body}</body></html>", "a.html") == expected
