"""Exports of databases: every record has the outlet, date, byline and headline of its own frame."""

from __future__ import annotations

import random

import pytest

from eval.tools.export_layouts import LAYOUTS
from eval.tools.export_truth import Layout
from eval.tools.exports import Count, measured, truth
from qa.reading.loaders.files import load_bytes
from qa.reading.splitter import split

Row = tuple[str | None, str | None, str | None, str | None]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_records_keep_to_themselves(layout: Layout) -> None:
    """Invented records with frames that articles quote, without dates, with two bylines."""
    rng = random.Random(sum(map(ord, layout.name)))
    count = Count()
    measured(layout, [truth(rng, n) for n in range(1, 13)], rng, count)
    assert count.neighbours == 0
    assert {
        name: count.right[name] for name in ("boundaries", "outlet", "date", "author", "title")
    } == dict.fromkeys(("boundaries", "outlet", "date", "author", "title"), 12)


def rows(data: str | bytes, name: str) -> list[Row]:
    source = load_bytes(data if isinstance(data, bytes) else data.encode(), name)
    return [(a.meta.title, a.meta.outlet, a.meta.published, a.meta.author) for a in split(source)]


BODY = "The old mill by the river opened on Friday.\n\nIts owner said that it would stay open."
MARK = " " * 30

NEXIS: list[tuple[str, str, list[Row]]] = [
    (
        "no date: none, and not the day on which it was loaded",
        f"{MARK}1 of 1 DOCUMENTS\n\n\n{MARK}The Mill Post\n\nLENGTH: 16 words\n\nHEADLINE: Mill opens\n\n"
        f"BODY:\n\n{BODY}\n\nLOAD-DATE: May 3, 2021\n\nLANGUAGE: ENGLISH\n",
        [("Mill opens", "The Mill Post", None, None)],
    ),
    (
        "an article quotes a mark and a frame",
        f"{MARK}1 of 2 DOCUMENTS\n\n\n{MARK}The Mill Post\n\n{MARK}May 3, 2021 Monday\n\nLENGTH: 16 words\n\n"
        f"HEADLINE: Mill opens\n\nBODY:\n\n{BODY}\n\n2 of 2 DOCUMENTS\n\nHEADLINE: a lie, the note said.\n\n"
        f"The note was old.\n\nLANGUAGE: ENGLISH\n\n\n\n{MARK}2 of 2 DOCUMENTS\n\n\n{MARK}Dam News\n\n"
        f"{MARK}May 4, 2021 Tuesday\n\nLENGTH: 16 words\n\nHEADLINE: Dam holds\n"
        f"\nBYLINE: Ada Brook\n\nBODY:\n\n{BODY}\n",
        [
            ("Mill opens", "The Mill Post", "2021-05-03", None),
            ("Dam holds", "Dam News", "2021-05-04", "Ada Brook"),
        ],
    ),
    (
        "German labels, two bylines",
        f"{MARK}1 von 1 DOKUMENTEN\n\n\n{MARK}Mühlenblatt\n\n{MARK}3. Mai 2021 Montag\n\nRUBRIK: Lokales\n\n"
        f"LÄNGE: 16 Wörter\n\nÜBERSCHRIFT: Mühle offen\n\nAUTOR: Ada Bach\n\nAUTOR: "
        f"Ben Au\n\n{BODY}\n\nSPRACHE: DEUTSCH\n",
        [("Mühle offen", "Mühlenblatt", "2021-05-03", "Ada Bach, Ben Au")],
    ),
    (
        "a second download in one file begins at 1 again",
        "".join(
            f"{MARK}1 of 1 DOCUMENTS\n\n\n{MARK}{name}\n\n{MARK}May {day}, 2021 Monday\n"
            f"\nLENGTH: 16 words\n\n"
            f"HEADLINE: Mill opens {day}\n\nBODY:\n\n{BODY}\n\nLANGUAGE: ENGLISH\n\n\n\n"
            for day, name in ((3, "The Mill Post"), (4, "Dam News"))
        ),
        [
            ("Mill opens 3", "The Mill Post", "2021-05-03", None),
            ("Mill opens 4", "Dam News", "2021-05-04", None),
        ],
    ),
    (
        "Nexis Uni as text, below a cover page",
        f"Documents (1)\n\n1. Mill opens\n\nMill opens\n\nThe Mill Post (Tellin)\n\nMay 3, 2021 Monday\n\n"
        f"Copyright 2021 Mill Holding All Rights Reserved\n\nLength: 16 words\n\n"
        f"Byline: Ada Brook\n\nBody\n\n{BODY}\n\n"
        "Classification\n\nLanguage: ENGLISH\n\nLoad-Date: May 9, 2021\n\nEnd of Document\n",
        [("Mill opens", "The Mill Post", "2021-05-03", "Ada Brook")],
    ),
    (
        "a headline over two lines",
        f"{MARK}1 of 1 DOCUMENTS\n\n\n{MARK}The Mill Post\n\n{MARK}May 3, 2021 Monday\n\nLENGTH: 16 words\n\n"
        f"HEADLINE: Mill opens after eleven years\nin which nobody went in\n\nBODY:\n"
        f"\n{BODY}\n\nLANGUAGE: ENGLISH\n",
        [("Mill opens after eleven years in which nobody went in", "The Mill Post", "2021-05-03", None)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in NEXIS], ids=[c[0] for c in NEXIS])
def test_nexis(text: str, expected: list[Row]) -> None:
    assert rows(text, "a.txt") == expected


def test_missing_records_are_told() -> None:
    text = NEXIS[0][1].replace("1 of 1", "1 of 7").replace("LENGTH: 16", "LENGTH: 400")
    note = load_bytes(text.encode(), "a.txt").note
    assert note == "1 of the 7 records that it states; 1 of 1 records hold fewer words than their frames say"


def test_wrapped_lines_are_one_sentence() -> None:
    from qa.reading.chunker import units

    sentence = (
        "The old mill by the river, which had been shut for eleven years after a fire that took its roof,\n"
        "opened on Friday, and its owner said that it would from now on stay open through all of the year,\n"
        "whatever comes."
    )
    text = NEXIS[0][1].replace("The old mill by the river opened on Friday.", sentence)
    source = load_bytes(text.encode(), "a.txt")
    (article,) = split(source)
    assert sentence in {source.text[u.start : u.end] for u in units(source.text, article)}
