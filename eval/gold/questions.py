"""Gold questions: hand-written YAML, checked when it is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.paths import SAMPLE

Category = Literal[
    "single_fact",
    "who_said",
    "date",
    "figure",
    "list",
    "multi_article",
    "change_conflict",
    "false_premise",
    "no_answer",
    "world_fact",
    "outside_dates",
    "cut_off",
    "boilerplate",
    "follow_up",
    "paraphrase",
    "misspelt",
    "telegraphic",
]


class GoldError(Exception):
    """A gold file that cannot be used; one line, with the file and the question."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Nugget(_Strict):
    """One atomic fact; ``accept``: strings of which a right answer holds one ("a && b": both)."""

    text: str
    vital: bool = True
    accept: tuple[str, ...] = Field(min_length=1)


class GoldQuote(_Strict):
    article: str
    text: str


class GoldSide(_Strict):
    """What one outlet reports of a matter on which outlets differ: a string of it."""

    has: str
    outlet: str


class GoldQuestion(_Strict):
    id: str
    category: Category
    question: str
    history: tuple[str, ...] = ()
    expect: Literal["answer", "abstention"]
    reason: Literal["not_in_corpus", "cut_off", "outside_dates"] | None = None
    nuggets: tuple[Nugget, ...] = ()
    forbidden: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    quotes: tuple[GoldQuote, ...] = ()
    speaker: str | None = None
    date: str | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    undated: bool = False
    sides: tuple[GoldSide, ...] = ()  # outlets differ: all of these, each with its outlet
    order: tuple[str, ...] = ()  # states of one thing, oldest first
    denied_by: str | None = None  # the sentence that denies what the question assumes


class GoldSet(_Strict):
    format: Literal["qa.gold/1"]
    split: Literal["calibration", "tune", "report"]
    how: str
    questions: tuple[GoldQuestion, ...] = Field(min_length=1)


Model = TypeVar("Model", bound=BaseModel)


def read_yaml(path: Path, model: type[Model]) -> Model:
    """A YAML file as a model. Raises GoldError, in one line with the file and the place."""
    try:
        return model.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise GoldError(f"{path}: {str(error).splitlines()[0]}") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise GoldError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def load_gold(path: Path, corpus: Path | None = SAMPLE) -> GoldSet:
    """A gold file; every quote must stand verbatim in ``corpus`` (None: not checked). Raises GoldError."""
    gold = read_yaml(path, GoldSet)
    seen: set[str] = set()
    for q in gold.questions:
        where = f"{path.name} {q.id}"
        if q.id in seen:
            raise GoldError(f"{where}: the id is used twice")
        seen.add(q.id)
        if (q.expect == "answer") != bool(q.nuggets) or (q.expect == "abstention") != (q.reason is not None):
            raise GoldError(f"{where}: an answer needs nuggets, an abstention a reason")
    if corpus is not None:
        check_quotes(gold, path.name, corpus)
    return gold


def check_quotes(gold: GoldSet, file: str, corpus: Path) -> None:
    """Raises GoldError for a quote that does not stand verbatim in ``corpus``."""
    texts: dict[str, str] = {}
    for q in gold.questions:
        where = f"{file} {q.id}"
        for quote in q.quotes:
            name = quote.article.rsplit("#", 1)[0]
            if name not in texts:
                if not (corpus / name).is_file():
                    raise GoldError(f"{where}: no file {name} in {corpus}")
                texts[name] = (corpus / name).read_bytes().decode("utf-8-sig")
            if quote.text not in texts[name]:
                raise GoldError(f"{where}: not verbatim in {name}: {quote.text[:60]!r}")
