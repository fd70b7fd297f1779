"""When what is told happened, against hand-made lists of time words: places in the texts and days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from eval.gold.questions import read_yaml
from eval.paths import GOLD
from eval.scoring.listed import checked
from eval.scoring.metrics import Metric, Score
from qa.attribution.temporal import TimeWord, time_words_of
from qa.types import Article

DAYS = GOLD / "times"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldTime(_Strict):
    """An expression of time that hangs on another date, and what it comes to."""

    start: int
    end: int
    value: str | None
    why: Literal["no_date", "no_year", "vague", "anchor"] | None
    kind: str | None = None
    article: int | None = None
    published: str | None = None
    doubtful: bool = False
    note: str | None = None


class TimesFile(_Strict):
    file: str
    sha256: str
    items: tuple[GoldTime, ...]


class TimesList(_Strict):
    format: Literal["qa.times/1"]
    split: Literal["tune", "report"] = "tune"
    how: str
    files: tuple[TimesFile, ...]


@dataclass(frozen=True, slots=True)
class ScoredTime:
    gold: GoldTime
    found: TimeWord | None


def load_times(path: Path, corpus: Path) -> TimesList:
    """Raises GoldError, also where a file is not the one that was listed."""
    return checked(read_yaml(path, TimesList), path, corpus)


def score_times(file: TimesFile, text: str, articles: Sequence[Article]) -> Iterator[tuple[int, ScoredTime]]:
    """(place, item) of every sure expression of a file."""
    found = [w for a in articles for w in time_words_of(text, a)]
    for item in file.items:
        if not item.doubtful:
            yield (
                item.start,
                ScoredTime(item, next((w for w in found if w.start < item.end and item.start < w.end), None)),
            )


def _value(case: ScoredTime) -> Score:
    return float((case.found.value if case.found else None) == case.gold.value)


def _worked_out(case: ScoredTime) -> Score:
    return None if case.gold.value is None else _value(case)


def _why(case: ScoredTime) -> Score:
    return (
        None
        if case.gold.value is not None or case.found is None or case.found.value is not None
        else float(case.found.why == case.gold.why)
    )


TIMES: Mapping[str, Metric] = {
    "day_right": Metric(_value, "words like “Friday” worked out, or left undated, rightly"),
    "day_worked_out": Metric(_worked_out, "… those that can be worked out"),
    "day_why": Metric(_why, "… the others, with the right reason", rule="told"),
}
