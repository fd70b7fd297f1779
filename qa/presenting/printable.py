"""Text of others made harmless for where it is shown: a terminal, JSON on a terminal, Markdown. What is
stored and exported as data stays exact."""

from __future__ import annotations

import re

# What moves a cursor, sets a title, hides or turns text round: control characters (C0 without tab and line
# end, DEL, C1), line and paragraph separators, directional marks, embeddings, overrides and isolates, tags,
# and halves of characters. Joiners, the soft hyphen and zero-width spaces belong to words and move nothing.
_UNPRINTABLE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff"
)
_PATTERN = re.compile(f"[{_UNPRINTABLE}]")
_LINE_ENDS = re.compile(r"\r(\n)?|[\x0b\x0c\u2028\u2029]")
REPLACEMENT = "\ufffd"


def printable(text: str) -> str:
    """The text for a terminal, character for character: line ends of all kinds as line ends, anything else
    that is not printable as the replacement character. Of the same length, so that offsets stay."""
    if _PATTERN.search(text) is None:
        return text
    return _PATTERN.sub(REPLACEMENT, _LINE_ENDS.sub(lambda m: " \n" if m[1] else "\n", text))


def one_line(text: str) -> str:
    """The same in one line, for names and messages."""
    return " ".join(printable(text).split("\n"))


def safe_json(text: str) -> str:
    """JSON that reads the same, with what is not printable written as escapes."""

    def escape(m: re.Match[str]) -> str:
        data = m[0].encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{data[k]:02x}{data[k + 1]:02x}" for k in range(0, len(data), 2))

    return _PATTERN.sub(escape, text)


_MARKUP = re.compile(
    r"([\\`*_\[\]<>#|~&])|(?<=\w)(:)(?=//)|(?<=www)(\.)|(?<=\S)(@)(?=\S)|^([ \t]*)([-+=])", re.M
)
# A number that would begin a link, an image or a definition is no marker.
_MARKER = re.compile(r"(?<!!)\\\[(\d+)\\\](?![(:])")


def markdown_text(text: str) -> str:
    """Text whose characters mean themselves in Markdown: no link, no image, no HTML, no heading, and no
    address that turns into a link by itself. The [n] of citations stay."""

    def escape(m: re.Match[str]) -> str:
        return f"{m[5] or ''}\\{m[6]}" if m[6] else f"\\{m[0]}"

    return _MARKER.sub(r"[\1]", _MARKUP.sub(escape, printable(text)))


def web_address(url: str | None) -> str | None:
    """An address that may be a link: http or https, and nothing in it that could end the link."""
    return (
        url
        if url and re.fullmatch(r"https?://[^\s<>\"'\\`|{}^\x00-\x20\x7f-\x9f]+", url, re.IGNORECASE)
        else None
    )


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table_cell(value: object) -> str:
    """A cell of a table for other programs; one that a spreadsheet would run as a formula gets an apostrophe
    before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
