"""A question as it is handed in, its parts, and what answering it needs of a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from qa.answering.calibration import Caution
from qa.answering.extractor import Extractor
from qa.holding import Notices
from qa.index.lexical import LexicalIndex
from qa.index.retriever import Filters
from qa.index.store import Store
from qa.question.parsing import Question
from qa.question.timeframe import TimeFrame
from qa.settings import Settings
from qa.types import Hit


class Sources(Protocol):
    """What asking needs of a folder."""

    @property
    def settings(self) -> Settings: ...

    @property
    def store(self) -> Store: ...

    @property
    def embedder_name(self) -> str | None: ...

    def retrieve(self, question: str, filters: Filters | None = None, *, nearest: int = 0) -> list[Hit]: ...

    def read(self, question: str) -> tuple[str, list[tuple[str, str]]]: ...

    def extractor(self) -> Extractor: ...

    def mentioned(self, word: str) -> bool: ...

    def lexical(self) -> LexicalIndex | None: ...

    @property
    def notices(self) -> Notices: ...


@dataclass(frozen=True, slots=True)
class Request:
    """``history``: the earlier questions, oldest first; ``caution``: how sure an answer must be;
    ``explain``: the outcome says why; ``streamed``: a model's sentences are told as they are proven."""

    question: str
    history: Sequence[str]
    filters: Filters
    caution: Caution
    explain: bool = False
    streamed: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A question, or a part of one, and the time that it confines itself to."""

    question: Question
    frame: TimeFrame | None

    @property
    def words(self) -> str:
        """As it was asked, with its time."""
        asked = self.question.text
        return asked if self.frame is None else f"{asked.rstrip('?. ')} ({self.frame.words})?"
