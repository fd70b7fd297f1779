"""Reports that cannot both hold, and how a thing changed: the same question answered with another figure
by another article, each side with its own date, outlet and quote.

Two sentences are sides of one matter if both answer the question (the figure asked for stands in each beside
the thing counted) and their figures differ. Of one day, or without dates, that is a conflict between outlets;
of different days the later is the later state.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from qa.answering.candidates import Candidate
from qa.answering.sides import a_difference, named_by, named_in, one_subject, one_unit, others_named, within
from qa.index.embeddings import TokenEmbedding, Vectors
from qa.question.parsing import Question
from qa.text.dates import day_range, find_dates
from qa.text.figures import figures
from qa.text.lexicon.calendar import month_pattern
from qa.text.lexicon.numbers import number_pattern
from qa.text.terms import terms

LATEST = re.compile(
    r"""
    \b(?:
        now | currently? | latest | most\ recent | as\ (?:things|it)\ stands? | at\ the\ moment | so\ far
        | by\ now | still | today | these\ days | newest | up\ to\ date
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
CHANGE = re.compile(
    r"""
    \bhow\ (?:did|has|have|had|do|does)\b .* \b(?:                            # how did it develop
        chang | develop | evolv | mov | shift | differ | turn\ out | progress | grow | rise | fall
        | vary | compare
    )
    | \b(?:chang|evolv|develop)\w*\b .{0,30} \b(?:                            # changed over time
        over\ time | since | from\ day | day\ to\ day | account | version | position | story
    )
    | \bstay\ the\ same\b | \bhow\ .*\ changed\b | \bwhat\ (?:has\ )?happened\ to\b | \bwhat\ became\ of\b
    | \bcompared?\ (?:with|to)\b | \btimeline\b | \bcourse\ of\b | \bdisagree\b | \bdiffer\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
NEAR = 2.5  # how much worse than the best sentence (logit) a side may be
NEAR_CHANGE = 4.0  # … where the question asks how a thing changed, or for its latest state
MOST_SIDES = 5
SAME_MATTER = 0.35  # cosine of two sentences that may speak of one matter
_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
_MEASURED = re.compile(
    r"""
    \b(?:
        margin | strongest | highest | lowest | largest | biggest | longest | size | toll | count
        | result | score | forecast | estimate | figure | rate | price | cost | number | speed
        | how\ (?: much|long|far|big|high )
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
SAME_FACT, AGREED = 0.6, 0.4  # cosine of two sentences that tell the same, and the share of terms in common
NEARBY = 4  # words between a figure and what it counts
COUNTED = 0.45  # cosine of the word beside the figure with the thing asked for
_MONTH = month_pattern(titled=True)
_DATE_LIKE = re.compile(
    rf"""
    \b(?:19|20)\d\d\b
    | \b\d{{1,2}}[:.]\d{{2}}\b                                                # 14:30
    | \b\d{{1,2}}(?:st|nd|rd|th)\b
    | \b(?:{_MONTH})\s+\d{{1,2}}\b | \b\d{{1,2}}\s+(?:{_MONTH})\b
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Side:
    """A candidate (by its number) with the figures that answer."""

    at: int
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class FoundConflict:
    """Sides in order of publication, oldest first, undated last. ``changed``: of different days;
    ``certain``: that they are sides of one matter may be said; otherwise they only stand together."""

    about: str
    sides: tuple[Side, ...]
    changed: bool
    certain: bool = True


_FIGURE = re.compile(
    rf"""
    \d[\d.,]*\d | \d
    | \b{number_pattern()}(?:-\w+)?\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


# the other side's share of a vote or a score, which two reports of different results may have in common
_AGAINST = re.compile(r"(?<!\bfrom )\b\d+(?:\s+votes)?\s*(?:\b(?:to|against)\b|[-–])\s*\Z")
_CONTEST = re.compile(r"\b(?:margin|votes?|voted|score|result|majority)\b", re.IGNORECASE)


def figures_of_the_thing_asked(
    question: Question, asked: TokenEmbedding, text: str, reading: TokenEmbedding
) -> frozenset[str]:
    """The figures of a sentence that stand beside what the question counts or measures: the thing it names
    ("How many *people* …"), else any word of it that is no name."""
    plain = _DATE_LIKE.sub(lambda m: " " * len(m.group()), text)
    words = (
        [question.words[question.head]]
        if question.head is not None and _HOW_MANY.search(question.text)
        else [w for w in question.words if not w.name]
    )
    vectors = []
    for word in words:
        at = [i for i, (a, b) in enumerate(asked.words) if a < word.end and b > word.start]
        if at:
            vector = asked.word_vectors[at].mean(0)
            vectors.append(vector / max(float(np.linalg.norm(vector)), 1e-9))
    if not vectors:
        return frozenset()
    anchors = np.stack(vectors)
    found = set()
    contest = _CONTEST.search(question.text) is not None
    for m in _FIGURE.finditer(plain):
        if contest and _AGAINST.search(plain, 0, m.start()):
            continue
        value = next(iter(figures(m.group())), None)
        beside = [
            i
            for i, (a, b) in enumerate(reading.words)
            if (m.end() <= a and len(text[m.end() : a].split()) <= NEARBY)
            or (b <= m.start() and len(text[b : m.start()].split()) <= NEARBY)
        ]
        if (
            value is not None
            and beside
            and float((reading.word_vectors[beside] @ anchors.T).max()) >= COUNTED
        ):
            found.add(value)
    return frozenset(found)


_PERIOD = re.compile(
    r"\b(?:first|second|third|fourth|last|next|whole)[\s-]+(?:quarter|half|round|leg|day|night)\b",
    re.IGNORECASE,
)


def periods(text: str) -> set[str]:
    """The parts of a time or of a contest that a text names ("the first quarter"): figures of others are of
    other things."""
    return {re.sub(r"[\s-]+", " ", m.group().casefold()) for m in _PERIOD.finditer(text)}


def published(c: Candidate) -> str | None:
    return c.article.article.meta.published


def find_conflict(
    question: Question,
    asked: TokenEmbedding,
    found: Sequence[Candidate],
    readings: Sequence[TokenEmbedding],
    scores: Vectors,
    order: Sequence[int],
    lead_of: Callable[[Candidate], str],
) -> FoundConflict | None:
    """The sides of the matter that a question for a figure, or for a change, asks about; None where all
    agree or only one report is found. ``lead_of``: the beginning of an article."""
    change, latest = bool(CHANGE.search(question.text)), bool(LATEST.search(question.text))
    figured = question.asks == "number" or (
        question.asks in ("other", "name") and bool(_MEASURED.search(question.text))
    )
    if not (figured or change or latest):
        return None
    best = float(scores[order[0]])
    days = asked_of(question.text)
    sides: list[Side] = []
    for i in order:
        if best - float(scores[i]) > (NEAR_CHANGE if change or latest else NEAR) or len(sides) == MOST_SIDES:
            break
        day = published(found[i])
        if (
            days
            and day
            and not change
            and not (day_range(day)[0] <= days[1] and days[0] <= day_range(day)[1])
        ):
            continue
        if periods(question.text) - periods(found[i].text):
            continue
        values = figures_of_the_thing_asked(question, asked, found[i].text, readings[i])
        if any(found[s.at].article.story == found[i].article.story for s in sides) or not (
            values or (change and not figured)
        ):
            continue
        sides.append(Side(i, values))
    if not sides:
        return None
    first = sides[0]
    near = readings[first.at].vector
    apart = [
        s
        for s in sides[1:]
        if not (s.values & first.values) and float(readings[s.at].vector @ near) >= SAME_MATTER
    ]
    if not apart:
        return None
    chosen = sorted(
        [first, *apart], key=lambda s: (published(found[s.at]) is None, published(found[s.at]) or "", s.at)
    )
    asked_for = figured or change  # "the latest on X" asks for no figure
    held = [s for s in chosen if asked_for and s.values and _states(question, found[s.at], s, lead_of)]
    if not (change or latest):
        held = [s for s in held if within(published(found[s.at]), published(found[first.at]))]
    if first in held and len({s.values for s in held}) > 1:
        of_first = found[first.at].text, first.values
        beginning = lead_of(found[first.at])
        held = [
            s
            for s in held
            if one_unit(*of_first, found[s.at].text, s.values)
            and one_subject(question, beginning, lead_of(found[s.at]))
        ]
        if len(held) > 1:
            dates = {published(found[s.at]) for s in held}
            return FoundConflict(question.text.rstrip("?"), tuple(held), changed=len(dates) > 1)
    return FoundConflict(question.text.rstrip("?"), tuple(chosen), changed=False, certain=False)


def _states(
    question: Question, candidate: Candidate, side: Side, lead_of: Callable[[Candidate], str]
) -> bool:
    """Whether a side may be set against others: of a dated report, about what the question names and about
    nobody else, and no mere difference."""
    beginning = lead_of(candidate)
    return (
        published(candidate) is not None
        and named_in(question, candidate, beginning)
        and not others_named(named_by(question), candidate.text, beginning)
        and not all(a_difference(question, candidate.text, v) for v in side.values)
    )


def corroborating(found: Sequence[Candidate], readings: Sequence[TokenEmbedding], at: int) -> list[int]:
    """The sentences of other reports (copies are none) that tell what sentence ``at`` tells: near it in
    meaning, most of the shorter one's terms in the other, and no figure of one missing in the other where
    both have some."""
    own, numbers = set(terms(found[at].text)), set(figures(_DATE_LIKE.sub(" ", found[at].text)))
    chosen: list[int] = []
    stories = {found[at].article.story}
    for i, c in enumerate(found):
        if c.article.story in stories:
            continue
        theirs, others = set(terms(c.text)), set(figures(_DATE_LIKE.sub(" ", c.text)))
        if len(own & theirs) < AGREED * min(len(own), len(theirs)) or (
            numbers and others and not (numbers <= others or others <= numbers)
        ):
            continue
        # last, as only the sentences that are left have to be embedded
        if float(readings[i].vector @ readings[at].vector) < SAME_FACT:
            continue
        chosen.append(i)
        stories.add(c.article.story)
    return chosen


def asked_of(question: str) -> tuple[int, int] | None:
    """The days (YYYYMMDD, both included) that a question places itself in by a full date or a month with its
    year; a year alone is left to the words."""
    found = [v for _, _, v in find_dates(question) if len(v) > 4]
    if not found:
        return None
    spans = [day_range(v) for v in found]
    return min(a for a, _ in spans), max(b for _, b in spans)
