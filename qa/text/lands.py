"""Names of one land: "British", "Britons", "UK" and "London" are as good as "Britain" where it only matters
whether a text speaks of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from qa.text.lexicon.peoples import PEOPLES, SEATS
from qa.text.terms import terms

# Of names of several words those that other names have too: "United States", "Soviet Union".
_COMMON = frozenset(terms("united states union arabia new south sri"))


@lru_cache(maxsize=1)
def same_land() -> Mapping[str, frozenset[str]]:
    """Term of a land, of its people, of the seat of its government -> all of these."""
    found: dict[str, set[str]] = defaultdict(set)
    for people in PEOPLES:
        own = (people.adjective, people.people, people.country, people.short, SEATS.get(people.country, ""))
        together = {term for name in own for term in terms(name)} - _COMMON
        for term in together:
            found[term] |= together
    return {term: frozenset(names) for term, names in found.items()}
