"""Questions over real web pages of news: the questions are part of this project, the pages are not.

Each file of ``pages/`` holds one page a line: its number here, its number in WiCE (whose training split cites
it), the sum of its text, and questions whose answers are places in that text. The text itself is read from
the folder of public sets (``public.py``); without it there are no pages.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from eval.training.stories import Question, Story

FOLDER = Path(__file__).parent / "pages"
FILE = "wice-non-supported-tokens.jsonl.gz"
LENGTH = 7500  # characters of a page that are kept, whole lines
_META = "(meta data)"
Span = tuple[int, int]


class PageQuestion(BaseModel):
    """``answer``: places of the answer's words, none where the page does not answer; ``where``: the sentence
    that answers; ``near``: a sentence that tempts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: str
    answer: tuple[Span, ...]
    where: Span | None = None
    near: Span | None = None
    kind: str


class Page(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    story: str
    page: str
    sha256: str
    questions: tuple[PageQuestion, ...]


def texts(folder: Path) -> dict[str, tuple[str, str]]:
    """Number in WiCE -> title and text of every page of the set (Kamoi et al. 2023): paragraphs with a blank
    line between, whole lines up to ``LENGTH`` characters."""
    found: dict[str, tuple[str, str]] = {}
    with gzip.open(folder / FILE, "rt", encoding="utf-8", newline="\n") as file:
        for row in map(json.loads, file):
            title, lines, size = "", [], 0
            for line in row["evidence"]:
                if line.startswith(_META):
                    kind, _, value = line.removeprefix(_META).strip().partition(": ")
                    title = value.strip() if kind == "TITLE" else title
                elif kept := line.strip():
                    if size + len(kept) > LENGTH:
                        break
                    lines.append(kept)
                    size += len(kept) + 2
            found.setdefault(row["meta"]["id"], (title, "\n\n".join(lines)))
    return found


def load_pages(folder: Path, questions: Path = FOLDER) -> list[Story]:
    """The pages as stories, in the order of file and line. ``folder``: the public sets. Raises
    pydantic's ValidationError, and ValueError where a page's text is not the one that was asked about."""
    given = texts(folder)
    return [_story(page, *given.get(page.page, ("", ""))) for page in asked_about(questions)]


def asked_about(folder: Path = FOLDER) -> Iterator[Page]:
    """The questions, without the pages. Raises pydantic's ValidationError."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").split("\n"):
            if line.strip():
                yield Page.model_validate_json(line)


def sum_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _story(page: Page, title: str, text: str) -> Story:
    if sum_of(text) != page.sha256:
        raise ValueError(f"{page.story}: the text of {page.page} is not the one that was asked about")
    questions = tuple(
        Question(
            q=q.q,
            answer=tuple(text[a:b] for a, b in q.answer) or None,
            where=text[slice(*q.where)] if q.where else None,
            near=text[slice(*q.near)] if q.near else None,
            kind=q.kind,
        )
        for q in page.questions
    )
    return Story(
        story=page.story, outlet="", date="", style="web page", title=title, text=text, questions=questions
    )
