"""Which folder a command is about: named with ``-a`` or as a bare word, else ``articles`` here, else the last
one that was named. And which of the bare words is the question."""

from __future__ import annotations

import shlex
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from qa.errors import FolderNotFound, UsageError
from qa.presenting.printable import one_line

DEFAULT = "articles"
STANDARD_INPUT = "-"
_MEMORY = "last_folder"
_borrowed: list[tempfile.TemporaryDirectory[str]] = []  # deleted when the program ends


def folder_of(given: str | None, bare: str | None = None) -> str:
    """The folder that is meant. Raises UsageError where two are named."""
    if given and bare and given != bare:
        raise UsageError(f"two folders are named, {given} and {bare}; name one")
    named = given or bare
    if named or Path(DEFAULT).exists():
        return named or DEFAULT
    last = remembered()
    if last is None:
        return DEFAULT
    sys.stderr.write(f"articles: {one_line(last)} (the last folder; -a names another)\n")
    return last


def placed(words: list[str] | None, given: str | None, what: str) -> tuple[str, str]:
    """(folder, the one text) out of the bare words of a command: FOLDER TEXT, TEXT FOLDER, or TEXT alone.
    ``what`` names the text. Raises UsageError, with the line that was meant, for anything else."""
    words = list(words or [])
    folders = [w for w in words if given is None and _is_place(w)]
    if len(words) == 2 and folders:
        words.remove(folders[0])
        return folder_of(folders[0]), words[0]
    if len(words) == 1 and not (folders and Path(words[0]).is_dir() and not Path(DEFAULT).exists()):
        return folder_of(given), words[0]
    raise UsageError(_meant(words, folders, given, what))


def _meant(words: list[str], folders: list[str], given: str | None, what: str) -> str:
    """The line that was meant by these words."""
    if not words:
        return f"the {what} is missing; write it in quotation marks"
    if len(words) == 1:
        return f'{words[0]} is a folder; the {what} is missing: … {shlex.quote(words[0])} "{what}"'
    folder = given or next((w for w in (words[0], words[-1]) if w in folders), None)
    text = " ".join(w for w in words if w != folder or folder == given)
    place = f"-a {shlex.quote(folder)} " if folder else ""
    return f'put the {what} in quotation marks: … {place}"{text}"'


def inside(root: Path, what: str) -> str:
    """A place in a folder (FILE, FILE#N, FILE:LINE, FILE@START-END) by its path from the folder on, where the
    path from here was given."""
    for cut in range(len(what), 0, -1):
        if cut < len(what) and what[cut] not in "#:@":
            continue
        with suppress(OSError, ValueError):
            here = Path(what[:cut])
            if here.is_file():
                return here.resolve().relative_to(Path(root).resolve()).as_posix() + what[cut:]
    return what


def _is_place(word: str) -> bool:
    """Whether a bare word names a folder, a file or a pattern that is there."""
    from qa.index.folder import Folder

    if word == STANDARD_INPUT:
        return True
    try:
        return bool(Folder.of(word)) and (Path(word).exists() or bool(Folder.of(word).files()))
    except FolderNotFound:
        return False


# --- the last folder


def _memory() -> Path | None:
    from qa.settings import load_settings

    settings = load_settings()
    return Path(settings.home) / _MEMORY if settings.remember else None


def remembered() -> str | None:
    memory = _memory()
    with suppress(OSError, UnicodeError):
        if memory is not None:
            return memory.read_text("utf-8") or None
    return None


def remember(folder: str) -> None:
    """For commands that name none; a home that cannot be written remembers nothing."""
    from qa.privacy import private_folder, write_private

    memory = _memory()
    if memory is None or folder == STANDARD_INPUT:
        return
    whole = str(Path(folder).expanduser().absolute())
    with suppress(OSError, UnicodeError):
        if remembered() != whole:
            private_folder(memory.parent)
            write_private(memory, whole)


def forgotten(folder: str) -> None:
    """The folder is not remembered any more."""
    memory = _memory()
    if memory is not None and remembered() == str(Path(folder).expanduser().absolute()):
        with suppress(OSError):
            memory.unlink()


# --- standard input


def borrowed_input() -> tuple[str, str]:
    """(folder with what standard input holds as one file, a home for its index): both are deleted when the
    program ends. Raises UsageError for an empty input."""
    if sys.stdin.isatty():
        sys.stderr.write("reading an article from standard input; end it with Ctrl-D\n")
    data = sys.stdin.buffer.read()
    if not data.strip():
        raise UsageError("standard input is empty; pipe an article into it, or name a folder with -a")
    place = tempfile.TemporaryDirectory(prefix="qa-", ignore_cleanup_errors=True)
    _borrowed.append(place)
    folder = Path(place.name, "standard-input")
    folder.mkdir()
    suffix = ".html" if data.lstrip()[:1] == b"<" else ".txt"
    (folder / f"input{suffix}").write_bytes(data)
    return str(folder), str(Path(place.name, "home"))
