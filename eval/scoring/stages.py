"""Which stage lost a question."""

from __future__ import annotations

from collections.abc import Callable

from eval.scoring.metrics import Case, exact, states

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


def _retrieved(case: Case) -> bool:
    """A hit touches a gold span; without spans, a gold article is among the hits."""
    hits = case.outcome.trace.hits
    if not case.spans:
        return not case.gold.articles or bool({h.article_id for h in hits} & set(case.gold.articles))
    return any(
        h.article_id.rsplit("#", 1)[0] == file.rsplit("#", 1)[0] and h.start < end and start < h.end
        for h in hits
        for file, start, end in case.spans
    )


def _dropped(case: Case) -> bool:
    """A dropped claim states a vital nugget that the answer misses."""
    told, dropped = case.outcome.text, case.outcome.trace.dropped
    vital = [n.accept for n in case.gold.nuggets if n.vital]
    missing = [forms for forms in vital if not any(states(told, form) for form in forms)]
    return any(states(d.text, form) for d in dropped for forms in missing for form in forms)


def _forbidden(case: Case) -> bool:
    return any(states(case.outcome.text, fact) for fact in case.gold.forbidden)


# stage -> whether a question was lost there; the first that fits, else "not_chosen"
_LOST_AT: tuple[tuple[str, Callable[[Case, bool], bool]], ...] = (
    ("right", lambda case, _: exact(case) == 1.0),
    ("wrongly_answered", lambda case, _: case.gold.expect == "abstention"),
    ("not_indexed", lambda _, indexed: not indexed),
    ("not_retrieved", lambda case, _: not _retrieved(case)),
    ("dropped", lambda case, _: _dropped(case)),
    ("wrongly_abstained", lambda case, _: case.outcome.kind == "abstention"),
    ("forbidden", lambda case, _: _forbidden(case)),
)


def stage_of(case: Case, indexed: bool) -> str:
    """``indexed``: whether every gold span (or, without spans, every gold article) is in a passage."""
    return next((stage for stage, lost in _LOST_AT if lost(case, indexed)), "not_chosen")
