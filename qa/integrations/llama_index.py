"""Our retriever and query engine with the face that llama-index users know. Importing this imports
llama-index (about a second)."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from typing import Any, Unpack

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response, StreamingResponse
from llama_index.core.callbacks import CallbackManager
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from qa.awaiting import AskOptions
from qa.index.retriever import Filters
from qa.library import Library
from qa.presenting.plain_text import claim_line
from qa.types import Citation, Finished, Hit, Proven


def _node(hit: Hit) -> NodeWithScore:
    article, meta = hit.article, hit.article.article.meta
    about = {
        "article_id": article.article_id,
        "file": article.file,
        "title": meta.title,
        "outlet": meta.outlet,
        "url": meta.url,
        "published": meta.published,
        "published_from": meta.published_from,
        "updated": meta.updated,
    }
    return _made(hit.passage.text, hit.passage.start, hit.passage.end, about, hit.score)


def _cited(citation: Citation) -> NodeWithScore:
    about = citation.model_dump(mode="json", exclude={"quote", "start", "end"})
    return _made(citation.quote, citation.start, citation.end, about, 1.0)


def _made(text: str, start: int, end: int, about: dict[str, Any], score: float) -> NodeWithScore:
    """A node whose metadata is data beside the text: none of it is put in front of the text for a model or an
    embedder, but for what says where it is from."""
    node = TextNode(
        id_=f"{about['article_id']}@{start}-{end}",
        text=text,
        metadata=about,
        start_char_idx=start,
        end_char_idx=end,
        excluded_embed_metadata_keys=list(about),
        excluded_llm_metadata_keys=[name for name in about if name not in ("title", "outlet", "published")],
    )
    return NodeWithScore(node=node, score=score)


def _silent() -> Generator[str, None, None]:
    yield from ()


class LibraryRetriever(BaseRetriever):
    """Passages of a ``Library`` as nodes; their character indices are offsets into the source text. Filters
    are those of ``Library.ask``. Raises UsageError for a date that cannot be read."""

    def __init__(
        self,
        library: Library,
        top_k: int = 10,
        *,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        undated: bool = False,
    ) -> None:
        super().__init__()
        self._library = library
        self._top_k = top_k
        self._filters = Filters.of(since, until, outlet, undated)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._library.retrieve(query_bundle.query_str, self._filters, top_k=self._top_k)
        return [_node(hit) for hit in found]


class LibraryQueryEngine(BaseQueryEngine):
    """``Library.ask`` as a query engine: the response's text has [n] markers, its source nodes are the
    verified quotes in that order, and ``metadata["outcome"]`` is the whole ``qa.answer/1`` object. With
    ``streaming``, sentences are given as they are proven, and nodes and metadata are there once all are.
    ``options`` are those of ``Library.ask``."""

    def __init__(self, library: Library, *, streaming: bool = False, **options: Unpack[AskOptions]) -> None:
        super().__init__(callback_manager=CallbackManager([]))
        Filters.of(
            options.get("since"), options.get("until"), options.get("outlet"), options.get("undated", False)
        )
        self._library = library
        self._streaming = streaming
        self._options = options

    def _query(self, query_bundle: QueryBundle) -> Response | StreamingResponse:
        if self._streaming:
            return self._streamed(query_bundle.query_str)
        outcome = self._library.ask(query_bundle.query_str, **self._options)
        nodes = [_cited(c) for c in outcome.citations]
        return Response(response=outcome.text, source_nodes=nodes, metadata={"outcome": outcome.to_dict()})

    def _streamed(self, question: str) -> StreamingResponse:
        response = StreamingResponse(response_gen=_silent(), source_nodes=[], metadata={})

        def told() -> Generator[str, None, None]:
            sentences = 0
            for event in self._library.stream(question, **self._options):
                if isinstance(event, Proven):
                    yield f"{' ' if sentences else ''}{claim_line(event.claim)}"
                    sentences += 1
                if isinstance(event, Finished):
                    response.source_nodes.extend(_cited(c) for c in event.outcome.citations)
                    response.metadata = {"outcome": event.outcome.to_dict()}
                    if not sentences:
                        yield event.outcome.text

        response.response_gen = told()
        return response

    async def _aquery(self, query_bundle: QueryBundle) -> Response | StreamingResponse:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}
