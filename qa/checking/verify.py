"""Draft -> Answer or Abstention. Pure. The only place where a Citation is made of a draft.

A quote passes if it stands in its article character for character: at the place that the draft names,
else at the first place where exactly these words stand in the article. Nothing is normalised, nothing
is repaired. Then the claim must be carried by its quotes (``qa.checking.support``). What fails is dropped and
counted in the trace; an answer of which nothing is left is an abstention, ``unverified``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.attribution.attribution import Hearing, attribution_of, heard_anew, voiced_parts
from qa.attribution.temporal import TimeWord, event_date, time_words_of
from qa.checking.speakers import contradicts
from qa.checking.support import unfit, unsupported
from qa.types import (
    AnswerSpan,
    Attribution,
    Citation,
    Claim,
    Conflict,
    ConflictHow,
    Draft,
    DraftClaim,
    DraftConflict,
    DraftQuote,
    Dropped,
    DropReason,
    EventDate,
    Premise,
    Reason,
    Side,
    Span,
    StoredArticle,
)


@dataclass(frozen=True, slots=True)
class Verified:
    """What is left of a draft: claims with citations, or a reason and the nearest quotes."""

    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    dropped: tuple[Dropped, ...]
    reason: Reason | None
    undated: tuple[TimeWord, ...] = ()  # time words of what is claimed that no date of the text explains
    premise: Premise | None = None
    conflicts: tuple[Conflict, ...] = ()
    changed: bool = False  # the conflicts are of different days: the last side is the latest state


def locate(quote: DraftQuote, text: str, article: StoredArticle) -> tuple[int, int] | None:
    """Where the quote's words stand, exactly, within one content span of its article; else None."""
    words = quote.text
    if not words.strip():
        return None
    spans = [(s.start, s.end) for s in article.article.spans]
    if quote.start is not None:
        end = quote.start + len(words)
        inside = any(a <= quote.start and end <= b for a, b in spans)
        if inside and quote.start >= 0 and text[quote.start : end] == words:
            return quote.start, end
    for a, b in spans:
        at = text.find(words, a, b)
        if at >= 0:
            return at, at + len(words)
    return None


_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d,])")


class _Citations:
    """Numbered from 1 in the order of first use; one entry for one span."""

    def __init__(
        self,
        article_of: Callable[[int], StoredArticle],
        text_of: Callable[[int], str],
        utterances: Hearing | None = None,
    ) -> None:
        self._utterances = utterances or heard_anew
        self._article_of = article_of
        self._text_of = text_of
        self._articles: dict[int, StoredArticle] = {}
        self.made: dict[tuple[int, int, int], Citation] = {}

    def cite(self, quote: DraftQuote) -> int | None:
        """The number of the citation, or None if the words are not in the article."""
        stored = self._article_of(quote.article)
        text = self._text_of(stored.source)
        place = locate(quote, text, stored)
        if place is None:
            return None
        key = (stored.source, *place)
        if key not in self.made:
            self.made[key] = _citation(len(self.made) + 1, stored, text, *place)
            self._articles[self.made[key].n] = stored
        return self.made[key].n

    def cited(self, quote: DraftQuote) -> int | None:
        """The number that a quote has already, or None: nothing is cited that no claim rests on."""
        stored = self._article_of(quote.article)
        place = locate(quote, self._text_of(stored.source), stored)
        made = self.made.get((stored.source, *place)) if place else None
        return made.n if made else None

    def voiced_parts(self) -> list[tuple[str | None, str | None, str]]:
        """(speaker, role, words) of each part of the quotes, by the articles that they stand in."""
        found = []
        for n in range(1, len(self.made) + 1):
            citation, stored, text = self._of(n)
            found += voiced_parts(self._utterances(text, stored), text, citation.start, citation.end)
        return found

    def answer(self, span: Span | None, numbers: Sequence[int]) -> AnswerSpan | None:
        """The words that answer, where they lie in one of these citations."""
        for n in numbers if span is not None else ():
            citation = next(c for c in self.made.values() if c.n == n)
            if span is not None and citation.start <= span.start < span.end <= citation.end:
                return AnswerSpan(n=n, start=span.start, end=span.end)
        return None

    def voice(self, n: int) -> Attribution | None:
        citation, stored, text = self._of(n)
        return attribution_of(self._utterances(text, stored), citation.start, citation.end, citation.outlet)

    def event(self, n: int) -> tuple[EventDate | None, list[TimeWord]]:
        """When it happened, and the words for a time that the article leaves open. A year that stands
        anywhere in it may be the one that is meant, so that it cannot be called not stated."""
        citation, stored, text = self._of(n)
        found, undated = event_date(
            time_words_of(text, stored.article),
            text,
            citation.start,
            citation.end,
            citation.published,
            citation.published_from,
        )
        if _YEAR.search(text, stored.article.start, stored.article.end):
            undated = [w for w in undated if w.why != "no_year"]
        return found, undated

    def _of(self, n: int) -> tuple[Citation, StoredArticle, str]:
        citation = next(c for c in self.made.values() if c.n == n)
        stored = self._articles[n]
        return citation, stored, self._text_of(stored.source)

    def quotes(self, numbers: Sequence[int]) -> list[str]:
        by_number = {c.n: c.quote for c in self.made.values()}
        return [by_number[n] for n in numbers]


def _citation(n: int, stored: StoredArticle, text: str, start: int, end: int) -> Citation:
    meta = stored.article.meta
    before = text[:start]
    line = 1 + before.count("\n") + before.count("\r") - before.count("\r\n")
    return Citation(
        n=n,
        article_id=stored.article_id,
        file=stored.file,
        title=meta.title,
        outlet=meta.outlet,
        url=meta.url,
        published=meta.published,
        published_from=meta.published_from,
        updated=meta.updated,
        updated_from=meta.updated_from,
        start=start,
        end=end,
        quote=text[start:end],
        line=line,
        also_in=stored.also_in,
    )


class Verifier:
    """Checks the claims of a draft one by one, each once: a stream tells a sentence as soon as it has passed,
    and what comes later never changes a number. ``article_of`` and ``text_of`` look up an article by its
    key and a source text by its source's; ``utterances`` gives those of an article where they were read
    before."""

    def __init__(
        self,
        article_of: Callable[[int], StoredArticle],
        text_of: Callable[[int], str],
        utterances: Hearing | None = None,
    ) -> None:
        self._article_of = article_of
        self._text_of = text_of
        self._utterances = utterances
        self._citations = _Citations(article_of, text_of, utterances)
        self._dropped: list[Dropped] = []
        self._undated: list[TimeWord] = []
        self.drafted: list[DraftClaim] = []  # all that were checked, in order
        self.claims: list[Claim] = []  # those that passed

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._citations.made.values())

    def add(self, claim: DraftClaim) -> Claim | None:
        """The claim with its citations; None where it does not hold, which is counted."""
        self.drafted.append(claim)
        if (why := self._fault(claim)) is not None:
            self._dropped.append(Dropped(text=claim.text, why=why))
            return None
        citations = self._citations
        numbers = tuple(dict.fromkeys(n for n in map(citations.cite, claim.quotes) if n is not None))
        event, unknown = citations.event(numbers[0])
        self._undated += [w for w in unknown if w not in self._undated]
        made = Claim(
            text=claim.text,
            citations=numbers,
            attribution=_consistent(claim, citations.voice(numbers[0])),
            event_date=event,
            answer=citations.answer(claim.answer, numbers),
        )
        self.claims.append(made)
        return made

    def begin_again(self) -> None:
        """Another draft comes in the place of one of which nothing passed. What was dropped stays counted."""
        assert not self.claims, "what was told stays told"
        self.drafted.clear()

    def _fault(self, claim: DraftClaim) -> DropReason | None:
        if not claim.text.strip():
            return "empty"
        # numbers are given only to what survives
        trial = _Citations(self._article_of, self._text_of, self._utterances)
        if not claim.quotes or any(trial.cite(q) is None for q in claim.quotes):
            return "quote_not_found"
        quoted = [c.quote for c in trial.made.values()]
        if claim.prose and (why := unfit(claim.text, quoted)) is not None:
            return why
        return unsupported(claim.text, quoted, trial.voiced_parts() if claim.text not in quoted else ())

    def finish(self, draft: Draft, most_nearest: int = 3) -> Verified:
        """What is left of the draft, whose claims begin with those already checked."""
        for claim in draft.claims[len(self.drafted) :]:
            self.add(claim)
        dropped = tuple(self._dropped)
        if self.claims:
            sides = (_conflict(c, self._citations, self.claims) for c in draft.conflicts)
            conflicts = tuple(c for c in sides if c)
            return Verified(
                claims=tuple(self.claims),
                citations=self.citations,
                dropped=dropped,
                reason=None,
                undated=tuple(self._undated),
                premise=_premise(draft, self._citations),
                conflicts=conflicts,
                changed=bool(conflicts) and any(d.changed for d in draft.conflicts),
            )
        nearest = _Citations(self._article_of, self._text_of, self._utterances)
        for quote in [*draft.nearest, *(q for c in draft.claims for q in c.quotes)]:
            if len(nearest.made) < most_nearest:
                nearest.cite(quote)
        reason: Reason = "unverified" if draft.claims else draft.reason or "not_in_corpus"
        return Verified((), tuple(nearest.made.values()), dropped, reason)


def verify(
    draft: Draft,
    article_of: Callable[[int], StoredArticle],
    text_of: Callable[[int], str],
    utterances: Hearing | None = None,
) -> Verified:
    """Check every claim of a draft."""
    return Verifier(article_of, text_of, utterances).finish(draft)


def _consistent(claim: DraftClaim, attribution: Attribution | None) -> Attribution | None:
    """The attribution, or None where the words that a model wrote for the claim name somebody else as the
    speaker: a claim never contradicts itself. The source's own words cannot: the attribution is read from
    them and from what stands around them."""
    if attribution is None or not claim.prose:
        return attribution
    return None if contradicts(claim.text, attribution.speaker, attribution.role) else attribution


def _premise(draft: Draft, citations: _Citations) -> Premise | None:
    if draft.premise is None or (n := citations.cited(draft.premise.quote)) is None:
        return None
    return Premise(asserted=draft.premise.asserted, citations=(n,))


def _conflict(conflict: DraftConflict, citations: _Citations, claims: Sequence[Claim]) -> Conflict | None:
    """The sides that are claims of the answer; with fewer than two there is no conflict to show."""
    sides = []
    for quote in conflict.sides:
        n = citations.cited(quote)
        claim = next((c for c in claims if n in c.citations), None)
        if n is not None and claim is not None:
            citation = next(c for c in citations.made.values() if c.n == n)
            sides.append(
                Side(text=claim.text, citations=(n,), published=citation.published, outlet=citation.outlet)
            )
    how: ConflictHow = "corrected" if conflict.corrected else "changed" if conflict.changed else "differs"
    return Conflict(about=conflict.about, how=how, sides=tuple(sides)) if len(sides) > 1 else None
