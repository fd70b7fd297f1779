"""Sentence spans of a text, exact to the code point. Nothing is rewritten.

Rule-based, after the abbreviation/next-word scheme of Kiss & Strunk (2006) with fixed lists, and two
things that scraped news needs: sentences run together without a space ("question.Negotiations"), and
quotations that end inside a line ("...at war with us," X said).
"""

from __future__ import annotations

import re

from qa.text.lexicon.calendar import MONTH_ABBREVIATIONS, WEEKDAY_ABBREVIATIONS
from qa.text.lexicon.people import ABBREVIATED_TITLES

_ABBREVIATIONS = frozenset(
    {
        *ABBREVIATED_TITLES,
        *MONTH_ABBREVIATIONS,
        *WEEKDAY_ABBREVIATIONS,
        *("vs", "v", "etc", "eg", "ie", "cf", "al", "no", "nos", "vol", "pp", "fig"),
        *("art", "sec", "dept", "est", "inc", "ltd", "co", "corp", "bros", "llc", "plc", "assn"),
        *("univ", "mt", "ft", "jr", "sr", "m", "ing", "lic", "sra", "srta", "dra", "bzw"),
        *("usw", "ca", "approx", "min", "max", "ave", "blvd", "rd"),
    }
)
# After these abbreviations a sentence may well end; the next word decides.
_MAY_END = frozenset(
    [
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "jr",
        "sr",
        "al",
        "llc",
        "plc",
        "a.m",
        "p.m",
        "u.s",
        "u.k",
        "u.n",
        "e.u",
        "d.c",
        "u.s.a",
        "b.c",
        "ph.d",
    ]
)
_STARTERS = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "it",
        "its",
        "he",
        "she",
        "they",
        "we",
        "i",
        "you",
        "his",
        "her",
        "their",
        "our",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "after",
        "before",
        "but",
        "and",
        "as",
        "if",
        "when",
        "while",
        "although",
        "however",
        "meanwhile",
        "more",
        "other",
        "some",
        "there",
        "what",
        "who",
        "how",
        "why",
        "speaking",
        "according",
        "asked",
        "earlier",
        "later",
        "last",
        "since",
        "under",
        "during",
        "both",
        "all",
        "many",
        "most",
        "one",
        "two",
        "no",
        "not",
        "yet",
        "so",
        "officials",
    ]
)
# Abbreviations that in lower case are words ("he said no. Then").
_WORDS_TOO = frozenset(["no", "sat", "sun", "art", "fig", "max", "min", "sec", "mar", "al", "co"])
_END = re.compile(r"(?P<mark>[.!?…]+)(?P<close>[\"'”’»)\]\*_]*)(?P<gap>\s+|(?=\S)|$)")
_OPENERS = "\"'“‘«([—–*_"
# Characters around a mark that are looked at: an end is decided by what stands beside it, and a text of marks
# alone would otherwise be read anew from each.
_BESIDE = 200
# No sentence is longer: what has no end for so long is a list, a table or no text at all. It is cut at white
# space, so that whatever reads sentences is bounded.
LONGEST = 2000


def _ends_here(text: str, m: re.Match[str], start: int, limit: int) -> bool:
    """Whether the sentence that began at ``start`` ends with this punctuation."""
    mark, close, gap = m["mark"], m["close"], m["gap"]
    at = m.end()
    if at >= limit:
        return True
    rest = text[at : min(limit, at + _BESIDE)].lstrip(_OPENERS + " \u00a0")
    nxt = rest[:1]
    if not nxt:
        return True
    before = text[max(start, m.start() - _BESIDE) : m.start()]
    token = before.split()[-1].lstrip(_OPENERS) if before and not before[-1].isspace() else ""
    if not gap:
        return _run_together(text, m, token, limit)
    if nxt.islower():
        # "Is that so?" he asked.  /  "... the … and so on"
        return False
    if mark[0] in "!?":
        return True
    if mark.startswith(("…", "..")):
        return nxt.isupper() and (
            bool(close) or (text[at : at + 1] not in "[" and not before.rstrip().endswith(("“", '"')))
        )
    if nxt.isdigit() and token.lower().rstrip(".") in {"no", "nos", "vol", "art", "fig", "sec", "pp", "p"}:
        return False
    return _full_stop(token, bool(close), rest)


def _full_stop(token: str, closed: bool, rest: str) -> bool:
    low = token.lower()
    if closed and not re.fullmatch(r"\(?[a-z]\.[a-z]", low):
        return True
    word = re.match(r"[\w’']+", rest)
    next_word = word.group().lower() if word else ""
    if low in _MAY_END or re.fullmatch(r"(?:[a-z]\.)+[a-z]", low):
        return next_word in _STARTERS and not (low in {"jr", "sr"} and next_word in {"and", "of"})
    if low in _ABBREVIATIONS:
        # "No. 10" but "he said no. Then"
        return token.islower() and low in _WORDS_TOO and not rest[:1].isdigit()
    return not re.fullmatch(r"[A-Z]", token) or next_word in {"the", "he", "she", "it"}


def _run_together(text: str, m: re.Match[str], token: str, limit: int) -> bool:
    """A sentence end without a space: lower-case word, digit or closing quote before, capital after."""
    mark, close = m["mark"], m["close"]
    if mark not in (".", "!", "?", "…", "..."):
        return False
    after = text[m.end() : min(limit, m.end() + 24)]
    if not re.match(r"[\"“‘«(]?[A-ZÀ-ÞА-Я“](?:[a-zà-þа-я’']|\s|[A-Z]{1,4}\b)", after):
        return False
    word = re.match(r"[\"“‘«(]?([\w’'-]+)", after)
    if close and close[0] in '"”»)' and mark != ".":
        return True
    if re.search(r"[/@]|www|^https?:", token) or (re.match(r"[A-Za-z]{2,4}(?:/|$)", after) and "." in token):
        return False
    if token.lower() in _ABBREVIATIONS or re.fullmatch(r"(?:\w\.)*\w", token):
        return bool(re.fullmatch(r"[\d,.]+%?", token)) and not after[:1].isdigit()
    # "Booking.Com" and "Node.Js" are names: both sides capitalised and the right side short
    if token[:1].isupper() and word is not None and len(word[1]) <= 3 and word[1].lower() not in _STARTERS:
        return False
    return bool(re.search(r"[a-zà-þа-я0-9%)+”\"’]$", token)) or bool(close)


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences in ``text[start:end]``, white space trimmed, together covering every
    other character. The stretch is taken as one paragraph: line breaks in it are white space."""
    limit = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = start
    for m in _END.finditer(text, start, limit):
        if m.start() < begin or not _ends_here(text, m, begin, limit):
            continue
        stop = m.end("close")
        close = m["close"]
        # a straight quote with no space after it may open the next sentence: said."No
        if (
            not m["gap"]
            and close.endswith('"')
            and text[begin : m.start()].count('"') % 2 == 0
            and stop < limit
        ):
            stop -= 1
        _add(text, spans, begin, stop)
        begin = stop
    _add(text, spans, begin, limit)
    return spans


def _add(text: str, spans: list[tuple[int, int]], start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = max(text.rfind(blank, start + LONGEST // 2, start + LONGEST) for blank in " \n\t\u00a0")
        cut = cut if cut > 0 else start + LONGEST
        spans.append((start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        spans.append((start, end))
