"""What a question takes for granted and a source denies: "What did X tell Y when they met?", where they
had not met.

A denial is a sentence about what is asked (its names, most of its words) whose negation stands over the
very thing that the question presupposes. A premise that is neither stated nor denied is not found here;
that is an abstention.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa.answering.candidates import Candidate
from qa.answering.negations import Zone, zones
from qa.answering.ranking import Ranked
from qa.index.embeddings import TokenEmbedding
from qa.question.parsing import Question, Word
from qa.text.lexicon.negation import negator_pattern
from qa.text.lexicon.people import ABBREVIATED_TITLES
from qa.text.lexicon.speech import verb_pattern
from qa.text.names import names
from qa.text.terms import STOP, terms, tokens

_DENIES_VERB = negator_pattern("particle", "preposition")
_ASKED_NOT = re.compile(
    rf"""
    \b(?:
        {_DENIES_VERB} | fail\w* | refus\w* | den(?:y|ied|ies) | declin\w* | reject\w* | no | nobody | none
        | stay(?:ed)?\ away | left\ out | kept\ .{{1,40}}\ from | miss\w* | absent | short\ of
        | un\w{{3,}}ed | cancel\w* | postpon\w*
    )\b
    | n[’']t\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CLAUSE = re.compile(
    r"\b(?:when|after|before|that|since|while|once|during|at|in)\s+(?P<clause>[^?]+)\??$", re.IGNORECASE
)
_ASKED = verb_pattern("asked", of=lambda v: (v.lemma,))
# "What did the coastguard say about distress calls?" takes for granted that it spoke, not that there were any
_SAYS_OF = re.compile(
    rf"""
    \b(?:did|does|do|has|have)\b .* \b(?:{_ASKED}|said|told|know|think)\s
    .{{0,30}}? \b(?:about|of|on|against)\b
    | \bwhat\ (?:do\ we\ know | is\ known)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "… - could it change the result?" asks whether, and takes nothing for granted
_WHETHER = re.compile(
    r"(?:\s[-–—]|[;,]|\band)\s+(?:could|can|did|does|do|is|are|was|were|will|would|has|have|had|should)\s+\w",
    re.IGNORECASE,
)
# "Pell's claim that the board wanted it" takes for granted that Pell claimed it, not that the board did
_CLAIMED = re.compile(
    r"\b(?:accusation|allegation|assertion|charge|claim|insinuation|rumou?r|suggestion|suspicion|theory)s?"
    r"\s+(?:that|of)\b",
    re.IGNORECASE,
)
# "How well known is he?" asks how far it is so, for which "not widely" is an answer
_DEGREE = re.compile(
    r"^\W*(?:and\s+)?how\s+(?!(?:many|much|long|often|far|come|do|does|did|is|are|was|were|has|have|had|can|could"
    r"|will|would|should|might|may|must|to)\b)\w+",
    re.IGNORECASE,
)
_WHY = re.compile(r"^\W*(?:and\s+)?why\b", re.IGNORECASE)
_ASKS = re.compile(
    r"""
    ^\W*
    (?:
        (?: and | but | so | then | in | at | on | to | by | for | from | with | under | during | since )\s+
    )?
    (?: who | whom | whose | what | which | when | where | why | how )\b .* \?\s*$
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_TITLES = ABBREVIATED_TITLES
_PRESENCE = frozenset(
    terms("attend attended come came appear appeared show go went travel join joined place exist")
)
NEAR = 2.0  # how much worse than the best sentence (logit) one that denies may be
ALIKE = 0.45  # cosine of what is negated with a word of the question
ABOUT = 0.5  # of the question's words by weight, that the sentence in its context must hold
NAMES = 0.5  # of its names


# "which is not a recount" says what a thing is: it denies nothing that is only like it ("a recanvass")
_NO_SUCH_THING = re.compile(
    r"\b(?:is|are|was|were|be|been)(?:n[’']t|\s+not)\s+(?:an?|the)\b.*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Denial:
    """The candidate (by its number) that denies what the question takes for granted, and what that is."""

    candidate: int
    asserted: str


def denial(ranked: Ranked, asked: TokenEmbedding, texts: Sequence[TokenEmbedding]) -> Denial | None:
    """The sentence, among those close to the best, that denies what the question takes for granted; None
    where the best sentence answers."""
    question = ranked.question
    text = question.text
    if not _ASKS.match(text) or _ASKED_NOT.search(text) or _DEGREE.match(text):
        return None
    best = float(ranked.scores[ranked.order[0]])
    first = ranked.table.row(ranked.order[0])
    answered = ranked.decision.verdict == "answer" and first["type_missing"] == 0
    for k, i in enumerate(ranked.order):
        if best - float(ranked.scores[i]) > NEAR:
            return None
        candidate, row = ranked.found[i], ranked.table.row(i)
        over = _that_deny(question, candidate)
        if not over:
            continue
        of_it = _said_not_of(question, candidate.text, over)
        if of_it is not None and not _said(ranked, i, over):
            return Denial(i, assumed(question.text, of_it))
        if k and answered:
            continue
        if row["context_coverage"] < ABOUT or row["names"] < NAMES:
            continue
        if (at := _denied(question, asked, candidate.text, over, texts[i])) is not None:
            return Denial(i, assumed(question.text, at))
    return None


def _that_deny(question: Question, candidate: Candidate) -> list[Zone]:
    """The negations of a sentence that may deny what the question takes for granted."""
    text = candidate.text
    if candidate.article.article.truncated and candidate.article.article.end - candidate.core.end <= 3:
        return []  # what breaks off denies nothing
    own = {w.term for w in question.words}
    return [
        z
        for z in zones(text)
        if _of_whom_asked(question, text, z)
        and not (z.reason and _WHY.match(question.text))
        and {t for _, _, t in z.times(text)} <= own
        and not (z.unknown and (z.head is None or z.head[2] not in own))
    ]


def _assumed_words(question: Question) -> list[Word]:
    """The words of the question that say what it takes for granted, without the noun that it asks for,
    without that of which somebody is asked to have spoken, and up to what is asked besides."""
    m = _SAYS_OF.search(question.text)
    end = min(
        found.start() if (found := pattern.search(question.text)) else len(question.text)
        for pattern in (_WHETHER, _CLAIMED)
    )
    then = _CLAUSE.search(question.text, m.end()) if m else None
    return [
        w
        for k, w in enumerate(question.words)
        if k != question.head
        and w.start < end
        and (m is None or (then is not None and w.start >= then.start("clause")))
    ]


def _of_whom_asked(question: Question, text: str, zone: Zone) -> bool:
    """Whether the clause that is negated is about somebody or something that the question names, where it
    names anybody at all: that another councillor did not vote denies nothing."""
    named = names(text[zone.begin : zone.start])
    return not named or bool(named & {w.term for w in question.words})


def _said_not_of(question: Question, text: str, over: Sequence[Zone]) -> int | None:
    """Where the question has the very word that is negated, of the very subject of which it is negated: all
    words of the subject, of its names one, stand in the question ("Mr *Pell* has not *confessed*")."""
    own = {w.term for w in question.words}
    words = {w.term: w for w in _assumed_words(question) if not w.name}
    for z in over:
        if z.head is None or z.head[2] not in words:
            continue
        before = text[z.begin : z.start]
        named = names(before)
        subject = {t for a, b, t in tokens(before) if before[a:b].casefold() not in STOP | _TITLES}
        if subject and subject - named <= own and (not named or named & own):
            return words[z.head[2]].start
    return None


def _said(ranked: Ranked, at: int, over: Sequence[Zone]) -> bool:
    """Whether a report that is no older says of the same subject what the sentence denies: then it has come
    about since, or the reports differ."""
    denying = ranked.found[at]
    heads = {z.head[2] for z in over if z.head is not None}
    own = {w.term for w in ranked.question.words}
    subject = {t for z in over for _, _, t in tokens(denying.text[z.begin : z.start])} & own
    day = denying.article.article.meta.as_of
    for i, other in enumerate(ranked.found):
        held = {t for _, _, t in tokens(other.text)}
        if i == at or not heads & held or not subject <= held:
            continue
        if any(z.head is not None and z.head[2] in heads for z in zones(other.text)):
            continue
        theirs = other.article.article.meta.as_of
        if day is None or theirs is None or theirs >= day:
            return True
    return False


def _denied(
    question: Question, asked: TokenEmbedding, text: str, over: Sequence[Zone], reading: TokenEmbedding
) -> int | None:
    """Where the question has a word that the sentence denies, by its term or by its meaning."""
    words = [w for w in _assumed_words(question) if not w.name]
    if (at := _said_not(question, words, text, over)) is not None:
        return at
    for word in words:
        found = [i for i, (a, b) in enumerate(asked.words) if a < word.end and b > word.start]
        if not found:
            continue
        vector = asked.word_vectors[found].mean(0)
        vector = vector / max(float(np.linalg.norm(vector)), 1e-9)
        for z in over:
            if z.head is None:
                continue
            start, end, term = z.head
            named = _NO_SUCH_THING.search(text[z.begin : start]) is not None
            own = [] if named else [i for i, (a, b) in enumerate(reading.words) if a < end and b > start]
            if term == word.term or (own and float((reading.word_vectors[own] @ vector).max()) >= ALIKE):
                return word.start
    return None


def _said_not(question: Question, words: Sequence[Word], text: str, over: Sequence[Zone]) -> int | None:
    """Where the question has a word under a negation whose clause begins with another of its words, and what
    is denied is that word itself or being there ("President *Hallam* did not attend the *funerals*")."""
    by_term = {w.term: w for w in words}
    named = {w.term for w in question.words}
    for z in over:
        subject = {t for _, _, t in tokens(text[z.begin : z.start])} & named
        denied = [t for _, _, t in tokens(text[z.start : z.end]) if t in by_term and t not in subject]
        presence = z.head is not None and z.head[2] in _PRESENCE
        if subject and denied and (presence or (z.head is not None and z.head[2] == denied[0])):
            return by_term[denied[0]].start
    return None


def assumed(question: str, at: int) -> str:
    """What the question takes for granted, in its own words: the clause that holds the word at ``at``."""
    m = _CLAUSE.search(question)
    if m and m.start("clause") <= at:
        return m["clause"].strip()
    rest = re.sub(
        r"^\s*(?:who|whom|what|which|when|where|why|how(?:\s+(?:many|much|long|often|far))?)\s+",
        "",
        question.strip().rstrip("?"),
        flags=re.IGNORECASE,
    )
    return rest.strip()
