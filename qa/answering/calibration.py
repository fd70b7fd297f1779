"""The fitted numbers of answering without a model: three logistic models and the thresholds of the decision
to answer, with where they come from. Made by ``python -m eval calibrate``, never by hand."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from qa.index.embeddings import Vectors

PATH = Path(__file__).parent.parent / "data" / "calibration.json"
FEW = 50  # articles, up to which the thresholds are those of the sets that they were chosen on
Caution = Literal["strict", "balanced", "eager"]


class Logistic(BaseModel):
    """``1 / (1 + exp(-(bias + weights · x)))``; every weight has the name of its feature."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    weights: Mapping[str, float]
    bias: float

    def logits(self, matrix: Vectors, columns: tuple[str, ...]) -> Vectors:
        """One logit a row; ``columns`` names the matrix's columns, of which the model uses its own."""
        at = [columns.index(name) for name in self.weights]
        weights = np.asarray(list(self.weights.values()), dtype=np.float64)
        return np.asarray(matrix[:, at] @ weights + self.bias, dtype=np.float32)

    def contributions(self, row: Mapping[str, float]) -> dict[str, float]:
        """What each feature adds to the logit, and the bias."""
        given = {name: round(weight * row[name], 4) for name, weight in self.weights.items()}
        return {**given, "bias": round(self.bias, 4)}

    def logit(self, row: Mapping[str, float]) -> float:
        return self.bias + sum(weight * row[name] for name, weight in self.weights.items())


class Calibration(BaseModel):
    """``shortlist``: the order of all sentences, by what costs nothing; ``ranker``: that of the best of them
    (both conditional: fitted by the differences between sentences); ``decision``: whether the first answers,
    for which its score is evidence.
    ``thresholds``: answer from this logit of the decision on, for each degree of caution; ``unsure``: from
    this one on the nearest passages probably hold the answer. ``more_single``, ``more_several``: how much
    worse (logit of the ranker) a further sentence may be, where one thing is asked for and where several
    are. ``unknown_weight``: rarity from which on a word is not in the corpus at all. ``crowd``: by how much
    the thresholds rise with each tenfold of articles above ``FEW``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    shortlist: Logistic
    ranker: Logistic
    decision: Logistic
    thresholds: Mapping[Caution, float]
    unsure: float
    more_single: float
    more_several: float
    unknown_weight: float
    crowd: float
    made_from: Mapping[str, str]

    def among(self, articles: int) -> Calibration:
        """For a corpus of so many articles: the more there are, the better the best of those that do not
        answer looks, as the largest of many draws does."""
        rise = self.crowd * math.log10(max(articles, FEW) / FEW)
        raised = {caution: round(value + rise, 4) for caution, value in self.thresholds.items()}
        return self.model_copy(update={"thresholds": raised})


@lru_cache(maxsize=1)
def load_calibration() -> Calibration:
    return Calibration.model_validate(json.loads(PATH.read_text("utf-8")))
