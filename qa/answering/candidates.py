"""The sentences that could answer: each with the span that makes it readable and with what it is
measured against."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.question.type_match import label_of_turn
from qa.reading.chunker import Unit, units
from qa.reading.stamps import DATELINE
from qa.text.lexicon.people import person_pattern
from qa.types import Article, Hit, StoredArticle

_LEADS = re.compile(
    rf"""
    ^[\"“'‘(]*(?:
        he | she | they | it | this | these | those | that | his | her | their | its | him | them
        | both | such
        | the\ (?:
            {person_pattern(offices=True)}
            | decision | announcement | move | document | company | agency | newspaper | meeting | call
            | talks | attack | remarks? | comments? | former | latter | two
            | programs? | programmes? | missiles? | event | incident | law | amendments?
            | man | woman | group
        )
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ADDS = re.compile(
    r"""
    ^(?:
        also | in\ addition | moreover | furthermore | besides | but | and | however | meanwhile
        | instead | still | later | then | there
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


SHORT_REPLY = 5  # words with which a turn of a transcript opens, to which the next sentence belongs


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with what makes it readable and what it is measured against."""

    article: StoredArticle
    core: Unit
    start: int  # of the readable span
    end: int
    text: str  # the core sentence
    context: str  # the readable span, heading and title: what the sentence is about
    heading: str
    heading_at: int | None  # where the heading it stands under begins
    before: str  # the sentence before it in its paragraph
    passage_score: float
    passage_rank: int


def candidates(hits: Sequence[Hit], text_of: Callable[[int], str]) -> list[Candidate]:
    """The sentences of the passages found, each once, with its readable span."""
    found: list[Candidate] = []
    seen: set[tuple[int, int]] = set()
    best = max((h.score for h in hits), default=1.0) or 1.0
    for hit in hits:
        stored = hit.article
        text = text_of(stored.source)
        all_units = units(text, stored.article)
        for k, unit in enumerate(all_units):
            inside = unit.start >= hit.passage.start and unit.end <= hit.passage.end
            if not inside or unit.heading or (stored.key, unit.start) in seen:
                continue
            seen.add((stored.key, unit.start))
            start, end = readable(text, all_units, k)
            heading_at = next((u.start for u in reversed(all_units[:k]) if u.heading), None)
            dateline = DATELINE.match(text[start:end])
            if dateline and dateline["agency"]:
                start += dateline.end()  # "MOSCOW (Agency) - " is in the footnote
            heading = next((text[u.start : u.end] for u in reversed(all_units[:k]) if u.heading), "")
            before = (
                text[all_units[k - 1].start : all_units[k - 1].end]
                if k and not all_units[k - 1].heading and all_units[k - 1].paragraph >= unit.paragraph - 1
                else ""
            )
            context = " ".join([stored.article.meta.title or "", heading, before, text[start:end]])
            found.append(
                Candidate(
                    stored,
                    unit,
                    start,
                    end,
                    text[unit.start : unit.end],
                    context,
                    heading,
                    heading_at,
                    before,
                    hit.score / best,
                    hit.rank,
                )
            )
    return found


def readable(text: str, all_units: Sequence[Unit], k: int, limit: int = 420) -> tuple[int, int]:
    """The span that lets a person read sentence ``k``: back to the sentence that a pronoun points to,
    forward to the end of the quotation that names its speaker, within its paragraph; a list with the
    line that introduces it."""
    first = last = k
    unit = all_units[k]

    def near(i: int) -> bool:
        return (
            0 <= i < len(all_units) and not all_units[i].heading and all_units[i].paragraph == unit.paragraph
        )

    while (
        near(last + 1)
        and _open_quote(text[all_units[first].start : all_units[last].end])
        and all_units[last + 1].end - all_units[first].start <= 1.5 * limit
    ):
        last += 1
    said = text[unit.start : unit.end]
    label = label_of_turn(said)
    if label is not None and len(said[len(label) :].split()) <= SHORT_REPLY and near(last + 1):
        last += 1  # "LIND: She is wrong. The order went out at six."
    while (
        near(first - 1)
        and _leans(text[all_units[first].start : all_units[first].end])
        and all_units[last].end - all_units[first - 1].start <= limit
        and k - first < 2
    ):
        first -= 1
    first, last = _whole_list(text, all_units, first, last, 2 * limit)
    return all_units[first].start, all_units[last].end


def _whole_list(text: str, all_units: Sequence[Unit], first: int, last: int, limit: int) -> tuple[int, int]:
    """ "X is pushing for:" and its points belong together: from either end, while it stays readable."""
    intro = first
    while intro > 0 and all_units[intro].bullet:
        intro -= 1
    if not text[all_units[intro].start : all_units[intro].end].endswith(":"):
        return first, last
    end = max(last, intro)
    while (
        end + 1 < len(all_units)
        and all_units[end + 1].bullet
        and all_units[end + 1].end - all_units[intro].start <= limit
    ):
        end += 1
    return (intro, end) if end > intro else (first, last)


def _leans(sentence: str) -> bool:
    return bool(_LEADS.match(sentence) or _ADDS.match(sentence)) or _unopened(sentence)


def _open_quote(text: str) -> bool:
    return text.count("“") > text.count("”") or (text.count('"') % 2 == 1 and text.lstrip().startswith('"'))


def _unopened(text: str) -> bool:
    return text.count("”") > text.count("“")


LEAD_UNITS = 5  # of an article, that say what it is about


def lead(text: str, article: Article) -> str:
    """The first sentences of an article: what it is about, beside its title."""
    first = [u for u in units(text, article) if not u.heading][:LEAD_UNITS]
    return ". ".join(text[u.start : u.end] for u in first)
