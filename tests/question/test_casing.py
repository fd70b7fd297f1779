"""Names of a question typed without capitals."""

from __future__ import annotations

import pytest

from qa.question.casing import with_names

WRITTEN = {
    **{"Norvik": 12, "Harbour": 9, "harbour": 40, "March": 30, "march": 3, "NATO": 17, "Nato": 2},
    **{
        "Minister": 40,
        "minister": 2,
        "Russian": 9,
        "McCarran": 5,
        "Officials": 30,
        "officials": 60,
        "Tarn": 2,
        "bridge": 25,
        "Bridge": 8,
    },
}


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("who closed the harbour of norvik?", "who closed the harbour of Norvik?"),
        ("Who closed norvik harbour?", "Who closed Norvik harbour?"),  # the first word opens a sentence
        ("what does nato want in march?", "what does NATO want in March?"),  # as it is mostly written
        ("what did mccarran say", "what did McCarran say"),
        ("what do officials say of norvik's mayor", "what do officials say of Norvik's mayor"),
        ("who is the minister of norvik", "who is the minister of Norvik"),  # a title, no name
        ("who is the russian", "who is the Russian"),
        ("who closed the bridge at tarn", "who closed the bridge at tarn"),  # seen too seldom to tell
        ("Did Dahl leave norvik?", "Did Dahl leave norvik?"),  # whoever types capitals means them
        ("what of it", "what of it"),
        ("", ""),
    ],
)
def test_names_as_the_articles_have_them(question: str, read: str) -> None:
    assert with_names(question, lambda words: {w: WRITTEN[w] for w in words if w in WRITTEN}) == read


def test_only_letters_change() -> None:
    asked = "wHO closed norvik — the NORVIK harbour?"
    assert with_names(asked, lambda words: {w: 9 for w in words}).casefold() == asked.casefold()
