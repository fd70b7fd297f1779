"""Ways to break the program in this process, for ``eval.tools.faults``: each gives the patches to be
entered."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from unittest.mock import patch

from qa.types import Span

Plant = Callable[[], Sequence[Any]]  # the patches to be entered


@dataclass(frozen=True, slots=True)
class Fault:
    about: str
    plant: Plant = tuple
    settings: dict[str, Any] = field(default_factory=dict)


def replaced_by(target: str, make: Callable[[Any], Any]) -> Callable[[], Sequence[Any]]:
    """Replace ``module:attribute`` by what ``make`` gives for the real one."""

    def plant() -> Sequence[Any]:
        module, _, path = target.partition(":")
        owner: Any = importlib.import_module(module)
        *outer, name = path.split(".")
        for part in outer:
            owner = getattr(owner, part)
        return [patch.object(owner, name, make(getattr(owner, name)))]

    return plant


def articles_with(**changes: Any) -> Plant:
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

    return replaced_by("qa.index.worker:splitter.split", make)


def split_changed(change: Callable[[Any, Any], Any]) -> Plant:
    """``change(articles, source)`` stands between the splitter and the store."""
    return replaced_by(
        "qa.index.worker:splitter.split",
        lambda real: lambda source, *rest: change(real(source, *rest), source),
    )


def whole_pages(articles: Any, source: Any) -> Any:
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


def merged(articles: Any, source: Any) -> Any:
    return articles and (
        articles[0].model_copy(update={"spans": tuple(s for a in articles for s in a.spans)}),
    )


def first_spans(articles: Any, source: Any) -> Any:
    return tuple(a.model_copy(update={"spans": a.spans[:1]}) for a in articles)


def citations_with(change: Callable[[Any], dict[str, Any]]) -> Plant:
    return replaced_by(
        "qa.checking.verify:_citation",
        lambda real: lambda *args: (lambda c: c.model_copy(update=change(c)))(real(*args)),
    )


def reasons_ignored(*reasons: str) -> Plant:
    """The support check no longer sees some of what it should."""
    return replaced_by(
        "qa.checking.verify:unsupported",
        lambda real: lambda claim, quotes: None if (why := real(claim, quotes)) in reasons else why,
    )


def drafts_changed(change: Callable[[Any], Any]) -> Plant:
    return replaced_by(
        "qa.answering.extractor:Extractor.extract",
        lambda real: lambda *args, **kwargs: change(real(*args, **kwargs)),
    )


def cut_quotes(draft: Any) -> Any:
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


def prompt_without_rule(real: Any) -> Any:
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


def anchored_loosely(real: Any) -> Any:
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


def half(found: Any, _: Any = None) -> Any:
    return found[::2]
