"""Roles beside names, made one mention: "spokesman Peskov", "the mayor, Ann Hill", "Ann Hill, the mayor"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.attribution.mentions import Mention, clean
from qa.text.lexicon.bodies import OUTLETS
from qa.text.lexicon.people import PERSONS, is_person
from qa.text.lexicon.speech import verb_of
from qa.text.terms import STOP

# How many of the mentions before are taken in, and what they become.
Joined = tuple[int, Mention]

_POSSESSIVE = re.compile(r"[’']s?$")
_SOME = re.compile(r"(?:some|several|many)\b")
_DETERMINED = re.compile(r"(?:the|an?|its|his|her|their|[\w-]+[’']s?)\b", re.IGNORECASE)
_DETERMINED_BEFORE = re.compile(r"\b(?:the|an?|its|his|her|their)\s+$", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+(?:[a-z-]+\s+){0,3}")
_OWNED = re.compile(r"[’']s\s+(?:[\w-]+\s+){0,2}$")
_CLOSED = re.compile(r"\s*(?:,|[.;]|$)|\s*[“\"¤]")
_BODY_OF = re.compile(r"\s+(?:for|of|at|with|from)\s+")
_TO_ROLE = re.compile(r",?\s*(?:\(|who is |as )?(?:(?:the|a|an|its|his|her|their)\s+)?(?:[\w’'-]+\s+){0,3}")
_WHO_IS = re.compile(r"^(?:\(|who\s+(?:is|was)\s+|as\s+)(?:also\s+|now\s+|then\s+)?")
_OWN_KIN = re.compile(r"(?:his|her|their)\b")
_NAME_BEHIND = re.compile(r",?\s+[A-Z]")
# "candidate" and "judge Ann Hill" of "candidate on the stage, former judge Ann Hill"
_APPOSED = re.compile(
    r"(?:\s+(?:at|from|in|of|on|with)\s+(?:(?:the|an?)\s+)?[\w’'-]+(?:\s[\w’'-]+)?)?,\s+(?P<own>(?:[a-z-]+\s+){0,3})"
)
_DETERMINED_SO = re.compile(
    r"\b(?:the|an?|one|another|its|his|her|their)\s+(?:[a-z-]+\s+)?[a-z -]+$", re.IGNORECASE
)
_HEARD_BEFORE = re.compile(r"\b(?:to|by|with|sa(?:id|ys)|told|asked)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_WORD_BEHIND = re.compile(r",\s+(?P<word>[a-z]+)")
_LISTS = frozenset("a an and as her his or the their whose".split())
_ARTICLE = re.compile(r"\b(?:the|an?|its|his|her|their)\b")
_ROLE_ENDS = re.compile(r"\s*[,.)]|\s+(?:of|for|at|in|who|from|and|with|to)\b[^,;¤]*[,.]")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A mention, the one before it, ``last``, with the words between, and the one before that."""

    text: str
    before: Mention | None
    last: Mention
    between: str
    m: Mention

    @property
    def role_before(self) -> bool:
        """Whether a role that may be the name's stands before a name."""
        last = self.last
        return (
            last.kind == "role"
            and self.m.kind in ("person", "body")
            and not _POSSESSIVE.search(self.text[last.start : last.end])
            and last.head not in ("statement", "report", "side")
        )


def joined(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Mentions in order, each role made one with the name that it stands beside; of two that overlap the
    first."""
    kept: list[Mention] = []
    for m in found:
        if kept and m.start < kept[-1].end:
            continue
        made = m
        while kept and (join := _join(text, kept, made)) is not None:
            del kept[len(kept) - join[0] :]
            made = join[1]
        kept.append(made)
    return kept


def _join(text: str, kept: Sequence[Mention], m: Mention) -> Joined | None:
    last = kept[-1]
    between = text[last.end : m.start]
    if between == " of state " and last.kind == "role":
        last, between = replace(last, end=m.start - 1, role=f"{last.role} of state"), " "
    pair = _Pair(text, kept[-2] if len(kept) > 1 else None, last, between, m)
    return next((made for rule in _JOINS if (made := rule(pair)) is not None), None)


def _role_name(p: _Pair) -> Joined | None:
    """A role right before a name: "spokesman Peskov", "his daughter, the architect Philippa Hill"."""
    last, m, before = p.last, p.m, p.before
    if p.between.strip(" \u00a0") or not p.role_before:
        return None
    if not last.definite and _SOME.match(last.role or ""):
        return None  # "some bakers Arlen sent"
    if not is_person(last.head) and last.head not in OUTLETS:
        return None
    role = clean(f"{last.role} {m.role}" if m.role else last.role)
    # "his wife, actress Ida Hale, left"; but "he is a candidate, spokesman Peskov said"
    one = _DETERMINED.match(last.role or "") or _CLOSED.match(p.text[m.end : m.end + 4])
    if one and before is not None and _is_somebody(before) and p.text[before.end : last.start].strip() == ",":
        return 2, Mention(before.start, m.end, m.kind, m.name, role)
    return 1, Mention(last.start, m.end, m.kind, m.name, role)


def _two_roles(p: _Pair) -> Joined | None:
    """Two offices of one person: "Norvik president and CEO Ron Hale"; but "the mayor and Senator Hale"."""
    last, m = p.last, p.m
    words = p.text[last.start : last.end]
    if (
        _AND.fullmatch(p.between) is None
        or last.kind != "role"
        or m.kind != "person"
        or not m.role
        or not words.casefold().endswith(last.head)
        or _DETERMINED.match(words)
        or _DETERMINED_BEFORE.search(p.text[: last.start][-8:])
    ):
        return None
    return 1, Mention(last.start, m.end, m.kind, m.name, f"{last.role} {p.between.strip()} {m.role}")


def _role_comma_name(p: _Pair) -> Joined | None:
    """A role and a comma before a name that a comma or a full stop closes: "the mayor, Ann Hill, left"."""
    last, m = p.last, p.m
    if (
        p.between.strip() == ","
        and p.role_before
        and m.kind == "person"
        and is_person(last.head)
        and _is_one(p.text, last)
        and (
            _DETERMINED.match(last.role or "") or _OWNED.search(p.text[max(0, last.start - 40) : last.start])
        )
        and _CLOSED.match(p.text[m.end : m.end + 4])
    ):
        return 1, Mention(last.start, m.end, m.kind, m.name, clean(last.role))
    return None


def _role_comma_role_name(p: _Pair) -> Joined | None:
    """A role and, in commas, another with the name: "the other candidate on the stage, former judge Ann Hill,
    left"; but not the first of a list ("the mayor, council clerk Ann Hill, and") nor who is heard before
    the name ("according to the mayor, council clerk Ann Hill, who")."""
    last, m = p.last, p.m
    if (
        p.role_before
        and m.kind == "person"
        and m.role is not None
        and is_person(last.head)
        and _is_one(p.text, last)
        and (between := _APPOSED.fullmatch(p.between)) is not None
        and not any(w in STOP or verb_of(w) for w in between["own"].split())
        and _DETERMINED_SO.search(f"{p.text[max(0, last.start - 60) : last.start]}{last.role}")
        and not _HEARD_BEFORE.search(p.text[max(0, last.start - 60) : last.start])
        and (behind := _WORD_BEHIND.match(p.text, m.end)) is not None
        and behind["word"] not in _LISTS
        and not is_person(behind["word"])
    ):
        return 1, Mention(last.start, m.end, m.kind, m.name, m.role)
    return None


def _role_of_body_name(p: _Pair) -> Joined | None:
    """A role, its body and a name in commas: "The spokesman for the council, Jan Holt, left"."""
    before, m = p.before, p.m
    if (
        before is not None
        and m.kind == "person"
        and p.between.strip() == ","
        and p.text[m.end : m.end + 1] == ","
        and _is_somebody(before)
        and _is_one(p.text, before)
        and _BODY_OF.fullmatch(p.text[before.end : p.last.start])
    ):
        return 2, Mention(before.start, m.end, m.kind, m.name, clean(before.role))
    return None


def _name_comma_role(p: _Pair) -> Joined | None:
    """A name, a comma and a role that ends its phrase: "Ann Hill, the mayor of Arlen, left"."""
    last, m = p.last, p.m
    if (
        last.kind == "person"
        and not last.role
        and m.kind == "role"
        and m.head in PERSONS
        and p.between.startswith(",")
        and _TO_ROLE.fullmatch(p.between)
        and (
            _ARTICLE.search(p.text[last.end : m.end])
            or m.head + "s" != p.text[m.start : m.end][-len(m.head) - 1 :]
        )
        and _ROLE_ENDS.match(p.text[m.end : m.end + 90])
    ):
        whole = p.text[last.end + 1 : m.end].strip()
        if _OWN_KIN.match(whole) and _NAME_BEHIND.match(p.text, m.end):
            return None  # "Rob Hale, his daughter, Ida Hale, and": a list
        role = clean(_WHO_IS.sub("", whole))
        return 1, Mention(last.start, last.end, last.kind, last.name, role)
    return None


def _is_one(text: str, m: Mention) -> bool:
    """Whether a role is of one: "the member", not "several members"."""
    return text[m.start : m.end].casefold().endswith(m.head)


def _is_somebody(m: Mention) -> bool:
    return m.kind == "role" and is_person(m.head)


_JOINS: tuple[Callable[[_Pair], Joined | None], ...] = (
    _role_name,
    _two_roles,
    _role_comma_name,
    _role_comma_role_name,
    _role_of_body_name,
    _name_comma_role,
)
