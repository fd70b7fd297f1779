"""What the lines of a page say of who speaks: headlines, labels of interviews and transcripts, and short
paragraphs of running text that look like headlines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.attribution.coreference import Cast, Entity
from qa.attribution.quotations import MASK
from qa.reading.chunker import Unit
from qa.types import Article


def has_headline(text: str, units: Sequence[Unit]) -> bool:
    """Whether the first sentence is a headline that ends in a full stop: a paragraph of its own, "X: …",
    or a capital on most of its words."""
    if len(units) < 3 or units[1].paragraph == units[0].paragraph:
        return False
    line = text[units[0].start : units[0].end]
    words = [w for w in re.findall(r"[^\W\d_][\w’'-]*", line) if len(w) > 3]
    if len(words) > 18 or units[1].start - units[0].end > 6:
        return False
    capitals = sum(w[0].isupper() for w in words)
    return re.match(r"[A-Z][\w’'. -]{1,30}:\s\W?[A-Z]", line) is not None or (
        len(words) > 3 and capitals >= 0.8 * len(words)
    )


def is_running(text: str, bare: str, unit: Unit) -> bool:
    """Whether a short paragraph that ends in a quotation is no headline: "He joked, “Never!”" """
    line = bare[unit.start : unit.end].rstrip()
    return (
        unit.heading
        and line.endswith(MASK)
        and re.search(r"[.!?…][”\"'’]+\s*$", text[unit.start : unit.end]) is not None
        and re.search(rf"\b[a-z]+(?:\s[^{MASK}]*)?[,:]?\s*{MASK}+$", line) is not None
    )


def labels_of(text: str, units: Sequence[Unit], cast: Cast, article: Article) -> dict[int, Entity]:
    """Speakers of an interview's paragraphs, marked "Q:", "A:" or with a name."""
    marks: dict[int, str] = {}
    for u in units:
        m = re.match(
            r"\W{0,3}(Q|A|[A-ZÀ-Þ][\w.’'-]+(?: [A-ZÀ-Þ][\w.’'-]+){0,2})\W{0,3}:\s",
            text[u.start : u.end],
        )
        if m and u.paragraph not in marks:
            marks[u.paragraph] = m[1]
    last = {label: label.split()[-1] for label in marks.values()}
    often = {label for label in marks.values() if sum(last[x] == last[label] for x in marks.values()) >= 2}
    persons = sorted((e for e in cast.entities if e.personal), key=lambda e: -len(e.seen))
    if len({last[x] for x in often}) < 2:  # a name in capitals is a label though it stands once
        return {
            paragraph: e
            for paragraph, label in marks.items()
            if label.isupper() and len(label) > 3 and " " not in label
            for e in persons[::-1]
            if last[label].casefold() == e.name.casefold().split()[-1]
        }
    asks = next(
        (
            e
            for e in persons
            if set((e.role or "").casefold().split()) & {"reporter", "correspondent", "interviewer", "editor"}
        ),
        None,
    ) or Entity(article.meta.author or article.meta.outlet or "interviewer", "role")
    answers = next((e for e in persons if e is not asks), None)
    named = {"Q": asks, "A": answers}
    found = {}
    for paragraph, label in marks.items():
        who = (
            named.get(label)
            or next((e for e in persons if last[label].casefold() in e.name.casefold().split()), None)
            or Entity(next((x for x in often if last[x] == last[label] and " " in x), label).title(), "role")
        )
        if label in often:
            found[paragraph] = who
    return found
