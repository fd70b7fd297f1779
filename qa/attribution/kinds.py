"""Who a run of capitals names: a person, a body or a role, by its words and by what stands before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from qa.attribution.mentions import Mention, clean
from qa.attribution.runs import SPEAKS
from qa.text.lexicon.bodies import BODIES, PAPER
from qa.text.lexicon.forenames import GENDERS
from qa.text.lexicon.people import PERSONS, TITLES
from qa.text.lexicon.peoples import is_adjective_of_a_people
from qa.text.wordlist import english

_POSSESSIVE = re.compile(r"[’']s?$")
_LETTERS = re.compile(r",?\s+(?:[KQ]C|MPs?|MSPs?|MEP|OBE|CBE|MBE|PhD|MD)$")  # behind a name: "Peter Lund KC"
_OWNER = re.compile(r"(?:[’']s|s[’'])$")


@dataclass(frozen=True, slots=True)
class Run:
    """A name or a role in capitals, ``text[start:end]``. ``parts``: its words, ``low`` in lower case and
    without their full stops; ``heads``: which of them mean somebody or are titles."""

    text: str
    begin: int
    start: int
    end: int
    cut: int  # where its last word but one begins
    parts: list[str]
    low: list[str]
    heads: list[int]
    known: frozenset[str]

    @property
    def name(self) -> str:
        return self.text[self.start : self.end]

    @property
    def possessive(self) -> bool:
        return _POSSESSIVE.search(self.parts[-1]) is not None


def is_head(low: str) -> bool:
    """Whether a word means somebody or is a title: "Governor", "Vice-President", "Gov.-elect"."""
    first = low.split("-")[0].rstrip(".")
    return low in PERSONS or low in TITLES or first in PERSONS or (first in TITLES and low.endswith("-elect"))


def named_by(run: Run) -> Mention:
    """The mention that a run is."""
    m = next(m for rule in _WHO if (m := rule(run)) is not None)
    lesser = _LESSER.search(run.text, max(run.begin, m.start - 12), m.start) if m.role else None
    if lesser is None:
        return m
    return replace(m, start=lesser.start(), role=f"{lesser.group().lower()}{m.role}")


# What the word before an office makes of it, small or not: "former President Hale", "then-Gov. Lund".
_LESSER = re.compile(
    r"\b(?:(?:acting|deputy|former|incoming|interim|late|onetime|outgoing|retired|vice)[ \u00a0]"
    r"|(?:ex|then)-)$",
    re.IGNORECASE,
)


_OFFICE = re.compile(r"(?:[\w-]+\s+){0,2}\b(?P<head>[a-z-]+ of|(?:[Aa]mbassador|[Ee]nvoy) to) (?:the )?$")
THE = re.compile(r"\b[Tt]he\s+$")


def _body(run: Run) -> Mention | None:
    """A body by its last word: "Arlen City Council"."""
    if run.low[-1] in BODIES and len(run.parts) > 1 and not run.possessive and not _of_a_family(run.low):
        return Mention(run.start, run.end, "body", name=run.name)
    return None


def _of_a_family(low: list[str]) -> bool:
    """Whether a forename stands before bodies in the plural: "Juan Banks"."""
    return len(low) == 2 and low[0] in GENDERS and low[1].endswith("s") and low[1].removesuffix("s") in BODIES


def _of_a_body(run: Run) -> Mention | None:
    """A person behind the body that he or she is of: "the Guardian’s Pippa Crerar", "Fox News’ Sean
    Hannity"; but "the Women’s Health Fund" is a body."""
    owner = next((k for k, p in enumerate(run.parts[:-2]) if _OWNER.search(p)), None)
    if owner is None or run.heads or run.possessive or len(run.parts) - owner > 4:
        return None
    behind, article = run.low[owner + 1 :], THE.search(run.text, max(run.begin, run.start - 5), run.start)
    if behind[0] not in GENDERS and (article is None or all(w in english() for w in behind)):
        return None
    name = " ".join(run.parts[owner + 1 :])
    return Mention(run.end - len(name), run.end, "person", name=bare_name(name))


def _behind_an_office(run: Run) -> Mention | None:
    """A person behind an office and its land: "the president of Belarus Alexander Lukashenko"."""
    if len(run.parts) < 3 or run.heads:
        return None
    office = _OFFICE.search(run.text[max(run.begin, run.start - 50) : run.start])
    if (
        office is None
        or office["head"].split()[0].casefold() not in PERSONS
        or run.text[: run.cut].endswith(("of ", "for "))
    ):
        return None
    return Mention(
        run.cut,
        run.end,
        "person",
        name=bare_name(run.text[run.cut : run.end]),
        role=clean(office.group() + run.text[run.start : run.cut]),
    )


def _behind_a_title(run: Run) -> Mention | None:
    """A person behind a title or a role: "Senator Lind", "Chief Justice Holt"."""
    cut = run.heads[-1] + 1 if run.heads else len(run.parts)
    if cut == len(run.parts) or run.parts[cut] in ("of", "for"):
        return None
    office = any(w not in TITLES or w == "justice" for w in run.low[:cut])  # "Florida Gov.", not "Gov." alone
    role = " ".join(run.parts[:cut]) if office else None
    return Mention(run.start, run.end, "person", name=bare_name(" ".join(run.parts[cut:])), role=role)


def _role(run: Run) -> Mention | None:
    """A role alone: "Prime Minister"."""
    if run.heads and run.heads[-1] == len(run.parts) - 1 and run.low[-1] not in TITLES:
        return Mention(run.start, run.end, "role", role=run.name, head=run.low[-1])
    return None


def _behind_a_long_office(run: Run) -> Mention | None:
    """A person behind an office with "of": "Secretary of State Jane Doe"."""
    if not run.heads or run.possessive or "of" not in run.low:
        return None
    if len(run.parts) - run.low.index("of") <= 3:
        return None
    name, role = bare_name(" ".join(run.parts[-2:])), " ".join(run.parts[:-2])
    return Mention(run.start, run.end, "person", name=name, role=role)


def _long_role(run: Run) -> Mention | None:
    """An office, perhaps with a name behind: "Minister of Natural Resources"."""
    if run.heads and not run.possessive and len(run.parts) > 2:
        return Mention(run.start, run.end, "role", role=run.name, head=run.low[run.heads[0]])
    return None


def _name(run: Run) -> Mention:
    """A name: of a body by its words or by the article before it ("the Pentagon"), else of a person, without
    the people before it ("Russian Ivan Petrov")."""
    lead = 0
    if len(run.parts) > 1 and _OWNER.search(run.parts[0]) and bare_name(run.parts[0]) in run.known:
        lead = 1  # "Holt’s Facebook page": but "Moody’s Analytics" has no Moody
    elif len(run.parts) > 2:
        lead = next((k for k, p in enumerate(run.parts) if not is_adjective_of_a_people(p)), 0)
    return Mention(
        run.start,
        run.end,
        "body" if _is_body(run.parts) or _has_article(run) else "person",
        name=run.name if _ends_in_s(run) else bare_name(" ".join(run.parts[lead:]) if lead else run.name),
    )


_WHO: tuple[Callable[[Run], Mention | None], ...] = (
    _body,
    _of_a_body,
    _behind_an_office,
    _behind_a_title,
    _role,
    _behind_a_long_office,
    _long_role,
    _name,
)


def _ends_in_s(run: Run) -> bool:
    """Whether a name ends in "’s", for it owns nothing: "Macy’s said"; but "Holt’s reported plan"."""
    if not run.parts[-1].endswith(("’s", "'s")):
        return False
    speaks = SPEAKS.match(run.text, run.end)
    if speaks is None:
        return _CLOSED.match(run.text, run.end) is not None
    return (
        speaks.group().endswith(("said", "told", "says", "tells"))
        or _TOLD.match(run.text, speaks.end()) is not None
    )


_CLOSED = re.compile(r"\s*(?:[,.;:)”\"]|$)")
_TOLD = re.compile(r"\s+(?:that|it|its|he|she|they|the|an?|on|in|[A-Z]\w+day)\b|\s*[,.:“\"]")


def _has_article(run: Run) -> bool:
    """Whether one word has an article before it: "the Pentagon" is no person."""
    before = run.text[max(run.begin, run.start - 5) : run.start]
    return len(run.parts) == 1 and THE.search(before) is not None


def _is_body(parts: list[str]) -> bool:
    return not _of_a_family([p.casefold() for p in parts]) and (
        any(p.casefold().rstrip("s.") in BODIES or p.casefold() in BODIES or p == "&" for p in parts)
        or bool(PAPER.search(" ".join(parts)))
        or (len(parts) == 1 and parts[0].isupper())
    )


def bare_name(name: str) -> str:
    return _LETTERS.sub("", _POSSESSIVE.sub("", name.strip(" ,.")))
