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
from qa.answering.ranking import Ranked
from qa.index.embeddings import TokenEmbedding
from qa.question.parsing import Question
from qa.text.lexicon.negation import negator_pattern
from qa.text.lexicon.speech import verb_pattern
from qa.text.names import names
from qa.text.terms import STOP, tokens

# "no" and "nothing" deny only what stands behind them; these words deny their clause.
_DENIES = negator_pattern("particle", "quantity", "preposition")
_DENIES_VERB = negator_pattern("particle", "preposition")
_SAID = verb_pattern("words", of=lambda v: v.past)
_NOT = re.compile(
    rf"""
    \b(?:
        {_DENIES}
        | has\ yet\ to | have\ yet\ to | had\ yet\ to | yet\ to | failed\ to
        | denie[sd] | den(?:y|ying) | refused\ to | declined\ to | rejected
        | no(?=\s+[a-z])
    )\b
    | n[’']t\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ASKED_NOT = re.compile(
    rf"""
    \b(?:
        {_DENIES_VERB} | fail\w* | refus\w* | den(?:y|ied|ies) | declin\w* | reject\w* | no\ longer
        | stay(?:ed)?\ away | left\ out | kept\ .{{1,40}}\ from | miss\w* | absent | short\ of
        | un\w{{3,}}ed | cancel\w* | postpon\w*
    )\b
    | n[’']t\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOT_ONLY = re.compile(
    rf"""
    \bnot\ (?: only | just | least | surpris\w+ | necessarily | rule\ out | yet\ clear | enough )\b
    | \bno\ (?:                                                       # no doubt
        doubt | less | longer | later | more\ than | fewer | matter | comment | reason | sign
    )\b
    | \bwithout\ (?: doubt | question | reference )\b
    | \bcannot\b | \bcan\ not\b | \bif\ not\b
    | \b(?:no\ one|nobody)\s+(?: could | can | knows? | knew )\b
    | \bnot\ (?:                                                      # not known: the text cannot say
        say | clear | known | confirm | {_SAID}
        | been\ (?: {_SAID} | named | identified )
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_END = re.compile(
    r"""
    [.;:!?—–”\"]
    | ,\s+(?: but | and | while | although | though | which | who | saying | adding | because )\b
    | \b(?: but | because | until | unless | before )\b
    """,
    re.VERBOSE,
)
_CLAUSE = re.compile(
    r"\b(?:when|after|before|that|since|while|once|during|at|in)\s+(?P<clause>[^?]+)\??$", re.IGNORECASE
)
_LIGHT = frozenset("been be being yet take took taken make made any part held hold".split())
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
NEAR = 2.0  # how much worse than the best sentence (logit) one that denies may be
ALIKE = 0.45  # cosine of what is negated with a word of the question
ABOUT = 0.5  # of the question's words by weight, that the sentence in its context must hold
NAMES = 0.5  # of its names


def zones(text: str) -> list[tuple[int, int]]:
    """What each negation of a sentence stands over: the words after it to the end of its clause."""
    found = []
    for m in _NOT.finditer(text):
        if _NOT_ONLY.match(text, m.start()):
            continue
        end = _END.search(text, m.end())
        found.append((m.end(), min(end.start() if end else len(text), m.end() + 70)))
    return found


@dataclass(frozen=True, slots=True)
class Denial:
    """The candidate (by its number) that denies what the question takes for granted, and what that is."""

    candidate: int
    asserted: str


def denial(ranked: Ranked, asked: TokenEmbedding, texts: Sequence[TokenEmbedding]) -> Denial | None:
    """The sentence, among those close to the best, that denies what the question takes for granted; None
    where the best sentence answers."""
    question = ranked.question
    if not _ASKS.match(question.text) or _ASKED_NOT.search(question.text):
        return None
    best = float(ranked.scores[ranked.order[0]])
    for k, i in enumerate(ranked.order):
        if best - float(ranked.scores[i]) > NEAR:
            return None
        if (
            k == 1
            and ranked.decision.verdict == "answer"
            and ranked.table.row(ranked.order[0])["type_missing"] == 0
        ):
            return None
        row = ranked.table.row(i)
        if row["context_coverage"] < ABOUT or row["names"] < NAMES or not zones(ranked.found[i].text):
            continue
        if (asserted := denied_premise(question, asked, ranked.found[i], texts[i])) is not None:
            return Denial(i, asserted)
    return None


def denied_premise(
    question: Question,
    asked: TokenEmbedding,
    candidate: Candidate,
    reading: TokenEmbedding,
) -> str | None:
    """The words of the question that the sentence denies, or None."""
    if candidate.article.article.truncated and candidate.article.article.end - candidate.core.end <= 3:
        return None  # what breaks off denies nothing
    over = [z for z in zones(candidate.text) if _of_whom_asked(question, candidate.text, z[0])]
    if not over:
        return None
    if (denied := _said_not(question, candidate.text, over)) is not None:
        return assumed(question.text, denied)
    heads = [h for h in (_head(candidate.text, a, b) for a, b in over) if h is not None]
    for k, word in enumerate(question.words):
        if word.name or k == question.head:
            continue
        at = [i for i, (a, b) in enumerate(asked.words) if a < word.end and b > word.start]
        if not at:
            continue
        vector = asked.word_vectors[at].mean(0)
        vector = vector / max(float(np.linalg.norm(vector)), 1e-9)
        for start, end, term in heads:
            own = [i for i, (a, b) in enumerate(reading.words) if a < end and b > start]
            if term == word.term or (own and float((reading.word_vectors[own] @ vector).max()) >= ALIKE):
                return assumed(question.text, word.start)
    return None


def _clause(text: str, at: int) -> int:
    """Where the clause begins that holds a place."""
    return max((m.end() for m in re.finditer(r"[;:—–“”\"]|,\s", text[:at])), default=0)


def _of_whom_asked(question: Question, text: str, negation: int) -> bool:
    """Whether the clause that is negated is about somebody or something that the question names, where it
    names anybody at all: that another councillor did not vote denies nothing."""
    begin = _clause(text, negation)
    named = names(text[begin:negation])
    return not named or bool(named & {w.term for w in question.words})


def _said_not(question: Question, text: str, over: list[tuple[int, int]]) -> int | None:
    """Where the question has a word that stands under a negation whose clause begins with another of its
    words ("President *Hallam* did not attend the *funerals*")."""
    words = {w.term: w for k, w in enumerate(question.words) if k != question.head}
    for a, b in over:
        begin = _clause(text, a)
        subject = {t for _, _, t in tokens(text[begin:a])} & words.keys()
        denied = [t for _, _, t in tokens(text[a:b]) if t in words and not words[t].name and t not in subject]
        if subject and denied:
            return words[denied[0]].start
    return None


def _head(text: str, start: int, end: int) -> tuple[int, int, str] | None:
    """(start, end, term) of what is negated: the first word under the negation that carries a meaning."""
    return next(
        (
            (start + a, start + b, t)
            for a, b, t in tokens(text[start:end])
            if text[start + a : start + b].casefold() not in STOP | _LIGHT
        ),
        None,
    )


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
