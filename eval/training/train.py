"""The training loop: public sets first, then the written stories with few of the public pairs beside, then
the choice among windows, over stories and real pages.

    python -m eval.training.train --public FOLDER --backbone model.safetensors --out FOLDER [--resume]

A phase's pairs (``phases.py``), their order and their batches follow from its seed; a checkpoint keeps the
step, the weights and the optimizer, so that a run that was broken off goes on where it was.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import queue
import random
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from eval.training.batching import Item, Loss, batches, choice_loss, items, loss_of, parts_of
from eval.training.model import ReaderNet, load_backbone
from eval.training.pairs import Group
from eval.training.phases import PHASES, SHIPPED, Phase, groups_of, pairs_of
from eval.training.stories import FOLDER
from qa.answering.encoding import Encoder

PART_TOKENS = 900  # of a batch, for one worker at a time; larger parts leave the processor's cache
SAVE_EVERY = 100


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
