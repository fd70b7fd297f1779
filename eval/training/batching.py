"""Pairs -> examples -> batches of like length -> tensors, and what is lost on one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from eval.training.pairs import Pair
from qa.answering.encoding import Encoded, Encoder

BATCH_TOKENS = 3600


@dataclass(frozen=True, slots=True)
class Example:
    """Token numbers (of the whole input) where a right span may start and end; 0 is [CLS], the null."""

    encoded: Encoded
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    answerable: bool


def example(pair: Pair, encoder: Encoder) -> Example | None:
    """None where the answer was cut off with the end of a long window."""
    encoded = encoder.encode(pair.question, pair.title, pair.window)
    if not pair.answers:
        return Example(encoded, (0,), (0,), False)
    starts: set[int] = set()
    ends: set[int] = set()
    for a, b in pair.answers:
        inside = [k + encoded.first for k, (x, y) in enumerate(encoded.places) if x < b and y > a]
        if inside and encoded.places[-1][1] >= b:
            starts.update(inside if not pair.exact else inside[:1])
            ends.update(inside if not pair.exact else inside[-1:])
    return Example(encoded, tuple(sorted(starts)), tuple(sorted(ends)), True) if starts else None


def batches(examples: Sequence[Example], rng: random.Random) -> list[list[Example]]:
    """Like lengths together: groups of some 40 batches are sorted by length, cut, and shuffled."""
    found: list[list[Example]] = []
    for at in range(0, len(examples), 1000):
        group = sorted(examples[at : at + 1000], key=lambda e: len(e.encoded.ids))
        cut: list[list[Example]] = [[]]
        for e in group:
            if cut[-1] and len(e.encoded.ids) * (len(cut[-1]) + 1) > BATCH_TOKENS:
                cut.append([])
            cut[-1].append(e)
        rng.shuffle(cut)
        found.extend(cut)
    return found


def tensors(batch: Sequence[Example]) -> dict[str, Tensor]:
    """Inputs (B, T), masks of allowed and right positions (B, T), labels (B,)."""
    width = max(len(e.encoded.ids) for e in batch)
    names = ("input_ids", "attention_mask", "token_type_ids", "allowed", "starts", "ends")
    grid = {name: np.zeros((len(batch), width), dtype=np.int64) for name in names}
    for row, e in enumerate(batch):
        size = len(e.encoded.ids)
        grid["input_ids"][row, :size] = e.encoded.ids
        grid["token_type_ids"][row, :size] = e.encoded.types
        grid["attention_mask"][row, :size] = 1
        grid["allowed"][row, [0, *range(e.encoded.first, size - 1)]] = 1
        grid["starts"][row, list(e.starts)] = 1
        grid["ends"][row, list(e.ends)] = 1
    out = {name: torch.from_numpy(value) for name, value in grid.items()}
    out["label"] = torch.tensor([float(e.answerable) for e in batch])
    return out


def loss_of(net: torch.nn.Module, t: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """Sums over the pairs: the span loss (marginal over all right starts and ends) and the cross entropy
    of the answerable head."""
    start, end, can = net(t["input_ids"], t["attention_mask"], t["token_type_ids"])
    span = torch.zeros(())
    for logits, right in ((start, t["starts"]), (end, t["ends"])):
        every = torch.logsumexp(logits.masked_fill(t["allowed"] == 0, -1e4), 1)
        span = span + (every - torch.logsumexp(logits.masked_fill(right == 0, -1e4), 1)).sum() / 2
    return span, F.binary_cross_entropy_with_logits(can, t["label"], reduction="sum")
