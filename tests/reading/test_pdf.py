"""PDF: reading order, repeated edges, broken words. Pages are written by hand, a run of text a place."""

from __future__ import annotations

from textwrap import wrap

import pytest

from qa.reading.loaders.files import load_bytes
from qa.reading.splitter import split
from qa.text.terms import terms
from tests.reading.test_loaders import make_pages

LEFT = [
    "The mill by the river opened on",
    "Friday after eleven years, and its",
    "owner said that it would stay open.",
]
RIGHT = [
    "The dam at Skarn holds, said the",
    "engineers who had looked at it for",
    "a week, and it will hold for long.",
]
Place = tuple[int, int, str]


def columns(y: int) -> list[Place]:
    """Drawn line by line across both columns, as programs do."""
    return [
        place
        for k, (a, b) in enumerate(zip(LEFT, RIGHT, strict=True))
        for place in ((72, y - 14 * k, a), (320, y - 14 * k, b))
    ]


def test_columns_are_read_one_after_the_other() -> None:
    text = load_bytes(
        make_pages([[(72, 740, "Mill and dam, the news of the whole week from the valley"), *columns(700)]]),
        "a.pdf",
    )
    assert text.note == "1 of 1 pages read as columns"
    assert " ".join(LEFT) + "\n\n" + " ".join(RIGHT) in text.text


def test_no_quote_runs_across_columns() -> None:
    from qa.reading.chunker import units

    source = load_bytes(make_pages([columns(700)]), "a.pdf")
    sentences = [source.text[u.start : u.end] for a in split(source) for u in units(source.text, a)]
    assert not [s for s in sentences if "mill" in s and "dam" in s]


TABLES: list[tuple[str, list[Place]]] = [
    (
        "a column of figures",
        [
            (x, 700 - 14 * k, t)
            for k in range(5)
            for x, t in ((72, f"Ferry number {k} of the line"), (320, "12"))
        ],
    ),
    ("one line beside another", [(72, 700, "Left of it stands"), (320, 700, "and right of it too")]),
    ("lines one below the other", [(72, 700 - 14 * k, t) for k, t in enumerate(LEFT)]),
]


@pytest.mark.parametrize("places", [c[1] for c in TABLES], ids=[c[0] for c in TABLES])
def test_what_is_no_column(places: list[Place]) -> None:
    assert load_bytes(make_pages([places]), "a.pdf").note is None


def test_edges_that_pages_repeat_are_left_out() -> None:
    pages = [
        [
            (72, 780, "The Valley Weekly"),
            (72, 700, f"{word} came first."),
            *columns(660),
            (300, 30, f"Page {n}"),
        ]
        for n, word in enumerate(("Ada", "Ben", "Cleo", "Dov"), 1)
    ]
    text = load_bytes(make_pages(pages), "a.pdf").text
    assert "Valley Weekly" not in text and "Page" not in text
    assert all(f"{word} came first." in text for word in ("Ada", "Ben", "Cleo", "Dov"))


def test_broken_words_are_found_and_quoted_as_printed() -> None:
    assert all(
        "development" not in w and terms("development")[0] in terms(w)
        for w in ("develop-\nment", "develop- ment")
    )
    assert "anglosaxon" not in terms("the Anglo-\nSaxon mill")


def beside(*sides: tuple[int, int, list[str]]) -> list[Place]:
    """Columns drawn line by line, as programs do: each at its place, with its lines."""
    rows = max(len(lines) for _, _, lines in sides)
    return [(x, y - 13 * k, lines[k]) for k in range(rows) for x, y, lines in sides if k < len(lines)]


MILL = (
    "The mill by the river opened on Friday after eleven years, and its owner said that it would stay open. "
    "Nobody in the village had thought that the wheel would turn again, the miller said. A crowd "
    "of two hundred "
    "came to see it, and the band of the fire brigade played until night fell over the valley."
)
DAM = (
    "The dam at Skarn holds, said the engineers who had looked at it for a week, and it will hold for long. "
    "The council had asked for a second opinion after the flood of last winter. Ada Brook, who "
    "leads the office, "
    "said that the cracks were old and did not grow. The report will be printed in June."
)
FERRY = (
    "Ferries to Maren run again from Monday, the harbour board said on Thursday. The strike ended "
    "after nine days "
    "when both sides took the offer of the mediator. Fares rise by four percent, and children "
    "still travel free."
)


def sentences(*texts: str) -> set[str]:
    return {f"{s.rstrip('.')}." for text in texts for s in text.split(". ")}


LAYOUTS = [
    ("two columns", beside((72, 700, wrap(MILL, 38)), (320, 700, wrap(DAM, 38))), (MILL, DAM)),
    (
        "three narrow columns under a headline",
        [
            (60, 740, "Mill and dam and ferries, the news of the whole week"),
            *beside((50, 700, wrap(MILL, 26)), (230, 700, wrap(DAM, 26)), (410, 700, wrap(FERRY, 26))),
        ],
        (MILL, DAM, FERRY),
    ),
    (
        "a box beside a wide text",
        beside((72, 700, wrap(f"{MILL} {DAM}", 52)), (400, 660, wrap(FERRY, 24))),
        (MILL, DAM, FERRY),
    ),
    (
        "a strip hardly wider than a blank",
        beside((72, 700, wrap(MILL, 40)), (282, 700, wrap(DAM, 40))),
        (MILL, DAM),
    ),
    (
        "a strip that only words' edges show",
        beside((72, 700, wrap(MILL, 44)), (304, 700, wrap(DAM, 44))),
        (MILL, DAM),
    ),
    ("lines of two pitches", beside((72, 700, wrap(MILL, 38)), (320, 695, wrap(DAM, 38))), (MILL, DAM)),
]


@pytest.mark.parametrize(("places", "texts"), [c[1:] for c in LAYOUTS], ids=[c[0] for c in LAYOUTS])
def test_every_sentence_is_whole_and_of_one_column(places: list[Place], texts: tuple[str, ...]) -> None:
    from qa.reading.chunker import units

    source = load_bytes(make_pages([places]), "a.pdf")
    assert source.note == "1 of 1 pages read as columns"
    read = {
        " ".join(source.text[u.start : u.end].split()) for a in split(source) for u in units(source.text, a)
    }
    assert sentences(*texts) <= read


def test_stories_one_above_the_other_are_read_one_after_the_other() -> None:
    places = [
        (72, 750, "Mill opens after eleven years"),
        *beside((72, 720, wrap(MILL[:186], 38)), (320, 720, wrap(MILL[187:], 38))),
        (72, 600, "Dam holds, say the engineers"),
        *beside((72, 570, wrap(DAM[:178], 38)), (320, 570, wrap(DAM[179:], 38))),
    ]
    text = load_bytes(make_pages([places]), "a.pdf").text
    assert text.index("fell over the valley") < text.index("Dam holds") < text.index("printed in June")


def test_columns_that_cannot_be_told_are_in_the_ledger() -> None:
    table = [
        (x, 700 - 14 * k, t) for k in range(9) for x, t in ((72, f"Ferry {k} to Maren"), (300, "12 p.m."))
    ]
    assert load_bytes(make_pages([table]), "a.pdf").note == (
        "columns or tables on 1 of 1 pages that could not be told apart"
    )


def test_edges_of_two_pages() -> None:
    pages = [[(72, 780, "The Valley Weekly"), (72, 700, f"{who} came first.")] for who in ("Ada", "Ben")]
    text = load_bytes(
        make_pages([[*p, (300, 30, f"Page {n} of 2")] for n, p in enumerate(pages, 1)]), "a.pdf"
    ).text
    assert "Valley" not in text and "Page" not in text and "Ben came first." in text
