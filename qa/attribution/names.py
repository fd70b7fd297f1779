"""The mentions of a stretch of text: persons and bodies with the roles beside them, roles alone, pronouns.

Rules over capitals, titles and appositions.
(The cues are those of Elson & McKeown 2010 and of O'Keefe et al. 2012; no parser, no model.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qa.attribution.apposed import joined
from qa.attribution.kinds import THE, Run, bare_name, is_head, named_by
from qa.attribution.mentions import CAPITAL, Mention
from qa.attribution.roles import roles
from qa.attribution.runs import is_common, opens, words_of_name
from qa.text.lexicon.bodies import BODIES
from qa.text.lexicon.calendar import CALENDAR_WORD
from qa.text.lexicon.forenames import GENDERS, forenames
from qa.text.lexicon.people import ABBREVIATED_TITLES, FAMILY_NAMES, GENERATIONS, JOINED, is_person
from qa.text.wordlist import english

# "I" only where somebody acts, so that "World War I" has none.
_PRONOUN = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\b|\b[Ww]e\b(?=\s+[a-z])|(?:^|(?<=[a-z,¤:;—] )|(?<=[.¤] ))I(?=\s+[a-z])"
)


_HANDLE = re.compile(r"(?<![\w.])@\w{2,}")  # whose account it is: "tweeted @arlen_baker"


def mentions_in(text: str, start: int, end: int, known: frozenset[str]) -> list[Mention]:
    """The mentions of a stretch that begins a sentence, in order, names joined with the roles and titles
    beside them. ``known``: words that are names though a sentence begins with them."""
    alone = list(roles(text, start, end))
    names = [m for m in _named(text, start, end, known) if not any(_is_within(m, r) for r in alone)]
    pronouns = [
        Mention(start + m.start(), start + m.end(), "pronoun", head=m.group().lower())
        for m in _PRONOUN.finditer(text[start:end])
    ]
    names += [
        Mention(m.start(), m.end(), "person", name=m.group()) for m in _HANDLE.finditer(text, start, end)
    ]
    alone = [r for r in alone if not any(m.start < r.end and r.start < m.end for m in names)]
    return joined(text, sorted([*names, *pronouns, *alone], key=lambda m: m.start))


def _is_within(m: Mention, other: Mention) -> bool:
    """Whether a mention is a part of another: "Arlen" of "the Arlen council"."""
    span = (m.start, m.end)
    return other.start <= m.start and m.end <= other.end and span != (other.start, other.end)


# --- the names in runs of capitals ---

# Words of a family name that have no capital, one or two of them: "von der Leyen", "de la Cruz".
_PARTICLE = r"(?:de|van|von|der|den|ter|zu|al|bin|ibn|da|di|do|du|das|dos|del|la|las|le|los)[ \u00a0]"
_RUN = re.compile(
    rf"{CAPITAL}(?:(?:[ \u00a0]{{1,2}}(?:&[ \u00a0]+)?|[ \u00a0](?:(?:{_PARTICLE}){{1,2}}|"
    rf"(?:of|of the|for|for the)[ \u00a0])"
    rf"|(?:(?<=ommittee)|(?<=ommission)|(?<=ouncil))[ \u00a0]on[ \u00a0](?:the[ \u00a0])?)(?:{CAPITAL}))*"
)
_WORD = re.compile(r"[^\s\u00a0]+")


def _named(text: str, begin: int, end: int, known: frozenset[str]) -> Iterator[Mention]:
    """The names in ``text[begin:end]``, a stretch that begins a sentence, and roles written like names.
    ``known``: words that are names though a sentence begins with them."""
    done = begin
    runs = [m.span() for m in _RUN.finditer(text, begin, end)]
    for k, run in enumerate(runs):
        if run[0] < done:
            continue  # the second half of the one before
        joint = _joint(text, begin, run, runs[k + 1]) if k + 1 < len(runs) else None
        if joint is not None:
            done = joint.end
            yield joint
        else:
            yield from _in_run(text, begin, *run, known)


_AND = re.compile(r"[ \u00a0]and[ \u00a0]")
_OF = re.compile(r"[ \u00a0](?:of|for)[ \u00a0]")
_LEAD = re.compile(r"The[ \u00a0]+")


def _joint(text: str, begin: int, one: tuple[int, int], two: tuple[int, int]) -> Mention | None:
    """A body whose name holds an "and": "the Centers for Disease Control and Prevention", "the Food and Drug
    Administration"; None where two stand beside each other ("the FBI and Lund")."""
    if _AND.fullmatch(text, one[1], two[0]) is None:
        return None
    lead = _LEAD.match(text, *one)
    start = lead.end() if lead else one[0]
    words = text[two[0] : two[1]].split()
    if len(words) > 1 and CALENDAR_WORD.fullmatch(words[-1]):
        words.pop()
    first, behind = text[start : one[1]].split(), [w.casefold() for w in words]
    of = _OF.search(text, start, one[1])
    if of is not None and is_head(text[start : of.start()].split()[-1].casefold()):
        return _holder(text, start, two)
    if not first or not words or any(w in GENDERS or is_head(w) for w in behind):
        return None
    name = Mention(start, two[0] + len(" ".join(words)), "body")
    name = replace(name, name=text[name.start : name.end])
    if of is not None:  # "Department of Health and Human Services"
        office = text[start : of.start()].split()[-1].casefold()
        able = (office in BODIES or office.removesuffix("s") in BODIES) and len(words) <= 3
        able = able and (behind[-1] not in BODIES or behind[-1] == "services")
        return name if able and all(w in english() for w in behind) else None
    article = lead is not None or THE.search(text, max(begin, start - 5), start) is not None
    able = behind[-1] in BODIES and len(words) > 1 and len(first) <= 3
    last = first[-1].casefold()
    return name if able and article and last in english() and last not in BODIES else None


def _holder(text: str, start: int, two: tuple[int, int]) -> Mention | None:
    """Who holds an office of two matters: "Minister of the Interior and Safety Ida Holt"."""
    words = text[two[0] : two[1]].split()
    first = next((k for k, w in enumerate(words) if k and w.casefold() in forenames()), len(words) - 2)
    if first < 1:
        return None
    name = " ".join(words[first:])
    return Mention(
        start, two[1], "person", name=bare_name(name), role=text[start : two[1] - len(name)].strip()
    )


def _in_run(text: str, begin: int, start: int, end: int, known: frozenset[str]) -> Iterator[Mention]:
    """The names in a run of capitals: "Minister of Transport" is one name, "Putin of Russia" two."""
    words = [m.span() for m in _WORD.finditer(text, start, end)]
    if (owner := _owner(text, words)) is not None:
        yield from _in_run(text, begin, start, words[owner][1], known)
        yield from _in_run(text, begin, words[owner + 1][0], end, known)
        return
    first = text[slice(*words[0])].casefold()
    body = first in JOINED and not is_head(first)  # "Church of Jesus Christ of Latter-day Saints"
    for k, (a, b) in enumerate(words):
        if (
            text[a:b] in ("of", "for")
            and k
            and not (body and k > 2)
            and text[slice(*words[k - 1])].casefold() not in JOINED
        ):
            yield from _in_run(text, begin, start, words[k - 1][1], known)
            rest = k + 1 if text[slice(*words[k + 1])] != "the" else k + 2
            yield from _in_run(text, begin, words[rest][0], end, known)
            return
    run = _run(text, begin, words, known)
    if run is not None:
        yield named_by(run)


def _owner(text: str, words: list[tuple[int, int]]) -> int | None:
    """The number of the word with which the person ends to whom the rest of a run belongs: "Judge Ida Holt’s
    Senate", "Joe Biden’s White House"; None in "King’s College" and "Leon County Sheriff’s Office"."""
    first = text[slice(*words[0])].rstrip(".").casefold()
    if not (is_person(first) or first in forenames() or first in ABBREVIATED_TITLES):
        return None
    found = (k for k, (a, b) in enumerate(words[1:-1], 1) if text[b - 2 : b] in ("’s", "'s"))
    owner = next(found, None)
    return None if owner is None or is_head(text[words[owner][0] : words[owner][1] - 2].casefold()) else owner


_STATE = re.compile(r"(?:[A-Z]\.){2,}")
_PLACE_BEFORE = re.compile(r"[A-Z][\w’-]+,\s+$")
_ABBREVIATED = re.compile(r"(?<!&)\b[A-Z]\.$|\b(?:Jr|Sr|Inc|Ltd|Co|Corp|Bros)\.$")


def _run(text: str, begin: int, words: list[tuple[int, int]], known: frozenset[str]) -> Run | None:
    """A run without the words before and behind its name; None where nothing is left that is a name."""
    words = words_of_name(text, begin, words, known)
    if not words:
        return None
    a, b = words[0][0], words[-1][1]
    if _STATE.fullmatch(text[a:b]) and _PLACE_BEFORE.search(text[begin:a]):
        return None  # "Arlen, R.I."
    if text[b - 1] == "." and not _ABBREVIATED.search(text[a:b]):
        b -= 1
    if len(words) == 1 and is_common(text, begin, a, b, known):
        return None
    parts = text[a:b].split()
    low = [p.rstrip(".,").casefold() for p in parts]
    heads = [k for k, w in enumerate(low) if is_head(w) and not (k and _ends_in_number(low[k + 1 :]))]
    if len(heads) == 1 and heads[0] == len(low) - 1 and low[0] in forenames():
        heads = []  # "Billie Jean King"
    if (
        heads == [1]
        and len(low) == 2
        and low[1] in FAMILY_NAMES
        and low[0] not in english()
        and parts[0].istitle()
    ):
        heads = []  # "Willem Cook"
    if not heads and _begins_with_role(low) and opens(text, begin, a):
        heads = [0]
    return Run(text, begin, a, b, words[-2][0] if len(words) > 1 else a, parts, low, heads, known)


def _ends_in_number(behind: list[str]) -> bool:
    """Whether a name ends with a word, whatever it means: "Martin Luther King Jr."."""
    return bool(behind) and GENERATIONS.issuperset(behind)


def _begins_with_role(low: list[str]) -> bool:
    """Whether a sentence may begin with a role that only looks like a name: "Shopkeeper Mina Hill"."""
    return len(low) > 1 and is_person(low[0]) and low[0] in english() and low[0] not in forenames()
