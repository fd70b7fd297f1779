"""What stands around the text of one item: title, byline, stamp and outlet in the lines above it, found by
a table of small rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from qa.reading import outlets
from qa.reading.boilerplate import BYLINE, Line, furniture, heading_like, prose
from qa.reading.stamps import stamp_line, stampish
from qa.text.dates import URL, Order, find_dates
from qa.types import PublishedFrom

_UPDATED = re.compile(
    r"\b(?:updated|last modified|modified|aktualisiert|mis à jour|actualizado|atualizado|aggiornato"
    r"|bijgewerkt|oppdatert|opdateret|uppdaterad|zaktualizowano|aktualizacja|обновлено|оновлено)\b"
    r"\W*(?:\w{1,4}\W+){0,3}$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Frame:
    """What the lines around the text of one item say of it."""

    title: str | None = None
    title_line: int | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    updated: str | None = None
    author: str | None = None
    url: str | None = None
    outlet: str | None = None


@dataclass(slots=True)
class Surroundings:
    """The lines of a page, and what is known of all of its items."""

    lines: list[Line]
    order: Order | None
    several: bool
    outlet: str | None = None

    def head(self, keep: list[int], first_prose: int, frame: Frame) -> list[int]:
        """Find title, byline and stamp among the lines above the first running text, and drop what
        there is of menus, kickers, alternative texts of images, and repeated titles."""
        seen = _Seen()
        for i in keep[:first_prose]:
            kind = next((found for rule in RULES if (found := rule(self, i, frame, seen))), None)
            if kind == "title":
                seen.titles.append(i)
            elif kind is not None:
                seen.dropped.add(i)
                seen.anchor = i if kind == "byline" and seen.anchor is None else seen.anchor
        self._bylines_elsewhere(keep, first_prose, frame, seen)
        self._entitle(frame, seen)
        seen.dropped.update(i for i in seen.titles if self._no_title(i, frame))
        return [i for i in keep if i not in seen.dropped]

    def _bylines_elsewhere(self, keep: list[int], first_prose: int, frame: Frame, seen: _Seen) -> None:
        """A byline may stand under a standfirst; "(Reporting by X; Editing by Y)" below names, and stays in
        the text."""
        for i in keep[first_prose : first_prose + 3]:
            if not prose(self.lines[i]) and self.byline(i, frame):
                seen.dropped.add(i)
        for i in keep[-3:]:
            if frame.author is None and self.lines[i].text.startswith("("):
                self.byline(i, frame)

    def _entitle(self, frame: Frame, seen: _Seen) -> None:
        if frame.title is not None:
            return
        if frame.title_line is None:
            above = [i for i in seen.titles if seen.anchor is None or i < seen.anchor]
            frame.title_line = self._choose_title(above or seen.titles)
        if frame.title_line is not None:
            frame.title = self.lines[frame.title_line].body.lstrip("# ").strip()

    def _no_title(self, i: int, frame: Frame) -> bool:
        """Whether a line that looks like a title is the title again, stands above it, or is a kicker."""
        if i == frame.title_line:
            return False
        line = self.lines[i]
        same = frame.title is not None and line.body.lower() == frame.title.lower()
        above = frame.title_line is not None and i < frame.title_line
        return same or above or (line.words <= 3 and not line.text.endswith(("?", "!")))

    def byline(self, i: int, frame: Frame) -> bool:
        m = BYLINE.match(self.lines[i].text)
        if m is None:
            return False
        frame.author = frame.author or m["name"].strip()
        self.stamp(i, frame)
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

    def stamp(self, i: int, frame: Frame) -> bool:
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

    def _stamp_outlet(self, line: Line, frame: Frame) -> None:
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


# --- the rules of a line above the text -------------------------------------------------------

Kind = Literal["title", "byline", "frame"]


@dataclass(slots=True)
class _Seen:
    """What the lines read so far were."""

    titles: list[int] = field(default_factory=list)
    dropped: set[int] = field(default_factory=set)
    anchor: int | None = None  # the first byline or stamp: titles stand above it


def _known_title(around: Surroundings, i: int, frame: Frame, seen: _Seen) -> Kind | None:
    return "title" if i == frame.title_line else None


def _byline_or_stamp(around: Surroundings, i: int, frame: Frame, seen: _Seen) -> Kind | None:
    return "byline" if around.byline(i, frame) or around.stamp(i, frame) else None


def _of_a_list(around: Surroundings, i: int, frame: Frame, seen: _Seen) -> Kind | None:
    """What stands in the place of a stamp on lists: an address, "3 days ago"."""
    line = around.lines[i]
    if not around.several or not stampish(line, around.order):
        return None
    if url := URL.fullmatch(line.text):
        frame.url = frame.url or url.group()
    around._stamp_outlet(line, frame)
    return "frame"


def _outlet_of_the_page(around: Surroundings, i: int, frame: Frame, seen: _Seen) -> Kind | None:
    text = around.lines[i].text.strip("*_# ").lower()
    return "frame" if around.outlet and text.startswith(around.outlet.lower()) else None


def _outlet_below_title(around: Surroundings, i: int, frame: Frame, seen: _Seen) -> Kind | None:
    """On a list, a few words below the title are whoever printed it."""
    line = around.lines[i]
    if not around.several or frame.title_line is None or frame.outlet is not None:
        return None
    if line.words > 5 or i <= frame.title_line:
        return None
    frame.outlet = outlets.masthead(line)
    return "frame"


def _outlet_above_date(around: Surroundings, i: int, frame: Frame, seen: _Seen) -> Kind | None:
    """ "Title / Outlet / 14 May 2024"."""
    line = around.lines[i]
    if around.several or frame.outlet is not None or not seen.titles or line.words > 5:
        return None
    name = outlets.masthead(line) if around._dated_below(i) else None
    if not name:
        return None
    frame.outlet = name
    return "frame"


def _heading(around: Surroundings, i: int, frame: Frame, seen: _Seen) -> Kind | None:
    return "title" if heading_like(around.lines[i]) else None


RULES: tuple[Callable[[Surroundings, int, Frame, _Seen], Kind | None], ...] = (
    _known_title,
    _byline_or_stamp,
    _of_a_list,
    _outlet_of_the_page,
    _outlet_below_title,
    _outlet_above_date,
    _heading,
)
