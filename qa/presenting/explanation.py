"""Why an answer is what it is, for a person: the decision, the sentences, what each feature gave."""

from __future__ import annotations

from collections.abc import Mapping

from qa.types import ExplainedDecision, ExplainedSentence, Explanation, Outcome

SHOWN = 6  # features of one sentence
VERDICTS = {
    "answer": "answered",
    "unsure": "not sure enough to answer",
    "no_answer": "nothing found that answers",
}
LEAST = 0.05  # of a logit, that is worth a word


def explanation_text(outcome: Outcome) -> str:
    """All parts of the question, one after the other; says so where nothing was explained."""
    parts = outcome.trace.explain or ()
    if not parts:
        return "Nothing to explain: no sentence was found that shares a word with the question."
    dropped = [f"  dropped ({d.why}): {d.text}" for d in outcome.trace.dropped]
    return "\n\n".join([*(_part(p) for p in parts), *(["\n".join(dropped)] if dropped else [])])


def _part(part: Explanation) -> str:
    decision = part.decision
    lines = [
        f"Asked for: {part.asks}",
        f"Decision: {VERDICTS[decision.verdict]} ({_why(decision)})",
        f"  {_given(decision.given)}",
    ]
    for sentence in part.sentences:
        lines += _sentence(sentence)
    return "\n".join(lines)


def _why(decision: ExplainedDecision) -> str:
    logit, threshold = f"{decision.logit:+.2f}", f"{decision.threshold:+.2f}"
    if decision.heard:
        return (
            f"the article gives it to whoever is asked about; otherwise {logit}, and answers from {threshold}"
        )
    return f"{logit}; answers from {threshold}, so by {decision.logit - decision.threshold:+.2f}"


def _sentence(sentence: ExplainedSentence) -> list[str]:
    state = "chosen" if sentence.chosen else f"left out: {sentence.why_not}"
    place = f"{sentence.article_id} [{sentence.start}:{sentence.end}]"
    lines = [f"{sentence.score:+.2f}  {place}  {state}", f"       “{sentence.text}”"]
    return [*lines, f"       {_given(sentence.given)}"]


def _given(given: Mapping[str, float]) -> str:
    """What gave most, for or against, first."""
    told = sorted(((n, v) for n, v in given.items() if abs(v) >= LEAST), key=lambda p: -abs(p[1]))
    return ", ".join(f"{name.replace('_', ' ')} {value:+.2f}" for name, value in told[:SHOWN])
