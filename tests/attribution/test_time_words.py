"""What stands in every expression of time, without which its pattern is not tried."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from qa.attribution.time_words import NEEDED, PATTERNS, may_hold
from qa.text.sentences import sentence_spans
from tests.conftest import ROOT

WORDS = """
a an two 3 the this last next that these days day week weeks weekend month year years decade decades ago after
before following since later earlier early late same previous coming past few recent in on of by mid Monday
Friday yesterday today tonight tomorrow morning Evening NIGHT March 3rd May 12 recently soon near foreseeable
future summer fall winter vote said . ,
""".split()


def unlooked_for(sentence: str) -> list[str]:
    """Kinds whose pattern matches in a sentence though it would not be tried."""
    tried = {kind for kind, _ in may_hold(sentence)}
    return [kind for kind, pattern in PATTERNS if pattern.search(sentence) and kind not in tried]


def test_every_kind_is_looked_for() -> None:
    assert set(NEEDED) == {kind for kind, _ in PATTERNS}


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_no_expression_is_passed_over(sentence: str) -> None:
    assert unlooked_for(sentence) == []


def test_no_expression_of_real_sentences_is_passed_over() -> None:
    texts = [
        p.read_text("utf-8", errors="replace") for p in sorted((ROOT / "eval" / "corpora").rglob("*.txt"))
    ]
    sentences = [re.sub(r"\s+", " ", t[a:b]) for t in texts for a, b in sentence_spans(t)]
    assert len(sentences) > 500
    assert [s for s in sentences if unlooked_for(s)] == []
