"""A Run: a suite asked and scored, one JSON file named by what made it.

While a section is asked, its finished items stand in ``NAME.SECTION.partial.jsonl`` beside it; a run that
was interrupted goes on from there, and asks the sections before it again. Two runs of the same code, gold
and corpora are equal but for ``seconds``.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.gold.questions import GoldError
from eval.paths import GOLD, RUNS, SAMPLE
from eval.runs import recorded
from eval.runs.asking import Asker, Item
from eval.runs.suite import REPORTED, Section, hash_of, made_by
from eval.runs.workers import ask_all
from qa.library import Library
from qa.settings import load_settings


class Blessing(BaseModel):
    """Why a Run became the baseline."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    date: str
    reason: str
    won: int
    lost: int


class Run(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal["qa.run/2"] = "qa.run/2"
    made_by: dict[str, str]
    sections: dict[str, dict[str, Any]]  # name -> number of articles of its corpus, its gold files
    seconds: dict[str, float]
    items: tuple[Item, ...]
    blessed: tuple[Blessing, ...] = ()

    @property
    def name(self) -> str:
        return hash_of(self.made_by)

    def save(self, path: Path) -> None:
        """One item a line, so that a baseline's changes can be reviewed; what is empty is left out."""
        head = self.model_dump(mode="json", exclude={"items"})
        lines = [
            json.dumps(item.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)
            for item in self.items
        ]
        text = (
            json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
            + ',\n "items": [\n'
            + ",\n".join(lines)
            + "\n ]\n}\n"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".tmp")
        draft.write_text(text, "utf-8")
        os.replace(draft, path)

    @classmethod
    def load(cls, path: Path) -> Run:
        """Raises GoldError for a file that is no Run."""
        remedy = f"make one with `python -m eval run --out {path}`"
        try:
            return cls.model_validate_json(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            raise GoldError(f"{path}: {why}; {remedy}") from None
        except ValidationError as error:
            raise GoldError(f"{path} is not a Run ({error.errors()[0]['msg']}); {remedy}") from None


@contextmanager
def progress(total: int, quiet: bool) -> Iterator[Any]:
    """A function that takes the number of steps done; a bar on a terminal's stderr."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=quiet or not console.is_terminal,
    ) as bar:
        task = bar.add_task("asking", total=total)
        yield lambda what, steps=1: bar.update(task, advance=steps, description=what)


class _Partial:
    """The finished ids of a run that is being made."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.items: dict[str, list[Item]] = {}
        if path is not None and path.is_file():
            for line in path.read_text("utf-8").splitlines():
                try:
                    record = json.loads(line)
                    self.items[record["key"]] = [Item.model_validate(i) for i in record["items"]]
                except (ValueError, KeyError):
                    continue  # the line that the kill cut off

    def add(self, key: str, items: list[Item]) -> None:
        self.items[key] = items
        if self.path is None or any(i.error for i in items):
            return  # what failed is asked again
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(
                json.dumps(
                    {"key": key, "items": [i.model_dump(mode="json") for i in items]}, ensure_ascii=False
                )
                + "\n"
            )

    def close(self) -> None:
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _threads(settings: dict[str, Any], jobs: int) -> int:
    """Threads of a process's model: those that are set, else the cores shared out."""
    return int(settings.get("threads") or (max(1, cores() // jobs) if jobs > 1 else 0))


def _ask_section(
    section: Section,
    library: Library,
    partial: _Partial,
    first: Sequence[str],
    jobs: int,
    settings: dict[str, Any],
    peer: str | None,
    quiet: bool,
) -> list[Item]:
    """The items of a section, those that ``partial`` has included. ``first``: ids to be asked first."""
    keys = Asker(section, library).ids()
    todo = [k for k in dict.fromkeys([*(k for k in first if k in keys), *keys]) if k not in partial.items]
    with progress(len(keys), quiet) as step:
        step(section.name, len(keys) - len(todo))

        def done(key: str, found: list[Item]) -> None:
            partial.add(key, found)
            step(section.name)

        ask_all(section, library, todo, jobs, settings, peer, done)
    return [item for key in keys for item in partial.items[key]]


def _spent(index: float, items: Sequence[Item], everything: float) -> dict[str, float]:
    """Seconds: of indexing, of each stage of answering summed over the items, and in all."""
    spent = {"index": index}
    for item in items:
        for stage, value in item.seconds.items():
            spent[stage] = spent.get(stage, 0.0) + value
    return {name: round(value, 2) for name, value in {**spent, "all": everything}.items()}


def make_run(
    sections: Sequence[Section],
    *,
    jobs: int = 0,
    peer: str | None = None,
    runs: Path | None = RUNS,
    quiet: bool = True,
    order: Sequence[str] | None = None,
    **settings: Any,
) -> Run:
    """Index every section in a folder of its own and ask all its gold. ``jobs``: processes (0: one a
    core); ``runs``: where the finished part is kept while the run is made (None: nowhere); ``order``: ids
    to be asked first, in this order. Raises GoldError, QAError.
    """
    jobs = jobs or cores()
    began = time.perf_counter()
    indexing = 0.0
    about: dict[str, dict[str, Any]] = {}
    items: list[Item] = []
    made: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for section in sections:
            given = {
                "home": Path(scratch) / section.name,
                "answerer": "extractive",
                **(recorded.settings() if section.recorded else {}),
                **settings,
            }
            start = time.perf_counter()
            with Library.open(section.corpus, **given) as library:
                library.index()
                indexing += time.perf_counter() - start
                about[section.name] = {
                    "articles": library.store.corpus().articles,
                    "gold": [f.stem for f in section.questions],
                }
                made = made_by(sections, peer or "extractive", library.embedder.name) | (
                    {"settings": hash_of(settings)} if settings else {}
                )
                partial = _Partial(runs / f"{hash_of(made)}.{section.name}.partial.jsonl" if runs else None)
                worker = {**given, "threads": _threads(settings, jobs)}
                items += _ask_section(section, library, partial, order or (), jobs, worker, peer, quiet)
            partial.close()
    return Run(
        made_by=made,
        sections=about,
        seconds=_spent(indexing, items, time.perf_counter() - began),
        items=tuple(i.model_copy(update={"seconds": {}}) for i in items),
    )


def suite_of(corpus: Path, gold: Sequence[Path]) -> tuple[Section, ...]:
    return (Section(corpus.name, corpus, tuple(gold)),)


def run_main(argv: list[str]) -> int:
    """``python -m eval run [--gold FILE]… [--corpus FOLDER] [--answerer extractive|llm] [--out FILE]``."""
    from eval.reports.summary import markdown

    parser = argparse.ArgumentParser(
        prog="python -m eval run", description="Ask every gold question and score the answers."
    )
    parser.add_argument(
        "--gold",
        type=Path,
        action="append",
        help="a gold file; may be repeated (default: the reported split)",
    )
    parser.add_argument(
        "--corpus", type=Path, default=SAMPLE, help="a folder of articles (default: the sample corpus)"
    )
    parser.add_argument(
        "--answerer",
        choices=("extractive", "llm"),
        default="extractive",
        help="extractive: quotes only (default); llm: a model, live if OPENAI_BASE_URL or OPENAI_API_KEY is "
        "set, else the recorded questions",
    )
    parser.add_argument(
        "--peer",
        metavar="MODULE:FUNCTION",
        help="ask another program through an adapter instead (see eval/tools/peers.py)",
    )
    parser.add_argument("--jobs", type=int, default=0, help="processes (default: one a core)")
    parser.add_argument(
        "--out", type=Path, help="where to write the Run (default: eval/out/runs/, named by what made it)"
    )
    options = parser.parse_args(argv)
    gold = options.gold or [GOLD / f"{stem}.yaml" for stem in REPORTED]
    sections: tuple[Section, ...] = suite_of(options.corpus, gold)
    settings: dict[str, Any] = {}
    if options.answerer == "llm":
        live = load_settings(answerer="llm")
        if live.openai_api_key is None and live.openai_base_url is None:
            sections = (Section("model", SAMPLE, recorded=True),)  # no endpoint: what was recorded
        else:
            settings = {"answerer": "llm", "on_failure": "error"}
    run = make_run(sections, jobs=options.jobs, peer=options.peer, quiet=False, **settings)
    out = options.out or RUNS / f"{run.name}.json"
    run.save(out)
    print(markdown(run))
    print(f"\n{out}")
    return 1 if any(i.error for i in run.items) else 0
