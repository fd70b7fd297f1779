"""From the passages found to the sentences that answer: reading, features by name, decision, selection."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from qa.answering.calibration import Calibration, Logistic, load_calibration
from qa.answering.candidates import candidates
from qa.answering.decision import EVIDENCE
from qa.answering.extractor import Extractor
from qa.answering.features import AGAINST, CLOSER, FEATURES, LIKENESS, likeness, measure
from qa.answering.ranking import SHORTLIST, Ranked, rank, scored
from qa.answering.reader import OverlapReader, ReaderPassage, Reading, Span
from qa.answering.reading import UNREAD, read_alone, read_passages, read_sentences
from qa.answering.selection import choose
from qa.answering.tokens import EmbeddedTexts, TokenMemory
from qa.index.embeddings import HashEmbedder, TokenEmbedding
from qa.question.parsing import read_question
from qa.types import Article, Hit, Meta, Passage, StoredArticle
from qa.types import Span as TextSpan

TEXT = (
    "The Tarn bridge was closed on Monday. Repairs will cost 3.4 million crowns, mayor Ilse Brandt said. "
    "The ferry runs twice a day in winter."
)


def hit(text: str = TEXT, title: str | None = "Old bridge closes", truncated: bool = False) -> Hit:
    span = TextSpan(start=0, end=len(text))
    article = Article(n=1, spans=(span,), meta=Meta(title=title), truncated=truncated)
    stored = StoredArticle(key=1, source=1, article_id="a.txt#1", file="a.txt", article=article)
    passage = Passage(id=1, start=0, end=len(text), header="", text=text)
    return Hit(passage=passage, article=stored, score=1.0, rank=1, stage="lexical")


class Marking:
    """A reader that marks given words, the first best."""

    def __init__(self, *words: str, score: float = 5.0) -> None:
        self._words = words
        self._score = score

    def read(self, question: str, passages: Sequence[ReaderPassage]) -> list[Reading]:
        found = []
        for passage in passages:
            places = [(passage.text.find(w), w) for w in self._words if w in passage.text]
            spans = tuple(Span(at, at + len(w), self._score - k) for k, (at, w) in enumerate(places))
            score = spans[0].score if spans else -9.0
            found.append(Reading(score, score, 0.0, spans))
        return found


def ranked(question: str, reader: Any, text: str = TEXT) -> Ranked:
    made = rank(
        read_question(question),
        [hit(text)],
        lambda source: text,
        reader,
        TokenMemory(HashEmbedder()),
        load_calibration(),
        lambda t: 0.5,
    )
    assert made is not None
    return made


def test_the_fitted_models_use_features_that_exist_and_agree_with_their_meaning() -> None:
    fitted = load_calibration()
    assert set(fitted.shortlist.weights) <= set(FEATURES)
    assert set(fitted.ranker.weights) <= {*FEATURES, *CLOSER}
    assert set(fitted.decision.weights) <= set(EVIDENCE)
    for model in (fitted.shortlist, fitted.ranker, fitted.decision):
        for name, weight in model.weights.items():
            assert (weight < 0) == (name in AGAINST or name == "unknown"), name
    assert fitted.thresholds["strict"] >= fitted.thresholds["balanced"] >= fitted.thresholds["eager"]


def test_every_feature_is_used() -> None:
    fitted = load_calibration()
    used = (
        set(fitted.ranker.weights)
        | set(fitted.shortlist.weights)
        | {"context_coverage", "names", "coverage", "type_missing"}
    )
    evidence = {"date_missing", "figure_missing", "name_missing", "speaker_missing", "reader_first"}
    assert set(FEATURES) <= used | evidence


def test_a_span_belongs_to_the_sentence_that_holds_most_of_it() -> None:
    reader = Marking("3.4 million crowns", "twice a day")
    found = candidates([hit()], lambda source: TEXT)
    passages = read_passages(reader, "How much will repairs cost?", [hit()])
    readings = read_sentences(found, passages)
    told = [TEXT[r.span.start : r.span.end] if r.span else None for r in readings]
    assert told == [None, "3.4 million crowns", "twice a day"]
    assert [r.first for r in readings] == [False, True, False]
    assert readings[0].score == UNREAD


def test_the_marked_sentence_comes_first_and_its_words_are_the_answer() -> None:
    made = ranked("How much will repairs cost?", Marking("3.4 million crowns"))
    best = made.order[0]
    assert "3.4 million" in made.found[best].text
    assert made.decision.given.keys() == {*load_calibration().decision.weights, "bias"}
    assert sum(made.decision.given.values()) == pytest.approx(made.decision.logit, abs=1e-2)


def test_caution_moves_the_threshold() -> None:
    question, text = read_question("How much will repairs cost?"), TEXT
    cuts = []
    for caution in ("strict", "balanced", "eager"):
        made = rank(
            question,
            [hit()],
            lambda s: text,
            OverlapReader(),
            TokenMemory(HashEmbedder()),
            load_calibration(),
            lambda t: 0.5,
            caution,  # type: ignore[arg-type]
        )
        assert made is not None
        cuts.append(made.decision.threshold)
    assert cuts == sorted(cuts, reverse=True)


def test_contributions_add_up_to_the_score() -> None:
    made = ranked("How much will repairs cost?", Marking("3.4 million crowns"))
    for i in made.order:
        given = made.ranker.contributions(made.table.row(i))
        assert sum(given.values()) == pytest.approx(float(made.scores[i]), abs=1e-2)


def test_features_are_named_never_paired_by_position() -> None:
    model = Logistic(weights={"b": 2.0, "a": -1.0}, bias=0.5)
    matrix = np.asarray([[1.0, 3.0]], dtype=np.float32)
    assert model.logits(matrix, ("a", "b"))[0] == pytest.approx(model.logit({"a": 1.0, "b": 3.0}))
    assert model.logits(matrix, ("a", "b"))[0] == pytest.approx(0.5 - 1.0 + 6.0)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ('Who said "twice a day"?', "ferry"),  # the best by score is another
        ("Who spoke of “3.4 Million” crowns?", "Repairs"),
        ('What did the "mayor" say of the repairs?', "Repairs"),  # one word is no quotation
        ('Who said "never again"?', ""),  # stands nowhere: the order is that of the scores
    ],
)
def test_words_that_a_question_quotes_come_first(question: str, first: str) -> None:
    made = ranked(question, Marking("3.4 million crowns", score=9.0))
    assert first in made.found[made.order[0]].text
    chosen = choose(made, load_calibration(), 3).chosen
    if made.quoting[made.order[0]]:
        assert all(made.quoting[i] for i in chosen)
    else:
        assert chosen[0] == max(range(len(made.found)), key=lambda i: made.scores[i])


def test_why_a_sentence_was_left_out_is_kept() -> None:
    made = ranked("How much will repairs cost?", Marking("3.4 million crowns", score=9.0))
    selection = choose(made, load_calibration(), 3)
    assert selection.chosen[0] == made.order[0]
    assert set(selection.left_out) | set(selection.chosen) == set(made.order)
    assert all(selection.left_out.values())


def test_explanations_are_made_only_when_asked_for() -> None:
    extractor = Extractor(HashEmbedder(), Marking("3.4 million crowns"), load_calibration(), lambda t: 0.5)
    question = read_question("How much will repairs cost?")
    plain = extractor.extract(question, [hit()], lambda s: TEXT)
    told = extractor.extract(question, [hit()], lambda s: TEXT, explain=True)
    assert plain.explain == () and plain.claims == told.claims
    (why,) = told.explain
    assert why.asks == "number" and why.sentences[0].chosen and why.sentences[0].why_not is None
    assert [s.why_not is not None for s in why.sentences[1:]] == [True] * (len(why.sentences) - 1)


def test_an_unsure_answer_says_so() -> None:
    fitted = load_calibration()
    between = Calibration.model_validate(
        {**fitted.model_dump(), "thresholds": dict.fromkeys(fitted.thresholds, 99.0), "unsure": -99.0}
    )
    extractor = Extractor(HashEmbedder(), OverlapReader(), between, lambda t: 0.5)
    draft = extractor.extract(read_question("How much will repairs cost?"), [hit()], lambda s: TEXT)
    assert (draft.claims, draft.reason) == ((), "unsure") and draft.nearest


def test_measure_has_a_row_a_candidate_and_a_column_a_feature() -> None:
    found = candidates([hit()], lambda source: TEXT)
    question = read_question("Who said that the Tarn bridge was closed?")
    table = measure(question, found, read_sentences(found, []), lambda t: 0.5, lambda s: TEXT)
    assert table.matrix.shape == (3, len(FEATURES)) and table.names == tuple(FEATURES)
    assert table.row(0)["coverage"] > table.row(2)["coverage"]


class Counting:
    def __init__(self) -> None:
        self.texts: list[str] = []

    def read(self, texts: Sequence[str]) -> list[TokenEmbedding]:
        self.texts += texts
        return HashEmbedder().read(texts)


def test_token_embeddings_are_made_when_looked_at_and_kept() -> None:
    embedder = Counting()
    memory = TokenMemory(embedder, kept=2)
    texts = EmbeddedTexts(memory, ["one", "two", "three"])
    assert len(texts) == 3 and embedder.texts == []
    assert (texts[1].words, texts[1].words, texts[-1].words) == ([(0, 3)], [(0, 3)], [(0, 5)])
    assert embedder.texts == ["two", "three"]
    memory.of(["one"])
    assert len(memory.of(["two", "one"])) == 2 and embedder.texts == ["two", "three", "one", "two"]


def test_threads_share_a_memory_that_forgets() -> None:
    memory = TokenMemory(HashEmbedder(), kept=3)
    words = [f"word{n}" for n in range(12)]
    failed: list[str] = []

    def look(shift: int) -> None:
        for k in range(60):
            chosen = [words[(k + shift + j) % 12] for j in range(5)]
            if [len(e.words) for e in memory.of(chosen)] != [1] * 5:
                failed.append(str(chosen))

    threads = [threading.Thread(target=look, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_likeness_is_measured_of_the_shortlist_alone() -> None:
    made = candidates([hit()], lambda source: TEXT)
    columns = likeness(TokenMemory(HashEmbedder()), read_question("How much will repairs cost?"), made, [1])
    assert set(columns) == set(LIKENESS)
    for column in columns.values():
        assert column[1] != 0 and column[0] == column[2] == 0


class Listening(Marking):
    """A marking reader that keeps what it is given."""

    def read(self, question: str, passages: Sequence[ReaderPassage]) -> list[Reading]:
        self.heard = list(passages)
        return super().read(question, passages)


def test_a_sentence_is_read_alone_under_its_title_and_the_others_are_not() -> None:
    made = candidates([hit()], lambda source: TEXT)
    reader = Listening(made[1].text[:5], score=40.0)
    scores = read_alone(reader, "How much will repairs cost?", made, [1, 2])
    assert [(p.title, p.text) for p in reader.heard] == [("Old bridge closes", made[i].text) for i in (1, 2)]
    assert list(scores) == [UNREAD, -UNREAD, -9.0]  # not read, bounded, without a mark
    assert list(read_alone(None, "How much will repairs cost?", made, [1])) == [UNREAD] * len(made)


def test_what_is_not_on_the_shortlist_comes_after_it_in_its_own_order() -> None:
    lines = " ".join(f"On day {n} of the flood the ferry to Arlen made {n} trips." for n in range(40))
    made = ranked("How many trips did the ferry to Arlen make on day 30?", Marking("30 trips"), lines)
    assert len(made.order) == 40 > SHORTLIST
    assert "30 trips" in made.found[made.order[0]].text
    scores = [round(float(made.scores[i]), 4) for i in made.order]
    assert scores == sorted(scores, reverse=True)
    short = made.order[:SHORTLIST]
    assert all(made.table.column("likeness")[i] != 0 for i in short)
    assert all(made.table.column("likeness")[i] == 0 for i in made.order[SHORTLIST:])


def test_scores_of_the_rest_lie_below_the_shortlist_at_their_own_distances() -> None:
    made = ranked("How much will repairs cost?", Marking("3.4 million crowns"))
    first = np.asarray([1.0, 5.0, 4.0], dtype=np.float32)
    scores = scored(made.table, made.ranker, first, [0])
    assert scores[1] == pytest.approx(scores[0]) and scores[2] == pytest.approx(scores[1] - 1)


def test_thresholds_rise_with_the_number_of_articles() -> None:
    fitted = load_calibration()
    assert fitted.among(5).thresholds == fitted.among(50).thresholds == fitted.thresholds
    rise = [
        fitted.among(n).thresholds["balanced"] - fitted.thresholds["balanced"] for n in (500, 5000, 50000)
    ]
    assert rise == pytest.approx([fitted.crowd, 2 * fitted.crowd, 3 * fitted.crowd], abs=1e-3)
