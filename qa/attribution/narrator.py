"""The narrator's clause: what only says who speaks, to whom, when or how ("Otto Lind told us that …").

Ordered rules over the cue and what stands around it; the first that knows decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from qa.attribution.acts import is_ing
from qa.attribution.quotations import MASK
from qa.attribution.speech import Cue
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import weekday_pattern
from qa.text.lexicon.speech import VESSELS, verb_of

Span = tuple[int, int]
LEAST = 2  # words that a told stretch has
AUXILIARIES = "is|are|was|were|has|had|have|will|would|could|can|may|might|must|should|does|do|did"
AUXILIARY = rf"(?:{AUXILIARIES}|won’t|won't)"
_WORD = re.compile(r"\w+")


def words_in(text: str) -> int:
    return len(_WORD.findall(text))


@dataclass(frozen=True, slots=True)
class _Act:
    """One cue of the stretch ``bare[start:end]``. ``first``: no cue stands before it; ``following``: where
    the next one begins, or the end; ``lead``: what stands before it; ``begin``: where the narrator's clause
    begins, if it stands behind what is told."""

    bare: str
    start: int
    end: int
    cue: Cue
    first: bool
    following: int
    lead: str
    begin: int

    @property
    def behind(self) -> str:
        """What stands behind the cue, up to the next."""
        return self.bare[self.cue.end : self.following]

    def has(self, flag: str) -> bool:
        """Whether the verb is one of a class of the lexicon."""
        row = verb_of(self.cue.verb)
        return row is not None and flag in row

    @property
    def to_content(self) -> int:
        """Where what is told begins behind the cue."""
        pattern = _TO_CONTENT_HEARD if self.has("hearer") else _TO_CONTENT
        m = pattern.match(self.bare, self.cue.end, self.end)
        return m.end() if m else self.cue.end


def narrated(bare: str, start: int, end: int, cues: list[Cue]) -> list[Span]:
    """The stretches of ``bare[start:end]`` that are the narrator's, for its cues in order."""
    edges = [*(c.start for c in cues[1:]), end]
    acts = (_act(bare, start, end, c, k == 0, edges[k]) for k, c in enumerate(cues))
    spans = (next(s for rule in _RULES if (s := rule(act)) is not None) for act in acts)
    return [s for s in spans if s != _NOTHING]


# Words of a role between a quotation and the name behind it. Each has white space before it: a run of marks
# could else be cut into words in very many ways.
_ROLE_BEFORE = re.compile(r"(?:\s+(?!(?:and|but|while|before|after|as|when)\b)[\w’'.-]+){1,6}\s*")


def _act(bare: str, start: int, end: int, cue: Cue, first: bool, following: int) -> _Act:
    lead = bare[start : cue.start].rstrip()
    begin = start + len(lead.rstrip(" ,"))
    quoted = lead.rfind(MASK) + 1
    if cue.place == "before" and quoted and _ROLE_BEFORE.fullmatch(lead, quoted):
        begin, lead = start + quoted, lead[:quoted]  # "“…” Senate minority leader Jan Holt told"
    return _Act(bare, start, end, cue, first, following, lead, begin)


# --- the rules ---

_NOTHING: Span = (-1, -1)

# What may follow a verb of saying before what is said: whom, when and in what it was said.
_HEARER = (
    r"\s+(?:reporters|journalists|us|me|him|her|them|the\s+press"
    r"|(?:the\s+)?[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3}\s?(?:\d+)?)"
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
# A tail behind "according to X" that only says who X is, or weighs what was told.
_APPOSED = re.compile(r"\s*,\s*(?:an?|the|one|who|which|whose|whom|compared|including)\s")
_CLAUSE = re.compile(r";\s|,\s+(?:and|but|while|though)\s")
_ASIDE = re.compile(r"\s*,\s*(?:who|which|whose|whom)\b[^,;]*")
# What goes on behind "…, his allies say," and behind "…, said his allies,", where an apposition is likelier.
_RESUMES = re.compile(r"\s*,\s*(?P<on>\w+\s\w+\s\w+)")
_RESUMES_QUOTED = re.compile(rf"(?:\s+(?:in|on|at|to|during)\s[^,;¤]{{2,50}})?\s*,\s*(?P<on>{MASK})")
_CIRCUMSTANTIAL = re.compile(
    r"(?:in|on|at|of|from|during|with|to|for|as|when|where|while|after|before|about|by|into|under|over|"
    r"asked|if|since"
    r"|once|although|though|but|and|so|yet|still|later|earlier|meanwhile|however|\w+ing|\w+ed|\w+ly)\b",
    re.IGNORECASE,
)
_RESUMES_INVERTED = re.compile(
    rf"\s*,\s*(?:an?\s[^,]*,\s*|the\s[^,]*,\s*|who\s[^,]*,\s*)?"
    rf"(?P<on>(?:{AUXILIARY}|and|but|because|so|if|when|that)\s\w+\s\w+)"
)
# Behind a comma, words that belong to the subject behind them.
_MODIFIED = re.compile(
    r",(?:\s+(?!(?:and|but|while|as|when|which|who|that|because|although|though|where|"
    r"if)\b)[\w’'./-]+){1,7}\s*$"
    r"|,\s+(?:the\s+)?(?:[A-Z][\w’'.-]*\s+)+and$"
)
_SEMICOLON = re.compile(r";\s")
_TO = re.compile(r"\s+to\b")


def _participle(act: _Act) -> Span | None:
    """All before what a participle tells: "Lind left, telling reporters that …"."""
    cue = act.cue
    if act.first and cue.place == "shared" and is_ing(cue.verb) and act.has("words"):
        return act.start, act.to_content
    return None


def _source(act: _Act) -> Span | None:
    """The source: "according to Lind", "according to Lind, the mayor"."""
    cue, lead = act.cue, act.lead
    if cue.place != "of":
        return None
    told_before = lead.endswith(",") or words_in(lead) >= LEAST
    if told_before and MASK not in act.behind and _APPOSED.match(act.bare, cue.end, act.following):
        clause = _CLAUSE.search(act.bare, cue.end, act.following)
        return act.begin, clause.start() if clause else act.following
    aside = _ASIDE.match(act.behind)
    return cue.start, cue.end + (aside.end() if aside else 0)


def _between_commas(act: _Act) -> Span | None:
    """The clause that interrupts what is told: "The step, his allies say, will help"."""
    if not act.lead.endswith(","):
        return None
    pattern = _RESUMES_INVERTED if act.cue.place == "after" else _RESUMES
    resumes = pattern.match(act.bare, act.cue.end, act.following)
    if resumes is None and act.first and MASK not in act.lead and not _CIRCUMSTANTIAL.match(act.lead):
        resumes = _RESUMES_QUOTED.match(act.bare, act.cue.end, act.end)
    return (act.cue.start, resumes.start("on")) if resumes else None


# Where a quotation goes on behind the narrator's clause; marks on a word of it do not: "the “big” four".
_RESUMED = re.compile(rf"(?:[^\w\s{MASK}’'-]\s*|\b(?:and|but|that|adding|because|who|which)\s+){MASK}")


def _behind_the_words(act: _Act) -> Span | None:
    """The clause behind what is told, up to the next quotation or the end: "“…,” Lind said on Monday"."""
    cue = act.cue
    closes = cue.last and act.lead.endswith((",", MASK, "?", "!"))
    if not (closes or cue.place == "after" or act.lead.endswith(MASK)):
        return None
    if act.behind.lstrip().startswith(MASK):
        return act.begin, act.bare.index(MASK, cue.end)
    if (resumes := _RESUMED.search(act.bare, cue.end, act.following)) is not None:
        return act.begin, resumes.end() - 1
    if closes and act.following == act.end:
        return act.begin, act.end
    stop = _SEMICOLON.search(act.behind)
    return act.begin, cue.end + stop.end() if stop else act.following


def _deed(act: _Act) -> Span | None:
    """The subject alone, where the verb tells what was done: "Lind [rejected the plan]"."""
    cue = act.cue
    if not act.has("deed"):
        return None
    if cue.place == "shared":
        return (act.start, cue.start) if act.first else _NOTHING
    verb = act.bare.lower().rfind(cue.verb, cue.start, cue.end)
    return (act.start if act.first else cue.start, verb) if verb > cue.start else _NOTHING


def _behind_a_comma(act: _Act) -> Span | None:
    """The clause behind what is told, with words that belong to its subject: "…, a tearful Jan Holt said"."""
    if not act.first or not act.cue.last:
        return None
    behind = _MODIFIED.search(act.lead)
    if (
        behind is not None
        and words_in(act.lead[: behind.start()]) > 3
        and not _TO.match(act.bare[act.cue.end : act.end])
    ):
        return act.start + behind.start(), act.end
    return None


def _before_the_words(act: _Act) -> Span:
    """The clause before what is told: "On Monday Lind told the council that …"."""
    told_before = act.cue.last and words_in(act.lead[: max(act.lead.rfind(","), 0)]) > 3
    return act.start if act.first and not told_before else act.cue.start, act.to_content


_RULES: tuple[Callable[[_Act], Span | None], ...] = (
    _participle,
    _source,
    _between_commas,
    _behind_the_words,
    _deed,
    _behind_a_comma,
    _before_the_words,
)
