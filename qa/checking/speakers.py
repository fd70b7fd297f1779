"""Who says what in a claim and in its quotes: each act of speech with its speaker and its words.

The acts come from the cue finder that reads articles (``qa.attribution.cues``), so a verb that is known to
attribution is known to the check.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.attribution.asides import may_act
from qa.attribution.coreference import Cast
from qa.attribution.cues import cues
from qa.attribution.mentions import Mention
from qa.attribution.quotations import masked, quotations
from qa.attribution.speech import Cue
from qa.text.lazily import lazily
from qa.text.lexicon.bodies import BODIES, DOCUMENTS
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.people import PERSONS, plural
from qa.text.lexicon.peoples import NATIONS
from qa.text.lexicon.speech import SAYINGS, verbs
from qa.text.sentences import sentence_spans
from qa.text.terms import STOP, tokens

_SPEAKING = PERSONS | BODIES - DOCUMENTS
_ROLE = lazily(alternatives({*_SPEAKING, *map(plural, _SPEAKING)}), re.IGNORECASE)
_POSSESSIVE = lazily(rf"[’']s?\s+(?:\w+\s+)?{alternatives(f'{w}{s}' for w in SAYINGS for s in ('', 's'))}\b")


@dataclass(frozen=True, slots=True)
class Saying:
    """One act of speech. ``speaker``: the terms of the names (or of the role) that stand for who speaks;
    empty where none is found. ``content``: the terms of its clause, names and all."""

    speaker: frozenset[str]
    content: frozenset[str]
    start: int
    named: bool = False  # a person or a body by name, not by a role alone


@dataclass(frozen=True, slots=True)
class _Read:
    """A text with its quotations masked, its sentences and the mentions of each."""

    bare: str
    sentences: tuple[tuple[int, int, tuple[Mention, ...]], ...]


# What shows that the word a sentence begins with is a name: it owns, acts or has something said of it.
_FIRST = lazily(r"([A-ZÀ-Þ][\w-]*)(?:[’']s\b|,|\s+(?P<next>[\w’'-]+))?")
_ACTS = frozenset(
    (
        *(f for v in verbs("words", "deed") for f in v.finite),
        *("has", "had", "have", "is", "was", "will", "also", "himself", "herself"),
    )
)


def _first_name(bare: str, start: int, end: int) -> str | None:
    """The word that a sentence begins with, where what follows shows that it is a name."""
    m = _FIRST.match(bare, start, end)
    if m is None or m.end() == m.end(1):
        return None
    word, after = m[1], m["next"]
    acts = after is None or after in _ACTS or after.endswith("ed")
    plain = word.casefold() in STOP or word in NATIONS or _ROLE.fullmatch(word)
    return word if acts and not plain else None


_DENIED = lazily(r"\b(?:neither|nobody|no one)\b[^,;:]*$", re.IGNORECASE)


def _read(text: str, known: frozenset[str] = frozenset()) -> _Read:
    bare = masked(text, quotations(text, 0, len(text)), len(text))
    spans = sentence_spans(text)
    names = {w for a, b in spans if (w := _first_name(bare, a, b)) is not None}
    cast = Cast(bare, spans, [], known | names)
    return _Read(bare, tuple((a, b, tuple(cast.mentions(bare, a, b))) for a, b in spans))


def _terms(text: str) -> frozenset[str]:
    return frozenset(t for a, b, t in tokens(text) if text[a:b].casefold() not in STOP)


def _who(m: Mention) -> frozenset[str]:
    """The terms for a speaker; none for a document, which is nobody."""
    if m.kind == "role" and m.head in DOCUMENTS:
        return frozenset()
    return _terms(f"{m.role or ''} {m.name}")


def _subjects(bare: str, start: int, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that may be a subject: no preposition stands before them, and they own nothing."""
    return [m for m in mentions if m.kind != "pronoun" and may_act(bare, start, m)]


def _speaker(
    cue: Cue, subjects: Sequence[Mention], before: frozenset[str] | None, last: frozenset[str]
) -> frozenset[str]:
    """Whom a cue gives its words to: its mention; for a pronoun the subject of what was said before, for a
    verb without a subject of its own the speaker before it in the sentence."""
    if cue.who is not None and cue.who.kind != "pronoun":
        return _who(cue.who)
    ahead = [m for m in subjects if m.end <= cue.start and m.kind in ("person", "body")]
    if cue.who is None:
        near = ahead or [m for m in subjects if m.end <= cue.start] or list(subjects)
        return before or (_who(near[0]) if near else last)
    return before or (_who(ahead[0]) if ahead else last)


def sayings(text: str) -> list[Saying]:
    """Every act of speech in a text, in order."""
    read = _read(text)
    found: list[Saying] = []
    last: frozenset[str] = frozenset()
    names: set[str] = set()
    for start, end, mentions in read.sentences:
        subjects = _subjects(read.bare, start, mentions)
        names |= {t for m in mentions if m.kind in ("person", "body") for t in _terms(m.name)}
        places: list[tuple[int, frozenset[str]]] = []
        before: frozenset[str] | None = None
        for cue in cues(read.bare, start, end, list(mentions)):
            if _DENIED.search(read.bare[start : cue.start]):
                continue
            before = _speaker(cue, subjects, before, last)
            places.append((cue.start, before))
        places += [
            (m.start, _who(m))
            for m in mentions
            if m.kind in ("person", "body") and _POSSESSIVE.match(read.bare, m.end - 2)
        ]
        places.sort(key=lambda place: place[0])
        for k, (at, who) in enumerate(places):
            # of two acts in one sentence each has the words up to the next; the first has those before it too
            left = start if k == 0 else at
            right = places[k + 1][0] if k + 1 < len(places) else end
            content = frozenset(t for _, _, t in tokens(text[left:right]))
            found.append(Saying(who, content, at, bool(who & names)))
        named = next((w for _, w in places if w), None) or next(
            (_who(m) for m in subjects if m.kind in ("person", "body")), None
        )
        last = named or last
    return found


def contradicts(text: str, speaker: str, role: str | None) -> bool:
    """Whether a text names who speaks in it, and it is nobody whom ``speaker`` and ``role`` describe."""
    ours = _terms(f"{speaker} {role or ''}")
    named = [s.speaker for s in sayings(text) if s.named]
    return bool(named) and not any(who & ours for who in named)


def misattributed(
    claim: str, quotes: list[str], voiced_parts: Sequence[tuple[str | None, str | None, str]] = ()
) -> bool:
    """Whether the claim gives words to somebody who, by its quotes, did not say them: to a name that is
    not in them, to one person where the act of saying that shares most words with the claim has another,
    or to a person where those words are the outlet's own. Where the quotes leave it open (a verb that is
    not known, a role that may be the person named), it is not held against the claim. ``voices``:
    (speaker, role, words) of the parts of the quotes by their articles; the part that shares most words
    with what is claimed must be this speaker's."""
    said = [s for s in sayings(claim) if s.speaker]
    if not said:
        return False
    acts = [s for q in quotes for s in sayings(q)]
    present = {t for q in quotes for _, _, t in tokens(q)}
    for saying in said:
        score_speech = _by_article(saying, voiced_parts)
        if score_speech is not None:
            if not score_speech:
                return True
            continue
        if not saying.speaker & present:
            return True
        if not acts and not any(
            _may_be(saying.speaker, subject) for q in quotes for subject in _first_subjects(q)
        ):
            return True  # nobody speaks in the quotes, and they are not about this person either
        own = saying.content - saying.speaker
        best = max((len(own & (a.content - a.speaker)) for a in acts), default=0)
        narrated = max(
            (len(own & {t for _, _, t in tokens(part)}) for q in quotes for part in _narration(q)), default=0
        )
        if acts and narrated > best:
            return True
        nearest = [a for a in acts if len(own & (a.content - a.speaker)) == best]
        if nearest and all(a.speaker and not _may_be(saying.speaker, a.speaker) for a in nearest):
            return True
    return False


def _by_article(saying: Saying, voiced_parts: Sequence[tuple[str | None, str | None, str]]) -> bool | None:
    """Whether the part of the quotes that shares most words with an act of saying is its speaker's. None
    where that is open: parts of this speaker and of others share as many, the claim gives a role only,
    or the speaker is named in another's words (the rules of the sentence decide)."""
    own = saying.content - saying.speaker
    parts = []
    for name, role, words in voiced_parts:
        held = {t for _, _, t in tokens(words)}
        who = frozenset(t for _, _, t in tokens(f"{name or ''} {role or ''}"))
        right = (
            True
            if saying.speaker & who
            else None
            if saying.speaker & held or all(_ROLE.fullmatch(t) for t in saying.speaker)
            else False
        )
        parts.append((len(own & held), right))
    best = max((n for n, _ in parts), default=0)
    found = {right for n, right in parts if n == best}
    return found.pop() if best and len(found) == 1 else None


def _first_subjects(text: str) -> list[frozenset[str]]:
    """The first name or role of each sentence that no preposition stands before."""
    read = _read(text)
    firsts = (next(iter(_subjects(read.bare, a, found)), None) for a, _, found in read.sentences)
    return [_who(m) for m in firsts if m is not None]


def _may_be(one: frozenset[str], other: frozenset[str]) -> bool:
    """The same person, or a role for a name."""
    return bool(one & other) or all(_ROLE.fullmatch(t) for t in one) != all(_ROLE.fullmatch(t) for t in other)


def _narration(text: str) -> list[str]:
    """The sentences of a text in which nobody is said to speak."""
    spans = sentence_spans(text)
    acts = [s.start for s in sayings(text)]
    return [text[a:b] for a, b in spans if not any(a <= at < b for at in acts)]
