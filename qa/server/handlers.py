"""HTTP around the functions of ``api``: requests are read, calls go to the pool, replies are written."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from qa.errors import QAError, UsageError
from qa.presenting.exports import EXPORTS, rendered
from qa.server import failures, wire
from qa.server.api import Endpoint, events
from qa.server.service import Service

M = TypeVar("M", bound=BaseModel)
Handler = Callable[[Request], Awaitable[Response]]
UNCACHED = {"cache-control": "no-store"}


async def read_request(request: Request, model: type[M]) -> M:
    """The query and the path (GET) or the body (POST) as a model. Raises UsageError, ValidationError."""
    if request.method == "POST":
        try:
            data = json.loads(await request.body() or b"{}")
        except ValueError as error:
            raise UsageError(f"the body is not valid JSON ({error})") from None
        if not isinstance(data, dict):
            raise UsageError("the body is not a JSON object")
        return model.model_validate({**data, **request.path_params})
    several = {"history"} & set(request.query_params)
    query = {name: value for name, value in request.query_params.items() if name not in several}
    lists = {name: request.query_params.getlist(name) for name in several}
    return model.model_validate({**query, **lists, **request.path_params})


def json_handler(service: Service, endpoint: Endpoint) -> Handler:
    async def handle(request: Request) -> Response:
        asked = await read_request(request, endpoint.takes)
        answer = await service.pool.run(lambda: endpoint.handle(service, asked).model_dump_json())
        return Response(answer, media_type="application/json", headers=UNCACHED)

    return handle


def sse(kind: str, data: str) -> str:
    """One server-sent event; JSON holds no line ends."""
    return f"event: {kind}\ndata: {data}\n\n"


def stream_handler(service: Service) -> Handler:
    async def tell(asked: wire.AskRequest) -> AsyncIterator[str]:
        try:
            async for event in service.pool.stream(lambda: events(service, asked)):
                yield sse(event.kind, event.model_dump_json())
        except QAError as error:
            yield sse("error", bytes(failures.reply_to(error).body).decode())

    async def handle(request: Request) -> Response:
        asked = await read_request(request, wire.AskRequest)
        return StreamingResponse(tell(asked), media_type="text/event-stream", headers=UNCACHED)

    return handle


def export_handler(service: Service) -> Handler:
    async def handle(request: Request) -> Response:
        asked = await read_request(request, wire.ExportRequest)
        kind = EXPORTS[asked.format]
        made = await service.pool.run(lambda: rendered(asked.format, asked.outcomes))
        name = f'attachment; filename="answer.{kind.suffix}"'
        return Response(made, media_type=kind.media_type, headers={"content-disposition": name, **UNCACHED})

    return handle


async def failed(request: Request, error: Exception) -> Response:
    """The reply to an error of the library, or to a request that does not fit."""
    assert isinstance(error, QAError | ValidationError)
    return failures.reply_to(error)


async def not_served(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    allowed = (error.headers or {}).get("Allow", "")
    what = f"; it takes {allowed}" if allowed else "; /v1/openapi.json lists what there is"
    return failures.reply(
        "NotServed", f"{request.method} {request.url.path}: {error.detail}{what}", error.status_code
    )


async def broken(request: Request, error: Exception) -> Response:
    """A defect of the program: the client is told so, the traceback goes to the server's log."""
    return failures.reply(
        "InternalError", f"{type(error).__name__}; this is a bug, the server's log has the details", 500
    )


def fixed_json(data: object) -> Handler:
    async def handle(request: Request) -> Response:
        return JSONResponse(data)

    return handle
