"""Does the gate fail when something breaks? ``python -m eval faults`` plants faults one by one, each in
a process of its own, evaluates everything again and asks the gate. Needs no model and no network.

A fault is a row: its name, what breaks for a user, and a function that breaks it in this process.
"""

from __future__ import annotations

import argparse
import platform
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch

from eval.gold.questions import GoldError
from eval.paths import BASELINE, HERE
from eval.reports.summary import table
from eval.runs.gate import CONFIDENCE, Verdict, judge
from eval.runs.run import Run, cores, make_run, progress
from eval.runs.suite import Section, gate_suite

TABLE = HERE / "FAULTS.md"
Plant = Callable[[], Sequence[Any]]  # the patches to be entered


@dataclass(frozen=True, slots=True)
class Fault:
    about: str
    plant: Plant = tuple
    settings: dict[str, Any] = field(default_factory=dict)


def _at(target: str, make: Callable[[Any], Any]) -> Callable[[], Sequence[Any]]:
    """Replace ``module:attribute`` by what ``make`` gives for the real one."""

    def plant() -> Sequence[Any]:
        import importlib

        module, _, path = target.partition(":")
        owner: Any = importlib.import_module(module)
        *outer, name = path.split(".")
        for part in outer:
            owner = getattr(owner, part)
        return [patch.object(owner, name, make(getattr(owner, name)))]

    return plant


def _article(**changes: Any) -> Plant:
    """Articles come out of the splitter with other fields; ``meta`` fields are named ``meta_…``."""

    def make(real: Any) -> Any:
        def split(*args: Any) -> Any:
            found = []
            for a in real(*args):
                meta = a.meta.model_copy(
                    update={k.removeprefix("meta_"): v for k, v in changes.items() if k.startswith("meta_")}
                )
                found.append(
                    a.model_copy(
                        update={
                            "meta": meta,
                            **{k: v for k, v in changes.items() if not k.startswith("meta_")},
                        }
                    )
                )
            return tuple(found)

        return split

    return _at("qa.index.sync:splitter.split", make)


def _split(change: Callable[[Any, Any], Any]) -> Plant:
    """``change(articles, source)`` stands between the splitter and the store."""
    return _at(
        "qa.index.sync:splitter.split", lambda real: lambda source, *rest: change(real(source, *rest), source)
    )


def _whole(articles: Any, source: Any) -> Any:
    from qa.types import Span

    return tuple(
        a.model_copy(
            update={
                "spans": (
                    Span(
                        start=a.start,
                        end=(articles[k + 1].start if k + 1 < len(articles) else len(source.text)),
                    ),
                )
            }
        )
        for k, a in enumerate(articles)
    )


def _merged(articles: Any, source: Any) -> Any:
    return articles and (
        articles[0].model_copy(update={"spans": tuple(s for a in articles for s in a.spans)}),
    )


def _first_paragraphs(articles: Any, source: Any) -> Any:
    return tuple(a.model_copy(update={"spans": a.spans[:1]}) for a in articles)


def _citation(change: Callable[[Any], dict[str, Any]]) -> Plant:
    return _at(
        "qa.checking.verify:_citation",
        lambda real: lambda *args: (lambda c: c.model_copy(update=change(c)))(real(*args)),
    )


def _drop(*reasons: str) -> Plant:
    """The support check no longer sees some of what it should."""
    return _at(
        "qa.checking.verify:unsupported",
        lambda real: lambda claim, quotes: None if (why := real(claim, quotes)) in reasons else why,
    )


def _claims(change: Callable[[Any], Any]) -> Plant:
    return _at(
        "qa.library:Extractor.extract", lambda real: lambda *args, **kwargs: change(real(*args, **kwargs))
    )


def _cut_quotes(draft: Any) -> Any:
    return draft.model_copy(
        update={
            "claims": tuple(
                c.model_copy(
                    update={
                        "text": c.text[:60],
                        "quotes": tuple(q.model_copy(update={"text": q.text[:60]}) for q in c.quotes),
                    }
                )
                for c in draft.claims
            )
        }
    )


def _without_rule(real: Any) -> Any:
    def load(name: str, folder: Any = None) -> Any:
        prompt = real(name, folder)
        first = prompt.sections[0]
        return replace(
            prompt,
            sections=(
                first.model_copy(
                    update={"content": re.sub(r"- Three claims at most.*\n", "", first.content)}
                ),
                *prompt.sections[1:],
            ),
        )

    return load


def _loosely(real: Any) -> Any:
    def anchored(claim: Any, hits: Any) -> Any:
        found = real(claim, hits)
        start = " ".join(claim.quote.split()[:4])
        for hit in hits if found.quotes and found.quotes[0].start is None else ():
            at = hit.passage.text.find(start)
            if at >= 0:
                text = hit.passage.text[at : at + len(claim.quote)]
                return found.model_copy(
                    update={
                        "quotes": (
                            found.quotes[0].model_copy(
                                update={
                                    "article": hit.article.key,
                                    "text": text,
                                    "start": hit.passage.start + at,
                                }
                            ),
                        )
                    }
                )
        return found

    return anchored


def _half(found: Any, _: Any = None) -> Any:
    return found[::2]


FAULTS: dict[str, Fault] = {
    # reading
    "dates not parsed": Fault(
        "articles have no dates", _article(meta_published=None, meta_published_from=None)
    ),
    "outlets not found": Fault("articles have no outlet", _article(meta_outlet=None)),
    "titles not found": Fault("articles have no title", _article(meta_title=None)),
    "teasers not marked": Fault("a text that breaks off is not known as such", _article(truncated=False)),
    "an article lost": Fault(
        "the last article of a page is not taken in",
        _split(lambda articles, _: articles[:-1] if len(articles) > 1 else articles),
    ),
    "articles merged": Fault("a page of several articles is read as one", _split(_merged)),
    "boilerplate indexed": Fault("menus, counters and footers are part of articles", _split(_whole)),
    "text lost": Fault("what stands after the first gap of an article is lost", _split(_first_paragraphs)),
    # search
    "one passage retrieved": Fault("retrieval depth 1", settings={"top_k": 1}),
    "lexical side off": Fault("search by vectors alone", settings={"lexical": False}),
    "vector side off": Fault("search by words alone", settings={"dense": False}),
    "ranking reversed": Fault(
        "the worst of the passages found come first",
        _at("qa.index.retriever:fuse", lambda real: lambda *args: real(*args)[::-1]),
    ),
    "half the index lost": Fault(
        "every second passage is not found by words",
        _at(
            "qa.index.lexical:LexicalIndex.search",
            lambda real: lambda self, words, limit: _half(real(self, words, limit)),
        ),
    ),
    "words not stemmed": Fault(
        "only equal word forms meet",
        _at(
            "qa.text.terms:_STEMMER", lambda real: type("Same", (), {"stemWord": staticmethod(lambda w: w)})()
        ),
    ),
    "date filter ignored": Fault(
        "--since and --until do nothing",
        _at(
            "qa.index.store:Store.allowed",
            lambda real: lambda self, since, until, outlet, undated: real(self, None, None, outlet, undated),
        ),
    ),
    "outlet filter ignored": Fault(
        "--outlet does nothing",
        _at(
            "qa.index.store:Store.allowed",
            lambda real: lambda self, since, until, outlet, undated: real(self, since, until, None, undated),
        ),
    ),
    # the question
    "follow-ups not rewritten": Fault(
        "a follow-up is searched as it stands",
        _at("qa.library:standalone", lambda _: lambda question, history: question),
    ),
    "misspellings not read": Fault(
        "misspelt words are searched as they stand",
        _at("qa.library:correct", lambda _: lambda question, *rest: (question, [])),
    ),
    "type asked for ignored": Fault(
        "a question for a figure may be answered by any sentence",
        _at("qa.answering.extractor:holds", lambda _: lambda *args: None),
    ),
    "speaker asked for ignored": Fault(
        "who is asked about does not matter",
        _at("qa.answering.extractor:speaks", lambda _: lambda *args: None),
    ),
    # answering
    "always answers": Fault(
        "abstention threshold at the bottom",
        _at("qa.answering.calibration:Calibration.answerable", lambda _: lambda *args: True),
    ),
    "threshold raised": Fault(
        "abstention threshold raised by 1 (logit)",
        _at(
            "qa.answering.calibration:Calibration.answerable",
            lambda _: (
                lambda self, evidence, columns: (
                    float(self.abstainer.logit(evidence[None, :], columns)[0]) >= self.threshold + 1
                )
            ),
        ),
    ),
    "breaking off not noticed": Fault(
        "an unfinished sentence is quoted as an answer",
        _at("qa.answering.extractor:Extractor._cut_off", lambda _: lambda *args: None),
    ),
    "reach of dates ignored": Fault(
        "a question about a year that no article reaches is answered",
        _at("qa.library:outside", lambda _: lambda *args: False),
    ),
    "meaning ignored": Fault(
        "words of like meaning no longer meet",
        _at(
            "qa.answering.extractor:_soft",
            lambda real: lambda question, asked, reading: real(question, asked, reading) * 0,
        ),
    ),
    "second sentence quoted": Fault(
        "the best sentence is passed over",
        _at(
            "qa.answering.extractor:Extractor._choose",
            lambda real: (
                lambda self, question, found, scores, order, most: real(
                    self, question, found, scores, list(order[1:]) or order, most
                )
            ),
        ),
    ),
    "one sentence only": Fault(
        "lists and answers in several sentences are cut short", settings={"max_sentences": 1}
    ),
    "quotes cut short": Fault("quotes end after 60 characters", _claims(_cut_quotes)),
    "everything is quoted": Fault(
        "answers take in all that is near",
        _at(
            "qa.library:load_calibration",
            lambda real: lambda: real().model_copy(update={"more_single": 99.0, "more_several": 99.0}),
        ),
        {"max_sentences": 10},
    ),
    # verification
    "pointer check skipped": Fault(
        "a quote that is not in the source passes",
        _at(
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
        _at("qa.checking.verify:unsupported", lambda _: lambda *args: None),
    ),
    "numbers not checked": Fault("a claim may hold another figure than its quotes", _drop("number")),
    "names not checked": Fault("a claim may hold a name that its quotes do not", _drop("name")),
    "dates not checked": Fault("a claim may hold a date that its quotes do not", _drop("date")),
    "speakers not checked": Fault("a claim may give words to another speaker", _drop("speaker")),
    "negation not checked": Fault("a claim may deny what its quotes say", _drop("negation")),
    "offsets shifted by one": Fault(
        "citations start and end one character late",
        _citation(lambda c: {"start": c.start + 1, "end": c.end + 1}),
    ),
    "quotes prettified": Fault(
        "curly quotation marks made straight in quotes",
        _citation(lambda c: {"quote": re.sub("[“”]", '"', c.quote)}),
    ),
    "wrong article named": Fault(
        "citations name the next article of the file",
        _citation(lambda c: {"article_id": re.sub(r"#(\d+)$", lambda m: f"#{int(m[1]) + 1}", c.article_id)}),
    ),
    # a model's answers, replayed
    "a prompt rule removed": Fault(
        "the model is no longer told to keep to what was asked",
        _at("qa.answering.generator:load_prompt", _without_rule),
    ),
    "words anchored loosely": Fault(
        "a model's quote is anchored by its first four words",
        _at("qa.answering.generator:anchored", _loosely),
    ),
    "only the first claim kept": Fault(
        "of a model's reply all but one sentence is lost",
        _at(
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
        _at("qa.library:on_question", lambda _: lambda *args: True),
    ),
    "citations lost": Fault(
        "claims come without their citations",
        _at("qa.checking.verify:Claim", lambda real: lambda text, citations: real(text=text, citations=())),
    ),
}


def planted(name: str, sections: Sequence[Section] | None = None) -> Run:
    """Everything evaluated with one fault in place, in this process."""
    fault = FAULTS[name]
    with ExitStack() as stack:
        for change in fault.plant():
            stack.enter_context(change)
        return make_run(sections or gate_suite(), jobs=1, runs=None, threads=1, **fault.settings)


def _one(name: str) -> tuple[str, dict[str, Any] | str]:
    try:
        return name, planted(name).model_dump(mode="json", exclude={"items": {"__all__": {"outcome"}}})
    except Exception as error:  # a fault that breaks the program outright is seen by anyone
        return name, f"{type(error).__name__}: {error}"


def why(verdict: Verdict | str) -> str:
    """What made the gate fail, shortest evidence first."""
    if isinstance(verdict, str):
        return f"the run itself fails: {verdict[:80]}"
    told = [
        f"{text.split(' (')[0]}: {text.rsplit(': ', 1)[-1].split(' (')[0]}"
        for text in verdict.broken
        if " failed: " not in text
    ]
    told += [
        f"{t.metric} ({t.group}) {t.before:.2f} -> {t.after:.2f}"
        for t in sorted(verdict.significant, key=lambda t: t.adjusted)
    ]
    told += [
        "recorded requests are no longer the same"
        for text in verdict.broken
        if " failed: " in text and "recorded" in text
    ]
    return "; ".join(told[:2]) or "; ".join(verdict.broken) or "not caught"


def written(results: dict[str, Verdict | str], before: str = "") -> str:
    """The table that is kept in the repository. Rows that were not planted now are taken from ``before``."""
    known = {
        cells[0]: cells
        for line in before.splitlines()
        if line.startswith("| ") and len(cells := [c.strip() for c in line.strip("| ").split(" | ")]) == 6
    }
    rows: list[Sequence[str]] = []
    for name, fault in FAULTS.items():
        if name in results:
            v = results[name]
            moved = ("–", "–") if isinstance(v, str) else (str(len(v.lost)), str(len(v.won)))
            rows.append(
                (name, fault.about, "no" if not isinstance(v, str) and v.passed else "yes", *moved, why(v))
            )
        elif name in known:
            rows.append(known[name])
    caught = sum(row[2] == "yes" for row in rows)
    lines = [
        "# Planted faults",
        "",
        f"Made by `python -m eval faults` (`--only NAME` makes a row anew): {caught} of {len(rows)} faults make the gate fail at {CONFIDENCE:.0%} confidence "
        f"(Python {platform.python_version()}). None needs a model. *lost* and *won* count items right before and after.",
        "",
        *table(("fault", "what breaks", "caught", "lost", "won", "by what (first two)"), rows),
        "",
    ]
    return "\n".join(lines)


def faults_main(argv: list[str]) -> int:
    """``python -m eval faults [--only NAME]… [--out FILE]``: exit 1 if a fault passes the gate."""
    parser = argparse.ArgumentParser(
        prog="python -m eval faults", description="Plant faults one by one; the gate must fail on each."
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=list(FAULTS),
        metavar="NAME",
        help="one fault; may be repeated (default: all)",
    )
    parser.add_argument("--jobs", type=int, default=0, help="faults at a time (default: one a core)")
    parser.add_argument(
        "--out", type=Path, help=f"the table to write, or to make rows of anew (default: {TABLE.name})"
    )
    options = parser.parse_args(argv)
    baseline = Run.load(BASELINE)
    names = options.only or list(FAULTS)
    results: dict[str, Verdict | str] = {}
    with (
        progress(len(names), quiet=False) as step,
        ProcessPoolExecutor(options.jobs or cores(), get_context("spawn"), max_tasks_per_child=1) as pool,
    ):
        for future in as_completed([pool.submit(_one, name) for name in names]):
            name, made = future.result()
            results[name] = made if isinstance(made, str) else judge(baseline, Run.model_validate(made))
            verdict = results[name]
            print(
                f"{'caught' if isinstance(verdict, str) or not verdict.passed else 'PASSED'}  {name}: {why(verdict)}",
                flush=True,
            )
            step(name)
    out = options.out or TABLE
    out.write_text(written(results, out.read_text("utf-8") if out.is_file() else ""), "utf-8")
    print(out)
    missed = [n for n, v in results.items() if not isinstance(v, str) and v.passed]
    print(f"{len(names) - len(missed)} of {len(names)} caught")
    if not options.only and len(missed) * 10 > len(names):
        raise GoldError(f"{len(missed)} faults pass the gate: {', '.join(missed)}")
    return 1 if options.only and missed else 0
