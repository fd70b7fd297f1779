"""Shared fixtures. No test reaches the network: a socket to anything but this machine fails."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
CORPORA = ROOT / "eval" / "corpora"
CORPUS = CORPORA / "sample"
PAGES = CORPORA / "pages"
for name in [n for n in os.environ if n.startswith(("QA_", "OPENAI_"))]:
    if name != "QA_ORIGINALS":
        del os.environ[name]


# The files that take longest come first, so that none of them is left alone at the end: in pytest-xdist's own
# order those with few tests come last.
LONGEST = ("index/test_kill.py", "security/test_network.py", "test_library.py", "cli/test_app.py")


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {ROOT / "tests" / name: k for k, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path, len(order)))


class NetworkBlocked(BaseException):
    """Not an Exception, so that no retry or fallback can swallow it."""


def _local(address: Any) -> bool:
    host = address[0] if isinstance(address, tuple) else address
    return not isinstance(address, tuple) or host in ("127.0.0.1", "::1", "localhost", "")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    real_connect, real_lookup = socket.socket.connect, socket.getaddrinfo

    def connect(self: socket.socket, address: Any) -> None:
        if not _local(address):
            raise NetworkBlocked(f"a test tried to reach {address}")
        real_connect(self, address)

    def lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in (None, "127.0.0.1", "::1", "localhost", b"localhost", ""):
            raise NetworkBlocked(f"a test tried to look up {host}")
        return real_lookup(host, *args, **kwargs)

    socket.socket.connect = connect  # type: ignore[method-assign, assignment]
    socket.getaddrinfo = lookup  # type: ignore[assignment]
    yield
    socket.socket.connect, socket.getaddrinfo = real_connect, real_lookup  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def worked_out_once() -> Iterator[None]:
    """What the two models make of a text does not depend on what stands beside it (tests of the models show
    that, with subclasses, which are left alone): in this process it is worked out once."""
    from qa.answering import reader
    from qa.index import embeddings

    def once(
        cls: type, method: str, folder: Path, key: Callable[[Any], Any], most: int
    ) -> Callable[[], None]:
        real = getattr(cls, method)
        known: dict[Any, Any] = {}

        def remembered(self: Any, given: Any) -> Any:
            if type(self) is not cls or self._folder != folder:
                return real(self, given)
            k = key(given)
            if k not in known:
                if len(known) >= most:
                    known.clear()
                known[k] = real(self, given)
            return known[k]

        setattr(cls, method, remembered)
        return lambda: setattr(cls, method, real)

    undo = [
        once(embeddings.MiniLM, "_vector", embeddings.FOLDER, lambda e: tuple(e.ids), 100_000),
        once(embeddings.MiniLM, "_read", embeddings.FOLDER, lambda e: tuple(e.ids), 1000),  # some 100 kB each
        once(reader.ReaderModel, "_window", reader.FOLDER, lambda e: (tuple(e.ids), *e.places), 100_000),
    ]
    yield
    for back in undo:
        back()


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read from or written to the user's own data folder or ``.env``."""
    monkeypatch.setenv("QA_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def originals() -> Path:
    """The five original files, where QA_ORIGINALS names their folder (or they lie beside the checkout)."""
    folder = Path(os.environ.get("QA_ORIGINALS", ROOT.parent / "shared" / "articles"))
    if not folder.is_dir():
        pytest.skip("the original articles are not here (set QA_ORIGINALS to their folder)")
    return folder


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The sample corpus, indexed once with the real embedder."""
    from qa.library import Library

    library = Library.open(CORPUS, home=tmp_path_factory.mktemp("home"), cache=False)
    yield library
    library.close()


Make = Callable[..., Any]


@pytest.fixture
def open_library(tmp_path: Path) -> Iterator[Make]:
    """Opens libraries with the fake embedder (pass ``embedder="minilm"`` for the real one)."""
    from qa.library import Library

    opened: list[Any] = []

    def make(folder: Path, **settings: Any) -> Any:
        library = Library.open(folder, **{"home": tmp_path / "home", "embedder": "hash", **settings})
        opened.append(library)
        return library

    yield make
    for library in opened:
        library.close()


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A small folder of invented articles, one a file."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in {
        "bridge.txt": (
            "Date: 2024-03-05\nOld bridge closes\n\nThe Tarn bridge was closed on Monday after engineers "
            "found cracks in two piers. Repairs will cost 3.4 million crowns, mayor Ilse Brandt said.\n"
        ),
        "school.txt": (
            "Norvik school wins prize\n\nBy Ada Holm\n"
            "12 April 2024\n\nPupils of the Norvik school have won the national chess prize. Their "
            "teacher, Otto Lind, said the win came as a surprise to everyone.\n"
        ),
        "storm.txt": (
            "The storm cut power to 4,200 homes in the Lund valley on Friday night. Crews restored it by "
            "noon on Saturday, the grid operator said.\n"
        ),
    }.items():
        (folder / name).write_text(text, "utf-8")
    return folder
