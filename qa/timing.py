"""The time that a question confines itself to, over a store: which articles it leaves, what is told of it,
and when it cannot be known. ``Search`` finds passages for words under filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from qa.answering.sequence import dated, in_sequence
from qa.answering.within import within
from qa.index.retriever import Filters
from qa.index.store import Store
from qa.question.sequence import Sequence2
from qa.question.timeframe import TimeFrame, event_side, time_frame
from qa.text.dates import day_range
from qa.text.terms import terms
from qa.types import Draft, Hit, Note

Search = Callable[[str, Filters], list[Hit]]
# Of at least so many articles fewer than so many are of a time that is counted from the newest: then its
# date is an outlier (the day on which an old page was fetched), and its week is not what "this week" means.
MANY, FEW = 200, 5


@dataclass(frozen=True, slots=True)
class Timed:
    """``frame``: the time that a question confines itself to, where the articles can be told apart by it;
    ``notes`` say how it was read, or why it was not."""

    frame: TimeFrame | None
    notes: tuple[Note, ...] = ()


def day_of(number: int) -> date:
    return date(number // 10000, number // 100 % 100, number % 100)


def in_words(frame: TimeFrame) -> str:
    """The days of a time frame."""
    first = day_of(frame.since).isoformat() if frame.since else None
    last = day_of(frame.until).isoformat() if frame.until else None
    if first and last:
        return first if first == last else f"{first} to {last}"
    return f"from {first}" if first else f"until {last}"


def today(store: Store, given: str | None) -> date | None:
    """The day from which "last week" is counted: the one given, else that of the newest article."""
    newest = given or store.corpus().last
    return day_of(day_range(newest)[1]) if newest else None


def timed(
    question: str,
    store: Store,
    now: date | None,
    filters: Filters,
    search: Search,
    text_of: Callable[[int], str],
    known: Callable[[str], bool],
    given: bool,
) -> Timed:
    """The time of a question. ``known``: whether a word stands anywhere in the articles; ``given``: whether
    ``now`` was, so that it is no guess by the newest article."""
    frame = time_frame(question, now)
    if frame is None:
        return _by_event(question, filters, search, text_of, known)
    left = store.allowed_articles(frame.since, frame.until, filters.outlet, undated=False) or []
    corpus = store.corpus()
    if not left and corpus.undated:
        return Timed(None)  # what is undated may be of that time
    if frame.relative and not given and len(left) < FEW and corpus.articles >= MANY:
        text = (
            f"“{frame.words}” is not used: counted from the newest article it is {in_words(frame)}, of which "
            f"{len(left)} of {corpus.articles} articles are; the day that is today can be given."
        )
        return Timed(None, (Note(kind="time_not_dated", text=text),))
    counted = f" (today is taken to be {now})" if frame.relative else ""
    told = " and from what others tell of that time" if frame.point else ""
    undated = f"; {corpus.undated} undated left out" if corpus.undated else ""
    text = (
        f"“{frame.words}” is read as {in_words(frame)}{counted}: answered from the {len(left)} of "
        f"{corpus.articles} articles published then{told}{undated}."
    )
    return Timed(frame, (Note(kind="time_filter", text=text),))


def _by_event(
    question: str,
    filters: Filters,
    search: Search,
    text_of: Callable[[int], str],
    known: Callable[[str], bool],
) -> Timed:
    """What lies since an event ("since X took office"), where an article gives its day; where none does,
    a note says so. What lies before or after one is mostly its subject: only an unknown one is remarked
    on."""
    side = event_side(question)
    if side is None:
        return Timed(None)
    unknown = [t for t in terms(side.event) if not known(t)]
    found = None if unknown else dated(side.event, side.rest, search(side.event, filters), text_of)
    if side.side == "since" and found is not None:
        since = int(found.event.value.replace("-", ""))
        frame = TimeFrame(since, None, side.words, side.rest, point=False)
        text = f"“{side.words}” is read as from {found.event.value} ({found.event.how})."
        return Timed(frame, (Note(kind="time_filter", text=text),))
    if side.side == "since" or unknown:
        why = f"no article gives the day of “{side.event}”"
        return Timed(None, (Note(kind="time_not_dated", text=f"“{side.words}” is not used: {why}."),))
    return Timed(None)


def hits_within(
    frame: TimeFrame | None, question: str, filters: Filters, search: Search, text_of: Callable[[int], str]
) -> list[Hit]:
    """The passages for a question, of the time that it confines itself to."""
    everything = search(question, filters)
    if frame is None:
        return everything
    then = replace(filters, since=frame.since, until=frame.until)
    return within(frame, search(question, then), everything, text_of)


def sequence(
    asked: Sequence2, filters: Filters, search: Search, text_of: Callable[[int], str]
) -> tuple[Draft, Note]:
    """Two events in their order, each looked for by itself."""
    one, two = (
        dated(event, other, search(event, filters), text_of)
        for event, other in ((asked.one, asked.two), (asked.two, asked.one))
    )
    return in_sequence(asked, one, two)
