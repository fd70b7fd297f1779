"""Questions that are none, asked: ``python -m eval odd-questions --questions 1000``.

Empty ones, NUL, 100,000 characters, the syntax of query languages, other scripts, control characters, half
characters, words without end, nothing but the commonest words, quotation marks by the thousand, and sound
questions with such things put in, made with a fixed seed and asked of the sample corpus. The outcome is told
in every form too. A typed error in one line is an answer; any other exception, and
a question over its time (of the processor), is told.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from eval.paths import SAMPLE
from eval.tools.bounds import OverTimeError, within

SOUND = (
    "Who reached the summit of the mountain, and when?",
    "What will the repairs of the bridge cost?",
    "How many people were killed in December 2023?",
    "What did the minister say about the talks?",
    "Which outlets reported on the vote, and who wrote it?",
    "Did the company sell its shares before the report was published?",
    "What happened between January and March 2024?",
    "Compare the two plans.",
)
SYNTAX = (
    '" ( ) [ ] { } ^ ~ * ? : \\ / + - AND OR NOT TO IN title:x text:"a b"~2 [a TO b] {1 TO *} '
    "*:* a^1e99 -x +y "
    '/a.*/ field:(a OR b) \'; DROP TABLE articles; -- \' OR 1=1 -- % _ ESCAPE NEAR( MATCH """ '
    "$1 ${HOME} `id` "
    "$(id) {{7*7}} {% if %} <script> &lt; %00 %s %n {0} \\N{BULLET} \\u0041 \\x00 ../../etc/passwd | && ; # "
    "IN [a b] IN [] boost:9 doc_id:1 passage:0 _id:1 AND AND NOT NOT (( ))"
).split(" ")
SCRIPTS = (
    "Кто сказал, что мост закроют?",
    "谁说桥会关闭？",
    "من قال إن الجسر سيغلق؟",
    "मुझे पुल के बारे में बताओ",
    "ใครพูดว่าสะพานจะปิด",
    "누가 말했나요?",
    "ποιος το είπε;",
    "מי אמר את זה?",
    "𝒲𝒽ℴ 𝓈𝒶𝒾𝒹 𝒾𝓉?",
    "👩‍👩‍👧‍👦🏳️‍🌈👍🏽",
    "Z̸͎͈͝a̷͉̋l̶̰̂g̵͚̈́o̷̜͝ s̴a̶i̷d̸",
    "Ｗｈｏ　ｓａｉｄ？",
    "¿Quién lo dijo?",
    "Çok İstanbul ılık mı?",
    "ﷺ ﷽",
    "①②③ ⅷ ½ ㎏ ²",
)
CONTROLS = (
    "".join(map(chr, [*range(32), *range(127, 160)]))
    + "\u200b\u200e\u202e\u2028\u2029\u2066\ufeff\ufff9\U000e0041"
)
COMMON = "the of and a to in is was that it for on who what when where why how did do does which be".split()
MOST = 100_000


def _put_in(rng: random.Random, piece: str) -> str:
    question = rng.choice(SOUND)
    at = rng.randrange(len(question) + 1)
    return question[:at] + piece + question[at:]


def _blank(rng: random.Random) -> str:
    return rng.choice(("", " ", "\n", "\t\r\n", "\0", "\u3000", "\u200b", "\xa0" * 40, "?", "...", "?!" * 9))


def _nul(rng: random.Random) -> str:
    return _put_in(rng, "\0" * rng.choice((1, 1, 50)))


def _long(rng: random.Random) -> str:
    piece = rng.choice(
        (*SOUND, "a ", "Who said x? ", "Mr. ", "(", "1 ", "and what about it ", "in 2020 and ", "é", "? ")
    )
    return (piece * (MOST // len(piece) + 1))[: rng.choice((1_000, 2_000, 3_900, MOST))]


def _long_word(rng: random.Random) -> str:
    letters = rng.choice(("a", "ab", "nice", "A", "ß", "-", "a-", "1", "1,", "1.", "'", "o’", "_", "x@", "İ"))
    return _put_in(rng, (letters * MOST)[: rng.choice((300, 5_000, MOST))])


def _syntax(rng: random.Random) -> str:
    piece = " ".join(rng.choices(SYNTAX, k=rng.choice((1, 1, 3, 40))))
    return piece if rng.random() < 0.4 else _put_in(rng, piece)


def _script(rng: random.Random) -> str:
    words = rng.choice(SCRIPTS)
    return rng.choice((words, words * 50, _put_in(rng, f" {words} ")))


def _controls(rng: random.Random) -> str:
    return _put_in(rng, "".join(rng.choices(CONTROLS, k=rng.choice((1, 3, 300)))))


def _half(rng: random.Random) -> str:
    halves = "".join(chr(rng.randrange(0xD800, 0xE000)) for _ in range(rng.choice((1, 2, 50))))
    return rng.choice((halves, _put_in(rng, halves)))


def _common(rng: random.Random) -> str:
    return " ".join(rng.choices(COMMON, k=rng.choice((1, 5, 30, 3000)))) + "?"


def _marks(rng: random.Random) -> str:
    mark = rng.choice(('"', "“", "”", "'", '"a ', "“a b” ", "«", "(", "[", "'s ", '" "', "“ab cd ef "))
    return rng.choice((_put_in(rng, mark * rng.choice((1, 3, 3_000))), mark * 5_000))


def _names(rng: random.Random) -> str:
    return "Who is " + " ".join(
        rng.choice(("Anna", "de", "Van", "O’Neil", "II", "Mc", "X."))
        for _ in range(rng.choice((40, 500, 3_000)))
    )


def _dates(rng: random.Random) -> str:
    piece = rng.choice(
        (
            "in 0000",
            "in 99999",
            "on 31 February 2024",
            "before before 2020",
            "between 2020 and 2020",
            "in 13/13/2020",
        )
    )
    return _put_in(rng, f" {piece} " * rng.choice((1, 1, 300)))


KINDS: tuple[Callable[[random.Random], str], ...] = (
    *(_blank, _nul, _long, _long_word, _syntax, _script, _controls, _half, _common, _marks, _names, _dates),
)


def questions(seed: int, count: int) -> Iterator[tuple[str, str]]:
    """(kind, question), in a fixed order: each kind in turn."""
    for n in range(count):
        make = KINDS[n % len(KINDS)]
        yield make.__name__.strip("_").replace("_", " "), make(random.Random(seed * 1_000_003 + n))


def tried(library: Any, question: str, seconds: float) -> tuple[str, float, str]:
    """(what became of it, seconds of the processor, traceback) of one question."""
    from qa.errors import QAError
    from qa.presenting.exports import EXPORTS, rendered
    from qa.presenting.plain_text import to_plain

    began = time.process_time()
    became, trace = "", ""
    try:
        with within(seconds):
            outcome = library.ask(question)
            became = outcome.kind
            to_plain(outcome).encode("utf-8")
            for form in EXPORTS:
                rendered(form, [outcome])
    except QAError as error:
        became = "refused" if "\n" not in str(error) else "an error of several lines"
        trace = str(error)
    except OverTimeError:
        became, trace = "over its time", traceback.format_exc(limit=-14)
    except Exception:
        became, trace = "untyped", traceback.format_exc(limit=-14)
    took = time.process_time() - began
    return ("over its time" if took > seconds else became), took, trace


def odd_questions_main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval odd-questions", description=__doc__)
    parser.add_argument("--questions", type=int, default=1000, help="how many (1,000)")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--seconds", type=float, default=5.0, help="of the processor, for each question (5)")
    parser.add_argument("--embedder", default="minilm")
    options = parser.parse_args(argv)
    from qa.library import Library

    counts: Counter[tuple[str, str]] = Counter()
    slowest: dict[str, float] = {}
    wrong = 0
    with (
        tempfile.TemporaryDirectory(prefix="qa-odd-") as home,
        Library.open(SAMPLE, home=Path(home), embedder=options.embedder) as library,
    ):
        library.index()
        library.ask(SOUND[0])
        for done, (kind, question) in enumerate(questions(options.seed, options.questions), 1):
            became, took, trace = tried(library, question, options.seconds)
            counts[kind, became] += 1
            slowest[kind] = max(slowest.get(kind, 0.0), took)
            if became not in ("answer", "abstention", "refused"):
                wrong += 1
                shown = ascii(question[:80])
                print(f"{became}: {kind}, {len(question)} characters, {shown}\n{trace}", flush=True)
            if done % 100 == 0:
                print(f"… {done} questions, {wrong} told", flush=True)
    outcomes = sorted({became for _, became in counts})
    print("| kind | " + " | ".join(outcomes) + " | slowest |\n|" + "---|" * (len(outcomes) + 2))
    for kind in slowest:
        cells = " | ".join(str(counts[kind, became]) for became in outcomes)
        print(f"| {kind} | {cells} | {slowest[kind]:.2f} s |")
    return 1 if wrong else 0
