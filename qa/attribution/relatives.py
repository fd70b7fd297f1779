"""The source before a clause that narrows it: "echoing experts who say", "the ad, titled …, says"."""

from __future__ import annotations

import re

from qa.attribution.mentions import Mention
from qa.attribution.quotations import MASK
from qa.attribution.subjects import source_of

# Before the noun that a relative clause narrows: a participle ("echoing experts who say"), or the verb whose
# object it is ("angered the guild's top figures, who have said").
_DOING = re.compile(
    r"\s*(?!(?:leading|opposing|remaining|visiting|sitting|working|voting|ruling|neighboring|competing)\b)"
    r"[a-z]+ing\s+(?=\w)"
)
_OBJECT = re.compile(
    r".*\b(?:\w+ed|\w+s|of|with|by|to|from|among|for|including)\s+"
    r"((?:the|an?|some|many|several|most|his|her|their|its|[A-Z][\w-]+[’']s|[a-z]+)\s+[^,;:]{2,60})$"
)


def narrowed_by_relative(
    bare: str, start: int, cut: int, mentions: list[Mention], strong: bool
) -> Mention | None:
    """The source that a relative clause narrows, which begins at ``cut``: what stands behind the last sign
    before it, or the object of the verb there. ``strong`` as for ``source_of``."""
    stop = start + len(bare[start:cut].rstrip(" ,"))
    edge = max(bare.rfind(x, start, stop) for x in (",", ";", ":", "—", MASK)) + 1
    begin = max(edge, start)
    if (doing := _DOING.match(bare, begin, stop)) is not None:
        begin = doing.end()
    source = source_of(bare, begin, stop, mentions, strong=strong)
    if source is None and (noun := _OBJECT.match(bare, begin, stop)) is not None:
        source = source_of(bare, noun.start(1), stop, mentions, strong=strong)
    return source


# "The ad, titled ¤¤¤, concludes", "Divers, speaking on condition of anonymity because …, said"
_PASSED_ASIDE = re.compile(
    r"(?P<who>[^,;:¤]{3,120}?),\s+(?:titled|called|published|released|issued|passed|signed|dated|conducted|"
    r"filed|submitted|obtained|drafted|commissioned|written|seen\s+by|"
    r"speaking\s+on|who\s|which\s|whose\s)"
)


def before_aside(bare: str, start: int, comma: int, mentions: list[Mention]) -> Mention | None:
    """The noun phrase at the beginning of a sentence before an aside that ends at a comma."""
    phrase = _PASSED_ASIDE.match(bare, max(start, bare.rfind(MASK, start, comma) + 1), comma)
    return source_of(bare, phrase.start(), phrase.end("who"), mentions, strong=True) if phrase else None
