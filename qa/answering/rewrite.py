"""A follow-up, made to stand alone by a model. What it adds must come from the conversation; otherwise,
and when the model fails, the rules of ``followup`` serve."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.generator import Answerer, Usage
from qa.errors import LLMError
from qa.question.followup import standalone
from qa.text.terms import STOP, tokens

TURNS = 4  # earlier questions that are shown
LONGEST = 400


def rewrite(question: str, history: Sequence[str], answerer: Answerer, usage: Usage) -> str:
    """The question to be searched. Never raises for a failing model: the next call will tell."""
    by_rule = standalone(question, history)
    if not history:
        return question
    turns = "\n".join(f"- {' '.join(h.split())}" for h in history[-TURNS:])
    try:
        reply = answerer.call(
            "rewrite", usage, structured=False, history=turns, question=" ".join(question.split())
        )
    except LLMError:
        return by_rule
    text = reply.text.strip().strip('“”"').removeprefix("Question:").strip()
    return text if faithful(text, question, history) else by_rule


def faithful(text: str, question: str, history: Sequence[str]) -> bool:
    """One line, no longer than it may be, and no content word that neither the question nor the
    conversation holds."""
    if not text or "\n" in text or len(text) > LONGEST:
        return False
    known = {term for source in (question, *history) for _, _, term in tokens(source)}
    return all(
        term in known or text[a:b].casefold() in STOP or len(text[a:b]) < 3 for a, b, term in tokens(text)
    )
