"""What stands in quotation marks: double, single, straight, nested, left open at the end of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

MASK = "¤"  # stands for each character that is quoted

_OPEN = re.compile(r"“|„|«|(?<!\w)(?:''|``)(?=\S)|(?<![\w\d])\"(?=\S)|(?<!\w)‘(?=\w)|(?<![\w])'(?=[A-Z])")


# What a straight mark closes with; some pages close one with a curly mark.
_STRAIGHT = re.compile(r'[^"“”]*(?:“[^"“”]*”[^"“”]*)*["”]')
# Two single marks close one too: "It is lost,'' he said.
_DOUBLED = re.compile(r"(?<=[,.!?…])''(?=\s|$)")
_CURLY = re.compile(r"[“”]|(?<=[,.!?…])’’(?=\s|$)")
# A curly mark that a straight one closes: “It is lost," he said.
_STRAIGHT_CLOSES = re.compile(r'[^"“”]*[,.!?…]"(?=\s+[a-zA-Z]|\s*$)')
_OTHER = {"„": "[“”]", "«": "»"}


def quotations(text: str, start: int, end: int, running: bool = False) -> list[tuple[int, int]]:
    """The spans in quotation marks of one paragraph, marks included; nested ones are in the outer. One
    that is not closed runs to the end. ``running``: the paragraph before left one open."""
    found: list[tuple[int, int]] = []
    at = start
    while (m := _OPEN.search(text, at, end)) is not None:
        mark = m.group()
        if mark == "“":
            depth, stop = 0, end
            if (straight := _STRAIGHT_CLOSES.match(text, m.end(), end)) is not None:
                stop = straight.end()
                found.append((m.start(), stop))
                at = stop
                continue
            for x in _CURLY.finditer(text, m.start(), end):
                depth += 1 if x.group() == "“" else -1
                if depth == 0:
                    stop = x.end()
                    break
        elif mark in _OTHER:  # „…“ and «…», closed by the mark of the pair
            closing = re.search(_OTHER[mark], text[m.end() : end])
            stop = m.end() + closing.end() if closing else end
        elif mark == '"':
            pair = _STRAIGHT.match(text, m.end(), end)
            close = text.find(mark, m.end(), end)
            stop = pair.end() if pair else close + 1 if close >= 0 else end
            if (doubled := _DOUBLED.search(text, m.end(), stop)) is not None:
                stop = doubled.end()
        elif mark in ("''", "``"):
            close = text.find("''", m.end(), end)
            stop = close + 2 if close >= 0 else end
        elif mark == "'":
            closing = re.search(r"(?<=[\w.,!?…])'(?!\w)", text[m.end() : end])
            if closing is None:
                at = m.end()
                continue
            stop = m.end() + closing.end()
        else:
            close_at = next(
                (x.end() for x in re.finditer(r"(?<=[\w.,!?…])’(?!\w)", text[m.end() : end])), None
            )
            if close_at is None and m.start() > start:
                at = m.end()
                continue
            stop = end if close_at is None else m.end() + close_at
        found.append((m.start(), stop))
        at = stop
    return found


# What stands before the name of a programme, a book, a song or a film.
_NAMES_IT = re.compile(
    r"(?:[’']s|\b(?:[Oo]n|of|[Ii]n|[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|its|called|titled|entitled|named|"
    r"dubbed|book|film|movie|show|program"
    r"|programme|song|album|series|novel|play|documentary|podcast),?|,)\s+$"
)
_SMALL = frozenset("a an and at by for from in is of on or the to with vs".split())


def is_title(text: str, start: int, end: int) -> bool:
    """Whether marks hold a name and nobody's words: every word of it has a capital, and what stands before
    it makes it a programme, a book or a song ("on NBC's “Meet the Press”")."""
    words = re.findall(r"[^\W\d_][\w’'-]*", text[start:end])
    if not words or len(words) > 10 or words[0][0].islower():
        return False
    if len(words) == 1:
        return (
            re.search(r"\b(?:called|titled|entitled|named|dubbed)\s+$", text[max(0, start - 12) : start])
            is not None
        )
    if any(w[0].islower() and w not in _SMALL for w in words) or re.search(r"[!?.]\s\w|!", text[start:end]):
        return False
    return _NAMES_IT.search(text, max(0, start - 16), start) is not None


_LISTED = re.compile(r"\s*[,;]?\s*(?:(?:and|or|&)\s+)?")


def listed_titles(text: str, quotes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The quotations of a list of two or more that are all written as titles are: "Hurts So Good,” “Pink
    Houses” and “Small Town”."""
    found: list[tuple[int, int]] = []
    group: list[tuple[int, int]] = []
    for quote in [*quotes, (len(text), len(text))]:
        if group and _LISTED.fullmatch(text, group[-1][1], min(quote[0], group[-1][1] + 12)) is None:
            found += group if len(group) > 1 and all(_in_title_case(text, *q) for q in group) else []
            group = []
        group.append(quote)
    return found


def _in_title_case(text: str, start: int, end: int) -> bool:
    words = re.findall(r"[^\W\d_][\w’'-]*", text[start:end])
    capitals = sum(w[0].isupper() for w in words)
    return (
        0 < len(words) <= 12
        and words[0][0].isupper()
        and all(w[0].isupper() or w in _SMALL for w in words)
        and (capitals > 1 or len(words) == 1)
    )


def masked(text: str, spans: Sequence[tuple[int, int]], length: int) -> str:
    """The text with what is quoted replaced, place for place."""
    parts, at = [], 0
    for a, b in spans:
        parts += [text[at:a], MASK * (b - a)]
        at = b
    return "".join([*parts, text[at:length]])
