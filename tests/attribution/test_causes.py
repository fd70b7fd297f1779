"""Who said it, by cause: a table for each kind of sentence of real news. Every sentence is invented."""

from __future__ import annotations

import pytest

from qa import statements

# (text, what is said in order: (words, speaker, voice))
Said = list[tuple[str, str, str]]
Row = tuple[str, Said]

NARRATOR: list[Row] = [  # what only says who, when, where or to whom is nobody's
    (
        "The bay is “dead calm” this year, said Nia Holt, a diver at the Arlen Institute in Norvik.",
        [("The bay is “dead calm” this year", "Nia Holt", "reported")],
    ),
    (
        "“Let the ferry go,” harbor police chief Nia Holt told reporters in Arlen.",
        [("“Let the ferry go,”", "Nia Holt", "direct")],
    ),
    (
        "Nia Holt declared in the old wool hall, “The ferry must go.”",
        [("“The ferry must go.”", "Nia Holt", "direct")],
    ),
    (
        "The ferry lost two crates, according to Nia Holt, a diver who keeps the log.",
        [("The ferry lost two crates", "Nia Holt", "reported")],
    ),
    (
        "The ferry lost two crates and a lamp, Nia Holt said Wednesday.",
        [("The ferry lost two crates and a lamp", "Nia Holt", "reported")],
    ),
    (
        "The ferry lost two crates and a lamp, the Arlen harbor diver Nia Holt said late Friday.",
        [("The ferry lost two crates and a lamp", "Nia Holt", "reported")],
    ),
    (
        "The quay, said Nia Holt, a diver, would need new piles.",
        [("The quay", "Nia Holt", "reported"), ("would need new piles.", "Nia Holt", "reported")],
    ),
    (
        "The Holt Trust did not want to sell, telling Otto Lind that the quay is “not for sale.”",
        [("the quay is", "Holt Trust", "reported"), ("“not for sale.”", "Holt Trust", "direct")],
    ),
    (
        "While the divers say there is time, Nia Holt left.",
        [("there is time", "divers", "reported")],
    ),
    (
        "“He asked where it had been,” said his daughter, the architect Nia Holt.",
        [("“He asked where it had been,”", "Nia Holt", "direct")],
    ),
    (
        "“We are late,” Nia Holt said, according to a recording of the meeting.",
        [("“We are late,”", "Nia Holt", "direct")],
    ),
]
CLAUSE_APART: list[Row] = [  # the narrator's clause is a sentence of its own behind "?" and "!"
    (
        "Nia Holt met Otto Lind. “Sell it now?” Otto Lind asked. “The mill!” Nia Holt replied.",
        [("“Sell it now?”", "Otto Lind", "direct"), ("“The mill!”", "Nia Holt", "direct")],
    ),
]
TITLES: list[Row] = [  # marks around the name of a programme, a book or a song
    (
        "“It is late,” Nia Holt said on Arlen Radio’s “Meet the Harbor.”",
        [("“It is late,”", "Nia Holt", "direct")],
    ),
    (
        "Nia Holt, the author of “The Old Quay,” said the tide was high.",
        [("the tide was high.", "Nia Holt", "reported")],
    ),
]
NO_VERB: list[Row] = [  # nouns, adjectives and deeds that look like verbs of saying
    ("The baker won voters in two primary contests this year.", []),
    ("Nia Holt leads Otto Lind by nearly 300 pledged delegates.", []),
    ("Nia Holt and her aides referred two requests to Otto Lind.", []),
    ("Nia Holt is often compared with Otto Lind, a diver.", []),
    ("The Arlen bank advises big mills on mergers.", []),
    ("Arlen responded by selling the ferry.", []),
    ("Nia Holt claimed the prize.", []),
    ("Nia Holt wrote a book in May.", []),
]
CUES: list[Row] = [
    ("Nia Holt is already claiming that the quay is hers.", [("the quay is hers.", "Nia Holt", "reported")]),
    ("Nia Holt was quick to add that the quay is old.", [("the quay is old.", "Nia Holt", "reported")]),
    ("Nia Holt is quoted as saying “The quay is old.”", [("“The quay is old.”", "Nia Holt", "direct")]),
    (
        "Noting that the quay is old, Nia Holt said it would be sold.",
        [("the quay is old", "Nia Holt", "reported"), ("it would be sold.", "Nia Holt", "reported")],
    ),
    (
        "Nia Holt told reporters that Otto Lind broke the law by calling on the guild to strike.",
        [("Otto Lind broke the law by calling on the guild to strike.", "Nia Holt", "reported")],
    ),
    ("The crowd in the hall chanted back at her, “Sell it now!”", [("“Sell it now!”", "crowd", "direct")]),
]
SUBJECTS: list[Row] = [
    (
        "Otto Lind — a diver from Arlen — says the quay is old.",
        [("the quay is old.", "Otto Lind", "reported")],
    ),
    (
        "Current and former officials who met the guild said the quay is old.",
        [("the quay is old.", "Current and former officials", "reported")],
    ),
    ("Klein said the quay is old.", [("the quay is old.", "Klein", "reported")]),
    (
        "McCain, who rows with Otto Lind daily, said he has one boat.",
        [("he has one boat.", "McCain", "reported")],
    ),
    (
        "Nia Holt, who said the quay is old, reiterated that the mill is new.",
        [("the quay is old", "Nia Holt", "reported"), ("the mill is new.", "Nia Holt", "reported")],
    ),
    ("Nia Holt of Arlen, North Hart says the quay is old.", [("the quay is old.", "Nia Holt", "reported")]),
    (
        "The quay is old, said former secretary of state Nia Holt.",
        [("The quay is old", "Nia Holt", "reported")],
    ),
    (
        "Three names mentioned for the post are Holt, Lind and Klein.",
        [],  # they are mentioned, and mention nothing
    ),
    ("The reforms announced on Monday would close the mill.", []),
    (
        "The Ministry of Defence said the quay is old.",
        [("the quay is old.", "Ministry of Defence", "reported")],
    ),
    (
        "The quay is old, according to the Centre for Harbour Studies.",
        [("The quay is old", "Centre for Harbour Studies", "reported")],
    ),
    (
        "The Select Committee on the Harbour said the quay is old.",
        [("the quay is old.", "Select Committee on the Harbour", "reported")],
    ),
    ("Arlen declared war on Norvik in May.", []),
    ("Mary Ellen Holt said the quay is old.", [("the quay is old.", "Mary Ellen Holt", "reported")]),
    ("Donald J. Lind said the quay is old.", [("the quay is old.", "Donald J. Lind", "reported")]),
    ("Two men accused of theft left the quay.", []),
    ("The divers warned on Monday of a rotten quay.", [("of a rotten quay.", "divers", "reported")]),
    (
        "Three-quarters of the divers said the quay is old.",
        [("the quay is old.", "Three-quarters of the divers", "reported")],
    ),
    (
        "Nearly 40% of those asked said the quay is old.",
        [("the quay is old.", "Nearly 40% of those asked", "reported")],
    ),
    (
        "The quay is rotten, according to a post by Nia Holt.",
        [("The quay is rotten", "Nia Holt", "reported")],
    ),
    (
        "When Nia Holt said that the tide was high, Otto Lind took the rope, repeating that the quay is old.",
        [("the tide was high", "Nia Holt", "reported"), ("the quay is old.", "Otto Lind", "reported")],
    ),
]
PRONOUNS: list[Row] = [
    (
        "The quay is closed, spokesman Otto Lind said on Monday. The spokesman said that Peter Holt would"
        " sell the mill. He also said that nothing had been planned.",
        [
            ("The quay is closed", "Otto Lind", "reported"),
            ("Peter Holt would sell the mill.", "Otto Lind", "reported"),
            ("nothing had been planned.", "Otto Lind", "reported"),
        ],
    ),
    (
        "Otto Lind flew off. He visited Prime Minister Ben Hart, where he argued that the quay is old.",
        [("the quay is old.", "Otto Lind", "reported")],
    ),
    (
        "Nia Holt left. The report lists two cracks. It said the quay is old.",
        [("the quay is old.", "report", "reported")],
    ),
    (
        "The unions said the tide was high. Divers walked out. They also said that the quay is old.",
        [("the tide was high.", "unions", "reported"), ("the quay is old.", "Divers", "reported")],
    ),
    (
        "Otto Lind prays daily. His Catholic faith matters, and he said he sings.",
        [("he sings.", "Otto Lind", "reported")],
    ),
]
LAYOUT: list[Row] = [
    (
        "Otto Lind spoke in the hall.\n\nHe joked, “It never ends!”\n\nThe hall was full.",
        [("“It never ends!”", "Otto Lind", "direct")],
    ),
    (
        "Otto Lind has a column. Otto Lind writes:\n\nThe quay has no friends left in town.\n\nIt rained.",
        [("The quay has no friends left in town.", "Otto Lind", "reported")],
    ),
]
CLAUSES: list[Row] = [  # a clause is no speaker, and what is told ends where the narrator goes on
    ("Arlen police charge the rower with theft.", []),
    ("Nia Holt is here. Otto Lind rebuffed several requests for a talk.", []),
    ("The trust hired a firm called Norvik Mills, which sells bread.", []),
    ("Preemptively casting doubt on the quay is easy.", []),
    ("The strike drew renewed calls from bakers.", []),
    (
        "The tide was high, prompting renewed calls from bakers for a new quay.",
        [("for a new quay.", "bakers", "reported")],
    ),
    ("Nia Holt spoke to the paper Norvik Blad: “It is old.”", [("“It is old.”", "Nia Holt", "direct")]),
    ("Otto Lind wrote legislation that gave the guild a mill.", []),
    ("The quay was shut in a process that began in May and concluded Monday.", []),
    ("Otto Lind left, echoing divers who say the quay is old.", [("the quay is old.", "divers", "reported")]),
    (
        "Otto Lind runs the mill, while Nia Holt has argued that the quay is old.",
        [("the quay is old.", "Nia Holt", "reported")],
    ),
    (
        "Nia Holt called on the guild to sell the quay, but bakers were against it.",
        [("called on the guild to sell the quay", "Nia Holt", "reported")],
    ),
    (
        "The fact that the quay is “a ruin,” as Nia Holt said on Monday, only shows its age.",
        [("“a ruin,”", "Nia Holt", "direct")],
    ),
    ("Asked whether the quay is old, Nia Holt said it is.", [("it is.", "Nia Holt", "reported")]),
    (
        "Although he thanked the guild, Otto Lind sounded a rare note, saying, “It was long.”",
        [("“It was long.”", "Otto Lind", "direct")],
    ),
]
MORE_SUBJECTS: list[Row] = [
    ("Nia Holt, who rows daily, also said the quay is old.", [("the quay is old.", "Nia Holt", "reported")]),
    (
        "“The quay is old,” said former Rep. Ben Hart (D-Ore.), one of the “big four” divers.",
        [("“The quay is old,”", "Ben Hart", "direct")],
    ),
    (
        "“The quay is old,” said a former U.S. law enforcement official who rows.",
        [("“The quay is old,”", "a former U.S. law enforcement official", "direct")],
    ),
    (
        "The ad, titled “Old Quay?”, concludes that the quay is old.",
        [("the quay is old.", "ad", "reported")],
    ),
    ("The review has revealed that the quay is old.", [("the quay is old.", "review", "reported")]),
]
MARKS: list[Row] = [  # a straight mark that a curly one closes; a signature below a quotation
    ('"Sell it?” Otto Lind, a diver, said of the quay.', [('"Sell it?”', "Otto Lind", "direct")]),
    (
        "It was good.\n\n“The quay is old. It leaks.”\n\n-Mayor Nia Holt, in a letter.",
        [("“The quay is old.", "Nia Holt", "direct"), ("It leaks.”", "Nia Holt", "direct")],
    ),
]
TABLES = {
    "clauses": CLAUSES,
    "more subjects": MORE_SUBJECTS,
    "marks": MARKS,
    "narrator": NARRATOR,
    "clause apart": CLAUSE_APART,
    "titles": TITLES,
    "no verb": NO_VERB,
    "cues": CUES,
    "subjects": SUBJECTS,
    "pronouns": PRONOUNS,
    "layout": LAYOUT,
}


@pytest.mark.parametrize(
    ("text", "said"),
    [pytest.param(*row, id=f"{cause}-{k}") for cause, rows in TABLES.items() for k, row in enumerate(rows)],
)
def test_what_is_said_and_by_whom(text: str, said: Said) -> None:
    assert [(s.text, s.speaker.removeprefix("the "), s.voice) for s in statements(text)] == said
