"""What the reader owes to what it was trained on: the same short training over more and more of the written
questions, and without each kind of pair and each public set in turn.

    python -m eval.training.curve --public FOLDER --backbone model.safetensors --out FOLDER [--pairs 7000]

Every run begins with the backbone, sees equally many pairs (those that are left out are made up by the
others) under one seed, and is measured on the same questions of the report split, in float32. The figures
compare with each other only: a run is a tenth of the training of the shipped reader.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from eval.training.export import KINDS, to_onnx
from eval.training.model import ReaderNet, load_backbone
from eval.training.pairs import Pair, StoryPairs
from eval.training.score import ask_all, figures, stories_of
from eval.training.stories import load_all, splits
from eval.training.train import Phase, public, run
from qa.answering.reader import ReaderModel

SEED = 21
WRITTEN = 0.7  # the share of pairs of written stories, where there are any
QAMR = 1500


@dataclass(frozen=True, slots=True)
class Variant:
    """``share`` of the written stories; ``kept``: whether a pair of some origin is trained on."""

    name: str
    share: float = 1.0
    kept: Callable[[str], bool] = lambda origin: True


def _without(*origins: str) -> Callable[[str], bool]:
    return lambda origin: not any(origin == o or origin.startswith(f"{o}:") for o in origins)


VARIANTS = (
    Variant("no written question", 0.0),
    Variant("an eighth of the stories", 1 / 8),
    Variant("a quarter", 1 / 4),
    Variant("half", 1 / 2),
    Variant("all"),
    Variant("all, without written near misses", 1.0, _without("written: near miss")),
    Variant(
        "all, without passages of other stories", 1.0, _without("written: retrieved", "written: swapped")
    ),
    Variant("all, without SQuAD", 1.0, _without("SQuAD")),
    Variant("all, without QAMR", 1.0, _without("QAMR")),
    Variant("all, without XQuAD, QED and SelQA", 1.0, _without("XQuAD", "QED", "SelQA")),
    Variant("all, without any public set", 1.0, lambda origin: origin.startswith("written")),
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


def pairs_of(variant: Variant, folder: Path, count: int) -> list[Pair]:
    """The pairs of one run, shuffled."""
    rng = random.Random(SEED)
    every = load_all()
    side = splits(every)
    stories = [s for s in every if side[s.story] == "train" and _taken(s.story, variant.share)]
    source = StoryPairs(stories) if stories else None
    written = [p for _ in range(2) for p in source.epoch(rng)] if source else []
    written = [p for p in written if variant.kept(p.origin)]
    outside = [p for p in public(folder, SEED, QAMR) if variant.kept(p.origin)]
    own = round(count * WRITTEN) if written and outside else count if written else 0
    found = [*_filled(written, own, rng), *_filled(outside, count - own, rng)]
    rng.shuffle(found)
    return found


def measure(variant: Variant, given: argparse.Namespace) -> dict[str, Any]:
    """Trains one variant and puts the questions of the report split to it."""
    torch.manual_seed(SEED)
    net = ReaderNet()
    load_backbone(net, given.backbone)
    out = given.out / variant.name.replace(" ", "_").replace(",", "")
    out.mkdir(parents=True, exist_ok=True)
    pairs = pairs_of(variant, given.public, given.pairs)
    record = run(Phase("short", SEED, 1.5e-4, 0, 1.0, 0.05, 40), net, pairs, out, False, given.threads)
    content = KINDS["float32"](to_onnx(out / "short.pt")).SerializeToString()
    (out / "reader.onnx").write_bytes(content)
    card = {"sha256": hashlib.sha256(content).hexdigest(), "quantization": "float32", "bytes": len(content)}
    (out / "card.json").write_text(json.dumps(card) + "\n", "utf-8")
    asked = ask_all(ReaderModel(out, threads=given.threads), stories_of("report")[:: given.every])
    found = {k: v for k, v in asdict(figures(asked)).items() if k != "by_kind"}
    for path in (*out.glob("*.pt"), out / "reader.onnx"):
        path.unlink()
    return {"name": variant.name, "origins": record["origins"], "steps": record["steps"], **found}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--public", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--backbone", type=Path, required=True, help="all-MiniLM-L6-v2 as model.safetensors")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=7000, help="that a run sees")
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
