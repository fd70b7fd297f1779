"""Whose words a sentence is: found where a reader who saw the article alone, and not the program, said that a
statement was somebody else's, or nobody's. Each case is of the kind that was wrong, in other words."""

from __future__ import annotations

import pytest

from qa import statements
from qa.overviews import is_meant
from qa.text.terms import spelt

WHO: dict[str, list[tuple[str, list[str]]]] = {
    "what is written somewhere reads": [
        ("A text stood there. “All data is gone,” the message, published in Ukrainian, read.", ["message"]),
        ("“Arlen! All data is gone. It is lost,” the message read. Ida Lund saw it.", ["message"] * 3),
        ("“Go home,” read a sign at the gate.", ["a sign"]),
        ("A sign at the gate read “Go home.”", ["A sign"]),
        ("A man stood at the gate and read.", []),
    ],
    "a quotation that tells of whoever spoke before is another's": [
        (
            "As Otto Lind wrote, “The rule is old.”\n\n“A fault of Lind’s piece is that it is long.”",
            ["Otto Lind"],
        ),
        ("As Otto Lind wrote, “The rule is old.”\n\n“Ida Lind’s piece is long.”", ["Otto Lind"] * 2),
        ("As Otto Lind wrote, “The rule is old.”\n\n“It is a long rule.”", ["Otto Lind"] * 2),
    ],
    "what is named somewhere says nothing": [
        ("The Crime Statistics Bureau cited in Holt's tweet does not exist.", []),
        ("A report mentioned in the letter was never published.", []),
        ("The official quoted by the Ledger has resigned.", []),
        ("The mayor named by the court is ill, Ida Lund said.", ["Ida Lund"]),
        ("The plan was described by Otto Lind as a mess and was dropped.", ["Otto Lind"] * 2),
        ("Ida Lund mentioned in passing that the mill was closed.", ["Ida Lund"]),
        ("Ida Lund cited the workers who were ill.", ["Ida Lund"]),
    ],
    "a word between commas does not part a subject from its verb": [
        ("Ida Lund’s campaign, for example, said she was ill.", ["Ida Lund’s campaign"]),
        ("Otto Lind, for his part, said he was ill.", ["Otto Lind"]),
        ("The council, in turn, said it was late.", ["council"]),
        ("Otto Lind, of course, said he was ill.", ["Otto Lind"]),
        ("The mill, for instance, said it would “support him” and go.", ["mill"]),
    ],
    "an office alone before a comma is no apposition": [
        ("He is yet to be registered as a candidate, spokesman Otto Lind said.", ["Otto Lind"]),
        ("He met the mayor, union leader Otto Lind said.", ["Otto Lind"]),
        ("His wife, actress Ida Lund, said he was late.", ["Ida Lund"]),
    ],
    "two of one name whom only their titles tell apart": [
        (
            "Varz and Ghazma Holt, and the son they lost, were known to all. The Holt family grieved. "
            "“He had no right,” Mr. Holt said. “I felt pain,” Ms. Holt said of her son, Hurmin Holt.",
            ["Mr. Holt", "Ms. Holt"],
        ),
        ("Otto and Ida Holt came. “He had no right,” Ms. Holt said.", ["Ida Holt"]),
        ("Varz Holt came. “He had no right,” Mr. Holt said.", ["Varz Holt"]),
    ],
    "a name behind a comma and the verb": [
        ("They got hundreds of angry emails from activists, said board member Julie Craig.", ["Julie Craig"]),
        ("The firm got letters from residents, said council spokesman Otto Lind.", ["Otto Lind"]),
    ],
    "what narrows is not of a name": [
        ("Board member Ida Lund shared emails with The Bulletin that called the school board Nazis.", []),
        ("Pastor Otto Lind, the head of Arlen Council, who called himself a friend, spoke.", ["Otto Lind"]),
        ("One pastor supporting Mr. Holt, Otto Lind of Arlen in Norland, said he had left.", ["Otto Lind"]),
        ("The role of first lady, started in 1789, carries no powers, instead calling on her to host.", []),
        ("The title carries no official powers, calling on its holder to host.", []),
    ],
    "a reporter signs the text": [
        (
            "“It is sad to see,” Donohue said. “They just attack. I am glad.”\n\n— Brandon Holt, Ida Lund",
            ["Donohue"] * 3,
        ),
        ("“The place has changed,” Murphy said. “It is over.”\n\n— Brandon Holt", ["Murphy"] * 2),
        ("“The place has changed. It is over.”\n\n— Brandon Holt", ["Brandon Holt"] * 2),
        ("“It is the best song of them all.” — Dick Cavett Show, 1971", []),
    ],
    "he comments": [
        (
            "Cory Lund fell ill. He said he saw a post of Luke Holt. Holt was reporting pains, he said.",
            ["Cory Lund"] * 2,
        ),
        (
            "Cory Lund said he saw Luke Holt. Holt was reporting pains, he said, and both ate of it.",
            ["Cory Lund"] * 3,
        ),
        (
            "Ida Lund said she set it up. Otto Foil will lead it. Foil wants to meet, he said.",
            ["Ida Lund", "Otto Foil"],
        ),
    ],
    "bodies by their nouns": [
        (
            "Shots are given at State Farm Stadium. Deaths rose as the state reported 81 more deaths.",
            ["state"],
        ),
        ("The Lund Foundation opened. The foundation said it was late.", ["Lund Foundation"]),
        (
            "The Department of Health said it had a puppy. The dog was at a party, the agency said.",
            ["Department of Health"] * 2,
        ),
        ("The Arlen Police Department was late. The police said it was fog.", ["Arlen Police Department"]),
    ],
    "of another office": [
        (
            "Chief Judge James Holt ruled that it was fair. Clinics lack staff, according to the chief of "
            "the largest hospital chain in Norland.",
            ["James Holt", "chief"],
        ),
    ],
    "no verb of its own": [
        ("Mini Notes are sold here. It'll make it more fun and add a pop of color to drawings.", []),
        ("A second place could bruise Rubio and help Holt cast the contest as a fight of two men.", []),
        ("Jan Holt and Ida Lund say it is late.", ["Jan Holt and Ida Lund"]),
        ("Ian Lund did say that it was late.", ["Ian Lund"]),
        ("Ian Lund went on to say that it was late.", ["Ian Lund"]),
    ],
    "the verb first": [
        ("Says Ida Lund, a baker: “The worst is over for us now.”", ["Ida Lund"]),
        ("Quipped Sen. Kevin Lund, R-N.D.: “I would not tell you if I did.”", ["Kevin Lund"]),
        ("Add your house to our map: “Lights of Arlen” is open.", []),
    ],
    "nobody": [
        ("The court’s ruling signals that the judges may limit the president.", []),
        ("The court’s ruling says that the judges may limit the president.", ["court’s ruling"]),
        ("Vera Holt makes a wrap. After testing it, we found that it sticks and is easy to wash.", []),
        ("We write our checks each month to the phone firms.", []),
        ("Ida Lund leads a firm. She tweets at @idalund.", []),
        ("Bradley Holt, the head of Holt Group, has advised the campaigns of Bill Lund and Ida Hale.", []),
        ("The clock has been maintained by the Bulletin of the Atomic Scientists since 1947.", []),
        ("For example, Norvik, State Farm and others offer devices that plug into the port.", []),
        ("No Democratic senators have signaled that they will oppose Lund.", []),
        ("Norland reported 81 deaths and 849 additional confirmed infection cases.", ["Norland"]),
    ],
    "who is told": [
        ("The man, 34, told officers he was alone.", ["man"]),
        ("Ida Lund told reporters after the meeting that the vote was fair.", ["Ida Lund"]),
        ("Karl Osk was told by the judge that he must pay.", ["judge"]),
        ("Ida Lund told audiences that after forty years “it is time.”", ["Ida Lund"] * 2),
    ],
    "a quotation goes on": [
        (
            "“It is like a feast,” said Otto Joseph, who stays. “The last years were hard.” Ida Hale "
            "said in the film that she is thankful for those who help.",
            ["Otto Joseph", "Otto Joseph", "Ida Hale"],
        ),
        (
            "“It is crazy. No words,” Elsa Lund said.\n\nAlina Hale's voice broke when she spoke.\n\n“I "
            "hope to come back,” she said.",
            ["Elsa Lund", "Elsa Lund", "Alina Hale"],
        ),
        (
            "Robin Lund and Frank Hale wrote the bill. Lund said that it helped. “It is right,” he said.",
            ["Robin Lund"] * 2,
        ),
        (
            "Mayor Laura Kell moved. Otto Lund called it “sad” and suggested the mayor “left it all to rot.”",
            ["Otto Lund"] * 3,
        ),
    ],
    "who comments": [
        (
            "Ida Carr said so. Many say that it is easy to read and to spell, Carr said.",
            ["Ida Carr", "Ida Carr"],
        ),
        (
            "“It spreads,” Otto Hamer said. One of them was a child, “and they did not know how,” he said.",
            ["Otto Hamer"] * 3,
        ),
        ("“Back home now. That was a quake,” tweeted @arlen_ida. “Hope all are safe.”", ["@arlen_ida"] * 3),
    ],
    "who acts": [
        ("As a child, Ida Lund remembers whispers, though these were different.", []),
        ("The airline flying to Arlen and Norvik blamed the lack of a control tower.", ["airline"]),
        (
            "Germany’s Otto Lund left. President Recep Holt of Turkey said no. Turkey warned "
            "that it was late.",
            ["Recep Holt", "Turkey"],
        ),
        (
            "Amon St. Brown said it was good.\n\nAs a lifelong fan, Ben Lund, 24, was there.\n\n“My foot "
            "is not going to stop me,” he said.",
            ["Amon St. Brown", "Ben Lund"],
        ),
    ],
    "names": [
        ("John Prine was at the hall. Dr. John said that it was late.", ["John"]),
        ("Third-seeded Elsa Lund won. “It is crazy,” Lund said.", ["Elsa Lund"]),
        ("AP NFL MVP Patrick Lund won. “It is great to be here,” Lund said.", ["Patrick Lund"]),
        ("U.S. Ambassador to the United Nations Linda Holt-Lund said that it was over.", ["Linda Holt-Lund"]),
        ("“We are with them today,” Gasco\u0301n said in the release.", ["Gasco\u0301n"]),
        (
            "He spoke at the Turning Point conference, as Ian Lund did. “I went to reach out,” he said.",
            ["Ian Lund"],
        ),
    ],
}


@pytest.mark.parametrize(
    ("text", "speakers"),
    [pytest.param(*row, id=f"{kind}-{k}") for kind, rows in WHO.items() for k, row in enumerate(rows)],
)
def test_whose_words(text: str, speakers: list[str]) -> None:
    assert [s.speaker for s in statements(text)] == speakers


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The man, 34, told officers he was alone.", "he was alone."),
        ("Ida Lund told reporters after the meeting that the vote was fair.", "the vote was fair."),
        ("Ida Lund told the crowd that it was over.", "it was over."),
        ("Karl Osk was told by the judge that he must pay.", "he must pay."),
        ("Quipped Sen. Kevin Lund, R-N.D.: “I would not tell.”", "“I would not tell.”"),
    ],
)
def test_only_what_is_told(text: str, said: str) -> None:
    assert [s.text for s in statements(text)] == [said]


def test_roles_hold_no_verb_phrase() -> None:
    found = statements("She said her tack toward rival Sen. Ian Lund was new. Lund said it was late.")
    assert [s.role for s in found if s.speaker == "Ian Lund"] == ["rival"]


def test_a_digest_is_many_stories() -> None:
    """A place before each paragraph: nobody of the one before is meant."""
    places = ("Arlen", "Norvik", "Hart Falls", "Lindow", "Osk", "Vale", "Brenn", "Tarn", "Molde")
    stories = [f"{place}: The Lund Agency of {place} opened a hall on Monday." for place in places]
    text = "\n\n".join([*stories, "Sund: A puppy was ill. The agency said it was late. He said it was new."])
    assert [s.speaker for s in statements(text)] == ["agency"]
    whole = "\n\n".join(
        [*(s.partition(": ")[2] for s in stories), "A puppy was ill. The agency said it was late."]
    )
    assert "Agency" in statements(whole)[0].speaker


@pytest.mark.parametrize(
    ("asked", "speaker", "meant"),
    [
        ("Lund", "Vera Lund", True),
        ("Vera", "Vera Lund", True),
        ("Donald Trump", "Donald J. Trump", True),
        ("Robert Lund", "Robert Lund Jr", True),
        ("Arlen Police", "Arlen Police Department", True),
        ("Kremlin", "Kremlin spokesman", True),
        ("Fans", "Shawn Fanning", False),
        ("Bulletin", "Norland state media bulletins", False),
        ("Phoenix", "Phoenix Police Department", False),
        ("Independent", "The Independent Record", False),
        ("TSA", "TSA union officials", False),
        ("TV", "KOTA-TV", False),
        ("University officials", "The university's official newspaper", False),
        ("Holt", "Holt's campaign", False),
    ],
)
def test_whom_who_means(asked: str, speaker: str, meant: bool) -> None:
    assert is_meant(frozenset(spelt(asked)), speaker) is meant
