"""Indexing again: only what changed is read and embedded, and nothing is lost or doubled."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from qa.errors import EmptyCorpus, FingerprintMismatch, FolderNotFound, Locked
from qa.index.database import SCHEMA
from qa.index.ledger import DROPPED
from qa.types import AlsoIn, LedgerLine

Make = Any


def statuses(lines: list[LedgerLine]) -> dict[str, str]:
    return {line.file: line.status for line in lines}


def answers(library: Any, question: str) -> list[str]:
    return [c.file for c in library.ask(question).citations]


class Counting:
    """An embedder that counts what it is asked to embed."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.name, self.dimension = inner, inner.name, inner.dimension
        self.texts: list[str] = []

    def embed(self, texts: Any) -> Any:
        self.texts += list(texts)
        return self.inner.embed(texts)


@pytest.fixture
def counted(open_library: Make, news: Path) -> tuple[Any, Counting, Path]:
    library = open_library(news)
    library.embedder = Counting(library.embedder)
    return library, library.embedder, news


def test_nothing_changed_costs_nothing(counted: tuple[Any, Counting, Path]) -> None:
    library, embedder, _news = counted
    assert set(statuses(library.index()).values()) == {"same"}
    before = library.indexes.pointer("vectors"), library.indexes.pointer("lexical")
    assert set(statuses(library.index()).values()) == {"same"}
    assert embedder.texts == []
    assert (library.indexes.pointer("vectors"), library.indexes.pointer("lexical")) == before


def test_what_goes_is_found_by_an_index(counted: tuple[Any, Counting, Path]) -> None:
    """Or a folder that loses half of its files looks at every vector for every passage that goes."""
    library, _embedder, _news = counted
    plan = [row[-1] for row in library.store.rows(f"EXPLAIN QUERY PLAN {DROPPED}", ("", b"", b""))]
    assert plan and not [step for step in plan if step.startswith("SCAN")]


def test_edited_file_is_replaced(counted: tuple[Any, Counting, Path]) -> None:
    library, embedder, news = counted
    text = (news / "bridge.txt").read_text("utf-8").replace("3.4 million", "9.9 million")
    (news / "bridge.txt").write_text(text, "utf-8")
    assert statuses(library.index())["bridge.txt"] == "changed"
    assert len(embedder.texts) == 1 and "9.9 million" in embedder.texts[0]
    passages = [t for _, _, _, t in library.store.all_passages([int(i) for i in library.store.passage_ids()])]
    assert any("9.9 million" in t for t in passages) and not any("3.4 million" in t for t in passages)
    assert library.indexes.lexical().count() == library.indexes.vectors().count() == len(passages)


def test_deleted_file_disappears_and_can_come_back(
    counted: tuple[Any, Counting, Path],
) -> None:
    library, _, news = counted
    kept = (news / "storm.txt").read_bytes()
    (news / "storm.txt").unlink()
    assert statuses(library.index())["storm.txt"] == "removed"
    assert "storm.txt" not in {h.article.file for h in library.retrieve("storm power homes Lund valley")}
    (news / "storm.txt").write_bytes(kept)
    assert statuses(library.index())["storm.txt"] == "new"
    assert library.retrieve("storm power homes Lund valley")[0].article.file == "storm.txt"


def test_renamed_file_costs_nothing(counted: tuple[Any, Counting, Path]) -> None:
    library, embedder, news = counted
    (news / "storm.txt").rename(news / "weather.txt")
    lines = library.index()
    assert statuses(lines) == {"bridge.txt": "same", "school.txt": "same", "weather.txt": "renamed"}
    assert lines[-1].reason == "was storm.txt"
    assert embedder.texts == []
    assert library.retrieve("storm power homes Lund valley")[0].article.article_id == "weather.txt#1"


def test_identical_files_are_one_set_of_passages(
    counted: tuple[Any, Counting, Path],
) -> None:
    library, embedder, news = counted
    count = len(library.store.passage_ids())
    shutil.copy(news / "storm.txt", news / "copy.txt")
    assert statuses(library.index())["copy.txt"] == "new"
    assert (embedder.texts, len(library.store.passage_ids())) == ([], count)
    hit = library.retrieve("storm power homes Lund valley")[0]
    assert (hit.article.article_id, hit.article.also_in) == (
        "copy.txt#1",
        (AlsoIn(article_id="storm.txt#1"),),
    )
    (news / "copy.txt").unlink()
    library.index()
    assert library.retrieve("storm power homes Lund valley")[0].article.article_id == "storm.txt#1"


def test_failed_files_are_told_and_tried_again(
    counted: tuple[Any, Counting, Path],
) -> None:
    library, _, news = counted
    (news / "empty.txt").write_bytes(b"")
    (news / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (news / "big.txt").write_bytes(b"A long story went on. " * 60_000)
    library.settings = library.settings.model_copy(update={"max_file_mb": 1.0})
    lines = {line.file: line for line in library.index()}
    assert {n: lines[n].status for n in ("empty.txt", "image.txt", "big.txt")} == dict.fromkeys(
        ("empty.txt", "image.txt", "big.txt"), "failed"
    )
    assert "PNG" in (lines["image.txt"].reason or "") and "larger than 1 MB" in (
        lines["big.txt"].reason or ""
    )
    assert lines["bridge.txt"].status == "same"
    (news / "empty.txt").write_text(
        "A fire broke out at the mill on Sunday, and nobody was hurt in it, police said.", "utf-8"
    )
    assert statuses(library.index())["empty.txt"] == "new"
    assert library.retrieve("fire at the mill")[0].article.file == "empty.txt"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom file modes bind")
def test_unreadable_file_fails_alone(counted: tuple[Any, Counting, Path]) -> None:
    library, _, news = counted
    (news / "locked.txt").write_text("x", "utf-8")
    (news / "locked.txt").chmod(0)
    assert statuses(library.index())["locked.txt"] == "failed"


def test_dangling_link_fails_alone(counted: tuple[Any, Counting, Path]) -> None:
    library, _, news = counted
    (news / "gone.txt").symlink_to(news / "nowhere.txt")
    line = next(line for line in library.index() if line.file == "gone.txt")
    assert line.status == "failed" and "a link to nothing" in (line.reason or "")


def test_sidecar_change_is_a_change(counted: tuple[Any, Counting, Path]) -> None:
    library, _, news = counted
    (news / "storm.meta.yml").write_text("outlet: The Lund Post\ndate: 2024-01-06\n", "utf-8")
    assert statuses(library.index())["storm.txt"] == "changed"
    meta = library.retrieve("storm power homes")[0].article.article.meta
    assert (meta.outlet, meta.published, meta.published_from) == ("The Lund Post", "2024-01-06", "metadata")


def test_subfolders_patterns_and_hidden_files(open_library: Make, news: Path) -> None:
    (news / "sub").mkdir()
    (news / "sub" / "mill.md").write_text(
        "# Mill\n\nThe mill will open again in the spring, its owners said.\n", "utf-8"
    )
    (news / ".hidden.txt").write_text("secret", "utf-8")
    library = open_library(news)
    assert set(library.store.files()) == {"bridge.txt", "school.txt", "storm.txt", "sub/mill.md"}
    assert set(open_library(str(news / "**" / "*.md")).store.files()) == {"sub/mill.md"}
    assert set(open_library(news / "storm.txt").store.files()) == {"storm.txt"}


def test_no_folder_and_empty_folder(open_library: Make, tmp_path: Path) -> None:
    with pytest.raises(FolderNotFound, match="nowhere"):
        open_library(tmp_path / "nowhere")
    (tmp_path / "none").mkdir()
    with pytest.raises(EmptyCorpus, match="no file"):
        open_library(tmp_path / "none")
    (tmp_path / "none" / "a.txt").write_bytes(b"")
    with pytest.raises(EmptyCorpus, match=r"a\.txt: empty"):
        open_library(tmp_path / "none")


def test_changed_settings_are_refused_with_the_command(open_library: Make, news: Path) -> None:
    open_library(news).close()
    with pytest.raises(FingerprintMismatch, match="--rebuild"):
        open_library(news, passage_sentences=2)
    from qa.library import Library

    library = open_library(news)
    fresh = Library(library.folder, library.settings.model_copy(update={"passage_sentences": 2}))
    fresh.index(rebuild=True)
    assert fresh.ask("How many homes lost power?").corpus.articles == 3
    fresh.close()


def test_a_store_of_another_version_is_made_anew(open_library: Make, news: Path) -> None:
    library = open_library(news)
    library.store.put("code", "0/older")
    library.close()
    again = open_library(news)
    assert again.store.corpus().articles == 3


def test_what_another_version_embedded_is_kept(open_library: Make, news: Path) -> None:
    def vectors(library: Any) -> set[int]:
        return {row[0] for row in library.store.rows("SELECT id FROM vectors")}

    library = open_library(news)
    library.index()
    before = vectors(library)
    library.store.put("code", f"{SCHEMA}/older")
    library.close()
    (news / "bridge.txt").unlink()
    again = open_library(news)
    lines = again.index()
    assert again.store.corpus().articles == len(lines) == 2
    assert vectors(again) < before  # none is made again, and the bridge's are gone
    assert again.retrieve("ferry")


@pytest.mark.parametrize("how", ["of another version", "of other tables", "lost"])
def test_no_index_of_an_older_store_is_read(open_library: Make, news: Path, how: str) -> None:
    """A store made anew numbers its passages from 1 again: other texts under the same numbers."""
    library = open_library(news)
    library.index()
    path = library.store.path
    if how == "of another version":
        library.store.put("code", f"{SCHEMA}/older")
    if how == "of other tables":
        library.store.put("code", "0/older")
    library.close()
    if how == "lost":
        path.unlink()
    for beside in ("-wal", "-shm"):
        Path(f"{path}{beside}").unlink(missing_ok=True)
    first, *_, last = sorted(p for p in news.iterdir() if p.is_file())
    texts = [p.read_text("utf-8") for p in (first, last)]
    first.write_text(texts[1], "utf-8")
    last.write_text(texts[0], "utf-8")
    again = open_library(news, dense=False)  # words alone: vectors were looked at even before
    for text, path in zip(texts, (last, first), strict=True):
        line = max(text.splitlines(), key=len)
        hit = again.retrieve(line)[0]
        assert hit.article.file == path.name and hit.passage.text.split()[0] in text


@pytest.mark.parametrize("damage", ["truncate", "text"])
def test_a_damaged_store_is_made_anew(open_library: Make, news: Path, damage: str) -> None:
    library = open_library(news)
    path = library.store.path
    library.close()
    path.write_bytes(b"" if damage == "truncate" else b"not a database" * 500)
    assert open_library(news).store.corpus().articles == 3


def test_one_writer_at_a_time(open_library: Make, news: Path) -> None:
    library = open_library(news)
    with library._writing(0):
        other = open_library(news)  # asks with what is there, and says so
        assert other.ask("How many homes lost power?").notes[0].kind == "indexing"
        with pytest.raises(Locked, match="another process"):
            other.index()


def test_progress_counts_to_the_end(open_library: Make, news: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    open_library(news, progress=lambda *step: seen.append(step))
    assert [s for s in seen if s[0] == "reading"][-1][1:] == (3, 3)
    assert [s for s in seen if s[0] == "embedding"][-1][1] == [s for s in seen if s[0] == "embedding"][-1][2]


def test_large_folders_answer_before_they_have_vectors(open_library: Make, news: Path) -> None:
    library = open_library(news, embed_inline=0)
    outcome = library.ask("storm power homes Lund valley")
    assert outcome.notes[0].kind == "vectors_missing"
    assert {h.stage for h in outcome.trace.hits} == {"lexical"}
    library.index()
    for now in (library, open_library(news, embed_inline=0)):
        again = now.ask("storm power homes Lund valley")
        assert "vectors_missing" not in {n.kind for n in again.notes}
        assert {h.stage for h in again.trace.hits} & {"dense", "fused"}
