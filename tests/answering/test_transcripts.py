"""Questions about what somebody says in a transcript. Every text is invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qa.question.type_match import is_turn_of_another, label_of_turn

TEXT = """\
ARLEN TONIGHT

Fire at the Pier; Interview With Governor Vera Lund

Aired March 3, 2021 - 20:00 ET

OTTO HOLT, ARLEN TONIGHT HOST: Good evening. The old pier of Arlen burned down last night.

GOV. VERA LUND (R), ARLEN: It is a bad day. Two sheds are gone and nobody was hurt.

HOLT: Your opponent Jon Brandt says you closed the fire station too early.

LUND: He is wrong. The station was closed by the council in May.
"""


@pytest.mark.parametrize(
    ("sentence", "label", "another"),
    [
        ("LUND: He is wrong.", "LUND: ", False),
        ("GOV. VERA LUND (R), ARLEN: It is a bad day.", "GOV. VERA LUND (R), ARLEN: ", False),
        ("HOLT: Your opponent says so.", "HOLT: ", True),
        ("Lund said: he is wrong.", None, False),
        ("The station was closed.", None, False),
    ],
)
def test_labels_of_turns(sentence: str, label: str | None, another: bool) -> None:
    assert label_of_turn(sentence) == label
    assert is_turn_of_another(sentence, frozenset(("governor", "lund"))) == another


def test_the_reply_answers_and_not_what_was_asked(open_library: Any, tmp_path: Path) -> None:
    folder = tmp_path / "talk"
    folder.mkdir()
    (folder / "talk.txt").write_text(TEXT, "utf-8")
    library = open_library(folder, embedder="minilm")
    outcome = library.ask("Who closed the station, according to Lund?")
    quotes = [c.quote for c in outcome.citations]
    assert any("The station was closed by the council in May." in quote for quote in quotes)
    assert not any(quote.startswith("HOLT") for quote in quotes)
    assert {c.attribution.speaker for c in outcome.claims if c.attribution} == {"Vera Lund"}
