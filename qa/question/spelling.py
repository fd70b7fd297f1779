"""Misspelt words of a question -> words of the corpus. Only words that neither the corpus nor a list of
English words knows are touched, and rare words beside which the corpus has another ("foreign minster"). What
was read as what is said in a note."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qa.text.terms import STOP, tokens
from qa.text.wordlist import all_english, commoner, english

LONG = 9  # letters of a word that may be two edits away from what was meant
SHORTEST = 4  # letters of a word that may be misspelt, and of one that it may be read as
# A word that is one and was not meant:
COMMONER = 20  # times that the one that was is as common in English
TOGETHER = 2  # times that the articles have it beside the same neighbour


# "didnt": typed without its mark, and meant beyond doubt, so nothing is said of it.
_UNMARKED = re.compile(
    r"\b(do|does|did|is|are|was|were|has|have|had|would|could|should)(nt)\b", re.IGNORECASE
)

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
    beside: tuple[str, ...]  # of a name, the words right beside it that belong to a name, too

    @property
    def most(self) -> int:
        """Edits that it may be away from a word of the corpus."""
        return 1 if len(self.word) < LONG or self.name else 2


def _doubtful(question: str, known: Callable[[str], bool]) -> list[_Doubtful]:
    cased = question != question.lower()
    found = []
    words = list(tokens(question))
    for k, (start, end, term) in enumerate(words):
        word = question[start:end]
        low = word.casefold()
        if len(word) < SHORTEST or not word.isalpha():
            continue
        if not (low in STOP or low in english() or known(term) or _formed(low)):
            name = cased and word[0].isupper() and k > 0
            near = [*words[k - 1 : k], *words[k + 1 : k + 2]] if name else []
            beside = tuple(
                question[a:b].casefold()
                for a, b, _ in near
                if question[min(b, end) : max(a, start)] == " "
                and (question[a].isupper() or question[a:b] in _PARTICLES)
                and a > 0
            )
            found.append(_Doubtful(start, end, word, name, cased, beside))
    return found


# What stands between the parts of a name: "Osama bin Laden" is not read as "Obama bin Laden".
_PARTICLES = frozenset("al bin bint da de del der di dos el ibn la le van von zu".split())


def _believed(word: _Doubtful, key: str, written: str, count: int, distance: int) -> bool:
    """Whether a word that is near may be what was meant: a name only by a name of the articles, another word
    two edits away only by a word of theirs that is no name. The first letter is as good as always right."""
    if word.name:
        return count > 0 and written[0].isupper()
    if key[0] != word.word[0].casefold():
        return False
    return distance == 1 or (count > 0 and (written.islower() or not word.cased))


def _nearest(word: _Doubtful, words: Sequence[tuple[str, str, int]], together: Together) -> str | None:
    """The nearest of (folded, as written, count) within the edits allowed. Of equally near ones first those
    that articles have (a count), of these those that a letter was left out of, then those with one too many,
    then the others, as often as each kind of slip is made (Pollock and Zamora, CACM 27:4, 1984), and of those
    the most frequent. A name that has another beside it (``beside``) is read only as one that the articles
    have beside that other, or beside what that other may be read as: "Vladimer Puttin".
    """
    from rapidfuzz.distance import OSA

    low, most = word.word.casefold(), word.most
    others = {
        key
        for other in word.beside
        for key in (
            other,
            *(k for k, w, n in words if n and w[0].isupper() and OSA.distance(other, k, score_cutoff=1) == 1),
        )
    }
    near = []
    for key, written, count in words:
        longer = len(key) - len(low)
        if abs(longer) > most:
            continue
        distance = OSA.distance(low, key, score_cutoff=most)
        if distance == 0:
            return None  # the articles have it, if only where nothing is indexed: in an address
        if distance > most or not _believed(word, key, written, count, distance):
            continue
        if others and not any(together(key, other) for other in others):
            continue
        near.append((distance, not count, (0 if longer > 0 else 1 if longer < 0 else 2), -count, written))
    return min(near)[-1] if near else None


def _slips(text: str, known: Callable[[str], bool]) -> list[tuple[int, int, list[str]]]:
    """(start, end, the words right beside it) of each rare word that no article has, which may be a slip for
    a commoner one. What begins with a capital is a name; stop words tell nothing of what is beside them."""
    found = []
    words = list(tokens(text))
    for k, (start, end, term) in enumerate(words):
        word = text[start:end]
        if len(word) < SHORTEST or not (word.isalpha() and word.islower()):
            continue
        if word in STOP or word in english() or word not in all_english() or known(term):
            continue
        beside = [
            text[a:b].casefold()
            for a, b, gap in (
                *((a, b, text[b:start]) for a, b, _ in words[max(k - 1, 0) : k]),
                *((a, b, text[end:a]) for a, b, _ in words[k + 1 : k + 2]),
            )
            if gap.isspace() and text[a:b].isalpha() and text[a:b].casefold() not in STOP
        ]
        if beside:
            found.append((start, end, beside))
    return found


def _meant(
    word: str, beside: list[str], words: Iterable[tuple[str, str, int]], together: Together
) -> str | None:
    """The common word of the articles, one edit away, that they have beside the same neighbour; none where
    two are as good."""
    from rapidfuzz.distance import OSA

    near = {
        key
        for key, _, count in words
        if count
        and key[0] == word[0]
        and key in english()
        and OSA.distance(word, key, score_cutoff=1) == 1
        and commoner(key, word) >= COMMONER
    }
    found = [key for key in sorted(near) if max(together(key, other) for other in beside) >= TOGETHER]
    return found[0] if len(found) == 1 else None


def _marked(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2][0]}'{found[2][1]}"


Together = Callable[[str, str], int]


def correct(
    question: str,
    known: Callable[[str], bool],
    vocabulary: Callable[[], Iterable[tuple[str, int]]],
    together: Together = lambda one, other: 1,
) -> tuple[str, list[tuple[str, str]]]:
    """The question with misspelt words replaced, and the (written, read as) pairs.

    ``known``: whether a term is in the corpus; ``vocabulary``: (word, count) of the corpus's
    words, asked for only when there is something to correct; ``together``: how often two words stand side by
    side in the articles, in either order (without it, once: too seldom to mean anything, and no objection).
    """
    text, pairs = _misspelt(_UNMARKED.sub(_marked, question), known, vocabulary, together)
    for start, end, beside in reversed(_slips(text, known)):
        words = [(w.casefold(), w, n) for w, n in vocabulary() if abs(len(w) - (end - start)) <= 1]
        read = _meant(text[start:end], beside, words, together)
        if read is not None:
            pairs.append((text[start:end], read))
            text = text[:start] + read + text[end:]
    return text, pairs


def _misspelt(
    question: str,
    known: Callable[[str], bool],
    vocabulary: Callable[[], Iterable[tuple[str, int]]],
    together: Together,
) -> tuple[str, list[tuple[str, str]]]:
    """Words that are none, as ``correct``."""
    doubtful = _doubtful(question, known)
    if not doubtful:
        return question, []
    words = [(w.casefold(), w, n) for w, n in vocabulary() if len(w) >= SHORTEST]
    held = {key for key, _, _ in words}
    # an English word that no article has is meant where it is nearer than all that they have
    words += [(w, w, 0) for w in english() if len(w) >= SHORTEST and w not in held]
    text, pairs = question, []
    for d in reversed(doubtful):
        read = _nearest(d, words, together)
        if read is not None:
            text = text[: d.start] + read + text[d.end :]
            pairs.append((d.word, read))
    return text, pairs[::-1]
