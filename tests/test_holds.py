"""What holds now, as a user sees it: rows of the store, states of a story, corrections beside what they
correct."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from eval.tools.holds import HOLDS, catalogue, check_story, opened, read, short_of


def test_questions_about_the_articles_are_answered_from_the_store() -> None:
    asked = list(catalogue("tune"))
    assert len(asked) == 59
    assert [told for _, found, told in asked if not found["no_quote"]] == []
    assert sum(found["right"] for _, found, _ in asked) >= 57


@pytest.mark.parametrize(
    ("question", "kind", "words"),
    [
        ("Which paper wrote about the spared cats?", "answer", "Orley Post reports"),  # no outlet is stated
        ("Which paper published the article about the spared cats?", "abstention", "states no outlet"),
    ],
)
def test_what_a_page_does_not_state_of_itself_its_words_may(
    tmp_path: Path, question: str, kind: str, words: str
) -> None:
    page = (
        "Title: Cats spared\n\nThe Orley Post reports that the council has spared the cats of the harbour.\n"
    )
    with opened({"cats.txt": page}, tmp_path) as library:
        outcome = library.ask(question)
    assert outcome.kind == kind and words in outcome.text


def story(name: str, home: Path) -> tuple[Any, dict[str, Any]]:
    row = next(s for s in read("stories", "tune") if s["name"] == name)
    return opened(row["files"], home), row


def test_the_newest_state_comes_first_and_all_are_sides(tmp_path: Path) -> None:
    library, row = story("nordlund-ferry", tmp_path)
    with library:
        for ask in row["ask"]:
            found = check_story(library.ask(ask["question"]), ask)
            assert all(found.values() if ask["how"] != "as_of" else [found["newest"], found["clean"]])
        outcome = library.ask(row["ask"][0]["question"])
    assert [c.how for c in outcome.conflicts] == ["changed"]
    assert "changed" in {n.kind for n in outcome.notes}


def test_a_withdrawal_in_another_file_stands_beside_the_story(tmp_path: Path) -> None:
    head = "---\ntitle: {}\noutlet: Orley Post\ndate: {}\n---\n"
    told = head.format("Tower to fall", "2022-05-03") + (
        "The old tower of Orley will be torn down in June, the owner said.\n"
    )
    kill = head.format("To our readers", "2022-05-05") + (
        "The article “Tower to fall” has been withdrawn. It was based on a forged letter.\n"
    )
    with opened({"tower.md": told, "withdrawn.md": kill}, tmp_path) as library:
        outcome = library.ask("When will the old tower of Orley be torn down?")
    assert [c.how for c in outcome.conflicts] == ["corrected"]
    assert "withdrawn" in outcome.conflicts[0].sides[-1].text


def test_held_out_material_is_there() -> None:
    for name in ("stories", "corrections", "times", "catalogue"):
        assert (HOLDS / f"{name}.yaml").is_file() and read(name, "held")


@pytest.mark.parametrize(("newest", "short"), [(17, 0), (15, 0), (8, 1)])
def test_fewer_right_than_least_is_told(newest: int, short: int) -> None:
    told = short_of("stories", "tune", Counter(order=20, clean=23, newest=newest))
    assert len(told) == short and all("newest" in t for t in told)
    assert short_of("premises", "tune", Counter()) == []
