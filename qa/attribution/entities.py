"""Somebody who can speak, and whether a name or a role may mean somebody."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from qa.attribution.mentions import Kind, Mention
from qa.text.lexicon.bodies import BODIES, WORD
from qa.text.lexicon.people import PERSONS, TITLES, WIDER
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


def is_unknown(e: Entity) -> bool:
    """Whether nothing shows that somebody is a human being, nor that it is a place."""
    return not e.roles and not e.gender and 2 * e.placed < len(e.seen)


def may_be_concern(e: Entity) -> bool:
    """Whether a name may be a company's: a body, what spoke, or more than one word."""
    return e.kind == "body" or e.spoke or (len(e.name.split()) > 1 and not is_place(e.name))


# --- names ---

_POSSESSIVE = re.compile(r"[’']s?$")


@lru_cache(maxsize=4096)
def terms(text: str) -> tuple[str, ...]:
    """The words of a name by which it is known, without titles: "Dr. Vera Lund" by two."""
    return tuple(
        t
        for a, b, t in tokens(text)
        if text[a:b].casefold() not in STOP and text[a:b].rstrip(".").casefold() not in TITLES
    )


def _plain(name: str) -> str:
    return _POSSESSIVE.sub("", name.casefold().strip(" .,"))


def is_same_name(m: Mention, ours: tuple[str, ...], e: Entity) -> bool:
    """Whether a name, with its terms ``ours``, may mean an entity: "Holt" is Jan Holt."""
    theirs = terms(e.name)
    if ours == theirs:
        # "Democrats" are not "Democratic"
        return len(ours) > 1 or _plain(m.name) == _plain(e.name)
    if len(ours) < len(theirs):
        return ours == theirs[-len(ours) :]
    return 0 < len(theirs) < len(ours) and theirs == ours[-len(theirs) :] and e.kind == m.kind


# --- roles ---

_ALIKE = re.compile(r"person$|woman$")


def alike(word: str) -> str:
    """One form for "spokesman", "spokesperson" and "spokeswoman"."""
    return _ALIKE.sub("man", word.casefold())


def role_words(e: Entity) -> set[str]:
    """The words by which a role may mean an entity: of its roles, or of a body's name."""
    texts = [e.name] if e.kind == "body" else e.roles
    return {alike(w) for text in texts for w in WORD.findall(text)}


def fits(m: Mention, e: Entity) -> bool:
    """Whether a role may mean an entity."""
    if e.kind == "body":
        words = WORD.findall(e.name)
        return m.head not in PERSONS and len(words) > 1 and m.head in {w.casefold() for w in words}
    if m.head in BODIES and m.head not in PERSONS:
        return False
    theirs = {alike(w) for r in e.roles for w in WORD.findall(r)}
    if not _is_of_the_same(m, theirs):
        return False
    head = alike(m.head)
    return head in theirs or any(head == wider and theirs & narrow for wider, narrow in WIDER.items())


def _is_of_the_same(m: Mention, theirs: set[str]) -> bool:
    """Whether the land or the body that a role names is that of the roles ``theirs``, where both name one:
    "the Russian minister" is no minister of Norway."""
    named = {w.casefold() for w in WORD.findall(m.role or "") if w[0].isupper()} - {"the"}
    begin = {t[:5] for t in theirs}
    return not named or not theirs or any(n[:5] in begin for n in named)
