"""Claims that contradict themselves about who speaks. Every sentence is invented."""

from __future__ import annotations

import pytest

from eval.scoring.contradictions import contradictions, speakers_named
from qa.types import Attribution, Claim, Outcome


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("“It is old,” Jan Holt said on Monday.", {"Holt"}),
        ("“It is old,” said the mayor Jan Holt.", {"Holt"}),
        ("Jan Holt, the mayor, said it is old.", {"Holt"}),
        ("Sen. Holt said it is old, and Otto Lind told nobody.", {"Holt", "Lind"}),
        ("The quay is old, according to Jan Holt.", {"Holt"}),
        ("Jan Holt, a rower for Arlen, a town of the north, said Lind “would lose”.", {"Holt", "Lind"}),
        ("Jan Holt, head of quays at Arlen Works, a yard of boats, said it is old.", {"Holt"}),
        ("“It is old,” Jan Holt, who rows, told Radio Arlen.", {"Holt"}),
        ("It is old, according to Harbour spokesman Jan Holt, who rows.", {"Holt"}),
        ("“Holt said so,” a baker said.", set()),
        ("He said it is old.", set()),
        ("The quay is old.", set()),
    ],
)
def test_who_is_named_as_a_speaker(text: str, named: set[str]) -> None:
    assert speakers_named(text) == named


@pytest.mark.parametrize(
    ("text", "speaker", "voice", "wrong"),
    [
        ("“It is old,” Jan Holt said.", "Jan Holt", "direct", False),
        ("“It is old,” Holt said.", "Jan Holt", "direct", False),
        ("“It is old,” Otto Lind said.", "Jan Holt", "direct", True),
        ("“It is old,” Otto Lind said.", "a baker", "direct", False),
        ("“It is old,” Otto Lind said.", "Norvik Post", "outlet", False),
        ("“It is old,” he said.", "Jan Holt", "direct", False),
    ],
)
def test_a_claim_that_names_another(text: str, speaker: str, voice: str, wrong: bool) -> None:
    claim = Claim.model_construct(
        text=text, attribution=Attribution.model_construct(speaker=speaker, voice=voice)
    )
    found = list(contradictions(Outcome.model_construct(claims=(claim,))))
    assert bool(found) == wrong
