"""The training loop: public sets first, then the written stories with few of the public pairs beside, then
the choice among windows, over stories and real pages.

    python -m eval.training.train --public FOLDER --backbone model.safetensors --out FOLDER [--resume]

A phase's pairs, their order and their batches follow from its seed; a checkpoint keeps the step, the
weights and the optimizer, so that a run that was broken off goes on where it was.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import math
import queue
import random
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from eval.training.batching import Item, Loss, batches, choice_loss, items, loss_of, parts_of
from eval.training.model import ReaderNet, load_backbone
from eval.training.pages import load_pages
from eval.training.pairs import Group, Pair, Shares, StoryPairs, public_groups, public_pairs
from eval.training.public import SETS
from eval.training.stories import FOLDER, Story, load_all, splits
from qa.answering.encoding import Encoder

PART_TOKENS = 900  # of a batch, for one worker at a time; larger parts leave the processor's cache
SAVE_EVERY = 100


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
SHIPPED = "real"
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


class Gradients:
    """Gradients of a batch by parts: each of ``threads`` workers has a copy of the net that shares the
    weights and keeps its own gradients, and takes the next part when it is done with one. On a machine
    with other work that loses less than one step on several threads, which waits for the slowest."""

    def __init__(self, net: ReaderNet, threads: int, loss: Loss = loss_of, bfloat16: bool = False) -> None:
        self._net = net
        self._loss = loss
        self._bfloat16 = bfloat16
        self._copies = [copy.deepcopy(net) for _ in range(threads)]
        for twin in self._copies:
            for mine, shared in zip(twin.parameters(), net.parameters(), strict=True):
                mine.data = shared.data
        self._pool = ThreadPoolExecutor(threads)

    def of(self, batch: Sequence[Item]) -> tuple[float, float]:
        """Leaves the mean gradient in the net; returns the mean of both losses."""
        parts: queue.SimpleQueue[Sequence[Item]] = queue.SimpleQueue()
        for part in parts_of(batch, PART_TOKENS):
            parts.put(part)
        sums = list(self._pool.map(lambda twin: self._work(twin, parts, len(batch)), self._copies))
        for p, *twins in zip(self._net.parameters(), *(c.parameters() for c in self._copies), strict=True):
            given = [t.grad for t in twins if t.grad is not None]
            p.grad = sum(given[1:], given[0]) if given else None
        return sum(s[0] for s in sums), sum(s[1] for s in sums)

    def _work(
        self, twin: ReaderNet, parts: queue.SimpleQueue[Sequence[Item]], total: int
    ) -> tuple[float, float]:
        torch.set_num_threads(1)
        twin.train()
        twin.zero_grad(set_to_none=True)
        sums = [0.0, 0.0]
        while True:
            try:
                part = parts.get_nowait()
            except queue.Empty:
                return sums[0], sums[1]
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._bfloat16):
                span, can = self._loss(twin, part)
            ((span + can) / total).backward()  # type: ignore[no-untyped-call]
            sums = [sums[0] + span.item() / total, sums[1] + can.item() / total]


def optimizer_of(net: ReaderNet, rate: float) -> torch.optim.AdamW:
    heads = [p for n, p in net.named_parameters() if n.split(".")[0] in ("span", "pool", "can")]
    known = {id(p) for p in heads}
    rest = [p for p in net.parameters() if p.requires_grad and id(p) not in known]
    groups = [{"params": rest, "lr": rate, "scale": 1.0}, {"params": heads, "lr": rate, "scale": 2.0}]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), weight_decay=0.01)


def _average(kept: dict[str, Tensor], net: ReaderNet, step: int) -> None:
    """Running mean of the weights over about the last 250 steps (Polyak & Juditsky 1992)."""
    decay = min(0.996, (1 + step) / (10 + step))
    with torch.no_grad():
        for name, value in net.named_parameters():
            if value.requires_grad:
                kept[name].lerp_(value, 1 - decay)


def run(
    phase: Phase, net: ReaderNet, groups: Sequence[Group], out: Path, resume: bool, threads: int
) -> dict[str, Any]:
    """Trains through one phase, a pair being a group of one; leaves the averaged weights in ``net`` and in
    ``out``. Returns its record."""
    torch.manual_seed(phase.seed)
    examples = items(groups, Encoder())
    plan = batches(examples, random.Random(phase.seed))
    plan = plan[: phase.steps or len(plan)]
    optimizer = optimizer_of(net, phase.rate)
    kept = {n: p.detach().clone() for n, p in net.named_parameters() if p.requires_grad}
    state, first, spent = out / f"{phase.name}.state.pt", 0, 0.0
    if resume and state.exists():
        saved = torch.load(state, weights_only=True)
        net.load_state_dict(saved["net"])
        optimizer.load_state_dict(saved["optimizer"])
        kept, first, spent = saved["kept"], saved["step"], saved["seconds"]
    net.set_dropout(phase.dropout)
    gradients = Gradients(net, threads, choice_loss if phase.groups else loss_of, phase.bfloat16)
    began, seen, sums = time.monotonic(), 0, [0.0, 0.0]
    for step in range(first, len(plan)):
        scale = min((step + 1) / phase.warmup, (len(plan) - step) / max(len(plan) - phase.warmup, 1))
        for group in optimizer.param_groups:
            group["lr"] = phase.rate * scale * group["scale"]
        span, can = gradients.of(plan[step])
        torch.nn.utils.clip_grad_norm_([p for p in net.parameters() if p.requires_grad], 1.0)
        optimizer.step()
        _average(kept, net, step)
        seen += sum(map(len, plan[step]))
        sums = [sums[0] + span, sums[1] + can]
        if (step + 1) % 25 == 0:
            pace = seen / (time.monotonic() - began)
            print(
                f"{phase.name} {step + 1}/{len(plan)} span {sums[0] / 25:.3f} can {sums[1] / 25:.3f} "
                f"{pace:.1f} pairs/s",
                flush=True,
            )
            sums = [0.0, 0.0]
        if (step + 1) % SAVE_EVERY == 0:
            seconds = spent + time.monotonic() - began
            saved = {
                "net": net.state_dict(),
                "optimizer": optimizer.state_dict(),
                "kept": kept,
                "step": step + 1,
                "seconds": seconds,
            }
            torch.save(saved, state.with_suffix(".new"))
            state.with_suffix(".new").replace(state)
    net.load_state_dict(kept, strict=False)
    torch.save(net.state_dict(), out / f"{phase.name}.pt")
    origins = Counter(p.origin for g in groups for p in g)
    seconds = round(spent + time.monotonic() - began)
    return {
        **asdict(phase),
        "steps": len(plan),
        "pairs": sum(len(item) for batch in plan for item in batch),
        "seconds": seconds,
        "origins": dict(sorted(origins.items())),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--public", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--backbone", type=Path, required=True, help="all-MiniLM-L6-v2 as model.safetensors")
    parser.add_argument("--stories", type=Path, default=FOLDER)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument(
        "--until", choices=[p.name for p in PHASES], default=SHIPPED, help="stop after this phase"
    )
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(1)
    given.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(PHASES[0].seed)
    net = ReaderNet()
    load_backbone(net, given.backbone)
    record_path = given.out / "record.json"
    record: dict[str, Any] = (
        json.loads(record_path.read_text()) if given.resume and record_path.exists() else {"phases": []}
    )
    record["backbone_sha256"] = hashlib.sha256(given.backbone.read_bytes()).hexdigest()
    record["versions"] = {"torch": torch.__version__, "numpy": np.__version__}
    for phase in PHASES:
        done = given.out / f"{phase.name}.pt"
        if given.resume and done.exists():
            net.load_state_dict(torch.load(done, weights_only=True))
        else:
            groups = (
                groups_of(phase, given.public, given.stories)
                if phase.groups
                else [(p,) for p in pairs_of(phase, given.public, given.stories)]
            )
            print(phase.name, len(groups), dict(Counter(p.origin for g in groups for p in g)), flush=True)
            record["phases"].append(run(phase, net, groups, given.out, given.resume, given.threads))
            record_path.write_text(json.dumps(record, indent=1) + "\n")
        if phase.name == given.until:
            break


if __name__ == "__main__":
    main()
