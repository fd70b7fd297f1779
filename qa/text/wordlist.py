"""English words: the common ones, which the embedder has whole, and nearly all."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def english() -> frozenset[str]:
    """Some 20,000 common English words and names, in lower case."""
    text = (Path(__file__).parent.parent / "data" / "minilm" / "vocab.txt").read_text("utf-8")
    return frozenset(w for w in text.split("\n") if w.isalpha())


@lru_cache(maxsize=1)
def _counted() -> dict[str, int]:
    """English words in lower case, each with how often it stands in the list's own texts."""
    from spellchecker import SpellChecker

    return dict(SpellChecker(language="en").word_frequency.items())


@lru_cache(maxsize=1)
def all_english() -> frozenset[str]:
    """Some 160,000 English words in lower case, rare ones among them (the list of pyspellchecker)."""
    return frozenset(_counted())


def is_everyday(word: str) -> bool:
    """Whether a word, in lower case, is one of the few thousand that English is made of."""
    return _counted().get(word, 0) >= _EVERYDAY


_EVERYDAY = 20_000


def commoner(word: str, other: str) -> float:
    """How many times as common a word is as another, in English as it is spoken and written."""
    return _counted().get(word, 0) / max(_counted().get(other, 0), 1)
