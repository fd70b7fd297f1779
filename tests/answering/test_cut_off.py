"""A text that breaks off where the answer would stand, told so. Every text is invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval.tools.holds import opened

PAGES = {
    "ferries.md": "---\ntitle: Orley asks Lodar for help with its ferries\noutlet: Orley Post\n"
    "date: 2022-05-04\n---\n"
    "The mayor of Orley, Bram Holt, has asked the minister Ida Lund for help in the building of two ferries, "
    "writes the Lodar Courier.\n\n"
    "According to the paper, in a telephone conversation on May 2 Holt said that it is necessary to bring "
    "together the yards of Orley and the Sund Institute to build the ferries.\n\n"
    "Lund asked the mayor to give her time to …\n",
    "rain.md": "---\ntitle: Rain\noutlet: Orley Post\ndate: 2022-05-05\n---\n"
    "It rained in Orley on Thursday. The harbour stayed closed for a time.\n",
}


@pytest.fixture(scope="module")
def ferries(tmp_path_factory: pytest.TempPathFactory) -> Any:
    home: Path = tmp_path_factory.mktemp("home")
    with opened(PAGES, home) as library:
        yield library


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What did Lund ask the mayor to give her time for?", "cut_off"),
        ("What does Lund need time for?", "cut_off"),  # though another sentence seems to answer
        ("When did Holt and Lund have a telephone conversation?", None),
        ("When did Holt and Lund have the phone call about the ferries?", None),
        ("Who has asked Ida Lund for help?", None),
    ],
)
def test_what_breaks_off_before_the_answer(ferries: Any, question: str, reason: str | None) -> None:
    outcome = ferries.ask(question)
    assert (outcome.kind, outcome.reason) == ("abstention" if reason else "answer", reason)
