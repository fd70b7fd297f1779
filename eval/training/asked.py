"""The whole program over the written stories of the report split, each in a folder of its own, and its
questions, half of which it only nearly answers: ``python -m eval.training.asked [--every N]``. Prints, with
95 % intervals, how many of those with an answer have its words in a quote, how many of all are refused, and
the kinds. The shipped reader was trained on none of these stories."""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.scoring.stats import interval
from eval.tools.examples import library_of_stories
from eval.training.score import stories_of
from eval.training.stories import Question, Story
from qa.types import Outcome


@dataclass(frozen=True, slots=True)
class Asked:
    """``quoted``: the words of the answer (of a list, all) stand in the quotes of an answer."""

    kind: str
    answerable: bool
    refused: bool
    quoted: bool


def asked(story: Story) -> Iterator[Asked]:
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as folder:
        library = library_of_stories([story], Path(folder), home=Path(home), cache=False)
        for question in story.questions:
            yield judged(question, library.ask(question.q))
        library.close()


def judged(question: Question, outcome: Outcome) -> Asked:
    refused = outcome.kind == "abstention"
    quotes = " ".join(c.quote for c in outcome.citations)
    held = bool(question.answers) and all(a in quotes for a in question.answers)
    return Asked(question.kind, bool(question.answers), refused, held and not refused)


def _share(name: str, values: Sequence[bool]) -> str:
    mean, low, high = interval([float(v) for v in values])
    return f"{name:44} {sum(values)} of {len(values)} = {mean:.3f} ({low:.2f} to {high:.2f})"


def table(found: Sequence[Asked]) -> Iterator[str]:
    yield _share("with an answer: its words in a quote", [a.quoted for a in found if a.answerable])
    yield _share("with an answer: not answered", [a.refused for a in found if a.answerable])
    yield _share("without: not answered", [a.refused for a in found if not a.answerable])
    kinds: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for a in found:
        kinds[a.answerable, a.kind].append(a.quoted if a.answerable else a.refused)
    for (answerable, kind), values in sorted(kinds.items(), key=lambda k: (not k[0][0], -len(k[1]))):
        if len(values) >= 8:
            yield _share(f"  {kind}{'' if answerable else ' (without): not answered'}", values)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="one story in so many")
    given = parser.parse_args()
    found = [a for story in stories_of("report")[:: given.every] for a in asked(story)]
    print("\n".join(table(found)))


if __name__ == "__main__":
    main()
