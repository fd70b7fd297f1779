"""Who says what in a text: each verb of saying with its speaker and the words that hang on it.

Rules over the order of words (Elson & McKeown 2010 and the quotation literature after it use the same
cues: a verb of saying, its nearest name, the side it stands on); no parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.text.lexicon.bodies import BODIES, DOCUMENTS
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import CALENDAR_WORD
from qa.text.lexicon.negation import CONTRACTED, negator_pattern
from qa.text.lexicon.people import PERSONS, plural
from qa.text.lexicon.speech import SAYINGS, Verb, verb_pattern
from qa.text.sentences import sentence_spans
from qa.text.terms import STOP, tokens
from qa.text.wordlist import english


def _single(verb: Verb) -> tuple[str, ...]:
    """The forms that one token can show to be a verb: no noun, without a particle."""
    return tuple(f.split()[0] for f in verb.forms if "noun" not in verb or f not in verb.present)


_VERBS = re.compile(verb_pattern("words", "deed", "mind", without=("as",), of=_single), re.IGNORECASE)
_OF = re.compile(r"\b(?:according to|in the words of|in the view of|in the opinion of)\s+", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:he|she|they)", re.IGNORECASE)
_SPEAKING = PERSONS | BODIES - DOCUMENTS
_ROLE = re.compile(alternatives({*_SPEAKING, *map(plural, _SPEAKING)}), re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|be|being)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_BY = re.compile(r"^\s+(?:\w+\s+){0,3}?by\s+", re.IGNORECASE)
_NO_ACT = re.compile(
    r"\b(?:to|must|should|would|will|may|might|can|could|cannot|an?|the|this|that|its|his|her|their|any|no|such|\w+[’']s)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_DENIES = negator_pattern("particle", "quantity")
_DENIED = re.compile(rf"\b{_DENIES}\b[^,;:]*$|{CONTRACTED}[^,;:]*$", re.IGNORECASE)
_NOUN = rf"{alternatives(SAYINGS)}s?"
_MADE = re.compile(
    rf"\b(?:made|makes|issued|issues|gave|delivered|published)\s+(?:\w+\s+){{0,3}}?{_NOUN}\b", re.IGNORECASE
)
_POSSESSIVE = re.compile(rf"[’']s?\s+(?:\w+\s+){{0,1}}?{_NOUN}\b", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\b(?:from|in|at|to|with|by|on|for|about|against|into|near|over|under|of)\s+(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?:^|[,;:—–(“\"]\s*(?:and\s+|but\s+|while\s+|where\s+|when\s+)?)(?:the\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Saying:
    """One verb of saying. ``speaker``: the terms of the names (or of the role) that stand for who
    speaks; empty where none is found. ``content``: the terms of its clause, names and all."""

    speaker: frozenset[str]
    content: frozenset[str]
    start: int


@dataclass(frozen=True, slots=True)
class _Group:
    """A run of capitalised words, or a word for a role."""

    start: int
    end: int
    terms: frozenset[str]
    name: bool
    subject: bool  # no preposition stands before it
    opens: bool  # a clause begins with it
    weak: bool = False  # perhaps capitalised only because the sentence begins


def _groups(text: str, start: int, end: int) -> list[_Group]:
    found: list[_Group] = []
    for a, b, term in tokens(text[start:end]):
        a, b = a + start, b + start
        word = text[a:b]
        name = word[0].isupper() and word.casefold() not in STOP
        if not (name or _ROLE.fullmatch(word)) or CALENDAR_WORD.fullmatch(word):
            continue
        if found and re.fullmatch(r"[\s\u00a0]+(?:de |van |von |al-|of |of the )?", text[found[-1].end : a]):
            last = found[-1]
            found[-1] = _Group(
                last.start, b, last.terms | {term}, last.name or name, last.subject, last.opens
            )
        else:
            before = text[start:a]
            found.append(
                _Group(
                    a,
                    b,
                    frozenset({term}),
                    name,
                    not _PREPOSITION.search(before),
                    bool(_CLAUSE.search(before)),
                )
            )
    if (
        found
        and found[0].start == start
        and len(found[0].terms) == 1
        and not _VERBS.match(text[found[0].end :].lstrip())
    ):
        word = text[found[0].start : found[0].end]
        if (
            f" {word}" not in text
            and word.lower() in english()
            and not re.match(
                r"\s*,|[’']s\b|\s+(?:has|had|have|is|was|will|also|himself|herself|\w+ed)\b",
                text[found[0].end : end],
            )
        ):
            found[0] = replace(found[0], weak=True)
    return found


def sayings(text: str) -> list[Saying]:
    """Every act of saying in a text, in order. A pronoun stands for the subject of what was said before."""
    found: list[Saying] = []
    last: frozenset[str] = frozenset()
    for start, end in sentence_spans(text):
        groups = _groups(text, start, end)
        places: list[tuple[int, frozenset[str]]] = []
        for m in _OF.finditer(text, start, end):
            if after := next((g for g in groups if 0 <= g.start - m.end() <= 60), None):
                places.append((m.start(), after.terms))
        for group in groups:
            if _POSSESSIVE.match(text, group.end - 2) or _POSSESSIVE.match(text, group.end):
                places.append((group.start, group.terms))
        for m in _MADE.finditer(text, start, end):
            places.append(
                (m.start(), _subject(text, start, m.start(), m.end(), end, groups, last) or frozenset())
            )
        before: frozenset[str] | None = None
        for a, b, _ in tokens(text[start:end]):
            if (
                not _VERBS.fullmatch(text[start + a : start + b])
                or _NO_ACT.search(text[start : start + a])
                or _DENIED.search(text[start : start + a])
            ):
                continue
            joined = (
                before if before and re.search(r"\band\s+(?:\w+ly\s+)?$", text[start : start + a]) else None
            )
            who = joined or _subject(text, start, start + a, start + b, end, groups, last)
            if who is not None:
                places.append((start + a, who))
                before = who
        places.sort(key=lambda place: place[0])
        for k, (at, who) in enumerate(places):
            # of two acts in one sentence each has the words up to the next; the first has those before it too
            left = start if k == 0 else at
            right = places[k + 1][0] if k + 1 < len(places) else end
            found.append(Saying(who, frozenset(t for _, _, t in tokens(text[left:right])), at))
        named = next((w for _, w in places if w), None) or next(
            (g.terms for g in groups if g.name and g.subject and not g.weak), None
        )
        if named:
            last = named
    return found


def _subject(
    text: str, start: int, verb: int, verb_end: int, end: int, groups: list[_Group], last: frozenset[str]
) -> frozenset[str] | None:
    """Who does the saying of the verb at ``verb``; None where it is no saying after all."""
    before = text[start:verb]
    if _PASSIVE.search(before):
        if by := _BY.match(text[verb_end:end]):
            agent = next((g for g in groups if 0 <= g.start - (verb_end + by.end()) <= 40), None)
            return agent.terms if agent else frozenset()
        return None  # "is called", "was described": nobody is named
    inverted = re.match(r"[”\"’,]*\s+(?=[A-Z]|the\s)", text[verb_end:end])
    after = next((g for g in groups if 0 <= g.start - verb_end <= 24), None)
    if inverted and after and re.search(r"[,”\"]\s*$", before):
        return after.terms  # "…," said X
    nearest = [g for g in groups if g.end <= verb]
    subjects = [g for g in nearest if g.subject]
    pronoun = next(
        (
            start + m.start()
            for m in reversed(list(re.finditer(r"\b[A-Za-z]+\b", before)))
            if _PRONOUN.fullmatch(m.group())
        ),
        None,
    )
    if pronoun is not None and (not nearest or pronoun > nearest[-1].end):
        earlier = [g for g in subjects if g.end <= pronoun and g.name and not g.weak]
        opening = [g for g in earlier if g.opens]
        return (opening or earlier)[-1].terms if earlier else last
    if re.search(r"\band\s+(?:\w+ly\s+)?$", before) and subjects:
        return next(
            (g for g in subjects if g.name), subjects[0]
        ).terms  # "X hit back and said": the sentence's subject
    # "Peskov, the spokesman, said": the name in the clause wins over the word for the role beside it
    clause = [
        g for g in subjects if not re.search(r"[;:”]|\b(?:that|who|which|while|but)\b", text[g.end : verb])
    ]
    pool = clause or subjects[-1:]
    if not pool:
        return frozenset()
    chosen = ([g for g in pool if g.name] or pool)[-1]
    at = subjects.index(chosen)
    if (
        at
        and re.fullmatch(r",\s+(?:the\s+|an?\s+|its\s+|then\s+)?", text[subjects[at - 1].end : chosen.start])
        and text[chosen.end : verb].lstrip().startswith(",")
    ):
        return subjects[at - 1].terms | chosen.terms  # "Brandt, the mayor of Norvik, said"
    return chosen.terms


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
    firsts = (
        next((g.terms for g in _groups(text, a, b) if g.subject), None) for a, b in sentence_spans(text)
    )
    return [f for f in firsts if f]


def _may_be(one: frozenset[str], other: frozenset[str]) -> bool:
    """The same person, or a role for a name."""
    return bool(one & other) or all(_ROLE.fullmatch(t) for t in one) != all(_ROLE.fullmatch(t) for t in other)


def _narration(text: str) -> list[str]:
    """The sentences of a text in which nobody is said to speak."""
    spans = sentence_spans(text)
    acts = [s.start for s in sayings(text)]
    return [text[a:b] for a, b in spans if not any(a <= at < b for at in acts)]
