"""Hits -> Draft without a model: the one to three sentences that answer, or none.

Every sentence of the passages found is a candidate. Features (shared words weighted by rarity, words
of like meaning, the type of thing asked for, the passage's rank) are combined by two logistic models
whose weights are fitted by ``python -m eval calibrate`` and kept in ``data/calibration.json``: one ranks
sentences, one decides whether the best of them is an answer at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from qa.answering.calibration import Calibration
from qa.answering.candidates import Candidate, candidates
from qa.answering.conflicts import corroborating, find_conflict
from qa.answering.false_premise import denied_premise
from qa.answering.quoting import claim_text, headed, merged, quote
from qa.attribution.cues import VERB
from qa.index.embeddings import TokenEmbedder, TokenEmbedding, Vectors
from qa.question.parsing import Question
from qa.question.type_match import holds, speaks
from qa.text.lexicon.numbers import number_pattern
from qa.text.terms import terms
from qa.types import Draft, DraftClaim, DraftConflict, DraftPremise, Hit, Passage

# Of an unfinished sentence: how much worse it may be (logit), and how much of the question it must share.
NEARLY, ABOUT_IT = 1.0, 0.6
DENIAL_NEAR = 2.0  # how much worse than the best sentence (logit) one that denies the premise may be
# What an answer would have to follow: "will be built in …", "his first reason is that …".
_HANGING = re.compile(
    r"""
    \b(?:
        to | in | at | by | of | for | from | with | on | the | an? | that | is | are | was | were | be
        | about | near | into | than | because | and | between | after | his | her | its | their
        | under | over | until | since | as
    )[\s\u00a0]*(?: … | \.\.\. )$
    """,
    re.VERBOSE,
)
MAX_LISTED = 24
MOST_READ = 4000  # sentences whose readings are kept
_WHOLE = re.compile(
    r"""
    \b(?: every | each | all(?:\ the|\ of\ the)? | list(?:\ the|\ all|\ all\ the|\ every)? )\s+
    (?P<things>(?:[\w-]+\s*){1,3})
    """,
    re.IGNORECASE | re.VERBOSE,
)
MAX_CANDIDATES = 48  # sentences that are read word by word; the rest have too few words in common
_ABOUT_ITSELF = re.compile(
    r"""
    \bdigest(?:s|ed)?\b .{0,60} \b(?:report|item|article|page|piece)\b
    | \b(?:report|item|article|piece)\b .{0,40} \bdigest(?:s|ed)?\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


FEATURES = (
    "coverage",
    "context_coverage",
    "soft_coverage",
    "soft_least",
    "names",
    "cosine",
    "passage_score",
    "passage_first",
    "type_held",
    "type_missing",
    "quoted",
    "short",
    "itself",
    "head",
    "second_least",
    "speaker_held",
    "speaker_missing",
    "date_missing",
    "figure_missing",
    "name_missing",
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates with their word-level readings, features (columns as FEATURES) and scores (logits);
    ``order``: their numbers, best first; ``sure``: the best is good enough to answer with."""

    found: list[Candidate]
    readings: list[TokenEmbedding]
    asked: TokenEmbedding
    matrix: Vectors
    scores: Vectors
    order: list[int]
    answerable: bool


def _lists(c: Candidate, kinds: set[str]) -> bool:
    """Whether a sentence stands under a heading that names a thing of one of these kinds."""
    return (
        c.heading_at is not None
        and len(c.heading.split()) <= 6
        and c.heading.strip()[:1].isupper()
        and bool(kinds & set(terms(c.heading)))
    )


class Extractor:
    """Reads candidates with a word-level reader and scores them. ``weight`` gives a term's rarity in
    the corpus (0 for a word of every passage)."""

    def __init__(
        self, reader: TokenEmbedder, calibration: Calibration, weight: Callable[[str], float]
    ) -> None:
        self._reader = reader
        self.calibration = calibration
        self.weight = weight
        self._cache: dict[str, TokenEmbedding] = {}

    def _read(self, texts: Sequence[str]) -> list[TokenEmbedding]:
        known = self._cache  # other threads may put another in its place; this one keeps its entries
        found = {t: known[t] for t in dict.fromkeys(texts) if t in known}
        if new := [t for t in dict.fromkeys(texts) if t not in found]:
            read = dict(zip(new, self._reader.read(new), strict=True))
            found |= read
            self._cache = {**known, **read} if len(known) <= MOST_READ else read
        return [found[t] for t in texts]

    def features(self, question: Question, found: Sequence[Candidate]) -> Vectors:
        """One row a candidate, columns as FEATURES."""
        weights = np.asarray([self.weight(w.term) for w in question.words] or [1.0], dtype=np.float32)
        names = np.asarray([w.name for w in question.words] or [False])
        quoted = [q for q in re.findall(r"[“\"]([^”\"]{4,})[”\"]", question.text)]
        asked = self._read([question.text])[0]
        rows = []
        for candidate, reading in zip(found, self._read([c.text for c in found]), strict=True):
            own, around = set(terms(candidate.text)), set(terms(candidate.context))
            exact = np.asarray([w.term in own for w in question.words] or [False])
            near = np.asarray([w.term in around for w in question.words] or [False])
            soft = np.maximum(_soft(question, asked, reading), np.where(exact, 1.0, np.where(near, 0.8, 0.0)))
            soft = soft if len(question.words) else np.ones(1, dtype=np.float32)
            total = float(weights.sum()) or 1.0
            held = holds(question, candidate.text, candidate.before)
            if held is not None and held < 1:
                held = max(held, holds(question, candidate.heading) or 0.0)
            missing = 1.0 - held if held is not None else 0.0
            speaker = (
                speaks(candidate.text, candidate.before, question.speakers) if question.speakers else None
            )
            rows.append(
                [
                    float((weights * exact).sum()) / total,
                    float((weights * (exact | near)).sum()) / total,
                    float((weights * soft).sum()) / total,
                    float(soft.min()) if len(soft) else 0.0,
                    float((weights * (exact | near) * names).sum()) / (float((weights * names).sum()) or 1.0)
                    if names.any()
                    else 1.0,
                    float(asked.vector @ reading.vector),
                    candidate.passage_score,
                    1.0 if candidate.passage_rank == 1 else 0.0,
                    held or 0.0,
                    missing,
                    1.0 if quoted and any(_flat(q) in _flat(candidate.text) for q in quoted) else 0.0,
                    1.0 if len(candidate.text.split()) < 6 else 0.0,
                    1.0 if _ABOUT_ITSELF.search(candidate.text) and len(candidate.text.split()) < 16 else 0.0,
                    _head(
                        question, asked, reading, candidate.text, soft, float((weights * soft).sum()) / total
                    ),
                    float(np.sort(soft)[min(1, len(soft) - 1)]),
                    1.0 if speaker else 0.0,
                    1.0 if speaker is False else 0.0,
                    missing if question.asks == "date" else 0.0,
                    missing if question.asks == "number" or question.measure else 0.0,
                    missing if question.asks in ("person", "place", "name") else 0.0,
                ]
            )
        return np.asarray(rows, dtype=np.float32).reshape(len(rows), len(FEATURES))

    def shortlist(self, question: Question, found: list[Candidate]) -> list[Candidate]:
        if len(found) <= MAX_CANDIDATES:
            return found

        def cheap(c: Candidate) -> float:
            around, own = set(terms(c.context)), set(terms(c.text))
            return (
                sum(
                    self.weight(w.term) * ((w.term in own) + 0.5 * (w.term in around)) for w in question.words
                )
                + c.passage_score
            )

        return sorted(found, key=cheap, reverse=True)[:MAX_CANDIDATES]

    def rank(self, question: Question, hits: Sequence[Hit], text_of: Callable[[int], str]) -> Ranked | None:
        """The sentences of the passages found, scored; None where there are none."""
        found = self.shortlist(question, candidates(hits, text_of))
        if not found:
            return None
        matrix = self.features(question, found)
        scores = self.calibration.ranker.logit(matrix, FEATURES)
        order = sorted(
            range(len(found)),
            key=lambda i: (-round(float(scores[i]), 6), found[i].passage_rank, found[i].core.start),
        )
        answerable = self.calibration.answerable(self.evidence(question, matrix, scores, order), EVIDENCE)
        return Ranked(
            found,
            self._read([c.text for c in found]),
            self._read([question.text])[0],
            matrix,
            scores,
            order,
            answerable,
        )

    def extract(
        self, question: Question, hits: Sequence[Hit], text_of: Callable[[int], str], max_sentences: int = 3
    ) -> Draft:
        """The draft, its claims in the order of their articles' rank and of the text."""
        ranked = self.rank(question, hits, text_of)
        if ranked is None:
            return Draft(claims=(), reason="not_in_corpus")
        found, scores, order = ranked.found, ranked.scores, ranked.order
        if (denied := self._denial(question, ranked)) is not None:
            return self._denied(question, ranked, *denied, text_of)
        if (
            cut := self._cut_off(question, found, ranked.matrix, scores, order, ranked.answerable)
        ) is not None:
            return Draft(claims=(), nearest=(quote(cut, text_of),), reason="cut_off")
        if not ranked.answerable:
            return Draft(
                claims=(), nearest=tuple(quote(found[i], text_of) for i in order[:2]), reason="not_in_corpus"
            )
        chosen = self._sections(question, ranked, text_of) or [
            headed(c, question, text_of) for c in self._choose(question, found, scores, order, max_sentences)
        ]
        draft = Draft(
            claims=tuple(DraftClaim(text=claim_text(q.text), quotes=(q,)) for q in merged(chosen, text_of))
        )
        agree = tuple(found[i].article.key for i in corroborating(found, ranked.readings, order[0]))
        return self.with_conflicts(question, ranked, draft.model_copy(update={"agree": agree}), text_of)

    def _sections(self, question: Question, ranked: Ranked, text_of: Callable[[int], str]) -> list[Candidate]:
        """A list that an article gives in sections ("… District" over what happened there): every sentence
        under a heading that names one of the things asked for, each with its heading."""
        if (asked := _WHOLE.search(question.text)) is None:
            return []
        kinds = {t for word in asked["things"].split() for t in terms(word)}
        under: dict[int, set[str]] = {}
        for c in ranked.found:
            if _lists(c, kinds):
                under.setdefault(c.article.key, set()).add(c.heading)
        best = max(under, key=lambda key: len(under[key]), default=None)
        if best is None or len(under[best]) < 2:
            return []
        # the whole article, not only the passages that were found
        article = next(c.article for c in ranked.found if c.article.key == best)
        text = text_of(article.source)
        whole = Passage(
            start=article.article.start,
            end=article.article.end,
            header="",
            text=text[article.article.start : article.article.end],
        )
        best_of = [
            c
            for c in candidates(
                [Hit(passage=whole, article=article, score=1.0, rank=1, stage="fused")], text_of
            )
            if _lists(c, kinds)
        ]
        first: set[str] = set()
        listed = []
        for c in sorted(best_of, key=lambda c: c.start):
            listed.append(replace(c, start=c.heading_at or c.start) if c.heading not in first else c)
            first.add(c.heading)
        return listed[:MAX_LISTED]

    def _denial(self, question: Question, ranked: Ranked) -> tuple[int, str] | None:
        """The sentence that denies what the question takes for granted, with what that is."""
        best = float(ranked.scores[ranked.order[0]])
        for k, i in enumerate(ranked.order):
            if best - float(ranked.scores[i]) > DENIAL_NEAR:
                return None
            if (
                k == 1
                and ranked.answerable
                and ranked.matrix[ranked.order[0]][FEATURES.index("type_held")] == 1.0
            ):
                return None  # the best sentence answers
            row = dict(zip(FEATURES, ranked.matrix[i], strict=True))
            asserted = denied_premise(
                question,
                ranked.asked,
                ranked.found[i],
                ranked.readings[i],
                float(row["soft_coverage"]),
                float(row["names"]),
            )
            if asserted is not None:
                return i, asserted
        return None

    def _denied(
        self, question: Question, ranked: Ranked, at: int, asserted: str, text_of: Callable[[int], str]
    ) -> Draft:
        quoted = quote(ranked.found[at], text_of)
        claim = DraftClaim(text=claim_text(quoted.text), quotes=(quoted,))
        return Draft(claims=(claim,), premise=DraftPremise(asserted=asserted, quote=quoted))

    def with_conflicts(
        self, question: Question, ranked: Ranked, draft: Draft, text_of: Callable[[int], str]
    ) -> Draft:
        """With the other sides of what is asked: of the same day beside the answer, of other days in
        order, the newest last."""
        found = find_conflict(
            question, ranked.asked, ranked.found, ranked.readings, ranked.scores, ranked.order
        )
        if found is None:
            return draft
        quotes = tuple(quote(ranked.found[s.at], text_of) for s in found.sides)
        told = {q for c in draft.claims for q in c.quotes}
        inside = {(q.article, q.start) for q in told}
        more = tuple(
            DraftClaim(text=claim_text(q.text), quotes=(q,))
            for q in quotes
            if (q.article, q.start) not in inside
        )
        side_claims = {(q.article, q.start): c for c in (*draft.claims, *more) for q in c.quotes}
        ordered = [side_claims[q.article, q.start] for q in quotes]
        rest = [c for c in draft.claims if c not in ordered]
        return draft.model_copy(
            update={
                "claims": (*ordered, *rest),
                "conflicts": (DraftConflict(about=found.about, sides=quotes, changed=found.changed),),
            }
        )

    def evidence(self, question: Question, matrix: Vectors, scores: Vectors, order: Sequence[int]) -> Vectors:
        """What the decision to answer is made from: the best sentence's features and how the question
        fits the corpus. Columns as EVIDENCE."""
        top = matrix[order[0]]
        few = matrix[list(order[:3])]
        weights = [self.weight(w.term) for w in question.words]
        total = sum(weights) or 1.0
        unknown = sum(
            w
            for w, word in zip(weights, question.words, strict=True)
            if self.weight(word.term) >= self.calibration.unknown_weight
        )
        second = float(scores[order[1]]) if len(order) > 1 else float(scores[order[0]])
        return np.asarray(
            [
                float(scores[order[0]]),
                top[0],
                top[1],
                top[2],
                top[3],
                top[4],
                top[5],
                float(few[:, 1].max()),
                top[8],
                top[9],
                unknown / total,
                float(scores[order[0]]) - second,
                top[13],
                top[14],
                top[15],
                top[16],
                top[17],
                top[18],
                top[19],
            ],
            dtype=np.float32,
        )

    def _cut_off(
        self,
        question: Question,
        found: Sequence[Candidate],
        matrix: Vectors,
        scores: Vectors,
        order: Sequence[int],
        answerable: bool,
    ) -> Candidate | None:
        """The unfinished last sentence of a text that breaks off, where the answer would stand in it: it
        is the best sentence, or nearly so where no sentence is good enough; and what is there of it
        does not hold the kind of thing asked for."""
        best = float(scores[order[0]])
        for k, i in enumerate(order[: 1 if answerable else 3]):
            article = found[i].article.article
            if not article.truncated or article.end - found[i].core.end > 3:
                continue
            hangs = (
                k == 0
                and question.asks in ("person", "place", "name", "date")
                and _HANGING.search(found[i].text) is not None
            )
            hangs = hangs and not (
                question.asks == "person" and VERB.search(question.text.lower())
            )  # who says it is told before it breaks off
            if (
                not hangs
                and question.asks in ("number", "date", "person", "place", "name")
                and holds(question, found[i].text) == 1
            ):
                continue
            if k == 0 or (
                best - float(scores[i]) <= NEARLY and matrix[i][FEATURES.index("soft_coverage")] >= ABOUT_IT
            ):
                return found[i]
        return None

    def _choose(
        self, question: Question, found: Sequence[Candidate], scores: Vectors, order: Sequence[int], most: int
    ) -> list[Candidate]:
        """The best sentence, and more only where they come close to it and bring something new."""
        first = order[0]
        chosen = [found[first]]
        best = float(scores[first])
        need = self.calibration.more_several if question.several else self.calibration.more_single
        covered = set(terms(found[first].text))
        asked = {w.term for w in question.words}
        for i in order[1:]:
            if len(chosen) >= most or float(scores[i]) < best - need:
                break
            own = set(terms(found[i].text))
            if len(own - covered) < 0.4 * len(own) or (not question.several and not (own & asked)):
                continue  # says the same again
            chosen.append(found[i])
            covered |= own
        return chosen


EVIDENCE = (
    "score",
    "coverage",
    "context_coverage",
    "soft_coverage",
    "soft_least",
    "names",
    "cosine",
    "best_context",
    "type_held",
    "type_missing",
    "unknown",
    "margin",
    "head",
    "second_least",
    "speaker_held",
    "speaker_missing",
    "date_missing",
    "figure_missing",
    "name_missing",
)


def _soft(question: Question, asked: TokenEmbedding, reading: TokenEmbedding) -> Vectors:
    """For each word of the question the cosine of the nearest word of the sentence, in context (the
    late interaction of Khattab & Zaharia 2020, with vectors not trained for it)."""
    if not question.words:
        return np.zeros(0, dtype=np.float32)
    if not len(reading.words):
        return np.zeros(len(question.words), dtype=np.float32)
    rows = []
    for word in question.words:
        at = [k for k, (a, b) in enumerate(asked.words) if a < word.end and b > word.start]
        rows.append(
            asked.word_vectors[at].mean(0)
            if at
            else np.zeros(reading.word_vectors.shape[1], dtype=np.float32)
        )
    matrix = np.stack(rows)
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    return np.asarray((matrix @ reading.word_vectors.T).max(1), dtype=np.float32)


_COUNTED = re.compile(r"\bhow (?:many|much)\b", re.IGNORECASE)
_FIGURE = re.compile(
    rf"""
    \d[\d.,]*
    | \b(?:
        {number_pattern()}
        | hundreds? | thousands? | dozens? | millions? | no | both | several | half
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def _head(
    question: Question,
    asked: TokenEmbedding,
    reading: TokenEmbedding,
    text: str,
    soft: Vectors,
    otherwise: float,
) -> float:
    """How well the thing asked for ("Which *airlines*", "How many *soldiers*") is matched; for a count,
    by a word that stands within four words after a figure."""
    if question.head is None or not len(soft):
        return otherwise
    if not _COUNTED.search(question.text):
        return float(soft[question.head])
    word = question.words[question.head]
    at = [k for k, (a, b) in enumerate(asked.words) if a < word.end and b > word.start]
    ends = [m.end() for m in _FIGURE.finditer(text)]
    near = [
        k
        for k, (a, _) in enumerate(reading.words)
        if any(0 <= len(text[e:a].split()) <= 3 and e <= a for e in ends)
    ]
    if not at or not near:
        return 0.0
    vector = asked.word_vectors[at].mean(0)
    return float((reading.word_vectors[near] @ (vector / max(float(np.linalg.norm(vector)), 1e-9))).max())


def _flat(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()
