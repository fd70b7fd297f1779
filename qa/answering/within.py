"""Hits of the time that a question confines itself to: of articles published then, and passages that tell
of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.attribution.temporal import time_words_of
from qa.question.timeframe import TimeFrame
from qa.text.dates import day_range, find_dates
from qa.types import Hit

TOLD = 0.5  # of its score that a passage keeps which only speaks of the time


def within(
    frame: TimeFrame, published: Sequence[Hit], others: Sequence[Hit], text_of: Callable[[int], str]
) -> list[Hit]:
    """The hits of articles published in the time (found so already), and of the others those whose passage
    gives a date in it, printed or worked out; each once, best first. Only a time that is named itself is
    looked for in the words: "before May" is a matter of publication, or every old year would do."""
    seen = {h.passage.id for h in published}
    told = (
        [h for h in others if h.passage.id not in seen and tells_of(frame, h, text_of)] if frame.point else []
    )
    # what only speaks of that time stands behind what was published in it
    weaker = [h.model_copy(update={"score": TOLD * h.score}) for h in told]
    ordered = [*sorted(published, key=lambda h: h.rank), *sorted(weaker, key=lambda h: h.rank)]
    return [h.model_copy(update={"rank": n}) for n, h in enumerate(ordered, 1)]


def tells_of(frame: TimeFrame, hit: Hit, text_of: Callable[[int], str]) -> bool:
    """Whether a passage gives a date, to the month at least (or to the year, where a year is asked for),
    that lies in the time."""
    passage = hit.passage
    year = frame.since is not None and frame.until is not None and frame.until - frame.since > 1000
    values = [v for _, _, v in find_dates(passage.text)]
    for word in time_words_of(text_of(hit.article.source), hit.article.article):
        day = (word.value or "").split("/")[0]
        # a month without its year is a guess that may be a year off
        if passage.start <= word.start and word.end <= passage.end and (len(day) == 10 or (day and not year)):
            values.append(day)
    return any(
        (len(v) > 4 or year)
        and (frame.since is None or frame.since <= day_range(v)[0])
        and (frame.until is None or day_range(v)[1] <= frame.until)
        for v in values
    )
