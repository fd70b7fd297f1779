"""One item of a page: the lines that hold it, and what its own frame says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qa.reading.boilerplate import Line, furniture, prose
from qa.types import Meta


@dataclass(slots=True)
class Segment:
    """Lines ``first:last`` of a page that hold one item, and what its own frame says of it; ``framed``: all
    that it says of the item stands in fields, so no other line dates it."""

    first: int
    last: int
    meta: Meta = field(default_factory=Meta)
    title_line: int | None = None
    skip: set[int] = field(default_factory=set)  # lines of the frame: field names, stamps, marks
    cut_from: dict[int, int] = field(default_factory=dict)  # line -> offset where its content begins
    framed: bool = False


def ranges(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    return [(a, b) for a, b in zip(starts, [*starts[1:], end], strict=True) if b > a]


def body_chars(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines if prose(line) and not furniture(line))
