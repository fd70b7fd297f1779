"""Bounds on what a server may send: bytes and seconds of a response, whatever its status, and characters of a
reply. A server that writes for ever, or much more than was asked for, costs one typed failure."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator
from typing import Any

from qa import errors

MAX_BYTES = 8_000_000  # of one response; an event of a stream takes some 250 bytes for a token
CHARS_A_TOKEN = 40  # far more than any script takes
SPARE_CHARS = 4_000


def longest_reply(max_tokens: int) -> int:
    """Characters that a reply of so many tokens may have at most."""
    return max_tokens * CHARS_A_TOKEN + SPARE_CHARS


def response_hook(where: str, seconds: float) -> Callable[[Any], None]:
    """For the HTTP library's ``event_hooks``: the body of a response, whoever reads it, ends with an LLMError
    when it grows too long or takes too long. Compressed bodies are refused, since a small one may unpack to
    any size; the request asks for none."""

    def bound(response: Any) -> None:
        if response.headers.get("content-encoding", "identity").lower() not in ("", "identity"):
            raise errors.BrokenReply(
                f"{where} sent a compressed reply, though none was asked for; check the server"
            )
        library = importlib.import_module(type(response).__module__.split(".")[0])
        inner, until = response.stream, time.monotonic() + seconds

        class Bounded(library.SyncByteStream):  # type: ignore[misc, name-defined]
            def __iter__(self) -> Iterator[bytes]:
                read = 0
                for piece in inner:
                    read += len(piece)
                    if read > MAX_BYTES:
                        raise errors.BrokenReply(
                            f"{where} sent more than {MAX_BYTES // 1_000_000} MB; check the server, or "
                            "answer in quotes only (answerer: extractive)"
                        )
                    if time.monotonic() > until:
                        raise errors.TimedOut(
                            f"{where} was still writing after {seconds:g} s; raise QA_CALL_SECONDS"
                        )
                    yield piece

            def close(self) -> None:
                inner.close()

        response.stream = Bounded()

    return bound


def check_length(where: str, chars: int, max_tokens: int) -> None:
    """Raises BrokenReply for a reply much longer than was asked for."""
    if chars > longest_reply(max_tokens):
        raise errors.BrokenReply(
            f"{where} wrote more than {longest_reply(max_tokens)} characters where {max_tokens} tokens were "
            "asked for; check the server, or answer in quotes only (answerer: extractive)"
        )
