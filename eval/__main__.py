"""``python -m eval COMMAND``: from a checkout; the only place of ``eval`` that prints."""

from __future__ import annotations

import importlib
import sys

COMMANDS = {
    "run": ("eval.runs.run", "run_main", "ask every gold question of a split and score the answers"),
    "gate": ("eval.runs.gate", "gate_main", "compare with the committed baseline; exit 1 on a regression"),
    "bless": ("eval.runs.gate", "bless_main", "make a run the baseline, with the reason on record"),
    "compare": ("eval.reports.compare", "compare_main", "two runs side by side"),
    "report": ("eval.reports.report", "report_main", "a run as one HTML page and as Markdown"),
    "publish": (
        "eval.reports.publish",
        "publish_main",
        "write the numbers of the README and of docs/evaluation.md",
    ),
    "record": ("eval.tools.record", "record_main", "record a real model over the sample corpus, for replay"),
    "prose": ("eval.tools.prose", "prose_main", "a live model's answers before and after verification"),
    "judge": (
        "eval.tools.judge",
        "judge_main",
        "a model's opinion on whether quotes prove claims; never part of the gate",
    ),
    "lint": ("eval.tools.lint", "lint_main", "broken, duplicate and leaky gold"),
    "faults": (
        "eval.tools.planting",
        "faults_main",
        "plant faults one by one and see whether the gate fails",
    ),
    "stability": (
        "eval.tools.stability",
        "stability_main",
        "unchanged runs under other conditions, which the gate must pass",
    ),
    "contradictions": (
        "eval.tools.contradictions",
        "contradictions_main",
        "claims that name one speaker and are attributed to another, over all gold questions",
    ),
    "calibrate": (
        "eval.tools.calibrate",
        "calibrate_main",
        "fit the extractor's models and write qa/data/calibration.json",
    ),
    "bench": (
        "eval.tools.bench",
        "bench_main",
        "throughput, latency, memory and retrieval scores, beside a plain llama-index pipeline",
    ),
    "bench-files": (
        "eval.tools.bench_files",
        "bench_files_main",
        "speed and size against the number of files, on synthetic articles",
    ),
    "odd-files": (
        "eval.tools.odd_files",
        "odd_files_main",
        "files broken at random, read: none untyped, none over its time",
    ),
    "odd-questions": (
        "eval.tools.odd_questions",
        "odd_questions_main",
        "questions that are none, asked: no traceback, none over its time",
    ),
    "shapes": (
        "eval.tools.shapes",
        "shapes_main",
        "time of reading against size, for odd shapes of files",
    ),
    "beir": ("eval.tools.beir", "beir_main", "retrieval scores on any data set in BEIR layout"),
}


def main(argv: list[str]) -> int:
    if not argv or argv[0] not in COMMANDS:
        print(
            "usage: python -m eval COMMAND …\n\n"
            + "\n".join(f"  {name:10} {about}" for name, (_, _, about) in COMMANDS.items())
        )
        return 0 if argv and argv[0] in ("-h", "--help") else 2
    module, function, _ = COMMANDS[argv[0]]
    from eval.gold.questions import GoldError
    from qa.errors import QAError

    try:
        return int(getattr(importlib.import_module(module), function)(argv[1:]))
    except (GoldError, QAError) as error:
        print(f"eval: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
