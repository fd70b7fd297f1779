"""Names of the question that an article holds nowhere."""

from __future__ import annotations

import pytest

from qa.answering.candidates import candidates
from qa.answering.named import names_absent
from qa.question.parsing import read_question
from qa.text.lands import same_land
from qa.text.terms import held
from qa.types import Article, Hit, Meta, Passage, Span, StoredArticle

TEXT = (
    "Mayor Per Dahl closed the bridge on Monday. The British ambassador in Norvik, who had come by U.S. "
    "ship, was told by the harbour office.\n\nIt opens again in May."
)


def found(text: str = TEXT) -> list:  # type: ignore[type-arg]
    article = Article(
        n=1, spans=(Span(start=0, end=len(text)),), meta=Meta(title="Bridge", outlet="Orley Post")
    )
    stored = StoredArticle(key=1, source=1, article_id="a.txt", file="a.txt", article=article)
    passage = Passage(start=0, end=len(text), header="", text=text)
    return candidates(
        [Hit(passage=passage, article=stored, score=1.0, rank=1, stage="fused")], lambda s: text
    )


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("Why was the bridge closed?", 0.0),  # names nobody
        ("What did Dahl close?", 0.0),
        ("Why did Eva Tuft close the bridge?", 1.0),
        ("Did Eva Dahl close the bridge?", 0.5),
        ("What did the Orley Post say of the bridge?", 0.0),  # its outlet
        ("Was Britain told of the bridge?", 0.0),  # its people
        ("Was London told of the bridge?", 0.0),
        ("Was an American ship there?", 0.0),
        ("Was Norway told of the bridge?", 1.0),
        ("Did Dahl close it by order of Tuft or of Lund?", 0.0),  # one of the two is not in the article
        ("What closed on Tuesday, June 4?", 0.0),  # days are the newspaper's
    ],
)
def test_the_share_of_the_names_that_the_article_lacks(question: str, share: float) -> None:
    lacks = names_absent(read_question(question), found(), lambda source: TEXT, lambda term: 0.5)
    assert lacks.tolist() == [share] * 3


def test_a_rare_name_counts_more() -> None:
    weight = {"dahl": 0.1}
    asked = read_question("Did Eva Dahl close the bridge?")
    (lacks, *_) = names_absent(asked, found(), lambda source: TEXT, lambda term: weight.get(term, 0.9))
    assert lacks == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("name", "share"), [("Norvikk", 0.0), ("Norwick", 0.0), ("Dhal", 0.0), ("Tuft", 1.0)]
)
def test_a_name_that_no_article_has_may_be_misspelt(name: str, share: float) -> None:
    asked = read_question(f"Why did {name} close the bridge?")
    assert names_absent(asked, found(), lambda source: TEXT, lambda term: 1.0).tolist() == [share] * 3


def test_names_of_a_land_are_each_others() -> None:
    for term, names in same_land().items():
        assert term in names
    assert {"usa", "american", "washington"} <= same_land()["usa"]
    assert "canada" not in same_land()["usa"]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The U.S. and the UK", {"usa", "uk"}),
        ("the United Nations said", {"un"}),
        ("us", set()),
        ("Zelenskyy’s offices", {"zelenski", "offic"}),
    ],
)
def test_terms_that_a_text_holds(text: str, terms: set[str]) -> None:
    assert held(text, frozenset(("usa", "uk", "un", "zelenski", "offic"))) == terms
