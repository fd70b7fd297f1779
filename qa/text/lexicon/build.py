"""Patterns out of words: the one way in which a list of the lexicon becomes a regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterable


def alternatives(words: Iterable[str]) -> str:
    """The words as one group, the longest first; a space stands for any run of white space."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, w.split(" "))) for w in ordered) + ")"


def table(rows: str) -> list[list[str]]:
    """A table written a row a line, cells between bars, as lists of stripped cells."""
    return [[cell.strip() for cell in row.split("|")] for row in rows.strip().splitlines()]


def regular(lemma: str, doubled: bool = False) -> tuple[str, str, str]:
    """The forms of a regular verb: (he) warns, warned, warning."""
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return f"{lemma}s", f"{lemma}d", f"{lemma[:-1]}ing"
    if lemma.endswith("ee"):
        return f"{lemma}s", f"{lemma}d", f"{lemma}ing"
    if re.search(r"[^aeiou]y$", lemma):
        return f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", f"{lemma}ing"
    stem = lemma + lemma[-1] if doubled else lemma
    return f"{lemma}{'es' if re.search(r'(?:s|sh|ch|x|z)$', lemma) else 's'}", f"{stem}ed", f"{stem}ing"
