"""Lists made by hand over texts that are named by their hash, so that no sentence of them is in a list."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from eval.gold.questions import GoldError


class ListedFile(Protocol):
    @property
    def file(self) -> str: ...

    @property
    def sha256(self) -> str: ...


class ListOfFiles(Protocol):
    @property
    def files(self) -> Sequence[ListedFile]: ...


Listed = TypeVar("Listed", bound=ListOfFiles)


def checked(gold: Listed, path: Path, corpus: Path) -> Listed:
    for file in gold.files:
        try:
            data = (corpus / file.file).read_bytes()
        except OSError:
            raise GoldError(f"{path}: no file {file.file} in {corpus}") from None
        if hashlib.sha256(data).hexdigest() != file.sha256:
            raise GoldError(f"{path}: {file.file} is not the file that was listed")
    return gold
