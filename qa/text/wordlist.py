"""Common English words: the whole words of the embedder's vocabulary."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def english() -> frozenset[str]:
    """Some 20,000 common English words and names, in lower case."""
    text = (Path(__file__).parent.parent / "data" / "minilm" / "vocab.txt").read_text("utf-8")
    return frozenset(w for w in text.split("\n") if w.isalpha())
