"""Chat completions of any server that speaks OpenAI's protocol.

Failures that may pass (connection, timeout, 429, 5xx) are tried again by the client library, which
honours Retry-After up to a minute; everything ends as one of the ``LLMError`` types. What a server does
not take (a JSON schema, a temperature, a name of the token limit) is left out and remembered.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any
from urllib.parse import urlsplit

from qa import errors
from qa.llm.bounds import check_length, response_hook
from qa.llm.failures import Service, finished, overflows, typed
from qa.llm.protocol import Completion, Request
from qa.privacy import public_url
from qa.types import Tokens

DEFAULT_ENDPOINT = "https://api.openai.com/v1"

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
        self.endpoint = public_url(self._url)
        self._service = Service(model, self.endpoint, call_seconds, retries + 1, api_key)
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
                default_headers={"Accept-Encoding": "identity"},
                http_client=openai.DefaultHttpxClient(
                    event_hooks={"response": [response_hook(self._service.where, self._seconds)]}
                ),
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

    def _call(self, request: Request, streamed: bool) -> Any:
        import openai

        while True:
            try:
                return self._open().chat.completions.create(**self._parameters(request, streamed))
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if overflows(str(error)) or not self._adapt(str(error)):
                    raise

    def complete(self, request: Request) -> Completion:
        with typed(self._service):
            answer = self._call(request, streamed=False)
            choices = getattr(answer, "choices", None)
            if not choices or choices[0].message is None:
                raise errors.BrokenReply(
                    f"{self.model} at {self.endpoint} sent a reply without a choice; ask again"
                )
            message, finish = choices[0].message, choices[0].finish_reason or "stop"
            check_length(self._service.where, len(message.content or ""), request.max_tokens)
            return finished(
                self._service,
                message.content or "",
                finish,
                _tokens(answer.usage),
                getattr(message, "refusal", None),
            )

    def stream(self, request: Request) -> Generator[str, None, Completion]:
        with typed(self._service):
            parts: list[str] = []
            refusal, finish, usage, written = "", None, None, 0
            with self._call(request, streamed=True) as events:
                for event in events:
                    usage = event.usage or usage
                    for choice in event.choices[:1]:
                        finish = choice.finish_reason or finish
                        refusal += getattr(choice.delta, "refusal", None) or ""
                        if piece := choice.delta.content:
                            written += len(piece)
                            check_length(self._service.where, written, request.max_tokens)
                            parts.append(piece)
                            yield piece
            if finish is None:
                raise errors.BrokenReply(
                    f"{self.model} at {self.endpoint} stopped in the middle of its reply; ask again"
                )
            return finished(self._service, "".join(parts), finish, _tokens(usage), refusal or None)


def _tokens(usage: Any) -> Tokens:
    return Tokens(
        prompt=getattr(usage, "prompt_tokens", 0) or 0, completion=getattr(usage, "completion_tokens", 0) or 0
    )
