"""The command line as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import CORPUS, ROOT

ENV = {"QA_EMBEDDER": "hash"}


def qa(
    *args: str, home: Path, env: dict[str, str] | None = None, text: str | None = None
) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("QA_", "OPENAI_"))}
    return subprocess.run(
        [sys.executable, "-m", "qa", *args],
        capture_output=True,
        text=True,
        input=text,
        encoding="utf-8",
        cwd=home.parent,
        env={**clean, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "QA_HOME": str(home), **(env or {})},
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("cli") / "home"
    assert qa("index", str(CORPUS), home=home).returncode == 0
    return home


def test_index_prints_the_ledger(news: Path, tmp_path: Path) -> None:
    home = tmp_path / "h"
    first = qa("index", str(news), home=home, env=ENV)
    assert first.stdout.splitlines()[0] == "new      bridge.txt  1 article, 160 of 178 characters"
    assert "3 new: 3 articles, 2024-03-05 to 2024-04-12, 1 undated" in first.stdout
    assert first.stderr == ""
    (news / "bad.txt").write_bytes(b"\0\1")
    again = qa("index", str(news), home=home, env=ENV)
    assert again.stdout.startswith("failed   bad.txt  binary") and "1 failed, 3 same" in again.stdout
    status = qa("status", str(news), home=home, env=ENV)
    assert "same     storm.txt" in status.stdout and "fingerprint  embedder hash-64" in status.stdout
    gone = qa("forget", str(news), "--yes", home=home, env=ENV)
    assert gone.stdout.startswith("deleted") and (news / "storm.txt").exists()
    assert not list(home.iterdir())
    assert {p.name for p in news.iterdir()} == {"bridge.txt", "school.txt", "storm.txt", "bad.txt"}, (
        "nothing is written beside the articles"
    )


def test_answer_and_abstention(home: Path) -> None:
    yes = qa("ask", "-a", str(CORPUS), "Who called Putin's election result unique?", home=home)
    assert (yes.returncode, yes.stderr) == (0, "")
    assert (
        "[1] Sputnik · 2024-03-18 (header) · “Kremlin: Putin’s Victory Is Absolute" in yes.stdout
        and "003_sectioned_wire.txt:4" in yes.stdout
    )
    no = qa("ask", "-a", str(CORPUS), "What is the range of the Oreshnik missile in kilometres?", home=home)
    assert (no.returncode, no.stdout.splitlines()[0][:30]) == (3, "No answer to this was found in")


def test_json_and_markdown(home: Path) -> None:
    result = json.loads(
        qa("ask", "-a", str(CORPUS), "--json", "Which ministers lost their posts?", home=home).stdout
    )
    assert (result["format"], result["kind"]) == ("qa.answer/1", "answer")
    markdown = qa(
        "ask", "-a", str(CORPUS), "--markdown", "Which ministers lost their posts?", home=home
    ).stdout
    assert markdown.startswith("**Which ministers lost their posts?**") and "\n> " in markdown


ERRORS = [
    ("no such folder", ("ask", "-a", "nowhere", "Who?"), 1, "no folder"),
    ("no question", ("ask", "-a", str(CORPUS)), 2, "question is missing"),
    ("empty question", ("ask", "-a", str(CORPUS), " "), 2, "empty"),
    ("unknown option", ("ask", "--nonsense"), 2, "nonsense"),
    ("a date that is none", ("ask", "-a", str(CORPUS), "--since", "soon", "Who?"), 2, "cannot read the date"),
    ("a setting that is none", ("ask", "-a", str(CORPUS), "--answerer", "oracle", "Who?"), 2, "QA_ANSWERER"),
    (
        "no key and no endpoint",
        ("ask", "-a", str(CORPUS), "--answerer", "llm", "Who?"),
        2,
        "needs OPENAI_API_KEY",
    ),
    ("no such file to show", ("show", "-a", str(CORPUS), "nothing.txt"), 1, "no file"),
    ("no such batch", ("ask", "-a", str(CORPUS), "--batch", "none.jsonl"), 2, "cannot read"),
]


@pytest.mark.parametrize(("args", "code", "message"), [e[1:] for e in ERRORS], ids=[e[0] for e in ERRORS])
def test_errors_are_one_line(home: Path, args: tuple[str, ...], code: int, message: str) -> None:
    result = qa(*args, home=home)
    assert result.returncode == code and result.stdout == ""
    assert message in result.stderr and "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) == 1 and result.stderr.startswith("qa: ")


def test_empty_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    result = qa("ask", "-a", "none", "Who?", home=tmp_path / "h", env=ENV)
    assert result.returncode == 1 and "no file" in result.stderr


def test_batch(home: Path) -> None:
    lines = [
        '{"id": "1", "question": "Who called the election result unique?"}',
        "",
        '{"id": "2", "question": "And how many were hurt?", '
        '"history": ["How many people died in the attack on Kyiv?"]}',
        '{"id": "3", "question": "Who?", "extra": 1}',
        "not json",
        '{"id": 4, "question": "Who?"}',
        '{"id": "5", "question": ""}',
        '{"id": "6", "question": "What is the range of the Oreshnik missile in kilometres?"}',
    ]
    path = home.parent / "batch.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    result = qa("ask", "-a", str(CORPUS), "--batch", str(path), home=home)
    out = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 1
    assert [(o["id"], o.get("line"), o.get("kind")) for o in out] == [
        ("1", None, "answer"),
        ("2", None, "answer"),
        ("3", 4, None),
        (None, 5, None),
        (None, 6, None),
        ("5", 7, None),
        ("6", None, "abstention"),
    ]
    assert set(out[2]) == {"id", "line", "error"}
    path.write_text(lines[0], "utf-8")
    assert qa("ask", "-a", str(CORPUS), "--batch", str(path), home=home).returncode == 0
    assert qa("ask", "-a", str(CORPUS), "--batch", "-", home=home, text=lines[0]).returncode == 0


def test_show(home: Path) -> None:
    source = qa("show", "-a", str(CORPUS), "--source", "002_tag_page.txt", home=home)
    assert source.stdout == (CORPUS / "002_tag_page.txt").read_text("utf-8")
    article = qa("show", "-a", str(CORPUS), "004#2", home=home)
    assert "Macron" in article.stdout and "Lukashenko" not in article.stdout
    line = qa("show", "-a", str(CORPUS), "003_sectioned_wire.txt:4", home=home)
    assert "MOSCOW (Sputnik)" in line.stdout
    span = qa("show", "-a", str(CORPUS), "003@100-140", home=home)
    assert (CORPUS / "003_sectioned_wire.txt").read_text("utf-8")[100:140] in span.stdout


HEAVY = {
    "chromadb",
    "dateparser",
    "llama_index",
    "numpy",
    "onnxruntime",
    "openai",
    "pydantic",
    "rich",
    "tantivy",
    "trafilatura",
}


def test_help_is_fast_and_light() -> None:
    code = (
        "import sys; sys.argv = ['qa', '--help']\n"
        "try:\n    from qa.cli.app import main; main()\n"
        "except SystemExit: pass\n"
        f"print('HEAVY', sorted({{m.split('.')[0] for m in sys.modules}} & {HEAVY}))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert "HEAVY []" in result.stdout


def test_terminal_output_highlights(sample: object) -> None:
    import io

    from rich.console import Console

    from qa.presenting.show import find
    from qa.presenting.terminal import print_outcome, print_shown

    out = io.StringIO()
    # whatever the terminal is in which the tests run
    console = Console(file=out, force_terminal=True, color_system="standard", width=80, highlight=False)
    print_outcome(sample.ask("Who called the election result unique?"), console)  # type: ignore[attr-defined]
    assert "\x1b[" in out.getvalue() and "Peskov" in out.getvalue()
    out.truncate(0)
    print_shown(find(sample.store, "003@100-140"), console)  # type: ignore[attr-defined]
    assert "\x1b[1;7m" in out.getvalue(), "the quote is highlighted"


def test_first_question_over_a_larger_folder_needs_no_vectors(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(700):
        (folder / f"{n}.txt").write_text(
            (
                f"Report number {n} of the harbour master says that {n + 3} boats came in on day {n} of "
                "the season."
            ),
            "utf-8",
        )
    start = time.monotonic()
    result = qa(
        "ask", "-a", str(folder), "How many boats came in according to report number 77?", home=tmp_path / "h"
    )
    assert "no vectors yet" in result.stdout and "80 boats" in result.stdout
    assert time.monotonic() - start < 60


def test_many_processes_may_come_first_at_once(news: Path, tmp_path: Path) -> None:
    """Five questions over a folder that nobody has indexed: one indexes, all answer."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("QA_", "OPENAI_"))}
    command = [
        sys.executable,
        "-m",
        "qa",
        "ask",
        "-a",
        str(news),
        "How many homes in the Lund valley lost power in the storm?",
    ]
    processes = [
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
            env={**clean, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "QA_HOME": str(tmp_path / "h")},
        )
        for _ in range(5)
    ]
    results = [(*p.communicate(timeout=120), p.returncode) for p in processes]
    assert [(err, code) for _, err, code in results] == [("", 0)] * 5
    assert all("4,200" in out for out, _, _ in results)
