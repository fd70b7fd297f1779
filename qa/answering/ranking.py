"""The sentences of the passages found, in the order in which they answer, and whether the best does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from qa.answering.calibration import Calibration, Caution, Logistic
from qa.answering.candidates import Candidate, candidates
from qa.answering.decision import Decision, Evidence, decide
from qa.answering.features import FeatureTable, closer, measure
from qa.answering.reader import PassageReader
from qa.answering.reading import ReadPassage, SentenceReading, read_passages, read_sentences
from qa.answering.said import heard, of_another, spoken_in
from qa.answering.tokens import TokenMemory
from qa.attribution.attribution import Hearing, heard_anew
from qa.index.embeddings import Vectors
from qa.question.parsing import Question, holds_quoted
from qa.question.type_match import is_turn_of_another
from qa.types import Hit

# Sentences that are compared by meaning too, two texts each for the embedder, and read once more alone; of
# 365 questions on real pages 333 have their answer among 10, 339 among 15.
SHORTLIST = 10


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates with what the reader makes of them, their features and scores (``scored``);
    ``order``: their numbers, best first."""

    question: Question
    found: list[Candidate]
    readings: list[SentenceReading]
    passages: list[ReadPassage]
    table: FeatureTable
    scores: Vectors
    order: list[int]
    quoting: list[bool]  # whether a candidate holds word for word what the question quotes
    heard: list[bool]  # … or is what whoever the question asks about says of all that it asks about
    decision: Decision
    ranker: Logistic


def rank(
    question: Question,
    hits: Sequence[Hit],
    text_of: Callable[[int], str],
    reader: PassageReader | None,
    tokens: TokenMemory,
    calibration: Calibration,
    weight: Callable[[str], float],
    caution: Caution = "balanced",
    hearing: Hearing = heard_anew,
) -> Ranked | None:
    """The sentences of the passages found, scored; None where there are none. ``weight``: a term's rarity
    in the corpus, 0 (in every passage) to 1 (in none); ``reader`` None: by words alone, as a topic is not a
    question that words can answer; ``hearing``: who says what in an article."""
    found = candidates(hits, text_of)
    if not found:
        return None
    if question.speakers and question.asks == "statement":  # what another says to them is no answer of theirs
        found = [c for c in found if not is_turn_of_another(c.text, question.speakers)] or found
    spoken = spoken_in(question, found, text_of, hearing)
    another = of_another(question, found, spoken)
    found = [c for c, skip in zip(found, another, strict=True) if not skip] or found
    passages = read_passages(reader, question.text, hits) if reader is not None else []
    readings = read_sentences(found, passages)
    table = measure(question, found, readings, weight, text_of)
    quoting = [holds_quoted(question, c.text) for c in found]
    first = calibration.shortlist.logits(table.matrix, table.names)
    short = in_order(found, first, quoting)[:SHORTLIST]
    table = table.with_columns(closer(tokens, reader, question, found, short))
    scores = scored(table, calibration.ranker, first, short)
    said = heard(question, found, spoken)
    order = in_order(found, scores, quoting, said)
    unknown = _unknown(question, weight, calibration.unknown_weight)
    evidence = Evidence(question, table, scores, order, passages, unknown, quoting[order[0]], said[order[0]])
    decision = decide(evidence, calibration, caution)
    ranker = calibration.ranker
    return Ranked(question, found, readings, passages, table, scores, order, quoting, said, decision, ranker)


def in_order(
    found: Sequence[Candidate], scores: Vectors, quoting: Sequence[bool], said: Sequence[bool] = ()
) -> list[int]:
    """The candidates by score, best first; ties by their passage's rank and place."""
    return sorted(
        range(len(found)),
        key=lambda i: (
            not quoting[i],  # what is asked about words that the question quotes stands where they do
            not (said and said[i]),
            -round(float(scores[i]), 4),
            found[i].passage_rank,
            found[i].core.start,
        ),
    )


def scored(table: FeatureTable, ranker: Logistic, first: Vectors, short: Sequence[int]) -> Vectors:
    """The ranker's scores of the shortlist; below the last of it, the others at the distances that the scores
    ``first`` give them."""
    scores = ranker.logits(table.matrix, table.names)
    rest = np.setdiff1d(np.arange(len(scores)), np.asarray(short))
    if len(rest):
        scores[rest] = scores[list(short)].min() + first[rest] - first[rest].max()
    return scores


def _unknown(question: Question, weight: Callable[[str], float], threshold: float) -> float:
    """The share of the question's words, by rarity, that stand nowhere in the corpus."""
    weights = [weight(w.term) for w in question.words]
    return sum(w for w in weights if w >= threshold) / (sum(weights) or 1.0)
