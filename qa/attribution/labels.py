"""Whose words the paragraphs of an interview or a transcript are, by their labels: "Q:", "LIND:", "VERA LUND,
HOST:"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from qa.attribution.coreference import Cast
from qa.attribution.entities import Entity
from qa.reading.chunker import Unit
from qa.text.lexicon.people import ABBREVIATED_TITLES, is_person
from qa.text.lexicon.sections import SECTIONS
from qa.text.terms import STOP
from qa.text.turns import LABEL
from qa.text.wordlist import english, is_everyday
from qa.types import Article

_NAMED = re.compile(
    r"\W{0,3}(?P<name>Q|A|[A-ZÀ-Þ][\w.’'-]+(?: [A-ZÀ-Þ][\w.’'-]+){0,2})(?P<role> \([^():\n]{1,40}\))?"
    r"(?:\W{0,3}:\s|(?<=\b[QA])(?:\.\s|\s{2}))"
)
_IN_CAPITALS = re.compile(rf"\W{{0,3}}{LABEL}")
_SCENE = re.compile(r"\s*[(\[](?P<what>[^()\[\]]+)[)\]]\s*$")
_NO_SCENE = re.compile(
    r"[\d:.\sAPM]+$|(?:CROSSTALK|LAUGHTER|APPLAUSE|INAUDIBLE|CHEER\w*|PAUSE)\b", re.IGNORECASE
)
_ASKS = frozenset(("reporter", "correspondent", "interviewer", "editor"))


@dataclass(frozen=True, slots=True)
class _Label:
    """A label as it stands, without titles, and where it ends; ``full``: it has a role or a title beside the
    name; ``words``: how many words the sentence behind it has."""

    name: str
    end: int
    full: bool
    words: int

    @property
    def last(self) -> str:
        return self.name.split()[-1].casefold()

    @property
    def capitals(self) -> bool:
        return self.name.isupper() and len(self.name) > 3

    @property
    def sure(self) -> bool:
        """Whether it labels turns by its form: "LUND:", "Q:", "Lund (engineer):"."""
        return self.capitals or self.full or len(self.name) == 1


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose words a paragraph is, and where they begin, behind its label."""

    speaker: Entity
    start: int


def labels_of(text: str, units: Sequence[Unit], cast: Cast, article: Article) -> dict[int, Turn]:
    """The turns of an interview or a transcript, by number of the paragraph."""
    marks = _spoken(_marks(text, units))
    count = Counter(label.last for label in marks.values())
    kept = {
        p: label for p, label in marks.items() if count[label.last] >= 2 or (label.capitals and label.full)
    }
    persons = sorted((e for e in cast.entities if e.personal), key=lambda e: -len(e.seen))
    if len({label.last for label in kept.values()}) < 2:
        return _in_capitals(marks, persons)
    asks = _interviewer(persons, article)
    answers = next((e for e in persons if e is not asks), None)
    named: dict[str, Entity | None] = {"Q": asks, "A": answers, "question": asks}
    for label in kept.values():
        if label.last not in named and label.name not in named:
            named[label.last] = None if _is_word(label, persons) else _labelled(label, kept.values(), persons)
    found = {
        p: Turn(who, x.end)
        for p, x in kept.items()
        if (who := named.get(x.name) or named.get(x.last)) is not None
    }
    transcript = len({x.last for x in kept.values() if x.capitals}) >= 2
    return dict(_going_on(text, units, found, marks)) if transcript else found


# Words of the sentence behind a label: an interview has at the median so many, a list of prices less.
SPOKEN = 4
# The share of labels that come again: in an interview most do, in a digest of towns or of songs few.
OFTEN = 0.6


def _spoken(marks: dict[int, _Label]) -> dict[int, _Label]:
    """The marks, without names in small letters where they label a list ("Diesel: $5.09", "Salem: The city
    …") and not what two people say in turn."""
    names = [x for x in marks.values() if not x.sure]
    count = Counter(x.last for x in names)
    again = [x for x in names if count[x.last] >= 2]
    if again and len(again) >= OFTEN * len(names) and median(x.words for x in again) >= SPOKEN:
        return marks
    return {paragraph: x for paragraph, x in marks.items() if x.sure}


def _marks(text: str, units: Sequence[Unit]) -> dict[int, _Label]:
    """Paragraph -> the label that it begins with."""
    marks: dict[int, _Label] = {}
    for u in _opening(units):
        line = text[u.start : u.end] + " "
        if (m := _IN_CAPITALS.match(line)) is not None:
            words = m["name"].split()
            while len(words) > 1 and _is_title(words[0]):
                del words[0]
            full = m["role"] is not None or len(words) < len(m["name"].split())
            marks[u.paragraph] = _Label(" ".join(words), u.start + m.end(), full, _words(line[m.end() :]))
        elif (m := _NAMED.match(line)) is not None and m["name"].casefold() not in SECTIONS:
            full = m["role"] is not None
            marks[u.paragraph] = _Label(m["name"], u.start + m.end(), full, _words(line[m.end() :]))
    return marks


def _words(text: str) -> int:
    return sum(any(c.isalpha() for c in word) for word in text.split())


def _opening(units: Sequence[Unit]) -> list[Unit]:
    """The first sentence of each paragraph."""
    return [u for k, u in enumerate(units) if not k or units[k - 1].paragraph != u.paragraph]


def _is_title(word: str) -> bool:
    low = word.rstrip(".").casefold()
    return low in ABBREVIATED_TITLES or is_person(low)


def _in_capitals(marks: Mapping[int, _Label], persons: Sequence[Entity]) -> dict[int, Turn]:
    """Speakers of paragraphs marked with a name in capitals, which is a label though it stands once."""
    return {
        paragraph: Turn(e, label.end)
        for paragraph, label in marks.items()
        if label.capitals and " " not in label.name
        for e in reversed(persons)
        if label.last == e.name.casefold().split()[-1]
    }


def _interviewer(persons: Sequence[Entity], article: Article) -> Entity:
    """Who asks: a reporter of the article, else its author."""
    known = next((e for e in persons if _ASKS & set((e.role or "").casefold().split())), None)
    return known or Entity(article.meta.author or article.meta.outlet or "interviewer", "role")


def _is_word(label: _Label, persons: Sequence[Entity]) -> bool:
    """Whether a label is a word that means nobody ("Theory:", "ALSO:"): nobody of the article has it for a
    name, and no role or title stands beside it."""
    low = label.name.casefold()
    return (
        not label.full
        and len(low) > 1
        and (low in STOP or (low in english() and is_everyday(low)))
        and not is_person(low)
        and not any(label.last in e.name.casefold().split() for e in persons)
    )


def _labelled(label: _Label, labels: Iterable[_Label], persons: Sequence[Entity]) -> Entity:
    """Whom a label that is a name means; somebody new, by the fullest label with it, where nobody has it. A
    name that stands in capitals everywhere is written as names are."""
    known = next((e for e in persons if label.last in e.name.casefold().split()), None)
    if known is None:
        alike = [x.name for x in labels if x.last == label.last]
        return Entity(_written(max(alike, key=lambda name: len(name.split()))), "role")
    known.name = _written(known.name)
    known.roles = [r.lower() if r.isupper() and len(r) > 4 else r for r in known.roles]
    return known


def _written(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 3 else name


def _going_on(
    text: str, units: Sequence[Unit], found: Mapping[int, Turn], marks: Mapping[int, _Label]
) -> Iterator[tuple[int, Turn]]:
    """The labelled paragraphs of a transcript and those in which a turn goes on; a scene ("(BEGIN VIDEO
    CLIP)") ends it, what only tells of a sound or the time ("(LAUGHTER)", "[20:04:31]") does not."""
    turn: Turn | None = None
    for u in _opening(units):
        scene = _SCENE.match(text[u.start : u.end])
        if u.paragraph in marks:
            turn = found.get(u.paragraph)
        elif scene is not None:
            turn = turn if _NO_SCENE.match(scene["what"].strip()) else None
            continue
        elif u.heading:
            turn = None
        if turn is not None:
            yield u.paragraph, turn
