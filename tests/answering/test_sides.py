"""Who a sentence is about, and whether its figures may be set against those of another."""

from __future__ import annotations

import pytest

from qa.answering.sides import a_difference, others_named, unit_of
from qa.question.parsing import read_question

ASKED = "How many seats does Hallam have?"
LEAD = "Hallam and Morvane in a close race. Voters go to the polls for Hallam or Morvane on Sunday."


@pytest.mark.parametrize(
    ("sentence", "others"),
    [
        ("Hallam has 41 seats.", False),
        ("She has 41 seats.", False),
        ("Morvane has 58 seats.", True),
        ("The count in Brask was close, meaning Morvane gets 58 of the 98 seats.", True),
        ("Pollster Ivo Brandt, who voted for Hallam, has 3 seats.", True),
        ("The party of Hallam holds 41 seats, Morvane said.", False),
        ("Officials said that Hallam has 41 seats.", False),
        ("In Brask the party has 41 seats.", False),
    ],
)
def test_a_sentence_about_somebody_else(sentence: str, others: bool) -> None:
    assert others_named({"hallam"}, sentence, LEAD) == others


def test_a_question_without_a_name_has_no_others() -> None:
    assert not others_named(frozenset(), "Morvane has 58 seats.", LEAD)


@pytest.mark.parametrize(
    ("question", "sentence", "value", "difference"),
    [
        (ASKED, "Hallam leads by 300 seats.", "300", True),
        (ASKED, "Hallam leads by nearly 300 seats.", "300", True),
        (ASKED, "Hallam leads with 300 seats.", "300", False),
        ("By what margin does Hallam lead?", "Hallam leads by 300 seats.", "300", False),
    ],
)
def test_a_difference_is_no_number_of_things(
    question: str, sentence: str, value: str, difference: bool
) -> None:
    assert a_difference(read_question(question), sentence, value) == difference


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        ("She has 46 percent of the vote.", "46%", "share"),
        ("She leads by a 6-point margin.", "6", "points"),
        ("She has 46 seats.", "46", "number"),
    ],
)
def test_units(sentence: str, value: str, unit: str) -> None:
    assert unit_of(sentence, value) == unit
