"""Errors -> what a client is told: a status, a type, one line."""

from __future__ import annotations

from pydantic import ValidationError
from starlette.responses import JSONResponse

from qa import errors
from qa.server.pool import Busy
from qa.server.wire import ErrorDetail, ErrorReply

# The first class that fits gives the status.
STATUS: tuple[tuple[type[errors.QAError], int], ...] = (
    (errors.UsageError, 400),
    (errors.NotFound, 404),
    (errors.FolderNotFound, 404),
    (errors.EmptyCorpus, 409),
    (errors.FingerprintMismatch, 409),
    (errors.Locked, 409),
    (Busy, 503),
    (errors.StoreError, 503),
    (errors.BudgetExceeded, 402),
    (errors.TimedOut, 504),
    (errors.LLMError, 502),
    (errors.EmbeddingError, 502),
    (errors.ChromaError, 502),
)


def status_of(error: errors.QAError) -> int:
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def reply(kind: str, message: str, status: int, param: str | None = None) -> JSONResponse:
    body = ErrorReply(error=ErrorDetail(type=kind, message=message, param=param))
    retry = {"Retry-After": "1"} if status == 503 else None
    return JSONResponse(body.model_dump(), status, retry)


def reply_to(error: errors.QAError | ValidationError) -> JSONResponse:
    """The reply to an error that a request ran into."""
    if isinstance(error, errors.QAError):
        return reply(type(error).__name__, str(error), status_of(error))
    first = error.errors(include_url=False)[0]
    name = ".".join(str(part) for part in first["loc"]) or "body"
    return reply("InvalidRequest", f"{name}: {first['msg']}; see /v1/openapi.json", 422, name)
