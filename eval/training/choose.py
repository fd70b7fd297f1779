"""Which kind of int8: the figures of each exported kind on the calibration split, and its times.

    python -m eval.training.choose EXPORTED [--questions 400]

``moved`` is the mean absolute difference of a question's score from float32's.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from eval.training.score import Asked, ask, figures, milliseconds, stories_of
from qa.answering.reader import ReaderModel


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    megabytes: float
    auc: float
    auc_head: float
    overlap: float
    moved: float
    p50: float  # milliseconds for eight passages
    p95: float


def measure(folder: Path, questions: int, base: list[Asked] | None) -> tuple[Kind, list[Asked]]:
    stories = stories_of("calibration")
    put = [(s, q) for s in stories for q in s.questions]
    reader = ReaderModel(folder, threads=1)
    asked = [ask(reader, s, q) for s, q in put[:: max(1, len(put) // questions)]]
    found = figures(asked)
    moved = (
        0.0
        if base is None
        else float(np.mean([abs(a.score - b.score) for a, b in zip(asked, base, strict=True)]))
    )
    times = milliseconds(ReaderModel(folder, threads=2), stories)
    size = (folder / "reader.onnx").stat().st_size / 1e6
    return Kind(
        folder.name, size, found.auc, found.auc_head, found.overlap, moved, times["p50"], times["p95"]
    ), asked


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--kinds", nargs="*", help="default: every folder; float32 is always first")
    given = parser.parse_args()
    names = given.kinds or sorted(p.name for p in given.folder.iterdir() if (p / "reader.onnx").exists())
    base: list[Asked] | None = None
    rows = []
    for name in sorted(names, key=lambda n: (n != "float32", n)):
        row, asked = measure(given.folder / name, given.questions, base)
        base = base or asked
        rows.append(asdict(row))
        print(
            f"{row.name:18} {row.megabytes:5.1f} MB  AUC {row.auc:.4f} head {row.auc_head:.4f} "
            f"span {row.overlap:.3f} moved {row.moved:.3f}  {row.p50:.0f} ms p95 {row.p95:.0f}",
            flush=True,
        )
    (given.folder / "kinds.json").write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
