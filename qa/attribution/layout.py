"""What the lines of a page say of who speaks: headlines, labels of interviews and transcripts, and short
paragraphs of running text that look like headlines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.attribution.coreference import Cast
from qa.attribution.entities import Entity
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


_SIGNATURE = re.compile(r"\s*[-–—]+\s*[A-ZÀ-Þ][^.!?:]{2,60}[.\s]*")
_SIGNED = re.compile(rf"{MASK}[.,]?\s*{_SIGNATURE.pattern}$")


def is_signature(bare: str, unit: Unit, before: Unit) -> bool:
    """Whether a short line signs a quotation, in it or in the one before: "“We stand.” — Mayor Holt"."""
    line = bare[unit.start : unit.end].rstrip()
    quoted = bare[before.start : before.end].rstrip().endswith(MASK)
    return _SIGNED.search(line) is not None or (quoted and _SIGNATURE.fullmatch(line) is not None)


_LABEL = re.compile(r"\W{0,3}(Q|A|[A-ZÀ-Þ][\w.’'-]+(?: [A-ZÀ-Þ][\w.’'-]+){0,2})\W{0,3}:\s")
_ASKS = frozenset(("reporter", "correspondent", "interviewer", "editor"))


def labels_of(text: str, units: Sequence[Unit], cast: Cast, article: Article) -> dict[int, Entity]:
    """Speakers of an interview's paragraphs, marked "Q:", "A:" or with a name."""
    marks = _marks(text, units)
    names = [_last(label) for label in marks.values()]
    often = [label for label in dict.fromkeys(marks.values()) if names.count(_last(label)) >= 2]
    persons = sorted((e for e in cast.entities if e.personal), key=lambda e: -len(e.seen))
    if len({_last(label) for label in often}) < 2:
        return _in_capitals(marks, persons)
    asks = _interviewer(persons, article)
    answers = next((e for e in persons if e is not asks), None)
    named = {"Q": asks, "A": answers}
    return {
        paragraph: named.get(label) or _labelled(label, often, persons)
        for paragraph, label in marks.items()
        if label in often
    }


def _marks(text: str, units: Sequence[Unit]) -> dict[int, str]:
    """Paragraph -> the label that it begins with."""
    marks: dict[int, str] = {}
    for u in units:
        m = _LABEL.match(text[u.start : u.end])
        if m and u.paragraph not in marks:
            marks[u.paragraph] = m[1]
    return marks


def _last(label: str) -> str:
    return label.split()[-1]


def _in_capitals(marks: dict[int, str], persons: Sequence[Entity]) -> dict[int, Entity]:
    """Speakers of paragraphs marked with a name in capitals, which is a label though it stands once."""
    return {
        paragraph: e
        for paragraph, label in marks.items()
        if label.isupper() and len(label) > 3 and " " not in label
        for e in reversed(persons)
        if label.casefold() == e.name.casefold().split()[-1]
    }


def _interviewer(persons: Sequence[Entity], article: Article) -> Entity:
    """Who asks: a reporter of the article, else its author."""
    known = next((e for e in persons if _ASKS & set((e.role or "").casefold().split())), None)
    return known or Entity(article.meta.author or article.meta.outlet or "interviewer", "role")


def _labelled(label: str, often: Sequence[str], persons: Sequence[Entity]) -> Entity:
    """Whom a label that is a name means; somebody new, by the fullest label with it, where nobody has it."""
    last = _last(label)
    known = next((e for e in persons if last.casefold() in e.name.casefold().split()), None)
    return known or Entity(next((x for x in often if _last(x) == last and " " in x), label).title(), "role")
