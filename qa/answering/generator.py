"""Hits -> Draft with a language model: numbered passages in a frame, claims with copied words back.

The model's passage numbers are taken at their word only where its words stand in that passage. Words
that stand, exactly, in another of the passages shown are anchored there; all others are left for
``verify`` to drop.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qa.answering.prompts import load_prompt
from qa.answering.reply import SCHEMA, Growing, Reply, ReplyClaim, Unreadable, parse
from qa.errors import BrokenReply, ContextOverflow
from qa.llm.client import LLM, Completion, Request
from qa.llm.cost import Budget
from qa.types import Draft, DraftClaim, DraftQuote, Hit, Tokens

SHORTEST = 4  # words that must be left of a quote without its first word
_END = 240  # characters from the end of a text that breaks off within which "cut_off" is believed


@dataclass
class Usage:
    """What an answer took: tokens, money (None: unknown price), prompts by hash. A reply from the cache
    costs nothing."""

    tokens: Tokens = field(default_factory=Tokens)
    cost: float | None = 0.0
    prompts: dict[str, str] = field(default_factory=dict)

    def add(self, reply: Completion, budget: Budget) -> None:
        if reply.cached:
            return
        self.tokens = Tokens(
            prompt=self.tokens.prompt + reply.tokens.prompt,
            completion=self.tokens.completion + reply.tokens.completion,
        )
        cost = budget.add(reply.tokens)
        self.cost = None if cost is None or self.cost is None else self.cost + cost


def passages_text(hits: Sequence[Hit]) -> str:
    """Numbered passages with outlet, date and title. What could end the frame is broken up; such a
    place can no longer be quoted, which is the safe side."""
    blocks = []
    for n, hit in enumerate(hits, 1):
        meta = hit.article.article.meta
        head = " · ".join(
            re.sub(r"\s+", " ", part)
            for part in (meta.outlet or "outlet not stated", meta.published or "undated", meta.title)
            if part
        )
        blocks.append(f"[{n}] {head}\n{hit.passage.text.strip()}")
    return re.sub(r"<(?=/?\s*passages\b)", "‹", "\n".join(blocks), flags=re.IGNORECASE)


def anchored(claim: ReplyClaim, hits: Sequence[Hit]) -> DraftClaim:
    """The claim with its quote at the place where its words stand: in the passage named, else exactly in
    another one, else nowhere (and ``verify`` will drop it)."""
    words = claim.quote.strip()
    named = hits[claim.passage - 1] if 0 < claim.passage <= len(hits) else None
    for text in _readings(words):
        for hit in ([named] if named else []) + [h for h in hits if h is not named]:
            at = hit.passage.text.find(text) if text else -1
            if at >= 0:
                return DraftClaim(
                    text=claim.text,
                    quotes=(DraftQuote(article=hit.article.key, text=text, start=hit.passage.start + at),),
                    prose=True,
                )
    home = named or (hits[0] if hits else None)
    return DraftClaim(
        text=claim.text,
        quotes=(DraftQuote(article=home.article.key, text=words),) if home and words else (),
        prose=True,
    )


def _readings(words: str) -> list[str]:
    """The words, and the same without what models add to a quote that begins or ends within a sentence:
    a pair of quotation marks, a full stop, and, as the first letter is made a capital, the first word.
    What is left must still stand in the source exactly; nothing is replaced."""
    m = re.fullmatch(r"[\"“'‘](.*)[\"”'’]", words, re.DOTALL)
    found = [words, m[1] if m else words]
    found += [w[:-1] for w in found if w.endswith(".")]
    found += [
        rest
        for w in list(found)
        if w[:1].isupper() and len((rest := w.partition(" ")[2]).split()) >= SHORTEST
    ]
    return list(dict.fromkeys(found))


def draft_of(reply: Reply, hits: Sequence[Hit]) -> Draft:
    """A reply as a draft. That a text breaks off is believed only of words at the end of one that does."""
    if reply.claims:
        return Draft(claims=tuple(anchored(c, hits) for c in reply.claims))
    if reply.breaks_off is None:
        return Draft(claims=(), reason="not_in_corpus")
    nearest = anchored(
        ReplyClaim(passage=reply.breaks_off.passage, quote=reply.breaks_off.quote, text=""), hits
    ).quotes
    ends = {h.article.key: h.article.article.end for h in hits if h.article.article.truncated}
    cut = [
        q
        for q in nearest
        if q.start is not None and q.article in ends and ends[q.article] - (q.start + len(q.text)) <= _END
    ]
    return Draft(claims=(), nearest=nearest, reason="cut_off" if cut else "not_in_corpus")


class Answerer:
    """Asks a model. ``prompts``: a folder that wins over the built-in prompts."""

    def __init__(
        self, llm: LLM, budget: Budget, max_tokens: int, passages: int, prompts: Path | None = None
    ) -> None:
        self.llm = llm
        self.budget = budget
        self.passages = passages
        self._max_tokens = max_tokens
        self._prompts = prompts

    def call(self, name: str, usage: Usage, *, structured: bool, **variables: str) -> Completion:
        """One prompt, filled and sent. Raises LLMError, PromptError."""
        request = self._request(name, usage, structured, variables)
        reply = self.llm.complete(request)
        usage.add(reply, self.budget)
        return reply

    def _request(self, name: str, usage: Usage, structured: bool, variables: dict[str, str]) -> Request:
        prompt = load_prompt(name, self._prompts)
        usage.prompts[name] = prompt.sha
        request = Request(
            messages=prompt.messages(**variables),
            max_tokens=self._max_tokens,
            output=SCHEMA if structured else None,
        )
        self.budget.allow(request.chars, self._max_tokens)
        return request

    def draft(self, question: str, hits: Sequence[Hit], usage: Usage) -> Draft:
        """The draft of an answer. Raises LLMError."""
        return _drained(self.stream(question, hits, usage, streamed=False))

    def stream(
        self, question: str, hits: Sequence[Hit], usage: Usage, streamed: bool = True
    ) -> Generator[DraftClaim, None, Draft]:
        """Claims as the model finishes them; returns the whole draft. Raises LLMError."""
        shown = list(hits[: self.passages])
        if not shown:
            return Draft(claims=(), reason="not_in_corpus")
        while True:
            variables = {"passages": passages_text(shown), "question": re.sub(r"\s+", " ", question)}
            try:
                reply = yield from self._ask(variables, shown, usage, streamed)
                break
            except ContextOverflow:
                if len(shown) == 1:
                    raise
                shown = shown[: len(shown) // 2]
        try:
            return draft_of(parse(reply.text), shown)
        except Unreadable as problem:
            mended = self.call("repair", usage, structured=True, reply=reply.text, problem=str(problem))
            try:
                return draft_of(parse(mended.text), shown)
            except Unreadable as still:
                raise BrokenReply(
                    f"{self.llm.model} did not reply in the form asked for, and could not mend it ({still})"
                ) from None

    def _ask(
        self, variables: dict[str, str], shown: Sequence[Hit], usage: Usage, streamed: bool
    ) -> Generator[DraftClaim, None, Completion]:
        request = self._request("answer", usage, True, variables)
        if not streamed:
            reply = self.llm.complete(request)
        else:
            growing = Growing()
            pieces = self.llm.stream(request)
            while True:
                try:
                    piece = next(pieces)
                except StopIteration as done:
                    reply = done.value
                    break
                for claim in growing.feed(piece):
                    yield anchored(claim, shown)
        usage.add(reply, self.budget)
        return reply


def _drained(claims: Generator[DraftClaim, None, Draft]) -> Draft:
    while True:
        try:
            next(claims)
        except StopIteration as done:
            draft: Draft = done.value
            return draft
