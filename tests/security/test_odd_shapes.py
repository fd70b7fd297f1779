"""What files broken at random have found: no pattern takes exponential time, odd shapes are read in linear
time, and a reader that waits for the processor is not taken for one that hangs."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import signal
import time
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import qa
from eval.tools.bounds import OverTimeError, within
from qa.attribution.namesakes import pairs_in
from qa.attribution.utterances import utterances
from qa.errors import LoadError, UsageError
from qa.index import readers
from qa.index.worker import Job, read_and_cut
from qa.library import Library
from qa.reading import outlets
from qa.reading.boilerplate import FURNITURE
from qa.settings import load_settings
from qa.text.sentences import LONGEST, sentence_spans
from qa.types import Article, Meta, Span

SENTENCE = "The ferry to Osk was cancelled on Monday because of ice, the harbour master Kim Lund said. "


on_posix = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no timers of the processor")


def patterns() -> dict[str, re.Pattern[Any]]:
    """Every pattern that a module of the program keeps, by a name."""
    found: dict[str, re.Pattern[Any]] = {}

    def add(name: str, value: object, depth: int) -> None:
        if isinstance(value, re.Pattern):
            found[name] = value
        elif depth < 3 and isinstance(value, tuple | list):
            for n, item in enumerate(value):
                add(f"{name}[{n}]", item, depth + 1)
        elif depth < 3 and isinstance(value, dict):
            for key, item in value.items():
                add(f"{name}[{key}]", item, depth + 1)

    for module in pkgutil.walk_packages(qa.__path__, "qa."):
        if module.name.endswith("__main__") or ".integrations" in module.name:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            add(f"{module.name}.{name}", value, 0)
    return found


UNITS = [
    "1",
    " ",
    "a",
    "A",
    ".",
    "-",
    "“",
    "(",
    "a ",
    "A ",
    "A. ",
    "1,",
    "1 ",
    "Anna ",
    ", ",
    "a-",
    "a@",
    "<a",
    "1|",
]


@on_posix
def test_no_pattern_takes_exponential_time() -> None:
    """A repeated unit with something else behind it is what patterns that can be matched in many ways take
    exponential time over; 60 characters are enough to tell."""
    kept = patterns()
    assert len(kept) > 300
    for name, pattern in kept.items():
        for unit in UNITS:
            text = f"{(unit * 60)[:60]}~x"
            try:
                with within(1.0):
                    for _ in pattern.finditer(text if isinstance(pattern.pattern, str) else text.encode()):
                        pass
            except OverTimeError:
                pytest.fail(f"{name} over {unit!r}")


SAID = [
    "“It will not reopen,” Kim L{} said on Friday.",
    "“It will not reopen,” Kim Lund told {} on Friday.",
    "The mayor, {} said that it would reopen.",
]


@on_posix
@pytest.mark.parametrize("sentence", SAID)
def test_who_says_what_beside_runs_of_marks(sentence: str) -> None:
    for unit in (".", "A", "a-", "'"):
        text = sentence.format(unit * 250 + "\ufeff" + unit * 250)
        with within(4.0):
            utterances(text, Article(n=1, spans=(Span(start=0, end=len(text)),), meta=Meta()))


@on_posix
def test_long_numbers_are_told_from_pages_of_a_list() -> None:
    with within(1.0):
        assert not FURNITURE.match("1" * 100 + "|" + "1" * 40 + " was sold")
        assert FURNITURE.match("1 2 3 | 4 · 5 … 9 next page")
        assert FURNITURE.match("12")


SHAPES = {
    "marks": ". . . " * 20_000,
    "blanks": SENTENCE + " " * 150_000 + SENTENCE,
    "fields with many hosts": "".join(
        f"Title: Place {n}\nLink: https://host{n}.example/x\nText: {SENTENCE}\n" for n in range(400)
    ),
    "tails": f"{SENTENCE}\nRelated\n" * 1_500,
    "counters": f"{SENTENCE * 3}\n12 comments\n" * 400,
    "hosts": "\n".join(f"https://host{n}.example/a" for n in range(3_000)) + "\n" + SENTENCE * 3,
}


@on_posix
@pytest.mark.parametrize("shape", SHAPES)
def test_odd_texts_are_read_in_time(shape: str) -> None:
    with within(6.0):
        read_and_cut(Job(SHAPES[shape].encode(), "odd.txt", None, 800, 5))


@on_posix
def test_a_tag_of_very_many_attributes() -> None:
    many = " ".join(f'a{n}="x {n}"' for n in range(40_000))
    page = f"<html><body><p {many}>{SENTENCE * 4}</p><p>{SENTENCE * 4}</p></body></html>"
    with within(6.0):
        cut = read_and_cut(Job(page.encode(), "odd.html", None, 800, 5))
    assert SENTENCE.strip() in cut.source.text


@on_posix
def test_blanks_before_a_mark_of_the_rest() -> None:
    record = '[{"title": "A", "text": "' + SENTENCE * 3 + " " * 60_000 + '[+165 chars]"}]'
    with within(4.0):
        cut = read_and_cut(Job(record.encode(), "odd.json", None, 800, 5))
    ((article, _),) = cut.articles
    assert article.truncated
    assert not cut.source.text[article.spans[-1].start : article.spans[-1].end].endswith("]")


def test_no_sentence_is_without_end() -> None:
    for text in ("word " * 5_000, "x" * 9_000, f"{SENTENCE}{'long and ' * 900}end. {SENTENCE}"):
        spans = sentence_spans(text)
        assert all(b - a <= LONGEST for a, b in spans)
        covered = "".join(text[a:b] for a, b in spans)
        assert "".join(covered.split()) == "".join(text.split())


@pytest.mark.parametrize("line", ["http://[::1/news/2024", "https://[a", "see http://[::1]x/ there"])
def test_what_is_no_address_names_no_outlet(line: str) -> None:
    assert outlets.host_of(line) is None or outlets.host_of(line) == "::1"
    cut = read_and_cut(Job(f"{SENTENCE * 3}\n{line}\n{SENTENCE}".encode(), "odd.txt", None, 800, 5))
    assert cut.articles


def test_damaged_archives_are_refused() -> None:
    """Whatever byte of the directory at the end is another one: nothing but a reason, or the text."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(
            "word/document.xml", f"<w:document xmlns:w='x'><w:p><w:t>{SENTENCE}</w:t></w:p></w:document>"
        )
    whole = out.getvalue()
    rng = random.Random(4)
    for at in range(len(whole) - 110, len(whole)):
        data = bytearray(whole)
        data[at] ^= 1 << rng.randrange(8)
        try:
            read_and_cut(Job(bytes(data), "odd.docx", None, 800, 5))
        except LoadError as error:
            assert "\n" not in str(error)


@pytest.mark.parametrize(
    "day", ["Mon, 99999999999999999999 Mar 2021 06:00:00 +0000", "Tue, 9 Mar 2021 06:00 +99999999"]
)
def test_a_mail_of_no_day_is_read(day: str) -> None:
    mail = f"From: Osk Gazette <news@osk.example>\nSubject: Ice\nDate: {day}\n\n{SENTENCE * 3}\n"
    ((article, _),) = read_and_cut(Job(mail.encode(), "odd.eml", None, 800, 5)).articles
    assert article.meta.title == "Ice"


def test_a_question_is_bounded(news: Path, tmp_path: Path) -> None:
    with Library.open(news, home=tmp_path / "home", embedder="hash") as library:
        with pytest.raises(UsageError, match="5001 characters") as caught:
            library.ask("x" * 5001)
        assert "\n" not in str(caught.value)


def test_a_question_asked_over_and_over_is_asked_once(news: Path, tmp_path: Path) -> None:
    with Library.open(news, home=tmp_path / "home", embedder="hash") as library:
        outcome = library.ask("Who sailed to Osk, and who wrote of it?" * 40)
        assert not [n for n in outcome.notes if n.kind == "parts" and n.text.count("wrote") > 1]
        with pytest.raises(UsageError, match="13 questions were asked in one; ask at most 8") as caught:
            library.ask("Who sailed to Osk" + "".join(f", and who sailed to town {n}" for n in range(12)))
        assert "\n" not in str(caught.value)


HALVES = ["Who sailed\ud800 to Osk?", "\udc00Who sailed to Osk?", "Who sailed to Osk\ud83d"]


@pytest.mark.parametrize("question", HALVES, ids=["within", "first", "last"])
def test_half_a_character_is_no_bug(sample: Library, question: str) -> None:
    """With the real embedder, whose tokenizer takes none; and in what was asked before."""
    outcome = sample.ask(question)
    assert outcome.question.count("\ufffd") == 1
    outcome.to_json().encode("utf-8")
    assert sample.ask("And when did he do so?", history=[question]).kind in ("answer", "abstention")
    assert isinstance(sample.retrieve(question), list)


def test_names_of_a_pair_are_counted_in_one_pass() -> None:
    """ "Xan and Vera Holt", as often as a file has it: each name was looked for in the whole text."""
    text = " ".join(f"{a}{b} and Vera Holt." for a in "BCDFGHKL" for b in names_of(400))
    began = time.process_time()
    assert len(pairs_in(text)) == 3200
    assert time.process_time() - began < 2
    assert pairs_in("Xan and Vera Holt. Xan left.") == {}


def names_of(many: int) -> list[str]:
    letters = "aeioubcdfghklmnprst"
    return [f"x{letters[n % 19]}{letters[n // 19 % 19]}{letters[n // 361]}q" for n in range(many)]


@pytest.mark.parametrize("setting", ["chroma_url", "embedding_base_url", "openai_base_url"])
@pytest.mark.parametrize("value", ["http://[::1", "http://host:99999", "http://", "http://host:port/"])
def test_settings_that_are_no_addresses(setting: str, value: str) -> None:
    with pytest.raises(UsageError, match="no address") as caught:
        load_settings(**{setting: value})
    assert "\n" not in str(caught.value)


STATES = [
    ("R", 0.1, True),  # wants to run and could not
    ("D", 0.1, True),  # waits for a disk
    ("S", 0.1, False),  # sleeps: waits for what will not come
    ("R", 9.0, False),  # had its time
    ("", 0.0, False),  # the system does not tell
]


@pytest.mark.parametrize(("state", "used", "waiting"), STATES)
def test_a_worker_without_a_processor_is_given_time(
    monkeypatch: pytest.MonkeyPatch, state: str, used: float, waiting: bool
) -> None:
    monkeypatch.setattr(readers, "_processor", lambda pid: (state, used))
    assert readers._kept_waiting(1, 0.0, 10.0) is waiting


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc")
def test_what_a_process_has_used() -> None:
    import os

    before = readers._processor_seconds(os.getpid())
    began = time.process_time()
    while time.process_time() - began < 0.1:
        pass
    state, now = readers._processor(os.getpid())
    assert state == "R" and 0.05 < now - before < 5
