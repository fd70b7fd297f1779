"""One page with its items: which lines are furniture, and what is left of them as text."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from qa.reading import outlets
from qa.reading.authors import author_of
from qa.reading.boilerplate import CREDIT, READ_MORE, RULE, TAIL, Line, furniture, heading_like, prose
from qa.reading.head import Frame, Surroundings
from qa.reading.items import Segment
from qa.reading.segments import segments_of
from qa.reading.stamps import stamp_line
from qa.reading.when import Masthead, date_item
from qa.text.dates import URL, Order, numeric_order
from qa.types import Article, Meta, Span

BREAKS_OFF = re.compile(r"(?:…|\.\.\.)[\s\u00a0]*[\])]?$")


def content_spans(lines: list[Line], keep: list[int], cut_from: dict[int, int]) -> list[Span]:
    """Content spans of the kept lines: lines with nothing dropped between them are one span."""
    spans: list[Span] = []
    previous = None
    for i in keep:
        start = cut_from.get(i, lines[i].start)
        if start >= lines[i].end:
            continue
        if previous is not None and i == previous + 1 and i not in cut_from:
            spans[-1] = Span(start=spans[-1].start, end=lines[i].end)
        else:
            spans.append(Span(start=start, end=lines[i].end))
        previous = i
    return spans


class Page:
    """One source text with its lines and what holds for all of its items."""

    def __init__(self, text: str, lines: list[Line]) -> None:
        self.text = text
        self.lines = lines
        self.order: Order | None = numeric_order(text)
        self.segments = segments_of(text, lines)
        self.several = len(self.segments) > 1
        self._opening = {i for s in self.segments for i in (s.title_line, s.first) if i is not None}
        self._under = {i for s in self.segments for i in (s.first + 1, s.first + 2)}
        self._named: dict[str, str | None] = {}  # the outlet behind an address, by its host
        self.outlet = self._masthead_outlet() or outlets.of_page(lines)
        self.around = Surroundings(lines, self.order, self.several, self.outlet)
        self.masthead = self._masthead() if self.several else None

    def _masthead_outlet(self) -> str | None:
        """The first line of a page, where the items or the title begin below it."""
        top = next(
            (i for i, line in enumerate(self.lines) if not furniture(line) and not stamp_line(line)), None
        )
        if top is None or any(s.title_line == top for s in self.segments):
            return None
        if any(
            re.search(r"\b(?:tags?|tagged|home|search)\b", line.text, re.IGNORECASE)
            for line in self.lines[:top]
        ):
            return None  # what stands under a menu is what the list is about, not who prints it
        below = [line for line in self.lines[top + 1 : top + 12] if not furniture(line)]
        titled = any(heading_like(line) and line.words >= 4 for line in below[:5])
        if not titled or (top + 1 < len(self.lines) and prose(self.lines[top + 1])):
            return None
        return outlets.masthead(self.lines[top])

    def _masthead(self) -> Masthead | None:
        """A date stamp above the first of several items dates them all (an issue of a newsletter)."""
        for line in self.lines[: self.segments[0].first]:
            value = stamp_line(line, self.order)
            if value and not re.match(r"^(?:©|copyright|@)", line.text, re.IGNORECASE):
                return value, "timestamp"
        return None

    def article(self, segment: Segment) -> Article | None:
        lines = self.lines
        content = [i for i in range(segment.first, segment.last) if i not in segment.skip]
        frame = Frame(
            title=segment.meta.title,
            title_line=segment.title_line,
            published=segment.meta.published,
            published_from=segment.meta.published_from,
            author=segment.meta.author,
            url=segment.meta.url,
            outlet=segment.meta.outlet,
        )
        keep = [i for i in content if i == segment.title_line or not self._furniture(i)]
        keep = self._without_tail(keep)
        first_prose = next((k for k, i in enumerate(keep) if prose(lines[i]) and i != frame.title_line), None)
        if first_prose is None:
            if frame.title is None or not keep:
                return None
            first_prose = len(keep)
        keep = self.around.head(keep, first_prose, frame)
        keep = self._captions(keep, frame)
        date_item(self.around, segment, keep, frame, self.masthead)
        keep = [i for i in keep if not self._only_stamp(i, frame)]
        keep = self._dangling(keep, frame)
        spans = content_spans(lines, keep, segment.cut_from)
        if not spans:
            return None
        body = next((lines[i] for i in keep if i != frame.title_line and prose(lines[i])), None)
        named = outlets.from_dateline(body.text) if body else None
        page_outlet = (
            frame.outlet or named or self.outlet or (self._outlet_of(frame.url, spans) if frame.url else None)
        )
        if frame.published is None and frame.updated:
            frame.published, frame.published_from = frame.updated, "timestamp"
        later = frame.updated if frame.updated and frame.updated > (frame.published or "") else None
        meta = Meta(
            title=frame.title,
            outlet=page_outlet,
            url=frame.url,
            author=author_of(frame.author),
            published=frame.published,
            published_from=frame.published_from,
            updated=later,
            updated_from="timestamp" if later else None,
        )
        truncated = any(BREAKS_OFF.search(self.text[s.start : s.end]) for s in spans[-1:])
        return Article(n=1, spans=tuple(spans), meta=meta, truncated=truncated)

    def _outlet_of(self, url: str, spans: list[Span]) -> str | None:
        """Looked for in the whole text, once a host; on a page of very many hosts in the item itself."""
        host = outlets.host_of(url) or ""
        if host not in self._named:
            if len(self._named) >= outlets.HOSTS:
                return outlets.from_url(url, self.text[spans[0].start : spans[-1].end])
            self._named[host] = outlets.from_url(url, self.text)
        return self._named[host]

    def _furniture(self, i: int) -> bool:
        line = self.lines[i]
        if furniture(line) or RULE.match(line.text):
            return True
        if URL.fullmatch(line.text):
            return not (self.several and i in self._under)
        # a caption is the short line above a photo credit
        below = self.lines[i + 1] if i + 1 < len(self.lines) else None
        return (
            below is not None
            and line.words <= 40
            and not prose(line)
            and CREDIT.match(below.text) is not None
            and not self._title_like(i)
        )

    def _title_like(self, i: int) -> bool:
        return i == 0 or i in self._opening

    def _without_tail(self, keep: list[int]) -> list[int]:
        """Cut at the first "Related", "Most read", … after which little running text follows. It is
        looked for in all lines, since such a line is furniture itself."""
        if not keep:
            return keep
        lines = self.lines
        running = [prose(lines[i]) for i in keep]
        # running text before each of them: characters, and lines
        so_far = [0, *accumulate(len(lines[i].text) * on for i, on in zip(keep, running, strict=True))]
        proses = [0, *accumulate(running)]
        total = so_far[-1]
        for mark in range(keep[0] + 1, keep[-1] + 1):
            if not TAIL.match(lines[mark].text):
                continue
            at = bisect_right(keep, mark)
            after = total - so_far[at]
            count = proses[-1] - proses[at]
            shorts = len(keep) - at - count
            if after < 0.12 * total or (after < 0.3 * total and shorts >= count):
                return [i for i in keep if i < mark]
        return keep

    def _captions(self, keep: list[int], frame: Frame) -> list[int]:
        """ "Photo: X/Agency" lines, and the link under a "Read more" in mid-article."""
        lines = self.lines
        links = {i for i in keep if i > 0 and READ_MORE.match(lines[i - 1].text) and heading_like(lines[i])}
        return [i for i in keep if i == frame.title_line or not (i in links or CREDIT.match(lines[i].text))]

    def _only_stamp(self, i: int, frame: Frame) -> bool:
        return (
            i != frame.title_line
            and not prose(self.lines[i])
            and stamp_line(self.lines[i], self.order) is not None
            and not _heads_chronology(self.lines[i])
        )

    def _dangling(self, keep: list[int], frame: Frame) -> list[int]:
        """Short lines left after the last running text are links, not text; bullets are text, and so
        is a last line that breaks off."""
        lines = self.lines
        last = max(
            (
                k
                for k, i in enumerate(keep)
                if prose(lines[i])
                or lines[i].bullet
                or BREAKS_OFF.search(lines[i].text)
                or i == frame.title_line
            ),
            default=-1,
        )
        tail = keep[last + 1 :]
        if tail and all(heading_like(lines[i]) and lines[i].words <= 12 for i in tail) and last >= 0:
            return keep[: last + 1]
        return keep


def _heads_chronology(line: Line) -> bool:
    """A date that heads a part of a chronology ("3 March") rather than stamps the page."""
    return bool(
        re.fullmatch(r"(?:#+\s*)?(?:[A-Z][a-z]+ \d{1,2}|\d{1,2} [A-Z][a-z]+)(?:,? \d{4})?:?", line.text)
    )
