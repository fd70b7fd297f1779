"""Where one article of a page ends and the next begins.

Each segmenter looks for one kind of evidence that sites repeat for every item, and answers with the
line ranges of the items, or None where the page does not show it. The first that answers wins; a page
that shows none is one article. Evidence must repeat: a page is never cut because of a single line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from qa.reading.boilerplate import END_MARK, READ_MORE, RULE, Line, furniture, heading_like, prose
from qa.reading.field_records import by_fields
from qa.reading.items import Segment, body_chars, ranges
from qa.reading.stamps import DATELINE, STAMP_HEADER, stamp_line, stampish
from qa.text.dates import TIME, URL, numeric_order
from qa.types import Meta

LEAD_CHARS = 100  # above the first item: less is a masthead, a count of results, "in this issue"


def by_stamps(text: str, lines: list[Line]) -> list[Segment] | None:
    """Machine stamps such as ``date 2023-12-08 https://…`` or ``date 2024-03-18 TITLE``; one counts
    only as the first line of a file, several cut it."""
    at = [i for i, line in enumerate(lines) if STAMP_HEADER.match(line.text)]
    if not at or at[0] != 0:
        return None
    segments = []
    for first, last in ranges(at, len(lines)):
        line = lines[first]
        m = STAMP_HEADER.match(line.text)
        assert m is not None
        rest = re.sub(
            r"^(?:utc|gmt|z|[+-]\d{2}:?\d{2})\b\s*",
            "",
            re.sub(rf"^{TIME.pattern}\s*", "", m["rest"].strip()),
            flags=re.IGNORECASE,
        )
        url = URL.match(rest)
        title = URL.sub("", rest).strip() or None
        meta = Meta(
            title=title, url=url.group() if url else None, published=m["date"], published_from="header"
        )
        segments.append(Segment(first, last, meta, skip={first} if title is None else set()))
        if title is not None:
            segments[-1].title_line = first
            segments[-1].cut_from[first] = line.start + line.text.rindex(title)
    return (
        segments
        if len(segments) == 1 or all(body_chars(lines[s.first : s.last]) > 40 for s in segments)
        else None
    )


def by_bullets(text: str, lines: list[Line]) -> list[Segment] | None:
    """A list whose every item is a title with running text under it (tag and search pages). A list
    of points inside an article has no text of its own under each point, and is not cut."""
    at = [i for i, line in enumerate(lines) if line.bullet and heading_like(line) and not furniture(line)]
    if len(at) < 3:
        return None
    with_body = [i for i in at if i + 1 < len(lines) and not lines[i + 1].bullet and lines[i + 1].words >= 8]
    numbered = all(re.match(r"\d", lines[i].text) for i in at)
    inside = sum(len(line.text) for line in lines[at[0] :])
    before = body_chars(lines[: at[0]])
    if len(with_body) < 0.7 * len(at) or before > 0.25 * inside:
        return None
    deeper = sum(lines[i + 1].indent > lines[i].indent for i in with_body)
    if (
        not numbered
        and deeper < 0.7 * len(with_body)
        and not any(_cut(lines[j].text) for i in with_body for j in range(i, min(i + 5, len(lines))))
    ):
        return None
    return [
        Segment(
            a, b, Meta(title=lines[a].body), title_line=a, cut_from={a: lines[a].end - len(lines[a].body)}
        )
        for a, b in ranges(with_body, len(lines))
    ]


def _cut(text: str) -> bool:
    return text.rstrip(" \u00a0])").endswith(("…", "..."))


def by_end_marks(text: str, lines: list[Line]) -> list[Segment] | None:
    """The counter or comment prompt that a site puts under every article, at least twice."""
    marks = [i for i, line in enumerate(lines) if END_MARK.match(line.text)]
    shapes = {i: re.sub(r"\d+", "0", lines[i].text.lower()) for i in marks}
    counts = Counter(shapes.values())
    marks = [i for i in marks if counts[shapes[i]] >= 2]
    weak = [i for i, line in enumerate(lines) if READ_MORE.match(line.text)]
    for ends, is_weak in ((marks, False), (weak, True)):
        if len(ends) < 2:
            continue
        marked = set(ends)
        closing = [i for i in ends if i + 1 not in marked]
        starts = [0, *[i + 1 for i in closing]]
        pieces = ranges(starts, len(lines))
        items = [(a, b) for a, b in pieces if body_chars(lines[a:b]) >= (60 if is_weak else 150)]
        if (
            items
            and items[-1][1] == len(lines)
            and pieces[-1][0] > closing[-1]
            and _footer(lines[items[-1][0] :])
        ):
            items.pop()
        if len(items) < 2:
            continue
        if is_weak and not all(_begins_titled(lines, a, b) for a, b in items):
            continue
        return [Segment(a, b) for a, b in items]
    return None


def _footer(lines: Sequence[Line]) -> bool:
    running = [line for line in lines if prose(line) and not furniture(line)]
    return sum(furniture(line) for line in lines) >= 2 and len(running) <= 2


def _begins_titled(lines: Sequence[Line], first: int, last: int) -> bool:
    content = [line for line in lines[first:last] if not furniture(line)]
    return bool(content) and heading_like(content[0]) and len(content) >= 2


def by_headings(text: str, lines: list[Line]) -> list[Segment] | None:
    """Markdown: several first-level headings with text under each."""
    at = [i for i, line in enumerate(lines) if re.match(r"#\s+\S", line.text)]
    if len(at) < 2:
        return None
    pieces = ranges(at, len(lines))
    bodied = [(a, b) for a, b in pieces if body_chars(lines[a:b]) >= 100]
    if len(bodied) < 2:
        return None
    return [Segment(a, b, Meta(title=lines[a].text.lstrip("# ").strip()), title_line=a) for a, b in bodied]


def by_rules(text: str, lines: list[Line]) -> list[Segment] | None:
    """Blocks between rule lines, where every block begins like an article: a title with a stamp,
    byline or dateline near it, or a dateline. Rules between the parts of one article have none."""
    at = [i for i, line in enumerate(lines) if RULE.match(line.text)]
    if not at:
        return None
    starts = [0, *[i + 1 for i in at]]
    blocks = [(a, b) for a, b in ranges(starts, len(lines)) if body_chars(lines[a:b]) >= 80]
    if len(blocks) < 2 or sum(_announced(lines, a, b) for a, b in blocks) < 0.7 * len(blocks):
        return None
    return [Segment(a, b) for a, b in blocks]


def _announced(lines: Sequence[Line], first: int, last: int) -> bool:
    top = [line for line in lines[first:last] if not furniture(line)][:4]
    return any(_dateline(line.text) for line in top) or (
        len(top) >= 2
        and heading_like(top[0])
        and any(stamp_line(line) or _byline(line.text) for line in top[1:3])
    )


def _dateline(text: str) -> bool:
    m = DATELINE.match(text)
    return bool(m and (m["agency"] or m["date"] or m["place"].isupper()))


def _byline(text: str) -> bool:
    return bool(re.match(r"^(?:by|par|por|von)\s+[A-ZÀ-Þ]", text, re.IGNORECASE))


def by_stamped_titles(text: str, lines: list[Line]) -> list[Segment] | None:
    """Title, then a stamp line, then text, again and again (search results, blog lists)."""
    order = numeric_order(text)
    at = [
        i
        for i in range(len(lines) - 1)
        if heading_like(lines[i])
        and not furniture(lines[i])
        and not stamp_line(lines[i], order)
        and lines[i].words >= 3
        and (
            stampish(lines[i + 1], order)
            or (i + 2 < len(lines) and _byline(lines[i + 1].text) and stamp_line(lines[i + 2], order))
        )
    ]
    if len(at) < 2:
        return None
    pieces = ranges(at, len(lines))
    bodied = [(a, b) for a, b in pieces if body_chars(lines[a:b]) >= 40]
    if len(bodied) < 2 or len(bodied) < 0.7 * len(pieces) or body_chars(lines[: at[0]]) > 200:
        return None
    return [Segment(a, b, Meta(title=lines[a].body), title_line=a) for a, b in bodied]


def by_datelines(text: str, lines: list[Line]) -> list[Segment] | None:
    """A wire file: several paragraphs open with a dateline that names an agency."""
    at = [
        i for i, line in enumerate(lines) if (m := DATELINE.match(line.text)) and m["agency"] and prose(line)
    ]
    if len(at) < 2:
        return None
    starts, opening = [], set(at)
    for i in at:
        while (
            i > 0
            and i - 1 not in opening
            and (heading_like(lines[i - 1]) or stamp_line(lines[i - 1]) or RULE.match(lines[i - 1].text))
            and not prose(lines[i - 1])
        ):
            i -= 1
        starts.append(i)
    return [Segment(a, b) for a, b in ranges(starts, len(lines))]


SEGMENTERS: tuple[Callable[[str, list[Line]], list[Segment] | None], ...] = (
    by_stamps,
    by_fields,
    by_bullets,
    by_headings,
    by_end_marks,
    by_rules,
    by_stamped_titles,
    by_datelines,
)


def segments_of(text: str, lines: list[Line]) -> list[Segment]:
    """The items of a page; the whole page where nothing repeats."""
    for segmenter in SEGMENTERS:
        found = segmenter(text, lines)
        if found is not None:
            first = found[0].first
            # running text above the first item is an item too: nothing that reads as text is dropped
            return [Segment(0, first), *found] if body_chars(lines[:first]) >= LEAD_CHARS else found
    return [Segment(0, len(lines))] if lines else []
