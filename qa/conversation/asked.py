"""Questions asked one by one, kept so that the next can go on from the last (``qa ask --continue``)."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from qa.conversation.session import Session, Sessions, Turn
from qa.errors import NotFound, UsageError
from qa.types import Outcome

MOST = 100  # rows of questions of one folder that are kept


def new(home: Path, folder: str) -> Session:
    """A row of questions without one yet."""
    return Sessions(home, folder, "asked").new()


def last(home: Path, folder: str) -> Session:
    """The row that the last question belongs to. Raises UsageError."""
    try:
        return Sessions(home, folder, "asked").load()
    except NotFound:
        raise UsageError(
            "no question about this folder is kept yet; ask one without --continue first"
        ) from None


def keep(home: Path, session: Session, question: str, outcome: Outcome) -> None:
    """The question joins its row; where nothing can be written, nothing is kept."""
    kept = Sessions(home, session.folder, "asked")
    turn = Turn(question=question, outcome=outcome)
    with suppress(OSError):
        kept.save(session.model_copy(update={"turns": (*session.turns, turn)}))
        kept.prune(MOST)
