"""Which stage lost a question."""

from __future__ import annotations

from eval.scoring.metrics import Case, exact, states

# In the order in which they are asked; the first that fits is the stage.
STAGES = {
    "right": "right in full",
    "wrongly_answered": "answered although the articles do not hold it",
    "not_indexed": "a gold span is in no passage",
    "not_retrieved": "no passage with a gold span was retrieved",
    "dropped": "chosen, but dropped by verification",
    "wrongly_abstained": "retrieved, but not answered",
    "forbidden": "the answer holds a forbidden fact",
    "not_chosen": "retrieved, but not what was quoted",
    "error": "the question failed",
}


def stage_of(case: Case, indexed: bool) -> str:
    """``indexed``: whether every gold span (or, without spans, every gold article) is in a passage."""
    gold, outcome = case.gold, case.outcome
    if exact(case) == 1.0:
        return "right"
    if gold.expect == "abstention":
        return "wrongly_answered"
    if not indexed:
        return "not_indexed"
    hits = outcome.trace.hits
    if case.spans:
        found = any(
            h.article_id.rsplit("#", 1)[0] == s[0].rsplit("#", 1)[0] and h.start < s[2] and s[1] < h.end
            for h in hits
            for s in case.spans
        )
    else:
        found = not gold.articles or bool({h.article_id for h in hits} & set(gold.articles))
    if not found:
        return "not_retrieved"
    missing = [
        n for n in gold.nuggets if n.vital and not any(states(outcome.text, form) for form in n.accept)
    ]
    if any(states(d.text, form) for d in outcome.trace.dropped for n in missing for form in n.accept):
        return "dropped"
    if outcome.kind == "abstention":
        return "wrongly_abstained"
    return "forbidden" if any(states(outcome.text, f) for f in gold.forbidden) else "not_chosen"
