"""What a newcomer stumbles over: where the folder stands, what is printed, what is asked back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.newcomer import Done, Qa
from tests.cli.newcomer import qa as qa

COST = "What will the repairs of the Tarn bridge cost?"


def test_a_quote_is_printed_once(qa: Qa, news: Path) -> None:
    quote = "Repairs will cost 3.4 million crowns, mayor Ilse Brandt said."
    once = qa("ask", "-a", "news", COST).out
    assert once.count(quote) == 1 and "[1] outlet not stated · 2024-03-05 (header)" in once
    assert "bridge.txt:4" in once
    twice = qa("ask", "-a", "news", "--long", COST).out
    assert twice.count(quote) == 2
    said = qa("who", "-a", "news", "Lind").out.splitlines()
    assert len(said) == 3 and said[0].endswith("[1]") and said[2].endswith("school.txt:6")


def test_each_line_of_a_list_has_its_source_under_it(qa: Qa, news: Path) -> None:
    (news / "late.txt").write_text(
        "Date: 2024-05-02\nBridge opens\n\nThe bridge is safe, mayor Ilse Brandt said on Thursday.\n", "utf-8"
    )
    lines = qa("who", "-a", "news", "Brandt").out.splitlines()
    assert [line.split(",")[0] for line in lines if not line.startswith(" ")] == ["2024-03-05", "2024-05-02"]
    assert [line.split("]")[0] for line in lines if line.startswith("    [")] == ["    [1", "    [2"]


PLACES = [
    ("with -a", ("ask", "-a", "news", COST)),
    ("the folder first", ("ask", "news", COST)),
    ("the folder last", ("ask", COST, "news")),
    ("a file", ("ask", "news/bridge.txt", COST)),
    ("a pattern", ("ask", "news/b*.txt", COST)),
    ("a name", ("who", "news", "Ilse Brandt")),
    ("a topic", ("timeline", "Tarn bridge", "news")),
    ("a place", ("show", "news", "bridge.txt:4")),
    ("a file of the folder", ("statements", "news", "bridge.txt")),
    ("a place by its path from here", ("show", "-a", "news", "news/bridge.txt:4")),
    ("a file by its path from here", ("statements", "-a", "news", "news/bridge.txt")),
    ("articles with -a", ("articles", "-a", "news")),
    ("articles bare", ("articles", "news")),
    ("people with -a", ("people", "-a", "news")),
    ("status with -a", ("status", "-a", "news")),
    ("index with -a", ("index", "-a", "news")),
    ("chat bare", ("chat", "news")),
]


@pytest.mark.parametrize("args", [p[1] for p in PLACES], ids=[p[0] for p in PLACES])
def test_the_folder_may_stand_bare_or_behind_a(qa: Qa, news: Path, args: tuple[str, ...]) -> None:
    assert qa("index", "news").code == 0
    done = qa(*args, text="/quit\n")
    assert (done.code, done.err) == (0, "")
    assert "ridge" in done.out or "Brandt" in done.out or "3 articles" in done.out


HINTS = [
    (
        "unquoted",
        ("ask", "-a", "news", "Who", "said", "so?"),
        'put the question in quotation marks: … -a news "Who said so?"',
    ),
    ("unquoted, folder first", ("ask", "news", "Who", "said?"), '… -a news "Who said?"'),
    (
        "unquoted, folder last",
        ("who", "Ilse", "Brandt", "news"),
        'put the name in quotation marks: … -a news "Ilse Brandt"',
    ),
    ("unquoted, no folder", ("ask", "Who", "said?"), 'put the question in quotation marks: … "Who said?"'),
    ("only a folder", ("ask", "news"), "news is a folder; the question is missing"),
    ("two folders", ("articles", "news", "-a", "other"), "two folders are named"),
    ("no such folder", ("ask", "-a", "nwes", "Who?"), "no folder, file or pattern 'nwes'"),
    ("forget without a name", ("forget",), "qa forget FOLDER"),
    ("input twice", ("ask", "-a", "-", "--batch", "-"), "standard input cannot hold both"),
    ("chat over standard input", ("chat", "-a", "-"), "name a folder"),
    ("mcp over standard input", ("mcp", "-"), "name a folder"),
    ("a command that is none", ("askk",), "Did you mean 'ask'?; `qa --help`"),
    ("an option that is none", ("who", "--jsno", "news", "x"), "`qa who --help` lists what there is"),
    ("a port that is none", ("serve", "--port", "99999", "news"), "--port"),
    ("two forms", ("ask", "-a", "news", "--json", "--format", "html", COST), "exclude each other"),
    ("a form that is none", ("ask", "-a", "news", "--format", "pdf", COST), "--format takes markdown"),
    (
        "a day that is none",
        ("ask", "-a", "news", "--today", "soon", COST),
        "today: cannot read the date 'soon'",
    ),
    ("no word", ("ask", "-a", "news", "???"), "the question is empty"),
    ("no file of questions", ("ask", "-a", "news", "--batch", "none.txt"), "none.txt: No such file"),
]


@pytest.mark.parametrize(("args", "hint"), [h[1:] for h in HINTS], ids=[h[0] for h in HINTS])
def test_a_slip_gets_a_hint_in_one_line(qa: Qa, news: Path, args: tuple[str, ...], hint: str) -> None:
    done = qa(*args)
    assert done.code in (1, 2) and done.out == ""
    assert hint in done.err and len(done.err.splitlines()) == 1


def test_stopping_is_said(qa: Qa, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("qa.library.Library.ask", stopped)
    done = qa("ask", "-a", "news", COST)
    assert (done.code, done.err) == (130, "qa: stopped; what was finished is kept\n")


def test_words_of_another_language_are_no_misspelt_english(qa: Qa, news: Path) -> None:
    told = qa("ask", "-a", "news", "Wer bezahlt die Reparaturen der Brükke?").out
    assert "ask it in English" in told and "Read “" not in told


def test_the_last_folder_is_remembered_and_said(
    qa: Qa, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qa("ask", COST).code == 1
    qa("index", "news")
    again = qa("ask", COST)
    assert "3.4 million" in again.out
    assert again.err == f"articles: {news} (the last folder; -a names another)\n"
    (tmp_path / "articles").mkdir()
    assert "no file in" in qa("ask", COST).err, "a folder “articles” here comes first"
    (tmp_path / "articles").rmdir()
    qa("forget", "news", "--yes")
    assert qa("ask", COST).code == 1 and not (tmp_path / "home" / "last_folder").exists()
    monkeypatch.setenv("QA_REMEMBER", "false")
    qa("index", "news")
    assert qa("ask", COST).code == 1


@pytest.mark.parametrize(
    ("answer", "yes", "terminal", "code", "gone"),
    [
        ("", True, False, 0, True),
        ("y\n", False, True, 0, True),
        ("n\n", False, True, 0, False),
        ("", False, False, 2, False),
    ],
    ids=["--yes", "yes", "no", "nobody to ask"],
)
def test_forget_asks_first(
    qa: Qa, news: Path, tmp_path: Path, answer: str, yes: bool, terminal: bool, code: int, gone: bool
) -> None:
    qa("index", "news")
    done = qa("forget", "news", *(["--yes"] if yes else []), text=answer, terminal=terminal)
    assert done.code == code
    assert (
        [p for p in (tmp_path / "home").iterdir() if p.is_dir()] == []
        if gone
        else "3 articles" in done.out + done.err
    )


def test_nearest_names(qa: Qa, news: Path) -> None:
    who = qa("who", "news", "Brand")
    assert who.code == 3 and "the nearest: Ilse Brandt. `qa people` lists all." in who.out
    (news / "bridge.txt.meta.yml").write_text("outlet: Tarn Valley Post\n", "utf-8")
    near = qa("ask", "news", COST, "--outlet", "Tarn Vally")
    assert near.code == 3
    assert "No article is of an outlet called “Tarn Vally”; the nearest: Tarn Valley Post." in near.out
    assert "the nearest: Tarn Valley Post" in qa("ask", "news", COST, "--outlet", "TVP").out
    assert "there is Tarn Valley Post" in qa("timeline", "news", "bridge", "--outlet", "Reuters").out
    assert "outlet called" not in qa("ask", "news", COST, "--outlet", "valley").out


def test_people_and_outlets(qa: Qa, news: Path) -> None:
    (news / "bridge.txt.meta.yml").write_text("outlet: Tarn Valley Post\n", "utf-8")
    people = [json.loads(line) for line in qa("people", "news", "--json").out.splitlines()]
    assert {p["name"]: (p["statements"], p["articles"]) for p in people} == {
        "Ilse Brandt": (1, 1),
        "Otto Lind": (1, 1),
    }
    table = qa("people", "news").out.splitlines()
    assert table[0].split() == ["name", "role", "statements", "articles"] and "Ilse Brandt" in "".join(table)
    outlets = qa("outlets", "news", "--csv").out.splitlines()
    assert outlets[:2] == ["name,articles,first,last", "Tarn Valley Post,1,2024-03-05,2024-03-05"]
    assert outlets[2].startswith(",2,2024-04-12")


def test_a_timeline_says_what_has_no_day(qa: Qa, news: Path) -> None:
    told = qa("timeline", "news", "storm power homes").out
    assert "have no day and stand last" in told
    assert "no day" not in qa("timeline", "news", "Tarn bridge").out


def test_many_new_files_are_one_line(qa: Qa, news: Path) -> None:
    for n in range(30):
        (news / f"day{n}.txt").write_text(
            f"The harbour master counted {n + 3} boats on this day of the year.\n"
        )
    (news / "bad.txt").write_bytes(b"\0\1")
    lines = qa("index", "news").out.splitlines()
    assert [line.split()[0] for line in lines] == ["failed", "new", "1", "undated:", "next:"]
    assert lines[1].startswith("new      33 files  33 articles, ") and lines[1].endswith(
        "`qa status` lists them"
    )
    assert lines[2].startswith("1 failed, 33 new: 33 articles") and "31 undated" in lines[2]
    assert lines[-1] == 'next: qa ask -a news "your question"'
    assert [line.split()[0] for line in qa("index", "news").out.splitlines()][-1] != "next:", "nothing is new"


@pytest.mark.parametrize(
    ("text", "lines"), [("One.\nTwo.\n", 2), ("One.\r\nTwo.", 2), ("One.\rTwo.\r", 2), ("One.\n\nThree.", 3)]
)
def test_lines_are_counted_right(qa: Qa, tmp_path: Path, text: str, lines: int) -> None:
    folder = tmp_path / "few"
    folder.mkdir()
    (folder / "a.txt").write_bytes(text.replace(".", " is a sentence of some words.").encode())
    qa("index", "few")
    assert f"a.txt has {lines} lines, no line 999" in qa("show", "few", "a.txt:999").err
    assert qa("show", "few", f"a.txt:{lines}").code == 0
    assert qa("show", "few", f"a.txt:{lines + 1}").code == 1


def batch(qa: Qa, tmp_path: Path, text: str) -> Done:
    path = tmp_path / "questions"
    path.write_text(text, "utf-8")
    return qa("ask", "news", "--batch", str(path))


def test_a_batch_of_plain_lines(qa: Qa, news: Path, tmp_path: Path) -> None:
    done = batch(qa, tmp_path, f"{COST}\n\n  Who won the chess prize?  \n")
    told = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0
    assert [(t["id"], t["question"]) for t in told] == [("1", COST), ("3", "Who won the chess prize?")]


@pytest.mark.parametrize(
    "text", ['[{"id": "1"}]', '{\n  "id": 1}', "<html><body>Who?", "%PDF-1.4", "a\0b", "", "\n \n"]
)
def test_a_batch_of_the_wrong_kind_is_one_error(qa: Qa, news: Path, tmp_path: Path, text: str) -> None:
    done = batch(qa, tmp_path, text)
    assert (done.code, done.out) == (2, "") and "question" in done.err and len(done.err.splitlines()) == 1


def test_a_question_goes_on_from_the_last(qa: Qa, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ask one without --continue first" in qa("ask", "news", "--continue", "And who said so?").err
    qa("ask", "news", "Why was the Tarn bridge closed?", "--since", "2024-01")
    told = qa("ask", "news", "--continue", "--json", "What will its repairs cost?")
    assert told.err == "going on from: Why was the Tarn bridge closed?; filters: since 2024-01\n"
    outcome = json.loads(told.out)
    assert "Tarn" in outcome["standalone_question"] and "3.4 million" in outcome["text"]
    qa("ask", "news", COST)
    assert "going on from: What will the repairs" in qa("ask", "news", "-c", "Who said so?").err
    monkeypatch.setenv("QA_REMEMBER", "false")
    assert "no last question" in qa("ask", "news", "-c", "Who said so?").err


def test_what_is_kept_of_single_questions_is_bounded(
    qa: Qa, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.conversation.asked.MOST", 2)
    for _ in range(4):
        qa("ask", "news", COST)
    kept = list((tmp_path / "home").glob("*/asked/*.json"))
    assert len(kept) == 2 and all(p.stat().st_mode & 0o077 == 0 for p in kept)


@pytest.mark.parametrize(
    "text",
    [
        "The Tarn bridge was closed on Monday. Repairs will cost 3.4 million crowns, mayor Ilse Brandt said.",
        "<html><body><p>The Tarn bridge was closed. Repairs will cost 3.4 million crowns, mayor Ilse Brandt "
        "said.</p></body></html>",
    ],
    ids=["text", "html"],
)
def test_standard_input_is_material(qa: Qa, tmp_path: Path, text: str) -> None:
    done = qa("ask", "-a", "-", COST, text=text)
    assert (done.code, done.err) == (0, "") and "3.4 million" in done.out
    assert qa("who", "-", "Brandt", text=text).code == 0
    assert not (tmp_path / "home").exists(), "nothing of it is kept"
    assert "standard input is empty" in qa("ask", "-a", "-", COST, text=" ").err


def test_notes_and_errors_from_python_name_no_options(open_library: object, news: Path) -> None:
    library = open_library(news)  # type: ignore[operator]
    notes = [
        *library.ask(COST, since="2024-03").notes,
        *library.ask(COST, outlet="Nobody").notes,
        *library.who("Brand").notes,
    ]
    assert {n.kind for n in notes} >= {"undated_left_out", "no_such_outlet", "nearest_names"}
    assert [n.text for n in notes if "--" in n.text or "`qa" in n.text] == []


def test_the_same_notes_on_the_command_line_do(qa: Qa, news: Path) -> None:
    assert "were left out. --undated takes them in." in qa("ask", "news", COST, "--since", "2024-03").out
    chat = qa("chat", "news", "--since", "2024-03", text=f"{COST}\n/undated\n{COST}\n/undated\n").out
    assert chat.count("/undated takes them in.") == 1
    assert "undated articles in\n" in chat and "undated articles out\n" in chat


def test_a_resumed_chat_shows_what_was_and_the_filters(qa: Qa, news: Path) -> None:
    qa("chat", "news", "--outlet", "post", "--undated", text=f"{COST}\n")
    told = qa("chat", "news", "--resume", text="").out
    assert f"> {COST}\n" in told and "filters: outlet post, undated articles too\n" in told


def test_piped_lines_are_not_wrapped(qa: Qa, news: Path) -> None:
    long = "/" + "nonsense-" * 30
    told = qa("chat", "news", text=f"{long}\n{COST}\n").out
    assert long in told
    assert max(len(line) for line in told.splitlines()) > 120


def test_a_run_in_quotes_is_never_said_to_have_failed_a_check() -> None:
    from qa.presenting.plain_text import abstention_text
    from qa.types import CorpusInfo

    corpus = CorpusInfo(articles=3, undated=0)
    assert "verified" in abstention_text("unverified", corpus, None, True)
    assert "verified" not in abstention_text("unverified", corpus, None, True, quoted=True)
