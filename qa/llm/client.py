"""Calling a language model: the protocol, an OpenAI-compatible client, and a queue of replies for tests.

Failures that may pass (connection, timeout, 429, 5xx) are tried again by the client library, which
honours Retry-After up to a minute; everything ends as one of the ``LLMError`` types. What a server does
not take (a JSON schema, a temperature, a name of the token limit) is left out and remembered.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

from qa import errors
from qa.types import Tokens, Value

DEFAULT_ENDPOINT = "https://api.openai.com/v1"


class Message(Value):
    role: Literal["system", "user", "assistant"]
    content: str


class Request(Value):
    """``output``: name and JSON schema of what is asked for; None: plain text."""

    messages: tuple[Message, ...]
    max_tokens: int
    temperature: float = 0.0
    seed: int = 0
    output: tuple[str, dict[str, Any]] | None = None

    @property
    def chars(self) -> int:
        return sum(len(m.content) for m in self.messages)


class Completion(Value):
    text: str
    finish: str
    tokens: Tokens = Tokens()
    cached: bool = False


class LLM(Protocol):
    """Both raise LLMError."""

    model: str
    endpoint: str

    def complete(self, request: Request) -> Completion: ...

    def stream(self, request: Request) -> Generator[str, None, Completion]:
        """Pieces of the text as they come; returns the whole."""
        ...


@dataclass
class QueueLLM:
    """A fake that gives the replies it was made with, in order, and keeps what it was asked."""

    replies: list[str | errors.LLMError]
    model: str = "queue"
    endpoint: str = "queue:"
    piece: int = 7
    asked: list[Request] = field(default_factory=list)

    def complete(self, request: Request) -> Completion:
        self.asked.append(request)
        if not self.replies:
            raise errors.BrokenReply("the queue of replies is empty")
        reply = self.replies.pop(0)
        if isinstance(reply, errors.LLMError):
            raise reply
        return Completion(
            text=reply, finish="stop", tokens=Tokens(prompt=request.chars // 4, completion=len(reply) // 4)
        )

    def stream(self, request: Request) -> Generator[str, None, Completion]:
        done = self.complete(request)
        for at in range(0, len(done.text), self.piece):
            yield done.text[at : at + self.piece]
        return done


# What a server may not take, in the order of giving it up: the word in its complaint, the parameter.
_OPTIONAL = (
    "stream_options",
    "response_format",
    "temperature",
    "seed",
    "max_completion_tokens",
    "max_tokens",
)


class OpenAICompatible:
    """Chat completions of any server that speaks OpenAI's protocol.

    ``call_seconds`` bounds each attempt, a stream included; so an answer takes at most about
    ``(retries + 1) * call_seconds`` and the waits between.
    """

    def __init__(
        self,
        model: str,
        api_key: str | None,
        base_url: str | None,
        call_seconds: float = 60.0,
        retries: int = 2,
    ) -> None:
        self.model = model
        self._url = base_url or DEFAULT_ENDPOINT
        self.endpoint = _shown(self._url)
        self._key = api_key
        self._seconds = call_seconds
        self._retries = retries
        self._client: Any = None
        self._left_out: set[str] = set()
        self._format = "json_schema"  # then json_object, then nothing

    def _open(self) -> Any:
        import openai

        if self._client is None:
            # base_url is always given, so that a variable of the environment cannot send texts elsewhere
            self._client = openai.OpenAI(
                api_key=self._key or "none",
                base_url=self._url,
                max_retries=self._retries,
                timeout=self._seconds,
            )
        return self._client

    def _parameters(self, request: Request, streamed: bool) -> dict[str, Any]:
        ours = urlsplit(self._url).hostname == urlsplit(DEFAULT_ENDPOINT).hostname
        limit = (
            "max_completion_tokens"
            if ours != ("max_completion_tokens" in self._left_out or "max_tokens" in self._left_out)
            else "max_tokens"
        )
        given: dict[str, Any] = {
            "model": self.model,
            "messages": [m.model_dump() for m in request.messages],
            "temperature": request.temperature,
            "seed": request.seed,
            limit: request.max_tokens,
        }
        if request.output is not None and "response_format" not in self._left_out:
            name, schema = request.output
            given["response_format"] = (
                {"type": "json_schema", "json_schema": {"name": name, "schema": schema, "strict": True}}
                if self._format == "json_schema"
                else {"type": "json_object"}
            )
        if streamed:
            given |= {"stream": True, "stream_options": {"include_usage": True}}
        return {k: v for k, v in given.items() if k not in self._left_out or k == limit}

    def _adapt(self, message: str) -> bool:
        """Give up the parameter that the server complains of; False if it names none."""
        told = message.lower()
        if self._format == "json_schema" and any(
            w in told for w in ("response_format", "json_schema", "schema", "grammar")
        ):
            self._format = "json_object"
            return True
        for name in _OPTIONAL:
            if name in told and name not in self._left_out:
                self._left_out.add(name)
                return True
        return False

    @contextmanager
    def _typed(self) -> Iterator[None]:
        import httpx
        import openai

        where = f"{self.model} at {self.endpoint}"
        try:
            yield
        except errors.LLMError:
            raise
        except openai.APITimeoutError:
            raise errors.TimedOut(
                f"{where} gave no answer in {self._seconds:g} s, {self._retries + 1} times; raise QA_CALL_SECONDS, or use --answerer extractive"
            ) from None
        except openai.APIConnectionError as error:
            cause = error.__cause__ or error
            raise errors.Unreachable(
                f"{self.endpoint} cannot be reached ({_line(cause)}); is the server running, and OPENAI_BASE_URL right?"
            ) from None
        except openai.APIStatusError as error:
            raise _status(error, where, self.endpoint) from None
        except (httpx.HTTPError, openai.OpenAIError, ValueError) as error:
            raise errors.BrokenReply(
                f"{where} broke off or sent no valid reply ({_line(error)}); ask again"
            ) from None

    def _call(self, request: Request, streamed: bool) -> Any:
        import openai

        while True:
            try:
                return self._open().chat.completions.create(**self._parameters(request, streamed))
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if _overflows(str(error)) or not self._adapt(str(error)):
                    raise

    def complete(self, request: Request) -> Completion:
        with self._typed():
            answer = self._call(request, streamed=False)
            choices = getattr(answer, "choices", None)
            if not choices or choices[0].message is None:
                raise errors.BrokenReply(
                    f"{self.model} at {self.endpoint} sent a reply without a choice; ask again"
                )
            message, finish = choices[0].message, choices[0].finish_reason or "stop"
            return _finished(
                self.model,
                message.content or "",
                finish,
                _tokens(answer.usage),
                getattr(message, "refusal", None),
            )

    def stream(self, request: Request) -> Generator[str, None, Completion]:
        with self._typed():
            parts: list[str] = []
            refusal, finish, usage = "", None, None
            until = time.monotonic() + self._seconds
            with self._call(request, streamed=True) as events:
                for event in events:
                    if time.monotonic() > until:
                        raise errors.TimedOut(
                            f"{self.model} at {self.endpoint} was still writing after {self._seconds:g} s; raise QA_CALL_SECONDS"
                        )
                    usage = event.usage or usage
                    for choice in event.choices[:1]:
                        finish = choice.finish_reason or finish
                        refusal += getattr(choice.delta, "refusal", None) or ""
                        if piece := choice.delta.content:
                            parts.append(piece)
                            yield piece
            if finish is None:
                raise errors.BrokenReply(
                    f"{self.model} at {self.endpoint} stopped in the middle of its reply; ask again"
                )
            return _finished(self.model, "".join(parts), finish, _tokens(usage), refusal or None)


def _finished(model: str, text: str, finish: str, tokens: Tokens, refusal: str | None) -> Completion:
    if refusal or finish == "content_filter":
        raise errors.Refused(
            f"{model} declined to answer{f': {_line(refusal)}' if refusal else ' (content filter)'}"
        )
    if finish == "length":
        raise errors.CutShort(f"{model} stopped at the longest reply allowed; raise QA_MAX_TOKENS")
    if not text.strip():
        raise errors.BrokenReply(f"{model} sent an empty reply; ask again")
    return Completion(text=text, finish=finish, tokens=tokens)


def _shown(url: str) -> str:
    """An address that may be printed and stored: without a name and password in it, or a query."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def _tokens(usage: Any) -> Tokens:
    return Tokens(
        prompt=getattr(usage, "prompt_tokens", 0) or 0, completion=getattr(usage, "completion_tokens", 0) or 0
    )


def _line(error: object) -> str:
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0][:160]


def _overflows(message: str) -> bool:
    told = message.lower()
    return "context" in told and any(w in told for w in ("length", "window", "size", "exceed", "too long"))


def _status(error: Any, where: str, endpoint: str) -> errors.LLMError:
    told, status = _line(getattr(error, "message", error)), error.status_code
    if _overflows(str(error)):
        return errors.ContextOverflow(f"the passages do not fit into {where} ({told}); lower QA_PASSAGES")
    if status in (401, 403):
        return errors.Unauthorized(f"{endpoint} does not take the key ({status}); check OPENAI_API_KEY")
    if status == 404:
        return errors.NoSuchModel(f"{where} does not exist ({told}); check QA_MODEL and OPENAI_BASE_URL")
    if status == 429:
        return errors.RateLimited(f"{where} takes no more requests now ({told}); wait, or raise QA_RETRIES")
    if status >= 500:
        return errors.ServiceFailed(f"{where} failed ({status}: {told}); ask again later")
    return errors.BrokenReply(
        f"{where} refused the request ({status}: {told}); check QA_MODEL and OPENAI_BASE_URL"
    )


def make_llm(model: str, api_key: str | None, base_url: str | None, call_seconds: float, retries: int) -> LLM:
    """Raises UsageError if there is neither a key nor an endpoint: then no call can be meant."""
    if api_key is None and base_url is None:
        raise errors.UsageError(
            "a language model needs OPENAI_API_KEY or OPENAI_BASE_URL; without them use --answerer extractive"
        )
    return OpenAICompatible(model, api_key, base_url, call_seconds, retries)
