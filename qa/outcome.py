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
from qa.text.nearest import nearest
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
    if by == "happened" and (note := dayless_note(verified)) is not None:
        notes.append(note)
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


def dayless_note(verified: Verified) -> Note | None:
    """How many entries of a timeline have neither the day of what they tell nor that of their article."""
    by_number = {c.n: c for c in verified.citations}
    without = sum(not (c.event_date or by_number[c.citations[0]].published) for c in verified.claims)
    if not without:
        return None
    of = len(verified.claims)
    told = f"{without} of {of} entries {'has no day and stands' if without == 1 else 'have no day and stand'} last"
    return Note(kind="without_day", text="No entry has a day." if without == of else f"{told}.")


def no_such_outlet(filters: Filters, store: Store) -> list[Note]:
    """Where no article is of the outlet that was asked for: the outlets that may have been meant."""
    asked = filters.outlet
    if not asked or store.allowed_articles(None, None, asked, False):
        return []
    known = store.outlets()
    if found := nearest(asked, known):
        told = f"the nearest: {', '.join(found)}"
    else:
        told = (
            f"there is {', '.join(known[:5])}{' …' if len(known) > 5 else ''}" if known else "none is stated"
        )
    return [Note(kind="no_such_outlet", text=f"No article is of an outlet called “{asked}”; {told}.")]


def corroboration_note(verified: Verified, agree: Sequence[int], store: Store) -> list[Note]:
    """How many independent outlets carry the first claim; copies of one report count as one."""
    if not agree or not verified.claims or verified.conflicts:
        return []
    first = next(c for c in verified.citations if c.n == verified.claims[0].citations[0])
    others = [store.article(key) for key in agree]
    outlets = list(dict.fromkeys([first.outlet, *(a.article.meta.outlet for a in others)]))
    named = [o for o in outlets if o]
    if len(named) < 2:
        return []  # several reports of one outlet, or of outlets that are not stated
    where = ", ".join(
        a.article_id for a in others if a.article.meta.outlet and a.article.meta.outlet != first.outlet
    )
    return [
        Note(
            kind="carried_by",
            text=f"Carried by {len(named)} independent outlets: {', '.join(named)} (see also {where}).",
        )
    ]


_TOLD: dict[
    str, tuple[str, str, str]
] = {  # how -> kind of note, its beginning, what stands between the sides
    "differs": ("conflict", "The reports differ: ", " against "),
    "changed": ("changed", "Reported one after the other: ", ", then "),
    "corrected": ("corrected", "Corrected: what was said in ", " is put right in "),
}


def conflict_notes(verified: Verified) -> list[Note]:
    """That reports differ, changed or were corrected, who gives what, and which holds now."""
    notes = []
    for conflict in verified.conflicts:
        kind, begins, between = _TOLD[conflict.how]
        who = [
            f"{s.outlet or 'an outlet not stated'}, {s.published or 'undated'} [{s.citations[0]}]"
            for s in conflict.sides
        ]
        latest = f"; the latest is {who[-1]}" if conflict.how == "changed" else ""
        notes.append(Note(kind=kind, text=f"{begins}{between.join(who)}{latest}."))
    return notes


def date_notes(verified: Verified) -> list[Note]:
    """What the text does not say of when: one note a kind, naming the words."""
    notes = []
    for why, kind, about in (
        ("no_date", "date_not_stated", "cannot be dated, as the article gives no date of its own"),
        ("no_year", "year_not_stated", "the year is not stated"),
    ):
        words = list(dict.fromkeys(f"“{w.text}”" for w in verified.undated if w.why == why))[:3]
        if words:
            notes.append(Note(kind=kind, text=f"{', '.join(words)}: {about}."))
    return notes


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


def unanswered_note(asked: Sequence[str], drafts: Sequence[Draft]) -> list[Note]:
    if not any(d.claims for d in drafts):
        return []
    return [
        Note(kind="part_unanswered", text=f"No answer was found to this part: {part}")
        for part, d in zip(asked, drafts, strict=True)
        if not d.claims
    ]


def spelling_note(pairs: Sequence[tuple[str, str]]) -> list[Note]:
    if not pairs:
        return []
    return [Note(kind="spelling", text="Read " + ", ".join(f"“{a}” as “{b}”" for a, b in pairs) + ".")]


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
