"""PDF: reading order, repeated edges, broken words. Pages are written by hand, a run of text a place."""

from __future__ import annotations

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
