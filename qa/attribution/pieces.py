"""The stretches of one act of speech: cut at the quotation marks, without the narrator's clause.

What stands inside quotation marks is direct, whatever surrounds it; what is told outside them is reported;
the clause that only says who speaks ("Otto Lind said on Monday") is nobody's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.attribution.cues import Cue
from qa.attribution.quotations import MASK
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import CALENDAR_WORD, weekday_pattern
from qa.text.lexicon.speech import VESSELS, verb_of
from qa.types import Voice

# What may follow a verb of saying before what is said: whom, when and in what it was said.
_HEARER = (
    r"\s+(?:reporters|journalists|us|me|him|her|them|the\s+press"
    r"|(?:the\s+)?(?:[A-Z][\w.’'-]*\s?){1,4}(?:\d+)?)"
)
_CIRCUMSTANCE = rf"""
    (?:\s+(?:also|again|just|only|that\s+day|today|yesterday|earlier|later|recently|simply|publicly|repeatedly
        |(?:(?:this|last)\s+\w+)
        |on\s+{weekday_pattern(titled=True)}(?:\s+(?:morning|evening|night|afternoon))?
        |(?:in|at|on|during|via|through|over)\s+(?:an?|the|his|her|their)\s+(?:[\w-]+\s+){{0,2}}
         {alternatives(VESSELS)}
    ))*
    \s*[,:]?\s*(?:\bthat\b)?
"""
_TO_CONTENT = re.compile(_CIRCUMSTANCE, re.VERBOSE)
_TO_CONTENT_HEARD = re.compile(rf"(?:{_HEARER})?{_CIRCUMSTANCE}", re.VERBOSE)
# How a stretch behind a quotation begins that only says when, where or how it was said.
HANGS = re.compile(
    r"(?:in|on|at|of|from|during|with|to|for|which|who|as|when|where|while|after|before|about|by|into|under|"
    r"over"
    r"|\w+ing|\w+ed)\b"
)
# What goes on behind "…, his allies say," and behind "…, said his allies,", where an apposition is likelier.
_RESUMES = re.compile(r"\s*,\s*(?P<on>\w+\s\w+\s\w+)")
_RESUMES_QUOTED = re.compile(rf"(?:\s+(?:in|on|at|to|during)\s[^,;¤]{{2,50}})?\s*,\s*(?P<on>{MASK})")
_CIRCUMSTANTIAL = re.compile(
    r"(?:in|on|at|of|from|during|with|to|for|as|when|where|while|after|before|about|by|into|under|over|"
    r"asked|if|since"
    r"|once|although|though|but|and|so|yet|still|later|earlier|meanwhile|however|\w+ing|\w+ed|\w+ly)\b",
    re.IGNORECASE,
)
AUXILIARIES = "is|are|was|were|has|had|have|will|would|could|can|may|might|must|should|does|do|did"
_AUXILIARY = rf"(?:{AUXILIARIES}|won’t|won't)"
_RESUMES_INVERTED = re.compile(
    rf"\s*,\s*(?:an?\s[^,]*,\s*|the\s[^,]*,\s*|who\s[^,]*,\s*)?"
    rf"(?P<on>(?:{_AUXILIARY}|and|but|because|so|if|when|that)\s\w+\s\w+)"
)
# Behind a comma, words that belong to the subject behind them.
_MODIFIED = re.compile(
    r",\s+(?:(?!(?:and|but|while|as|when|which|who|that|because|although|though|where|"
    r"if)\b)[\w’'./-]+\s*){1,7}$"
    r"|,\s+(?:the\s+)?(?:[A-Z][\w’'.-]*\s+)+and$"
)
# Words of a role between a quotation and the name behind it.
_ROLE_BEFORE = re.compile(r"\s+(?:(?!(?:and|but|while|before|after|as|when)\b)[\w’'.-]+\s*){1,6}")
# A tail behind "according to X" that only says who X is, or weighs what was told.
_APPOSED = re.compile(r"\s*,\s*(?:an?|the|one|who|which|whose|whom|compared|including)\s")
_FINITE = re.compile(rf"\b(?:{_AUXILIARY}|that|he|she|they|it|we|you|I)\b|[’']s\s")
SCARE = 3  # words below which marks inside a told clause do not cut it
LEAST = 2  # words that a told stretch has


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))


def _narrated(
    bare: str, start: int, end: int, cue: Cue, first: bool, following: int
) -> tuple[int, int] | None:
    """The stretch of ``bare[start:end]`` that is the narrator's, for one cue of it. ``first``: no cue stands
    before it; ``following``: where the next one begins, or the end."""
    row = verb_of(cue.verb)
    lead = bare[start : cue.start].rstrip()
    if first and cue.place == "shared" and cue.verb.split()[0].endswith("ing") and row and "words" in row:
        to = (_TO_CONTENT_HEARD if "hearer" in row else _TO_CONTENT).match(bare, cue.end, end)
        return (start, to.end() if to else cue.end)  # "X left, telling reporters that"
    begin = start + len(lead.rstrip(" ,"))
    mark = bare.find(MASK, cue.end, following)
    if cue.place == "of":
        told_before = lead.endswith(",") or _words(lead) >= LEAST
        if told_before and _APPOSED.match(bare, cue.end, following) and MASK not in bare[cue.end : following]:
            clause = re.compile(r";\s|,\s+(?:and|but|while|though)\s").search(bare, cue.end, following)
            return (begin, clause.start() if clause else following)
        aside = re.match(r"\s*,\s*(?:who|which|whose|whom)\b[^,;]*", bare[cue.end : following])
        return (cue.start, cue.end + (aside.end() if aside else 0))
    resumes = (_RESUMES_INVERTED if cue.place == "after" else _RESUMES).match(bare, cue.end, following)
    if resumes is None and first and MASK not in lead and not _CIRCUMSTANTIAL.match(lead):
        resumes = _RESUMES_QUOTED.match(bare, cue.end, end)
    if lead.endswith(",") and resumes:
        return (cue.start, resumes.start("on"))  # "The step, his allies say, will help"
    quoted = lead.rfind(MASK) + 1
    if cue.place == "before" and quoted and _ROLE_BEFORE.fullmatch(lead, quoted):
        begin, lead = start + quoted, lead[:quoted]  # "“…” Senate minority leader Jan Holt told"
    closes = cue.last and lead.rstrip().endswith((",", MASK, "?", "!"))
    if closes or cue.place == "after" or lead.endswith(MASK):
        stop = re.search(r";\s", bare[cue.end : following])
        edge = mark if mark >= 0 else cue.end + stop.end() if stop else following
        return (begin, end if closes and mark < 0 and following == end else edge)
    if row is not None and "deed" in row.flags:
        verb = bare.lower().rfind(cue.verb, cue.start, cue.end)
        if cue.place == "shared":
            return (start, cue.start) if first else None
        return (start if first else cue.start, verb) if verb > cue.start else None
    hears = row is not None and "hearer" in row.flags
    m = (_TO_CONTENT_HEARD if hears else _TO_CONTENT).match(bare, cue.end, end)
    stop_at = m.end() if m else cue.end
    behind = _MODIFIED.search(lead)
    if (
        first
        and cue.last
        and behind is not None
        and _words(lead[: behind.start()]) > 3
        and not re.match(r"\s+to\b", bare[cue.end : end])
    ):
        return (start + behind.start(), end)  # "…, the Arlen station KTU reported"
    told_before = cue.last and _words(lead[: max(lead.rfind(","), 0)]) > 3
    return (start if first and not told_before else cue.start, stop_at)


def _left(start: int, end: int, away: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    kept, at = [], start
    for a, b in sorted(away):
        if a > at:
            kept.append((at, min(a, end)))
        at = max(at, b)
    if at < end:
        kept.append((at, end))
    return kept


def _trimmed(text: str, a: int, b: int) -> tuple[int, int]:
    """Without the marks and conjunctions at both ends of what is told."""
    lead = re.match(r"[\s,;:—–-]*(?:(?:and|but|while|whereas|that)\b\s*)*", text[a:b])
    a += lead.end() if lead else 0
    tail = re.search(r"[\s,;:—–-]*$", text[a:b])
    return a, a + (tail.start() if tail else b - a)


def _goes_on(bare: str, start: int, at: int, cues: Sequence[Cue]) -> bool:
    """Whether what is said goes on at a place: the cue before it stands before its words, not behind them."""
    before = [c for c in cues if c.end <= at]
    if not before or before[-1].place not in ("before", "shared"):
        return False
    row = verb_of(before[-1].verb)
    introduces = row is not None and "words" in row.flags
    return introduces and not bare[start : before[-1].start].rstrip().endswith(MASK)


def _hangs(text: str, span: tuple[int, int], marks: Sequence[int]) -> bool:
    """Whether a stretch follows a quotation that ends in one of ``marks`` and only says when, where or
    how."""
    behind = any(0 <= span[0] - m <= SCARE for m in marks)
    return behind and HANGS.match(text, span[0]) is not None


def _circumstance(text: str, bare: str, span: tuple[int, int], end: int) -> bool:
    """Whether a stretch right behind the narrator's clause only says where, when or to whom, up to what is
    quoted or the end: "said [in the hall]: “…”"."""
    a, b = span
    return (
        (HANGS.match(text, a) is not None or re.match(r"(?:back|out)\s+(?:at|to)\s", text[a:b]) is not None)
        and not re.match(r"\w+(?:ed|ing)\b", text[a:b])
        and _words(text[a:b]) <= 10
        and _FINITE.search(text, a, b) is None
        and not bare[b:end].lstrip(" ,:;.\u00a0").strip(MASK + " .,!?\u00a0")
    )


def _apart(bare: str, own: list[Cue]) -> list[Cue]:
    """Cues that share one subject ("Vera Lund, who said …, added") begin behind each other."""
    made: list[Cue] = []
    for cue in own:
        if made and cue.start < made[-1].end <= cue.end:
            verb = bare.lower().rfind(cue.verb, made[-1].end, cue.end)
            cue = replace(cue, start=verb) if verb > 0 else cue
        made.append(cue)
    return made


def pieces(
    text: str, bare: str, start: int, end: int, cues: Sequence[Cue], quotes: Sequence[tuple[int, int]]
) -> list[tuple[int, int, Voice]]:
    """(start, end, voice) of each stretch of what is said in ``text[start:end]``, in order; none where there
    is nothing but the narrator's clause ("Otto Lind said.")."""
    inside = [(max(a, start), min(b, end)) for a, b in quotes if a < end and b > start]
    own = _apart(bare, sorted((c for c in cues if start <= c.start < end), key=lambda c: c.start))
    edges = [*(c.start for c in own[1:]), end]
    away = [
        span
        for k, cue in enumerate(own)
        if (span := _narrated(bare, start, end, cue, k == 0, edges[k])) is not None
    ]
    told = [(a, b) for a, b in _left(start, end, [*away, *inside])]
    told = [
        s
        for s in (_trimmed(text, a, b) for a, b in told)
        if s[1] > s[0] and _words(text[s[0] : s[1]]) >= LEAST
    ]
    if told:  # marks around a word or two of a told clause do not cut it
        scare = [q for q in inside if _words(text[q[0] : q[1]]) < SCARE]
        joined = _left(start, end, [*away, *(q for q in inside if q not in scare)])
        merged = [s for s in (_trimmed(text, a, b) for a, b in joined) if _words(text[s[0] : s[1]]) >= LEAST]
        direct = [q for q in inside if q not in scare]
        if scare and merged:
            told, inside = merged, direct
    quoted = sum(_words(text[a:b]) for a, b in inside)
    if quoted and own:  # behind a quotation what only says when, where or how is the narrator's
        starts, marks = {b for _, b in away}, [b for _, b in inside]
        told = [
            s
            for s in told
            if (s[0] in starts or _goes_on(bare, start, s[0], own) or not _hangs(text, s, marks))
            and not (any(0 <= s[0] - b <= 1 for b in starts) and _circumstance(text, bare, s, end))
        ]
    elif quoted:
        told = []
    found: list[tuple[int, int, Voice]] = [(a, b, "direct") for a, b in inside if b > a]
    found += [(a, b, "reported") for a, b in told]
    if not found and own and own[0].place == "before" and not quoted:  # "said yes"
        found = [(a, b, "reported") for a, b in (_trimmed(text, *s) for s in _left(own[0].end, end, away))]
        found = [s for s in found if _words(bare[s[0] : s[1]]) and not CALENDAR_WORD.search(text, s[0], s[1])]
    if not found and not own:
        return [(start, end, "direct" if quoted else "reported")]
    return sorted(found)
