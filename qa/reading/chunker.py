"""Article -> Passages: spans on sentence boundaries, with exact offsets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from qa.reading.boilerplate import heading_like, lines_of
from qa.text.sentences import sentence_spans
from qa.types import Article, Passage

VERSION = 3  # raise it when the same article is cut in another way
_HEADER_CHARS = 140


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or a heading (a line that is a title of what follows), of an article."""

    start: int
    end: int
    paragraph: int
    heading: bool = False
    bullet: bool = False


@lru_cache(maxsize=64)  # a question asks for those of the same few articles again and again
def units(text: str, article: Article) -> tuple[Unit, ...]:
    """The sentences and headings of an article in order. A line (or, in wrapped text, a paragraph)
    never shares a sentence with the next one."""
    return tuple(unit for paragraph in paragraphs(text, article) for unit in paragraph)


def paragraphs(
    text: str, article: Article, wanted: Callable[[str], bool] = lambda line: True
) -> Iterator[list[Unit]]:
    """The same line by line, of those lines that are ``wanted``."""
    number, title = -1, article.meta.title
    for span in article.spans:
        for line in lines_of(text[span.start : span.end]):
            number += 1
            start, end = span.start + line.end - len(line.body), span.start + line.end
            if not wanted(text[start:end]):
                continue
            heading = heading_like(line) and not line.bullet
            if not number and title and text[start:end].lstrip("# ") == title:
                heading = True
            places = [(start, end)] if heading else sentence_spans(text, start, end)
            yield [Unit(a, b, number, heading, line.bullet) for a, b in places]


def header(article: Article) -> str:
    """What is embedded and searched with each passage, and never quoted: title, outlet, date."""
    meta = article.meta
    title = (meta.title or "")[:_HEADER_CHARS]
    return " · ".join(part for part in (title, meta.outlet, meta.published) if part)


def _between(gaps: list[tuple[int, int]], end: int, start: int) -> bool:
    """Whether a gap lies wholly between two places; ``gaps`` in order, none over another."""
    at = bisect_left(gaps, (end, -1))
    return at < len(gaps) and gaps[at][1] <= start


def chunk(text: str, article: Article, max_chars: int = 800, max_sentences: int = 5) -> list[Passage]:
    """Cut an article into passages of at most ``max_sentences`` sentences and ``max_chars`` code
    points; a longer single sentence is a passage of its own. A heading opens the passage of the text
    that it heads. The title itself is in the header and opens no passage."""
    passages: list[Passage] = []
    group: list[Unit] = []
    head = header(article)

    def close() -> None:
        body = list(group)
        group.clear()
        if any(not u.heading for u in body):
            start, end = body[0].start, body[-1].end
            passages.append(Passage(start=start, end=end, header=head, text=text[start:end]))
        elif body and not passages:
            pending.extend(body)

    pending: list[Unit] = []
    all_units = units(text, article)
    gaps = sorted({(a.end, b.start) for a, b in zip(article.spans, article.spans[1:], strict=False)})
    for k, unit in enumerate(all_units):
        if k == 0 and unit.heading and article.meta.title and len(all_units) > 1:
            continue  # the title is in the header
        sentences = sum(not u.heading for u in group)
        across = bool(group) and _between(gaps, group[-1].end, unit.start)
        too_long = bool(group) and unit.end - group[0].start > max_chars
        new_section = unit.heading and sentences >= 2
        if group and (across or too_long or (sentences >= max_sentences) or new_section):
            close()
        group.append(unit)
    close()
    if not passages and all_units:
        start, end = all_units[0].start, all_units[-1].end
        passages.append(Passage(start=start, end=end, header=head, text=text[start:end]))
    return passages
