"""Fitting of logistic models of few named features, their AUC, and the choice of a threshold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from qa.answering import features
from qa.answering.calibration import Logistic

Array = np.ndarray[Any, Any]
STRENGTH = 0.1  # inverse of the L2 penalty
ORDER_STRENGTH = 0.2  # the same for the order; at 1 two questions less of 682 have their answer first
# Cuts whose losses differ by less are alike: half the standard error of a share of 150 questions.
ALIKE = 0.02


def fit(
    x: Array, y: Array, columns: Sequence[str], names: Sequence[str], against: frozenset[str]
) -> Logistic:
    """Logistic regression with an L2 penalty on standardised columns, both classes weighted equally. A
    weight may not go against its feature's meaning (``against``: those that speak for 0): with a few
    hundred questions a wrong sign is an accident of the sample. Features that end with no weight go."""
    from scipy.optimize import minimize

    x = x[:, [columns.index(name) for name in names]].astype(np.float64)
    scale = x.std(0)
    scale[scale < 1e-6] = 1.0
    x = x / scale
    weight = np.where(y == 1, 0.5 / max((y == 1).sum(), 1), 0.5 / max((y == 0).sum(), 1)) * len(y)

    def loss(w: Array) -> tuple[float, Array]:
        logit = x @ w[:-1] + w[-1]
        value = (weight * np.logaddexp(0, np.where(y == 1, -logit, logit))).sum()
        slope = weight * (1 / (1 + np.exp(-logit)) - y)
        penalty = 0.5 / STRENGTH * (w[:-1] ** 2).sum()
        return float(value + penalty), np.append(x.T @ slope + w[:-1] / STRENGTH, slope.sum())

    bounds = [(None, 0.0) if name in against else (0.0, None) for name in names] + [(None, None)]
    w = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = {n: round(float(v), 5) for n, v in zip(names, w[:-1] / scale, strict=True) if abs(v) > 1e-4}
    return Logistic(weights=weights, bias=round(float(w[-1]), 5))


def fit_order(
    tables: Sequence[Array], labels: Sequence[Array], columns: Sequence[str], names: Sequence[str]
) -> Logistic:
    """A conditional logit (McFadden 1974) over the sentences of a question, one table a question: the chance
    that one of the right ones is chosen, made as great as may be. Only differences between sentences of one
    question count, so that a question whose words stand everywhere does not outweigh the others. The same
    penalty and the same rule of signs as ``fit``, and no bias."""
    from scipy.optimize import minimize

    kept = [(t, y == 1) for t, y in zip(tables, labels, strict=True) if (y == 1).any()]
    x = np.concatenate([t for t, _ in kept])[:, [columns.index(name) for name in names]].astype(np.float64)
    right = np.concatenate([y for _, y in kept])
    scale = x.std(0)
    scale[scale < 1e-6] = 1.0
    x = x / scale
    starts = np.cumsum([0, *(len(t) for t, _ in kept)])[:-1]
    of = np.repeat(np.arange(len(kept)), [len(t) for t, _ in kept])

    def loss(w: Array) -> tuple[float, Array]:
        z = x @ w
        e = np.exp(z - np.maximum.reduceat(z, starts)[of])
        whole, good = np.add.reduceat(e, starts), np.add.reduceat(e * right, starts)
        slope = x.T @ (e / whole[of] - e * right / good[of])
        penalty = 0.5 / ORDER_STRENGTH * (w**2).sum()
        return float((np.log(whole) - np.log(good)).sum() + penalty), slope + w / ORDER_STRENGTH

    bounds = [(None, 0.0) if name in features.AGAINST else (0.0, None) for name in names]
    w = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=bounds).x / scale
    return Logistic(
        weights={n: round(float(v), 5) for n, v in zip(names, w, strict=True) if abs(v) > 1e-4}, bias=0.0
    )


def auc(scores: Array, y: Array) -> float:
    """Area under the ROC curve: the share of pairs in order, ties half."""
    from scipy.stats import rankdata

    ranks, positive = rankdata(scores), y == 1
    n, m = int(positive.sum()), int((~positive).sum())
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * m)) if n and m else float("nan")


def threshold(sets: Sequence[tuple[Array, Array]], cost: float) -> float:
    """Where the sum of the share of wrong refusals and ``cost`` times that of wrong answers is least, on
    average over ``sets`` of (logits, labels), a large one weighing no more than a small one. Of cuts that are
    as good within ``ALIKE`` the lowest, as an answer that may be looked at in its article is worth more than
    none; the highest where a wrong answer costs more than a wrong refusal."""
    cuts = np.unique(np.round(np.concatenate([logits for logits, _ in sets]), 2))

    def lost(cut: float, logits: Array, y: Array) -> float:
        return float((logits[y == 1] < cut).mean() + cost * (logits[y == 0] >= cut).mean())

    losses = np.asarray([np.mean([lost(c, logits, y) for logits, y in sets]) for c in cuts])
    alike = cuts[losses <= losses.min() + ALIKE]
    return round(float(alike[-1] if cost > 1 else alike[0]), 2)
