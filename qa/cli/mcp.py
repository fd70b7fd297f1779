"""``qa mcp``: a Model Context Protocol server on standard input and output."""

from __future__ import annotations

import sys
from typing import Any

from qa.cli.options import Answerer, Articles, Bare
from qa.cli.places import STANDARD_INPUT, folder_of
from qa.errors import UsageError


def mcp(folder: Bare = None, articles: Articles = None, answerer: Answerer = None) -> None:
    """Serve a folder to an assistant by the Model Context Protocol (standard input and output). Read-only."""
    from qa.integrations.mcp import make_server
    from qa.library import Library

    place = folder_of(articles, folder)
    if place == STANDARD_INPUT:
        raise UsageError("the protocol speaks over standard input; name a folder of articles")
    chosen: dict[str, Any] = {"answerer": answerer} if answerer else {}
    with Library.open(place, **chosen) as library:
        if library.endpoint:
            sys.stderr.write(f"questions and passages go to {library.endpoint}\n")
        make_server(library).run("stdio")
