"""Somebody who can speak, and whether a name or a role may mean somebody."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

from qa.attribution.facts import Facts, told_in
from qa.attribution.mentions import Kind, Mention
from qa.text.lexicon.bodies import BODIES, WORD
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.epithets import ANOTHER_OFFICE, HOMES, LESSER, PARTIES
from qa.text.lexicon.forenames import GENDERS, LIKE_VERBS, forenames
from qa.text.lexicon.people import GENERATIONS, PERSONS, TITLES, WIDER
from qa.text.lexicon.peoples import ADJECTIVES, NATIONS
from qa.text.lexicon.places import is_place
from qa.text.terms import STOP, tokens
from qa.text.wordlist import english, is_everyday


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
    facts: Facts = field(default_factory=Facts)
    human: bool = False  # the article shows a person by other words: "Rihanna, who …"
    one_of_several: bool = False  # "Mr. Holt", who may be any of several of that name

    @property
    def personal(self) -> bool:
        """A human being, as far as the article shows: a role, a title, a pronoun, or a full name that does
        not stand where places do."""
        if self.kind == "body" or is_place(self.name) or not may_be_human(self.name):
            return False
        return bool(self.roles or self.gender or self.human) or (
            len(self.name.split()) > 1 and 2 * self.placed < len(self.seen)
        )

    @property
    def role(self) -> str | None:
        return self.roles[0] if self.roles else None

    def latest(self, at: int) -> int:
        """The last place up to ``at`` at which it is named; -1 where there is none."""
        k = bisect_right(self.seen, at)
        return self.seen[k - 1] if k else -1


@lru_cache(maxsize=4096)
def is_of_common_words(name: str) -> bool:
    """Whether a name is made of everyday words, and begins with no forename: "Turning Point"."""
    words = name.casefold().split()
    return words[0] not in forenames() and all(is_everyday(w) for w in words)


_LANDS = re.compile(r"\b[A-Z]{2,}-[A-Z]|[a-z]-[A-Z]{2,}\b")  # "US-Russia"
_ABSTRACT = re.compile(r"(?:tion|sion|ment|ship|ism|ity|ness|ance|ence|ology|ury)s?$")


def may_be_human(name: str) -> bool:
    """Whether a name may be one person's: not "Chinese", "Muslim Americans", "Republicans" or "Harbor
    Partnership"; but Dawn French is one."""
    *lead, last = name.split() or [""]
    if lead and lead[0].casefold() in GENDERS:
        return True
    low = last.casefold()
    return not (
        _LANDS.search(name)
        or name in HOMES
        or f"{name}." in HOMES
        or last in NATIONS
        or (last in ADJECTIVES and not lead)
        or (low.endswith("s") and low[:-1] in PARTIES)
        or (_ABSTRACT.search(low) and low in english())
    )


def is_forename(name: str) -> bool:
    """Whether a name is one common forename: "Caroline"."""
    return name.casefold() in GENDERS


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
    if "&" in text and " " not in text:
        return (text.casefold(),)  # "AT&T", of which no word is left
    return tuple(
        t
        for a, b, t in tokens(text)
        if (text[a:b].casefold() not in STOP or text[a:b] in LIKE_VERBS)
        and text[a:b].rstrip(".").casefold() not in TITLES
    )


def _plain(name: str) -> str:
    return _POSSESSIVE.sub("", name.casefold().strip(" .,"))


_OF = re.compile(r"\s(?:of|for)\s")


def is_same_name(m: Mention, ours: tuple[str, ...], e: Entity) -> bool:
    """Whether a name, with its terms ``ours``, may mean an entity: "Holt" is Jan Holt."""
    theirs = terms(e.name)
    if _is_family(m.name, e.name):
        return False
    if ours == theirs:
        # "Democrats" are not "Democratic"
        return len(ours) > 1 or e.one_of_several or _plain(m.name) == _plain(e.name)
    if len(ours) < len(theirs):
        if m.kind == "person" and e.kind == "body" and _OF.search(e.name):
            return False  # Vera Lund is not the Church of Lund
        return ours == theirs[-len(ours) :]
    if e.one_of_several:
        return False
    return 0 < len(theirs) < len(ours) and theirs == ours[-len(theirs) :] and e.kind == m.kind


def is_titled(phrase: str) -> bool:
    """Whether a name begins with a title that stands before family names: "Dr. Lund"."""
    return phrase.split(maxsplit=1)[0].rstrip(".").casefold() in TITLES if phrase.strip() else False


def family_of(words: tuple[str, ...]) -> str:
    """The family name of a name's terms: "Ian Holt Jr." is a Holt."""
    return words[-2] if len(words) > 2 and words[-1] in GENERATIONS else words[-1]


def is_of_a_generation(ours: tuple[str, ...], e: Entity) -> bool:
    """Whether a family name is that of an entity with "Jr." or "III" behind it."""
    theirs = terms(e.name)
    return len(theirs) > 2 and theirs[-1] in GENERATIONS and ours == (theirs[-2],)


def _is_family(name: str, other: str) -> bool:
    """Whether a name is that of the family of another: "Holts" are not Jan Holt."""
    one, two = _plain(name).split()[-1:], _plain(other).split()[-1:]
    return bool(one and two) and one[0] == f"{two[0]}s"


def is_first_name(word: str, name: str) -> bool:
    """Whether one word is the first of a name as it is spelt: "Vera", but "Democrats" are no "Democratic"."""
    return len(name.split()) > 1 and _plain(word) == _plain(name.split()[0])


# --- roles ---

# What a role says of party and home, which facts hold in one form.
_PLAIN = re.compile(rf"\b{alternatives((*HOMES, *(p.title() for p in PARTIES if len(p) > 1), 'GOP'))}\b")
_ALIKE = re.compile(r"person$|woman$")


def alike(word: str) -> str:
    """One form for "spokesman", "spokesperson" and "spokeswoman"."""
    return _ALIKE.sub("man", word.casefold())


def role_words(e: Entity) -> set[str]:
    """The words by which a role may mean an entity: of its roles and offices, or of a body's name."""
    if e.kind == "body":
        return {alike(w) for w in WORD.findall(e.name)}
    told = {alike(w) for role in e.roles for w in WORD.findall(role)}
    return (
        told
        | set(map(alike, (*e.facts.offices, *e.facts.parties)))
        | {f"{age}-year-old" for age in e.facts.ages}
    )


_WHAT_FOR = re.compile(r"\s(?:of|for|on|to)\s")


def _kinds_of(name: str) -> frozenset[str]:
    """What a body is by its name, in small letters: "Lund Foundation" a foundation, "University of Arlen" a
    university, "Arlen Police Department" the police too; but "State Farm" is no state."""
    words = [w.casefold() for w in WORD.findall(name)]
    if len(words) < 2:
        return frozenset()
    first = WORD.findall(_WHAT_FOR.split(name, maxsplit=1)[0])
    return frozenset({words[-1], first[-1].casefold() if first else ""} | ({"police", "force"} & set(words)))


def fits(m: Mention, e: Entity) -> bool:
    """Whether a role may mean an entity."""
    if e.kind == "body":
        return m.head not in PERSONS and m.head in _kinds_of(e.name)
    if m.head in BODIES and m.head not in PERSONS:
        return False
    theirs = role_words(e)
    asked = told_in(m.role or "")
    if not _is_of_the_same(m, theirs) or not e.facts.holds(asked) or _is_another_office(m, e):
        return False
    head = alike(m.head)
    return head in theirs or any(head == wider and theirs & narrow for wider, narrow in WIDER.items())


def _is_another_office(m: Mention, e: Entity) -> bool:
    """Whether a role is narrowed to another office than theirs ("the press secretary" is no secretary of
    state), or theirs to a lesser one ("the president" is no vice president)."""
    head = m.head.casefold()
    ours = {w.casefold() for w in WORD.findall(m.role or "")}
    theirs = [{w.casefold() for w in WORD.findall(r)} for r in e.roles]
    same = [words for words in theirs if head in words]
    if not same:
        return False
    if "former" in ours and not any("former" in words for words in same) and _is_in_office(head, e):
        return True
    narrowed = (ours & ANOTHER_OFFICE) - {head}
    return not any(narrowed <= words for words in same) or all((words - ours) & LESSER for words in same)


def _is_in_office(head: str, e: Entity) -> bool:
    """Whether an office stands as a title before their name, as it does while they have it: "President Holt";
    "Holt stood down as mayor" tells of a former one."""
    return any(head.title() in WORD.findall(role) for role in e.roles)


def _is_of_the_same(m: Mention, theirs: set[str]) -> bool:
    """Whether the land or the body that a role names is that of the roles ``theirs``, where both name one:
    "the Russian minister" is no minister of Norway."""
    named = {w.casefold() for w in WORD.findall(_PLAIN.sub(" ", m.role or "")) if w[0].isupper()} - {"the"}
    begin = {t[:5] for t in theirs}
    return not named or not theirs or any(n[:5] in begin for n in named)
