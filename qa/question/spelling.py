"""Misspelt words of a question -> words of the corpus. Only words that neither the corpus nor a common
English word list knows are touched, and what was read as what is said in a note."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qa.text.terms import STOP, tokens
from qa.text.wordlist import english


def _formed(word: str) -> bool:
    """Made by rule of a word that is known: "unaccounted", "blacked"."""
    bare = word.removeprefix("un").removeprefix("non").removeprefix("re")
    return any(
        w in english()
        for w in (
            bare,
            *(
                w.removesuffix(e)
                for w in (word, bare)
                for e in ("s", "es", "ed", "ing", "er", "ers", "d", "ly")
                if w.endswith(e) and len(w) - len(e) > 3
            ),
        )
    )


def correct(
    question: str, known: Callable[[str], bool], vocabulary: Callable[[], Iterable[tuple[str, int]]]
) -> tuple[str, list[tuple[str, str]]]:
    """The question with misspelt words replaced, and the (written, read as) pairs.

    ``known``: whether a term is in the corpus; ``vocabulary``: (word, count) of the corpus's
    words, asked for only when there is something to correct.
    """
    cased = question != question.lower()
    doubtful = []
    for k, (start, end, term) in enumerate(tokens(question)):
        word = question[start:end]
        low = word.casefold()
        if (
            len(word) < 4
            or not word.isalpha()
            or low in STOP
            or low in english()
            or known(term)
            or _formed(low)
        ):
            continue
        doubtful.append((start, end, word, cased and word[0].isupper() and k > 0))
    if not doubtful:
        return question, []
    from rapidfuzz.distance import OSA

    words = [(w.casefold(), w, n) for w, n in vocabulary() if len(w) >= 4]
    text, pairs = question, []
    for start, end, word, name in reversed(doubtful):
        most = 1 if len(word) < 7 or name else 2
        low = word.casefold()
        best = min(
            (
                (d, -n, w)
                for key, w, n in words
                if abs(len(key) - len(low)) <= most
                and (d := OSA.distance(low, key, score_cutoff=most)) <= most
            ),
            default=None,
        )
        if best is not None:
            text = text[:start] + best[2] + text[end:]
            pairs.append((word, best[2]))
    return text, pairs[::-1]
