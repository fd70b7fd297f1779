"""What a question asks for: its terms and their weight, its names and figures, and the type of thing
that an answer must hold (a number, a date, a person, a place …)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.question.answer_types import Asks, asked_measure, asked_type
from qa.text.lexicon.speech import verb_pattern, verbs
from qa.text.terms import STOP, terms, tokens


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
    quoted: tuple[str, ...] = ()  # words that the question puts in quotation marks, as ``plain_words``


_QUESTION_WORDS = frozenset(
    (
        "who whom whose what which when where why how name list give tell whats wat wich "
        "many much long trace compare please say said says"
    ).split()
)
_SEVERAL = re.compile(
    r"""
    \b(?:
        list
        | (?:which|what)\ (?!(?:\w+\ )?(?:was|is|has|does|this|his|its)\b)(?:\w+\ )?\w+[^s\W]s\b  # a plural
        | who\ (?:all|are|were) | name\ (?:all|the|every) | all\ the | every | each
        | both | two | three | four
        | trace | compare | how\ did\ .*\ change
        | and\ (?:what|how|when|who|where|which|why|on)             # a second question in the sentence
    )\b
    """,
    re.I | re.X,
)
# Words that say how an answer is wanted, or that any report has; they find nothing.
_EMPTY = frozenset(
    terms(
        f"{' '.join(f for v in verbs('plain') for f in v.finite)} according news article articles "
        "please give list name exactly happen happened know known call called "
        "make made take took someone something thing things"
    )
)


_QUOTED = re.compile(r"[\"“](?P<words>[^\"“”]{3,160})[\"”]")


def plain_words(text: str) -> str:
    """The words alone, a blank between, so that marks, hyphens and capitals do not matter."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _quoted(text: str) -> tuple[str, ...]:
    """One word in quotation marks is as often a term as a quotation: it says nothing."""
    found = (plain_words(m["words"]) for m in _QUOTED.finditer(text))
    return tuple(words for words in found if " " in words)


def holds_quoted(question: Question, text: str) -> bool:
    """Whether a text holds all that the question quotes, word for word; false where it quotes nothing."""
    plain = f" {plain_words(text)} "
    return bool(question.quoted) and all(f" {words} " in plain for words in question.quoted)


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
    asks = asked_type(text)
    return Question(
        text,
        asks,
        tuple(words),
        bool(_SEVERAL.search(text)),
        _head(text, words),
        _speakers(text, words, asks),
        asked_measure(text, asks),
        _quoted(text),
    )


_HEAD = re.compile(
    r"""
    \b(?: which | what | wich | how\ many | name\ of\ the | list\ the | name\ the )\s+
    (?P<words>(?:
        (?!                                                         # up to a verb or a preposition
            of\b | did\b | do\b | does\b | is\b | are\b | was\b | were\b | has\b | have\b | had\b
            | will\b | would\b | can\b | could\b
            | in\b | on\b | for\b | from\b | to\b | at\b | by\b | that\b | who\b
        )
        [\w’'-]+\s*
    ){1,5})
    """,
    re.I | re.X,
)
_ASKED = verb_pattern("asked", of=lambda v: (v.lemma,))
_SUBJECT = re.compile(
    rf"""
    \b(?:what|how|why|when)\s+(?:did|does|do|has|had)\s+(?P<who>.+?)\s+
    (?: himself\s+ | herself\s+ | themselves\s+ | publicly\s+ )?
    (?: {_ASKED} | said | told | mean | want | react | judge | justify | make\ of )\b
    """,
    re.I | re.X,
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
