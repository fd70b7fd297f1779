"""Whom a description, a pronoun or a family name means, by kind. Every sentence is invented."""

from __future__ import annotations

import pytest

from qa import statements

# (text, who says the last statement of it)
Row = tuple[str, str]

BY_FACTS: list[Row] = [  # what the article tells of the person beside the name
    ("Sen. Ron Hale (R-Wis.) rose. The Wisconsin Republican said the quay is old.", "Ron Hale"),
    ("Texas Sen. Ted Hale met voters. The Texas senator said the quay is old.", "Ted Hale"),
    ("Sen. Vera Lund of Vermont left. The Vermont senator said the quay is old.", "Vera Lund"),
    ("Otto Lind, 74, left. The 74-year-old said the quay is old.", "Otto Lind"),
    (
        "Former Secretary of State Nia Holt left. The former secretary of state said the quay is old.",
        "Nia Holt",
    ),
    (
        "Sen. Ron Hale (R-Wis.) met Sen. Jan Brandt (D-Ore.). The Oregon Democrat said the quay is old.",
        "Jan Brandt",
    ),
]
FORMER: list[Row] = [  # an office that somebody had is not whoever's who has it
    (
        "Former President Otto Lind left. President Ida Holt came. The former President said it is old.",
        "Otto Lind",
    ),
    ("President Ida Holt met former President Otto Lind. The president said the quay is old.", "Ida Holt"),
]
APPOSED: list[Row] = [  # a description, and in commas who it is
    ("But the other rower on the quay, former judge Nia Holt, said the quay is old.", "Nia Holt"),
    ("One prominent rower, retired mill owner Otto Lind, said the quay is old.", "Otto Lind"),
    ("The quay is old, according to the mayor, council clerk Nia Holt, who left.", "mayor"),
    ("He is not yet a candidate, according to council clerk Nia Holt, who spoke on Friday.", "Nia Holt"),
    ("A mayor, council clerk Nia Holt, and two judges said the quay is old.", "two judges"),
    ("Name: Nia Holt Age: 27City: Arlen. “The quay is old,” she said.", "Nia Holt"),
]
TAKEN_UP: list[Row] = [  # a description that tells nothing of anybody, of whoever the text is about
    ("Otto Lind left the hall. The real estate mogul said the quay is old.", "Otto Lind"),
    ("Otto Lind left the hall. The billionaire said the quay is old.", "Otto Lind"),
]
LEFT_OPEN: list[Row] = [  # where it is not sure, the description itself
    ("President Ida Holt met Otto Lind. The former President said the quay is old.", "former President"),
    ("Otto Lind met Jan Brandt. The billionaire said the quay is old.", "billionaire"),
    ("Otto Lind saw a singer. The singer said the quay is old.", "singer"),
    ("Vera Holt left the hall. The businessman said the quay is old.", "businessman"),
    ("Sen. Ron Hale (R-Wis.) rose. The Vermont senator said the quay is old.", "Vermont senator"),
    ("Rep. Ron Hale (D-Ore.) rose. The Republican candidate said the quay is old.", "Republican candidate"),
    (
        "A mayor met Sen. Ron Hale and Sen. Jan Brandt in the hall. The senator said the quay is old.",
        "senator",
    ),
    ("Vice President Nia Holt left. The president said the quay is old.", "president"),
    ("Secretary of State Nia Holt left. The press secretary said the quay is old.", "press secretary"),
]
PRONOUNS: list[Row] = [
    ("Nia Holt flew in. The Chinese like her tea. She said the quay is old.", "Nia Holt"),
    ("Nia Holt flew in. Muslim Americans cheered. She said the quay is old.", "Nia Holt"),
    ("Otto Lind flew in. The Harbor Partnership ended. He said the quay is old.", "Otto Lind"),
    ("Otto Lind ate an Oreo. Monsa sells them. Nia Holt flew in. She said the quay is old.", "Nia Holt"),
    ("Meanwhile Riona, who sang last, left the stage. “The quay is old,” she said.", "Riona"),
    (
        "The mill is shut. Papers of the Norvik Committee went missing after it announced a leak.",
        "Norvik Committee",
    ),
]
FAMILIES: list[Row] = [  # one family name, several who bear it
    ("Jan Holt owns a mill. The Holts say the quay is old.", "Holts"),
    ("Bill and Nia Holt own a mill. Bill Holt said the quay is old.", "Bill Holt"),
    ("Khem and Ostra Holt own a mill. Mr. Holt said the quay is old.", "Mr. Holt"),
    ("Khem and Usha Holt own a mill. Mr. Holt said the quay is old.", "Khem Holt"),
    ("Democrats met at the Democratic Convention. The mill, Democrats say, is old.", "Democrats"),
    ("Sanders’ campaign bought a mill on Tuesday and announced the quay is old.", "Sanders’ campaign"),
    ("Mr. Hale's children, who said the quay is old, left.", "Mr. Hale's children"),
]
TABLES = {
    "facts": BY_FACTS,
    "apposed": APPOSED,
    "former": FORMER,
    "taken up": TAKEN_UP,
    "left open": LEFT_OPEN,
    "pronouns": PRONOUNS,
    "families": FAMILIES,
}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [pytest.param(*row, id=f"{kind}-{k}") for kind, rows in TABLES.items() for k, row in enumerate(rows)],
)
def test_who_is_meant(text: str, speaker: str) -> None:
    assert [s.speaker for s in statements(text)][-1:] == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [  # an office that is somebody's no more, or not in full
        (
            "The quay is old, said former Secretary of State Nia Holt.",
            "Nia Holt",
            "former Secretary of State",
        ),
        ("Former President Otto Lind said the quay is old.", "Otto Lind", "former President"),
        ("The quay is old, said then-President Otto Lind.", "Otto Lind", "then-President"),
        ("Acting Secretary Nia Holt said the quay is old.", "Nia Holt", "Acting Secretary"),
        ("Secretary of State Nia Holt said the quay is old.", "Nia Holt", "Secretary of State"),
        ("And then Secretary of State Nia Holt said the quay is old.", "Nia Holt", "Secretary of State"),
    ],
)
def test_an_office_is_told_with_what_makes_less_of_it(text: str, speaker: str, role: str) -> None:
    (only,) = statements(text)
    assert (only.speaker, only.role) == (speaker, role)
