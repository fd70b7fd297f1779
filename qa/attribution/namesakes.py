"""Names that several share: "Jan and Vera Holt", whom "Holt" means of them, a department of many states."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence, Set

from qa.attribution.entities import Entity, is_forename, terms
from qa.attribution.mentions import Mention

NEAR = 800  # characters in which two holders of one office leave open which is meant

_WORD = re.compile(r"\w+")
_PAIR = re.compile(r"\b(?P<one>[A-ZÀ-Þ][a-zà-þ’-]+) and [A-ZÀ-Þ][a-zà-þ’-]+ (?P<family>[A-ZÀ-Þ][\w’-]+)\b")


def pairs_in(text: str) -> dict[int, str]:
    """Place of a forename that shares the family name of the one behind it -> its full name: "Jan and Vera
    Holt". A word that stands anywhere else is a name of its own ("Brandt and Vera Holt")."""
    found = {m.start("one"): m for m in _PAIR.finditer(text)}
    unsure = {m["one"] for m in found.values() if not is_forename(m["one"])}
    often = _occurrences(unsure, text)
    return {
        at: f"{m['one']} {m['family']}"
        for at, m in found.items()
        if m["one"] not in unsure or often[m["one"]] == 1
    }


def _occurrences(names: Set[str], text: str) -> Counter[str]:
    """How often each of the names stands in the text as a word, in one pass; hyphen and apostrophe end a
    word, as they do in ``\\b``."""
    if not names:
        return Counter()
    words = Counter(_WORD.findall(text))
    return Counter({name: words[name] if name.isalpha() else _whole(name, text) for name in names})


def _whole(name: str, text: str) -> int:
    return len(re.findall(rf"\b{re.escape(name)}\b", text))


def elsewhere(m: Mention, ours: tuple[str, ...], e: Entity) -> bool:
    """Whether a department that is named without its land, far behind one with it, may be another's, as in a
    digest of states: "the Department of Health" is not the Maine Department of Health of a page before."""
    shorter = m.kind == "body" and len(ours) < len(terms(e.name)) and _OF_BODY.search(m.name) is not None
    return shorter and m.start - e.latest(m.start) > NEAR


_OF_BODY = re.compile(r"\s(?:of|for)\s")


def latest_first(entities: Sequence[Entity], at: int) -> list[Entity]:
    """Entities by where they were named last up to a place, the latest first."""
    return sorted(entities, key=lambda e: -e.latest(at))


FAR_MORE = 4  # times as often as another of the family is named, from where on the family name alone is hers
RECENT = 300  # characters in which a full name is still meant by its family name


def one_of_a_name(able: Sequence[Entity], m: Mention, titled: bool) -> Entity | None:
    """Whom a family name means of those who bear it, the latest first: whom it was read as before, who was
    named just before, or whom the article names far more often. None where "Mr. Holt" may be any of them."""
    known = next((e for e in able if m.start in e.seen), None)
    if known is not None or len(able) == 1:
        return known or able[0]
    alone = next((e for e in able if titled and len(terms(e.name)) == 1), None)
    if alone is not None:
        return alone
    # Places at which a family name was read count too: "the Holt family" tells nothing of Jan or Vera.
    often = sorted(able, key=lambda e: -bisect_right(e.seen, m.start))
    most, next_most = (bisect_right(e.seen, m.start) for e in often[:2])
    if not titled and most >= FAR_MORE * next_most:
        return often[0]
    if not titled and able[0].latest(m.start) > m.start - RECENT:
        return able[0]
    if most >= (FAR_MORE if titled else 2) * next_most:
        return often[0]
    return None if titled else able[0]
