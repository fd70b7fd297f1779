"""``qa chat`` on a terminal: a line editor with history and completion (prompt_toolkit), answers that
grow sentence by sentence; without a terminal, lines of standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.text import Text

from qa.cli.options import CHAT_HINTS
from qa.conversation.chat import COMMANDS, Chat, CommandReply
from qa.errors import QAError
from qa.presenting.printable import one_line, printable
from qa.presenting.terminal import print_events, print_shown
from qa.privacy import private_file, private_folder

SHOWN = 5  # turns of a conversation that is resumed


def _lines(history: Path) -> Iterator[str]:
    """What the user types, line by line, until Ctrl-D; Ctrl-C empties the line."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.history import FileHistory

    private_folder(history.parent)
    private_file(history)
    about = {name: text for name, (_, text) in COMMANDS.items()}
    editor: PromptSession[str] = PromptSession(
        history=FileHistory(str(history)),
        completer=WordCompleter(list(COMMANDS), meta_dict=about, sentence=True),
        complete_while_typing=True,
    )
    while True:
        try:
            yield editor.prompt("> ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def _answer(chat: Chat, question: str, console: Console) -> None:
    """Ctrl-C ends this answer only."""
    events = chat.ask(question)
    try:
        print_events(
            events,
            question,
            console,
            growing=console.is_terminal and chat.library.endpoint is not None,
            hints=CHAT_HINTS,
        )
    except KeyboardInterrupt:
        console.print(Text("stopped; the earlier turns are kept", style="yellow"))
    finally:
        events.close()


def _say(said: CommandReply, console: Console) -> None:
    if said.shown is not None:
        print_shown(said.shown, console)
    elif said.text:
        console.print(Text(printable(said.text)), soft_wrap=not console.is_terminal)


def earlier(chat: Chat, console: Console | None = None) -> None:
    """What was asked and answered before, the newest turns of it, and the filters that are on."""
    console = console or Console(highlight=False)
    wrap = not console.is_terminal
    turns = chat.session.turns
    if len(turns) > SHOWN:
        console.print(Text(f"… {len(turns) - SHOWN} earlier turns", style="dim"), soft_wrap=wrap)
    for turn in turns[-SHOWN:]:
        console.print(Text(one_line(f"> {turn.question}"), style="bold"), soft_wrap=wrap)
        console.print(Text(printable(turn.outcome.text), style="dim"), soft_wrap=wrap)
    if chat.session.filters:
        console.print(Text(one_line(f"filters: {chat.session.filters}")), soft_wrap=wrap)


def run(chat: Chat, console: Console | None = None) -> None:
    """The conversation, until /quit or the end of input. Errors are one line, and it goes on."""
    console = console or Console(highlight=False)
    for line in _lines(chat.library.home / "chat_history"):
        text = line.strip()
        if not text:
            continue
        try:
            if text.startswith("/"):
                said = chat.command(text)
                _say(said, console)
                if said.quit:
                    return
                text = said.ask or ""
            if text:
                _answer(chat, text, console)
        except QAError as error:
            console.print(Text(one_line(str(error)), style="red"), soft_wrap=not console.is_terminal)
        console.print()
