"""The lexical index: BM25 over passages, in tantivy. Text is analysed by ``qa.text.terms`` alone; tantivy
sees terms between spaces. A folder on disk that can be thrown away."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from qa.errors import IndexDamaged
from qa.text.terms import terms

HEAP = 64_000_000  # bytes that the writer may hold; 15 MB is tantivy's minimum for a thread
WINDOW_BOOST = 2.0  # tuned on the even queries of the retrieval set (README)


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True, indexed=True, fast=True)
    builder.add_text_field("body", stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("window", stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


@contextmanager
def _sound() -> Iterator[None]:
    """A damaged file makes tantivy raise, or panic, which Python sees as a BaseException of a name that it
    does not export. Raises IndexDamaged."""
    try:
        yield
    except (ValueError, OSError, RuntimeError) as error:
        raise IndexDamaged(f"the lexical index is damaged ({_line(error)}); it is made anew") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise IndexDamaged(f"the lexical index is damaged ({_line(error)}); it is made anew") from None


def _line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:160]


class LexicalIndex:
    """BM25 (k1 1.2, b 0.75: tantivy's) over two fields: a passage with its header, and a window of it,
    its neighbours in the article, and the header. The first finds the right sentences, the second the
    right article."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        with _sound():
            self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
        self._searcher: Any = None

    def change(self, remove: Sequence[int], add: Iterable[tuple[int, int, str, str]]) -> None:
        """Take out passage ids, put in (id, article, header, text), in one commit. All passages of an
        article are added together, in order."""
        import tantivy

        writer = self._index.writer(HEAP, num_threads=1)
        for key in remove:
            writer.delete_documents_by_term("id", key)
        for _, group in groupby(add, key=itemgetter(1)):
            passages = [
                (key, " ".join(terms(header)), " ".join(terms(text))) for key, _, header, text in group
            ]
            for k, (key, header, text) in enumerate(passages):
                document = tantivy.Document()
                document.add_integer("id", key)
                document.add_text("body", f"{header} {text}")
                document.add_text(
                    "window", " ".join([header, *(t for _, _, t in passages[max(0, k - 1) : k + 2])])
                )
                writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._searcher = None

    def _search(self) -> Any:
        if self._searcher is None:
            with _sound():
                self._index.reload()
                self._searcher = self._index.searcher()
        return self._searcher

    def count(self) -> int:
        return int(self._search().num_docs)

    def frequency(self, term: str) -> int:
        """In how many passages a term stands, in text or header."""
        with _sound():
            return int(self._search().doc_freq("body", term))

    def holding(self, words: Sequence[str], limit: int) -> list[int]:
        """Ids of passages that hold all of these terms, at most so many."""
        import tantivy

        every = [
            (
                tantivy.Occur.Must,
                tantivy.Query.term_query(self._schema, "body", word, index_option="freq"),
            )
            for word in dict.fromkeys(words)
        ]
        searcher = self._search()
        with _sound():
            found = searcher.search(tantivy.Query.boolean_query(every), limit)
            return [int(searcher.doc(address)["id"][0]) for _, address in found.hits]

    def search(self, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """(passage id, BM25 score) of the best passages, best first; ties by id."""
        import tantivy

        if not words:
            return []
        clauses = []
        for word in dict.fromkeys(words):
            clauses.append(
                (
                    tantivy.Occur.Should,
                    tantivy.Query.term_query(self._schema, "body", word, index_option="freq"),
                )
            )
            window = tantivy.Query.term_query(self._schema, "window", word, index_option="freq")
            clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(window, WINDOW_BOOST)))
        searcher = self._search()
        with _sound():
            found = searcher.search(tantivy.Query.boolean_query(clauses), limit)
            hits = [(int(searcher.doc(address)["id"][0]), float(score)) for score, address in found.hits]
        return sorted(hits, key=lambda hit: (-round(hit[1], 5), hit[0]))


def rarity(index: LexicalIndex | None) -> Callable[[str], float]:
    """Inverse document frequency over passages, scaled so that a word of none weighs 1; without an index,
    every word does."""
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
