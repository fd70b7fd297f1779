"""Who is who in an article: its persons and bodies by their fullest names, and whom a name or a role means.

An article at a time, so "the mayor" is the mayor of this article. Names are looked up by their last word and
roles by their words, so that a long page costs as much a sentence as a short one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from qa.attribution.entities import (
    Entity,
    alike,
    family_of,
    fits,
    is_first_name,
    is_of_a_generation,
    is_same_name,
    is_titled,
    is_unknown,
    may_be_concern,
    role_words,
    terms,
)
from qa.attribution.epithets import described_anew, takes_up
from qa.attribution.facts import told_of
from qa.attribution.mentions import CAPITAL, Mention, capitals
from qa.attribution.names import mentions_in
from qa.attribution.namesakes import NEAR, elsewhere, latest_first, one_of_a_name, pairs_in
from qa.attribution.roles import roles
from qa.text.characters import lower_in_place
from qa.text.lexicon.bodies import BODIES, CONCERNS, WIDER_BODIES
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import month_pattern, weekday_pattern
from qa.text.lexicon.forenames import gender_of
from qa.text.lexicon.numbers import ORDINALS
from qa.text.lexicon.people import MAN, PERSONS, WIDER, WOMAN, is_person
from qa.text.lexicon.peoples import is_adjective_of_a_people
from qa.text.lexicon.places import is_place
from qa.text.terms import tokens

_BODY = re.compile(rf"\b{alternatives(w.title() for w in BODIES)}\b")
_CAPITAL = re.compile(CAPITAL)
# "Holt, now 60, is the mayor", "Holt was elected as mayor"
_IS_A = re.compile(
    r"\s+(?:\w+\s+){0,4}?(?:as|is|was|became|becomes)\s+(?:the\s+|"
    r"an?\s+)?(?P<role>(?:[\w’'-]+\s+){0,3}?(?P<head>[a-z]+))\b"
)
_WHO = re.compile(r",\s+who\b")
# Where places stand: "in Arlen".
_PLACED = re.compile(
    r"\b(?:[Ii]n|[Aa]t|from|near|across|of|to|outside|inside|within|into|between)\s+(?:the\s+)?$"
)


# Where a capital is no sign of a name that a text is about: a sentence begins, or somebody is told something.
_OPENS = re.compile(r"(?:^|[.!?:;“”\"\n])\s*$|\btold\s+(?:[A-Z]+\s+)?$")
_DAY = re.compile(
    rf"{month_pattern(short=True)}|{weekday_pattern()}|{alternatives(w.title() for w in ORDINALS)}"
)
# Before whoever only takes note: "told the Post", "in a memo viewed by the Post".
_TOLD = re.compile(r"\b(?:told|(?:viewed|seen|reviewed|obtained|reported|published)\s+by)\s+(?:the\s+)?$")
_THE = re.compile(r"\b[Tt]he\s+$")
_OF_WHAT = re.compile(r"\s+(?!(?:for|and|was|has|had|the|with|from|said)\b)[a-z]{3,}(?<!ed)\b")


class Cast:
    """The names of one article. ``known``: words that are names though a sentence begins with them. ``text``
    is the source text without what is quoted, ``whole`` with it, ``spans`` what of it is the article's."""

    def __init__(
        self,
        text: str,
        spans: list[tuple[int, int]],
        titles: list[tuple[int, int]],
        known: frozenset[str] = frozenset(),
        whole: str = "",
    ) -> None:
        self.text = text
        self._whole = whole or text
        self.entities: list[Entity] = []
        running = [span for span in spans if span not in set(titles)]
        self._known = capitals(text, running) | known
        self._by_last: dict[str, list[Entity]] = {}  # a last word of a name, as ``terms`` gives it
        self._by_first: dict[str, list[Entity]] = {}
        pairs = pairs_in(text)
        for a, b in running:
            for mention in self.mentions(text, a, b):
                if mention.kind in ("person", "body"):
                    self._add(replace(mention, name=pairs.get(mention.start, mention.name)))
        self._by_word: dict[str, list[Entity]] = {}
        for e in self.entities:
            for word in role_words(e):
                self._by_word.setdefault(word, []).append(e)

    def mentions(self, text: str, start: int, end: int) -> list[Mention]:
        """The mentions of a stretch, in order, names joined with the roles and titles beside them."""
        return [self._by_family(text, m) for m in mentions_in(text, start, end, self._known)]

    def _by_family(self, text: str, m: Mention) -> Mention:
        """A word that is an office and somebody's family name is the name: "Tony King left. King said"."""
        word = text[m.start : m.end]
        if m.kind != "role" or not word[0].isupper() or not word.isalpha() or m.role != word:
            return m
        bears = any(
            len(terms(e.name)) > 1 and e.kind == "person" for e in self._by_last.get(word.casefold(), ())
        )
        return Mention(m.start, m.end, "person", name=word) if bears else m

    def in_heading(self, text: str, start: int, end: int) -> list[Mention]:
        """The persons and bodies of the article that a headline names, by their last or only word."""
        found = self._by_last_word(text, start, end)
        owners = self._owners()
        for m in (*_BODY.finditer(text[start:end]), *_CAPITAL.finditer(text[start:end])):
            body = Mention(start + m.start(), start + m.end(), "body", name=m.group())
            is_body = m.re is _BODY or body.name in owners
            if is_body and not any(_overlap(f, body) for f in found):
                found.append(body)
        lowered = text[:start] + lower_in_place(text[start:end])
        persons = [f for f in found if f.kind != "body"]
        return sorted(found, key=lambda m: m.start) + [
            m
            for m in roles(lowered, start, end)
            if m.definite and m.head in PERSONS and not any(_overlap(f, m) for f in persons)
        ]

    def _by_last_word(self, text: str, start: int, end: int) -> list[Mention]:
        """Whom a headline names by a last word, "Holt"; of several the one whose forename is before it."""
        found: list[Mention] = []
        before = ""
        for a, b, term in tokens(text[start:end]):
            named = [e for e in self._by_last.get(term, ()) if terms(e.name)]
            if named and text[start + a].isupper():
                e = next((e for e in reversed(named) if terms(e.name)[0] == before), named[-1])
                found.append(Mention(start + a, start + b, e.kind, name=e.name))
            before = term
        return found

    def _owners(self) -> set[str]:
        """Bodies that only a role names: "Arlen Castle's spokesman" speaks in headlines."""
        words = {w for e in self.entities for r in e.roles for w in r.split() if w[:1].isupper()}
        return {w for w in words if not is_adjective_of_a_people(w) and not is_person(w.casefold())}

    # --- who is who ---

    def _add(self, m: Mention) -> None:
        """Take in a name: whom it means, and what it tells of him, of her or of it."""
        known = self._match(m)
        if known is None:
            known = self._new(m)
            self.entities.append(known)
            self._listed(known)
        elif len(terms(m.name)) > len(terms(known.name)):
            known.name, known.kind = m.name, m.kind if known.kind == "role" else known.kind
            self._listed(known)
        if m.kind == "body" and known.kind == "person" and not known.roles and not known.gender:
            known.kind = "body"
        role = m.role or self._role_behind(m)
        if role and role not in known.roles:
            known.roles.append(role)
        known.seen.append(m.start)
        known.placed += self._stands_as_place(m)
        if known.kind == "person":
            known.human = known.human or _WHO.match(self.text, m.end) is not None
            known.gender = known.gender or gender_of(known.name)
            known.facts.add(told_of(self.text, self._whole, m.start, m.end, m.name, role))
        known.gender = known.gender or _gender_in(self._around(m), m.role or "")

    def _new(self, m: Mention) -> Entity:
        """Whoever is named for the first time. "Ms. Holt" keeps her title where she may be any of several."""
        ours, named = terms(m.name), self.text[m.start : m.end]
        several = len(ours) == 1 and is_titled(named) and len(self._by_last.get(ours[0], ())) > 1
        return Entity(named if several else m.name, m.kind, one_of_several=several)

    def _stands_as_place(self, m: Mention) -> bool:
        """Whether a name stands where places do: "in Arlen", "the South Lawn"; not "the Lund trial"."""
        before = self.text[max(0, m.start - 14) : m.start]
        alone = len(m.name.split()) > 1 and _OF_WHAT.match(self.text, m.end) is None
        return _PLACED.search(before) is not None or (alone and _THE.search(before) is not None)

    def _role_behind(self, m: Mention) -> str | None:
        """What a person is said to be: "Holt, now 60, is the mayor"."""
        if m.kind != "person":
            return None
        is_a = _IS_A.match(self.text[m.end : m.end + 80])
        return is_a["role"] if is_a and is_a["head"] in PERSONS else None

    def _around(self, m: Mention) -> str:
        """A name with the character before it."""
        return self.text[max(0, m.start - 1) : m.end]

    def _listed(self, e: Entity) -> None:
        """Put an entity where its last and its first word find it."""
        words = terms(e.name)
        if not words:
            return
        keys = [(self._by_last, words[-1]), (self._by_last, family_of(words)), (self._by_first, words[0])]
        for table, word in keys:
            if e not in table.setdefault(word, []):
                table[word].append(e)

    def _match(self, m: Mention) -> Entity | None:
        """The entity of a name: the same words, or a family name, the latest such; else a first name."""
        ours = terms(m.name)
        if not ours:
            return None
        gender = _gender_in(self._around(m))
        able = [
            e
            for e in latest_first(self._by_last.get(ours[-1], ()), m.start)
            if is_same_name(m, ours, e)
            and (not gender or e.gender in (None, gender))
            and not elsewhere(m, ours, e)
        ]
        if able:
            return one_of_a_name(able, m, gender is not None) if len(ours) == 1 else able[0]
        if len(ours) > 1 or m.kind != "person":
            return None
        if is_titled(self.text[m.start : m.end]):
            return None  # "Dr. John" is no John Holt
        for e in latest_first(self._by_last.get(ours[0], ()), m.start):
            if is_of_a_generation(ours, e):
                return e
        for e in latest_first(self._by_first.get(ours[0], ()), m.start):
            if e.kind == "person" and len(terms(e.name)) > 1 and is_first_name(m.name, e.name):
                return e
        return None

    def place(self, starts: Set[int]) -> None:
        """Take the names that stand at some places, before a colon, for places: "Rapid City: A guard …"."""
        for e in self.entities:
            e.placed += sum(at in starts and self.text.startswith(":", at + len(e.name)) for at in e.seen)

    def entity(self, m: Mention) -> Entity | None:
        """Who is meant by a name."""
        return self._match(m)

    def of_role(self, m: Mention, at: int, last: Entity | None) -> Entity | None:
        """Whom a definite role means: the last speaker if it fits, else the latest named with this role."""
        if not m.definite:
            return None
        if m.head in CONCERNS and any(w[:1].isupper() for w in (m.role or "").split()[1:]):
            return None  # "the Nielsen company", whose own name stands there
        if last is not None and (
            (last.kind == "person" and fits(m, last) and self._is_of_that(m, last))
            or (
                m.head in CONCERNS
                and last.kind != "role"
                and is_unknown(last)
                and not is_place(last.name)
                and not self._named_since(last, at)
            )
        ):
            return last
        if m.head in CONCERNS - {"club", "charity"}:
            return self._concern(at)
        holder = self._holder(m, at)
        if _is_nearer(m, last, holder):
            return last
        if holder is not None and (not takes_up(m) or holder is self._last_person(at)):
            return holder
        return described_anew(self.text, m, last, self.entities)

    def _is_of_that(self, m: Mention, e: Entity) -> bool:
        """Whether what narrows a role behind it stands beside somebody's name too: "the chief of the health
        network" is no chief judge."""
        of = _OF_THAT.match(self.text, m.end)
        if of is None or e.kind != "person":
            return True
        words = {w[:5] for w in terms(of["what"]) if len(w) > 2}
        beside = (self.text[max(0, at - BESIDE) : at + BESIDE] for at in e.seen if at != m.start)
        return not words or any(not words.isdisjoint(w[:5] for w in terms(near)) for near in beside)

    def _last_person(self, at: int) -> Entity | None:
        """The person named last before a place."""
        named = [e for e in self.entities if e.kind == "person" and e.personal and e.seen[0] < at]
        return max(named, key=lambda e: e.latest(at - 1), default=None)

    def _concern(self, at: int) -> Entity | None:
        """The concern named last before a place: what "the company" means. None where something else that may
        be one is named behind it: "Orley Mills closed. All Tarn shops stay open, the company said"."""
        named = [
            e
            for e in self.entities
            if e.seen[0] < at
            and is_unknown(e)
            and may_be_concern(e)
            and not _DAY.fullmatch(e.name)
            and not _TOLD.search(self.text, max(0, e.latest(at - 1) - 14), e.latest(at - 1))
        ]
        latest = max(named, key=lambda e: e.latest(at - 1), default=None)
        return None if latest is None or self._named_since(latest, at) else latest

    def _named_since(self, e: Entity, at: int) -> bool:
        """Whether a name that may be a concern's, and is no part of this one's, stands between its last
        mention and a place."""
        own = set(terms(e.name))
        for m in _CAPITAL.finditer(self.text, e.latest(at - 1) + len(e.name), at):
            words, name = terms(m.group()), m.group()
            if not words or own.issuperset(words) or is_place(name) or is_adjective_of_a_people(name):
                continue
            before, known = self.text[max(0, m.start() - 14) : m.start()], self._by_last.get(words[-1], ())
            may_be = known or not (_OPENS.search(before) or _DAY.fullmatch(name))
            if may_be and not _PLACED.search(before) and all(map(is_unknown, known)):
                return True
        return False

    def _one_of(self, able: Sequence[Entity], at: int) -> Entity | None:
        """The latest named of those whom a role may mean; nobody where another is nearly as late."""
        latest, *others = sorted(able, key=lambda e: -e.latest(at - 1))
        if others and latest.kind == "person" and others[0].latest(at - 1) > at - NEAR:
            return None
        return latest

    def _holder(self, m: Mention, at: int) -> Entity | None:
        """Whoever has a role: the latest named before a place, else the first person named behind it."""
        words = {alike(m.head), *WIDER.get(m.head, ()), *map(alike, WIDER.get(m.head, ()))}
        able = {id(e): e for w in sorted(words) for e in self._by_word.get(w, ())}
        fitting = [e for e in able.values() if fits(m, e) and self._is_of_that(m, e)]
        before = [e for e in fitting if e.seen[0] < at]
        if before:
            return self._one_of(before, at)
        later = [e for e in fitting if e.kind == "person"]
        return min(later, key=lambda e: e.seen[0]) if later and m.head in PERSONS else None


_OF_THAT = re.compile(
    r"\s+(?:of|for|at)\s+(?P<what>(?:(?!(?:in|on|of|at|for|to|who|that|and|with|from|said|says)\b)[^\s,;:.¤()]+\s*){1,6})"
)
BESIDE = 100  # characters around a name in which its office is told


def _is_nearer(m: Mention, last: Entity | None, holder: Entity | None) -> bool:
    """Whether who spoke last is the body that a wider noun means, and not one far before that has the noun in
    its name: "The Department of Health said … . The agency said"."""
    if last is None or last.kind != "body" or not m.definite:
        return False
    if holder is not None and holder.latest(m.start - 1) > m.start - NEAR:
        return False
    wider = WIDER_BODIES.get(m.head, frozenset())
    return not wider.isdisjoint(last.name.casefold().split()) and last.latest(m.start - 1) > m.start - NEAR


def _overlap(one: Mention, two: Mention) -> bool:
    return one.start < two.end and two.start < one.end


def _gender_in(*texts: str) -> str | None:
    """What titles and roles tell: "Mrs", "spokesman"."""
    if any(WOMAN.search(t) for t in texts):
        return "she"
    return "he" if any(MAN.search(t) for t in texts) else None
