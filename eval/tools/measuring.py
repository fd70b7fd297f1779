"""The measuring processes of ``eval.tools.bench``: ``STAGE JOB RESULT``. What ours and the peer's share, and
the stages of ours."""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from eval.tools.beir import qa_rankings
from qa.index.embeddings import MiniLM, Vectors
from qa.settings import Settings, load_settings

TOP_K = 10  # passages that a timed question asks for, on both sides
REFRESHES = 5
TIMED = 100  # questions that are timed at least; a shorter list is asked in rounds
T = TypeVar("T")


@dataclass(frozen=True)
class Job:
    """What is measured. ``folder`` is given to qa, ``files`` are given to the peer (of a retrieval set:
    its one corpus.jsonl); ``ids``: the ids of a retrieval set's articles, by number."""

    folder: str
    files: list[str]
    ids: list[str] | None
    questions: dict[str, str]
    threads: int
    home: str
    peer_home: str

    @classmethod
    def read(cls, path: str | Path) -> Job:
        return cls(**json.loads(Path(path).read_text("utf-8")))

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)), "utf-8")


class Meter:
    """Seconds inside a model, and how much of the texts it is given reaches it: what stands beyond its
    window does not. The counting itself is timed, to be taken off."""

    def __init__(self, model: MiniLM) -> None:
        self.model = model
        self.load = self.inside = self.counting = 0.0
        self.texts = self.tokens = self.characters = self.given = 0

    def run(self, texts: Sequence[str], embed: Callable[[], T]) -> T:
        """``embed()``, which embeds ``texts``, measured."""
        start = time.perf_counter()
        self.model.count_tokens([])  # loads the model
        loaded = time.perf_counter()
        vectors = embed()
        done = time.perf_counter()
        self._count(texts)
        self.load += loaded - start
        self.inside += done - loaded
        self.counting += time.perf_counter() - done
        return vectors

    def _count(self, texts: Sequence[str]) -> None:
        counts = self.model.count_tokens(texts)
        self.texts += len(texts)
        self.tokens += sum(counts)
        self.given += sum(map(len, texts))
        for text, count in zip(texts, counts, strict=True):
            # The last token is [SEP]; the one before it ends where the model stops reading.
            self.characters += (
                len(text) if count < self.model.window else self.model._tokenizer.encode(text).offsets[-2][1]
            )

    def result(self, total: float) -> dict[str, float]:
        """``total``: seconds of the whole indexing, the counting included."""
        seconds = total - self.counting
        return {
            "characters": self.characters,
            "given_characters": self.given,
            "tokens": self.tokens,
            "seconds": seconds,
            "load_seconds": self.load,
            "model_seconds": self.inside,
            "other_share": (seconds - self.load - self.inside) / seconds,
            "tokens_per_second": self.tokens / seconds,
            "characters_per_second": self.characters / seconds,
        }


class MeteredEmbedder:
    """An ``Embedder`` that does what its model does, under a meter."""

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.name = meter.model.name
        self.dimension = meter.model.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self.meter.run(texts, lambda: self.meter.model.embed(texts))


def offline() -> None:
    """From here on this process refuses to look up or to connect to anything."""

    def refuse(event: str, _: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.getaddrinfo"):
            raise OSError("a benchmark uses no network")

    sys.addaudithook(refuse)


def peak_mb() -> float:
    """The most memory that this process has held. Linux's own high-water mark, where there is one:
    ``ru_maxrss`` of a new process begins with what its parent held."""
    try:
        line = next(
            line
            for line in Path("/proc/self/status").read_text("utf-8").splitlines()
            if line.startswith("VmHWM:")
        )
        return int(line.split()[1]) * 1024 / 1e6
    except (OSError, StopIteration):
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def latencies(ask: Callable[[str], object], questions: Iterable[str]) -> dict[str, float]:
    """Milliseconds a question, at the median and at the 95th percentile; every question was asked once
    before."""
    asked = list(questions)
    for question in asked:
        ask(question)
    took: list[float] = []
    while len(took) < TIMED:
        for question in asked:
            start = time.perf_counter()
            ask(question)
            took.append(1000 * (time.perf_counter() - start))
    return {
        "p50_ms": statistics.median(took),
        "p95_ms": statistics.quantiles(took, n=20, method="inclusive")[18],
    }


def _settings(job: Job) -> Settings:
    """Those of the environment, but for where things are kept, the threads, and the model."""
    return load_settings(home=Path(job.home), threads=job.threads, embedder="minilm").model_copy(
        update={"chroma_url": None}
    )


def index_qa(job: Job) -> dict[str, Any]:
    """Index, then refresh with nothing changed, opening the folder anew each time."""
    import chromadb  # noqa: F401  (imports are not timed)
    import onnxruntime  # noqa: F401
    import tantivy  # noqa: F401
    import tokenizers  # noqa: F401

    from qa.index.sync import Folder
    from qa.library import Library

    settings = _settings(job)
    meter = Meter(MiniLM(settings.threads))
    start = time.perf_counter()
    library = Library(Folder.of(job.folder), settings)
    library.embedder = MeteredEmbedder(meter)
    library.index()
    total = time.perf_counter() - start
    result = {
        "articles": library.store.corpus().articles,
        "passages": len(library.store.passage_ids()),
        **meter.result(total),
        "index_mb": peak_mb(),
    }
    library.close()
    took = []
    for _ in range(REFRESHES):
        start = time.perf_counter()
        library = Library(Folder.of(job.folder), settings)
        library.index()
        library.close()
        took.append(time.perf_counter() - start)
    refresh = statistics.median(took)
    return {**result, "refresh_seconds": refresh, "refresh_ratio": refresh / result["seconds"]}


def query_qa(job: Job) -> dict[str, Any]:
    from qa.library import Library

    settings = _settings(job)
    with Library.open(job.folder, settings, update=False) as library:
        result: dict[str, Any] = {
            **latencies(lambda q: library.retrieve(q, top_k=TOP_K), job.questions.values()),
            "query_mb": peak_mb(),
        }
    if job.ids is not None:
        result["rankings"] = qa_rankings(Path(job.folder), settings, job.ids, job.questions)
    return result


def stage(stages: Mapping[str, Callable[[Job], dict[str, Any]]], argv: Sequence[str]) -> None:
    """A measuring process: ``STAGE JOB RESULT``, the last two files of JSON."""
    name, job, result = argv
    offline()
    Path(result).write_text(json.dumps(stages[name](Job.read(job))), "utf-8")


if __name__ == "__main__":
    stage({"index": index_qa, "query": query_qa}, sys.argv[1:])
