"""What can go wrong with the disk, and with SQLite, told as one line that says what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.errors import StoreDamaged, StoreError, Unwritable

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if hasattr(errno, "EDQUOT") else {errno.ENOSPC, errno.EFBIG}
_SPACE = "no space left where {where} is kept; free some, or set QA_HOME to a folder on another disk"
_RIGHT = "{where} cannot be written ({why}); set QA_HOME to a folder that you may write to"
_PLACE = "{where} is no folder ({why}); set QA_HOME to a folder, or move what is there away"
_ERRNO = {
    **dict.fromkeys(_FULL, _SPACE),
    errno.EROFS: _RIGHT,
    errno.EACCES: _RIGHT,
    errno.EPERM: _RIGHT,
    errno.ENOTDIR: _PLACE,
    errno.EEXIST: _PLACE,
    errno.ENOENT: _PLACE,
}
# What SQLite says (its codes came with Python 3.11 for some and are not there for all).
_SQLITE = (
    ("full", _SPACE),
    ("disk i/o", _SPACE),
    ("readonly", _RIGHT),
    ("read-only", _RIGHT),
    ("unable to open", _RIGHT),
)


def storage_error(error: OSError, place: Path) -> Unwritable:
    """An error of the file system as one of the store."""
    where = error.filename if isinstance(error.filename, str) else str(place)
    why = error.strerror or str(error)
    told = _ERRNO.get(error.errno or 0, "{where} cannot be written ({why}); look at the disk, or set QA_HOME")
    return Unwritable(told.format(where=where, why=why))


def sqlite_error(error: sqlite3.Error, place: Path) -> StoreError:
    """An error of SQLite as one of the store: full, not writable, locked, or damaged."""
    said = str(error)
    low = said.lower()
    if "locked" in low or "busy" in low:
        return StoreError(f"{place} is locked by another process; wait for it and run again")
    for word, told in _SQLITE:
        if word in low:
            return Unwritable(told.format(where=str(place), why=said))
    return StoreDamaged(
        f"{place} is damaged ({said}); run the command again, and it is made anew from the files"
    )


@contextmanager
def storing(place: Path) -> Iterator[None]:
    """Errors of the disk and of SQLite within are raised as StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise sqlite_error(error, place) from error
    except OSError as error:
        raise storage_error(error, place) from error
