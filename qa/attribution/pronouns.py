"""Whom "he", "she", "they" or "it" means: the subject of its own clause or of one before it, else whoever
spoke or acted last."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from qa.attribution.descriptions import is_human, is_several, is_thing, seems_human
from qa.attribution.entities import Entity
from qa.attribution.mentions import Mention
from qa.attribution.recent import Recent
from qa.reading.chunker import Unit
from qa.text.lexicon.places import is_place

# What follows a subject that acts: "… after which X smiled".
ACTS = re.compile(
    r"\s+(?:himself\s+|herself\s+|also\s+|then\s+)?(?:\w+ed|has|had|have|is|was|are|were|made|took|came|"
    r"went|gave|told"
    r"|said|met|sent|left|put|spoke|hit|showed|brought|began|became|held|saw|knew|got|ran|won|lost|wrote|"
    r"grew|flew|rose"
    r"|fell|kept|stood|sat|paid|built|drew|threw|spent|sought|taught|thought|caught|felt|found|set|read|"
    r"chose|fought|struck|beat|broke|led|fled|bought|sold|shot|hid|shook|withdrew|swept|drove|rode)\b"
)
_OWNS = re.compile(r"[’']s?$")
# Where one clause ends and the next begins.
_EDGE = re.compile(r"[;:—]\s|,\s+(?:and|but|while)\s")
# "after X's press conference, where he …"
_SCENE = re.compile(
    r"(?P<who>[^\s,’']+)[’']s?\s+(?:[\w-]+\s+){0,5}[\w-]+,\s+"
    r"(?:where|when|in which|during which|at which)\s+$"
)


def meant_by(
    recent: Recent,
    m: Mention,
    mentions: Sequence[Mention],
    sentence: Unit,
    before: Entity | None = None,
    beside: bool = False,
) -> Entity | None:
    """Whom a pronoun means, or None. ``before``: who spoke before it in its sentence; ``beside``: it stands
    beside the sentence ("in her words"), whose subjects it does not mean."""
    if m.head == "i":
        return recent.page.writer
    if m.head == "we":
        return None  # the newspaper, or everybody
    if not beside and (same := _same_before(recent, m, mentions, sentence)) is not None:
        return meant_by(recent, same, mentions, sentence, before)
    inside = [] if beside else _by_clause(recent, m, mentions, sentence)
    if m.head == "it":
        inside = [x for x in inside if not _narrows(recent.page.bare, x)]
    near = _able(m.head, [before, *map(recent.entity, inside)])
    others = _able(m.head, _others(recent, m.head))
    if m.head == "they":
        return _several([*near, *others])
    if m.head == "it":
        bodies = [
            recent.entity(x)
            for x in mentions
            if x.kind == "body" and x.end <= m.start and not _narrows(recent.page.bare, x)
        ]
        return next(iter([*near, *_able(m.head, bodies), *others]), None)
    found = _one_person(recent, m, sentence, before, near, others)
    if found is not None and found.gender is None:
        found.gender = m.head
    return found


_NOUN = re.compile(r"\s+(?!(?:and|but|for|from|that|which|while|with)\b)[a-z]{3,}\b")


def _narrows(bare: str, m: Mention) -> bool:
    """Whether a name only tells of what kind the noun behind it is: "its DNA database"."""
    return _NOUN.match(bare, m.end) is not None and ACTS.match(bare, m.end) is None


def _one_person(
    recent: Recent,
    m: Mention,
    sentence: Unit,
    before: Entity | None,
    near: Sequence[Entity],
    others: Sequence[Entity],
) -> Entity | None:
    """Whom "he" or "she" means. One word that nothing shows to be a person ("Rihanna", "Oreo") comes behind
    those whom something shows, and behind whoever of that gender was named since."""
    if not near and (named := _named_before(recent, m, sentence)) is not None:
        return named
    shown = [e for e in near if e is before or e.personal]
    found = next(iter([*shown, *near, *others]), None)
    latest = _latest(recent, m)
    if not near and found is not None and found is not recent.last:
        return latest if latest is not None and _since(latest, found, m) else found
    if found is not None and (found is before or is_human(found)):
        return found
    if found is None or (latest is not None and latest.gender == m.head and _since(latest, found, m)):
        return latest
    return found


def _named_before(recent: Recent, m: Mention, sentence: Unit) -> Entity | None:
    """The only person of the pronoun's gender whom the sentence before names, where who spoke last is neither
    named nor meant in it: "There is Vera Lund, too. “Yes,” she said"."""
    units = recent.page.units
    k = bisect_left(units, sentence.start, key=lambda u: u.start)
    if not k or units[k - 1].heading:
        return None
    found = recent.page.mentions(units[k - 1])
    first = next((x.start for x in found if x.kind == "person"), 0)
    if any((x.kind == "pronoun" and x.head == m.head and x.start > first) or x.kind == "role" for x in found):
        return None  # "The spokesman said that Lund would come. He also said"; but "When he fell, Lund left."
    able = [x for x in found if x.kind == "person" and _stands_alone(recent, x)]
    persons = {id(e): e for x in able if (e := recent.entity(x)).personal and e.gender == m.head}
    last = recent.last
    if len(persons) != 1 or (last is not None and last.latest(m.start - 1) >= units[k - 1].start):
        return None
    return next(iter(persons.values()))


def _stands_alone(recent: Recent, m: Mention) -> bool:
    """Whether a name owns nothing: "Lund", not "Lund's"."""
    bare = recent.page.bare
    return _OWNS.search(bare[m.start : m.end]) is None and not bare.startswith(("’", "'"), m.end)


def _since(e: Entity, other: Entity, m: Mention) -> bool:
    """Whether somebody was named later than another, before a pronoun."""
    return e.latest(m.start - 1) > other.latest(m.start - 1)


def _able(head: str, found: Sequence[Entity | None]) -> list[Entity]:
    """Of some, who can be meant by a pronoun at all."""
    return [e for e in found if e is not None and _fits(head, e)]


def _fits(head: str, e: Entity) -> bool:
    """Whether a pronoun can mean somebody: "it" a thing, "they" several, "she" nobody known as a man."""
    if head == "it":
        return is_thing(e)
    if head == "they":
        return e.kind == "body" or (e.kind == "role" and is_several(e.name))
    return e.gender in (None, head) and (is_human(e) or seems_human(e))


def _others(recent: Recent, head: str) -> tuple[Entity | None, ...]:
    """Whom a pronoun means where its sentence has nobody, the likeliest first."""
    if head == "it":
        return recent.thing, recent.last
    if head == "they":
        return recent.group, recent.last, recent.actor
    return recent.last, recent.actor


def _several(able: Sequence[Entity]) -> Entity | None:
    """Whom "they" means: several people before one body."""
    people = (e for e in able if e.kind == "role" and is_several(e.name))
    return next(people, None) or next((e for e in able if not is_place(e.name)), None)


def _latest(recent: Recent, m: Mention) -> Entity | None:
    """The person of the article named last before a pronoun."""
    named = [e for e in recent.page.cast.entities if is_human(e) and _fits(m.head, e) and e.seen[0] < m.start]
    latest = max(named, key=lambda e: e.latest(m.start - 1), default=None)
    here = latest is not None and latest.latest(m.start - 1) >= recent.page.begins(m.start)
    return latest if here else None


def _same_before(recent: Recent, m: Mention, mentions: Sequence[Mention], sentence: Unit) -> Mention | None:
    """The same pronoun before it in its sentence, where nobody acts between: "he left, and he said"."""
    if m.head not in ("he", "she"):
        return None
    same = next((x for x in mentions if x.kind == "pronoun" and x.head == m.head and x.end <= m.start), None)
    if same is None:
        return None
    acts = any(
        x.kind == "person"
        and same.end <= x.start
        and x.end <= m.start
        and ACTS.match(recent.page.bare, x.end)
        for x in recent.page.subjects(mentions, sentence.start)
    )
    return None if acts else same


def _by_clause(recent: Recent, m: Mention, mentions: Sequence[Mention], sentence: Unit) -> list[Mention]:
    """The subjects before a pronoun in its sentence: those of the clause that it stands in first, then those
    of the clauses before it; in each the first subject first."""
    start, lead = sentence.start, recent.page.bare[sentence.start : m.start]
    inside = [x for x in recent.page.subjects(mentions, start) if x.end <= m.start and x.kind != "pronoun"]
    edges = [start, *(start + x.end() for x in _EDGE.finditer(lead))]
    ordered = sorted(inside, key=lambda x: -sum(edge <= x.start for edge in edges))
    scene = _SCENE.search(lead)
    if scene:
        host = Mention(start + scene.start("who"), start + scene.end("who"), "person", name=scene["who"])
        return [host, *ordered]
    return ordered
