"""A folder that can be asked. What answering needs is made here; the stages of a question are those of
``qa.asking``. ``Library`` is the public face."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Unpack

from qa.answering.calibration import Caution, load_calibration
from qa.answering.extractor import Extractor
from qa.answering.generator import Answerer
from qa.answering.reader import OverlapReader, PassageReader, ReaderModel
from qa.asking import Asking
from qa.attribution.statements import Statement, statements_of
from qa.awaiting import AskOptions, StreamOptions, awaited
from qa.errors import ChromaError, NotFound
from qa.holding import Notices
from qa.index.corpus import Corpus
from qa.index.embeddings import HashEmbedder, MiniLM
from qa.index.lexical import LexicalIndex, rarity
from qa.index.retriever import Filters, retrieve, side_by_side
from qa.index.sync import Folder, Progress
from qa.llm.cache import CachedLLM
from qa.llm.client import LLM, make_llm
from qa.llm.cost import Budget, Price
from qa.overviews import OutletRow, Speaker, hearing, mentioning, outlets, said_in, speakers, unread, who
from qa.presenting import notebook as notebook
from qa.question.casing import with_names
from qa.question.spelling import correct
from qa.request import Request
from qa.settings import Settings
from qa.text.characters import whole_characters
from qa.timeline import timeline
from qa.types import Event, Finished, Hit, LedgerLine, Outcome

if TYPE_CHECKING:
    from qa.conversation.chat import Chat

TIMELINE_PASSAGES = 40


class Library(Corpus):
    """A folder of articles that can be asked. Open it with ``Library.open``; use it as a context
    manager or call ``close``. Safe to share between threads."""

    def __init__(self, folder: Folder, settings: Settings) -> None:
        super().__init__(folder, settings)
        self._tokens = (
            self.embedder if isinstance(self.embedder, MiniLM | HashEmbedder) else MiniLM(settings.threads)
        )
        fake = isinstance(self.embedder, HashEmbedder)
        self._reader: PassageReader = OverlapReader() if fake else ReaderModel(threads=settings.threads)
        self._extractor: tuple[int, Extractor] | None = None
        self._words: tuple[int, list[tuple[str, int]]] | None = None
        self.notices = Notices(self.store)
        self._answerer: Answerer | None = None
        if settings.uses_model:
            self.use(
                make_llm(
                    settings.model,
                    _secret(settings.openai_api_key),
                    settings.openai_base_url,
                    settings.call_seconds,
                    settings.retries,
                )
            )

    def use(self, llm: LLM | None) -> None:
        """Answer with this model from now on; None: in quotes only."""
        s = self.settings
        if llm is None:
            self._answerer = None
            return
        kept = CachedLLM(llm, self.home / "replies") if s.cache else llm
        self._answerer = Answerer(
            kept,
            Budget(s.budget_usd, Price(llm.model, s.price_in, s.price_out)),
            s.max_tokens,
            s.passages,
            s.prompts,
        )

    @property
    def endpoint(self) -> str | None:
        """Where questions and passages are sent; None: nowhere."""
        return f"{self._answerer.llm.endpoint} ({self._answerer.llm.model})" if self._answerer else None

    @property
    def spent(self) -> Budget | None:
        """What the model has taken so far."""
        return self._answerer.budget if self._answerer else None

    # --- asking ---

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        undated: bool = False,
        caution: Caution | None = None,
        explain: bool = False,
    ) -> Outcome:
        """Answer one question. ``history``: the earlier questions of a conversation, oldest first;
        ``since``/``until``: ISO dates of any precision, both included; ``outlet``: part of a name;
        ``caution``: how sure an answer must be (default: the setting); ``explain``: say why, in the trace.

        Raises UsageError for an empty question or a date that cannot be read; LLMError only if
        ``on_failure`` is "error".
        """
        filters = Filters.of(since, until, outlet, undated)
        *_, last = self._events(Request(question, history, filters, self._caution(caution), explain))
        assert isinstance(last, Finished)
        return last.outcome

    async def aask(self, question: str, **options: Unpack[AskOptions]) -> Outcome:
        """``ask`` without blocking the event loop."""
        return await asyncio.to_thread(lambda: self.ask(question, **options))

    def astream(self, question: str, **options: Unpack[StreamOptions]) -> AsyncIterator[Event]:
        """``stream`` without blocking the event loop; one that is left early stops at its next sentence."""
        return awaited(lambda: self.stream(question, **options))

    def stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        undated: bool = False,
        fresh: bool = False,
        caution: Caution | None = None,
        explain: bool = False,
    ) -> Iterator[Event]:
        """The same as events: ``Searched``, a ``Proven`` for each sentence as soon as it is verified and
        never before, and ``Finished`` with the outcome, whose claims begin with those told. ``fresh``: no
        reply that was kept is used. Raises as ``ask``."""
        kept = self._answerer.llm if self._answerer else None
        filters = Filters.of(since, until, outlet, undated)
        request = Request(question, history, filters, self._caution(caution), explain, streamed=True)
        with kept.fresh(fresh) if isinstance(kept, CachedLLM) else nullcontext():
            yield from self._events(request)

    def who(
        self,
        name: str,
        *,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        undated: bool = False,
    ) -> Outcome:
        """What a person (or a body) said, in order of publication. Raises UsageError."""
        filters = Filters.of(since, until, outlet, undated)
        return who(self.store, mentioning(self.store, self.indexes.lexical(), name, filters), name, filters)

    def statements(self, file: str) -> list[Statement]:
        """Every attributed statement of a file of the folder, in order. Raises NotFound."""
        row = self.store.file(file)
        if row is None or row.source is None:
            raise NotFound(
                f"{file} is no file of this folder that could be read; the list of articles names them"
            )
        articles = {a.key: a for a in self.store.articles_of(row.source)}
        text = self.store.text(row.source)
        return [
            s
            for key, found in said_in(self.store, list(articles))
            for s in statements_of(text, found, file, f"{file}#{articles[key].article.n}")
        ]

    def people(self) -> list[Speaker]:
        """Who is named as saying something in the articles, by how often."""
        return speakers(self.store)

    def outlets(self) -> list[OutletRow]:
        """The outlets of the articles, by how many articles are theirs."""
        return outlets(self.store)

    def index(
        self, *, rebuild: bool = False, progress: Progress | None = None, wait: float = 0
    ) -> list[LedgerLine]:
        """``Corpus.index``, and once of every article who says what in it and what it corrects."""
        lines = super().index(rebuild=rebuild, progress=progress, wait=wait)
        self.notices.all()
        keys = unread(self.store)
        for done, _ in enumerate(said_in(self.store, keys), 1):
            if progress is not None:
                progress("statements", done, len(keys))
        return lines

    def timeline(
        self,
        topic: str,
        *,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        undated: bool = False,
    ) -> Outcome:
        """What is told of a topic, in order of when it happened. Raises UsageError."""
        filters = Filters.of(since, until, outlet, undated)
        return timeline(
            self.store,
            self.extractor(),
            self.retrieve(topic, filters, top_k=TIMELINE_PASSAGES),
            topic,
            filters,
        )

    def chat(self, resume: str | bool = False) -> Chat:
        """A conversation, new or resumed (true: the newest; else the beginning of an id)."""
        from qa.conversation.chat import Chat

        return Chat(self, resume)

    def _events(self, request: Request) -> Iterator[Event]:
        return Asking(self, self._answerer, request, self._notes).events()

    def _caution(self, asked: Caution | None) -> Caution:
        return asked or self.settings.caution

    @property
    def embedder_name(self) -> str | None:
        """None where nothing is searched by meaning."""
        return self.embedder.name if self.settings.dense else None

    def retrieve(
        self,
        question: str,
        filters: Filters | None = None,
        top_k: int | None = None,
        depth: int | None = None,
        nearest: int = 0,
    ) -> list[Hit]:
        """The best passages for a question, best first, without answering. ``nearest``: so many places after
        the first six go to the nearest by vectors alone."""
        s, question = self.settings, whole_characters(question)
        lexical = self.indexes.lexical() if s.lexical else None
        dense = self._dense()
        vector = self.embedder.embed([question])[0] if dense is not None else None
        return retrieve(
            question,
            self.store,
            lexical,
            dense,
            self.embedder.name,
            vector,
            filters or Filters(),
            depth or s.depth,
            top_k or s.top_k,
            nearest,
        )

    def read(self, question: str) -> tuple[str, list[tuple[str, str]]]:
        """The question as it is searched: misspelt words replaced by the corpus's, with the pairs; of one
        typed without capitals the names as the corpus has them."""
        weight, together = self.extractor().weight, side_by_side(self.store, self.indexes.lexical())
        text, pairs = correct(question, lambda term: weight(term) < 1.0, self._vocabulary, together)
        return with_names(text, self.store.written), pairs

    def lexical(self) -> LexicalIndex | None:
        """The index of words, where there is one."""
        return self.indexes.lexical()

    def mentioned(self, word: str) -> bool:
        index = self.indexes.lexical()
        return index is None or index.frequency(word) > 0

    def _vocabulary(self) -> list[tuple[str, int]]:
        """The corpus's words, each with how often it stands there; made once a revision."""
        revision = self.store.revision
        if self._words is None or self._words[0] != revision:
            self._words = (revision, self.store.vocabulary())
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

    def extractor(self) -> Extractor:
        """The extractor for the corpus as it now is (the rarity of words depends on it)."""
        revision = self.store.revision
        if self._extractor is None or self._extractor[0] != revision:
            calibration = load_calibration().among(self.store.corpus().articles)
            self._extractor = (
                revision,
                Extractor(
                    self._tokens,
                    self._reader,
                    calibration,
                    rarity(self.lexical()),
                    hearing(self.store),
                ),
            )
        return self._extractor[1]


def _secret(value: Any) -> str | None:
    return value.get_secret_value() if value is not None else None
