"""Runs of text with their places on a page -> lines in reading order. Columns are found by the white strip
between them; a line across the strip ends them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

MIN_GUTTER = 7.0  # points
EDGE = 1.5  # points: how far apart words may begin that begin at one edge
MIN_ALIGNED = 6  # lines
ALIGNED = 0.6  # of the lines that have text on both sides
MIN_ROWS = 3  # on each side of a strip, or it is chance
FULL = 0.75  # of the width of a box: a shorter line ends its paragraph
MIN_WORDS = 2.0  # of a side's line on average, or it is a table's column of figures


@dataclass(slots=True)
class Fragment:
    """A run of text on one line; y grows upwards, as in PDF."""

    left: float
    bottom: float
    right: float
    top: float
    text: str
    closed: bool = False
    # Words in it but the first: their place in the text, where they begin, where the word before ends.
    words: list[tuple[int, float, float]] = field(default_factory=list)

    @property
    def size(self) -> float:
        return max(self.top - self.bottom, 1.0)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def on_line(self, bottom: float, top: float) -> bool:
        """Whether something between these heights stands on the line of this run."""
        overlap = min(self.top, top) - max(self.bottom, bottom)
        return overlap > 0.3 * min(self.size, max(top - bottom, 1.0)) or (
            bottom >= self.bottom - 1 and top <= self.top + 1
        )


Row = list[Fragment]


def lines_in_order(fragments: list[Fragment]) -> tuple[list[str], int]:
    """The lines of a page, "" between paragraphs and between columns; and into how many columns at most
    the page falls."""
    fragments = _split_at_edges(fragments)
    parts = _parts(fragments, 0)
    lines: list[str] = []
    for part in parts:
        if lines:
            lines.append("")
        lines.extend(_lines(part))
    return lines, _width(fragments)


def _split_at_edges(fragments: list[Fragment]) -> list[Fragment]:
    """Runs that a narrow strip does not part, parted: where word after word begins at one place, line by
    line, a column begins. In running text words begin anywhere."""
    rows = _rows(fragments)
    starts = [_starts(row) for row in rows]
    for edge in sorted({round(x) for f in fragments for _, x, _ in f.words}):
        beside = [k for k, row in enumerate(rows) if row[0].left < edge - 2 and row[-1].right > edge + 2]
        aligned = sum(any(abs(x - edge) <= EDGE for x in starts[k]) for k in beside)
        if aligned >= MIN_ALIGNED and aligned >= ALIGNED * len(beside):
            fragments = [part for f in fragments for part in _parted(f, edge)]
    return fragments


def _starts(row: Row) -> list[float]:
    """Where the words of a row begin, as far as that is known; not where the row does."""
    return [x for f in row for _, x, _ in f.words] + [f.left for f in row[1:]]


def _parted(f: Fragment, edge: float) -> list[Fragment]:
    at = next((word for word in f.words if abs(word[1] - edge) <= EDGE), None)
    if at is None:
        return [f]
    index, left, before = at
    right = min(before, left - MIN_GUTTER)  # the strip is there, however narrow it was drawn
    inner = [(i - index, x, b) for i, x, b in f.words if i > index]
    return [
        Fragment(f.left, f.bottom, right, f.top, f.text[:index], True, [w for w in f.words if w[0] < index]),
        Fragment(left, f.bottom, f.right, f.top, f.text[index:], f.closed, inner),
    ]


def _width(fragments: list[Fragment]) -> int:
    cut = _cut(_rows(fragments))
    if cut is None:
        return 1
    _, left, right, _ = cut
    return _width(left) + _width(right)


def _parts(fragments: list[Fragment], depth: int) -> list[list[Fragment]]:
    """The boxes of a region in reading order: what stands above columns, each column, what stands below."""
    if not fragments:
        return []
    cut = _cut(_rows(fragments)) if depth < 6 else None
    if cut is None:
        return [fragments]
    return [part for box in cut for part in _parts(box, depth + 1)]


def _rows(fragments: list[Fragment]) -> list[Row]:
    """Runs that stand at one height, from the top."""
    rows: list[Row] = []
    for f in sorted(fragments, key=lambda f: -f.middle):
        if (
            rows
            and rows[-1][0].on_line(f.bottom, f.top)
            and abs(rows[-1][0].middle - f.middle) < 0.6 * f.size
        ):
            rows[-1].append(f)
        else:
            rows.append([f])
    return [sorted(row, key=lambda f: f.left) for row in rows]


def _cut(rows: list[Row]) -> tuple[list[Fragment], list[Fragment], list[Fragment], list[Fragment]] | None:
    """(above, left column, right column, below) by the strip that the most rows leave white."""
    gaps = [(a.right, b.left) for row in rows for a, b in pairwise(row) if b.left - a.right >= MIN_GUTTER]
    best: tuple[int, int, int, float] | None = None
    for x in sorted({round((a + b) / 2) for a, b in gaps}):
        band = _band(rows, float(x))
        if band is not None and (best is None or band[0] > best[0]):
            best = (*band, float(x))
    if best is None:
        return None
    _, first, last, strip = best
    inside = [f for row in rows[first:last] for f in row]
    above = [f for row in rows[:first] for f in row]
    below = [f for row in rows[last:] for f in row]
    return above, [f for f in inside if f.right <= strip], [f for f in inside if f.left >= strip], below


def _band(rows: list[Row], x: float) -> tuple[int, int, int] | None:
    """(rows with text on both sides, first, last) of the longest run of rows that leave ``x`` white."""
    best: tuple[int, int, int] | None = None
    first = 0
    pitches = [a[0].middle - b[0].middle for a, b in pairwise(rows)]
    usual = median(pitches) if pitches else 0.0
    for k in range(len(rows) + 1):
        crossed = k == len(rows) or any(f.left < x < f.right for f in rows[k])
        headed = not crossed and k > first and pitches[k - 1] > 2 * usual and _headline(rows[k])
        if crossed or headed:
            found = _sides(rows[first:k], x)
            if found and (best is None or found > best[0]):
                best = (found, first, k)
            first = k + crossed
    return best


def _headline(row: Row) -> bool:
    """Whether a row that stands apart heads a story: a few words alone, and no sentence."""
    text = row[0].text.strip()
    return len(row) == 1 and 2 <= len(text.split()) <= 14 and text[-1] not in '.,;”"'


def _sides(rows: list[Row], x: float) -> int:
    """How many rows have text on both sides of a strip that divides running text; 0 where it does not."""
    left = [f for row in rows for f in row if f.right <= x]
    right = [f for row in rows for f in row if f.left >= x]
    if len(left) < MIN_ROWS or len(right) < MIN_ROWS:
        return 0
    white = min(f.left for f in right) - max(f.right for f in left)
    words = min(sum(len(f.text.split()) for f in side) / len(side) for side in (left, right))
    both = sum(any(f.right <= x for f in row) and any(f.left >= x for f in row) for row in rows)
    return both if white >= MIN_GUTTER and words >= MIN_WORDS and both >= 2 else 0


def _lines(part: list[Fragment]) -> list[str]:
    """The lines of a box; one that fills the box goes on in the next, and is one line with it."""
    rows = _rows(part)
    pitches = [rows[k][0].middle - rows[k + 1][0].middle for k in range(len(rows) - 1)]
    sizes = [median(f.size for f in row) for row in rows]
    usual = min(median(pitches), 2 * median(sizes)) if pitches else 0.0
    left, right = min(f.left for f in part), max(f.right for f in part)
    lines: list[str] = []
    for k, row in enumerate(rows):
        apart = k > 0 and pitches[k - 1] > 1.35 * usual and pitches[k - 1] > 1.3 * sizes[k]
        larger = (
            k > 0
            and abs(sizes[k] - sizes[k - 1]) > 0.35 * max(sizes[k], sizes[k - 1])
            and pitches[k - 1] > usual * 1.1
        )
        if apart or larger:
            lines.append("")
        words = " ".join(f.text.strip() for f in row)
        if lines and lines[-1] and _goes_on(rows[k - 1], row, left, right):
            lines[-1] += " " + words
        else:
            lines.append(words)
    return lines


def _goes_on(above: Row, below: Row, left: float, right: float) -> bool:
    """Whether a line goes on in the next: it fills its box, had no room for the next word, or the next
    begins in lower case."""
    first = below[0].text.split()[0] if below[0].text.split() else ""
    wide = (below[0].right - below[0].left) * (len(first) + 1) / max(len(below[0].text), 1)
    full = above[-1].right >= left + FULL * (right - left)
    return full or above[-1].right + wide > right or (first[:1].islower() and above[-1].right > left)


def undivided(fragments: list[Fragment]) -> bool:
    """Whether a page shows gaps inside many of its lines, and no strip that would tell columns apart."""
    rows = _rows(fragments)
    apart = sum(
        any(b.left - a.right >= 2 * MIN_GUTTER for a, b in pairwise(row))
        and all(len(f.text.split()) >= MIN_WORDS for f in row)
        for row in rows
    )
    return apart >= MIN_ALIGNED and apart >= 0.3 * len(rows) and _width(_split_at_edges(fragments)) == 1
