"""The type of thing that a question asks for (a number, a date, a person, a place …), and for a number the
kind of figure."""

from __future__ import annotations

import re
from typing import Literal

from qa.text.lazily import lazily
from qa.text.lexicon.numbers import number_pattern
from qa.text.lexicon.people import person_pattern
from qa.text.lexicon.speech import verb_pattern

Asks = Literal["number", "date", "person", "place", "name", "reason", "statement", "other"]

# Nouns that stand for a type in "which N …", where the last noun decides; pieces of verbose patterns.
_PERSON = rf"{person_pattern()} | generals? | individuals?"
_ASKED = verb_pattern("asked", of=lambda v: (v.lemma,))
_PLACE = r"""
    cit(?:y|ies) | countr(?:y|ies) | towns? | villages? | places? | districts? | regions?    # governed
    | states? | provinces? | venues? | locations? | capitals?
    | areas? | continents? | islands? | neighbou?rhoods? | streets? | sites?                 # on the map
    | part\ of | parts\ of | county | counties | resort | airports? | rivers? | ports? | (?:sea|air)ports?
"""
_NAME = r"""
    newspapers? | papers? | outlets? | part(?:y|ies) | compan(?:y|ies) | agenc(?:y|ies)      # bodies
    | firms? | councils? | parliaments? | boards? | clubs?
    | committees? | commissions? | ministr(?:y|ies) | unions? | courts? | hospitals? | schools?
    | airlines? | carriers? | broadcasters? | networks? | charit(?:y|ies) | stores? | shops? | sites?
    | institutions? | institutes? | organi[sz]ations? | groups? | teams? | universit(?:y|ies)
    | publications? | magazines? | platforms? | programs? | programmes? | projects?          # works
    | systems? | services? | missiles? | weapons? | rockets? | films? | movies? | books? | songs?
    | albums? | titles? | ships? | vessels? | planes? | aircraft | diseases? | languages? | sports?
    | bodies | body | embassy | embassies | bases? | banks? | brands?                        # bodies
    | names? | laws? | acts? | treat(?:y|ies) | app
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
# Between "which" and its noun: "of the two", "kind of", names and then other words; no verb's helper and no
# new phrase ("what killed the general" asks for no general, "which storm struck Arlen county" for no county).
_WITHIN = rf"""
    (?: \s+ of\ (?: these | the (?:\ (?: {number_pattern(upto=5, least=2)} | many | following ))? ) )?
    (?: \s+ (?: kinds? | sorts? | types? )\ of (?:\ an?)? )?
    (?-i: (?: \s+ [A-Z][\w.-]* ){{0,2}}? )
    (?-i: (?: \s+
        (?! (?:
            am | is | are | was | were | be | been | do | does | did | has | have | had | will | would | can
            | could | may | might | shall | should | must | not
            | the | an? | his | her | its | their | this | that | these | those | it | he | she | they
            | of | in | on | at | for | to | from | by | with | about | after | before | and | or | as | when
        )\b )
        [^\W\d_A-Z][\w.-]*
    ){{0,3}}? )
"""
_IS_THE = r"what (?: \ (?:is|are|was|were) | 's | ’s )\ the"


def _headed(nouns: str, asking: str = "what|which|wat") -> re.Pattern[str]:
    """ "which N", "what kind of N", "what is the N of …" with one of the nouns; the group "noun" ends where
    its last word does."""
    return lazily(
        rf"""
        \b (?: (?:{asking}) {_WITHIN} \s+ (?P<noun>{nouns})\b (?!-)
            | {_IS_THE} {_WITHIN} \s+ (?:{nouns}) \s (?: of | by | that | which | where | whose )\b )
        """,
        re.I | re.X,
    )


# The row that matches nearest to the beginning decides: "What did he say when …" asks no date; of those that
# name a noun, the one whose noun comes last: "which state firm" asks for no state.
_TYPES: list[tuple[Asks, re.Pattern[str]]] = [
    (
        "number",
        lazily(
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
        lazily(
            r"""
            \b(?: when | since\ when | until\ when | how\ recently )\b
            | \bwhat\ (?: was | is | were | are )\ the\ dates? | dateline
            | \bat\ what\ time\b
            """,
            re.I | re.X,
        ),
    ),
    ("date", _headed(_DATE)),
    (
        "number",
        lazily(rf"\b(?:what|which|wat|the)\s+(?:\w+\s+){{0,2}}(?:{_NUMBER})\b", re.I | re.X),
    ),
    (
        "person",
        lazily(
            rf"""
            \b(?:who|whom|whose)\b
            | \b(?:{_IS_THE}\ )? (?:full\ )? names?\ of\     # of the two men
              (?: [\w.’'-]+\s+ ){{1,4}}? (?:{_PERSON})\b
            """,
            re.I | re.X,
        ),
    ),
    ("person", _headed(_PERSON)),
    ("place", lazily(r"\bwhere\b", re.I)),
    ("place", _headed(_PLACE)),
    (
        "reason",
        lazily(
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
        lazily(
            rf"""
            \bwhat\ (?:did|does|do|has|had|was|is)\b .* \b(?: {_ASKED} | said | told | mean | want )\b
            | \bhow\ did\b .* \b(?: {_ASKED} | react | judge | justify )\b       # how did X react
            """,
            re.I | re.X,
        ),
    ),
    ("name", _headed(_NAME, r"what | which | (?:name|list)(?:\ all)?(?:\ the)?")),
    (
        "name",
        lazily(
            r"""
            \bwhat (?: \ (?:is|are|was|were) | 's | ’s )
            \ (?: the | his | her | its | their )\ (?:\w+\ )? (?:name|title)s?\b
            """,
            re.I | re.X,
        ),
    ),
]
# Words of a telegraphic question that carry its type ("Biden exit race month").
_BARE: list[tuple[Asks, re.Pattern[str]]] = [
    ("date", lazily(r"\b(?:dates?|months?|year|days?|when|weekday)\b", re.I)),
    ("number", lazily(rf"\b(?:{_NUMBER}|how\ many)\b", re.I | re.X)),
    ("place", lazily(r"\b(?:venue|location|where|place|city|country)\b", re.I)),
]


def asked_type(text: str) -> Asks:
    """The type of thing that the question ``text`` asks for; "other" where it shows none."""
    found = [
        (m.start(), -m.end("noun") if "noun" in m.groupdict() else 0, rank, asks)
        for rank, (asks, pattern) in enumerate(_TYPES)
        if (m := pattern.search(text))
    ]
    if found:
        return min(found)[-1]
    if not text.rstrip().endswith("?"):
        for asks, pattern in _BARE:
            if pattern.search(text):
                return asks
    return "other"


# kind of figure -> (how a question asks for it, how a text states it)
MEASURES: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "money": (
        lazily(
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
        lazily(
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
        lazily(r"\b(?:percent\w*|per cent|share|proportion|what part|fraction)\b", re.I),
        lazily(
            r"%|\b(?:percent|per cent|pct|half|third|quarter|tenth|majority|in (?:ten|five|three))\b", re.I
        ),
    ),
    "distance": (
        lazily(
            r"""
            \b(?:
                kilomet\w+ | miles? | met(?:re|er)s? | km | how\ (?:far|wide|tall|high|deep)
                | distance | range | height | width
            )\b
            """,
            re.I | re.X,
        ),
        lazily(
            r"""
            \d[\d.,]*[\s\u00a0-]*(?:
                km | kilomet\w+ | miles? | m\b | met(?:re|er)s? | feet | foot | ft\b | inch\w* | mm\b | cm\b
            )
            """,
            re.I | re.X,
        ),
    ),
    "duration": (
        lazily(
            r"""
            \b(?:
                minutes? | hours? | duration
                | how\ long\ (?: did|does|do|was|were|has|had|have|will|would|ago )
            )\b
            | \b(?:sentence|prison|term)\ (?:length|years)\b
            """,
            re.I | re.X,
        ),
        lazily(r"\b(?:second|minute|hour|day|night|week|month|year|decade)s?\b", re.I),
    ),
    "age": (
        lazily(r"\bhow old\b|\bage\b|\baged\b", re.I),
        lazily(r"\b(?:aged?|year-old|years old|who is|born|\d{1,3}, (?:who|a|an|the)|, \d{1,3},)", re.I),
    ),
}


def asked_measure(text: str, asks: Asks) -> str | None:
    """The kind of figure that a question for a number asks for, a key of MEASURES; None for another
    question."""
    if asks not in ("number", "other"):
        return None
    return next((name for name, (asked, _) in MEASURES.items() if asked.search(text)), None)
