"""What the handlers work on: the folders by name, and the pool that their calls run in."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qa.conversation.session import Session, Sessions, Turn
from qa.errors import NotFound
from qa.library import Library
from qa.server.pool import Pool
from qa.types import Citation, Outcome


@dataclass(frozen=True, slots=True)
class Service:
    libraries: Mapping[str, Library]
    pool: Pool
    saving: threading.Lock = field(default_factory=threading.Lock)

    def name(self, folder: str | None) -> str:
        """The folder asked for; the first where none is named. Raises NotFound."""
        if folder is None:
            return next(iter(self.libraries))
        if folder not in self.libraries:
            raise NotFound(f"no folder {folder!r} here; there is {', '.join(self.libraries)}")
        return folder

    def library(self, folder: str | None) -> Library:
        return self.libraries[self.name(folder)]

    def warm(self) -> None:
        """Load what a first question needs, so that it does not wait for it."""
        for library in self.libraries.values():
            library.retrieve("warm up", top_k=1)
            library.extractor()

    # --- sessions ---

    def sessions(self, folder: str | None) -> Sessions:
        library = self.library(folder)
        return Sessions(library.home, str(library.folder.root))

    def session(self, folder: str | None, session: str) -> Session:
        """Raises NotFound."""
        kept = self.sessions(folder)
        if session not in kept.ids():
            raise NotFound(f"no session {session!r} of this folder; /v1/sessions lists them")
        return kept.load(session)

    def new_session(self, folder: str | None) -> Session:
        with self.saving:
            kept = self.sessions(folder)
            made = kept.new()
            kept.save(made)
            return made

    def keep(self, folder: str | None, session: str, outcome: Outcome, filters: Mapping[str, object]) -> None:
        """A finished turn joins its session. Two turns that finish at once are both kept."""
        with self.saving:
            before = self.session(folder, session)
            turn = Turn(question=outcome.question, outcome=outcome)
            self.sessions(folder).save(before.model_copy(update={**filters, "turns": (*before.turns, turn)}))

    def citations(self, folder: str | None, session: str | None) -> tuple[Citation, ...]:
        """All citations of the answers of a session."""
        if session is None:
            return ()
        turns = self.session(folder, session).turns
        return tuple(c for t in turns for c in t.outcome.citations)


def named(libraries: Sequence[Library]) -> dict[str, Library]:
    """Libraries under the names of their folders, numbered where two have the same."""
    found: dict[str, Library] = {}
    for library in libraries:
        stem = Path(library.folder.root).name or "articles"
        name, n = stem, 1
        while name in found:
            n += 1
            name = f"{stem}-{n}"
        found[name] = library
    return found
