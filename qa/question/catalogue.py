"""Whether a question is about the articles themselves (who wrote it, which outlets, how many, when published,
what a file says), and which of them it means.

A question is one only if it names an article, a file or the collection as a thing, in one of the forms of the
tables below; "Which newspaper reported that …" and "Who wrote the letter …" are about what the articles tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qa.question.collection import ABOUT as _ABOUT
from qa.question.collection import ASK as _ASK
from qa.question.collection import ITEM as _ITEM
from qa.question.collection import ITEMS as _ITEMS
from qa.question.collection import PAPER as _PAPER
from qa.question.collection import PILE as _PILE
from qa.question.collection import CatalogueQuestion, Wants, in_full, of_the_collection
from qa.text.lazily import lazily

_FILE = r"[\w./-]*\w\.(?:txt|md|html?|pdf|json|jsonl|csv|docx|odt|eml|xml|rss|rtf|epub)"
_QUOTED = lazily(r"[“\"‘]([^”\"’]{3,200})[”\"’]|(?<!\w)'([^']{3,200})'(?!\w)")


@dataclass(frozen=True, slots=True)
class _Frame:
    """A form of question: ``pattern`` matches the whole of it; its named groups fill the slots."""

    wants: Wants
    pattern: re.Pattern[str]
    certain: bool = True


def _frame(wants: Wants, pattern: str, certain: bool = True) -> _Frame:
    return _Frame(wants, lazily(_ASK + pattern + r"\s*[?.!]*$", re.IGNORECASE), certain)


_THE = r"(?:the|this|that|an?)\s+"
_ADJECTIVES = r"(?P<topic>(?:[\w’'.-]+\s+){1,5}?)"
# the article meant: by its file, its title in quotation marks, what it is about, or the words before the noun
_ONE = (
    rf"(?:(?:the\s+(?:file|document)\s+)?(?P<file>{_FILE})"
    rf"|{_THE}{_ITEM}\s+(?:titled\s+|called\s+|entitled\s+|headlined\s+)?(?P<quoted>\u0001)"
    rf"|{_THE}{_ITEM}\s+{_ABOUT}\s+(?P<about>.+?)"
    rf"|(?P<quoted2>\u0001))"
)
_NAMED = rf"{_THE}{_ADJECTIVES}(?:news\s+)?(?:article|piece|story)"
_WHICH = (  # how some of the articles are picked out
    rf"(?:(?:that\s+)?(?:mention|name|contain\s+the\s+words?|refer\s+to|talk\s+about|"
    rf"speak\s+of)s?\s+(?P<mentions>.+?)"
    rf"|(?:are\s+|is\s+)?(?:there\s+)?(?:{_ABOUT})\s+(?P<about>.+?)"
    rf"|(?:are\s+|were\s+|was\s+|is\s+)?(?:there\s+)?(?:written\s+)?by\s+(?P<source>.+?)"
    rf"|(?:are\s+|were\s+|come\s+|came\s+)?(?:there\s+)?from\s+(?P<source2>.+?)"
    rf"|(?:did|has|have)\s+(?P<source3>.+?)\s+(?:write|written|wrote|publish|published|run|carry)"
    rf"|(?:have|has|had|carry|are|with)\s+(?P<undated>no\s+date|undated|without\s+(?:a\s+)?date)"
    rf"|(?:were|was|are|is|have\s+been)\s+(?:published|dated|written)"
    rf"|(?:are\s+there|do\s+(?:you|we)\s+have|are\s+(?:in|held)|exist)"
    rf"|(?:does|do)\s+{_PILE}\s+(?:have|hold|contain|include)"
    rf"|(?:are\s+|is\s+)?(?:there\s+)?{_PILE})"
)
_FRAMES: tuple[_Frame, ...] = (
    _frame(
        "author",
        rf"who\s+(?:wrote|authored|penned|(?:is|was|are)\s+the\s+(?:authors?|writers?)\s+of)\s+{_ONE}",
    ),
    _frame("author", rf"who\s+(?:wrote|authored|penned|(?:is|was)\s+the\s+author\s+of)\s+{_NAMED}"),
    _frame("author", rf"(?:by\s+whom|who)\s+(?:is|was)\s+{_ONE}\s+(?:written\s+)?(?:by)?"),
    _frame("author", rf"(?:which|what)\s+(?:journalist|reporter|author|writer)\s+wrote\s+{_ONE}"),
    _frame(
        "authors",
        rf"(?:which|what|list|name)\s+(?:all\s+)?(?:the\s+)?(?:authors|journalists|bylines|"
        rf"writers)\s+(?:are|wrote|write)?\s*(?:there\s+|represented\s+)?{_PILE}",
    ),
    _frame(
        "outlets",
        rf"(?:which|what|list|name|show)\s+(?:me\s+)?(?:all\s+)?(?:the\s+|"
        rf"of\s+the\s+)?(?:different\s+)?{_PAPER}\s+(?:are|is)?\s*(?:there\s+|represented\s+|"
        rf"included\s+)?{_PILE}",
    ),
    _frame(
        "outlets", rf"(?:which|what)\s+{_PAPER}\s+(?:does|do)\s+{_PILE}\s+(?:have|hold|contain|cover|include)"
    ),
    _frame(
        "outlets",
        rf"(?:which|what)\s+{_PAPER}\s+(?:are\s+the\s+{_ITEMS}\s+from|do\s+the\s+{_ITEMS}\s+come\s+from|"
        rf"(?:do\s+you|are)\s+(?:have|there|indexed|covered))",
    ),
    _frame(
        "outlets",
        r"how\s+many\s+(?:different\s+)?(?P<number>outlets|newspapers|publications)\s+(?:are\s+there|"
        + _PILE
        + r"|(?:does|do)\s+"
        + _PILE
        + r"\s+(?:have|hold|contain|cover)|are\s+(?:represented\s+)?"
        + _PILE
        + ")",
    ),
    _frame(
        "outlet",
        rf"(?:which|what)\s+{_PAPER}\s+(?:published|ran|carried|wrote|printed|(?:is|"
        rf"was))\s+{_ONE}(?:\s+(?:from|in))?",
    ),
    _frame("outlet", rf"(?:which|what)\s+{_PAPER}\s+(?:published|ran|carried|printed)\s+{_NAMED}"),
    _frame("outlet", rf"(?:which|what)\s+{_PAPER}\s+(?:is|was)\s+{_NAMED}\s+from"),
    _frame(
        "outlet",
        rf"(?:which|what)\s+{_PAPER}\s+(?:reported\s+(?:on|about)|covered|wrote\s+(?:about|on)|"
        rf"has\s+(?:reported\s+on|covered))\s+(?P<about>(?:the\s+)?[^,]+?)",
        certain=False,
    ),
    _frame("outlet", rf"where\s+was\s+{_ONE}\s+published"),
    _frame("count", rf"how\s+many\s+(?:of\s+the\s+)?{_ITEMS}\s+{_WHICH}(?:\s+{_PILE})?"),
    _frame("count", rf"(?:count|number\s+of)\s+(?:the\s+|all\s+)?{_ITEMS}\s+{_WHICH}"),
    _frame("count", rf"how\s+(?:big|large)\s+is\s+{_PILE}"),
    _frame(
        "count",
        rf"(?:in\s+)?how\s+many\s+{_ITEMS}\s+(?:is|are|was|were)\s+(?P<mentions>.+?)\s+(?:mentioned|named)",
    ),
    _frame(
        "published",
        rf"(?:when|on\s+(?:what|which)\s+(?:day|date))\s+(?:was|were|is|did)\s+{_ONE}\s+(?:published|"
        rf"written|printed|posted|dated|appear|come\s+out)",
    ),
    _frame(
        "published",
        rf"(?:when|on\s+(?:what|which)\s+(?:day|date))\s+(?:was|did)\s+{_NAMED}\s+(?:published|written|"
        rf"posted|appear|come\s+out)",
    ),
    _frame(
        "published",
        rf"(?:when|on\s+(?:what|which)\s+(?:day|date))\s+did\s+(?P<source>.+?)\s+(?:publish|run|print|"
        rf"carry|post)\s+(?:its|the|their|an?)\s+{_ITEM}(?:\s+{_ABOUT}\s+(?P<about>.+?))?",
        certain=False,
    ),
    _frame("published", rf"what\s+(?:is|was)\s+the\s+(?:publication\s+)?date\s+of\s+{_ONE}"),
    _frame("published", rf"(?:how\s+old\s+is|of\s+what\s+date\s+is)\s+{_ONE}"),
    _frame("summary", rf"what\s+(?:does|do|did)\s+{_ONE}\s+(?:say|contain|hold|tell(?:\s+us)?|report)"),
    _frame(
        "summary",
        rf"what(?:\s+is|’s|'s)\s+(?:in\s+|written\s+in\s+)(?:the\s+(?:file|document)\s+)?(?P<file>{_FILE})",
    ),
    _frame("summary", rf"what(?:\s+is|’s|'s)\s+(?:the\s+(?:file|document)\s+)?(?P<file>{_FILE})\s+about"),
    _frame("summary", rf"what\s+is\s+{_THE}{_ITEM}\s+(?P<quoted>\u0001)\s+about"),
    _frame(
        "summary",
        rf"(?:summari[sz]e|sum\s+up|give\s+(?:me\s+)?a\s+summary\s+of|show(?:\s+me)?|open)\s+{_ONE}",
    ),
    _frame("title", rf"what\s+(?:is|was)\s+the\s+(?:title|headline)\s+of\s+{_ONE}"),
    _frame(
        "newest",
        rf"(?:what|which)\s+(?:is|was)\s+the\s+(?:newest|latest|most\s+recent|last)\s+(?:article|piece|"
        rf"story)(?:\s+(?:{_ABOUT}\s+(?P<about>.+?)|from\s+(?P<source>.+?)|{_PILE}))?(?:\s+published)?",
    ),
    _frame(
        "oldest",
        rf"(?:what|which)\s+(?:is|was)\s+the\s+(?:oldest|earliest|first)\s+(?:article|piece|"
        rf"story)(?:\s+(?:{_ABOUT}\s+(?P<about>.+?)|from\s+(?P<source>.+?)|{_PILE}))?(?:\s+published)?",
    ),
    _frame("newest", r"(?:what|which)\s+(?:article|piece)\s+is\s+the\s+(?:newest|latest|most\s+recent)"),
    _frame("oldest", r"(?:what|which)\s+(?:article|piece)\s+is\s+the\s+(?:oldest|earliest)"),
    _frame(
        "span",
        rf"(?:what|which)\s+(?:(?:period|time(?:\s?span)?|date\s+range|range\s+of\s+dates|dates|years|"
        rf"months)\s+)(?:of\s+time\s+)?(?:do|does)\s+(?:the\s+{_ITEMS}|{_PILE})\s+(?:cover|span|reach|"
        rf"run)(?:\s+over)?",
    ),
    _frame(
        "span",
        rf"(?:from\s+when|how\s+far\s+back|until\s+when|how\s+recent)\s+(?:do|does|are|is|"
        rf"go)\s+(?:the\s+{_ITEMS}|{_PILE})(?:\s+(?:go|date|reach|come))?(?:\s+to\s+when)?",
    ),
    _frame(
        "list",
        rf"(?:which|what|list|show|name|give)\s+(?:me\s+)?(?:(?:us|all|every|the|"
        rf"of)\s+)*{_ITEMS}\s+{_WHICH}(?:\s+{_PILE})?",
    ),
    _frame("list", rf"(?:list|show)\s+(?:me\s+)?(?:(?:all|every|the|of)\s+)*{_ITEMS}"),
)
_NO_TOPIC = lazily(
    r"^(?:same|first|second|third|last|other|next|previous|whole|full|above|following|story|true"
    r"|that\s|how|why|whether|what|who|whom|when|where)\b",
    re.I,
)
# "articles by outlet": no source is named
_EACH = lazily(rf"^(?:each\s+)?(?:{_PAPER}|authors?|journalists?|writers?|dates?|months?|years?)$", re.I)
_PRONOUN = lazily(r"^(?:it|this|that|them|him|her|us|you|there|these|those)$", re.IGNORECASE)


def _slot(m: re.Match[str], names: tuple[str, ...]) -> str | None:
    groups = m.groupdict()
    value = next((groups[n] for n in names if groups.get(n)), None)
    return value.strip(" ,") if value else None


def catalogue_question(text: str, timed: bool = False) -> CatalogueQuestion | None:
    """What is asked of the articles themselves; None where it asks for what they tell. A time in the question
    ("in March 2024") is to be taken out before; ``timed``: one was."""
    title_match = _QUOTED.search(text)
    title = (title_match[1] or title_match[2]).strip(" .?!") if title_match else None
    plain = in_full(
        text if title_match is None else f"{text[: title_match.start()]}\u0001{text[title_match.end() :]}"
    ).strip()
    collected = of_the_collection(plain, timed)
    if collected is not None and collected.wants in ("count", "list"):
        return _titled(collected, title)  # filter by filter
    for frame in _FRAMES:
        m = frame.pattern.match(plain)
        if m is None or _EACH.match(_slot(m, ("source", "source2")) or ""):
            continue
        read = CatalogueQuestion(
            frame.wants,
            topic=_slot(m, ("about", "topic")),
            mentions=_slot(m, ("mentions",)),
            file=_slot(m, ("file",)),
            source=_slot(m, ("source", "source2", "source3")),
            undated="undated" in m.groupdict() and bool(m["undated"]),
            certain=frame.certain,
        )
        if (found := _titled(read, title)) is not None or collected is None:
            return found
    return _titled(collected, title) if collected is not None else None


def _titled(read: CatalogueQuestion, title: str | None) -> CatalogueQuestion | None:
    """With the words in quotation marks where they belong; None where what is meant stays open."""

    def filled(words: str | None) -> str | None:
        return words.replace("\u0001", title or "") if words else None

    slots = (read.topic, read.mentions, read.source)
    if any(w and (_PRONOUN.match(w) or _NO_TOPIC.match(w)) for w in map(filled, slots)):
        return None
    placed = any(w and "\u0001" in w for w in slots)
    return replace(
        read,
        topic=filled(read.topic),
        mentions=filled(read.mentions),
        source=filled(read.source),
        title=title if title and not placed else None,
    )
