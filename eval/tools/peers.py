"""Other programs, asked the same questions: ``--peer MODULE:FUNCTION``.

An adapter is a function that takes the folder of articles and gives a function that takes a question
and gives a ``Reply``: the text of the answer (empty: none) and its sources, each a file name with the
words shown of it. Five lines do it:

    def adapter(folder):
        engine = build_engine(folder)
        def ask(question):
            r = engine.query(question)
            return Reply(str(r), [(n.metadata["file_name"], n.text) for n in r.source_nodes])
        return ask

A source counts as a valid citation where its words stand in its file, character for character.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from eval.gold.questions import GoldError
from qa.library import Library
from qa.types import Citation, Claim, Outcome, StoredArticle, Trace, TraceHit


class Reply(NamedTuple):
    text: str
    sources: Sequence[tuple[str, str]]


Ask = Callable[[str], Reply]


def load(peer: str, folder: Path, library: Library) -> Callable[[str], Outcome]:
    """The peer's answers as outcomes, so that the same metrics score them. Raises GoldError."""
    module, _, function = peer.partition(":")
    try:
        adapter: Callable[[Path], Ask] = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise GoldError(f"--peer {peer}: {error}; write it as MODULE:FUNCTION") from None
    ask = adapter(folder)
    sources = {name: row.source for name, row in library.store.files().items() if row.source is not None}
    texts = {name: library.store.text(source) for name, source in sources.items()}
    articles = {name: library.store.articles_of(source) for name, source in sources.items()}
    return lambda question: _outcome(question, ask(question), texts, articles, library)


def _outcome(
    question: str,
    reply: Reply,
    texts: dict[str, str],
    articles: dict[str, list[StoredArticle]],
    library: Library,
) -> Outcome:
    citations = []
    for n, (file, words) in enumerate(reply.sources, 1):
        at = texts.get(file, "").find(words)
        start, end = (at, at + len(words)) if at >= 0 else (0, 0)
        holding = [
            a.article_id for a in articles.get(file, []) if a.article.start < end and start < a.article.end
        ]
        citations.append(
            Citation(
                n=n,
                article_id=holding[0] if holding else f"{file}#0",
                file=file,
                title=None,
                outlet=None,
                url=None,
                published=None,
                published_from=None,
                start=start,
                end=end,
                quote=words,
                line=1,
            )
        )
    answered = bool(reply.text.strip())
    return Outcome(
        question=question,
        standalone_question=question,
        kind="answer" if answered else "abstention",
        reason=None if answered else "not_in_corpus",
        text=reply.text,
        claims=(Claim(text=reply.text, citations=tuple(c.n for c in citations)),) if answered else (),
        citations=tuple(citations),
        corpus=library.store.corpus(),
        trace=Trace(
            answerer="extractive",
            hits=tuple(
                TraceHit(article_id=c.article_id, start=c.start, end=c.end, score=0.0, stage="dense")
                for c in citations
            ),
        ),
    )


def llama_index(folder: Path) -> Ask:
    """The plain llama-index pipeline over Chroma with the same MiniLM weights and no language model: its
    answer is its best chunk."""
    from eval.tools.bench_peer import plain_index

    retriever = plain_index(folder).as_retriever(similarity_top_k=10)

    def ask(question: str) -> Reply:
        nodes = retriever.retrieve(question)
        return Reply(
            nodes[0].get_content() if nodes else "",
            [(n.node.metadata["file_name"], n.get_content()) for n in nodes],
        )

    return ask
