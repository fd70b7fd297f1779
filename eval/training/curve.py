"""What the reader owes to what it was trained on: a short training over more and more of the written
questions, and without each kind of pair and each public set in turn.

    python -m eval.training.curve --public FOLDER --backbone model.safetensors --out FOLDER

Every run begins with the backbone, sees ``--first`` pairs of the public sets, then ``--second`` pairs of
written questions with an eighth of public ones among them (those that are left out are made up by the
others), and is measured on the same questions of the report split, in float32. Runs whose public sets are the
same share the first step. The figures compare with each other only: a run is a sixth of the training of the
shipped reader.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from eval.training.export import KINDS, to_onnx
from eval.training.model import ReaderNet, load_backbone
from eval.training.pairs import Group, Pair, StoryPairs
from eval.training.phases import TAKEN, Phase, public
from eval.training.score import ask_all, figures, stories_of
from eval.training.stories import load_all, splits
from eval.training.train import run
from qa.answering.reader import ReaderModel

SEED = 21
BESIDE = 1 / 8  # the share of public pairs in the second step
QAMR = 1500


@dataclass(frozen=True, slots=True)
class Variant:
    """``share`` of the written stories; origins that are ``left_out`` of them; the public ``sets``."""

    name: str
    share: float = 1.0
    left_out: tuple[str, ...] = ()
    sets: tuple[str, ...] = tuple(TAKEN)


def _but(*names: str) -> tuple[str, ...]:
    return tuple(name for name in TAKEN if name not in names)


VARIANTS = (
    Variant("all"),
    Variant("no written question", 0.0),
    Variant("a quarter of the stories", 1 / 4),
    Variant("half", 1 / 2),
    Variant("an eighth", 1 / 8),
    Variant("all, without written near misses", left_out=("written: near miss",)),
    Variant("all, without passages of other stories", left_out=("written: retrieved", "written: swapped")),
    Variant("all, without any public set", sets=()),
    Variant("all, without SQuAD", sets=_but("SQuAD")),
    Variant("all, without QAMR", sets=_but("QAMR")),
    Variant("all, without XQuAD, QED and SelQA", sets=_but("XQuAD", "QED", "SelQA")),
)


def _taken(story: str, share: float) -> bool:
    """Whether a story is among a share of them; of a larger share too."""
    return int(hashlib.sha256(story.encode()).hexdigest()[:8], 16) / 16**8 < share


def _filled(pairs: Sequence[Pair], count: int, rng: random.Random) -> list[Pair]:
    """``count`` of some pairs, all of them again and again where there are fewer."""
    found: list[Pair] = []
    while pairs and len(found) < count:
        found += rng.sample(pairs, min(len(pairs), count - len(found)))
    return found


def _public(variant: Variant, folder: Path) -> list[Pair]:
    return [p for p in public(folder, SEED, QAMR) if p.origin.split(":")[0] in variant.sets]


def _written(variant: Variant, rng: random.Random) -> list[Pair]:
    """Two passes over a share of the stories of the train split."""
    every = load_all()
    side = splits(every)
    stories = [s for s in every if side[s.story] == "train" and _taken(s.story, variant.share)]
    source = StoryPairs(stories) if stories else None
    found = [p for _ in range(2) for p in source.epoch(rng)] if source else []
    return [p for p in found if p.origin not in variant.left_out]


def pairs_of(variant: Variant, folder: Path, first: int, second: int) -> tuple[list[Group], list[Group]]:
    """The pairs of both steps, shuffled. Without a public set both steps are of written questions,
    without a written question both of public ones."""
    rng = random.Random(SEED)
    outside = _public(variant, folder)
    begin = _filled(outside, first, rng)
    own = _written(variant, rng)
    beside = 0 if not outside else round(second * BESIDE) if own else second
    if not outside:
        begin = _filled(own, first, rng)
    then = [*_filled(own, second - beside, rng), *_filled(outside, beside, rng)]
    rng.shuffle(then)
    return [(p,) for p in begin], [(p,) for p in then]


def begun(variant: Variant, given: argparse.Namespace, pairs: Sequence[Group]) -> ReaderNet:
    """The net after the first step, which is kept for other variants with the same public sets."""
    torch.manual_seed(SEED)
    net = ReaderNet()
    kept = given.out / f"first_{'_'.join(variant.sets) or 'none'}.pt"
    if kept.exists():
        net.load_state_dict(torch.load(kept, weights_only=True))
        return net
    load_backbone(net, given.backbone)
    run(
        Phase("first", SEED, 1.5e-4, 0, 1.0, 0.0, 40),
        net,
        pairs,
        given.out,
        False,
        given.threads,
    )
    (given.out / "first.pt").replace(kept)
    return net


def measure(variant: Variant, given: argparse.Namespace) -> dict[str, Any]:
    """Trains one variant and puts the questions of the report split to it."""
    begin, then = pairs_of(variant, given.public, given.first, given.second)
    net = begun(variant, given, begin)
    out = given.out / variant.name.replace(" ", "_").replace(",", "")
    out.mkdir(parents=True, exist_ok=True)
    record = run(
        Phase("second", SEED, 1.2e-4, 1.0, BESIDE, 0.0, 40),
        net,
        then,
        out,
        False,
        given.threads,
    )
    content = KINDS["float32"](to_onnx(out / "second.pt")).SerializeToString()
    (out / "reader.onnx").write_bytes(content)
    card = {"sha256": hashlib.sha256(content).hexdigest(), "quantization": "float32", "bytes": len(content)}
    (out / "card.json").write_text(json.dumps(card) + "\n", "utf-8")
    asked = ask_all(ReaderModel(out, threads=given.threads), stories_of("report")[:: given.every])
    found = {k: v for k, v in asdict(figures(asked)).items() if k != "by_kind"}
    for path in (*out.glob("*.pt"), out / "reader.onnx"):
        path.unlink()
    return {"name": variant.name, "first": len(begin), "origins": record["origins"], **found}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--public", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--backbone", type=Path, required=True, help="all-MiniLM-L6-v2 as model.safetensors")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--first", type=int, default=9000, help="pairs of the first step")
    parser.add_argument("--second", type=int, default=6000, help="pairs of the second step")
    parser.add_argument("--every", type=int, default=2, help="one story of the report split in so many")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(1)
    given.out.mkdir(parents=True, exist_ok=True)
    kept = given.out / "curve.jsonl"
    done = (
        {json.loads(line)["name"] for line in kept.read_text("utf-8").splitlines()}
        if kept.exists()
        else set()
    )
    for variant in VARIANTS:
        if variant.name not in done:
            found = measure(variant, given)
            with kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps(found) + "\n")
            print(f"{found['name']:45} AUC {found['auc']:.3f}  span {found['overlap']:.3f}", flush=True)


if __name__ == "__main__":
    main()
