"""Replies of a model on disk: an identical call (endpoint, model, messages, schema, limit) is made once."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from qa.llm.client import LLM, Completion, Request
from qa.privacy import private_folder, write_private


class CachedLLM:
    """``inner`` with a folder of replies before it. Only whole, successful replies are kept."""

    def __init__(self, inner: LLM, folder: Path) -> None:
        self.inner = inner
        self.folder = folder
        self.model = inner.model
        self.endpoint = inner.endpoint
        self._asking = threading.local()

    @contextmanager
    def fresh(self, wanted: bool = True) -> Iterator[None]:
        """Calls of this thread are made, whatever is kept."""
        self._asking.fresh = wanted
        try:
            yield
        finally:
            self._asking.fresh = False

    def _path(self, request: Request) -> Path:
        key = hashlib.sha256(
            json.dumps([self.endpoint, self.model, request.model_dump(mode="json")], sort_keys=True).encode()
        ).hexdigest()
        return self.folder / key[:2] / f"{key[2:]}.json"

    def _known(self, request: Request) -> Completion | None:
        if getattr(self._asking, "fresh", False):
            return None
        try:
            return Completion.model_validate_json(self._path(request).read_text("utf-8")).model_copy(
                update={"cached": True}
            )
        except (OSError, ValidationError):
            return None  # not there, or damaged: ask

    def _keep(self, request: Request, reply: Completion) -> None:
        path = self._path(request)
        private_folder(self.folder)
        private_folder(path.parent)
        write_private(path, reply.model_dump_json())

    def complete(self, request: Request) -> Completion:
        if known := self._known(request):
            return known
        reply = self.inner.complete(request)
        self._keep(request, reply)
        return reply

    def stream(self, request: Request) -> Generator[str, None, Completion]:
        if known := self._known(request):
            yield known.text
            return known
        reply = yield from self.inner.stream(request)
        self._keep(request, reply)
        return reply
