"""The fitted numbers of the extractor: two logistic models and their thresholds, with where they come
from. Made by ``python -m eval calibrate``, never by hand."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from qa.index.embeddings import Vectors

PATH = Path(__file__).parent.parent / "data" / "calibration.json"


class Logistic(BaseModel):
    """``1 / (1 + exp(-(bias + weights · x)))``; weights are named, to be checked against the features."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    names: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float

    def logit(self, matrix: Vectors, columns: tuple[str, ...]) -> Vectors:
        """One logit a row; ``columns`` names the matrix's columns, of which the model uses its own."""
        at = [columns.index(name) for name in self.names]
        return np.asarray(
            matrix[:, at] @ np.asarray(self.weights, dtype=np.float64) + self.bias, dtype=np.float32
        )


class Calibration(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    ranker: Logistic
    abstainer: Logistic
    threshold: float  # answer from this logit on
    more_single: float  # a further sentence may be this much worse (logit), where one thing is asked for
    more_several: float  # … and where several are
    unknown_weight: float  # rarity from which on a word of the question is not in the corpus at all
    made_from: dict[str, str]

    def answerable(self, evidence: Vectors, columns: tuple[str, ...]) -> bool:
        return float(self.abstainer.logit(evidence[None, :], columns)[0]) >= self.threshold


@lru_cache(maxsize=1)
def load_calibration() -> Calibration:
    return Calibration.model_validate(json.loads(PATH.read_text("utf-8")))
