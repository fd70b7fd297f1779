"""How well the program tells what holds now: premises, questions of several parts, stories in states,
corrected pages, questions of time, and questions about the articles themselves. ``python -m eval.tools.holds
[premises|parts|stories|corrections|times|catalogue …] [--held | --least]`` prints a line for each question
that is not right, and the shares. Every folder is indexed in a temporary home."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from eval.gold.questions import load_gold
from eval.paths import CORPORA, GOLD
from qa.library import Library
from qa.types import Outcome

HOLDS = CORPORA / "holds"


def has(text: str, wanted: str) -> bool:
    """Whether a text holds a word or figure as such: "12" is not in "120" nor in "1,200"."""
    return re.search(rf"(?<![\w])(?<!\d[.,]){re.escape(wanted)}(?!\w)(?![.,]\d)", text) is not None


def any_of(text: str, wanted: list[str]) -> bool:
    return any(has(text, w) for w in wanted)


def opened(files: dict[str, str], home: Path) -> Library:
    folder = home / "articles"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return Library.open(folder, home=home / "store", cache=False, answerer="extractive")


@contextmanager
def over(folder: Path) -> Iterator[Library]:
    """A folder of this repository, indexed for a while."""
    with tempfile.TemporaryDirectory() as home, Library.open(folder, home=home, cache=False) as library:
        yield library


def read(name: str, split: str) -> list[dict[str, Any]]:
    rows = yaml.safe_load((HOLDS / f"{name}.yaml").read_text("utf-8"))
    return [row for row in rows if row["split"] == split]


Checked = tuple[str, dict[str, bool], str]  # the question, what was looked for, what was told


def told(outcome: Outcome) -> str:
    sides = " <> ".join(f"{c.how}: " + " | ".join(s.text for s in c.sides) for c in outcome.conflicts)
    notes = "; ".join(n.text for n in outcome.notes)
    claims = " / ".join(c.text for c in outcome.claims)
    return f"{outcome.kind} {outcome.reason or ''} {claims or outcome.text} {{{sides}}} ({notes})"


def check_story(outcome: Outcome, ask: dict[str, Any]) -> dict[str, bool]:
    """``newest``: the first claim holds the newest state; ``order``: one conflict whose sides are the states;
    ``clean``: no side, and no first claim, is of another thing."""
    states, first = ask["states"], outcome.claims[0].text if outcome.claims else ""
    sides = [s.text for c in outcome.conflicts for s in c.sides]
    whole = len(sides) == len(states) and all(any_of(s, w) for s, w in zip(sides, states, strict=True))
    found = {
        "order": whole or len(states) == 1,
        "clean": all(any(any_of(s, w) for w in states) for s in sides if ask["how"] != "as_of")
        and not any(
            any_of(c.text, ask["other"]) and not any(any_of(c.text, w) for w in states)
            for c in outcome.claims[:1]
        ),
    }
    if ask["how"] != "change":
        found["newest"] = any_of(first, states[-1])
    return found


def stories(split: str) -> Iterator[Checked]:
    for story in read("stories", split):
        with tempfile.TemporaryDirectory() as home, opened(story["files"], Path(home)) as library:
            for ask in story["ask"]:
                outcome = library.ask(ask["question"])
                found = check_story(outcome, ask)
                if ask["how"] == "as_of":
                    found.pop("order")
                yield ask["question"], found, told(outcome)


def corrections(split: str) -> Iterator[Checked]:
    """``carried``: what is withdrawn stands only in an answer whose correction is its last side;
    ``answered``: what holds is told (or, of a withdrawn story, nothing of it without the notice)."""
    for page in read("corrections", split):
        with tempfile.TemporaryDirectory() as home, opened({"page.txt": page["text"]}, Path(home)) as library:
            for question in page["ask"]:
                outcome = library.ask(question)
                wrong = any(w in c.text for c in outcome.claims for w in page["withdrawn"])
                corrected = [c for c in outcome.conflicts if c.how == "corrected"]
                last = " ".join(c.sides[-1].text for c in corrected)
                yield (
                    question,
                    {
                        "carried": not wrong
                        or bool(corrected and (not page["right"] or any_of(last, page["right"]))),
                        "told": outcome.kind == "answer",
                    },
                    f"{page['name']}: {told(outcome)}",
                )


def times(split: str) -> Iterator[Checked]:
    for corpus in ("news", "sample"):
        folder = HOLDS / "news" if corpus == "news" else CORPORA / "sample"
        with over(folder) as library:
            for row in read("times", split):
                if row["corpus"] != corpus:
                    continue
                outcome = library.ask(row["question"])
                text = " ".join(c.text for c in outcome.claims)
                kinds = {n.kind for n in outcome.notes}
                right = all(any(w in text for w in a.split("|")) for a in row.get("accept", ()))
                right &= not any(w in text for w in row.get("forbidden", ()))
                if row["expect"] == "abstention_or_note":
                    right &= outcome.kind == "abstention" or "time_not_dated" in kinds
                else:
                    right &= outcome.kind == row["expect"]
                right &= row.get("note") is None or row["note"] in kinds
                right &= row.get("say", "") in " ".join(n.text for n in outcome.notes)
                yield row["question"], {"right": right}, told(outcome)


def catalogue(split: str) -> Iterator[Checked]:
    for corpus, folder in (("news", HOLDS / "news"), ("sample", CORPORA / "sample")):
        with over(folder) as library:
            for row in read("catalogue", split):
                if row.get("corpus", "news") != corpus:
                    continue
                outcome = library.ask(row["question"])
                rows = {r.article_id for r in outcome.catalogue or ()}
                right = all(a in outcome.text for a in row.get("accept", ()))
                right &= "rows" not in row or rows == set(row["rows"])
                refused = outcome.kind == "abstention"
                right &= not rows if row.get("none") else refused == bool(row.get("refused"))
                quoted = outcome.kind == "answer" and outcome.catalogue is None
                yield row["question"], {"right": right, "no_quote": not quoted}, told(outcome)


def premises(split: str) -> Iterator[Checked]:
    """``none_denied``: of a true premise; ``denied``: of a false one, with the sentence that denies it."""
    rows = read("premises", split)
    for corpus in dict.fromkeys(row["corpus"] for row in rows):
        with over(CORPORA / corpus) as lib:
            for question, denied in _asked(corpus, split, rows):
                outcome = lib.ask(question)
                shown = outcome.premise
                if denied is None:
                    yield question, {"none_denied": shown is None}, told(outcome)
                    continue
                quotes = [c.quote for c in outcome.citations if shown and c.n in shown.citations]
                yield question, {"denied": any(d in q for d in denied for q in quotes)}, told(outcome)


# Gold over the same texts: (corpus, split) -> files.
_GOLD = {
    ("news/matters", "tune"): ("matters",),
    ("sample", "tune"): ("tune", "tune_more", "calibration"),
    ("news/matters", "held"): ("matters_report",),
    ("sample", "held"): ("report", "report_more"),
}


def _asked(
    corpus: str, split: str, rows: list[dict[str, Any]]
) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    """(question, None or words one of which the denial holds) over one corpus."""
    for row in rows:
        for asked in row["questions"] if row["corpus"] == corpus else ():
            yield (asked["ask"], (asked["denied"],)) if isinstance(asked, dict) else (asked, None)
    for stem in _GOLD.get((corpus, split), ()):
        for gold in load_gold(GOLD / f"{stem}.yaml", None).questions:
            if gold.history:
                continue
            if gold.category != "false_premise":
                yield gold.question, None
            elif gold.expect == "answer":
                yield gold.question, tuple(a for n in gold.nuggets if n.vital for a in n.accept)


def parts(split: str) -> Iterator[Checked]:
    """``right``: every part that has an answer is answered; ``said``: that one was not found."""
    rows = read("parts", split)
    for corpus in dict.fromkeys(row["corpus"] for row in rows):
        with over(CORPORA / corpus) as lib:
            for row in (r for r in rows if r["corpus"] == corpus):
                outcome = lib.ask(row["question"])
                text = " ".join(c.text for c in outcome.claims)
                found = {"right": all(any_of(text, a.split("|")) for a in row["accept"])}
                if "missing" in row:
                    untold = [n.text for n in outcome.notes if n.kind == "part_unanswered"]
                    found["said"] = any(row["missing"] in t for t in untold)
                yield row["question"], found, told(outcome)


KINDS = {
    "premises": premises,
    "parts": parts,
    "stories": stories,
    "corrections": corrections,
    "times": times,
    "catalogue": catalogue,
}


def short_of(kind: str, split: str, right: Counter[str]) -> list[str]:
    """What is right less often than it must be (``least.yaml``)."""
    least: dict[str, dict[str, dict[str, int]]] = yaml.safe_load((HOLDS / "least.yaml").read_text("utf-8"))
    wanted = least.get(kind, {}).get(split, {})
    return [
        f"{kind} ({split}): {name} {right[name]}, at least {n}"
        for name, n in wanted.items()
        if right[name] < n
    ]


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []])
    parser.add_argument("--held", action="store_true", help="the part that was held out; shares only")
    parser.add_argument("--all", action="store_true", help="print what is right, too")
    parser.add_argument(
        "--least",
        action="store_true",
        help="both parts, shares only; exit 1 if fewer are right than least.yaml says",
    )
    options = parser.parse_args(arguments)
    short: list[str] = []
    for kind in options.kinds or KINDS:
        for split in ("tune", "held") if options.least else ("held",) if options.held else ("tune",):
            right: Counter[str] = Counter()
            total: Counter[str] = Counter()
            for question, found, what in KINDS[kind](split):
                total.update(found.keys())
                right.update({k: int(v) for k, v in found.items()})
                if split == "tune" and not options.least and (options.all or not all(found.values())):
                    wrong = ", ".join(k for k, v in found.items() if not v)
                    print(f"[{wrong or 'right'}] {question}\n    {what}")
            shares = ", ".join(
                f"{name} {right[name]}/{n} = {right[name] / n:.3f}" for name, n in total.items()
            )
            print(f"{kind} ({'held out' if split == 'held' else 'tuned'}): {shares}", flush=True)
            short += short_of(kind, split, right) if options.least else []
    if short:
        sys.exit("fewer right than least.yaml says: " + "; ".join(short))


if __name__ == "__main__":
    main(sys.argv[1:])
