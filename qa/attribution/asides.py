"""Which mentions may be a subject, and what stands between one and its verb: adverbs, or an aside ("Holt, a
miller, also said")."""

from __future__ import annotations

import re

from qa.attribution.acts import READY
from qa.attribution.mentions import Mention
from qa.attribution.quotations import MASK
from qa.text.lexicon.calendar import weekday_pattern

PREPOSITION = re.compile(
    r"(?:\b(?:from|in|at|to|with|by|on|for|about|against|into|near|over|under|of|between|among|amid|around|"
    r"towards?|during|alongside|behind|like|than|such as|as well as|via|through|following|toward|across|"
    r"outside|inside|besides|despite|unlike|following|including|without|except|per)\s+"
    r"(?:(?:the|an?|his|her|its|their|new|former|late|fellow|first|two|three|these|those|other|leading|key|all|"
    r"both|some|many)\s+)*"
    r"(?-i:(?:[A-Z][\w.-]*\s+){0,3}[A-Z][\w.-]*[’']s?\s+)?)$",  # "with Fox News’ Sean Hannity"
    re.IGNORECASE,
)
_OWNS = re.compile(r"[’']s?$")
_OWNS_BEHIND = re.compile(r"[’']\s+[a-z]")


_BY_DOING = re.compile(r"(?:^|,\s)(?:In|By|After|Before|While|Without|Despite|Besides)\s+[a-z]+ing\s+$")
_AS = re.compile(r"(?:^|[,.;]\s)As\s+$")
_LISTED = re.compile(r"\b(?:from|in|to|with|between|near|at)\s+(?:[A-Z][\w.-]*,?\s+){1,3}and\s+$")


def is_listed(bare: str, m: Mention) -> bool:
    """Whether a mention is the second of two that a preposition stands before: "to Arlen and Norvik"."""
    return _LISTED.search(bare, max(0, m.start - 60), m.start) is not None


def may_act(bare: str, begin: int, m: Mention) -> bool:
    """Whether a mention may be a subject in the clause that begins at ``begin``: no preposition stands before
    it ("in Arlen", "in criticizing Arlen"), and it owns nothing ("Holt's")."""
    owns = _OWNS.search(bare[m.start : m.end]) is not None and not m.name.endswith(
        ("’s", "'s")
    )  # "Macy’s said"
    if owns or PREPOSITION.search(bare[begin : m.start]) or _BY_DOING.search(bare[begin : m.start]):
        return False
    if is_listed(bare, m):
        return False
    if m.kind == "role" and not m.definite and _AS.search(bare[begin : m.start]):
        return False  # "As a child, Holt …"
    return bare[m.end - 1 : m.end] != "s" or not _OWNS_BEHIND.match(bare, m.end)  # "Sanders’ campaign"


_ADVERBS = (
    r"(?:also|then|later|again|once|since|long|always|previously|earlier|however|instead|further|furthermore|"
    r"meanwhile|for\s+(?:example|instance|one|(?:his|her|its|their)\s+part)|in\s+turn|of\s+course|though|"
    r"first|often|still|even|already|now|too|simply|just|himself|herself|themselves|itself|both|"
    r"all|recently|only|overall|(?:earlier\s+|late\s+)?(?:today|yesterday)|earlier\s+this\s+\w+|"
    r"(?:last|this)\s+(?:week|month|year|spring|summer|fall|autumn|winter)|has|had|have|did|does|do|is|was|were|are|been"
    r"|(?!(?:family|ally|assembly|bully)\b)[a-z]+ly)"  # but Kelly and the family speak
)
_TRAIL = re.compile(
    rf"(?:(?:[’'](?:ve|d|re|ll)|(?:(?<=he)|(?<=it)|(?<=ho)|(?<=at)|(?<=re))[’']s)(?=\s)|[\s\u00a0]*\b(?:"
    rf"{_ADVERBS}|continu(?:es|ed) to|w[eo]nt on(?: to)?|"
    rf"(?<!\bon ){weekday_pattern(titled=True)}(?:\s+(?:night|morning|evening|afternoon))?|"
    rf"goes on(?: to)?|began to|like[ds] to|used to|loved to)\b,?)*[\s\u00a0]*$"
)


def before_adverbs(bare: str, start: int, at: int) -> int:
    """Where the adverbs and auxiliaries before a verb begin: "Holt [has also been quick to] say"."""
    ready = READY.search(bare, start, at)
    return start + len(_TRAIL.sub("", bare[start : ready.start() if ready else at]))


# An aside in dashes right before a verb.
DASHED = re.compile(r"\s*(?:[—–]|\s--?\s)(?:(?!\s--?\s)[^—–;:¤]){3,200}?(?:[—–]|\s--?)\s*$")
# What an aside does not reach over.
_HARD = re.compile(rf"(?<!, )\bwhile\b|[;:(\[]|—|–|[{MASK}]+,?|,\s+(?:and|but|whereas)\s")
_APPOSED = re.compile(
    r"(?:\s+(?:himself|herself|themselves|itself)\b)?(?:\s+(?:of|from|at|for|with|in|near|familiar|"
    r"close|briefed)\s+[^,;]{2,80})?\s*,\s+(?:the|an?|who|which|whose|his|her|its|as|in|at|on|of|"
    r"for|from|too|however|also|then|now|while|when|after|if|where|asked|\d+|\w+ing|\w+ed|\w+ly)\b|"
    r"(?:\s+of\s+[^,;]{2,80})?\s*,$|\s*,\s+[A-Z]|\s*,\s+[a-z]"
)


# Whom somebody supports who is named behind: "One pastor supporting Holt, Otto Lind of Arlen, said".
_WHOM = re.compile(
    r"\b(?:support|back|oppos|criticiz|criticis|endors|attack|represent|challeng|defend|advis|includ|accus|follow)ing\s+$"
)


def beside(bare: str, start: int, stop: int, mentions: list[Mention]) -> Mention | None:
    """The subject of a verb that a comma stands before: "X, the mayor of Y, said", "X, who …, said"."""
    begin = start
    for hard in _HARD.finditer(bare, start, stop):
        begin = hard.end()
    for m in mentions:
        if (
            begin <= m.start
            and m.end <= stop
            and may_act(bare, begin, m)
            and not _WHOM.search(bare, begin, m.start)
            and _APPOSED.match(bare[m.end : stop].rstrip())
        ):
            return m
    return None
