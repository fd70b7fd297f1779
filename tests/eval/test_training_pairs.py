"""What the reader is trained on: windows that answer, windows that only seem to, and pages read from a set
that is not part of this project."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from eval.training.asked import asked, table
from eval.training.pages import LENGTH, load_pages, sum_of, texts
from eval.training.pairs import GROUP, StoryPairs, places_of
from eval.training.stories import Question, Story

SENTENCES = [
    "The harbour board of Lodar met on Monday to speak about the new pier and its friends in the town.",
    "Ilse Brandt has led the board since 2016, when the old pier was closed after a storm took its end.",
    "A first plan of 2016 had put the price at half, and nobody on the board remembers who drew it up.",
    "The pier will cost 40 million crowns, more than the board had set aside for it in the spring.",
    "Work is to begin in May, once the divers have looked at the sea bed and the fishermen were heard.",
    "The ferries go on landing at the fish market until then, which its traders do not like at all.",
    "The harbour master has asked for a crane, a lamp and two boats, and was told to ask again later.",
    "A school class of Skerran painted the fence around the works in the colours of its football club.",
    "Ilse Brandt said that the board was led by the wish to spare the town a second dear winter.",
]
TEXT = "\n\n".join(SENTENCES)


def story(*questions: Question) -> Story:
    return Story(
        story="w-1", outlet="", date="", style="", title="The pier", text=TEXT, questions=tuple(questions)
    )


def test_an_answer_stands_only_in_the_sentence_that_is_named() -> None:
    asked = Question(q="Since when has Brandt led the board?", answer="2016", where=SENTENCES[1], kind="date")
    (place,) = places_of(asked, TEXT)
    assert TEXT[slice(*place)] == "2016" and TEXT.index(SENTENCES[1]) < place[0] < TEXT.index(SENTENCES[2])
    anywhere = asked.model_copy(update={"where": None})
    assert len(places_of(anywhere, TEXT)) == 2


def test_windows_beside_the_right_one_never_hold_its_words() -> None:
    asked = Question(
        q="Since when has Brandt led the board?",
        answer="2016",
        where=SENTENCES[1],
        near=SENTENCES[8],
        kind="date",
    )
    other = Story(
        story="w-2",
        outlet="",
        date="",
        style="",
        title="The board",
        text="Nobody knows since when Brandt has led the board of the pier.",
        questions=(),
    )
    source = StoryPairs([story(asked), other])
    decoys = right = 0
    for seed in range(40):
        rng = random.Random(seed)
        for group in source.groups(rng):
            assert len(group) <= GROUP and sum(bool(p.answers) for p in group) <= 1
            for pair in group:
                assert all(pair.window[a:b] == "2016" for a, b in pair.answers)
                assert pair.answers or "2016" not in pair.window
            if group[0].answers:
                right += 1
                decoys += any(SENTENCES[8] in p.window for p in group[1:])
    assert right > 10 and decoys > 0.9 * right  # the sentence that repeats the question stands beside it


def write_set(folder: Path, lines: list[str]) -> None:
    row = {"meta": {"id": "train1-0"}, "evidence": ["(meta data) TITLE: The pier", "  ", *lines]}
    with gzip.open(folder / "wice-non-supported-tokens.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n" + json.dumps(row) + "\n")


def write_questions(folder: Path, text: str) -> Path:
    at = text.index("2016")
    where = text.index(SENTENCES[1])
    page = {
        "story": "w1-001",
        "page": "train1-0",
        "sha256": sum_of(text),
        "questions": [
            {
                "q": "Since when has Brandt led it?",
                "answer": [[at, at + 4]],
                "where": [where, where + len(SENTENCES[1])],
                "kind": "date",
            },
            {"q": "When was Brandt born?", "answer": [], "near": [0, len(SENTENCES[0])], "kind": "time"},
        ],
    }
    questions = folder / "pages"
    questions.mkdir()
    (questions / "w1.jsonl").write_text(json.dumps(page) + "\n", "utf-8")
    return questions


def test_the_program_is_asked_of_a_story_alone() -> None:
    written = story(
        Question(q="How much will the new pier cost?", answer="40 million crowns", kind="number"),
        Question(q="How many cooks work at the town hall?", answer=None, near=SENTENCES[3], kind="number"),
    )
    right, none = asked(written)
    assert (right.answerable, right.refused, right.quoted) == (True, False, True)
    assert (none.answerable, none.refused, none.quoted) == (False, True, False)
    rows = list(table([right] * 8 + [none] * 8))
    assert "8 of 8" in rows[0] and "0 of 8" in rows[1] and "8 of 8" in rows[2] and len(rows) == 5


def test_questions_on_pages_take_their_words_from_the_set(tmp_path: Path) -> None:
    write_set(tmp_path, SENTENCES)
    assert texts(tmp_path) == {"train1-0": ("The pier", TEXT)}
    (page,) = load_pages(tmp_path, write_questions(tmp_path, TEXT))
    answered, not_answered = page.questions
    assert (answered.answers, answered.where, answered.near) == (("2016",), SENTENCES[1], None)
    assert (not_answered.answer, not_answered.near) == (None, SENTENCES[0])
    assert (page.story, page.title, page.text) == ("w1-001", "The pier", TEXT)


GUM_FILE = """# newdoc id = GUM_news_pier
# meta::title = The pier reopens
# newpar
# newpar_block = head (1 s)
# text = The pier reopens
1\tThe\tthe\t_\t_\t_\t_\t_\t_\t_

# newpar
# newpar_block = p (2 s)
# text = The harbour master, Ida Brandt, said it is safe.
# text = She has led it since 2016.
"""


def test_pages_of_gum_are_read_by_paragraph(tmp_path: Path) -> None:
    (tmp_path / "gum").mkdir()
    (tmp_path / "gum" / "GUM_news_pier.conllu").write_text(GUM_FILE, "utf-8")
    paragraph = "The harbour master, Ida Brandt, said it is safe. She has led it since 2016."
    expected = {"GUM_news_pier": ("The pier reopens", f"The pier reopens\n\n{paragraph}")}
    assert texts(tmp_path) == expected
    assert load_pages(tmp_path, write_questions(tmp_path, TEXT)) == []  # their set is not there


ECB_FILE = """<?xml version="1.0" encoding="UTF-8"?>
<Document doc_name="7_1ecbplus.xml">{}<Markables><token_anchor t_id="1"/></Markables></Document>
"""
ECB_TOKENS = (
    ("http", ":", "/", "/", "pier", ".", "example", "/", "news"),
    ("The", "pier", "reopens"),
    ('"It', "is", "safe", ",", '"', "said", "Lt", ".", "Ida", "Brandt", ",", "44", "."),
    ("At", "3", ":", "30", "a", ".", "m", ".", "some", "1", ",", "200", "people", "came", "."),
    ("A", "three", "-", "year", "repair", "cost", "$", "1", ".", "5", "million", "(", "net", ")", "."),
)


def test_pages_of_ecb_are_written_as_their_tokens_tell(tmp_path: Path) -> None:
    (tmp_path / "ecb" / "7").mkdir(parents=True)
    tokens = "".join(
        f'<token t_id="1" sentence="{n}" number="0">{word}</token>'
        for n, words in enumerate(ECB_TOKENS)
        for word in words
    )
    (tmp_path / "ecb" / "7" / "7_1ecbplus.xml").write_text(ECB_FILE.format(tokens), "utf-8")
    first = '"It is safe," said Lt. Ida Brandt, 44. At 3:30 a.m. some 1,200 people came.'
    last = "A three-year repair cost $1.5 million (net)."
    assert texts(tmp_path) == {"7_1ecbplus": ("The pier reopens", f"{first}\n\n{last}")}


def test_another_text_than_the_one_that_was_asked_about_is_refused(tmp_path: Path) -> None:
    questions = write_questions(tmp_path, TEXT)
    write_set(tmp_path, [*SENTENCES[:-1], "Something else."])
    with pytest.raises(ValueError, match="w1-001: the text of train1-0 is not the one"):
        load_pages(tmp_path, questions)


def test_long_pages_are_kept_to_whole_lines(tmp_path: Path) -> None:
    write_set(tmp_path, SENTENCES * 20)
    ((_, text),) = texts(tmp_path).values()
    assert len(text) <= LENGTH and text.split("\n\n")[-1] in SENTENCES
