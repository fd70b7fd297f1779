"""What a sentence denies, and of what: negations that deny nothing, and questions over a small folder whose
premise is true beside a denial of another thing, or false."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eval.tools.holds import opened
from qa.answering.false_premise import _denied
from qa.answering.negations import zones
from qa.index.embeddings import TokenEmbedding
from qa.question.parsing import read_question

DENY = [
    ("Mr Pell has not confessed, his lawyer said.", ["confess"]),
    ("No vote was held on fares.", ["vote"]),
    ("The union was not warned.", ["warn"]),
    ("She did not attend the funerals.", ["attend"]),
]
NOTHING = [
    "Wrayford had not lost at Mill Lane since 2017.",
    "The shop did not open until May.",
    "A snail no bigger than a lentil can foretell the tide.",
    "Not all of the jobs will go.",
    "She asked whether he had not seen it.",
    "He denies the charges.",
    "It would not help, he said.",
    "The plan lists steps to ensure that charities are not paying for it.",
    "She made sure the gate was not open.",
    "They hope the school will not close.",
    "The sellers were told, “You don't sell bread, you sell feelings.”",
]


@pytest.mark.parametrize(("sentence", "heads"), DENY)
def test_what_is_denied(sentence: str, heads: list[str]) -> None:
    assert [z.head[2] for z in zones(sentence) if z.head] == heads


@pytest.mark.parametrize("sentence", NOTHING)
def test_what_denies_nothing(sentence: str) -> None:
    assert zones(sentence) == []


def alike(text: str) -> TokenEmbedding:
    """Every word of a text, all of one meaning."""
    words = [m.span() for m in re.finditer(r"\w+", text)]
    return TokenEmbedding(np.ones(2), words, np.full((len(words), 2), 0.5**0.5))


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("The recanvass, which is not a recount, begins today.", False),
        ("The tally was not recounted.", True),
    ],
)
def test_a_word_of_like_meaning_is_denied_where_it_is_no_other_thing(sentence: str, denied: bool) -> None:
    question = read_question("What was the point of a new count?")
    at = _denied(question, alike(question.text), sentence, zones(sentence), alike(sentence))
    assert (at is not None) == denied


PAGES = {
    "bank.md": "---\ntitle: Rate stays\noutlet: Orley Post\ndate: 2022-05-04\n---\n"
    "The bank of Orley did not change its interest rate on Wednesday; it stays at 4.5 per cent.\n",
    "held.md": "---\ntitle: Baker held\noutlet: Orley Post\ndate: 2022-06-01\n---\n"
    "Police arrested the baker Ole Dunn, a neighbour of the widow Mia Karr, on Wednesday.\n\n"
    "Mr Dunn has not confessed, his lawyer, Siv Lund, said. Ms Karr's son has not been arrested.\n\n"
    "No warning was sent before the fire, the coastguard said.\n",
    "court.md": "---\ntitle: Court looks again\noutlet: Orley Post\ndate: 2022-06-09\n---\n"
    "The recanvass of the Orley vote checks the totals. It does not change the law.\n",
    "left.md": "---\ntitle: Minister stays\noutlet: Orley Post\ndate: 2022-07-01\n---\n"
    "The minister Ivo Brandt has not resigned, his office said.\n",
    "museum.md": "---\ntitle: The pistol\noutlet: Orley Post\ndate: 2022-08-02\n---\n"
    "Tom Reed said that the Lodar museum wanted the pistol. The Lodar museum has not wanted the pistol, it "
    "wrote.\n",
    "singer.md": "---\ntitle: The singer\noutlet: Orley Post\ndate: 2022-08-20\n---\n"
    "The singer Una Vale is not widely known in Lodar, her agent said. She never performed in Sund.\n",
    "gone.md": "---\ntitle: Minister goes\noutlet: Orley Post\ndate: 2022-09-01\n---\n"
    "The minister Ivo Brandt resigned on Thursday.\n",
}
ASKED: list[tuple[str, str | None]] = [
    ("What is the interest rate of the bank of Orley?", None),
    ("When did police arrest the baker Ole Dunn?", None),
    ("What did the coastguard say about warnings?", None),
    ("Why was no warning sent before the fire?", None),
    ("Who has not confessed?", None),
    ("What does the recanvass of the Orley vote check, and does it change the law?", None),
    ("When did Ivo Brandt resign?", None),  # he had not, and then he did
    ("What did Ole Dunn say when he confessed?", "has not confessed"),
    ("How did the Lodar museum react to Tom Reed's claim that it wanted the pistol?", None),
    ("Why has the Lodar museum wanted the pistol?", "has not wanted"),
    ("How well known is the singer Una Vale in Lodar?", None),  # "not widely" is an answer
    ("How widely known is the singer Una Vale?", None),
    ("How many people came when the singer Una Vale performed in Sund?", "never performed"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    home: Path = tmp_path_factory.mktemp("home")
    with opened(PAGES, home) as library:
        yield library


@pytest.mark.parametrize(("question", "denied"), ASKED)
def test_a_true_premise_is_not_denied(folder: Any, question: str, denied: str | None) -> None:
    outcome = folder.ask(question)
    if denied is None:
        assert outcome.premise is None
        return
    assert outcome.premise is not None
    (quote,) = (c.quote for c in outcome.citations if c.n in outcome.premise.citations)
    assert denied in quote
