"""Who says what, against hand-made lists: places in the texts and speakers; no sentence of the texts is in
them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from eval.gold.questions import read_yaml
from eval.paths import GOLD
from eval.scoring.listed import checked
from eval.scoring.metrics import Metric, Score
from qa.attribution.attribution import acts_of, utterances_of
from qa.attribution.utterances import Utterance
from qa.text.lexicon.bodies import BODIES
from qa.text.lexicon.people import is_person
from qa.text.terms import STOP, tokens
from qa.types import Article, Voice

SPEECHES = GOLD / "speech"
COVERED = 0.4  # of an item, that an utterance must cover to be its answer


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldSpeech(_Strict):
    """A stretch of a text that one speaker says; code points. ``doubtful``: two careful readers could differ;
    such an item counts neither as right nor as wrong."""

    start: int
    end: int
    voice: Voice
    speaker: str
    role: str | None = None
    via: str | None = None
    cue: Literal["name", "pronoun", "role", "none"] | None = None
    doubtful: bool = False
    heading: bool = False
    note: str | None = None


class SpeechFile(_Strict):
    file: str
    sha256: str
    items: tuple[GoldSpeech, ...]


class SpeechList(_Strict):
    format: Literal["qa.speech/1"]
    split: Literal["tune", "report"] = "tune"
    how: str
    files: tuple[SpeechFile, ...]


@dataclass(frozen=True, slots=True)
class ScoredSpeech:
    """A gold stretch with the utterance that covers it; without gold: an utterance that no item, not even a
    doubtful one, touches."""

    gold: GoldSpeech | None
    found: Utterance | None


def load_speech(path: Path, corpus: Path) -> SpeechList:
    """Raises GoldError, also where a file is not the one that was listed."""
    return checked(read_yaml(path, SpeechList), path, corpus)


def _key(name: str) -> list[str]:
    return [
        t
        for a, b, t in tokens(name)
        if name[a:b].casefold() not in STOP and t not in ("former", "mr", "mrs", "ms")
    ]


def same_speaker(gold: str, found: str) -> bool:
    """The same last word (a family name, the noun of a body), or, where nobody is named or several are,
    half of the words."""
    ours, theirs = _key(gold), _key(found)
    if not ours or not theirs:
        return False
    if ours[-1] == theirs[-1] or (
        theirs == ours[: len(theirs)]
        and (word := next(w for w in gold.casefold().split() if w not in STOP).rstrip("s"))
        and (is_person(word) or word in BODIES)
    ):
        return True
    loose = gold[0].islower() or found[0].islower() or " and " in gold
    return loose and 2 * len(set(ours) & set(theirs)) >= min(len(ours), len(theirs))


def score_speech(
    file: SpeechFile, text: str, articles: Sequence[Article]
) -> Iterator[tuple[int, ScoredSpeech]]:
    """(place, item) of every sure item of a file, and of every utterance that the list does not have."""
    found = [u for a in articles for u in acts_of(utterances_of(text, a))]
    for item in file.items:
        if item.doubtful:
            continue
        shares: dict[str, int] = {}
        for u in found:
            if (both := min(u.end, item.end) - max(u.start, item.start)) > 0:
                shares[u.speaker] = shares.get(u.speaker, 0) + both
        best = max(shares, key=lambda s: shares[s], default=None)
        if best is None or shares[best] < COVERED * (item.end - item.start):
            yield item.start, ScoredSpeech(item, None)
            continue
        yield (
            item.start,
            ScoredSpeech(
                item,
                max(
                    (u for u in found if u.speaker == best),
                    key=lambda u: min(u.end, item.end) - max(u.start, item.start),
                ),
            ),
        )
    for u in found:
        if not any(min(u.end, i.end) > max(u.start, i.start) for i in file.items):
            yield u.start, ScoredSpeech(None, u)


def _speaker(case: ScoredSpeech) -> Score:
    if case.gold is None:
        return None
    return float(case.found is not None and same_speaker(case.gold.speaker, case.found.speaker))


def _voice(case: ScoredSpeech) -> Score:
    return (
        None
        if case.gold is None or not _speaker(case)
        else float(case.found is not None and case.found.voice == case.gold.voice)
    )


def _role(case: ScoredSpeech) -> Score:
    if case.gold is None or not case.gold.role or not _speaker(case) or case.found is None:
        return None
    ours, theirs = (
        set(re.findall(r"\w+", case.gold.role.casefold())),
        set(re.findall(r"\w+", (case.found.role or "").casefold())),
    )
    return float(2 * len(ours & theirs) >= min(len(ours), max(len(theirs), 1)))


def _outlets_own(case: ScoredSpeech) -> Score:
    return 0.0 if case.gold is None else 1.0


SPEECH: Mapping[str, Metric] = {
    "speaker_right": Metric(_speaker, "speech with its right speaker (hand-made lists)"),
    "voice_right": Metric(_voice, "… of these, direct or reported, right"),
    "role_right": Metric(_role, "… of these, with the right role", rule="told"),
    "speech_precision": Metric(
        _outlets_own, "utterances that are speech by the lists, not the outlet's own words"
    ),
}
