from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.sentences import sentence_spans

CASES = [
    ("He left. She stayed.", ["He left.", "She stayed."]),
    (
        "Dr. Smith of the U.S. Army said so. The U.S. The man left at 10 a.m. He came.",
        ["Dr. Smith of the U.S. Army said so.", "The U.S.", "The man left at 10 a.m.", "He came."],
    ),
    (
        "It cost $3.5 million. No. 10 said no. It was over.",
        ["It cost $3.5 million.", "No. 10 said no.", "It was over."],
    ),
    ("a question.Negotiations were held.", ["a question.", "Negotiations were held."]),
    (
        "Peskov said.“No, absolutely,” he added.A US official left.",
        ["Peskov said.", "“No, absolutely,” he added.", "A US official left."],
    ),
    ('talks next year."No," he said.', ["talks next year.", '"No," he said.']),
    (
        "Visit Booking.com now. It is at example.com/News today.",
        ["Visit Booking.com now.", "It is at example.com/News today."],
    ),
    (
        "“We agree. He said so,” Lind said. “It ends.”",
        ["“We agree.", "He said so,” Lind said.", "“It ends.”"],
    ),
    ('She said "wait ... [this is] good". The end.', ['She said "wait ... [this is] good".', "The end."]),
    (
        "J. R. Pell met Mr. K. Anand of Acme Inc. on Jan. 5 in St. Pauls.",
        ["J. R. Pell met Mr. K. Anand of Acme Inc. on Jan. 5 in St. Pauls."],
    ),
    ("Is it so? Yes! Then go.", ["Is it so?", "Yes!", "Then go."]),
    ("“Is it so?” he asked. “Yes.”", ["“Is it so?” he asked.", "“Yes.”"]),
    ("It was to give him time to\u00a0…", ["It was to give him time to\u00a0…"]),
    ("", []),
    ("   \n ", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=range(len(CASES)))
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentence_spans(text)] == expected


@given(st.text(alphabet=st.sampled_from('aB. …!?"“”’)\n\u00a0 9.,UScé—'), max_size=120), st.integers(0, 20))
def test_spans_are_ordered_and_lose_no_character(text: str, start: int) -> None:
    spans = sentence_spans(text, min(start, len(text)))
    covered = set()
    last = 0
    for a, b in spans:
        assert last <= a < b <= len(text)
        assert not text[a].isspace() and not text[b - 1].isspace()
        covered |= set(range(a, b))
        last = b
    assert all(text[i].isspace() for i in range(min(start, len(text)), len(text)) if i not in covered)
