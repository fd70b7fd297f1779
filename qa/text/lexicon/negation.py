"""Words that deny, as rows: the word, how it denies; every user asks for the kinds that it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa.text.lexicon.build import alternatives

How = Literal["particle", "modal", "quantity", "bare", "preposition", "verb", "phrase"]


@dataclass(frozen=True, slots=True)
class Negator:
    """``particle``: denies the verb it stands at ("not"), ``modal`` with what it can or does ("cannot");
    ``quantity``: denies that there is anybody ("nobody"); ``bare``: denies only the noun behind it or is one
    ("no", "nothing"); ``verb``: a deed that is a denial ("refuse", all its forms)."""

    word: str
    how: How
    forms: tuple[str, ...] = ()


NEGATORS: tuple[Negator, ...] = (
    Negator("not", "particle"),
    Negator("never", "particle"),
    Negator("cannot", "modal"),
    Negator("no longer", "modal"),
    Negator("nor", "quantity"),
    Negator("neither", "quantity"),
    Negator("hardly", "modal"),
    Negator("no", "bare"),
    Negator("none", "quantity"),
    Negator("nobody", "quantity"),
    Negator("no one", "quantity"),
    Negator("nothing", "bare"),
    Negator("without", "preposition"),
    Negator("unable", "phrase"),
    Negator("yet to", "phrase"),
    Negator("refuse", "verb", ("refuse", "refuses", "refused", "refusing", "refusal")),
    Negator("deny", "verb", ("deny", "denies", "denied", "denying")),
    Negator("reject", "verb", ("reject", "rejects", "rejected", "rejecting", "rejection")),
    Negator("dismiss", "verb", ("dismiss", "dismisses", "dismissed", "dismissing", "dismissal")),
    Negator("decline", "verb", ("decline", "declines", "declined", "declining")),
    Negator("fail", "verb", ("fail", "fails", "failed", "failing")),
)
CONTRACTED = r"n[’']t\b"  # "didn't"


def negators(*kinds: How, without: How | None = None) -> tuple[str, ...]:
    """The words of these kinds (all but ``without`` where none is named), verbs in all their forms."""
    return tuple(
        w
        for n in NEGATORS
        if (not kinds or n.how in kinds) and n.how != without
        for w in (n.forms or (n.word,))
    )


def negator_pattern(*kinds: How, without: How | None = None) -> str:
    """A group that matches one of ``negators``."""
    return alternatives(negators(*kinds, without=without))
