"""What requests may hold and what replies hold, beside ``qa.answer/1``. Unknown fields are refused."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from qa.conversation.session import Session as Session
from qa.overviews import OutletRow, Speaker
from qa.types import CorpusInfo, LedgerLine, Outcome, Value, Voice

Format = Literal["markdown", "html", "docx", "json", "csv", "csl", "ris", "bibtex"]
LONGEST = 2000  # characters of a question


class Nothing(Value):
    """A request without parameters."""


class InFolder(Value):
    folder: str | None = Field(
        default=None, description="the name of a folder; the first where none is given"
    )


class Scope(InFolder):
    """Which articles count."""

    since: str | None = Field(
        default=None, description="only articles from then on, as 2024-03-18, 2024-03 or 2024"
    )
    until: str | None = Field(default=None, description="only articles up to then, the day included")
    outlet: str | None = Field(default=None, description="part of an outlet's name")
    undated: bool = Field(default=False, description="take in undated articles under since and until")


class AskRequest(Scope):
    question: str = Field(min_length=1, max_length=LONGEST)
    history: tuple[str, ...] = Field(default=(), description="the earlier questions, oldest first")
    caution: Literal["strict", "balanced", "eager"] | None = Field(
        default=None, description="how sure an answer must be; the setting where none is given"
    )
    session: str | None = Field(
        default=None,
        description="the id of a session: its questions are the history, and the turn is kept in it",
    )


class WhoRequest(Scope):
    name: str = Field(min_length=1, max_length=LONGEST)


class TimelineRequest(Scope):
    topic: str = Field(min_length=1, max_length=LONGEST)


class SearchRequest(Scope):
    query: str = Field(min_length=1, max_length=LONGEST)
    limit: int = Field(default=10, ge=1, le=100)


class ArticlesRequest(Scope):
    query: str = Field(default="", description="words that title, outlet, author, file or date hold")


class ArticleRequest(InFolder):
    id: str = Field(description="FILE#N, the sign # written as %23 in a path")
    session: str | None = Field(
        default=None, description="citations of this session's answers are given with it"
    )


class StatementsRequest(InFolder):
    file: str = Field(min_length=1, description="a file of the folder, as /v1/articles names it")


class SessionRequest(InFolder):
    id: str


class ExportRequest(Value):
    """Outcomes of any surface, as they were given."""

    format: Format
    outcomes: tuple[Outcome, ...] = Field(min_length=1, max_length=200)


class FolderInfo(Value):
    name: str
    corpus: CorpusInfo
    outlets: tuple[str, ...]
    endpoint: str | None = Field(description="where questions and passages are sent; null: nowhere")


class Folders(Value):
    format: Literal["qa.folders/1"] = "qa.folders/1"
    folders: tuple[FolderInfo, ...]


class SaidLine(Value):
    """A line of ``qa statements --json``: ``start`` and ``end`` count code points of the source text."""

    file: str
    article_id: str
    start: int
    end: int
    text: str
    speaker: str
    role: str | None
    voice: Voice
    via: str | None
    line: int


class StatementList(Value):
    format: Literal["qa.statements/1"] = "qa.statements/1"
    statements: tuple[SaidLine, ...]


class PeopleList(Value):
    """Who is named as saying something, by how often."""

    format: Literal["qa.people/1"] = "qa.people/1"
    people: tuple[Speaker, ...]


class OutletList(Value):
    """The outlets of the articles, by how many are theirs; a name of null: those that state none."""

    format: Literal["qa.outlets/1"] = "qa.outlets/1"
    outlets: tuple[OutletRow, ...]


class SessionInfo(Value):
    id: str
    turns: int
    first: str | None = Field(description="its first question")


class SessionList(Value):
    format: Literal["qa.sessions/1"] = "qa.sessions/1"
    sessions: tuple[SessionInfo, ...]


class Ledger(Value):
    format: Literal["qa.ledger/1"] = "qa.ledger/1"
    lines: tuple[LedgerLine, ...]


class ErrorDetail(Value):
    """``type`` is the name of the library's error; the shape is that of OpenAI-compatible servers."""

    type: str
    message: str
    param: str | None = None
    code: str | None = None


class ErrorReply(Value):
    error: ErrorDetail
