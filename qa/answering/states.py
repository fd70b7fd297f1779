"""What a sentence states of the matter that a question asks about: the same attribute of the same subject, or
nothing. A figure of another thing (the injured for the dead, the passengers for the victims, another fire's
hectares) states nothing, and in doubt nothing is stated: a false "it changed" is worse than silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.answering.matters import CAUSES, COSTS, DAY, FATES, LEADS, PEOPLE, Kind, Matter, stems
from qa.text.figures import figure_spans
from qa.text.lexicon.calendar import month_pattern
from qa.text.terms import terms, tokens

# Nouns that stand for each other where they are counted.
_ALIKE = (
    stems("home homes house houses household households dwelling dwellings customer customers"),
    stems("job jobs post posts position positions"),
    stems("car cars vehicle vehicles"),
    stems("soldier soldiers troop troops"),
)
CURRENCY = stems(
    "crown crowns euro euros dollar dollars pound pounds rouble roubles ruble rubles franc francs yen"
)
UNITS = stems(
    "hectare hectares acre acres kilometre kilometres kilometer kilometers metre metres meter meters mile "
    "miles tonne tonnes ton tons hour hours minute minutes day days week weeks month months year years "
    "degree degrees litre litres"
)
_RATES = stems("turnout rate inflation unemployment interest share")
_GENERIC_RATES = stems("rate share")
_MONTH = month_pattern(short=True, titled=True)
_DATE_LIKE = re.compile(
    rf"""\b(?:19|20)\d\d\b
    | \b\d{{1,2}}[:.]\d{{2}}\b(?!\s*(?:per|%|million|billion|crowns|euros|dollars|metres|kilo))
    | \b\d{{1,3}}-year-olds?\b
    | \b\d{{1,2}}(?:st|nd|rd|th)\b | \b{_MONTH}\s+\d{{1,2}}\b | \b\d{{1,2}}\s+{_MONTH}\b
    | \b(?:aged?|of|was)\s+\d{{1,2}}(?=,)""",
    re.VERBOSE,
)
_FORMER = re.compile(
    r"""\b(?: from | than | against | compared\s+with | compared\s+to | earlier | previously | originally
    | instead\s+of | not | initial )\s+(?:\w+\s+)?$""",
    re.IGNORECASE | re.VERBOSE,
)
_DIFFERENCE = re.compile(
    r"""^\s+(?:\w+\s+)?
    (?: fewer | more | less | higher | lower | later | earlier | times | ago | on\s+board | aboard )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LEFT = re.compile(
    r"\b(?:still|remain(?:s|ed|ing)?)\b", re.IGNORECASE
)  # what is left of a thing is another figure
_CAPITALS = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:\s+(?:de|van|von|al|bin)?\s?[A-ZÀ-Þ][\w’'-]+)+")


def stated(asked: Matter, sentence: str) -> frozenset[str]:
    """The values that a sentence states of what is asked; empty where it states none."""
    return _STATES[asked.kind](asked, sentence)


def _counts(asked: Matter, sentence: str) -> frozenset[str]:
    plain = _DATE_LIKE.sub(lambda m: " " * len(m.group()), sentence)
    words = tokens(plain)
    fates = [
        (a, name)
        for a, b, t in words
        for name, stems in FATES.items()
        if t in stems and not _SERVICES.match(plain[b:])
    ]
    if asked.fate is None and not asked.latest and _LEFT.search(plain):
        return frozenset()
    if asked.head in PEOPLE and asked.fate is None and not asked.things & {t for _, _, t in words}:
        return frozenset()
    found = []
    for start, end, form in figure_spans(plain):
        if form.endswith(("th", "%")) or not _of_now(plain, start, end):
            continue
        noun = _noun_after(plain, end)
        if asked.fate is not None and _nearest(plain, fates, start, end) != asked.fate:
            continue
        if asked.fate is None and asked.head in PEOPLE and fates:
            continue  # "14 people were killed" is no answer to how many were on board
        if noun is None:
            if asked.head in PEOPLE or asked.head is None:
                fits = asked.fate is not None
            else:
                fits = any(_alike(t, asked.head) for a, _, t in words if a < start)
        else:
            person = (
                asked.fate is not None and noun in PEOPLE and (asked.head in PEOPLE or asked.head is None)
            )
            fits = _alike(noun, asked.head) or person
        if fits:
            found.append(form)
    return frozenset(found[:1])


def _alike(noun: str, head: str | None) -> bool:
    """Whether two nouns count the same things."""
    return noun == head or any(noun in nouns and head in nouns for nouns in _ALIKE)


def _of_now(plain: str, start: int, end: int) -> bool:
    """Whether a figure is a value itself and not a former one ("up from two") nor a difference ("two
    more")."""
    if plain[start:end].lower() == "one" and not re.match(
        r"\s+(?:person|man|woman|child|\w+er)\b", plain[end:]
    ):
        return False
    return not _FORMER.search(plain[:start]) and not _DIFFERENCE.search(plain[end:])


_STOPS_NOUN = re.compile(
    r"""^\W*(?:[,.;:)–—-]|$)
    | ^\s+(?: on | in | at | by | so | since | as | after | when | and | were | was | are | is | have | has
      | had | now | while | with | for | during | or | to | died | dead )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def _noun_after(plain: str, end: int) -> str | None:
    """The noun that a figure counts: the last of the next words before the clause goes on; None where none
    follows."""
    rest = plain[end:]
    noun = None
    for _ in range(3):
        if _STOPS_NOUN.search(rest):
            return noun
        m = re.match(r"\s+(?:of\s+(?:the|its|their|his|her)\s+)?(?P<word>[\w’'-]+)", rest)
        if m is None:
            return noun
        found = terms(m["word"])
        if found and (found[0] in PEOPLE or found[0] in UNITS or found[0] in CURRENCY):
            return found[0]
        noun = found[0] if found else noun
        if m["word"].endswith("s"):
            return noun
        rest = rest[m.end() :]
    return noun


_TOLL = re.compile(
    r"\b(?:toll|number|count)\b(?P<of>[^,;.]*)\b(?:to|at|is|was|of|now|stands at)\s+(?:about\s+)?$", re.I
)
_SERVICES = re.compile(
    r"^\w*\s+(?:service|team|worker|crew|operation|official|centre|center|boat|helicopter)s?\b", re.I
)


def _nearest(plain: str, fates: Sequence[tuple[int, str]], start: int, end: int) -> str | None:
    """The fate whose word stands nearest to a figure, in words; one after it wins over one before."""

    def far(at: int) -> float:
        between = plain[end:at] if at >= end else plain[at:start]
        across = 6 * len(re.findall(r"[;.]\s|,\s+(?:and|but|while)\b|\band\b", between))
        return len(between.split()) + across + (0.5 if at < start else 0)

    if m := _TOLL.search(plain[:start]):  # "the number of people killed … to 12": the words before decide
        fates = [f for f in fates if m.start() <= f[0] < start] or fates
        return fates[0][1] if fates else None
    return min(fates, key=lambda f: far(f[0]))[1] if fates else None


def _money(asked: Matter, sentence: str) -> frozenset[str]:
    plain = _DATE_LIKE.sub(lambda m: " " * len(m.group()), sentence)
    words = {t for _, _, t in tokens(sentence)}
    things = asked.things - COSTS
    if not words & COSTS or (things and not things & words and not re.match(r"\W*it\b", sentence, re.I)):
        return frozenset()
    found = []
    for start, end, form in figure_spans(plain):
        noun = _noun_after(plain, end)
        sign = re.search(r"[$€£]\s*$", plain[:start]) is not None
        if (noun in CURRENCY or sign) and not form.endswith(("th", "%")) and _of_now(plain, start, end):
            found.append(form)
    return frozenset(found[:1])


def _percents(asked: Matter, sentence: str) -> frozenset[str]:
    words = {t for _, _, t in tokens(sentence)}
    rate = asked.things & _RATES
    named = rate - _GENERIC_RATES or rate  # "unemployment", of "unemployment rate"
    if not (named <= words if named else asked.things & words):
        return frozenset()
    found = [f for a, b, f in figure_spans(sentence) if f.endswith("%") and _of_now(sentence, a, b)]
    return frozenset(found[:1])


def _days(asked: Matter, sentence: str) -> frozenset[str]:
    words = {t for _, _, t in tokens(sentence)}
    if not asked.names <= words or len(asked.things & words) < 0.5 * len(asked.things):
        return frozenset()
    if not re.search(
        r"\b(?:will|to be|moved|is|are|due|planned|postponed|put off|set for|begins?|opens?)\b", sentence
    ):
        return frozenset()
    return frozenset([m.group().casefold() for m in DAY.finditer(sentence)][:1])


def _persons(asked: Matter, sentence: str) -> frozenset[str]:
    words = {t for _, _, t in tokens(sentence)}
    verbs = asked.things & LEADS
    if not asked.names <= words or not verbs or not verbs & words:
        return frozenset()
    at = min(a for a, _, t in tokens(sentence) if t in verbs)
    for m in _CAPITALS.finditer(sentence):
        if (
            m.end() <= at + 1
            and not set(terms(m.group())) & asked.names
            and len(sentence[m.end() : at].split()) <= 3
        ):
            return frozenset([m.group()])
    return frozenset()


_CAUSED_BY = re.compile(r"\w+\s+by\s+(?P<cause>[^,;.]+)")


def _causes(asked: Matter, sentence: str) -> frozenset[str]:
    words = tokens(sentence)
    at = next((a for a, _, t in words if t in CAUSES), None)
    own = {t for _, _, t in words}
    if at is None or not asked.names <= own or not (asked.things - CAUSES) & own:
        return frozenset()
    passive = _CAUSED_BY.match(sentence, at)
    return frozenset([" ".join(terms(passive["cause"] if passive else sentence[:at]))]) - {""}


def _events(asked: Matter, sentence: str) -> frozenset[str]:
    words = {t for _, _, t in tokens(sentence)}
    if not asked.names or not asked.names <= words:
        return frozenset()
    return frozenset([" ".join(sentence.split())])


_STATES: dict[Kind, Callable[[Matter, str], frozenset[str]]] = {
    "count": _counts,
    "money": _money,
    "percent": _percents,
    "date": _days,
    "person": _persons,
    "cause": _causes,
    "event": _events,
}
