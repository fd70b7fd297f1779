"""What is evaluated: sections, each a corpus with gold over it; and what made a Run."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from eval.gold.questions import GoldQuestion, GoldSet, check_quotes, load_gold
from eval.paths import GOLD, HERE, NEWS, PAGES, RECORDINGS, ROOT, SAMPLE

LIBRARIES = ("chromadb", "numpy", "onnxruntime", "pydantic", "tantivy", "tokenizers")


@dataclass(frozen=True, slots=True)
class Section:
    """A folder of articles with its gold: files of questions, a folder of YAML on how its files read,
    and files of drafts."""

    name: str
    corpus: Path
    questions: tuple[Path, ...] = ()
    articles: Path | None = None
    drafts: tuple[Path, ...] = ()
    speech: tuple[Path, ...] = ()  # lists of who says what
    times: tuple[Path, ...] = ()  # lists of time words
    recorded: bool = False  # the recorded questions, answered by replay (eval/runs/recorded.py)

    def gold_files(self) -> list[Path]:
        return [
            *self.questions,
            *(sorted(self.articles.glob("*.yaml")) if self.articles else []),
            *self.drafts,
            *self.speech,
            *self.times,
        ]


REPORTED = ("report", "report_more")  # the stems of the gold files that are reported and never tuned on
DRAFTED = ("drafts", "drafts_report")  # the second is not tuned on
TUNED = ("tune", "tune_more", "filters")


def sample(*stems: str) -> Section:
    """The sample corpus with some of its gold questions."""
    return Section("sample", SAMPLE, tuple(GOLD / f"{stem}.yaml" for stem in stems))


def _lists(kind: str, *stems: str) -> tuple[Path, ...]:
    return tuple(GOLD / kind / f"{stem}.yaml" for stem in stems)


def _questions(*stems: str) -> tuple[Path, ...]:
    return tuple(GOLD / f"{stem}.yaml" for stem in stems)


def gate_suite() -> tuple[Section, ...]:
    """Everything there is gold for; what the gate asks."""
    whole = sample(*TUNED, "calibration", *REPORTED)
    return (
        Section(
            "sample",
            SAMPLE,
            whole.questions,
            GOLD / "articles",
            tuple(GOLD / f"{stem}.yaml" for stem in DRAFTED),
            _lists("speech", "sample"),
            _lists("times", "sample"),
        ),
        Section("pages", PAGES, (GOLD / "ranking_pages.yaml",), PAGES),
        Section(
            "told",
            NEWS / "told",
            speech=_lists("speech", "told_tune", "told_report"),
            times=_lists("times", "told_tune", "told_report"),
        ),
        Section(
            "told_more",
            NEWS / "told_more",
            speech=_lists("speech", "told_more"),
            times=_lists("times", "told_more"),
        ),
        Section("heldout", NEWS / "heldout", speech=_lists("speech", "heldout")),
        Section("matters", NEWS / "matters", _questions("matters", "matters_report")),
        Section("model", SAMPLE, recorded=True),
    )


def digest(paths: Iterable[Path], root: Path = ROOT) -> str:
    """A short hash of files' names and contents."""
    found = hashlib.sha256()
    for path in sorted(paths):
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        found.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:12]


def hash_of(value: object) -> str:
    """A short hash of anything that JSON can hold."""
    return hashlib.sha256(
        json.dumps(value, sort_keys=True, ensure_ascii=False, default=str).encode()
    ).hexdigest()[:12]


def load_questions(path: Path, corpus: Path) -> GoldSet:
    """A gold file for this corpus. Its quotes are checked where the corpus has the files that they name;
    on a corpus with the same facts in other words they are unscored."""
    gold = load_gold(path, None)
    named = {q.article.rsplit("#", 1)[0] for question in gold.questions for q in question.quotes}
    if named and all((corpus / name).is_file() for name in named):
        check_quotes(gold, path.name, corpus)
    return gold


def file_map(questions: Iterable[GoldQuestion], files: Sequence[str]) -> dict[str, str]:
    """Gold file name -> name in the corpus asked: the same, or the one with the same number in front
    (000_…: the originals of the sample corpus)."""
    named = {
        f
        for q in questions
        for f in (
            *(a.rsplit("#", 1)[0] for a in q.articles),
            *(s.article.rsplit("#", 1)[0] for s in q.quotes),
        )
    }
    found = {}
    for name in named:
        same = [f for f in files if f == name] or [f for f in files if f.split("_")[0] == name.split("_")[0]]
        if len(same) == 1:
            found[name] = same[0]
    return found


def made_by(
    sections: Sequence[Section], answerer: str, embedder: str, model: str | None = None
) -> dict[str, str]:
    """What a Run is named by: code, fitted numbers, prompts, models, gold, corpora and libraries."""
    return {
        "code": digest((ROOT / "qa").rglob("*.py")),
        "scoring": digest(p for room in ("gold", "scoring", "runs") for p in (HERE / room).glob("*.py")),
        "calibration": digest([ROOT / "qa" / "data" / "calibration.json"]),
        "prompts": digest(p for p in (ROOT / "prompts").iterdir() if p.is_file()),
        "recordings": digest(RECORDINGS.glob("*")),
        "answerer": answerer,
        "model": model or "none",
        "embedder": embedder,
        "gold": digest(p for s in sections for p in s.gold_files()),
        "corpora": digest(
            p
            for s in sections
            for p in s.corpus.rglob("*")
            if p.is_file() and p.suffix not in (".yaml", ".yml")
        ),
        "libraries": hash_of([sys.version_info[:2], *(version(name) for name in LIBRARIES)]),
    }
