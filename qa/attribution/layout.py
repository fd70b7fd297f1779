"""What the lines of a page say of who speaks: headlines, signatures, lines that stand over a quotation, and
short paragraphs of running text that look like headlines. The labels of interviews are ``labels``'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa.attribution.quotations import MASK
from qa.reading.chunker import Unit


def has_headline(text: str, units: Sequence[Unit]) -> bool:
    """Whether the first sentence is a headline that ends in a full stop: a paragraph of its own, "X: …",
    or a capital on most of its words."""
    if len(units) < 3 or units[1].paragraph == units[0].paragraph:
        return False
    line = text[units[0].start : units[0].end]
    words = [w for w in re.findall(r"[^\W\d_][\w’'-]*", line) if len(w) > 3]
    if len(words) > 18 or units[1].start - units[0].end > 6:
        return False
    capitals = sum(w[0].isupper() for w in words)
    return re.match(r"[A-Z][\w’'. -]{1,30}:\s\W?[A-Z]", line) is not None or (
        len(words) > 3 and capitals >= 0.8 * len(words)
    )


def is_running(text: str, bare: str, unit: Unit) -> bool:
    """Whether a short paragraph that ends in a quotation is no headline: "He joked, “Never!”" """
    line = bare[unit.start : unit.end].rstrip()
    return (
        unit.heading
        and line.endswith(MASK)
        and re.search(r"[.!?…][”\"'’]+\s*$", text[unit.start : unit.end]) is not None
        and re.search(rf"\b[a-z]+(?:\s[^{MASK}]*)?[,:]?\s*{MASK}+$", line) is not None
    )


_SIGNATURE = re.compile(r"\s*[-–—]+\s*[A-ZÀ-Þ][^.!?:]{2,60}[.\s]*")
_SIGNED = re.compile(rf"{MASK}[.,]?\s*{_SIGNATURE.pattern}$")


def is_signature(bare: str, unit: Unit, before: Unit) -> bool:
    """Whether a short line signs a quotation, in it or in the one before: "“We stand.” — Mayor Holt"."""
    line = bare[unit.start : unit.end].rstrip()
    quoted = bare[before.start : before.end].rstrip().endswith(MASK)
    return _SIGNED.search(line) is not None or (quoted and _SIGNATURE.fullmatch(line) is not None)


_INTRODUCES = re.compile(
    r"""(?:and\s+|also\s+)?(?:(?:a\s+|the\s+)?
    (?:statements?|remarks?|comments?|quotes?|messages?|words?|reactions?|letters?|notes?)\s+(?:from|by|of)
    |from(?:\s+the\s+(?:desk|office|pen)\s+of)?)\s+(?:the\s+)?""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENS_LINE = re.compile(r"(?:And\s+|Then\s+|The\s+)?(?:[A-ZÀ-Þ][\w.’'-]*\s+){0,3}")


def introduced_at(bare: str, unit: Unit, after: Unit) -> range | None:
    """Where the name stands whose words the quotation in the paragraph below is, in a line that says no more
    than that: "And from Chairwoman Rosa Wendell:", "Statement by Vera Lund", "Vera Lund, a miller:". None
    where the line says something else or no quotation stands below."""
    line = bare[unit.start : unit.end].rstrip()
    if after.paragraph != unit.paragraph + 1 or bare[after.start] != MASK or MASK in line or len(line) > 160:
        return None
    opened = _INTRODUCES.match(line)
    if opened is None and line.endswith(":"):
        titles = _OPENS_LINE.match(line)
        return range(unit.start, unit.start + (titles.end() if titles else 0) + 1)
    if opened is None or line[-1] in ".!?":
        return None
    titles = _OPENS_LINE.match(line, opened.end())
    return range(unit.start + opened.end(), unit.start + (titles.end() if titles else opened.end()) + 1)


# "Rapid City: A National Guard unit …": a place before the first sentence of a paragraph.
_PLACED = re.compile(r"[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){0,2}:\s*[A-Z]")
DIGEST = 8  # paragraphs with a place before them


def is_digest(bare: str, units: Sequence[Unit]) -> bool:
    """Whether an article is many short stories, a paragraph each, so that "the agency" and "he" mean nobody
    of the paragraph before."""
    opening = [
        u
        for before, u in pairwise([None, *units])
        if u and (before is None or before.paragraph != u.paragraph)
    ]
    placed = sum(_PLACED.match(bare, u.start) is not None for u in opening)
    running = sum(not u.heading and u.end - u.start > 40 for u in opening)
    return placed >= DIGEST and placed * 2 >= running
