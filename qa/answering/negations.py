"""What the negations of a sentence stand over, and the ways of saying "not" that deny nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.text.lazily import lazily
from qa.text.lexicon.calendar import DEICTIC, WEEKDAY_NAMES, month_pattern
from qa.text.lexicon.negation import negator_pattern
from qa.text.lexicon.speech import verb_pattern
from qa.text.terms import STOP, tokens

_DENIES = negator_pattern("particle", "quantity", "preposition")
_SAID = verb_pattern("words", of=lambda v: v.past)
_NOT = lazily(
    rf"""
    \b(?:
        {_DENIES}
        | has\ yet\ to | have\ yet\ to | had\ yet\ to | yet\ to | failed\ to
        | refused\ to | declined\ to | rejected
        | no(?=\s+[a-z])
    )\b
    | n[’']t\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOT_ONLY = lazily(
    r"""
    \b(?:not | never)\ (?:
        only | just | least | surpris\w+ | necessarily | rule\ out | yet\ clear | enough | all | every\w*
        | always | entirely | fully | alone | until | so | as | much | merely | simply | solely
        | quite | before
    )\b
    | \bno\ (?:                                                       # no doubt, no bigger than a lentil
        doubt | less | longer | later | more\ than | fewer | matter | comment | reason | sign
        | \w+er\s+than
    )\b
    | \bwithout\ (?: doubt | question | reference )\b
    | \bcannot\b | \bcan\ not\b | \bif\ not\b
    | \b(?:no\ one|nobody)\s+(?: could | can | knows? | knew )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What is not said, or not known, is not denied: the text cannot say.
_UNKNOWN = lazily(
    rf"\bnot\ (?:say|clear|known|confirm|{_SAID}|been\ (?:{_SAID}|named|identified))\b",
    re.IGNORECASE,
)
_SUPPOSED = lazily(
    r"""\b(?: if | whether | unless | lest | would | could | might | may | should | so\ that
    | ensur(?:e|es|ed|ing) | (?:mak(?:e|es|ing)|made)\ (?:sure|certain)    # "… that they are not paid"
    | guarantee\w* | hop(?:e|es|ed|ing) | want(?:s|ed|ing)? | wish(?:es|ed)? | prefer\w* )\b""",
    re.IGNORECASE | re.VERBOSE,
)
# "“You don't sell products”": what people are told to do, or do as a rule; nothing happened or did not
_ADVICE = lazily(r"\byou\b", re.IGNORECASE)
# "did not leave because of the audit": what is denied is the reason; "not in May but in June": the time
_REASON = lazily(r"\W*\b(?:because|but\s+(?:because|for|in|on|at|by|to|with|from|out))\b", re.IGNORECASE)
_TIMED = lazily(
    rf"""\b(?: {"|".join(WEEKDAY_NAMES)} | {"|".join(DEICTIC)} | {month_pattern()} | (?:19|20)\d\d
    | (?:this|last|next)\s+(?:week|month|year) )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_END = lazily(
    r"""
    [.;:!?—–”\"]
    | ,\s+(?: but | and | while | although | though | which | who | saying | adding | because )\b
    | \b(?: but | because | until | unless | before )\b
    """,
    re.VERBOSE,
)
_LIGHT = frozenset("been be being yet take took taken make made any part held hold".split())
LONGEST = 70  # characters that a negation stands over


@dataclass(frozen=True, slots=True)
class Zone:
    """What a negation stands over: the words behind it, to the end of its clause, which begins at ``begin``.
    ``head``: (start, end, term) of the first word that carries a meaning; ``reason``: what is denied may be
    only the reason, or the place, that stands behind it; ``unknown``: it is not said, or not known."""

    begin: int
    start: int
    end: int
    head: tuple[int, int, str] | None
    reason: bool
    unknown: bool

    def times(self, text: str) -> list[tuple[int, int, str]]:
        """The words for a time that belong to what is denied: it may have been at another time."""
        own = text[self.start : self.end].split(",")[0]
        return [t for m in _TIMED.finditer(own) for t in tokens(m.group())]


def zones(text: str) -> list[Zone]:
    """What each negation of a sentence stands over, without those that deny nothing."""
    found = []
    for m in _NOT.finditer(text):
        if _NOT_ONLY.match(text, m.start()):
            continue
        begin = clause(text, m.start())
        stop = _END.search(text, m.end())
        end = min(stop.start() if stop else len(text), m.end() + LONGEST)
        rest = text[end:]
        # "had not lost since 2017": until then it had
        lasting = re.search(r"\bsince\b", text[m.end() : end]) or re.match(r"\W*until\b", rest)
        before = text[begin : m.start()]
        if lasting or _SUPPOSED.search(before) or _ADVICE.search(before):
            continue
        unknown = _UNKNOWN.match(text, m.start()) is not None
        head = _head(text, m.end(), end)
        found.append(Zone(begin, m.end(), end, head, _REASON.match(rest) is not None, unknown))
    return found


def clause(text: str, at: int) -> int:
    """Where the clause begins that holds a place."""
    return max((m.end() for m in re.finditer(r"[;:—–“”\"]|,\s", text[:at])), default=0)


def _head(text: str, start: int, end: int) -> tuple[int, int, str] | None:
    """(start, end, term) of what is negated: the first word under the negation that carries a meaning."""
    return next(
        (
            (start + a, start + b, t)
            for a, b, t in tokens(text[start:end])
            if text[start + a : start + b].casefold() not in STOP | _LIGHT
        ),
        None,
    )
