"""What calling a language model is: request, reply, protocol, and a queue of replies for tests."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from qa import errors
from qa.types import Tokens, Value


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
