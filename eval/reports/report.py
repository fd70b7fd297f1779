"""A Run as one self-contained HTML page, and as Markdown: ``python -m eval report``."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.gold.questions import GoldError
from eval.paths import BASELINE, HERE, PAGES, REPORTS, RUNS, SAMPLE
from eval.reports.summary import ALL, markdown, number, values
from eval.runs.asking import Item
from eval.runs.gate import markdown as verdict_markdown
from eval.runs.gate import told
from eval.runs.run import Run, make_run
from eval.runs.suite import gate_suite
from eval.runs.verdict import Verdict, judge
from eval.scoring.stats import interval

CONTEXT = 320  # characters of the article around a quote


def _quotes(item: Item, texts: dict[str, str]) -> list[dict[str, Any]]:
    """The citations in their article. A quote is shown as the source has it at these offsets."""
    found = []
    for c in (item.outcome or {}).get("citations", []):
        text = texts.get(c["file"], "")
        quote = text[c["start"] : c["end"]] or c["quote"]
        source = " · ".join(
            str(part)
            for part in (c["outlet"], c["published"], c["title"], f"{c['file']}:{c['line']}")
            if part
        )
        found.append(
            {
                "n": c["n"],
                "source": source,
                "quote": quote,
                "before": text[max(0, c["start"] - CONTEXT) : c["start"]],
                "after": text[c["end"] : c["end"] + CONTEXT],
            }
        )
    return found


def _scores(item: Item) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in item.scores.items())


def _texts(folders: list[Path]) -> dict[str, str]:
    """Plain texts by file name, for the context of a quote; other files have their offsets in the store."""
    return {
        p.relative_to(f).as_posix(): p.read_bytes().decode("utf-8-sig", "replace")
        for f in folders
        for p in sorted(f.rglob("*"))
        if p.suffix in (".txt", ".md")
    }


def _metric_rows(run: Run, baseline: Run | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(rows of the table of metrics, points of the plot: those that are shares)."""
    rows, points = [], []
    for name, metric in ALL.items():
        found = values(run.items, name)
        if not found:
            continue
        mean, low, high = interval(found)
        earlier = values(baseline.items, name) if baseline else []
        was = sum(earlier) / len(earlier) if earlier else None
        rows.append(
            {
                "name": name,
                "mean": number(mean, metric.unit),
                "interval": f"{number(low, metric.unit)} to {number(high, metric.unit)}",
                "n": len(found),
                "was": number(was, metric.unit) if was is not None else "",
                "about": metric.about + (" (lower is better)" if metric.better == "lower" else ""),
            }
        )
        if metric.unit == "share":
            at = {"mean": round(mean, 4), "low": round(low, 4), "high": round(high, 4)}
            points.append({"name": name, **at, "n": len(found), "was": was})
    return rows, points


def _category_rows(run: Run, before: Mapping[str, Item] | None) -> list[dict[str, Any]]:
    """How many questions of each category are right, and were."""
    rows: list[dict[str, Any]] = []
    questions = [i for i in run.items if i.kind == "question"]
    for category in sorted({i.category for i in questions}):
        own = [i for i in questions if i.category == category]
        rows.append(
            {
                "name": category,
                "n": len(own),
                "right": sum(i.stage == "right" for i in own),
                "was": None
                if before is None
                else sum(before[i.id].stage == "right" for i in own if i.id in before),
            }
        )
    return rows


def _item_row(item: Item, old: Item | None, moved: str, texts: dict[str, str]) -> dict[str, Any]:
    dropped = (item.outcome or {}).get("trace", {}).get("dropped", [])
    return {
        **{key: getattr(item, key) for key in ("id", "kind", "category", "stage", "asked", "made", "wanted")},
        "error": item.error or "",
        "was": old.made if old and old.made != item.made else "",
        "scores": _scores(item),
        "dropped": "; ".join(f"{d['why']}: {d['text']}" for d in dropped),
        "quotes": _quotes(item, texts),
        "moved": moved,
        "held": item.held_out,
    }


def _moved(verdict: Verdict | None) -> dict[str, str]:
    """id -> "lost" or "won"."""
    if verdict is None:
        return {}
    return {a.id: "lost" for _, a in verdict.lost} | {a.id: "won" for _, a in verdict.won}


def page(run: Run, baseline: Run | None, folders: list[Path]) -> str:
    """The HTML page. ``folders``: the corpora, to show quotes in their articles."""
    texts = _texts(folders)
    before = {i.id: i for i in baseline.items} if baseline else None
    verdict = judge(baseline, run) if baseline else None
    moved = _moved(verdict)
    metrics, plot = _metric_rows(run, baseline)
    categories = _category_rows(run, before)
    environment = Environment(
        loader=FileSystemLoader(HERE / "reports" / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
    )
    return environment.get_template("report.html.j2").render(
        run=run,
        baseline=baseline,
        told=told(verdict, baseline, run) if verdict and baseline else "",
        passed=verdict.passed if verdict else True,
        metrics=metrics,
        plot=plot,
        categories=categories,
        most=max((c["n"] for c in categories), default=1),
        items=[_item_row(i, (before or {}).get(i.id), moved.get(i.id, ""), texts) for i in run.items],
        kinds=sorted({i.kind for i in run.items}),
        names=sorted({i.category for i in run.items}),
        stages=[s for s, _ in Counter(i.stage for i in run.items).most_common()],
        held_out=sum(i.held_out for i in run.items),
    )


def report_main(argv: list[str]) -> int:
    """``python -m eval report [RUN] [--baseline FILE] [--corpus FOLDER]… [--out FOLDER]``."""
    parser = argparse.ArgumentParser(
        prog="python -m eval report", description="A Run as one HTML page and as Markdown."
    )
    parser.add_argument("run", type=Path, nargs="?", help="a Run (default: the gate's, made now)")
    parser.add_argument("--baseline", type=Path, default=BASELINE)
    parser.add_argument("--no-baseline", action="store_true")
    parser.add_argument(
        "--corpus",
        type=Path,
        action="append",
        help="the folder that the Run asked, to show quotes in their articles",
    )
    parser.add_argument("--out", type=Path, default=REPORTS)
    options = parser.parse_args(argv)
    if options.run:
        run = Run.load(options.run)
    else:
        run = make_run(gate_suite(), quiet=False)
        run.save(RUNS / f"{run.name}.json")
    baseline = None if options.no_baseline or not options.baseline.is_file() else Run.load(options.baseline)
    for folder in options.corpus or []:
        if not folder.is_dir():
            raise GoldError(f"--corpus {folder}: no such folder")
    folders = options.corpus or [SAMPLE, PAGES]
    options.out.mkdir(parents=True, exist_ok=True)
    html, text = options.out / f"{run.name}.html", options.out / f"{run.name}.md"
    html.write_text(page(run, baseline, folders), "utf-8")
    text.write_text(
        markdown(run)
        + ("\n\n" + verdict_markdown(judge(baseline, run), baseline, run) if baseline else "")
        + "\n",
        "utf-8",
    )
    print(f"{html}\n{text}")
    return 0
