"""Which of the ranked sentences make the answer, and why the others do not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from qa.answering.calibration import Calibration
from qa.answering.candidates import Candidate, candidates
from qa.answering.ranking import Ranked
from qa.text.terms import terms
from qa.types import Hit, Passage, StoredArticle

NEW = 0.4  # of a further sentence's terms, that those chosen must not have
MAX_LISTED = 24
_WHOLE = re.compile(
    r"\b(?:every|each|all(?: the| of the)?|list(?: the| all| all the| every)?)\s+"
    r"(?P<things>(?:[\w-]+\s*){1,3})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Selection:
    """``chosen``: numbers of candidates, best first; ``left_out``: why those that came next were not
    taken, by their numbers."""

    chosen: tuple[int, ...]
    left_out: Mapping[int, str]


def choose(ranked: Ranked, calibration: Calibration, most: int, explained: int = 3) -> Selection:
    """The best sentence, and more only where they come close to it and bring something new. The reasons
    are kept for the ``explained`` sentences that come next."""
    question = ranked.question
    first = ranked.order[0]
    best = float(ranked.scores[first])
    near = calibration.more_several if question.several else calibration.more_single
    chosen = [first]
    left_out: dict[int, str] = {}
    covered = set(terms(ranked.found[first].text))
    asked = {w.term for w in question.words}
    for i in ranked.order[1:]:
        gap = best - float(ranked.scores[i])
        own = set(terms(ranked.found[i].text))
        if len(chosen) >= most:
            left_out[i] = f"the answer has its {most} sentences"
        elif ranked.quoting[first] and not ranked.quoting[i]:
            left_out[i] = "does not hold the words that the question quotes"
        elif ranked.heard[first] and not ranked.heard[i]:
            left_out[i] = "is not said by whom the question asks about, or not of that"
        elif gap > near and not ranked.heard[i]:
            left_out[i] = f"{gap:.2f} worse than the best; at most {near:.2f} is near enough"
        elif len(own - covered) < NEW * len(own):
            left_out[i] = "says again what was chosen before"
        elif not question.several and not (own & asked):
            left_out[i] = "shares no word with the question, which asks for one thing"
        else:
            chosen.append(i)
            covered |= own
        if len(left_out) >= explained and (gap > near or len(chosen) >= most):
            break
    return Selection(tuple(chosen), dict(list(left_out.items())[:explained]))


def sections(ranked: Ranked, text_of: Callable[[int], str]) -> list[Candidate]:
    """A list that an article gives in sections ("… District" over what happened there): every sentence
    under a heading that names one of the things asked for, each with its heading."""
    if (asked := _WHOLE.search(ranked.question.text)) is None:
        return []
    kinds = {t for word in asked["things"].split() for t in terms(word)}
    under: dict[int, set[str]] = {}
    for c in ranked.found:
        if _under_a_heading_of(c, kinds):
            under.setdefault(c.article.key, set()).add(c.heading)
    best = max(under, key=lambda key: len(under[key]), default=None)
    if best is None or len(under[best]) < 2:
        return []
    article = next(c.article for c in ranked.found if c.article.key == best)
    whole = candidates([_whole(article, text_of(article.source))], text_of)  # not only the passages found
    listed: list[Candidate] = []
    first: set[str] = set()
    for c in sorted((c for c in whole if _under_a_heading_of(c, kinds)), key=lambda c: c.start):
        opens = c.heading not in first and c.heading_at is not None
        listed.append(replace(c, start=c.heading_at) if opens and c.heading_at is not None else c)
        first.add(c.heading)
    return listed[:MAX_LISTED]


def _whole(article: StoredArticle, text: str) -> Hit:
    start, end = article.article.start, article.article.end
    passage = Passage(start=start, end=end, header="", text=text[start:end])
    return Hit(passage=passage, article=article, score=1.0, rank=1, stage="fused")


def _under_a_heading_of(c: Candidate, kinds: set[str]) -> bool:
    """Whether a sentence stands under a heading that names a thing of one of these kinds."""
    return (
        c.heading_at is not None
        and len(c.heading.split()) <= 6
        and c.heading.strip()[:1].isupper()
        and bool(kinds & set(terms(c.heading)))
    )
