"""Looking around in a folder: what a person said, and what happened with a topic, in order of time.

Both give the same object as a question (``qa.answer/1``), its claims in order, every one a quote that
``qa.checking.verify`` has checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from qa.answering.extractor import Extractor
from qa.attribution.attribution import acts_of, utterances_of
from qa.attribution.utterances import VERSION, Utterance
from qa.checking.verify import Verified, verify
from qa.errors import UsageError
from qa.index.heard import Row, heard
from qa.index.lexical import LexicalIndex
from qa.index.retriever import Filters, lexical_search
from qa.index.store import Store
from qa.outcome import listed
from qa.question.parsing import read_question
from qa.text.nearest import nearest
from qa.text.terms import terms
from qa.types import Article, Claim, Draft, DraftClaim, DraftQuote, Hit, Outcome, Value, Voice


class Speaker(Value):
    """``role`` is the one that stands beside the name most often; ``statements`` are acts of speech."""

    name: str
    role: str | None
    statements: int
    articles: int


class OutletRow(Value):
    """``first`` and ``last``: the dates of its oldest and newest dated article."""

    name: str | None
    articles: int
    first: str | None
    last: str | None


MOST = 200  # statements of one person that are shown
MOST_EVENTS = 20
ABOUT = 0.5  # of the topic, by weight, that a sentence of a timeline holds
UNDATED = "9999"  # sorts behind every date


def said_in(store: Store, articles: Sequence[int]) -> Iterator[tuple[int, list[Utterance]]]:
    """(key, utterances in order) of each article: from the store where they were read before."""
    for key, rows in heard(store, articles, VERSION, _read):
        yield (
            key,
            [
                Utterance(a, b, who, role, _voice(voice), via, (x, y))
                for a, b, who, role, voice, via, x, y in rows
            ],
        )


def _voice(kept: str) -> Voice:
    return "direct" if kept == "direct" else "reported"


def _read(text: str, article: Article) -> list[Row]:
    return [
        (u.start, u.end, u.speaker, u.role, u.voice, u.via, *u.frame) for u in utterances_of(text, article)
    ]


def who(store: Store, passages: Sequence[int], name: str, filters: Filters) -> Outcome:
    """All that ``name`` (or part of it) says in the articles of the passages given, oldest first, undated
    last; what copies repeat is told once. Raises UsageError for an empty name."""
    wanted = set(terms(name))
    if not wanted:
        raise UsageError("the name is empty; write whose words you look for")
    found: list[tuple[tuple[str, str, int], DraftClaim]] = []
    told: set[tuple[int, frozenset[str]]] = set()
    kept: dict[int, list[Utterance]] = {}
    keys = list(dict.fromkeys(article for _, article in store.passages(list(passages))))
    for key, utterances in said_in(store, keys):
        theirs = [u for u in acts_of(utterances) if wanted <= set(terms(u.speaker))]
        if not theirs:
            continue
        kept[key] = utterances
        stored = store.article(key)
        text = store.text(stored.source)
        for u in theirs:
            quote = text[u.start : u.end]
            words = frozenset(terms(quote))
            if (stored.story, words) in told:
                continue
            told.add((stored.story, words))
            claim = DraftClaim(
                text=" ".join(quote.split()), quotes=(DraftQuote(article=key, text=quote, start=u.start),)
            )
            found.append(((stored.article.meta.published or UNDATED, stored.file, u.start), claim))
    claims = tuple(claim for _, claim in sorted(found, key=lambda each: each[0]))
    verified = verify(
        Draft(claims=claims[:MOST], reason="not_in_corpus"),
        store.article,
        store.text,
        utterances=lambda _, stored: kept[stored.key],
    )
    meant = () if verified.claims else nearest(name, (s.name for s in speakers(store)))
    left_out = max(len(claims) - MOST, 0)
    return listed(name, verified, store, filters, "published", left_out, nearest_names=meant)


def speakers(store: Store) -> list[Speaker]:
    """All who are named as saying something, by how often they do; a name of several articles is one."""
    said: Counter[str] = Counter()
    where: dict[str, set[int]] = {}
    roles: dict[str, Counter[str]] = {}
    for key, utterances in said_in(store, store.article_keys()):
        for u in acts_of(utterances):
            said[u.speaker] += 1
            where.setdefault(u.speaker, set()).add(key)
            if u.role:
                roles.setdefault(u.speaker, Counter())[u.role] += 1
    return [
        Speaker(
            name=name,
            role=roles[name].most_common(1)[0][0] if name in roles else None,
            statements=count,
            articles=len(where[name]),
        )
        for name, count in sorted(said.items(), key=lambda each: (-each[1], each[0]))
        if name[:1].isupper()  # else a description of somebody who is not named
    ]


def outlets(store: Store) -> list[OutletRow]:
    """All outlets that articles state, by how many articles are theirs; None stands for those that state
    none."""
    counted = store.rows(
        "SELECT outlet, count(*), min(published), max(published) FROM articles "
        "GROUP BY outlet ORDER BY outlet IS NULL, count(*) DESC, outlet"
    )
    return [OutletRow(name=n, articles=count, first=first, last=last) for n, count, first, last in counted]


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
