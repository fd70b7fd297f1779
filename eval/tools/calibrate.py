"""Fit the three logistic models of answering without a model: ``python -m eval calibrate --public FOLDER``.

The order of the sentences (of all of them, and of a shortlist with likeness in meaning) is fitted on the
tuning split, on questions over the test pages, and on the calibration splits of the written stories and of
the questions on real pages; the decision to answer on the calibration questions and on the same stories and
pages, asked of all stories and of all pages, with and without the one that answers. The reported splits are
not read. A threshold is a point on the measured curve of the calibration and tuning questions and of those on
real pages, which are asked over news as users hold it: "balanced" weighs a wrong answer like a wrong refusal,
"strict" twice, "eager" half. ``--thresholds`` chooses these alone anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from eval.gold.questions import load_gold
from eval.paths import GOLD, PAGES, SAMPLE
from eval.tools.examples import Example, library_of_stories, of_gold, of_stories
from eval.tools.fitting import auc, fit, fit_order, threshold
from eval.training.pages import load_pages
from eval.training.stories import Story, load_all, splits
from qa.answering import decision, features
from qa.answering.calibration import PATH, Calibration, Caution, Logistic, load_calibration
from qa.answering.decision import EVIDENCE, Evidence
from qa.answering.features import FeatureTable, closer
from qa.answering.named import UNKNOWN
from qa.answering.ranking import SHORTLIST, in_order, scored
from qa.answering.reader import PassageReader, ReaderModel
from qa.answering.tokens import TokenMemory
from qa.index.embeddings import MiniLM
from qa.library import Library

Array = np.ndarray[Any, Any]
# Features of the ranker and pieces of evidence that helped in cross-validation on the tuning splits.
SHORTLISTED = tuple(features.FEATURES)
RANKED = (*features.FEATURES, *features.CLOSER)
DECIDED = tuple(EVIDENCE)
# How much worse (logit) a further sentence may be; chosen on the tuning splits by `python -m eval run`, of
# (0.4, 1.2), (0.8, 2.0), (1.2, 3.0): vital facts .615, .637, .650; citations on gold spans .748, .733, .707.
MORE_SINGLE = 0.8
MORE_SEVERAL = 2.0
# By how much the thresholds rise with each tenfold of articles; chosen on RealTimeQA over 3,000 articles, so
# that hardly a right answer is lost (docs/real-news.md).
CROWD = 0.25
COSTS: dict[Caution, float] = {"strict": 2.0, "balanced": 1.0, "eager": 0.5}  # of a wrong answer
# Least value of the logistic at which the nearest passages are worth a look: on the sets that thresholds are
# chosen on, 34 of the 147 questions between this and an answer have theirs among the three nearest sentences,
# and 46 of the 478 below it.
UNSURE = 0.31


def fit_shortlist(examples: Sequence[Example]) -> Logistic:
    tables, labels = [e.table.matrix for e in examples], [e.labels for e in examples]
    return fit_order(tables, labels, examples[0].table.names, SHORTLISTED)


def fit_ranker(examples: Sequence[Compared]) -> Logistic:
    tables = [e.table.matrix[e.short] for e in examples]
    labels = [e.example.labels[e.short] for e in examples]
    return fit_order(tables, labels, examples[0].table.names, RANKED)


@dataclass(frozen=True, slots=True)
class Compared:
    """An example with the shortlist of its sentences and what is measured of these alone."""

    example: Example
    first: Array
    short: list[int]
    table: FeatureTable


def all_compared(sets: dict[str, list[Example]], shortlist: Logistic) -> dict[str, list[Compared]]:
    tokens, reader = TokenMemory(MiniLM()), ReaderModel()
    return {name: [_compared(e, shortlist, tokens, reader) for e in found] for name, found in sets.items()}


def _compared(example: Example, shortlist: Logistic, tokens: TokenMemory, reader: PassageReader) -> Compared:
    first = shortlist.logits(example.table.matrix, example.table.names)
    short = in_order(example.found, first, [False] * len(example.found))[:SHORTLIST]
    table = example.table.with_columns(closer(tokens, reader, example.question, example.found, short))
    return Compared(example, first, short, table)


def evidence_of(e: Compared, ranker: Logistic) -> Evidence:
    scores = scored(e.table, ranker, e.first, e.short)
    order = in_order(e.example.found, scores, [False] * len(scores))
    weights = e.example.weights
    unknown = sum(w for w in weights if w >= UNKNOWN) / (sum(weights) or 1.0)
    return Evidence(e.example.question, e.table, scores, order, e.example.passages, unknown)


def evidence_matrix(examples: Sequence[Compared], ranker: Logistic) -> Array:
    found = [evidence_of(e, ranker) for e in examples]
    return np.asarray([[piece(e) for piece in EVIDENCE.values()] for e in found], dtype=np.float32)


def fit_decision(x: Array, y: Array, names: Sequence[str] = DECIDED) -> Logistic:
    return fit(x, y, tuple(EVIDENCE), names, decision.AGAINST)


def crossed(
    x: Array, y: Array, groups: Sequence[str], fitted: Callable[[Array, Array], Logistic], folds: int = 5
) -> Array:
    """Logits of each row by a model that has not seen its group (a story, a gold file's question)."""
    names = sorted(set(groups))
    fold = {name: k % folds for k, name in enumerate(names)}
    own = np.asarray([fold[g] for g in groups])
    out = np.zeros(len(y))
    for k in range(folds):
        model = fitted(x[own != k], y[own != k])
        out[own == k] = model.logits(x[own == k], tuple(EVIDENCE))
    return out


def collect(public: Path, stories_too: bool = True) -> Iterator[tuple[str, list[Example]]]:
    """(name, examples) of every set that is fitted on; without the stories, which take most of the time, of
    those that the thresholds are chosen on. ``public``: the folder of the public sets, for the real pages."""
    with tempfile.TemporaryDirectory() as home:
        news = Library.open(SAMPLE, home=Path(home))
        news.index()
        for stem in ("tune", "tune_more", "calibration"):
            yield stem, list(of_gold(news, load_gold(GOLD / f"{stem}.yaml").questions))
        news.close()
    with tempfile.TemporaryDirectory() as home:
        pages = Library.open(PAGES, home=Path(home))
        pages.index()
        yield "ranking_pages", list(of_gold(pages, load_gold(GOLD / "ranking_pages.yaml", PAGES).questions))
        pages.close()
    real = load_pages(public)
    if not real:
        raise SystemExit(f"{public} holds none of the real pages; eval/training/README.md says which sets do")
    yield "real_pages", list(_calibrating(real))
    if stories_too:
        yield "stories", list(_calibrating(load_all()))


def _calibrating(stories: Sequence[Story]) -> Iterator[Example]:
    """The questions of the calibration split, asked of all."""
    side = splits(stories)
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as folder:
        library = library_of_stories(stories, Path(folder), home=Path(home))
        yield from of_stories(library, stories, lambda s: side[s.story] == "calibration")
        library.close()


RANKER_SETS = ("tune", "tune_more", "ranking_pages", "stories", "real_pages")
DECISION_SETS = ("calibration", "stories", "real_pages")
THRESHOLD_SETS = ("calibration", "tune", "tune_more", "ranking_pages", "real_pages")


def calibrate(sets: dict[str, list[Example]]) -> tuple[Calibration, dict[str, float]]:
    """The fitted numbers, and the cross-validated figures."""
    shortlist = fit_shortlist([e for name in RANKER_SETS for e in sets[name]])
    seen = all_compared(sets, shortlist)
    ranker = fit_ranker([e for name in RANKER_SETS for e in seen[name]])
    # where retrieval did not reach the answer, the passages do not hold it, whatever the label says
    chosen = [
        (n, e) for n in DECISION_SETS for e in seen[n] if not e.example.answerable or e.example.labels.any()
    ]
    decided = [e.example for _, e in chosen]
    x = evidence_matrix([e for _, e in chosen], ranker)
    y = np.asarray([float(e.answerable) for e in decided])
    groups = [e.id.split(":")[0] for e in decided]
    logits = crossed(x, y, groups, fit_decision)
    decision = fit_decision(x, y)
    thresholds = chosen_thresholds(seen, ranker, decision)
    calibration = Calibration(
        shortlist=shortlist,
        ranker=ranker,
        decision=decision,
        thresholds=thresholds,
        unsure=float(np.log(UNSURE / (1 - UNSURE))),
        more_single=MORE_SINGLE,
        more_several=MORE_SEVERAL,
        crowd=CROWD,
        unknown_weight=UNKNOWN,
        made_from=_made_from(),
    )
    of = np.asarray([n for n, _ in chosen])
    return calibration, {**_figures(seen, ranker), **_decided(of, logits, y, thresholds["balanced"])}


def chosen_thresholds(
    seen: dict[str, list[Compared]], ranker: Logistic, decision: Logistic
) -> dict[Caution, float]:
    """From the questions over news. The decision was fitted on some of them, and mostly on others."""
    sets = []
    for name in THRESHOLD_SETS:
        asked = [e for e in seen[name] if not e.example.answerable or e.example.labels.any()]
        logits = decision.logits(evidence_matrix(asked, ranker), tuple(EVIDENCE))
        sets.append((logits, np.asarray([float(e.example.answerable) for e in asked])))
    return {name: threshold(sets, cost) for name, cost in COSTS.items()}


def thresholds_anew(sets: dict[str, list[Example]], known: Calibration) -> Calibration:
    """``known`` with thresholds chosen anew."""
    seen = all_compared(sets, known.shortlist)
    return known.model_copy(update={"thresholds": chosen_thresholds(seen, known.ranker, known.decision)})


def _figures(sets: dict[str, list[Compared]], ranker: Logistic) -> dict[str, float]:
    found = {}
    for name in RANKER_SETS:
        asked = [e for e in sets[name] if e.example.answerable]
        reached = [e for e in asked if e.example.labels.any()]
        first = [e for e in reached if e.example.labels[evidence_of(e, ranker).order[0]] == 1]
        found[f"{name}: reached"] = len(reached) / len(asked)
        found[f"{name}: right sentence first"] = len(first) / len(asked)
    return found


def _decided(of: Array, logits: Array, y: Array, cut: float) -> dict[str, float]:
    """Figures of each set; ``of``: the name of each row's."""
    found = {"AUC": auc(logits, y)}
    for name in DECISION_SETS:
        own = of == name
        found[f"{name}: AUC"] = auc(logits[own], y[own])
        found[f"{name}: answerable refused"] = float((logits[own & (y == 1)] < cut).mean())
        found[f"{name}: unanswerable refused"] = float((logits[own & (y == 0)] < cut).mean())
    return found


def _digest(*paths: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _made_from() -> dict[str, str]:
    card = json.loads((PATH.parent / "reader" / "card.json").read_text("utf-8"))
    return {
        "command": "python -m eval calibrate",
        "reader": card["sha256"][:16],
        "corpora": _digest(*sorted(SAMPLE.glob("*.txt")), *sorted(PAGES.glob("*.txt"))),
        "gold": _digest(*(GOLD / f"{s}.yaml" for s in ("tune", "tune_more", "calibration", "ranking_pages"))),
    }


def calibrate_main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval calibrate", description=__doc__)
    parser.add_argument("--public", type=Path, required=True, help="folder of the public sets, for the pages")
    parser.add_argument("--dry", action="store_true", help="print the figures and write nothing")
    parser.add_argument("--thresholds", action="store_true", help="choose the thresholds alone anew")
    options = parser.parse_args(argv)
    fitted, figures = (
        (
            thresholds_anew(dict(collect(options.public, stories_too=False)), load_calibration()),
            dict[str, float](),
        )
        if options.thresholds
        else calibrate(dict(collect(options.public)))
    )
    if not options.dry:
        PATH.write_text(json.dumps(fitted.model_dump(mode="json"), indent=1) + "\n", "utf-8")
        load_calibration.cache_clear()
    for name, value in figures.items():
        print(f"{name:40} {value:.3f}")
    print("thresholds", dict(fitted.thresholds))
    return 0
