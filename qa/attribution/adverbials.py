"""Adverbials before a subject: "But on Monday the council", "In a statement the company"."""

from __future__ import annotations

import re

from qa.attribution.mentions import Mention
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import DEICTIC, month_pattern, weekday_pattern

# An adverbial before the subject, without its comma.
_OPENING = re.compile(
    rf"""
    (?: (?:and|but|so|yet|or|while|although|though|whereas|because|if|when|as|even\ (?:as|if|though)
        |still|meanwhile|then|now|later|earlier|also|indeed|instead|however|though|perhaps
        |nevertheless|nonetheless|additionally|specifically|similarly|finally|even|just|only|once|again
        |{alternatives(DEICTIC)})\b,?
      | (?:on|in|by|since|until|late|early|last|this)\s+(?:(?:late|early|last|this)\s+)?
        (?:{weekday_pattern()}|{month_pattern()}|\d{{4}}|week|month|year|night|weekend)
        (?:\s+(?:morning|night|evening|afternoon|\d+))*,?
    )\s+
    """,
    re.IGNORECASE | re.VERBOSE,
)
# How an adverbial begins.
ADVERBIAL = re.compile(
    r"(?:in|on|at|of|for|from|with|by|to|after|before|during|as|against|among|amid|into|like"
    r"|since|through|until|without|per|via)\b(?!&)",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"\b(?:the|an?|his|her|its|their|one)\s")
_BEHIND_PREPOSITION = re.compile(rf"(?:{ADVERBIAL.pattern})\s+$", re.IGNORECASE)
_BEHIND_ARTICLE = re.compile(rf"(?:{ADVERBIAL.pattern})\s+(?:the\s+)?$", re.IGNORECASE)


def past_adverbials(bare: str, start: int, stop: int, mentions: list[Mention]) -> int:
    """Where the subject begins in a stretch, behind its adverbials."""
    while (m := _OPENING.match(bare, start, stop)) is not None:
        start = m.end()
    return _past_open_adverbial(bare, start, stop, mentions)


def _past_open_adverbial(bare: str, start: int, stop: int, mentions: list[Mention]) -> int:
    """Where the subject begins behind an adverbial that no comma closes: "In a statement the company". The
    last article that no preposition stands before, or a name that ends the phrase."""
    phrase = bare[start:stop]
    at = start + len(phrase) - len(phrase.lstrip())
    if not ADVERBIAL.match(bare, at, stop):
        return start
    for det in reversed(list(_DETERMINER.finditer(bare[at:stop]))):
        if not _BEHIND_PREPOSITION.search(bare[at : at + det.start()]):
            return at + det.start()
    end = at + len(bare[at:stop].rstrip(" ,"))
    for x in mentions:
        if x.end == end and x.start > at and not _BEHIND_ARTICLE.search(bare[at : x.start]):
            return x.start
    return start
