"""Invented news stories with questions that they answer and questions that they nearly answer.

Each file of ``stories/`` holds one story a line; they were written for this project (README.md says how).
The split is by story: a later report of the same event is on the same side as the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

FOLDER = Path(__file__).parent / "stories"
Split = Literal["train", "calibration", "report"]
_LAST_DIGIT: dict[str, Split] = {"9": "report", "8": "calibration"}


class Question(BaseModel):
    """``answer``: the exact words of the text, several for a list, null where the text does not answer;
    then ``near`` is the sentence that tempts. ``where``: the sentence that answers, where the words also
    stand elsewhere in the text; ``near`` may then be one that repeats the question and does not answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: str = Field(min_length=1)
    answer: str | tuple[str, ...] | None
    where: str | None = None
    near: str | None = None
    kind: str

    @property
    def answers(self) -> tuple[str, ...]:
        if self.answer is None:
            return ()
        return (self.answer,) if isinstance(self.answer, str) else self.answer


class Story(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    story: str
    outlet: str
    date: str
    style: str
    title: str
    text: str
    same_as: str | None = None
    questions: tuple[Question, ...]


def load(paths: Iterable[Path]) -> list[Story]:
    """Stories of the files, in the order of file and line. Raises pydantic's ValidationError."""
    return [Story.model_validate_json(line) for path in sorted(paths) for line in _lines(path)]


def load_all(folder: Path = FOLDER) -> list[Story]:
    return load(folder.glob("*.jsonl"))


def _lines(path: Path) -> Iterator[str]:
    return (line for line in path.read_text("utf-8").split("\n") if line.strip())


def events(stories: Iterable[Story]) -> dict[str, str]:
    """Story -> the first report of its event (itself, where it is none's successor)."""
    earlier = {s.story: s.same_as for s in stories}

    def first(name: str) -> str:
        seen = {name}
        while (before := earlier.get(name)) and before in earlier and before not in seen:
            seen.add(before)
            name = before
        return name

    return {name: first(name) for name in earlier}


def splits(stories: Iterable[Story]) -> dict[str, Split]:
    """Story -> its side. One report of an event whose number ends in 9 takes the whole event to the
    report split; else one that ends in 8 takes it to the calibration split."""
    stories = list(stories)
    of = events(stories)
    digits: dict[str, set[str]] = {}
    for s in stories:
        digits.setdefault(of[s.story], set()).add(s.story[-1])
    side: dict[str, Split] = {}
    for event, ends in digits.items():
        side[event] = next((name for digit, name in _LAST_DIGIT.items() if digit in ends), "train")
    return {s.story: side[of[s.story]] for s in stories}
