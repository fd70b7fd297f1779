"""Names of the question that an article holds nowhere. A report of what is asked about names whom and what it
is about, if not in the sentence that answers then before it; one that lacks a name of the question is as a
rule about somebody or something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from qa.answering.candidates import Candidate
from qa.index.embeddings import Vectors
from qa.question.parsing import Question
from qa.text.lands import same_land
from qa.text.lazily import lazily
from qa.text.lexicon.calendar import month_pattern, weekday_pattern
from qa.text.terms import held

UNKNOWN = 0.999  # rarity from which on no article has a word
LONG = 6  # letters of a name that may be two letters off
_NAME = lazily(r"(?<!\w)[A-ZÀ-Þ][^\W\d_]{3,}")
# What a question lets choose between: "on Facebook or on Twitter".
_OFFERED = lazily(r"(?:[\w’'-]+,?\s+){1,6}or(?:\s+[\w’'-]+){1,4}", re.I)
# An article that stands in a newspaper of a Monday in May need not say so.
_CALENDAR = lazily(rf"(?:{month_pattern(short=True)}|{weekday_pattern()})$", re.I)


def names_absent(
    question: Question,
    found: Sequence[Candidate],
    text_of: Callable[[int], str],
    weight: Callable[[str], float],
) -> Vectors:
    """Of each candidate the share of the question's names, by rarity, that its whole article, title, outlet
    and author with it, does not hold in any form; 0 where the question has none. Figures and days are no
    names, and of several that it lets choose from ("on Facebook or on Twitter?") an article needs none. A
    land is held where its people or the seat of its government is."""
    offered = [m.span() for m in _OFFERED.finditer(question.text)]
    asked = [
        w
        for w in question.words
        if w.name
        and _is_name(question.text[w.start : w.end])
        and not any(start <= w.start < end for start, end in offered)
    ]
    if not asked:
        return np.zeros(len(found), dtype=np.float32)
    lands = same_land()
    wanted = [(weight(w.term), lands.get(w.term, frozenset((w.term,)))) for w in asked]
    whole = sum(w for w, _ in wanted) or 1.0
    among = frozenset[str]().union(*(forms for _, forms in wanted))
    # what no article has may be a name that is misspelt
    slips = {w.term: question.text[w.start : w.end].casefold() for w in asked if weight(w.term) >= UNKNOWN}
    absent: dict[int, float] = {}
    for c in found:
        if c.article.key not in absent:
            text = _whole(c, text_of)
            own = held(text, among) | {term for term, word in slips.items() if _has_near(text, word)}
            absent[c.article.key] = sum(w for w, forms in wanted if not forms & own) / whole
    return np.asarray([absent[c.article.key] for c in found], dtype=np.float32)


def _has_near(text: str, word: str) -> bool:
    """Whether a text has a name that a word may be a slip for: two letters off, a short one one."""
    from rapidfuzz.distance import OSA

    most = 2 if len(word) >= LONG else 1
    return any(
        abs(len(name) - len(word)) <= most and OSA.distance(name.casefold(), word, score_cutoff=most) <= most
        for name in set(_NAME.findall(text))
    )


def _is_name(word: str) -> bool:
    return not word[0].isdigit() and not _CALENDAR.match(word)


def _whole(candidate: Candidate, text_of: Callable[[int], str]) -> str:
    article = candidate.article.article
    text = text_of(candidate.article.source)[article.start : article.end]
    meta = article.meta
    return "\n".join(filter(None, (meta.title, meta.outlet, meta.author, text)))
