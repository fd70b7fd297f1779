"""When an item was published, in the order in which what a page says of it is trusted."""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.reading.boilerplate import furniture, prose
from qa.reading.head import Frame, Surroundings
from qa.reading.items import Segment
from qa.reading.stamps import DATELINE
from qa.text.dates import URL, date_in_url, find_dates
from qa.types import PublishedFrom

_LABELLED = re.compile(
    r"\b(?:first published|originally published|published|publié|publicado|veröffentlicht)"
    r"(?: on| at| le| el| am)?:?\s",
    re.IGNORECASE,
)

Masthead = tuple[str, PublishedFrom]


def date_item(
    around: Surroundings, segment: Segment, keep: list[int], frame: Frame, masthead: Masthead | None
) -> None:
    """The item's own frame, its address, a dateline, a labelled date at its end, the masthead. Never a
    copyright line; and of an item whose frame is made of fields, nothing that its text says."""
    if not segment.framed:
        _stamped_outside(around, segment, keep, frame)
    if frame.published is None and frame.url and (value := date_in_url(frame.url)):
        frame.published, frame.published_from = value, "url"
    if frame.url is None and not around.several:
        _own_address(around, frame)
    for rule in () if segment.framed else RULES:
        if frame.published is None:
            rule(around, keep, frame)
    if frame.published is None and masthead and not segment.framed:
        frame.published, frame.published_from = masthead


def _stamped_outside(around: Surroundings, segment: Segment, keep: list[int], frame: Frame) -> None:
    """A stamp among the lines of the item that are not its text."""
    if frame.published is not None:
        return
    above, kept = keep[0] if keep else 0, set(keep)
    for i in range(segment.first, segment.last):
        outside = i not in kept and not furniture(around.lines[i]) and i > above
        if outside and around.stamp(i, frame):
            return


def _bodies(around: Surroundings, keep: list[int], frame: Frame) -> list[int]:
    return [i for i in keep if i != frame.title_line and prose(around.lines[i])]


def _dateline(around: Surroundings, keep: list[int], frame: Frame) -> None:
    bodies = _bodies(around, keep, frame)
    m = DATELINE.match(around.lines[bodies[0]].text) if bodies else None
    found = find_dates(m["date"]) if m and m["date"] else []
    if found and len(found[0][2]) == 10:
        frame.published, frame.published_from = found[0][2], "dateline"


def _labelled(around: Surroundings, keep: list[int], frame: Frame) -> None:
    """ "First published on 3 May 2024", near the end."""
    bodies = _bodies(around, keep, frame)
    for i in [*bodies[-2:], *[k for k in keep[-3:] if k not in bodies]]:
        line = around.lines[i]
        m = _LABELLED.search(line.text)
        found = find_dates(line.text[m.end() : m.end() + 60], around.order) if m else []
        if found and found[0][0] <= 16 and line.words <= 24:
            frame.published, frame.published_from = found[0][2], "body"
            return


def _stamped_inside(around: Surroundings, keep: list[int], frame: Frame) -> None:
    for i in keep:
        if i != frame.title_line and around.stamp(i, frame):
            return


RULES: tuple[Callable[[Surroundings, list[int], Frame], None], ...] = (_dateline, _labelled, _stamped_inside)


def _own_address(around: Surroundings, frame: Frame) -> None:
    """An address of the page itself: on a line of its own, no picture, with a date or a slug."""
    for line in around.lines:
        m = URL.fullmatch(line.text)
        if m is None or re.search(
            r"\.(?:jpe?g|png|gif|webp|svg|mp4)\b|/(?:images?|photos?|media|static|uploads?)/",
            line.text,
            re.IGNORECASE,
        ):
            continue
        value = date_in_url(line.text)
        if value or line.text.count("-") >= 3:
            frame.url = line.text
            if value and frame.published is None:
                frame.published, frame.published_from = value, "url"
            return
