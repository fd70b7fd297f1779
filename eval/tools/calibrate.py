"""Fit the extractor's two logistic models: ``python -m eval calibrate``.

The sentence ranker is fitted on the tuning split and on questions over the test pages (a sentence is
right if it overlaps a gold quote), the decision to answer on the calibration split, which is used for
nothing else; the reported split is not read. The threshold has the best cross-validated balanced
accuracy: answering what cannot be answered weighs as much as not answering what can.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.gold.questions import GoldQuestion, load_gold
from eval.paths import GOLD, PAGES, SAMPLE
from qa.answering.calibration import PATH, Calibration, Logistic, load_calibration
from qa.answering.candidates import Candidate, candidates
from qa.answering.extractor import EVIDENCE, FEATURES
from qa.library import Library
from qa.question.followup import standalone
from qa.question.parsing import read_question

Array = np.ndarray[Any, Any]
UNKNOWN = 0.999  # rarity from which on a word is not in the corpus
# Features of the ranker: those that helped in cross-validation on the tuning split.
RANKED = (
    "soft_coverage",
    "soft_least",
    "names",
    "passage_score",
    "type_missing",
    "short",
    "itself",
    "head",
    "speaker_missing",
    "date_missing",
    "figure_missing",
    "name_missing",
)
# Features that speak against a sentence; all others speak for it.
AGAINST = frozenset(
    {
        "type_missing",
        "short",
        "itself",
        "speaker_missing",
        "date_missing",
        "figure_missing",
        "name_missing",
        "unknown",
    }
)
DECIDED = tuple(name for name in EVIDENCE if name not in ("type_held", "speaker_held", "best_context"))
STRENGTH = 0.1  # inverse of the L2 penalty


def _labels(found: Sequence[Candidate], question: GoldQuestion, library: Library) -> Array:
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


def _fit(x: Array, y: Array, columns: tuple[str, ...], names: tuple[str, ...]) -> Logistic:
    """Logistic regression with an L2 penalty on standardised columns, both classes weighted equally.
    A weight may not go against its feature's meaning (``AGAINST``): with a few hundred questions a
    wrong sign is an accident of the sample."""
    from scipy.optimize import minimize

    x = x[:, [columns.index(name) for name in names]].astype(np.float64)
    scale = x.std(0)
    scale[scale < 1e-6] = 1.0
    x = x / scale
    weight = np.where(y == 1, 0.5 / max((y == 1).sum(), 1), 0.5 / max((y == 0).sum(), 1)) * len(y)

    def loss(w: Array) -> tuple[float, Array]:
        logit = x @ w[:-1] + w[-1]
        value = (weight * np.logaddexp(0, np.where(y == 1, -logit, logit))).sum() + 0.5 / STRENGTH * (
            w[:-1] ** 2
        ).sum()
        slope = weight * (1 / (1 + np.exp(-logit)) - y)
        return float(value), np.append(x.T @ slope + w[:-1] / STRENGTH, slope.sum())

    bounds = [(None, 0.0) if name in AGAINST else (0.0, None) for name in names] + [(None, None)]
    w = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    return Logistic(
        names=names, weights=tuple(round(float(v), 5) for v in w[:-1] / scale), bias=round(float(w[-1]), 5)
    )


def _digest(*paths: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _library(folder: Path, home: str) -> Library:
    library = Library.open(folder, home=Path(home), threads=1)
    library.index()
    return library


def calibrate(write: bool = True) -> dict[str, Any]:
    """Fit, report the cross-validated figures, and write ``qa/data/calibration.json``."""
    blank = Logistic(names=(), weights=(), bias=0.0)
    state = Calibration(
        ranker=blank,
        abstainer=blank,
        threshold=0.0,
        more_single=MORE_SINGLE,
        more_several=MORE_SEVERAL,
        unknown_weight=UNKNOWN,
        made_from={},
    )
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as pages_home:
        news, pages = _library(SAMPLE, home), _library(PAGES, pages_home)
        ranker, figures = _ranker(
            [
                (news, load_gold(GOLD / "tune.yaml").questions),
                (pages, load_gold(GOLD / "ranking_pages.yaml", PAGES).questions),
            ],
            state,
        )
        state = state.model_copy(update={"ranker": ranker})
        abstainer, threshold, more = _abstainer(news, load_gold(GOLD / "calibration.yaml").questions, state)
        news.close()
        pages.close()
    result = state.model_copy(
        update={
            "abstainer": abstainer,
            "threshold": threshold,
            "made_from": {
                "command": "python -m eval calibrate",
                "corpus": _digest(*sorted(SAMPLE.glob("*.txt"))),
                "pages": _digest(*sorted(PAGES.glob("*.txt"))),
                "ranker": f"tune.yaml {_digest(GOLD / 'tune.yaml')}, "
                f"ranking_pages.yaml {_digest(GOLD / 'ranking_pages.yaml')}",
                "abstainer": f"calibration.yaml {_digest(GOLD / 'calibration.yaml')}",
            },
        }
    )
    if write:
        PATH.write_text(json.dumps(result.model_dump(), indent=1) + "\n", "utf-8")
        load_calibration.cache_clear()
    return {**figures, **more, "threshold": threshold}


# How much worse (logit) a further sentence may be; chosen on the tuning split by `python -m eval run`.
MORE_SINGLE = 0.6
MORE_SEVERAL = 1.8


def _matrix(
    library: Library, state: Calibration, question: GoldQuestion
) -> tuple[Any, list[Candidate], Array]:
    extractor = library.extractor()
    extractor.calibration = state
    alone, _ = library.read(standalone(question.question, question.history))
    read = read_question(alone)
    found = extractor.shortlist(read, candidates(library.retrieve(alone), library.store.text))
    return read, found, extractor.features(read, found) if found else np.zeros((0, len(FEATURES)))


def _ranker(
    sets: Sequence[tuple[Library, Sequence[GoldQuestion]]], state: Calibration
) -> tuple[Logistic, dict[str, float]]:
    rows, asked = [], 0
    for library, questions in sets:
        for question in questions:
            if question.expect != "answer":
                continue
            asked += 1
            _, found, matrix = _matrix(library, state, question)
            labels = _labels(found, question, library)
            if labels.any():
                rows.append((matrix, labels))
    ranks = []
    for fold in range(5):
        model = _fit_ranker([row for i, row in enumerate(rows) if i % 5 != fold])
        for matrix, labels in rows[fold::5]:
            order = np.argsort(-model.logit(matrix, FEATURES), kind="stable")
            ranks.append(int(np.flatnonzero(labels[order])[0]))
    best = np.asarray(ranks)
    figures = {
        "reached": len(rows) / asked,
        "hit@1_cv": float((best < 1).mean()),
        "hit@3_cv": float((best < 3).mean()),
        "mrr_cv": float((1 / (1 + best)).mean()),
    }
    return _fit_ranker(rows), figures


def _fit_ranker(rows: Sequence[tuple[Any, Any]]) -> Logistic:
    return _fit(np.vstack([x for x, _ in rows]), np.concatenate([y for _, y in rows]), FEATURES, RANKED)


def _evidence(
    library: Library, state: Calibration, questions: Sequence[GoldQuestion]
) -> Iterator[tuple[Array, float]]:
    for question in questions:
        read, found, matrix = _matrix(library, state, question)
        if found:
            scores = state.ranker.logit(matrix, FEATURES)
            order = [int(i) for i in np.argsort(-scores, kind="stable")]
            yield (
                library.extractor().evidence(read, matrix, scores, order),
                1.0 if question.expect == "answer" else 0.0,
            )


def _abstainer(
    library: Library, questions: Sequence[GoldQuestion], state: Calibration
) -> tuple[Logistic, float, dict[str, float]]:
    rows = list(_evidence(library, state, questions))
    x, y = np.stack([r[0] for r in rows]), np.asarray([r[1] for r in rows])
    out = np.mean([_cross_validated(x, y, seed) for seed in range(10)], axis=0)

    def accuracy(t: float) -> float:
        return float(((out >= t)[y == 1].mean() + (out < t)[y == 0].mean()) / 2)

    grid = np.linspace(-2, 2, 81)
    # smoothed over half a logit each way, so that no single question decides
    values = np.convolve([accuracy(t) for t in grid], np.ones(21) / 21, mode="same")[10:-10]
    threshold = round(float(grid[10:-10][int(values.argmax())]), 3)
    figures = {
        "balanced_accuracy_cv": accuracy(threshold),
        "answered_of_answerable_cv": float((out >= threshold)[y == 1].mean()),
        "abstained_of_unanswerable_cv": float((out < threshold)[y == 0].mean()),
        "auc_cv": _auc(out, y),
        "questions": float(len(y)),
    }
    return _fit(x, y, EVIDENCE, DECIDED), threshold, figures


def _cross_validated(x: Array, y: Array, seed: int) -> Array:
    """Logits of the questions, each from a model that has not seen it (ten folds)."""
    fold = np.random.default_rng(seed).permutation(len(y)) % 10
    out = np.zeros(len(y))
    for k in range(10):
        out[fold == k] = _fit(x[fold != k], y[fold != k], EVIDENCE, DECIDED).logit(x[fold == k], EVIDENCE)
    return out


def _auc(scores: Array, y: Array) -> float:
    positive, negative = scores[y == 1], scores[y == 0]
    return float(
        (positive[:, None] > negative[None, :]).mean() + 0.5 * (positive[:, None] == negative[None, :]).mean()
    )


def calibrate_main(argv: list[str]) -> int:
    """``python -m eval calibrate [--dry-run]``; needs scipy (``pip install '.[dev]'``)."""
    parser = argparse.ArgumentParser(prog="python -m eval calibrate", description=calibrate.__doc__)
    parser.add_argument("--dry-run", action="store_true", help="fit and print, write nothing")
    for name, value in calibrate(write=not parser.parse_args(argv).dry_run).items():
        print(f"{name:32} {value:.3f}")
    return 0
