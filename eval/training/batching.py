"""Pairs -> examples -> batches of like length -> tensors, and what is lost on one."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from eval.training.pairs import Pair
from qa.answering.encoding import Encoded, Encoder
from qa.answering.reader import SPAN_WEIGHT

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


Item = tuple[Example, ...]  # one pair, or the windows of one question


def items(groups: Iterable[Sequence[Pair]], encoder: Encoder) -> list[Item]:
    """The examples of each group; a group goes whose answer was cut off."""
    found = [[example(p, encoder) for p in group] for group in groups]
    return [tuple(e for e in group if e) for group in found if all(group)]


def width(part: Sequence[Item]) -> int:
    """Tokens of the longest example."""
    return max(len(e.encoded.ids) for item in part for e in item)


def batches(every: Sequence[Item], rng: random.Random) -> list[list[Item]]:
    """Like lengths together: groups of some 40 batches are sorted by length, cut, and shuffled."""
    found: list[list[Item]] = []
    for at in range(0, len(every), 1000):
        near = sorted(every[at : at + 1000], key=lambda i: width([i]) * len(i))
        cut: list[list[Item]] = [[]]
        for item in near:
            if cut[-1] and width([*cut[-1], item]) * sum(map(len, [*cut[-1], item])) > BATCH_TOKENS:
                cut.append([])
            cut[-1].append(item)
        rng.shuffle(cut)
        found.extend(cut)
    return found


def parts_of(batch: Sequence[Item], tokens: int) -> list[list[Item]]:
    """A batch in parts of at most so many tokens, at least one item in each."""
    found: list[list[Item]] = [[]]
    for item in batch:
        if found[-1] and width([*found[-1], item]) * sum(map(len, [*found[-1], item])) > tokens:
            found.append([])
        found[-1].append(item)
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


Logits = tuple[Tensor, Tensor, Tensor]  # start (B, T), end (B, T), answerable (B,)


def _logits(net: torch.nn.Module, t: dict[str, Tensor]) -> Logits:
    start, end, can = net(t["input_ids"], t["attention_mask"], t["token_type_ids"])
    return start.float(), end.float(), can.float()


def _over(logits: Tensor, mask: Tensor) -> Tensor:
    """log-sum-exp of the logits where the mask is not 0: (B, T), (B, T) -> (B,)."""
    return torch.logsumexp(logits.masked_fill(mask == 0, -1e4), 1)


def _of_windows(logits: Logits, t: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    start, end, can = logits
    span = torch.zeros(())
    for side, right in ((start, t["starts"]), (end, t["ends"])):
        span = span + (_over(side, t["allowed"]) - _over(side, right)).sum() / 2
    return span, F.binary_cross_entropy_with_logits(can, t["label"], reduction="sum")


def loss_of(net: torch.nn.Module, part: Sequence[Item]) -> tuple[Tensor, Tensor]:
    """Sums over the pairs: the span loss (marginal over all right starts and ends) and the cross entropy
    of the answerable head."""
    t = tensors([e for item in part for e in item])
    return _of_windows(_logits(net, t), t)


Loss = Callable[[torch.nn.Module, Sequence[Item]], tuple[Tensor, Tensor]]
WINDOW_LOSS = 0.3  # weight of the loss of each window by itself beside the choice among those of a question


def choice_loss(net: torch.nn.Module, part: Sequence[Item]) -> tuple[Tensor, Tensor]:
    """Sums over the questions: the loss of choosing among all windows of a question and "none of them", by
    the score that the reader gives a window, and within the right one the right span (shared normalization:
    Clark & Gardner 2018, Simple and Effective Multi-Paragraph Reading Comprehension); and ``loss_of`` of the
    windows by themselves. A window's score stands here with the log-sum-exp of its spans for the best one;
    "none" has the score 0."""
    t = tensors([e for item in part for e in item])
    start, end, can = logits = _logits(net, t)
    inside = t["allowed"].clone()
    inside[:, 0] = 0
    spans = _over(start, inside) + _over(end, inside)
    scores = can + SPAN_WEIGHT * (spans - start[:, 0] - end[:, 0])
    right = (_over(start, t["starts"]) + _over(end, t["ends"]) - spans) / 2
    choice, at = torch.zeros(()), 0
    for item in part:
        own = slice(at, at + len(item))
        every = torch.logsumexp(torch.cat([scores[own], torch.zeros(1)]), 0)
        answering = t["label"][own] == 1
        told = torch.logsumexp((scores[own] + right[own])[answering], 0) if answering.any() else 0.0
        choice = choice + every - told
        at += len(item)
    span, answerable = _of_windows(logits, t)
    return choice, WINDOW_LOSS * (span + answerable) * len(part) / at
