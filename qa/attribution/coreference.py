"""Who is who in an article: its persons and bodies by their fullest names, and whom a name or a role means.

An article at a time, so "the mayor" is the mayor of this article. Names are looked up by their last word and
roles by their words, so that a long page costs as much a sentence as a short one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from qa.attribution.mentions import CAPITAL, Kind, Mention, capitals
from qa.attribution.names import mentions_in
from qa.attribution.roles import roles
from qa.text.lexicon.bodies import BODIES, CONCERNS, WORD
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.forenames import gender_of
from qa.text.lexicon.people import MAN, PERSONS, TITLES, WIDER, WOMAN, is_person
from qa.text.lexicon.peoples import is_adjective_of_a_people
from qa.text.lexicon.places import is_place
from qa.text.terms import STOP, tokens


@dataclass(slots=True)
class Entity:
    """Somebody who can speak, by the fullest name of the article."""

    name: str
    kind: Kind
    roles: list[str] = field(default_factory=list)
    gender: str | None = None  # "she" or "he", where a title, a role or a pronoun told
    seen: list[int] = field(default_factory=list)
    spoke: bool = False  # something was said by it, so far
    placed: int = 0  # how often it stands where places do

    @property
    def personal(self) -> bool:
        """A human being, as far as the article shows: a role, a title, a pronoun, or a full name that does
        not stand where places do."""
        if self.kind == "body" or is_place(self.name):
            return False
        return bool(self.roles or self.gender) or (
            len(self.name.split()) > 1 and 2 * self.placed < len(self.seen)
        )

    @property
    def role(self) -> str | None:
        return self.roles[0] if self.roles else None


@lru_cache(maxsize=4096)
def _terms(text: str) -> tuple[str, ...]:
    return tuple(
        t
        for a, b, t in tokens(text)
        if text[a:b].casefold() not in STOP and text[a:b].rstrip(".").casefold() not in TITLES
    )


def _plain(name: str) -> str:
    return re.sub(r"[’']s?$", "", name.casefold().strip(" .,"))


def _latest(seen: Sequence[int], at: int) -> int:
    """The last place in ``seen`` (in order) up to ``at``; -1 where there is none."""
    k = bisect_right(seen, at)
    return seen[k - 1] if k else -1


def _alike(word: str) -> str:
    """One form for "spokesman", "spokesperson" and "spokeswoman"."""
    return re.sub(r"person$|woman$", "man", word.casefold())


def _described(e: Entity) -> set[str]:
    """The words by which a role may mean an entity: of its roles, or of a body's name."""
    texts = [e.name] if e.kind == "body" else e.roles
    return {_alike(w) for text in texts for w in WORD.findall(text)}


class Cast:
    """The names of one article. ``known``: words that are names though a sentence begins with them. ``text``
    is the source text, ``spans`` what of it is the article's."""

    def __init__(
        self,
        text: str,
        spans: list[tuple[int, int]],
        titles: list[tuple[int, int]],
        known: frozenset[str] = frozenset(),
    ) -> None:
        self.text = text
        self.entities: list[Entity] = []
        running = [span for span in spans if span not in set(titles)]
        self._known = capitals(text, running) | known
        self._by_last: dict[str, list[Entity]] = {}
        self._by_first: dict[str, list[Entity]] = {}
        for a, b in running:
            for mention in self.mentions(text, a, b):
                if mention.kind in ("person", "body"):
                    self._add(mention)
        self._by_word: dict[str, list[Entity]] = {}
        for e in self.entities:
            for word in _described(e):
                self._by_word.setdefault(word, []).append(e)

    def mentions(self, text: str, start: int, end: int) -> list[Mention]:
        """The mentions of a stretch, in order, names joined with the roles and titles beside them."""
        return mentions_in(text, start, end, self._known)

    def in_heading(self, text: str, start: int, end: int) -> list[Mention]:
        """The persons and bodies of the article that a headline names, by their last or only word."""
        found: list[Mention] = []
        first = ""  # the word before, which may be the forename of one of several
        for a, b, term in tokens(text[start:end]):
            named = [e for e in self._by_last.get(term, ()) if _terms(e.name)]
            if named and text[start + a].isupper():
                e = next((e for e in reversed(named) if _terms(e.name)[0] == first), named[-1])
                found.append(Mention(start + a, start + b, e.kind, name=e.name))
            first = term
        for m in re.finditer(rf"\b{alternatives(w.title() for w in BODIES)}\b", text[start:end]):
            if not any(f.start < start + m.end() and start + m.start() < f.end for f in found):
                found.append(Mention(start + m.start(), start + m.end(), "body", name=m.group()))
        # a body that only a role names ("Arlen Castle's spokesman") speaks in headlines
        owners = {w for e in self.entities for r in e.roles for w in r.split() if w[:1].isupper()}
        for m in re.finditer(CAPITAL, text[start:end]):
            word = m.group()
            known = word in owners and not is_adjective_of_a_people(word) and not is_person(word.casefold())
            if known and not any(f.start < start + m.end() and start + m.start() < f.end for f in found):
                found.append(Mention(start + m.start(), start + m.end(), "body", name=word))
        lowered = text[:start] + text[start:end].lower()
        return sorted(found, key=lambda m: m.start) + [
            m
            for m in roles(lowered, start, end)
            if m.definite
            and m.head in PERSONS
            and not any(f.start < m.end and m.start < f.end and f.kind != "body" for f in found)
        ]

    # --- who is who ---

    def _add(self, m: Mention) -> Entity:
        known = self._match(m)
        if known is None:
            known = Entity(m.name, m.kind)
            self.entities.append(known)
            self._listed(known)
        elif len(_terms(m.name)) > len(_terms(known.name)):
            known.name, known.kind = m.name, m.kind if known.kind == "role" else known.kind
            self._listed(known)
        if m.kind == "body" and known.kind == "person" and not known.roles and not known.gender:
            known.kind = "body"
        if m.role and m.role not in known.roles:
            known.roles.append(m.role)
        if (
            m.kind == "person"
            and not m.role
            and (
                is_a := re.match(
                    r"\s+(?:\w+\s+){0,4}?(?:as|is|was|became|becomes)\s+(?:the\s+|"
                    r"an?\s+)?(?P<role>(?:[\w’'-]+\s+){0,3}?(?P<head>[a-z]+))\b",
                    self.text[m.end : m.end + 80],
                )
            )
            and is_a["head"] in PERSONS
        ):
            known.roles.append(is_a["role"])
        known.seen.append(m.start)
        known.placed += bool(
            re.search(
                r"\b(?:[Ii]n|[Aa]t|from|near|across|of|to|outside|inside|within|into|between)\s+(?:the\s+)?$",
                self.text[max(0, m.start - 14) : m.start],
            )
        )
        around = self.text[max(0, m.start - 1) : m.end]
        known.gender = known.gender or (gender_of(known.name) if known.kind == "person" else None)
        known.gender = known.gender or (
            "she"
            if WOMAN.search(around) or WOMAN.search(m.role or "")
            else "he"
            if MAN.search(around) or MAN.search(m.role or "")
            else None
        )
        return known

    def _listed(self, e: Entity) -> None:
        """Put an entity where its last and its first word find it."""
        words = _terms(e.name)
        for table, word in ((self._by_last, words[-1:]), (self._by_first, words[:1])):
            if word and e not in table.setdefault(word[0], []):
                table[word[0]].append(e)

    def _match(self, m: Mention) -> Entity | None:
        """The entity of a name: the same words, or a family name, the latest such; else a first name."""
        ours = _terms(m.name)
        if not ours:
            return None
        around = self.text[max(0, m.start - 1) : m.end]
        gender = "she" if WOMAN.search(around) else "he" if MAN.search(around) else None
        pool = sorted(self._by_last.get(ours[-1], ()), key=lambda e: -_latest(e.seen, m.start))
        for e in pool:
            theirs = _terms(e.name)
            if not theirs:
                continue
            if len(ours) == len(theirs) == 1 and _plain(m.name) != _plain(e.name):
                continue  # "Democrats" are not "Democratic"
            if (
                ours == theirs
                or (len(ours) < len(theirs) and ours == theirs[-len(ours) :])
                or (len(theirs) < len(ours) and theirs == ours[-len(theirs) :] and e.kind == m.kind)
            ):
                if gender and e.gender and gender != e.gender:
                    continue
                return e
        if len(ours) == 1 and m.kind == "person":
            return next(
                (
                    e
                    for e in sorted(self._by_first.get(ours[0], ()), key=lambda e: -_latest(e.seen, m.start))
                    if e.kind == "person" and len(_terms(e.name)) > 1 and _terms(e.name)[0] == ours[0]
                ),
                None,
            )
        return None

    def entity(self, m: Mention) -> Entity | None:
        """Who is meant by a name."""
        return self._match(m)

    def of_role(self, m: Mention, at: int, last: Entity | None) -> Entity | None:
        """Whom a definite role means: the last speaker if it fits, else the latest named with this role."""
        if not m.definite:
            return None
        if last is not None and last.kind == "person" and self._fits(m, last):
            return last
        if (
            m.head in CONCERNS
            and last is not None
            and last.kind != "role"
            and not last.roles
            and not last.gender
            and 2 * last.placed < len(last.seen)
        ):
            return last
        if m.head in CONCERNS - {"club", "charity"}:
            named = [
                e
                for e in self.entities
                if not e.roles
                and not e.gender
                and (e.kind == "body" or e.spoke or (len(e.name.split()) > 1 and not is_place(e.name)))
                and 2 * e.placed < len(e.seen)
                and e.seen[0] < at
            ]
            return max(named, key=lambda e: _latest(e.seen, at - 1), default=None)
        words = {_alike(m.head), *WIDER.get(m.head, ()), *map(_alike, WIDER.get(m.head, ()))}
        able = {id(e): e for w in sorted(words) for e in self._by_word.get(w, ())}
        fitting = [e for e in able.values() if self._fits(m, e)]
        before = [e for e in fitting if e.seen[0] < at]
        if before:
            return max(before, key=lambda e: _latest(e.seen, at - 1))
        later = [e for e in fitting if e.kind == "person"]
        return min(later, key=lambda e: e.seen[0]) if later and m.head in PERSONS else None

    def _fits(self, m: Mention, e: Entity) -> bool:
        if e.kind == "body":
            if m.head in PERSONS:
                return False
            return m.head in {w.casefold() for w in WORD.findall(e.name)} and len(WORD.findall(e.name)) > 1
        if m.head in BODIES and m.head not in PERSONS:
            return False
        theirs = {_alike(w) for r in e.roles for w in WORD.findall(r)}
        head = _alike(m.head)
        # a land or a body that the phrase names must be that of the person's role where both name one
        named = {w.casefold() for w in WORD.findall(m.role or "") if w[0].isupper()} - {"the"}
        if named and theirs and not any(n[:5] in {t[:5] for t in theirs} for n in named):
            return False
        if head in theirs:
            return True
        return any(head == wider and theirs & narrow for wider, narrow in WIDER.items())
