"""Claims that contradict themselves: the words of a claim name one speaker, its attribution another. Names
are read by plain patterns here, apart from the program's own reading of who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.text.lexicon.speech import verb_pattern
from qa.types import Outcome

_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|''.*?(?:''|$)|‘[^’]*’")
_WORD = r"[A-ZÀ-Þ][\w’'-]*[\w](?<![’']s)"
_TITLE = r"(?:(?:Sen|Rep|Gov|Gen|Mr|Mrs|Ms|Dr)\. )?"
_NAME = rf"{_TITLE}(?P<who>{_WORD}(?: (?:[A-Z]\.|de|van|von|bin|al))?(?: {_WORD}){{0,3}})"
_SAID = verb_pattern("words", without=("told", "noun", "shows"), of=lambda v: v.finite)
_BEFORE = re.compile(
    rf"(?:^|[.,;:¤]\s+)(?:[a-z][\w-]*\s+){{0,3}}{_NAME}(?:, [^¤.;]{{3,160}},)?"
    rf"\s+(?:also\s+|later\s+)?{_SAID}\b"
)
# "told X" has X for a hearer.
_INVERTED = verb_pattern("words", without=("told", "noun", "shows", "hearer"), of=lambda v: v.finite)
# Behind the verb only what ends the clause is its subject: not "said Holt is late".
_ENDS = r"(?=\s*(?:[,.;:¤(]|$)|\s+(?:of|who|at|in|on|from)\b)"
_BEHIND = re.compile(rf"[,¤]\s+{_INVERTED}\s+(?:[a-z][\w-]*\s+){{0,4}}{_NAME}{_ENDS}")
_OF = re.compile(
    rf"\b[Aa]ccording to (?:the )?(?:(?:{_WORD}\s+)?(?:[a-z][\w-]*\s+){{1,4}}(?=[A-ZÀ-Þ]))?{_NAME}"
)
_LEADING = re.compile(r"^(?:The|A|An|But|And|On|In|As|When|While|After|Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\.?\s+")


def speakers_named(text: str) -> set[str]:
    """The last words of the names that a text says something of: "“…,” Jan Holt said" -> {"Holt"}."""
    bare = _QUOTED.sub("¤", text)
    found = set()
    for pattern in (_BEFORE, _BEHIND, _OF):
        for m in pattern.finditer(bare):
            name = m["who"]
            while (lead := _LEADING.match(name)) is not None:
                name = name[lead.end() :]
            if name and not re.fullmatch(r"(?:He|She|They|It|We|I|You|This|That|There|What)", name):
                found.add(name.split()[-1])
    return found


def contradictions(outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    """(claim, who is named in it, who is said to speak) of each claim that names one speaker and is
    attributed to another. Where several are named, or nobody by a name, nothing contradicts."""
    for claim in outcome.claims:
        said = claim.attribution
        if said is None or said.voice == "outlet" or not said.speaker[:1].isupper():
            continue
        named = speakers_named(claim.text)
        if len(named) == 1 and not named & set(re.findall(r"[\w’'-]+", said.speaker)):
            yield claim.text, next(iter(named)), said.speaker
