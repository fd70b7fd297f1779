"""Faults to be planted (``python -m eval faults``): the gate must fail on each. No model, no network.

A fault is a row: its name, what breaks for a user, and what breaks it in this process.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack

from eval.runs.run import Run, make_run
from eval.runs.suite import Section, gate_suite
from eval.tools.plants import (
    Fault,
    anchored_loosely,
    articles_with,
    citations_with,
    cut_quotes,
    drafts_changed,
    first_spans,
    half,
    merged,
    prompt_without_rule,
    reasons_ignored,
    replaced_by,
    split_changed,
    whole_pages,
)
from eval.tools.plants_reader import (
    best_passed_over,
    logits_shuffled,
    other_words,
    spans_moved,
    threshold_moved,
    truncated,
)

FAULTS: dict[str, Fault] = {
    # reading
    "dates not parsed": Fault(
        "articles have no dates", articles_with(meta_published=None, meta_published_from=None)
    ),
    "outlets not found": Fault("articles have no outlet", articles_with(meta_outlet=None)),
    "titles not found": Fault("articles have no title", articles_with(meta_title=None)),
    "teasers not marked": Fault(
        "a text that breaks off is not known as such", articles_with(truncated=False)
    ),
    "an article lost": Fault(
        "the last article of a page is not taken in",
        split_changed(lambda articles, _: articles[:-1] if len(articles) > 1 else articles),
    ),
    "articles merged": Fault("a page of several articles is read as one", split_changed(merged)),
    "boilerplate indexed": Fault(
        "menus, counters and footers are part of articles", split_changed(whole_pages)
    ),
    "text lost": Fault("what stands after the first gap of an article is lost", split_changed(first_spans)),
    # search
    "one passage retrieved": Fault("retrieval depth 1", settings={"top_k": 1}),
    "lexical side off": Fault("search by vectors alone", settings={"lexical": False}),
    "vector side off": Fault("search by words alone", settings={"dense": False}),
    "ranking reversed": Fault(
        "the worst of the passages found come first",
        replaced_by("qa.index.retriever:fuse", lambda real: lambda *args: real(*args)[::-1]),
    ),
    "half the index lost": Fault(
        "every second passage is not found by words",
        replaced_by(
            "qa.index.lexical:LexicalIndex.search",
            lambda real: lambda self, words, limit: half(real(self, words, limit)),
        ),
    ),
    "words not stemmed": Fault(
        "only equal word forms meet",
        replaced_by(
            "qa.text.terms:_STEMMER", lambda real: type("Same", (), {"stemWord": staticmethod(lambda w: w)})()
        ),
    ),
    "date filter ignored": Fault(
        "--since and --until do nothing",
        replaced_by(
            "qa.index.store:Store.allowed",
            lambda real: lambda self, since, until, outlet, undated: real(self, None, None, outlet, undated),
        ),
    ),
    "outlet filter ignored": Fault(
        "--outlet does nothing",
        replaced_by(
            "qa.index.store:Store.allowed",
            lambda real: lambda self, since, until, outlet, undated: real(self, since, until, None, undated),
        ),
    ),
    # the question
    "follow-ups not rewritten": Fault(
        "a follow-up is searched as it stands",
        replaced_by("qa.asking:standalone", lambda _: lambda question, history: question),
    ),
    "misspellings not read": Fault(
        "misspelt words are searched as they stand",
        replaced_by("qa.library:correct", lambda _: lambda question, *rest: (question, [])),
    ),
    "type asked for ignored": Fault(
        "a question for a figure may be answered by any sentence",
        replaced_by("qa.answering.features:holds", lambda _: lambda *args: None),
    ),
    "speaker asked for ignored": Fault(
        "who is asked about does not matter",
        replaced_by("qa.answering.features:speaks", lambda _: lambda *args: None),
    ),
    # answering
    "always answers": Fault(
        "abstention threshold at the bottom",
        replaced_by("qa.answering.ranking:decide", threshold_moved(-99.0)),
    ),
    "threshold raised": Fault(
        "abstention threshold raised by 1 (logit)",
        replaced_by("qa.answering.ranking:decide", threshold_moved(1.0)),
    ),
    "breaking off not noticed": Fault(
        "an unfinished sentence is quoted as an answer",
        replaced_by("qa.answering.extractor:cut_off", lambda _: lambda *args: None),
    ),
    "reach of dates ignored": Fault(
        "a question about a year that no article reaches is answered",
        replaced_by("qa.asking:outside", lambda _: lambda *args: False),
    ),
    "second sentence quoted": Fault(
        "the best sentence is passed over",
        replaced_by("qa.answering.extractor:choose", best_passed_over),
    ),
    # the reader
    "reader's weights shuffled": Fault(
        "the reader marks at random",
        replaced_by("qa.answering.reader:_decode", logits_shuffled),
    ),
    "reader not asked": Fault(
        "passages are ranked by words alone",
        replaced_by("qa.answering.ranking:read_passages", lambda _: lambda *args: []),
    ),
    "spans off by one token": Fault(
        "what is marked begins and ends a word too late",
        replaced_by("qa.answering.reader:_decode", spans_moved),
    ),
    "wrong tokenizer": Fault(
        "the reader is given the numbers of other words",
        replaced_by("qa.answering.reader:ReaderModel._window", other_words),
    ),
    "passages truncated": Fault(
        "the reader sees the first 100 characters of a passage",
        replaced_by("qa.answering.reading:ReaderPassage", truncated),
    ),
    "one sentence only": Fault(
        "lists and answers in several sentences are cut short", settings={"max_sentences": 1}
    ),
    "quotes cut short": Fault("quotes end after 60 characters", drafts_changed(cut_quotes)),
    "everything is quoted": Fault(
        "answers take in all that is near",
        replaced_by(
            "qa.library:load_calibration",
            lambda real: lambda: real().model_copy(update={"more_single": 99.0, "more_several": 99.0}),
        ),
        {"max_sentences": 10},
    ),
    # verification
    "pointer check skipped": Fault(
        "a quote that is not in the source passes",
        replaced_by(
            "qa.checking.verify:locate",
            lambda real: (
                lambda quote, text, article: (
                    real(quote, text, article)
                    or (article.article.start, article.article.start + len(quote.text))
                )
            ),
        ),
    ),
    "support check skipped": Fault(
        "whatever a claim says, its quotes carry it",
        replaced_by("qa.checking.verify:unsupported", lambda _: lambda *args: None),
    ),
    "numbers not checked": Fault(
        "a claim may hold another figure than its quotes", reasons_ignored("number")
    ),
    "names not checked": Fault("a claim may hold a name that its quotes do not", reasons_ignored("name")),
    "dates not checked": Fault("a claim may hold a date that its quotes do not", reasons_ignored("date")),
    "speakers not checked": Fault("a claim may give words to another speaker", reasons_ignored("speaker")),
    "negation not checked": Fault("a claim may deny what its quotes say", reasons_ignored("negation")),
    "offsets shifted by one": Fault(
        "citations start and end one character late",
        citations_with(lambda c: {"start": c.start + 1, "end": c.end + 1}),
    ),
    "quotes prettified": Fault(
        "curly quotation marks made straight in quotes",
        citations_with(lambda c: {"quote": re.sub("[“”]", '"', c.quote)}),
    ),
    "wrong article named": Fault(
        "citations name the next article of the file",
        citations_with(
            lambda c: {"article_id": re.sub(r"#(\d+)$", lambda m: f"#{int(m[1]) + 1}", c.article_id)}
        ),
    ),
    # a model's answers, replayed
    "a prompt rule removed": Fault(
        "the model is no longer told to keep to what was asked",
        replaced_by("qa.answering.generator:load_prompt", prompt_without_rule),
    ),
    "words anchored loosely": Fault(
        "a model's quote is anchored by its first four words",
        replaced_by("qa.answering.generator:anchored", anchored_loosely),
    ),
    "only the first claim kept": Fault(
        "of a model's reply all but one sentence is lost",
        replaced_by(
            "qa.answering.generator:draft_of",
            lambda real: (
                lambda reply, hits: (lambda d: d.model_copy(update={"claims": d.claims[:1]}))(
                    real(reply, hits)
                )
            ),
        ),
    ),
    "what was asked for not checked": Fault(
        "a model may answer a question for a figure without one",
        replaced_by("qa.asking:on_question", lambda _: lambda *args: True),
    ),
    "citations lost": Fault(
        "claims come without their citations",
        replaced_by(
            "qa.checking.verify:Claim", lambda real: lambda text, citations: real(text=text, citations=())
        ),
    ),
}


def planted(name: str, sections: Sequence[Section] | None = None) -> Run:
    """Everything evaluated with one fault in place, in this process."""
    fault = FAULTS[name]
    with ExitStack() as stack:
        for change in fault.plant():
            stack.enter_context(change)
        # Files are read in this process, or a patch of their reading would not reach it.
        settings = {"isolate": False, **fault.settings}
        return make_run(sections or gate_suite(), jobs=1, runs=None, threads=1, **settings)
