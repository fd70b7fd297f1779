"""The MCP server, asked by the package's own client: in one process, and over standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp")
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from qa.integrations.mcp import article_uri, make_server
from qa.presenting.article_view import ArticleList, ArticlePage, FoundPassages
from qa.types import Outcome
from tests.conftest import ROOT

WHY = "Why was the Tarn bridge closed?"
ARTICLE = (
    "---\ndate: 2024-03-05\noutlet: Tarn Post\ntitle: Old bridge closes\n---\n"
    "The Tarn bridge was closed on Monday after engineers found cracks in two piers."
    " Repairs will cost 3.4 million crowns, mayor Ilse Brandt said.\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mcp") / "news"
    folder.mkdir()
    (folder / "bridge.txt").write_text(ARTICLE, "utf-8")
    return folder


@pytest.fixture(scope="module")
def library(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from qa.library import Library

    with Library.open(folder, home=tmp_path_factory.mktemp("home"), embedder="hash") as library:
        yield library


CALLS: list[tuple[str, dict[str, Any], type[Any], str]] = [
    ("ask", {"question": WHY}, Outcome, "cracks in two piers"),
    ("ask", {"question": "What will its repairs cost?", "history": [WHY]}, Outcome, "3.4 million"),
    ("ask", {"question": WHY, "since": "2025"}, Outcome, "No answer"),
    ("search", {"query": "bridge piers", "limit": 3}, FoundPassages, "1. bridge.txt#1 · Tarn Post"),
    ("who", {"name": "Brandt"}, Outcome, "3.4 million"),
    ("timeline", {"topic": "Tarn bridge"}, Outcome, "Tarn"),
    ("show", {"article_id": "bridge.txt#1"}, ArticlePage, "bridge.txt#1 · Tarn Post · 2024-03-05"),
    ("articles", {}, ArticleList, "bridge.txt#1 · Tarn Post · 2024-03-05"),
    ("articles", {"query": "nothing of this name"}, ArticleList, "no articles"),
]


async def call_all(client: Any, calls: list[tuple[str, dict[str, Any], type[Any], str]]) -> None:
    for name, arguments, kind, says in calls:
        result = await client.call_tool(name, arguments)
        assert not result.is_error, result.content
        assert says in result.content[0].text, name
        kind.model_validate(result.structured_content)


def test_every_tool_in_one_process(library: Any) -> None:
    async def go() -> None:
        async with Client(make_server(library)) as client:
            tools = (await client.list_tools()).tools
            assert {t.name for t in tools} == {"ask", "search", "who", "timeline", "show", "articles"}
            for tool in tools:
                assert tool.annotations is not None and tool.annotations.read_only_hint
                assert tool.description and tool.output_schema
                assert all(p.get("description") for p in tool.input_schema["properties"].values()), tool.name
            await call_all(client, CALLS)

    asyncio.run(go())


def test_failures_are_told_in_one_line(library: Any) -> None:
    async def go() -> None:
        async with Client(make_server(library)) as client:
            for name, arguments, says in (
                ("ask", {"question": WHY, "since": "soon"}, "soon"),
                ("show", {"article_id": "none.txt#1"}, "no file 'none.txt' here"),
                ("search", {"query": "x", "limit": 9999}, "limit"),
            ):
                result = await client.call_tool(name, arguments)
                assert result.is_error and says in result.content[0].text

    asyncio.run(go())


def test_articles_are_resources(library: Any) -> None:
    async def go() -> str:
        async with Client(make_server(library)) as client:
            templates = (await client.list_resource_templates()).resource_templates
            assert [t.name for t in templates] == ["article"]
            read = await client.read_resource(article_uri("bridge.txt#1"))
            return str(read.contents[0].text)  # type: ignore[union-attr]

    assert "found cracks in two piers" in asyncio.run(go())


def test_over_standard_input_and_output(folder: Path, tmp_path: Path) -> None:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("QA_", "OPENAI_"))}
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "qa", "mcp", str(folder)],
        env={**clean, "PYTHONPATH": str(ROOT), "QA_HOME": str(tmp_path / "home"), "QA_EMBEDDER": "hash"},
        cwd=str(tmp_path),
    )

    async def go() -> None:
        async with Client(stdio_client(server)) as client:
            assert client.instructions is not None and "do not fill" in client.instructions
            await call_all(client, CALLS[:1] + CALLS[-2:-1])

    asyncio.run(go())
