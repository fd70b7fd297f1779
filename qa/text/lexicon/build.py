"""Patterns out of words: the one way in which a list of the lexicon becomes a regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterable


def alternatives(words: Iterable[str]) -> str:
    """The words as one group, the longest match first; a space stands for any run of white space. Words that
    begin alike share their beginning, so that a long list is tried as quickly as a short one."""
    tree: _Tree = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return f"(?:{_pattern(tree)})"


_Tree = dict[str, "_Tree"]


def _pattern(tree: _Tree) -> str:
    """The pattern of a tree of characters; an empty key marks the end of a word."""
    branches = []
    for char in sorted(tree.keys() - {""}):
        rest = tree[char]
        head = r"\s+" if char == " " else re.escape(char)
        branches.append(head + ("" if rest.keys() == {""} else _pattern(rest)))
    if not branches:
        return ""
    if "" in tree:
        return f"(?:{'|'.join(branches)})?"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


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
