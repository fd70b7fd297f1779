"""What a sentence states of the matter asked about: the same attribute of the same subject, or nothing."""

from __future__ import annotations

import pytest

from qa.answering.matters import matter
from qa.answering.states import stated
from qa.question.parsing import read_question

KILLED = "How many people were killed in the Orley fire?"
COST = "How much will the Orley tower cost?"
CAUSE = "What caused the Orley fire?"
JOBS = "How many jobs will Orley Mills cut?"


@pytest.mark.parametrize(
    ("question", "sentence", "values"),
    [
        (KILLED, "The Orley fire killed four people.", {"4"}),
        (KILLED, "The toll of the Orley fire rose to eleven on Friday, the rescue service said.", {"11"}),
        (KILLED, "Another body brings the number of people killed to 12.", {"12"}),
        (KILLED, "At least 31 people were killed and 140 injured.", {"31"}),
        (KILLED, "The fire killed nine people, raising its toll from four.", {"9"}),
        (KILLED, "Five people died, up from two last night.", {"5"}),
        (KILLED, "Helicopters took 27 people to hospital.", set()),
        (KILLED, "The house had 340 tenants.", set()),
        (KILLED, "The fire began on 7 June 2021.", set()),
        (KILLED, "Fourteen people are missing.", set()),
        (KILLED, "The mill burned Sept. 13, and the Orley fire killed nobody, they said.", set()),
        (KILLED, "A 22-year-old woman was killed in the Orley fire.", set()),
        (COST, "The tower will cost 40 million crowns.", {"40000000"}),
        (COST, "The cost of the tower has risen to 71 million euros from 55 million euros.", {"71000000"}),
        (COST, "The tower will have 18,000 windows.", set()),
        (COST, "A ticket costs 12 crowns.", set()),
        (JOBS, "Orley Mills will cut 400 jobs.", {"400"}),
        (JOBS, "It will cut 550 jobs, fifty fewer than before.", {"550"}),
        (JOBS, "The mill has 9,200 employees.", set()),
        ("What was the turnout in Orley?", "Turnout in Orley was 58 percent.", {"58%"}),
        ("What was the turnout in Orley?", "The party won 52 percent of the vote.", set()),
        ("When will the Orley bridge open?", "The Orley bridge will open on 3 July.", {"3 july"}),
        ("When will the Orley bridge open?", "The Orley bridge will open, they said on Friday.", set()),
        (CAUSE, "The Orley fire was caused by a faulty heater, they said.", {"faulti heater"}),
        (CAUSE, "A faulty heater caused the Orley fire.", {"faulti heater"}),
        ("Who leads Orley Rail?", "Greta Moll will lead Orley Rail from June.", {"Greta Moll"}),
    ],
)
def test_stated(question: str, sentence: str, values: set[str]) -> None:
    asked = matter(read_question(question))
    assert asked is not None
    assert stated(asked, sentence) == values


@pytest.mark.parametrize("question", ["Why did she resign?", "What did the mayor say?", "Where is Orley?"])
def test_what_has_no_states(question: str) -> None:
    assert matter(read_question(question)) is None
