"""What "the company" and "it" mean, whom a body's people are, and clauses that only say when."""

from __future__ import annotations

import pytest

from qa import statements

SPEAKERS = [
    # the last that may be a concern
    ("Orley Mills closed its gates. The mill stays, the company said.", "Orley Mills"),
    # another that may be one is named behind it
    ("Orley Mills closed.\n\nYes, all Tarn shops stay open, the company told the paper.", "company"),
    ("Orley Mills said it had closed.\n\nTarn Foods shops stay open, the company said.", "Tarn Foods"),
    # a day, a land, whoever is only told
    ("Shops close on the Fourth of July. Tills stay shut, the company said.", "company"),
    ("Nine left, according to a memo viewed by Norvik News. All is well, the company said.", "company"),
    # one that has its name beside it
    ("Orley Mills bought time on air. Few watched, the Halden company said.", "Halden company"),
    # whom a body is named of
    ("The plan is bad, University of Norvik law professor Ann Lee said.", "Ann Lee"),
    ("“It is fine,” University of Norvik economist Ann Lee said.", "Ann Lee"),
    ("It is fine, said University of North Halden-Orley law professor Ann Lee.", "Ann Lee"),
    ("It is fine, the office of President Joe Holt said.", "office"),
]


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS)
def test_who_says_it(text: str, speaker: str) -> None:
    assert statements(text)[-1].speaker == speaker


@pytest.mark.parametrize(
    "text",
    [
        "After the march and festival conclude, a party will be held at the Mill Hall, Suite 60.",
        "When Holt concluded, the council left the room.",
    ],
)
def test_a_clause_that_says_when_says_nothing_else(text: str) -> None:
    assert not statements(text)


def test_it_is_not_what_narrows_a_noun() -> None:
    told = statements("The FBI said no. To fill its DNA files, it said it would ask the labs.")
    assert {s.speaker for s in told} == {"FBI"}
