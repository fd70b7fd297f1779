"""``qa config``: what holds where an option is not given, kept as ``qa.toml`` for all folders (in QA_HOME)
and for one (beside its index). Nothing is written into a folder of articles."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Annotated, Any

import typer

from qa.cli.console import say
from qa.cli.options import Articles, Bare
from qa.cli.places import STANDARD_INPUT, folder_of
from qa.errors import UsageError
from qa.presenting.printable import one_line

FILE = "qa.toml"
NAMES = ("since", "until", "outlet", "undated", "answerer", "caution")
Values = dict[str, str | bool]


def files(folder: str) -> tuple[Path, Path]:
    """That for all folders, and that for this one, which need not be there. Raises FolderNotFound."""
    from qa.index.sync import Folder
    from qa.settings import load_settings

    home = Path(load_settings().home)
    return home / FILE, home / Folder.of(folder).key / FILE


def read(path: Path) -> Values:
    """Empty where there is none. Raises UsageError for one that cannot be read, or holds something else."""
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read ({one_line(str(error))}); mend it or delete it") from None
    for name, value in values.items():
        _checked(name, value, str(path))
    return values


def _checked(name: str, value: object, where: str) -> None:
    if name not in NAMES:
        raise UsageError(f"{where}: no default is called {name!r}; there is {', '.join(NAMES)}")
    if not isinstance(value, bool if name == "undated" else str):
        raise UsageError(
            f"{where}: {name} is {'true or false' if name == 'undated' else 'a text'}, not {value!r}"
        )
    if name == "caution" and value not in ("strict", "balanced", "eager"):
        raise UsageError(f"{where}: caution is strict, balanced or eager, not {value!r}")
    if name == "answerer" and value not in ("auto", "extractive", "llm"):
        raise UsageError(f"{where}: answerer is auto, extractive or llm, not {value!r}")
    if name in ("since", "until"):
        from qa.index.retriever import Filters

        Filters.of(since=str(value))


def with_defaults(folder: str, given: dict[str, Any]) -> dict[str, Any]:
    """The options of a command, those that are not given (None, False) from the files; said on standard
    error. An empty text given on the command line keeps a default off. Raises UsageError."""
    if folder == STANDARD_INPUT:
        return given
    everywhere, here = files(folder)
    kept = {**read(everywhere), **read(here)}
    used = {n: v for n, v in kept.items() if n in given and given[n] in (None, False) and v is not False}
    if used:
        told = ", ".join(n if v is True else f"{n} {v}" for n, v in used.items())
        sys.stderr.write(f"by default: {one_line(told)} (see qa config)\n")
    return {**given, **used}


def config(
    folder: Bare = None,
    articles: Articles = None,
    put: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help=f"A default: {', '.join(NAMES)} (repeatable)."),
    ] = None,
    drop: Annotated[
        list[str] | None, typer.Option("--unset", metavar="NAME", help="No default any more (repeatable).")
    ] = None,
    everywhere: Annotated[bool, typer.Option("--everywhere", help="For all folders, not for one.")] = False,
) -> None:
    """Show every setting with where it is from, and the defaults of a folder; set those defaults."""
    if put or drop:
        path = _file(folder, articles, everywhere)
        write(path, {**read(path), **dict(map(_pair, put or []))}, drop or [])
        say(f"{path}: {_shown(read(path))}")
        return
    from qa.settings import described

    for name, value, source in described():
        say(f"{name:26} {value}  ({source})")
    for path in files(folder_of(articles, folder)) if _named(folder, articles) else ():
        say(f"defaults in {path}: {_shown(read(path))}")


def _file(folder: str | None, articles: str | None, everywhere: bool) -> Path:
    if everywhere:
        from qa.settings import load_settings

        return Path(load_settings().home) / FILE
    return files(folder_of(articles, folder))[1]


def _named(folder: str | None, articles: str | None) -> bool:
    from qa.cli.places import DEFAULT, remembered

    return bool(folder or articles or remembered() or Path(DEFAULT).exists())


def _pair(text: str) -> tuple[str, str | bool]:
    name, equals, value = text.partition("=")
    name = name.strip()
    if not equals:
        raise UsageError(f"--set takes NAME=VALUE, as in --set outlet=Reuters; not {text!r}")
    told: str | bool = value.strip()
    if name == "undated" and value.strip().lower() in ("true", "false"):
        told = value.strip().lower() == "true"
    _checked(name, told, "--set")
    return name, told


def write(path: Path, values: Values, drop: list[str]) -> None:
    """Raises UsageError where it cannot be written."""
    from qa.privacy import private_folder, write_private

    lines = [f"{n} = {json.dumps(v, ensure_ascii=False)}" for n, v in values.items() if n not in drop]
    try:
        private_folder(path.parent)
        write_private(path, "".join(f"{line}\n" for line in lines))
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror}; set QA_HOME to a folder of your own"
        ) from None


def _shown(values: Values) -> str:
    return ", ".join(f"{n} = {json.dumps(v, ensure_ascii=False)}" for n, v in values.items()) or "none"
