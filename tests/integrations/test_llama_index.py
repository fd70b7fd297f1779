"""The retriever and the query engine as llama-index uses them: filters, metadata, streaming, evaluation."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.evaluation import BatchEvalRunner, RetrieverEvaluator
from llama_index.core.evaluation.base import BaseEvaluator, EvaluationResult
from llama_index.core.schema import MetadataMode

from qa.errors import UsageError
from qa.integrations.llama_index import LibraryQueryEngine, LibraryRetriever

COST = "What will the repairs of the Tarn bridge cost?"
PRIZE = "Who said that the chess prize came as a surprise?"


@pytest.fixture
def library(open_library: Any, news: Path) -> Any:
    (news / "bridge.txt.meta.yml").write_text("outlet: Tarn Post\nurl: https://post.example/a\n", "utf-8")
    return open_library(news)


FILTERS: list[tuple[dict[str, Any], set[str]]] = [
    ({}, {"bridge.txt", "school.txt", "storm.txt"}),
    ({"since": "2024-04"}, {"school.txt"}),
    ({"until": "2024-03"}, {"bridge.txt"}),
    ({"until": "2024-03", "undated": True}, {"bridge.txt", "storm.txt"}),
    ({"outlet": "tarn"}, {"bridge.txt"}),
    ({"outlet": "nobody"}, set()),
]


@pytest.mark.parametrize(("filters", "files"), FILTERS, ids=[str(f[0]) for f in FILTERS])
def test_filters(library: Any, filters: dict[str, Any], files: set[str]) -> None:
    found = LibraryRetriever(library, **filters).retrieve(
        "the bridge, the school and the storm in the valley"
    )
    assert {n.node.metadata["file"] for n in found} == files
    response = LibraryQueryEngine(library, **filters).query(COST)
    told = {n.node.metadata["file"] for n in response.source_nodes}
    assert told <= files and ("3.4 million" in str(response)) == ("bridge.txt" in files)


def test_a_date_that_is_none_is_told_at_once(library: Any) -> None:
    for make in (LibraryRetriever, LibraryQueryEngine):
        with pytest.raises(UsageError, match="cannot read the date"):
            make(library, since="soon")


def test_nodes_carry_the_citation_and_models_see_the_text(library: Any) -> None:
    node = LibraryQueryEngine(library).query(COST).source_nodes[0].node
    citation = library.ask(COST).citations[0]
    assert node.get_content() == citation.quote
    assert (node.start_char_idx, node.end_char_idx) == (citation.start, citation.end)
    data = citation.model_dump(mode="json", exclude={"quote", "start", "end"})
    assert node.metadata == data and data["url"] == "https://post.example/a" and data["line"] == 4
    assert node.get_content(MetadataMode.EMBED) == citation.quote
    seen = node.get_content(MetadataMode.LLM)
    assert "Tarn Post" in seen and "article_id" not in seen and "published_from" not in seen


def test_streaming(library: Any) -> None:
    response = LibraryQueryEngine(library, streaming=True).query(COST)
    assert response.source_nodes == []
    told = "".join(response.response_gen)
    assert "3.4 million" in told and told.endswith("[1]")
    assert [n.node.metadata["file"] for n in response.source_nodes] == ["bridge.txt"]
    assert response.metadata["outcome"]["kind"] == "answer"
    silent = LibraryQueryEngine(library, streaming=True, outlet="nobody").query(COST)
    assert "No answer" in "".join(silent.response_gen) and silent.metadata["outcome"]["kind"] == "abstention"


def test_asked_in_a_coroutine(library: Any) -> None:
    assert "3.4 million" in str(asyncio.run(LibraryQueryEngine(library).aquery(COST)))


class QuotesStandInTheirSource(BaseEvaluator):
    """An evaluator of llama-index's own kind that needs no model: every context is in the folder verbatim."""

    def __init__(self, library: Any) -> None:
        self.library = library

    def _get_prompts(self) -> Any:
        return {}

    def _update_prompts(self, prompts: Any) -> None:
        return

    async def aevaluate(
        self, query: Any = None, response: Any = None, contexts: Any = None, **_: Any
    ) -> EvaluationResult:
        texts = [self.library.store.text(row.source) for row in self.library.store.files().values()]
        good = bool(contexts) and all(any(c in text for text in texts) for c in contexts)
        return EvaluationResult(
            query=query, response=response, contexts=contexts, passing=good, score=float(good)
        )


def test_llama_indexs_own_evaluation_loops(library: Any) -> None:
    runner = BatchEvalRunner({"verbatim": QuotesStandInTheirSource(library)}, workers=2)
    results = asyncio.run(runner.aevaluate_queries(LibraryQueryEngine(library), queries=[COST, PRIZE]))
    assert [r.passing for r in results["verbatim"]] == [True, True]
    expected = LibraryRetriever(library).retrieve(COST)[0].node.node_id
    evaluator = RetrieverEvaluator.from_metric_names(["mrr", "hit_rate"], retriever=LibraryRetriever(library))
    scored = evaluator.evaluate(COST, [expected])
    assert scored.metric_vals_dict == {"mrr": 1.0, "hit_rate": 1.0}
    narrowed = RetrieverEvaluator.from_metric_names(
        ["hit_rate"], retriever=LibraryRetriever(library, outlet="no")
    )
    with pytest.raises(ValueError, match="Retrieved ids"):
        narrowed.evaluate(COST, [expected])
