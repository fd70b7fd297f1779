"""An article made ready for reading: its sentences, what is quoted, the text with that masked, its names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa.attribution.asides import may_act
from qa.attribution.coreference import Cast
from qa.attribution.entities import Entity
from qa.attribution.labels import labels_of
from qa.attribution.layout import has_headline, introduced_at, is_digest, is_running, is_signature
from qa.attribution.mentions import Mention
from qa.attribution.quotations import is_title, listed_titles, masked, quotations
from qa.reading.chunker import Unit, units
from qa.text.characters import lower_in_place
from qa.text.lazily import lazily
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.speech import verbs
from qa.types import Article

_MARKS = re.compile("[“”„«»\"‘]|''|’$|'$|(?<=,)’")
# "(D-N.Y.)" behind a name, and any other aside between a name and what it does
_SAYS = alternatives(f for v in verbs("inverts") for f in v.past)
_ASIDE = lazily(
    r"(?<=[\w.’])\s\((?:[A-Z]|\d)[^()\n]{0,30}\)"
    rf"|(?<=[A-Za-z]{{3}})\s\([^()\n“”\"¤]{{3,60}}\)(?=\s(?:{_SAYS}|told|says|tells)\b)"
)
_DETERMINED = re.compile(r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Aa]n?)\s+$")


def _blank(m: re.Match[str]) -> str:
    return " " * len(m.group())


class Page:
    """One article: ``text`` as it stands, ``bare`` place for place without what is quoted."""

    def __init__(self, text: str, article: Article) -> None:
        self.text = text
        self.units = list(units(text, article))
        self.outlet = article.meta.outlet
        self.writer = Entity(article.meta.author or "the writer", "role")  # "I", outside what is quoted
        self._mentions: dict[tuple[int, int], list[Mention]] = {}
        self.ends: dict[int, int] = {}  # of each paragraph
        for u in self.units:
            self.ends[u.paragraph] = max(u.end, self.ends.get(u.paragraph, 0))
        self.quotes, titles = self._quotes()
        self._opens = [a for a, _ in self.quotes]
        # "(D-N.Y.)" behind a name is no part of its sentence
        self.bare = _ASIDE.sub(_blank, masked(text, self.quotes, len(text)))
        for a, b in titles:  # the name of a programme or a book is the narrator's, and nobody's
            self.bare = self.bare[:a] + _MARKS.sub(_blank, lower_in_place(self.bare[a:b])) + self.bare[b:]
        self.headlined = has_headline(text, self.units)
        if self.headlined:
            self.units[0] = replace(self.units[0], heading=True)
        self.units[1:] = [
            replace(u, heading=False)
            if is_running(text, self.bare, u) or is_signature(self.bare, u, before)
            else u
            for before, u in pairwise(self.units)
        ]
        # Where the name stands of whoever speaks in the paragraph below a sentence that says only that.
        self.introduced = {
            k: at
            for k, (u, after) in enumerate(pairwise(self.units))
            if (at := introduced_at(self.bare, u, after)) is not None
        }
        for k in self.introduced:
            self.units[k] = replace(self.units[k], heading=False)
        headings = [(u.start, u.end) for u in self.units if u.heading]
        self.cast = Cast(self.bare, [(u.start, u.end) for u in self.units], headings, whole=text)
        self.labels = labels_of(text, self.units, self.cast, article)
        self.digest = is_digest(self.bare, self.units)
        if self.digest:
            self.cast.place({u.start for u in self.units})

    def _quotes(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """What is quoted, in order, and what marks only name ("“Meet the Harbor”")."""
        paragraphs: dict[int, list[Unit]] = {}
        for u in self.units:
            paragraphs.setdefault(u.paragraph, []).append(u)
        found = sorted(
            q for group in paragraphs.values() for q in quotations(self.text, group[0].start, group[-1].end)
        )
        titles = [q for q in found if is_title(self.text, *q)]
        titles = sorted({*titles, *listed_titles(self.text, found)})
        named = set(titles)
        return [q for q in found if q not in named], titles

    def begins(self, at: int) -> int:
        """Where the story begins that a place belongs to: of a digest its paragraph, else the article."""
        if not self.digest:
            return self.units[0].start if self.units else 0
        k = max(bisect_right(self.units, at, key=lambda u: u.start) - 1, 0)
        while k and self.units[k - 1].paragraph == self.units[k].paragraph:
            k -= 1
        return self.units[k].start

    def share(self, a: int, b: int) -> float:
        """The share of a stretch's letters that stands in quotation marks."""
        letters = sum(c.isalnum() for c in self.text[a:b])
        return 1 - sum(c.isalnum() for c in self.bare[a:b]) / letters if letters else 0.0

    def quote_at(self, at: int) -> tuple[int, int]:
        """The last quotation that begins at or before a place; an empty one where there is none."""
        k = bisect_right(self._opens, at)
        return self.quotes[k - 1] if k else (0, 0)

    def quotes_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """The quotations that touch a stretch, in order."""
        k = max(bisect_right(self._opens, start) - 1, 0)
        return self.quotes[k : bisect_left(self._opens, end)]

    def mentions(self, unit: Unit) -> list[Mention]:
        """The mentions of a sentence, in order; found once."""
        span = (unit.start, unit.end)
        if span not in self._mentions:
            self._mentions[span] = self.cast.mentions(self.bare, *span)
        return self._mentions[span]

    def subjects(self, mentions: Sequence[Mention], start: int) -> list[Mention]:
        """The mentions that may act, in the sentence that begins at ``start``."""
        return [
            m
            for m in mentions
            if may_act(self.bare, start, m)
            and not (
                m.kind == "person" and " " not in m.name and _DETERMINED.search(self.bare[start : m.start])
            )  # "his Catholic faith"
        ]
