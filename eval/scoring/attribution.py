"""Who says what and when it happened, against hand-made lists: places in the texts, speakers and days; no
sentence of the texts is in them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from eval.gold.questions import GoldError, read_yaml
from eval.paths import GOLD
from eval.scoring.metrics import Metric, Score
from qa.attribution.attribution import spoken
from qa.attribution.temporal import TimeWord, dated
from qa.attribution.utterances import Utterance
from qa.text.lexicon import BODIES, is_person
from qa.text.terms import STOP, tokens
from qa.types import Article, Voice

SPEECHES = GOLD / "speech"
DAYS = GOLD / "times"
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


class GoldTime(_Strict):
    """An expression of time that hangs on another date, and what it comes to."""

    start: int
    end: int
    value: str | None
    why: Literal["no_date", "no_year", "vague", "anchor"] | None
    kind: str | None = None
    article: int | None = None
    published: str | None = None
    doubtful: bool = False
    note: str | None = None


class SpeechFile(_Strict):
    file: str
    sha256: str
    items: tuple[GoldSpeech, ...]


class TimesFile(_Strict):
    file: str
    sha256: str
    items: tuple[GoldTime, ...]


class SpeechList(_Strict):
    format: Literal["qa.speech/1"]
    split: Literal["tune", "report"] = "tune"
    how: str
    files: tuple[SpeechFile, ...]


class TimesList(_Strict):
    format: Literal["qa.times/1"]
    split: Literal["tune", "report"] = "tune"
    how: str
    files: tuple[TimesFile, ...]


Listed = TypeVar("Listed", SpeechList, TimesList)


@dataclass(frozen=True, slots=True)
class Heard:
    """A gold stretch with the utterance that covers it; without gold: an utterance that no item, not even a
    doubtful one, touches."""

    gold: GoldSpeech | None
    found: Utterance | None


@dataclass(frozen=True, slots=True)
class Dated:
    gold: GoldTime
    found: TimeWord | None


def load_speech(path: Path, corpus: Path) -> SpeechList:
    """Raises GoldError, also where a file is not the one that was listed."""
    return _checked(read_yaml(path, SpeechList), path, corpus)


def load_times(path: Path, corpus: Path) -> TimesList:
    """Raises GoldError, also where a file is not the one that was listed."""
    return _checked(read_yaml(path, TimesList), path, corpus)


def _checked(gold: Listed, path: Path, corpus: Path) -> Listed:
    for file in gold.files:
        try:
            data = (corpus / file.file).read_bytes()
        except OSError:
            raise GoldError(f"{path}: no file {file.file} in {corpus}") from None
        if hashlib.sha256(data).hexdigest() != file.sha256:
            raise GoldError(f"{path}: {file.file} is not the file that was listed")
    return gold


def _key(name: str) -> list[str]:
    return [t for a, b, t in tokens(name) if name[a:b].casefold() not in STOP and t not in ("former", "mr", "mrs", "ms")]


def same_speaker(gold: str, found: str) -> bool:
    """The same last word (a family name, the noun of a body), or, where nobody is named or several are,
    half of the words."""
    ours, theirs = _key(gold), _key(found)
    if not ours or not theirs:
        return False
    if ours[-1] == theirs[-1] or (theirs == ours[: len(theirs)] and (word := next(w for w in gold.casefold().split() if w not in STOP).rstrip("s")) and (is_person(word) or word in BODIES)):
        return True
    loose = gold[0].islower() or found[0].islower() or " and " in gold
    return loose and 2 * len(set(ours) & set(theirs)) >= min(len(ours), len(theirs))


def heard(file: SpeechFile, text: str, articles: Sequence[Article]) -> Iterator[tuple[int, Heard]]:
    """(place, item) of every sure item of a file, and of every utterance that the list does not have."""
    found = [u for a in articles for u in spoken(text, a)]
    for item in file.items:
        if item.doubtful:
            continue
        shares: dict[str, int] = {}
        for u in found:
            if (both := min(u.end, item.end) - max(u.start, item.start)) > 0:
                shares[u.speaker] = shares.get(u.speaker, 0) + both
        best = max(shares, key=lambda s: shares[s], default=None)
        if best is None or shares[best] < COVERED * (item.end - item.start):
            yield item.start, Heard(item, None)
            continue
        yield item.start, Heard(item, max((u for u in found if u.speaker == best), key=lambda u: min(u.end, item.end) - max(u.start, item.start)))
    for u in found:
        if not any(min(u.end, i.end) > max(u.start, i.start) for i in file.items):
            yield u.start, Heard(None, u)


def days(file: TimesFile, text: str, articles: Sequence[Article]) -> Iterator[tuple[int, Dated]]:
    """(place, item) of every sure expression of a file."""
    found = [w for a in articles for w in dated(text, a)]
    for item in file.items:
        if not item.doubtful:
            yield item.start, Dated(item, next((w for w in found if w.start < item.end and item.start < w.end), None))


def _speaker(case: Heard) -> Score:
    if case.gold is None:
        return None
    return float(case.found is not None and same_speaker(case.gold.speaker, case.found.speaker))


def _voice(case: Heard) -> Score:
    return None if case.gold is None or not _speaker(case) else float(case.found is not None and case.found.voice == case.gold.voice)


def _role(case: Heard) -> Score:
    if case.gold is None or not case.gold.role or not _speaker(case) or case.found is None:
        return None
    ours, theirs = set(re.findall(r"\w+", case.gold.role.casefold())), set(re.findall(r"\w+", (case.found.role or "").casefold()))
    return float(2 * len(ours & theirs) >= min(len(ours), max(len(theirs), 1)))


def _outlets_own(case: Heard) -> Score:
    return 0.0 if case.gold is None else 1.0


def _value(case: Dated) -> Score:
    return float((case.found.value if case.found else None) == case.gold.value)


def _worked_out(case: Dated) -> Score:
    return None if case.gold.value is None else _value(case)


def _why(case: Dated) -> Score:
    return None if case.gold.value is not None or case.found is None or case.found.value is not None else float(case.found.why == case.gold.why)


SPEECH: Mapping[str, Metric] = {
    "speaker_right": Metric(_speaker, "speech with its right speaker (hand-made lists)"),
    "voice_right": Metric(_voice, "… of these, direct or reported, right"),
    "role_right": Metric(_role, "… of these, with the right role", rule="told"),
    "speech_precision": Metric(_outlets_own, "utterances that are speech by the lists, not the outlet's own words"),
}
TIMES: Mapping[str, Metric] = {
    "day_right": Metric(_value, "words like “Friday” worked out, or left undated, rightly"),
    "day_worked_out": Metric(_worked_out, "… those that can be worked out"),
    "day_why": Metric(_why, "… the others, with the right reason", rule="told"),
}
