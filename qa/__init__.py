"""Ask a folder of news articles a question, and trust the answer.

    from qa import Library
    with Library.open("articles/") as lib:
        print(lib.ask("Who called the result unique?").text)

Names are imported when they are first used: ``import qa`` loads nothing heavy.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from qa.privacy import silence

if TYPE_CHECKING:
    from qa.attribution.statements import statements as statements
    from qa.errors import BrokenReply as BrokenReply
    from qa.errors import BudgetExceeded as BudgetExceeded
    from qa.errors import ChromaError as ChromaError
    from qa.errors import Closed as Closed
    from qa.errors import ContextOverflow as ContextOverflow
    from qa.errors import CorpusError as CorpusError
    from qa.errors import CutShort as CutShort
    from qa.errors import EmbeddingError as EmbeddingError
    from qa.errors import EmptyCorpus as EmptyCorpus
    from qa.errors import FingerprintMismatch as FingerprintMismatch
    from qa.errors import FolderNotFound as FolderNotFound
    from qa.errors import IndexDamaged as IndexDamaged
    from qa.errors import LLMError as LLMError
    from qa.errors import LoadError as LoadError
    from qa.errors import Locked as Locked
    from qa.errors import NoSuchModel as NoSuchModel
    from qa.errors import NotFound as NotFound
    from qa.errors import PromptError as PromptError
    from qa.errors import QAError as QAError
    from qa.errors import RateLimited as RateLimited
    from qa.errors import Refused as Refused
    from qa.errors import ServiceFailed as ServiceFailed
    from qa.errors import StoreDamaged as StoreDamaged
    from qa.errors import StoreError as StoreError
    from qa.errors import TimedOut as TimedOut
    from qa.errors import Unauthorized as Unauthorized
    from qa.errors import Unreachable as Unreachable
    from qa.errors import Unwritable as Unwritable
    from qa.errors import UsageError as UsageError
    from qa.library import Library as Library
    from qa.settings import Settings as Settings
    from qa.types import Citation as Citation
    from qa.types import Claim as Claim
    from qa.types import Event as Event
    from qa.types import Finished as Finished
    from qa.types import Note as Note
    from qa.types import Outcome as Outcome
    from qa.types import Proven as Proven
    from qa.types import Searched as Searched

_TYPES = ("Citation", "Claim", "Event", "Finished", "Note", "Outcome", "Proven", "Searched")
_WHERE = {
    "Library": "qa.library",
    "Settings": "qa.settings",
    "statements": "qa.attribution.statements",
    **dict.fromkeys(_TYPES, "qa.types"),
}  # all others of ``__all__`` are errors
silence()  # before any library is imported: some send events home when they are
__all__ = [
    "BrokenReply",
    "BudgetExceeded",
    "ChromaError",
    "Citation",
    "Claim",
    "Closed",
    "ContextOverflow",
    "CorpusError",
    "CutShort",
    "EmbeddingError",
    "EmptyCorpus",
    "Event",
    "FingerprintMismatch",
    "Finished",
    "FolderNotFound",
    "IndexDamaged",
    "LLMError",
    "Library",
    "LoadError",
    "Locked",
    "NoSuchModel",
    "NotFound",
    "Note",
    "Outcome",
    "PromptError",
    "Proven",
    "QAError",
    "RateLimited",
    "Refused",
    "Searched",
    "ServiceFailed",
    "Settings",
    "StoreDamaged",
    "StoreError",
    "TimedOut",
    "Unauthorized",
    "Unreachable",
    "Unwritable",
    "UsageError",
    "statements",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(importlib.import_module(_WHERE.get(name, "qa.errors")), name)
    raise AttributeError(f"module 'qa' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
