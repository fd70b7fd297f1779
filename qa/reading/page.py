"""One page with its items: which lines are furniture, and what the lines around an item's text say of
it (title, byline, stamp, outlet)."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from qa.reading import outlets
from qa.reading.authors import author_of
from qa.reading.boilerplate import BYLINE, CREDIT, READ_MORE, RULE, TAIL, Line, furniture, heading_like, prose
from qa.reading.segments import DATELINE, Segment, segments_of, stamp_line, stampish
from qa.text.dates import URL, Order, date_in_url, find_dates, numeric_order
from qa.types import Article, Meta, PublishedFrom, Span

_LABELLED = re.compile(
    r"\b(?:first published|originally published|published|publié|publicado|veröffentlicht)"
    r"(?: on| at| le| el| am)?:?\s",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:updated|last modified|modified|aktualisiert|mis à jour|actualizado|atualizado|aggiornato"
    r"|bijgewerkt|oppdatert|opdateret|uppdaterad|zaktualizowano|aktualizacja|обновлено|оновлено)\b"
    r"\W*(?:\w{1,4}\W+){0,3}$",
    re.IGNORECASE,
)
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


@dataclass(slots=True)
class _Frame:
    """What the lines around the text of one item say of it."""

    title: str | None = None
    title_line: int | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    updated: str | None = None
    author: str | None = None
    url: str | None = None
    outlet: str | None = None


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
        self.outlet = self._masthead_outlet() or outlets.of_page(text, lines)
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

    def _masthead(self) -> tuple[str, PublishedFrom] | None:
        """A date stamp above the first of several items dates them all (an issue of a newsletter)."""
        for line in self.lines[: self.segments[0].first]:
            value = stamp_line(line, self.order)
            if value and not re.match(r"^(?:©|copyright|@)", line.text, re.IGNORECASE):
                return value, "timestamp"
        return None

    def article(self, segment: Segment) -> Article | None:
        lines = self.lines
        content = [i for i in range(segment.first, segment.last) if i not in segment.skip]
        frame = _Frame(
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
        keep = self._head(keep, first_prose, frame)
        keep = self._captions(keep, frame)
        self._dates(segment, keep, frame)
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

    def _head(self, keep: list[int], first_prose: int, frame: _Frame) -> list[int]:
        """Find title, byline and stamp among the lines above the first running text, and drop what
        there is of menus, kickers, alternative texts of images, and repeated titles."""
        lines = self.lines
        dropped: set[int] = set()
        titles: list[int] = []
        anchor: int | None = None
        for i in keep[:first_prose]:
            line = lines[i]
            if i == frame.title_line:
                titles.append(i)
            elif self._byline(i, frame) or self._stamp(i, frame):
                dropped.add(i)
                anchor = i if anchor is None else anchor
            elif self.several and stampish(line, self.order):
                if url := URL.fullmatch(line.text):
                    frame.url = frame.url or url.group()
                self._stamp_outlet(line, frame)
                dropped.add(i)
            elif self.outlet and line.text.strip("*_# ").lower().startswith(self.outlet.lower()):
                dropped.add(i)
            elif (
                self.several
                and frame.title_line is not None
                and frame.outlet is None
                and line.words <= 5
                and i > frame.title_line
            ):
                frame.outlet = outlets.masthead(line)
                dropped.add(i)
            elif (
                not self.several
                and frame.outlet is None
                and titles
                and line.words <= 5
                and self._dated_below(i)
                and (name := outlets.masthead(line))
            ):
                frame.outlet = name  # "Title / Outlet / 14 May 2024"
                dropped.add(i)
            elif heading_like(line):
                titles.append(i)
        for i in keep[first_prose : first_prose + 3]:  # a byline may stand under a standfirst
            if not prose(lines[i]) and self._byline(i, frame):
                dropped.add(i)
        for i in keep[-3:]:  # "(Reporting by X; Editing by Y)" names, and stays in the text
            if frame.author is None and lines[i].text.startswith("("):
                self._byline(i, frame)
        if frame.title_line is None and frame.title is None:
            frame.title_line = self._choose_title(
                [i for i in titles if anchor is None or i < anchor] or titles
            )
        if frame.title_line is not None and frame.title is None:
            frame.title = lines[frame.title_line].body.lstrip("# ").strip()
        for i in titles:
            if i == frame.title_line:
                continue
            same = frame.title is not None and lines[i].body.lower() == frame.title.lower()
            above = frame.title_line is not None and i < frame.title_line
            kicker = lines[i].words <= 3 and not lines[i].text.endswith(("?", "!"))
            if same or above or kicker:
                dropped.add(i)
        return [i for i in keep if i not in dropped]

    def _byline(self, i: int, frame: _Frame) -> bool:
        m = BYLINE.match(self.lines[i].text)
        if m is None:
            return False
        frame.author = frame.author or m["name"].strip()
        self._stamp(i, frame)
        return True

    def _choose_title(self, candidates: list[int]) -> int | None:
        """A marked heading; else, of the lines that stand together just above the text, the first
        that is long enough for a headline (a standfirst may follow it, taglines and menus stand
        apart). Among several items, the nearest to the text. Two or three words are a title on a
        page of one article only: elsewhere they are the alternative text of an image."""
        lines = self.lines
        marked = next((i for i in candidates if re.match(r"#{1,3}\s", lines[i].text)), None)
        if marked is not None or not candidates:
            return marked
        group = [candidates[-1]]
        for i in reversed(candidates[:-1]):
            if any(furniture(line) for line in lines[i + 1 : group[0]]):
                break
            group.insert(0, i)
        long = [i for i in group if lines[i].words >= 4] or [i for i in candidates if lines[i].words >= 4][
            -1:
        ]
        if long:
            return long[-1] if self.several else long[0]
        return None if self.several else next((i for i in candidates if lines[i].words >= 2), None)

    def _captions(self, keep: list[int], frame: _Frame) -> list[int]:
        """ "Photo: X/Agency" lines, and the link under a "Read more" in mid-article."""
        lines = self.lines
        links = {i for i in keep if i > 0 and READ_MORE.match(lines[i - 1].text) and heading_like(lines[i])}
        return [i for i in keep if i == frame.title_line or not (i in links or CREDIT.match(lines[i].text))]

    def _stamp(self, i: int, frame: _Frame) -> bool:
        line = self.lines[i]
        value = stamp_line(line, self.order)
        if value is None or re.match(r"^(?:©|\(c\)|copyright|@)", line.text, re.IGNORECASE):
            return False
        first, later = self._first_and_later(line.text.strip("*_ "))
        frame.updated = frame.updated or later
        if frame.published is None and first:
            frame.published, frame.published_from = first, "timestamp"
        self._stamp_outlet(line, frame)
        if m := re.search(
            r"\b(?:by|par|por|von)\s+([A-ZÀ-Þ][\w.’'À-ÿ-]+(?:\s+[A-ZÀ-Þ][\w.’'À-ÿ-]+){0,3})",
            line.text,
            re.IGNORECASE,
        ):
            frame.author = frame.author or m[1]
        return True

    def _first_and_later(self, text: str) -> tuple[str | None, str | None]:
        """The date of a stamp, and the one behind "updated" in it."""
        found = find_dates(text, self.order)
        later = [value for start, _, value in found if _UPDATED.search(text[max(0, start - 60) : start])]
        first = [value for _, _, value in found if value not in later]
        return (first[0] if first else None), (later[-1] if later else None)

    def _dated_below(self, i: int) -> bool:
        """Whether the next line is a date and nothing else."""
        below = self.lines[i + 1].text.strip() if i + 1 < len(self.lines) else ""
        return any(a == 0 and b == len(below) for a, b, _ in find_dates(below, self.order))

    def _stamp_outlet(self, line: Line, frame: _Frame) -> None:
        """ "The Example · 12 March 2024": a name that stands beside the date on lists of results."""
        if not self.several or frame.outlet:
            return
        for part in re.split(r"\s*[·|•]\s*|\s+[–—-]\s+", line.text):
            if (
                not find_dates(part, self.order)
                and not BYLINE.match(part)
                and re.match(r"[A-ZÀ-Þ]", part)
                and not re.search(r"\d|^https?:", part)
                and len(part) <= 40
            ):
                frame.outlet = part
                return

    def _dates(self, segment: Segment, keep: list[int], frame: _Frame) -> None:
        """In the order in which they are trusted: the item's own frame, its URL, a dateline, a
        labelled date at its end, the masthead. Never a copyright line."""
        lines = self.lines
        if frame.published is None:
            kept = set(keep)
            for i in range(segment.first, segment.last):
                if (
                    i not in kept
                    and not furniture(lines[i])
                    and i > (keep[0] if keep else 0)
                    and self._stamp(i, frame)
                ):
                    break
        if frame.published is None and frame.url and (value := date_in_url(frame.url)):
            frame.published, frame.published_from = value, "url"
        if frame.url is None and not self.several:
            self._own_url(frame)
        bodies = [i for i in keep if i != frame.title_line and prose(lines[i])]
        if frame.published is None and bodies:
            m = DATELINE.match(lines[bodies[0]].text)
            if m and m["date"]:
                found = find_dates(m["date"])
                if found and len(found[0][2]) == 10:
                    frame.published, frame.published_from = found[0][2], "dateline"
        if frame.published is None:
            for i in [*bodies[-2:], *[k for k in keep[-3:] if k not in bodies]]:
                m = _LABELLED.search(lines[i].text)
                found = find_dates(lines[i].text[m.end() : m.end() + 60], self.order) if m else []
                if found and found[0][0] <= 16 and lines[i].words <= 24:
                    frame.published, frame.published_from = found[0][2], "body"
                    break
        if frame.published is None:
            for i in keep:
                if i != frame.title_line and self._stamp(i, frame):
                    break
        if frame.published is None and self.masthead:
            frame.published, frame.published_from = self.masthead

    def _own_url(self, frame: _Frame) -> None:
        """An address of the page itself: on a line of its own, no picture, with a date or a slug."""
        for line in self.lines:
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

    def _only_stamp(self, i: int, frame: _Frame) -> bool:
        return (
            i != frame.title_line
            and not prose(self.lines[i])
            and stamp_line(self.lines[i], self.order) is not None
            and not _heads_chronology(self.lines[i])
        )

    def _dangling(self, keep: list[int], frame: _Frame) -> list[int]:
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
