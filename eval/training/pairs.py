"""Questions -> what one step of training sees: a question, a title, one window, and where in it the answer
is.

Everything is drawn from a generator that the caller seeds; equal seeds give equal pairs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.training.bm25 import Bm25
from eval.training.public import Case
from eval.training.stories import Question, Story, events
from qa.answering.encoding import Place, windows

PUBLIC_WINDOW = 260  # characters; short windows teach to find words as well and cost half
STORY_WINDOWS = (
    280,
    400,
    560,
)  # drawn for each question: the reader must know short passages too, and they cost less


@dataclass(frozen=True, slots=True)
class Pair:
    """``answers``: places in ``window``; empty means that the window does not answer. ``exact`` is false
    where an answer is only known to lie somewhere inside the place. ``origin`` says what made it."""

    question: str
    title: str
    window: str
    answers: tuple[Place, ...]
    exact: bool
    origin: str


Group = tuple[Pair, ...]  # the windows of one question, at most one of which answers it
GROUP = 4  # windows in a group
GROUP_OWN = 2  # of them from the story that is asked about, beside the one that answers


def _within(places: Sequence[Place], window: Place) -> tuple[Place, ...]:
    start, end = window
    return tuple((a - start, b - start) for a, b in places if start <= a and b <= end)


def _cut(text: str, window: Place) -> str:
    return text[window[0] : window[1]]


# ---- public sets


def public_pairs(cases: Sequence[Case], origin: str, others: float, rng: random.Random) -> list[Pair]:
    """One window a question, and for a share of ``others`` one that does not answer: another window of
    the passage, else another passage of the same document, else of any."""
    by_document: dict[str, list[Case]] = {}
    for case in cases:
        by_document.setdefault(case.document, []).append(case)
    found: list[Pair] = []
    for case in cases:
        cut = windows(case.text, PUBLIC_WINDOW)
        right = [w for w in cut if _within(case.answers, w)]
        if case.answers and not right:
            continue
        wanted = right or [w for w in cut if _within(case.tempting, w)] or cut
        chosen = rng.choice(wanted)
        found.append(
            Pair(
                case.question,
                case.title,
                _cut(case.text, chosen),
                _within(case.answers, chosen),
                case.exact,
                origin,
            )
        )
        if rng.random() < others:
            found.extend(_other(case, [w for w in cut if w not in right], by_document, cases, origin, rng))
    return found


def _other(
    case: Case,
    rest: list[Place],
    documents: dict[str, list[Case]],
    cases: Sequence[Case],
    origin: str,
    rng: random.Random,
) -> list[Pair]:
    answers = {case.text[a:b].lower() for a, b in case.answers}
    if not case.answers or not rest:
        same = [c for c in documents[case.document] if c.text != case.text]
        other = rng.choice(same or cases)
        text, rest = other.text, windows(other.text, PUBLIC_WINDOW)
    else:
        text = case.text
    window = _cut(text, rng.choice(rest))
    if case.exact and any(a in window.lower() for a in answers):
        return []
    return [Pair(case.question, case.title, window, (), True, f"{origin}: other passage")]


def public_groups(cases: Sequence[Case], origin: str, rng: random.Random) -> list[Group]:
    """A group a question: the window that answers (or nearly does), others of its passage, and one of
    another passage of the same document."""
    by_document: dict[str, list[Case]] = {}
    for case in cases:
        by_document.setdefault(case.document, []).append(case)
    found: list[Group] = []
    for case in cases:
        cut = windows(case.text, PUBLIC_WINDOW)
        right = [w for w in cut if _within(case.answers, w)]
        if case.answers and not right:
            continue
        chosen = rng.choice(right or [w for w in cut if _within(case.tempting, w)] or cut)
        rest = [w for w in cut if w not in right and w != chosen]
        taken = [chosen, *rng.sample(rest, min(GROUP_OWN, len(rest)))]
        group = [
            Pair(case.question, case.title, _cut(case.text, w), _within(case.answers, w), case.exact, origin)
            for w in taken
        ]
        answers = {case.text[a:b].lower() for a, b in case.answers}
        others = [c for c in by_document[case.document] if c.text != case.text]
        if others and len(group) < GROUP:
            other = rng.choice(others)
            window = _cut(other.text, rng.choice(windows(other.text, PUBLIC_WINDOW)))
            if not any(a in window.lower() for a in answers):
                group.append(Pair(case.question, case.title, window, (), True, f"{origin}: other passage"))
        if len(group) > 1:
            found.append(tuple(group))
    return found


# ---- written stories


@dataclass(frozen=True, slots=True)
class Shares:
    """How many pairs of each made kind come with a question, on average."""

    other_window: float = 0.2
    retrieved: float = 0.35
    swapped: float = 0.08
    untitled: float = 0.1  # pairs whose title is dropped
    removed: float = 0.25  # of the groups of answered questions: those without their own story


def places_of(question: Question, text: str) -> list[Place]:
    """Where the answer's words stand in the text, every time that they do, at word ends; only inside the
    sentence that answers where the question names one and it holds them."""
    found: list[Place] = []
    for answer in question.answers:
        hits = standing(answer, text)
        if not hits:
            at = text.index(answer)
            hits = [(at, at + len(answer))]
        if question.where is not None:
            start = text.index(question.where)
            inside = [h for h in hits if start <= h[0] and h[1] <= start + len(question.where)]
            hits = inside or hits
        found.extend(hits)
    return sorted(set(found))


def standing(answer: str, text: str) -> list[Place]:
    """Where words stand in a text, at word ends."""
    pattern = r"(?<!\w)" + re.escape(answer) + r"(?!\w)"
    return [(m.start(), m.end()) for m in re.finditer(pattern, text)]


class StoryPairs:
    """Draws one epoch of pairs after another from written stories."""

    def __init__(self, stories: Sequence[Story], shares: Shares = Shares()) -> None:
        self._stories = stories
        self._shares = shares
        self._event = events(stories)
        self._passages = [(s, w) for s in stories for w in windows(s.text)]
        self._bm25 = Bm25([f"{s.title} {_cut(s.text, w)}" for s, w in self._passages])
        self._retrieved: dict[str, list[int]] = {}

    def epoch(self, rng: random.Random, of: Sequence[Story] | None = None) -> list[Pair]:
        """One pair a question and the made ones; of some of the stories only where they are given."""
        found: list[Pair] = []
        for story in self._stories if of is None else of:
            for question in story.questions:
                found.extend(self._question(story, question, rng))
        return [_untitled(p) if rng.random() < self._shares.untitled else p for p in found]

    def groups(self, rng: random.Random, of: Sequence[Story] | None = None) -> list[Group]:
        """One epoch of groups: for each question the windows among which a reader has to choose; of some of
        the stories only where they are given."""
        asked = self._stories if of is None else of
        found = [self._group(story, question, rng) for story in asked for question in story.questions]
        titled = [g if rng.random() >= self._shares.untitled else tuple(map(_untitled, g)) for g in found]
        return [g for g in titled if len(g) > 1]

    def _group(self, story: Story, question: Question, rng: random.Random) -> Group:
        """The window that answers (or nearly does), others of its story, and some that a search brings from
        other stories; now and then only these, so that none answers."""
        places, chosen, rest = _drawn(story, question, rng)
        own: list[Pair] = []
        if not places or rng.random() >= self._shares.removed:
            kind = "group" if places else "group: near miss"
            own = [self._pair(question.q, story, chosen, places, kind)]
            own += [self._pair(question.q, story, w, [], "group: own story") for w in rest[:GROUP_OWN]]
        others = self._brought(story, question)
        others = rng.sample(others, min(GROUP - len(own), len(others)))
        return (*own, *(self._other(question, k, "group: other story") for k in others))

    def _question(self, story: Story, question: Question, rng: random.Random) -> Iterable[Pair]:
        places, chosen, rest = _drawn(story, question, rng)
        yield self._pair(question.q, story, chosen, places, "written" if places else "written: near miss")
        if rest and rng.random() < self._shares.other_window:
            yield self._pair(question.q, story, rest[0], [], "written: other window")
        if rng.random() < self._shares.retrieved and (other := self._elsewhere(story, question, rng)):
            yield other
        if places and rng.random() < self._shares.swapped and (twisted := self._swap(story, question, rng)):
            yield self._pair(twisted, story, chosen, [], "written: swapped")

    def _pair(self, question: str, story: Story, window: Place, places: Sequence[Place], origin: str) -> Pair:
        return Pair(question, story.title, _cut(story.text, window), _within(places, window), True, origin)

    def _elsewhere(self, story: Story, question: Question, rng: random.Random) -> Pair | None:
        """One of the ten passages of other events that a search for the question brings first."""
        brought = self._brought(story, question)
        return self._other(question, rng.choice(brought), "written: retrieved") if brought else None

    def _other(self, question: Question, passage: int, origin: str) -> Pair:
        other, window = self._passages[passage]
        return self._pair(question.q, other, window, [], origin)

    def _brought(self, story: Story, question: Question) -> list[int]:
        """The numbers of the ten passages of other events that a search for the question brings first."""
        key = f"{story.story}\n{question.q}"
        if key not in self._retrieved:
            event = self._event[story.story]
            ranked = self._bm25.top(question.q, 40)
            self._retrieved[key] = [k for k in ranked if self._event[self._passages[k][0].story] != event][
                :10
            ]
        return self._retrieved[key]

    def _swap(self, story: Story, question: Question, rng: random.Random) -> str | None:
        """The question with one name or figure that the story holds put for one that it does not."""
        names = [m for m in _NAME.finditer(question.q) if m.start() > 0 and m.group() in story.text]
        if not names:
            return None
        old = rng.choice(names)
        other = rng.choice(self._stories)
        pattern = _NAME if not old.group()[0].isdigit() else _FIGURE
        new = [
            m.group() for m in pattern.finditer(other.text) if m.start() > 0 and m.group() not in story.text
        ]
        new = [n for n in new if n[0].isdigit() == old.group()[0].isdigit()]
        if not new:
            return None
        return question.q[: old.start()] + rng.choice(new) + question.q[old.end() :]


def _drawn(story: Story, question: Question, rng: random.Random) -> tuple[list[Place], Place, list[Place]]:
    """Places of the answer, a window that holds one (else the sentence that tempts, else any), and windows
    that do not answer in the order in which they are to be taken: one that repeats the question first."""
    cut = windows(story.text, rng.choice(STORY_WINDOWS))
    places = places_of(question, story.text)
    right = [w for w in cut if _within(places, w)]
    tempting = [w for w in cut if _holds(story.text, w, question.near)]
    chosen = rng.choice(right or tempting or cut)
    # Where a question names its sentence, the same words elsewhere may answer it or may not.
    unclear = [h for a in question.answers for h in standing(a, story.text)] if question.where else []
    rest = [w for w in cut if w not in right and w != chosen and not _within(unclear, w)]
    rng.shuffle(rest)
    if places:
        rest.sort(key=lambda w: w not in tempting)
    return places, chosen, rest


_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(
    r"(?<=[a-z,] )[A-Z][a-z]{2,}\b(?: [A-Z][a-z]+\b)*|\d+(?:[.,]\d+)*"
)  # not at a sentence's start


def _holds(text: str, window: Place, near: str | None) -> bool:
    if not near or (at := text.find(near)) < 0:
        return False
    return window[0] <= at and at + len(near) <= window[1] + 1


def _untitled(pair: Pair) -> Pair:
    return Pair(pair.question, "", pair.window, pair.answers, pair.exact, pair.origin)
