"""The vocabulary: frozen values that the stages pass to each other, and the wire format ``qa.answer/1``.

Offsets count code points of a source text, start included, end excluded.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

PublishedFrom = Literal["header", "url", "timestamp", "dateline", "body", "metadata"]
Stage = Literal["lexical", "dense", "fused"]
Voice = Literal["direct", "reported", "outlet"]
Reason = Literal["not_in_corpus", "unsure", "cut_off", "outside_dates", "unverified"]
DropReason = Literal["quote_not_found", "number", "name", "date", "negation", "speaker", "empty"]


class Value(BaseModel):
    """A frozen value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Value):
    start: int
    end: int


class SourceText(Value):
    """What the loader read from one file. ``records`` are the articles that the format itself
    delimits (JSON objects, an HTML page); where it is empty, the splitter finds them."""

    text: str
    loader: str
    note: str | None = None  # e.g. the encoding, when it is not UTF-8
    records: tuple[Record, ...] = ()


class Meta(Value):
    """What is known of an article besides its text; ``None`` is "not stated"."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None  # ISO, with the precision that was printed: 2023, 2023-12, 2023-12-08
    published_from: PublishedFrom | None = None
    updated: str | None = None  # ISO as well, where a later change is stated beside the first date
    updated_from: PublishedFrom | None = None

    @property
    def as_of(self) -> str | None:
        """The day whose state the text tells: of its last change, else of its publication."""
        return self.updated or self.published

    @property
    def counted_from(self) -> str | None:
        """The day from which its "Friday" is counted: a text that was changed weeks later has been written
        anew, a change within days keeps the words of the first."""
        if self.updated and self.published and len(self.updated) == len(self.published) == 10:
            days = date.fromisoformat(self.updated) - date.fromisoformat(self.published)
            return self.updated if days.days > 7 else self.published
        return self.published


class Record(Value):
    """An article that the file's own format delimits, with the metadata given there. ``spans`` are its
    headline and running text where its frame stands between them; without them, all of it is text."""

    start: int
    end: int
    meta: Meta
    spans: tuple[Span, ...] = ()
    truncated: bool = False  # the format itself says that there is more than is given


class Article(Value):
    """One news item of a source text: its content spans, boilerplate left out between them."""

    n: int  # from 1, in order of appearance
    spans: tuple[Span, ...]
    meta: Meta
    truncated: bool = False

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end


class Passage(Value):
    """The indexed unit: one span of an article on sentence boundaries. ``header`` (title, outlet,
    date) goes into what is embedded and searched, never into what is quoted."""

    id: int = 0  # the store's key; 0 before it is stored
    start: int
    end: int
    header: str
    text: str

    @property
    def embedded(self) -> str:
        return f"{self.header}\n{self.text}" if self.header else self.text


class AlsoIn(Value):
    article_id: str
    outlet: str | None = None


class StoredArticle(Value):
    """An article with its place in the corpus. ``also_in`` holds the other files with this content and the
    articles that are copies of it; ``story`` is one number for all of these."""

    key: int  # the store's key
    source: int  # the store's key of its source text
    article_id: str
    file: str
    article: Article
    also_in: tuple[AlsoIn, ...] = ()
    story: int = 0


class Hit(Value):
    """A passage that retrieval found. ``score`` is comparable within one question only."""

    passage: Passage
    article: StoredArticle
    score: float
    rank: int  # from 1
    stage: Stage
    similarity: float | None = None  # cosine with the question, where the vector side found it


class ExplainedSentence(Value):
    """One sentence that could answer: its place, its score (a logit), what each feature gave to it, the
    words in it that the reader marks, and why it was not taken."""

    article_id: str
    start: int
    end: int
    text: str
    score: float
    given: dict[str, float]
    answer: tuple[int, int] | None = None
    chosen: bool
    why_not: str | None = None


class ExplainedDecision(Value):
    """Whether the best sentence is an answer: its logit against the threshold, and what each piece of
    evidence gave to it. ``heard``: it is a statement of whoever the question asks about, of all that it asks
    about, which answers whatever its logit."""

    verdict: Literal["answer", "unsure", "no_answer"]
    logit: float
    threshold: float
    heard: bool = False
    given: dict[str, float]


class Explanation(Value):
    """Why an answer is what it is. ``asks``: the kind of thing that the question was taken to ask for."""

    asks: str
    decision: ExplainedDecision
    sentences: tuple[ExplainedSentence, ...]


class DraftQuote(Value):
    """Words said to be in a source. ``start`` is where they are said to stand, if it is known."""

    article: int  # StoredArticle.key
    text: str
    start: int | None = None


class DraftClaim(Value):
    """``prose``: the sentence is a model's; otherwise it is the quote itself."""

    text: str
    quotes: tuple[DraftQuote, ...]
    prose: bool = False
    answer: Span | None = None  # the words of the quotes that answer, in the source text


class DraftPremise(Value):
    """What the question takes for granted, in its own words, and the quote that denies it."""

    asserted: str
    quote: DraftQuote


class DraftConflict(Value):
    """Sides that cannot both hold, oldest first; ``changed``: reports of different days, so the last is
    the latest state; ``corrected``: the last corrects those before it."""

    about: str
    sides: tuple[DraftQuote, ...]
    changed: bool = False
    corrected: bool = False


class Draft(Value):
    """What an answerer returned, not yet checked. No claims: it found no answer, and ``nearest``
    holds the closest quotes."""

    claims: tuple[DraftClaim, ...]
    nearest: tuple[DraftQuote, ...] = ()
    reason: Reason | None = None
    premise: DraftPremise | None = None
    conflicts: tuple[DraftConflict, ...] = ()
    explain: tuple[Explanation, ...] = ()
    # articles (StoredArticle.key) of other reports that tell what the first claim tells
    agree: tuple[int, ...] = ()


# --- the wire ---------------------------------------------------------------------------------


class Attribution(Value):
    speaker: str
    role: str | None = None
    outlet: str | None = None
    voice: Voice


class AnswerSpan(Value):
    """The few words of citation ``n`` that answer the question, as a span of its source text."""

    n: int
    start: int
    end: int


class EventDate(Value):
    value: str
    how: str


class Citation(Value):
    """A quote found verbatim: ``source_text[start:end] == quote``."""

    n: int
    article_id: str
    file: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    published_from: PublishedFrom | None
    updated: str | None = None
    updated_from: PublishedFrom | None = None
    start: int
    end: int
    quote: str
    line: int
    also_in: tuple[AlsoIn, ...] = ()

    @property
    def as_of(self) -> str | None:
        """The day whose state the quoted text tells."""
        return self.updated or self.published


class Claim(Value):
    text: str
    citations: tuple[int, ...]
    attribution: Attribution | None = None
    event_date: EventDate | None = None
    answer: AnswerSpan | None = None


class Premise(Value):
    asserted: str
    citations: tuple[int, ...]


class Side(Value):
    text: str
    citations: tuple[int, ...]
    published: str | None = None
    outlet: str | None = None


ConflictHow = Literal["differs", "changed", "corrected"]


class Conflict(Value):
    """Sides oldest first; the side that holds now is last (``how`` "changed" and "corrected")."""

    about: str
    how: ConflictHow = "differs"
    sides: tuple[Side, ...]


class CatalogueRow(Value):
    """An article as the store knows it, for a question about the articles themselves."""

    article_id: str
    file: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None


class Note(Value):
    """A remark of the program itself; needs no quote."""

    kind: str
    text: str


class CorpusInfo(Value):
    articles: int
    undated: int
    first: str | None = None
    last: str | None = None


class TraceHit(Value):
    article_id: str
    start: int
    end: int
    score: float
    stage: str


class Tokens(Value):
    prompt: int = 0
    completion: int = 0


class Dropped(Value):
    text: str
    why: DropReason


class Trace(Value):
    answerer: Literal["extractive", "llm"]
    model: str | None = None
    embedder: str | None = None
    prompts: dict[str, str] = Field(default_factory=dict)
    hits: tuple[TraceHit, ...] = ()
    tokens: Tokens = Tokens()
    cost_usd: float | None = 0.0
    seconds: dict[str, float] = Field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    explain: tuple[Explanation, ...] | None = None  # of each part of the question; only when asked for


# How a notebook shows an outcome, by the form that it asks for: filled by ``qa.presenting.notebook``, as this
# room knows no way to present anything.
IN_NOTEBOOK: dict[Literal["html", "markdown"], Callable[[Outcome], str]] = {}


class Outcome(Value):
    """An Answer or an Abstention, as ``qa.answer/1`` has it."""

    format: Literal["qa.answer/1"] = "qa.answer/1"
    question: str
    standalone_question: str
    kind: Literal["answer", "abstention", "catalogue"]
    reason: Reason | None = None
    text: str
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    premise: Premise | None = None
    conflicts: tuple[Conflict, ...] = ()
    catalogue: tuple[CatalogueRow, ...] | None = None
    notes: tuple[Note, ...] = ()
    as_of: str | None = None
    corpus: CorpusInfo
    trace: Trace

    def to_dict(self) -> dict[str, Any]:
        return self.model_dump(mode="json")

    def to_json(self, indent: int | None = None) -> str:
        return self.model_dump_json(indent=indent)

    def __repr__(self) -> str:
        text = " ".join(self.text.split())
        shown = text if len(text) <= 80 else f"{text[:79]}…"
        return f"<Outcome {self.kind}, {len(self.citations)} citations: {shown!r}>"

    def _repr_html_(self) -> str | None:
        return IN_NOTEBOOK["html"](self) if "html" in IN_NOTEBOOK else None

    def _repr_markdown_(self) -> str | None:
        return IN_NOTEBOOK["markdown"](self) if "markdown" in IN_NOTEBOOK else None


# --- a streamed answer ------------------------------------------------------------------------


class Searched(Value):
    """The question as it was searched, and how many passages were found."""

    kind: Literal["searched"] = "searched"
    standalone_question: str
    hits: int


class Proven(Value):
    """A sentence that passed verification, with its citations."""

    kind: Literal["proven"] = "proven"
    claim: Claim
    citations: tuple[Citation, ...]


class Finished(Value):
    kind: Literal["finished"] = "finished"
    outcome: Outcome


Event = Searched | Proven | Finished

FileStatus = Literal["new", "changed", "same", "renamed", "removed", "failed"]


class LedgerLine(Value):
    """What happened to one file in one refresh (or would happen, for ``qa status``)."""

    file: str
    status: FileStatus
    reason: str | None = None  # why it failed, where it was renamed from, or what was lost in reading it
    articles: int = 0
    characters: int = 0  # of the source text, and how many of them stand in an article
    taken: int = 0


SourceText.model_rebuild()
