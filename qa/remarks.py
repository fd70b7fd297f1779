"""The program's own remarks on an outcome: how the outlets stand to it, what the text does not say of when,
what was asked for and is not there. Neutral between surfaces: none names an option or a command."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.checking.verify import Verified
from qa.index.retriever import Filters
from qa.index.store import Store
from qa.question.language import foreign
from qa.text.nearest import nearest
from qa.types import Draft, Note


def no_such_outlet(filters: Filters, store: Store) -> list[Note]:
    """Where no article is of the outlet that was asked for: the outlets that may have been meant."""
    asked = filters.outlet
    if not asked or store.allowed_articles(None, None, asked, False):
        return []
    known = store.outlets()
    if found := nearest(asked, known):
        told = f"the nearest: {', '.join(found)}"
    else:
        told = (
            f"there is {', '.join(known[:5])}{' …' if len(known) > 5 else ''}" if known else "none is stated"
        )
    return [Note(kind="no_such_outlet", text=f"No article is of an outlet called “{asked}”; {told}.")]


def corroboration_note(verified: Verified, agree: Sequence[int], store: Store) -> list[Note]:
    """How many independent outlets carry the first claim; copies of one report count as one."""
    if not agree or not verified.claims or verified.conflicts:
        return []
    first = next(c for c in verified.citations if c.n == verified.claims[0].citations[0])
    others = [store.article(key) for key in agree]
    outlets = list(dict.fromkeys([first.outlet, *(a.article.meta.outlet for a in others)]))
    named = [o for o in outlets if o]
    if len(named) < 2:
        return []  # several reports of one outlet, or of outlets that are not stated
    where = ", ".join(
        a.article_id for a in others if a.article.meta.outlet and a.article.meta.outlet != first.outlet
    )
    return [
        Note(
            kind="carried_by",
            text=f"Carried by {len(named)} independent outlets: {', '.join(named)} (see also {where}).",
        )
    ]


_TOLD: dict[
    str, tuple[str, str, str]
] = {  # how -> kind of note, its beginning, what stands between the sides
    "differs": ("conflict", "The reports differ: ", " against "),
    "changed": ("changed", "Reported one after the other: ", ", then "),
    "corrected": ("corrected", "Corrected: what was said in ", " is put right in "),
}


def conflict_notes(verified: Verified) -> list[Note]:
    """That reports differ, changed or were corrected, who gives what, and which holds now."""
    notes = []
    for conflict in verified.conflicts:
        kind, begins, between = _TOLD[conflict.how]
        who = [
            f"{s.outlet or 'an outlet not stated'}, {s.published or 'undated'} [{s.citations[0]}]"
            for s in conflict.sides
        ]
        latest = f"; the latest is {who[-1]}" if conflict.how == "changed" else ""
        notes.append(Note(kind=kind, text=f"{begins}{between.join(who)}{latest}."))
    return notes


def date_notes(verified: Verified) -> list[Note]:
    """What the text does not say of when: one note a kind, naming the words."""
    notes = []
    for why, kind, about in (
        ("no_date", "date_not_stated", "cannot be dated, as the article gives no full date of its own"),
        ("no_year", "year_not_stated", "the year is not stated"),
    ):
        words = list(dict.fromkeys(f"“{w.text}”" for w in verified.undated if w.why == why))[:3]
        if words:
            notes.append(Note(kind=kind, text=f"{', '.join(words)}: {about}."))
    return notes


# Nearest sentences of a part that may answer it too, if they are told for another.
ALSO = 3
# What a part was given to stand alone: "when is it out? (new album Peppers)".
_GIVEN = re.compile(r"\s*\((?P<words>[^()]*)\)\??$")


def _as_asked(part: str, question: str) -> str:
    """A part of a question in the words of the one who asked."""
    given = _GIVEN.search(part)
    return part if given is None or given["words"] in question else part[: given.start()]


def _left_open(draft: Draft) -> str:
    sure = draft.reason != "unsure"
    return "No answer to this part was found" if sure else "Not sure of an answer to this part"


def unanswered_note(asked: Sequence[str], drafts: Sequence[Draft], question: str) -> list[Note]:
    """Which parts of a question have no answer. Not said of a part of whose nearest sentences one is told for
    another part: one sentence may answer both."""
    told = {quote for draft in drafts for claim in draft.claims for quote in claim.quotes}
    return [
        Note(kind="part_unanswered", text=f"{_left_open(draft)}: {_as_asked(part, question)}")
        for part, draft in zip(asked, drafts, strict=True)
        if told and not draft.claims and not told.intersection(draft.nearest[:ALSO])
    ]


def language_note(question: str) -> list[Note]:
    """What to do about a question that was not answered and is not English."""
    if not foreign(question):
        return []
    told = (
        "The question seems not to be in English; only English questions are understood: ask it in English."
    )
    return [Note(kind="language", text=told)]


def spelling_note(pairs: Sequence[tuple[str, str]]) -> list[Note]:
    if not pairs:
        return []
    return [Note(kind="spelling", text="Read " + ", ".join(f"“{a}” as “{b}”" for a, b in pairs) + ".")]
