"""Which type of thing a question asks for."""

from __future__ import annotations

import pytest

from qa.question.answer_types import asked_type
from qa.question.parsing import read_question
from qa.question.type_match import holds

ASKED = [
    # the noun after "which", and of several nouns the last
    ("Which producer works with the band?", "person"),
    ("Which cable boss spoke of it?", "person"),
    ("Which three ministers were dismissed?", "person"),
    ("Which country lost its seat?", "place"),
    ("Which country chairman was heard?", "person"),
    ("Which state firm was told to explain the delay?", "name"),
    ("Which city council voted against it?", "name"),
    ("Which of the two cities was hit first?", "place"),
    ("Which of the following towns flooded?", "place"),
    ("What kind of weapon was used?", "name"),
    ("What company does he lead?", "name"),
    ("Which election year was it?", "date"),
    ("Which airlines fly there again?", "name"),
    # a verb, a helper or another phrase ends what "which" and "what" stand before
    ("What killed the general?", "other"),
    ("What did divers bring up?", "other"),
    ("What did Governor Aske tell the council?", "statement"),
    ("What did the councillors agree on?", "other"),
    ("What was the voter turnout in Arlen?", "other"),
    ("Which storm struck Arlen county?", "other"),
    ("Which country did the company leave?", "place"),
    # names
    ("What is the name of the ship?", "name"),
    ("What is the name of Lind's lawyer?", "person"),
    ("What are the names of the two employees?", "person"),
    ("What is the title of the new album?", "name"),
    ("Name the body that runs the port.", "name"),
    ("What is the capital of Norvik?", "place"),
    # figures and days
    ("How many minutes did it last?", "number"),
    ("What share of voters came?", "number"),
    ("At what time of day did the flight take off?", "date"),
    ("What were the dates of the summit?", "date"),
    ("2025 summit dates", "date"),
    ("harbour bridge closing day", "date"),
    # the rest
    ("Why was the bridge closed?", "reason"),
    ("Where was it made?", "place"),
    ("Did the council agree?", "other"),
]


@pytest.mark.parametrize(("question", "asks"), ASKED, ids=[q for q, _ in ASKED])
def test_the_type_that_a_question_asks_for(question: str, asks: str) -> None:
    assert asked_type(question) == asks


PERSONS_HELD = [
    ("The port is run by Ilse Brandt, mayor of Arlen.", 1.0),
    ("It is run, Lind said, by Germans.", 1.0),
    ("President Hollande said it.", 1.0),
    ("The port is run by the Norvik Port Authority.", 0.5),  # a body may be who did it
    ("Ilse Brandt runs it.", 1.0),
    ("Then the Labour Party charged two employees under the Foreign Agents Registration Act.", 0.5),
    ("Two Russia-based men were charged under the Foreign Agents Registration Act.", 0.0),
    ("The poll was conducted on February 15 among voters in Ohio.", 0.0),
    ("On Tuesday the President came to New York.", 0.0),
    ("It is run by Germans.", 0.0),
    ("The mayor runs it.", 0.0),
]


@pytest.mark.parametrize(("sentence", "held"), PERSONS_HELD, ids=[s for s, _ in PERSONS_HELD])
def test_a_person_is_asked_for(sentence: str, held: float) -> None:
    assert holds(read_question("Who runs the port?"), sentence) == held
