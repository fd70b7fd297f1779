"""How well drafts are checked: hand-written claims with the quotes they rest on, true and false, and
what a careful reader says of each. A false one that passes is the worst thing this program can do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from eval.gold.questions import GoldError, GoldQuote, _Strict, read_yaml
from eval.scoring.metrics import Metric, Score
from qa.checking.verify import Verified, verify
from qa.library import Library
from qa.types import Draft, DraftClaim, DraftQuote, DropReason


class GoldDraft(_Strict):
    """A claim as a model might write it. ``verdict``: pass, or why it must be dropped."""

    id: str
    claim: str
    quotes: tuple[GoldQuote, ...] = Field(min_length=1)
    verdict: Literal["pass"] | DropReason
    kind: str


class GoldDrafts(_Strict):
    format: Literal["qa.drafts/1"]
    split: Literal["tune", "report"] = "tune"
    how: str
    drafts: tuple[GoldDraft, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Checked:
    gold: GoldDraft
    verified: Verified

    @property
    def why(self) -> str:
        return "pass" if self.verified.claims else self.verified.dropped[0].why


def _passed(case: Checked) -> Score:
    return float(case.why == "pass") if case.gold.verdict == "pass" else None


def _caught(case: Checked) -> Score:
    return float(case.why != "pass") if case.gold.verdict != "pass" else None


def _why(case: Checked) -> Score:
    return (
        float(case.why == case.gold.verdict) if case.gold.verdict != "pass" and case.why != "pass" else None
    )


DRAFTS: dict[str, Metric] = {
    "draft_passed": Metric(_passed, "true claims kept"),
    "draft_caught": Metric(_caught, "false claims dropped", rule="guarantee"),
    "draft_why": Metric(_why, "dropped for the right reason", rule="told"),
}


def load_drafts(path: Path, corpus: Path) -> GoldDrafts:
    """Raises GoldError; quotes must stand verbatim in ``corpus`` unless that is what is tried."""
    gold = read_yaml(path, GoldDrafts)
    seen: set[str] = set()
    for draft in gold.drafts:
        if draft.id in seen:
            raise GoldError(f"{path.name} {draft.id}: the id is used twice")
        seen.add(draft.id)
        for quote in draft.quotes if draft.verdict != "quote_not_found" else ():
            name = quote.article.rsplit("#", 1)[0]
            if not (corpus / name).is_file() or quote.text not in (corpus / name).read_bytes().decode(
                "utf-8-sig"
            ):
                raise GoldError(f"{path.name} {draft.id}: not verbatim in {name}: {quote.text[:60]!r}")
    return gold


def check(draft: GoldDraft, library: Library) -> Checked:
    """A draft through ``qa.checking.verify``, its quotes without a place, as a model gives them."""
    keys = {
        a.article_id: a.key
        for row in library.store.files().values()
        if row.source is not None
        for a in library.store.articles_of(row.source)
    }
    quotes = tuple(
        DraftQuote(article=keys[q.article], text=q.text) for q in draft.quotes if q.article in keys
    )
    claim = DraftClaim(text=draft.claim, quotes=quotes)
    return Checked(draft, verify(Draft(claims=(claim,)), library.store.article, library.store.text))
