"""Whether to answer at all: what speaks for an answer and against it, by name, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qa.answering.calibration import Calibration, Caution
from qa.answering.features import FeatureTable
from qa.answering.reading import UNREAD, ReadPassage
from qa.index.embeddings import Vectors
from qa.question.parsing import Question

Verdict = Literal["answer", "unsure", "no_answer"]
WHOLE = 0.95  # the share of what is asked about that the words of whoever is asked about hold
FEW = 3  # of the best sentences, for what any of them holds


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the decision is made from. ``unknown``: the share of the question's words, by rarity, that the
    corpus does not hold; ``order``: candidates by rank, best first; ``quoting``: whether the best holds word
    for word what the question quotes; ``heard``: whether it is what whoever the question asks about says of
    all that it asks about (``qa.answering.said``)."""

    question: Question
    table: FeatureTable
    scores: Vectors
    order: Sequence[int]
    passages: Sequence[ReadPassage]
    unknown: float
    quoting: bool = False
    heard: bool = False

    @property
    def top(self) -> dict[str, float]:
        return self.table.row(self.order[0])

    @property
    def reader_top(self) -> float:
        """What the reader makes of the best sentence; where that holds word for word what is asked about
        (what the question quotes, or words of whoever it asks about with all that it asks of), of the best
        one beside it too."""
        if self.quoting:
            return max(self.top["reader"], self.passage_scores()[0])
        heard = bool(self.question.speakers) and not self.top["speaker_missing"]
        return self.best("reader") if heard and self.top["coverage"] >= WHOLE else self.top["reader"]

    def best(self, name: str) -> float:
        """The highest value of a feature among the few best sentences."""
        return max(float(self.table.column(name)[i]) for i in self.order[:FEW])

    def passage_scores(self) -> list[float]:
        """Of the passages read, best first; ``UNREAD`` where fewer than two were."""
        found = sorted((max(p.reading.score, UNREAD) for p in self.passages), reverse=True)
        return [*found, UNREAD, UNREAD][: max(2, len(found))]


EVIDENCE: Mapping[str, Callable[[Evidence], float]] = {
    "reader_best": lambda e: min(e.passage_scores()[0], -UNREAD),
    "reader_top": lambda e: e.reader_top,
    "reader_second": lambda e: min(e.passage_scores()[1], -UNREAD),
    "agrees": lambda e: float(e.top["reader"] > UNREAD and e.top["reader_first"] > 0),
    "score": lambda e: float(e.scores[e.order[0]]),  # what put the best sentence first
    "coverage": lambda e: e.top["coverage"],
    "context_coverage": lambda e: e.top["context_coverage"],
    "best_context": lambda e: e.best("context_coverage"),
    "names": lambda e: e.top["names"],
    "type_missing": lambda e: e.top["type_missing"],
    "date_missing": lambda e: e.top["date_missing"],
    "figure_missing": lambda e: e.top["figure_missing"],
    "name_missing": lambda e: e.top["name_missing"],
    "speaker_missing": lambda e: e.top["speaker_missing"],
    "names_absent": lambda e: e.top["names_absent"],
    "unknown": lambda e: e.unknown,
}
AGAINST = frozenset(
    (
        *("type_missing", "date_missing", "figure_missing", "name_missing", "speaker_missing"),
        *("names_absent", "unknown"),
    )
)


@dataclass(frozen=True, slots=True)
class Decision:
    """``logit`` against ``threshold``; ``values`` and ``given``: each piece of evidence, and what it
    added. ``heard``: a statement of whom it is asked for, which answers whatever the logit."""

    verdict: Verdict
    logit: float
    threshold: float
    values: Mapping[str, float]
    given: Mapping[str, float]
    heard: bool = False


def decide(evidence: Evidence, calibration: Calibration, caution: Caution = "balanced") -> Decision:
    values = {name: piece(evidence) for name, piece in EVIDENCE.items()}
    logit = calibration.decision.logit(values)
    threshold = calibration.thresholds[caution]
    unsure = min(calibration.unsure, threshold)
    answers = evidence.heard or logit >= threshold
    verdict: Verdict = "answer" if answers else "unsure" if logit >= unsure else "no_answer"
    return Decision(
        verdict, logit, threshold, values, calibration.decision.contributions(values), evidence.heard
    )
