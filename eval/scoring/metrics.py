"""Metrics: pure functions of a gold question and an outcome, in one table. A score that cannot be
computed is None (unscored), never zero and never NaN."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from eval.gold.questions import GoldQuestion
from eval.scoring.ranking import hit_at, ndcg_at, recall_at, reciprocal_rank
from qa.index.retriever import Filters
from qa.text.dates import day_range
from qa.types import Citation, Outcome

Score = float | None


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what came out of it. ``gold`` ids are mapped to the corpus that was asked;
    ``spans``: gold quotes as (article_id, start, end), empty on a corpus in other words; ``texts``:
    file -> source text."""

    gold: GoldQuestion
    outcome: Outcome
    spans: tuple[tuple[str, int, int], ...]
    texts: dict[str, str]


def fold(text: str) -> str:
    """For matching only: case, quotation marks, dashes, white space and thousands separators folded."""
    text = text.casefold().translate(
        {0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-", 0xA0: " "}
    )
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    return re.sub(r"\s+", " ", text)


def states(text: str, accept: str) -> bool:
    """Whether ``text`` holds an accepted form as whole words; "a && b" asks for both."""
    folded = fold(text)
    return all(
        re.search(rf"(?<!\w){re.escape(fold(part.strip()))}(?!\w)", folded) for part in accept.split("&&")
    )


def _answered(case: Case) -> bool:
    return case.outcome.kind == "answer"


def _nuggets(case: Case, vital_only: bool) -> Score:
    wanted = [n for n in case.gold.nuggets if n.vital or not vital_only]
    if case.gold.expect != "answer" or not wanted:
        return None
    if not _answered(case):
        return 0.0
    return sum(any(states(case.outcome.text, form) for form in n.accept) for n in wanted) / len(wanted)


def marked(case: Case) -> Score:
    """Of the vital nuggets that are told, the share that stands whole in the words that the answer marks."""
    if case.gold.expect != "answer" or not _answered(case):
        return None
    cited = {c.n: c for c in case.outcome.citations}
    spans = [c.answer for c in case.outcome.claims if c.answer is not None and c.answer.n in cited]
    words = [cited[s.n].quote[s.start - cited[s.n].start : s.end - cited[s.n].start] for s in spans]
    vital = [n.accept for n in case.gold.nuggets if n.vital]
    told = [[f for f in accept if states(case.outcome.text, f)] for accept in vital]
    kept = [forms for forms in told if forms]
    if not kept or not spans:
        return None
    return sum(any(states(w, f) for w in words for f in forms) for forms in kept) / len(kept)


def vital_recall(case: Case) -> Score:
    return _nuggets(case, vital_only=True)


def nugget_recall(case: Case) -> Score:
    return _nuggets(case, vital_only=False)


def forbidden(case: Case) -> Score:
    if not case.gold.forbidden or not _answered(case):
        return None
    return float(any(states(case.outcome.text, f) for f in case.gold.forbidden))


def exact(case: Case) -> Score:
    """Right in full: every vital nugget and nothing forbidden; or, where none is to be had, no answer."""
    if case.gold.expect == "abstention":
        return float(not _answered(case))
    return float(vital_recall(case) == 1.0 and not forbidden(case))


def answered_answerable(case: Case) -> Score:
    return float(_answered(case)) if case.gold.expect == "answer" else None


def abstained_unanswerable(case: Case) -> Score:
    return float(not _answered(case)) if case.gold.expect == "abstention" else None


def reason_right(case: Case) -> Score:
    if case.gold.expect != "abstention" or _answered(case):
        return None
    told = "not_in_corpus" if case.outcome.reason == "unsure" else case.outcome.reason  # both say: no answer
    return float(told == case.gold.reason)


def premise_denied(case: Case) -> Score:
    """A false premise that the text denies: the denial is told (its vital nuggets)."""
    return vital_recall(case) if case.gold.category == "false_premise" else None


def premise_shown(case: Case) -> Score:
    """``premise`` is filled where the source denies what is assumed, and rests on the denial; where the
    gold says of no denial, that it is empty."""
    if case.gold.denied_by is None:
        return None if case.gold.category == "false_premise" else float(case.outcome.premise is None)
    if case.outcome.premise is None:
        return 0.0
    cited = [c.quote for c in case.outcome.citations if c.n in case.outcome.premise.citations]
    return float(
        any(fold(case.gold.denied_by) in fold(q) or fold(q) in fold(case.gold.denied_by) for q in cited)
    )


def sides_shown(case: Case) -> Score:
    """``conflicts`` holds every side that the gold names, with its outlet."""
    if not case.gold.sides:
        return None
    shown = [s for conflict in case.outcome.conflicts for s in conflict.sides]
    return float(
        all(
            any(states(s.text, want.has) and fold(want.outlet) == fold(s.outlet or "") for s in shown)
            for want in case.gold.sides
        )
    )


def order_kept(case: Case) -> Score:
    """The states of a thing are told, oldest first."""
    if not case.gold.order:
        return None
    text = fold(case.outcome.text)
    places = [re.search(rf"(?<!\w){re.escape(fold(state))}(?!\w)", text) for state in case.gold.order]
    at = [m.start() for m in places if m]
    return float(_answered(case) and len(at) == len(places) and at == sorted(at))


def citation_validity(case: Case) -> Score:
    """The share of citations that are the source's own characters. 1.0 by construction."""
    if not case.outcome.citations:
        return None
    return sum(case.texts[c.file][c.start : c.end] == c.quote for c in case.outcome.citations) / len(
        case.outcome.citations
    )


def _overlaps(a: tuple[str, int, int], b: tuple[str, int, int]) -> bool:
    return a[0].rsplit("#", 1)[0] == b[0].rsplit("#", 1)[0] and a[1] < b[2] and b[1] < a[2]


def citation_recall(case: Case) -> Score:
    """The share of gold spans that a citation touches (after ALCE, Gao et al. 2023, with gold spans in
    place of an entailment model)."""
    if case.gold.expect != "answer" or not case.spans:
        return None
    cited = [(c.article_id, c.start, c.end) for c in case.outcome.citations] if _answered(case) else []
    return sum(any(_overlaps(span, c) for c in cited) for span in case.spans) / len(case.spans)


def citation_precision(case: Case) -> Score:
    """The share of citations that touch a gold span."""
    if case.gold.expect != "answer" or not case.spans or not _answered(case):
        return None
    cited = [(c.article_id, c.start, c.end) for c in case.outcome.citations]
    return sum(any(_overlaps(span, c) for span in case.spans) for c in cited) / len(cited)


def article_cited(case: Case) -> Score:
    """The share of the gold articles that the answer cites; counts on any corpus with these facts."""
    if case.gold.expect != "answer" or not case.gold.articles:
        return None
    cited = {c.article_id for c in case.outcome.citations} if _answered(case) else set()
    return sum(a in cited for a in case.gold.articles) / len(case.gold.articles)


def attribution(case: Case) -> Score:
    """The gold speaker is the speaker of a claim; unscored where no claim carries an attribution."""
    speakers = [c.attribution.speaker for c in case.outcome.claims if c.attribution]
    if case.gold.speaker is None or not speakers:
        return None
    last = fold(case.gold.speaker).split()[-1]
    return float(any(last in fold(s) for s in speakers))


def speaker_shown(case: Case) -> Score:
    """The gold speaker's family name stands in the answer."""
    if case.gold.speaker is None or case.gold.expect != "answer":
        return None
    return float(_answered(case) and states(case.outcome.text, case.gold.speaker.split()[-1]))


def date_right(case: Case) -> Score:
    """The gold date is the date of a cited article, of a claim's event, or stands in the answer."""
    if case.gold.date is None or case.gold.expect != "answer":
        return None
    dates = {c.published for c in case.outcome.citations} | {
        c.event_date.value for c in case.outcome.claims if c.event_date
    }
    return float(_answered(case) and (case.gold.date in dates or states(case.outcome.text, case.gold.date)))


def words(case: Case) -> Score:
    return float(len(case.outcome.text.split())) if _answered(case) else None


def _ranked(case: Case) -> list[str]:
    return list(dict.fromkeys(h.article_id for h in case.outcome.trace.hits))


def _retrieval(of: Callable[[list[str], set[str]], float]) -> Callable[[Case], Score]:
    def score(case: Case) -> Score:
        if case.gold.expect != "answer" or not case.gold.articles:
            return None
        return of(_ranked(case), set(case.gold.articles))

    return score


def claims_cited(case: Case) -> Score:
    """The share of an answer's claims that name at least one citation, all of which exist."""
    if not _answered(case):
        return None
    known = {c.n for c in case.outcome.citations}
    claims = case.outcome.claims
    return (
        sum(bool(c.citations) and set(c.citations) <= known for c in claims) / len(claims) if claims else 0.0
    )


def filters_kept(case: Case) -> Score:
    """The share of citations of articles that the question's filters leave."""
    q = case.gold
    if not case.outcome.citations or not (q.since or q.until or q.outlet):
        return None
    filters = Filters.of(q.since, q.until, q.outlet, q.undated)

    def left(citation: Citation) -> bool:
        if q.outlet and q.outlet.casefold() not in (citation.outlet or "").casefold():
            return False
        if citation.published is None:
            return not filters.dated or q.undated
        first, last = day_range(citation.published)
        return (filters.since is None or first >= filters.since) and (
            filters.until is None or last <= filters.until
        )

    return sum(map(left, case.outcome.citations)) / len(case.outcome.citations)


@dataclass(frozen=True, slots=True)
class Metric:
    """One row of a table of metrics. ``rule``: how the gate treats it. A *guarantee* may get worse for
    no item; a *paired* metric may not get worse by a paired test; *told* ones are only reported."""

    score: Callable[[Any], Score]
    about: str
    better: Literal["higher", "lower"] = "higher"
    unit: Literal["share", "words"] = "share"
    rule: Literal["guarantee", "paired", "told"] = "paired"
    version: int = 1


METRICS: dict[str, Metric] = {
    "exact": Metric(exact, "right in full, abstentions included"),
    "vital_recall": Metric(vital_recall, "vital nuggets told"),
    "nugget_recall": Metric(nugget_recall, "all nuggets told"),
    "marked": Metric(marked, "told vital nuggets that stand in the marked words"),
    "forbidden": Metric(forbidden, "answers with a forbidden fact", "lower", rule="guarantee"),
    "answered": Metric(answered_answerable, "answerable questions answered (coverage)"),
    "abstained": Metric(abstained_unanswerable, "unanswerable questions not answered"),
    "reason": Metric(reason_right, "abstentions with the right reason"),
    "premise": Metric(premise_denied, "false premises denied"),
    "premise_shown": Metric(premise_shown, "`premise` filled where, and only where, a premise is denied"),
    "sides_shown": Metric(sides_shown, "`conflicts` holds every side with its outlet"),
    "order_kept": Metric(order_kept, "states of a thing told, oldest first"),
    "claims_cited": Metric(claims_cited, "claims with a citation", rule="guarantee"),
    "filters_kept": Metric(filters_kept, "citations within the filters", rule="guarantee"),
    "citation_validity": Metric(
        citation_validity, "citations that are the source's own characters", rule="guarantee"
    ),
    "citation_recall": Metric(citation_recall, "gold spans cited"),
    "citation_precision": Metric(citation_precision, "citations on gold spans"),
    "article_cited": Metric(article_cited, "gold articles cited"),
    "attribution": Metric(attribution, "gold speaker is a claim's speaker"),
    "speaker_shown": Metric(speaker_shown, "gold speaker named in the answer"),
    "date": Metric(date_right, "gold date shown"),
    "words": Metric(words, "length of an answer", "lower", "words"),
    "hit@1": Metric(_retrieval(hit_at(1)), "a gold article is retrieved first"),
    "hit@3": Metric(_retrieval(hit_at(3)), "a gold article among the first three"),
    "recall@10": Metric(_retrieval(recall_at(10)), "gold articles retrieved"),
    "mrr": Metric(_retrieval(reciprocal_rank), "reciprocal rank of the first gold article"),
    "ndcg@10": Metric(_retrieval(ndcg_at(10)), "ranking of the gold articles"),
}


def score(case: Any, table: Mapping[str, Metric] = METRICS) -> dict[str, Score]:
    """Every metric of a table for one case."""
    return {name: metric.score(case) for name, metric in table.items()}
