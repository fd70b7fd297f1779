"""Chosen sentences -> quotes: with the heading that makes them readable, adjoining ones made one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.answering.candidates import Candidate
from qa.question.parsing import Question
from qa.question.type_match import holds
from qa.reading.boilerplate import BULLET
from qa.text.terms import terms
from qa.types import DraftQuote


def claim_text(quote: str) -> str:
    """A quote on one line: a heading or the points of a list set off from what follows."""
    lines = [re.sub(r"\s+", " ", line).strip() for line in re.split(r"[\r\n]+\s*", quote) if line.strip()]
    if len(lines) > 1 and lines[0].endswith(":"):
        return f"{lines[0]} " + "; ".join(BULLET.sub("", line) for line in lines[1:])
    if len(lines) == 2 and lines[0][-1] not in '.!?,;”"' and len(lines[0].split()) <= 12:
        return f"{lines[0]}: {lines[1]}"
    return " ".join(lines)


def headed(candidate: Candidate, question: Question, text_of: Callable[[int], str]) -> Candidate:
    """With its heading, where that carries a word or the name asked for that the sentence lacks
    ("Podilskyi District / Five residential structures …")."""
    if candidate.heading_at is None or len(candidate.heading.split()) > 8:
        return candidate
    between = text_of(candidate.article.source)[candidate.heading_at : candidate.start].strip()
    if between != candidate.heading.strip():
        return candidate  # not the sentence right under it
    own = set(terms(candidate.text))
    carries = any(w.term in set(terms(candidate.heading)) - own for w in question.words if w.name)
    names = (
        question.asks in ("place", "name", "person")
        and holds(question, candidate.heading) == 1
        and bool({w.term for w in question.words} & set(terms(candidate.heading)))
    )
    return replace(candidate, start=candidate.heading_at) if carries or names else candidate


def quote(candidate: Candidate, text_of: Callable[[int], str]) -> DraftQuote:
    text = text_of(candidate.article.source)
    return DraftQuote(
        article=candidate.article.key, text=text[candidate.start : candidate.end], start=candidate.start
    )


def merged(chosen: Sequence[Candidate], text_of: Callable[[int], str]) -> list[DraftQuote]:
    """Quotes of the chosen sentences, articles in order of their best sentence, sentences in order of
    the text, overlapping or adjoining spans of a paragraph made one."""
    articles = list(dict.fromkeys(c.article.key for c in chosen))
    quotes: list[DraftQuote] = []
    for key in articles:
        own = sorted((c for c in chosen if c.article.key == key), key=lambda c: c.start)
        text = text_of(own[0].article.source)
        spans: list[list[int]] = []
        for c in own:
            if spans and (
                c.start <= spans[-1][1]
                or (not text[spans[-1][1] : c.start].strip() and "\n" not in text[spans[-1][1] : c.start])
            ):
                spans[-1][1] = max(spans[-1][1], c.end)
            else:
                spans.append([c.start, c.end])
        quotes.extend(DraftQuote(article=key, text=text[a:b], start=a) for a, b in spans)
    return quotes
