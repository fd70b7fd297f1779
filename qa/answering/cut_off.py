"""A text that breaks off where the answer would stand."""

from __future__ import annotations

import re

from qa.answering.candidates import Candidate
from qa.answering.ranking import Ranked
from qa.attribution.acts import VERB
from qa.question.parsing import Question
from qa.question.type_match import holds

# How much worse (logit) than the best sentence an unfinished one may be: as much as a further quoted one.
NEARLY = 0.8
# Of the question's words by rarity, that it must share: where it is the best sentence and good enough; where
# no sentence is; and where somebody's words about something are asked for besides, as most are somebody's.
ABOUT_AT_ALL, ABOUT_IT, ALL_OF_IT = 0.3, 0.6, 0.9
# … and how much more than the best sentence, where it is less good than that by more than NEARLY.
MORE_OF_IT = 0.3
TYPED = ("number", "date", "person", "place", "name")  # kinds that a sentence holds or does not
_WORDS = (
    "to in at by of for from with on the a an that is are was were be about near into than because and "
    "between after his her its their under over until since as"
).split()
# What an answer would have to follow: "will be built in …", "his first reason is that …".
_HANGING = re.compile(rf"\b(?:{'|'.join(_WORDS)})[\s\u00a0]*(?:…|\.\.\.)$")
_TAIL = 3  # characters of an article after its last sentence


def cut_off(ranked: Ranked) -> Candidate | None:
    """The unfinished last sentence of a text that breaks off, where the answer would stand in it: it is the
    best sentence, or nearly so where no sentence is good enough; and what is there of it does not hold the
    kind of thing asked for. Or it is one of the three best, breaks off behind a word that an answer follows
    ("asked him for time to …"), and holds more of the question than the best sentence, which does not hold
    the kind of thing asked for."""
    best = float(ranked.scores[ranked.order[0]])
    answers = ranked.decision.verdict == "answer"
    about = ranked.table.column("context_coverage")
    least = ALL_OF_IT if ranked.question.asks == "statement" else ABOUT_IT
    least = ABOUT_AT_ALL if answers else least
    for k, i in enumerate(ranked.order[: 1 if answers else 3]):
        candidate = ranked.found[i]
        if not _last_of_a_torn_text(candidate) or not _open(ranked.question, candidate, first=k == 0):
            continue
        if best - float(ranked.scores[i]) <= NEARLY and about[i] >= least:
            return candidate
    return _hanging(ranked)


def _hanging(ranked: Ranked) -> Candidate | None:
    own, best = ranked.table.column("coverage"), float(ranked.scores[ranked.order[0]])
    if not _open(ranked.question, ranked.found[ranked.order[0]], first=False):
        return None  # what seems to answer holds the kind of thing asked for
    for i in ranked.order[1:3]:
        candidate = ranked.found[i]
        hangs = _last_of_a_torn_text(candidate) and _HANGING.search(candidate.text)
        more = 0.0 if best - float(ranked.scores[i]) <= NEARLY else MORE_OF_IT
        if hangs and own[i] > own[ranked.order[0]] + more:
            return candidate
    return None


def _last_of_a_torn_text(candidate: Candidate) -> bool:
    article = candidate.article.article
    return article.truncated and article.end - candidate.core.end <= _TAIL


def _open(question: Question, candidate: Candidate, first: bool) -> bool:
    """Whether the answer is still to come in an unfinished sentence."""
    if first and _hangs(question, candidate.text):
        return True
    return not (question.asks in TYPED and holds(question, candidate.text) == 1)


def _hangs(question: Question, text: str) -> bool:
    if question.asks not in ("person", "place", "name", "date") or not _HANGING.search(text):
        return False
    # who says it is told before it breaks off
    return not (question.asks == "person" and VERB.search(question.text.lower()))
