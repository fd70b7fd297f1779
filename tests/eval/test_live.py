"""A model's votes and the figures of its prose, on made-up data."""

from __future__ import annotations

import pytest


def test_a_judges_votes_are_counted_and_an_unreadable_one_is_no_vote() -> None:
    from eval.tools.judge import judge
    from eval.tools.judge import told as judged
    from qa.llm.client import QueueLLM

    llm = QueueLLM(
        [
            "supported",
            "Supported.",
            "unsupported",
            "unsupported",
            "unsupported",
            "unsupported",
            "well …",
            "hm",
            "I think",
        ]
    )
    votes = [judge(llm, f"q{n}", "The mill opens.", ("The mill opens on Monday.",), 3) for n in range(3)]
    assert [v.support for v in votes] == [pytest.approx(2 / 3), 0.0, None] and [v.agreed for v in votes] == [
        False,
        True,
        True,
    ]
    assert (
        len({r.seed for r in llm.asked}) == 3
        and "- The mill opens on Monday." in llm.asked[0].messages[-1].content
    )
    text = judged(votes, "m")
    assert "of 2 claims supported" in text and "disagrees with itself on 1 of 3; 1 unscored" in text


def test_the_figures_of_prose() -> None:
    from eval.tools.prose import told as figures_of

    line = {
        "claims": [{}],
        "dropped": [{"why": "quote_not_found"}],
        "notes": [],
        "reason": None,
        "kind": "answer",
        "tokens": {"prompt": 100, "completion": 20},
        "seconds": {"answer": 2.0, "first_sentence": 1.0},
        "scores": {"exact": 1.0, "forbidden": None},
    }
    lost = {
        **line,
        "claims": [],
        "reason": "unverified",
        "kind": "abstention",
        "seconds": {"answer": 4.0},
        "notes": ["model_failed"],
        "dropped": [{"why": "number"}, {"why": "number"}],
    }
    text = figures_of([line, lost])
    assert (
        "the model failed on 1" in text
        and "claims drafted 4; their quote exact in 0.750; kept 1" in text
        and "answers lost to the check 1; answered 1" in text
    )
    assert (
        "3.0 s; first proven sentence after 1.0 s" in text
        and "exact 1.000 (2)" in text
        and "forbidden –" in text
    )
