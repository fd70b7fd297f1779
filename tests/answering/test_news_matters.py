"""Change, conflict, false premises, texts that break off, copies, lists and looking around, as a user sees
them: over the invented news of ``eval/corpora/news`` and over the sample corpus."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eval.paths import NEWS
from eval.tools.holds import opened as opened_pages
from qa.answering.sides import within
from qa.errors import UsageError
from qa.index.near_duplicates import groups, signature
from qa.question.timeframe import as_of
from qa.text.dates import find_dates
from tests.conftest import ROOT


def opened(folder: Any, home: Any) -> Any:
    from qa.library import Library

    return Library.open(folder, home=home, cache=False)


@pytest.fixture(scope="module")
def matters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    library = opened(NEWS / "matters", tmp_path_factory.mktemp("home"))
    yield library
    library.close()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    library = opened(NEWS / "told", tmp_path_factory.mktemp("home"))
    yield library
    library.close()


# question -> (outlet, words that its side holds), oldest first; whether the reports are of different days
SIDES: list[tuple[str, list[tuple[str, str]], bool]] = [
    (
        "What was the strongest gust recorded during Storm Berit?",
        [("The Selwick Courier", "141"), ("Northshore Wire", "156")],
        True,
    ),
    (
        "How many households were blacked out on the night Storm Berit came through?",
        [("The Selwick Courier", "48,000"), ("Northshore Wire", "52,000")],
        True,
    ),
    (
        "By what margin did Brask city council pass the charge on cars?",
        [("Brask Ledger", "27 votes"), ("Calvenia Public Radio", "26 votes")],
        False,
    ),
]


@pytest.mark.parametrize(("question", "sides", "changed"), SIDES)
def test_sides_stand_beside_each_other(
    matters: Any, question: str, sides: list[tuple[str, str]], changed: bool
) -> None:
    outcome = matters.ask(question)
    shown = outcome.conflicts[0].sides
    for outlet, words in sides:
        assert any(words in s.text and s.outlet == outlet for s in shown), shown
    dates = [s.published for s in shown if s.published]
    assert dates == sorted(dates)
    by_number = {c.n: c for c in outcome.citations}
    assert all(
        by_number[s.citations[0]].quote and by_number[s.citations[0]].outlet == s.outlet for s in shown
    )
    (note,) = [n for n in outcome.notes if n.kind in ("conflict", "changed")]
    assert note.kind == ("changed" if changed else "conflict") and all(
        outlet in note.text for outlet, _ in sides
    )


@pytest.mark.parametrize(
    ("second", "question", "changed"),
    [
        ("2023-05-09", "How many people were killed in the Orley fire?", True),
        ("2024-08-02", "How many people were killed in the Orley fire?", False),  # of another fire, mostly
        ("2024-08-02", "How did the number of people killed in the Orley fire change?", True),
    ],
)
def test_reports_far_apart_follow_nothing_unless_a_change_is_asked_for(
    tmp_path: Path, second: str, question: str, changed: bool
) -> None:
    pages = {
        "a.md": "---\ntitle: Fire in Orley\noutlet: Orley Post\ndate: 2023-05-07\n---\n"
        "A fire in Orley killed four people on Sunday. The Orley fire began in a mill, the police said.\n",
        "b.md": f"---\ntitle: Orley fire kills nine\noutlet: Sund Courier\ndate: {second}\n---\n"
        "Nine people were killed in the Orley fire, the fire service said. It burned for two days.\n",
    }
    with opened_pages(pages, tmp_path) as library:
        outcome = library.ask(question)
    assert outcome.kind == "answer"
    assert any(n.kind == "changed" for n in outcome.notes) is changed


COST = {
    "2021-03-02": "The new bridge in Orley will cost 40 million crowns, the council said.",
    "2022-06-09": "The new bridge in Orley will cost 55 million crowns, the council said on Thursday.",
    "2023-10-04": "Orley paid 3 million crowns for its buses, a report of the auditors shows.",
}


@pytest.mark.parametrize(
    "question", ["How much will the new bridge in Orley cost?", "What will the bridge cost?"]
)
def test_what_lasts_has_states_far_apart_where_the_words_are_alike(tmp_path: Path, question: str) -> None:
    pages = {
        f"{day}.md": f"---\ntitle: Orley\noutlet: Orley Post\ndate: {day}\n---\n{text}\n"
        for day, text in COST.items()
    }
    with opened_pages(pages, tmp_path) as library:
        outcome = library.ask(question)
    assert "55 million" in outcome.claims[0].text
    (conflict,) = outcome.conflicts
    assert [s.published for s in conflict.sides] == ["2021-03-02", "2022-06-09"]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("2024-03-01", "2024-03-15", True),
        ("2024-03-16", "2024-03-01", False),
        ("2024-03", "2024-04-14", True),  # a month is as near as its nearest day
        ("2024", "2025-02-01", False),
        (None, "2024-03-01", False),
    ],
)
def test_days_near_enough_to_follow_each_other(one: str | None, other: str, near: bool) -> None:
    assert within(one, other) is near


def test_what_was_expected_and_what_came_of_it_are_both_quoted(matters: Any) -> None:
    asked = "How did first-quarter growth turn out compared with what the central bank had expected?"
    quotes = " ".join(c.quote for c in matters.ask(asked).citations)
    assert "2.1 per cent" in quotes and "1.3 per cent" in quotes


def test_reports_that_agree_are_no_conflict(matters: Any) -> None:
    assert matters.ask("Which island was the Lady Orsola bound for?").conflicts == ()


# question -> the denial (None: none, as nothing is denied of what is assumed)
PREMISES: list[tuple[str, str | None]] = [
    ("Who approved the plan to demolish the Corn Hall?", "never approved"),
    (
        "What did President Hallam say in her speech at the first funerals of the ferry victims?",
        "did not attend the funerals",
    ),
    ("How many councillors voted for the charge in Brask?", None),
    ("What did Premier Morvane promise the families at the funerals?", None),
    ("Why was Wexholm left out of the first list of storm damage?", None),
]


@pytest.mark.parametrize(("question", "denial"), PREMISES)
def test_premises(matters: Any, question: str, denial: str | None) -> None:
    outcome = matters.ask(question)
    if denial is None:
        assert outcome.premise is None
        return
    assert outcome.kind == "answer" and outcome.premise is not None and outcome.premise.asserted
    cited = {c.n: c.quote for c in outcome.citations}
    assert denial in cited[outcome.premise.citations[0]]
    assert outcome.text.startswith(
        f"The question assumes “{outcome.premise.asserted}”, which the source denies."
    )


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Who won first prize at the Brask Choir Festival?", "cut_off"),
        ("Where will the new county hospital be built?", "cut_off"),
        # its report breaks off too, but of another matter
        ("What did the county health board say about the Lady Orsola?", "not_in_corpus"),
        ("What did the club's board say about the toll?", "not_in_corpus"),
        ("What did the jury of the choir festival say about the ferry victims?", "not_in_corpus"),
        ("How fast did the economy of Calvenia grow in 2011?", "outside_dates"),
        ("What is the unemployment rate in Calvenia?", "not_in_corpus"),
    ],
)
def test_no_answer_with_its_reason(matters: Any, question: str, reason: str) -> None:
    outcome = matters.ask(question)
    assert (outcome.kind, outcome.reason, outcome.premise, outcome.conflicts) == (
        "abstention",
        reason,
        None,
        (),
    )


def test_every_district_comes_with_its_damage(sample: Any) -> None:
    outcome = sample.ask("Every district hit in Kyiv, with the damage in each")
    districts = [
        "Darnytskyi",
        "Dniprovskyi",
        "Podilskyi",
        "Shevchenkivskyi",
        "Holosiivskyi",
        "Desnianskyi",
        "Solomianskyi",
        "Sviatoshynskyi",
    ]
    assert [d for d in districts if f"{d} District" in outcome.text] == districts
    assert len(outcome.citations) >= len(districts)


def test_copies_are_one_source_and_listed(told: Any) -> None:
    outcome = told.ask("How many people were hurt when the ferry struck the pier?")
    (citation,) = outcome.citations
    files = {citation.article_id, *(a.article_id for a in citation.also_in)}
    assert files == {"coastal-wire-ferry.txt#1", "kelbrough-courier-ferry.txt#1", "skerran-beacon-pier.md#1"}
    assert "also in" in told_text(outcome)
    # of the report of the trial, two papers wrote for themselves
    stories = {
        a.article_id: a.story
        for row in told.store.files().values()
        for a in told.store.articles_of(row.source)
    }
    assert stories["kelbrough-evening-news-court.txt#1"] != stories["northern-sentinel-silver.md#1"]


def told_text(outcome: Any) -> str:
    from qa.presenting.plain_text import to_plain

    return to_plain(outcome)


WORDS = [f"word{n}" for n in range(400)]
REPORT = " ".join(WORDS)


@pytest.mark.parametrize(
    ("other", "copy"),
    [
        (REPORT, True),
        ("Another headline. " + REPORT, True),
        (" ".join(WORDS[60:]), True),
        (REPORT.replace("word7 ", "other "), True),
        (" ".join(WORDS[:200]), True),
        (" ".join(f"thing{n}" for n in range(400)), False),
        (" ".join(WORDS[:60] + [f"new{n}" for n in range(340)]), False),
        ("too short", False),
    ],
)
def test_copies(other: str, copy: bool) -> None:
    signatures = [(n, s) for n, s in ((1, signature(REPORT)), (2, signature(other))) if s is not None]
    assert groups(signatures) == ([[1, 2]] if copy else [])


def test_who_said_what_in_order(told: Any, sample: Any) -> None:
    outcome = told.who("Hallam")
    dates = [c.published for c in outcome.citations]
    assert len(outcome.claims) >= 4 and dates == sorted(dates) and dates[0] == "2024-05-14"
    assert {c.attribution.speaker for c in outcome.claims} == {"Ingrid Hallam"}
    assert [c.n for c in outcome.citations] == list(range(1, len(outcome.citations) + 1))
    assert (
        outcome.claims
        and sample.who("Kirby").claims
        and all("Zelensk" in c.attribution.speaker for c in sample.who("Zelensky").claims)
    )
    assert told.who("Nobody Atall").reason == "not_in_corpus"
    with pytest.raises(UsageError, match="empty"):
        told.who("  ")


def test_copies_are_heard_once(told: Any) -> None:
    said = [c.text for c in told.who("Quill").claims]
    assert len(said) == len(set(said)) and any("just a bang" in s for s in said)


def test_a_timeline_goes_by_what_happened(matters: Any) -> None:
    outcome = matters.timeline("sinking of the Lady Orsola")
    days = [(c.event_date.value.split("/")[0] if c.event_date else None) for c in outcome.claims]
    known = [d for d in days if d]
    assert len(known) >= 3 and known == sorted(known)
    assert all(c.quote in matters.store.text(matters.store.files()[c.file].source) for c in outcome.citations)
    with pytest.raises(UsageError, match="empty"):
        matters.timeline("?")


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("How many died as of 8 April 2024?", "2024-04-08"),
        ("As of March 2024, who leads?", "2024-03"),
        ("What was known as of 2023?", "2023"),
        ("What happened on 8 April 2024?", None),
        ("What did the law of March 2024 say?", None),
        ("As of when is it open?", None),
    ],
)
def test_as_of(question: str, date: str | None) -> None:
    asked = as_of(question)
    assert (asked.date if asked else None) == date
    assert asked is None or find_dates(asked.rest) == []


def test_as_of_leaves_later_reports_out(matters: Any) -> None:
    outcome = matters.ask("How many people died in the ferry sinking as of 8 April 2024?")
    assert outcome.as_of == "2024-04-08" and {n.kind for n in outcome.notes} >= {"as_of", "undated_left_out"}


def test_speakers_and_days_are_in_the_answer(sample: Any) -> None:
    outcome = sample.ask("What percentage of the vote did Putin get?")
    assert outcome.claims[0].attribution is not None
    outcome = sample.ask("What did Peskov say about a buffer zone?", caution="eager")
    assert any(
        c.attribution
        and c.attribution.speaker == "Dmitry Peskov"
        and c.attribution.role == "Kremlin spokesman"
        for c in outcome.claims
    )
    teaser = sample.ask(
        "On which date did Putin submit the amendments on dual citizenship for intelligence officers?"
    )
    assert any(n.kind == "year_not_stated" and "September 22" in n.text for n in teaser.notes)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("who", "Hallam", "--json"), 0),
        (("timeline", "ferry pier", "--json"), 0),
        (("who", "Nobody Atall"), 3),
    ],
)
def test_from_the_command_line(arguments: tuple[str, ...], code: int, tmp_path: Any) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qa", *arguments, "--articles", str(NEWS / "told")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"QA_HOME": str(tmp_path), "PATH": "", "QA_DENSE": "false"},
    )
    assert done.returncode == code, done.stderr
    if "--json" in arguments:
        outcome = json.loads(done.stdout)
        assert (
            outcome["format"] == "qa.answer/1"
            and outcome["claims"]
            and all(c["citations"] for c in outcome["claims"])
        )
    else:
        assert done.stdout.startswith("No answer to this was found")


# Over the five original files: question -> what the outcome must say of itself.
ORIGINAL: list[tuple[str, dict[str, Any]]] = [
    ("What did Assad tell Putin when they met?", {"kind": "answer", "premise": "they met"}),
    ("Every district hit in Kyiv, with the damage in each", {"kind": "answer", "citations": 8}),
    (
        "How many drones were used in the attack on Kyiv?",
        {"kind": "answer", "citations": 1},
    ),
    ("What does Macron need time for?", {"kind": "abstention", "reason": "cut_off"}),
    (
        "Did Putin himself call his result unique, or someone else?",
        {"kind": "answer", "speaker": ("Dmitry Peskov", "Kremlin spokesman")},
    ),
    (
        "What did Kirby say about the elections?",
        {"kind": "answer", "speaker": ("John Kirby", "National Security Spokesman")},
    ),
    (
        "When did Peskov say that Putin's election campaign had started?",
        {"kind": "answer", "event": "2023-12-08"},
    ),
    (
        "What price did Lukashenko offer for the Russian oil field?",
        {"kind": "abstention", "reason": "not_in_corpus"},
    ),
    ("What happened in the Kremlin in 1987?", {"kind": "abstention", "reason": "outside_dates"}),
]


@pytest.fixture(scope="module")
def original(originals: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    library = opened(originals, tmp_path_factory.mktemp("home"))
    yield library
    library.close()


@pytest.mark.originals
@pytest.mark.parametrize(("question", "wanted"), ORIGINAL)
def test_the_originals(original: Any, question: str, wanted: dict[str, Any]) -> None:
    outcome = original.ask(question)
    assert (outcome.kind, outcome.reason) == (wanted["kind"], wanted.get("reason"))
    assert (outcome.premise.asserted if outcome.premise else None) == wanted.get("premise")
    assert len(outcome.citations) >= wanted.get("citations", 0)
    if "sides" in wanted:
        shown = [s.text for s in outcome.conflicts[0].sides]
        assert all(any(words in text for text in shown) for words in wanted["sides"])
    if "speaker" in wanted:
        assert wanted["speaker"] in [
            (c.attribution.speaker, c.attribution.role) for c in outcome.claims if c.attribution
        ]
    if "event" in wanted:
        assert wanted["event"] in [c.event_date.value for c in outcome.claims if c.event_date]


@pytest.mark.originals
def test_who_and_timeline_over_the_originals(original: Any) -> None:
    said = original.who("Peskov")
    dates = [c.published or "9999" for c in said.citations]
    assert (
        len(said.claims) >= 30
        and dates == sorted(dates)
        and {c.attribution.speaker for c in said.claims} == {"Dmitry Peskov"}
    )
    assert {"2023-12", "2024-03"} <= {(c.published or "")[:7] for c in original.timeline("Navalny").citations}
