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
def all_english() -> frozenset[str]:
    """Some 160,000 English words in lower case, rare ones among them (the list of pyspellchecker)."""
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en").word_frequency.words())
