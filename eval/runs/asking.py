"""Asking one section's gold, item by item: questions, drafts, how files read, who says what, and when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

from pydantic import BaseModel, ConfigDict

from eval.gold.drafts import DRAFTS, GoldDraft, check, load_drafts
from eval.gold.questions import GoldQuestion
from eval.gold.reading import READING, load_files, readings, told
from eval.runs import recorded
from eval.runs.suite import Section, file_map, hash_of, load_questions
from eval.scoring.attribution import SPEECH, SpeechFile, load_speech, score_speech
from eval.scoring.metrics import METRICS, Case, score
from eval.scoring.stages import stage_of
from eval.scoring.temporal import TIMES, TimesFile, load_times, score_times
from eval.tools import peers
from qa.errors import QAError
from qa.library import Library
from qa.types import Article, Outcome


class Item(BaseModel):
    """One thing that was scored. ``gold`` is the hash of its gold; ``stage`` says where it was lost;
    ``made`` and ``wanted`` are for a person; ``outcome`` is the whole ``qa.answer/1`` without times."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    kind: str  # question | article | draft | speech | time
    category: str
    split: str
    gold: str
    asked: str
    wanted: str = ""
    made: str = ""
    stage: str = "error"
    scores: dict[str, float] = {}
    error: str | None = None
    outcome: dict[str, Any] | None = None
    seconds: dict[str, float] = {}

    @property
    def held_out(self) -> bool:
        return self.split == "report"


def _known(scores: dict[str, float | None]) -> dict[str, float]:
    return {name: round(value, 6) for name, value in scores.items() if value is not None}


def wanted(question: GoldQuestion) -> str:
    if question.expect == "abstention":
        return f"no answer ({question.reason})"
    return "; ".join(f"{n.text}{'' if n.vital else ' (may)'}" for n in question.nuggets)


def gold_hash(question: GoldQuestion) -> str:
    """What the gate compares gold by. Fields that came later count only where they are filled, so that
    adding a field does not make every question another one."""
    later = ("sides", "order", "denied_by")
    return hash_of(
        {name: value for name, value in question.model_dump().items() if value or name not in later}
    )


def _questions(section: Section) -> dict[str, tuple[str, GoldQuestion]]:
    """Id -> (split, question)."""
    sets = [(path.stem, load_questions(path, section.corpus)) for path in section.questions]
    return {f"{stem}:{q.id}": (gold.split, q) for stem, gold in sets for q in gold.questions}


def _drafts(section: Section) -> dict[str, tuple[str, GoldDraft]]:
    sets = [(path.stem, load_drafts(path, section.corpus)) for path in section.drafts]
    return {f"{stem}:{d.id}": (gold.split, d) for stem, gold in sets for d in gold.drafts}


def _speech_files(section: Section) -> dict[str, tuple[str, SpeechFile]]:
    sets = [(path.stem, load_speech(path, section.corpus)) for path in section.speech]
    return {f"speech:{stem}:{f.file}": (gold.split, f) for stem, gold in sets for f in gold.files}


def _times_files(section: Section) -> dict[str, tuple[str, TimesFile]]:
    sets = [(path.stem, load_times(path, section.corpus)) for path in section.times]
    return {f"times:{stem}:{f.file}": (gold.split, f) for stem, gold in sets for f in gold.files}


class Asker:
    """Answers for the ids of one section. ``order`` of asking does not matter to what comes out."""

    def __init__(self, section: Section, library: Library, peer: str | None = None) -> None:
        self.section = section
        self.library = library
        files = library.store.files()
        self._sources = {name: row.source for name, row in files.items() if row.source is not None}
        self.texts = {name: library.store.text(source) for name, source in self._sources.items()}
        self.recorded = recorded.recorded() if section.recorded else {}
        self.questions = _questions(section) | {f"model:{k}": ("tune", q) for k, q in self.recorded.items()}
        self.names = file_map([q for _, q in self.questions.values()], sorted(self.texts))
        self.drafts = _drafts(section)
        self.files = load_files(section.articles, section.corpus) if section.articles else {}
        self.speech = _speech_files(section)
        self.times = _times_files(section)
        self._passages = [(a.article_id, p.start, p.end) for a, p in _passages(library)]
        self._peer = peers.load(peer, section.corpus, library) if peer else None

    def ids(self) -> list[str]:
        """One id a question and a draft, and one a file for all that is read in it."""
        return [
            *self.questions,
            *self.drafts,
            *(f"articles:{name}" for name in self.files),
            *self.speech,
            *self.times,
        ]

    def items(self, key: str) -> list[Item]:
        if key in self.questions:
            return [self._question(key)]
        if key in self.drafts:
            return [self._draft(key)]
        if key in self.speech:
            return list(self._speech(key))
        if key in self.times:
            return list(self._times(key))
        return list(self._file(key.removeprefix("articles:")))

    def case(self, key: str, question: GoldQuestion) -> Case:
        """Ask one question. Gold spans count only where every one of them stands verbatim in the corpus.
        Raises QAError."""
        options: dict[str, Any] = {
            "history": question.history,
            "since": question.since,
            "until": question.until,
            "outlet": question.outlet,
            "undated": question.undated,
        }
        with (
            recorded.replaying(self.library, key.removeprefix("model:"))
            if self.section.recorded
            else nullcontext()
        ):
            outcome: Outcome = (
                self._peer(question.question)
                if self._peer
                else self.library.ask(question.question, **options)
            )
        return self.case_of(question, outcome)

    def case_of(self, question: GoldQuestion, outcome: Outcome) -> Case:
        """A question with an outcome, its gold mapped to this corpus."""
        spans = []
        for quote in question.quotes:
            article = self._mapped(quote.article)
            at = self.texts.get(article.rsplit("#", 1)[0], "").find(quote.text)
            if at >= 0:
                spans.append((article, at, at + len(quote.text)))
        gold = question.model_copy(update={"articles": tuple(self._mapped(a) for a in question.articles)})
        return Case(gold, outcome, tuple(spans) if len(spans) == len(question.quotes) else (), self.texts)

    def _mapped(self, article_id: str) -> str:
        name, n = article_id.rsplit("#", 1)
        return f"{self.names.get(name, name)}#{n}"

    def _indexed(self, case: Case) -> bool:
        if case.spans:
            return all(
                any(
                    a.rsplit("#", 1)[0] == s[0].rsplit("#", 1)[0] and start < s[2] and s[1] < end
                    for a, start, end in self._passages
                )
                for s in case.spans
            )
        return set(case.gold.articles) <= {a for a, _, _ in self._passages}

    def _question(self, key: str) -> Item:
        split, question = self.questions[key]
        item = Item(
            id=key,
            kind="question",
            category=question.category,
            split=split,
            gold=gold_hash(question),
            asked=question.question,
            wanted=wanted(question),
        )
        try:
            case = self.case(key, question)
        except QAError as error:
            return item.model_copy(update={"error": f"{type(error).__name__}: {error}"})
        outcome = case.outcome.to_dict()
        seconds = outcome["trace"].pop("seconds")
        return item.model_copy(
            update={
                "made": case.outcome.text,
                "stage": stage_of(case, self._indexed(case)),
                "scores": _known(score(case, METRICS)),
                "outcome": outcome,
                "seconds": seconds,
            }
        )

    def _draft(self, key: str) -> Item:
        split, draft = self.drafts[key]
        checked = check(draft, self.library)
        return Item(
            id=key,
            kind="draft",
            category=draft.verdict,
            split=split,
            gold=hash_of(draft.model_dump()),
            asked=draft.claim,
            wanted=draft.verdict,
            made=checked.why,
            stage="right"
            if (checked.why == "pass") == (draft.verdict == "pass")
            else "wrongly_passed"
            if checked.why == "pass"
            else "wrongly_dropped",
            scores=_known(score(checked, DRAFTS)),
        )

    def _file(self, name: str) -> Iterator[Item]:
        gold = self.files[name]
        articles = self.library.store.articles_of(self._sources[name]) if name in self._sources else []
        for key, asked, case in readings(name, gold, self.texts.get(name, ""), articles):
            scores = _known(score(case, READING))
            made, want = told(case)
            yield Item(
                id=f"articles:{key}",
                kind="article",
                category="article" if case.gold else "text",
                split="tune",
                asked=asked,
                made=made,
                wanted=want,
                gold=hash_of(case.gold.model_dump() if case.gold else [asked, case.wanted]),
                stage="right" if all(v == 1 for v in scores.values()) else "misread",
                scores=scores,
            )

    def _articles(self, name: str) -> list[Article]:
        return (
            [a.article for a in self.library.store.articles_of(self._sources[name])]
            if name in self._sources
            else []
        )

    def _speech(self, key: str) -> Iterator[Item]:
        split, file = self.speech[key]
        text = self.texts.get(file.file, "")
        for at, case in score_speech(file, text, self._articles(file.file)):
            gold, found = case.gold, case.found
            scores = _known(score(case, SPEECH))
            yield Item(
                id=f"{key}:{at}" if gold else f"{key}:{at}+",
                kind="speech",
                category=gold.voice if gold else "outlet",
                split=split,
                gold=hash_of(gold.model_dump() if gold else [file.file, at]),
                asked=text[gold.start : gold.end] if gold else text[found.start : found.end] if found else "",
                wanted=gold.speaker if gold else "the outlet's own words",
                made=f"{found.speaker} ({found.voice})" if found else "the outlet's own words",
                stage="right" if scores.get("speaker_right") == 1 else "misheard",
                scores=scores,
            )

    def _times(self, key: str) -> Iterator[Item]:
        split, file = self.times[key]
        text = self.texts.get(file.file, "")
        for at, case in score_times(file, text, self._articles(file.file)):
            gold, found = case.gold, case.found
            scores = _known(score(case, TIMES))
            yield Item(
                id=f"{key}:{at}",
                kind="time",
                category=gold.kind or "time",
                split=split,
                gold=hash_of(gold.model_dump()),
                asked=text[gold.start : gold.end],
                wanted=gold.value or gold.why or "",
                made=(found.value or found.why or "") if found else "not seen",
                stage="right" if scores.get("day_right") == 1 else "misdated",
                scores=scores,
            )


def _passages(library: Library) -> Iterator[tuple[Any, Any]]:
    store = library.store
    for passage, article in store.passages(store.passage_ids().tolist()):
        yield store.article(article), passage
