"""Capitals of a question that was typed without them. Names weigh more than other words, and whoever types
"who won wisconsin" names a state; the articles tell which words are names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from qa.text.lexicon.bodies import BODIES
from qa.text.lexicon.people import GROUPS, is_person, singular
from qa.text.terms import STOP, tokens

_POSSESSIVE = re.compile(r"['’]s?$")
SHORTEST = 4  # letters; shorter words are not counted (``qa.index.ledger``)
SEEN = 3  # times that the articles have a name
MOSTLY = 9  # times as often with a capital as without: more than words that open sentences


def with_names(question: str, written: Callable[[Iterable[str]], Mapping[str, int]]) -> str:
    """The question with the names of the articles as they write them; as it is where it has capitals of its
    own behind the first word. ``written``: how often each of some words stands in the articles, as written.
    """
    words = [
        (start, start + len(_POSSESSIVE.sub("", question[start:end]))) for start, end, _ in tokens(question)
    ]
    if any(not question[start:end].islower() for start, end in words[1:] if question[start:end].isalpha()):
        return question
    asked = [question[start:end] for start, end in words]
    plain = {w.lower() for w in asked if len(w) >= SHORTEST and w.isalpha()} - STOP
    if not plain:
        return question
    count = written([form for w in plain for form in (w, *_capitals(w))])
    text = question
    for start, end in reversed(words):
        if (low := question[start:end].lower()) in plain:
            name = max(_capitals(low), key=lambda form: count.get(form, 0))
            if count.get(name, 0) >= max(SEEN, MOSTLY * count.get(low, 0)) and _may_be_name(low):
                text = text[:start] + name + text[end:]
    return text


def _may_be_name(word: str) -> bool:
    """Whether a word that the articles print with a capital is a name, and no "Minister", no "Ministry"."""
    one = singular(word)
    return not (is_person(one) or one in BODIES or word in GROUPS)


def _capitals(word: str) -> tuple[str, ...]:
    inside = (f"Mc{word[2:].capitalize()}",) if word.startswith("mc") else ()
    return word.capitalize(), word.upper(), *inside
