"""The cues of speech in one sentence: each verb of saying (or "according to") with the mention that
speaks. What stands in quotation marks is masked before, so verbs inside a quotation do not count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.attribution.behind import extent, source_behind
from qa.attribution.mentions import Mention
from qa.attribution.quotations import MASK
from qa.attribution.speech import Cue
from qa.attribution.verb_cues import by_verbs
from qa.text.lexicon.speech import verb_of


def cues(bare: str, start: int, end: int, mentions: list[Mention], heading: bool = False) -> list[Cue]:
    """The cues of the sentence ``bare[start:end]``, in order."""
    phrases = list(_by_phrases(bare, start, end, mentions))
    named = [m.span() for m in _OF.finditer(bare, start, end)]
    verbs = [c for c in by_verbs(bare, start, end, mentions, heading, named) if not _as_told_by(c, phrases)]
    found = [
        *(verbs or ([] if phrases else _by_place(bare, start, end, mentions))),
        *phrases,
        *_by_possessives(bare, start, end, mentions),
    ]
    return sorted(found, key=lambda c: c.start)


def _as_told_by(cue: Cue, phrases: list[Cue]) -> bool:
    """Whether an aside between a subject and its verb says who tells of the deed: "Arlen, according to Holt,
    invites all"."""
    row, who = verb_of(cue.verb), cue.who
    if who is None or row is None or "deed" not in row:
        return False
    return any(who.end <= p.start and p.end <= cue.end for p in phrases)


# --- "according to X", "in X's words" ---

_OF = re.compile(
    r"\b(?:[Aa]ccording to|quot(?:es|ed|ing)(?!\s+as\b)|[Aa]s (?:(?:first|previously|earlier|originally)\s+)?"
    r"(?:reported|revealed|disclosed|told|described) by|"
    r"(?:(?:renewed|new|repeated|fresh|drew|draws?|drawing|prompt(?:ed|ing)|amid|despite|after)\s+)"
    r"(?:\w+\s+)?(?:calls|warnings?|appeals?|demands?|criticism|condemnation|praise|claims|allegations)\s+"
    r"(?:from|by)|[Ii]n the (?:words|view|opinion|account) of|"
    r"[Ii]n an? (?:post|statement|note|letter) (?:by|from))\s+"
)
_FROM_WHOM = ("calls from ", "appeals from ", "demands from ", "warnings from ", "claims from ")
_DOCUMENT = re.compile(
    r"(?:(?:the|an?)\s+)?(?:[\w’'-]+\s+){0,3}(?:data|figures|results|reports?|documents?|law|"
    r"estimates?|statistics|officials|accounts?|sources?|poll|minutes|rules|plan)\b"
)
# "…, according to the police and two former colleagues.": nothing more is told.
_AND_OTHERS = re.compile(r"\s+and\s+(?:[\w’'-]+\s+){0,5}[\w’'-]+\s*[.]?\s*$")
_POSSESSED = re.compile(
    r"\b[Ii]n (?P<who>his|her|their|[A-Z][\w-]*[’']s?) (?:words|view|opinion|account|description)\b"
)


def _by_phrases(bare: str, start: int, end: int, mentions: list[Mention]) -> Iterator[Cue]:
    for m in _OF.finditer(bare, start, end):
        who = source_behind(bare, m.end(), end, mentions)
        if who is None and (doc := _DOCUMENT.match(bare[m.end() : end])):
            who = Mention(
                m.end(),
                m.end() + doc.end(),
                "role",
                role=doc.group(),
                head=doc.group().split()[-1],
                definite=False,
            )
        if who is not None:
            if (others := _AND_OTHERS.match(bare, who.end, end)) is not None:
                yield Cue(m.start(), others.end(), "according to", who, "of", True)
                continue
            last = not bare[who.end : end].strip(" .,…\u00a0" + MASK)
            # "renewed calls from bakers for bread": what stands behind the source is what they say
            stop = who.end if m.group().endswith(_FROM_WHOM) else extent(bare, who.end, end)
            yield Cue(m.start(), stop, "according to", who, "of", last)


def _by_possessives(bare: str, start: int, end: int, mentions: list[Mention]) -> Iterator[Cue]:
    for m in _POSSESSED.finditer(bare, start, end):
        at = m.start("who")
        who = next((x for x in mentions if x.start <= at < x.end), None) or Mention(
            at, at + len(m["who"]), "pronoun", head={"his": "he", "her": "she"}.get(m["who"], "they")
        )
        yield Cue(m.start(), m.end(), "in the words of", who, "of", False)


# --- a name beside a quotation ---

# Between a quotation and a comma or the end, whatever somebody does is saying: "“…,” Lund corrected her."
_DID = re.compile(r"\s+(?P<verb>[a-z]+ed)(?:\s+(?:him|her|them|back|in|again|\w+ly))?\s*(?:[,.:]|$)")


def _by_place(bare: str, start: int, end: int, mentions: list[Mention]) -> Iterator[Cue]:
    """Names between a quotation and a verb that is none of saying by itself."""
    for m in mentions:
        did = _DID.match(bare, m.end, end) if m.kind == "person" else None
        if did is not None and bare[start : m.start].rstrip().endswith(MASK):
            last = not bare[did.end() : end].strip(" .")
            yield Cue(m.start, did.end("verb"), did["verb"], m, "before", last)
