"""Who spoke and acted last, up to a place of an article; whom a name or a role means there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from qa.attribution.descriptions import described, is_human, is_several, is_thing, seems_human
from qa.attribution.entities import Entity
from qa.attribution.mentions import Mention
from qa.attribution.page import Page
from qa.text.lexicon.bodies import BODIES, DOCUMENTS

_WHOSE = re.compile(r"(?:his|her|their|its)\s", re.IGNORECASE)


@dataclass(slots=True)
class Recent:
    """What a reader of a page has in mind."""

    page: Page
    last: Entity | None = None  # who spoke, or acted, last
    heard: int = -1  # where what was said last ends
    actor: Entity | None = None
    thing: Entity | None = None  # a body or a document that spoke or acted last
    group: Entity | None = None  # several, or a body, that acted last
    unnamed: dict[str, Entity] = field(default_factory=dict)  # by noun: "a senior official", who spoke

    def entity(self, m: Mention) -> Entity:
        """Whom a name or a role means; somebody new where nobody of the article fits."""
        if m.kind != "role":
            return self._here(self.page.cast.entity(m), m) or Entity(m.name, m.kind)
        outlet = self.page.outlet
        if m.head in BODIES and outlet and m.head in outlet.casefold().split():
            return Entity(outlet, "body")
        if m.head in DOCUMENTS | BODIES and _WHOSE.match(m.role or ""):
            return Entity(described(m), "role")  # "her plan" is not she
        if m.definite and m.head in self.unnamed and not self._bears(m.head):
            return self.unnamed[m.head]  # "A senior official said it. … The official also said"
        known = self._here(self.page.cast.of_role(m, m.start, self.last), m)
        if known is not None:
            return known
        found = Entity(described(m), "role")
        if not m.definite and not is_several(found.name):
            self.unnamed[m.head] = found
        return found

    def _here(self, found: Entity | None, m: Mention) -> Entity | None:
        """Somebody, if the story of a mention names him: in a digest "the agency" is of its paragraph."""
        if found is None or not self.page.digest:
            return found
        return found if found.latest(m.start) >= self.page.begins(m.start) else None

    def begin(self) -> None:
        """A story of a digest begins, in which nobody has spoken or acted."""
        self.last = self.actor = self.thing = self.group = None
        self.heard = -1
        self.unnamed = {}

    def _bears(self, head: str) -> bool:
        """Whether who spoke last is a person with that very word for an office."""
        last = self.last
        return (
            last is not None
            and last.kind == "person"
            and any(head in r.casefold().split() for r in last.roles)
        )

    def spoke(self, who: Entity) -> None:
        self.last = who
        who.spoke = True
        if is_several(who.name) and who.kind == "role":
            self.group = who
        if is_thing(who):
            self.thing = who

    def acted(self, who: Entity) -> None:
        if is_thing(who):
            self.thing = who
        if who.kind == "role" and is_several(who.name):
            self.group = who
        elif who.kind == "person" and (is_human(who) or seems_human(who)):
            self.actor = self.last = who
