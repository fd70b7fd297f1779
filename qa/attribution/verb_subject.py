"""Which mention is the subject of a verb of saying, by what stands before the verb.

Ordered rules, over the sentence first ("Holt, the mayor, said"), then over the verb's own clause, then
over the mentions in it that may act. The first rule that knows decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from qa.attribution.acts import Word
from qa.attribution.asides import DASHED, before_adverbs, beside, is_listed, may_act
from qa.attribution.mentions import Mention
from qa.attribution.quotations import MASK
from qa.attribution.relatives import before_aside, narrowed_by_relative
from qa.attribution.subjects import source_of
from qa.text.lexicon.speech import verb_pattern

# The mention that a verb belongs to, or None; whether it shares the subject of the verb before.
Subject = tuple[Mention | None, bool]
_NOBODY: Subject = (None, False)


@dataclass(frozen=True, slots=True)
class _Lead:
    """What stands before a verb in its sentence, ``bare[start:at]``; up to ``stop`` without the adverbs and
    auxiliaries beside the verb. ``strong``: the verb says something whatever its subject."""

    bare: str
    start: int
    stop: int
    at: int
    mentions: list[Mention]
    participle: bool
    strong: bool


@dataclass(frozen=True, slots=True)
class _Clause:
    """The clause before a verb, ``lead.bare[begin:lead.stop]``, behind the last cut of the sentence:
    ``mark`` is the word or the sign there, "" where the sentence has none."""

    lead: _Lead
    cut: int  # where the mark begins
    begin: int
    mark: str
    text: str

    @property
    def relative(self) -> bool:
        return self.mark in ("who", "which", "that")

    @property
    def empty(self) -> bool:
        return not self.text.strip(" ,")


def subject_of(word: Word) -> Subject:
    """(the mention that a verb belongs to, or None; whether it shares the subject before)."""
    return _subject(_lead(word.bare, word.start, word.at, word.mentions, word.participle, word.always_says))


def _subject(lead: _Lead) -> Subject:
    for rule in _BY_THE_SENTENCE:
        if (found := rule(lead)) is not None:
            return found
    clause = _clause(lead)
    for by_clause in _BY_THE_CLAUSE:
        if (found := by_clause(clause)) is not None:
            return found
    able = [
        m
        for m in lead.mentions
        if clause.begin <= m.start and m.end <= lead.stop and may_act(lead.bare, clause.begin, m)
    ]
    for by_mentions in _BY_THE_MENTIONS:
        if (found := by_mentions(clause, able)) is not None:
            return found
    return _NOBODY


def _lead(bare: str, start: int, at: int, mentions: list[Mention], participle: bool, strong: bool) -> _Lead:
    return _Lead(bare, start, before_adverbs(bare, start, at), at, mentions, participle, strong)


_CUT = re.compile(
    r"[;:(\[]|—|–|\s-\s|,\s+(?=(?:and|but|while|whereas|where|when|as|although|though|because|if|so|yet|"
    r"or)\b)|(?<!such )(?<!as well )(?<!current )(?<!past )(?<!\bold )(?<!former )(?<!present )"
    r"\b(?:that|while|whereas|because|although|though|as|if|when|after|before|since|until|whether|how|why|"
    r"what|where|but|and)\b(?!\s+well\s+as)|(?:\b(?:who|which|whom|whose)\b)|"
    r"[¤”\"]+,?"
)


def _clause(lead: _Lead) -> _Clause:
    cut = begin = lead.start
    for m in _CUT.finditer(lead.bare, lead.start, lead.stop):
        if not any(x.start < m.start() and m.end() < x.end for x in lead.mentions):  # an "and" in a name
            cut, begin = m.span()
    return _Clause(lead, cut, begin, lead.bare[cut:begin].strip(" ,"), lead.bare[begin : lead.stop])


# --- by the sentence before the verb ---

_IS = re.compile(r"\b(?:is|are|was|were|been)\b")
_WITH = re.compile(r"\bwith\s+(?:[\w’'.-]+\s+){0,5}$")
# Behind these a participle goes on with the subject before: "Lind left, saying", "in a letter saying".
_SHARES = re.compile(
    rf"(?:^|[,;:—–{MASK}]|\b(?:and|by|while|before|after|in|then|(?:statement|post|letter|message|"
    rf"note|speech|interview|report|memo)(?:\s+(?:on|in|to|at)\s+[^,;]{{2,30}})?))\s*$"
)


def _around_an_aside(lead: _Lead) -> Subject | None:
    """The subject before an aside in dashes: "Otto Lind — a teacher from Arlen — says"."""
    aside = None if lead.participle else DASHED.search(lead.bare, lead.start, lead.stop)
    if aside is None:
        return None
    found = _subject(_lead(lead.bare, lead.start, aside.start(), lead.mentions, lead.participle, lead.strong))
    return found if found[0] is not None else None


def _of_a_participle(lead: _Lead) -> Subject | None:
    """Whoever acted before it: "Lind left, saying"; or its own subject: "with Lind saying"."""
    bare, start, stop = lead.bare, lead.start, lead.stop
    if not lead.participle or _IS.search(bare[stop : lead.at]) is not None:
        return None
    with_whom = next(
        (
            m
            for m in lead.mentions
            if m.end <= stop and not bare[m.end : stop].strip() and _WITH.search(bare[start : m.start])
        ),
        None,
    )
    # "Lind left, saying"; "Lind left Friday, saying", where the day was taken for an adverb of the verb
    return with_whom, any(_SHARES.search(bare[start:end]) for end in (stop, lead.at))


def _behind_a_comma(lead: _Lead) -> Subject | None:
    """The subject before an apposition or a clause: "Holt, the mayor, also said", "Holt, who rows daily,
    said"."""
    bare = lead.bare
    comma = lead.stop
    if not bare[lead.start : lead.stop].rstrip().endswith(","):
        comma = bare.rfind(",", lead.stop, lead.at) + 1  # "Holt, who rows daily, also said"
    if not comma:
        return None
    who = beside(bare, lead.start, comma, lead.mentions) or (
        before_aside(bare, lead.start, comma, lead.mentions) if lead.strong else None
    )
    return (who, False) if who is not None else None


_BY_THE_SENTENCE: tuple[Callable[[_Lead], Subject | None], ...] = (
    _around_an_aside,
    _of_a_participle,
    _behind_a_comma,
)


# --- by the clause of the verb ---

_OWN_VERB = re.compile(
    r"\s*(?:\w+ly\s+|also\s+)?(?!(?:the|an?|he|she|they|it|we|you|his|her|their|its|this|these|some|many|"
    r"most|all)\b)"
    r"[a-z]+\s+\S"
)
_CALLING = re.compile(r",\s+\w+ing\b")
_PLACED = re.compile(r"\b(?:of|in|from|near|at)\s+(?:[A-Z][\w.’'-]*\s*){1,2}$")
_CAPITALS = re.compile(r"(?:\s+[A-Z][\w.’'-]*){1,2}\s*")


_HEAD_OF = re.compile(
    r",\s+(?:the|an?|its|his|her)\s+(?:[\w’'-]+\s+){1,5}(?:of|for|at|from)\s+(?:the\s+)?(?:[A-Z][\w&’'-]*\s*){1,6},?\s*$"
)
_OF_IT = re.compile(r"\b(?:of|for|at|from)\s+(?:the\s+)?$")
_HEARS = re.compile(rf"\b{verb_pattern('hearer')}\s+[^,;¤]{{1,60}}$")
_OWNER = re.compile(r"[’']s?$")


def _before_relative(c: _Clause, strong: bool) -> Subject | None:
    """The source that the relative clause narrows."""
    lead = c.lead
    source = narrowed_by_relative(lead.bare, lead.start, c.cut, lead.mentions, strong)
    return (source, False) if source is not None else None


def _noun_with_relative(c: _Clause) -> Subject | None:
    """The relative clause has its verb, this is the noun's: "Officials who met the press said"."""
    if not c.relative or "," in c.text or not _OWN_VERB.match(c.lead.bare, c.begin, c.lead.stop):
        return None
    return _before_relative(c, c.lead.strong)


def _antecedent(c: _Clause) -> Subject | None:
    """The name that a relative clause hangs on: "Holt, who said", "Holt who has long said"."""
    bare, stop, lead = c.lead.bare, c.lead.stop, c.lead
    if not c.relative or any(
        c.begin <= m.start and m.end <= stop and not bare[m.end : stop].strip() for m in c.lead.mentions
    ):
        return None
    comma = bare.rfind(",", c.begin, stop) + 1
    if comma and bare[comma:stop].strip() and source_of(bare, comma, stop, c.lead.mentions, strong=True):
        return None  # "a man who had left Arlen, state officials said"
    if c.mark == "that" and _HEARS.search(bare[lead.start : c.cut]):
        return None  # "told the paper that the loss may be …"
    near = 1 if c.text.strip() else 40
    if c.mark == "who" and (of := _HEAD_OF.search(bare, lead.start, c.cut)) is not None:
        near = max(near, len(of.group()))
    for m in reversed(c.lead.mentions):
        if m.end <= c.cut and c.cut - m.end <= near and m.kind != "pronoun":
            if c.mark == "who" and m.kind == "body" and _OF_IT.search(bare[lead.start : m.start]):
                continue  # "Otto Lind, the head of the Arlen Council, who said"
            if c.mark == "that" and m.kind != "role" and not bare[m.end : c.cut].strip():
                return None  # "emails with the Bulletin that called it a lie": what narrows is not of a name
            owner = _OWNER.search(bare[m.start : m.end]) and bare[m.end : c.cut].strip(" ,")
            return None if owner else (m, False)  # "Mr. Holt's children, who said"
    return None


def _source_before_relative(c: _Clause) -> Subject | None:
    """The source right before "who", "which" or "that", if no mention is: "about 400 men who say"."""
    return _before_relative(c, False) if c.relative and not c.text.strip() else None


def _around_a_quotation(c: _Clause) -> Subject | None:
    """The subject of a participle whose object is quoted: "Vera Lund, calling it “a ruin,” said"."""
    bare = c.lead.bare
    if c.empty and MASK in bare[c.cut : c.begin]:
        for m in c.lead.mentions:
            if m.end <= c.begin and _CALLING.match(bare[m.end : m.end + 24]):
                return m, False
    return None


def _nothing_between(c: _Clause) -> Subject | None:
    """Whoever acted before: "Holt rose and said"; or nobody."""
    return (None, c.mark in ("and", "but", "or")) if c.empty else None


def _noun_phrase(c: _Clause) -> Subject | None:
    """The noun phrase of the clause, behind its last comma where there is one: "On Monday, a miller said"."""
    lead, begin = c.lead, c.begin
    if lead.participle:
        return None
    comma = lead.bare.rfind(",", begin, lead.stop)
    after = comma + 1 if comma >= 0 and lead.bare[comma + 1 : lead.stop].strip() else begin
    if (
        after != begin
        and _PLACED.search(lead.bare, begin, comma)
        and _CAPITALS.fullmatch(lead.bare[after : lead.stop])
    ):
        after = begin  # "Vera Lund of Arlen, North Hart says"
    source = source_of(lead.bare, after, lead.stop, lead.mentions, strong=lead.strong)
    if source is None and after != begin:
        source = source_of(lead.bare, begin, lead.stop, lead.mentions, strong=lead.strong)
    if source is not None and is_listed(lead.bare, source):
        return None, True  # "the airline flying to Arlen and Norvik blamed"
    return (source, False) if source is not None else None


_BY_THE_CLAUSE: tuple[Callable[[_Clause], Subject | None], ...] = (
    _noun_with_relative,
    _antecedent,
    _source_before_relative,
    _around_a_quotation,
    _nothing_between,
    _noun_phrase,
)


# --- by the mentions of the clause that may be its subject ---

# What only narrows a noun: "of the guild", ", now 60,".
_NARROWS = re.compile(
    r"(?:[\s,\u00a0]*(?:in|at|of|for|with|from|on|to|familiar|close|near|who|by)\b[^;:]*|"
    r"[\s\u00a0]*,[^,;:]*,?|[\s\u00a0]*,?)"
)
_BEGINS_WITH_VERB = re.compile(r"\s*(?:,|\w+ed\b|\w+s\b)")
_DID = re.compile(r"\s+(?:\w+ed|\w+s|\w+)\b[^;:]*,?\s*(?:and\s+)?")
_AND = re.compile(r"\band\s*$")


def _noun_before(c: _Clause, able: list[Mention]) -> Subject | None:
    """The mention right before the verb; what stands between may only narrow it: "he in Arlen said"."""
    for m in reversed(able):
        if _NARROWS.fullmatch(c.lead.bare[m.end : c.lead.stop]):
            return m, False
    return None


def _goes_on(c: _Clause, able: list[Mention]) -> Subject | None:
    """Whoever acted before "and": "Holt rose and, smiling, said"; nobody in a clause that begins with its
    verb."""
    if c.mark in ("and", "but"):
        return None, True
    return _NOBODY if not able and _BEGINS_WITH_VERB.match(c.text) else None


def _did_and_said(c: _Clause, able: list[Mention]) -> Subject | None:
    """The subject of the verb before, where "and" is no cut: "Lind was rich in the past and said"."""
    bare, lead = c.lead.bare, c.lead
    if (
        able
        and not lead.participle
        and _DID.fullmatch(bare[able[-1].end : lead.stop])
        and _AND.search(bare[: lead.at].rstrip()[-6:])
    ):
        return able[0], False
    return None


_BY_THE_MENTIONS: tuple[Callable[[_Clause, list[Mention]], Subject | None], ...] = (
    _noun_before,
    _goes_on,
    _did_and_said,
)
