"""Conversations: turns in order, kept on disk after each, so that a stop loses nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from qa.errors import NotFound
from qa.privacy import private_folder, write_private
from qa.question.followup import means_somebody
from qa.types import Outcome, Value


class Turn(Value):
    question: str
    outcome: Outcome


class Session(Value):
    """``id`` is the moment it began; filters hold for every question of it."""

    format: str = "qa.session/1"
    id: str
    folder: str
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    undated: bool = False
    turns: tuple[Turn, ...] = ()

    @property
    def filters(self) -> str:
        """Those that are on, for a person; empty: none."""
        told = [
            f"{name} {getattr(self, name)}" for name in ("since", "until", "outlet") if getattr(self, name)
        ]
        return ", ".join([*told, *(["undated articles too"] if self.undated else [])])

    @property
    def history(self) -> list[str]:
        """The earlier questions, oldest first: as they were made to stand alone by a model, else as asked."""
        return [
            t.outcome.standalone_question if t.outcome.trace.answerer == "llm" else t.question
            for t in self.turns
        ]

    def history_for(self, question: str) -> list[str]:
        """The history as ``question`` needs it: where it says "he" or "she" and the last question asked who,
        the one whose words answered it stands behind that question."""
        asked = self.history
        if not asked or not means_somebody(question) or means_somebody(asked[-1]):
            return asked
        said = next((c.attribution for c in self.turns[-1].outcome.claims), None)
        if said is None or said.voice == "outlet" or not asked[-1].lower().startswith("who"):
            return asked
        return [*asked[:-1], f"{asked[-1]} {said.speaker}"]


class Sessions:
    """The sessions of one folder of articles, in ``home``. ``kind`` "asked": questions asked one by one."""

    def __init__(self, home: Path, folder: str, kind: Literal["sessions", "asked"] = "sessions") -> None:
        self.home = home / kind
        self.folder = folder

    def new(self) -> Session:
        stem = datetime.now().strftime("%Y%m%d-%H%M%S")
        name, n = stem, 1
        while (self.home / f"{name}.json").exists():
            n += 1
            name = f"{stem}-{n}"
        return Session(id=name, folder=self.folder)

    def save(self, session: Session) -> None:
        private_folder(self.home)
        write_private(self.home / f"{session.id}.json", session.model_dump_json())

    def prune(self, most: int) -> None:
        """Keep the newest. Raises OSError."""
        for name in self.ids()[most:]:
            (self.home / f"{name}.json").unlink(missing_ok=True)

    def ids(self) -> list[str]:
        """Newest first."""
        return sorted((p.stem for p in self.home.glob("*.json")), reverse=True)

    def load(self, name: str | None = None) -> Session:
        """A session by id or the beginning of one; None: the newest. Raises NotFound."""
        found = [i for i in self.ids() if name is None or i.startswith(name)]
        if not found:
            raise NotFound(
                f"no session {name} of this folder; there is {', '.join(self.ids()[:5]) or 'none'}"
                if name
                else "no session of this folder yet; begin one with `qa chat`"
            )
        path = self.home / f"{found[0]}.json"
        try:
            return Session.model_validate_json(path.read_text("utf-8"))
        except (OSError, ValidationError):
            raise NotFound(f"{path} cannot be read as a session; move it away") from None
