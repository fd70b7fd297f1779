"""A conversation with a folder: questions that follow up, and commands about the last answer."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from qa.conversation.session import Session, Sessions, Turn
from qa.errors import NotFound, UsageError
from qa.index.store import Store
from qa.index.sync import Folder
from qa.presenting import plain_text
from qa.presenting.explanation import explanation_text
from qa.presenting.exports import form_of, rendered
from qa.presenting.show import Shown, find
from qa.text.dates import read_date
from qa.types import Event, Finished, Outcome


class AskableLibrary(Protocol):
    """What a conversation needs of a library: to be asked, and where its texts and its home are."""

    @property
    def home(self) -> Path: ...

    @property
    def folder(self) -> Folder: ...

    @property
    def store(self) -> Store: ...

    @property
    def endpoint(self) -> str | None: ...

    def stream(
        self,
        question: str,
        *,
        history: Sequence[str],
        since: str | None,
        until: str | None,
        outlet: str | None,
        undated: bool,
        fresh: bool,
        explain: bool,
    ) -> Iterator[Event]: ...


@dataclass(frozen=True, slots=True)
class CommandReply:
    """What a command answers: text, or a place in a source; ``quit``: the conversation is over."""

    text: str = ""
    shown: Shown | None = None
    quit: bool = False
    ask: str | None = None  # a question that is to be asked now


class Chat:
    """Begin one with ``Library.chat``. Every finished turn is saved."""

    def __init__(self, library: AskableLibrary, resume: str | bool = False) -> None:
        self.library = library
        self.sessions = Sessions(library.home, str(library.folder.root))
        self.session = (
            self.sessions.load(None if resume is True else str(resume)) if resume else self.sessions.new()
        )
        self._fresh = False

    @property
    def last(self) -> Outcome:
        """The last outcome. Raises NotFound."""
        if not self.session.turns:
            raise NotFound("nothing was asked yet")
        return self.session.turns[-1].outcome

    def ask(self, question: str) -> Generator[Event, None, None]:
        """The events of ``Library.stream``, with this conversation's history and filters."""
        s = self.session
        fresh, self._fresh = self._fresh, False
        for event in self.library.stream(
            question,
            history=s.history_for(question),
            since=s.since,
            until=s.until,
            outlet=s.outlet,
            undated=s.undated,
            fresh=fresh,
            explain=True,
        ):
            if isinstance(event, Finished):
                self._keep(
                    s.model_copy(update={"turns": (*s.turns, Turn(question=question, outcome=event.outcome))})
                )
            yield event

    def _keep(self, session: Session) -> None:
        self.session = session
        self.sessions.save(session)

    # --- commands ---

    def command(self, line: str) -> CommandReply:
        """A line that begins with "/". Raises QAError."""
        name, _, rest = line.strip().partition(" ")
        known = [c for c in COMMANDS if c.startswith(name)] if name != "/" else []
        if name in COMMANDS:
            known = [name]
        if len(known) != 1:
            which = f"which of {', '.join(known)}?" if known else "no such command; /help lists them"
            raise UsageError(f"{name}: {which}")
        return COMMANDS[known[0]][0](self, rest.strip())

    def _help(self, _: str) -> CommandReply:
        return CommandReply("\n".join(f"{name:10} {about}" for name, (_, about) in COMMANDS.items()))

    def _sources(self, _: str) -> CommandReply:
        return CommandReply(
            "\n\n".join(
                f"[{c.n}] {plain_text.footnote(c)}\n    {plain_text.flat(c.quote)}"
                for c in self.last.citations
            )
            or "no sources"
        )

    def _open(self, rest: str) -> CommandReply:
        number = next((c for c in self.last.citations if str(c.n) == rest.strip("[]")), None)
        if number is None:
            raise UsageError(
                f"/open takes the number of a source: 1 to {len(self.last.citations)}"
                if self.last.citations
                else "the last answer has no sources"
            )
        return CommandReply(shown=find(self.library.store, f"{number.file}@{number.start}-{number.end}"))

    def _why(self, _: str) -> CommandReply:
        found = plain_text.why(
            self.last,
            lambda file, start, end: find(self.library.store, f"{file}@{start}-{end}").text[start:end],
        )
        told = self.last.trace.explain
        return CommandReply(f"{found}\n\n{explanation_text(self.last)}" if told else found)

    def _filter(self, field: str, value: str) -> CommandReply:
        if value and field != "outlet" and read_date(value) is None:
            raise UsageError(
                f"/{field}: cannot read the date {value!r}; write it as 2024-03-18, 2024-03 or 2024"
            )
        self._keep(self.session.model_copy(update={field: value or None}))
        return CommandReply(f"searching {self.session.filters or 'everything'}")

    def _undated(self, _: str) -> CommandReply:
        self._keep(self.session.model_copy(update={"undated": not self.session.undated}))
        told = "in" if self.session.undated else "out"
        return CommandReply(f"/since and /until now leave undated articles {told}")

    def _save(self, rest: str) -> CommandReply:
        if not rest:
            raise UsageError(
                "/save takes a file name: /save answers.md (or .html, .docx, .json, .csv, .ris, .bib)"
            )
        path = Path(rest).expanduser()
        outcomes = [t.outcome for t in self.session.turns]
        form = form_of(path.name)
        try:
            if form is None:
                path.write_text("\n---\n\n".join(map(plain_text.to_markdown, outcomes)), "utf-8")
            else:
                path.write_bytes(rendered(form, outcomes))
        except OSError as error:
            raise UsageError(f"cannot write {path}: {error.strerror}") from None
        return CommandReply(f"{len(self.session.turns)} answers saved to {path}")

    def _retry(self, _: str) -> CommandReply:
        question = self.session.turns[-1].question if self.session.turns else ""
        if not question:
            raise NotFound("nothing was asked yet")
        self._keep(self.session.model_copy(update={"turns": self.session.turns[:-1]}))
        self._fresh = True
        return CommandReply(ask=question)

    def _cost(self, _: str) -> CommandReply:
        return CommandReply(plain_text.cost([t.outcome for t in self.session.turns]))

    def _new(self, _: str) -> CommandReply:
        self.session = self.sessions.new()
        return CommandReply("a new conversation")

    def _quit(self, _: str) -> CommandReply:
        return CommandReply(quit=True)


Command = Callable[[Chat, str], CommandReply]
COMMANDS: dict[str, tuple[Command, str]] = {
    "/sources": (Chat._sources, "the sources of the last answer, with their quotes"),
    "/open": (Chat._open, "N: the quote of source N in its article"),
    "/why": (Chat._why, "what was searched, found, cited and dropped, and why"),
    "/since": (
        lambda chat, rest: chat._filter("since", rest),
        "DATE: only articles from then on; without a date: all",
    ),
    "/until": (lambda chat, rest: chat._filter("until", rest), "DATE: only articles up to then"),
    "/outlet": (lambda chat, rest: chat._filter("outlet", rest), "NAME: only articles of this outlet"),
    "/undated": (Chat._undated, "take in undated articles under /since and /until; again: leave them out"),
    "/save": (
        Chat._save,
        "FILE: the conversation as Markdown, or what .html, .docx, .json, .csv, .ris, .bib say",
    ),
    "/retry": (Chat._retry, "ask the last question again, without the kept reply"),
    "/cost": (Chat._cost, "tokens, money and seconds of this conversation"),
    "/new": (Chat._new, "begin a new conversation"),
    "/help": (Chat._help, "this list"),
    "/quit": (Chat._quit, "end (or Ctrl-D)"),
}
