"""Whether a question is in another language than English, which is the only one that is understood."""

from __future__ import annotations

import re
import unicodedata

from qa.text.lexicon.asking import ENGLISH_ONLY, QUESTION_WORDS

_BEGINNINGS = frozenset(word for _, words in QUESTION_WORDS for word in words)


def foreign(question: str) -> bool:
    """True where that is plain: most letters are of another script, or the first word asks in another
    language and no English word of grammar is there. False where it is not plain."""
    letters = [c for c in question if c.isalpha()]
    if not letters:
        return False
    latin = sum(unicodedata.name(c, "").startswith("LATIN") for c in letters)
    if latin < len(letters) / 2:
        return True
    words = re.findall(r"[^\W\d_]+", question.casefold())
    return words[0] in _BEGINNINGS and not ENGLISH_ONLY.intersection(words)
