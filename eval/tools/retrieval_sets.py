"""Retrieval sets in BEIR layout (Thakur et al. 2021): ``corpus.jsonl`` or ``corpus.jsonl.gz``,
``queries.jsonl``, ``qrels/*.tsv``."""

from __future__ import annotations

import gzip
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.errors import QAError

_HOUR = 3600


class BeirError(QAError):
    """A retrieval set that cannot be used; one line."""


@dataclass(frozen=True, slots=True)
class BeirArticle:
    """``line`` is its JSON object as it stands in the corpus file."""

    id: str
    title: str
    text: str
    line: str


@dataclass(frozen=True, slots=True)
class Beir:
    """``queries``: id -> question, only those with a gold article; ``gold``: query id -> article ids."""

    articles: tuple[BeirArticle, ...]
    queries: dict[str, str]
    gold: dict[str, frozenset[str]]

    @property
    def readable(self) -> list[str]:
        """Ids of the articles that have a text, in order: article ``n`` of the loaded file is the nth."""
        return [a.id for a in self.articles if a.text.strip()]

    def write(self, folder: Path) -> Path:
        """The corpus as ``folder/corpus.jsonl``. It is dated an hour back, as a corpus is that was not
        written the second before (a refresh reads such files again to be sure)."""
        target = folder / "corpus.jsonl"
        folder.mkdir(parents=True, exist_ok=True)
        with target.open("w", encoding="utf-8", newline="\n") as out:
            for article in self.articles:
                out.write(article.line + "\n")
        before = time.time() - _HOUR
        os.utime(target, (before, before))
        return target


def is_beir(folder: Path) -> bool:
    return _corpus_file(folder) is not None and (folder / "queries.jsonl").is_file()


def _corpus_file(folder: Path) -> Path | None:
    return next((p for p in (folder / "corpus.jsonl", folder / "corpus.jsonl.gz") if p.is_file()), None)


def _objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """(line, object) of a JSONL file, compressed or not. Raises BeirError."""
    opened = (
        gzip.open(path, "rt", encoding="utf-8", newline="\n")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8", newline="\n")
    )
    with opened as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                found = json.loads(line)
                found["_id"]
            except (ValueError, KeyError, TypeError):
                raise BeirError(f"{path}: line {number} is not an object with an _id") from None
            yield line.strip(), found


def _qrels(folder: Path) -> dict[str, frozenset[str]]:
    files = sorted((folder / "qrels").glob("*.tsv"))
    if not files:
        raise BeirError(f"{folder}: no qrels/*.tsv; the gold articles are missing")
    gold: dict[str, set[str]] = {}
    for path in files:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            cells = line.split("\t")
            if not line.strip() or (number == 1 and "query" in cells[0].lower()):
                continue
            try:
                query, article, score = cells[0], cells[1], float(cells[2])
            except (IndexError, ValueError):
                raise BeirError(f"{path}: line {number} is not query, article, score") from None
            if score > 0:
                gold.setdefault(query, set()).add(article)
    return {query: frozenset(articles) for query, articles in gold.items()}


def read_beir(folder: Path, limit: int | None = None) -> Beir:
    """The set in ``folder``. With ``limit``: all gold articles (however many), filled up to ``limit`` with
    the first others; the order of the corpus is kept. Raises BeirError."""
    corpus = _corpus_file(folder)
    if corpus is None or not (folder / "queries.jsonl").is_file():
        raise BeirError(
            f"{folder} is not in BEIR layout: corpus.jsonl (or .gz), queries.jsonl and qrels/*.tsv are needed"
        )
    gold = _qrels(folder)
    queries = {
        str(q["_id"]): str(q["text"]) for _, q in _objects(folder / "queries.jsonl") if str(q["_id"]) in gold
    }
    gold = {query: gold[query] for query in queries}
    wanted = frozenset().union(*gold.values())
    if not wanted:
        raise BeirError(f"{folder}: no query of queries.jsonl has a gold article in qrels")
    others = None if limit is None else max(0, limit - len(wanted))
    articles: list[BeirArticle] = []
    for line, found in _objects(corpus):
        article = BeirArticle(
            str(found["_id"]), str(found.get("title") or ""), str(found.get("text") or ""), line
        )
        if article.id not in wanted:
            if others == 0:
                continue
            others = None if others is None else others - 1
        articles.append(article)
    absent = wanted - {a.id for a in articles}
    if absent:
        raise BeirError(f"{corpus}: {len(absent)} gold articles are not in it, first {min(absent)}")
    return Beir(tuple(articles), queries, gold)
