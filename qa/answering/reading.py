"""The passages found, read by the reader model: which words of them answer, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa.answering.candidates import Candidate
from qa.answering.reader import PassageReader, ReaderPassage, Reading
from qa.index.embeddings import Vectors
from qa.types import Hit

READ = 10  # passages that are read; more cost time and bring little
BY_MEANING = 4  # of them found by vectors alone: see ``qa.index.retriever.retrieve``
UNREAD = -12.0  # logit of a sentence in which the reader marks nothing


@dataclass(frozen=True, slots=True)
class ReadSpan:
    """Words that the reader marks, as code points of their source text; ``score``: a logit."""

    article: int  # StoredArticle.key
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """What the reader makes of one sentence: the best span in it, its score (``UNREAD`` where there is
    none), the score of its passage, and whether the passage's best span lies in this sentence."""

    score: float
    passage_score: float
    first: bool
    span: ReadSpan | None


NOT_READ = SentenceReading(UNREAD, UNREAD, False, None)


@dataclass(frozen=True, slots=True)
class ReadPassage:
    hit: Hit
    reading: Reading
    spans: tuple[ReadSpan, ...]  # best first


def read_passages(reader: PassageReader, question: str, hits: Sequence[Hit]) -> list[ReadPassage]:
    """The first ``READ`` hits, read. A title says what a passage is about that does not say so itself."""
    chosen = list(hits[:READ])
    passages = [ReaderPassage(h.article.article.meta.title or "", h.passage.text) for h in chosen]
    readings = reader.read(question, passages)
    return [
        ReadPassage(
            hit,
            reading,
            tuple(
                ReadSpan(
                    hit.article.key, hit.passage.start + s.start, hit.passage.start + s.end, _bounded(s.score)
                )
                for s in reading.spans
            ),
        )
        for hit, reading in zip(chosen, readings, strict=True)
    ]


def read_alone(
    reader: PassageReader | None, question: str, found: Sequence[Candidate], of: Sequence[int]
) -> Vectors:
    """What the reader makes of the candidates ``of``, each under its title and without its neighbours
    (logit): within a passage the sentence beside the one that answers is often taken for it. ``UNREAD`` for
    the others, and for all of them without a reader."""
    scores = np.full(len(found), UNREAD, dtype=np.float32)
    if reader is not None:
        alone = [ReaderPassage(found[i].article.article.meta.title or "", found[i].text) for i in of]
        scores[list(of)] = [_bounded(r.score) for r in reader.read(question, alone)]
    return scores


def _bounded(score: float) -> float:
    return max(min(score, -UNREAD), UNREAD)


def read_sentences(found: Sequence[Candidate], passages: Sequence[ReadPassage]) -> list[SentenceReading]:
    """One a candidate. A span belongs to the sentence that holds most of it."""
    return [_of_sentence(candidate, passages) for candidate in found]


def _of_sentence(candidate: Candidate, passages: Sequence[ReadPassage]) -> SentenceReading:
    best = NOT_READ
    start, end = candidate.core.start, candidate.core.end
    for passage in passages:
        hit = passage.hit
        if hit.article.key != candidate.article.key or not (hit.passage.start <= start < hit.passage.end):
            continue
        score = _bounded(passage.reading.score)
        here = SentenceReading(UNREAD, score, False, None)
        for rank, span in enumerate(passage.spans):
            if 2 * (min(end, span.end) - max(start, span.start)) > span.end - span.start:
                here = SentenceReading(span.score, score, rank == 0, span)
                break
        if (here.score, here.passage_score) > (best.score, best.passage_score):
            best = here
    return best
