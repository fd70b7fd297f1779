"""Extents of what is told: where in a sentence the words of one speaker end and those of the next begin, and
which clause alone is told."""

from __future__ import annotations

import re
from itertools import pairwise

from qa.attribution.acts import VERB, is_ing
from qa.attribution.narrator import AUXILIARIES
from qa.attribution.page import Page
from qa.attribution.pronouns import ACTS
from qa.attribution.quotations import MASK
from qa.attribution.speech import Cue, Speech
from qa.reading.chunker import Unit
from qa.text.lexicon.speech import verb_of

_SUBORDINATE = re.compile(
    r"(?:While|Although|Though|Whereas|When|As|Even (?:as|if|though|after|before)|If|Because|Once|Until"
    r"|(?:(?:\w+\s+)?(?:(?i:minutes|hours|days|weeks|months|years|moments|shortly|soon|just|long)\s+))?"
    r"(?:[Aa]fter|[Bb]efore|[Ss]ince))\s"
)
_MAIN = re.compile(
    r",\s+(?:(?:the|an?|his|her|their|its|this|that|these|those|some|many|most|he|she|they|it|we|I|both|all|not|none|no"
    r"|few|nobody)\s|[A-Z])"
)
_VERB_IN = re.compile(rf"\b(?:{AUXILIARIES})(?:n[’']t)?\b|[’']s\s")
# "which critics said was …", "whom the court found had …": the clause that is told lacks its subject.
_RELATIVE = re.compile(r"\w,?\s+(which|that|who|whom)\s+(?:the\s+)?$")
_GAP = re.compile(
    r"\s+(?:is|are|was|were|has|had|have|will|would|can|could|may|might|should|must|did|does)\b"
)
_WHO = re.compile(r"\W+(?:who|which)\s")
# "as" behind a comma only tells whose words these are: "The dam leaks, as Holt said, in May".
_WHEN = re.compile(
    r"\w\s+((?:in|at|on|from)\s+which|when|while|after|before|because|although|though|since|where|as)"
    r"\s+(?:[\w’'-]+\s+){0,3}$"
)
_WHILE = re.compile(r"\w,\s+((?:while|whereas|although|though)\s+)$")
_INSIDE = re.compile(r"[,;—]")
_BETWEEN = re.compile(r"(?:[;,—–]|\s)\s*(?:and|but|while|whereas|where)\s+|[;,—]\s*")
_TRAILING = re.compile(r"[\s,;:—–]*(?:\b(?:and|but|while|whereas|where)\s*)?$")


def cut(page: Page, unit: Unit, parts: list[Speech]) -> None:
    """Give each act of speech of a sentence its extent; before it each has the whole sentence."""
    for one, two in pairwise(parts):
        edge = _between(page, one.cues[0], two.cues[0])
        one.end = _trimmed(page.text, one.start, edge)
        two.start = edge
    for s in parts:
        if len(s.cues) == 1:
            s.start = max(s.start, *(rule(page, unit, s.cues[0]) or s.start for rule in _BEGINS))
    if parts and len(parts[0].cues) == 1:
        parts[0].end = min(parts[0].end, _clause_end(page, unit, parts[0].cues[0]))
    if parts and len(parts[-1].cues) == 1:
        parts[-1].end = min(parts[-1].end, *(rule(page, unit, parts[-1].cues[0]) for rule in _ENDS))


def _between(page: Page, one: Cue, two: Cue) -> int:
    """Where the words of the first end and those of the second begin."""
    marks = list(_BETWEEN.finditer(page.bare[one.end : two.start]))
    if not marks:
        return two.start if two.place in ("before", "shared") else one.end
    mark = marks[-1] if two.place in ("before", "shared") or two.verb == "according to" else marks[0]
    return one.end + mark.end()


def _trimmed(text: str, start: int, end: int) -> int:
    """The end of a stretch without the marks and the conjunction there."""
    m = _TRAILING.search(text[start:end])
    return start + (m.start() if m else end - start)


def _clause_end(page: Page, unit: Unit, cue: Cue) -> int:
    """Where a told clause ends that opens its sentence: "While the guild says it is old, Lind left"."""
    bare = page.bare
    if cue.place not in ("before", "shared") or not _SUBORDINATE.match(bare, unit.start):
        return unit.end
    if _INSIDE.search(bare[unit.start : cue.start]) or bare[cue.end : unit.end].startswith(","):
        return unit.end
    edge = _MAIN.search(bare, cue.end, unit.end)
    if edge is None or (
        bare.startswith("As ", unit.start) and not _VERB_IN.search(bare, cue.end, edge.start())
    ):
        return unit.end  # "As Holt said in May, the dam leaks"
    return edge.start()


_OTHER = re.compile(
    r",\s+but\s+(?!(?:that|it|is|are|was|were|has|had|have|also|not|only|he|she|they|said|would|will)\b)"
)


def _as_clause_end(page: Page, unit: Unit, cue: Cue) -> int:
    """Where a clause with "as" ends: "it is “a ruin,” as Holt said in May, and leaks"."""
    if _as_said(page, unit, cue) is None:
        return unit.end
    comma = page.bare.find(",", cue.end, unit.end)
    return comma if comma >= 0 else unit.end


def _contrast(page: Page, unit: Unit, cue: Cue) -> int:
    """Where the narrator goes on behind a deed: "Holt called on the guild to strike, but bakers had left"."""
    row = verb_of(cue.verb)
    if row is None or "deed" not in row or cue.place == "after":
        return unit.end
    other = _OTHER.search(page.bare, cue.end, unit.end)
    return other.start() if other and _VERB_IN.search(page.bare, other.end(), unit.end) else unit.end


def _relative(page: Page, unit: Unit, cue: Cue) -> int | None:
    """Where a relative clause begins that is all that is told: "… an order, which critics said was …"."""
    if cue.place != "before" or not _GAP.match(page.bare, cue.end, unit.end):
        return None
    opens = _RELATIVE.search(page.bare, unit.start, cue.start)
    return opens.start(1) if opens and page.share(unit.start, opens.start(1)) < 0.5 else None


def _antecedent(page: Page, unit: Unit, cue: Cue) -> int | None:
    """Where a speaker stands of whom only a relative clause tells: "… with the help of Holt, who said …"."""
    if (
        cue.who is None
        or cue.last
        or cue.place != "before"
        or not _WHO.search(page.bare, cue.who.end, cue.end)
    ):
        return None
    return cue.start if _tells_before(page, unit, cue.start) else None


def _circumstance(page: Page, unit: Unit, cue: Cue) -> int | None:
    """Where a clause begins that says when or why: "… two hours after the paper declared him elected"."""
    if cue.place != "before":
        return None
    opens = _WHEN.search(page.bare, unit.start, cue.start) or _WHILE.search(page.bare, unit.start, cue.start)
    return opens.start(1) if opens and _tells_before(page, unit, opens.start(1)) else None


def _tells_before(page: Page, unit: Unit, at: int) -> bool:
    """Whether a clause of the narrator's stands before a place of a sentence."""
    before = page.bare[unit.start : at]
    return MASK not in before and (_VERB_IN.search(before) or ACTS.search(before)) is not None


_ASKED = re.compile(r"\W*(?:When\s+)?[Aa]sked\b")


def _asked(page: Page, unit: Unit, cue: Cue) -> int | None:
    """Where an answer begins behind what was asked: "Asked whether the dam leaks, Holt said no"."""
    asked = cue.place == "before" and _ASKED.match(page.bare, unit.start, cue.start)
    return cue.start if asked else None


def _doing(page: Page, unit: Unit, cue: Cue) -> int | None:
    """Where a deed begins that hangs on a clause of the narrator: "Lind rose, denouncing the guild"."""
    row = verb_of(cue.verb)
    if row is None or "deed" not in row or cue.place != "shared" or not is_ing(cue.verb):
        return None
    if VERB.search(page.bare, unit.start, cue.start):
        return None  # "Lind questioned the claim, calling it a lie" is one deed
    return cue.start if _tells_before(page, unit, cue.start) else None


def _hearer(page: Page, unit: Unit, cue: Cue) -> int | None:
    """Where what somebody is told begins: "Lund was told by the judge that …"."""
    row = verb_of(cue.verb)
    told = cue.place == "of" and row is not None and "hearer" in row and cue.end < unit.end
    return cue.start if told and page.bare[unit.start : cue.start].strip() else None


_CALLS = re.compile(r"(?:\w+ing\s+)?\w+\s+(?:\w+\s+)?\w+\s+(?:from|by)\s")


def _drawn(page: Page, unit: Unit, cue: Cue) -> int | None:
    """Where what others say begins behind what drew it: "The strike, prompting calls from bakers for …"."""
    calls = cue.verb == "according to" and _CALLS.match(page.bare, cue.start)
    if not calls or page.bare.startswith(("according", "According"), cue.start):
        return None
    doing = _DOING_BEFORE.search(page.bare, unit.start, cue.start)
    return doing.start(1) if doing else cue.start


_DOING_BEFORE = re.compile(r"\s(\w+ing\s+)$")
_AS = re.compile(rf"(?<!{MASK})(?P<said>{MASK}+)[^\w{MASK}]*as\s+$")


def _as_said(page: Page, unit: Unit, cue: Cue) -> int | None:
    """Where a quotation begins that "as" gives to its speaker in a sentence of the narrator's: "the fact that
    it is “a ruin,” as Holt said, …"."""
    if cue.place != "before" or not page.bare[unit.start : cue.start].rstrip().endswith("as"):
        return None
    as_said = _AS.search(page.bare, unit.start, cue.start)
    return as_said.start("said") if as_said and as_said.start("said") - unit.start > 12 else None


_BEGINS = (_relative, _antecedent, _circumstance, _asked, _hearer, _doing, _drawn, _as_said)
_ENDS = (_contrast, _as_clause_end)
