"""How the program ends: every error as one line that says what to do, and an exit code."""

from __future__ import annotations

import errno
import os
import re
import sys
import traceback
from collections.abc import Callable
from typing import NoReturn

from qa.presenting.printable import one_line
from qa.privacy import redacted

ABSTAINED = 3  # the exit code of a question that is not answered


def fail(message: str, code: int) -> NoReturn:
    if sys.stderr is not None:
        sys.stderr.write(f"qa: {one_line(redacted(message))}\n")
    sys.exit(code)


def advice(error: Exception) -> tuple[str, int]:
    """What to tell of an error, in one line, and the exit code."""
    from qa.errors import QAError

    if isinstance(error, QAError):
        return str(error), error.exit_code
    if isinstance(error, OSError):
        what = error.filename if isinstance(error.filename, str) else "standard output"
        why = error.strerror or str(error) or type(error).__name__
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return f"no space left to write {what}; free some, or write to another disk", 1
        return f"{what} cannot be read or written ({why}); look at the disk and its rights, and run again", 1
    if isinstance(error, MemoryError):
        return "out of memory; close other programs, or split the folder and index its parts one by one", 1
    told = f"{type(error).__name__}: {error}"
    return f"{told} (this is a bug; run again with `qa --debug …` and report it)", 1


def _misused(error: Exception) -> tuple[str, int] | None:
    """What to tell of a command line that cannot be read, in one line; None for another error. Typer's
    errors are known by what they have: their classes have moved from one of its versions to the next."""
    told = getattr(error, "format_message", None)
    if told is None or not hasattr(error, "exit_code"):
        return None
    context = getattr(error, "ctx", None)
    command = context.command_path.replace("python -m qa", "qa") if context is not None else "qa"
    what = re.sub(r"^Invalid value: ", "", told()).rstrip(".")
    return f"{what[:1].lower()}{what[1:]}; `{command} --help` lists what there is", int(error.exit_code)


def _started(app: Callable[..., object]) -> None:
    """Run it; how it ends is ours to say."""
    try:
        code = app(standalone_mode=False)
    except Exception as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            sys.stderr.write(f"{error.format_message()}\n")  # type: ignore[attr-defined]
            sys.exit(2)
        if type(error).__name__ == "Abort":
            fail("stopped; nothing was done", 1)
        if (misused := _misused(error)) is None:
            raise
        fail(*misused)
    if code == 130:  # Typer's for Ctrl-C
        raise KeyboardInterrupt
    if isinstance(code, int) and code:
        sys.exit(code)


def run(app: Callable[..., object]) -> None:
    """Run the program to its end."""
    if sys.stdout is None:
        fail("standard output is closed; run it with a terminal, a pipe or a file to print to", 1)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # names of files need not be text
    try:
        try:
            _started(app)
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        fail("stopped; what was finished is kept", 130)
    except BrokenPipeError:
        _drop_output()
        sys.exit(1)
    except Exception as error:
        message, code = advice(error)
        if isinstance(error, OSError):
            _drop_output()
        if os.environ.get("QA_DEBUG"):
            sys.stderr.write(redacted(traceback.format_exc()))
            sys.exit(code)
        fail(message, code)


def _drop_output() -> None:
    """What could not be written is not tried again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
