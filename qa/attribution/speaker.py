"""Who speaks by a cue: whom it names, whoever spoke before it in its sentence, or who acts there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.attribution.acts import is_ing
from qa.attribution.adverbials import past_adverbials
from qa.attribution.entities import Entity
from qa.attribution.mentions import CAPITAL, Mention
from qa.attribution.pronouns import ACTS, meant_by
from qa.attribution.quotations import MASK
from qa.attribution.recent import Recent
from qa.attribution.speech import Cue
from qa.attribution.subjects import source_of
from qa.reading.chunker import Unit
from qa.text.lexicon.people import NOBODY
from qa.text.lexicon.places import is_place
from qa.text.terms import STOP

_COMMA = re.compile(r",\s*$")
_CLAUSE_OPENS = re.compile(rf"(?:,|{MASK}|,\s+(?:and|but))\s+$")
_WHOSE = re.compile(r"(his|her|their)\b", re.IGNORECASE)
_SENTENCE_OPENS = re.compile(rf"(?:^|[,{MASK}])\s*$")


def speaker_of(
    recent: Recent, cue: Cue, mentions: Sequence[Mention], before: tuple[Cue, Entity] | None, sentence: Unit
) -> Entity | None:
    """Who speaks by a cue, or None. ``before``: the act of speech before it in its sentence, with its
    speaker."""
    acting = _acting_between(recent, cue, mentions, before, sentence)
    if acting is not None:
        return recent.entity(acting)
    if cue.who is None and before is not None:
        return before[1]
    m = cue.who or _acting(recent, cue, mentions, sentence)
    if m is None:
        return None
    m = _owner(m)
    if m.kind == "pronoun":
        if _comments(recent, cue, m, sentence):
            return recent.last
        beside = cue.verb == "in the words of"
        return meant_by(recent, m, mentions, sentence, before[1] if before else None, beside)
    with_him = _joined(recent, m, mentions, sentence) if cue.place == "before" else None
    if with_him is not None:
        return Entity(f"{recent.entity(with_him).name} and {recent.entity(m).name}", "role")
    return recent.entity(m)


_TOLD_BEFORE = re.compile(
    r"(?!\W*(?:After|Before|When|While|As|If|Since|Once|Although|Though|Because|Asked|Until|Even|In|On|At|For|With|From"
    rf"|During|Despite)\b)(?!\W*{MASK}).*[^,\s][,{MASK}]\s+$"
)


def _comments(recent: Recent, cue: Cue, m: Mention, sentence: Unit) -> bool:
    """Whether "he said" closes a clause that is told, about somebody else, and whoever spoke in the sentence
    before may be he: "Holt was ill, he said"."""
    bare, last = recent.page.bare, recent.last
    if bare[recent.heard : sentence.start].strip(" .!?\n\u00a0" + MASK):
        return False
    if cue.place != "before" or m.head not in ("he", "she") or last is None or not last.spoke:
        return False
    lead = bare[sentence.start : m.start]
    closes = cue.last or bare[cue.end : cue.end + 1] == ","
    return (
        closes
        and last.kind == "person"
        and last.gender in (None, m.head)
        and _TOLD_BEFORE.fullmatch(lead) is not None
    )


def _acting_between(
    recent: Recent, cue: Cue, mentions: Sequence[Mention], before: tuple[Cue, Entity] | None, sentence: Unit
) -> Mention | None:
    """Who acts between the act of speech before a participle and the participle, in a clause of his own:
    "When Holt pointed at it, Lind seized the bell, repeating …"."""
    if cue.who is not None or before is None or not is_ing(cue.verb):
        return None
    bare = recent.page.bare
    for m in reversed(recent.page.subjects(mentions, sentence.start)):
        if (
            before[0].end <= m.start
            and m.end <= cue.start
            and m.kind in ("person", "body")
            and _CLAUSE_OPENS.search(bare[sentence.start : m.start])
            and ACTS.match(bare, m.end)
            and MASK not in bare[m.end : cue.start]
        ):
            return m
    return None


def _acting(recent: Recent, cue: Cue, mentions: Sequence[Mention], sentence: Unit) -> Mention | None:
    """The subject of a verb without one beside it: the last before it that acts ("… after which X smiled and
    said"), else the first before it, else one behind it and a comma ("Stressing that …, he said")."""
    bare = recent.page.bare
    inside = recent.page.subjects(mentions, sentence.start)
    ahead = [x for x in inside if x.end <= cue.start]
    for x in reversed(ahead):
        if ACTS.match(bare, x.end):
            return x
    first = next(iter(ahead), None)
    opening = _opening(bare, sentence.start, first.start if first else cue.start, mentions)
    if opening is not None:
        return opening.who
    behind = (x for x in inside if x.start >= cue.end and _COMMA.search(bare[sentence.start : x.start]))
    return first or next(behind, None)


@dataclass(frozen=True, slots=True)
class _Opening:
    """The subject that a sentence opens with; ``who``: None where it is nobody who speaks."""

    who: Mention | None


_POINTS = frozenset(("this", "that", "it", "these", "those"))
_WORD = re.compile(r"\s*\S+")
_NAME = re.compile(rf"(?:{CAPITAL})(?:\s+{CAPITAL}){{0,3}}")


def _opening(bare: str, start: int, stop: int, mentions: Sequence[Mention]) -> _Opening | None:
    """The noun phrase that a sentence opens with, up to its first verb; None where there is no verb before
    ``stop``, where the first known mention begins. That one is an object: "Washington backed Kiev,
    saying"."""
    begin = past_adverbials(bare, start, stop, list(mentions))
    if any(start <= x.start < begin for x in mentions):
        return None  # "Bird, the league's leader, broke the news"
    phrase = _WORD.match(bare, begin)
    while phrase is not None and phrase.end() < stop and bare[phrase.end() - 1] not in ",;:":
        if ACTS.match(bare, phrase.end(), stop):
            break
        phrase = _WORD.match(bare, phrase.end())
    else:
        return None
    end = phrase.end()
    name = bare[begin:end]
    if name.casefold() in _POINTS | NOBODY:
        return _Opening(None)  # "This surprised Holt, saying a lot of him"
    if _NAME.fullmatch(name) and name.casefold() not in STOP and not name.endswith("ly"):
        return _Opening(Mention(begin, end, "body" if is_place(name) else "person", name=name))
    source = source_of(bare, begin, end, list(mentions), strong=False)
    return _Opening(source) if source is not None else None


def _owner(m: Mention) -> Mention:
    """For somebody's document he or she: "his statement said"; any other mention as it is."""
    if m.kind != "role" or m.head not in ("statement", "letter", "note", "post", "report"):
        return m
    whose = _WHOSE.match(m.role or "")
    if whose is None:
        return m
    return Mention(m.start, m.end, "pronoun", head={"his": "he", "her": "she"}.get(whose[1].lower(), "they"))


def _joined(recent: Recent, m: Mention, mentions: Sequence[Mention], sentence: Unit) -> Mention | None:
    """Who speaks with another: "A doctor and two nurses said"."""
    bare = recent.page.bare
    return next(
        (
            x
            for x in mentions
            if x.end < m.start
            and x.kind != "pronoun"
            and bare[x.end : m.start].strip() == "and"
            and _SENTENCE_OPENS.search(bare[sentence.start : x.start])
        ),
        None,
    )
