"""The stages in order, from a question to an outcome. ``Library`` is the public face."""

from __future__ import annotations

import asyncio
import math
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qa.answering.calibration import load_calibration
from qa.answering.extractor import Extractor
from qa.answering.generator import Answerer, Usage
from qa.answering.rewrite import rewrite
from qa.attribution.statements import Statement, statements_of
from qa.checking.support import on_question
from qa.checking.verify import Verified, verify
from qa.errors import ChromaError, LLMError, UsageError
from qa.index.corpus import Corpus
from qa.index.embeddings import HashEmbedder, MiniLM
from qa.index.retriever import Filters, retrieve
from qa.index.sync import Folder, Progress
from qa.llm.cache import CachedLLM
from qa.llm.client import LLM, make_llm
from qa.llm.cost import Budget, Price
from qa.outcome import (
    AnswerParts,
    Clock,
    completed,
    interleaved,
    joined_drafts,
    outcome_from,
    spelling_note,
    unanswered_note,
)
from qa.overviews import mentioning, said_in, timeline, who
from qa.question.followup import parts, standalone
from qa.question.parsing import read_question
from qa.question.spelling import correct
from qa.question.timeframe import as_of, outside
from qa.settings import Settings
from qa.text.dates import day_range
from qa.types import (
    Draft,
    DraftClaim,
    DraftQuote,
    Event,
    Finished,
    Hit,
    LedgerLine,
    Note,
    Outcome,
    Proven,
    Searched,
)

if TYPE_CHECKING:
    from qa.conversation.chat import Chat


TIMELINE_PASSAGES = 40


class Library(Corpus):
    """A folder of articles that can be asked. Open it with ``Library.open``; use it as a context
    manager or call ``close``. Safe to share between threads."""

    def __init__(self, folder: Folder, settings: Settings) -> None:
        super().__init__(folder, settings)
        self._reader = (
            self.embedder if isinstance(self.embedder, MiniLM | HashEmbedder) else MiniLM(settings.threads)
        )
        self._extractor: tuple[int, Extractor] | None = None
        self._words: tuple[int, list[tuple[str, int]]] | None = None
        self._answerer: Answerer | None = None
        if settings.uses_model:
            self.use(
                make_llm(
                    settings.model,
                    _secret(settings.openai_api_key),
                    settings.openai_base_url,
                    settings.call_seconds,
                    settings.retries,
                )
            )

    def use(self, llm: LLM | None) -> None:
        """Answer with this model from now on; None: in quotes only."""
        s = self.settings
        if llm is None:
            self._answerer = None
            return
        kept = CachedLLM(llm, self.home / "replies") if s.cache else llm
        self._answerer = Answerer(
            kept,
            Budget(s.budget_usd, Price(llm.model, s.price_in, s.price_out)),
            s.max_tokens,
            s.passages,
            s.prompts,
        )

    @property
    def endpoint(self) -> str | None:
        """Where questions and passages are sent; None: nowhere."""
        return f"{self._answerer.llm.endpoint} ({self._answerer.llm.model})" if self._answerer else None

    @property
    def spent(self) -> Budget | None:
        """What the model has taken so far."""
        return self._answerer.budget if self._answerer else None

    # --- asking ---

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        undated: bool = False,
    ) -> Outcome:
        """Answer one question. ``history``: the earlier questions of a conversation, oldest first;
        ``since``/``until``: ISO dates of any precision, both included; ``outlet``: part of a name.

        Raises UsageError for an empty question or a date that cannot be read; LLMError only if
        ``on_failure`` is "error".
        """
        *_, last = self._events(question, history, Filters.of(since, until, outlet, undated), streamed=False)
        assert isinstance(last, Finished)
        return last.outcome

    async def aask(self, question: str, **options: Any) -> Outcome:
        """``ask`` without blocking the event loop."""
        return await asyncio.to_thread(lambda: self.ask(question, **options))

    def stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        undated: bool = False,
        fresh: bool = False,
    ) -> Iterator[Event]:
        """The same as events: ``Searched``, a ``Proven`` for each sentence as soon as it is verified and
        never before, and ``Finished`` with the outcome, whose claims begin with those told. ``fresh``: no
        reply that was kept is used. Raises as ``ask``."""
        kept = self._answerer.llm if self._answerer else None
        with kept.fresh(fresh) if isinstance(kept, CachedLLM) else nullcontext():
            yield from self._events(
                question, history, Filters.of(since, until, outlet, undated), streamed=True
            )

    def who(
        self,
        name: str,
        *,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        undated: bool = False,
    ) -> Outcome:
        """What a person (or a body) said, in order of publication. Raises UsageError."""
        filters = Filters.of(since, until, outlet, undated)
        return who(self.store, mentioning(self.store, self.indexes.lexical(), name, filters), name, filters)

    def statements(self, file: str) -> list[Statement]:
        """Every attributed statement of a file of the folder, in order. Raises UsageError."""
        row = self.store.file(file)
        if row is None or row.source is None:
            raise UsageError(f"{file} is no article of this folder; `qa articles` lists them")
        articles = {a.key: a for a in self.store.articles_of(row.source)}
        text = self.store.text(row.source)
        return [
            s
            for key, found in said_in(self.store, list(articles))
            for s in statements_of(text, found, file, f"{file}#{articles[key].article.n}")
        ]

    def index(
        self, *, rebuild: bool = False, progress: Progress | None = None, wait: float = 0
    ) -> list[LedgerLine]:
        """``Corpus.index``, and who says what in every article, once."""
        lines = super().index(rebuild=rebuild, progress=progress, wait=wait)
        keys = [key for (key,) in self.store.rows("SELECT id FROM articles ORDER BY id")]
        for done, _ in enumerate(said_in(self.store, keys), 1):
            if progress is not None:
                progress("statements", done, len(keys))
        return lines

    def timeline(
        self,
        topic: str,
        *,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        undated: bool = False,
    ) -> Outcome:
        """What is told of a topic, in order of when it happened. Raises UsageError."""
        filters = Filters.of(since, until, outlet, undated)
        return timeline(
            self.store,
            self.extractor(),
            self.retrieve(topic, filters, top_k=TIMELINE_PASSAGES),
            topic,
            filters,
        )

    def chat(self, resume: str | bool = False) -> Chat:
        """A conversation, new or resumed (true: the newest; else the beginning of an id)."""
        from qa.conversation.chat import Chat

        return Chat(self, resume)

    def _events(
        self, question: str, history: Sequence[str], filters: Filters, streamed: bool
    ) -> Iterator[Event]:
        if not question.strip():
            raise UsageError("the question is empty; write one")
        clock, usage = Clock(), Usage()
        notes: list[Note] = []
        model = self._answerer
        standalone_question = (
            rewrite(question, history, model, usage) if model and history else standalone(question, history)
        )
        read, corrected = self.read(standalone_question)
        notes += spelling_note(corrected)
        clock.lap("rewrite")
        if not filters.dated and (until := as_of(read)) is not None:
            filters = replace(filters, until=day_range(until)[1])
            notes.append(
                Note(kind="as_of", text=f"Answered as of {until}: from articles published until then.")
            )
        asked = parts(read)
        found = [self.retrieve(part, filters) for part in asked]
        hits = interleaved(found)
        clock.lap("retrieve")
        yield Searched(standalone_question=standalone_question, hits=len(hits))
        already_told: list[DraftClaim] = []
        draft: Draft | None = None
        if outside(read, self.store.corpus(), self._mentioned):
            model, draft = None, Draft(claims=(), reason="outside_dates")
        if model:
            try:
                draft = yield from self._modelled(
                    model, read, hits, usage, already_told, notes, clock, streamed
                )
            except LLMError as error:
                if self.settings.on_failure == "error":
                    raise
                if self._checked(already_told).claims:
                    draft = Draft(claims=tuple(already_told))
                    notes.append(
                        Note(
                            kind="model_failed",
                            text=f"The model broke off; what is shown was verified before: {error}",
                        )
                    )
                else:
                    model = None
                    notes.append(Note(kind="model_failed", text=f"Answered in quotes only: {error}"))
            else:
                draft = completed(draft, self._draft(read, hits))
        if draft is None:
            drafts = [self._draft(part, some, len(asked)) for part, some in zip(asked, found, strict=True)]
            draft = joined_drafts(drafts)
            notes += unanswered_note(asked, drafts)
        clock.lap("answer")
        verified = verify(draft, self.store.article, self.store.text)
        clock.lap("verify")
        before = len(self._checked(already_told).claims)
        for claim in verified.claims[before:]:
            yield Proven(
                claim=claim, citations=tuple(c for c in verified.citations if c.n in claim.citations)
            )
        yield Finished(
            outcome=outcome_from(
                AnswerParts(
                    question,
                    standalone_question,
                    hits,
                    verified,
                    filters,
                    clock.seconds,
                    [*self._notes, *notes],
                    usage,
                    model,
                    draft.agree,
                ),
                self.store,
                self.embedder.name if self.settings.dense else None,
            )
        )

    def _modelled(
        self,
        model: Answerer,
        question: str,
        hits: Sequence[Hit],
        usage: Usage,
        already_told: list[DraftClaim],
        notes: list[Note],
        clock: Clock,
        streamed: bool,
    ) -> Generator[Event, None, Draft]:
        """The model's draft; in a stream each claim that passes verification is told at once. ``told``
        grows by what was drafted so far, so that numbers of citations stay what they were."""
        claims = model.stream(question, hits, usage, streamed)
        asked = read_question(question)
        known = 0
        while True:
            try:
                drafted = next(claims)
            except StopIteration as done:
                draft: Draft = done.value
                break
            if not on_question(asked, drafted):
                continue
            already_told.append(drafted)
            verified = self._checked(already_told)
            for claim in verified.claims[known:]:
                clock.first()
                yield Proven(
                    claim=claim, citations=tuple(c for c in verified.citations if c.n in claim.citations)
                )
            known = len(verified.claims)
        off = [c for c in draft.claims if not on_question(asked, c)]
        kept = tuple(c for c in draft.claims if c not in off)
        if already_told:  # what was told stays told, whatever the whole reply reads like
            kept = (*already_told, *kept[len(already_told) :])
        if off and not kept:
            notes.append(
                Note(
                    kind="off_question",
                    text="The model wrote of the subject, but nothing that answers what was asked; "
                    "it is not shown.",
                )
            )
            draft = Draft(claims=(), nearest=tuple(q for c in off for q in c.quotes), reason="not_in_corpus")
        elif draft.claims or already_told:
            draft = draft.model_copy(update={"claims": kept})
        if not draft.claims and draft.reason == "not_in_corpus":
            draft = draft.model_copy(update={"nearest": (*draft.nearest, *self._nearest(question, hits))})
        return draft

    def _checked(self, claims: Sequence[DraftClaim]) -> Verified:
        return verify(Draft(claims=tuple(claims)), self.store.article, self.store.text)

    def _nearest(self, question: str, hits: Sequence[Hit]) -> tuple[DraftQuote, ...]:
        draft = self._draft(question, hits)
        return draft.nearest or tuple(q for c in draft.claims for q in c.quotes)

    def retrieve(
        self,
        question: str,
        filters: Filters | None = None,
        top_k: int | None = None,
        depth: int | None = None,
    ) -> list[Hit]:
        """The best passages for a question, best first, without answering."""
        s = self.settings
        lexical = self.indexes.lexical() if s.lexical else None
        dense = self._dense()
        vector = self.embedder.embed([question])[0] if dense is not None else None
        return retrieve(
            question,
            self.store,
            lexical,
            dense,
            self.embedder.name,
            vector,
            filters or Filters(),
            depth or s.depth,
            top_k or s.top_k,
        )

    def read(self, question: str) -> tuple[str, list[tuple[str, str]]]:
        """The question as it is searched: misspelt words replaced by the corpus's, with the pairs."""
        weight = self.extractor().weight
        return correct(question, lambda term: weight(term) < 1.0, self._vocabulary)

    def _mentioned(self, word: str) -> bool:
        index = self.indexes.lexical()
        return index is None or index.frequency(word) > 0

    def _vocabulary(self) -> list[tuple[str, int]]:
        """The corpus's words, each with how often it stands there; made once a revision."""
        revision = self.store.revision
        if self._words is None or self._words[0] != revision:
            counts: Counter[str] = Counter()
            for (text,) in self.store.rows("SELECT text FROM sources"):
                counts.update(re.findall(r"[^\W\d_]{4,}", text))
            self._words = (revision, list(counts.items()))
        return self._words[1]

    def _dense(self) -> Any:
        if not self.settings.dense:
            return None
        try:
            return self.indexes.vectors() if self.indexes.fresh("vectors") else None
        except ChromaError:
            if self.settings.chroma_url:
                raise
            return None

    def _draft(self, question: str, hits: Sequence[Hit], share: int = 1) -> Draft:
        most = max(1, math.ceil(self.settings.max_sentences / share))
        return self.extractor().extract(read_question(question), hits, self.store.text, most)

    def extractor(self) -> Extractor:
        """The extractor for the corpus as it now is (the rarity of words depends on it)."""
        revision = self.store.revision
        if self._extractor is None or self._extractor[0] != revision:
            self._extractor = (revision, Extractor(self._reader, load_calibration(), self._rarity()))
        return self._extractor[1]

    def _rarity(self) -> Callable[[str], float]:
        """Inverse document frequency over passages, scaled so that a word of none weighs 1."""
        index = self.indexes.lexical()
        if index is None:
            return lambda term: 1.0
        total = max(index.count(), 1)
        most = math.log(1 + (total + 0.5) / 0.5)
        known: dict[str, float] = {}

        def weight(term: str) -> float:
            if term not in known:
                found = index.frequency(term)
                known[term] = math.log(1 + (total - found + 0.5) / (found + 0.5)) / most
            return known[term]

        return weight


def _secret(value: Any) -> str | None:
    return value.get_secret_value() if value is not None else None
