"""No citation ever leaves verify that is not in its source, whatever the draft and whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.checking.support import unsupported
from qa.checking.verify import verify
from qa.types import Article, Draft, DraftClaim, DraftQuote, Meta, Span, StoredArticle

ALPHABET = st.sampled_from("ab \n\r“”\"'…\u00a0é9.中\U0001f600")
TEXT = st.text(ALPHABET, max_size=40)


def stored(text: str, spans: list[tuple[int, int]] | None = None) -> StoredArticle:
    article = Article(
        n=1,
        spans=tuple(Span(start=a, end=b) for a, b in spans or [(0, len(text))]),
        meta=Meta(outlet="The Post", published="2024-03"),
    )
    return StoredArticle(key=1, source=1, article_id="a.txt#1", file="a.txt", article=article)


def run(text: str, draft: Draft, spans: list[tuple[int, int]] | None = None):  # type: ignore[no-untyped-def]
    return verify(draft, lambda key: stored(text, spans), lambda source: text)


quotes = st.builds(DraftQuote, article=st.just(1), text=TEXT, start=st.one_of(st.none(), st.integers(-5, 60)))
claims = st.builds(DraftClaim, text=TEXT, quotes=st.lists(quotes, max_size=3).map(tuple))


@settings(max_examples=400)
@given(TEXT, st.lists(claims, max_size=4), st.lists(quotes, max_size=3), st.data())
def test_every_citation_is_in_the_source(
    text: str, made: list[DraftClaim], nearest: list[DraftQuote], data: st.DataObject
) -> None:
    if text and made and data.draw(st.booleans()):  # half of the drafts quote something real
        a = data.draw(st.integers(0, len(text) - 1))
        b = data.draw(st.integers(a + 1, len(text)))
        real = DraftQuote(article=1, text=text[a:b], start=data.draw(st.sampled_from([None, a, a + 1])))
        made = [made[0].model_copy(update={"quotes": (real,), "text": text[a:b]}), *made[1:]]
    if not text:
        return
    result = run(text, Draft(claims=tuple(made), nearest=tuple(nearest)))
    for c in result.citations:
        assert text[c.start : c.end] == c.quote != ""
        assert c.line == 1 + text[: c.start].replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert [c.n for c in result.citations] == list(range(1, len(result.citations) + 1))
    assert len({(c.start, c.end) for c in result.citations}) == len(result.citations)
    assert len(result.claims) + len(result.dropped) == len(made)
    cited = {n for claim in result.claims for n in claim.citations}
    assert all(claim.citations for claim in result.claims)
    if result.claims:
        assert cited == {c.n for c in result.citations} and result.reason is None
    else:
        assert result.reason == ("unverified" if made else "not_in_corpus")


SOURCE = (
    "Putin leads with 87.3% of votes.\nPeskov did not confirm the talks. “It’s over,” he said.\nMENU\n"
    "The mill opens in May."
)
SPANS = [(0, SOURCE.index("\nMENU")), (SOURCE.index("The mill"), len(SOURCE))]
POINTERS = [
    ("exact at its place", "Putin leads with 87.3% of votes.", 0, True),
    ("exact without a place", "did not confirm", None, True),
    ("exact at another place than said", "did not confirm", 3, True),
    ("one character off", "Putin leads with 87.4% of votes.", 0, False),
    ("straight for curly quotes", '"It\'s over,"', None, False),
    ("other case", "putin leads", None, False),
    ("white space collapsed", "votes. Peskov", None, False),
    ("boilerplate", "MENU", None, False),
    ("across boilerplate", "he said.\nMENU\nThe mill", None, False),
    ("empty", "", None, False),
    ("only white space", " \n", None, False),
]


@pytest.mark.parametrize(
    ("quote", "start", "passes"), [p[1:] for p in POINTERS], ids=[p[0] for p in POINTERS]
)
def test_pointer(quote: str, start: int | None, passes: bool) -> None:
    result = run(
        SOURCE,
        Draft(
            claims=(
                DraftClaim(
                    text=quote.strip() or "x", quotes=(DraftQuote(article=1, text=quote, start=start),)
                ),
            )
        ),
        SPANS,
    )
    assert [d.why for d in result.dropped] == ([] if passes else ["quote_not_found"])
    assert len(result.claims) == passes


SUPPORT = [
    ("the quote itself", "Putin leads with 87.3% of votes.", "Putin leads with 87.3% of votes.", None),
    ("in other words", "Putin has 87.3% of the vote.", "Putin leads with 87.3% of votes.", None),
    ("another number", "Putin has 78.3% of the vote.", "Putin leads with 87.3% of votes.", "number"),
    ("a number in words", "Four people died.", "4 people lost their lives.", None),
    ("thousands", "4000 soldiers left.", "The 4,000 soldiers were evacuated.", None),
    ("an invented name", "Putin beat Davankov.", "Putin leads with 87.3% of votes.", "name"),
    ("another spelling of a name", "A remark of Zelensky was quoted.", "“Delay,” Zelenskyy said.", None),
    ("another day", "He spoke on Monday.", "He spoke on Friday.", "date"),
    ("another year", "The force came in 2016.", "The force came in 2015.", "date"),
    ("a flipped negation", "Peskov confirmed the talks.", "Peskov did not confirm the talks.", "negation"),
    ("a negation put in", "Peskov never confirmed the talks.", "Peskov confirmed the talks.", "negation"),
]


@pytest.mark.parametrize(("claim", "quote", "why"), [s[1:] for s in SUPPORT], ids=[s[0] for s in SUPPORT])
def test_support(claim: str, quote: str, why: str | None) -> None:
    assert unsupported(claim, [quote]) == why


def test_what_is_dropped_leaves_no_citation_and_no_gap() -> None:
    good = DraftClaim(
        text="The mill opens in May.", quotes=(DraftQuote(article=1, text="The mill opens in May."),)
    )
    bad = DraftClaim(
        text="Putin has 99% of votes.",
        quotes=(DraftQuote(article=1, text="Putin leads with 87.3% of votes."),),
    )
    result = run(SOURCE, Draft(claims=(bad, good, DraftClaim(text=" ", quotes=()))), SPANS)
    assert [c.quote for c in result.citations] == ["The mill opens in May."]
    assert [(c.citations) for c in result.claims] == [(1,)]
    assert [d.why for d in result.dropped] == ["number", "empty"]
    only_bad = run(SOURCE, Draft(claims=(bad,)), SPANS)
    assert (only_bad.reason, [c.quote for c in only_bad.citations]) == (
        "unverified",
        ["Putin leads with 87.3% of votes."],
    )
