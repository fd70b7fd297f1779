"""Blocks of a text: what stands between blank lines, with exact offsets. The exports of databases are
read block by block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.types import Span

_BLOCK = re.compile(r"[^\r\n]*\S[^\r\n]*(?:(?:\r\n|\r|\n)[^\r\n]*\S[^\r\n]*)*")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together; ``start``/``end`` are the span of its stripped content."""

    start: int
    end: int
    text: str
    indent: int

    @property
    def flat(self) -> str:
        """The block on one line."""
        return re.sub(r"\s+", " ", self.text).strip()


def blocks_of(text: str, start: int = 0, end: int | None = None) -> list[Block]:
    """The blocks of ``text[start:end]``, with offsets in ``text``."""
    return list(_blocks(text, start, len(text) if end is None else end))


def _blocks(text: str, start: int, end: int) -> Iterator[Block]:
    for m in _BLOCK.finditer(text, start, end):
        raw = m.group()
        inner = raw.strip(" \t\u00a0\f\ufeff")
        if inner.strip():
            at = m.start() + raw.index(inner)
            yield Block(at, at + len(inner), inner, at - m.start())


def span_of(blocks: list[Block]) -> Span | None:
    return Span(start=blocks[0].start, end=blocks[-1].end) if blocks else None


def lines_in(text: str, block: Block) -> list[Block]:
    """The lines of a block as blocks of their own."""
    found = []
    for m in re.finditer(r"[^\r\n]+", text[block.start : block.end]):
        inner = m.group().strip()
        if inner:
            at = block.start + m.start() + m.group().index(inner)
            found.append(Block(at, at + len(inner), inner, block.indent))
    return found
