"""Looking around in a folder: what a person said, and what happened with a topic, in order of time.

Both give the same object as a question (``qa.answer/1``), its claims in order, every one a quote that
``qa.checking.verify`` has checked.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.extractor import Extractor
from qa.attribution.attribution import acts_of, utterances_of
from qa.checking.verify import Verified, verify
from qa.errors import UsageError
from qa.index.lexical import LexicalIndex
from qa.index.retriever import Filters, lexical_search
from qa.index.store import Store
from qa.outcome import listed
from qa.question.parsing import read_question
from qa.text.terms import terms
from qa.types import Claim, Draft, DraftClaim, DraftQuote, Hit, Outcome

MOST = 200  # statements of one person that are shown
MOST_EVENTS = 20
ABOUT = 0.5  # of the topic, by weight, that a sentence of a timeline holds
UNDATED = "9999"  # sorts behind every date


def who(store: Store, passages: Sequence[int], name: str, filters: Filters) -> Outcome:
    """All that ``name`` (or part of it) says in the articles of the passages given, oldest first, undated
    last; what copies repeat is told once. Raises UsageError for an empty name."""
    wanted = set(terms(name))
    if not wanted:
        raise UsageError("the name is empty; write whose words you look for")
    claims: list[DraftClaim] = []
    told: set[tuple[int, frozenset[str]]] = set()
    for key in dict.fromkeys(article for _, article in store.passages(list(passages))):
        stored = store.article(key)
        text = store.text(stored.source)
        for u in acts_of(utterances_of(text, stored.article)):
            words = frozenset(terms(text[u.start : u.end]))
            if not wanted <= set(terms(u.speaker)) or (stored.story, words) in told:
                continue
            told.add((stored.story, words))
            quote = text[u.start : u.end]
            claims.append(
                DraftClaim(
                    text=" ".join(quote.split()), quotes=(DraftQuote(article=key, text=quote, start=u.start),)
                )
            )
    verified = verify(Draft(claims=tuple(claims), reason="not_in_corpus"), store.article, store.text)
    by_number = {c.n: c for c in verified.citations}
    ordered = sorted(
        verified.claims,
        key=lambda c: (
            by_number[c.citations[0]].published or UNDATED,
            by_number[c.citations[0]].file,
            by_number[c.citations[0]].start,
        ),
    )
    return listed(
        name,
        _renumbered(verified, ordered[:MOST]),
        store,
        filters,
        by="published",
        left_out=max(len(ordered) - MOST, 0),
    )


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
    told: list[set[str]] = []
    for i in ranked.order if ranked else ():
        assert ranked is not None
        candidate = ranked.found[i]
        own = set(terms(candidate.text))
        about = float(ranked.table.column("context_coverage")[i])
        if about < ABOUT or any(
            len(own & other) >= 0.8 * max(min(len(own), len(other)), 1) for other in told
        ):
            continue
        told.append(own)
        quote = candidate.text
        claims.append(
            DraftClaim(
                text=" ".join(quote.split()),
                quotes=(DraftQuote(article=candidate.article.key, text=quote, start=candidate.core.start),),
            )
        )
        if len(claims) == MOST_EVENTS:
            break
    verified = verify(Draft(claims=tuple(claims), reason="not_in_corpus"), store.article, store.text)
    by_number = {c.n: c for c in verified.citations}

    def when(claim: Claim) -> tuple[str, str, int]:
        citation = by_number[claim.citations[0]]
        date = claim.event_date.value.split("/")[0] if claim.event_date else citation.published
        return date or UNDATED, citation.file, citation.start

    return listed(
        topic,
        _renumbered(verified, sorted(verified.claims, key=when)),
        store,
        filters,
        by="happened",
        left_out=0,
    )


def mentioning(store: Store, index: LexicalIndex | None, name: str, filters: Filters) -> list[int]:
    """The passages of all articles that mention a name."""
    if index is None:
        return [int(i) for i in store.passage_ids()]
    allowed = store.allowed(filters.since, filters.until, filters.outlet, filters.undated)
    return [key for key, _ in lexical_search(index, name, max(index.count(), 1), allowed)]


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
