"""Misspelt words of a question: what each is read as, and what is left alone."""

from __future__ import annotations

import pytest

from qa.question.spelling import correct
from qa.text.terms import tokens

CORPUS = {
    **{"with": 900, "which": 120, "coverage": 30, "Becker": 40, "bridge": 25, "Peskov": 60, "Norvik": 12},
    **{
        "Kharkiv": 9,
        "harbour": 14,
        "election": 33,
        "elections": 8,
        "mayor": 51,
        "alert": 20,
        "positive": 9,
        "interest": 8,
        "Danube": 7,
        "foreign": 17,
        "prime": 11,
        "Minister": 22,
        "house": 12,
        "white": 8,
        "Obama": 40,
        "Laden": 3,
        "Kamala": 6,
        "Harris": 9,
        "bin": 3,
    },
}

PAIRS = {("foreign", "minister"): 9, ("prime", "minister"): 6, ("white", "house"): 8, ("kamala", "harris"): 5}


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("wich bridge was closed?", "which bridge was closed?"),  # a letter left out before one mistaken
        ("Will they coperate?", "Will they cooperate?"),  # nearer than "coverage", though no article has it
        ("Who is the heckler?", "Who is the heckler?"),  # two edits and a name: not believed
        ("Who is Peskow?", "Who is Peskov?"),
        ("who is peskow?", "who is Peskov?"),
        ("what did peskv say?", "what did Peskov say?"),
        ("When is the elektion?", "When is the election?"),
        ("When was the harbuor opened?", "When was the harbour opened?"),
        ("What of the bridge?", "What of the bridge?"),
        ("What of the unaccounted ones?", "What of the unaccounted ones?"),  # made of a word by rule
        ("Did they characterise it?", "Did they characterise it?"),  # British
        ("What did the sceptical counsellors organise?", "What did the sceptical counsellors organise?"),
        ("What is Pinterest?", "What is Pinterest?"),  # a name is read as a name of the articles only
        ("Did the fence avert it?", "Did the fence avert it?"),  # rare, and a word
        ("Was it punitive?", "Was it punitive?"),
        ("What is an ytterbium?", "What is an ytterbium?"),  # nothing is near
        ("who is the forein minster?", "who is the foreign minister?"),  # a word, and not what was meant
        ("Who is the prime minster of Norvik?", "Who is the prime minister of Norvik?"),
        ("Who is the minster of Norvik?", "Who is the minster of Norvik?"),  # nothing beside it tells
        ("Which old minster was closed?", "Which old minster was closed?"),  # no pair of the articles
        ("Who is the foreign Minster?", "Who is the foreign Minster?"),  # a name
        ("Who found Osama bin Laden?", "Who found Osama bin Laden?"),  # another name, of somebody else
        ("Who is Osama Harris?", "Who is Osama Harris?"),
        ("Who is Osama?", "Who is Obama?"),
        ("What did Kamla Harris say?", "What did Kamala Harris say?"),
        ("What did Kamla Haris say?", "What did Kamala Harris say?"),  # both, as a pair of the articles
        ("Who is Osama al Zawahri?", "Who is Osama al Zawahri?"),  # beside what the articles do not have
        ("Who is Obema Abdulrahm?", "Who is Obema Abdulrahm?"),
        ("Who rode the white horse?", "Who rode the white horse?"),  # as common as what is near
    ],
)
def test_read_as(question: str, read: str) -> None:
    known = {term for word in CORPUS for _, _, term in tokens(word)}
    text, pairs = correct(
        question,
        known.__contains__,
        CORPUS.items,
        lambda one, other: PAIRS.get((one, other), 0) + PAIRS.get((other, one), 0),
    )
    assert text == read
    assert bool(pairs) == (text != question)
    for written, meant in pairs:
        assert written in question and meant in read


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("why didnt he close it", "why didn't he close it"),
        ("Wouldnt the house agree?", "Wouldn't the house agree?"),
        ("did the tenants agree?", "did the tenants agree?"),
    ],
)
def test_a_mark_that_was_left_out_is_put_in_without_a_word(question: str, read: str) -> None:
    assert correct(question, lambda _: True, CORPUS.items) == (read, [])


def test_a_name_whose_other_parts_no_article_has_is_left_alone() -> None:
    corpus = {"Obama": 40, "killed": 9}
    known = {term for word in corpus for _, _, term in tokens(word)}
    asked = "Who killed Osama bin Laden?"
    assert correct(asked, known.__contains__, corpus.items, lambda one, other: 0) == (asked, [])


def test_a_word_that_stands_in_an_address_is_not_read_as_itself() -> None:
    asked = "What does harborline report?"
    assert correct(asked, lambda term: False, {"harborline": 3, "report": 5}.items) == (asked, [])
