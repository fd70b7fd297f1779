"""What the reader is trained on, phase by phase: the public sets, the written stories and the real pages,
in which measure and at which rate."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.training.pages import load_pages
from eval.training.pairs import Group, Pair, Shares, StoryPairs, public_groups, public_pairs
from eval.training.public import SETS
from eval.training.stories import Story, load_all, splits


@dataclass(frozen=True, slots=True)
class Phase:
    """``epochs`` over the written stories (0: public sets alone); ``beside``: share of the public pairs."""

    name: str
    seed: int
    rate: float
    epochs: float
    beside: float
    dropout: float
    warmup: int = 60
    shares: Shares = field(default_factory=Shares)
    qamr: int = 1500  # questions of QAMR, which has more than are needed to learn to find words
    groups: int = 0  # where not 0: windows are chosen among, of the stories and of so many public questions
    pages: int = 0  # times over the questions on real pages, beside those on stories
    fresh: tuple[str, int] = ("", 0)  # those of one file of pages, so many times more
    steps: int = 0  # where not 0: at most so many, of the plan's first
    bfloat16: bool = False  # products in bfloat16, a third quicker where the processor has them


PHASES = (
    Phase("public", 11, 1.5e-4, 0, 1.0, 0.0, 40),
    Phase("written", 12, 1.2e-4, 1.0, 0.08, 0.0),
    Phase("again", 13, 1.0e-4, 2.0, 0.08, 0.05),
    Phase("wide", 14, 1.0e-4, 1.0, 1.0, 0.05, qamr=9000),
    Phase("last", 15, 0.8e-4, 2.0, 0.08, 0.05),
    Phase("choice", 16, 0.5e-4, 1.0, 0.0, 0.05, groups=2500, bfloat16=True),
    Phase("pages", 17, 0.6e-4, 0.75, 0.0, 0.05, groups=800, pages=2, steps=1750, bfloat16=True),
    Phase("more", 18, 0.6e-4, 0.5, 0.0, 0.05, groups=400, pages=2, steps=800, bfloat16=True),
    Phase("real", 19, 0.6e-4, 0.5, 0.0, 0.05, groups=400, pages=2, steps=2000, bfloat16=True),
    Phase(
        "news", 20, 0.6e-4, 0.5, 0.0, 0.05, groups=400, pages=1, fresh=("e1", 2), steps=1900, bfloat16=True
    ),
)
SHIPPED = "news"
# Questions taken of each public set, and the share that gets a second, not answering window.
TAKEN = {
    "SQuAD": (6078, 0.1),
    "XQuAD": (1190, 0.2),
    "QED": (1355, 0.3),
    "SelQA": (600, 0.5),
    "QAMR": (1500, 0.25),
}
GROUPED = ("SQuAD", "XQuAD", "QED")  # sets with passages of several windows and exact answers


def public(folder: Path, seed: int, qamr: int) -> list[Pair]:
    rng = random.Random(seed)
    found: list[Pair] = []
    for row in SETS:
        name = row.name.split()[0].strip(",")
        count, others = TAKEN[name]
        count = qamr if name == "QAMR" else count
        cases = list(row.load(folder))
        found.extend(
            public_pairs(sorted(rng.sample(cases, min(count, len(cases))), key=repr), name, others, rng)
        )
    return found


def pairs_of(phase: Phase, folder: Path, stories: Path) -> list[Pair]:
    """All pairs of a phase, shuffled."""
    rng = random.Random(phase.seed)
    found = public(folder, phase.seed, phase.qamr)
    found = rng.sample(found, round(phase.beside * len(found)))
    if phase.epochs:
        source = StoryPairs(in_training(load_all(stories)), phase.shares)
        for _ in range(math.ceil(phase.epochs)):
            found.extend(source.epoch(rng))
    rng.shuffle(found)
    if phase.epochs:
        found = found[: round(len(found) * phase.epochs / math.ceil(phase.epochs))]
    return found


def in_training(stories: Sequence[Story]) -> list[Story]:
    side = splits(stories)
    return [s for s in stories if side[s.story] == "train"]


def groups_of(phase: Phase, folder: Path, stories: Path) -> list[Group]:
    """All groups of a phase, shuffled."""
    rng = random.Random(phase.seed)
    written = in_training(load_all(stories))
    real = in_training(load_pages(folder)) if phase.pages else []
    source = StoryPairs([*written, *real], phase.shares)
    found = [g for _ in range(math.ceil(phase.epochs)) for g in source.groups(rng, written)]
    found = rng.sample(found, round(len(found) * phase.epochs / math.ceil(phase.epochs)))
    found += [g for _ in range(phase.pages) for g in source.groups(rng, real)]
    file, times = phase.fresh
    fresh = [page for page in real if page.story.startswith(f"{file}-")]
    found += [g for _ in range(times) for g in source.groups(rng, fresh)]
    cases = {row.name.split()[0].strip(","): list(row.load(folder)) for row in SETS}
    outside = [g for name in GROUPED for g in public_groups(cases[name], name, rng)]
    found += rng.sample(outside, min(phase.groups, len(outside)))
    rng.shuffle(found)
    return found
