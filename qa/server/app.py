"""The application: routes of the page, the API and the OpenAI-compatible endpoint, behind one guard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from qa.errors import QAError, UsageError
from qa.library import Library
from qa.server import handlers, openai_api, wire
from qa.server.api import ENDPOINTS, Endpoint, ask
from qa.server.guard import LOOPBACK, Guard
from qa.server.openapi import description
from qa.server.pool import Pool
from qa.server.service import Service, named
from qa.types import Outcome

STATIC = Path(__file__).parent / "static"
STREAMED = "Answer a question as server-sent events: searched, proven …, finished (or error)"
STREAMS = (
    Endpoint("POST", "/v1/stream", STREAMED, wire.AskRequest, Outcome, ask),
    Endpoint("GET", "/v1/stream", STREAMED, wire.AskRequest, Outcome, ask),
)


def create_app(
    libraries: Mapping[str, Library] | Sequence[Library],
    token: str | None = None,
    hosts: Collection[str] | None = LOOPBACK,
    *,
    workers: int = 4,
) -> Starlette:
    """An ASGI application over open libraries (which stay the caller's to close).

    ``token``: every request under /v1/ must bear it. ``hosts``: the names that a Host header may give;
    None takes any, and needs a token. ``workers`` calls run at a time. Raises UsageError.
    """
    if hosts is None and not token:
        raise UsageError("a server that is asked for under any name needs a token")
    if not libraries:
        raise UsageError("name a folder to serve")
    folders = libraries if isinstance(libraries, Mapping) else named(libraries)
    service = Service(dict(folders), Pool(workers))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        warming = asyncio.create_task(service.pool.run(service.warm))
        yield
        await asyncio.wait([warming])
        service.pool.close()

    return Starlette(
        routes=[
            Route("/", _page),
            *(
                Route(_route(e.path), handlers.json_handler(service, e), methods=[e.method])
                for e in ENDPOINTS
            ),
            Route("/v1/stream", handlers.stream_handler(service), methods=["GET", "POST"]),
            Route("/v1/export", handlers.export_handler(service), methods=["POST"]),
            *openai_api.routes(service),
            Route(
                "/v1/openapi.json",
                handlers.fixed_json(description(ENDPOINTS, STREAMS, version("news-qa"))),
            ),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(Guard, token=token, hosts=hosts)],
        exception_handlers={
            QAError: handlers.failed,
            ValidationError: handlers.failed,
            HTTPException: handlers.not_served,
            Exception: handlers.broken,
        },
        lifespan=lifespan,
    )


async def _page(request: Request) -> Response:
    return FileResponse(STATIC / "index.html", headers={"cache-control": "no-cache"})


def _route(path: str) -> str:
    """The path as Starlette reads it: names of files hold slashes."""
    return path.replace("/article/{id}", "/article/{id:path}")
