"""What a question asks of which subject, where that is something that has states: how many died, what it
costs, who leads it, when it will be, what caused it, what became of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qa.answering.conflicts import CHANGE, LATEST
from qa.question.parsing import Question
from qa.text.lexicon.calendar import SEASONS, month_pattern
from qa.text.terms import terms, tokens

Kind = Literal["count", "money", "percent", "date", "person", "cause", "event"]


def stems(words: str) -> frozenset[str]:
    return frozenset(terms(words))


# What is done to people and jobs: a figure belongs to the nearest of these words.
FATES: dict[str, frozenset[str]] = {
    "dead": stems(
        "die died dies dying dead death deaths kill killed kills killing fatal fatality fatalities toll "
        "perished"
    ),
    "hurt": stems(
        "injure injured injures injuries injuring hurt wound wounded hospital hospitalised hospitalized"
    ),
    "missing": stems("missing unaccounted vanished"),
    "moved": stems("evacuate evacuated evacuating evacuation fled flee displaced homeless"),
    "held": stems("arrest arrested arrests detain detained"),
    "saved": stems("rescue rescued save saved survive survived survivors"),
    "lost": stems("layoff layoffs redundancies redundancy jobless"),
    "ill": stems("infected infection infections"),
}
# … in one hour of one day: the next report of such a figure, weeks later, is of another accident
SUDDEN = frozenset({"dead", "hurt", "missing", "moved", "held", "saved"})
PEOPLE = stems(
    "people person persons man men woman women child children passenger passengers worker workers miner "
    "miners sailor sailors soldier soldiers resident residents victim victims villager villagers pupil "
    "pupils student students inhabitant inhabitants tourist tourists civilian civilians "
    "protester protesters patient patients family families employee employees staff crew driver drivers "
    "visitor visitors body bodies dead"
)
COSTS = stems(
    "cost costs costing price priced worth pay paid bill sum sold sell buy bought fee fine fined charge "
    "spend spent"
)
CAUSES = stems("cause caused causes blame blamed trigger triggered")
LEADS = stems(
    "lead leads led head heads headed run runs chair chairs president mayor chief leader director minister "
    "coach"
)
# Words of a question that say what is asked of a thing and not which.
_SHELL = stems(
    "change changed changes development develop developed time number size toll count amount figure total "
    "account position plan far happened happen report reports say said currently latest new current"
)
_MONTH = month_pattern(titled=True)
DAY = re.compile(
    rf"""\b(?: \d{{1,2}}\s+{_MONTH} | {_MONTH}(?:\s+\d{{1,2}}\b)?
    | (?:next|this|early|late)\s+(?:{"|".join(SEASONS)}|year|month|week) | (?:19|20)\d\d )\b""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a question asks of what: ``names`` and ``things`` make its subject, ``head`` is the noun counted,
    ``fate`` a key of FATES; ``change``: it asks how the thing changed; ``latest``: how it is now."""

    kind: Kind
    names: frozenset[str]
    things: frozenset[str]
    head: str | None
    fate: str | None
    change: bool
    latest: bool = False

    @property
    def figured(self) -> bool:
        return self.kind in ("count", "money", "percent")


def _row(kind: Kind, pattern: str) -> tuple[Kind, re.Pattern[str]]:
    return kind, re.compile(pattern, re.IGNORECASE | re.VERBOSE)


_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    _row(
        "percent",
        r"""\b(?: turnout | per\s?cent | percentage | what\s+share | (?:interest|unemployment)\s+rate
        | inflation )\b""",
    ),
    _row(
        "money",
        r"\b(?:how\s+much\s+(?:money|will|does|did|do|is|was|has|would|are)|costs?|price|worth)\b",
    ),
    _row("count", r"\b(?:how\s+many|number\s+of|death\s+toll|toll)\b"),
    _row(
        "date",
        r"""^\W*(?:when|on\s+what\s+(?:day|date)|in\s+what\s+(?:month|year))\s+
        (?:will|is|are|was\s+.*\s+to|does)\b""",
    ),
    _row("cause", r"\b(?:what\s+(?:caused|triggered)|what\s+(?:was|is)\s+the\s+cause|cause\s+of)\b"),
    _row("person", r"\bwho\s+(?:is|was|will|leads?|heads?|runs?|chairs?)\b"),
    _row(
        "event",
        r"""^\W*will\b | \bwhat\s+(?:has\s+)?happened\s+to\b | \bwhat\s+became\s+of\b
        | \bplans?\s+for\b""",
    ),
)
_BECAME = re.compile(r"\bwhat (?:has |had )?happened to\b|\bwhat became of\b", re.IGNORECASE)


def matter(question: Question) -> Matter | None:
    """What a question asks about, where that is something that has states; None for any other."""
    text = question.text
    change = CHANGE.search(text) is not None and not _BECAME.search(text)
    kind = next((k for k, pattern in _KINDS if pattern.search(text)), None)
    if change and re.search(r"\b(?:account|version|explanation)s?\b.*\bcause", text, re.IGNORECASE):
        kind = "cause"
    if kind is None:
        if not change:
            return None
        kind = "event"
    own = [w for w in question.words if w.term not in _SHELL]
    fate = next((name for name, words in FATES.items() if any(w.term in words for w in question.words)), None)
    head = _head(question) if kind == "count" else None
    if fate is not None and head in FATES[fate]:
        head = None  # "how many deaths": who died is counted
    names = frozenset(w.term for w in own if w.name and not any(c.isdigit() for c in text[w.start : w.end]))
    dated = {t for m in DAY.finditer(text) for t in terms(m.group())}
    fates = FATES[fate] if fate else frozenset()
    things = frozenset(w.term for w in own) - names - fates - {head or ""} - dated
    if not names and not things:
        return None
    latest = LATEST.search(text) is not None
    return Matter(kind, names - dated, things, head, fate, change, latest)


_NUMBER_OF = re.compile(
    r"\bnumber of\s+(?P<noun>(?:[\w-]+\s+){0,2}?[\w-]+s)\b|\b(?P<people>death toll|toll)\b", re.IGNORECASE
)


def _head(question: Question) -> str | None:
    """The noun that a question counts."""
    if question.head is not None:
        return question.words[question.head].term
    m = _NUMBER_OF.search(question.text)
    if m is None:
        return None
    found = terms(m["noun"] or "people")
    return found[-1] if found else None


def about(asked: Matter, lead: str, sentence: str) -> bool:
    """Whether an article (its title and beginning) with this sentence is about the subject asked about:
    every name, and most of the other words."""
    region = {t for _, _, t in tokens(lead)} | {t for _, _, t in tokens(sentence)}
    if not asked.names <= region:
        return False
    things = asked.things - COSTS - CAUSES - LEADS
    need = 0.3 if asked.names else 0.6
    return not things or len(things & region) >= need * len(things)
