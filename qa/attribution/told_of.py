"""Whether a thing is said, not saying: "three names mentioned for the post are …"."""

from __future__ import annotations

import re

from qa.attribution.acts import Word
from qa.attribution.mentions import Mention
from qa.attribution.quotations import MASK
from qa.attribution.subjects import speaks
from qa.text.lexicon.calendar import weekday_pattern

# Behind a participle, when, where or as what: "mentioned as candidates", "announced in May", "said Tuesday".
_NAMED_BEHIND = re.compile(
    rf"\s+(?:(?:as|in|for|by|at|during|on|with|from|to|against|under|last|this|earlier|yesterday)\b"
    rf"|{weekday_pattern(titled=True)})"
)
_PERFECT = re.compile(r"\b(?:has|have|had)\s+(?:\w+\s+)?$")
_WHAT_IS_TOLD = re.compile(rf"\bthat\b|[{MASK}:]")


def is_told_of(word: Word, who: Mention) -> bool:
    """Whether a thing is said, not saying: "three names mentioned for the post are …"."""
    return (
        word.form.endswith("ed")
        and who.kind == "role"
        and not speaks(who.head or "")
        and not _PERFECT.search(word.left)
        and _NAMED_BEHIND.match(word.tail) is not None
        and _WHAT_IS_TOLD.search(word.tail[:40]) is None
        and not _ends_a_sentence(word, who)
    )


_BEHIND_A_CLAUSE = re.compile(rf"[,{MASK}]\s*$")
_TO_THE_END = re.compile(r"[^,;:]{0,60}$")


def _ends_a_sentence(word: Word, who: Mention) -> bool:
    """Whether somebody and a verb close what was told before them: "The rink is shut, the city announced in a
    release"."""
    return (
        _BEHIND_A_CLAUSE.search(word.bare, word.start, who.start) is not None
        and _TO_THE_END.match(word.tail) is not None
    )
