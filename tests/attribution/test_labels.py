"""Turns of interviews and transcripts, lines over a quotation, signatures. Every text is invented."""

from __future__ import annotations

import pytest

from qa import statements

Said = list[tuple[str, str]]  # speaker, words

TRANSCRIPT = """\
HARBOUR TONIGHT

Fire at the Pier; Interview With Governor Vera Lund

Aired March 3, 2021 - 20:00 ET

[20:00:04]

OTTO HOLT, HARBOUR TONIGHT HOST: Good evening. The pier burns.

GOV. VERA LUND (R), ARLEN: It is out.

We lost two sheds.

(CROSSTALK)

Nobody was hurt.

(BEGIN VIDEO CLIP)

The pier burned all night.

MARTA KJELL, DIVER: I swam.

(END VIDEO CLIP)

HOLT: And the cost?

LUND: Too early.
"""
BRIEFING = """\
SECRETARY BRANDT: Good morning. The treaty is signed.

QUESTION: When does it begin?

SECRETARY BRANDT: In May.

QUESTION: And the fee?

MR. OAKES: Nothing is decided.

MR. OAKES: Nothing at all.
"""
INTERVIEW = """\
The baker of Arlen

Vera Lund has baked for forty years. We met her in her shop.

Q. How did you begin?

A. With bread.

Q. And now?

A. Now I bake cakes.
"""
ROLES = """\
Two on the bridge

Holt (mayor): The bridge will open in May.

Lund (engineer): It will not.

Holt (mayor): It will.

Lund (engineer): We shall see.
"""
TURNS: dict[str, tuple[str, Said]] = {
    "a broadcast, with scenes and turns over paragraphs": (
        TRANSCRIPT,
        [
            ("Otto Holt", "Good evening."),
            ("Otto Holt", "The pier burns."),
            ("Vera Lund", "It is out."),
            ("Vera Lund", "We lost two sheds."),
            ("Vera Lund", "Nobody was hurt."),
            ("Marta Kjell", "I swam."),
            ("Otto Holt", "And the cost?"),
            ("Vera Lund", "Too early."),
        ],
    ),
    "a briefing, with titles and nameless questions": (
        BRIEFING,
        [
            ("Brandt", "Good morning."),
            ("Brandt", "The treaty is signed."),
            ("interviewer", "When does it begin?"),
            ("Brandt", "In May."),
            ("interviewer", "And the fee?"),
            ("Oakes", "Nothing is decided."),
            ("Oakes", "Nothing at all."),
        ],
    ),
    "questions and answers": (
        INTERVIEW,
        [
            ("interviewer", "How did you begin?"),
            ("Vera Lund", "With bread."),
            ("interviewer", "And now?"),
            ("Vera Lund", "Now I bake cakes."),
        ],
    ),
    "names with roles in brackets": (
        ROLES,
        [
            ("Holt", "The bridge will open in May."),
            ("Lund", "It will not."),
            ("Holt", "It will."),
            ("Lund", "We shall see."),
        ],
    ),
    "names in small letters, two people in turn": (
        "Two on the bridge\n\nHolt: The bridge will open in May at last.\n\n"
        "Lund: I think that it will not.\n\nHolt: It will, and you know it.\n\n"
        "Lund: We shall see about that.\n",
        [
            ("Holt", "The bridge will open in May at last."),
            ("Lund", "I think that it will not."),
            ("Holt", "It will, and you know it."),
            ("Lund", "We shall see about that."),
        ],
    ),
    "a list of prices is no talk": (
        "Prices\n\nRegular: $4.27\n\nDiesel: $5.09\n\nRegular: $4.81\n\nDiesel: $5.27\n\nThe prices rose.\n",
        [],
    ),
    "a digest of towns is no talk": (
        "Fifty towns\n\nSalem: The city pays two million to settle a suit.\n\n"
        "Montpelier: A ride was shut by the state.\n\nDover: A plant leaked in the night.\n\n"
        "Salem: Three stones have fallen over.\n\n"
        "Hartford: A law was signed.\n\nDover: The governor left.\n\nAustin: A road was closed.\n",
        [],
    ),
    "headings in capitals are no labels": (
        "Fees\n\nWHAT WE KNOW: The fee is 3 crowns.\n\nWHAT COMES NEXT: A vote in May.\n\nThe pier is old.\n",
        [],
    ),
}
QUOTED: dict[str, tuple[str, Said]] = {
    "a signature is of its own quotation": (
        "Reactions\n\n“It is a fine pier.” -Chief Pilot Jon Arde\n\n“It leaks.”\n",
        [("Jon Arde", "“It is a fine pier.”")],
    ),
    "a name with its office and a colon": (
        "Reactions\n\nAnd from Chairwoman Rosa Wend:\n\n“She steered us well.”\n",
        [("Rosa Wend", "“She steered us well.”")],
    ),
    "a line that says from whom": (
        "Reactions\n\nFrom the desk of John Dole, chief analyst\n\n“Fees will rise.”\n\n“So will rents.”\n",
        [("John Dole", "“Fees will rise.”"), ("John Dole", "“So will rents.”")],
    ),
    "a statement by somebody": (
        "Reactions\n\nStatement by Mayor Vera Lund\n\n“We had no choice.”\n",
        [("Vera Lund", "“We had no choice.”")],
    ),
    "a name and who that is": (
        "Reactions\n\nOtto Holt, a baker:\n\n“Nobody told us.”\n",
        [("Otto Holt", "“Nobody told us.”")],
    ),
    "a line about somebody is not theirs": (
        "Reactions\n\nA plan of the council for Otto Holt\n\n“A new pier.”\n",
        [],
    ),
}


def said(text: str) -> Said:
    return [(s.speaker or "", text[s.start : s.end]) for s in statements(text) if s.voice == "direct"]


@pytest.mark.parametrize("name", TURNS)
def test_turns(name: str) -> None:
    text, expected = TURNS[name]
    assert said(text) == expected


@pytest.mark.parametrize("name", QUOTED)
def test_lines_over_and_under_a_quotation(name: str) -> None:
    text, expected = QUOTED[name]
    assert said(text) == expected
