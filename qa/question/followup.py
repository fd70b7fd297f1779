"""A follow-up and the questions before it -> a question that stands alone. By rule: no model.

What a follow-up leaves out is carried over from the earlier turns: names, figures and, where it is
very short, the other content words. Words are appended, none is removed, so a wrong guess costs
precision and never the question itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.question.parsing import Word, read_question

_POINTS_BACK = re.compile(
    r"""
    \b(?:
        he | she | it | they | him | her | them | his | hers | its | their | theirs
        | this | that | these | those | there | then
        | the\ (?: same|other|former|latter|second|first )
        | one | ones | do\ so | did\ so
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CONTINUES = re.compile(
    r"^\W*(?:and|but|so|or|also|what about|how about|why|when|where|who|how|since when|really|which one)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"\b(?:he|him|his|she|her|hers)\b", re.IGNORECASE)


def means_somebody(question: str) -> bool:
    """Whether a question speaks of a person by a pronoun: he or she who was asked for may be meant."""
    return bool(_SOMEBODY.search(question))


ENOUGH = 4  # words carried over, from where on older turns are not asked for names
NEAR = 3  # turns that are looked back


def _names(words: Sequence[Word]) -> list[Word]:
    return [w for w in words if w.name]


def _carried(own: Sequence[Word], history: Sequence[str]) -> list[str]:
    """Words of earlier questions that the new one lacks. The nearest turn gives all its content; older ones
    only names, where the nearest has none."""
    have = {w.term for w in own}
    carried: list[str] = []
    named = bool(_names(read_question(history[-1]).words))
    for k, earlier in enumerate(reversed(history[-NEAR:])):
        if k > 0 and named and len(carried) >= ENOUGH:
            break
        words = read_question(earlier).words
        for word in words if k == 0 else _names(words):
            if word.term not in have:
                have.add(word.term)
                carried.append(earlier[word.start : word.end])
    return carried


def _replaced(names: int, last: str) -> set[str]:
    """The names of the last question in whose place the ``names`` names of the new one stand."""
    return {last[w.start : w.end] for w in _names(read_question(last).words)[-names:]}


def standalone(question: str, history: Sequence[str]) -> str:
    """``question`` with what it needs of ``history`` (earlier questions, oldest first) added in
    brackets; unchanged where it needs nothing."""
    if not history:
        return question
    own = read_question(question).words
    own_names = _names(own)
    points = bool(_POINTS_BACK.search(question))
    continues = bool(_CONTINUES.match(question))
    if not (points or not own_names or (len(own) <= 3 and continues)):
        return question
    carried = _carried(own, history)
    # a name of the same kind in the new question replaces the old one: "And in Solomianskyi?"
    if own_names and not points and continues:
        replaced = _replaced(len(own_names), history[-1])
        carried = [c for c in carried if c not in replaced]
    return f"{question} ({' '.join(carried)})" if carried else question


_AND_ASKS = re.compile(
    r"""
    ,?\s+and\s+
    (?=
        (?: (?: at | in | on | for | from | to | by | with | since | about )\s+ )?
        (?: what | how | when | where | who | whom | whose | which | why )\b
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)


def parts(question: str) -> list[str]:
    """The questions in a question ("Who … , and how …?"), each once and standing alone; mostly just one."""
    pieces = [p.strip() for p in _AND_ASKS.split(question.strip())]
    pieces = [p for p in pieces if p]
    if len(pieces) < 2 or any(len(p.split()) < 3 for p in pieces):
        return [question]
    whole = [pieces[0].rstrip("?.!") + "?"]
    for piece in pieces[1:]:
        whole.append(standalone(piece, [pieces[0]]))
    return list(dict.fromkeys(whole))
