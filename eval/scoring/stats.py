"""The statistics of a comparison, all from scipy: intervals, paired tests, and Holm's correction."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.stats import binomtest, bootstrap, permutation_test

RESAMPLES = 2000


def interval(values: Sequence[float], confidence: float = 0.95) -> tuple[float, float, float]:
    """Mean with its interval: Wilson's where all values are 0 or 1, else a percentile bootstrap.
    A single value, or values that are all equal and not 0 or 1, give themselves."""
    data = np.asarray(values, dtype=float)
    mean = float(data.mean())
    if np.isin(data, (0.0, 1.0)).all():
        found = binomtest(int(data.sum()), len(data)).proportion_ci(confidence, method="wilson")
        return mean, max(0.0, float(found.low)), min(1.0, float(found.high))
    if len(data) < 2 or float(np.ptp(data)) == 0:
        return mean, mean, mean
    found = bootstrap(
        (data,),
        np.mean,
        confidence_level=confidence,
        n_resamples=RESAMPLES,
        method="percentile",
        random_state=0,
    ).confidence_interval
    return mean, float(found.low), float(found.high)


def difference(
    before: Sequence[float], after: Sequence[float], confidence: float = 0.95
) -> tuple[float, float, float]:
    """Mean of the paired differences with its bootstrap interval."""
    data = np.asarray(after, dtype=float) - np.asarray(before, dtype=float)
    if len(data) < 2 or float(np.ptp(data)) == 0:
        mean = float(data.mean()) if len(data) else 0.0
        return mean, mean, mean
    found = bootstrap(
        (data,),
        np.mean,
        confidence_level=confidence,
        n_resamples=RESAMPLES,
        method="percentile",
        random_state=0,
    ).confidence_interval
    return float(data.mean()), float(found.low), float(found.high)


def worse(changes: Sequence[float]) -> float:
    """One-sided p of paired changes (positive is better) under "as often better as worse".

    Exact McNemar (the binomial test on the discordant pairs; McNemar 1947) where all changes have one
    size, else the permutation test of Fisher that flips the signs of the changes: exact up to 12 of
    them, 9,999 draws with a fixed seed beyond.
    """
    moved = np.asarray([c for c in changes if abs(c) > 1e-9], dtype=float)
    if not len(moved) or moved.sum() >= 0:
        return 1.0
    if np.ptp(np.abs(moved)) < 1e-9:
        return float(binomtest(int((moved < 0).sum()), len(moved), alternative="greater").pvalue)
    draws = math.inf if len(moved) <= 12 else 9999
    found = permutation_test(
        (moved,),
        lambda x, axis: x.mean(axis=axis),
        permutation_type="samples",
        alternative="less",
        n_resamples=draws,
        vectorized=True,
        rng=0,
    )
    return float(found.pvalue)


def holm(pvalues: Mapping[str, float]) -> dict[str, float]:
    """Adjusted p of each test, so that the chance of one false alarm among all of them stays at the
    stated level (Holm 1979)."""
    adjusted: dict[str, float] = {}
    highest = 0.0
    for k, (name, p) in enumerate(sorted(pvalues.items(), key=lambda item: item[1])):
        highest = max(highest, min(1.0, p * (len(pvalues) - k)))
        adjusted[name] = highest
    return {name: adjusted[name] for name in pvalues}
