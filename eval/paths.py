"""Where things lie in the checkout; the only place that says so."""

from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
GOLD = HERE / "gold"  # questions, drafts, lists of speech and time words, how files read
CORPORA = HERE / "corpora"
SAMPLE = CORPORA / "sample"  # the facts of five real files in other words
PAGES = CORPORA / "pages"  # invented pages of many shapes, each with what it holds
# Invented news: told (who says what and when), matters (change, conflict, premises, lists).
NEWS = CORPORA / "news"
RECORDINGS = CORPORA / "recordings"  # a model's answers over the sample corpus, for replay
OUT = HERE / "out"  # what evaluations write; not part of the repository
RUNS = OUT / "runs"
REPORTS = OUT / "reports"
BASELINE = HERE / "baseline.json"
ORIGINALS = HERE / "originals.json"  # scores over the original articles, which are not in the repository
README = ROOT / "README.md"  # six numbers
EVALUATION = ROOT / "docs" / "evaluation.md"  # all tables
FAULTS_TABLE = ROOT / "docs" / "faults.md"
STABILITY_TABLE = ROOT / "docs" / "stability.md"
