"""What a mention is: a name, a role or a pronoun that stands in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa.text.characters import LATIN_CAPITALS
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.people import ABBREVIATED_TITLES

Kind = Literal["person", "body", "role", "pronoun"]

CAPITAL = (
    rf"(?:(?:[A-Z]\.)+|(?:{alternatives(t.title() for t in ABBREVIATED_TITLES)}|Jr|Sr|Inc|Ltd|Co|Corp|"
    rf"Bros|Cos)\.(?:-elect)?|"
    rf"(?:(?<![\w-])(?:[ae]l-|d[ei](?=[A-Z])))?[{LATIN_CAPITALS}](?:[\w&\u0300-\u036f]|[’'-](?=\w))*)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, a role or a pronoun that stands in a text. ``name`` is without titles and roles, ``role``
    what was said beside it; a role alone has the whole phrase as ``role`` and its noun as ``head``."""

    start: int
    end: int
    kind: Kind
    name: str = ""
    role: str | None = None
    head: str = ""
    definite: bool = True


_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


_OPENS_CLAUSE = frozenset("although and as because but if so though when where while yet".split())


def clean(role: str | None) -> str | None:
    """A role without the article, or the word that opens its sentence, before it."""
    if role is None:
        return None
    words = role.strip(" ,").split(" ")
    while len(words) > 1 and words[0].casefold() in _OPENS_CLAUSE:
        del words[0]
    return _ARTICLE.sub("", " ".join(words))


def capitals(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[str]:
    """Words that are capitalised where no sentence begins, so that they are names where one does."""
    found: set[str] = set()
    for a, b in spans:
        for m in re.finditer(rf"(?<=[a-z,][ \u00a0]){CAPITAL}(?:[ \u00a0]{CAPITAL})*", text[a:b]):
            found.update(m.group().split())
    return frozenset(found)
