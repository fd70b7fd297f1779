"""What an article says of a person beside the name, by which a description may mean him or her: office,
party, home and age ("Ron Holt (R-Wis.), 61": "the Wisconsin Republican", "the 61-year-old")."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from qa.text.lexicon.build import alternatives
from qa.text.lexicon.epithets import HOMES, OFFICES, PARTIES


@dataclass(slots=True)
class Facts:
    """What is told of somebody, each in one form: "Wis." is Wisconsin, "GOP" is republican."""

    offices: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    homes: set[str] = field(default_factory=set)
    ages: set[str] = field(default_factory=set)

    def add(self, other: Facts) -> None:
        """Take in what another place tells of the same person."""
        self.offices |= other.offices
        self.parties |= other.parties
        self.homes |= other.homes
        self.ages |= other.ages

    def denies(self, other: Facts) -> bool:
        """Whether what is told here cannot be true of whom the other is told of: another party, home, age."""
        pairs = ((self.parties, other.parties), (self.homes, other.homes), (self.ages, other.ages))
        return any(ours and theirs and ours.isdisjoint(theirs) for ours, theirs in pairs)

    def holds(self, other: Facts) -> bool:
        """Whether all that the other tells of party, home and age is told here too."""
        return other.parties <= self.parties and other.homes <= self.homes and other.ages <= self.ages


_HOME = re.compile(rf"(?<![\w-]){alternatives(HOMES)}(?![\w-])")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_AGED = re.compile(r"\b(\d{2})-year-old\b")
_AGE_BEHIND = re.compile(r"\s*,\s+(\d{2}),")
_OF_HOME = re.compile(rf"\s+of\s+(?P<home>{alternatives(HOMES)})(?![\w-])")
_ASIDE = re.compile(r"\s*\((?P<party>[RDI])(?:[-–](?P<home>[A-Z][\w. ]*))?\)")


def told_in(phrase: str) -> Facts:
    """What a phrase beside a name, or in place of one, tells: "Texas Sen.", "the Wisconsin Republican"."""
    words = [w.casefold() for w in _WORD.findall(phrase)]
    return Facts(
        {noun for w in words for noun in OFFICES.get(w, ())},
        {PARTIES[w] for w in words if w in PARTIES and len(w) > 1},
        {HOMES[m.group()] for m in _HOME.finditer(phrase)},
        set(_AGED.findall(phrase)),
    )


def told_of(text: str, whole: str, start: int, end: int, name: str, role: str | None) -> Facts:
    """What stands beside a name, the mention ``text[start:end]``: in its title and role, behind "of", in a
    parenthesis of the source text ``whole`` (which is blank in ``text``), or as an age between commas."""
    at = text.rfind(name.split()[-1], start, end) if name else -1
    facts = told_in(f"{text[start : at if at >= start else end]} {role or ''}")
    after = text[end : end + 40]
    if (home := _OF_HOME.match(after)) is not None:
        facts.homes.add(HOMES[home["home"]])
    if (age := _AGE_BEHIND.match(after)) is not None:
        facts.ages.add(age[1])
    if (aside := _ASIDE.match(whole, end)) is not None:
        facts.parties.add(PARTIES[aside["party"].casefold()])
        if (state := HOMES.get((aside["home"] or "").strip())) is not None:
            facts.homes.add(state)
    return facts
