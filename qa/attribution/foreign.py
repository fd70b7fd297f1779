"""Direct speech with a named speaker in Russian, Ukrainian, German, French and Spanish: a quotation, one of
the commonest verbs of saying beside it, and the name beside the verb. No more than that is read."""

from __future__ import annotations

from qa.attribution.mentions import Mention
from qa.attribution.quotations import MASK
from qa.attribution.speech import Cue
from qa.text.lazily import lazily
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.foreign import FOREIGN_AUXILIARIES, FOREIGN_VERBS

_VERB = alternatives(form for _, forms in FOREIGN_VERBS for form in forms)
_UPPER = "A-ZÀ-ÞА-ЯЁІЇЄҐŁŚŽŠČ"
_WORD = rf"[{_UPPER}][\w’'-]+"
# lower-case words of an office between the verb and the name: "sagte der Sprecher Otto Lind"
_OFFICE = r"(?:[^\W\d_][\w’'-]*\s+){0,4}?"
_NAME = rf"(?P<who>{_WORD}(?:\s+(?:(?:de|la|von|van|der|del)\s+)?{_WORD}){{0,2}})"
_HAVE = rf"(?:{alternatives(FOREIGN_AUXILIARIES)}\s+)?"
# «…», — сказал Иван Петров.   "…", sagte Otto Lind.   « … », a déclaré Anne Roux.
_BEHIND = lazily(
    rf"{MASK}[,.]?\s*[—–-]?\s*(?P<verb>{_HAVE}{_VERB})\s+{_OFFICE}(?:(?:der|die)\s+{_WORD}\s+)?{_NAME}"
)
# Иван Петров сказал: «…»   Otto Lind sagte: "…"   Anne Roux a déclaré : « … »
_BEFORE = lazily(
    rf"{_NAME}\s+(?:[^\s:{MASK}]+\s+){{0,3}}?(?P<verb>{_HAVE}{_VERB})\b"
    rf"[^:.{MASK}]{{0,40}}\s?:\s*{MASK}"
)


def foreign_cue(bare: str, start: int, end: int) -> Cue | None:
    """The cue of a quotation of ``bare[start:end]`` in one of the five languages, or None."""
    behind = _BEHIND.search(bare, start, end)
    if behind is not None:
        who = Mention(behind.start("who"), behind.end("who"), "person", name=behind["who"])
        rest = bare[who.end : end]
        return Cue(behind.start("verb"), who.end, behind["verb"], who, "after", MASK not in rest)
    before = _BEFORE.search(bare, start, end)
    if before is None:
        return None
    who = Mention(before.start("who"), before.end("who"), "person", name=before["who"])
    return Cue(who.start, before.end("verb"), before["verb"], who, "before", False)
