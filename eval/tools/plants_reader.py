"""Ways to break the reader and the decision to answer, for ``faults``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from qa.answering.reader import ReaderPassage


def threshold_moved(by: float) -> Callable[[Any], Any]:
    """The decision is made at a threshold that is ``by`` (logit) higher."""

    def make(real: Any) -> Any:
        def decide(evidence: Any, calibration: Any, caution: Any = "balanced") -> Any:
            moved = {name: value + by for name, value in calibration.thresholds.items()}
            return real(evidence, calibration.model_copy(update={"thresholds": moved}), caution)

        return decide

    return make


def best_passed_over(real: Any) -> Any:
    def choose(ranked: Any, *rest: Any) -> Any:
        return real(replace(ranked, order=ranked.order[1:] or ranked.order), *rest)

    return choose


def logits_shuffled(real: Any) -> Any:
    """``real``: ``reader._decode``."""

    def decode(encoded: Any, start: Any, end: Any, can: float) -> Any:
        random = np.random.default_rng(len(encoded.ids))
        return real(encoded, random.permutation(start), random.permutation(end), float(random.normal(0, 3)))

    return decode


def spans_moved(real: Any) -> Any:
    """``real``: ``reader._decode``; the null stays at token 0."""

    def decode(encoded: Any, start: Any, end: Any, can: float) -> Any:
        moved = [np.concatenate([x[:1], np.roll(x[1:], 1)]) for x in (start, end)]
        return real(encoded, moved[0], moved[1], can)

    return decode


def other_words(real: Any) -> Any:
    """``real``: ``ReaderModel._window``."""

    def window(self: Any, encoded: Any) -> Any:
        return real(self, replace(encoded, ids=[i if i < 1000 else i - 1 for i in encoded.ids]))

    return window


def truncated(real: Any) -> Any:
    return lambda title, text: ReaderPassage(title, text[:100])
