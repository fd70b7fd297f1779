"""A terminal that feels like home: doctor, config, completion, watch, addresses and other languages."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.cli.newcomer import Qa
from tests.cli.newcomer import qa as qa
from tests.conftest import ROOT

COST = "What will the repairs of the Tarn bridge cost?"


def lines(text: str) -> dict[str, str]:
    return {line.split()[0]: line.split(maxsplit=1)[1] for line in text.splitlines()}


def test_doctor_of_a_sound_home(qa: Qa, news: Path, tmp_path: Path) -> None:
    before = qa("doctor")
    assert before.code == 0 and "not made yet" in before.out and not (tmp_path / "home").exists()
    qa("index", "news")
    done = qa("doctor")
    told = lines(done.out)
    assert (done.code, done.err) == (0, "") and done.out.endswith("all is well\n")
    assert told["store"].startswith(f"{tmp_path / 'home'}: 1 folder, ") and told["rights"] == "yours alone"
    assert told["leaves"] == "nothing leaves this machine" and told["model"].startswith("none")
    assert told["reader"].endswith(".onnx") and told["embedder"] == "hash"


def test_doctor_says_where_texts_would_go_without_secrets(qa: Qa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://user:hunter2@models.example/v1?key=abcdefgh")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-abcdefghijklmnop")
    monkeypatch.setenv("QA_CHROMA_URL", "http://chroma.example:8000")
    for command in ("doctor", "config"):
        told = qa(command).out
        assert "models.example" in told and "chroma.example" in told
        assert "hunter2" not in told and "abcdefgh" not in told


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_doctor_finds_a_home_that_others_may_enter(qa: Qa, news: Path, tmp_path: Path) -> None:
    qa("index", "news")
    (tmp_path / "home").chmod(0o755)
    done = qa("doctor")
    assert done.code == 1 and f"chmod 700 {tmp_path / 'home'}" in done.out


def test_doctor_names_what_is_not_installed(qa: Qa, monkeypatch: pytest.MonkeyPatch) -> None:
    from qa.cli import doctor

    real = doctor.installed
    monkeypatch.setattr(doctor, "installed", lambda p: None if p in ("mcp", "tantivy") else real(p))
    done = qa("doctor")
    assert done.code == 1
    assert "not there: pip install 'news-qa[mcp]'" in done.out and "wrong      tantivy" in done.out


def test_config_shows_every_setting_with_its_source(
    qa: Qa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qa.settings import Settings

    monkeypatch.setenv("QA_TOP_K", "7")
    (tmp_path / ".env").write_text("QA_DEPTH=50\n", "utf-8")
    told = lines(qa("config").out)
    assert len(told) == len(Settings.model_fields)
    assert told["QA_TOP_K"].split() == ["7", "(environment)"] and told["QA_DEPTH"].split() == ["50", "(.env)"]
    assert told["QA_CAUTION"].split() == ["balanced", "(default)"]


def test_defaults_of_a_folder_hold_and_are_said(qa: Qa, news: Path, tmp_path: Path) -> None:
    assert "3.4 million" in qa("ask", "news", COST).out
    assert qa("config", "news", "--set", "since=2024-04", "--set", "outlet=Post").code == 0
    done = qa("ask", "news", COST)
    assert done.code == 3 and done.err == "by default: since 2024-04, outlet Post (see qa config)\n"
    assert "3.4 million" in qa("ask", "news", "--since", "2024", "--outlet", "", COST).out
    assert qa("who", "news", "Brandt").code == 3
    assert "searching" in (told := qa("chat", "news", text="/since 2024\n").out) and "outlet Post" in told
    assert 'since = "2024-04", outlet = "Post"' in qa("config", "news").out
    qa("config", "news", "--unset", "since", "--unset", "outlet")
    assert "3.4 million" in qa("ask", "news", COST).out
    qa("config", "--everywhere", "--set", "until=2024-01")
    assert qa("ask", "news", COST).code == 3 and not list(news.glob("*.toml"))
    assert (tmp_path / "home" / "qa.toml").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("outlet", "NAME=VALUE"),
        ("colour=red", "no default is called 'colour'"),
        ("since=soon", "cannot read the date"),
        ("caution=bold", "strict, balanced or eager"),
        ("undated=perhaps", "true or false"),
    ],
)
def test_wrong_defaults_are_refused(qa: Qa, news: Path, tmp_path: Path, given: str, told: str) -> None:
    done = qa("config", "news", "--set", given)
    assert done.code == 2 and told in done.err and not list((tmp_path / "home").glob("*/qa.toml"))


def test_a_broken_file_of_defaults_is_one_line(qa: Qa, news: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "qa.toml").write_text("outlet = ", "utf-8")
    done = qa("ask", "news", COST)
    assert done.code == 2 and "mend it or delete it" in done.err and len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    "question", ["https://news.example/a?b=c", "www.news.example/story", " http://a.example "]
)
def test_an_address_is_not_a_question(qa: Qa, news: Path, question: str) -> None:
    done = qa("ask", "-a", "news", question)
    assert done.code == 2 and "save the page into news" in done.err
    assert "that is an address" not in qa("ask", "-a", "news", f"What does {question} say?").err


def test_a_question_in_another_language_gets_a_line(qa: Qa, news: Path) -> None:
    assert "ask it in English" in qa("ask", "-a", "news", "Warum wurde die Talbrücke gesperrt?").out
    assert "in English" not in qa("ask", "-a", "news", "Who built the Eiffel Tower?").out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, tmp_path: Path) -> None:
    def completed(**words: str) -> str:
        env = {**os.environ, "PYTHONPATH": str(ROOT), **words}
        code = "from qa.cli.app import app; app(prog_name='qa')"
        done = subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, cwd=tmp_path
        )
        return done.stdout

    script = completed(_QA_COMPLETE=f"source_{shell}")
    assert "_QA_COMPLETE" in script and "complete" in script
    asked = {"COMP_WORDS": "qa time", "COMP_CWORD": "1"} if shell == "bash" else {}
    asked |= {"_TYPER_COMPLETE_ARGS": "qa time", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    assert "timeline" in completed(_QA_COMPLETE=f"complete_{shell}", **asked)


def test_watching_takes_in_what_changes(
    open_library: Any, news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from qa.cli.watch import follow

    library = open_library(news)

    def changes() -> Any:
        (news / "late.txt").write_text(
            "The Norvik ferry sank in the harbour on Tuesday, the port said.\n", "utf-8"
        )
        yield "late"
        yield "nothing"
        (news / "late.txt").unlink()
        yield "gone"
        stop.set()  # Ctrl-C in a refresh: it is finished, and the next change is not taken
        yield "stop"
        raise AssertionError("watched on")

    stop = threading.Event()
    follow(library, changes(), stop)
    told = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in told] == ["new", "1", "removed", "1"]
    assert told[1].startswith("1 new: 4 articles") and told[3].startswith("1 removed: 3 articles")


def test_watch_as_a_program(news: Path, tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("QA_", "OPENAI_"))}
    env = {
        **kept,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "QA_HOME": str(tmp_path / "h"),
        "QA_EMBEDDER": "hash",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "qa", "watch", str(news)],
        stdout=subprocess.PIPE,
        text=True,
        env=env,
        cwd=tmp_path,
    )
    stopped = threading.Timer(400, process.kill)
    stopped.start()
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(f"watching {news}: 3 articles")
        for n in range(100):  # the first may come before the folder is looked at
            (news / "late.txt").write_text(
                f"The Norvik ferry sank in the harbour, the port said {n} times.\n", "utf-8"
            )
            if select_line(process.stdout, 1.0):
                break
        assert process.stdout.readline().startswith("new      late.txt")
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    finally:
        stopped.cancel()
        process.kill()
        process.stdout.close()  # type: ignore[union-attr]


def select_line(stream: Any, seconds: float) -> bool:
    with selectors.DefaultSelector() as ready:
        ready.register(stream, selectors.EVENT_READ)
        return bool(ready.select(seconds))


@pytest.mark.parametrize(
    ("meta", "what", "address"),
    [
        (
            "url: https://post.example/a",
            "bridge.txt@17-34",
            "https://post.example/a#:~:text=Old%20bridge%20closes",
        ),
        (
            "url: https://post.example/a#top",
            "bridge.txt@17-34",
            "https://post.example/a#top:~:text=Old%20bridge%20closes",
        ),
        ("url: https://post.example/a", "bridge.txt#1", "https://post.example/a"),
        (
            "url: javascript:alert(1)",
            "bridge.txt@17-34",
            "file://{news}/bridge.txt#:~:text=Old%20bridge%20closes",
        ),
        (
            "outlet: Post",
            "bridge.txt:4",
            "file://{news}/bridge.txt#:~:text=The%20Tarn%20bridge%20was%20closed%20on,"
            "million%20crowns%2C%20mayor%20Ilse%20Brandt%20said.",
        ),
    ],
)
def test_show_opens_the_article_at_the_quote(
    qa: Qa, news: Path, monkeypatch: pytest.MonkeyPatch, meta: str, what: str, address: str
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("typer.launch", opened.append)
    (news / "bridge.txt.meta.yml").write_text(f"{meta}\n", "utf-8")
    qa("index", "news")
    assert qa("show", "news", what, "--open").out.strip() == address.format(news=news)
    assert opened == [address.format(news=news)]
