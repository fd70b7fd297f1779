"""What somebody says of something, asked for as such ("What did Dahl say about the ferry?"): sentences of
which the article itself shows whose words they are, and which name all that is asked about. The reader marks
a few words that answer; of a statement there are none to mark, and it takes most of them for no answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qa.answering.candidates import Candidate
from qa.attribution.attribution import Hearing, attribution_of
from qa.attribution.utterances import Utterance
from qa.question.parsing import Question
from qa.question.type_match import speaks
from qa.text.lexicon.forenames import forenames
from qa.text.terms import terms
from qa.types import Attribution

# What is asked of a statement, which is no part of what it is about.
_OF_SAYING = frozenset(
    terms("say says said tell told comment statement remark words think opinion view about regarding")
)


Spoken = Mapping[int, Sequence[Utterance]]  # StoredArticle.key -> who says what in it


def spoken_in(
    question: Question, found: Sequence[Candidate], text_of: Callable[[int], str], hearing: Hearing
) -> Spoken:
    """Who says what in the articles of the candidates; nothing where the question asks for no statement of
    anybody, as then nobody has to know."""
    if question.asks != "statement" or not question.speakers:
        return {}
    articles = {c.article.key: c.article for c in found}
    return {key: hearing(text_of(stored.source), stored) for key, stored in articles.items()}


def _told(candidate: Candidate, spoken: Spoken) -> Attribution | None:
    """Whose words a candidate is; None where they are the outlet's, or nobody's alone."""
    core = candidate.core
    told = attribution_of(spoken.get(candidate.article.key, ()), core.start, core.end, None)
    return told if told is not None and told.voice != "outlet" else None


def heard(question: Question, found: Sequence[Candidate], spoken: Spoken) -> list[bool]:
    """Whether each candidate is what whoever is asked about says of all that is asked about: each further
    word of the question stands in it, and by the article's own words it is his or hers. All false where no
    statement is asked for (``spoken_in``)."""
    about = {w.term for w in question.words} - question.speakers - _OF_SAYING

    def is_said(c: Candidate) -> bool:
        if not about <= set(terms(c.text)):
            return False
        told = _told(c, spoken)
        return told is not None and question.speakers <= set(terms(told.speaker))

    return [bool(spoken) and is_said(c) for c in found]


def of_another(question: Question, found: Sequence[Candidate], spoken: Spoken) -> list[bool]:
    """Whether each candidate is what another person says, and whoever is asked about is not heard in it. All
    false unless a statement of a person is asked for: for a body its people speak."""
    who = question.speakers
    names = {u.speaker for acts in spoken.values() for u in acts}
    if not any(who & set(terms(name)) and is_person_name(name) for name in names):
        return [False] * len(found)

    def is_other(c: Candidate) -> bool:
        told = _told(c, spoken)
        return (
            told is not None
            and is_person_name(told.speaker)
            and not who & set(terms(f"{told.speaker} {told.role or ''}"))
            and not speaks(c.text, c.before, who)
        )

    return [is_other(c) for c in found]


def is_person_name(name: str) -> bool:
    """A forename and more, all in capitals: "Megyn Kelly"; not "the police", "Norvik Inc"."""
    words = name.split()
    return len(words) > 1 and all(w[:1].isupper() for w in words) and words[0].casefold() in forenames()
