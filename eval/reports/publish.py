"""The numbers of ``docs/evaluation.md`` and six of them in the README, from the reported split of the
baseline and of a run over the original articles, of which only scores are kept:
``python -m eval publish [--originals FOLDER]``."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from eval.gold.questions import GoldError
from eval.paths import BASELINE, EVALUATION, FAULTS_TABLE, GOLD, ORIGINALS, README, STABILITY_TABLE
from eval.reports.summary import ALL, table, values
from eval.runs.asking import Item
from eval.runs.run import Run, make_run, suite_of
from eval.runs.suite import REPORTED
from eval.scoring.stats import interval

BEGIN, END = "<!-- from: python -m eval publish -->", "<!-- end -->"
SHOWN = {
    "citation_validity": "citations that are the source's own characters",
    "exact": "right in full (every vital fact, nothing false, or rightly no answer)",
    "vital_recall": "vital facts told",
    "answered": "answerable questions answered",
    "abstained": "unanswerable questions not answered",
    "forbidden": "answers that state a fact listed as false",
    "hit@3": "a source of the answer among the first three retrieved",
}
MATTERS = (
    "change_conflict",
    "false_premise",
    "cut_off",
    "list",
    "outside_dates",
    "single_fact",
    "no_answer",
)


def reported(run: Run) -> list[Item]:
    """The questions of the reported split."""
    return [i for i in run.items if i.kind == "question" and i.id.split(":")[0] in REPORTED]


def _begins(run: Run, prefix: str) -> list[Item]:
    return [i for i in run.items if i.id.startswith(prefix)]


def _right(items: Sequence[Item], category: str) -> str:
    own = [i for i in items if i.category == category]
    return f"{sum(i.stage == 'right' for i in own)} of {len(own)}"


def _cell(items: Sequence[Item], metric: str) -> str:
    found = values(items, metric)
    if not found:
        return "–"
    mean, low, high = interval(found)
    return f"{mean:.3f} ({low:.2f} to {high:.2f})"


def _counted(items: Sequence[Item], metric: str) -> tuple[str, str]:
    """How many items have the metric, and its mean with its interval."""
    return str(len(values(items, metric))), _cell(items, metric)


def _held_out(sample: Run, originals: Run) -> list[str]:
    """The held-out questions, over both corpora."""
    here, there = reported(sample), reported(originals)
    unanswerable = sum("abstained" in i.scores for i in here)
    return [
        f"{len(here)} held-out questions, {unanswerable} of them unanswerable; 95 % intervals.",
        "",
        *table(
            ("", "sample corpus", "original articles"),
            [(about, _cell(here, m), _cell(there, m)) for m, about in SHOWN.items()],
        ),
    ]


def _categories(sample: Run, originals: Run) -> list[str]:
    here, there = reported(sample), reported(originals)
    rows = [
        (category.replace("_", " "), _right(here, category), _right(there, category))
        for category in sorted({i.category for i in here})
    ]
    return table(("right in full, by category", "sample corpus", "original articles"), rows)


def _reading(sample: Run, originals: Run) -> list[str]:
    """How files are read."""
    items = [i for i in sample.items if i.kind == "article"]
    files = {re.split("[#:]", i.id.removeprefix("articles:"), maxsplit=1)[0] for i in items}
    read = [(ALL[name].about, found) for name in ALL if (found := values(items, name))]
    shown = "; ".join(f"{about} {sum(v) / len(v):.3f} (of {len(v)})" for about, v in read)
    return [f"How {len(files)} files are read, on written gold: {shown}."]


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


def _matters(sample: Run, originals: Run) -> list[str]:
    """Change, conflict, premises and lists over the invented news."""
    sets = [_begins(sample, prefix) for prefix in ("matters:", "matters_report:")]
    rows = [
        (ALL[name].about, *(_cell(items, name) for items in sets))
        for name in ("sides_shown", "order_kept", "premise_shown")
    ]
    rows += [
        (f"right in full: {category.replace('_', ' ')}", *(_right(items, category) for items in sets))
        for category in MATTERS
    ]
    return table(("invented news about change and conflict", "tuned on", "held out"), rows)


def _checked(sample: Run, originals: Run) -> list[str]:
    """The check of claims."""
    sets = [_begins(sample, prefix) for prefix in ("drafts:", "drafts_report:")]
    rows = [
        (ALL[name].about, *(_cell(items, name) for items in sets))
        for name in ("draft_passed", "draft_caught")
    ]
    return table(("the check of claims, true and false ones", "tuned on", "held out"), rows)


def _model(sample: Run, originals: Run) -> list[str]:
    """A model's recorded answers, where there are any."""
    items = _begins(sample, "model:")
    rows = [(about, _cell(items, m)) for m, about in SHOWN.items() if m != "hit@3"]
    return table((f"a small model's recorded answers ({len(items)} questions)", ""), rows) if items else []


def _gate(sample: Run, originals: Run) -> list[str]:
    """How the gate does, where that was measured."""
    counts = [re.search(r"\d+ of \d+", path.read_text("utf-8")) for path in (FAULTS_TABLE, STABILITY_TABLE)]
    faults, stable = (m[0] if m else None for m in counts)
    if faults is None or stable is None:
        return []
    return [
        f"The gate fails on {faults} planted faults ([table]({FAULTS_TABLE.name})) and passed on {stable} "
        "unchanged runs under other hash seeds, threads, orders, locales and time zones "
        f"([table]({STABILITY_TABLE.name})); each table says on which day."
    ]


PARTS: tuple[Callable[[Run, Run], list[str]], ...] = (
    _held_out,
    _categories,
    _reading,
    _told,
    _matters,
    _checked,
    _model,
    _gate,
)


def block(sample: Run, originals: Run) -> str:
    """The tables of ``docs/evaluation.md``."""
    parts = [lines for part in PARTS if (lines := part(sample, originals))]
    return "\n".join([BEGIN, *("\n".join([*lines, ""]) for lines in parts)]).rstrip("\n") + "\n" + END


def six(sample: Run) -> str:
    """The numbers of the README."""
    asked = reported(sample)
    heard = [i for i in sample.items if i.kind == "speech" and i.id.split(":")[1:2] == ["heldout"]]
    drafts = _begins(sample, "drafts_report:")
    rows = [
        (SHOWN["citation_validity"], *_counted(asked, "citation_validity")),
        (SHOWN["exact"], *_counted(asked, "exact")),
        (SHOWN["abstained"], *_counted(asked, "abstained")),
        (SHOWN["forbidden"], *_counted(asked, "forbidden")),
        ("statements with their right speaker", *_counted(heard, "speaker_right")),
        ("false claims, written for the test, that the check drops", *_counted(drafts, "draft_caught")),
    ]
    return "\n".join([BEGIN, *table((f"held out, {len(asked)} questions", "of", "95 % interval"), rows), END])


def replaced(page: Path, text: str) -> str:
    """The page with its block replaced. Raises GoldError where it has none."""
    before = page.read_text("utf-8")
    if BEGIN not in before or END not in before:
        raise GoldError(f"{page.name} has no block from {BEGIN} to {END}")
    return re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: text, before, count=1, flags=re.DOTALL)


def pages(sample: Run, originals: Run) -> dict[Path, str]:
    """What every page that shows numbers should hold."""
    return {
        README: replaced(README, six(sample)),
        EVALUATION: replaced(EVALUATION, block(sample, originals)),
    }


def _ask_originals(folder: Path) -> Run:
    """A run over the original articles without their texts."""
    lists = {kind: (GOLD / kind / "originals.yaml",) for kind in ("speech", "times")}
    (section,) = suite_of(folder, [GOLD / f"{stem}.yaml" for stem in REPORTED])
    run = make_run((replace(section, speech=lists["speech"], times=lists["times"]),), quiet=False)
    bare = {"asked": "", "wanted": "", "made": "", "outcome": None}
    items = tuple(i.model_copy(update=bare) for i in run.items)
    return run.model_copy(update={"items": items, "sections": {"originals": {**run.sections[folder.name]}}})


def publish_main(argv: list[str]) -> int:
    """``python -m eval publish [--originals FOLDER]``."""
    parser = argparse.ArgumentParser(
        prog="python -m eval publish",
        description="Write the numbers of the README and of docs/evaluation.md.",
    )
    parser.add_argument(
        "--originals", type=Path, help="the folder of the original articles; asked anew, only scores are kept"
    )
    options = parser.parse_args(argv)
    if options.originals:
        _ask_originals(options.originals).save(ORIGINALS)
    for page, text in pages(Run.load(BASELINE), Run.load(ORIGINALS)).items():
        page.write_text(text, "utf-8")
        print(page)
    return 0
