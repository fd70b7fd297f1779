"""The stretches of one act of speech: cut at the quotation marks, without the narrator's clause.

What stands inside quotation marks is direct, whatever surrounds it; what is told outside them is reported;
the clause that only says who speaks ("Otto Lind said on Monday") is nobody's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.attribution.narrator import AUXILIARIES, AUXILIARY, LEAST, Span, narrated, words_in
from qa.attribution.quotations import MASK
from qa.attribution.speech import Cue
from qa.text.lexicon.calendar import CALENDAR_WORD, weekday_pattern
from qa.text.lexicon.speech import verb_of
from qa.types import Voice

SCARE = 3  # words below which marks inside a told clause do not cut it

Piece = tuple[int, int, Voice]


def pieces(
    text: str, bare: str, start: int, end: int, cues: Sequence[Cue], quotes: Sequence[Span]
) -> list[Piece]:
    """(start, end, voice) of each stretch of what is said in ``text[start:end]``, in order; none where there
    is nothing but the narrator's clause ("Otto Lind said.")."""
    own = _apart(bare, start, end, cues)
    away = narrated(bare, start, end, own)
    whole = [q for q in _clipped(quotes, start, end) if not _in_a_role(text, q, away, own)]
    told, quoted = _told(text, start, end, away, whole)
    if any(words_in(text[a:b]) for a, b in quoted):
        ends = {b for _, b in away}  # beside a quotation what says when, where or how is the narrator's
        told = [s for s in told if own and not _is_narrated(text, bare, s, start, end, own, ends, quoted)]
    elif not told and not quoted and own and own[0].place == "before":
        told = _short(text, bare, own[0].end, end, away)
    if not told and not quoted and not own:
        return [(start, end, "reported")]
    return sorted([*((a, b, "direct") for a, b in quoted), *((a, b, "reported") for a, b in told)])


def _in_a_role(text: str, quote: Span, away: Sequence[Span], cues: Sequence[Cue]) -> bool:
    """Whether marks stand on a word or two of who speaks: "…, said Vera Lund, one of the “big” four"."""
    return (
        words_in(text[slice(*quote)]) < SCARE
        and any(a < quote[0] and quote[1] < b for a, b in away)
        and any(c.place == "after" and c.end <= quote[0] for c in cues)
    )


def _clipped(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """What of some spans stands in a stretch."""
    return [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]


def _told(
    text: str, start: int, end: int, away: Sequence[Span], quoted: Sequence[Span]
) -> tuple[list[Span], list[Span]]:
    """(what is told outside of quotation marks and the narrator's clauses, what is quoted); marks around a
    word or two of a told clause do not cut it."""
    told = _worded(text, _left(start, end, [*away, *quoted]))
    longer = [q for q in quoted if words_in(text[q[0] : q[1]]) >= SCARE]
    if told and len(longer) < len(quoted) and (whole := _worded(text, _left(start, end, [*away, *longer]))):
        return whole, longer
    return told, list(quoted)


def _worded(text: str, spans: Sequence[Span]) -> list[Span]:
    """Trimmed stretches, without those of too few words."""
    trimmed = (_trimmed(text, a, b) for a, b in spans)
    return [s for s in trimmed if words_in(text[s[0] : s[1]]) >= LEAST]


def _short(text: str, bare: str, start: int, end: int, away: Sequence[Span]) -> list[Span]:
    """What is told in fewer words than a stretch has: "said yes", but not "said Monday"."""
    trimmed = (_trimmed(text, *s) for s in _left(start, end, away))
    return [s for s in trimmed if words_in(bare[s[0] : s[1]]) and not CALENDAR_WORD.search(text, *s)]


def _is_narrated(
    text: str,
    bare: str,
    span: Span,
    start: int,
    end: int,
    own: Sequence[Cue],
    ends: set[int],
    quoted: Sequence[Span],
) -> bool:
    """Whether a stretch beside a quotation only says when, where or how. ``ends``: where the narrator's
    clauses do."""
    told = _THAT_BEFORE.search(bare, start, span[0]) is not None  # "says that after two years “it is time”"
    if not told and any(0 <= span[0] - b <= 1 for b in ends) and _circumstance(text, bare, span, end):
        return True
    return span[0] not in ends and not _goes_on(bare, start, span[0], own) and _hangs(text, span, quoted)


def _left(start: int, end: int, away: Sequence[Span]) -> list[Span]:
    kept, at = [], start
    for a, b in sorted(away):
        if a > at:
            kept.append((at, min(a, end)))
        at = max(at, b)
    if at < end:
        kept.append((at, end))
    return kept


_LEAD = re.compile(r"[\s,;:—–-]*(?:(?:and|but|while|whereas|that)\b\s*)*")
_TO_WHOM = re.compile(r"[^,;:“\"]{1,60}\bthat\s*")
_ACTING = re.compile(rf"\b(?:{AUXILIARIES})\b")
_DAY_LEADS = re.compile(
    rf"(?:(?:late|early)\s+)?(?:{weekday_pattern(titled=True)}|today|yesterday|tonight)"
    r"(?:\s+(?:morning|afternoon|evening|night))?\s*(?:$|that\b\s*)"
)
_TAIL = re.compile(r"[\s,;:—–-]*$")


def _trimmed(text: str, a: int, b: int) -> Span:
    """Without the marks and conjunctions at both ends of what is told."""
    lead = _LEAD.match(text[a:b])
    a += lead.end() if lead else 0
    if (day := _DAY_LEADS.match(text[a:b])) is not None:  # "issued a statement [Friday night] saying …"
        a += day.end()
    if _TO_WHOM.fullmatch(text, a, b) and not _ACTING.search(text, a, b):
        a = b  # "said [on CNN on Monday that] “…”"
    tail = _TAIL.search(text[a:b])
    return a, a + (tail.start() if tail else b - a)


def _goes_on(bare: str, start: int, at: int, cues: Sequence[Cue]) -> bool:
    """Whether what is said goes on at a place: the cue before it stands before its words, not behind them."""
    before = [c for c in cues if c.end <= at]
    if not before or before[-1].place not in ("before", "shared"):
        return False
    row = verb_of(before[-1].verb)
    introduces = row is not None and "words" in row.flags
    return introduces and not bare[start : before[-1].start].rstrip().endswith(MASK)


# How a stretch behind a quotation begins that only says when, where or how it was said.
HANGS = re.compile(
    r"(?:in|on|at|of|from|during|with|to|for|which|who|as|when|where|while|after|before|about|by|into|under|"
    r"over"
    r"|\w+ing|\w+ed)\b"
)


def _hangs(text: str, span: Span, quoted: Sequence[Span]) -> bool:
    """Whether a stretch follows a quotation and only says when, where or how."""
    behind = any(0 <= span[0] - b <= SCARE for _, b in quoted)
    return behind and HANGS.match(text, span[0]) is not None


_THAT_BEFORE = re.compile(r"\bthat\s+$")
_FINITE = re.compile(rf"\b(?:{AUXILIARY}|that|he|she|they|it|we|you|I)\b|[’']s\s")
_BACK = re.compile(r"(?:back|out)\s+(?:at|to)\s")
_PARTICIPLE = re.compile(r"\w+(?:ed|ing)\b")


def _circumstance(text: str, bare: str, span: Span, end: int) -> bool:
    """Whether a stretch right behind the narrator's clause only says where, when or to whom, up to what is
    quoted or the end: "said [in the hall]: “…”"."""
    a, b = span
    return (
        (HANGS.match(text, a) is not None or _BACK.match(text[a:b]) is not None)
        and not _PARTICIPLE.match(text[a:b])
        and words_in(text[a:b]) <= 10
        and _FINITE.search(text, a, b) is None
        and not bare[b:end].lstrip(" ,:;.\u00a0").strip(MASK + " .,!?\u00a0")
    )


def _apart(bare: str, start: int, end: int, cues: Sequence[Cue]) -> list[Cue]:
    """The cues of a stretch in order; those that share one subject ("Vera Lund, who said …, added") begin
    behind each other."""
    made: list[Cue] = []
    for cue in sorted((c for c in cues if start <= c.start < end), key=lambda c: c.start):
        if made and cue.start < made[-1].end <= cue.end:
            verb = bare.lower().rfind(cue.verb, made[-1].end, cue.end)
            cue = replace(cue, start=verb) if verb > 0 else cue
        made.append(cue)
    return made
