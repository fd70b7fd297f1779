"""``/v1/models`` and ``/v1/chat/completions`` as OpenAI's clients expect them: a folder is a model.

The reply is Markdown with footnotes; the ``qa.answer/1`` object stands beside it, as ``qa``.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from qa.errors import QAError, UsageError
from qa.presenting.markdown import footnotes, readable, sentence
from qa.server import failures, wire
from qa.server.api import events
from qa.server.handlers import UNCACHED, Handler, read_request
from qa.server.service import Service
from qa.types import Event, Finished, Outcome, Proven

MODEL = "qa"


class Loose(BaseModel):
    """What clients send beside the messages (temperature, tools, …) means nothing here and is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Part(Loose):
    type: str
    text: str = ""


class Message(Loose):
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | tuple[Part, ...] | None = None

    @property
    def words(self) -> str:
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or () if part.type == "text")


class StreamOptions(Loose):
    include_usage: bool = False


class ChatRequest(Loose):
    model: str = MODEL
    messages: tuple[Message, ...] = Field(min_length=1)
    stream: bool = False
    stream_options: StreamOptions | None = None


def model_names(service: Service) -> dict[str, str]:
    """Names of models -> names of folders: "qa/news" for the folder news, and "qa" for the first."""
    return {MODEL: service.name(None), **{f"{MODEL}/{name}": name for name in service.libraries}}


def to_ask(service: Service, request: ChatRequest) -> wire.AskRequest:
    """The last message of the user is the question, the earlier ones are the history. Raises UsageError."""
    names = model_names(service)
    if request.model not in names:
        raise UsageError(f"no model {request.model!r} here; there is {', '.join(names)}")
    asked = [m.words.strip() for m in request.messages if m.role == "user"]
    if not asked or not asked[-1]:
        raise UsageError("the messages hold no question; the last one of the role user is it")
    return wire.AskRequest(question=asked[-1], history=tuple(asked[:-1]), folder=names[request.model])


def content(outcome: Outcome) -> str:
    """The whole reply."""
    return f"{readable(outcome.text)}\n\n{footnotes(outcome)}".strip()


def usage(outcome: Outcome) -> dict[str, int]:
    sent, received = outcome.trace.tokens.prompt, outcome.trace.tokens.completion
    return {"prompt_tokens": sent, "completion_tokens": received, "total_tokens": sent + received}


def routes(service: Service) -> list[Route]:
    return [
        Route("/v1/models", _models(service), methods=["GET"]),
        Route("/v1/models/{model:path}", _models(service), methods=["GET"]),
        Route("/v1/chat/completions", _completions(service), methods=["POST"]),
    ]


def _models(service: Service) -> Handler:
    async def handle(request: Request) -> Response:
        rows = [
            {"id": name, "object": "model", "created": 0, "owned_by": "news-qa"}
            for name in model_names(service)
        ]
        wanted = request.path_params.get("model")
        if wanted is None:
            return JSONResponse({"object": "list", "data": rows})
        found = next((row for row in rows if row["id"] == wanted), None)
        if found is None:
            return failures.reply("NotFound", f"no model {wanted!r} here; /v1/models lists them", 404)
        return JSONResponse(found)

    return handle


def _completions(service: Service) -> Handler:
    async def handle(request: Request) -> Response:
        asked = await read_request(request, ChatRequest)
        question = to_ask(service, asked)
        shape = _shape(asked.model)
        if asked.stream:
            return StreamingResponse(
                _chunks(service, asked, question, shape), media_type="text/event-stream", headers=UNCACHED
            )
        outcome = await service.pool.run(lambda: _outcome(service, question))
        message = {"role": "assistant", "content": content(outcome), "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        reply = shape("chat.completion", [choice])
        return JSONResponse({**reply, "usage": usage(outcome), "qa": outcome.to_dict()}, headers=UNCACHED)

    return handle


def _outcome(service: Service, question: wire.AskRequest) -> Outcome:
    *_, last = events(service, question)
    assert isinstance(last, Finished)
    return last.outcome


Shape = Callable[[str, list[dict[str, Any]]], dict[str, Any]]


def _shape(model: str) -> Shape:
    head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": model}
    return lambda kind, choices: {**head, "object": kind, "choices": choices}


def deltas(found: Iterator[Event], prose: bool) -> Iterator[tuple[str, Outcome | None]]:
    """(text, None) as it becomes known, and at the end ("", outcome). ``prose``: sentences are told as they
    are proven; an answer in quotes only is ready at once and told whole."""
    told = 0
    for event in found:
        if isinstance(event, Proven) and prose:
            yield f"{' ' if told else ''}{sentence(event.claim)}", None
            told += 1
        elif isinstance(event, Finished):
            outcome = event.outcome
            text = "" if told and outcome.kind != "abstention" else readable(outcome.text)
            notes = footnotes(outcome)
            yield f"{text}\n\n{notes}" if notes else text, None
            yield "", outcome


async def _chunks(
    service: Service, asked: ChatRequest, question: wire.AskRequest, shape: Shape
) -> AsyncIterator[str]:
    def chunk(delta: dict[str, str], finish: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _data({**shape("chat.completion.chunk", [choice]), **more})

    prose = service.library(question.folder).endpoint is not None
    yield chunk({"role": "assistant", "content": ""})
    try:
        found = service.pool.stream(lambda: deltas(events(service, question), prose))
        async for text, outcome in found:
            if outcome is None:
                yield chunk({"content": text})
                continue
            yield chunk({}, "stop", qa=outcome.to_dict())
            if asked.stream_options and asked.stream_options.include_usage:
                yield _data({**shape("chat.completion.chunk", []), "usage": usage(outcome)})
    except QAError as error:
        yield _data(json.loads(bytes(failures.reply_to(error).body)))
    yield "data: [DONE]\n\n"


def _data(value: object) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"
