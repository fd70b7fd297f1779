"""Text -> terms: what the lexical index and the extractor mean by a word. One function for both, so
that a word that was found is a word that counts."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

VERSION = 2  # raise it when the same text gives other terms

STOP = frozenset(
    [
        "a",
        "about",
        "above",
        "after",
        "again",
        "against",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "below",
        "between",
        "both",
        "but",
        "by",
        "can",
        "cannot",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "down",
        "during",
        "each",
        "few",
        "for",
        "from",
        "further",
        "get",
        "gets",
        "got",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "here",
        "hers",
        "herself",
        "him",
        "himself",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "itself",
        "just",
        "me",
        "more",
        "most",
        "my",
        "myself",
        "no",
        "nor",
        "not",
        "of",
        "off",
        "on",
        "once",
        "only",
        "or",
        "other",
        "our",
        "ours",
        "ourselves",
        "out",
        "over",
        "own",
        "per",
        "same",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "theirs",
        "them",
        "themselves",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "too",
        "under",
        "until",
        "up",
        "upon",
        "very",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "yours",
        "yourself",
        "yourselves",
        "s",
        "t",
        "d",
        "ll",
        "m",
        "re",
        "ve",
    ]
)
# Names of one place or body that news spells in several ways (case-folded; the first is the term).
_SAME = [
    ("kyiv", "kiev"),
    ("kharkiv", "kharkov"),
    ("odesa", "odessa"),
    ("lviv", "lvov"),
    ("mykolaiv", "nikolaev"),
    ("zaporizhzhia", "zaporozhye", "zaporizhia"),
    ("dnipro", "dnepr", "dnieper"),
    ("donbas", "donbass"),
    ("belarus", "belorussia", "byelorussia"),
    ("myanmar", "burma"),
    ("mumbai", "bombay"),
    ("beijing", "peking"),
    ("turkey", "türkiye", "turkiye"),
    ("czechia", "czech"),
    ("eswatini", "swaziland"),
    ("qaddafi", "gaddafi", "gadhafi", "kadhafi"),
    ("hezbollah", "hizbollah", "hizbullah"),
    ("quran", "koran"),
    ("spokesman", "spokesperson", "spokeswoman"),
    ("chairman", "chairperson", "chairwoman"),
    ("centre", "center"),
    ("defence", "defense"),
    ("programme", "program"),
    ("labour", "labor"),
    ("reelect", "re-elect"),
    ("tv", "television"),
    ("percent", "pct"),
]
_VARIANTS = {other: names[0] for names in _SAME for other in names[1:]}
# Runs of words that are one term. Upper-case forms are matched before case is folded ("US", not "us").
_PHRASES = [
    (re.compile(r"\b(?:U\.\s?S\.(?:\s?A\.)?|USA?|United States(?: of America)?)(?!\w)"), " usa "),
    (re.compile(r"\b(?:U\.\s?K\.|UK|United Kingdom)(?!\w)"), " uk "),
    (re.compile(r"\b(?:U\.\s?N\.|UN|United Nations)(?!\w)"), " un "),
    (re.compile(r"\b(?:E\.\s?U\.|EU|European Union)(?!\w)"), " eu "),
    (re.compile(r"\bper\s?cent\b", re.IGNORECASE), " percent "),
    (re.compile(r"(?<=\d)\s?%"), " percent "),
    (re.compile(r"\bre-(?=elect)", re.IGNORECASE), "re"),
]
_JOINED = {term.strip(): pattern for pattern, term in _PHRASES[:4]}  # names of bodies
_BODIES = {"US": "usa", "USA": "usa"}
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'][^\W\d_]+)*\d*|[^\W_]+")
# With letters and accents apart, as some systems write them ("o" and U+0301).
_MARKED = re.compile("[\u0300-\u036f]")
_TOKEN_MARKED = re.compile(
    r"\d+(?:[.,]\d+)*|(?:[^\W\d_][\u0300-\u036f]*)+(?:[’'](?:[^\W\d_][\u0300-\u036f]*)+)*\d*|[^\W_]+"
)
_BROKEN = re.compile(r"([^\W\d_]{2,})[-\u00ad\u2010](?:\r?\n[ \t]*| )([^\W\d_A-ZÀ-Þ][^\W\d_]+)")
_STEMMER = Stemmer.Stemmer("english", 0)


@lru_cache(maxsize=200_000)
def _term(word: str) -> str:
    """The term of one token: as it is spelt, stemmed (Snowball English), which takes the plural away."""
    return _spelling(word) if word[0].isdigit() else str(_STEMMER.stemWord(_spelling(word)))


def _spelling(word: str) -> str:
    """One token as it is spelt: case and accents folded, the possessive away, spelling variants of one name
    made one."""
    if word[0].isdigit():
        return re.sub(r",(?=\d{3}(?:\D|$))", "", word).rstrip(".,")
    folded = word.casefold().replace("’", "'")
    folded = re.sub(r"'(?:s|t|re|ve|ll|d|m)?$", "", folded) if "'" in folded else folded
    folded = folded.replace("'", "")
    plain = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    plain = _VARIANTS.get(plain, plain)
    if len(plain) > 6:
        # Zelenskyy, Zelenskiy, Zelensky: one transliteration rule, not a list of people
        plain = re.sub(r"(?<=s[ck])(?:yy|iy|iĭ|ii|yi|yj|ij)$", "y", plain)
    return plain


def _words(text: str) -> list[str]:
    found: list[str] = (_TOKEN_MARKED if _MARKED.search(text) else _TOKEN).findall(text)
    return found


def spelt(text: str) -> list[str]:
    """The words of a name in order, without stop words: as ``terms``, but not stemmed, so that "Fans" are not
    Fanning."""
    for pattern, replacement in _PHRASES:
        text = pattern.sub(replacement, text)
    return [
        _spelling(w) for w in _words(text) if w.casefold().replace("’", "'").removesuffix("'s") not in STOP
    ]


def held(text: str, among: frozenset[str]) -> frozenset[str]:
    """Which of the terms ``among`` the text holds; quicker than all its ``terms``, and without the words
    broken at the end of a line."""
    plain = {_BODIES.get(w) or _term(w) for w in set(_words(text))}
    joined = {term for term in among & _JOINED.keys() if _JOINED[term].search(text)}
    return among & plain | joined


def tokens(text: str) -> list[tuple[int, int, str]]:
    """(start, end, term) of every word of ``text``, stop words included; offsets into ``text``.
    Runs that are one term ("United States") are not joined here."""
    pattern = _TOKEN_MARKED if _MARKED.search(text) else _TOKEN
    return [(m.start(), m.end(), _BODIES.get(m.group()) or _term(m.group())) for m in pattern.finditer(text)]


def terms(text: str) -> list[str]:
    """The terms of ``text`` in order, without stop words; a word broken at the end of a line is found by its
    halves and, behind them, as a whole."""
    broken = [_term(m[1] + m[2]) for m in _BROKEN.finditer(text)]
    for pattern, replacement in _PHRASES:
        text = pattern.sub(replacement, text)
    found = [_term(w) for w in _words(text) if w.casefold().replace("’", "'").removesuffix("'s") not in STOP]
    return found + broken
