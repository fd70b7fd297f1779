"""The order of two events, or the time between them, from the days that the articles give for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from qa.answering.candidates import Candidate, candidates
from qa.answering.quoting import claim_text
from qa.attribution.temporal import event_date, time_words_of
from qa.question.sequence import Sequence2
from qa.text.terms import terms
from qa.types import Draft, DraftClaim, DraftQuote, EventDate, Hit, Note

HELD = 0.6  # of the words of an event, that a sentence and what stands before it hold


@dataclass(frozen=True, slots=True)
class Dated:
    """A sentence that tells of an event, with its day."""

    candidate: Candidate
    event: EventDate

    @property
    def day(self) -> date:
        return date.fromisoformat(self.event.value)


def dated(event: str, other: str, hits: Sequence[Hit], text_of: Callable[[int], str]) -> Dated | None:
    """The sentence that best tells of an event and gives its day; words of the ``other`` event help to tell
    it from others of its kind."""
    wanted, helping = set(terms(event)), set(terms(other))
    if not wanted:
        return None
    best: tuple[float, Dated] | None = None
    for c in candidates(hits, text_of):
        own, around = set(terms(c.text)), set(terms(c.context))
        share = (len(wanted & own) + 0.5 * len(wanted & around - own)) / len(wanted)
        if share < HELD or not wanted & own:
            continue
        found = _day_of(c, text_of)
        if found is None:
            continue
        score = share + 0.3 * len(helping & around) / max(len(helping), 1) + 0.2 * (found.how == "as printed")
        if best is None or score > best[0]:
            best = (score, Dated(c, found))
    return best[1] if best else None


def _day_of(c: Candidate, text_of: Callable[[int], str]) -> EventDate | None:
    """The day of what a sentence tells, to the day; None where it is known less exactly or not at all."""
    article, text = c.article.article, text_of(c.article.source)
    found, _ = event_date(
        time_words_of(text, article),
        text,
        c.core.start,
        c.core.end,
        article.meta.published,
        article.meta.published_from,
    )
    return found if found is not None and len(found.value) == 10 else None


def in_sequence(asked: Sequence2, one: Dated | None, two: Dated | None) -> tuple[Draft, Note]:
    """Both events quoted, the earlier first, with a note that says how they follow; without a day for both
    there is no answer, and the note says for which."""
    if one is None or two is None:
        missing = " and ".join(f"“{e}”" for e, d in ((asked.one, one), (asked.two, two)) if d is None)
        known = tuple(_quote(d.candidate) for d in (one, two) if d is not None)
        note = Note(kind="time_not_dated", text=f"No article gives the day of {missing}.")
        return Draft(claims=(), nearest=known, reason="not_in_corpus"), note
    named = sorted(((one, asked.one), (two, asked.two)), key=lambda x: x[0].day)
    claims = tuple(
        DraftClaim(text=claim_text(q.text), quotes=(q,))
        for q in dict.fromkeys(_quote(d.candidate) for d, _ in named)
    )
    (first, earlier), (second, _) = named
    days = (second.day - first.day).days
    told = [f"“{name}”: {d.event.value} ({d.event.how})" for d, name in named]
    if asked.asks == "first":
        said = f"“{earlier}” came first" if days else "Both were on one day"
        return Draft(claims=claims), Note(kind="order", text=f"{said}. {'; '.join(told)}.")
    return Draft(claims=claims), Note(
        kind="time_between", text=f"{days} day{'s' * (days != 1)} lie between them. {'; '.join(told)}."
    )


def _quote(c: Candidate) -> DraftQuote:
    return DraftQuote(article=c.article.key, text=c.text, start=c.core.start)
