"""Questions with the sentences that could answer them, measured: what the fitted models are fitted on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from eval.gold.questions import GoldQuestion
from eval.training.stories import Story, events
from qa.answering.candidates import Candidate, candidates
from qa.answering.features import FeatureTable, measure
from qa.answering.reading import BY_MEANING, ReadPassage, read_passages, read_sentences
from qa.library import Library
from qa.question.followup import standalone
from qa.question.parsing import Question, read_question
from qa.types import Hit

Array = np.ndarray[Any, Any]
SPARE = 6  # hits more than a question gets, so that some can be taken away


@dataclass(frozen=True, slots=True)
class Example:
    """One question. ``labels``: 1 for each candidate that answers it; ``answerable``: whether the articles
    searched hold an answer; ``unknown``: the share of its words that they do not hold."""

    id: str
    kind: str
    question: Question
    found: list[Candidate]
    passages: list[ReadPassage]
    table: FeatureTable
    labels: Array
    answerable: bool
    weights: tuple[float, ...]


def _example(
    library: Library,
    name: str,
    kind: str,
    asked: str,
    answerable: bool,
    is_right: Callable[[Candidate], bool],
    keep: Callable[[Hit], bool] = lambda hit: True,
) -> Example | None:
    """None where retrieval finds nothing."""
    text, _ = library.read(asked)
    question = read_question(text)
    most = library.settings.top_k
    hits = [h for h in library.retrieve(text, top_k=most + SPARE, nearest=BY_MEANING) if keep(h)][:most]
    found = candidates(hits, library.store.text)
    if not found:
        return None
    extractor = library.extractor()
    passages = read_passages(extractor.reader, question.text, hits)
    table = measure(question, found, read_sentences(found, passages), extractor.weight, library.store.text)
    labels = np.asarray([float(answerable and is_right(c)) for c in found])
    weights = tuple(extractor.weight(w.term) for w in question.words)
    return Example(name, kind, question, found, passages, table, labels, answerable, weights)


def of_gold(library: Library, questions: Iterable[GoldQuestion]) -> Iterator[Example]:
    """A sentence is right that overlaps a gold quote. Questions with filters are left out."""
    for gold in questions:
        if gold.since or gold.until or gold.outlet:
            continue
        asked = standalone(gold.question, gold.history)
        right = _overlaps(library, gold)
        made = _example(library, gold.id, gold.category, asked, gold.expect == "answer", right)
        if made is not None:
            yield made


def _overlaps(library: Library, gold: GoldQuestion) -> Callable[[Candidate], bool]:
    def right(c: Candidate) -> bool:
        for quote in gold.quotes:
            if c.article.file == quote.article.rsplit("#", 1)[0]:
                at = library.store.text(c.article.source).find(quote.text)
                if at >= 0 and c.core.start < at + len(quote.text) and c.core.end > at:
                    return True
        return False

    return right


def library_of_stories(stories: Sequence[Story], folder: Path, **settings: Any) -> Library:
    """All stories as one corpus, a file a story."""
    for story in stories:
        fields = {"title": story.title, "outlet": story.outlet, "date": story.date, "text": story.text}
        (folder / f"{story.story}.json").write_text(json.dumps(fields), "utf-8")
    library = Library.open(folder, **settings)
    library.index()
    return library


def of_stories(
    library: Library, stories: Sequence[Story], chosen: Callable[[Story], bool]
) -> Iterator[Example]:
    """The questions of the chosen stories, asked of all stories; every second answerable one once more with
    its own story (and the other reports of the event) taken away, so that nothing answers it: what is found
    then are the passages that retrieval brings from other stories."""
    event = events(stories)
    for story in filter(chosen, stories):
        own = {f"{name}.json" for name, of in event.items() if of == event[story.story]}
        for k, asked in enumerate(story.questions):
            answers = asked.answers
            name = f"{story.story}:{k}"

            def right(c: Candidate, story: Story = story, answers: tuple[str, ...] = answers) -> bool:
                return c.article.file == f"{story.story}.json" and any(a in c.text for a in answers)

            made = [_example(library, name, asked.kind, asked.q, bool(answers), right)]
            if answers and k % 2 == 0:
                others = lambda hit, own=own: hit.article.file not in own  # noqa: E731
                made.append(_example(library, f"{name}:without", "removed", asked.q, False, right, others))
            yield from (m for m in made if m is not None)
