"""What is in a folder of articles: every name once, with its size and time, and what stands against reading
it. Links, FIFOs, devices and sockets are named, never opened and never waited for."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.errors import FolderNotFound, LoadError
from qa.reading.metadata import SIDECAR

MAX_SIDECAR = 1_000_000  # bytes
_KINDS = (
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as it stands in the folder, its side file included in ``size`` and ``mtime`` (ns).
    ``problem``: why it is not to be read. ``sidecar``: the path of its side file, relative like ``name``."""

    name: str
    size: int = 0
    mtime: int = 0
    problem: str | None = None
    sidecar: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """``files`` by name, in order; ``unlisted``: folders (ending in /) that could not be looked into, of
    whose files nothing is known."""

    files: dict[str, Listed]
    unlisted: tuple[str, ...] = ()

    def unknown(self, name: str) -> bool:
        return name.startswith(self.unlisted) if self.unlisted else False


@dataclass(frozen=True, slots=True)
class Folder:
    """What the user named: a folder, one file, or a pattern; paths in it are relative to ``root``."""

    root: Path
    pattern: str | None = None

    @classmethod
    def of(cls, what: str | Path) -> Folder:
        """Raises FolderNotFound."""
        path = Path(what).expanduser()
        text = str(what)
        try:
            if path.is_dir():
                return cls(path.resolve())
            if path.is_file():
                return cls(path.parent.resolve(), glob.escape(path.name))
        except (OSError, ValueError) as error:  # a NUL, a circle of links, a name that is too long
            raise FolderNotFound(
                f"{text[:200]!r} is no path ({error}); give the folder of the articles"
            ) from None
        if not glob.has_magic(text):
            raise FolderNotFound(
                f"no folder, file or pattern {text!r}; give the folder that holds the articles"
            )
        parts = path.parts
        fixed = next(i for i, part in enumerate(parts) if glob.has_magic(part))
        root = Path(*parts[:fixed]) if fixed else Path()
        if not root.is_dir():
            raise FolderNotFound(f"no folder {str(root)!r} to look for {text!r} in")
        return cls(root.resolve(), str(Path(*parts[fixed:])))

    @property
    def key(self) -> str:
        """Names the folder's store: readable, and unique by the whole path."""
        whole = f"{self.root}\0{self.pattern or ''}"
        name = "".join(c if c.isalnum() else "-" for c in self.root.name)[:24].strip("-") or "root"
        return f"{name}-{hashlib.sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"

    def listing(self, follow_links: bool = False) -> Listing:
        """Every file, sorted by name; hidden ones and side files left out. ``follow_links``: links that
        lead out of the folder are followed too. Raises FolderNotFound where the folder is gone."""
        if not self.root.is_dir():
            raise FolderNotFound(
                f"the folder {self.root} is gone; mount it or bring it back (what was indexed of it is kept)"
            )
        found: dict[str, Listed] = {}
        unlisted: list[str] = []
        if self.pattern is None:
            for name, entry in _walk(self.root, follow_links, unlisted):
                found[name] = _listed(self.root, name, entry, follow_links)
        else:
            for raw in glob.glob(self.pattern, root_dir=self.root, recursive=True):
                name = Path(raw).as_posix()
                path = self.root / name
                if not any(part.startswith(".") for part in Path(name).parts) and (
                    path.is_symlink() or not path.is_dir()
                ):
                    found[name] = _listed(self.root, name, None, follow_links)
        beside = {n for n in found if n.endswith(SIDECAR)}
        if self.pattern is not None:
            beside |= {s for n in found for s in _sidecar_names(n) if (self.root / s).is_file()}
        kept = (_with_sidecar(self.root, found[n], beside) for n in sorted(found) if not n.endswith(SIDECAR))
        return Listing({_shown(item.name): _decoded(item) for item in kept}, tuple(unlisted))

    def files(self) -> list[str]:
        """Relative paths (with /) of the files in it, sorted; hidden ones and side files left out."""
        return list(self.listing().files)


def _walk(root: Path, follow_links: bool, unlisted: list[str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every entry that is no folder, and every link; folders behind links only where links are followed, each
    once."""
    known = {os.path.realpath(root)}
    todo = [""]
    while todo:
        under = todo.pop()
        try:
            entries = sorted(os.scandir(root / under), key=lambda e: e.name)
        except OSError:
            unlisted.append(f"{under}/" if under else "")
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            name = f"{under}/{entry.name}" if under else entry.name
            if entry.is_dir(follow_symlinks=False):
                todo.append(name)
            elif follow_links and entry.is_symlink() and entry.is_dir():
                real = os.path.realpath(entry.path)
                if real not in known and not _inside(real, root):
                    known.add(real)
                    todo.append(name)
            else:
                yield name, entry


def _inside(real: str, root: Path) -> bool:
    return real == str(root) or real.startswith(str(root).rstrip(os.sep) + os.sep)


def _listed(root: Path, name: str, entry: os.DirEntry[str] | None, follow_links: bool) -> Listed:
    path = root / name
    try:
        own = entry.stat(follow_symlinks=False) if entry else path.lstat()
    except OSError as error:
        return Listed(name, problem=f"cannot be read ({error.strerror or error})")
    if stat.S_ISLNK(own.st_mode):
        return _link(root, name, follow_links)
    for test, what in _KINDS:
        if test(own.st_mode):
            return Listed(name, problem=f"{what}, not a file; take it out of the folder")
    return Listed(name, own.st_size, own.st_mtime_ns)


def _link(root: Path, name: str, follow_links: bool) -> Listed:
    """A link to a file within the folder is read as a file; all others are named."""
    path = root / name
    try:
        target = path.stat()
    except OSError as error:
        circle = getattr(error, "errno", None) == 40 or "loop" in str(error).lower()
        return Listed(name, problem="a link in a circle" if circle else "a link to nothing; remove it")
    real = os.path.realpath(path)
    if stat.S_ISDIR(target.st_mode):
        if _inside(str(root), Path(real)):
            return Listed(name, problem="a link in a circle: to a folder that it lies in; not followed")
        if _inside(real, root):
            return Listed(name, problem="a link to a folder that is read under its own name; not followed")
        return Listed(name, problem="a link out of the folder; set QA_FOLLOW_LINKS=true to follow it")
    for test, what in _KINDS:
        if test(target.st_mode):
            return Listed(name, problem=f"a link to {what}; remove it")
    if not follow_links and not _inside(real, root):
        return Listed(name, problem="a link out of the folder; set QA_FOLLOW_LINKS=true to read it")
    return Listed(name, target.st_size, target.st_mtime_ns)


def _sidecar_names(name: str) -> tuple[str, str]:
    """``a.txt.meta.yml`` and ``a.meta.yml`` for ``a.txt``."""
    return name + SIDECAR, str(Path(name).with_suffix(SIDECAR).as_posix())


def _with_sidecar(root: Path, item: Listed, beside: set[str]) -> Listed:
    name = next((s for s in _sidecar_names(item.name) if s in beside), None)
    if name is None or item.problem:
        return item
    try:
        other = (root / name).stat()
    except OSError:
        return item
    if not stat.S_ISREG(other.st_mode):
        return Listed(item.name, problem=f"its side file {Path(name).name} is no file; remove it")
    if other.st_size > MAX_SIDECAR:
        return Listed(item.name, problem=f"its side file {Path(name).name} is larger than 1 MB; shorten it")
    return Listed(item.name, item.size + other.st_size, max(item.mtime, other.st_mtime_ns), sidecar=name)


def _shown(name: str) -> str:
    """A name as it can be stored and printed: bytes that are no UTF-8 as \\xNN."""
    try:
        name.encode("utf-8")
        return name
    except UnicodeEncodeError:
        return os.fsencode(name).decode("utf-8", "backslashreplace")


def _decoded(item: Listed) -> Listed:
    shown = _shown(item.name)
    if shown == item.name:
        return item
    return Listed(shown, item.size, item.mtime, problem="its name is not UTF-8; rename it")


def read_regular(path: Path, most: int) -> bytes:
    """The bytes of a regular file. A FIFO or device that has taken its place is not waited for. Raises
    LoadError, also where it is larger than ``most``; OSError."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise LoadError("not a file; take it out of the folder")
        data = file.read(most + 1)
    if len(data) > most:
        raise LoadError(f"larger than {most / 1e6:g} MB; split it, or raise QA_MAX_FILE_MB")
    return data
