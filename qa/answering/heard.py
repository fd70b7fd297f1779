"""What somebody says of something, asked for as such ("What did Dahl say about the ferry?"): sentences of
which the article itself shows whose words they are, and which name all that is asked about. The reader marks
a few words that answer; of a statement there are none to mark, and it takes most of them for no answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.answering.candidates import Candidate
from qa.attribution.attribution import Hearing, attribution_of
from qa.question.parsing import Question
from qa.text.terms import terms

# What is asked of a statement, which is no part of what it is about.
_OF_SAYING = frozenset(
    terms("say says said tell told comment statement remark words think opinion view about regarding")
)


def heard(
    question: Question, found: Sequence[Candidate], text_of: Callable[[int], str], hearing: Hearing
) -> list[bool]:
    """Whether each candidate is what whoever is asked about says of all that is asked about: each further
    word of the question stands in it, and by the article's own words it is his or hers. All false where no
    statement is asked for."""
    if question.asks != "statement" or not question.speakers:
        return [False] * len(found)
    about = {w.term for w in question.words} - question.speakers - _OF_SAYING
    return [about <= set(terms(c.text)) and _says(question.speakers, c, text_of, hearing) for c in found]


def _says(who: frozenset[str], candidate: Candidate, text_of: Callable[[int], str], hearing: Hearing) -> bool:
    stored = candidate.article
    spoken = hearing(text_of(stored.source), stored)
    told = attribution_of(spoken, candidate.core.start, candidate.core.end, None)
    return told is not None and told.voice != "outlet" and who <= set(terms(told.speaker))
