"""Texts -> unit vectors. An ``Embedder`` is a name (it goes into the index's fingerprint), a dimension
and one method; the default runs all-MiniLM-L6-v2 (int8 ONNX) in process and never downloads."""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from qa.errors import EmbeddingError
from qa.privacy import public_url, redacted
from qa.settings import Settings

FOLDER = Path(__file__).parents[1] / "data" / "minilm"
MOST_THREADS = 4

Vectors = npt.NDArray[np.float32]  # shape (texts, dimension), rows of length 1


@dataclass(frozen=True, slots=True)
class TokenEmbedding:
    """A text as the model reads it: one unit vector for the whole, and one for each word, with the
    words' places in the text."""

    vector: Vectors  # (dimension,)
    words: list[tuple[int, int]]
    word_vectors: Vectors  # (words, dimension)


class TokenEmbedder(Protocol):
    """Reads sentences word by word, for the extractor. Always in process: no text leaves for it."""

    def read(self, texts: Sequence[str]) -> list[TokenEmbedding]: ...


class Embedder(Protocol):
    name: str
    dimension: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, one row a text, in order. Raises EmbeddingError."""
        ...


def _unit(vectors: npt.NDArray[Any]) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)


class MiniLM:
    """all-MiniLM-L6-v2 (Reimers & Gurevych 2019; Wang et al. 2020): WordPiece, 256 tokens at most,
    mean of the token vectors, length 1; 384 dimensions. ``qa/data/minilm/card.json`` says how its file was
    made.

    A text is a run of its own, ``threads`` of them side by side (0: one a core, at most ``MOST_THREADS``):
    nothing is padded, and a text's vector does not depend on what it is embedded with.
    """

    name = "all-MiniLM-L6-v2-int8-dynamic"
    dimension = 384
    window = 256

    def __init__(self, threads: int = 0, folder: Path = FOLDER) -> None:
        self._threads = threads or min(os.cpu_count() or 1, MOST_THREADS)
        self._folder = folder
        self._lock = threading.Lock()
        self._session: Any = None
        self._tokenizer: Any = None
        self._pool: ThreadPoolExecutor | None = None

    def _open(self) -> ThreadPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._load()
                self._pool = ThreadPoolExecutor(self._threads, "embedder")
            return self._pool

    def _load(self) -> None:
        path = self._folder / "model.onnx"
        try:
            data = path.read_bytes()
            wanted = json.loads((self._folder / "card.json").read_text("utf-8"))["sha256"]
        except OSError as error:
            raise EmbeddingError(f"{error.filename} cannot be read; install news-qa again") from error
        if hashlib.sha256(data).hexdigest() != wanted:
            raise EmbeddingError(f"{path} is damaged; install news-qa again")
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # texts are read side by side
        options.log_severity_level = 3
        options.enable_mem_pattern = False  # every text has another length
        self._tokenizer = self.make_tokenizer()
        self._session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])

    def make_tokenizer(self) -> Any:
        """WordPiece over BERT's uncased vocabulary, cut at ``window`` tokens."""
        from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

        lines = (FOLDER / "vocab.txt").read_text("utf-8").split("\n")
        vocab = {token: i for i, token in enumerate(lines) if token}
        tokenizer = Tokenizer(models.WordPiece(vocab, unk_token="[UNK]", max_input_chars_per_word=100))
        tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        tokenizer.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]", special_tokens=[("[CLS]", vocab["[CLS]"]), ("[SEP]", vocab["[SEP]"])]
        )
        tokenizer.enable_truncation(self.window)
        return tokenizer

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens of each text reach the model."""
        self._open()
        return [len(e.ids) for e in self._tokenizer.encode_batch(list(texts))]

    def embed(self, texts: Sequence[str]) -> Vectors:
        pool = self._open()
        encoded = self._tokenizer.encode_batch(list(texts))
        return np.asarray([*pool.map(self._vector, encoded)], dtype=np.float32).reshape(-1, self.dimension)

    def read(self, texts: Sequence[str]) -> list[TokenEmbedding]:
        pool = self._open()
        return [*pool.map(self._read, self._tokenizer.encode_batch(list(texts)))]

    def _vector(self, encoding: Any) -> Vectors:
        return _mean(self._hidden(encoding))

    def _read(self, encoding: Any) -> TokenEmbedding:
        hidden = self._hidden(encoding)
        return TokenEmbedding(_mean(hidden), *_by_word(encoding, hidden))

    def _hidden(self, encoding: Any) -> Vectors:
        """Token vectors (tokens, dimension)."""
        ids = np.asarray([encoding.ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        found: Vectors = self._session.run(None, feed)[0][0]
        return found


def _mean(hidden: Vectors) -> Vectors:
    found: Vectors = _unit(hidden.mean(0, keepdims=True))[0]
    return found


def _by_word(encoding: Any, hidden: npt.NDArray[Any]) -> tuple[list[tuple[int, int]], Vectors]:
    """Word places and vectors out of word pieces: a piece that begins where the one before ended
    ("##ing") belongs to its word; a word's vector is the mean of its pieces'."""
    places: list[tuple[int, int]] = []
    first: list[int] = []  # of each word's pieces
    pieces = 0
    for (start, end), special, token in zip(
        encoding.offsets, encoding.special_tokens_mask, encoding.tokens, strict=True
    ):
        if special:
            continue
        if token.startswith("##") and places:
            places[-1] = (places[-1][0], end)
        else:
            places.append((start, end))
            first.append(pieces)
        pieces += 1
    if not places:
        return [], np.zeros((0, hidden.shape[-1]), dtype=np.float32)
    # the special tokens stand at both ends; a mean and a sum have the same direction
    return places, _unit(np.add.reduceat(hidden[1 : 1 + pieces], first, axis=0))


class OpenAICompatible:
    """An embedding endpoint that speaks OpenAI's protocol; the texts are sent to it."""

    batch = 128

    def __init__(self, model: str, api_key: str | None, base_url: str | None) -> None:
        self.name = f"{model}@{public_url(base_url) if base_url else 'api.openai.com'}"
        self.dimension = 0  # known after the first answer
        self._model = model
        self._key = api_key
        self._base_url = base_url
        self._client: Any = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        import openai

        if self._client is None:
            if self._key is None and self._base_url is None:
                raise EmbeddingError(
                    f"embedder {self._model!r} needs OPENAI_API_KEY or QA_EMBEDDING_BASE_URL; "
                    "or set QA_EMBEDDER=minilm"
                )
            self._client = openai.OpenAI(
                api_key=self._key or "none", base_url=self._base_url, max_retries=4, timeout=60
            )
        rows: list[list[float]] = []
        for at in range(0, len(texts), self.batch):
            part = [t or " " for t in texts[at : at + self.batch]]
            try:
                answer = self._client.embeddings.create(
                    model=self._model, input=part, encoding_format="float"
                )
            except openai.OpenAIError as error:
                said = redacted(str(error), self._key).splitlines()[0][:160]
                raise EmbeddingError(
                    f"the embedding endpoint failed ({type(error).__name__}: {said}); "
                    "what was embedded is kept, run the same command again"
                ) from None
            if len(answer.data) != len(part):
                raise EmbeddingError(
                    f"the embedding endpoint gave {len(answer.data)} vectors for {len(part)} texts"
                )
            rows.extend(d.embedding for d in sorted(answer.data, key=lambda d: d.index))
        vectors = _unit(np.asarray(rows, dtype=np.float32).reshape(len(texts), -1))
        self.dimension = vectors.shape[1]
        return vectors


class HashEmbedder:
    """A deterministic fake for tests: words hashed into a unit vector. Equal texts are equal."""

    name = "hash-64"
    dimension = 64

    def embed(self, texts: Sequence[str]) -> Vectors:
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                digest = hashlib.blake2b(word.encode(), digest_size=4).digest()
                out[row, digest[0] % self.dimension] += 1 if digest[1] % 2 else -1
            out[row, 0] += 1e-3
        return _unit(out)

    def read(self, texts: Sequence[str]) -> list[TokenEmbedding]:
        found = []
        for text in texts:
            words = [(m.start(), m.end()) for m in re.finditer(r"\w+", text)]
            found.append(
                TokenEmbedding(self.embed([text])[0], words, self.embed([text[a:b] for a, b in words]))
            )
        return found


EMBEDDERS: dict[str, Callable[[Settings], Embedder]] = {
    "minilm": lambda settings: MiniLM(settings.threads),
    "hash": lambda settings: HashEmbedder(),
}


def make_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name: ``minilm``, or any model of an OpenAI-compatible endpoint."""
    if settings.embedder in EMBEDDERS:
        return EMBEDDERS[settings.embedder](settings)
    key = settings.embedding_api_key or settings.openai_api_key
    base = settings.embedding_base_url or settings.openai_base_url
    return OpenAICompatible(settings.embedder, key.get_secret_value() if key else None, base)
