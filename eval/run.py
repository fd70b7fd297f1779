"""Ask every gold question of a file and score the answers: one Run, one JSON file."""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.gold import CORPUS, GOLD, HERE, GoldQuestion, GoldSet, load_gold
from eval.metrics import METRICS, Case, Score, score
from qa.errors import QAError
from qa.pipeline import Library

FORMAT = "qa.run/1"
RESAMPLES = 2000


def digest(paths: Iterable[Path]) -> str:
    """A short hash of files' names and contents."""
    found = hashlib.sha256()
    for path in sorted(paths):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:12]


def file_map(gold: GoldSet, files: Sequence[str]) -> dict[str, str]:
    """Gold file name -> name in the corpus asked: the same, or the one with the same number in front
    (000_…: the originals of the sample corpus)."""
    named = {f for q in gold.questions for f in (*(a.rsplit("#", 1)[0] for a in q.articles), *(s.article.rsplit("#", 1)[0] for s in q.quotes))}
    found = {}
    for name in named:
        same = [f for f in files if f == name] or [f for f in files if f.split("_")[0] == name.split("_")[0]]
        if len(same) == 1:
            found[name] = same[0]
    return found


def _mapped(article_id: str, names: dict[str, str]) -> str:
    name, n = article_id.rsplit("#", 1)
    return f"{names.get(name, name)}#{n}"


def case_of(question: GoldQuestion, library: Library, names: dict[str, str], texts: dict[str, str]) -> Case:
    """Ask one question. Gold spans count only where every one of them stands verbatim in the corpus."""
    outcome = library.ask(question.question, history=question.history)
    spans = []
    for quote in question.quotes:
        article = _mapped(quote.article, names)
        at = texts.get(article.rsplit("#", 1)[0], "").find(quote.text)
        if at >= 0:
            spans.append((article, at, at + len(quote.text)))
    gold = question.model_copy(update={"articles": tuple(_mapped(a, names) for a in question.articles)})
    return Case(gold, outcome, tuple(spans) if len(spans) == len(question.quotes) else (), texts)


def run(gold_path: Path, corpus: Path, home: Path, **settings: Any) -> dict[str, Any]:
    """A Run: what made it, every answer with its scores. A question that fails is an error, no score."""
    own = corpus.resolve() == CORPUS.resolve()
    gold = load_gold(gold_path, CORPUS if own else None)
    began = time.perf_counter()
    with Library.open(corpus, home=home, **settings) as library:
        library.index()
        indexed = time.perf_counter() - began
        files = library.store.files()
        texts = {name: library.store.text(row.source) for name, row in files.items() if row.source is not None}
        names = file_map(gold, sorted(texts))
        questions = []
        for question in gold.questions:
            line: dict[str, Any] = {"id": question.id, "category": question.category}
            try:
                case = case_of(question, library, names, texts)
                line |= {"scores": score(case), "outcome": case.outcome.to_dict()}
            except QAError as error:
                line["error"] = f"{type(error).__name__}: {error}"
            questions.append(line)
        code = HERE.parent / "qa"
        made_by = {
            "code": digest(code.glob("*.py")), "calibration": digest([code / "data" / "calibration.json"]), "embedder": library.embedder.name,
            "answerer": "extractive", "gold": digest([gold_path]), "corpus": digest(corpus / name for name in files),
        }  # fmt: skip
    return {"format": FORMAT, "split": gold.split, "made_by": made_by, "seconds": {"index": round(indexed, 2), "all": round(time.perf_counter() - began, 2)}, "questions": questions}


def interval(values: Sequence[float], seed: int = 0) -> tuple[float, float, float]:
    """Mean with its 95 % bootstrap interval (percentile)."""
    data = np.asarray(values, dtype=float)
    means = np.random.default_rng(seed).choice(data, (RESAMPLES, len(data))).mean(1)
    return float(data.mean()), float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


def summary(result: dict[str, Any]) -> str:
    """A Markdown table: every metric over the questions that it can score, then by category."""
    scored = [q for q in result["questions"] if "scores" in q]
    failed = len(result["questions"]) - len(scored)
    lines = [f"{len(scored)} questions of the {result['split']} split scored, {failed} failed; {result['seconds']['all']} s", "", "| metric | mean | 95 % interval | questions | |", "|---|---|---|---|---|"]
    for name, metric in METRICS.items():
        values: list[float] = [v for q in scored if (v := _score(q, name)) is not None]
        if values:
            mean, low, high = interval(values)
            lines.append(f"| {name} | {mean:.3f} | {low:.3f} to {high:.3f} | {len(values)} | {metric.about}{'' if metric.better == 'higher' else f' ({metric.better} is better)'} |")
    lines += ["", "| category | exact | of |", "|---|---|---|"]
    for category in sorted({q["category"] for q in scored}):
        own = [q["scores"]["exact"] for q in scored if q["category"] == category]
        lines.append(f"| {category} | {int(sum(own))} | {len(own)} |")
    return "\n".join(lines)


def _score(question: dict[str, Any], name: str) -> Score:
    value: Score = question["scores"][name]
    return value


def run_main(argv: list[str]) -> int:
    """``python -m eval run [--gold FILE] [--corpus FOLDER] [--out FILE]``."""
    parser = argparse.ArgumentParser(prog="python -m eval run", description="Ask every gold question and score the answers.")
    parser.add_argument("--gold", type=Path, default=GOLD / "report.yaml", help="a gold file (default: the reported split)")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="a folder with the same facts (default: the sample corpus)")
    parser.add_argument("--out", type=Path, help="where to write the Run (default: eval/runs/, named by what made it)")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as home:
        result = run(options.gold, options.corpus, Path(home))
    name = hashlib.sha256(json.dumps(result["made_by"], sort_keys=True).encode()).hexdigest()[:12]
    out = options.out or HERE / "runs" / f"{result['split']}-{name}.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")
    print(summary(result))
    print(f"\n{out}")
    return 1 if any("error" in q for q in result["questions"]) else 0
