"""Whether sentences of two reports may be told as sides of one matter: that they differ, or that a thing
changed, is said only where both reports are dated, both sentences are about what the question names and
about nobody else, and both give the figure asked for in one unit. In doubt nothing is said."""

from __future__ import annotations

import re
from collections.abc import Set
from datetime import date

from qa.answering.candidates import Candidate
from qa.question.parsing import Question
from qa.reading.stamps import DATELINE
from qa.text.dates import day_range
from qa.text.figures import figure_spans
from qa.text.lazily import lazily
from qa.text.lexicon.places import PLACES
from qa.text.lexicon.speech import verb_pattern
from qa.text.names import names
from qa.text.terms import terms

_SAYS = verb_pattern("words")
# who says it, at the end or at the beginning of a sentence: he is not whom the figure is about
_TOLD_BY = lazily(
    rf"""
    ,\s+(?:[^,;]+?\s+)?(?:{_SAYS})(?:\s[^,;]*)?[.”"’]*$
    | ,?\s+according\s+to\s+[^,;]+[.”"’]*$
    | ^\W*according\s+to\s+[^,;]+,\s+
    | ^[^,;“"]{{1,80}}?\b(?:{_SAYS})\s+(?:(?:on|in|late|early)\s+\w+\s+)?(?:that\s+)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
# a name where a clause begins, with at most a title or a describing word before it
_NAME = lazily(
    r"(?!(?:The|An?|In|On|At|For|From|With|By|To|Of|After|Before|But|And|As|When|While)\b)"
    r"[A-ZÀ-Þ][\w’'-]+(?:\s+(?:(?:de|van|von|al|bin)\s+)?[A-ZÀ-Þ][\w’'-]+)*"
)
_CLAUSE_BEGINS = lazily(
    r"""
    (?: ^\W* | [,;:—–]\s*
      | \b(?: and | but | while | that | meaning | as | when | if | because | though | although | where )\s+ )
    (?: (?:the|an?)\s+ )? (?: (?!(?:in|at|on|near|off|from|to|of|by|for|with)\b)[a-z\d][\w-]*\.?\s+ )? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
SHARED = 0.35  # of the words of the shorter beginning: two that share as many may be of one subject
ALIKE = 0.5  # of the words of the shorter sentence: two that share as many may be states of one thing
_MARGIN = lazily(r"\b(?:margin|by how (?:much|many)|lead|ahead|difference)\b", re.IGNORECASE)
_BY = lazily(
    r"\bby\s+(?:(?:about|nearly|almost|some|more\s+than|less\s+than|over|only|just|a)\s+)*$", re.IGNORECASE
)
_UNIT = lazily(r"\W{0,2}(?P<unit>%|per\s?cent|percent|(?:percentage\s+)?points?)", re.IGNORECASE)


def others_named(own: Set[str], sentence: str, lead: str) -> bool:
    """Whether a sentence is about somebody or something that is none of ``own``, the terms that a question
    names: the first name with which a clause of it begins is another, and a figure in it is that one's. Who
    says it, and where it is, does not count. ``lead``: the beginning of its article, which shows what is a
    name."""
    if not own:
        return False
    dateline = DATELINE.match(sentence)
    bare = _TOLD_BY.sub(" ", sentence[dateline.end() :] if dateline else sentence)
    known = names(bare) | names(lead)
    begins = (
        named
        for m in _NAME.finditer(bare)
        if m.group() not in PLACES
        and _CLAUSE_BEGINS.search(bare[: m.start()])
        and (named := known & set(terms(m.group())))
    )
    first = next(begins, None)
    return first is not None and not first & own


def unit_of(sentence: str, value: str) -> str:
    """Of what kind a figure of a sentence is: a share, points, or a plain number."""
    for _, end, form in figure_spans(sentence):
        if form.rstrip("%") == value.rstrip("%"):
            m = _UNIT.match(sentence[end:])
            share = form.endswith("%") or (
                m is not None and not m["unit"].lower().endswith(("point", "points"))
            )
            return "share" if share else "points" if m is not None else "number"
    return "number"


def a_difference(question: Question, sentence: str, value: str) -> bool:
    """Whether a figure only says by how much ("leads by 300"), which is no answer to how many."""
    if _MARGIN.search(question.text):
        return False
    spans = [a for a, _, form in figure_spans(sentence) if form == value]
    return bool(spans) and all(_BY.search(sentence[:a]) for a in spans)


def named_by(question: Question) -> frozenset[str]:
    """The terms of what a question names."""
    return frozenset(w.term for w in question.words if w.name and not any(c.isdigit() for c in w.term))


def named_in(question: Question, candidate: Candidate, lead: str) -> bool:
    """Whether all that the question names stands in the sentence, its title or the article's beginning."""
    held = set(terms(f"{candidate.article.article.meta.title or ''} {lead} {candidate.context}"))
    return named_by(question) <= held


def one_unit(a: str, of_a: frozenset[str], b: str, of_b: frozenset[str]) -> bool:
    """Whether two sentences give their figures in one unit."""
    return bool({unit_of(a, v) for v in of_a} & {unit_of(b, v) for v in of_b})


def one_subject(question: Question, lead: str, other: str) -> bool:
    """Whether two articles may be of one subject: the question names it, or their beginnings share their
    words."""
    if named_by(question):
        return True
    return shares(lead, other, SHARED)


def shares(text: str, other: str, part: float) -> bool:
    """Whether two texts have in common at least this part of the terms of the shorter one."""
    a, b = set(terms(text)), set(terms(other))
    return len(a & b) >= part * min(len(a), len(b))


# Days within which reports follow a thing; further apart, unless the question is how it changed or how it is
# now, sentences that name the same mostly tell of another one. Of seven such remarks over 102 questions on
# 3,000 articles, 25 days to six years apart, two were true.
FOLLOWS = 14


def within(day: str | None, other: str | None) -> bool:
    """Whether two days of publication (ISO, of any precision) lie so near that reports of them may follow
    one thing."""
    if day is None or other is None:
        return False
    (_, last), (begins, _) = sorted((day_range(day), day_range(other)))
    return (_day(begins) - _day(last)).days <= FOLLOWS


def _day(number: int) -> date:
    return date(number // 10000, number // 100 % 100, number % 100)
