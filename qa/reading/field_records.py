"""Records of ``Title: … / Link: … / Date: …`` lines, as feeds are dumped into a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.reading.boilerplate import Line, furniture, prose
from qa.reading.items import Segment, ranges
from qa.text.dates import read_date
from qa.types import Meta

_FIELD_NAMES = (
    *("title", "headline", "link", "url", "date", "published", "pubdate", "publication date", "description"),
    *("summary", "content", "body", "text", "source", "outlet", "publisher", "author", "by", "creator"),
    *("guid", "category", "section"),
)
FIELD = re.compile(rf"^(?P<key>{'|'.join(_FIELD_NAMES)})\s*:\s*(?P<value>.*)$", re.IGNORECASE)


def by_fields(text: str, lines: list[Line]) -> list[Segment] | None:
    """Records of ``Title: … / Link: … / Date: …`` lines, as feeds are dumped."""
    keys: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        if m := FIELD.match(line.text):
            keys.setdefault(m["key"].lower(), []).append(i)
    lead = next((keys[k] for k in ("title", "headline") if len(keys.get(k, ())) >= 2), None)
    if lead is None or sum(len(v) for v in keys.values()) < 2 * len(lead):
        return None
    starts = list(lead)
    if starts[0] > 0 and all(FIELD.match(line.text) for line in lines[: starts[0]]) and starts[0] <= 3:
        offset = starts[0]  # the record begins with another field than its title
        starts = [max(s - offset, 0) for s in starts]
    segments = []
    for first, last in ranges(starts, len(lines)):
        segment = Segment(first, last, framed=True)
        got: dict[str, str] = {}
        told = _told(lines, first, last)
        for i in range(first, last):
            m = FIELD.match(lines[i].text)
            if m is None or i in told:
                continue
            key = m["key"].lower()
            if key in ("description", "summary", "content", "body", "text"):
                if m["value"]:
                    segment.cut_from[i] = lines[i].start + m.start("value")
                else:
                    segment.skip.add(i)
            elif key in ("title", "headline"):
                segment.title_line = i
                segment.cut_from[i] = lines[i].start + m.start("value")
            else:
                segment.skip.add(i)
            got.setdefault(key, m["value"].strip())
        published = read_date(_first(got, "date", "published", "pubdate", "publication date"))
        segment.meta = Meta(
            title=_first(got, "title", "headline"),
            url=_first(got, "link", "url"),
            outlet=_first(got, "source", "outlet", "publisher"),
            author=_first(got, "author", "by", "creator"),
            published=published,
            published_from="header" if published else None,
        )
        segments.append(segment)
    return segments


def _told(lines: Sequence[Line], first: int, last: int) -> range:
    """The lines of a record between its first running text and its last: what looks like a field there is
    quoted."""
    begins = ("description", "summary", "content", "body", "text")
    plain = [i for i in range(first, last) if FIELD.match(lines[i].text) is None and not furniture(lines[i])]
    fields = (
        i for i in range(first, last) if (m := FIELD.match(lines[i].text)) and m["key"].lower() in begins
    )
    start = min([next(fields, last), *[i for i in plain if prose(lines[i])][:1]])
    return range(start + 1, plain[-1] + 1) if plain else range(0)


def _first(fields: dict[str, str], *names: str) -> str | None:
    return next((fields[name] for name in names if fields.get(name)), None)
