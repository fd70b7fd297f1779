"""Our retriever and query engine with the face that llama-index users know. Importing this imports
llama-index (about a second)."""

from __future__ import annotations

from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from qa.library import Library
from qa.types import Hit


def _node(hit: Hit) -> NodeWithScore:
    meta = hit.article.article.meta
    about = {
        "article_id": hit.article.article_id,
        "file": hit.article.file,
        "title": meta.title,
        "outlet": meta.outlet,
        "published": meta.published,
    }
    node = TextNode(
        id_=f"{hit.article.article_id}@{hit.passage.start}-{hit.passage.end}",
        text=hit.passage.text,
        metadata=about,
        start_char_idx=hit.passage.start,
        end_char_idx=hit.passage.end,
    )
    return NodeWithScore(node=node, score=hit.score)


class LibraryRetriever(BaseRetriever):
    """Passages of a ``Library`` as nodes; their character indices are offsets into the source text."""

    def __init__(self, library: Library, top_k: int = 10) -> None:
        super().__init__()
        self._library = library
        self._top_k = top_k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [_node(hit) for hit in self._library.retrieve(query_bundle.query_str, top_k=self._top_k)]


class LibraryQueryEngine(BaseQueryEngine):
    """``Library.ask`` as a query engine: the response's text has [n] markers, its source nodes are the
    verified quotes in that order, and ``metadata["outcome"]`` is the whole ``qa.answer/1`` object."""

    def __init__(self, library: Library) -> None:
        super().__init__(callback_manager=CallbackManager([]))
        self._library = library

    def _query(self, query_bundle: QueryBundle) -> Response:
        outcome = self._library.ask(query_bundle.query_str)
        nodes = [
            NodeWithScore(
                node=TextNode(
                    id_=f"{c.article_id}@{c.start}-{c.end}",
                    text=c.quote,
                    start_char_idx=c.start,
                    end_char_idx=c.end,
                    metadata={
                        "article_id": c.article_id,
                        "file": c.file,
                        "title": c.title,
                        "outlet": c.outlet,
                        "published": c.published,
                    },
                ),
                score=1.0,
            )
            for c in outcome.citations
        ]
        return Response(response=outcome.text, source_nodes=nodes, metadata={"outcome": outcome.to_dict()})

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return self._query(query_bundle)

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}
