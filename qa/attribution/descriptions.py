"""What a speaker's description means: its head, whether it is several people, a body, an outlet."""

from __future__ import annotations

import re

from qa.attribution.entities import Entity, is_forename, is_of_common_words, may_be_human
from qa.attribution.mentions import Mention
from qa.attribution.subjects import core_of
from qa.text.lexicon.bodies import BODIES, CONCERNS, DOCUMENTS, OUTLETS
from qa.text.lexicon.people import GROUPS, is_person, singular
from qa.text.lexicon.places import is_place


def head_of(description: str) -> str:
    """The head of a description, in the form that is_person reads."""
    words = core_of(description).casefold().split()
    return words[-1] if words else ""


def is_several(description: str) -> bool:
    """Whether a description means more than one."""
    head = head_of(description)
    return singular(head) != head or head in GROUPS or " and " in description


def is_thing(e: Entity) -> bool:
    """Whether "it" may mean somebody: a body, or a description of one or of a document."""
    if e.kind == "role":
        return head_of(e.name) in BODIES | DOCUMENTS
    return e.kind == "body" or any(head_of(r) in BODIES | CONCERNS for r in e.roles[:1])


def _is_thing_by_name(e: Entity) -> bool:
    """Whether a name of common words is nobody's, as far as the article shows: "Turning Point"."""
    return " " in e.name and not (e.roles or e.gender or e.human) and is_of_common_words(e.name)


_OWNER = re.compile(r"[’']s\s")


def is_human(e: Entity) -> bool:
    """Whether "he" or "she" may mean somebody: a person, or a description of one."""
    if e.kind == "role":
        return is_person(head_of(e.name)) and not is_several(e.name)
    if not may_be_human(e.name) or _is_thing_by_name(e):
        return False
    if _OWNER.search(e.name) or (e.name.isupper() and " " in e.name and not e.roles):
        return False
    return e.personal or (e.kind == "person" and not is_place(e.name) and (e.spoke or is_forename(e.name)))


def seems_human(e: Entity) -> bool:
    """Whether nothing speaks against a person: one word that is no place's and not where places stand."""
    return (
        e.kind == "person"
        and may_be_human(e.name)
        and not _is_thing_by_name(e)
        and not is_place(e.name)
        and 2 * e.placed < len(e.seen)
    )


def of_an_outlet(role: str | None) -> bool:
    return bool(role and set(role.casefold().split()) & OUTLETS - {"agency", "correspondent", "reporter"})


def plain(name: str | None) -> str:
    return (name or "").casefold().removeprefix("the ")


def flat(text: str) -> str:
    return " ".join(re.findall(r"[\w]+", text.casefold()))


_LEAD = re.compile(r"^(?:(?:and|but|so|yet)\s+)?(?:(?:the|these|those|its|his|her|their)\s+)?", re.IGNORECASE)


def described(m: Mention) -> str:
    """A role as a speaker's description, without "the" where a noun is left."""
    if (m.role or "").casefold() == "the other":
        return "the other"
    return _LEAD.sub("", m.role or "")
