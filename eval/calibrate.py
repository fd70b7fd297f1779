"""Fit the extractor's two logistic models: ``python -m eval calibrate``.

The sentence ranker is fitted on the tuning split (a sentence is right if it overlaps a gold quote), the
decision to answer on the calibration split, which is used for nothing else; the reported split is not
read. The threshold is the one with the best balanced accuracy in cross-validation, shifted towards
abstaining where two are as good, since a wrong answer costs the user more than none.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.gold import CORPUS, GOLD, GoldQuestion, load_gold
from qa.calibration import PATH, Calibration, Logistic
from qa.extract import EVIDENCE, FEATURES, Candidate, candidates
from qa.followup import standalone
from qa.pipeline import Library
from qa.question import read_question

UNKNOWN = 0.999


def _labels(found: Sequence[Candidate], question: GoldQuestion, library: Library) -> np.ndarray[Any, Any]:
    """1 where a candidate's sentence overlaps a gold quote."""
    labels = np.zeros(len(found))
    for quote in question.quotes:
        name = quote.article.rsplit("#", 1)[0]
        for i, c in enumerate(found):
            text = library.store.text(c.article.source)
            at = text.find(quote.text) if c.article.file == name else -1
            if at >= 0 and c.core.start < at + len(quote.text) and c.core.end > at:
                labels[i] = 1
    return labels


def _fit(x: np.ndarray[Any, Any], y: np.ndarray[Any, Any], names: Sequence[str], c: float, balanced: bool) -> Logistic:
    from sklearn.linear_model import LogisticRegression

    scale = x.std(0)
    scale[scale < 1e-6] = 1.0
    model = LogisticRegression(C=c, class_weight="balanced" if balanced else None, max_iter=2000).fit(x / scale, y)
    return Logistic(names=tuple(names), weights=tuple(round(float(w), 5) for w in model.coef_[0] / scale), bias=round(float(model.intercept_[0]), 5))


def _digest(*paths: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def calibrate(write: bool = True) -> dict[str, Any]:
    """Fit, report the cross-validated figures, and write ``qa/data/calibration.json``."""
    with tempfile.TemporaryDirectory() as home:
        library = Library.open(CORPUS, home=Path(home), threads=1)
        library.index()
        tune, calibration = load_gold(GOLD / "tune.yaml"), load_gold(GOLD / "calibration.yaml")
        blank = Logistic(names=FEATURES, weights=(0.0,) * len(FEATURES), bias=0.0)
        start = Calibration(ranker=blank, abstainer=Logistic(names=EVIDENCE, weights=(0.0,) * len(EVIDENCE), bias=0.0), threshold=0.0,
                            more_single=0.0, more_several=0.0, unknown_weight=UNKNOWN, made_from={})  # fmt: skip
        ranker, found_at = _ranker(library, start, [q for q in tune.questions if q.expect == "answer"])
        start = start.model_copy(update={"ranker": ranker})
        abstainer, threshold, figures = _abstainer(library, start, calibration.questions)
        library.close()
    result = start.model_copy(update={
        "abstainer": abstainer, "threshold": threshold, "more_single": MORE_SINGLE, "more_several": MORE_SEVERAL,
        "made_from": {
            "command": "python -m eval calibrate", "corpus": _digest(*sorted(CORPUS.glob("*.txt"))),
            "ranker": f"tune.yaml {_digest(GOLD / 'tune.yaml')}", "abstainer": f"calibration.yaml {_digest(GOLD / 'calibration.yaml')}",
        },
    })  # fmt: skip
    if write:
        PATH.write_text(json.dumps(result.model_dump(), indent=1) + "\n", "utf-8")
    return {**found_at, **figures, "threshold": threshold}


# How much worse (logit) a further sentence may be; chosen on the tuning split by `python -m eval run`.
MORE_SINGLE = 0.6
MORE_SEVERAL = 1.8


def _matrix(library: Library, state: Calibration, question: GoldQuestion) -> tuple[Any, list[Candidate], np.ndarray[Any, Any]]:
    extractor = library.extractor()
    extractor._calibration = state
    alone, _ = library.read(standalone(question.question, question.history))
    read = read_question(alone)
    found = extractor.shortlist(read, candidates(library.retrieve(alone), library.store.text))
    return read, found, extractor.features(read, found) if found else np.zeros((0, len(FEATURES)))


def _ranker(library: Library, state: Calibration, questions: Sequence[GoldQuestion]) -> tuple[Logistic, dict[str, float]]:
    xs, ys = [], []
    for question in questions:
        _, found, matrix = _matrix(library, state, question)
        labels = _labels(found, question, library)
        if labels.any():
            xs.append(matrix)
            ys.append(labels)
    reached = len(xs) / len(questions)
    best: list[int] = []
    for fold in range(5):
        train = [i for i in range(len(xs)) if i % 5 != fold]
        model = _fit(np.vstack([xs[i] for i in train]), np.concatenate([ys[i] for i in train]), FEATURES, 0.3, True)
        for i in range(fold, len(xs), 5):
            order = np.argsort(-model.logit(xs[i]))
            best.append(int(np.flatnonzero(ys[i][order])[0]))
    model = _fit(np.vstack(xs), np.concatenate(ys), FEATURES, 0.3, True)
    ranks = np.asarray(best)
    return model, {"reached": reached, "hit@1": float((ranks < 1).mean()), "hit@3": float((ranks < 3).mean()), "mrr": float((1 / (1 + ranks)).mean())}


def _abstainer(library: Library, state: Calibration, questions: Sequence[GoldQuestion]) -> tuple[Logistic, float, dict[str, float]]:
    xs, ys = [], []
    for question in questions:
        read, found, matrix = _matrix(library, state, question)
        if not found:
            continue
        scores = state.rank(matrix)
        order = np.argsort(-scores, kind="stable")
        xs.append(library.extractor().evidence(read, matrix, scores, [int(i) for i in order]))
        ys.append(1.0 if question.expect == "answer" else 0.0)
    x, y = np.stack(xs), np.asarray(ys)
    out = np.zeros(len(y))
    for fold in range(10):
        test = np.arange(len(y)) % 10 == fold
        out[test] = _fit(x[~test], y[~test], EVIDENCE, 0.1, True).logit(x[test])
    def balanced(t: float) -> float:
        return float(((out >= t)[y == 1].mean() + (out < t)[y == 0].mean()) / 2)
    grid = np.linspace(-1.5, 1.5, 61)
    values = np.asarray([balanced(t) for t in grid])
    good = grid[values >= values.max() - 0.01]
    threshold = round(float(np.median(good)), 3)
    figures = {
        "balanced_accuracy_cv": balanced(threshold), "answered_of_answerable_cv": float((out >= threshold)[y == 1].mean()),
        "abstained_of_unanswerable_cv": float((out < threshold)[y == 0].mean()), "auc_cv": _auc(out, y),
    }  # fmt: skip
    return _fit(x, y, EVIDENCE, 0.1, True), threshold, figures


def _auc(scores: np.ndarray[Any, Any], y: np.ndarray[Any, Any]) -> float:
    positive, negative = scores[y == 1], scores[y == 0]
    return float((positive[:, None] > negative[None, :]).mean() + 0.5 * (positive[:, None] == negative[None, :]).mean())
