"""What is measured of each sentence that could answer: named features, a function a feature.

A feature is a row of ``FEATURES``, or one of ``CLOSER``, which cost an embedding or a reading each and are
measured of a shortlist only. The fitted models (``calibration``) name those that they use, so that nothing
is paired by position, and ``qa ask --explain`` can say what each gave.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qa.answering.candidates import Candidate
from qa.answering.named import names_absent
from qa.answering.reader import PassageReader
from qa.answering.reading import SentenceReading, read_alone
from qa.answering.tokens import TokenMemory
from qa.index.embeddings import Vectors
from qa.question.parsing import Question
from qa.question.type_match import holds, speaks
from qa.text.terms import terms

SHORT = 6  # words; fewer make a heading or a caption


@dataclass(frozen=True, slots=True)
class Measured:
    """One candidate beside the question. Arrays have one entry for each content word of the question:
    ``weights``: its rarity in the corpus, 0 to 1; ``names``: whether it is a name; ``exact``: whether the
    sentence holds it; ``near``: whether the sentence or what stands around it does. ``held``: how far the
    sentence holds the kind of thing asked for, None where no kind is asked; ``speaker``: whether whom the
    question asks about is heard in it. ``absent``: the share of the question's names that its article lacks
    (``qa.answering.named``)."""

    candidate: Candidate
    reading: SentenceReading
    weights: Vectors
    names: np.ndarray[tuple[int], np.dtype[np.bool_]]
    exact: np.ndarray[tuple[int], np.dtype[np.bool_]]
    near: np.ndarray[tuple[int], np.dtype[np.bool_]]
    held: float | None
    speaker: bool | None
    asks: str
    measured: bool  # a figure of a certain kind is asked for
    absent: float

    @property
    def missing(self) -> float:
        return 0.0 if self.held is None else 1.0 - self.held


def _share(weights: Vectors, found: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    return float((weights * found).sum()) / (float(weights.sum()) or 1.0)


def _names(m: Measured) -> float:
    return _share(m.weights * m.names, m.exact | m.near) if m.names.any() else 1.0


def _missing_of(*kinds: str) -> Callable[[Measured], float]:
    return lambda m: m.missing if m.asks in kinds else 0.0


FEATURES: Mapping[str, Callable[[Measured], float]] = {
    "reader": lambda m: m.reading.score,  # of the best span in the sentence (logit)
    "reader_first": lambda m: float(m.reading.first),  # the best span of its passage lies in it
    "coverage": lambda m: _share(m.weights, m.exact),
    "context_coverage": lambda m: _share(m.weights, m.exact | m.near),
    "names": _names,
    "names_absent": lambda m: m.absent,
    "passage_score": lambda m: m.candidate.passage_score,
    "type_missing": lambda m: m.missing,
    "date_missing": _missing_of("date"),
    "figure_missing": lambda m: m.missing if m.asks == "number" or m.measured else 0.0,
    "name_missing": _missing_of("person", "place", "name"),
    "speaker_missing": lambda m: float(m.speaker is False),
    "short": lambda m: float(len(m.candidate.text.split()) < SHORT),
}
# Features that speak against a sentence; all others speak for it.
AGAINST = frozenset(
    (
        *("type_missing", "date_missing", "figure_missing", "name_missing", "speaker_missing", "short"),
        "names_absent",
    )
)


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """(candidates, features), columns in the order of ``names``."""

    names: tuple[str, ...]
    matrix: Vectors

    def with_columns(self, more: Mapping[str, Vectors]) -> FeatureTable:
        columns = np.column_stack([self.matrix, *more.values()]).astype(np.float32)
        return FeatureTable((*self.names, *more), columns)

    def column(self, name: str) -> Vectors:
        return np.asarray(self.matrix[:, self.names.index(name)])

    def row(self, at: int) -> dict[str, float]:
        return {name: float(v) for name, v in zip(self.names, self.matrix[at], strict=True)}


def measure(
    question: Question,
    found: Sequence[Candidate],
    readings: Sequence[SentenceReading],
    weight: Callable[[str], float],
    text_of: Callable[[int], str],
) -> FeatureTable:
    """The features of all candidates. ``weight``: a term's rarity in the corpus, 0 to 1; ``text_of``: a
    source text by its key."""
    weights = np.asarray([weight(w.term) for w in question.words] or [1.0], dtype=np.float32)
    names = np.asarray([w.name for w in question.words] or [False], dtype=np.bool_)
    absent = names_absent(question, found, text_of, weight)
    measured = [
        _measured(question, candidate, reading, weights, names, float(lacks))
        for candidate, reading, lacks in zip(found, readings, absent, strict=True)
    ]
    rows = [[feature(m) for feature in FEATURES.values()] for m in measured]
    matrix = np.asarray(rows, dtype=np.float32).reshape(len(rows), len(FEATURES))
    return FeatureTable(tuple(FEATURES), matrix)


LIKENESS = ("likeness", "context_likeness")
CLOSER = (*LIKENESS, "reader_alone")


def closer(
    tokens: TokenMemory,
    reader: PassageReader | None,
    question: Question,
    found: Sequence[Candidate],
    of: Sequence[int],
) -> Mapping[str, Vectors]:
    """What is measured of the candidates ``of`` alone: likeness, and what the reader makes of each by
    itself."""
    alone = read_alone(reader, question.text, found, of)
    return {**likeness(tokens, question, found, of), "reader_alone": alone}


def likeness(
    tokens: TokenMemory, question: Question, found: Sequence[Candidate], of: Sequence[int]
) -> Mapping[str, Vectors]:
    """Cosines of the question and the candidates ``of``, by the sentence alone and with what stands around
    it: for a question that shares no word with its answer. 0 for the others, which are not embedded."""
    texts = [[found[i].text for i in of], [" ".join(found[i].context.split()) for i in of]]
    asked = tokens.of([question.text])[0].vector
    columns = {}
    for name, own in zip(LIKENESS, texts, strict=True):
        columns[name] = np.zeros(len(found), dtype=np.float32)
        columns[name][list(of)] = [float(t.vector @ asked) for t in tokens.of(own)]
    return columns


def _measured(
    question: Question,
    candidate: Candidate,
    reading: SentenceReading,
    weights: Vectors,
    names: np.ndarray[tuple[int], np.dtype[np.bool_]],
    absent: float,
) -> Measured:
    own, around = set(terms(candidate.text)), set(terms(candidate.context))
    held = holds(question, candidate.text, candidate.before)
    if held is not None and held < 1:
        held = max(held, holds(question, candidate.heading) or 0.0)
    return Measured(
        candidate=candidate,
        reading=reading,
        weights=weights,
        names=names,
        exact=np.asarray([w.term in own for w in question.words] or [False], dtype=np.bool_),
        near=np.asarray([w.term in around for w in question.words] or [False], dtype=np.bool_),
        held=held,
        speaker=speaks(candidate.text, candidate.before, question.speakers) if question.speakers else None,
        asks=question.asks,
        measured=question.measure is not None,
        absent=absent,
    )
