"""The reader: exact places, equal readings for equal inputs, right answers on invented stories, and figures
that fall when something is broken."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.training import score
from eval.training.stories import Story
from qa.answering import encoding, reader
from qa.answering.encoding import Encoder, windows
from qa.answering.reader import OverlapReader, PassageReader, ReaderModel, ReaderPassage

TEXTS = st.text(st.sampled_from(list("abcd XY.!?…\n\xa0 “”’–é12,")), max_size=1500)


class Model(ReaderModel):
    """Reads everything anew (``tests.conftest.worked_out_once``)."""


@pytest.fixture(scope="module")
def model() -> ReaderModel:
    return Model(threads=2)


# ---- windows and tokens


@given(TEXTS, st.integers(20, 600))
def test_windows_hold_every_character_and_are_no_longer_than_asked(text: str, size: int) -> None:
    found = windows(text, size)
    assert all(0 < b - a <= size for a, b in found)
    assert all(not text[a].isspace() and not text[b - 1].isspace() for a, b in found)
    assert [a for a, _ in found] == sorted({a for a, _ in found})
    held = {k for a, b in found for k in range(a, b)}
    assert all(c.isspace() for k, c in enumerate(text) if k not in held)


def test_windows_end_with_sentences_and_overlap_by_about_half() -> None:
    text = " ".join(f"Sentence number {k} says something about the harbour at Lodar." for k in range(30))
    found = windows(text)
    assert all(text[a:b].startswith("Sentence") and text[a:b].endswith("Lodar.") for a, b in found)
    for (a, b), (c, _) in itertools.pairwise(found):
        assert 0.3 < (b - c) / (b - a) < 0.6


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_token_places_are_in_order_within_the_window(text: str) -> None:
    encoded = ENCODER.encode("Who said so?", "A title", text)
    assert len(encoded.ids) == len(encoded.types) <= encoding.MAX_TOKENS
    assert (
        len(encoded.places)
        == len(encoded.starts)
        == len(encoded.ends)
        == len(encoded.ids) - encoded.first - 1
    )
    assert all(0 <= a < b <= len(text) and text[a:b].strip() for a, b in encoded.places)
    assert encoded.places == sorted(encoded.places)


ENCODER = Encoder()


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_the_overlap_reader_quotes_words_of_the_passage(text: str) -> None:
    (found,) = OverlapReader().read("Who came to ab?", [ReaderPassage("", text)])
    assert len(found.spans) <= 3
    for a, b in ((s.start, s.end) for s in found.spans):
        assert 0 <= a < b <= len(text) and text[a:b] == text[a:b].strip()


def test_the_overlap_reader_prefers_the_sentence_with_the_questions_words() -> None:
    text = "Rain fell all day. The bridge at Sule was opened by Odd Benavan. Nobody was hurt."
    (near, far) = OverlapReader().read(
        "Who opened the bridge at Sule?", [ReaderPassage("", text), ReaderPassage("", "Rain fell.")]
    )
    assert near.place and text[slice(*near.place)] == "Odd Benavan"
    assert near.score > 0 > far.score


# ---- the shipped model

STORY = ReaderPassage(
    "Ferry to Ostrell halted after collision with pier",
    "The ferry Marigold struck the pier at Ostrell on Tuesday morning, injuring seven passengers, the "
    "harbour authority said. Captain Ines Varga, who was at the wheel, told local radio that the bow "
    "thruster had failed.\n\n"
    "The operator, Blue Strait Lines, has cancelled all crossings until Friday so that divers can look at "
    "the hull. A ticket costs 14 crowns and will be refunded, its manager, Tor Lindqvist, said. An "
    "inquiry has been opened; its head has not been named yet.",
)
ANSWERED: tuple[tuple[str, str], ...] = (
    ("What is the name of the ferry that hit the pier?", "Marigold"),
    ("How many passengers were injured?", "seven"),
    ("Who was at the wheel of the ferry?", "Ines Varga"),
    ("Until when are crossings cancelled?", "Friday"),
    ("How much does a ticket cost?", "14 crowns"),
    ("Which company runs the ferry?", "Blue Strait Lines"),
)
UNANSWERED = (
    "Who won the election in Kestria?",
    "What did the minister of health say about vaccines?",
    "How many passengers were killed in the fire?",
    "How much did the stadium cost?",
)


def _held(span: reader.Span, answer: str) -> bool:
    words = STORY.text[span.start : span.end]
    return answer in words or words in answer


def test_it_finds_the_words_that_answer(model: ReaderModel) -> None:
    """Five of six at once, and the sixth ("which company") among the best three."""
    read = [(model.read(question, [STORY])[0], answer) for question, answer in ANSWERED]
    first = [answer for found, answer in read if _held(found.spans[0], answer)]
    assert len(first) >= len(ANSWERED) - 1, first
    assert all(any(_held(span, answer) for span in found.spans) for found, answer in read)


def test_questions_that_are_answered_stand_above_those_that_are_not(model: ReaderModel) -> None:
    right = [model.read(q, [STORY])[0].score for q, _ in ANSWERED]
    wrong = [model.read(q, [STORY])[0].score for q in UNANSWERED]
    assert score.auc(right, wrong) > 0.85


def test_the_score_is_made_of_its_parts(model: ReaderModel) -> None:
    (found,) = model.read(ANSWERED[0][0], [STORY])
    assert found.score == pytest.approx(found.answerable + found.span_score / 2, abs=1e-5)
    assert found.score == pytest.approx(found.spans[0].score, abs=1e-5)
    assert [s.score for s in found.spans] == sorted((s.score for s in found.spans), reverse=True)
    assert len(found.spans) <= 3


def test_a_passage_is_read_alike_whatever_is_read_beside_it(model: ReaderModel) -> None:
    question = ANSWERED[3][0]
    alone = model.read(question, [STORY])[0]
    assert model.read(question, [STORY])[0] == alone
    others = [ReaderPassage("", "Rain fell. " * k) for k in (1, 30, 90)]
    beside = model.read(question, [*others, STORY, *others])[3]
    assert beside == alone


def test_nothing_to_read(model: ReaderModel) -> None:
    assert model.read("Who?", []) == []
    assert model.read("Who?", [ReaderPassage("A title", " \n ")]) == [reader.NOTHING]
    assert reader.NOTHING.place is None


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    data = bytearray((reader.FOLDER / "reader.onnx").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "reader.onnx").write_bytes(data)
    shutil.copy(reader.FOLDER / "card.json", tmp_path)
    with pytest.raises(ValueError, match="not the file that its card describes"):
        ReaderModel(tmp_path).read("Who?", [STORY])


def test_the_card_says_what_the_model_is() -> None:
    card = json.loads((reader.FOLDER / "card.json").read_text("utf-8"))
    assert card["bytes"] == (reader.FOLDER / "reader.onnx").stat().st_size < 26_000_000
    assert card["backbone"]["licence"] == "Apache-2.0"
    assert {row["licence"] for row in card["data"]} and card["phases"] and card["figures"]["report"]
    assert card["calibration"]["slope"] > 0


# ---- planted faults

QUESTIONS = 120


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    """Stories that nothing was trained on."""
    return score.stories_of("report")[:: max(1, len(score.stories_of("report")) * 16 // QUESTIONS)]


def _figures(model: PassageReader, stories: list[Story]) -> score.Figures:
    return score.figures(score.ask_all(model, stories))


@pytest.fixture(scope="module")
def sound(model: ReaderModel, stories: list[Story]) -> score.Figures:
    return _figures(model, stories)


def test_stories_kept_apart(sound: score.Figures) -> None:
    assert sound.auc > 0.6
    assert sound.overlap > 0.45


def _other_vocabulary(tmp: Path) -> ReaderModel:
    """Every word piece has another's number."""
    lines = encoding.VOCABULARY.read_text("utf-8").split("\n")
    words = lines[1000:30522]
    random.Random(1).shuffle(words)
    (tmp / "vocab.txt").write_text("\n".join([*lines[:1000], *words]), "utf-8")
    broken = ReaderModel(threads=2)
    broken._encoder = Encoder(tmp / "vocab.txt")
    return broken


def _cut_short(tmp: Path) -> ReaderModel:
    """Windows lose all but their first tokens."""
    broken = ReaderModel(threads=2)
    whole = broken._encoder

    class Short(Encoder):
        def encode(self, question: str, title: str, window: str) -> encoding.Encoded:
            return whole.encode(question, title, window[:25])

    broken._encoder = Short()
    return broken


def _fields(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Field number and place of the contents of a protobuf message's length-delimited fields."""

    def number(at: int) -> tuple[int, int]:
        value = shift = 0
        while True:
            value |= (data[at] & 0x7F) << shift
            shift, at = shift + 7, at + 1
            if data[at - 1] < 0x80:
                return value, at

    at = start
    while at < end:
        key, at = number(at)
        if key & 7 == 2:
            size, at = number(at)
            yield key >> 3, at, at + size
            at += size
        elif key & 7 == 0:
            _, at = number(at)
        else:
            at += 8 if key & 7 == 1 else 4


def _shuffled_weights(tmp: Path) -> ReaderModel:
    """The layers' weights in another order: of the model, its graph (7), its initializers (5), their raw data
    (9)."""
    data = bytearray((reader.FOLDER / "reader.onnx").read_bytes())
    whole = bytes(data)
    rng = np.random.default_rng(4)
    for graph in (f for f in _fields(whole, 0, len(whole)) if f[0] == 7):
        for tensor in (f for f in _fields(whole, *graph[1:]) if f[0] == 5):
            for _, start, end in (f for f in _fields(whole, *tensor[1:]) if f[0] == 9):
                if 100_000 < end - start < 1_000_000:  # not the words' embeddings
                    data[start:end] = rng.permutation(
                        np.frombuffer(whole[start:end], dtype=np.uint8)
                    ).tobytes()
    (tmp / "reader.onnx").write_bytes(data)
    (tmp / "card.json").write_text(json.dumps({"sha256": hashlib.sha256(data).hexdigest()}), "utf-8")
    return ReaderModel(tmp, threads=2)


@pytest.mark.parametrize("break_it", [_shuffled_weights, _other_vocabulary, _cut_short])
def test_a_broken_reader_finds_less(
    break_it: Callable[[Path], ReaderModel], tmp_path: Path, stories: list[Story], sound: score.Figures
) -> None:
    broken = _figures(break_it(tmp_path), stories)
    assert broken.overlap < sound.overlap - 0.2
    assert broken.auc < max(0.6, sound.auc - 0.05)


def test_a_span_off_by_one_token_is_seen(
    model: ReaderModel, stories: list[Story], sound: score.Figures
) -> None:
    class Moved(Encoder):
        def encode(self, question: str, title: str, window: str) -> encoding.Encoded:
            found = super().encode(question, title, window)
            return replace(found, places=[*found.places[1:], *found.places[-1:]])

    broken = ReaderModel(threads=2)
    broken._session, broken._encoder = model._session, Moved()
    assert _figures(broken, stories).exact < sound.exact / 2
