"""Lines of a scraped page and what can be told from one line alone: is it a menu, a counter, a credit?

What furniture is called across sites stands in ``furniture``, as rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from qa.reading import furniture as rows

_BLANK = " \t\u200b\ufeff"
BULLET = re.compile(r"^\s*(?:[•◦▪‣●–*+-]|\d{1,2}[.)])\s+")
_TERMINAL = re.compile(r"[.!?…][\"'”’»)\]*_]*$")


_GOES_ON = re.compile(r"(?:,|\b(?:a|an|the|of|to|in|and|or|for|with|by|at|on|from|as|that|is|was))$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source text; ``start``/``end`` are the span of its stripped content."""

    start: int
    end: int
    text: str
    indent: int
    bullet: bool

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def body(self) -> str:
        """The text without its bullet."""
        return BULLET.sub("", self.text) if self.bullet else self.text


def lines_of(text: str) -> list[Line]:
    """The non-blank lines of a text with exact offsets, in code points. Where the text is wrapped at
    a fixed width (mail, PDF), a "line" is a whole paragraph, line breaks inside it included."""
    found = []
    for m in re.finditer(r"[^\r\n]+", text):
        raw = m.group()
        inner = raw.strip(_BLANK)
        if not inner.strip():
            continue
        start = m.start() + raw.index(inner)
        found.append(Line(start, start + len(inner), inner, start - m.start(), bool(BULLET.match(inner))))
    return _unwrapped(text, found) if _wrapped(text, found) else found


def _adjacent(text: str, first: Line, second: Line) -> bool:
    return len(re.findall(r"\r\n|\r|\n", text[first.end : second.start])) == 1


def _wrapped(text: str, lines: list[Line]) -> bool:
    """Hard-wrapped: many lines go on in the next one, which begins in lower case, and none is long."""
    pairs = [(a, b) for a, b in pairwise(lines) if _adjacent(text, a, b) and len(a.text) >= 40]
    width = max((len(line.text) for line in lines), default=0)
    if len(pairs) < 2 or width > 160:
        return False
    going_on = sum(b.text[0].islower() and a.text[-1] not in ".!?:" for a, b in pairs)
    if len(pairs) >= 4 and going_on >= 0.3 * len(pairs):
        return True
    # filled: in no line was there room for the first word of the next
    filled = all(len(a.text) + 1 + len(b.text.split()[0]) > width for a, b in pairs)
    return 50 <= width <= 100 and filled and going_on >= 1


def _unwrapped(text: str, lines: list[Line]) -> list[Line]:
    width = sorted(len(line.text) for line in lines)[int(len(lines) * 0.9)]
    whole: list[tuple[Line, Line]] = []  # (the first line of a paragraph, its last)
    for previous, line in pairwise([None, *lines]):
        assert line is not None
        if (
            previous is not None
            and _adjacent(text, previous, line)
            and not line.bullet
            and not RULE.match(line.text)
            and not RULE.match(previous.text)
            and (
                len(previous.text) >= 0.7 * width or line.text[0].islower() or _GOES_ON.search(previous.text)
            )
        ):
            whole[-1] = (whole[-1][0], line)
        else:
            whole.append((line, line))
    return [
        Line(first.start, last.end, text[first.start : last.end], first.indent, first.bullet)
        for first, last in whole
    ]


LONGEST_HEADING = 160  # characters
# What a post ends with behind its last sentence: addresses, tags, pictures.
_TRAILING = re.compile(r"(?:\s+(?:https?://\S+|[#@]\w+|[^\w\s.,:;!?\"'“”‘’«»()\[\]…%$€£–—-]+))+$")


def heading_like(line: Line) -> bool:
    """Could be a title or a section heading: short, no full stop, begins like one."""
    text = line.body.lstrip("#").strip()
    if len(text) > LONGEST_HEADING:
        return False
    text = _TRAILING.sub("", text)  # of a short line only: a run of blanks is tried from each of them
    if not text or len(text.split()) > 22:
        return False
    if text[-1] in ".:;," or text.endswith(("…", "...", '."', ".”", '," ', ",”", ".''", "?''", "!''")):
        return text.endswith(("U.S.", "U.K.", "U.N.", "Inc.", "Co.", "Jr."))
    return not re.search(r"[.!?][\"”]?\s+[A-Z“\"]\w+\s+\w+\s+\w+\s+\w+.*", text) or len(text.split()) <= 14


def prose(line: Line) -> bool:
    """Reads as running text: ends like a sentence, or is too long for a heading."""
    if (
        line.text.rstrip('"”’)').endswith(("?", "!"))
        and line.words <= 12
        and not re.search(r"[.!?]\s", line.text)
    ):
        return False  # a headline may well be a question
    return (line.words >= 6 and bool(_TERMINAL.search(line.text))) or line.words > 24


# --- furniture --------------------------------------------------------------------------------

END_MARK = re.compile(rf"^(?:{'|'.join(rows.END_MARKS)})$", re.IGNORECASE)
# An excerpt ends here: weaker, since sites also put it in the middle of an article.
READ_MORE = re.compile(
    rf"^[\[(]?{rows.READ_MORE}(?:\s*[»›→>…]+|\s*\.{{3}})?[\])]?(?:\s*[»›→>])?$", re.IGNORECASE
)
FURNITURE = re.compile(rf"^(?:{'|'.join(rows.ROWS)})$", re.IGNORECASE | re.DOTALL)
TAIL = re.compile(rf"^(?:{'|'.join(rows.TAIL)})\s*:?$", re.IGNORECASE)
CREDIT = re.compile(
    r"^(?:(?:©|\(c\))(?!\s*(?:19|20)\d\d)|photo|image|credit|picture|foto)\s*[:/©]?\s?\S.{0,100}$",
    re.IGNORECASE,
)
SLUG = re.compile(r"^[a-z0-9]+(?:[-_][a-z0-9]+)+$")
RULE = re.compile(r"^(?:[-_=*~#]{3,}|(?:[-*_]\s){2,}[-*_]|#)$")
BYLINE = re.compile(
    rf"^[*_(]*{rows.BYLINE_LEADS}\s+(?P<name>[^\W\d_][^|·•,;–—\d()]{{2,60}}?)[*_)]*"
    r"(?:\s*(?:[|·•,;–—]|\bon\b|\d|\bin\b).{0,80})?$",
    re.IGNORECASE,
)


def furniture(line: Line) -> bool:
    """Page furniture by its own words. A line that reads as running text is only furniture if the
    table names it: when in doubt, text is kept."""
    text = line.text.strip("\u00a0 ")
    return len(text) <= 340 and bool(
        FURNITURE.match(text) or END_MARK.match(text) or READ_MORE.match(text) or SLUG.match(text)
    )
