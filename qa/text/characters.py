"""What of a text is a character."""

from __future__ import annotations

REPLACEMENT = "\ufffd"
# Capitals of the Latin script, to stand in a class of a pattern: "Łukasz", "Đurić", "Şahin".
LATIN_CAPITALS = "A-ZÀ-ÖØ-Þ" + "".join(c for c in map(chr, range(0x100, 0x250)) if c.isupper())


def whole_characters(text: str) -> str:
    """``text`` with U+FFFD for each half of a character (a lone surrogate, as a terminal of another encoding
    or a broken ``\\u`` escape leaves it): no index, model or file takes one. Places stay the same."""
    return "".join(REPLACEMENT if "\ud800" <= c <= "\udfff" else c for c in text)


def lower_in_place(text: str) -> str:
    """``text`` in lower case, place for place: of all letters "İ" alone would become two, and stays."""
    return text.lower() if "İ" not in text else "".join(c if c == "İ" else c.lower() for c in text)
