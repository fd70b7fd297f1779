"""``qa mcp``: a Model Context Protocol server on standard input and output."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer


def mcp(
    folder: Annotated[
        str, typer.Argument(help="The folder, file or pattern that holds the articles.")
    ] = "articles",
    answerer: Annotated[
        str | None, typer.Option("--answerer", metavar="NAME", help="extractive (quotes only) or llm.")
    ] = None,
) -> None:
    """Serve a folder to an assistant by the Model Context Protocol (standard input and output). Read-only."""
    from qa.integrations.mcp import make_server
    from qa.library import Library

    chosen: dict[str, Any] = {"answerer": answerer} if answerer else {}
    with Library.open(folder, **chosen) as library:
        if library.endpoint:
            sys.stderr.write(f"questions and passages go to {library.endpoint}\n")
        make_server(library).run("stdio")
