"""Patterns that are compiled when they are first used: a long list of words takes tens of milliseconds, which
a command that never looks for them should not pay."""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    """Stands for a pattern until one of its methods is asked for; from then on it holds them."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.__dict__["source"] = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self.__dict__["source"])
        for method in ("match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split"):
            self.__dict__[method] = getattr(compiled, method)
        for fact in ("pattern", "flags", "groups", "groupindex"):
            self.__dict__[fact] = getattr(compiled, fact)
        return self.__dict__[name]


def lazily(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As ``re.compile``; an error of the pattern shows at its first use."""
    return cast(re.Pattern[str], _Lazy(pattern, flags))
