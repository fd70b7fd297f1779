"""Questions over real web pages of news: the questions are part of this project, the pages are not.

Each file of ``pages/`` holds one page a line: its number here, its name in the set that it is from (WiCE's
training split, whose claims cite it, GUM or ECB+), the sum of its text, and questions whose answers are
places in that text. The text itself is read from the folder of public sets (``public.py``); without the set
there are none of its pages.
"""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from pydantic import BaseModel, ConfigDict

from eval.training.stories import Question, Story

FOLDER = Path(__file__).parent / "pages"
FILE = "wice-non-supported-tokens.jsonl.gz"
GUM = "gum"  # folder of GUM's dep/*.conllu
ECB = "ecb"  # folder of ECB+'s topics, whose *.xml are read
LENGTH = 7500  # characters of a page that are kept, whole lines
_META = "(meta data)"
# What ECB+'s tokens are joined by: how a text is written, as far as its tokens still tell.
_JOINED = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"- -", " -- "),
        (r" ([.,;:!?%)\]])", r"\1"),
        (r"([(\[$£€#]) ", r"\1"),
        (r"(?<=\w) - (?=\w)", "-"),
        (r"(?<=\d), (?=\d{3}(?!\d))", ","),
        (r"(?<=\d)([.:]) (?=\d)", r"\1"),
        (r"\b([A-Za-z])\. (?=[A-Za-z]\.(?!\w))", r"\1."),
        (r'(?<=[.,!?]) "(?= |$)', '"'),
        (r"(?<=\w) / (?=\w)", "/"),
        (r"  +", " "),
    )
)
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
    """``same_as``: the first story on the same event."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    story: str
    page: str
    sha256: str
    same_as: str | None = None
    questions: tuple[PageQuestion, ...]


def texts(folder: Path) -> dict[str, tuple[str, str]]:
    """Name of every page of the sets that the folder holds -> title and text: paragraphs with a blank line
    between, whole paragraphs up to ``LENGTH`` characters."""
    pages = itertools.chain(_of_wice(folder), _of_gum(folder), _of_ecb(folder))
    return {name: (title, _cut(lines)) for name, title, lines in pages}


def _of_wice(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Name, title and lines of every page of WiCE's set (Kamoi et al. 2023)."""
    seen: set[str] = set()
    if not (folder / FILE).exists():
        return
    with gzip.open(folder / FILE, "rt", encoding="utf-8", newline="\n") as file:
        for row in map(json.loads, file):
            name = row["meta"]["id"]
            if name not in seen:
                seen.add(name)
                meta = [
                    line.removeprefix(_META).strip() for line in row["evidence"] if line.startswith(_META)
                ]
                titles = [m.partition(": ")[2].strip() for m in meta if m.startswith("TITLE: ")]
                yield name, (titles or [""])[-1], [x for x in row["evidence"] if not x.startswith(_META)]


def _of_gum(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    """The same of GUM (Zeldes 2017), whose files tell titles, paragraphs and sentences in their comments."""
    for path in sorted((folder / GUM).glob("*.conllu")):
        title, paragraphs = "", [list[str]()]
        for line in path.read_text("utf-8").split("\n"):
            value = line.partition(" = ")[2]
            if line == "# newpar":
                paragraphs.append([])
            elif line.startswith("# meta::title = "):
                title = value.strip()
            elif line.startswith("# text = "):
                paragraphs[-1].append(value.strip())
        yield path.stem, title, [" ".join(p) for p in paragraphs]


def _of_ecb(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    """The same of ECB+ (Cybulska and Vossen 2014), whose files hold tokens by sentence: the first that is no
    address is the title; paragraphs are not marked, and two sentences make one here."""
    for path in sorted((folder / ECB).rglob("*.xml")):
        sentences = dict[str, list[str]]()
        for token in ElementTree.parse(path).iter("token"):
            sentences.setdefault(token.get("sentence", ""), []).append(token.text or "")
        told = [text for text in map(_join, sentences.values()) if text and not text.startswith("http")]
        if told:
            yield path.stem, told[0], [" ".join(told[i : i + 2]) for i in range(1, len(told), 2)]


def _join(tokens: list[str]) -> str:
    text = " ".join(tokens)
    for pattern, by in _JOINED:
        text = pattern.sub(by, text)
    return text.strip()


def _cut(lines: list[str]) -> str:
    kept, size = list[str](), 0
    for line in filter(None, map(str.strip, lines)):
        if size + len(line) > LENGTH:
            break
        kept.append(line)
        size += len(line) + 2
    return "\n\n".join(kept)


def load_pages(folder: Path, questions: Path = FOLDER) -> list[Story]:
    """The pages as stories, in the order of file and line. ``folder``: the public sets; pages of a set that
    it does not hold are left out. Raises pydantic's ValidationError, and ValueError where a page's text is
    not the one that was asked about."""
    given = texts(folder)
    return [_story(page, *given[page.page]) for page in asked_about(questions) if page.page in given]


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
        story=page.story,
        outlet="",
        date="",
        style="web page",
        title=title,
        text=text,
        same_as=page.same_as,
        questions=questions,
    )
