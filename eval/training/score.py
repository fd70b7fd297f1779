"""What the exported reader is worth on a split of the written stories; needs onnxruntime, not torch.

    python -m eval.training.score FOLDER [--split report] [--retrieved 200] [--pages PUBLIC]

FOLDER holds ``reader.onnx`` and ``card.json``. A question's score is the best over the windows of its story.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.training.bm25 import Bm25
from eval.training.pages import load_pages
from eval.training.pairs import places_of
from eval.training.stories import Question, Split, Story, events, load_all, splits
from qa.answering.encoding import windows
from qa.answering.reader import FOLDER, PassageReader, ReaderModel, ReaderPassage, Reading

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question put to its story. ``exact``: the best span is the answer (of a list: one item) but for
    marks and articles; ``overlap``: it shares a word with one; ``any3``: one of the best three does."""

    story: str
    kind: str
    answerable: bool
    score: float
    can: float
    span: float
    exact: bool
    overlap: bool
    any3: bool


def ask(reader: PassageReader, story: Story, question: Question) -> Asked:
    (reading,) = reader.read(question.q, [ReaderPassage(story.title, story.text)])
    return _asked(story, question, reading)


def _asked(story: Story, question: Question, reading: Reading) -> Asked:
    gold = places_of(question, story.text)
    hits = [any(s.start < b and s.end > a for a, b in gold) for s in reading.spans]
    best = _bare(story.text[reading.spans[0].start : reading.spans[0].end]) if hits else ""
    exact = bool(hits and hits[0]) and best in {_bare(a) for a in question.answers}
    return Asked(
        story=story.story,
        kind=question.kind,
        answerable=bool(gold),
        score=reading.score,
        can=reading.answerable,
        span=reading.span_score,
        exact=exact,
        overlap=bool(hits and hits[0]),
        any3=any(hits),
    )


def _bare(text: str) -> str:
    words = text.lower().strip(" .,;:!?\"'“”‘’()–—-").split()
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)


def auc(right: Sequence[float] | Floats, wrong: Sequence[float] | Floats) -> float:
    """Share of pairs in which the right one stands above the wrong one, ties half; nan without pairs."""
    if not len(right) or not len(wrong):
        return float("nan")
    low = np.sort(np.asarray(wrong, dtype=np.float64))
    values = np.asarray(right, dtype=np.float64)
    below = np.searchsorted(low, values, "left") + np.searchsorted(low, values, "right")
    return float(below.mean() / 2 / len(low))


def interval(asked: Sequence[Asked], draws: int = 400, seed: int = 5) -> tuple[float, float]:
    """95 % interval of the AUC by the bootstrap over stories (Efron 1979)."""
    by_story: dict[str, list[Asked]] = {}
    for a in asked:
        by_story.setdefault(a.story, []).append(a)
    groups = list(by_story.values())
    rng = np.random.default_rng(seed)
    values = []
    for _ in range(draws):
        drawn = [a for k in rng.integers(len(groups), size=len(groups)) for a in groups[k]]
        values.append(
            auc([a.score for a in drawn if a.answerable], [a.score for a in drawn if not a.answerable])
        )
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class KindFigures:
    """``auc``: this kind against all questions of the other class; ``overlap`` for answerable kinds."""

    questions: int
    auc: float
    overlap: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    answerable: int
    unanswerable: int
    auc: float
    auc_interval: tuple[float, float]
    auc_head: float  # by the answerable head alone
    auc_span: float  # by the span score alone
    exact: float
    overlap: float
    overlap_of_three: float
    refused_right: float | None = None  # unanswerable questions under the calibrated even chance
    refused_wrong: float | None = None  # answerable ones
    by_kind: dict[str, KindFigures] | None = None


def figures(asked: Sequence[Asked], even: float | None = None) -> Figures:
    """``even``: the score at which the calibrated probability is one half."""
    yes = [a for a in asked if a.answerable]
    no = [a for a in asked if not a.answerable]
    kinds: dict[str, KindFigures] = {}
    for name, here in sorted({(a.kind, a.answerable) for a in asked}):
        some = [a for a in (yes if here else no) if a.kind == name]
        value = (
            auc([a.score for a in some], [a.score for a in no])
            if here
            else auc([a.score for a in yes], [a.score for a in some])
        )
        overlap = float(np.mean([a.overlap for a in some])) if here else None
        kinds[f"{name} ({'answerable' if here else 'not'})"] = KindFigures(len(some), value, overlap)
    return Figures(
        answerable=len(yes),
        unanswerable=len(no),
        auc=auc([a.score for a in yes], [a.score for a in no]),
        auc_interval=interval(asked),
        auc_head=auc([a.can for a in yes], [a.can for a in no]),
        auc_span=auc([a.span for a in yes], [a.span for a in no]),
        exact=float(np.mean([a.exact for a in yes])),
        overlap=float(np.mean([a.overlap for a in yes])),
        overlap_of_three=float(np.mean([a.any3 for a in yes])),
        refused_right=None if even is None else float(np.mean([a.score < even for a in no])),
        refused_wrong=None if even is None else float(np.mean([a.score < even for a in yes])),
        by_kind=kinds,
    )


def calibration(asked: Sequence[Asked]) -> tuple[float, float]:
    """Slope and intercept of P(answerable) = 1 / (1 + exp(-(slope x score + intercept))), by Newton's
    steps on the log-likelihood (Platt 1999, without his smoothing)."""
    x = np.array([[a.score, 1.0] for a in asked])
    y = np.array([float(a.answerable) for a in asked])
    w = np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ w)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2)
        w += np.linalg.solve(hessian, x.T @ (y - p) - 1e-6 * w)
    return float(w[0]), float(w[1])


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A search over all stories of the split first: the eight best passages are read. ``auc``: questions
    with their story among the passages against the same questions with its event taken out."""

    questions: int
    auc: float


def retrieved(reader: PassageReader, stories: Sequence[Story], count: int, depth: int = 8) -> Retrieved:
    event = events(stories)
    passages = [(s, ReaderPassage(s.title, s.text[a:b])) for s in stories for a, b in windows(s.text)]
    search = Bm25([f"{p.title} {p.text}" for _, p in passages])
    questions = [(s, q) for s in stories for q in s.questions if q.answers]
    step = max(1, len(questions) // count)
    held: list[float] = []
    gone: list[float] = []
    for story, question in questions[::step][:count]:
        ranked = search.top(question.q, 60)
        others = [k for k in ranked if event[passages[k][0].story] != event[story.story]]
        for numbers, scores in ((ranked[:depth], held), (others[:depth], gone)):
            read = reader.read(question.q, [passages[k][1] for k in numbers])
            scores.append(max((r.score for r in read), default=-20.0))
    return Retrieved(len(held), auc(held, gone))


def milliseconds(
    reader: PassageReader, stories: Sequence[Story], passages: int = 8, questions: int = 40
) -> dict[str, float]:
    """Time to read ``passages`` windows of different stories for one question: median and 95th of a
    hundred."""
    cut = [ReaderPassage(s.title, s.text[a:b]) for s in stories for a, b in windows(s.text)[:1]]
    asked = [q.q for s in stories for q in s.questions][: questions + 3]
    taken: list[float] = []
    for k, question in enumerate(asked):
        chosen = [cut[(k * passages + i) % len(cut)] for i in range(passages)]
        began = time.perf_counter()
        reader.read(question, chosen)
        taken.append(1000 * (time.perf_counter() - began))
    return {
        "passages": passages,
        "p50": float(np.median(taken[3:])),
        "p95": float(np.percentile(taken[3:], 95)),
    }


def stories_of(split: Split, public: Path | None = None) -> list[Story]:
    """The written stories of a split; where the folder of the public sets is given, the pages of it."""
    every = load_all() if public is None else load_pages(public)
    side = splits(every)
    return [s for s in every if side[s.story] == split]


def ask_all(reader: PassageReader, stories: Sequence[Story]) -> list[Asked]:
    return [ask(reader, s, q) for s in stories for q in s.questions]


def _text(value: Figures) -> str:
    rows = [f"{k:22} {v}" for k, v in asdict(replace(value, by_kind=None)).items() if v is not None]
    for name, f in (value.by_kind or {}).items():
        found = "" if f.overlap is None else f"  span {f.overlap:.2f}"
        rows.append(f"  {name:28} {f.questions:4}  AUC {f.auc:.2f}{found}")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--split", choices=["train", "calibration", "report"], default="report")
    parser.add_argument(
        "--retrieved", type=int, default=0, help="also so many questions over all stories of the split"
    )
    parser.add_argument(
        "--pages", type=Path, help="folder of the public sets: the questions on real pages, not on stories"
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write the figures there")
    given = parser.parse_args()
    reader = ReaderModel(given.folder, threads=given.threads)
    card = json.loads((given.folder / "card.json").read_text("utf-8"))
    fitted = card.get("calibration")
    even = -fitted["intercept"] / fitted["slope"] if fitted else None
    stories = stories_of(given.split, given.pages)
    found = figures(ask_all(reader, stories), even)
    print(_text(found))
    print(f"milliseconds           {milliseconds(reader, stories)}")
    if given.retrieved:
        print(retrieved(reader, stories, given.retrieved))
    if given.json:
        given.json.write_text(json.dumps(asdict(found), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
