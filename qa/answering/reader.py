"""A reader: it looks for the words of a passage that answer a question, and says how sure it is that
there are any.

``ReaderModel`` runs our own extractive model (MiniLM-L6 with a span head and an "answerable" head;
``qa/data/reader/card.json`` says what it was trained on) in process through onnxruntime.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from qa.answering.encoding import Encoded, Encoder, Place, sentences, windows

FOLDER = Path(__file__).parents[1] / "data" / "reader"
SPAN_WEIGHT = 0.5  # of (best span - null) beside the answerable logit
MAX_SPAN = 48  # tokens; the longest lists and reasons
TOP_SPANS = 3
MOST_THREADS = 4

Logits = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ReaderPassage:
    """``title``: of the article; ``text``: any length, cut into windows by the reader."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of the passage's text; ``score``: that of its window
    with this span for the best one."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one passage: the figures of its best window, all of them logits.

    ``score``: ``answerable`` + half of ``span_score``; ``answerable``: of the head "can this be answered";
    ``span_score``: the best span's start and end logit less the null's; ``spans``: at most three that do
    not overlap, best first; none where the passage has no words.
    """

    score: float
    answerable: float
    span_score: float
    spans: tuple[Span, ...]

    @property
    def place(self) -> Place | None:
        """The best span's characters in the passage's text."""
        return (self.spans[0].start, self.spans[0].end) if self.spans else None


NOTHING = Reading(score=-20.0, answerable=-20.0, span_score=-20.0, spans=())  # of a passage without words


class PassageReader(Protocol):
    def read(self, question: str, passages: Sequence[ReaderPassage]) -> list[Reading]:
        """One reading a passage, in order."""
        ...


class ReaderModel:
    """The shipped model. A window is a run of its own, ``threads`` of them at a time (0: one a core, at most
    ``MOST_THREADS``): its activations are quantized over what the run holds, so that a window read together
    with others would be read otherwise. Equal questions and passages are read alike, whatever is read beside
    them; and nothing is padded, which makes it the quicker way as well."""

    def __init__(self, folder: Path = FOLDER, threads: int = 0) -> None:
        self._folder = folder
        self._threads = threads or min(os.cpu_count() or 1, MOST_THREADS)
        self._encoder = Encoder()
        self._lock = threading.Lock()
        self._session: Any = None
        self._pool: ThreadPoolExecutor | None = None

    def read(self, question: str, passages: Sequence[ReaderPassage]) -> list[Reading]:
        owners: list[tuple[int, int]] = []  # passage, character where its window begins
        encoded: list[Encoded] = []
        for number, passage in enumerate(passages):
            for start, end in windows(passage.text):
                owners.append((number, start))
                encoded.append(self._encoder.encode(question, passage.title, passage.text[start:end]))
        read: list[list[Reading]] = [[] for _ in passages]
        for (number, offset), reading in zip(owners, self._windows(encoded), strict=True):
            read[number].append(_moved(reading, offset))
        return [_joined(readings) for readings in read]

    def _windows(self, encoded: Sequence[Encoded]) -> list[Reading]:
        if not encoded:
            return []
        with self._lock:
            if self._session is None:
                self._session = _open(self._folder)
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._threads, "reader")
        return list(self._pool.map(self._window, encoded))

    def _window(self, encoded: Encoded) -> Reading:
        feed = {
            "input_ids": np.asarray([encoded.ids], dtype=np.int64),
            "attention_mask": np.ones((1, len(encoded.ids)), dtype=np.int64),
            "token_type_ids": np.asarray([encoded.types], dtype=np.int64),
        }
        start, end, can = self._session.run(["start_logits", "end_logits", "answerable"], feed)
        return _decode(encoded, start[0], end[0], float(can[0]))


def _open(folder: Path) -> Any:
    data = (folder / "reader.onnx").read_bytes()
    wanted = json.loads((folder / "card.json").read_text("utf-8"))["sha256"]
    if hashlib.sha256(data).hexdigest() != wanted:
        raise ValueError(f"{folder / 'reader.onnx'} is not the file that its card describes")
    os.environ.setdefault(
        "ORT_DISABLE_TELEMETRY", "1"
    )  # some versions send events unless this is set before the import
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # windows are read side by side
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # every window has another length
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def _decode(encoded: Encoded, start: Logits, end: Logits, can: float) -> Reading:
    """The best spans of whole words among the window's tokens; the null stands at token 0."""
    size = len(encoded.places)
    if not size:
        return NOTHING
    first = encoded.first
    opens = np.where(encoded.starts, start[first : first + size], -1e4)
    shuts = np.where(encoded.ends, end[first : first + size], -1e4)
    scores = opens[:, None] + shuts[None, :] - float(start[0] + end[0])
    distance = np.arange(size)[None, :] - np.arange(size)[:, None]
    scores = np.where((distance >= 0) & (distance < MAX_SPAN), scores, -1e4)
    spans: list[Span] = []
    best = float(scores.max())
    for _ in range(TOP_SPANS):
        i, j = divmod(int(scores.argmax()), size)
        if scores[i, j] <= -5e3:
            break
        score = can + SPAN_WEIGHT * float(scores[i, j])
        spans.append(Span(encoded.places[i][0], encoded.places[j][1], score))
        scores[: j + 1, i:] = -1e4  # every span that begins before this one's end and ends after its start
    return Reading(can + SPAN_WEIGHT * best, can, best, tuple(spans))


def _moved(reading: Reading, offset: int) -> Reading:
    spans = tuple(Span(s.start + offset, s.end + offset, s.score) for s in reading.spans)
    return Reading(reading.score, reading.answerable, reading.span_score, spans)


def _joined(readings: Sequence[Reading]) -> Reading:
    """Of a passage's windows: the figures of the best, and the best spans of all that do not overlap."""
    if not readings:
        return NOTHING
    best = max(readings, key=lambda r: r.score)
    kept: list[Span] = []
    for span in sorted((s for r in readings for s in r.spans), key=lambda s: (-s.score, s.start, s.end)):
        if len(kept) < TOP_SPANS and all(span.end <= k.start or span.start >= k.end for k in kept):
            kept.append(span)
    return Reading(best.score, best.answerable, best.span_score, tuple(kept))


_WORD = re.compile(r"\w+")
_EMPTY = frozenset(
    "a an and are at be by did do does for from has have he her his how in is it its of on or she that the "
    "they this to was were what when where which who whom whose why will with".split()
)


class OverlapReader:
    """A deterministic stand-in that needs no model. It takes the sentence that holds most of the
    question's words; the span is its longest run of words that the question does not hold, and the
    score 8 x (share of the question's words - 1/4)."""

    def read(self, question: str, passages: Sequence[ReaderPassage]) -> list[Reading]:
        asked = {m.group().lower() for m in _WORD.finditer(question)}
        return [_joined([_overlap(asked, p.text, s) for s in sentences(p.text)]) for p in passages]


def _overlap(asked: set[str], text: str, sentence: Place) -> Reading:
    words = list(_WORD.finditer(text, *sentence))
    wanted = asked - _EMPTY
    shared = {m.group().lower() for m in words} & wanted
    score = 8 * (len(shared) / max(len(wanted), 1) - 0.25)
    runs: list[list[re.Match[str]]] = [[]]
    for m in words:
        if m.group().lower() in asked or (m.group().lower() in _EMPTY and not runs[-1]):
            runs.append([])
        else:
            runs[-1].append(m)
    longest = max(runs, key=len)
    spans = (Span(longest[0].start(), longest[-1].end(), score),) if longest else ()
    return Reading(score, score, 0.0, spans)
