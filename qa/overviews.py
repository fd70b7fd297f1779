"""Looking around in a folder: what a person said, in order of time.

It gives the same object as a question (``qa.answer/1``), its claims in order, every one a quote that
``qa.checking.verify`` has checked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from qa.attribution.attribution import acts_of, told_enough, utterances_of
from qa.attribution.utterances import VERSION, Utterance
from qa.checking.verify import verify
from qa.errors import UsageError
from qa.index.heard import Row, heard, kept, unheard
from qa.index.lexical import LexicalIndex
from qa.index.retriever import Filters, lexical_search
from qa.index.store import Store
from qa.outcome import listed
from qa.text.lexicon.bodies import BODIES, LEFT_OUT, MOUTHPIECES
from qa.text.lexicon.forenames import forenames
from qa.text.lexicon.people import GENERATIONS
from qa.text.nearest import nearest
from qa.text.terms import spelt, terms
from qa.types import Article, Draft, DraftClaim, DraftQuote, Outcome, StoredArticle, Value, Voice


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
UNDATED = "9999"  # sorts behind every date


def said_in(store: Store, articles: Sequence[int]) -> Iterator[tuple[int, list[Utterance]]]:
    """(key, utterances in order) of each article: from the store where they were read before."""
    for key, rows in heard(store, articles, VERSION, _read):
        yield key, _utterances(rows)


def hearing(store: Store) -> Callable[[str, StoredArticle], list[Utterance]]:
    """(source text, article) -> its utterances: from the store where they were read before. What is read
    anew is not kept: indexing reads all."""

    def read(text: str, stored: StoredArticle) -> list[Utterance]:
        rows = kept(store, stored.key, VERSION)
        return list(utterances_of(text, stored.article)) if rows is None else _utterances(rows)

    return read


def _utterances(rows: Sequence[Row]) -> list[Utterance]:
    return [
        Utterance(a, b, who, role, _voice(voice), via, (x, y)) for a, b, who, role, voice, via, x, y in rows
    ]


def unread(store: Store) -> list[int]:
    """Keys of the articles of which it is not yet known who says what in them."""
    return unheard(store, VERSION)


def _voice(kept: str) -> Voice:
    return "direct" if kept == "direct" else "reported"


def _read(text: str, article: Article) -> list[Row]:
    return [
        (u.start, u.end, u.speaker, u.role, u.voice, u.via, *u.frame) for u in utterances_of(text, article)
    ]


def who(store: Store, passages: Sequence[int], name: str, filters: Filters) -> Outcome:
    """All that ``name`` (or part of it) says in the articles of the passages given, oldest first, undated
    last; what copies repeat is told once. Raises UsageError for an empty name."""
    wanted = frozenset(spelt(name))
    if not wanted:
        raise UsageError("the name is empty; write whose words you look for")
    found: list[tuple[tuple[str, str, int], DraftClaim]] = []
    told: set[tuple[int, frozenset[str]]] = set()
    kept: dict[int, list[Utterance]] = {}
    keys = list(dict.fromkeys(article for _, article in store.passages(list(passages))))
    plain, initials = _apart(wanted)
    heard_of: dict[int, list[Utterance]] = {}
    for key, utterances in said_in(store, keys):
        theirs = [u for u in acts_of(utterances) if is_meant(plain, u.speaker) and told_enough(u, utterances)]
        if theirs:
            kept[key], heard_of[key] = utterances, theirs
    forms = {_apart(frozenset(spelt(u.speaker)))[1] for theirs in heard_of.values() for u in theirs}
    others = bool(initials) and bool(forms - {initials, frozenset()})  # George W. and George H. W. Bush
    for key, able in heard_of.items():
        theirs = [u for u in able if not others or initials <= set(spelt(u.speaker))]
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


_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")


def _is_whole(wanted: frozenset[str], words: Sequence[str]) -> bool:
    """Whether a name is asked for by what it ends with, or by somebody's forename: "Lund", "Vera"; but
    "Arlen" is not the Arlen Police Department."""
    last = max(k for k, w in enumerate(words) if w in wanted)
    behind = words[last + 1 :]
    if all(w in LEFT_OUT | GENERATIONS for w in behind):
        return True
    return len(words) <= 3 and words[last] in forenames() and words[-1] not in BODIES


@lru_cache(maxsize=8192)  # few people say most of what is said
def is_meant(wanted: frozenset[str], speaker: str) -> bool:
    """Whether a speaker is who is asked for; "Holt's campaign" is not Holt, and "Fanning" no fans."""
    words = spelt(speaker)
    if (
        not words
        or not wanted <= set(words)
        or any(
            0 < len(wanted.intersection(halves)) < len(halves)
            for halves in map(spelt, _COMPOUND.findall(speaker))
        )
    ):
        return False  # "KOTA-TV" is no TV
    last = speaker.split()[-1]
    if last[:1].islower() and words[-1] not in wanted:  # a description, which its noun decides
        return words[-1] in MOUTHPIECES and len(words) > 1 and words[-2] in wanted
    if not _is_whole(wanted, words):
        return False
    owned = re.split(r"[’']s?\s", speaker)[-1]
    return owned == speaker or not wanted.isdisjoint(spelt(owned))


def _apart(words: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a name, and its initials apart: "Donald J. Trump" is also written without one."""
    initials = frozenset(w for w in words if len(w) == 1)
    return (words - initials, initials) if len(words - initials) > 1 else (words, frozenset())


def _one_spelling(names: Iterable[str]) -> dict[str, str]:
    """Each name -> the shortest that means the same: without the initials, where all that have some have the
    same ones."""
    alike: dict[frozenset[str], dict[frozenset[str], list[str]]] = {}
    for name in names:
        plain, initials = _apart(frozenset(terms(name)))
        alike.setdefault(plain, {}).setdefault(initials, []).append(name)
    spelling: dict[str, str] = {}
    for forms in alike.values():
        if len(forms) == 2 and frozenset() in forms:  # "Ida Lund" and "Ida K. Lund"
            short = min(forms[frozenset()], key=len)
            spelling.update((name, short) for form, same in forms.items() if form for name in same)
    return spelling


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
    for longer, short in _one_spelling(list(said)).items():
        said[short] += said.pop(longer)
        where[short] |= where.pop(longer)
        roles.setdefault(short, Counter()).update(roles.pop(longer, Counter()))
    return [
        Speaker(
            name=name,
            role=roles[name].most_common(1)[0][0] if roles.get(name) else None,
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


def mentioning(store: Store, index: LexicalIndex | None, name: str, filters: Filters) -> list[int]:
    """The passages of all articles that mention a name."""
    if index is None:
        return [int(i) for i in store.passage_ids()]
    allowed = store.allowed(filters.since, filters.until, filters.outlet, filters.undated)
    return [key for key, _ in lexical_search(index, name, max(index.count(), 1), allowed)]
