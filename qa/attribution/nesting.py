"""Acts of speech inside one another: what is told in another's speech is that speaker's, and an outlet that
passes words on is how they came ("The Ledger reported that Holt said …")."""

from __future__ import annotations

import re

from qa.attribution.descriptions import of_an_outlet, plain
from qa.attribution.page import Page
from qa.attribution.quotations import MASK
from qa.attribution.speech import Cue, Speech
from qa.text.lexicon.bodies import OUTLETS, is_outlet
from qa.text.lexicon.speech import verb_of

Act = tuple[Cue, Speech]
_AS = re.compile(r"As\s")
_COMMA = re.compile(r"\s*,")
# Between two acts of speech, what shows that each has a clause of its own.
_SEPARATES = re.compile(r"(?:;|,|—)\s+(?:and|but|while|whereas)\s|;\s|\swhile\s")
_APART = re.compile(
    rf"(?:;|,|—|{MASK})\s*(?:and|but|while|whereas|where|"
    rf"when)\s+(?:[\w’'-]+\s+){{0,3}}$|;|\swhile\s|^[^,]*\band\s+$|,\s*(?:and|but|while|"
    rf"whereas)\s"
)
_SUBORDINATES = re.compile(
    r"(?:Where|While|Whereas|Although|Though|After|When|Since|Before|If|Just|Only|Even)\b"
)
# Before a speaker who closes a sentence, with an article or so: "…, the Kremlin said".
_CLOSES = re.compile(rf"[,—–{MASK}]\s*(?:(?:the|an?|his|her|their|its)\s+(?:[a-z]+\s+)?)?$")
_REPORT = re.compile(r"\breports?$")


def outermost(page: Page, found: list[Act], sentence: int) -> list[Act]:
    """The acts of the sentence that begins at ``sentence``, without what is told inside another's speech; an
    outlet that passes words on is how they came."""
    if len(found) < 2:
        return found
    if _AS.match(page.text, sentence) and _COMMA.match(page.bare, found[0][0].end):
        return found[:1]  # "As the Ledger reported, the council agreed"
    if (closed := _closed(page, found, sentence)) is not None:
        return closed
    kept: list[Act] = []
    for cue, s in found:
        if not kept or kept[-1][1].entity is s.entity or _is_apart(page, kept[-1][0], cue, sentence):
            kept.append((cue, s))
        elif _tells_of_the_deed(page, kept[-1][0], cue):
            kept[-1] = (cue, s)
        elif _is_passed_on(page, kept[-1], cue):
            outlet = kept[-1][1].entity
            s.via = outlet.name if outlet.kind != "role" else None
            kept[-1] = (cue, s)
    return kept


def _closed(page: Page, found: list[Act], sentence: int) -> list[Act] | None:
    """The acts of a sentence that another speaker closes: an outlet, which passes the others' words on, or
    one who says all of it ("The dam, which Holt said was safe, leaks, Lind said")."""
    last, final = found[-1]
    inner = [f for f in found[:-1] if f[1].entity is not final.entity]
    if not last.last or last.place == "shared" or not inner:
        return None
    if passes_on(page, final, last):
        for _, s in inner:
            s.via = final.entity.name
        return outermost(page, found[:-1], sentence)
    one = inner[-1][0]
    if _CLOSES.search(page.bare, sentence, last.start) is None:
        return None  # "Lind said it left before Holt agreed to wait"
    if one.place != "after" and not _SEPARATES.search(page.bare[one.end : last.start]):
        return [found[-1]]
    return None


def _is_apart(page: Page, one: Cue, two: Cue, sentence: int) -> bool:
    """Whether a second act of speech has a clause of its own: "Holt said no, and Lind said yes"."""
    gap = page.bare[one.end : two.start]
    comma = gap.rstrip().endswith(",")
    if one.place == "after" or one.last or (two.verb == "according to" and comma):
        return True
    if _APART.search(gap) is not None:
        return True
    opens = comma and two.place in ("before", "shared")
    return opens and _SUBORDINATES.match(page.text, sentence) is not None


def _tells_of_the_deed(page: Page, one: Cue, two: Cue) -> bool:
    """Whether a second act of speech stands between commas behind the deed that it tells: "Lund called it a
    lie, Holt said, and left"."""
    row = verb_of(one.verb)
    told = one.place == "before" and (row is None or "words" not in row or one.verb.endswith("ing"))
    between = page.bare[: two.start].rstrip().endswith(",") and page.bare.startswith(",", two.end)
    return told and between and two.place == "before" and not two.subordinate


def _is_passed_on(page: Page, before: Act, cue: Cue) -> bool:
    """Whether what a cue tells came through the outlet before it: "the Ledger reported that Holt said …"."""
    row = verb_of(cue.verb)
    tells = row is not None and "words" in row and "told" not in row
    return tells and cue.place != "shared" and passes_on(page, before[1], before[0])


def passes_on(page: Page, s: Speech, cue: Cue) -> bool:
    """Whether a speaker is an outlet that passes on what others say."""
    e = s.entity
    if e.kind == "role" and _REPORT.search(e.name):
        return True
    if (
        is_outlet(e.name)
        or of_an_outlet(s.role)
        or (e.kind == "role" and set(e.name.casefold().split()) & OUTLETS)
        or plain(e.name) == plain(page.outlet)
    ):
        return True
    return (
        e.kind != "role"
        and not e.personal
        and (
            cue.verb in ("reports", "reported", "writes", "wrote")
            or (cue.verb == "according to" and cue.last)
        )
    )
