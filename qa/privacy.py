"""What must not leave the machine or be readable by others: telemetry of libraries, secrets in addresses and
messages, and the modes of files that hold articles and questions."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

# Read by the libraries when they are imported, so it is set before the first import of any (``qa/__init__``).
# onnxruntime 1.29 and later (Linux) sends events some seconds after a session is made unless told not to;
# chromadb and llama-index have switches of their own.
SILENCE = {
    "ORT_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
}

_USERINFO = re.compile(r"(?<=//)[^/\s@\"'<>]+@")
_QUERY_SECRET = re.compile(
    r"(?<=[?&])((?:[\w-]*(?:key|token|secret|password|sig|signature|auth))=)[^&\s\"'<>#]+", re.IGNORECASE
)
_BEARER = re.compile(r"\b((?:bearer|basic)\s+)[\w.~+/=-]{8,}", re.IGNORECASE)
_KEY = re.compile(r"\b(?:sk|pk|rk|ghp|xox[abp]|AIza)[-_]?[\w-]{12,}")


def silence() -> None:
    """Switch off what libraries would send. A value that the user has set himself is left alone."""
    for name, value in SILENCE.items():
        os.environ.setdefault(name, value)


def public_url(url: str) -> str:
    """An address that may be printed and stored: without a name and password in it, a query or a fragment."""
    parts = urlsplit(url if "//" in url else f"//{url}")
    shown = parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()
    return shown if "//" in url else shown.removeprefix("//")


def redacted(text: str, *secrets: str | None) -> str:
    """A message of a library or a server, without the passwords, keys and tokens that it may repeat;
    ``secrets`` are those known to the caller."""
    for secret in secrets:
        if secret and len(secret) >= 4:
            text = text.replace(secret, "…")
    text = _USERINFO.sub("", text)
    text = _QUERY_SECRET.sub(r"\1…", text)
    text = _BEARER.sub(r"\1…", text)
    return _KEY.sub("…", text)


def private_folder(path: Path) -> None:
    """Make a folder, with those missing above it, that only its owner may enter. Raises OSError."""
    for missing in reversed([p for p in (path, *path.parents) if not p.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    _restrict(path, 0o700)


def private_tree(path: Path) -> None:
    """Take all others' rights from a folder and what is in it."""
    for folder, _, names in os.walk(path):
        _restrict(Path(folder), 0o700)
        for name in names:
            _restrict(Path(folder, name), 0o600)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all. Raises OSError."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
    os.replace(draft, path)


def private_file(path: Path) -> None:
    """Make an empty file that only its owner may read, or take the others' rights from the one there."""
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    _restrict(path, 0o600)


def _restrict(path: Path, mode: int) -> None:
    """Never widens what the owner has narrowed; what is another's, or just gone, is left as it is."""
    try:
        now = path.stat().st_mode & 0o777
        if now & 0o077:
            path.chmod(now & mode)
    except OSError:
        pass
