"""Sentences word by word, embedded when they are first asked for and kept for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import overload

from qa.index.embeddings import TokenEmbedder, TokenEmbedding

KEPT = 4000  # texts


class TokenMemory:
    """The token embeddings of the texts asked for last. Safe to share between threads: a text that two
    threads ask for at once may be embedded twice, and neither sees the memory half cleared."""

    def __init__(self, embedder: TokenEmbedder, kept: int = KEPT) -> None:
        self._embedder = embedder
        self._kept = kept
        self._known: OrderedDict[str, TokenEmbedding] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, texts: Sequence[str]) -> list[TokenEmbedding]:
        """One a text, in order."""
        with self._lock:
            found = {t: self._known[t] for t in texts if t in self._known}
        new = [t for t in dict.fromkeys(texts) if t not in found]
        if new:
            found.update(zip(new, self._embedder.read(new), strict=True))
        with self._lock:
            for text in dict.fromkeys(texts):
                self._known[text] = found[text]
                self._known.move_to_end(text)
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
        return [found[t] for t in texts]


class EmbeddedTexts(Sequence[TokenEmbedding]):
    """The token embeddings of some texts, each made when it is looked at."""

    def __init__(self, memory: TokenMemory, texts: Sequence[str]) -> None:
        self._memory = memory
        self._texts = texts

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, at: int) -> TokenEmbedding: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[TokenEmbedding]: ...

    def __getitem__(self, at: int | slice) -> TokenEmbedding | Sequence[TokenEmbedding]:
        if isinstance(at, slice):
            return EmbeddedTexts(self._memory, self._texts[at])
        return self._memory.of([self._texts[at]])[0]
