"""Whether quotes carry a claim: its figures, dates, names, negations and speakers must be found in them.

This is a check of surface facts, not of entailment: it cannot see every false claim, but what it drops
is not in the quotes. It is measured on hand-written claims, true and false (``eval/gold/drafts.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from qa.checking.speakers import misattributed, sayings
from qa.question.parsing import Question
from qa.question.type_match import holds
from qa.text.figures import amounts, figures, other_units
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import CALENDAR_NAMES, DEICTIC, PARTS_OF_DAY, SEASONS
from qa.text.lexicon.negation import CONTRACTED, negator_pattern
from qa.text.lexicon.people import PERSONS, TITLES
from qa.text.lexicon.peoples import PEOPLES
from qa.text.names import names
from qa.text.terms import STOP, terms, tokens
from qa.types import DraftClaim, DropReason

NEGATION = re.compile(
    rf"\b(?:{negator_pattern(without='bare')}|nothing|no(?!,))\b|{CONTRACTED}",
    re.IGNORECASE,
)
_OF_VERBS = re.compile(rf"{negator_pattern('particle', 'modal')}|n[’']t", re.IGNORECASE)
_ZONE = 4  # words after a negation that it may be about
_NO_FORENAMES = TITLES | PERSONS | {"foreign"}  # before a family name they are no first name


# Words that turn a statement round when one stands for the other.
_OPPOSITES = [
    ("confirm", "deny"),
    ("accept", "reject"),
    ("accept", "refuse"),
    ("agree", "refuse"),
    ("agree", "reject"),
    ("agree", "disagree"),
    ("support", "oppose"),
    ("approve", "reject"),
    ("increase", "decrease"),
    ("rise", "fall"),
    ("win", "lose"),
    ("begin", "end"),
    ("start", "stop"),
    ("start", "end"),
    ("open", "close"),
    ("allow", "ban"),
    ("allow", "forbid"),
    ("before", "after"),
    ("join", "leave"),
    ("strengthen", "weaken"),
    ("likely", "unlikely"),
    ("possible", "impossible"),
    ("praise", "criticise"),
    ("praise", "criticize"),
    ("raise", "lower"),
    ("gain", "lose"),
    ("arrive", "leave"),
    ("include", "exclude"),
    ("buy", "sell"),
    ("north", "south"),
    ("east", "west"),
    ("guilty", "innocent"),
    ("alive", "dead"),
    ("safer", "dangerous"),
]
_TIMES = re.compile(
    rf"\b(?:{alternatives((*DEICTIC, *PARTS_OF_DAY, *SEASONS))}|overnight|"
    rf"(?:last|next|this|previous|following) (?:week|month|year|night|day|weekend)|\w+ (?:ago|later))\b",
    re.IGNORECASE,
)


def _date_words(text: str) -> set[str]:
    """Months and weekdays, "may" and "march" only where they are capitalised; and times told by others
    ("yesterday", "last week")."""
    found = {w.lower() for w in re.findall(r"\b[A-Z][a-z]+\b", text) if w.lower() in CALENDAR_NAMES}
    return found | {re.sub(r"^over(?=night)", "", m.group().lower()) for m in _TIMES.finditer(text)}


def _turned(claim: str, together: str) -> bool:
    """A word of the claim whose opposite, and not itself, stands in the quotes."""
    ours, theirs = ({t for _, _, t in tokens(text)} for text in (claim, together))
    for pair in _OPPOSITES:
        a, b = (tokens(w)[0][2] for w in pair)
        for one, other in ((a, b), (b, a)):
            if (
                one in ours
                and other not in ours
                and other in theirs
                and one not in theirs
                and bool(NEGATION.search(claim)) == bool(NEGATION.search(together))
            ):
                return True
    return False


def _term(word: str) -> str:
    found = tokens(word)
    return found[0][2] if len(found) == 1 else ""


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """The term of a people -> that of its country, where they do not begin alike (those that do are found
    by their beginning)."""
    found = {}
    for people in PEOPLES:
        for land in (people.country, people.short):
            one, other = _term(people.adjective), _term(land)
            if one and other and one[:4] != other[:4]:
                found[one] = other
    return found


def _known(together: str) -> set[str]:
    """All terms of the quotes, with a people for its country and the other way round."""
    found = {term for _, _, term in tokens(together)} | set(terms(together))
    lands = _countries()
    return (
        found
        | {lands[t] for t in found if t in lands}
        | {people for people, land in lands.items() if land in found}
    )


def _alike(name: str, known: set[str]) -> bool:
    """ "Ukrainian" for "Ukraine": one beginning of five letters or more, and an ending of a people."""
    if not re.search(r"(?:ian|an|es|ish|i|n)$", name) and len(name) < 5:
        return False
    return any(
        len(k) >= 4
        and (name.startswith(k[: max(5, len(k) - 1)]) or k.startswith(name[: max(5, len(name) - 1)]))
        and abs(len(k) - len(name)) <= 4
        for k in known
    )


def _other_person(claim: str, together: str) -> bool:
    """A first name of one person of the quotes with the family name of another."""

    def pairs(text: str) -> list[tuple[str, str]]:
        found = tokens(text)
        return [
            (t, u)
            for (a, b, t), (c, d, u) in pairwise(found)
            if text[a].isupper()
            and text[c].isupper()
            and text[b:c].isspace()
            and text[a:b].casefold() not in STOP
            and text[a:b].casefold() not in _NO_FORENAMES
        ]

    quoted = pairs(together)
    for first, last in pairs(claim):
        if (first, last) in quoted:
            continue
        if (
            any(f == first and g != last for f, g in quoted)
            and any(g == last and f != first for f, g in quoted)
            and not re.search(
                rf"\b{re.escape(first)}\w*\W+(?:\w+\W+){{1,2}}{re.escape(last)}", together, re.IGNORECASE
            )
        ):
            return True
    return False


def _negated(text: str) -> list[tuple[str, list[str]]]:
    """Each negation with the terms of the words after it, as far as it may reach."""
    zones = []
    for m in NEGATION.finditer(text):
        rest = re.split(r"[.;!?]|,? but ", text[m.end() :], maxsplit=1)[0]
        zones.append((m.group(), [t for a, b, t in tokens(rest) if rest[a:b].casefold() not in STOP][:_ZONE]))
    return zones


def _flipped(claim: str, together: str) -> bool:
    """A negation of the claim that the quotes do not make, one of theirs about a word of the claim that
    the claim leaves out, or a word for its opposite ("realistic", "unrealistic")."""
    ours, theirs = _negated(claim), _negated(together)
    said = [t for _, _, t in tokens(together)]
    claimed = {t for _, _, t in tokens(claim)}
    reach = {t for _, zone in theirs for t in zone}
    opposites = {
        f"{prefix}{t}": t for t in claimed | set(said) if len(t) > 4 for prefix in ("un", "in", "im", "dis")
    }
    for opposite, plain in opposites.items():
        if (
            (opposite in claimed) != (opposite in said)
            and (plain in claimed) != (plain in said)
            and bool(ours) == bool(theirs)
        ):
            return True
    for word, zone in ours:
        if not theirs and not any(o in said and p in zone for o, p in opposites.items()):
            return True
        if (
            theirs
            and zone
            and _OF_VERBS.fullmatch(word)
            and zone[0] in said
            and zone[0] not in reach
            and not _reversed(zone[0], claim)
        ):
            return True
    for _, zone in theirs:
        if ours or not zone:
            continue
        if (
            zone[0] in claimed
            and said.count(zone[0]) == 1
            and not any(o in claimed and p == zone[0] for o, p in opposites.items())
        ):
            return True
    return False


def _reversed(head: str, claim: str) -> bool:
    """Two negations about one word ("cannot rule out", "not without") cancel each other."""
    return sum(head in zone for _, zone in _negated(claim)) > 1


_FIRST_PERSON = re.compile(r"\b(?:I|me|my|myself|[Ww]e|us|[Oo]ur|ourselves)\b")
_QUOTED = re.compile(r"[“\"].*?[”\"]|(?<!\w)[‘'].*?[’'](?!\w)", re.DOTALL)
LEAST = 3  # words of a quote that can prove a sentence


def unfit(claim: str, quotes: Sequence[str]) -> DropReason | None:
    """What a model's sentence may not be, whatever its quotes: somebody's own words told as the
    program's ("We will support her"), or one that rests on a name or a heading alone."""
    if all(len(q.split()) < LEAST for q in quotes):
        return "empty"
    return "speaker" if _FIRST_PERSON.search(_QUOTED.sub("", claim)) else None


def unsupported(
    claim: str, quotes: Sequence[str], voiced_parts: Sequence[tuple[str | None, str | None, str]] = ()
) -> DropReason | None:
    """The first thing in the claim that its quotes do not carry, or None. ``voices``: (speaker, role,
    words) of the parts of the quotes, as their articles tell it; a speaker whom the article names is
    known though the quote only says "he"."""
    together = "\n".join(quotes)
    flat = re.sub(r"\s+", " ", together)
    if re.sub(r"\s+", " ", claim).strip() in flat:
        return None  # the quote itself
    ours, theirs = figures(claim), figures(together)
    if missing := ours.keys() - theirs.keys():
        return "date" if all(re.fullmatch(r"(?:19|20)\d\d", y) for y in missing) else "number"
    if (
        any(bound and theirs[form] == -bound for form, bound in ours.items())
        or amounts(claim) - amounts(together)
        or other_units(claim, together)
    ):
        return "number"
    if _date_words(claim) - _date_words(together):
        return "date"
    known = _known(
        "\n".join([together, *(f"{speaker} {role or ''}" for speaker, role, _ in voiced_parts if speaker)])
    )
    foreign = {n for n in names(claim) - known if not _alike(n, known)}
    if foreign:
        return "speaker" if any(s.speaker & foreign for s in sayings(claim)) else "name"
    if _other_person(claim, together):
        return "name"
    if _flipped(claim, together) or _turned(claim, together):
        return "negation"
    return "speaker" if misattributed(claim, list(quotes), voiced_parts) else None


def on_question(question: Question, claim: DraftClaim) -> bool:
    """Whether a claim holds the kind of thing that is asked for, where that is a figure or a date; a
    denial may do without. Small models answer "how many minutes" with a sentence about the same call."""
    if question.asks not in ("number", "date") or NEGATION.search(claim.text):
        return True
    return any((holds(question, text) or 0.0) > 0 for text in (claim.text, *(q.text for q in claim.quotes)))
