"""A name with its initial and without one is one person, unless two have different ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Make

ONE = {
    "a.txt": "The mill\n\nIda K. Lund said on Monday that the mill is old. “It is lost,” Lund said.\n",
    "b.txt": "The quay\n\nIda Lund said on Friday that the quay will be shut in May.\n",
}
TWO = {
    "a.txt": "The mill\n\nOtto W. Hale said on Monday that the mill is old and lost.\n",
    "b.txt": "The quay\n\nOtto H. Hale said on Friday that the quay will be shut in May.\n",
}


def _written(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("texts", "name", "files"),
    [
        (ONE, "Ida K. Lund", {"a.txt", "b.txt"}),
        (ONE, "Ida Lund", {"a.txt", "b.txt"}),
        (TWO, "Otto W. Hale", {"a.txt"}),
        (TWO, "Otto H. Hale", {"b.txt"}),
        (TWO, "Otto Hale", {"a.txt", "b.txt"}),
    ],
)
def test_whose_words(
    open_library: Make, tmp_path: Path, texts: dict[str, str], name: str, files: set[str]
) -> None:
    library = open_library(_written(tmp_path / "news", texts))
    assert {c.file for c in library.who(name).citations} == files


@pytest.mark.parametrize(
    ("texts", "names"), [(ONE, ["Ida Lund"]), (TWO, ["Otto H. Hale", "Otto W. Hale"])], ids=["one", "two"]
)
def test_the_list_of_people(
    open_library: Make, tmp_path: Path, texts: dict[str, str], names: list[str]
) -> None:
    library = open_library(_written(tmp_path / "news", texts))
    library.index()
    assert [p.name for p in library.people()] == names
