"""Looking around in a folder: what a person said, in order of time.

It gives the same object as a question (``qa.answer/1``), its claims in order, every one a quote that
``qa.checking.verify`` has checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.attribution.attribution import acts_of, utterances_of
from qa.attribution.utterances import VERSION, Utterance
from qa.checking.verify import verify
from qa.errors import UsageError
from qa.index.heard import Row, heard
from qa.index.lexical import LexicalIndex
from qa.index.retriever import Filters, lexical_search
from qa.index.store import Store
from qa.outcome import listed
from qa.text.terms import terms
from qa.types import Article, Draft, DraftClaim, DraftQuote, Outcome, Voice

MOST = 200  # statements of one person that are shown
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
    return listed(name, verified, store, filters, by="published", left_out=max(len(claims) - MOST, 0))


def mentioning(store: Store, index: LexicalIndex | None, name: str, filters: Filters) -> list[int]:
    """The passages of all articles that mention a name."""
    if index is None:
        return [int(i) for i in store.passage_ids()]
    allowed = store.allowed(filters.since, filters.until, filters.outlet, filters.undated)
    return [key for key, _ in lexical_search(index, name, max(index.count(), 1), allowed)]
