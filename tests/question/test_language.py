"""Which questions are plainly not English."""

from __future__ import annotations

import pytest

from qa.question.language import foreign

FOREIGN = [
    "Wer gewann die Wahl?",
    "Warum wurde die Brücke gesperrt?",
    "Qui a gagné le prix ?",
    "¿Quién dijo que el puente es seguro?",
    "Perché il ponte è chiuso?",
    "Waarom is de brug dicht?",
    "Kto wygrał nagrodę?",
    "Кто сказал, что мост закрыт?",
    "桥为什么关闭？",
]
ENGLISH = [
    "Who called the result unique?",
    "What did Wer say of the bridge?",
    "Was the bridge closed?",
    "Die Linke: what was its share?",
    "Quelle who wrote about it?",
    "Did Łódź and Åre get the prize?",
    "bridge cost",
    "87.3%?",
    "",
    "What does “Кто виноват” mean?",
]


@pytest.mark.parametrize(
    ("question", "is_foreign"), [(q, True) for q in FOREIGN] + [(q, False) for q in ENGLISH]
)
def test_plain_cases_only(question: str, is_foreign: bool) -> None:
    assert foreign(question) == is_foreign
