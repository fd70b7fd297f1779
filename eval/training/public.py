"""Loaders of the public sets that the reader learns to find words from, and the statement of what they are.

The sets are read from a folder named on the command line (gzip, file names as below); nothing of their
text is part of this project. README.md says where each comes from.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.answering.encoding import Place


@dataclass(frozen=True, slots=True)
class Case:
    """A question on a passage. ``answers``: places in ``text``, empty where it does not answer; ``exact``
    is false where only the sentence that answers is marked. ``document`` groups passages of one source."""

    question: str
    title: str
    text: str
    answers: tuple[Place, ...]
    exact: bool
    document: str
    tempting: tuple[Place, ...] = ()  # wrong but plausible words, for an unanswerable question


@dataclass(frozen=True, slots=True)
class PublicSet:
    """A row of the table of what the model was trained on."""

    name: str
    files: tuple[str, ...]
    source: str
    licence: str
    load: Callable[[Path], Iterator[Case]]


def _read(path: Path) -> str:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        return file.read()


def _squad_format(path: Path) -> Iterator[Case]:
    """SQuAD 2.0's format (Rajpurkar et al. 2018); XQuAD's (Artetxe et al. 2020) is the same without
    unanswerable questions."""
    for article in json.loads(_read(path))["data"]:
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            title = article.get("title", "").replace("_", " ")
            document = title or text[:40]
            for q in paragraph["qas"]:
                yield Case(
                    q["question"],
                    title,
                    text,
                    _given(q["answers"]),
                    True,
                    document,
                    _given(q.get("plausible_answers", [])),
                )


def _given(answers: list[dict[str, Any]]) -> tuple[Place, ...]:
    places = {(a["answer_start"], a["answer_start"] + len(a["text"])) for a in answers}
    return tuple(sorted(places))


def _squad(folder: Path) -> Iterator[Case]:
    return _squad_format(folder / "squad-v2-half-dev.json.gz")


def _xquad(folder: Path) -> Iterator[Case]:
    return _squad_format(folder / "xquad.en.json.gz")


def _qed(folder: Path) -> Iterator[Case]:
    """QED (Lamm et al. 2021): questions typed into a search engine; the answer of the annotation first."""
    for line in _read(folder / "qed-dev.jsonlines.gz").split("\n"):
        if not line.strip():
            continue
        row = json.loads(line)
        marked = [a["paragraph_reference"] for a in row["annotation"].get("answer", [])]
        marked = marked or [a for group in row["original_nq_answers"] for a in group]
        places = tuple(sorted({(a["start"], a["end"]) for a in marked if a["start"] >= 0}))
        if places:
            yield Case(
                row["question_text"],
                row["title_text"],
                row["paragraph_text"],
                places,
                True,
                row["title_text"],
            )


def _selqa(folder: Path) -> Iterator[Case]:
    """SelQA (Jurczyk et al. 2016): which sentences of a section answer."""
    for name in ("selqa-ass-dev.json.gz", "selqa-ass-test.json.gz"):
        for row in json.loads(_read(folder / name)):
            starts, at = [], 0
            for sentence in row["candidates"]:
                starts.append(at)
                at += len(sentence) + 1
            places = tuple((starts[k], starts[k] + len(row["candidates"][k])) for k in row["answers"])
            title = f"{row['article']}, {row['section']}"
            yield Case(row["question"], title, " ".join(row["candidates"]), places, False, row["article"])


_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}


def _qamr(folder: Path) -> Iterator[Case]:
    """QAMR (Michael et al. 2018): a question on one sentence; the passage is that sentence with those
    of the same document that the set holds. Questions whose answer the validators did not share are left
    out."""
    sentences: dict[str, list[str]] = {}
    for line in _read(folder / "qamr-wiki-sentences.tsv.gz").split("\n"):
        name, _, text = line.partition("\t")
        if text:
            sentences[name] = [_BRACKETS.get(word, word) for word in text.split()]
    documents: dict[str, list[str]] = {}
    for name in sentences:
        documents.setdefault(name.rsplit(":", 2)[0], []).append(name)
    for file in ("qamr-filtered-dev.tsv.gz", "qamr-filtered-test.tsv.gz"):
        for line in _read(folder / file).split("\n"):
            fields = line.split("\t")
            if len(fields) < 8 or fields[0] not in sentences:
                continue
            chosen = {int(k) for k in fields[6].split()}
            checked = [{int(k) for k in f.split(":")[1].split()} for f in fields[7:] if ":" in f]
            if chosen and all(chosen & other for other in checked):
                yield _qamr_case(fields[5], fields[0], chosen, sentences, documents)


def _qamr_case(
    question: str,
    name: str,
    chosen: set[int],
    sentences: dict[str, list[str]],
    documents: dict[str, list[str]],
) -> Case:
    """The passage has at most 400 characters; its sentences stand in the document's order."""
    document = name.rsplit(":", 2)[0]
    kept, size = {name}, len(" ".join(sentences[name]))
    for other in documents[document]:
        length = len(" ".join(sentences[other])) + 1
        if other not in kept and size + length <= 400:
            kept.add(other)
            size += length
    text, places = "", []
    for other in (n for n in documents[document] if n in kept):
        at = len(text) + (1 if text else 0)
        text = f"{text} {' '.join(sentences[other])}".strip()
        if other == name:
            words = sentences[name]
            offsets = [at + sum(len(w) + 1 for w in words[:k]) for k in range(len(words))]
            places = [(offsets[a], offsets[b] + len(words[b])) for a, b in _runs(chosen) if b < len(words)]
    return Case(question, "", text, tuple(places), True, document)


def _runs(numbers: set[int]) -> list[tuple[int, int]]:
    """Unbroken runs: {3, 4, 7} -> [(3, 4), (7, 7)]."""
    runs: list[tuple[int, int]] = []
    for k in sorted(numbers):
        if runs and k == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], k)
        else:
            runs.append((k, k))
    return runs


SETS: tuple[PublicSet, ...] = (
    PublicSet(
        "SQuAD 2.0, half of dev",
        ("squad-v2-half-dev.json.gz",),
        "rajpurkar.github.io/SQuAD-explorer",
        "CC BY-SA 4.0",
        _squad,
    ),
    PublicSet("XQuAD, English", ("xquad.en.json.gz",), "google-deepmind/xquad", "CC BY-SA 4.0", _xquad),
    PublicSet("QED, dev", ("qed-dev.jsonlines.gz",), "google-research-datasets/QED", "CC BY-SA 3.0", _qed),
    PublicSet(
        "SelQA, dev and test",
        ("selqa-ass-dev.json.gz", "selqa-ass-test.json.gz"),
        "emorynlp/selqa",
        "Apache-2.0",
        _selqa,
    ),
    PublicSet(
        "QAMR, dev and test",
        ("qamr-wiki-sentences.tsv.gz", "qamr-filtered-dev.tsv.gz", "qamr-filtered-test.tsv.gz"),
        "uwnlp/qamr",
        "MIT",
        _qamr,
    ),
)
