"""Exports with known truth: a writer for each layout, invented records with noise, and how much of them is
read right. ``python -m eval.tools.exports`` prints the table; the seed makes it the same everywhere."""

from __future__ import annotations

import argparse
import random
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from eval.tools.export_layouts import LAYOUTS
from eval.tools.export_truth import Layout, Truth
from qa.errors import LoadError
from qa.reading.loaders.files import load_bytes
from qa.reading.splitter import split
from qa.types import Article

SIZES = (5, 9, 17, 40, 80, 200)
MEASURES = ("boundaries", "outlet", "date", "author", "title")

_PLACES = (
    "Tellin",
    "Skarn",
    "Velgrad",
    "Maren",
    "Ostholm",
    "Birka",
    "Lunnick",
    "Fjordby",
    "Hallen",
    "Norrvik",
)
_OUTLETS = (
    *(
        "The Tellin Observer",
        "Skarn Evening News",
        "Le Courrier de Maren",
        "Velgrad Zeitung",
        "The Birka Star",
    ),
    *("Ostholm Dagblad", "The Hallen Times", "Norrvik Post", "Agence Lunnick", "Fjordby Business Daily"),
)
_GIVEN = ("Ada", "Bram", "Céline", "Dorte", "Emil", "Frida", "Goran", "Hedda", "Ivo", "Jörg", "Katja", "Lars")
_FAMILY = ("Aaltonen", "Brandt", "Corvin", "Dahlberg", "Eikeland", "Farkas", "Grünwald", "Hollis", "Ibsen")
_THINGS = ("bridge", "ferry", "library", "harbour", "tunnel", "school", "market", "stadium", "museum", "mill")
_DEEDS = ("reopened", "was sold", "flooded", "won a prize", "lost its roof", "will close", "opened its books")
_TAILS = (
    "after a long winter in which few had believed that it would",
    "although the council had asked for another year to think about it",
    "and those who live beside it said that they had known all along",
    "at a cost that nobody in the town hall was willing to put a figure to",
    "as engineers measured the walls for the third time since the spring",
)
# What articles quote that looks like a frame.
_FRAMES = (
    "LENGTH: 40 words, as the old sheet put it, was never what it said.",
    "The printed page bore the line HEADLINE: Nothing happened, and below it nothing else.",
    "Copyright 1999 Old Press Limited was still to be read on the wall.",
    "LANGUAGE: ENGLISH",
    "3 of 9 DOCUMENTS were found in the cellar, the clerk said.",
    "Title: The lost bridge",
    "BODY: that was the only word on the stone.",
    "“By Nobody At All,” the sign under the picture read.",
)


@dataclass(slots=True)
class Count:
    """Right answers by measure, of how many; and records with a neighbour's outlet or date."""

    records: int = 0
    right: Counter[str] = field(default_factory=Counter)
    neighbours: int = 0


def truth(rng: random.Random, n: int) -> Truth:
    """One invented record."""
    place, thing = rng.choice(_PLACES), rng.choice(_THINGS)
    authors = [f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}" for _ in range(rng.choice((0, 1, 1, 1, 2)))]
    if len(authors) == 2 and authors[0] == authors[1]:
        authors.pop()
    date = f"{rng.randint(1998, 2024)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    body = [f"{_sentence(rng, n)} {_sentence(rng, n)}" for _ in range(rng.randint(2, 6))]
    if rng.random() < 0.15:
        body.insert(rng.randint(1, len(body) - 1), rng.choice(_FRAMES))
    return Truth(
        title=f"{place} {thing} {rng.choice(_DEEDS)}, case {n}",
        outlet=rng.choice(_OUTLETS),
        published=None if rng.random() < 0.06 else date,
        authors=tuple(authors),
        body=tuple(body),
    )


def _sentence(rng: random.Random, n: int) -> str:
    who = f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}"
    plain = f"The {rng.choice(_THINGS)} of {rng.choice(_PLACES)} {rng.choice(_DEEDS)} {rng.choice(_TAILS)}"
    spoken = (
        f"“It {rng.choice(_DEEDS)} {rng.choice(_TAILS)},” said {who}, who has counted "
        f"{n * 7 + rng.randint(2, 999)} of them"
    )
    return (spoken if rng.random() < 0.35 else plain) + "."


def measured(layout: Layout, records: Sequence[Truth], rng: random.Random, count: Count) -> None:
    """Write the records in a layout, read them, and count what came out right."""
    data = layout.write(records, rng)
    count.records += len(records)
    try:
        source = load_bytes(data, f"export{layout.suffix}")
        articles = split(source)
    except LoadError:
        return
    text = source.text
    for k, record in enumerate(records):
        found = [a for a in articles if _holds(text, a, record)]
        if len(found) != 1:
            continue
        article = found[0]
        others = [r for r in records if r is not record]
        right = {
            "boundaries": not any(
                _touches(text, article, r) for r in [*records[max(k - 1, 0) : k], *records[k + 1 : k + 2]]
            ),
            "outlet": article.meta.outlet == (record.outlet if layout.outlets else layout.channel),
            "date": article.meta.published == record.published,
            "author": _authors(article) == set(record.authors if layout.authors else ()),
            "title": article.meta.title == record.title,
        }
        count.right.update(name for name, ok in right.items() if ok)
        wrong_outlet = not right["outlet"] and article.meta.outlet in {r.outlet for r in others}
        wrong_date = not right["date"] and article.meta.published in {
            r.published for r in others if r.published
        }
        count.neighbours += wrong_outlet or wrong_date


def _flat(text: str, article: Article) -> str:
    return " ".join(" ".join(text[s.start : s.end] for s in article.spans).split())


def _holds(text: str, article: Article, record: Truth) -> bool:
    held = _flat(text, article)
    return all(" ".join(part.split()) in held for part in record.body)


def _touches(text: str, article: Article, other: Truth) -> bool:
    held = _flat(text, article)
    return other.body[0] in held or other.body[-1] in held


def _authors(article: Article) -> set[str]:
    names = (article.meta.author or "").replace(" and ", ", ")
    return {name.strip() for name in names.split(",") if name.strip()}


def run(exports: int, seed: int) -> dict[str, Count]:
    """Counts by layout over so many exports of 5 to 200 records."""
    rng = random.Random(seed)
    counts = {layout.name: Count() for layout in LAYOUTS}
    for k in range(exports):
        layout = LAYOUTS[k % len(LAYOUTS)]
        size = SIZES[(k // len(LAYOUTS) + k) % len(SIZES)]
        measured(layout, [truth(rng, n) for n in range(1, size + 1)], rng, counts[layout.name])
    return {name: count for name, count in counts.items() if count.records}


def table(counts: dict[str, Count]) -> str:
    """The counts as Markdown, with a line for all."""
    head = ("layout", "records", *MEASURES, "neighbour's")
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    total = Count()
    for name, count in counts.items():
        lines.append(_line(name, count))
        total.records += count.records
        total.right += count.right
        total.neighbours += count.neighbours
    return "\n".join([*lines, _line("all", total)])


def _line(name: str, count: Count) -> str:
    shares = (f"{count.right[m] / count.records:.3f}" for m in MEASURES)
    return f"| {name} | {count.records} | {' | '.join(shares)} | {count.neighbours} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=textwrap.shorten(__doc__ or "", 200))
    parser.add_argument("--exports", type=int, default=50)
    parser.add_argument("--seed", type=int, default=11)
    given = parser.parse_args()
    print(table(run(given.exports, given.seed)))


if __name__ == "__main__":
    main()
