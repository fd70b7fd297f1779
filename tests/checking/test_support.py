"""What carries a claim: figures in one form, who says what, negations, names. Sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.checking.speakers import sayings
from qa.checking.support import unfit, unsupported
from qa.text.figures import figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4,000 homes", {"4000": 0}),
        ("four thousand homes", {"4000": 0}),
        ("4 thousand", {"4000": 0}),
        ("1.5 million", {"1500000": 0}),
        ("87.3%", {"87.3%": 0}),
        ("87.3 percent", {"87.3%": 0}),
        ("eighty per cent", {"80%": 0}),
        ("twenty-four hours", {"24": 0}),
        ("three hundred and twelve", {"312": 0}),
        ("the third time", {"3th": 0}),
        ("the 3rd time", {"3th": 0}),
        ("more than 40", {"40": 1}),
        ("fewer than forty", {"40": -1}),
        ("at least 27", {"27": 1}),
        ("one of them", {}),
        ("no figure", {}),
        ("in 2024", {"2024": 0}),
        ("version 1.2.3", {"1.2.3": 0}),
        ("two hundred thousand", {"200000": 0}),
    ],
)
def test_figures(text: str, expected: dict[str, int]) -> None:
    assert figures(text) == expected


SAID: list[tuple[str, list[str]]] = [
    ("Mayor Ilse Brandt said that the bridge is closed.", ["brandt"]),
    ("The bridge is closed, said Brandt.", ["brandt"]),
    ("“The bridge is closed,” Brandt said.", ["brandt"]),
    ("The bridge is closed, according to Brandt.", ["brandt"]),
    ("Brandt, the mayor of Norvik, warned of cracks.", ["brandt"]),
    ("Brandt met Lind on Friday.", []),
    ("Brandt opened the school. He said it was late.", ["brandt"]),
    ("Lind was called a fool by Brandt.", ["brandt"]),
    ("Lind was called a fool.", []),
    ("Brandt did not say why.", []),
    ("Brandt refused to comment and stressed that work goes on.", ["brandt"]),
    ("The spokesman added that Brandt is away.", ["spokesman"]),
    ("Brandt issued a statement on the bridge.", ["brandt"]),
    ("Brandt’s claim that the bridge is safe was denied.", ["brandt"]),
    ("A report from Norvik tells of cracks.", [""]),
    ("Brandt praised Lind and called him brave.", ["brandt", "brandt"]),
    ("While Lind waited, Brandt issued a warning: the pier, she argued, could fall.", ["brandt", "brandt"]),
]


@pytest.mark.parametrize(("text", "speakers"), SAID)
def test_who_speaks(text: str, speakers: list[str]) -> None:
    found = sayings(text)
    assert len(found) == len(speakers)
    assert all(
        not s.speaker if not who else any(who.startswith(t) or t.startswith(who) for t in s.speaker)
        for s, who in zip(found, speakers, strict=True)
    ), found


QUOTE = (
    "The bridge is not safe, mayor Ilse Brandt said on Monday, and repairs will cost 3.4 million crowns. "
    "The operator, Otto Lind, rejected the report. Hundreds of people had signed a petition."
)
CLAIMS: list[tuple[str, str | None]] = [
    ("Ilse Brandt said that the bridge is not safe.", None),
    ("Repairs will cost 3,400,000 crowns, according to Brandt.", None),
    ("The mayor said the bridge was unsafe.", None),
    ("Lind rejected the report.", None),
    ("Otto Lind said that the bridge is not safe.", "speaker"),
    ("Brandt pointed out that hundreds of people had signed a petition.", "speaker"),
    ("Ada Holm said that the bridge is not safe.", "speaker"),
    ("Brandt said that the bridge is safe.", "negation"),
    ("Repairs will not cost 3.4 million crowns.", "negation"),
    ("Repairs will cost 4.3 million crowns.", "number"),
    ("Repairs will cost 3.4 billion crowns.", "number"),
    ("Repairs will cost less than 3.4 million crowns.", None),
    ("Otto Brandt said that the bridge is not safe.", "name"),
    ("The bridge in Lund is not safe.", "name"),
    ("Brandt said on Tuesday that the bridge is not safe.", "date"),
    ("The bridge is not safe since 2019.", "date"),
]


@pytest.mark.parametrize(("claim", "why"), CLAIMS)
def test_what_a_quote_carries(claim: str, why: str | None) -> None:
    assert unsupported(claim, [QUOTE]) == why


@pytest.mark.parametrize(
    ("claim", "quotes", "why"),
    [
        ("We will support her.", ["We will support her."], "speaker"),
        ("As I was informed, it is done.", ["As I was informed, it is done."], "speaker"),
        ("Brandt said: “We will support her.”", ["“We will support her,” Brandt said."], None),
        ("The US left us nothing.", ["The US left us nothing."], "speaker"),
        ("The US left nothing.", ["The US left nothing."], None),
        ("Lund District", ["Lund District"], "empty"),
        ("It burned in Lund.", ["Lund District", "It burned down there."], None),
    ],
)
def test_what_a_models_sentence_may_not_be(claim: str, quotes: list[str], why: str | None) -> None:
    assert unfit(claim, quotes) == why


def test_bounds_of_figures_may_not_turn_round() -> None:
    assert unsupported("Fewer than 40 people came.", ["More than 40 people came."]) == "number"
    assert unsupported("More than forty people came.", ["More than 40 people came."]) is None


@pytest.mark.parametrize(
    ("claim", "quote", "why"),
    [
        ("Half of the homes lost power.", "A third of the homes lost power.", "number"),
        ("Dozens came.", "Hundreds came.", "number"),
        ("It took 24 days.", "It took 24 hours.", "number"),
        ("It took 24 hours.", "It took 24 hours.", None),
        ("The bridge closed last week.", "The bridge closed this week.", "date"),
        ("She left in the morning.", "She left in the evening.", "date"),
        ("It came overnight.", "It came in the night.", None),
        ("Lind confirmed the report.", "Lind denied the report.", "negation"),
        ("Prices rose.", "Prices fell.", None),
        ("Prices rise.", "Prices fall.", "negation"),
        ("It is likely.", "It is unlikely.", "negation"),
    ],
)
def test_amounts_units_times_and_opposites(claim: str, quote: str, why: str | None) -> None:
    assert unsupported(claim, [quote]) == why


def test_a_people_for_its_country() -> None:
    quote = "Ukraine made an appeal to the United States and France on Friday."
    assert unsupported("On Friday an Ukrainian appeal was made to the US and the French.", [quote]) is None
    assert unsupported("On Friday a Turkish appeal was made to the US.", [quote]) == "name"


@given(st.lists(st.sampled_from(QUOTE.replace(".", " .").split()), min_size=1, max_size=25).map(" ".join))
def test_a_quote_always_carries_itself(text: str) -> None:
    assert unsupported(text, [text]) is None
