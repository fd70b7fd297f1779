"""Names, nouns and clauses of everyday news that were not heard: found by reading sentences with a verb of
saying that lay in no statement, over articles that nobody has annotated."""

from __future__ import annotations

import pytest

from qa import statements

HEARD = [
    # an official who is not named stays so
    (
        "A police official said it is open. Ian Lund, a spokesman, said no. The official said it was lost.",
        ["A police official", "Ian Lund", "A police official"],
    ),
    ("Ida Lund, a health official, said it is late. The official said it was lost.", ["Ida Lund"] * 2),
    ("He burnt the mail, though he had been asked to keep it by the House Committee on Mail.", []),
    ("Letters that hold matters now deemed secret were written by many of her aides.", []),
    # sources and what narrows them
    ("“It is lost,” said a choked up Rev. Ida Lund, a leader.", ["Ida Lund"]),
    ("The firm will give 142 crowns, said the state news agency SPA on Thursday.", ["SPA"]),
    ("Town authorities earlier today said they had closed it.", ["Town authorities"]),
    ("Nurses are badly equipped to care for patients, WHO said.", ["WHO"]),
    ("Bakers have a hard time, said a union representing bakers.", ["a union"]),
    ("The wind is strong, according to a forecast issued Wednesday.", ["a forecast"]),
    ("The fire left a scar, according to a letter sent to the guild.", ["a letter"]),
    ("Pressed on whether he had plans to take the mill—Ian Lund said that it was odd.", ["Ian Lund"]),
    # who is meant, and who is not
    ("“It is odd” that Ida Hale can win, said Otto Lund, who left.", ["Otto Lund"] * 2),
    ("On “This Week,” Senator Ian Lund walked in. He called Holt a “liar.”", ["Ian Lund"]),
    ("Ian Lund said it was late. Lund is older and lauded for his work.", ["Ian Lund"]),
    ("Pressed whether he believes that he must go, Ian Lund said no.", ["Ian Lund"]),
    ("Ian Lund left, saying on CNN on Monday that “it is late for it.”", ["Ian Lund"]),
    ("A judge told the 54-year-old Lund that “you are a free man.”", ["A judge"]),
    ("Ian Lund sang. His videos for “Hurts So Good,” “Jack & Diane” and “Small Town” were shown.", []),
    # spokesmen of bodies, firms
    ("“It is lost,” said Georgia Department of Transportation spokeswoman Natalie Lund.", ["Natalie Lund"]),
    ("“It is lost,” says the spinal study’s author, Nancy Lund, a surgeon.", ["Nancy Lund"]),
    ("The hall is late, the district’s spokesperson, David Lund, said.", ["David Lund"]),
    ("Nationwide Insurance Co. now says it asks all to stay.", ["Nationwide Insurance Co"]),
    ("Norvik Inc. said it asks all to stay.", ["Norvik Inc"]),
    # who is told, when, where and on what condition
    ("Ida Lund, a former agent, told USA TODAY that the loss may be telling.", ["Ida Lund"]),
    ("Ida Lund told CNN that after two weeks the lack of proof may be telling.", ["Ida Lund"]),
    ("It was late, an official who was not named said.", ["an official"]),
    ("It was late, a senior official who requested anonymity to speak said.", ["a senior official"]),
    ("An official who asked not to be named said it was late.", ["An official"]),
    ("Ida Lund last week said it was late.", ["Ida Lund"]),
    ("The firm Norvik this month said it was late.", ["Norvik"]),
    ("“It is lost,” Ida Lund wrote to the guild about it.", ["Ida Lund"]),
    ("“It is lost,” said Ida Lund while at a fair in Arlen.", ["Ida Lund"]),
    ("“It is lost,” said Ida Lund about her first shows.", ["Ida Lund"]),
    # papers and offices of two matters
    ("Lund “is sure of it”, said The Sunday Times.", ["Sunday Times"]),
    ("It is “an attempt to reset”, said The Telegraph’s political editor Ben Lund.", ["Ben Lund"] * 2),
    ("“It is lost,” said Minister of Interior and Safety Lee Sang-min.", ["Lee Sang-min"]),
    ("Secretary of Health and Human Services Xavier Lund said it was shut.", ["Xavier Lund"]),
    # whose: a person with his or her office, firm or place is two names
    ("Judge Ida Holm Lund’s Senate form is out. Lund said it was late.", ["Ida Holm Lund"]),
    ("It was President Ian Holt's Norvik House. Holt said it was late.", ["Ian Holt"]),
    ("The Leon County Sheriff’s Office said it was late.", ["Leon County Sheriff’s Office"]),
    # the writer
    ("Ida Lund came in. “Are you the baby?” I asked. She smiled.", ["the writer"]),
    ("I got an email from Ostra. I responded: “Is it late? I see it is.”", ["the writer"] * 2),
    ("World War I is told of. Ida Lund said it was lost.", ["Ida Lund"]),
    # roles
    ("“It is hard,” said Norvik School professor and corporate strategy expert Rita Lund.", ["Rita Lund"]),
    ("Fraternal Order of Police President John Lund said it was shut.", ["John Lund"]),
    ("Although chef Ida Lund estimates that it is late, it is not.", ["Ida Lund"]),
    ("Moscow, according to Lund, invites “all who want to come” to look at it.", ["Lund"]),
    ("The mill, Lund went on, is at war with the town.", ["Lund"] * 2),
    ("∎ Spokesperson for the High Commissioner Ravina Lund on Friday said it was shut.", ["Spokesperson"]),
    (
        "The Maine Department of Health said it was shut. "
        + "It is late. " * 80
        + "The Department of Health said "
        "it was fine.",
        ["Maine Department of Health", "Department of Health"],
    ),
    # nouns that are no speakers
    ("PJ Lund is ten. Fire scorched his arm. “It is with me,” he said.", ["PJ Lund"]),
    ("Ida Lund rows. A tree stands on the South Lawn of the hall. “He was kind,” she said.", ["Ida Lund"]),
    ("Quentin Lund spoke on “The Church of Lund.” “It is lost,” Lund, 62, said.", ["Quentin Lund"]),
    ("The president of the Council for Higher Education says it should close.", ["president"]),
    # offices before a name
    ("“It is lost,” said Norvik President and CEO Ron Lund.", ["Ron Lund"]),
    ("Norvik co-founder and CEO Ron Lund said it was shut.", ["Ron Lund"]),
    ("“It is lost,” says Arlen senior Salah Lund.", ["Salah Lund"]),
    ("“It is lost,” said quarterback Ron Lund.", ["Ron Lund"]),
    ("Ron Lund teased that the song would be out in May.", ["Ron Lund"]),
    # months that are names
    ("“It is lost,” Theresa May said.", ["Theresa May"]),
    ("“It is lost,” said Theresa May on Monday.", ["Theresa May"]),
    ("Theresa May left. May said the vote was close.", ["Theresa May"]),
    ("“It is lost,” May said on Monday.", ["May"]),
    ("Anna Holt left in May. A report in May said the rink was shut.", ["A report"]),
    ("The rink was shut by Anna May 5, officials said.", ["officials"]),
    # a verb that is a name
    ("“It is lost,” said Will Smith.", ["Will Smith"]),
    ("Will Smith is late. Jada Pinkett Smith is there. “It is lost,” Will Smith said.", ["Will Smith"]),
    ("Will Holt win on Monday? The mayor said he would.", ["mayor"]),
    # "Jr.", "III"
    ("Interior Secretary Ian Holt Jr. said that 58 landslides were seen.", ["Ian Holt Jr"]),
    ("Ian Holt Jr. won on Monday. Holt said the vote was close.", ["Ian Holt Jr"]),
    ("Donald Holt and Donald Holt Jr. met. Holt said the vote was lost.", ["Donald Holt"]),
    # al-, el-
    ("“It is lost,” said Yasser al-Mulla, the manager of the rink.", ["Yasser al-Mulla"]),
    ("Omar el-Sayed left. “It is lost,” Sayed said.", ["Omar el-Sayed"]),
    # of a body, of a family
    ("The plan is “dead in the water”, said The Guardian’s Pippa Crerar.", ["Pippa Crerar"] * 2),
    ("“It is lost,” the BBC’s Paul Seddon wrote.", ["Paul Seddon"]),
    ("The Women’s Health Fund said the plan was lost.", ["Women’s Health Fund"]),
    ("“It is lost,” said Reed family spokesperson Jonathan Franks.", ["Jonathan Franks"]),
    # what ends in -ly is no adverb
    ("“It is lost,” Megyn Kelly said.", ["Megyn Kelly"]),
    ("Italy said it was shut.", ["Italy"]),
    ("The family said on Monday it was shut.", ["family"]),
    ("The deal will fail, an ally told reporters.", ["an ally"]),
    ("The mayor angrily said it was shut.", ["mayor"]),
    # a day behind the verb
    ("Anna Jones left Friday, saying the rulings were unfair.", ["Anna Jones"]),
    ("“Is it lost?” Lund said Monday.", ["Lund"]),
    ("“Is it lost?” Lund asked late Monday night. “I mean, it is odd.”", ["Lund"] * 2),
    ("“Is it lost?” Lund said Monday would be hard.", ["Lund"]),
    # documents and bodies that close what they say
    ("“Our mission is to teach,” the release states. “No matter what, it stands.”", ["release"] * 2),
    ("The patient is at home, the release states.", ["release"]),
    ("The rink will be closed, the city announced in a news release.", ["city"]),
    ("“The rule is grey”, said The Times, “mixing two things”.", ["Times"] * 2),
    # bodies with an "and" in their names
    ("The Food and Drug Administration said it was fine.", ["Food and Drug Administration"]),
    (
        "The Centers for Disease Control and Prevention said it was fine.",
        ["Centers for Disease Control and Prevention"],
    ),
    (
        "The Department of Health and Human Services said it was fine.",
        ["Department of Health and Human Services"],
    ),
    ("“It is fine,” the Securities and Exchange Commission said.", ["Securities and Exchange Commission"]),
    ("The U.S. Department of Justice and President Holt said it was fine.", ["Holt"]),
    ("The FBI and Justice Department said it was fine.", ["Justice Department"]),
    # two roles, and marks of two kinds
    ("“I am not going,” tweeted actor and activist George Takei.", ["George Takei"]),
    ('Ian Lund lost. "The losing teams point to others,\'\' he said. "The best do not."', ["Ian Lund"] * 2),
    (
        "Ian Lund left. “To put on the stripes,’’ Jan Holt says, “it’s fine. It’s an honor.’’ It rained.",
        ["Jan Holt"] * 3,
    ),
    # with whom
    (
        "The pact, with Fiji’s Prime Minister Josaia Bainimarama noting that “points mean little,” was lost.",
        ["Josaia Bainimarama"] * 2,
    ),
    # verbs
    ("The bid raises questions about the market, Amy Lund wrote to the council on Monday.", ["Amy Lund"]),
    ("“When we saw it, we ran,” Longoria, a 62-year-old worker, remembered.", ["Longoria"]),
    ("Ian Holt came late. He sniped, “I cannot drink with a mask on.”", ["Ian Holt"]),
]

NOBODY = [
    "Ian Waldron, who mastered the throw thanks to the help of Tim Lund, won.",
    "After the vote in the council on Tuesday night, Holt wrote to the king.",
    "Lund remembered the day that he left.",
    "The bloc let in Arlen and Hest, two of the member states.",
    "Mountaire reported it to the agency that day.",
    "The rink will be closed, with the plans announced in May.",
]


@pytest.mark.parametrize(("text", "speakers"), HEARD, ids=[text[:40] for text, _ in HEARD])
def test_who_is_heard(text: str, speakers: list[str]) -> None:
    assert [s.speaker for s in statements(text, outlet=None)] == speakers


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_heard(text: str) -> None:
    assert statements(text, outlet=None) == ()


def test_another_speakers_words_are_not_carried_on_over_a_release() -> None:
    """What a release states was given to whoever spoke before it."""
    text = (
        "Kim Lund said on Monday that the dress was safe. She left on Tuesday.\n\n"
        "“Our mission is to teach, and talk does just that,” the release states. “It stands.”"
    )
    assert [s.speaker for s in statements(text, outlet=None)] == ["Kim Lund", "release", "release"]


@pytest.mark.parametrize(
    ("signature", "speakers"),
    [
        ("— Rolling Stone, 1971, on the band", []),
        ("— Playboy, 1981", []),
        ("— John Lund, 1971", ["John Lund"]),
        ("— John Lund", ["John Lund"]),
    ],
)
def test_where_it_stood_is_not_who_said_it(signature: str, speakers: list[str]) -> None:
    text = (
        f"What was said of the band\n\nIt was loud.\n\n“We knew what we did.” {signature}\n\nIt is over now."
    )
    assert [s.speaker for s in statements(text, outlet=None)] == speakers
