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
    from qa.errors import QAError as QAError
    from qa.library import Library as Library
    from qa.settings import Settings as Settings
    from qa.types import Citation as Citation
    from qa.types import Claim as Claim
    from qa.types import Outcome as Outcome

_WHERE = {
    "Citation": "qa.types",
    "Claim": "qa.types",
    "Library": "qa.library",
    "Outcome": "qa.types",
    "QAError": "qa.errors",
    "Settings": "qa.settings",
    "statements": "qa.attribution.statements",
}
silence()  # before any library is imported: some send events home when they are
__all__ = ["Citation", "Claim", "Library", "Outcome", "QAError", "Settings", "statements"]


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(importlib.import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'qa' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
