"""Every kind of name, of source and of verb in every frame of a statement: most of what goes wrong over other
news is one word that a frame does not take."""

from __future__ import annotations

import pytest

from qa import statements

NAMES = (
    *("Ursula von der Leyen", "Juan Carlos de la Cruz", "Hans van den Berg", "Gabriela Pereira dos Santos"),
    *(
        "Mohammed bin Salman",
        "Abdel Fattah el-Sisi",
        "Neil deGrasse Tyson",
        "Bill de Blasio",
        "Beto O’Rourke",
    ),
    *("Łukasz Nowak", "Zoë Kravitz", "Øystein Holt", "Ivan Đurić", "Ban Ki-moon", "Kim Jong Un", "Wang Yi"),
    *("Billie Jean King", "Dave Pope", "James Dean", "Dusty Baker", "Mike Judge", "Bob Good"),
    *(
        "April Jones",
        "May Britt",
        "Will Levis",
        "Taylor Swift",
        "Hunter Biden",
        "Damian Green",
        "Gillian Hale",
    ),
    *("J.D. Vance", "AJ Smith", "Mark St. John", "Kareem Abdul-Jabbar", "Sacha Baron Cohen", "Pope Francis"),
    *("Gov.-elect Wes Moore", "Lt. Col. Orlando Myles", "U.S. Rep. Jim Jordan", "Fire Chief Ann Hale"),
    *("Queen Camilla", "Press Secretary Karine Jean-Pierre", "Lady Gaga", "Ketanji Brown Jackson"),
)
OF_NAMES = (
    "“The plan is a mistake for the town,” said {n}.",
    "“The plan is a mistake for the town,” {n} said.",
    "“The plan is a mistake for the town,” {n} told CNN on Monday.",
    "“The plan is a mistake for the town,” said committee chairman {n}.",
    "{n} said the plan is a mistake for the town.",
    "{n} said on Twitter: “The plan is a mistake.”",
    "{n}, a member of the board, said the plan is a mistake.",
    "According to {n}, the plan is a mistake for the town.",
    "The plan is a mistake for the town, said {n}, who lives there.",
)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_speaks_in_every_frame(name: str) -> None:
    for frame in OF_NAMES:
        found = [s.speaker for s in statements(frame.format(n=name))]
        assert found, frame
        assert all(
            name.endswith(who or "?") and len((who or "").split()) > 1 for who in found if name not in ALONE
        ), (
            frame,
            found,
        )


# Whose names are one word, or lose a title.
ALONE = frozenset({"Pope Francis", "Queen Camilla", "Lady Gaga"})


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Martin Luther King Jr. said the plan is a mistake.", "Martin Luther King Jr"),
        ("“The plan is a mistake,” said Martin Luther King III.", "Martin Luther King III"),
        (
            "The Church of Jesus Christ of Latter-day Saints said it gave $20 million.",
            "Church of Jesus Christ",
        ),
        ("Hunter Biden left. “It is lost,” Biden said.", "Hunter Biden"),
        ("Taylor Swift sang. “It is lost,” she said.", "Taylor Swift"),
        ("In May Lund left. In March Lund said the plan is a mistake.", "Lund"),
    ],
)
def test_names_that_end_or_begin_with_a_word(text: str, who: str) -> None:
    assert {s.speaker for s in statements(text)} == {who}


FAMILIES = "Allen King Green Nguyen Fleming Cohen Chen Baker Cook Bishop Farmer Mullen Sterling".split()
OF_FAMILIES = (
    "“It is lost,” said Tony {n} in a statement.",
    "Tony {n} rose. “It is lost,” {n} said.",
    "Tony {n} rose. {n} said it was lost.",
    "Tony {n} rose. “It is lost,” said {n}, who left.",
)


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_name_in_every_frame(name: str) -> None:
    for frame in OF_FAMILIES:
        assert {s.speaker for s in statements(frame.format(n=name))} == {f"Tony {name}"}, frame


FIRMS = (
    *(
        "Macy’s",
        "Kellogg’s",
        "Ben & Jerry’s",
        "AT&T",
        "H&M",
        "NASA",
        "IBM",
        "Apple",
        "Target",
        "Southwest",
        "X",
    ),
    *(
        "Johnson & Johnson",
        "JPMorgan Chase",
        "Fox News",
        "Best Buy",
        "the Red Cross",
        "Israel",
    ),
    *("the Federal Reserve", "the NTSB", "the Proud Boys", "Black Lives Matter", "Rotten Tomatoes", "Time"),
)
OF_FIRMS = (
    "{n} said the plan was changed.",
    "{n} announced that the plan was changed.",
    "{n} has said it will change the plan.",
    "“The plan was changed,” {n} said in a statement.",
    "“The plan was changed,” said {n}.",
    "According to {n}, the plan was changed.",
    "The plan was changed, {n} reported Tuesday.",
)


@pytest.mark.parametrize("name", FIRMS)
def test_every_firm_speaks_in_every_frame(name: str) -> None:
    core = name.removeprefix("the ")
    for frame in OF_FIRMS:
        text = frame.format(n=name)
        assert {s.speaker for s in statements(text[0].upper() + text[1:])} == {core}, frame


SOURCES = (
    *("police", "the police", "officials", "state officials", "federal prosecutors", "a spokesman"),
    *(
        "the White House",
        "the airline",
        "the ministry of defence",
        "the Department of Justice",
        "authorities",
    ),
    *("one resident", "three people familiar with the talks", "lead author Jane Holt", "House Republicans"),
    *("the 34-year-old singer", "her lawyers", "Holt’s lawyer", "Holt’s campaign"),
    *("the union’s president", "the NFL", "Moscow", "Downing Street", "Ukraine’s defence ministry", "Hamas"),
    *("Russian officials", "the United Nations", "Human Rights Watch", "Netflix", "the New York Times"),
    *("the indictment", "court records", "the company’s website", "the National Weather Service", "jurors"),
    *(
        "the school district",
        "the mayor’s office",
        "the medical examiner",
        "a neighbor",
        "his wife",
        "lawmakers",
    ),
    *("a senior administration official", "legal experts", "analysts at Norvik", "state health officials"),
)
OF_SOURCES = (
    "The plan for the mill was changed, {s} said Tuesday.",
    "The plan for the mill came from a man who had left Arlen, {s} announced Tuesday.",
    "According to {s}, the plan for the mill was changed.",
    "“The plan was a mistake for us,” {s} said.",
)


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_speaks_in_every_frame(source: str) -> None:
    core = source.removeprefix("the ").removeprefix("a ").casefold()
    for frame in OF_SOURCES:
        found = [(s.speaker or "").casefold() for s in statements(frame.format(s=source))]
        assert found, frame
        assert all(core in who or who in core for who in found), (frame, found)


BESIDE = """
    said added argued warned claimed insisted wrote tweeted announced explained noted stated confirmed
    admitted acknowledged conceded denied replied responded countered urged testified recalled remarked
    commented observed revealed disclosed declared emphasized stressed suggested predicted quipped joked
    lamented complained vowed promised concluded continued began opined posted shared reiterated
    repeated maintained contended asserted alleged cautioned advised clarified reflected mused marveled
    exclaimed shouted whispered texted boasted cried laughed sighed smiled gushed snapped fumed
    thundered scoffed guessed reasoned figured recounted agreed
""".split()
OF_VERBS = (
    "“The plan is a mistake for the town,” Vera Lund {v}.",
    "“The plan,” Vera Lund {v}, “is a mistake for the town.”",
    "Vera Lund {v}: “The plan is a mistake for the town.”",
)


@pytest.mark.parametrize("verb", BESIDE)
def test_every_verb_beside_a_quotation(verb: str) -> None:
    for frame in OF_VERBS:
        found = {s.speaker for s in statements(frame.format(v=verb))}
        assert found == {"Vera Lund"}, frame


NOTHING_SAID = (
    "The mill welcomes diners to a celebration, starting with flutes of wine dubbed the Arlen Toast.",
    "The West’s reported decision to lift the rules on the mill is a step.",
    "What is odd is that Holt’s call for bread is late.",
    "The Lund Canyon, as the depression is called, offers refuge for the whale from the noise of ships.",
    "Vera Lund began her tenure in June and set out to tour all campuses.",
    "ALSO: On May 14, the club won.\n\nIt is late.\n\nALSO: It has a hall.\n\nWHERE: It is in Arlen.",
    "A barn\n\nTheory: He lies beneath a slab in town.\n\nWho: Tony Lund.\n\nTheory: He was put in a mill.",
    "Anna Lund takes in suggestions, but ultimately, she has the final say of the guest list.",
    "Judge Vera Lund dismissed the tax case, and prosecutors have left.",
    "There are four stations recommended for attendees.",
    "In “Big Yellow Taxi,” the singer/songwriter’s jaunty tune about loss, she sings.",
    "After the guild and town lawyers traded written jabs over the weekend, the trial went on.",
    "Arlen is the latest town to be blasted by Russian artillery and it is lost.",
    "Anna Reyes rows in Arlen. She has a pin which helps her while conveying 20-kg stones.",
    "News: This story has been updated to say that the flyer was sent.\n\nSports: An earlier version of this "
    "story misstated the team.\n\nNews: A previous version of this story misstated the law.",
)


@pytest.mark.parametrize("text", NOTHING_SAID)
def test_nothing_is_said(text: str) -> None:
    assert not statements(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "He cheated them out of thousands, according to family and former supporters.",
            "He cheated them out of thousands",
        ),
        ("RePower South issued a statement Friday night saying it “will soon close.”", "“will soon close.”"),
        ("Jane Holt said Monday that the rink was shut.", "the rink was shut."),
        (
            '“It is late, and we move the clock again," said Jane Holt, who left.',
            '“It is late, and we move the clock again,"',
        ),
    ],
)
def test_what_is_told_and_no_more(text: str, told: str) -> None:
    assert [s.text for s in statements(text)] == [told]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Florida Gov. Ron Lund said it was lost.", "Florida Gov."),
        ("New York Mayor Eric Lund said it was lost.", "New York Mayor"),
        ("West Virginia Sen. Joe Lund said it was lost.", "West Virginia Sen."),
        ("Sen. Joe Lund said it was lost.", None),
        ("Although chef Ida Lund estimates that it is late, it is not.", "chef"),
        ("Two members of Congress, Ida Lund, R-Ill., and Bob Hale, R-Ga., said it was lost.", None),
        ("“It is lost,” said Norvik president and CEO Ron Lund.", "Norvik president and CEO"),
        ("Jordan Keeton, who is also the chef, said it was lost.", "chef"),
        ("“It is lost,” says Arlen senior Salah Lund.", "Arlen senior"),
    ],
)
def test_the_role_beside_a_name(text: str, role: str | None) -> None:
    assert {s.role for s in statements(text)} == {role}


def test_a_title_with_a_letter_that_lower_case_makes_two_of_keeps_its_places() -> None:
    text = "Ida Lund spoke on “İzmir İş Times” today. “It is lost,” Ida Lund said."
    assert [text[s.start : s.end] for s in statements(text)] == ["“It is lost,”"]
