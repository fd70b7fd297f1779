"""States of one thing over several reports: versions of one report (UPDATE n-, WRAPUP, a near copy of a
later time) and later reports of the same matter, in order, each with its own quote; the newest is what
holds now."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

from qa.answering.candidates import lead
from qa.answering.conflicts import CHANGE
from qa.answering.matters import SUDDEN, Matter, about, matter
from qa.answering.quoting import claim_text
from qa.answering.sides import ALIKE, SHARED, others_named, shares, within
from qa.answering.states import stated
from qa.question.parsing import Question
from qa.reading.chunker import Unit, units
from qa.text.figures import figures
from qa.text.terms import terms
from qa.types import Draft, DraftClaim, DraftConflict, DraftQuote, StoredArticle

MOST = 12  # states that are told
HELD = 0.5  # of what is asked of a thing, that a sentence about its change has
_NUMBERED = re.compile(r"^\W*(?P<kind>update|wrapup|writethru|lead|recast)\s*(?P<n>\d+)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class State:
    """What one article says of the matter: a sentence of it, with its values."""

    article: StoredArticle
    unit: Unit
    values: frozenset[str]


def version(title: str | None) -> tuple[int, int]:
    """Where a report stands among the versions of one day: 0 for the first, then UPDATE 1, 2, …, then
    WRAPUP."""
    m = _NUMBERED.match(title or "")
    if m is None:
        return (0, 0)
    return (2 if m["kind"].lower() == "wrapup" else 1, int(m["n"] or 1))


def when(article: StoredArticle) -> str | None:
    """The day of which an article tells: that of its last change, else that of publication."""
    return article.article.meta.as_of


def states(asked: Matter, articles: Sequence[StoredArticle], text_of: Callable[[int], str]) -> list[State]:
    """What each article states of the matter, oldest first; of neighbours that say the same the first, and
    of the last ones the last. Articles without a date are none: their order is not known."""
    found = [s for a in articles if when(a) and (s := _state(asked, a, text_of)) is not None]
    found.sort(
        key=lambda s: (when(s.article) or "", version(s.article.article.meta.title), s.article.article_id)
    )
    kept: list[State] = []
    for state in found:
        if kept and _same(asked, kept[-1], state):
            continue
        kept.append(state)
    if kept and _same(asked, kept[-1], found[-1]):
        kept[-1] = found[-1]
    return kept


def _state(asked: Matter, article: StoredArticle, text_of: Callable[[int], str]) -> State | None:
    """The first sentence of an article that states what is asked."""
    text = text_of(article.source)
    beginning = lead(text, article.article)
    for unit in units(text, article.article):
        sentence = text[unit.start : unit.end]
        if unit.heading or not about(asked, f"{article.article.meta.title or ''} {beginning}", sentence):
            continue
        if asked.kind == "count" and asked.fate is None and others_named(asked.names, sentence, beginning):
            continue  # what another has ("Morvane gets 58 seats")
        if asked.kind == "event" and not _of_the_event(asked, article, beginning, sentence):
            continue
        if values := stated(asked, sentence):
            return State(article, unit, values)
    return None


def _of_the_event(asked: Matter, article: StoredArticle, beginning: str, sentence: str) -> bool:
    """Whether a sentence tells what became of the thing asked about: the title of its article or its first
    sentence names it, and the sentence has most of what is asked of its change."""
    first = set(terms(f"{article.article.meta.title or ''} {beginning.split('. ')[0]}"))
    own = set(terms(sentence))
    return asked.names <= first and (not asked.change or len(asked.things & own) >= HELD * len(asked.things))


def _same(asked: Matter, one: State, other: State) -> bool:
    """Whether two states are one: the same values; of causes, such as share a word; of events, such as give
    the same figures."""
    if asked.kind == "cause":
        shell = asked.names | asked.things
        a, b = (set(" ".join(s.values).split()) - shell for s in (one, other))
        return not a or not b or bool(a & b)
    if asked.kind == "event":
        a, b = (set(figures(" ".join(s.values))) for s in (one, other))
        return one.values == other.values or bool(a and a == b)
    return one.values == other.values


def _of_one_run(
    asked: Matter, found: list[State], told: Set[int], text_of: Callable[[int], str]
) -> list[State]:
    """The states of the thing of which the newest article that is told speaks (the newest of all, where none
    is): those reported within days of it and, of what lasts (what a building costs, who leads a firm), those
    of which the sentence or the beginning is alike in words to that of one already taken. Weeks later, what
    became of people is mostly another accident's. All of them, where the question is how the thing changed
    or how it is now."""
    if asked.change or asked.latest or not found:
        return found
    anchor = max((n for n, s in enumerate(found) if s.article.key in told), default=len(found) - 1)
    day = when(found[anchor].article)
    kept = {anchor}
    for n in (*reversed(range(anchor)), *range(anchor + 1, len(found))):
        if within(when(found[n].article), day) or (
            asked.fate not in SUDDEN and any(_alike(found[n], found[k], text_of) for k in kept)
        ):
            kept.add(n)
    return [found[n] for n in sorted(kept)]


def _alike(one: State, other: State, text_of: Callable[[int], str]) -> bool:
    return shares(_quote(one, text_of).text, _quote(other, text_of).text, ALIKE) or shares(
        _beginning(one, text_of), _beginning(other, text_of), SHARED
    )


def _beginning(state: State, text_of: Callable[[int], str]) -> str:
    article = state.article.article
    return f"{article.meta.title or ''} {lead(text_of(state.article.source), article)}"


def _changes(found: Sequence[State]) -> bool:
    """Whether reports follow each other: of different days, or numbered versions."""
    first, last = found[0].article, found[-1].article
    numbers = {version(s.article.article.meta.title) for s in found}
    return when(first) != when(last) or len(numbers) > 1


def with_states(
    draft: Draft,
    question: Question,
    articles: Sequence[StoredArticle],
    text_of: Callable[[int], str],
) -> Draft:
    """The draft with the states of what is asked: the newest first (oldest first, where the question is how
    it changed), all as sides of one conflict, oldest first. What was taken for sides and states nothing of
    the matter is taken out."""
    asked = matter(question)
    if asked is None:
        return _newest_first(draft, question)
    told = {q.article for c in draft.claims for q in c.quotes}
    found = _of_one_run(asked, states(asked, articles, text_of), told, text_of)[-MOST:]
    keys = {s.article.key for s in found}
    if len(found) < 2 or len({s.values for s in found}) < 2 or (told and not told & keys):
        kept = _only_fitting(draft, asked, text_of) if asked.figured else draft
        return _newest_first(kept, question)
    if not told and not (asked.figured or (asked.change and asked.names)):
        return draft
    sides = tuple(_quote(s, text_of) for s in found)
    order = sides if asked.change else sides[::-1]
    claims = tuple(DraftClaim(text=claim_text(q.text), quotes=(q,)) for q in dict.fromkeys(order))
    conflict = DraftConflict(about=question.text.rstrip("?"), sides=sides, changed=_changes(found))
    return draft.model_copy(update={"claims": claims, "conflicts": (conflict,), "agree": (), "reason": None})


def _newest_first(draft: Draft, question: Question) -> Draft:
    """With the newest side of a change first, unless the question is how the thing changed."""
    sides = [q for c in draft.conflicts if c.changed for q in reversed(c.sides)]
    if not sides or CHANGE.search(question.text):
        return draft
    of_sides = {q: c for c in draft.claims for q in c.quotes}
    first = dict.fromkeys(of_sides[q] for q in sides if q in of_sides)
    claims = (*first, *(c for c in draft.claims if c not in first))
    return draft.model_copy(update={"claims": claims})


def _quote(state: State, text_of: Callable[[int], str]) -> DraftQuote:
    text = text_of(state.article.source)
    start = state.unit.start
    return DraftQuote(article=state.article.key, text=text[start : state.unit.end], start=start)


def _only_fitting(draft: Draft, asked: Matter, text_of: Callable[[int], str]) -> Draft:
    """Without conflicts whose sides do not all state what is asked, and without the claims that only they
    brought; the first claim stays."""
    off = [c for c in draft.conflicts if not c.corrected and not all(stated(asked, q.text) for q in c.sides)]
    if not off:
        return draft
    unfit = {q for c in off for q in c.sides if not stated(asked, q.text)}
    kept = [c for c in draft.claims if not set(c.quotes) <= unfit]
    return draft.model_copy(
        update={
            "claims": tuple(kept or draft.claims[:1]),
            "conflicts": tuple(c for c in draft.conflicts if c not in off),
        }
    )
