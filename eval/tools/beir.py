"""How well articles are found in a retrieval set: ``python -m eval beir DIR``.

Articles are ranked by their best passage. Settings were tuned on the queries whose id ends in an even
digit; the odd ones are for reporting.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.tools.retrieval_sets import BeirArticle, BeirError, read_beir
from qa.errors import QAError, UsageError
from qa.settings import Settings, load_settings

Rankings = dict[str, list[str]]  # query id -> ids of the best articles, best first
DEEP = 10  # articles of a ranking that are scored
PASSAGES = 400  # passages that are looked at for ten articles: all that both sides can give
BM25_WORDS = 180
BM25_PASSAGES = 200
FUSED, LEXICAL, DENSE, BM25 = "qa", "qa, lexical only", "qa, dense only", "BM25 on passages (bm25s)"

# --- rankings ---------------------------------------------------------------------------------


def best_articles(ids: Iterable[str], most: int = DEEP) -> list[str]:
    """Articles by their best passage: each id once, in order of first appearance."""
    return list(dict.fromkeys(ids))[:most]


def qa_rankings(
    folder: Path, settings: Settings, ids: Sequence[str], queries: Mapping[str, str]
) -> dict[str, Rankings]:
    """What an indexed folder (of one corpus.jsonl) finds: fused, by words alone, by vectors alone.
    ``ids[n - 1]`` is the id of the file's article ``n``. Raises BeirError if their numbers differ."""
    from qa.library import Library

    found: dict[str, Rankings] = {}
    for name, change in ((FUSED, {}), (LEXICAL, {"dense": False}), (DENSE, {"lexical": False})):
        with Library.open(folder, settings.model_copy(update=change), update=False) as library:
            count = library.store.corpus().articles
            if count != len(ids):
                raise BeirError(
                    f"{count} articles were read of {len(ids)} that have a text: ids cannot be told"
                )
            found[name] = {
                key: best_articles(
                    ids[hit.article.article.n - 1] for hit in library.retrieve(question, top_k=PASSAGES)
                )
                for key, question in queries.items()
            }
    return found


def bm25_passages(articles: Iterable[BeirArticle]) -> tuple[list[str], list[str]]:
    """(article ids, texts): passages of 180 words, each with the title in front."""
    ids: list[str] = []
    texts: list[str] = []
    for article in articles:
        words = article.text.split()
        for at in range(0, max(len(words), 1), BM25_WORDS):
            ids.append(article.id)
            texts.append(f"{article.title} {' '.join(words[at : at + BM25_WORDS])}".strip())
    return ids, texts


def bm25_rankings(articles: Sequence[BeirArticle], queries: Mapping[str, str]) -> Rankings:
    """The baseline: bm25s as it comes, English stop words, Snowball stemmer, the question text only."""
    if importlib.util.find_spec("bm25s") is None:
        raise BeirError("the BM25 baseline is not installed; run `pip install bm25s PyStemmer`")
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    ids, texts = bm25_passages(articles)
    index = bm25s.BM25()
    index.index(
        bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False
    )
    asked = bm25s.tokenize(list(queries.values()), stopwords="en", stemmer=stemmer, show_progress=False)
    rows, scores = index.retrieve(asked, k=min(BM25_PASSAGES, len(ids)), show_progress=False)
    return {
        key: best_articles(ids[i] for i, score in zip(row, values, strict=True) if score > 0)
        for key, row, values in zip(queries, rows, scores, strict=True)
    }


# --- scores -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scores:
    """Over ``queries`` queries: how often a gold article is among the first 1, 4, 10, and the mean
    reciprocal rank of the first one (0 beyond 10)."""

    queries: int
    hit1: float
    hit4: float
    hit10: float
    mrr10: float


def split_of(query: str) -> str | None:
    """``even`` or ``odd`` by the digit that ends a query id, None where there is none."""
    return ("even", "odd")[int(query[-1]) % 2] if query and query[-1] in "0123456789" else None


def score(rankings: Rankings, gold: Mapping[str, frozenset[str]], split: str = "all") -> Scores | None:
    """None where the split has no query."""
    ranks = [
        next((rank for rank, article in enumerate(rankings[query], 1) if article in right), None)
        for query, right in gold.items()
        if split in ("all", split_of(query))
    ]
    if not ranks:
        return None
    hit = {k: sum(r is not None and r <= k for r in ranks) / len(ranks) for k in (1, 4, 10)}
    return Scores(
        len(ranks),
        hit[1],
        hit[4],
        hit[10],
        sum(1 / r for r in ranks if r is not None and r <= DEEP) / len(ranks),
    )


def score_table(
    systems: Mapping[str, Rankings], gold: Mapping[str, frozenset[str]], splits: Sequence[str]
) -> list[str]:
    """The lines of a Markdown table: a row for each split and system."""
    lines = ["| queries | retrieval | hit@1 | hit@4 | hit@10 | MRR@10 |", "|---|---|--:|--:|--:|--:|"]
    for split in splits:
        for name, rankings in systems.items():
            s = score(rankings, gold, split)
            if s is not None:
                shown = " | ".join(f"{value:.3f}" for value in (s.hit1, s.hit4, s.hit10, s.mrr10))
                lines.append(f"| {split} ({s.queries}) | {name} | {shown} |")
    return lines


def positive(text: str) -> int:
    """An argparse type: a whole number from 1."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def beir_main(argv: list[str]) -> int:
    """``python -m eval beir DIR [--limit N]``: the retrieval scores, as a Markdown table."""
    parser = argparse.ArgumentParser(
        prog="python -m eval beir",
        description="How well articles are found in a retrieval set in BEIR layout.",
    )
    parser.add_argument(
        "folder", metavar="DIR", type=Path, help="corpus.jsonl or corpus.jsonl.gz, queries.jsonl, qrels/*.tsv"
    )
    parser.add_argument(
        "--limit", type=positive, metavar="N", help="this many articles: all gold ones, then the first others"
    )
    args = parser.parse_args(argv)
    try:
        from qa.index.sync import Folder
        from qa.library import Library

        beir = read_beir(args.folder, args.limit)
        baseline = bm25_rankings(beir.articles, beir.queries)
        with tempfile.TemporaryDirectory(prefix="qa-beir-") as place:
            corpus = beir.write(Path(place) / "corpus").parent
            settings = load_settings(home=Path(place) / "home").model_copy(update={"chroma_url": None})
            library = Library(Folder.of(corpus), settings)
            try:
                library.index()
            finally:
                library.close()
            systems = {**qa_rankings(corpus, settings, beir.readable, beir.queries), BM25: baseline}
    except QAError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    print(
        f"{len(beir.articles)} articles, {len(beir.queries)} queries; an article ranks by its best passage; "
        "settings were tuned on the even queries\n"
    )
    print("\n".join(score_table(systems, beir.gold, ("all", "even", "odd"))))
    return 0
