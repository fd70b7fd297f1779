"""The type of thing that a question asks for (a number, a date, a person, a place …), and for a number the
kind of figure."""

from __future__ import annotations

import re
from typing import Literal

from qa.text.lexicon.people import person_pattern
from qa.text.lexicon.speech import verb_pattern

Asks = Literal["number", "date", "person", "place", "name", "reason", "statement", "other"]

# Nouns that stand for a type in "which N …". They are pieces of verbose patterns.
_PERSON = rf"{person_pattern()} | generals? | individuals?"
_ASKED = verb_pattern("asked", of=lambda v: (v.lemma,))
_PLACE = r"""
    cit(?:y|ies) | countr(?:y|ies) | towns? | villages? | places? | districts? | regions?    # governed
    | states? | provinces? | venues? | locations? | capitals?
    | areas? | continents? | islands? | neighbou?rhoods? | streets? | sites?                 # on the map
    | part\ of | parts\ of | county | counties | resort
"""
_NAME = r"""
    newspapers? | outlets? | part(?:y|ies) | compan(?:y|ies) | agenc(?:y|ies)                # bodies
    | institutions? | institutes? | organi[sz]ations? | groups? | teams? | universit(?:y|ies)
    | publications? | magazines? | platforms? | programs? | programmes? | projects?          # works
    | systems? | services? | missiles? | weapons? | films? | movies? | books?
    | bodies | body | embassy | embassies | bases? | banks? | brands?                        # bodies
    | names? | law | act | treaty | airline | app
"""
_DATE = r"""
    days? | dates? | years? | months? | times? | weekdays? | weeks? | hours?
    | decade | century | day\ of\ the\ week
"""
_NUMBER = r"""
    percentages? | percent | per\ cent | share                                               # of a whole
    | numbers? | figures? | amounts? | sums? | price | cost                                  # counted, paid
    | age | length | duration | size | total | toll | rate                                   # measured
    | distance | range | population | height | speed
"""

# The row that matches nearest to the beginning decides: "What did he say when …" asks no date.
_TYPES: list[tuple[Asks, re.Pattern[str]]] = [
    (
        "number",
        re.compile(
            r"""
            \bhow\ (?:
                many | much | long | old | big | large | far | fast | tall | high | deep
                | often | quickly | heavy | soon | wide | great\ a
            )\b
            """,
            re.I | re.X,
        ),
    ),
    (
        "date",
        re.compile(
            rf"""
            \b(?: when | since\ when | until\ when | how\ recently )\b
            | \b(?:what|which)\s+(?:\w+\s+)?(?:{_DATE})\b          # which election year
            | \bwhat\ was\ the\ date | dateline
            """,
            re.I | re.X,
        ),
    ),
    (
        "number",
        re.compile(rf"\b(?:what|which|wat|the)\s+(?:\w+\s+){{0,2}}(?:{_NUMBER})\b", re.I | re.X),
    ),
    (
        "person",
        re.compile(
            rf"""
            \b(?:who|whom|whose)\b
            | \b(?:what|which|name\ of\ the)\s+(?:[\w.-]+\s+){{0,2}}(?:{_PERSON})\b
            """,
            re.I | re.X,
        ),
    ),
    (
        "place",
        re.compile(rf"\bwhere\b | \b(?:what|which)\s+(?:[\w.-]+\s+){{0,2}}(?:{_PLACE})\b", re.I | re.X),
    ),
    (
        "reason",
        re.compile(
            r"""
            \b(?:
                why | for\ what\ reason | what\ (?:was|is|were)\ the\ reason
                | how\ come | what\ made | what\ caused
            )\b
            """,
            re.I | re.X,
        ),
    ),
    (
        "statement",
        re.compile(
            rf"""
            \bwhat\ (?:did|does|do|has|had|was|is)\b .* \b(?: {_ASKED} | said | told | mean | want )\b
            | \bhow\ did\b .* \b(?: {_ASKED} | react | judge | justify )\b       # how did X react
            """,
            re.I | re.X,
        ),
    ),
    (
        "name",
        re.compile(rf"\b(?:what|which|name|list)\s+(?:[\w.-]+\s+){{0,3}}(?:{_NAME})\b", re.I | re.X),
    ),
]
# Words of a telegraphic question that carry its type ("Biden exit race month").
_BARE: list[tuple[Asks, re.Pattern[str]]] = [
    ("date", re.compile(r"\b(?:date|month|year|day|when|weekday)\b", re.I)),
    ("number", re.compile(rf"\b(?:{_NUMBER}|how\ many)\b", re.I | re.X)),
    ("place", re.compile(r"\b(?:venue|location|where|place|city|country)\b", re.I)),
]


def asked_type(text: str) -> Asks:
    """The type of thing that the question ``text`` asks for; "other" where it shows none."""
    found = [
        (m.start(), rank, asks) for rank, (asks, pattern) in enumerate(_TYPES) if (m := pattern.search(text))
    ]
    if found:
        return min(found)[2]
    if not text.rstrip().endswith("?"):
        for asks, pattern in _BARE:
            if pattern.search(text):
                return asks
    return "other"


# kind of figure -> (how a question asks for it, how a text states it)
MEASURES: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "money": (
        re.compile(
            r"""
            \bhow\ much\ (?: money|is|was|were|did|does|do|has|had|will|would|are )\b .* \b(?:
                pay | paid | cost | spend | spent | worth | earn | owe | donate | give | gave
                | fine | fined | charge | invest | lend | offer | receive | raise
            )
            | \b(?: price | cost | fee | salary | fine | budget )\b
            | \bhow\ (?:many|much)\ (?:[\w-]+\ )?(?:
                dollars | euros | pounds | rubles | roubles | billions | millions
            )\b
            """,
            re.I | re.X,
        ),
        re.compile(
            r"""
            [$€£¥₽]
            | \b(?:
                dollars? | euros? | pounds? | ru?oubles? | rubles? | crowns? | florins? | yen | yuan
                | francs? | lira | cents? | pence | usd | eur
            )\b
            """,
            re.I | re.X,
        ),
    ),
    "share": (
        re.compile(r"\b(?:percent\w*|per cent|share|proportion|what part|fraction)\b", re.I),
        re.compile(
            r"%|\b(?:percent|per cent|pct|half|third|quarter|tenth|majority|in (?:ten|five|three))\b", re.I
        ),
    ),
    "distance": (
        re.compile(
            r"""
            \b(?:
                kilomet\w+ | miles? | met(?:re|er)s? | km | how\ (?:far|wide|tall|high|deep)
                | distance | range | height | width
            )\b
            """,
            re.I | re.X,
        ),
        re.compile(
            r"""
            \d[\d.,]*[\s\u00a0-]*(?:
                km | kilomet\w+ | miles? | m\b | met(?:re|er)s? | feet | foot | ft\b | inch\w* | mm\b | cm\b
            )
            """,
            re.I | re.X,
        ),
    ),
    "duration": (
        re.compile(
            r"""
            \b(?:
                minutes? | hours? | duration
                | how\ long\ (?: did|does|do|was|were|has|had|have|will|would|ago )
            )\b
            | \b(?:sentence|prison|term)\ (?:length|years)\b
            """,
            re.I | re.X,
        ),
        re.compile(r"\b(?:second|minute|hour|day|night|week|month|year|decade)s?\b", re.I),
    ),
    "age": (
        re.compile(r"\bhow old\b|\bage\b|\baged\b", re.I),
        re.compile(r"\b(?:aged?|year-old|years old|who is|born|\d{1,3}, (?:who|a|an|the)|, \d{1,3},)", re.I),
    ),
}


def asked_measure(text: str, asks: Asks) -> str | None:
    """The kind of figure that a question for a number asks for, a key of MEASURES; None for another
    question."""
    if asks not in ("number", "other"):
        return None
    return next((name for name, (asked, _) in MEASURES.items() if asked.search(text)), None)
