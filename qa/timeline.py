"""A topic in order of time: what is told of it, by the day on which it happened where that can be worked out.

It gives the same object as a question (``qa.answer/1``), an entry a claim, every one a quote that
``qa.checking.verify`` has checked. What several reports tell alike is one entry that cites them all.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.extractor import Extractor
from qa.checking.verify import Verified, verify
from qa.errors import UsageError
from qa.index.retriever import Filters
from qa.index.store import Store
from qa.outcome import listed
from qa.question.parsing import read_question
from qa.text.figures import figures
from qa.text.terms import terms
from qa.types import Citation, Claim, Draft, DraftClaim, DraftQuote, Hit, Note, Outcome

MOST_EVENTS = 20
MOST_READ = 60  # sentences that are looked at, before those that tell the same are made one
ABOUT = 0.5  # of the topic, by weight, that a sentence of a timeline holds
ALIKE = 0.6  # of the shorter sentence's terms in the longer: they tell the same
UNDATED = "9999"  # sorts behind every date


def timeline(
    store: Store, extractor: Extractor, hits: Sequence[Hit], topic: str, filters: Filters
) -> Outcome:
    """The sentences about a topic in order of when what they tell happened, as far as that can be worked
    out, else of publication; undated last. Raises UsageError for an empty topic."""
    question = read_question(topic)
    if not question.words:
        raise UsageError("the topic is empty; write a few words")
    ranked = extractor.rank(question, hits, store.text, read=False)
    claims: list[DraftClaim] = []
    for i in ranked.order if ranked else ():
        assert ranked is not None
        candidate = ranked.found[i]
        if float(ranked.table.column("context_coverage")[i]) < ABOUT:
            continue
        quote = candidate.text
        claims.append(
            DraftClaim(
                text=" ".join(quote.split()),
                quotes=(DraftQuote(article=candidate.article.key, text=quote, start=candidate.core.start),),
            )
        )
    left = len(claims) - MOST_READ
    draft = Draft(claims=tuple(claims[:MOST_READ]), reason="not_in_corpus")
    verified = verify(draft, store.article, store.text)
    cited = {c.n: c for c in verified.citations}
    entries = as_one(verified.claims, cited)
    left = max(left, 0) + max(len(entries) - MOST_EVENTS, 0)
    entries = sorted(entries[:MOST_EVENTS], key=lambda c: _place(c, cited))
    outcome = listed(topic, _renumbered(verified, entries), store, filters, by="happened", left_out=left)
    if not entries:
        return outcome
    return outcome.model_copy(update={"notes": (_days_note(entries, cited), *outcome.notes)})


def as_one(claims: Sequence[Claim], cited: dict[int, Citation]) -> list[Claim]:
    """The claims in order, those that tell the same as one entry that cites them all: most terms of the
    shorter in the longer, no figure against another, and no other day. The one whose day is known best gives
    its words."""
    kept: list[Claim] = []
    for claim in claims:
        at = next((k for k, other in enumerate(kept) if _tell_the_same(claim, other)), None)
        if at is None:
            kept.append(claim)
            continue
        best, rest = kept[at], claim
        if _known(rest, cited) > _known(best, cited):
            best, rest = rest, best
        numbers = tuple(dict.fromkeys((*best.citations, *rest.citations)))
        kept[at] = best.model_copy(update={"citations": numbers})
    return kept


def _tell_the_same(one: Claim, other: Claim) -> bool:
    own, theirs = set(terms(one.text)), set(terms(other.text))
    counted, numbers = set(figures(one.text)), set(figures(other.text))
    if len(own & theirs) < ALIKE * max(min(len(own), len(theirs)), 1) or bool(counted) != bool(numbers):
        return False
    return (counted <= numbers or numbers <= counted) and _one_day(one, other)


def _known(claim: Claim, cited: dict[int, Citation]) -> int:
    """How well the day of an entry is known."""
    return 2 if claim.event_date is not None else int(_published(claim, cited) is not None)


def _one_day(one: Claim, other: Claim) -> bool:
    """Whether two entries may be of one day: neither is dated otherwise than the other."""
    if one.event_date is None or other.event_date is None:
        return True
    return one.event_date.value == other.event_date.value


def _published(claim: Claim, cited: dict[int, Citation]) -> str | None:
    return cited[claim.citations[0]].published


def _place(claim: Claim, cited: dict[int, Citation]) -> tuple[str, str, int]:
    first = cited[claim.citations[0]]
    date = claim.event_date.value.split("/")[0] if claim.event_date else first.published
    return date or UNDATED, first.file, first.start


def _days_note(entries: Sequence[Claim], cited: dict[int, Citation]) -> Note:
    """How many entries stand at the day on which it happened, at that of publication, and at none."""
    happened = sum(c.event_date is not None for c in entries)
    published = sum(c.event_date is None and _published(c, cited) is not None for c in entries)
    none = len(entries) - happened - published
    said = (
        f"{len(entries)} entries: {happened} by the day when it happened, {published} by that of publication"
    )
    verbs = "has no day and stands" if none == 1 else "have no day and stand"
    missing = f"{none} {verbs} last" if none else "none without a day"
    return Note(kind="timeline", text=f"{said}, {missing}.")


def _renumbered(verified: Verified, claims: Sequence[Claim]) -> Verified:
    """The claims in this order, citations numbered anew as they come."""
    by_number = {c.n: c for c in verified.citations}
    new: dict[int, int] = {}
    for claim in claims:
        for n in claim.citations:
            new.setdefault(n, len(new) + 1)
    kept = tuple(c.model_copy(update={"citations": tuple(new[n] for n in c.citations)}) for c in claims)
    citations = tuple(by_number[n].model_copy(update={"n": new[n]}) for n in new)
    return Verified(kept, citations, verified.dropped, verified.reason, verified.undated)
