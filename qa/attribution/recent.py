"""Who spoke and acted last, up to a place of an article; whom a name or a role means there."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
    actor: Entity | None = None
    thing: Entity | None = None  # a body or a document that spoke or acted last
    group: Entity | None = None  # several, or a body, that acted last

    def entity(self, m: Mention) -> Entity:
        """Whom a name or a role means; somebody new where nobody of the article fits."""
        if m.kind != "role":
            return self.page.cast.entity(m) or Entity(m.name, m.kind)
        outlet = self.page.outlet
        if m.head in BODIES and outlet and m.head in outlet.casefold().split():
            return Entity(outlet, "body")
        if m.head in DOCUMENTS | BODIES and _WHOSE.match(m.role or ""):
            return Entity(described(m), "role")  # "her plan" is not she
        return self.page.cast.of_role(m, m.start, self.last) or Entity(described(m), "role")

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
