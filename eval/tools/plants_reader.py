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
    def forward(self: Any, encoded: Any) -> Any:
        start, end, can = real(self, encoded)
        random = np.random.default_rng(len(encoded))
        return random.permuted(start, axis=1), random.permuted(end, axis=1), random.permutation(can)

    return forward


def spans_moved(real: Any) -> Any:
    def forward(self: Any, encoded: Any) -> Any:
        start, end, can = real(self, encoded)
        moved = [np.concatenate([x[:, :1], np.roll(x[:, 1:], 1, axis=1)], axis=1) for x in (start, end)]
        return moved[0], moved[1], can

    return forward


def other_words(real: Any) -> Any:
    def forward(self: Any, encoded: Any) -> Any:
        return real(self, [replace(e, ids=[i if i < 1000 else i - 1 for i in e.ids]) for e in encoded])

    return forward


def truncated(real: Any) -> Any:
    return lambda title, text: ReaderPassage(title, text[:100])
