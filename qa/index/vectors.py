"""The vector index: one Chroma collection, in a folder of its own or on a Chroma server. Chroma gets
vectors and ids and nothing else; it makes no embedding and downloads nothing."""

from __future__ import annotations

import base64
import logging
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import numpy as np

from qa.errors import ChromaError
from qa.index.embeddings import Vectors
from qa.privacy import public_url, redacted

BATCH = 2000  # Chroma takes 5,461 at most; kill -9 damaged small batches more often (measured)
NAME = "passages"


def _settings() -> Any:
    from chromadb.config import Settings

    logging.getLogger("chromadb").setLevel(logging.ERROR)
    return Settings(anonymized_telemetry=False)


def _line(error: Exception) -> str:
    return (redacted(str(error)).strip() or type(error).__name__).splitlines()[0][:160]


def _login(parts: SplitResult) -> dict[str, str]:
    """The name and password of an address as the header that a proxy before the server asks for."""
    if parts.username is None and parts.password is None:
        return {}
    pair = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


def _close(client: Any) -> None:
    with suppress(Exception):  # nothing is lost: what was put into it is on the disk
        client.close()


class VectorIndex:
    """Cosine nearest neighbours of passage ids. Its client, which holds a dozen files open, is closed when
    nobody holds the index any more: a search under way in another thread ends first."""

    def __init__(self, client: Any, name: str) -> None:
        self._client = client
        self._name = name
        weakref.finalize(self, _close, client).atexit = False
        try:
            self._collection = client.get_or_create_collection(
                name,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine", "ef_search": 200, "sync_threshold": 2000}},
            )
        except Exception as error:
            raise ChromaError(f"cannot open the collection: {_line(error)}") from error

    @classmethod
    def in_folder(cls, folder: Path) -> VectorIndex:
        import chromadb

        folder.mkdir(parents=True, exist_ok=True)
        try:
            client = chromadb.PersistentClient(str(folder), settings=_settings())
        except Exception as error:
            raise ChromaError(f"cannot open {folder}: {_line(error)}") from error
        return cls(client, NAME)

    @classmethod
    def on_server(cls, url: str, name: str) -> VectorIndex:
        import chromadb

        parts = urlsplit(url if "//" in url else f"http://{url}")
        port = parts.port or (443 if parts.scheme == "https" else 8000)
        try:
            client = chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=port,
                ssl=parts.scheme == "https",
                headers=_login(parts),
                settings=_settings(),
            )
        except Exception as error:
            raise ChromaError(
                f"no Chroma server at {public_url(url)} ({_line(error)}); start one with "
                f"`chroma run --path DIR --port {port}` or unset QA_CHROMA_URL"
            ) from error
        return cls(client, name)

    def count(self) -> int:
        return int(self._guard(lambda: self._collection.count()))

    def ids(self) -> set[int]:
        return {int(i) for i in self._guard(lambda: self._collection.get(include=[]))["ids"]}

    def change(self, remove: Sequence[int], add: Iterator[tuple[list[int], Vectors]]) -> None:
        for at in range(0, len(remove), BATCH):
            part = [str(i) for i in remove[at : at + BATCH]]
            self._guard(partial(self._collection.delete, ids=part))
        for ids, vectors in add:
            self._guard(partial(self._collection.upsert, ids=[str(i) for i in ids], embeddings=vectors))

    def search(self, vector: Vectors, limit: int) -> list[tuple[int, float]]:
        """(passage id, cosine) of the nearest passages, nearest first; ties by id."""
        if limit <= 0:
            return []
        found = self._guard(
            lambda: self._collection.query(query_embeddings=[vector], n_results=limit, include=["distances"])
        )
        hits = [(int(i), 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]
        return sorted(hits, key=lambda hit: (-round(hit[1], 5), hit[0]))

    def finds(self, ids: Sequence[int], vectors: Vectors) -> bool:
        """Whether each vector finds its own passage (or one with the same text) first."""
        return all(
            any(cosine > 0.999 for _, cosine in self.search(vector, 3))
            for _, vector in zip(ids, vectors, strict=True)
        )

    def drop(self) -> None:
        self._guard(lambda: self._client.delete_collection(self._name))

    def _guard(self, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except ChromaError:
            raise
        except Exception as error:
            raise ChromaError(f"the vector index failed ({type(error).__name__}: {_line(error)})") from error


def batches(
    ids: Sequence[int], read: Callable[[Sequence[int]], tuple[list[int], Vectors]]
) -> Iterator[tuple[list[int], Vectors]]:
    for at in range(0, len(ids), BATCH):
        keys, vectors = read(ids[at : at + BATCH])
        if keys:
            yield keys, np.asarray(vectors, dtype=np.float32)
