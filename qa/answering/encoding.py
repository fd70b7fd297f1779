"""Question and passage -> the reader's input. Training and answering cut windows and count tokens here
and nowhere else, so that the model always meets what it was trained on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

WINDOW = 560  # characters; about 125 tokens of news English
MAX_TOKENS = 224  # of question, title and window together
MAX_QUESTION = 56
MAX_TITLE = 32
VOCABULARY = Path(__file__).parents[1] / "data" / "minilm" / "vocab.txt"

_SENTENCE = re.compile(r"[^\n]*?(?:[.!?…][\"'”’»)\]]*(?=\s|\Z)|(?=\n)|\Z)")

Place = tuple[int, int]  # characters from, to (exclusive)


def sentences(text: str, size: int = WINDOW) -> list[Place]:
    """Sentences, roughly: they end at a full stop before white space or at the line's end, and come without
    the blanks around them; one longer than ``size`` is cut at blanks."""
    found: list[Place] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _SENTENCE.match(text, at)
        end = match.end() if match and match.end() > at else len(text)
        while end - at > size:
            cut = max(text.rfind(" ", at + 1, at + size + 1), text.rfind("\xa0", at + 1, at + size + 1))
            cut = cut if cut > at else at + size
            found.append((at, at + len(text[at:cut].rstrip())))
            at = cut
            while at < end and text[at].isspace():
                at += 1
        if end > at:
            found.append((at, at + len(text[at:end].rstrip())))
        at = end
    return found


def windows(text: str, size: int = WINDOW) -> list[Place]:
    """Overlapping stretches of at most ``size`` characters that begin and end with sentences and move
    on by about half a window. Every character but white space lies in one of them."""
    pieces = sentences(text, size)
    found: list[Place] = []
    first = 0
    while first < len(pieces):
        start = pieces[first][0]
        last = first
        while last + 1 < len(pieces) and pieces[last + 1][1] - start <= size:
            last += 1
        found.append((start, pieces[last][1]))
        if last + 1 == len(pieces):
            break
        middle = start + size // 2
        first = next((k for k in range(first + 1, last + 1) if pieces[k][0] >= middle), last + 1)
    return found


@dataclass(frozen=True, slots=True)
class Encoded:
    """``[CLS] question | title [SEP] window [SEP]`` in word pieces.

    ``ids`` and ``types`` have one entry a token; ``places`` gives, for each token of the window alone,
    its characters in the window; the window's first token is number ``first`` of ``ids``.
    ``starts`` and ``ends`` say which of the window's tokens begin and end a word.
    """

    ids: list[int]
    types: list[int]
    first: int
    places: list[Place]
    starts: list[bool]
    ends: list[bool]


class Encoder:
    """WordPiece over BERT's uncased vocabulary (30,522 entries), made anew from the vocabulary file."""

    def __init__(self, vocabulary: Path = VOCABULARY) -> None:
        self._path = vocabulary

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        return {token: i for i, token in enumerate(self._path.read_text("utf-8").split("\n")) if token}

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

        tokenizer = Tokenizer(
            models.WordPiece(self._vocabulary, unk_token="[UNK]", max_input_chars_per_word=100)
        )
        tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        return tokenizer

    def encode(self, question: str, title: str, window: str) -> Encoded:
        """What does not fit is cut: the question at 56 tokens, the title at 32, the window at the rest."""
        asked, named, read = self._tokenizer.encode_batch([question, title, window], add_special_tokens=False)
        cls, sep, bar = (self._vocabulary[t] for t in ("[CLS]", "[SEP]", "|"))
        head = [cls, *asked.ids[:MAX_QUESTION], bar, *named.ids[:MAX_TITLE], sep]
        size = min(len(read.ids), MAX_TOKENS - len(head) - 1)
        starts = [not token.startswith("##") for token in read.tokens[:size]]
        return Encoded(
            ids=[*head, *read.ids[:size], sep],
            types=[0] * len(head) + [1] * (size + 1),
            first=len(head),
            places=list(read.offsets[:size]),
            starts=starts,
            ends=[*starts[1:], True][:size],
        )
