"""Questions of several things -> a question for each; a question of one thing stays as it is."""

from __future__ import annotations

import pytest

from qa.question.splitting import split

SPLIT = [
    ("Compare the fee and the pay deal.", ["What is the fee?", "What is the pay deal?"]),
    (
        "Compare the cost and the length of the tunnel",
        ["What is the cost of the tunnel?", "What is the length of the tunnel?"],
    ),
    (
        "How does the price of the Kron brewery compare with the cost of the tram?",
        ["What is the price of the Kron brewery?", "What is the cost of the tram?"],
    ),
    (
        "What is the difference between the damage in Hest and in Tarn?",
        ["What is the damage in Hest?", "What is the damage in Tarn?"],
    ),
    (
        "Compare what Rask and the mayor said about the strike.",
        ["What did Rask say about the strike?", "What did the mayor say about the strike?"],
    ),
    ("What did both Dahl and Tuft say?", ["What did Dahl say?", "What did Tuft say?"]),
    ("What burned in both Hest and Tarn?", ["What burned in Hest?", "What burned in Tarn?"]),
    (
        "minutes a day on the tram vs the ferry",
        ["minutes a day on the tram", "minutes a day on the ferry"],
    ),
    (
        "How many stops are there in Hest versus in Tarn?",
        ["How many stops are there in Hest?", "How many stops are there in Tarn?"],
    ),
    (
        "Which cost more, the brewery or the tram line?",
        ["How much did the brewery cost?", "How much did the tram line cost?"],
    ),
    (
        "Which of the two is older, the museum or the mill?",
        ["How old is the museum?", "How old is the mill?"],
    ),
    (
        "Who won more votes, Storm or Penn?",
        ["How many votes were won by Storm?", "How many votes were won by Penn?"],
    ),
    (
        "Which raid used more drones, the one in June or the one on Hest with two ships?",
        [
            "How many drones were used by the raid in June?",
            "How many drones were used by the raid on Hest with two ships?",
        ],
    ),
    (
        "Which of the two has sold more tickets, the museum or the mill?",
        ["How many tickets were sold by the museum?", "How many tickets were sold by the mill?"],
    ),
    (
        "Who has had more seats, Storm or Penn?",
        ["How many seats did Storm have?", "How many seats did Penn have?"],
    ),
    ("What was decided in 2016 and in 2020?", ["What was decided in 2016?", "What was decided in 2020?"]),
    (
        "What was decided in May and June 2023?",
        ["What was decided in May 2023?", "What was decided in June 2023?"],
    ),
    (
        "Compare the turnout in 2016 and 2020.",
        ["What is the turnout in 2016?", "What is the turnout in 2020?"],
    ),
]
WHOLE = [
    "What did the court rule in Hest vs Tarn?",
    "Who won the debate of Rask vs Dahl?",
    "Hest vs Tarn",
    "Compare Hest and Tarn.",  # in what?
    "What happened between May and June 2023?",
    "What do both countries say?",
    "What did Marsh say in May and who was there?",
    "Who is the mayor of Velgrad, Storm or Penn?",
    "Who said that the fire was seen in Hest and Tarn?",
    "Which party won, and who lost?",
]


@pytest.mark.parametrize(("question", "parts"), SPLIT)
def test_split(question: str, parts: list[str]) -> None:
    assert [part.rstrip(".") for part in split(question)] == parts


@pytest.mark.parametrize("question", WHOLE)
def test_one_question_stays_whole(question: str) -> None:
    assert split(question) == [question]
