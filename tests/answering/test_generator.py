"""From a model's reply to a checked draft: parsing, anchoring, prompts, rewriting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answering.generator import anchored, draft_of
from qa.answering.prompts import NAMES, load_prompt
from qa.answering.reply import Growing, Reply, ReplyClaim, ReplyQuote, Unreadable, parse
from qa.answering.rewrite import faithful
from qa.errors import PromptError
from qa.library import Library
from qa.llm.client import QueueLLM
from qa.types import Finished
from tests.conftest import ROOT

ONE = [ReplyClaim(passage=1, quote="The “mill” opens.", text="The mill opens.")]
REPLIES: list[tuple[str, str, list[ReplyClaim] | None]] = [
    (
        "as asked",
        (
            '{"claims": [{"passage": 1, "quote": "The “mill” opens.", "text": "The mill opens."}], '
            '"breaks_off": null}'
        ),
        ONE,
    ),
    (
        "in fences",
        '```json\n{"claims": [{"passage": 1, "quote": "The “mill” opens.", "text": "The mill opens."}]}\n```',
        ONE,
    ),
    (
        "after prose",
        (
            'Here you are: {"claims": ['
            '{"passage": 1, "quote": "The “mill” opens.", "text": "The mill opens."}]} Anything else?'
        ),
        ONE,
    ),
    (
        "a trailing comma",
        '{"claims": [{"passage": 1, "quote": "The “mill” opens.", "text": "The mill opens.",},],}',
        ONE,
    ),
    (
        "a list given as a string",
        json.dumps(
            {"claims": json.dumps([{"passage": 1, "quote": "The “mill” opens.", "text": "The mill opens."}])}
        ),
        ONE,
    ),
    ("a bare list", '[{"passage": 1, "quote": "The “mill” opens.", "text": "The mill opens."}]', ONE),
    (
        "one object for a list",
        '{"claims": {"passage": 1, "quote": "The “mill” opens.", "text": "The mill opens."}}',
        ONE,
    ),
    (
        "a number in brackets",
        '{"claims": [{"passage": "[1]", "quote": "The “mill” opens.", "text": "The mill opens."}]}',
        ONE,
    ),
    (
        "a quote in a list",
        '{"claims": [{"passage": 1, "quote": ["The “mill” opens."], "text": "The mill opens."}]}',
        ONE,
    ),
    ("nothing found", '{"claims": [], "breaks_off": null}', []),
    ("unknown fields", '{"claims": [], "mood": "good"}', []),
    ("prose", "The mill opens on Monday.", None),
    ("empty", "", None),
    ("another object", '{"result": 4}', None),
    ("claims without words", '{"claims": [{"passage": 1}]}', None),
]


@pytest.mark.parametrize(("text", "claims"), [r[1:] for r in REPLIES], ids=[r[0] for r in REPLIES])
def test_replies_are_read_tolerantly(text: str, claims: list[ReplyClaim] | None) -> None:
    if claims is None:
        with pytest.raises(Unreadable):
            parse(text)
    else:
        assert parse(text).claims == claims


WORDS = st.text(min_size=1, max_size=12).filter(str.strip)


@given(
    st.lists(
        st.builds(ReplyClaim, passage=st.integers(0, 9), quote=WORDS, text=WORDS.map(str.strip)), max_size=3
    ),
    st.integers(1, 9),
    st.booleans(),
)
def test_a_growing_reply_gives_the_claims_of_the_whole(
    claims: list[ReplyClaim], size: int, ascii_only: bool
) -> None:
    text = json.dumps(
        {"claims": [c.model_dump() for c in claims], "breaks_off": None}, ensure_ascii=ascii_only
    )
    growing = Growing()
    found = [c for at in range(0, len(text), size) for c in growing.feed(text[at : at + size])]
    assert found == claims == parse(text).claims


@pytest.fixture
def hits(news: Path, tmp_path: Path) -> Any:
    (news / "teaser.txt").write_text(
        (
            "Date: 2024-03-06\nBridge report\n\nEngineers examined the bridge for two days. The cause of "
            "the cracks, they found, was …\n"
        ),
        "utf-8",
    )
    with Library.open(news, home=tmp_path / "home", embedder="hash") as library:
        yield sorted(library.retrieve("bridge school storm power engineers"), key=lambda h: h.article.file)


BRIDGE = "Repairs will cost 3.4 million crowns, mayor Ilse Brandt said."
ANCHORS: list[tuple[str, int, str, str | None]] = [
    ("where the model says", 1, BRIDGE, "bridge.txt"),
    ("in another passage, exactly", 2, BRIDGE, "bridge.txt"),
    ("a passage that is not there", 7, BRIDGE, "bridge.txt"),
    ("wrapped in quotation marks", 1, f"“{BRIDGE}”", "bridge.txt"),
    ("with space around", 1, f"  {BRIDGE}\n", "bridge.txt"),
    ("a full stop added", 1, "Repairs will cost 3.4 million crowns.", "bridge.txt"),
    ("a capital in mid-sentence", 1, "Engineers found cracks in two piers.", "bridge.txt"),
    ("too little left", 1, "Cracks in two piers.", None),
    ("a character off", 1, BRIDGE.replace("3.4", "3,4"), None),
    ("nowhere", 1, "The bridge fell.", None),
    ("two places joined", 1, "The Tarn bridge was closed on Monday … mayor Ilse Brandt said.", None),
]


@pytest.mark.parametrize(("passage", "quote", "file"), [a[1:] for a in ANCHORS], ids=[a[0] for a in ANCHORS])
def test_words_are_anchored_only_where_they_stand_exactly(
    hits: Any, passage: int, quote: str, file: str | None
) -> None:
    claim = anchored(ReplyClaim(passage=passage, quote=quote, text="t"), hits)
    found = claim.quotes[0]
    home = next(h for h in hits if h.article.key == found.article)
    if file is None:
        assert found.start is None, "left for verification to drop"
    else:
        assert found.start is not None and home.article.file == file
        assert (
            home.passage.text[found.start - home.passage.start :].startswith(found.text)
            and found.text.strip(".") in quote
        )


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("The cause of the cracks, they found, was …", "cut_off"),
        ("Engineers examined the bridge for two days.", "cut_off"),
        (BRIDGE, "not_in_corpus"),
        ("The cause was rust.", "not_in_corpus"),
    ],
)
def test_cut_off_is_believed_only_of_a_text_that_breaks_off(hits: Any, quote: str, reason: str) -> None:
    draft = draft_of(Reply(claims=[], breaks_off=ReplyQuote(passage=1, quote=quote)), hits)
    assert (draft.claims, draft.reason) == ((), reason)


# --- prompts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_prompts_load_and_say_what_they_are_for(name: str) -> None:
    prompt = load_prompt(name)
    text = (ROOT / "prompts" / f"{name}.md").read_text("utf-8")
    assert "<!--" in text and all("<!--" not in s.content for s in prompt.sections)
    assert prompt.sections[0].role == "system" and prompt.sections[-1].role == "user"
    readme = (ROOT / "prompts" / "README.md").read_text("utf-8")
    row = next(line for line in readme.splitlines() if line.startswith(f"| `{name}.md`"))
    assert prompt.front.caller in row and all(f"`{v}`" in row for v in prompt.front.variables)
    assert (ROOT / prompt.front.caller).is_file() and f'"{name}"' in (ROOT / prompt.front.caller).read_text(
        "utf-8"
    )


def test_the_beginning_of_the_answer_prompt_is_the_same_for_all() -> None:
    a, b = (load_prompt("answer").messages(passages=p, question=q) for p, q in (("x", "y"), ("v", "w")))
    assert a[:-1] == b[:-1] and len(a) > 6


def test_variables_are_strict_and_never_templates() -> None:
    prompt = load_prompt("judge")
    assert prompt.messages(claim="{{quotes}} {{claim}}", quotes="q")[-1].content.endswith(
        "Claim: {{quotes}} {{claim}}"
    )
    for wrong in ({"claim": "x"}, {"claim": "x", "quotes": "y", "more": "z"}):
        with pytest.raises(PromptError, match="needs claim, quotes"):
            prompt.messages(**wrong)


HEAD = "---\ncaller: x\nvariables: [a]\noutput: y\n---\n"
BAD_PROMPTS = [
    ("no front matter", "# user\n{{a}}", "front matter"),
    ("unknown field", HEAD.replace("output: y", "output: y\nmood: z") + "# user\n{{a}}", "front matter"),
    ("undeclared", HEAD + "# user\n{{a}} {{b}}", "declares"),
    ("unused", HEAD + "# user\nx", "declares"),
    ("text outside", HEAD + "hello\n# user\n{{a}}", "outside"),
]


@pytest.mark.parametrize(("text", "message"), [b[1:] for b in BAD_PROMPTS], ids=[b[0] for b in BAD_PROMPTS])
def test_broken_prompts_are_one_clear_error(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "answer.md").write_text(text, "utf-8")
    with pytest.raises(PromptError, match=message) as told:
        load_prompt("answer", tmp_path)
    assert "\n" not in str(told.value)


def test_a_folder_of_ones_own_wins_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "judge.md").write_text(HEAD + "# user\nmine {{a}}", "utf-8")
    assert load_prompt("judge", tmp_path).sections[0].content == "mine {{a}}"
    assert load_prompt("answer", tmp_path) == load_prompt("answer")
    commented = (
        (ROOT / "prompts" / "judge.md")
        .read_text("utf-8")
        .replace("<!-- Evaluation only", "<!-- Only for evaluation")
    )
    (tmp_path / "rewrite.md").write_text(commented.replace("claim, quotes", "claim, quotes"), "utf-8")
    assert load_prompt("rewrite", tmp_path).sha == load_prompt("judge").sha, "comments do not count"
    with pytest.raises(PromptError, match="no folder"):
        load_prompt("answer", tmp_path / "nowhere")


# --- follow-ups -------------------------------------------------------------------------------

HISTORY = ["Who closed the Tarn bridge?"]


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("What will the repairs of the Tarn bridge cost?", True),
        ("How much will they cost?", True),
        ("What will mayor Brandt's repairs cost?", False),
        ("The bridge costs 3 million", False),
        ("", False),
        ("two\nlines", False),
        ("bridge " * 200, False),
    ],
)
def test_a_rewriting_adds_nothing(text: str, good: bool) -> None:
    assert faithful(text, "And how much will the repairs cost?", HISTORY) is good


@pytest.mark.parametrize(
    ("reply", "searched"),
    [
        (
            "How much will the repairs of the Tarn bridge cost?",
            "How much will the repairs of the Tarn bridge cost?",
        ),
        (
            "Mayor Brandt said it costs 3.4 million.",
            "And how much will the repairs cost? (closed Tarn bridge)",
        ),
    ],
)
def test_follow_ups_are_rewritten_by_the_model_or_by_rule(
    news: Path, tmp_path: Path, reply: str, searched: str
) -> None:
    with Library.open(news, home=tmp_path / "home", embedder="hash", cache=False) as library:
        llm = QueueLLM(
            [
                reply,
                json.dumps({"claims": [{"passage": 1, "quote": BRIDGE, "text": BRIDGE}], "breaks_off": None}),
            ]
        )
        library.use(llm)
        outcome = library.ask("And how much will the repairs cost?", history=HISTORY)
    assert (outcome.standalone_question, outcome.kind, set(outcome.trace.prompts)) == (
        searched,
        "answer",
        {"rewrite", "answer"},
    )
    assert f"Question: {searched}" in llm.asked[-1].messages[-1].content


# --- the check of what a model says -----------------------------------------------------------

LIES: list[tuple[str, str, str]] = [
    ("a wrong number", "Putin leads with 78.3% of votes.", "number"),
    ("an invented name", "Putin leads Slutsky with 87.3% of votes.", "name"),
    ("an invented speaker", "Putin leads with 87.3% of votes, Kara-Murza said.", "speaker"),
    ("a flipped negation", "Putin does not lead with 87.3% of votes.", "negation"),
    ("a date from nowhere", "Putin leads with 87.3% of votes since Sunday.", "date"),
    (
        "true in the world, absent here",
        "Putin leads with 87.3% of votes against Kharitonov and Davankov.",
        "name",
    ),
]


@pytest.mark.parametrize(("text", "why"), [x[1:] for x in LIES], ids=[x[0] for x in LIES])
def test_what_the_quotes_do_not_carry_is_dropped(sample: Library, text: str, why: str) -> None:
    quote = (
        "Putin leads with 87.3% of votes, as the latest data of the Russian Central Election Commission "
        "show, with 99.72% of ballots processed."
    )
    truth = {"passage": 1, "quote": quote, "text": "Putin leads with 87.3% of the votes."}
    try:
        for claims, kind, kept in (
            ([{**truth, "text": text}], "abstention", 0),
            ([{**truth, "text": text}, truth], "answer", 1),
        ):
            sample.use(QueueLLM([json.dumps({"claims": claims, "breaks_off": None})]))
            outcome = sample.ask("What share of the vote did Putin get?")
            assert (outcome.kind, len(outcome.claims), [d.why for d in outcome.trace.dropped]) == (
                kind,
                kept,
                [why],
            )
            if kind == "abstention":
                assert outcome.reason == "unverified" and outcome.citations, "the nearest quotes are shown"
    finally:
        sample.use(None)


def test_events_of_a_quotes_only_answer(sample: Library) -> None:
    events = list(sample.stream("Who called Putin's election result unique?"))
    assert [e.kind for e in events] == ["searched", *["proven"] * (len(events) - 2), "finished"]
    last = events[-1]
    assert (
        isinstance(last, Finished)
        and last.outcome.kind == "answer"
        and len(last.outcome.claims) == len(events) - 2
    )
