"""Who stands behind the words that give somebody's speech: "according to X", "“…,” said X"."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.attribution.acts import Word
from qa.attribution.asides import DASHED, beside
from qa.attribution.mentions import Mention
from qa.attribution.quotations import MASK
from qa.attribution.subjects import NARROWED, source_of
from qa.text.lexicon.bodies import BODIES
from qa.text.lexicon.people import NARROWS
from qa.text.lexicon.speech import verb_of, verbs
from qa.text.terms import STOP

_PHRASE_ENDS = re.compile(
    rf"[,;:!?…—–{MASK}\"”()]|\.(?<!(?<!&)\b[A-Z]\.)(?!\s+[a-z])|\s-\s|\b(?:and|but|who|which|that|whose)\b|$"
)
_NARROWED_ENDS = re.compile(rf"[,;:.!?…—–{MASK}()]|$")
_SMALL_WORDS = re.compile(r"(?:[a-z-]+\s+){1,3}")
# Whose spokesman somebody is: "said Arlen Department of Fire and Rescue spokesman Del Holt".
_OF_A_NAME = re.compile(
    r"(?:the\s+)?[A-Z][\w&.’'-]*\s+(?:(?:[A-Z][\w&.’'-]*|of|and|for|the|&)\s+){0,10}(?P<role>(?:[a-z][a-z-]+\s+){0,3})"
)


def _is_of_a_name(between: str, who: Mention) -> bool:
    """Whether words before somebody only say whose spokesman that is."""
    m = _OF_A_NAME.fullmatch(between)
    return m is not None and (bool(m["role"]) or bool(who.role)) and not STOP.intersection(m["role"].split())


def extent(bare: str, at: int, end: int) -> int:
    """Where the phrase of a source ends, with what narrows it ("sources familiar with the effort")."""
    if not NARROWED.match(bare, at, end):
        return at
    edge = _NARROWED_ENDS.search(bare, at, end)
    return edge.start() if edge else at


def source_behind(
    bare: str, start: int, end: int, mentions: list[Mention], strong: bool = True
) -> Mention | None:
    """The source that stands behind "according to" (``strong``) or "said", up to where its phrase ends."""
    named = next(
        (
            x
            for x in mentions
            if x.kind == "person"
            and x.end > start + 4
            and (
                x.start <= start + 4
                or _SMALL_WORDS.fullmatch(bare[start : x.start])
                or _is_of_a_name(bare[start : x.start], x)
            )
        ),
        None,
    )
    if named is not None and _is_of_a_name(bare[start : named.start], named):
        return named
    edge = _PHRASE_ENDS.search(bare, max(start, named.end if named else start), end)
    return source_of(bare, start, edge.start() if edge else end, mentions, strong=strong, named=strong)


# --- "…," said X ---

_INVERTS = frozenset(f for v in verbs("inverts") for f in v.finite)
_GAP = re.compile(r"(?:\s+(?:also|then|later|yesterday))?\s+")
_OPENS_CLAUSE = re.compile(rf"[,?!…—{MASK}\"”’–-]\s*(?:(?:so|and|as)\s+)?$")
# What may follow a speaker that stands behind its verb: the end of the clause, or what narrows the speaker.
_MAY_FOLLOW = re.compile(
    rf"\s*(?:$|[,;:.!?…—–{MASK}()\"”])|\s+(?:of|for|at|in|on|from|with|who|whose|that|as|during|after|before|to|"
    r"about|regarding|representing|and|by|last|this|yesterday|today|earlier|late|adding|via|when|while|speaking|"
    r"referring|near|outside|told|himself|herself)\b"
)


_AND_SAID = re.compile(rf"{MASK}\s+and\s+$")
_OF_A_BODY = re.compile(r"(?:[Tt]he\s+)?(?:[\w&.-]+\s+){0,3}[\w&.-]+(?:[’']s|(?<=s)[’'])\s+")


def inverted(word: Word) -> Mention | None:
    """Who stands behind a verb that ends a clause: "…," said X. None where the words behind are what is
    said ("X, 37, said customers were …")."""
    gap = _GAP.match(word.tail)
    if gap is None or word.participle or (word.left.strip() and not _OPENS_CLAUSE.search(word.left)):
        return None
    quoted = word.left.rstrip().endswith(MASK)
    if not _inverts(word, quoted) or _has_subject_before(word):
        return None
    behind = word.stop + gap.end()
    who = source_behind(word.bare, behind, word.end, word.mentions, strong=word.reads)
    if (
        who is None
        or not _is_right_behind(word.bare[behind : who.start], who)
        or (who.kind == "pronoun" and not quoted and word.left.strip())
    ):
        return None
    if not _MAY_FOLLOW.match(word.bare[who.end : word.end]):
        return None
    if _AND_SAID.search(word.left) and word.bare[who.end : word.end].lstrip().startswith(MASK):
        return None  # "called it “sad” and suggested the mayor “left it to rot”"
    between = word.bare[behind : who.start].strip()
    named = (
        between and who.role is None and _ROLE.fullmatch(between) and not between.startswith(("a ", "an "))
    )
    return replace(who, role=between) if named else who


def _is_right_behind(between: str, who: Mention) -> bool:
    """Whether a speaker stands right behind the verb, but for words of the role: "said former Rep. Holt",
    "said watch manager Del Holt", "said Lind family spokesman Del Holt", "said the Gazette’s Del Holt"."""
    between = between.replace(MASK, "")  # "“…,” said “Star Trek” actor Ian Holt"
    words = between.split()
    if who.kind != "person":
        trade = (
            words[:1] == ["the"] and all(w.isalpha() and w.islower() for w in words) and words[-1] in BODIES
        )
        return not words or between.strip() in ("the", "The") or trade  # "said the news agency SPA"
    if (
        words[:1] in (["a"], ["an"])
        and 2 <= len(words) <= 4
        and all(w.isalpha() and w.islower() for w in words)
    ):
        return not any(verb_of(w) is not None for w in words)  # "said a tearful Ida Holt"
    owner = _OF_A_BODY.match(between)
    words = words if owner is None else between[owner.end() :].split()
    if who.role and words[:1] == ["the"]:
        del words[0]  # "says the spinal study’s author, Ida Holt"
    if _is_of_a_name(f"{between.strip()} ", who) or words in (["the"], ["The"]):
        return True  # "said the Red Cross"
    if who.role and len(words) <= 4:
        return all(w.isalpha() and (w == "and" or w.casefold() not in STOP) for w in words)
    return all(NARROWS.fullmatch(w) for w in words) or _is_noun(words)


_ROLE = re.compile(r"(?:[\w&.’'-]+\s+){0,4}[a-z][a-z-]+")


def _is_noun(words: list[str]) -> bool:
    """Whether words are a noun for the name behind them, whatever it means: "said Arlen senior Vera Lund"."""
    return (
        len(words) <= 5
        and _ROLE.fullmatch(" ".join(words)) is not None
        and not any(w.casefold() in STOP or verb_of(w) is not None for w in words)
    )


def _inverts(word: Word, quoted: bool) -> bool:
    """Whether the subject may stand behind a verb: "said" anywhere, others behind a quotation only."""
    row = word.row
    return row is not None and (
        word.form in _INVERTS or (quoted and "deed" not in row and "hearer" not in row)
    )


_NAME_CLOSED = re.compile(
    r"\s+(?:the\s+)?(?:[a-z-]+\s+){0,3}[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*){0,4}(?:,|[.;]?\s*$)"
)


def _closes_a_clause(word: Word, subject: Mention) -> bool:
    """Whether a name right before the comma ends what is told: "… that Holt can win, said Otto Lind"."""
    alone = not word.bare[subject.end : word.at].strip(" ,")
    return alone and subject.start > word.start and _NAME_CLOSED.match(word.tail) is not None


def _has_subject_before(word: Word) -> bool:
    """Whether a comma or a dash before a verb closes what narrows its subject: "Holt, who rows, said", "The
    miller -- Vera Lund, who … -- said the dam"."""
    if word.left.rstrip().endswith(","):
        subject = beside(word.bare, word.start, word.at, word.mentions)
        if subject is not None and not _closes_a_clause(word, subject):
            return True
    return DASHED.search(word.left) is not None
