"""Checks of the written stories, and of the questions on real pages, that a program can make.

    python -m eval.training.lint [FOLDER] [--public FOLDER]

Answers and tempting sentences are exact; no question stands twice; the form of a question does not give
its class away (a classifier over the words of the question alone stays well below what the reader reaches);
counts by kind. Exit 1 where a story breaks a rule. With the folder of the public sets the questions on the
pages that it holds are checked too; how far their form gives the class away is told, not judged.
"""

from __future__ import annotations

import argparse
import itertools
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from eval.training.pages import load_pages
from eval.training.score import auc
from eval.training.stories import FOLDER, Story, events, load_all, splits

LEAK = 0.7  # AUC of the question's words alone above which the form gives the class away


def faults(stories: Sequence[Story]) -> list[str]:
    """What breaks a rule, one line each."""
    found: list[str] = []
    names = Counter(s.story for s in stories)
    found += [f"{name}: {n} stories of this name" for name, n in names.items() if n > 1]
    asked: dict[tuple[str, str], str] = {}
    of = events(stories)
    for story in stories:
        if story.same_as is not None and story.same_as not in names:
            found.append(f"{story.story}: same_as {story.same_as} is no story")
        for q in story.questions:
            where = f"{story.story}: {q.q!r}"
            key = (story.story, " ".join(re.findall(r"\w+", q.q.lower())))
            if key in asked:
                found.append(f"{where} is asked twice")
            asked[key] = of[story.story]
            found += [
                f"{where}: the text does not hold {a!r}"
                for a in q.answers
                if a not in story.text or not a.strip()
            ]
            if q.answer is not None and not q.answers:
                found.append(f"{where}: an empty list of answers")
            if q.near is not None and q.near not in story.text:
                found.append(f"{where}: the text does not hold the tempting sentence {q.near!r}")
    return found


def leak(stories: Sequence[Story], folds: int = 5, penalty: float = 1.0) -> float:
    """AUC of answerable against not by the words and word pairs of the question alone: logistic
    regression with a quadratic penalty, across folds by event."""
    of = events(stories)
    names = sorted({of[s.story] for s in stories})
    fold = {name: k % folds for k, name in enumerate(np.random.default_rng(3).permutation(names))}
    rows = [(_features(q.q), bool(q.answers), fold[of[s.story]]) for s in stories for q in s.questions]
    counts = Counter(f for features, _, _ in rows for f in features)
    column = {f: k for k, f in enumerate(sorted(f for f, n in counts.items() if n > 2))}
    where = [(r, column[f]) for r, (features, _, _) in enumerate(rows) for f in features if f in column]
    x = csr_matrix(
        (np.ones(len(where)), ([r for r, _ in where], [c for _, c in where])), shape=(len(rows), len(column))
    )
    y = np.array([1.0 if answerable else -1.0 for _, answerable, _ in rows])
    folded = np.array([k for _, _, k in rows])
    scores = np.zeros(len(rows))
    for k in range(folds):
        held = folded == k
        scores[held] = x[held] @ _fit(x[~held], y[~held], penalty)
    return auc(scores[y > 0], scores[y < 0])


def _features(question: str) -> set[str]:
    words = ["^", *re.findall(r"\w+|\?", question.lower()), "$"]
    return {*words, *(f"{a} {b}" for a, b in itertools.pairwise(words))}


def _fit(x: csr_matrix, y: np.ndarray, penalty: float) -> np.ndarray:
    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = y * (x @ w)
        value = np.logaddexp(0, -margin).sum() + penalty * (w @ w) / 2
        return float(value), np.asarray(x.T @ (-y / (1 + np.exp(margin))) + penalty * w)

    return np.asarray(
        minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--public", type=Path, help="folder of the public sets: check the real pages too")
    given = parser.parse_args()
    stories = load_all(given.folder)
    _count("stories", stories)
    value, broken = leak(stories), faults(stories)
    print(f"AUC of the question's words alone: {value:.3f} (at most {LEAK})")
    if given.public:
        pages = load_pages(given.public)
        _count("real pages", pages)
        broken += faults(pages)
        print(f"AUC of the question's words alone: {leak(pages):.3f}")
    print("\n".join(broken) if broken else "no faults")
    if broken or value > LEAK:
        raise SystemExit(1)


def _count(name: str, stories: Sequence[Story]) -> None:
    side = splits(stories)
    kinds = Counter((q.kind, bool(q.answers)) for s in stories for q in s.questions)
    sides = Counter(side[s.story] for s in stories for _ in s.questions)
    print(f"{len(stories)} {name}, {sum(sides.values())} questions: {dict(sorted(sides.items()))}")
    for answerable, label in ((True, "answered"), (False, "not answered")):
        some = {kind: n for (kind, a), n in kinds.most_common() if a is answerable}
        print(f"{label} ({sum(some.values())}): " + ", ".join(f"{kind} {n}" for kind, n in some.items()))


if __name__ == "__main__":
    main()
