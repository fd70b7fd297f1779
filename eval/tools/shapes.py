"""Time of reading against size, for odd shapes of files: ``python -m eval shapes``.

Each shape is made in sizes from 10 kB to 5 MB and read as ``qa index`` reads it (split and cut), in this
process. Seconds are of the processor. A shape whose time grows much faster than its size is told: a rule is
quadratic.
``--said`` finds who says what as well; ``--profile SHAPE`` shows where the time of one shape goes.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from collections.abc import Callable

SIZES = (10_000, 50_000, 200_000, 1_000_000, 5_000_000)
TOO_LONG = 40.0  # seconds; larger sizes of a shape are left out
STEEP = 1.6  # the exponent of time against size, between the two largest sizes, that is told
SENTENCE = "The mayor Kim Lund said on Monday that the bridge would reopen in May. "


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def _numbered(unit: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """The unit with a number in it, until the size is reached."""

    def make(size: int) -> str:
        count = size // len(unit) + 1
        return before + "".join(unit.replace("{n}", str(n)) for n in range(count)) + after

    return make


def _attributes(size: int) -> str:
    names = " ".join(f'a{n}="x"' for n in range(size // 8))
    return f"<html><body><p {names}>{SENTENCE * 4}</p></body></html>"


def _nested(size: int) -> str:
    depth = size // 11
    return f"<html><body>{'<div>' * depth}<p>{SENTENCE * 4}</p>{'</div>' * depth}</body></html>"


ARTICLE = f"<article><h2>The bridge of place {{n}}</h2><p>{SENTENCE * 2}</p></article>"
LINK = '<a href="https://host{n}.example/a">Link of the day number {n}</a> '
HTML = ("<html><body>", "</body></html>")
BLOG = (
    "“It will cost {n} million,” Ada Holt, the engineer, said. He added that work goes on.\n\n"
    "10:{n} The council of Place{n} met again and Otto Lind{n} told reporters: “We wait.”\n\n"
)
# A shape: (suffix, a text of so many characters)
SHAPES: dict[str, tuple[str, Callable[[int], str]]] = {
    "running text": (".txt", _repeated(SENTENCE)),
    "paragraphs": (".txt", _repeated(f"{SENTENCE * 3}\n\n")),
    "one word": (".txt", _repeated("a")),
    "one line of words": (".txt", _repeated("word ")),
    "short lines": (".txt", _repeated("ab\n")),
    "short lines of numbers": (".txt", _numbered("{n}\n")),
    "headings": (".txt", _numbered("The Bridge Of Place {n}\n\n")),
    "wrapped lines": (
        ".txt",
        _repeated("the mayor said that the bridge would be opened to those who\nwait, "),
    ),
    "dots": (".txt", _repeated(". . . ")),
    "dots without blanks": (".txt", _repeated("a.b.")),
    "quotation marks": (".txt", _repeated("“a” ")),
    "opening marks": (".txt", _repeated("“")),
    "blanks": (".txt", lambda size: f"{SENTENCE}{' ' * size}{SENTENCE}"),
    "blank lines": (".txt", lambda size: f"{SENTENCE}{chr(10) * size}{SENTENCE}"),
    "addresses": (".txt", _numbered("https://host{n}.example/2024/05/03/a-b-c-d\n")),
    "dates": (".txt", _repeated("3 May 2024, 10:30\n")),
    "titles with dates": (".txt", _numbered(f"The bridge of place {{n}}\n3 May 2024\n{SENTENCE}\n")),
    "tails": (".txt", _repeated(f"{SENTENCE}\nRelated\n")),
    "counters": (".txt", _repeated(f"{SENTENCE * 3}\n12 comments\n")),
    "fields": (".txt", _numbered(f"Title: Place {{n}}\nLink: https://a{{n}}.example/x\nText: {SENTENCE}\n")),
    "capitals": (".txt", _repeated("Anna Lee Holt ")),
    "many attributes": (".html", _attributes),
    "many articles": (".html", _numbered(ARTICLE, *HTML)),
    "many links": (".html", _numbered(LINK, *HTML)),
    "nested boxes": (".html", _nested),
    "open tags": (".html", _repeated("<p")),
    "rows of a table": (".html", _numbered("<tr><td>Place {n}</td><td>9</td></tr>", "<table>", "</table>")),
    "paragraphs of a page": (".html", _numbered(f"<p>{SENTENCE * 2} ({{n}})</p>", *HTML)),
    "JSON records": (".jsonl", _numbered(f'{{"title": "Place {{n}}", "text": "{SENTENCE * 3}"}}\n')),
    "rows of CSV": (".csv", _numbered(f'"Place {{n}}","{SENTENCE * 3}"\n', "title,text\n")),
    "a live page": (".txt", _numbered(BLOG)),
}


def seconds_of(data: bytes, suffix: str, said: bool) -> float:
    """Seconds of the processor to read one file; what is refused took its time too."""
    from qa.attribution.utterances import utterances
    from qa.errors import LoadError
    from qa.index.worker import Job, read_and_cut

    began = time.process_time()
    try:
        cut = read_and_cut(Job(data, f"odd{suffix}", None, 800, 5))
        for article, _ in cut.articles if said else ():
            utterances(cut.source.text, article)
    except (LoadError, RecursionError):
        pass
    return time.process_time() - began


def measured(shape: str, sizes: list[int], said: bool) -> list[tuple[int, float]]:
    suffix, make = SHAPES[shape]
    found: list[tuple[int, float]] = []
    for size in sizes:
        if found and found[-1][1] * size / found[-1][0] > TOO_LONG:
            break
        found.append((size, seconds_of(make(size).encode(), suffix, said)))
    return found


def growth(found: list[tuple[int, float]]) -> float:
    """The exponent of time against size: 1 is linear, 2 quadratic. Of times that are too short to tell, 0."""
    from math import log

    if len(found) < 2 or found[-1][1] < 0.2:
        return 0.0
    (small, before), (large, after) = found[-2:]
    return log(after / max(before, 0.005)) / log(large / small)


def shapes_main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval shapes", description=__doc__)
    parser.add_argument("shapes", nargs="*", help="which (all)")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="characters")
    parser.add_argument("--said", action="store_true", help="find who says what too")
    parser.add_argument("--profile", action="store_true", help="where the time of the largest size goes")
    options = parser.parse_args(argv)
    seconds_of(SENTENCE.encode() * 40, ".txt", True)  # imports, and what is built on first use
    seconds_of(f"<html><body><p>{SENTENCE * 9}</p></body></html>".encode(), ".html", True)
    print("| shape | " + " | ".join(f"{size // 1000} kB" for size in options.sizes) + " | growth |")
    print("|" + "---|" * (len(options.sizes) + 2))
    steep = 0
    for shape in options.shapes or SHAPES:
        profile = cProfile.Profile()
        if options.profile:
            profile.enable()
        found = measured(shape, options.sizes, options.said)
        profile.disable()
        exponent = growth(found)
        steep += exponent > STEEP
        cells = [f"{took:.2f} s" for _, took in found] + ["-"] * (len(options.sizes) - len(found))
        mark = " (steep)" if exponent > STEEP else ""
        print(f"| {shape} | {' | '.join(cells)} | {exponent:.1f}{mark} |", flush=True)
        if options.profile:
            pstats.Stats(profile).sort_stats("cumulative").print_stats(30)
    return 1 if steep else 0
