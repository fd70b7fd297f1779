"""The stages in order: refresh a folder, ask it. ``Library`` is the public face."""

from __future__ import annotations

import asyncio
import math
import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from qa import present
from qa.calibration import load_calibration
from qa.embeddings import Embedder, HashEmbedder, MiniLM, make_embedder
from qa.errors import ChromaError, EmptyCorpus, FingerprintMismatch, Locked, UsageError
from qa.extract import Extractor
from qa.followup import parts, standalone
from qa.index import Indexes
from qa.ingest import CODE, Folder, Progress, embed_missing, plan, refresh
from qa.question import read_question
from qa.retrieve import Filters, retrieve
from qa.settings import Settings, load_settings
from qa.spelling import correct
from qa.store import Store
from qa.types import Draft, DraftClaim, DraftQuote, Hit, LedgerLine, Note, Outcome, Trace, TraceHit
from qa.verify import Verified, verify

FIRST_WAIT = 120.0  # seconds that a first question waits for another process's first indexing


class Library:
    """A folder of articles that can be asked. Open it with ``Library.open``; use it as a context
    manager or call ``close``. Safe to share between threads."""

    def __init__(self, folder: Folder, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings
        self.home = Path(settings.home) / folder.key
        self.store = Store(self.home / "store.db", CODE)
        self.embedder: Embedder = make_embedder(settings)
        self.indexes = Indexes(self.home, self.store, self.embedder.name, settings.chroma_url)
        self._reader = self.embedder if isinstance(self.embedder, MiniLM | HashEmbedder) else MiniLM(settings.threads)
        self._extractor: tuple[int, Extractor] | None = None
        self._words: tuple[int, list[tuple[str, int]]] | None = None
        self._notes: list[Note] = []

    @classmethod
    def open(cls, folder: str | Path, settings: Settings | None = None, *, update: bool = True, progress: Progress | None = None, **overrides: Any) -> Library:
        """Open a folder, a file or a pattern; unless ``update`` is false, take in what changed first.

        ``overrides`` are settings by name (``top_k=5``). Raises FolderNotFound, EmptyCorpus,
        FingerprintMismatch, UsageError.
        """
        base = settings or load_settings()
        if overrides:
            base = load_settings(**{**base.model_dump(exclude_unset=True), **overrides})
        if base.answerer == "llm":
            raise UsageError("no language model answers in this version; leave QA_ANSWERER at auto, or use --answerer extractive")
        library = cls(Folder.of(folder), base)
        try:
            if update:
                library.update(progress=progress)
            elif not library.store.files():
                raise EmptyCorpus(f"{folder} has no index yet; run `qa index {folder}`")
            library.require_articles()
        except BaseException:
            library.close()
            raise
        return library

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.store.close()

    # --- indexing ---

    @property
    def fingerprint(self) -> str:
        s = self.settings
        return f"embedder {self.embedder.name}, passages of {s.passage_sentences} sentences and {s.passage_chars} characters"

    def check_fingerprint(self) -> None:
        """Raises FingerprintMismatch where the index was made with other settings."""
        known = self.store.get("fingerprint")
        if known is not None and known != self.fingerprint:
            raise FingerprintMismatch(
                f"the index of {self.folder.root} was made with {known}; the settings now say {self.fingerprint}. "
                f"Set them back, or run `qa index {self.folder.root} --rebuild`"
            )

    @contextmanager
    def _writing(self, wait: float) -> Iterator[None]:
        lock = FileLock(self.home / "writer.lock", timeout=wait)
        try:
            lock.acquire()
        except Timeout:
            raise Locked(f"another process is indexing {self.folder.root}; wait for it, or ask with what is there") from None
        try:
            yield
        finally:
            lock.release()

    def index(self, *, rebuild: bool = False, progress: Progress | None = None, wait: float = 0) -> list[LedgerLine]:
        """Bring everything up to the files, all vectors included. ``rebuild`` reads and cuts every file
        again under the present settings (texts that stay the same keep their vectors).

        Raises Locked, FingerprintMismatch, EmbeddingError, ChromaError.
        """
        with self._writing(wait):
            if rebuild:
                with self.store.transaction() as db:
                    db.execute("DELETE FROM files")
                    db.execute("DELETE FROM sources")
                    db.execute("DELETE FROM meta WHERE key='fingerprint'")
                    self.store.bump()
            lines = self._read(progress)
            self._embed(progress)
        return lines

    def update(self, *, progress: Progress | None = None) -> list[LedgerLine]:
        """What asking needs: files and the lexical index up to date, and vectors too where few are
        missing (``embed_inline``). Never waits for another process that is indexing."""
        self._notes = []
        try:
            # a folder that nobody has indexed yet is waited for; one with answers in it is not
            with self._writing(0 if self.store.files() else FIRST_WAIT):
                lines = self._read(progress)
                missing = len(self.store.missing_vectors(self.embedder.name))
                if missing <= self.settings.embed_inline:
                    self._embed(progress)
                else:
                    self._notes.append(Note(kind="vectors_missing", text=(
                        f"{missing} passages have no vectors yet: searched by words alone. Run `qa index {self.folder.root}` to add them."
                    )))  # fmt: skip
                return lines
        except Locked:
            if not self.store.files():
                raise
            self._notes.append(Note(kind="indexing", text="Another process is indexing this folder: answered from what it has finished."))
            return []

    def _read(self, progress: Progress | None) -> list[LedgerLine]:
        self.check_fingerprint()
        self.store.put("fingerprint", self.fingerprint)
        lines = refresh(self.folder, self.store, self.settings, progress)
        self.indexes.refresh("lexical")
        return lines

    def _embed(self, progress: Progress | None) -> None:
        if self.settings.dense:
            embed_missing(self.store, self.embedder, progress)
            self.indexes.refresh("vectors")

    def status(self) -> list[LedgerLine]:
        """What the next refresh would do, file by file; nothing is changed."""
        return [LedgerLine(file=p.name, status=p.status, reason=p.reason if p.status in ("failed", "renamed") else self._failed(p.name)) for p in plan(self.folder, self.store, self.settings)]

    def _failed(self, name: str) -> str | None:
        row = self.store.file(name)
        return row.failed if row else None

    def require_articles(self) -> None:
        """Raises EmptyCorpus, with the reason of the first file that failed."""
        if self.store.corpus().articles:
            return
        files = self.store.files()
        why = next((f"; {row.path}: {row.failed}" for row in files.values() if row.failed), "")
        what = f"none of the {len(files)} files" if files else "no file"
        raise EmptyCorpus(f"{what} in {self.folder.root} could be read as an article{why}; see `qa status {self.folder.root}`")

    def forget(self) -> None:
        """Delete the store and the indexes of this folder. The articles themselves are not touched."""
        with self._writing(0):
            self.indexes.drop()
            self.store.close()
        shutil.rmtree(self.home, ignore_errors=True)

    # --- asking ---

    def ask(
        self, question: str, *, history: Sequence[str] = (), since: str | None = None, until: str | None = None,
        outlet: str | None = None, undated: bool = False,
    ) -> Outcome:
        """Answer one question. ``history``: the earlier questions of a conversation, oldest first;
        ``since``/``until``: ISO dates of any precision, both included; ``outlet``: part of a name.

        Raises UsageError for an empty question or a date that cannot be read.
        """
        if not question.strip():
            raise UsageError("the question is empty; write one")
        clock = _Clock()
        filters = Filters.of(since, until, outlet, undated)
        alone = standalone(question, history)
        read, corrected = self.read(alone)
        asked = parts(read)
        found = [self.retrieve(part, filters) for part in asked]
        clock.lap("retrieve")
        drafts = [self._draft(part, hits, len(asked)) for part, hits in zip(asked, found, strict=True)]
        clock.lap("answer")
        verified = verify(_together(drafts), self.store.article, self.store.text)
        clock.lap("verify")
        own = [*_spelling_note(corrected), *_unanswered_note(asked, drafts)]
        return self._outcome(question, alone, _interleaved(found), verified, filters, clock.laps, own)

    async def aask(self, question: str, **options: Any) -> Outcome:
        """``ask`` without blocking the event loop."""
        return await asyncio.to_thread(lambda: self.ask(question, **options))

    def retrieve(self, question: str, filters: Filters | None = None, top_k: int | None = None, depth: int | None = None) -> list[Hit]:
        """The best passages for a question, best first, without answering."""
        s = self.settings
        lexical = self.indexes.lexical() if s.lexical else None
        dense = self._dense()
        vector = self.embedder.embed([question])[0] if dense is not None else None
        return retrieve(
            question, self.store, lexical, dense, self.embedder.name, vector, filters or Filters(), depth or s.depth, top_k or s.top_k
        )

    def read(self, question: str) -> tuple[str, list[tuple[str, str]]]:
        """The question as it is searched: misspelt words replaced by the corpus's, with the pairs."""
        weight = self.extractor().weight
        return correct(question, lambda term: weight(term) < 1.0, self._vocabulary)

    def _vocabulary(self) -> list[tuple[str, int]]:
        """The corpus's words, each with how often it stands there; made once a revision."""
        revision = self.store.revision
        if self._words is None or self._words[0] != revision:
            counts: Counter[str] = Counter()
            for (text,) in self.store.rows("SELECT text FROM sources"):
                counts.update(re.findall(r"[^\W\d_]{4,}", text))
            self._words = (revision, list(counts.items()))
        return self._words[1]

    def _dense(self) -> Any:
        if not self.settings.dense:
            return None
        try:
            return self.indexes.vectors() if self.indexes.fresh("vectors") else None
        except ChromaError:
            if self.settings.chroma_url:
                raise
            return None

    def _draft(self, question: str, hits: Sequence[Hit], share: int = 1) -> Draft:
        most = max(1, math.ceil(self.settings.max_sentences / share))
        return self.extractor().extract(read_question(question), hits, self.store.text, most)

    def extractor(self) -> Extractor:
        """The extractor for the corpus as it now is (the rarity of words depends on it)."""
        revision = self.store.revision
        if self._extractor is None or self._extractor[0] != revision:
            self._extractor = (revision, Extractor(self._reader, load_calibration(), self._rarity()))
        return self._extractor[1]

    def _rarity(self) -> Callable[[str], float]:
        """Inverse document frequency over passages, scaled so that a word of none weighs 1."""
        index = self.indexes.lexical()
        if index is None:
            return lambda term: 1.0
        total = max(index.count(), 1)
        most = math.log(1 + (total + 0.5) / 0.5)
        known: dict[str, float] = {}

        def weight(term: str) -> float:
            if term not in known:
                found = index.frequency(term)
                known[term] = math.log(1 + (total - found + 0.5) / (found + 0.5)) / most
            return known[term]

        return weight

    def _outcome(self, question: str, alone: str, hits: Sequence[Hit], verified: Verified, filters: Filters, laps: dict[str, float], own: Sequence[Note] = ()) -> Outcome:
        corpus = self.store.corpus()
        answered = bool(verified.claims)
        if answered:
            text = present.answer_text(verified.claims, verified.citations, quoted=True)
        else:
            assert verified.reason is not None
            left = self.store.allowed_articles(filters.since, filters.until, filters.outlet, filters.undated)
            text = present.abstention_text(verified.reason, corpus.articles, len(left) if left is not None else None, bool(verified.citations))
        notes = [*self._notes, *own]
        if filters.dated and not filters.undated and corpus.undated:
            notes.append(Note(kind="undated_left_out", text=f"{corpus.undated} of {corpus.articles} articles have no date and were left out; --undated takes them in."))
        cited = [c.published for c in verified.citations if c.published] if answered else []
        return Outcome(
            question=question, standalone_question=alone, kind="answer" if answered else "abstention", reason=verified.reason, text=text,
            claims=verified.claims, citations=verified.citations, notes=tuple(notes), as_of=max(cited, default=None), corpus=corpus,
            trace=Trace(
                answerer="extractive", embedder=self.embedder.name if self.settings.dense else None, seconds=laps, dropped=verified.dropped,
                hits=tuple(TraceHit(article_id=h.article.article_id, start=h.passage.start, end=h.passage.end, score=h.score, stage=h.stage) for h in hits),
            ),
        )  # fmt: skip


def _together(drafts: Sequence[Draft]) -> Draft:
    """One draft of the parts of a question; without a claim only if no part has one."""
    seen: dict[tuple[DraftQuote, ...], DraftClaim] = {}
    for draft in drafts:
        for claim in draft.claims:
            seen.setdefault(claim.quotes, claim)
    return Draft(claims=tuple(seen.values()), nearest=tuple(q for d in drafts for q in d.nearest), reason=None if seen else drafts[0].reason)


def _interleaved(found: Sequence[list[Hit]]) -> list[Hit]:
    """The hits of the parts of a question, best ranks first, each passage once."""
    seen: dict[int, Hit] = {}
    for hit in sorted((h for hits in found for h in hits), key=lambda h: h.rank):
        seen.setdefault(hit.passage.id, hit)
    return list(seen.values())


def _unanswered_note(asked: Sequence[str], drafts: Sequence[Draft]) -> list[Note]:
    if not any(d.claims for d in drafts):
        return []
    return [Note(kind="part_unanswered", text=f"No answer was found to this part: {part}") for part, d in zip(asked, drafts, strict=True) if not d.claims]


def _spelling_note(pairs: Sequence[tuple[str, str]]) -> list[Note]:
    if not pairs:
        return []
    return [Note(kind="spelling", text="Read " + ", ".join(f"“{a}” as “{b}”" for a, b in pairs) + ".")]


class _Clock:
    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._at = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps[stage] = round(now - self._at, 4)
        self._at = now
