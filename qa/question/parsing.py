"""What a question asks for: its terms and their weight, its names and figures, and the type of thing
that an answer must hold (a number, a date, a person, a place …)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from qa.text.terms import STOP, terms, tokens

Asks = Literal["number", "date", "person", "place", "name", "reason", "statement", "other"]

_PERSON = (
    r"ministers?|officials?|leaders?|politicians?|presidents?|spokes\w+|envoys?|person|people|man|woman|men|women|ambassadors?|"
    r"generals?|senators?|governors?|mayors?|candidates?|secretary|attorney|chiefs?|heads?|diplomats?|lawyers?|author|"
    r"actor|singer|player|coach|ceo|judge|prime minister|chancellor|king|queen|pope|russian|american|ukrainian|individuals?"
)
_PLACE = (
    r"cit(?:y|ies)|countr(?:y|ies)|towns?|villages?|places?|districts?|regions?|states?|provinces?|venues?|locations?|capitals?|"
    r"areas?|continents?|islands?|neighbou?rhoods?|streets?|sites?|part of|parts of|county|counties|resort"
)
_NAME = (
    r"newspapers?|outlets?|part(?:y|ies)|compan(?:y|ies)|agenc(?:y|ies)|institutions?|institutes?|organi[sz]ations?|groups?|teams?|"
    r"universit(?:y|ies)|publications?|magazines?|platforms?|programs?|programmes?|projects?|systems?|services?|missiles?|weapons?|"
    r"films?|movies?|books?|bodies|body|embassy|embassies|bases?|banks?|brands?|names?|law|act|treaty|airline|app"
)
_DATE = r"days?|dates?|years?|months?|times?|weekdays?|weeks?|hours?|decade|century|day of the week"
_NUMBER = r"percentages?|percent|per cent|share|numbers?|figures?|amounts?|sums?|price|cost|age|length|duration|size|total|toll|rate|distance|range|population|height|speed"

# The row that matches nearest to the beginning decides: "What did he say when …" asks no date.
_TYPES: list[tuple[Asks, re.Pattern[str]]] = [
    (
        "number",
        re.compile(
            r"\bhow (?:many|much|long|old|big|large|far|fast|tall|high|deep|often|quickly|heavy|soon|wide|great a)\b",
            re.I,
        ),
    ),
    (
        "date",
        re.compile(
            rf"\b(?:when|since when|until when|how recently)\b|\b(?:what|which)\s+(?:\w+\s+)?(?:{_DATE})\b|\bwhat was the date|dateline",
            re.I,
        ),
    ),
    ("number", re.compile(rf"\b(?:what|which|wat|the)\s+(?:\w+\s+){{0,2}}(?:{_NUMBER})\b", re.I)),
    (
        "person",
        re.compile(
            rf"\b(?:who|whom|whose)\b|\b(?:what|which|name of the)\s+(?:[\w.-]+\s+){{0,2}}(?:{_PERSON})\b",
            re.I,
        ),
    ),
    ("place", re.compile(rf"\bwhere\b|\b(?:what|which)\s+(?:[\w.-]+\s+){{0,2}}(?:{_PLACE})\b", re.I)),
    (
        "reason",
        re.compile(
            r"\b(?:why|for what reason|what (?:was|is|were) the reason|how come|what made|what caused)\b",
            re.I,
        ),
    ),
    (
        "statement",
        re.compile(
            r"\bwhat (?:did|does|do|has|had|was|is)\b.*\b(?:say|said|claim|call|tell|told|think|ask|warn|announce|promise|mean|describe|accuse|state|argue|want)\b|\bhow did\b.*\b(?:describe|react|respond|call|explain|judge|justify|answer|characteri[sz]e)\b",
            re.I,
        ),
    ),
    ("name", re.compile(rf"\b(?:what|which|name|list)\s+(?:[\w.-]+\s+){{0,3}}(?:{_NAME})\b", re.I)),
]
# Words of a telegraphic question that carry its type ("Biden exit race month").
_BARE: list[tuple[Asks, re.Pattern[str]]] = [
    ("date", re.compile(r"\b(?:date|month|year|day|when|weekday)\b", re.I)),
    ("number", re.compile(rf"\b(?:{_NUMBER}|how many)\b", re.I)),
    ("place", re.compile(r"\b(?:venue|location|where|place|city|country)\b", re.I)),
]

_NUMBER_WORDS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|third|quarter|twice|once|couple|several)\b",
    re.I,
)
_DATES = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?(?:\s+\d{1,4})?|"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:19|20)\d\d\b|\b(?:today|yesterday|tomorrow|tonight|ago|midnight|noon)\b|"
    r"\b(?:last|next|this|earlier|late|later|early|in|within|after|before)\s+(?:\w+\s+)?(?:week|month|year|day|morning|evening|night|summer|spring|autumn|winter|decade|hours?|minutes?)s?\b|"
    r"\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2}\s*[ap]\.?m\b",
    re.I,
)
_REASONS = re.compile(
    r"\b(?:because|since|as|due to|owing to|in order to|so that|so as|reason|therefore|after|to ensure|to prevent|to avoid|for fear|explain\w*|result\w*|cause\w*|following|since|amid|over|in response)\b",
    re.I,
)
_SPEECH = re.compile(
    r"[“\"]|\b(?:sa(?:y|ys|id|ying)|told|tells?|claim\w*|call(?:ed|s|ing)|warn\w*|announc\w*|not(?:ed|es|ing)|add(?:ed|s|ing)|stress\w*|emphasi[sz]\w*|express\w*|declar\w*|stat(?:ed|es|ing)|argu\w*|"
    r"ask(?:ed|s|ing)|accus\w*|describ\w*|promis\w*|confirm\w*|den(?:y|ied|ies)|insist\w*|reiterat\w*|highlight\w*|urg\w*|according to|suggest\w*|voic\w*|believ\w*|assert\w*|reveal\w*|remark\w*|explain\w*|report\w*|charg\w*|consider\w*|condemn\w*|prais\w*)\b",
    re.I,
)
_CAPITAL = re.compile(r"(?<![\w.])(?:[A-ZÀ-Þ][\w’'-]*[^\W_]|[A-Z]{2,}\d*|[A-Z])(?![\w])")
_IN_PLACE = re.compile(
    r"\b(?:in|at|from|near|to|of|outside|inside|across|on|over|into|around|towards?|between)\s+(?:the\s+|a\s+|his\s+|its\s+)?(?:[\w-]+\s+)?[A-ZÀ-Þ]|\b(?:District|City|Province|Region|Oblast|County|Street|Airport|Square|Palace|Island)\b|[A-ZÀ-Þ][\w-]+(?:’s|'s)?\s+(?:region|province|city|district|capital|resort)\b"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of the question: its place, term, and whether it is a name or a figure."""

    start: int
    end: int
    term: str
    name: bool


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    asks: Asks
    words: tuple[Word, ...]
    several: bool  # asks for more than one thing
    head: int | None = None  # the word of ``words`` that says what is asked for ("Which *airlines* …")
    speakers: frozenset[str] = frozenset()  # terms of whom a "What did X say" asks about
    measure: str | None = None  # the kind of figure asked for, a key of MEASURES


_QUESTION_WORDS = frozenset(
    [
        "who",
        "whom",
        "whose",
        "what",
        "which",
        "when",
        "where",
        "why",
        "how",
        "name",
        "list",
        "give",
        "tell",
        "whats",
        "wat",
        "wich",
        "many",
        "much",
        "long",
        "trace",
        "compare",
        "please",
        "say",
        "said",
        "says",
    ]
)
_SEVERAL = re.compile(
    r"\b(?:list|(?:which|what) (?!(?:\w+ )?(?:was|is|has|does|this|his|its)\b)(?:\w+ )?\w+[^s\W]s\b|who (?:all|are|were)|name (?:all|the|every)|all the|every|each|both|two|three|four|trace|compare|how did .* change|and (?:what|how|when|who|where|which|why|on))\b",
    re.I,
)
# Words that say how an answer is wanted, or that any report has; they find nothing.
_EMPTY = frozenset(
    terms(
        "said say says tell according report reports reported describe described news article articles please give list name exactly mention mentioned happen happened know known call called make made take took someone something thing things"
    )
)


def read_question(text: str) -> Question:
    """Terms, names and the type of thing asked for."""
    cased = text != text.lower() and text != text.upper()
    words: list[Word] = []
    seen: set[str] = set()
    for k, (start, end, term) in enumerate(tokens(text)):
        raw = text[start:end]
        low = raw.casefold().replace("’", "'").removesuffix("'s")
        if (low in STOP and not (raw.isupper() and len(raw) > 1)) or low in _QUESTION_WORDS or not term:
            continue
        figure = any(c.isdigit() for c in raw)
        name = figure or (cased and raw[0].isupper() and (k > 0 or raw.isupper()))
        if term in seen or (term in _EMPTY and not name):
            continue
        seen.add(term)
        words.append(Word(start, end, term, name))
    asks = _asks(text)
    return Question(
        text,
        asks,
        tuple(words),
        bool(_SEVERAL.search(text)),
        _head(text, words),
        _speakers(text, words, asks),
        _measure(text, asks),
    )


_HEAD = re.compile(
    r"\b(?:which|what|wich|how many|name of the|list the|name the)\s+(?P<words>(?:(?!of\b|did\b|do\b|does\b|is\b|are\b|was\b|were\b|has\b|have\b|had\b|will\b|would\b|can\b|could\b|in\b|on\b|for\b|from\b|to\b|at\b|by\b|that\b|who\b)[\w’'-]+\s*){1,5})",
    re.I,
)
_SUBJECT = re.compile(
    r"\b(?:what|how|why|when)\s+(?:did|does|do|has|had)\s+(?P<who>.+?)\s+(?:himself\s+|herself\s+|themselves\s+|publicly\s+)?"
    r"(?:say|said|claim|call|tell|told|think|ask|warn|announce|promise|mean|describe|accuse|state|argue|want|respond|react|reply|explain|judge|justify|answer|comment|characteri[sz]e|propose|demand|urge|suggest|express|make of)\b",
    re.I,
)


def _head(text: str, words: list[Word]) -> int | None:
    """The last noun before the verb of "which/what/how many N": taken as the last content word of the
    run after the question word that is no verb form by its look."""
    m = _HEAD.search(text)
    if m is None:
        return None
    inside = [i for i, w in enumerate(words) if m.start("words") <= w.start < m.end("words")]
    if not inside:
        return None
    verbs = [i for i in inside if re.search(r"(?:ed|ing)$", text[words[i].start : words[i].end])]
    nouns = [i for i in inside if not verbs or i < verbs[0]]
    return nouns[-1] if nouns else None


def _speakers(text: str, words: list[Word], asks: Asks) -> frozenset[str]:
    m = _SUBJECT.search(text)
    if m is None:
        return frozenset()
    inside = [w for w in words if m.start("who") <= w.start < m.end("who")]
    return frozenset(w.term for w in inside if w.name) or frozenset(w.term for w in inside)


# kind of figure -> (how a question asks for it, how a text states it)
MEASURES: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "money": (
        re.compile(
            r"\bhow much (?:money|is|was|were|did|does|do|has|had|will|would|are)\b.*\b(?:pay|paid|cost|spend|spent|worth|earn|owe|donate|give|gave|fine|fined|charge|invest|lend|offer|receive|raise)|\b(?:price|cost|fee|salary|fine|budget)\b|\bhow (?:many|much) (?:[\w-]+ )?(?:dollars|euros|pounds|rubles|roubles|billions|millions)\b",
            re.I,
        ),
        re.compile(
            r"[$€£¥₽]|\b(?:dollars?|euros?|pounds?|ru?oubles?|rubles?|crowns?|florins?|yen|yuan|francs?|lira|cents?|pence|usd|eur)\b",
            re.I,
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
            r"\b(?:kilomet\w+|miles?|met(?:re|er)s?|km|how (?:far|wide|tall|high|deep)|distance|range|height|width)\b",
            re.I,
        ),
        re.compile(
            r"\d[\d.,]*[\s\u00a0-]*(?:km|kilomet\w+|miles?|m\b|met(?:re|er)s?|feet|foot|ft\b|inch\w*|mm\b|cm\b)",
            re.I,
        ),
    ),
    "duration": (
        re.compile(
            r"\b(?:minutes?|hours?|duration|how long (?:did|does|do|was|were|has|had|have|will|would|ago))\b|\b(?:sentence|prison|term) (?:length|years)\b",
            re.I,
        ),
        re.compile(r"\b(?:second|minute|hour|day|night|week|month|year|decade)s?\b", re.I),
    ),
    "age": (
        re.compile(r"\bhow old\b|\bage\b|\baged\b", re.I),
        re.compile(r"\b(?:aged?|year-old|years old|who is|born|\d{1,3}, (?:who|a|an|the)|, \d{1,3},)", re.I),
    ),
}


def _measure(text: str, asks: Asks) -> str | None:
    if asks not in ("number", "other"):
        return None
    return next((name for name, (asked, _) in MEASURES.items() if asked.search(text)), None)


_SAYS = re.compile(
    r"(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old)|claim\w*|call(?:s|ed|ing)|warn\w*|announc\w*|not(?:es|ed|ing)|add(?:s|ed|ing)|stress\w*|emphasi[sz]\w*|express\w*|declar\w*|stat(?:es|ed|ing)|argu\w*|ask(?:s|ed|ing)|accus\w*|describ\w*|promis\w*|"
    r"confirm\w*|den(?:y|ies|ied)|insist\w*|reiterat\w*|highlight\w*|urg\w*|suggest\w*|voic\w*|believ\w*|assert\w*|reveal\w*|remark\w*|explain\w*|repl(?:y|ies|ied)|charg\w*|consider\w*|condemn\w*|prais\w*|wr(?:ote|ites?|itten)|"
    r"disclos\w*|spoke|speak\w*|ask\w*|respon\w*|react\w*|acknowledg\w*|put|maintain\w*|demand\w*|propos\w*|want\w*|thinks?|thought|dismiss\w*|criticis\w*|criticiz\w*|admit\w*|recall\w*|report\w*|testif\w*|fired back)$",
    re.I,
)


def speaks(sentence: str, before: str, who: frozenset[str]) -> bool:
    """Whether one of ``who`` is heard in the sentence: the name, then a verb of saying with no other
    name in between ("X, the mayor, said"), "said X", "according to X"; or a pronoun with such a verb
    after a sentence (``before``) whose first name is of ``who``."""
    found = tokens(sentence)
    for i, (start, _, term) in enumerate(found):
        if term not in who:
            continue
        for k in range(i + 1, min(i + 10, len(found))):
            raw = sentence[found[k][0] : found[k][1]]
            if _SAYS.match(raw):
                return True
            if raw[0].isupper() and found[k][2] not in who and k > i + 3:
                break
        back = [sentence[a:b].lower() for a, b, _ in found[max(0, i - 4) : i]]
        if (
            back[-2:-1] == ["according"]
            or any(_SAYS.match(w) for w in back)
            or ("according" in back and "to" in back)
        ):
            return True
        if re.search(r"[“\"].{3,}[”\"]", sentence[start:]):
            return True
    if re.match(r"[“\"]?(?:he|she|they|the)\b", sentence, re.I) and any(
        _SAYS.match(sentence[a:b]) for a, b, _ in found[:8]
    ):
        first = next(
            (t for a, b, t in tokens(before) if before[a].isupper() and before[a:b].casefold() not in STOP),
            None,
        )
        return bool({t for _, _, t in tokens(before)} & who) and (
            first in who or bool({t for _, _, t in tokens(before)[:8]} & who)
        )
    return False


def _asks(text: str) -> Asks:
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


def _new_capital(sentence: str, question: str) -> bool:
    """A name that the question does not hold; a capital at the very beginning does not count alone."""
    known = {t for _, _, t in tokens(question)}
    found = [(m.start(), m.group()) for m in _CAPITAL.finditer(sentence)]
    for at, raw in found:
        term = tokens(raw)[0][2] if tokens(raw) else ""
        if not term or term in known or raw.casefold() in STOP:
            continue
        if at > 2 or any(a == at + len(raw) + 1 for a, _ in found):
            return True
    return False


_NO_FIGURE = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+\d{1,2}(?:,?\s+(?:19|20)\d\d)?\b|\b\d{1,2}\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|"
    r"\b(?:19|20)\d\d\b(?!\s*(?:people|men|women|homes|soldiers|%))|\b\d+(?:st|nd|rd|th)\b|\b(?:no|nos)\.\s*\d+|\bone (?:of|another|day|thing)\b|\bthe (?:one|two|three)\b",
    re.I,
)


def _number(sentence: str, question: str) -> float:
    """1 for a figure of its own, 0.5 for a number word ("two", "hundreds"); figures of dates, ordinals
    and figures that the question itself holds do not count."""
    sentence = _NO_FIGURE.sub(" ", sentence)
    known = {k.rstrip(".,") for k in re.findall(r"\d[\d.,]*", question)}
    if any(f.rstrip(".,") not in known for f in re.findall(r"\d[\d.,]*", sentence)):
        return 1.0
    asked = {m.lower() for m in _NUMBER_WORDS.findall(question)}
    found = {w.lower() for w in _NUMBER_WORDS.findall(sentence)} - asked
    return 1.0 if found - {"one", "half", "once", "couple", "several", "third"} else 0.5 if found else 0.0


_CALENDAR = re.compile(
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december|(?-i:May))\b(?:\s+\d{1,4})?|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:in|since|of|until|by|from|to|year)\s+(?:early\s+|late\s+)?(?:19|20)\d\d\b|\b\d{4}-\d\d",
    re.I,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def _date(sentence: str, question: str) -> float:
    """1 for a date of the calendar, 0.5 for one told by another ("earlier this week"). A question for a
    year wants a year."""
    asked = {m.group().lower() for m in _DATES.finditer(question)} | {
        m.group().lower() for m in _CALENDAR.finditer(question)
    }
    if re.search(r"\byear\b", question, re.I) and not re.search(r"how many years", question, re.I):
        years = set(_YEAR.findall(sentence)) - set(_YEAR.findall(question))
        return (
            1.0
            if any(
                re.search(rf"\b(?:in|since|of|until|by|from|to|year|early|late)\s+{y}\b", sentence)
                for y in years
            )
            else 0.5
            if years
            else 0.0
        )
    if any(m.group().lower() not in asked for m in _CALENDAR.finditer(sentence)):
        return 1.0
    return 0.5 if any(m.group().lower() not in asked for m in _DATES.finditer(sentence)) else 0.0


_HOLDS: dict[Asks, Callable[[str, str], float]] = {
    "number": _number,
    "date": _date,
    "person": _new_capital,
    "place": lambda s, q: bool(_IN_PLACE.search(s)) and _new_capital(s, q),
    "name": _new_capital,
    "reason": lambda s, q: bool(_REASONS.search(s)),
    "statement": lambda s, q: bool(_SPEECH.search(s)),
}


def holds(question: Question, sentence: str, before: str = "") -> float | None:
    """How far a text holds the type of thing asked for, beyond what the question itself says: 1, 0.5
    (of the type, but loosely) or 0; None where the question asks for no particular type. ``before`` is
    the sentence before it."""
    if question.speakers and question.asks in ("statement", "other"):
        return float(speaks(sentence, before, question.speakers))
    if question.measure is not None:
        return min(
            float(bool(MEASURES[question.measure][1].search(sentence))), _number(sentence, question.text)
        )
    test = _HOLDS.get(question.asks)
    return None if test is None else float(test(sentence, question.text))
