"""What a notice of a page corrects, beside the notice: the one that holds now first, then the other, both as
sides of one conflict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.answering.notices import Notice, holds_right, marks, notices, rests_on
from qa.answering.quoting import claim_text
from qa.question.parsing import Question
from qa.reading.chunker import units
from qa.types import Draft, DraftClaim, DraftConflict, DraftQuote, StoredArticle

Elsewhere = Callable[[StoredArticle], Sequence[tuple[StoredArticle, Notice]]]


@dataclass(frozen=True, slots=True)
class _Corrected:
    """A quote that a notice corrects, and where the notice stands."""

    wrong: DraftQuote
    right: DraftQuote
    notice: Notice


def with_corrections(
    draft: Draft,
    question: Question,
    article_of: Callable[[int], StoredArticle],
    text_of: Callable[[int], str],
    elsewhere: Elsewhere = lambda article: (),
) -> Draft:
    """The draft with the corrections of what it claims: what holds now is told first and what it corrects
    beside it. ``elsewhere``: notices of other articles about this one."""
    found: list[_Corrected] = []
    replaced: set[DraftClaim] = set()
    for claim in draft.claims:
        for quote in claim.quotes:
            for corrected in _of_quote(quote, question, article_of, text_of, elsewhere):
                if not any(c.right == corrected.right for c in found):
                    found.append(corrected)
                replaced.add(claim)
    if not found:
        return draft
    kept = [c for c in draft.claims if c not in replaced]
    told = [q for c in found for q in (c.right, c.wrong)]
    claims = [DraftClaim(text=claim_text(q.text), quotes=(q,)) for q in dict.fromkeys(told)]
    conflicts = tuple(
        DraftConflict(about=question.text.rstrip("?"), sides=(c.wrong, c.right), corrected=True)
        for c in found
    )
    gone = {q for c in replaced for q in c.quotes}
    others = tuple(c for c in draft.conflicts if not gone & set(c.sides))
    return draft.model_copy(
        update={"claims": (*claims, *kept), "conflicts": (*conflicts, *others), "agree": (), "reason": None}
    )


def _of_quote(
    quote: DraftQuote,
    question: Question,
    article_of: Callable[[int], StoredArticle],
    text_of: Callable[[int], str],
    elsewhere: Elsewhere,
) -> list[_Corrected]:
    """What notices correct of a quote."""
    stored = article_of(quote.article)
    text = text_of(stored.source)
    start = quote.start if quote.start is not None else text.find(quote.text)
    found = []
    for notice in notices(text, stored.article):
        if start < notice.end and notice.start < start + len(quote.text):
            pair = _around(notice, stored, text, question, quote.text)
        elif rests_on(quote.text, notice):
            pair = _Corrected(
                quote, DraftQuote(article=stored.key, text=notice.text, start=notice.start), notice
            )
        else:
            continue
        if pair is not None:
            found.append(pair)
    for other, notice in elsewhere(stored):
        if other.key != stored.key and rests_on(quote.text, notice):
            found.append(
                _Corrected(quote, DraftQuote(article=other.key, text=notice.text, start=notice.start), notice)
            )
    return found


def _around(
    notice: Notice, stored: StoredArticle, text: str, question: Question, found_by: str
) -> _Corrected | None:
    """A notice that was found itself, with the sentence of its article that it corrects; where the article
    has been set right already, that sentence holds now, and the notice says what it said before."""
    told = DraftQuote(article=stored.key, text=notice.text, start=notice.start)
    near = {w.term for w in question.words} | marks(found_by)
    body = [
        u
        for u in units(text, stored.article)
        if not (u.start < notice.end and notice.start < u.end)
        and not u.heading
        and not any(u.start < n.end and n.start < u.end for n in notices(text, stored.article))
    ]

    def best(fits: Callable[[str], bool]) -> DraftQuote | None:
        found = [u for u in body if fits(text[u.start : u.end])]
        if not found:
            return None
        u = max(found, key=lambda u: len(near & marks(text[u.start : u.end])))
        return DraftQuote(article=stored.key, text=text[u.start : u.end], start=u.start)

    if (wrong := best(lambda s: rests_on(s, notice))) is not None:
        return _Corrected(wrong, told, notice)
    if (right := best(lambda s: holds_right(s, notice))) is not None:
        return _Corrected(told, right, notice)
    parts = [u for u in units(text, stored.article) if notice.start <= u.start and u.end <= notice.end]
    if len(parts) < 2:
        return None
    first, rest = (
        DraftQuote(article=stored.key, text=text[a:b], start=a)
        for a, b in ((parts[0].start, parts[0].end), (parts[1].start, parts[-1].end))
    )
    return _Corrected(first, rest, notice)
