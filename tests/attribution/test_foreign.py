"""Direct speech with a named speaker in five other languages. Every sentence is invented."""

from __future__ import annotations

import pytest

from qa import statements

SPOKEN = [
    ("«Мост закрыт», — сказал Иван Орлов.", "«Мост закрыт»", "Иван Орлов"),
    ("«Мост закрыт», — заявила мэр Анна Белова.", "«Мост закрыт»", "Анна Белова"),
    ("Анна Белова сообщила: «Мост закрыт до весны».", "«Мост закрыт до весны»", "Анна Белова"),
    ("«Міст закрито», — сказав Іван Орленко.", "«Міст закрито»", "Іван Орленко"),
    ("Олена Біла зазначила: «Міст закрито до весни».", "«Міст закрито до весни»", "Олена Біла"),
    ("„Die Brücke ist zu“, sagte Otto Lindner.", "„Die Brücke ist zu“", "Otto Lindner"),
    ("„Die Brücke ist zu“, erklärte die Sprecherin Eva Holm am Montag.", "„Die Brücke ist zu“", "Eva Holm"),
    ("Otto Lindner sagte: „Die Brücke bleibt zu.“", "„Die Brücke bleibt zu.“", "Otto Lindner"),
    ("« Le pont est fermé », a déclaré Anne Roux.", "« Le pont est fermé »", "Anne Roux"),
    ("Anne Roux explique : « Le pont est fermé. »", "« Le pont est fermé. »", "Anne Roux"),
    ("«El puente está cerrado», dijo Marta Ríos.", "«El puente está cerrado»", "Marta Ríos"),
    ("Marta Ríos afirmó: “El puente está cerrado.”", "“El puente está cerrado.”", "Marta Ríos"),
]


@pytest.mark.parametrize(("text", "quote", "speaker"), SPOKEN)
def test_who_is_quoted(text: str, quote: str, speaker: str) -> None:
    assert [(s.text, s.speaker, s.voice) for s in statements(text)] == [(quote, speaker, "direct")]


@pytest.mark.parametrize("text", ["Der Film „Die Brücke“ läuft am Freitag.", "Фильм «Мост» выходит в мае."])
def test_a_title_in_marks_is_nobodys(text: str) -> None:
    assert statements(text) == ()
