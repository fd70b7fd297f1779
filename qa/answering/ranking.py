"""The sentences of the passages found, in the order in which they answer, and whether the best does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.answering.calibration import Calibration, Caution, Logistic
from qa.answering.candidates import Candidate, candidates
from qa.answering.decision import Decision, Evidence, decide
from qa.answering.features import FeatureTable, measure
from qa.answering.reader import PassageReader
from qa.answering.reading import ReadPassage, SentenceReading, read_passages, read_sentences
from qa.index.embeddings import Vectors
from qa.question.parsing import Question, holds_quoted
from qa.types import Hit


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates with what the reader makes of them, their features and scores (logits of the ranker);
    ``order``: their numbers, best first."""

    question: Question
    found: list[Candidate]
    readings: list[SentenceReading]
    passages: list[ReadPassage]
    table: FeatureTable
    scores: Vectors
    order: list[int]
    quoting: list[bool]  # whether a candidate holds word for word what the question quotes
    decision: Decision
    ranker: Logistic


def rank(
    question: Question,
    hits: Sequence[Hit],
    text_of: Callable[[int], str],
    reader: PassageReader | None,
    calibration: Calibration,
    weight: Callable[[str], float],
    caution: Caution = "balanced",
) -> Ranked | None:
    """The sentences of the passages found, scored; None where there are none. ``weight``: a term's rarity
    in the corpus, 0 (in every passage) to 1 (in none); ``reader`` None: by words alone, as a topic is not a
    question that words can answer."""
    found = candidates(hits, text_of)
    if not found:
        return None
    passages = read_passages(reader, question.text, hits) if reader is not None else []
    readings = read_sentences(found, passages)
    table = measure(question, found, readings, weight)
    scores = calibration.ranker.logits(table.matrix, table.names)
    quoting = [holds_quoted(question, c.text) for c in found]
    order = sorted(
        range(len(found)),
        key=lambda i: (
            not quoting[i],  # what is asked about words that the question quotes stands where they do
            -round(float(scores[i]), 4),
            found[i].passage_rank,
            found[i].core.start,
        ),
    )
    unknown = _unknown(question, weight, calibration.unknown_weight)
    evidence = Evidence(question, table, scores, order, passages, unknown, quoting[order[0]])
    decision = decide(evidence, calibration, caution)
    ranker = calibration.ranker
    return Ranked(question, found, readings, passages, table, scores, order, quoting, decision, ranker)


def _unknown(question: Question, weight: Callable[[str], float], threshold: float) -> float:
    """The share of the question's words, by rarity, that stand nowhere in the corpus."""
    weights = [weight(w.term) for w in question.words]
    return sum(w for w in weights if w >= threshold) / (sum(weights) or 1.0)
