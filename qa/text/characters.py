"""What of a text is a character."""

from __future__ import annotations

REPLACEMENT = "\ufffd"


def whole_characters(text: str) -> str:
    """``text`` with U+FFFD for each half of a character (a lone surrogate, as a terminal of another encoding
    or a broken ``\\u`` escape leaves it): no index, model or file takes one. Places stay the same."""
    return "".join(REPLACEMENT if "\ud800" <= c <= "\udfff" else c for c in text)
