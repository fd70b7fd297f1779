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
    )
