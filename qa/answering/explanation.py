"""Why an answer is what it is: what each feature gave to the best sentences, the decision and by how much,
why the next sentences were left out."""

from __future__ import annotations

from qa.answering.ranking import Ranked
from qa.answering.selection import Selection
from qa.types import Draft, ExplainedDecision, ExplainedSentence, Explanation

SHOWN = 6  # sentences that are explained
NOT_GIVEN = "no answer is given"


def explained(ranked: Ranked, selection: Selection, draft: Draft) -> Explanation:
    numbers = list(dict.fromkeys((*selection.chosen, *selection.left_out)))[:SHOWN]
    decision = ranked.decision
    return Explanation(
        asks=ranked.question.asks,
        decision=ExplainedDecision(
            verdict=decision.verdict,
            logit=round(decision.logit, 3),
            threshold=round(decision.threshold, 3),
            heard=decision.heard,
            given=dict(decision.given),
        ),
        sentences=tuple(_sentence(ranked, selection, i, draft) for i in numbers),
    )


def _sentence(ranked: Ranked, selection: Selection, i: int, draft: Draft) -> ExplainedSentence:
    candidate, reading = ranked.found[i], ranked.readings[i]
    row = ranked.table.row(i)
    told = bool(draft.claims) and i in selection.chosen
    return ExplainedSentence(
        article_id=candidate.article.article_id,
        start=candidate.core.start,
        end=candidate.core.end,
        text=" ".join(candidate.text.split()),
        score=round(float(ranked.scores[i]), 3),
        given=ranked.ranker.contributions(row),
        answer=(reading.span.start, reading.span.end) if reading.span else None,
        chosen=told,
        why_not=None if told else _why_not(selection, i, draft),
    )


def _why_not(selection: Selection, i: int, draft: Draft) -> str:
    return selection.left_out.get(i, NOT_GIVEN) if draft.claims else NOT_GIVEN
