"""Hits -> Draft without a model that writes: the sentences that answer, or none.

The reader marks the words of the passages that answer. Every sentence of the passages is a candidate;
a fitted model ranks them by what the reader makes of them and by what they share with the question, and
another decides whether the best of them is an answer at all (``calibration``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from qa.answering.calibration import Calibration, Caution
from qa.answering.candidates import Candidate, lead
from qa.answering.conflicts import corroborating, find_conflict
from qa.answering.cut_off import cut_off
from qa.answering.explanation import explained
from qa.answering.false_premise import denial
from qa.answering.quoting import claim_text, headed, merged, quote
from qa.answering.ranking import Ranked, rank
from qa.answering.reader import PassageReader
from qa.answering.reading import ReadSpan
from qa.answering.selection import choose, sections
from qa.answering.tokens import EmbeddedTexts, TokenMemory
from qa.attribution.attribution import Hearing, heard_anew
from qa.index.embeddings import TokenEmbedder
from qa.question.parsing import Question
from qa.types import Draft, DraftClaim, DraftConflict, DraftPremise, DraftQuote, Hit, Reason, Span

NEAREST = 3  # quotes that are shown where there is no answer
LONGEST_ANSWER = 0.8  # of its quote; words that are nearly the whole of it are not marked in it


class Extractor:
    """Reads passages with ``reader`` and answers from them in quotes. ``weight`` gives a term's rarity in
    the corpus (0 for a word of every passage), ``hearing`` who says what in an article. Holds no state but a
    memory of token embeddings, which threads may share."""

    def __init__(
        self,
        embedder: TokenEmbedder,
        reader: PassageReader,
        calibration: Calibration,
        weight: Callable[[str], float],
        hearing: Hearing = heard_anew,
    ) -> None:
        self.tokens = TokenMemory(embedder)
        self.reader = reader
        self.calibration = calibration
        self.weight = weight
        self.hearing = hearing

    def rank(
        self,
        question: Question,
        hits: Sequence[Hit],
        text_of: Callable[[int], str],
        caution: Caution = "balanced",
        read: bool = True,
    ) -> Ranked | None:
        """The sentences of the passages found, scored; None where there are none. ``read`` false: by words
        alone."""
        reader = self.reader if read else None
        return rank(
            question, hits, text_of, reader, self.tokens, self.calibration, self.weight, caution, self.hearing
        )

    def extract(
        self,
        question: Question,
        hits: Sequence[Hit],
        text_of: Callable[[int], str],
        max_sentences: int = 3,
        caution: Caution = "balanced",
        explain: bool = False,
    ) -> Draft:
        """The draft, its claims in the order of their articles' rank and of the text."""
        ranked = self.rank(question, hits, text_of, caution)
        if ranked is None:
            return Draft(claims=(), reason="not_in_corpus")
        selection = choose(ranked, self.calibration, max_sentences)
        draft = self._draft(ranked, selection.chosen, text_of)
        if not explain:
            return draft
        return draft.model_copy(update={"explain": (explained(ranked, selection, draft),)})

    def _draft(self, ranked: Ranked, chosen: Sequence[int], text_of: Callable[[int], str]) -> Draft:
        found, order = ranked.found, ranked.order
        texts = EmbeddedTexts(self.tokens, [c.text for c in found])
        asked = self.tokens.of([ranked.question.text])[0]
        if (denied := denial(ranked, asked, texts)) is not None:
            return _denied(found[denied.candidate], denied.asserted, text_of)
        if (cut := cut_off(ranked)) is not None:
            return Draft(claims=(), nearest=(quote(cut, text_of),), reason="cut_off")
        if ranked.decision.verdict != "answer":
            reason: Reason = "unsure" if ranked.decision.verdict == "unsure" else "not_in_corpus"
            nearest = apart(quote(found[i], text_of) for i in order)
            return Draft(claims=(), nearest=nearest, reason=reason)
        listed = sections(ranked, text_of)
        sentences = listed or [headed(found[i], ranked.question, text_of) for i in chosen]
        spans = [] if listed else [s for i in chosen if (s := ranked.readings[i].span) is not None]
        claims = tuple(_claim(q, spans) for q in merged(sentences, text_of))
        agree = tuple(found[i].article.key for i in corroborating(found, texts, order[0]))
        return self._with_conflicts(ranked, Draft(claims=claims, agree=agree), text_of)

    def _with_conflicts(self, ranked: Ranked, draft: Draft, text_of: Callable[[int], str]) -> Draft:
        """With the other sides of what is asked: of the same day beside the answer, of other days in
        order, the newest last."""
        texts = EmbeddedTexts(self.tokens, [c.text for c in ranked.found])
        asked = self.tokens.of([ranked.question.text])[0]

        def lead_of(c: Candidate) -> str:
            return lead(text_of(c.article.source), c.article.article)

        found = find_conflict(
            ranked.question, asked, ranked.found, texts, ranked.scores, ranked.order, lead_of
        )
        if found is None:
            return draft
        quotes = tuple(quote(ranked.found[s.at], text_of) for s in found.sides)
        inside = {(q.article, q.start) for c in draft.claims for q in c.quotes}
        more = [_claim(q, ()) for q in quotes if (q.article, q.start) not in inside]
        claim_of = {(q.article, q.start): c for c in (*draft.claims, *more) for q in c.quotes}
        sides = [claim_of[q.article, q.start] for q in quotes]
        rest = [c for c in draft.claims if c not in sides]
        told = draft.model_copy(update={"claims": (*sides, *rest)})
        if not found.certain:
            return told
        conflict = DraftConflict(about=found.about, sides=quotes, changed=found.changed)
        return told.model_copy(update={"conflicts": (conflict,)})


def apart(quotes: Iterable[DraftQuote]) -> tuple[DraftQuote, ...]:
    """The first ``NEAREST`` quotes, best first, none of which lies inside another: a sentence that another
    took in to be readable is not shown twice."""
    kept: list[DraftQuote] = []
    for q in quotes:
        if any(_within(q, k) for k in kept):
            continue
        if len(kept) == NEAREST:
            break
        at = next((n for n, k in enumerate(kept) if _within(k, q)), len(kept))
        kept = [k for k in kept if not _within(k, q)]
        kept.insert(at, q)
    return tuple(kept)


def _within(inner: DraftQuote, outer: DraftQuote) -> bool:
    if inner.article != outer.article or inner.start is None or outer.start is None:
        return inner == outer
    ends = inner.start + len(inner.text), outer.start + len(outer.text)
    return outer.start <= inner.start and ends[0] <= ends[1]


def _claim(quoted: DraftQuote, spans: Sequence[ReadSpan]) -> DraftClaim:
    """The claim of a quote, with the best of the reader's spans that lies in it."""
    start = quoted.start or 0
    end = start + len(quoted.text)
    inside = [s for s in spans if s.article == quoted.article and start <= s.start and s.end <= end]
    best = max(inside, key=lambda s: s.score, default=None)
    marked = best is not None and best.end - best.start <= LONGEST_ANSWER * len(quoted.text)
    answer = Span(start=best.start, end=best.end) if best is not None and marked else None
    return DraftClaim(text=claim_text(quoted.text), quotes=(quoted,), answer=answer)


def _denied(candidate: Candidate, asserted: str, text_of: Callable[[int], str]) -> Draft:
    quoted = quote(candidate, text_of)
    premise = DraftPremise(asserted=asserted, quote=quoted)
    return Draft(claims=(_claim(quoted, ()),), premise=premise)
