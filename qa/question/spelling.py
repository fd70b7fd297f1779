"""Misspelt words of a question -> words of the corpus. Only words that neither the corpus nor a list of
English words knows are touched, and what was read as what is said in a note."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qa.text.terms import STOP, tokens
from qa.text.wordlist import all_english, english

LONG = 9  # letters of a word that may be two edits away from what was meant
SHORTEST = 4  # letters of a word that may be misspelt, and of one that it may be read as


# British forms of American ones, many of which the list of words lacks.
_AMERICAN = [
    (re.compile(r"([iy])s(?=(?:e[drs]?|ers|ing|ations?)$)"), r"\1z"),  # characterise, analysed
    (re.compile(r"our(?=s?$|ed$|ing$|ite|able)"), "or"),  # favourite
    (re.compile(r"ll(?=(?:ed|ing|ors?|ers?)$)"), "l"),  # counsellor
    (re.compile(r"re$"), "er"),
    (re.compile(r"nce$"), "nse"),
    (re.compile(r"^sc"), "sk"),  # sceptical
    (re.compile(r"oe(?=u)|e(?=ment$)"), ""),  # manoeuvre, judgement
    (re.compile(r"ough"), "ow"),  # plough
]


def _formed(word: str) -> bool:
    """Made by rule of a word that is known: "unaccounted", "blacked", "characterise"."""
    return _built(word) or any(
        _built(american) for way, by in _AMERICAN if (american := way.sub(by, word)) != word
    )


def _built(word: str) -> bool:
    bare = word.removeprefix("un").removeprefix("non").removeprefix("re")
    return any(
        w in all_english()
        for w in (
            word,
            bare,
            *(
                w.removesuffix(e)
                for w in (word, bare)
                for e in ("s", "es", "ed", "ing", "er", "ers", "r", "rs", "d", "ly")
                if w.endswith(e) and len(w) - len(e) > 3
            ),
        )
    )


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """A word of the question that neither the corpus nor the word list knows, with its place."""

    start: int
    end: int
    word: str
    name: bool
    cased: bool  # the question tells names by their capitals

    @property
    def most(self) -> int:
        """Edits that it may be away from a word of the corpus."""
        return 1 if len(self.word) < LONG or self.name else 2


def _doubtful(question: str, known: Callable[[str], bool]) -> list[_Doubtful]:
    cased = question != question.lower()
    found = []
    for k, (start, end, term) in enumerate(tokens(question)):
        word = question[start:end]
        low = word.casefold()
        if len(word) < SHORTEST or not word.isalpha():
            continue
        if not (low in STOP or low in english() or known(term) or _formed(low)):
            found.append(_Doubtful(start, end, word, cased and word[0].isupper() and k > 0, cased))
    return found


def _believed(word: _Doubtful, key: str, written: str, count: int, distance: int) -> bool:
    """Whether a word that is near may be what was meant: a name only by a name of the articles, another word
    two edits away only by a word of theirs that is no name. The first letter is as good as always right."""
    if word.name:
        return count > 0 and written[0].isupper()
    if key[0] != word.word[0].casefold():
        return False
    return distance == 1 or (count > 0 and (written.islower() or not word.cased))


def _nearest(word: _Doubtful, words: Iterable[tuple[str, str, int]]) -> str | None:
    """The nearest of (folded, as written, count) within the edits allowed. Of equally near ones first those
    that articles have (a count), of these those that a letter was left out of, then those with one too many,
    then the others, as often as each kind of slip is made (Pollock and Zamora, CACM 27:4, 1984), and of those
    the most frequent.
    """
    from rapidfuzz.distance import OSA

    low, most = word.word.casefold(), word.most
    near = []
    for key, written, count in words:
        longer = len(key) - len(low)
        if abs(longer) > most:
            continue
        distance = OSA.distance(low, key, score_cutoff=most)
        if distance > most or not _believed(word, key, written, count, distance):
            continue
        near.append((distance, not count, (0 if longer > 0 else 1 if longer < 0 else 2), -count, written))
    return min(near)[-1] if near else None


def correct(
    question: str, known: Callable[[str], bool], vocabulary: Callable[[], Iterable[tuple[str, int]]]
) -> tuple[str, list[tuple[str, str]]]:
    """The question with misspelt words replaced, and the (written, read as) pairs.

    ``known``: whether a term is in the corpus; ``vocabulary``: (word, count) of the corpus's
    words, asked for only when there is something to correct.
    """
    doubtful = _doubtful(question, known)
    if not doubtful:
        return question, []
    words = [(w.casefold(), w, n) for w, n in vocabulary() if len(w) >= SHORTEST]
    held = {key for key, _, _ in words}
    # an English word that no article has is meant where it is nearer than all that they have
    words += [(w, w, 0) for w in english() if len(w) >= SHORTEST and w not in held]
    text, pairs = question, []
    for d in reversed(doubtful):
        read = _nearest(d, words)
        if read is not None:
            text = text[: d.start] + read + text[d.end :]
            pairs.append((d.word, read))
    return text, pairs[::-1]
