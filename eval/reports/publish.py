"""The numbers of the README, from the reported split of the baseline and of a run over the original
articles, of which only scores are kept: ``python -m eval publish [--originals FOLDER]``."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eval.gold.questions import GoldError
from eval.paths import BASELINE, GOLD, HERE, ROOT
from eval.reports.summary import ALL, table, values
from eval.runs.asking import Item
from eval.runs.run import Run, make_run, suite_of
from eval.runs.suite import REPORTED
from eval.scoring.stats import interval

ORIGINALS = HERE / "originals.json"
README = ROOT / "README.md"
BEGIN, END = "<!-- from: python -m eval publish -->", "<!-- end -->"
SHOWN = {
    "citation_validity": "citations that are the source's own characters",
    "exact": "right in full (every vital fact, nothing false, or rightly no answer)",
    "vital_recall": "vital facts told",
    "answered": "answerable questions answered",
    "abstained": "unanswerable questions not answered",
    "forbidden": "answers with a forbidden fact",
    "hit@3": "a source of the answer among the first three retrieved",
}


def reported(run: Run) -> list[Item]:
    """The questions of the reported split."""
    return [i for i in run.items if i.kind == "question" and i.id.split(":")[0] in REPORTED]


def _cell(items: Sequence[Item], metric: str) -> str:
    found = values(items, metric)
    if not found:
        return "–"
    mean, low, high = interval(found)
    return f"{mean:.3f} ({low:.2f} to {high:.2f})"


def block(sample: Run, originals: Run) -> str:
    """The README's tables."""
    here, there = reported(sample), reported(originals)
    unanswerable = sum("abstained" in i.scores for i in here)
    lines = [
        BEGIN,
        f"{len(here)} held-out questions, {unanswerable} of them unanswerable; 95 % intervals.",
        "",
    ]
    lines += table(
        ("", "sample corpus", "original articles"),
        [(about, _cell(here, m), _cell(there, m)) for m, about in SHOWN.items()],
    )
    cells = []
    for category in sorted({i.category for i in here}):
        counts = [
            f"{sum(i.stage == 'right' for i in items if i.category == category)} of {sum(i.category == category for i in items)}"
            for items in (here, there)
        ]
        cells.append((category.replace("_", " "), *counts))
    lines += ["", *table(("right in full, by category", "sample corpus", "original articles"), cells)]
    read = [(name, values([i for i in sample.items if i.kind == "article"], name)) for name in ALL]
    lines += [
        "",
        "How 19 files are read, on hand-written gold: "
        + "; ".join(f"{ALL[n].about} {sum(v) / len(v):.3f} (of {len(v)})" for n, v in read if v)
        + ".",
    ]
    lines += ["", *_told(sample, originals), "", *_matters(sample)]
    kinds = {"tuned on": "drafts:", "held out": "drafts_report:"}
    checked = [
        (ALL[n].about, *(_cell([i for i in sample.items if i.id.startswith(p)], n) for p in kinds.values()))
        for n in ("draft_passed", "draft_caught")
    ]
    lines += ["", *table(("the check of claims, true and false ones", *kinds), checked)]
    model = [i for i in sample.items if i.id.startswith("model:")]
    if model:
        lines += [
            "",
            *table(
                (f"a small model's recorded answers ({len(model)} questions)", ""),
                [(about, _cell(model, m)) for m, about in SHOWN.items() if m != "hit@3"],
            ),
        ]
    faults, stable = (
        re.search(r"\d+ of \d+", (HERE / name).read_text("utf-8")) for name in ("FAULTS.md", "STABILITY.md")
    )
    if faults and stable:
        lines += [
            "",
            f"The gate fails on {faults[0]} planted faults ([table](eval/FAULTS.md)) and passes on {stable[0]} unchanged runs under other hash seeds, threads, orders, locales and time zones ([table](eval/STABILITY.md)).",
        ]
    lines.append(END)
    return "\n".join(lines)


def _told(sample: Run, originals: Run) -> list[str]:
    """Who says what and when, against the hand-made lists."""
    lists = [
        ("original articles", originals, "originals"),
        ("sample corpus", sample, "sample"),
        ("invented news, read while tuning", sample, "told_tune"),
        ("… more, read later", sample, "told_report"),
        ("… of other kinds, read later", sample, "told_more"),
        ("invented news, held out", sample, "heldout"),
    ]
    names = ("speaker_right", "speech_precision", "voice_right", "role_right", "day_right", "day_worked_out")
    rows = []
    for label, run, stem in lists:
        own = [i for i in run.items if i.id.split(":")[1:2] == [stem] and i.kind in ("speech", "time")]
        cells = [f"{sum(v) / len(v):.3f} of {len(v)}" if (v := values(own, name)) else "–" for name in names]
        rows.append((label, *cells))
    head = (
        "",
        "speech with its right speaker",
        "utterances that are speech, not the outlet's own words",
        "voice",
        "role",
        "words like “Friday”",
        "… that can be worked out",
    )
    return table(head, rows)


def _matters(sample: Run) -> list[str]:
    """Change, conflict, premises and lists over the invented news."""
    rows = []
    for name in ("sides_shown", "order_kept", "premise_shown"):
        rows.append(
            (
                ALL[name].about,
                *(
                    _cell([i for i in sample.items if i.id.startswith(p)], name)
                    for p in ("matters:", "matters_report:")
                ),
            )
        )
    for category in (
        "change_conflict",
        "false_premise",
        "cut_off",
        "list",
        "outside_dates",
        "single_fact",
        "no_answer",
    ):
        cells = []
        for prefix in ("matters:", "matters_report:"):
            own = [i for i in sample.items if i.id.startswith(prefix) and i.category == category]
            cells.append(f"{sum(i.stage == 'right' for i in own)} of {len(own)}")
        rows.append((f"right in full: {category.replace('_', ' ')}", *cells))
    return table(("invented news about change and conflict", "tuned on", "held out"), rows)


def replaced(readme: str, text: str) -> str:
    """The README with its block replaced. Raises GoldError where it has none."""
    if BEGIN not in readme or END not in readme:
        raise GoldError(f"README.md has no block from {BEGIN} to {END}")
    return re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: text, readme, count=1, flags=re.DOTALL)


def publish_main(argv: list[str]) -> int:
    """``python -m eval publish [--originals FOLDER]``."""
    parser = argparse.ArgumentParser(prog="python -m eval publish", description="Write the README's numbers.")
    parser.add_argument(
        "--originals", type=Path, help="the folder of the original articles; asked anew, only scores are kept"
    )
    options = parser.parse_args(argv)
    if options.originals:
        suite = suite_of(options.originals, [GOLD / f"{stem}.yaml" for stem in REPORTED])
        lists = {kind: (GOLD / kind / "originals.yaml",) for kind in ("speech", "times")}
        run = make_run(
            tuple(replace(s, speech=lists["speech"], times=lists["times"]) for s in suite), quiet=False
        )
        bare = [
            i.model_copy(update={"asked": "", "wanted": "", "made": "", "outcome": None}) for i in run.items
        ]
        run.model_copy(
            update={"items": tuple(bare), "sections": {"originals": {**run.sections[options.originals.name]}}}
        ).save(ORIGINALS)
    README.write_text(
        replaced(README.read_text("utf-8"), block(Run.load(BASELINE), Run.load(ORIGINALS))), "utf-8"
    )
    print(README)
    return 0
