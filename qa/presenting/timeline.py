"""A timeline as a table and as a drawing: each entry at its day, and whether that is the day on which it
happened, and how that is known, or the day of publication."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from qa.presenting.plain_text import flat
from qa.presenting.printable import table_cell
from qa.text.dates import day_range
from qa.types import Citation, Claim, Outcome

COLUMNS = (
    "day", "kind", "how", "text", "speaker", "voice", "published", "published_from", "outlet", "also",
    "title", "url", "article_id", "line", "start", "end",
)  # fmt: skip
LONGEST_TITLE = 160  # characters of a sentence beside its dot


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its day as it is known (None: no day), "happened" or "published", and how it is known."""

    claim: Claim
    first: Citation
    others: tuple[Citation, ...]
    day: str | None
    kind: str | None
    how: str | None


def is_timeline(outcome: Outcome) -> bool:
    return any(note.kind == "timeline" for note in outcome.notes)


def entries(outcome: Outcome) -> Iterator[Entry]:
    """The claims of a timeline, in its order."""
    by_number = {c.n: c for c in outcome.citations}
    for claim in outcome.claims:
        first, *others = (by_number[n] for n in claim.citations)
        event = claim.event_date
        if event is not None:
            yield Entry(claim, first, tuple(others), event.value, "happened", event.how)
        elif first.published is not None:
            yield Entry(claim, first, tuple(others), first.published, "published", first.published_from)
        else:
            yield Entry(claim, first, tuple(others), None, None, None)


def to_csv(outcome: Outcome) -> str:
    """A row an entry; ``also``: the other articles that tell the same."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for e in entries(outcome):
        said, c = e.claim.attribution, e.first
        also = " ".join(
            dict.fromkeys([*(o.article_id for o in e.others), *(a.article_id for a in c.also_in)])
        )
        row = (
            *(e.day, e.kind, e.how, e.claim.text),
            *((said.speaker, said.voice) if said and said.voice != "outlet" else (None, None)),
            *(c.published, c.published_from, c.outlet, also, c.title, c.url, c.article_id, c.line),
            *(c.start, c.end),
        )
        table.writerow([table_cell(value) for value in row])
    return out.getvalue()


WIDTH, MARGIN, STEP, SLOT = 640, 30, 11, 9  # of the drawing, in its units


def plot(outcome: Outcome, prefix: str) -> str:
    """The entries that have a day as dots over time, each a link to its source; "" for fewer than two days. A
    filled dot stands at the day when it happened, a hollow one at that of publication."""
    placed = [(e, e.day, _middle(e.day)) for e in entries(outcome) if e.day is not None]
    if len({middle for _, _, middle in placed}) < 2:
        return ""
    (_, first, low), (_, last, high) = (pick(placed, key=lambda p: p[2]) for pick in (min, max))
    first, last = first.split("/")[0], last.split("/")[-1]
    stacks: dict[int, list[tuple[float, Entry]]] = {}
    for entry, _, middle in placed:
        x = MARGIN + (WIDTH - 2 * MARGIN) * (middle - low) / (high - low)
        stacks.setdefault(round(x / SLOT), []).append((x, entry))
    line = 16 + STEP * max(map(len, stacks.values()))
    dots = "".join(
        _dot(entry, x, line - 2 - STEP * (level + 1), prefix)
        for stack in stacks.values()
        for level, (x, entry) in enumerate(stack)
    )
    without = len(outcome.claims) - len(placed)
    told = f"{len(placed)} entries from {first} to {last}"
    told += f"; {without} without a day are not drawn" if without else ""
    return (
        f'<figure><svg viewBox="0 0 {WIDTH} {line + 24}" role="img" aria-label="{escape(told, quote=True)}">'
        f'<line x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{line}" y2="{line}" stroke="currentColor"/>{dots}'
        f'<text x="{MARGIN}" y="{line + 16}">{escape(first)}</text>'
        f'<text x="{WIDTH - MARGIN}" y="{line + 16}" text-anchor="end">{escape(last)}</text></svg>'
        f"<figcaption>{escape(told)}. Filled: the day when it happened; hollow: the day of publication."
        "</figcaption></figure>"
    )


def _dot(entry: Entry, x: float, y: int, prefix: str) -> str:
    text = flat(entry.claim.text)
    text = text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1]}…"
    fill = "currentColor" if entry.kind == "happened" else "none"
    return (
        f'<a href="#{prefix}-{entry.first.n}"><circle cx="{x:.1f}" cy="{y}" r="4" fill="{fill}" '
        f'stroke="currentColor"><title>{escape(f"{entry.day}, {entry.kind}: {text}")}</title></circle></a>'
    )


def _middle(day: str) -> int:
    """The middle of a day, month, year or span ("2024-03-04/2024-03-10"), as an ordinal."""
    ends = [day_range(part) for part in day.split("/")]
    first, last = (date(v // 10000, v // 100 % 100, v % 100).toordinal() for v in (ends[0][0], ends[-1][1]))
    return (first + last) // 2
