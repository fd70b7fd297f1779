"""What was made of a question -> the outcome that is told, with its notes and trace."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa.answering.generator import Answerer, Usage
from qa.checking.verify import Verified
from qa.index.retriever import Filters
from qa.index.store import Store
from qa.presenting import plain_text
from qa.remarks import (
    conflict_notes,
    corroboration_note,
    date_notes,
    language_note,
    no_such_outlet,
)
from qa.types import Draft, DraftClaim, DraftQuote, Explanation, Hit, Note, Outcome, Trace, TraceHit


@dataclass(frozen=True, slots=True)
class AnswerParts:
    """All that an outcome is written from."""

    question: str
    standalone_question: str
    hits: Sequence[Hit]
    verified: Verified
    filters: Filters
    seconds: dict[str, float]
    notes: Sequence[Note]
    usage: Usage
    model: Answerer | None
    agree: Sequence[int] = ()
    explain: tuple[Explanation, ...] | None = None


def outcome_from(parts: AnswerParts, store: Store, embedder: str | None) -> Outcome:
    """What is told of a question, with its trace."""
    corpus = store.corpus()
    verified, filters, llm = parts.verified, parts.filters, parts.model.llm if parts.model else None
    answered = bool(verified.claims)
    if answered:
        text = plain_text.answer_text(
            verified.claims, verified.citations, quoted=llm is None, premise=verified.premise
        )
    else:
        assert verified.reason is not None
        left = store.allowed_articles(filters.since, filters.until, filters.outlet, filters.undated)
        text = plain_text.abstention_text(
            verified.reason,
            corpus,
            len(left) if left is not None else None,
            bool(verified.citations),
            quoted=llm is None,
        )
    notes = list(parts.notes)
    if filters.dated and not filters.undated and corpus.undated:
        notes.append(
            Note(
                kind="undated_left_out",
                text=f"{corpus.undated} of {corpus.articles} articles have no date and were left out.",
            )
        )
    notes += [
        *([] if answered else language_note(parts.question)),
        *no_such_outlet(filters, store),
        *corroboration_note(verified, parts.agree, store),
        *conflict_notes(verified),
        *date_notes(verified),
    ]
    cited = [c.as_of for c in verified.citations if c.as_of] if answered else []
    usage = parts.usage
    return Outcome(
        question=parts.question,
        standalone_question=parts.standalone_question,
        kind="answer" if answered else "abstention",
        reason=verified.reason,
        text=text,
        claims=verified.claims,
        citations=verified.citations,
        premise=verified.premise,
        conflicts=verified.conflicts,
        notes=tuple(notes),
        as_of=max(cited, default=None),
        corpus=corpus,
        trace=Trace(
            answerer="llm" if llm else "extractive",
            model=llm.model if llm else None,
            prompts=usage.prompts,
            tokens=usage.tokens,
            cost_usd=usage.cost,
            embedder=embedder,
            seconds=parts.seconds,
            dropped=verified.dropped,
            explain=parts.explain,
            hits=tuple(
                TraceHit(
                    article_id=h.article.article_id,
                    start=h.passage.start,
                    end=h.passage.end,
                    score=h.score,
                    stage=h.stage,
                )
                for h in parts.hits
            ),
        ),
    )


def listed(
    asked: str,
    verified: Verified,
    store: Store,
    filters: Filters,
    by: Literal["published", "happened"],
    left_out: int,
    nearest_names: Sequence[str] = (),
) -> Outcome:
    """The outcome of looking around: claims in order, a line each. ``nearest_names``: those who may have been
    meant where nobody of that name speaks."""
    corpus = store.corpus()
    left = store.allowed_articles(filters.since, filters.until, filters.outlet, filters.undated)
    if verified.claims:
        text = plain_text.list_text(verified.claims, verified.citations, by)
    else:
        text = plain_text.abstention_text(
            "not_in_corpus", corpus, len(left) if left is not None else None, False
        )
    notes = [*date_notes(verified), *no_such_outlet(filters, store)]
    if nearest_names:
        about = f"Nobody called “{asked}” is found to speak; the nearest: {', '.join(nearest_names)}."
        notes.append(Note(kind="nearest_names", text=about))
    if left_out:
        notes.append(
            Note(
                kind="left_out",
                text=f"{left_out} more are not shown; ask for a shorter time or for one outlet.",
            )
        )
    return Outcome(
        question=asked,
        standalone_question=asked,
        kind="answer" if verified.claims else "abstention",
        reason=None if verified.claims else "not_in_corpus",
        text=text,
        claims=verified.claims,
        citations=verified.citations,
        notes=tuple(notes),
        as_of=max((c.as_of for c in verified.citations if c.as_of), default=None),
        corpus=corpus,
        trace=Trace(answerer="extractive", dropped=verified.dropped),
    )


def joined_drafts(drafts: Sequence[Draft]) -> Draft:
    """One draft of the parts of a question; without a claim only if no part has one."""
    seen: dict[tuple[DraftQuote, ...], DraftClaim] = {}
    for draft in drafts:
        for claim in draft.claims:
            seen.setdefault(claim.quotes, claim)
    return Draft(
        claims=tuple(seen.values()),
        nearest=tuple(q for d in drafts for q in d.nearest),
        reason=None if seen else drafts[0].reason,
        premise=next((d.premise for d in drafts if d.premise), None),
        conflicts=tuple(c for d in drafts for c in d.conflicts),
        agree=drafts[0].agree,
        explain=tuple(e for d in drafts for e in d.explain),
    )


def completed(draft: Draft, quotes: Draft) -> Draft:
    """A model's draft with what was found without it: the denial of the premise, and the other sides of what
    is told, each after the model's own sentences (those told already stay first)."""
    wanted = [
        *([quotes.premise.quote] if quotes.premise else []),
        *(q for c in quotes.conflicts for q in c.sides),
    ]
    if not wanted or not (draft.claims or quotes.premise):
        return draft
    known = [q for c in draft.claims for q in c.quotes]
    more = [
        c
        for c in quotes.claims
        for q in c.quotes
        if q in wanted and not any(q.article == k.article and q.text == k.text for k in known)
    ]
    return draft.model_copy(
        update={
            "claims": (*draft.claims, *more),
            "premise": quotes.premise,
            "conflicts": quotes.conflicts,
            "explain": quotes.explain,
            "agree": quotes.agree,
            "reason": None,
        }
    )


def interleaved(found: Sequence[list[Hit]]) -> list[Hit]:
    """The hits of the parts of a question, best ranks first, each passage once."""
    seen: dict[int, Hit] = {}
    for hit in sorted((h for hits in found for h in hits), key=lambda h: h.rank):
        seen.setdefault(hit.passage.id, hit)
    return list(seen.values())


class Clock:
    """Seconds of each stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._began = self._at = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._at, 4)
        self._at = now

    def first(self) -> None:
        """The first sentence was proven now, counted from the beginning."""
        self.seconds.setdefault("first_sentence", round(time.perf_counter() - self._began, 4))
