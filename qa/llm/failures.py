"""How a model's service fails: every failure as one ``LLMError``, in one line without secrets."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from qa import errors
from qa.llm.protocol import Completion
from qa.privacy import redacted
from qa.types import Tokens


@dataclass(frozen=True, slots=True)
class Service:
    """Whom an error message names. ``key`` is never in it."""

    model: str
    endpoint: str
    seconds: float
    attempts: int
    key: str | None

    @property
    def where(self) -> str:
        return f"{self.model} at {self.endpoint}"

    def line(self, error: object) -> str:
        text = redacted(str(error), self.key).strip() or type(error).__name__
        return text.splitlines()[0][:160]


@lru_cache(maxsize=1)
def _transport_errors() -> tuple[type[Exception], ...]:
    """Of the HTTP library that ``openai`` brings: httpx up to its version 2, httpx2 from 3 on."""
    found: list[type[Exception]] = []
    for name in ("httpx", "httpx2"):
        try:
            found.append(importlib.import_module(name).HTTPError)
        except ImportError:
            continue
    return tuple(found)


@contextmanager
def typed(service: Service) -> Iterator[None]:
    """Whatever goes wrong within is raised as an LLMError."""
    import openai

    broken: tuple[type[Exception], ...] = (*_transport_errors(), openai.OpenAIError, ValueError)
    try:
        yield
    except errors.LLMError:
        raise
    except openai.APITimeoutError:
        raise errors.TimedOut(
            f"{service.where} gave no answer in {service.seconds:g} s, {service.attempts} times; "
            "raise QA_CALL_SECONDS, or answer in quotes only (answerer: extractive)"
        ) from None
    except openai.APIConnectionError as error:
        cause = error.__cause__ or error
        if isinstance(cause, errors.LLMError):
            raise cause from None
        raise errors.Unreachable(
            f"{service.endpoint} cannot be reached ({service.line(cause)}); is the server running, and "
            "OPENAI_BASE_URL right?"
        ) from None
    except openai.APIStatusError as error:
        raise _status(error, service) from None
    except broken as error:
        raise errors.BrokenReply(
            f"{service.where} broke off or sent no valid reply ({service.line(error)}); ask again"
        ) from None
    except RecursionError:
        raise errors.BrokenReply(
            f"{service.where} sent a reply nested too deeply to be read; ask again"
        ) from None


def finished(service: Service, text: str, finish: str, tokens: Tokens, refusal: str | None) -> Completion:
    """The whole reply. Raises Refused, CutShort or BrokenReply where it is none."""
    if refusal or finish == "content_filter":
        why = f": {service.line(refusal)}" if refusal else " (content filter)"
        raise errors.Refused(f"{service.model} declined to answer{why}")
    if finish == "length":
        raise errors.CutShort(f"{service.model} stopped at the longest reply allowed; raise QA_MAX_TOKENS")
    if not text.strip():
        raise errors.BrokenReply(f"{service.model} sent an empty reply; ask again")
    return Completion(text=text, finish=finish, tokens=tokens)


def overflows(message: str) -> bool:
    """Whether a server complains that the prompt does not fit."""
    told = message.lower()
    return "context" in told and any(w in told for w in ("length", "window", "size", "exceed", "too long"))


def _status(error: Any, service: Service) -> errors.LLMError:
    told, status = service.line(getattr(error, "message", error)), error.status_code
    where = service.where
    if overflows(str(error)):
        return errors.ContextOverflow(f"the passages do not fit into {where} ({told}); lower QA_PASSAGES")
    if status in (401, 403):
        return errors.Unauthorized(
            f"{service.endpoint} does not take the key ({status}); check OPENAI_API_KEY"
        )
    if status == 404:
        return errors.NoSuchModel(f"{where} does not exist ({told}); check QA_MODEL and OPENAI_BASE_URL")
    if status == 429:
        return errors.RateLimited(f"{where} takes no more requests now ({told}); wait, or raise QA_RETRIES")
    if status >= 500:
        return errors.ServiceFailed(f"{where} failed ({status}: {told}); ask again later")
    return errors.BrokenReply(
        f"{where} refused the request ({status}: {told}); check QA_MODEL and OPENAI_BASE_URL"
    )
