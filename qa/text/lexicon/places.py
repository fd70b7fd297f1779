"""Names of places that a newspaper prints without saying what they are, and nouns that make a name one."""

from __future__ import annotations

from qa.text.lexicon.peoples import PEOPLES

STATES: tuple[str, ...] = (
    *("Alabama", "Alaska", "Arizona", "Arkansas", "California", "Colorado", "Connecticut", "Delaware"),
    *(
        "Florida",
        "Hawaii",
        "Idaho",
        "Illinois",
        "Indiana",
        "Iowa",
        "Kansas",
        "Kentucky",
        "Louisiana",
        "Maine",
    ),
    *("Maryland", "Massachusetts", "Michigan", "Minnesota", "Mississippi", "Missouri", "Montana", "Nebraska"),
    *("Nevada", "New Hampshire", "New Jersey", "New Mexico", "New York", "North Carolina", "North Dakota"),
    *("Ohio", "Oklahoma", "Oregon", "Pennsylvania", "Rhode Island", "South Carolina", "South Dakota"),
    *("Tennessee", "Texas", "Utah", "Vermont", "West Virginia", "Wisconsin", "Wyoming"),
)
CITIES: tuple[str, ...] = (
    *(
        "Athens",
        "Atlanta",
        "Baghdad",
        "Beijing",
        "Belfast",
        "Berlin",
        "Boston",
        "Brussels",
        "Cairo",
        "Chicago",
    ),
    *(
        "Cleveland",
        "Dallas",
        "Damascus",
        "Delhi",
        "Denver",
        "Detroit",
        "Dubai",
        "Dublin",
        "Edinburgh",
        "Geneva",
    ),
    *(
        "Hong Kong",
        "Houston",
        "Istanbul",
        "Jerusalem",
        "Kabul",
        "Kyiv",
        "Kiev",
        "Las Vegas",
        "Lisbon",
        "London",
    ),
    *("Los Angeles", "Madrid", "Manhattan", "Miami", "Milan", "Moscow", "Munich", "New Orleans", "Oslo"),
    *("Ottawa", "Paris", "Philadelphia", "Prague", "Rome", "San Francisco", "Seattle", "Seoul", "Shanghai"),
    *("Stockholm", "Tehran", "Tokyo", "Toronto", "Vienna", "Warsaw", "Zurich"),
)
MORE_LANDS: tuple[str, ...] = ("Costa Rica", "Puerto Rico", "Sri Lanka", "South Africa", "New Zealand")
PLACES = frozenset((*STATES, *CITIES, *MORE_LANDS, *(p.country for p in PEOPLES)))
PLACE_NOUNS = frozenset(
    """airport avenue bay beach boulevard bridge city coast county creek district east falls forest harbor
    harbour highway hills hotel island islands kingdom lake lawn mountain mountains north ocean park peninsula
    plaza port province region republic river road sea south square stadium state states station street
    terminal territory tower town valley village west""".split()
)


def is_place(name: str) -> bool:
    """Whether a name is that of a place: in the table, or ending in a noun for one."""
    words = name.split()
    return name in PLACES or (len(words) > 1 and words[-1].casefold() in PLACE_NOUNS)
