"""The peer of the benchmark: the pipeline that a user of llama-index writes first. One Document a file
(or a record of a retrieval set), ``SentenceSplitter`` and ``VectorStoreIndex`` as they come, a Chroma
collection in a folder, and the same MiniLM weights. Runs as the measuring processes of ``eval.tools.bench``.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
import onnxruntime
import tokenizers  # noqa: F401
from chromadb.config import Settings as ChromaSettings
from llama_index.core import Document, SimpleDirectoryReader, StorageContext, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.node_parser import SentenceSplitter
from llama_index.vector_stores.chroma import ChromaVectorStore
from pydantic import PrivateAttr

from eval.tools.beir import best_articles
from eval.tools.measuring import TOP_K, Job, Meter, latencies, peak_mb, stage
from qa.index.embeddings import FOLDER, MiniLM

BATCH = 32
NEAREST = 200  # chunks that are looked at for ten articles


@cache
def _plain_session() -> Any:
    """The model as it is opened when nobody gives it a thought: as many threads as there are cores."""
    return onnxruntime.InferenceSession((FOLDER / "model.onnx").read_bytes())


class PlainMiniLM(BaseEmbedding):
    """MiniLM as embedders of llama-index are written: texts in the order they come, 32 at a time, padded
    to the longest of their batch, cut at 256 tokens."""

    _meter: Meter = PrivateAttr()

    def __init__(self, meter: Meter) -> None:
        super().__init__(model_name=meter.model.name, embed_batch_size=BATCH)
        self._meter = meter

    def _embed(self, texts: Sequence[str]) -> list[list[float]]:
        model = self._meter.model
        ids = [e.ids for e in model._tokenizer.encode_batch(list(texts))]
        tokens = np.zeros((len(ids), max(map(len, ids))), dtype=np.int64)
        mask = np.zeros_like(tokens)
        for row, values in enumerate(ids):
            tokens[row, : len(values)] = values
            mask[row, : len(values)] = 1
        feed = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        hidden = _plain_session().run(None, feed)[0]
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        return (mean / np.linalg.norm(mean, axis=1, keepdims=True)).tolist()  # type: ignore[no-any-return]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._meter.run(texts, lambda: self._embed(texts))

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        self._meter.model._open()
        return self._embed([query])[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def _collection(job: Job) -> Any:
    logging.getLogger("chromadb").setLevel(logging.ERROR)
    client = chromadb.PersistentClient(job.peer_home, settings=ChromaSettings(anonymized_telemetry=False))
    return client.get_or_create_collection(
        "news", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )


def _documents(job: Job) -> list[Document]:
    """A record's title and text, under its id; a plain file as llama-index's own reader gives it."""
    if job.ids is None:
        return list(SimpleDirectoryReader(input_files=job.files).load_data())
    found = []
    with Path(job.files[0]).open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            record = json.loads(line)
            found.append(
                Document(
                    text=f"{record.get('title') or ''}\n\n{record.get('text') or ''}".strip(),
                    doc_id=str(record["_id"]),
                )
            )
    return found


def index_peer(job: Job) -> dict[str, Any]:
    import nltk  # noqa: F401  (not timed: the splitter would bring it in)

    meter = Meter(MiniLM(job.threads))
    start = time.perf_counter()
    collection = _collection(job)
    documents = _documents(job)
    VectorStoreIndex.from_documents(
        documents,
        storage_context=StorageContext.from_defaults(
            vector_store=ChromaVectorStore(chroma_collection=collection)
        ),
        embed_model=PlainMiniLM(meter),
        transformations=[SentenceSplitter()],
    )
    total = time.perf_counter() - start
    return {
        "articles": len(documents),
        "passages": collection.count(),
        **meter.result(total),
        "index_mb": peak_mb(),
    }


def plain_index(folder: Path) -> VectorStoreIndex:
    """The same pipeline over a folder, its vectors in memory."""
    collection = chromadb.EphemeralClient(
        settings=ChromaSettings(anonymized_telemetry=False)
    ).get_or_create_collection("plain", embedding_function=None)
    return VectorStoreIndex.from_documents(
        SimpleDirectoryReader(input_files=sorted(str(p) for p in folder.glob("*.txt"))).load_data(),
        storage_context=StorageContext.from_defaults(
            vector_store=ChromaVectorStore(chroma_collection=collection)
        ),
        embed_model=PlainMiniLM(Meter(MiniLM())),
        transformations=[SentenceSplitter()],
    )


def query_peer(job: Job) -> dict[str, Any]:
    store = ChromaVectorStore(chroma_collection=_collection(job))
    index = VectorStoreIndex.from_vector_store(store, embed_model=PlainMiniLM(Meter(MiniLM(job.threads))))
    retriever = index.as_retriever(similarity_top_k=TOP_K)
    result: dict[str, Any] = {**latencies(retriever.retrieve, job.questions.values()), "query_mb": peak_mb()}
    if job.ids is not None:
        deep = index.as_retriever(similarity_top_k=NEAREST)
        result["rankings"] = {
            key: best_articles(str(hit.node.ref_doc_id) for hit in deep.retrieve(question))
            for key, question in job.questions.items()
        }
    return result


if __name__ == "__main__":
    stage({"index": index_peer, "query": query_peer}, sys.argv[1:])
