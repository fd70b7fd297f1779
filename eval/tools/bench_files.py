"""Speed against the number of files, on synthetic articles: ``python -m eval bench-files --files 1000``.

The articles are invented from word lists with a fixed seed, so that anyone measures the same. Each step
runs in a process of its own, as a user's command does: a new folder, nothing changed, one file changed, ten
added, ten deleted, and questions. The deterministic embedder is the default; ``--embedder minilm`` takes
the real one. ``seconds`` are of the clock, ``cpu`` of the processor with the processes that read files: on a
busy machine only the second says much. ``--plot`` draws time against files (matplotlib, extra ``bench``),
beside what ``--json`` printed of another commit with ``--beside``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from eval.paths import ROOT

PLACES = "Osk Tarn Norvik Lund Berit Quill Orrin Dunmarrow Lissen Roake Wexholm Stannick Garrow".split()
FAMILIES = (
    "Brandt Lind Holm Farrow Ansell Kepler Moreau Tavish Oyelaran Petrov Sandoval Whitlock Yilmaz".split()
)
GIVEN = "Ilse Otto Ada Kim Marta Jonas Lena Tomas Nadia Viktor Agnes Ruben Clara Felix".split()
THINGS = (
    "bridge harbour school tram hospital reservoir market library ferry railway court brewery theatre".split()
)
EVENTS = "closed reopened flooded burned expanded inspected sold renamed repaired evacuated".split()
ROLES = "mayor engineer headteacher harbour-master spokeswoman minister surveyor driver".split()
OUTLETS = "Tarn Courier,Osk Gazette,Northern Wire,Lund Herald,Berit Post".split(",")
QUESTIONS = 40


def article(n: int, rng: random.Random, paragraphs: int = 14) -> str:
    """One invented report, with a header that states its date and outlet."""
    day = f"20{rng.randint(18, 24)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    place, thing = rng.choice(PLACES), rng.choice(THINGS)
    lines = [f"Title: {place} {thing} {rng.choice(EVENTS)} (report {n})", f"Date: {day}"]
    lines.append(f"Outlet: {rng.choice(OUTLETS)}")
    for k in range(paragraphs):
        who = f"{rng.choice(ROLES)} {rng.choice(GIVEN)} {rng.choice(FAMILIES)}"
        code = "".join(rng.choice("bdfgklmnprstv") + rng.choice("aeiou") for _ in range(3))
        lines.append(
            f"\nThe {thing} of {place} was {rng.choice(EVENTS)} in part {k} after {rng.randint(2, 999)} "
            f"people of {rng.choice(PLACES)} wrote to the town about the {code} plan. It will cost "
            f"{rng.randint(2, 900)}.{rng.randint(0, 9)} million crowns, {who} said. “Nobody expected it "
            f"before {rng.choice(PLACES)} did the same,” {who.split(' ', 1)[1]} added. Work on the "
            f"{rng.choice(THINGS)} goes on until the spring."
        )
    return "\n".join(lines) + "\n"


def make_folder(folder: Path, files: int) -> None:
    rng = random.Random(2026)
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(files):
        below = folder / f"{n // 1000:03}"
        below.mkdir(exist_ok=True)
        (below / f"{n:06}.txt").write_text(article(n, rng), "utf-8")


# --- one step in a process of its own ---------------------------------------------------------


def _child(task: str, folder: str, home: str, embedder: str) -> dict[str, Any]:
    from qa.index.sync import Folder
    from qa.library import Library
    from qa.settings import load_settings

    settings = load_settings(home=home, embedder=embedder)
    found: dict[str, Any] = {}
    if task == "index":
        with Library(Folder.of(folder), settings) as library:
            library.index()
            found["passages"] = len(library.store.passage_ids())
    else:
        with Library.open(folder, settings) as library:
            if task in ("ask", "first"):
                library.ask("What will the repairs of the Tarn bridge cost?")
            else:
                found |= _questions(library, filtered=task == "filtered")
    found["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return found


def _questions(library: Any, filtered: bool) -> dict[str, Any]:
    """Milliseconds of questions in one process, after one to warm up."""
    rng = random.Random(7)
    filters = {"since": "2020-01", "until": "2021-06"} if filtered else {}
    seconds, used, retrieve = [], [], []
    for k in range(QUESTIONS + 1):
        question = f"What will the {rng.choice(THINGS)} of {rng.choice(PLACES)} cost?"
        began, before = time.perf_counter(), time.process_time()
        outcome = library.ask(question, **filters)
        if k:
            seconds.append(time.perf_counter() - began)
            used.append(time.process_time() - before)
            retrieve.append(outcome.trace.seconds.get("retrieve", 0.0))
    ordered = sorted(seconds)
    return {
        "p50_ms": round(1000 * statistics.median(seconds)),
        "p95_ms": round(1000 * ordered[int(0.95 * (len(ordered) - 1))]),
        "cpu_p50_ms": round(1000 * statistics.median(used)),
        "cpu_p95_ms": round(1000 * sorted(used)[int(0.95 * (len(used) - 1))]),
        "retrieve_p50_ms": round(1000 * statistics.median(retrieve)),
    }


def _children() -> float:
    """Seconds of the processor of all processes that were started and have ended, with theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(task: str, folder: Path, home: Path, embedder: str) -> dict[str, Any]:
    code = (
        "import json, sys; from eval.tools.bench_files import _child; "
        "print(json.dumps(_child(*sys.argv[1:])))"
    )
    began, before = time.perf_counter(), _children()
    done = subprocess.run(
        [sys.executable, "-c", code, task, str(folder), str(home), embedder],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    took = {"seconds": round(time.perf_counter() - began, 2), "cpu": round(_children() - before, 2)}
    return {**took, **json.loads(done.stdout.splitlines()[-1])}


def measure(files: int, embedder: str, place: Path) -> dict[str, dict[str, Any]]:
    """Every step in order, on a folder of so many files."""
    folder, home = place / "articles", place / "home"
    make_folder(folder, files)
    rng = random.Random(5)
    found = {"ask, new folder": _run("first", folder, place / "other", embedder)}
    shutil.rmtree(place / "other")
    found["index, new folder"] = _run("index", folder, home, embedder)
    time.sleep(2.5)  # files written within two seconds of being read are looked at again
    _run("index", folder, home, embedder)
    found["index, nothing changed"] = _run("index", folder, home, embedder)
    found["ask, nothing changed"] = _run("ask", folder, home, embedder)
    (folder / "000" / "000000.txt").write_text(article(files, rng), "utf-8")
    found["index, one changed"] = _run("index", folder, home, embedder)
    for n in range(10):
        (folder / f"added{n}.txt").write_text(article(files + 1 + n, rng), "utf-8")
    found["index, ten added"] = _run("index", folder, home, embedder)
    for n in range(10):
        (folder / f"added{n}.txt").unlink()
    found["index, ten deleted"] = _run("index", folder, home, embedder)
    found["questions"] = _run("questions", folder, home, embedder)
    found["questions, dates"] = _run("filtered", folder, home, embedder)
    (store,) = home.rglob("store.db")
    found["kept"] = {
        "store_mb": round(store.stat().st_size / 1e6, 1),
        "all_mb": round(sum(p.stat().st_size for p in home.rglob("*") if p.is_file()) / 1e6, 1),
    }
    return found


Sizes = dict[int, dict[str, dict[str, Any]]]  # files -> step -> figures
STEPS = (
    *("index, new folder", "ask, new folder", "ask, nothing changed", "index, nothing changed"),
    *("index, one changed", "index, ten added", "index, ten deleted"),
)


def _read(path: Path) -> Sizes:
    """What ``--json`` printed."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.startswith("{")]
    return {line["files"]: line for line in lines}


def plot(path: Path, sizes: Sizes, beside: Sizes | None) -> None:
    """Seconds of each step, and milliseconds of a question in process, against files; dashed: ``beside``."""
    import matplotlib

    matplotlib.use("agg")
    matplotlib.rcParams["svg.hashsalt"] = "qa"  # the same figures give the same file
    from matplotlib import pyplot

    figure, (steps, asked) = pyplot.subplots(1, 2, figsize=(11, 4.4), layout="constrained")
    for measured, style in ((sizes, "o-"), (beside or {}, "x--")):
        for k, name in enumerate(STEPS):
            points = {n: row[name]["seconds"] for n, row in measured.items() if name in row}
            _line(steps, points, f"{style}C{k}", name)
        for k, name in enumerate(("p50_ms", "p95_ms")):
            points = {n: row["questions"][name] for n, row in measured.items()}
            _line(asked, points, f"{style}C{k}", name[:3])
    for axes, unit in ((steps, "seconds of a command"), (asked, "ms of a question in process")):
        axes.set(xscale="log", yscale="log", xlabel="files", ylabel=unit)
        axes.grid(alpha=0.3)
        axes.legend(fontsize=8)
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def _line(axes: Any, points: dict[int, float], style: str, name: str) -> None:
    """Named once: what is drawn dashed has the same colours."""
    if points:
        label = name if "--" not in style else None
        axes.plot(sorted(points), [points[n] for n in sorted(points)], style, label=label, linewidth=1.2)


def bench_files_main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval bench-files", description=__doc__)
    parser.add_argument("--files", type=int, nargs="*", default=[100, 300, 1000], help="how many files, each")
    parser.add_argument("--embedder", default="hash", help="hash (default) or minilm")
    parser.add_argument("--json", action="store_true", help="print one JSON object a size")
    parser.add_argument("--plot", type=Path, help="draw time against files into this file (.svg, .png)")
    parser.add_argument("--measured", type=Path, help="what --json printed before, drawn as well")
    parser.add_argument("--beside", type=Path, help="what --json printed of another commit, dashed")
    options = parser.parse_args(argv)
    sizes = _read(options.measured) if options.measured else {}
    for files in options.files:
        with tempfile.TemporaryDirectory(prefix="qa-bench-") as place:
            sizes[files] = found = measure(files, options.embedder, Path(place))
        if options.json:
            print(json.dumps({"files": files, "embedder": options.embedder, **found}), flush=True)
            continue
        print(f"\n{files} files, {options.embedder}")
        for step, figures in found.items():
            print(
                f"  {step:24} " + "  ".join(f"{name} {value}" for name, value in figures.items()), flush=True
            )
    if options.plot:
        plot(options.plot, sizes, _read(options.beside) if options.beside else None)
    return 0
