"""Questions about the collection as a whole, filter by filter: how many articles mention X and are from Y,
the three newest on Z, the longest, those without a date, which outlets have written of W.

Such a question is a head (what is asked of the articles) and any number of filters (which of them), and
nothing else: a word that is left over makes it a question about what the articles tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qa.text.lazily import lazily
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.numbers import UNITS

Wants = Literal[
    "author",
    "authors",
    "outlet",
    "outlets",
    "count",
    "published",
    "summary",
    "title",
    "list",
    "newest",
    "oldest",
    "longest",
    "shortest",
    "span",
]

ITEM = r"(?:news\s+)?(?:articles?|pieces?|stor(?:y|ies)|news\s+items?|news\s+reports?|write-?ups?)"
ITEMS = r"(?:news\s+)?(?:articles|pieces|stories|news\s+items|news\s+reports|texts|files|documents)"
PAPER = (
    r"(?:outlets?|newspapers?|papers?|publications?|magazines?|sources?"
    r"|news\s+(?:sites?|sources?|agenc(?:y|ies)))"
)
PILE = (
    r"(?:(?:in|of|from|make\s+up)\s+)?(?:the|this|that|my|our|your)\s+"
    r"(?:(?:whole|entire)\s+)?(?:folder|collection|corpus|archive|pile|library|set|directory|data\s?set)"
)
ABOUT = r"(?:about|on|regarding|concerning|covering|dealing\s+with)"
ASK = r"^(?:please\s+|can\s+you\s+(?:tell\s+me\s+)?|could\s+you\s+(?:tell\s+me\s+)?|tell\s+me\s+)?"


@dataclass(frozen=True, slots=True)
class CatalogueQuestion:
    """``wants``: what of the articles is asked, of the ``most`` first ones. They are those that match
    everything given: ``topic`` (words that an article is about), ``mentions`` (words that stand in it),
    ``without`` (words that do not), ``file`` (a name), ``title`` (words of it), ``source`` (an outlet or an
    author), ``not_source``, ``described`` (the words before "articles": an outlet, an author or a topic),
    ``undated``, ``unsigned`` (no author is stated). ``certain``: the form alone shows that an article is
    meant; otherwise only a match does."""

    wants: Wants
    topic: str | None = None
    mentions: str | None = None
    without: str | None = None
    file: str | None = None
    title: str | None = None
    source: str | None = None
    not_source: str | None = None
    described: str | None = None
    undated: bool = False
    unsigned: bool = False
    most: int = 1
    certain: bool = True


_NOUN = rf"(?:{ITEMS}|{ITEM})"
_NUMBER = alternatives(w for w, n in UNITS.items() if 1 < n <= 12)
# words before "articles" that pick none out
_PLAIN = r"(?:(?:the|all|of|these|those|our|my|your|any|every|more|other|different|individual)\s+)*"
_NO_WORD = alternatives(
    "articles article stories story the a an is are was were be do does did has have had of in on at to by "
    "for from with that which who times people and or not".split()
)
_KIND = rf"(?P<described>(?:(?!{_NO_WORD}\b)[\w’'.&-]+\s+){{1,4}}?)??"
_THINGS = rf"{_PLAIN}{_KIND}{_NOUN}"
_HAVE = r"(?:do\s+(?:we|you|i)\s+have|have\s+(?:we|you|i)\s+got|have\s+you|is\s+there|are\s+there)"
_SHOW = r"(?:list|show|give|find|name)(?:\s+(?:me|us))?"
_BEST = r"(?P<best>newest|latest|most\s+recent|last|oldest|earliest|first|longest|shortest)"
_WANTED: dict[str, Wants] = {
    "newest": "newest",
    "latest": "newest",
    "most recent": "newest",
    "last": "newest",
    "first": "oldest",
    "oldest": "oldest",
    "earliest": "oldest",
    "longest": "longest",
    "shortest": "shortest",
}

# (what is asked, its form, whether it needs a filter or a time beside it)
_HEADS: tuple[tuple[Wants, str, bool], ...] = (
    ("outlets", rf"(?:the\s+)?(?:(?:how\s+many|number\s+of)\s+)?{_THINGS}\s+{_HAVE}?\s*"
     rf"(?:per|by|for\s+each|from\s+each|by\s+each|of\s+each)\s+{PAPER}", False),
    ("outlets", rf"(?:which|what)\s+{PAPER}\s+(?:has|have|had|wrote|published|ran)\s+"
     rf"(?:the\s+)?(?:most|fewest)\s+{_THINGS}", False),
    ("authors", rf"(?:the\s+)?(?:(?:how\s+many|number\s+of)\s+)?{_THINGS}\s+{_HAVE}?\s*"
     r"(?:per|by|for\s+each|from\s+each|by\s+each)\s+(?:author|journalist|reporter|writer|byline)", False),
    ("outlets", rf"who\s+(?:has\s+)?(?:published|ran|carried)\s+(?:the\s+)?most\s+{_THINGS}", False),
    ("authors", rf"(?:who|which\s+(?:author|journalist|reporter|writer))\s+(?:has\s+)?"
     rf"(?:wrote|written|published)\s+(?:the\s+)?most\s+{_THINGS}", False),
    ("outlets", rf"(?:which|what)\s+{PAPER}\s+are\s+(?:these|those|they)(?:\s+{ITEMS})?(?:\s+from)?", False),
    ("outlets", rf"how\s+many\s+(?:different\s+)?{PAPER}\s+{_HAVE}", False),
    ("outlets", rf"(?:which|what|how\s+many)\s+(?:of\s+the\s+)?(?:different\s+)?{PAPER}", True),
    ("count", rf"(?:in\s+)?how\s+many\s+{_THINGS}", True),
    ("count", rf"(?:the\s+)?number\s+of\s+{_THINGS}", True),
    ("title", rf"(?:(?:what\s+are|{_SHOW})\s+)?(?:all\s+)?(?:the\s+)?(?:titles|headlines)\s+"
     rf"(?:of|for|from)\s+{_THINGS}", False),
    ("newest", rf"(?:(?:what|which)\s+(?:is|are|was|were)\s+|{_SHOW}\s+)?(?:the\s+)?"
     rf"(?:(?P<most>\d{{1,2}}|{_NUMBER})\s+)?{_BEST}\s+(?:(?P<most2>\d{{1,2}}|{_NUMBER})\s+)?{_THINGS}",
     False),
    ("newest", rf"(?:what|which)\s+{_THINGS}\s+(?:is|are|was)\s+(?:the\s+)?{_BEST}", False),
    ("newest", rf"(?:when|on\s+(?:what|which)\s+(?:day|date))\s+was\s+(?:the\s+)?{_BEST}\s+{_THINGS}\s+"
     r"(?:published|written|posted)", False),
    ("newest", rf"how\s+(?:long|old|new)\s+(?:is|was)\s+(?:the\s+)?{_BEST}\s+{_THINGS}", False),
    ("count", r"how\s+many\s+of\s+(?P<those>these|those|them)", True),
    ("list", rf"(?:which|what|any|{_SHOW}|{_HAVE}(?:\s+(?:any|an?))?)\s+{_THINGS}", True),
    ("list", r"(?:which|what)\s+of\s+(?P<those>these|those|them)", True),
    ("list", rf"did\s+(?P<publisher>.+?)\s+(?:publish|write|run|carry)\s+(?:anything|something|an?\s+{ITEM})",
     False),
    ("list", r"what\s+(?:else\s+)?did\s+(?P<publisher>.+?)\s+publish", False),
    ("list", r"(?:has|did)\s+(?:anyone|anybody|any\s+outlet)(?=\s+(?:written|reported|report|write)\b)",
     True),
    ("list", rf"(?:{_HAVE}\s+(?:anything|something|any\s+coverage)|{_SHOW}\s+everything|everything|anything)",
     True),
    ("list", r"what\s+(?:was|were|has\s+been|have\s+been|got)\s+published|was\s+anything\s+published", True),
    ("list", _THINGS, True),
)  # fmt: skip
_MENTION = (
    r"(?:mention|mentions|mentioned|mentioning|name|names|naming|contain|contains|containing"
    r"|(?:with|contain|contains)\s+the\s+words?|refer(?:s|ring)?\s+to|(?:talk|speak)(?:s|ing)?\s+(?:about|of))"
)
_NOT = r"(?:do\s+not|does\s+not|don[’']t|doesn[’']t|did\s+not|didn[’']t|never)"
_FILTERS: tuple[str, ...] = (
    rf"(?:that\s+|which\s+)?{_NOT}\s+{_MENTION}\s+(?P<without>.+?)",
    rf"(?:that\s+|which\s+)?{_MENTION}\s+(?P<mentions>.+?)"
    r"(?:,?\s+(?:but|and)\s+(?:not|never)\s+(?P<without2>.+?))?",
    rf"(?:that\s+|and\s+)?(?:(?:is|are|was|were)\s+)?{ABOUT}\s+(?P<about>.+?)",
    rf"(?:and\s+)?(?:(?:have|has)\s+)?(?:written|reported|wrote|write|report)\s+{ABOUT}\s+(?P<about2>.+?)",
    r"(?:the\s+)?most(?:\s+often)?|(?:is|are|was|were)\s+from",
    rf"(?P<unsigned>(?:that\s+)?(?:{_NOT}\s+(?:have|state|name)|have|has|with|state|without)\s+"
    r"(?:(?:no|an?|any|its)\s+)?(?:author|byline)s?|unsigned|anonymous)",
    r"(?:that\s+)?(?:(?:is|are|was|were|come|came)\s+)?not\s+(?:published\s+|written\s+)?(?:by|from)\s+"
    r"(?P<not_source>.+?)",
    r"(?:that\s+|and\s+)?(?:(?:is|are|was|were|come|came)\s+)?(?:published\s+|written\s+)?(?:by|from)\s+"
    r"(?P<source>.+?)",
    r"(?:did|has|have)\s+(?P<source2>.+?)\s+(?:write|written|publish|published|run|carry|carried)",
    r"(?:does|do|did|has)\s+(?P<holder>.+?)\s+(?:have|got)",
    r"(?P<undated>(?:that\s+)?(?:(?:have|has|with|carry|are|is)\s+)?"
    r"(?:no\s+date|lacks?\s+(?:a\s+|any\s+)?date|undated|without\s+(?:a\s+|any\s+)?date))",
    rf"{_HAVE}|exist|(?:in\s+)?here|(?:are\s+)?{PILE}|(?:does|do)\s+{PILE}\s+(?:have|hold|contain|include)",
    r"in\s+total|altogether|all\s+told|(?:that\s+)?(?:was|were|have\s+been|has\s+been)\s+(?:published|written)",
)
MOST_FILTERS = 4
LONGEST = 200  # code points of a question that is read so
_PATTERNS = tuple(
    (
        wants,
        lazily(
            rf"{ASK}(?:{head})(?P<filters>(?:\s+(?:{'|'.join(_FILTERS)})){{0,{MOST_FILTERS}}})\s*[?.!]*$",
            re.IGNORECASE,
        ),
        needs,
    )
    for wants, head, needs in _HEADS
)
_NO_FILTER = lazily(
    r"""^(?: that|how|why|whether|what|who|whom|when|where|which
    | (?:it|this|them|him|her|us|you|there|these|those|same|each|all|both|other|next)$ )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SHORT = ((lazily(r"\b(what|who|where|how)[’']s\b", re.IGNORECASE), r"\1 is"),)
_DATED_HEAD = lazily(r"^\W*(?:when|on)\b", re.IGNORECASE)
# words before "articles" that say nothing of which
_NO_KIND = frozenset(
    "new old recent short long good bad first last next such many few several some no own two three true "
    "interesting important main front-page news full whole same whose his her their its".split()
)


def in_full(text: str) -> str:
    """A question with its short forms written out ("what's")."""
    for pattern, full in _SHORT:
        text = pattern.sub(full, text)
    return text


# A word of every head: without one of them a question is not about the collection, and no head is tried.
_MAY_ASK = lazily(
    rf"\b(?:{ITEM}|{ITEMS}|{PAPER}|authors?|journalists?|reporters?|writers?|bylines?|titles|headlines|publish\w*"
    r"|wr(?:ite|ote|itten)|report(?:ed)?|run|ran|carry|carried|anything|something|everything|coverage|these|those|them)\b",
    re.IGNORECASE,
)


def of_the_collection(text: str, timed: bool) -> CatalogueQuestion | None:
    """What is asked of the collection; None where a word is left over. ``timed``: a time stood in the
    question, which confines it as a filter does."""
    if len(text) > LONGEST or not _MAY_ASK.search(text):
        return None
    for wants, pattern, needs in _PATTERNS:
        m = pattern.match(text.strip())
        if m is not None and (found := _read(wants, m, needs and not timed)) is not None:
            return found
    return None


def _read(wants: Wants, m: re.Match[str], needs: bool) -> CatalogueQuestion | None:
    groups = {k: v.strip(" ,.?!") for k, v in m.groupdict().items() if v and v.strip()}
    flags = ("filters", "undated", "unsigned", "best", "most", "most2", "those")
    words = [v for k, v in groups.items() if k not in flags]
    if groups.get("described", "").casefold() == "undated":
        groups["undated"] = groups.pop("described")
    described = groups.get("described")
    if any(_NO_FILTER.match(w) for w in words) or set((described or "").casefold().split()) & _NO_KIND:
        return None
    if needs and not words and not {"undated", "unsigned"} & set(groups):
        return None
    best = " ".join(groups.get("best", "").casefold().split())
    most = (groups.get("most") or groups.get("most2") or "1").casefold()
    bare = not m["filters"] and most == "1" and not _DATED_HEAD.match(m.group())
    if best in ("last", "first") and (described or bare):
        return None  # "the first story" is not the oldest one
    loosely = groups.get("holder") or groups.get("publisher") or groups.get("those")
    source = groups.get("source") or groups.get("source2") or groups.get("holder") or groups.get("publisher")
    loose = described or loosely or groups.get("about") or groups.get("about2")
    return CatalogueQuestion(
        _WANTED[best] if best else wants,
        topic=groups.get("about") or groups.get("about2"),
        mentions=groups.get("mentions"),
        without=groups.get("without") or groups.get("without2"),
        source=source,
        not_source=groups.get("not_source"),
        described=described,
        undated="undated" in groups,
        unsigned="unsigned" in groups,
        most=int(most) if most.isdigit() else UNITS.get(most, 1),
        certain=not loose or (wants == "count" and not described and not loosely),
    )
