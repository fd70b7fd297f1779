"""The embedding model of the package: vectors that do not depend on their company, and a file that is what
its card says."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from qa.errors import EmbeddingError
from qa.index.embeddings import FOLDER, MiniLM

TEXTS = [
    "The ferry to Norvik burned for nine hours.",
    "For nine hours the Norvik ferry was on fire.",
    "The council voted to build a library.",
    "x",
    "",
    "word " * 2000,  # cut at the model's window
]


class Model(MiniLM):
    """Works everything out anew (``tests.conftest.worked_out_once``)."""


@pytest.fixture(scope="module")
def model() -> Model:
    return Model()


def test_vectors_have_length_one_and_mean_something(model: MiniLM) -> None:
    found = model.embed(TEXTS)
    assert found.shape == (len(TEXTS), model.dimension) and found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert found[0] @ found[1] > 0.8 > 0.4 > found[0] @ found[2]


def test_a_vector_does_not_depend_on_what_it_is_embedded_with(model: MiniLM) -> None:
    together = model.embed(TEXTS)
    assert np.array_equal(together, np.concatenate([model.embed([t]) for t in TEXTS]))
    assert np.array_equal(together[::-1], model.embed(TEXTS[::-1]))
    assert np.array_equal(together, Model(threads=1).embed(TEXTS))


def test_read_word_by_word(model: MiniLM) -> None:
    text = TEXTS[0]
    (read,) = model.read([text])
    assert np.array_equal(read.vector, model.embed([text])[0])
    assert [text[a:b] for a, b in read.words] == [*text[:-1].split(), "."]
    assert read.word_vectors.shape == (len(read.words), model.dimension)


def test_no_text_gives_no_vector(model: MiniLM) -> None:
    assert model.embed([]).shape == (0, model.dimension) and model.read([]) == []


@pytest.mark.parametrize(("damage", "said"), [("cut", "is damaged"), ("lost", "cannot be read")])
def test_a_damaged_file_is_one_clear_error(tmp_path: Path, damage: str, said: str) -> None:
    folder = tmp_path / "minilm"
    shutil.copytree(FOLDER, folder)
    path = folder / "model.onnx"
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        path.unlink()
    with pytest.raises(EmbeddingError, match=f"{said}.*install news-qa again"):
        MiniLM(folder=folder).embed(["x"])
