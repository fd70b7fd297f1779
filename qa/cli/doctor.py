"""``qa doctor``: what is installed, which models, where the store is, its rights, and what would leave the
machine."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import typer

from qa.cli.console import say

EXTRAS = {
    "serve": ("starlette", "uvicorn"),
    "mcp": ("mcp",),
    "office": ("python-docx",),
    "archives": ("warcio",),
    "watch": ("watchfiles",),
}
NEEDED = ("chromadb", "onnxruntime", "tantivy", "trafilatura", "pypdfium2")


@dataclass(frozen=True, slots=True)
class Finding:
    """``wrong``: what to do about it; None where nothing is."""

    about: str
    told: str
    wrong: str | None = None


def doctor() -> None:
    """Say what is installed, where the index is kept and by what rights, and what would leave the machine.
    Exit code 1: something is wrong, and what to do about it."""
    found = list(findings())
    for finding in found:
        say(f"{finding.about:10} {finding.told}")
    wrong = [f for f in found if f.wrong]
    for finding in wrong:
        say(f"wrong      {finding.about}: {finding.wrong}")
    if not wrong:
        say("all is well")
    raise typer.Exit(1 if wrong else 0)


def findings() -> Iterator[Finding]:
    """Of this installation and the settings that hold now. Calls nothing. Raises UsageError for a setting
    that is not allowed."""
    yield Finding(
        "qa", f"{version('news-qa')}, Python {platform.python_version()}, {platform.platform(terse=True)}"
    )
    for package in NEEDED:
        known = installed(package)
        yield Finding(package, known or "missing", None if known else "install it again: pip install news-qa")
    for extra, packages in EXTRAS.items():
        lacking = [p for p in packages if not installed(p)]
        yield Finding(extra, f"not there: pip install 'news-qa[{extra}]'" if lacking else "installed")
    yield from _models()
    yield from _store()
    yield from _leaving()


def installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _models() -> Iterator[Finding]:
    from qa.settings import load_settings

    settings = load_settings()
    data = Path(__file__).parent.parent / "data"
    yield Finding("embedder", f"{settings.embedder}{'' if settings.dense else ', not used (QA_DENSE)'}")
    reader = sorted(p.name for p in (data / "reader").glob("*.onnx"))
    broken = None if reader else "its file is missing; install qa again"
    yield Finding("reader", ", ".join(reader) or "missing", broken)
    yield Finding("model", settings.model if settings.uses_model else "none: answers are quotes only")


def _store() -> Iterator[Finding]:
    from qa.settings import load_settings

    home = Path(load_settings().home)
    if not home.exists():
        above = next(p for p in home.absolute().parents if p.exists())
        stuck = None if os.access(above, os.W_OK) else f"{above} cannot be written; set QA_HOME"
        yield Finding("store", f"{home}, not made yet", stuck)
        return
    kept = [p for p in home.iterdir() if (p / "store.db").exists()]
    size = sum(f.stat().st_size for f in home.rglob("*") if f.is_file())
    told = f"{home}: {len(kept)} folder{'s' * (len(kept) != 1)}, {size / 1e6:.1f} MB"
    yield Finding("store", told, None if os.access(home, os.W_OK) else "it cannot be written; set QA_HOME")
    if os.name == "posix":
        loose = [p for p in (home, *kept) if p.stat().st_mode & 0o077]
        mend = f"others may enter {loose[0]}: chmod 700 {loose[0]}" if loose else None
        yield Finding("rights", f"open to others: {len(loose)}" if loose else "yours alone", mend)


def _leaving() -> Iterator[Finding]:
    """Where texts would be sent by the settings that hold."""
    from qa.privacy import SILENCE, public_url
    from qa.settings import load_settings

    s = load_settings()
    sent = []
    if s.uses_model:
        to = public_url(s.openai_base_url) if s.openai_base_url else "OpenAI"
        sent.append(f"questions and passages to {to} ({s.model})")
    if s.embedder not in ("minilm", "hash"):
        address = s.embedding_base_url or s.openai_base_url
        sent.append(
            f"passages and questions to {public_url(address) if address else 'OpenAI'} ({s.embedder})"
        )
    if s.chroma_url:
        sent.append(f"vectors to {public_url(s.chroma_url)}")
    yield Finding("leaves", "; ".join(sent) or "nothing leaves this machine")
    on = [f"{name}={os.environ.get(name)}" for name, off in SILENCE.items() if os.environ.get(name) != off]
    told = f"set by you: {', '.join(on)}" if on else "switched off in the libraries"
    yield Finding("telemetry", told)
