"""Conversations: follow-ups, commands, sessions; by call, through a pipe, and in a real terminal."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.conversation.chat import COMMANDS, Chat
from qa.errors import NotFound, QAError
from qa.library import Library
from qa.llm.client import QueueLLM
from tests.conftest import CORPUS, ROOT
from tests.model_server import says, serving


@pytest.fixture
def chat(sample: Library) -> Chat:
    return sample.chat()


def ask(chat: Chat, question: str) -> str:
    *_, last = chat.ask(question)
    return last.outcome.text  # type: ignore[union-attr]


def test_follow_ups_and_what_was_searched(chat: Chat) -> None:
    assert "Peskov" in ask(chat, "Who called Putin's election result unique?")
    ask(chat, "And what did he say about the legitimacy of the vote?")
    searched = chat.last.standalone_question
    assert searched != chat.last.question and "election" in searched
    assert chat.session.history == [
        "Who called Putin's election result unique?",
        "And what did he say about the legitimacy of the vote?",
    ]


FOLLOWED = [
    ("Why did he say so?", True),
    ("And who called it illegitimate?", False),
    ("And in 2023?", False),
]


@pytest.mark.parametrize(("question", "kept"), FOLLOWED, ids=[f[0] for f in FOLLOWED])
def test_he_is_the_one_who_was_asked_for(chat: Chat, question: str, kept: bool) -> None:
    ask(chat, "Who called Putin's election result unique?")
    ask(chat, question)
    assert ("Dmitry Peskov" in chat.last.standalone_question) == kept
    assert chat.session.history == ["Who called Putin's election result unique?", question]


def test_every_command_says_something(chat: Chat, tmp_path: Path) -> None:
    for name in ("/sources", "/why", "/retry"):
        with pytest.raises(NotFound, match="nothing was asked"):
            chat.command(name)
    ask(chat, "Who called Putin's election result unique?")
    outcome = chat.last
    assert (
        outcome.citations[0].quote in chat.command("/sources").text.replace("\n", " ")
        or "[1]" in chat.command("/sources").text
    )
    shown = chat.command("/open 1").shown
    assert (
        shown is not None
        and shown.highlight is not None
        and shown.text[slice(*shown.highlight)] == outcome.citations[0].quote
    )
    why = chat.command("/why").text
    assert (
        "searched" in why
        and "cited" in why
        and "dropped    nothing" in why
        and why.count("003_sectioned_wire.txt#1") >= 1
    )
    assert "0 tokens sent" in chat.command("/cost").text and "all 1" in chat.command("/cost").text
    assert (
        chat.command("/retry").ask == "Who called Putin's election result unique?"
        and chat.session.turns == ()
    )
    ask(chat, "Who called Putin's election result unique?")
    assert chat.command(f"/save {tmp_path / 'a.md'}").text.startswith("1 answers saved") and "Peskov" in (
        tmp_path / "a.md"
    ).read_text("utf-8")
    assert all(name in chat.command("/help").text for name in COMMANDS) and chat.command("/quit").quit
    assert chat.command("/new").text and chat.session.turns == ()


def test_filters_hold_for_the_conversation(chat: Chat) -> None:
    assert (
        chat.command("/since 2024").text == "searching since 2024"
        and chat.command("/outlet sputnik").text == "searching since 2024, outlet sputnik"
    )
    ask(chat, "What did Peskov say about Putin?")
    assert {c.file for c in chat.last.citations} <= {"003_sectioned_wire.txt"}
    assert "now leave undated articles in" in chat.command("/undated").text and chat.session.undated
    chat.command("/undated")
    assert (
        chat.command("/since").text == "searching outlet sputnik"
        and chat.command("/outlet").text == "searching everything"
    )


@pytest.mark.parametrize(
    ("line", "says_"),
    [
        ("/nothing", "no such command"),
        ("/s", "which of"),
        ("/since someday", "cannot read the date"),
        ("/save", "takes a file name"),
        ("/save /nowhere/at/all.md", "cannot write"),
        ("/open 9", "nothing was asked"),
        ("/", "no such command"),
    ],
)
def test_wrong_commands_are_one_line(chat: Chat, line: str, says_: str) -> None:
    with pytest.raises(QAError, match=says_):
        chat.command(line)


def test_commands_may_be_shortened_where_that_is_clear(chat: Chat) -> None:
    assert chat.command("/he").text == chat.command("/help").text and chat.command("/q").quit


def test_sessions_survive_and_resume(sample: Library, chat: Chat) -> None:
    ask(chat, "Who called Putin's election result unique?")
    chat.command("/outlet sputnik")
    name = chat.session.id
    again = sample.chat(resume=True)
    assert (
        again.session == chat.session and again.session.outlet == "sputnik" and again.last.citations[0].quote
    )
    assert sample.chat(resume=name[:-1]).session.id.startswith(name[:-1])
    with pytest.raises(NotFound, match="no session"):
        sample.chat(resume="1999")
    (sample.home / "sessions" / "99999999-000000.json").write_text("{", "utf-8")
    with pytest.raises(NotFound, match="cannot be read"):
        sample.chat(resume=True)
    (sample.home / "sessions" / "99999999-000000.json").unlink()


def test_a_stopped_answer_leaves_the_earlier_turns(chat: Chat) -> None:
    ask(chat, "Who called Putin's election result unique?")
    events = chat.ask("What did Peskov say about Navalny?")
    next(iter(events))
    events.close()  # type: ignore[attr-defined]
    assert len(chat.session.turns) == 1 and chat.sessions.load().turns == chat.session.turns


def test_the_models_words_come_back_from_a_session(sample: Library) -> None:
    reply = json.dumps(
        {
            "claims": [
                {
                    "passage": 1,
                    "quote": "Putin leads with 87.3% of votes",
                    "text": "Putin leads with 87.3% of votes.",
                }
            ],
            "breaks_off": None,
        }
    )
    try:
        sample.use(QueueLLM([reply, "What share of votes does Putin lead with, according to Peskov?", reply]))
        chat = sample.chat()
        ask(chat, "What share of votes does Putin lead with?")
        ask(chat, "And according to Peskov?")
        assert (
            chat.last.standalone_question == "What share of votes does Putin lead with, according to Peskov?"
        )
        assert sample.chat(resume=True).session.history[-1] == chat.last.standalone_question
    finally:
        sample.use(None)


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("QA_", "OPENAI_"))}
    return {
        **kept,
        "QA_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "TERM": "xterm-256color",
        **more,
    }


def test_a_conversation_through_a_pipe(tmp_path: Path) -> None:
    lines = "Who called Putin's election result unique?\n\n/sources\n/nonsense\n/quit\nnever read\n"
    done = subprocess.run(
        [sys.executable, "-m", "qa", "chat", "-a", str(CORPUS)],
        input=lines,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(tmp_path),
        cwd=tmp_path,
        timeout=120,
    )
    assert done.returncode == 0 and done.stderr == ""
    assert "Peskov" in done.stdout and "no such command" in done.stdout and "\x1b[" not in done.stdout
    again = subprocess.run(
        [sys.executable, "-m", "qa", "chat", "-a", str(CORPUS), "--resume"],
        input="/sources\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(tmp_path),
        cwd=tmp_path,
        timeout=120,
    )
    assert "1 turns so far" in again.stdout and "003_sectioned_wire.txt:" in again.stdout


class Terminal:
    """A tmux session of its own server."""

    def __init__(self, tmp_path: Path, command: str, **more: str) -> None:
        self.base = ["tmux", "-S", str(tmp_path / "tmux.sock"), "-f", "/dev/null"]
        env = environment(tmp_path / "home", LC_ALL="C.UTF-8", **more)
        subprocess.run(
            [*self.base, "new-session", "-d", "-x", "110", "-y", "60", command],
            env=env,
            cwd=tmp_path,
            check=True,
        )

    def type(self, *keys: str) -> None:
        subprocess.run([*self.base, "send-keys", *keys], check=True)

    def screen(self) -> str:
        return subprocess.run(
            [*self.base, "capture-pane", "-p", "-S", "-200"], capture_output=True, text=True, encoding="utf-8"
        ).stdout

    def wait(self, pattern: str, seconds: float = 60) -> str:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if re.search(pattern, screen := self.screen()):
                return screen
            time.sleep(0.1)
        raise AssertionError(f"{pattern!r} did not appear:\n{self.screen()}")

    def prompt(self, seconds: float = 60) -> str:
        """Until the prompt stands empty at the end: the terminal itself echoes what is typed before."""
        return self.wait(r"\n> ?\s*\Z", seconds)

    def close(self) -> None:
        subprocess.run([*self.base, "kill-server"], capture_output=True)


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[list[Terminal]]:
    if not shutil.which("tmux"):
        pytest.skip("no tmux here")
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


def test_a_conversation_in_a_real_terminal(tmp_path: Path, tmux: list[Terminal]) -> None:
    terminal = Terminal(tmp_path, f"{sys.executable} -m qa chat -a {CORPUS}; sleep 60")
    tmux.append(terminal)
    assert "23 articles" in terminal.prompt(90)
    terminal.type("Who called Putin's election result unique?", "Enter")
    terminal.wait(r"\[1\] Sputnik · 2024-03-18")
    terminal.prompt()
    terminal.type("And what did he say about the legitimacy of the vote?", "Enter")
    terminal.wait(r"searched: And what did he say about the legitimacy of the vote\? \(")
    terminal.prompt()
    terminal.type("/so", "")
    terminal.wait(r"/sources\s+the sources of the last answer")  # the menu
    terminal.type("Tab", "")
    terminal.wait(r"> /sources")
    terminal.type("C-c", "")  # empties the line and goes on
    terminal.wait(r"> /sources\s*\n>\s*$")
    terminal.type("Up", "Up", "")  # history
    terminal.wait(r"> Who called Putin's election result unique\?\s*$")
    terminal.type("C-c", "")
    terminal.type("/quit", "Enter")
    terminal.wait(r"> /quit")
    assert "Traceback" not in terminal.screen()


def test_ctrl_c_stops_an_answer_and_the_terminal_stays_clean(tmp_path: Path, tmux: list[Terminal]) -> None:
    reply = json.dumps(
        {
            "claims": [
                {
                    "passage": 1,
                    "quote": "Putin leads with 87.3% of votes",
                    "text": "Putin leads with 87.3% of votes.",
                }
            ]
            * 1,
            "breaks_off": None,
        }
    )
    with serving(says(reply + " " * 4000, pause=0.02)) as server:
        terminal = Terminal(
            tmp_path,
            f"{sys.executable} -m qa chat -a {CORPUS}; sleep 60",
            OPENAI_BASE_URL=server.url,
            QA_MODEL="m",
            QA_CALL_SECONDS="60",
        )
        tmux.append(terminal)
        assert f"questions and passages go to {server.url} (m)" in terminal.wait(
            r"23 articles[\s\S]*\n>", 90
        ).replace("\n", "")
        terminal.type("What share of votes does Putin lead with?", "Enter")
        terminal.wait(r"Putin leads with 87\.3% of votes\. \[1\]")  # told while the model still writes
        terminal.type("C-c", "")
        terminal.wait(r"stopped; the earlier turns are kept\s*\n\s*>")
        terminal.type("/cost", "Enter")
        screen = terminal.wait(r"nothing was asked yet")
        assert "Traceback" not in screen
