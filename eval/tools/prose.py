"""A live model's answers before and after verification: ``python -m eval prose --corpus FOLDER --gold
FILE``. What was drafted, what was dropped and why, what was lost by it, tokens and seconds; every claim
goes to a file, for a careful reader."""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.gold.questions import GoldError
from eval.paths import GOLD, RUNS, SAMPLE
from eval.runs.asking import Asker
from eval.runs.run import progress, suite_of
from eval.scoring.metrics import Case, score
from qa.library import Library
from qa.types import Finished, Outcome


def line_of(key: str, outcome: Outcome, case: Case) -> dict[str, Any]:
    """One question as data: claims that were kept, with their quotes, and claims that were dropped."""
    quotes = {c.n: c for c in outcome.citations}
    return {
        "id": key,
        "question": outcome.question,
        "kind": outcome.kind,
        "reason": outcome.reason,
        "text": outcome.text,
        "notes": [n.kind for n in outcome.notes],
        "claims": [
            {
                "text": c.text,
                "quotes": [
                    {"quote": quotes[n].quote, "file": quotes[n].file, "outlet": quotes[n].outlet}
                    for n in c.citations
                ],
            }
            for c in outcome.claims
        ],
        "dropped": [d.model_dump() for d in outcome.trace.dropped],
        "tokens": outcome.trace.tokens.model_dump(),
        "seconds": outcome.trace.seconds,
        "scores": score(case),
    }


def median(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.1f}" if values else "–"


SHOWN = ("exact", "vital_recall", "answered", "abstained", "forbidden", "citation_validity", "article_cited")


def _scored(lines: Sequence[dict[str, Any]], name: str) -> str:
    values = [x["scores"][name] for x in lines if x["scores"].get(name) is not None]
    return f"{name} {sum(values) / len(values):.3f} ({len(values)})" if values else f"{name} –"


def _answering(line: dict[str, Any]) -> float:
    """Seconds of all stages; the first sentence comes within them."""
    return float(sum(v for k, v in line["seconds"].items() if k != "first_sentence"))


def told(lines: Sequence[dict[str, Any]]) -> str:
    """The figures of a run."""
    kept = sum(len(x["claims"]) for x in lines)
    dropped = Counter(d["why"] for x in lines for d in x["dropped"])
    drafted = kept + sum(dropped.values())
    exact = (drafted - dropped["quote_not_found"]) / drafted if drafted else float("nan")
    failed = sum("model_failed" in x["notes"] for x in lines)
    lost = sum(x["reason"] == "unverified" for x in lines)
    answered = sum(x["kind"] == "answer" for x in lines)
    off = sum("off_question" in x["notes"] for x in lines)
    sent, received = (median([x["tokens"][key] for x in lines]) for key in ("prompt", "completion"))
    first = median([x["seconds"]["first_sentence"] for x in lines if "first_sentence" in x["seconds"]])
    rows = [
        f"questions {len(lines)}, of which the model failed on {failed}",
        f"claims drafted {drafted}; their quote exact in {exact:.3f}; kept {kept}; dropped {dict(dropped)}",
        f"answers lost to the check {lost}; answered {answered}; not on the question {off}",
        f"median per question: {sent} tokens sent, {received} received, "
        f"{median([_answering(x) for x in lines])} s; first proven sentence after {first} s",
    ]
    return "\n".join([*rows, *(_scored(lines, name) for name in SHOWN)])


def prose_main(argv: list[str]) -> int:
    """``python -m eval prose [--corpus FOLDER] [--gold FILE] [--out FILE]``; needs a key or an endpoint."""
    parser = argparse.ArgumentParser(
        prog="python -m eval prose", description="A live model's answers before and after verification."
    )
    parser.add_argument("--corpus", type=Path, default=SAMPLE)
    parser.add_argument("--gold", type=Path, default=GOLD / "tune.yaml")
    parser.add_argument("--out", type=Path, default=RUNS / "prose.jsonl")
    options = parser.parse_args(argv)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    lines: list[dict[str, Any]] = []
    with (
        tempfile.TemporaryDirectory() as home,
        Library.open(options.corpus, home=Path(home), answerer="llm", cache=False) as library,
        options.out.open("w", encoding="utf-8") as out,
    ):
        library.index()
        (section,) = suite_of(options.corpus, [options.gold])
        asker = Asker(section, library)
        if not asker.questions:
            raise GoldError(f"{options.gold} has no questions")
        with progress(len(asker.questions), quiet=False) as step:
            for key, (_, question) in asker.questions.items():
                *_, last = library.stream(question.question, history=question.history)
                assert isinstance(last, Finished)
                lines.append(line_of(key, last.outcome, asker.case_of(question, last.outcome)))
                out.write(json.dumps(lines[-1], ensure_ascii=False) + "\n")
                out.flush()
                step(key)
    print(told(lines))
    print(options.out)
    return 0
