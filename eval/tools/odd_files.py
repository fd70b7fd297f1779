"""Files broken at random, read by the loaders themselves: ``python -m eval odd-files --files 20000``.

Sound files of ten formats are made from invented records, then damaged with a fixed seed: bytes flipped,
taken away, doubled, put from one file into another, words of the formats put in. Each is read, split and cut,
and of every fifth it is found who says what. Whatever is no ``LoadError`` is an untyped exception and told
with its traceback; so is a file over its time (of the processor, so that a busy machine does not count) and
one whose text lies in no passage. A child process reads a batch, so that a crash costs its batch alone.
"""

from __future__ import annotations

import argparse
import io
import random
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

from eval.tools.bounds import OverTimeError, within
from eval.tools.export_layouts import LAYOUTS
from eval.tools.exports import truth

FORMATS = ("text", "markdown", "html", "pdf", "json", "json lines", "docx", "mail", "feed", "table")
BATCH = 250
PARAGRAPHS = 3  # of a record: small files are read quickly, and a byte that is hit counts for more
SAID = 5  # of so many files, one is read for who says what too
STATED = '{{"@type":"NewsArticle","headline":"{title}","author":[{{"name":"Kim Lund"}}]}}'
PAGE = (
    "<html><head><title>{title} - Tarn Courier</title>"
    '<meta property="article:published_time" content="2024-03-0{n}T08:00:00+01:00">'
    f'<script type="application/ld+json">{STATED}</script></head>'
    '<body><nav><a href="/a">News</a> <a href="/b">Sport</a></nav>'
    '<article><h1>{title}</h1><p class="byline">By Kim Lund</p>{paragraphs}'
    "<table><tr><td>A</td><td>9</td></tr></table></article>"
    "<footer>Copyright 2024 Tarn Courier</footer></body></html>"
)
FRONT = (
    "---\ntitle: {title}\ndate: 2024-03-0{n}\ntags: [a, b]\nauthor: &a Kim Lund\neditor: *a\n---\n"
    "# {title}\n\n{body}\n"
)
# Words of the formats, and what parsers have stumbled over.
WORDS = (
    "\\ud800 \\u0000 NaN 1e999 -Infinity 99999999999999999999 2024-02-31 9999-99-99T99:99:99Z [[[[ {{{{ ]]]] "
    "}}}} <article> </article> <!-- --> <![CDATA[ ]]> <!DOCTYPE &#x110000; &lt; <p <table> </html> <script> "
    "<base http://[::1 javascript: file:///etc/passwd --- ... &a *a !!python/object: ? : - | > "
    "% endobj stream "
    "endstream /Filter /FlateDecode obj << >> xref trailer %%EOF From: Content-Type: multipart/mixed; "
    "boundary= =?utf-8?B?= =?x-none?Q?=FF?= UPDATE Copyright “ ” « » ’ \u202e \u2028 \x85 \x0b "
    "\x1b[2J \ufeff "
    "1 of 2 DOCUMENTS HEADLINE: BYLINE: By Photo: 10:30 GMT March 99, 2024 said . . . ; , \t \r \r\n"
).split(" ")


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound file before it is damaged."""

    format: str
    suffix: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a damaged file."""

    format: str
    number: int
    outcome: str  # "read", "refused", "untyped", "over its time", "text in no passage"
    seconds: float
    told: str = ""


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page, with its text packed."""
    shown = b"BT /F1 10 Tf 40 760 Td 12 TL " + b"".join(
        b"(" + line.encode("latin-1", "replace").replace(b"(", b"").replace(b")", b"") + b") Tj T* "
        for line in lines
    )
    stream = zlib.compress(shown + b"ET")
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for n, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1) + table + end


def sound(rng: random.Random) -> list[Sound]:
    """Sound files of every format."""
    whole = (truth(rng, n) for n in range(1, 4))
    records = [replace(r, body=r.body[:PARAGRAPHS]) for r in whole]
    by_suffix = {".txt": "text", ".html": "html", ".json": "json", ".jsonl": "json lines", ".docx": "docx"}
    by_suffix |= {".xml": "feed", ".csv": "table", ".mbox": "mail"}
    made = [
        Sound(by_suffix[layout.suffix.lower()], layout.suffix.lower(), layout.write(records, rng))
        for layout in LAYOUTS
        if layout.suffix.lower() in by_suffix
    ]
    for n, r in enumerate(records, 1):
        said = [f"{p} “It will not reopen before May,” Kim Lund, the mayor, said on Friday." for p in r.body]
        paragraphs = "".join(f"<p>{p}</p>" for p in said)
        made.append(Sound("html", ".html", PAGE.format(title=r.title, n=n, paragraphs=paragraphs).encode()))
        made.append(
            Sound("markdown", ".md", FRONT.format(title=r.title, n=n, body="\n\n".join(said)).encode())
        )
        made.append(Sound("pdf", ".pdf", pdf([r.title, *" ".join(said).split(". ")])))
        page = (
            f"{r.title}\n{r.outlet}\n1{n} March 2024\n\n" + "\n\n".join(said) + "\n\nShare this\nMost read\n"
        )
        made.append(Sound("text", ".txt", page.encode()))
    return made


# --- damage -----------------------------------------------------------------------------------

Damage = Callable[[bytearray, random.Random, bytes], bytearray]


def _flip(data: bytearray, rng: random.Random, other: bytes) -> bytearray:
    for _ in range(rng.choice((1, 1, 3, 10, 40))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return data


def _noise(data: bytearray, rng: random.Random, other: bytes) -> bytearray:
    at = rng.randrange(len(data))
    data[at : at + rng.choice((1, 4, 60))] = rng.randbytes(rng.choice((1, 4, 60)))
    return data


def _cut(data: bytearray, rng: random.Random, other: bytes) -> bytearray:
    at = rng.randrange(len(data))
    del data[at : at + rng.choice((1, 5, 50, 500))]
    return data


def _short(data: bytearray, rng: random.Random, other: bytes) -> bytearray:
    return data[: rng.randrange(1, len(data) + 1)]


def _again(data: bytearray, rng: random.Random, other: bytes) -> bytearray:
    at = rng.randrange(len(data))
    part = bytes(data[at : at + rng.choice((1, 3, 20, 200, 2000))])
    data[at:at] = part * rng.choice((1, 2, 10, 10, min(100_000 // len(part), 3000)))
    return data


def _word(data: bytearray, rng: random.Random, other: bytes) -> bytearray:
    for _ in range(rng.choice((1, 2, 8))):
        word = rng.choice(WORDS).encode("utf-8", "surrogatepass")
        at = rng.randrange(len(data) + 1)
        data[at : at + rng.choice((0, 0, len(word)))] = word * rng.choice((1, 1, 1, 2, 400))
    return data


def _spliced(data: bytearray, rng: random.Random, other: bytes) -> bytearray:
    at, there = rng.randrange(len(data)), rng.randrange(len(other))
    data[at : at + rng.choice((0, 40, 400))] = other[there : there + rng.choice((10, 100, 3000))]
    return data


DAMAGES: tuple[Damage, ...] = (_flip, _noise, _cut, _short, _again, _again, _word, _word, _word, _spliced)


def _spoilt(data: bytes, rng: random.Random, other: bytes) -> bytes:
    spoilt = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4))):
        spoilt = rng.choice(DAMAGES)(spoilt or bytearray(b" "), rng, other)
    return bytes(spoilt)


def damaged(file: Sound, rng: random.Random, other: bytes) -> bytes:
    """A file damaged. Of an archive usually a file in it is, else nothing but its frame would be tried; of a
    PDF often what is packed."""
    if file.suffix == ".docx" and rng.random() < 0.8:
        with zipfile.ZipFile(io.BytesIO(file.data)) as whole:
            members = {name: whole.read(name) for name in whole.namelist()}
        name = rng.choice(sorted(members))
        members[name] = _spoilt(members[name], rng, other)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            for member, data in members.items():
                packed.writestr(member, data)
        return out.getvalue()
    return _spoilt(file.data, rng, other)


# --- reading ----------------------------------------------------------------------------------


def read(format: str, number: int, data: bytes, suffix: str, seconds: float) -> Reading:
    """One file, as the program reads it."""
    from qa.attribution.utterances import utterances
    from qa.errors import LoadError
    from qa.index.worker import Job, read_and_cut

    began = time.process_time()

    def told(outcome: str, what: str = "") -> Reading:
        return Reading(format, number, outcome, time.process_time() - began, what)

    try:
        with within(seconds):
            cut = read_and_cut(Job(data, f"odd{suffix}", None, 800, 5))
            for article, passages in cut.articles:
                if not passages:
                    return told("text in no passage", f"article {article.n}")
                if number // len(FORMATS) % SAID == 0:
                    utterances(cut.source.text, article)
    except LoadError as error:
        return told("refused", str(error))
    except OverTimeError:
        return told("over its time", "".join(traceback.format_exc(limit=-14)))
    except Exception:
        return told("untyped", traceback.format_exc(limit=-14))
    done = told("read")
    return told("over its time", "(in one call)") if done.seconds > seconds else done


def files(seed: int, first: int, count: int) -> Iterator[tuple[int, Sound, bytes]]:
    """Damaged files by number: each can be made again by itself."""
    whole = sound(random.Random(seed))
    by_format = {name: [f for f in whole if f.format == name] for name in FORMATS}
    for number in range(first, first + count):
        rng = random.Random(seed * 1_000_003 + number)
        file = rng.choice(by_format[FORMATS[number % len(FORMATS)]])
        yield number, file, damaged(file, rng, rng.choice(whole).data)


def read_batch(seed: int, first: int, count: int, seconds: float) -> list[Reading]:
    """What becomes of so many files; run in a child process."""
    made = files(seed, first, count)
    return [read(f.format, number, data, f.suffix, seconds) for number, f, data in made]


def _readings(options: argparse.Namespace) -> Iterator[Reading]:
    last = options.first + options.files
    pool = ProcessPoolExecutor(max_workers=1)
    for first in range(options.first, last, BATCH):
        count = min(BATCH, last - first)
        try:
            yield from pool.submit(read_batch, options.seed, first, count, options.seconds).result()
        except BrokenProcessPool:
            pool = ProcessPoolExecutor(max_workers=1)
            yield Reading(
                "?", first, "untyped", 0.0, f"the process crashed in files {first} to {first + count}"
            )
    pool.shutdown()


def odd_files_main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval odd-files", description=__doc__)
    parser.add_argument("--files", type=int, default=20_000, help="how many (20,000)")
    parser.add_argument("--first", type=int, default=0, help="number of the first one")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--seconds", type=float, default=10.0, help="of the processor, for each file (10)")
    parser.add_argument("--keep", type=Path, help="folder for the files that are told")
    options = parser.parse_args(argv)
    counts: Counter[tuple[str, str]] = Counter()
    slowest: dict[str, Reading] = {}
    wrong: list[Reading] = []
    for done, reading in enumerate(_readings(options), 1):
        counts[reading.format, reading.outcome] += 1
        if reading.seconds >= slowest.get(reading.format, reading).seconds:
            slowest[reading.format] = reading
        if reading.outcome not in ("read", "refused"):
            wrong.append(reading)
            print(f"{reading.outcome}: file {reading.number} ({reading.format})\n{reading.told}", flush=True)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                for number, file, data in files(options.seed, reading.number, 1):
                    (options.keep / f"{number}{file.suffix}").write_bytes(data)
        if done % 1000 == 0:
            print(f"… {done} files, {len(wrong)} told", flush=True)
    outcomes = ("read", "refused", "untyped", "over its time", "text in no passage")
    print("| format | " + " | ".join(outcomes) + " | slowest |\n|" + "---|" * (len(outcomes) + 2))
    for name in FORMATS:
        cells = [str(counts[name, outcome]) for outcome in outcomes]
        slow = slowest.get(name)
        longest = f"{slow.seconds:.2f} s (file {slow.number})" if slow else "-"
        print(f"| {name} | {' | '.join(cells)} | {longest} |")
    return 1 if wrong else 0
