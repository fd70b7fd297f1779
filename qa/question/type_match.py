"""Whether a text holds the type of thing that a question asks for, beyond what the question itself says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.question.answer_types import MEASURES, Asks
from qa.question.parsing import Question
from qa.text.lazily import lazily
from qa.text.lexicon.bodies import BODIES, CONCERNS, DOCUMENTS, OUTLETS, WORKS
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import DEICTIC, month_pattern, weekday_pattern
from qa.text.lexicon.numbers import LOOSE, SCALES, number_pattern
from qa.text.lexicon.people import PERSONS
from qa.text.lexicon.peoples import ADJECTIVES, NATIONS
from qa.text.lexicon.places import is_place
from qa.text.lexicon.speech import Verb, verb_pattern
from qa.text.terms import STOP, terms, tokens
from qa.text.turns import LABEL

_NUMBER_WORDS = lazily(
    rf"\b(?:{number_pattern()}|{alternatives(SCALES)}s?|dozens|third|{alternatives(LOOSE)})\b", re.I
)
_DATES = lazily(
    rf"""
    \b{month_pattern(short=True)}(?:(?<=\.)|\b)(?:\s+\d{{1,4}})?          # April, Apr. 4
    | \b{weekday_pattern()}\b
    | \b(?:19|20)\d\d\b
    | \b(?: {alternatives(DEICTIC)} | ago | midnight | noon )\b
    | \b(?: last | next | this | earlier | late | later | early | in | within | after | before )\s+
      (?:\w+\s+)?(?:                                                    # earlier this week, within two days
        week | month | year | day | morning | evening | night
        | summer | spring | autumn | winter | decade | hours? | minutes?
      )s?\b
    | \b\d{{1,2}}[:.h]\d{{2}}\b                                             # 14:30
    | \b\d{{1,2}}\s*[ap]\.?m\b                                            # 2 p.m
    """,
    re.I | re.X,
)
_REASONS = lazily(
    r"""
    \b(?:
        because | since | as | due\ to | owing\ to | in\ order\ to | so\ that | so\ as | reasons? | therefore
        | after | to\ ensure | to\ prevent | to\ avoid | for\ fear | explain\w* | result\w* | cause\w*
        | thanks\ to | in\ an?\ (?:effort|attempt|bid)\ to | in\ the\ hope | that\ is\ why | that[’']s\ why
        | following | amid | over | in\ response
    )\b
    """,
    re.I | re.X,
)
# Verbs that say something wherever they stand; the others also mean a deed.
_SAYING = verb_pattern(without=("told", "as", "manner"))
_SPEECH = lazily(rf"[“\"]|\b(?:{_SAYING}|according\s+to)\b", re.I)
_CAPITAL = lazily(r"(?<![\w.])(?:[A-ZÀ-Þ][\w’'-]*[^\W_]|[A-Z]{2,}\d*|[A-Z])(?![\w])")
_IN_PLACE = lazily(
    r"""
    \b(?:                                                               # near the port of Arlen
        in | at | from | near | to | of | outside | inside | across | on | over | into | around
        | towards? | between
    )\s+(?:the\s+|a\s+|his\s+|its\s+)?(?:[\w-]+\s+)?[A-ZÀ-Þ]
    | \b(?:                                                             # Arlen District
        District | City | Province | Region | Oblast | County | Street | Airport | Square | Palace | Island
    )\b
    | [A-ZÀ-Þ][\w-]+(?:’s|'s)?\s+(?: region | province | city | district | capital | resort )\b
    """,
    re.X,
)


def _one_word(verb: Verb) -> tuple[str, ...]:
    return () if verb.particle else verb.forms


_SAYING_WORD = verb_pattern(without=("as", "manner"), of=_one_word)
_SAYS = lazily(rf"(?:{_SAYING_WORD}|spoke|speak\w*|react\w*|want\w*|put)$", re.I)
_MONTHS, _MONTHS_BUT_MAY = month_pattern(), month_pattern(without=("may",))
_NO_FIGURE = lazily(
    rf"""
    \b(?:{_MONTHS})\s+\d{{1,2}}(?:,?\s+(?:19|20)\d\d)?\b                # May 4, 2021
    | \b\d{{1,2}}\s+(?:{_MONTHS})\b
    | \b(?:19|20)\d\d\b(?!\s*(?:people|men|women|homes|soldiers|%))     # a year, not 2000 people
    | \b\d+(?:st|nd|rd|th)\b
    | \b(?:no|nos)\.\s*\d+
    | \bone\ (?:of|another|day|thing)\b
    | \bthe\ (?:one|two|three)\b
    """,
    re.I | re.X,
)
_CALENDAR = lazily(
    rf"""
    \b(?: {_MONTHS_BUT_MAY} | (?-i:May) )\b(?:\s+\d{{1,4}})?      # "may" is a month with its capital
    | \b{weekday_pattern()}\b
    | \b(?: in|since|of|until|by|from|to|year )\s+(?:early\s+|late\s+)?(?:19|20)\d\d\b
    | \b\d{{4}}-\d\d
    """,
    re.I | re.X,
)
_YEAR = lazily(r"\b(?:19|20)\d\d\b")


_AFTER = 9  # words after a name in which its verb of saying may stand
_APPOSED = 3  # of them, those in which another name is part of the apposition ("Lind, mayor of Arlen, said")
_BEFORE = 4  # words before a name in which "said" or "according to" may stand
_OPENING = 8  # first words of a sentence
_QUOTATION = lazily(r"[“\"].{3,}[”\"]")
_PRONOUN = lazily(r"[“\"]?(?:he|she|they|the)\b", re.I)
Tokens = Sequence[tuple[int, int, str]]


def _says_after(sentence: str, found: Tokens, i: int, who: frozenset[str]) -> bool:
    """The name, then a verb of saying with no other name in between: "X, the mayor, said"."""
    for k in range(i + 1, min(i + 1 + _AFTER, len(found))):
        start, end, term = found[k]
        if _SAYS.match(sentence[start:end]):
            return True
        if sentence[start].isupper() and term not in who and k > i + _APPOSED:
            return False
    return False


def _said_before(sentence: str, found: Tokens, i: int) -> bool:
    """ "said X", "according to X"; not "said to X"."""
    back = [sentence[a:b].lower() for a, b, _ in found[max(0, i - _BEFORE) : i]]
    if "according" in back and "to" in back:
        return True
    verb = next((k for k in reversed(range(len(back))) if _SAYS.match(back[k])), None)
    return verb is not None and "to" not in back[verb + 1 :]  # who is spoken to is not heard


def _pronoun_speaks(sentence: str, before: str, found: Tokens, who: frozenset[str]) -> bool:
    """A pronoun with a verb of saying, after a sentence whose first name is of ``who``, or that begins with
    one of them."""
    if not _PRONOUN.match(sentence) or not any(_SAYS.match(sentence[a:b]) for a, b, _ in found[:_OPENING]):
        return False
    earlier = tokens(before)
    named = (t for a, b, t in earlier if before[a].isupper() and before[a:b].casefold() not in STOP)
    if next(named, None) in who:
        return True
    return bool({t for _, _, t in earlier[:_OPENING]} & who)


_LABEL = lazily(LABEL)


def speaks(sentence: str, before: str, who: frozenset[str]) -> bool:
    """Whether one of ``who`` is heard in the sentence: the name, then a verb of saying with no other
    name in between ("X, the mayor, said"), "said X", "according to X"; or a pronoun with such a verb
    after a sentence (``before``) whose first name is of ``who``. Of a transcript's turn whoever its label
    names is heard and nobody else."""
    if (label := _LABEL.match(sentence)) is not None:
        return bool({t for _, _, t in tokens(label["name"])} & who)
    found = tokens(sentence)
    named = [i for i, (_, _, term) in enumerate(found) if term in who]
    return any(
        _says_after(sentence, found, i, who)
        or _said_before(sentence, found, i)
        or _QUOTATION.search(sentence, found[i][0])
        for i in named
    ) or _pronoun_speaks(sentence, before, found, who)


def label_of_turn(sentence: str) -> str | None:
    """With what the turn of a transcript that a sentence opens is labelled; None where it opens none."""
    label = _LABEL.match(sentence)
    return label and label.group()


def is_turn_of_another(sentence: str, who: frozenset[str]) -> bool:
    """Whether a sentence opens a turn of a transcript that is labelled with somebody else than ``who``."""
    label = _LABEL.match(sentence)
    return label is not None and not {t for _, _, t in tokens(label["name"])} & who


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


_RUN = lazily(rf"{_CAPITAL.pattern}(?:[ \u00a0]{_CAPITAL.pattern})*")
_BODY = frozenset(w.casefold() for w in (*BODIES, *CONCERNS, *OUTLETS))
_NO_PERSON = frozenset(w.casefold() for w in (*_BODY, *DOCUMENTS, *WORKS, *ADJECTIVES, *NATIONS))


def _is_of(word: str, kinds: frozenset[str]) -> bool:
    own = word.casefold()
    return own in kinds or own.removesuffix("s") in kinds


def _person(sentence: str, question: str) -> float:
    """1 for a name that the question does not hold and that is no body's, no work's, no place's and no day's
    (nobody is called "the Registration Act"); 0.5 for a body, which may be who did it."""
    known = {t for _, _, t in tokens(question)}

    def new(word: str) -> bool:
        stem = word.split("-")[0]
        if (
            word.casefold() in STOP
            or word.casefold() in PERSONS
            or _is_of(stem, _NO_PERSON)
            or is_place(stem)
        ):
            return False
        return not _CALENDAR.fullmatch(word) and not known & set(terms(word))

    held = 0.0
    for m in _RUN.finditer(sentence):
        words = m.group().split()
        named = words[1:] if m.start() <= 2 else words  # any word has a capital at the beginning
        if is_place(m.group()) or not any(map(new, named)):
            continue
        if not _is_of(words[-1], _NO_PERSON):
            return 1.0
        if _is_of(words[-1], _BODY):
            held = 0.5
    return held


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
    "person": _person,
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
