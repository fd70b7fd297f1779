"""The language model that the settings name. The names of the protocol are given on from here."""

from __future__ import annotations

from qa import errors
from qa.llm.openai_compatible import DEFAULT_ENDPOINT as DEFAULT_ENDPOINT
from qa.llm.openai_compatible import OpenAICompatible as OpenAICompatible
from qa.llm.protocol import LLM as LLM
from qa.llm.protocol import Completion as Completion
from qa.llm.protocol import Message as Message
from qa.llm.protocol import QueueLLM as QueueLLM
from qa.llm.protocol import Request as Request


def make_llm(model: str, api_key: str | None, base_url: str | None, call_seconds: float, retries: int) -> LLM:
    """Raises UsageError if there is neither a key nor an endpoint: then no call can be meant."""
    if api_key is None and base_url is None:
        raise errors.UsageError(
            "a language model needs OPENAI_API_KEY or OPENAI_BASE_URL; without them, answer in quotes only "
            "(answerer: extractive)"
        )
    return OpenAICompatible(model, api_key, base_url, call_seconds, retries)
