"""Gold files load, metrics are what they say, and a run scores what it asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eval.__main__ import COMMANDS
from eval.gold.questions import GoldError, GoldQuestion, Nugget, load_gold
from eval.paths import CORPORA, GOLD, ROOT
from eval.paths import SAMPLE as CORPUS
from eval.runs.suite import DRAFTED
from eval.scoring.metrics import METRICS, Case, score, states
from eval.scoring.ranking import ndcg_at, reciprocal_rank
from qa.answering.calibration import load_calibration
from qa.answering.decision import EVIDENCE
from qa.answering.features import CLOSER, FEATURES
from qa.types import AnswerSpan, Citation, Claim, CorpusInfo, Outcome, Trace, TraceHit

TEXT = "Putin leads with 87.3% of votes. The mill opens."


SPLITS = {
    "matters": "tune",
    "matters_report": "report",
    "tune": "tune",
    "tune_more": "tune",
    "filters": "tune",
    "ranking_pages": "tune",
    "calibration": "calibration",
    "report": "report",
    "report_more": "report",
}


@pytest.mark.parametrize("stem", SPLITS)
def test_gold_loads_and_quotes_are_verbatim(stem: str) -> None:
    corpus = (
        CORPORA / "pages"
        if stem == "ranking_pages"
        else CORPORA / "news" / "matters"
        if stem.startswith("matters")
        else CORPUS
    )
    gold = load_gold(GOLD / f"{stem}.yaml", corpus)
    assert gold.split == SPLITS[stem] and len(gold.questions) >= 16
    assert {p.stem for p in GOLD.glob("*.yaml")} == {*SPLITS, *DRAFTED}


BROKEN = [
    ("questions: []", "format"),
    ("- a", "valid"),
    ("format: [", "parsing"),
    (
        (
            "format: qa.gold/1\nsplit: tune\nhow: x\nquestions:\n"
            "- {id: a, category: date, question: q, expect: answer}"
        ),
        "needs nuggets",
    ),
    (
        (
            "format: qa.gold/1\nsplit: tune\nhow: x\nquestions:\n"
            "- {id: a, category: date, question: q, expect: answer, nuggets: [{text: t, accept: [t]}], "
            "quotes: [{article: '000_stamped_wire.txt#1', text: nowhere}]}"
        ),
        "not verbatim",
    ),
    (
        (
            "format: qa.gold/1\nsplit: tune\nhow: x\nquestions:\n"
            "- {id: a, category: date, question: q, expect: answer, extra: 1, nuggets: ["
            "{text: t, accept: [t]}]}"
        ),
        "extra",
    ),
]


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_broken_gold_is_one_clear_error(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "g.yaml").write_text(text, "utf-8")
    with pytest.raises(GoldError, match=message):
        load_gold(tmp_path / "g.yaml")


@pytest.mark.parametrize(
    ("text", "accept", "result"),
    [
        ("It has 87.3% of votes", "87.3%", True),
        ("It has 187.3% of votes", "87.3%", False),
        ("4,000 soldiers", "4000", True),
        ("“brave man,”", "brave man", True),
        ("A and B", "a && b", True),
        ("only A", "a && b", False),
        ("Zelenskyy’s call", "Zelenskyy's call", True),
    ],
)
def test_states(text: str, accept: str, result: bool) -> None:
    assert states(text, accept) is result


def outcome(
    text: str,
    kind: str = "answer",
    quote: str = TEXT[:32],
    start: int = 0,
    hits: tuple[str, ...] = ("a.txt#1",),
    answer: tuple[int, int] | None = None,
) -> Outcome:
    citation = Citation(
        n=1,
        article_id="a.txt#1",
        file="a.txt",
        title=None,
        outlet=None,
        url=None,
        published="2024-03-18",
        published_from="header",
        start=start,
        end=start + len(quote),
        quote=quote,
        line=1,
    )
    marks = AnswerSpan(n=1, start=answer[0], end=answer[1]) if answer else None
    return Outcome(
        question="q",
        standalone_question="q",
        kind=kind,
        reason=None if kind == "answer" else "not_in_corpus",
        text=text,  # type: ignore[arg-type]
        claims=(Claim(text=text, citations=(1,), answer=marks),) if kind == "answer" else (),
        citations=(citation,),
        corpus=CorpusInfo(articles=1, undated=0),
        trace=Trace(
            answerer="extractive",
            hits=tuple(TraceHit(article_id=h, start=0, end=1, score=1, stage="fused") for h in hits),
        ),
    )


GOLD_ANSWER = GoldQuestion(
    id="x",
    category="figure",
    question="q",
    expect="answer",
    nuggets=(Nugget(text="n", accept=("87.3%",)), Nugget(text="m", vital=False, accept=("mill",))),
    forbidden=("78.3%",),
    articles=("a.txt#1",),
    speaker="Dmitry Peskov",
    date="2024-03-18",
)
GOLD_NONE = GoldQuestion(
    id="y", category="no_answer", question="q", expect="abstention", reason="not_in_corpus"
)
SCORES: list[tuple[str, GoldQuestion, Outcome, dict[str, float | None]]] = [
    (
        "right",
        GOLD_ANSWER,
        outcome("It is 87.3%, Peskov said."),
        {
            "exact": 1,
            "vital_recall": 1,
            "nugget_recall": 0.5,
            "forbidden": 0,
            "answered": 1,
            "abstained": None,
            "citation_validity": 1,
            "citation_recall": 1,
            "citation_precision": 1,
            "speaker_shown": 1,
            "date": 1,
            "hit@1": 1,
        },
    ),
    (
        "wrong",
        GOLD_ANSWER,
        outcome("It is 78.3%.", hits=("b.txt#1", "a.txt#1")),
        {"exact": 0, "vital_recall": 0, "forbidden": 1, "speaker_shown": 0, "hit@1": 0, "mrr": 0.5},
    ),
    (
        "wrongly abstained",
        GOLD_ANSWER,
        outcome("None.", "abstention"),
        {
            "exact": 0,
            "vital_recall": 0,
            "answered": 0,
            "forbidden": None,
            "citation_recall": 0,
            "citation_precision": None,
            "words": None,
        },
    ),
    (
        "rightly abstained",
        GOLD_NONE,
        outcome("None.", "abstention"),
        {"exact": 1, "abstained": 1, "reason": 1, "vital_recall": None, "hit@1": None},
    ),
    ("wrongly answered", GOLD_NONE, outcome("It is so."), {"exact": 0, "abstained": 0, "reason": None}),
    ("nothing is marked", GOLD_ANSWER, outcome("It is 87.3%."), {"marked": None}),
    (
        "the answer is marked",
        GOLD_ANSWER,
        outcome("It is 87.3%.", quote="It is 87.3%.", start=10, answer=(16, 21)),
        {"marked": 1},
    ),
    (
        "a mark off by one word",
        GOLD_ANSWER,
        outcome("It is 87.3%.", quote="It is 87.3%.", start=10, answer=(13, 15)),
        {"marked": 0},
    ),
    ("a citation off by one", GOLD_ANSWER, outcome("87.3%", start=1), {"citation_validity": 0}),
]


@pytest.mark.parametrize(("gold", "result", "expected"), [s[1:] for s in SCORES], ids=[s[0] for s in SCORES])
def test_metrics(gold: GoldQuestion, result: Outcome, expected: dict[str, float | None]) -> None:
    scores = score(Case(gold, result, (("a.txt#1", 0, 32),), {"a.txt": TEXT}))
    assert {name: scores[name] for name in expected} == expected
    assert set(scores) == set(METRICS)


def test_ranking_metrics() -> None:
    assert reciprocal_rank(["b", "a"], {"a"}) == 0.5 and reciprocal_rank(["b"], {"a"}) == 0.0
    assert ndcg_at(10)(["a", "b"], {"a", "b"}) == 1.0 and 0 < ndcg_at(10)(["c", "a"], {"a"}) < 1


def test_the_calibration_fits_the_code() -> None:
    calibration = load_calibration()
    assert set(calibration.ranker.weights) <= {*FEATURES, *CLOSER}
    assert set(calibration.decision.weights) <= set(EVIDENCE)
    assert calibration.made_from["command"] == "python -m eval calibrate"


def test_the_pages_name_only_commands_that_exist() -> None:
    pages = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").glob("*.md"))]
    text = "\n".join(page.read_text("utf-8") for page in pages)
    assert set(re.findall(r"python -m eval ([\w-]+)", text)) <= set(COMMANDS)
