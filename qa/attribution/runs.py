"""Which words of a run of capitals are a name, and not the beginning of a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.attribution.mentions import CAPITAL
from qa.text.lexicon.bodies import BODIES, PAPER
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import CALENDAR_WORD, MONTH_NAMES, MONTHS_AND_NAMES
from qa.text.lexicon.forenames import GENDERS, LIKE_VERBS, forenames
from qa.text.lexicon.people import NARROWS, NOBODY, PERSONS, TITLES
from qa.text.lexicon.peoples import is_adjective_of_a_people
from qa.text.lexicon.places import PLACES
from qa.text.lexicon.speech import verb_of, verbs
from qa.text.terms import STOP
from qa.text.wordlist import english, is_everyday

# Words that a sentence opens with before a name ("Following Sanders", "Yet Bloomberg").
OPENERS = frozenset(
    """about according across after against alongside also although amid among and as at because before
    behind below beneath beside besides between beyond both but by concerning considering courtesy
    despite during either even except following for former from given hence here how however if in
    inside instead into just later like meanwhile moreover near neither nevertheless nonetheless nor not
    now of off on once only onto or otherwise outside over past per perhaps since so still than that
    then there therefore these this those though through throughout thus to today tomorrow toward
    towards under unless unlike until unto upon via what when where whereas whether which while who why
    with within without yesterday yet whatever whenever wherever whoever""".split()
)
_MID_SENTENCE = re.compile(r"[\w,;)’”'\"¤]\s*$")
_INITIAL = re.compile(rf"[ \u00a0][A-Z]\.[ \u00a0](?:{CAPITAL})")  # behind a forename: "Rose J. Holt"
# Behind a common word that begins a name: "Johnson & Johnson".
_AND_COMPANY = re.compile(r"\s+&\s")
_FIRM = re.compile(r"(?:\s+[A-Z][\w&’'-]*){0,4}\s+(?:Co|Inc|Ltd|Corp|Bros|Cos)\.")
_CONTRACTED = re.compile(r"[’'](?:ll|ve|d|m|re)$|^(?:It|He|She|That|There|What|Who|Here|Let)[’']s$")


@dataclass(frozen=True, slots=True)
class _First:
    """The first word of a run, which ends at ``end``. ``opening``: a sentence begins with it; ``of``: how
    many words the run has."""

    text: str
    end: int
    raw: str
    low: str
    opening: bool
    of: int
    known: frozenset[str]


# Behind a name, a verb of its own: "Will Smith is late".
_FINITE_BEHIND = re.compile(
    r"\s+[A-Z][\w’-]+(?:\s+(?:is|was|has|had|said|told|wrote|[a-z]+ed|[a-z]+s)\b|,\s+(?:an?|the|who|\d+)\b)"
)


def _stop_word(word: _First) -> bool:
    """A word without a meaning of its own: "The Holts"; but "that Will Smith left" has a name."""
    if word.raw == "WHO" and SPEAKS.match(word.text, word.end):
        return False  # the World Health Organization
    if word.raw in LIKE_VERBS and word.of > 1:
        return word.opening and _FINITE_BEHIND.match(word.text, word.end) is None  # "Will Holt win?"
    return word.low in STOP


def _contracted(word: _First) -> bool:
    """A pronoun with its verb: "I’ve"."""
    return _CONTRACTED.search(word.raw) is not None


_ADVERB = re.compile(r"(?:ive|ous|al|ed|ing|ful|ant|ent|ab|ib)ly$")


def _opener(word: _First) -> bool:
    """A word that a sentence opens with: "Following Holt", "Reportedly Holt"."""
    adverb = len(word.low) > 5 and _ADVERB.search(word.low) is not None and word.low in english()
    return word.opening and word.of > 1 and (word.low in OPENERS or (adverb and word.low not in forenames()))


_COMPOUND = re.compile(r"[A-Z]\w+-([a-z]+(?:ed|ing|en|born)|time|term|year|old|wide|generation|degree)")


def _compound(word: _First) -> bool:
    """An adjective before a name: "Third-seeded Holt", "Norvik-based Lund"."""
    return word.of > 1 and _COMPOUND.fullmatch(word.raw) is not None


_SHOUTED = re.compile(r"(?:\s+[A-Z]{2,})*\s+[A-Z][a-z’'-]+\s+[A-Z][a-z]")


def _label(word: _First) -> bool:
    """One of several words in capitals before a name: "AP NFL MVP Otto Holt", "MUST WATCH Ida Brown Holt"."""
    if word.of < 3 or not word.raw.isupper() or not word.raw.isalpha() or len(word.raw) < 2:
        return False
    before = word.text[: word.end - len(word.raw)].rstrip().rpartition(" ")[2]
    several = before.isupper() or re.match(r"\s+[A-Z]{2,}\b", word.text[word.end :]) is not None
    return several and _SHOUTED.match(word.text, word.end) is not None


def _saying(word: _First) -> bool:
    """A verb of saying: "Noting Holt's age"."""
    return word.opening and word.raw.endswith("ing") and verb_of(word.raw) is not None


def _participle(word: _First) -> bool:
    """A participle or an adverb of a common word: "Harking back", "Preemptively"; but "Manning said" is a
    name."""
    if not word.opening or word.of > 1 or word.raw in word.known or word.low in GENDERS:
        return False
    if _SHOWS_NAME.match(word.text[word.end : word.end + 12]):
        return False
    if word.of == 1 and _ADVERB.search(word.low):
        return True
    stem = word.low.removesuffix("ing").removesuffix("ly")
    single = stem[:-1] if stem[-2:-1] == stem[-1:] else stem
    return stem != word.low and len(stem) > 2 and not {stem, f"{stem}e", single}.isdisjoint(english())


def _question(word: _First) -> bool:
    """The label of a question: "Q. Smaug is a dragon …"."""
    return word.opening and word.raw == "Q" and word.of > 1


def _adverb(word: _First) -> bool:
    """An adverb: "Operationally, it is fine"."""
    return word.opening and word.of == 1 and word.low.endswith("ally") and word.low not in GENDERS


# Before a name that begins a clause: a conjunction or what is quoted (¤).
_CLAUSE_BEGINS = re.compile(r"(?:\b(?:but|while|as|that|because|where)|¤)\s+$")


_MONTH_BEHIND = re.compile(rf"\s+(?:\d|{alternatives(m.title() for m in MONTH_NAMES)}\b)")
# Before a month that is one: "in May Holt left", "last April".
_DATES = re.compile(
    r"\b(?:in|on|by|since|until|till|of|from|(?<!ccording )to|for|last|next|this|"
    r"that|early|late|mid|before|after|during|between|and|\d+)[\s-]+$",
    re.IGNORECASE,
)


def _month_as_forename(word: _First) -> bool:
    """A forename that is also a month: "said April Lund", "May Britt told"; but "In May Lund left"."""
    if word.raw not in MONTHS_AND_NAMES or word.of < 2:
        return False
    before = word.text[: word.end - len(word.raw)][-12:]
    if word.opening and word.raw == "May":
        return _FINITE_BEHIND.match(word.text, word.end) is not None  # "May Holt win?"
    return _DATES.search(before) is None and _MONTH_BEHIND.match(word.text, word.end) is None


def _day(word: _First) -> bool:
    """A day or a month: "Monday Holt left"; but "May said" at the beginning of a clause is a name."""
    if CALENDAR_WORD.fullmatch(word.raw) is None or _month_as_forename(word):
        return False
    if word.of > 1 and PAPER.match(word.text[word.end :].lstrip()):
        return False  # "The Sunday Times"
    begins = word.opening or _CLAUSE_BEGINS.search(word.text[: word.end - len(word.raw)][-9:])
    return not (
        word.raw in MONTHS_AND_NAMES
        and word.of == 1
        and begins
        and SPEAKS.match(word.text, word.end) is not None
    )


# The first words of places, which a sentence begins with before an office: "New York Mayor Eric Holt said".
_OF_PLACES = frozenset(place.split()[0] for place in PLACES)


def _of_words(word: _First) -> bool:
    """Whether a run is a name that is all made of common words: "Black Lives Matter said"."""
    behind = [w.casefold() for w in word.text[word.end :].split(maxsplit=word.of - 1)[: word.of - 1]]
    return all(w in english() and w not in forenames() and w not in PERSONS | TITLES for w in behind)


def _common_word(word: _First) -> bool:
    """A common word that has its capital from the sentence: "Bread is dear"; but "Klein said" is a name."""
    return (
        word.opening
        and word.of != 2
        and not (word.of > 2 and _of_words(word))
        and word.raw not in word.known
        and word.low in english()
        and not _in_capitals(word.text, word.end - len(word.raw), word.end)
        and word.raw not in _OF_PLACES
        and word.low not in PERSONS | BODIES | TITLES
        and not NARROWS.fullmatch(word.low)
        and not is_adjective_of_a_people(word.raw)
        and not (word.of == 1 and _named_by_verb(word.raw, word.text, word.end))
        and word.low not in (GENDERS if word.of == 1 else forenames())
        and not _INITIAL.match(word.text, word.end)
        and not _AND_COMPANY.match(word.text, word.end)
        and not _FIRM.match(word.text, word.end)
    )


def _nobody(word: _First) -> bool:
    """What somebody is denied with: "None said it was new"."""
    return word.of == 1 and word.low in NOBODY


_OUTSIDE: tuple[Callable[[_First], bool], ...] = (
    _stop_word,
    _nobody,
    _contracted,
    _opener,
    _compound,
    _label,
    _saying,
    _participle,
    _question,
    _adverb,
    _day,
    _common_word,
)


def opens(text: str, begin: int, at: int) -> bool:
    """Whether a sentence or a clause begins at a place."""
    return not _MID_SENTENCE.search(text[begin:at])


def words_of_name(
    text: str, begin: int, words: list[tuple[int, int]], known: frozenset[str]
) -> list[tuple[int, int]]:
    """The words of a run that are a name, without those before it ("Following Holt") and behind it ("Holt
    Monday"); none where it holds no name."""
    for k, (a, b) in enumerate(words):
        raw = text[a:b].rstrip(".,")
        word = _First(text, b, raw, raw.casefold(), opens(text, begin, a), len(words) - k, known)
        if not any(rule(word) for rule in _OUTSIDE):
            break
    else:
        return []
    end = len(words)
    while end > k + 1 and _ends_before(text, words, end - 1):
        end -= 1
    if end < len(words) and end > k + 1 and text[slice(*words[end - 1])] in _LINKS:
        end -= 1  # "the County Council on Tuesday"
    if end - k > 2 and _is_label(text, begin, words[k][0], words[end - 1]):
        end -= 1
    return words[k:end]


def _is_label(text: str, begin: int, start: int, last: tuple[int, int]) -> bool:
    """Whether the last word of a name between two colons is a label: "Name: Vera Lund Age: 27"."""
    between = text[last[1] : last[1] + 1] == ":" and text[begin:start].rstrip().endswith(":")
    return between and is_everyday(text[slice(*last)].casefold())


_LINKS = ("of", "on", "for", "the")
_NUMBER_BEHIND = re.compile(r",?\s*\d")


def _ends_before(text: str, words: Sequence[tuple[int, int]], n: int) -> bool:
    """Whether a name ends before the word ``n`` of its run: "Holt Monday", "Holt I"; but "Theresa May"."""
    a, b = words[n]
    word = text[a:b].rstrip(".,")
    if word == "I":
        return True
    if CALENDAR_WORD.fullmatch(word) is None:
        return False
    before = text[slice(*words[n - 1])].rstrip(".").casefold() if n else ""
    named = before in GENDERS or before in TITLES or (before != "" and SPEAKS.match(text, b) is not None)
    return not (word in MONTHS_AND_NAMES and named and _NUMBER_BEHIND.match(text, b) is None)


_SHOWS_NAME = re.compile(r"[’']s\b|,|\s+(?:says?|said|has|had|was|is|told|[a-z]+ed)\b")


_OF_A_DATELINE = re.compile(r"\s*[,(—–-]")


def _in_capitals(text: str, start: int, end: int) -> bool:
    """Whether a word is in capitals and not the place of a dateline: "NASA has said", but "PARIS — It is"."""
    return text[start:end].isupper() and _OF_A_DATELINE.match(text, end) is None


def is_common(text: str, begin: int, start: int, end: int, known: frozenset[str]) -> bool:
    """Whether one word has its capital from the sentence, and nothing shows it a name: "Bread is dear"."""
    word = text[start:end]
    return (
        word not in known
        and word.casefold() in english()
        and word.casefold() not in PERSONS | BODIES
        and not _in_capitals(text, start, end)
        and opens(text, begin, start)
        and not _SHOWS_NAME_BY_ITSELF.match(text, end)
    )


# What only somebody does, so that a singular noun without an article before it is a name.
_SPOKE = alternatives(f for v in verbs("words", "mind", without=("noun", "shows")) for f in v.past)
SPEAKS = re.compile(
    rf"\s+(?:(?:has|have|had)\s+)?(?:[a-z]+ly\s+|also\s+|first\s+)?(?:{_SPOKE}|asked|reported|says|tells)\b|,\s+who\s"
)
# Fire, rain and traffic are and do things too, but do not speak.
_SHOWS_NAME_BY_ITSELF = re.compile(rf"[’']s\b|,|\s+says?\b|{SPEAKS.pattern}")
_NO_NAME = frozenset(
    "one another everyone everybody someone somebody nobody anyone legend rumor rumour".split()
)


def _named_by_verb(word: str, text: str, end: int) -> bool:
    """Whether a word that may be a common one is a name here: "Klein said", "Graham, who …"."""
    low = word.casefold()
    return (
        not low.endswith(("s", "ing", "ed")) and low not in _NO_NAME and SPEAKS.match(text, end) is not None
    )
