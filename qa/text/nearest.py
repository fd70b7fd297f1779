"""Names that are nearest to one that is not there: by spelling word for word, or by its initials."""

from __future__ import annotations

from collections.abc import Iterable

LIKE = 0.75  # of two words, from where on one may be meant by the other: "Peskow" and "Peskov" have 0.83


def nearest(asked: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The names of ``known`` that ``asked`` may mean, best first, those given first winning a tie."""
    words = _words(asked)
    if not words:
        return []
    scored = [(_score(words, _words(name)), n, name) for n, name in enumerate(dict.fromkeys(known))]
    return [name for score, _, name in sorted(scored, key=lambda s: (-s[0], s[1])) if score >= LIKE][:most]


def _words(name: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in name.casefold()).split()


def _score(asked: list[str], name: list[str]) -> float:
    """How well every word that is asked for is met by some word of the name, the worst of them deciding;
    1 where the one is the initials of the other."""
    from rapidfuzz.distance import OSA

    if not name:
        return 0.0
    for short, long in ((asked, name), (name, asked)):
        if len(long) > 1 and len(short) == 1 and short[0] == "".join(w[0] for w in long):
            return 1.0
    return min(max(OSA.normalized_similarity(word, other) for other in name) for word in asked)
