"""A sentence that opens with somebody who stands nowhere else in the article: whoever acts there speaks by
the participle or the second verb, and never the one who is acted on."""

from __future__ import annotations

import pytest

from qa.attribution.statements import statements

OPENINGS = (
    *("Clinton", "Trump", "Cruz", "Klein", "Washington", "Israel", "Apple", "Protesters", "Police", "Hamas"),
    *("The striker", "A rival", "Several neighbours", "Her lawyer", "Angry fans", "The court"),
)
DEEDS = (
    *("criticized {who}", "attacked {who} on Tuesday", "beat {who} in Norvik", "struck {who} in the north"),
    *("thanked {who} in a tweet", "accused {who} of a breach", "left {who} on Friday"),
)
SAYINGS = (", saying the talks had failed.", ", adding that the talks had failed.")
OBJECTS = ("Rubio", "Karl Osk", "Hamas targets", "Kiev", "the judge")


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("saying", SAYINGS)
def test_whoever_opens_the_sentence_speaks(opening: str, deed: str, saying: str) -> None:
    for who in OBJECTS:
        text = f"{opening} {deed.format(who=who)}{saying}"
        found = [s for s in statements(text) if "failed" in text[s.start : s.end]]
        assert found and all(_bare(opening) in s.speaker for s in found), (text, found)


def _bare(opening: str) -> str:
    return opening.removeprefix("The ").removeprefix("Her ")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Cruz dropped out of the race, saying voters had chosen.", "Cruz"),
        ("Kim sued West, alleging that he hid money.", "Kim"),
        ("Trump beat Rubio in Florida and said he would win.", "Trump"),
        ("Putin phoned Macron and told him that the attack must stop.", "Putin"),
        ("Holm replaced Lind as coach, promising “a new start.”", "Holm"),
        ("Holm sent Lind a letter, warning that the bridge would fall.", "Holm"),
        ("Tesla fired Karl Osk in May, saying he had leaked documents.", "Tesla"),
        ("Two men ran. “It was chaos,” one said.", "one"),
        ("Two men ran. “It was chaos,” said the other.", "the other"),
        ("Everybody says the bridge is safe.", "Everybody"),
        ("Wang Shulan (below, with her daughter) said the school was shut.", "Wang Shulan"),
        ("“I never saw it,” Terence Cook (no relation) told the inquiry.", "Terence Cook"),
        ("``We have run out of chairs,'' said Omar Sabbagh, the caretaker.", "Omar Sabbagh"),
        ("As first reported by Radio Meridian, the tanker struck the pier.", "Radio Meridian"),
        ("Carmen Duarte has since publicly conceded that the wall is hers.", "Carmen Duarte"),
        ("Scientists not involved in the study cautioned that it was small.", "Scientists"),
        ("Fishermen who lost boats say the horn never sounded.", "Fishermen"),
        ("The goats had better lawyers, Abel Stone grumbled.", "Abel Stone"),
        ("The goats had better lawyers, Abel Stone smiled.", None),
        ("A study of mice found that they sleep.", "A study"),
        ("The bridge is safe, a government study found.", "a government study"),
        ("Holt found the door open. He found it hard to sleep.", None),
        ("Juan Banks trains horses. “The owners weep,” he says.", "Juan Banks"),
        ("Cross-examined by Peter Quayle KC, Ada Tibbs said she was not sure.", "Ada Tibbs"),
        ("The ferry, two passengers said, left before Declan Rooney agreed to wait.", "two passengers"),
        ("The mayor has resigned, Reuters reported on Monday, citing officials.", "Reuters"),
        ("The complaint, filed in a court in Tacoma, says directors knew.", "complaint"),
        ("“I learned half of it,” Pablo Ortiz corrected her.", "Pablo Ortiz"),
        ("None said it was new.", None),
        ("Neither said the bridge was safe.", None),
        ("This surprised Karl Osk, saying a lot about him.", None),
    ],
)
def test_openings(text: str, speaker: str | None) -> None:
    found = dict.fromkeys(s.speaker for s in statements(text))
    assert list(found) == ([] if speaker is None else [speaker])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("After Ida Holt said the dam was safe, the town went back to work.", "the dam was safe"),
        ("Days after Ida Holt announced the recall, the firm was sued.", "the recall"),
        (
            "Ida Holt said the dam was safe, the last one standing.",
            "the dam was safe, the last one standing.",
        ),
    ],
)
def test_the_main_clause_is_the_narrators(text: str, told: str) -> None:
    assert [text[s.start : s.end] for s in statements(text)] == [told]


def test_the_land_of_an_office_is_no_name() -> None:
    text = "The Minister for the Environment and Water Tanya Lund said the dam was safe."
    assert [(s.speaker, s.role) for s in statements(text)] == [
        ("Tanya Lund", "Minister for the Environment and Water")
    ]
