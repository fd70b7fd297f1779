"""One question on its way through the stages: rewritten, searched, read or written about, checked, told."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from datetime import date

from qa.answering.generator import Answerer, Usage
from qa.answering.reading import BY_MEANING
from qa.answering.rewrite import rewrite
from qa.catalogue.answer import catalogue
from qa.checking.support import on_question
from qa.checking.verify import Verifier
from qa.errors import LLMError, UsageError
from qa.holding import as_it_holds
from qa.index.retriever import Filters
from qa.outcome import (
    AnswerParts,
    Clock,
    completed,
    interleaved,
    joined_drafts,
    outcome_from,
)
from qa.overviews import hearing
from qa.question.catalogue import catalogue_question
from qa.question.followup import parts, standalone
from qa.question.language import foreign
from qa.question.parsing import Question, read_question
from qa.question.sequence import Sequence2, two_events
from qa.question.splitting import split
from qa.question.timeframe import as_of, before_noun, outside, time_frame
from qa.remarks import spelling_note, unanswered_note
from qa.request import Part, Request, Sources
from qa.text.characters import whole_characters
from qa.text.dates import day_range
from qa.timing import Timed, hits_within, in_words, sequence, timed, today
from qa.types import Claim, Draft, DraftQuote, Event, Finished, Hit, Note, Outcome, Proven, Searched

OFF_QUESTION = "The model wrote of the subject, but nothing that answers what was asked; it is not shown."
LONGEST = 4000  # characters of a question: more is a text, and what is asked in it cannot be told
MOST_PARTS = 8  # questions in one: each is searched and read for by itself


class Asking:
    """The stages of one request, in order; used once. ``model``: None answers in quotes; ``notes``: of the
    folder, told with every answer."""

    def __init__(
        self, sources: Sources, model: Answerer | None, request: Request, notes: Sequence[Note]
    ) -> None:
        self._sources = sources
        self._model = model
        asked, earlier = whole_characters(request.question), [whole_characters(q) for q in request.history]
        self._request = request = replace(request, question=asked, history=earlier)
        self._filters = request.filters
        self._clock, self._usage = Clock(), Usage()
        self._notes = list(notes)
        self._read = request.question  # spelt right and standing alone
        self._events: Sequence2 | None = None
        self._verifier = Verifier(sources.store.article, sources.store.text, hearing(sources.store))

    def events(self) -> Iterator[Event]:
        """``Searched``, a ``Proven`` for each sentence, ``Finished``. Raises QAError."""
        if not any(c.isalnum() for c in self._request.question):
            raise UsageError("the question is empty; write one")
        if (length := len(self._request.question)) > LONGEST:
            raise UsageError(f"the question has {length} characters; ask it in at most {LONGEST}")
        if (about := self._about_the_articles()) is not None:
            yield Searched(standalone_question=self._request.question, hits=0)
            yield Finished(outcome=about)
            return
        standing_alone, parts_asked = self._understood()
        asked = [part.question for part in parts_asked]
        found = [self._retrieved(part) for part in parts_asked]
        hits = interleaved(found)
        self._clock.lap("retrieve")
        yield Searched(standalone_question=standing_alone, hits=len(hits))
        draft = self._not_reached()
        if draft is None and self._model is not None:
            draft = yield from self._written(asked, hits)
        if draft is None:
            draft = self._quoted(parts_asked, found)
        elif self._events is None:
            draft = self._as_it_holds(draft, self._whole(asked), hits)
        self._clock.lap("answer")
        told = len(self._verifier.claims)
        verified = self._verifier.finish(draft)
        self._clock.lap("verify")
        for claim in verified.claims[told:]:
            yield self._proven(claim)
        parts_ = AnswerParts(
            question=self._request.question,
            standalone_question=standing_alone,
            hits=hits,
            verified=verified,
            filters=self._filters,
            seconds=self._clock.seconds,
            notes=self._notes,
            usage=self._usage,
            model=self._model,
            agree=draft.agree,
            explain=draft.explain if self._request.explain else None,
        )
        yield Finished(outcome=outcome_from(parts_, self._sources.store, self._sources.embedder_name))

    # --- the stages ---

    def _understood(self) -> tuple[str, list[Part]]:
        """(the question standing alone, its parts, each parsed once)."""
        question, history, model = self._request.question, self._request.history, self._model
        standing_alone = (
            rewrite(question, history, model, self._usage)
            if model and history
            else standalone(question, history)
        )
        read = standing_alone
        if not foreign(question):  # words of another language are no misspelt English
            read, corrected = self._sources.read(standing_alone)
            self._notes += spelling_note(corrected)
        self._clock.lap("rewrite")
        self._read = read
        if not self._filters.dated and (until := as_of(read)) is not None:
            self._filters = replace(self._filters, until=day_range(until.date)[1])
            told = f"Answered as of {until.date}: from articles published until then."
            self._notes.append(Note(kind="as_of", text=told))
            read = until.rest
        self._events = two_events(read)
        whole = Timed(None) if self._filters.dated or self._events else self._timed(read)
        self._notes += whole.notes
        # a time that was heard is no measure of sentences any more
        heard = whole.frame.rest if whole.frame else read
        questions = [heard] if self._events else parts(heard)
        pieces = questions if self._events else [piece for part in questions for piece in split(part)]
        if len(pieces) > MOST_PARTS:
            told = f"{len(pieces)} questions were asked in one; ask at most {MOST_PARTS} at a time"
            raise UsageError(told)
        if len(pieces) > len(questions):
            self._notes.append(
                Note(kind="parts", text=f"Read as {len(pieces)} questions: {' · '.join(pieces)}")
            )
        if len(pieces) == 1 or whole.frame is not None or self._filters.dated:
            return standing_alone, [Part(read_question(piece), whole.frame) for piece in pieces]
        return standing_alone, [self._part(piece) for piece in pieces]

    def _part(self, piece: str) -> Part:
        """One of several parts, each with a time of its own."""
        own = self._timed(piece)
        self._notes += [n for n in own.notes if n not in self._notes]
        return Part(read_question(own.frame.rest if own.frame else piece), own.frame)

    def _timed(self, question: str) -> Timed:
        store, mentioned = self._sources.store, self._sources.mentioned
        given = self._sources.settings.today is not None
        now = self._today()
        return timed(question, store, now, self._filters, self._search, store.text, mentioned, given)

    def _about_the_articles(self) -> Outcome | None:
        """The answer to a question about the articles themselves; None for any other."""
        reading, filters = before_noun(self._request.question), self._filters
        frame = None if filters.dated else time_frame(reading, self._today())
        asked = catalogue_question(frame.rest if frame else reading, timed=frame is not None or filters.dated)
        if asked is None:
            return None
        notes = list(self._notes)
        if frame is not None:
            filters = replace(filters, since=frame.since, until=frame.until)
            notes.append(Note(kind="time_filter", text=f"“{frame.words}” is read as {in_words(frame)}."))
        store, index = self._sources.store, self._sources.lexical()
        return catalogue(store, index, self._request.question, asked, filters, notes)

    def _today(self) -> date | None:
        return today(self._sources.store, self._sources.settings.today)

    def _search(self, words: str, filters: Filters) -> list[Hit]:
        # a model is shown the fused list: what it was measured with
        return self._sources.retrieve(words, filters, nearest=0 if self._model else BY_MEANING)

    def _retrieved(self, part: Part) -> list[Hit]:
        """The passages for a question, of the time that it confines itself to."""
        text_of = self._sources.store.text
        return hits_within(part.frame, part.question.text, self._filters, self._search, text_of)

    def _not_reached(self) -> Draft | None:
        """The draft of a question that is settled without being read for: about a time that no article
        reaches, or about the order of two events; no model is called for it."""
        if outside(self._read, self._sources.store.corpus(), self._sources.mentioned):
            self._model = None
            return Draft(claims=(), reason="outside_dates")
        if self._events is None:
            return None
        self._model = None
        draft, order = sequence(self._events, self._filters, self._search, self._sources.store.text)
        self._notes.append(order)
        return draft

    def _as_it_holds(self, draft: Draft, question: Question, hits: Sequence[Hit]) -> Draft:
        """The draft with the states of what is asked and what corrects it; what was told stays first."""
        store = self._sources.store
        held = as_it_holds(draft, question, hits, self._filters, store, self._sources.notices)
        told = self._verifier.drafted
        if not told or held is draft:
            return held
        return held.model_copy(update={"claims": (*told, *(c for c in held.claims if c not in told))})

    def _whole(self, asked: Sequence[Question]) -> Question:
        return asked[0] if len(asked) == 1 else read_question(self._read)

    def _quoted(self, asked: Sequence[Part], found: Sequence[Sequence[Hit]]) -> Draft:
        """The draft in quotes, part by part, each as it holds now."""
        share = max(1, math.ceil(self._sources.settings.max_sentences / len(asked)))
        drafts = [
            self._as_it_holds(self._extract(part.question, hits, share), part.question, hits)
            for part, hits in zip(asked, found, strict=True)
        ]
        self._notes += unanswered_note([part.words for part in asked], drafts, self._request.question)
        return joined_drafts(drafts)

    def _extract(self, question: Question, hits: Sequence[Hit], most: int | None = None) -> Draft:
        return self._sources.extractor().extract(
            question,
            hits,
            self._sources.store.text,
            most or self._sources.settings.max_sentences,
            self._request.caution,
            self._request.explain,
        )

    def _written(
        self, asked: Sequence[Question], hits: Sequence[Hit]
    ) -> Generator[Event, None, Draft | None]:
        """The model's draft; what was proven of it, where it breaks off; None where quotes must do."""
        assert self._model is not None
        whole = self._whole(asked)
        try:
            draft = yield from self._streamed(self._model, whole, hits)
        except LLMError as error:
            if self._sources.settings.on_failure == "error":
                raise
            if self._verifier.claims:
                told = f"The model broke off; what is shown was verified before: {error}"
                self._notes.append(Note(kind="model_failed", text=told))
                return Draft(claims=tuple(self._verifier.drafted))
            self._model = None
            self._verifier.begin_again()
            self._notes.append(Note(kind="model_failed", text=f"Answered in quotes only: {error}"))
            return None
        return completed(draft, self._extract(whole, hits))

    def _streamed(
        self, model: Answerer, question: Question, hits: Sequence[Hit]
    ) -> Generator[Event, None, Draft]:
        """Each of the model's claims is checked once, as it comes, and told where it passes; what was told
        stays told, whatever the whole reply reads like."""
        claims = model.stream(question.text, hits, self._usage, self._request.streamed)
        while True:
            try:
                drafted = next(claims)
            except StopIteration as done:
                draft: Draft = done.value
                break
            if on_question(question, drafted) and (claim := self._verifier.add(drafted)) is not None:
                self._clock.first()
                yield self._proven(claim)
        off = [c for c in draft.claims if not on_question(question, c)]
        told = self._verifier.drafted
        kept = (*told, *[c for c in draft.claims if c not in off][len(told) :])
        if off and not kept:
            self._notes.append(Note(kind="off_question", text=OFF_QUESTION))
            nearest = tuple(q for c in off for q in c.quotes)
            draft = Draft(claims=(), nearest=nearest, reason="not_in_corpus")
        elif kept:
            draft = draft.model_copy(update={"claims": kept})
        if not draft.claims and draft.reason == "not_in_corpus":
            draft = draft.model_copy(update={"nearest": (*draft.nearest, *self._nearest(question, hits))})
        return draft

    def _nearest(self, question: Question, hits: Sequence[Hit]) -> tuple[DraftQuote, ...]:
        draft = self._extract(question, hits)
        return draft.nearest or tuple(q for c in draft.claims for q in c.quotes)

    def _proven(self, claim: Claim) -> Proven:
        cited = tuple(c for c in self._verifier.citations if c.n in claim.citations)
        return Proven(claim=claim, citations=cited)
