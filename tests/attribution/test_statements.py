"""Statements as data: whose they are, in which voice, from where to where. Every sentence is invented."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa import statements
from qa.attribution.statements import FIELDS
from qa.attribution.subjects import core_of

# (text, part of what is said, speaker, voice); no speaker: nobody's
Row = tuple[str, str, str | None, str]

NOUN_PHRASES: list[Row] = [
    ("The kiln cracked twice, according to a potter.", "The kiln cracked", "a potter", "reported"),
    ("The kiln cracked twice, according to the logbook.", "The kiln cracked", "logbook", "reported"),
    ("Nils Orm’s campaign says it has no debts.", "no debts", "Nils Orm’s campaign", "reported"),
    ("About 4 in 10 say the ferry is late.", "the ferry is late", "About 4 in 10", "reported"),
    ("Half of the divers said the bay was clear.", "the bay was clear", "Half of the divers", "reported"),
    ("Others said that the bell was cracked.", "the bell was cracked", "Others", "reported"),
    ("Farmers say the dam leaks.", "the dam leaks", "Farmers", "reported"),
    ("Residents opposed to the tram said it would be loud.", "it would be loud", "Residents", "reported"),
    (
        "An Orrin Institute summary said Vera Lund owns the mill.",
        "owns the mill",
        "An Orrin Institute summary",
        "reported",
    ),
    ("In a statement the ferry company said two boats were late.", "two boats", "ferry company", "reported"),
]
CLAUSES: list[Row] = [
    (
        "As the Arlen Courier revealed, the guild agreed to sell a mill to a bank.",
        "to sell a mill",
        "Arlen Courier",
        "reported",
    ),
    (
        "Although she thanked the choir, Vera Lund sounded tired, saying, “It was long.”",
        "It was long",
        "Vera Lund",
        "direct",
    ),
    (
        "Vera Lund opened the fair and said the tents were full.",
        "the tents were full",
        "Vera Lund",
        "reported",
    ),
    ("The council, Vera Lund said, had lied for years.", "had lied", "Vera Lund", "reported"),
    ("Vera Lund, who runs the mill, said flour was short.", "flour was short", "Vera Lund", "reported"),
]
CUES: list[Row] = [
    (
        "In an interview with Arlen News’ Otto Holt on Monday, Vera Lund answered that the mill is old.",
        "the mill is old",
        "Vera Lund",
        "reported",
    ),
    ("Fire crews came. “The mill is old,” said watch manager Vera Lund.", "The mill", "Vera Lund", "direct"),
    ("“The mill is old,” sighed mayor Vera Lund.", "The mill is old", "Vera Lund", "direct"),
    ("“The mill is old,” Vera Lund grumbled.", "The mill is old", "Vera Lund", "direct"),
    ("“The mill is old.” Vera Lund smiled at the crowd.", "The mill is old", None, "direct"),
    ("Vera Lund has long argued that the mill is old.", "the mill is old", "Vera Lund", "reported"),
    ("Vera Lund recently stated bluntly that the mill is old.", "the mill is old", "Vera Lund", "reported"),
    ("Vera Lund grumbled, “The mill is old.”", "The mill is old", "Vera Lund", "direct"),
    ("“The mill is old,” sighed Vera Lund.", "The mill is old", "Vera Lund", "direct"),
    ("Pollster Vera Lund: “The mill is old.”", "The mill is old", "Vera Lund", "direct"),
    (
        "“The mill is old and proud.” - Vera Lund, a miller in Arlen.",
        "The mill is old",
        "Vera Lund",
        "direct",
    ),
    ("Vera Lund did not say that the mill is old.", "the mill is old", None, "reported"),
]
PRONOUNS: list[Row] = [
    ("Vera Lund met voters. She said that the mill is old.", "the mill is old", "Vera Lund", "reported"),
    ("Otto Lind met Vera Lund. He said that the mill is old.", "the mill is old", "Otto Lind", "reported"),
    (
        "Otto Lind grew up by the sea. In his father’s Costa Rica, “all men row,” he says.",
        "all men row",
        "Otto Lind",
        "direct",
    ),
    (
        "The players say the pitch is hard. The old coach likes it, they say.",
        "likes it",
        "players",
        "reported",
    ),
]
NAMES: list[Row] = [
    ("“We paddled all night,” Sen. Otto Lind (D-Mont.) said.", "We paddled", "Otto Lind", "direct"),
    (
        "“We paddled all night,” said Otto Lind, 37, chairman of the club.",
        "We paddled",
        "Otto Lind",
        "direct",
    ),
    ("''We paddled all night,'' said Otto Lind.", "We paddled", "Otto Lind", "direct"),
    (
        "Besides Hartley, Otto Lind looked small. “Turn it off,” he said.",
        "Turn it off",
        "Otto Lind",
        "direct",
    ),
    ("Lind, of the Alpine Weather Bureau, said Austria has the data.", "has the data", "Lind", "reported"),
]


@pytest.mark.parametrize(
    ("text", "part", "speaker", "voice"), [*NOUN_PHRASES, *CLAUSES, *CUES, *PRONOUNS, *NAMES]
)
def test_whose_statement(text: str, part: str, speaker: str | None, voice: str) -> None:
    at = text.index(part)
    found = [s for s in statements(text) if s.start <= at < s.end]
    assert [(s.speaker.removeprefix("the "), s.voice) for s in found] == (
        [(speaker, voice)] if speaker else []
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Sell it,” Vera Lund, the eldest of the mill’s owners, said after the tour.", ["“Sell it,”"]),
        ("Vera Lund said on Monday that the mill is old.", ["the mill is old."]),
        ("The mill is old, Vera Lund said on Monday.", ["The mill is old"]),
        ("The mill is old, according to millers familiar with the plan.", ["The mill is old"]),
        ("“It is old,” Vera Lund said. “It is proud.”", ["“It is old,”", "“It is proud.”"]),
        ("Vera Lund said the “old” mill is for sale.", ["the “old” mill is for sale."]),
        ("Vera Lund accused the guild of lying.", ["accused the guild of lying."]),
    ],
)
def test_the_narrators_clause_is_nobodys(text: str, expected: list[str]) -> None:
    assert [s.text for s in statements(text)] == expected


@pytest.mark.parametrize(
    ("phrase", "core"),
    [
        ("voters in the north", "voters"),
        ("parents worried by the timetable", "parents"),
        ("Joan Keller’s foundation", "Joan Keller’s foundation"),
        ("a spokesman for the ministry", "a spokesman"),
        ("members trying to win", "members"),
    ],
)
def test_core_of_a_noun_phrase(phrase: str, core: str) -> None:
    assert core_of(phrase) == core


def test_a_statement_is_data() -> None:
    text = "First line.\nMayor Vera Lund said that the mill is old."
    (only,) = statements(text, outlet="Arlen Courier")
    made = only.to_dict()
    assert tuple(made) == FIELDS and json.loads(json.dumps(made)) == made
    assert (only.line, only.role, only.text) == (2, "Mayor", text[only.start : only.end])


@settings(max_examples=120, deadline=None)
@given(st.text(alphabet="abc ABC “”\"‘’''.,!?:;—…\n" + "said he Otto Lind " * 2, max_size=160))
def test_a_statement_of_any_text_is_a_span_of_it(text: str) -> None:
    for s in statements(text):
        assert 0 <= s.start < s.end <= len(text) and s.text == text[s.start : s.end] and s.speaker


def test_reading_takes_time_in_proportion_to_the_length() -> None:
    """A page of many paragraphs costs at most about as much a paragraph as a short one."""
    import time

    def once(times: int, run: int) -> float:
        text = "\n\n".join(f"Mayor Vera Lund{k} said that mill {k} is {run} old." for k in range(times))
        start = time.process_time()
        statements(text)
        return time.process_time() - start

    def seconds(times: int) -> float:
        return min(once(times, run) for run in range(3))  # one may be interrupted by a collection of garbage

    seconds(20)
    assert seconds(400) < 12 * max(seconds(100), 0.02)
