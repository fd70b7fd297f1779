"""What somebody says of something, asked for as such ("What did Dahl say about the ferry?"): sentences of
which the article itself shows whose words they are, and which name all that is asked about. The reader marks
a few words that answer; of a statement there are none to mark, and it takes most of them for no answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.answering.candidates import Candidate
from qa.attribution.attribution import Hearing, attribution_of
from qa.question.parsing import Question
from qa.question.type_match import speaks
from qa.text.lexicon.forenames import forenames
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


def of_another(
    question: Question, found: Sequence[Candidate], text_of: Callable[[int], str], hearing: Hearing
) -> list[bool]:
    """Whether each candidate is what another person says, and whoever is asked about is not heard in it. All
    false unless a statement of a person is asked for: for a body its people speak."""
    who = question.speakers
    if question.asks != "statement" or not who:
        return [False] * len(found)
    spoken = {c.article.key: hearing(text_of(c.article.source), c.article) for c in found}
    names = {u.speaker for acts in spoken.values() for u in acts}
    if not any(who & set(terms(name)) and is_person_name(name) for name in names):
        return [False] * len(found)

    def other(c: Candidate) -> bool:
        told = attribution_of(spoken[c.article.key], c.core.start, c.core.end, None)
        return (
            told is not None
            and told.voice != "outlet"
            and is_person_name(told.speaker)
            and not who & set(terms(f"{told.speaker} {told.role or ''}"))
            and not speaks(c.text, c.before, who)
        )

    return [other(c) for c in found]


def is_person_name(name: str) -> bool:
    """A forename and more, all in capitals: "Megyn Kelly"; not "the police", "Norvik Inc"."""
    words = name.split()
    return len(words) > 1 and all(w[:1].isupper() for w in words) and words[0].casefold() in forenames()
