"""Words with which a question begins in other languages, and English words that stand in no such question, as
rows."""

from __future__ import annotations

from qa.text.lexicon.build import table

# (language, words that begin a question in it); none is an English word
QUESTION_WORDS: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (row[0], frozenset(row[1].split()))
    for row in table(
        """
        de | wer wen wem wessen wann warum wieso weshalb woher wie wo welche welcher welches welchen
        fr | qui quand où pourquoi combien quel quelle quels quelles
        es | quién quiénes qué cuándo cuánto cuántos cuánta cuántas cómo cuál cuáles dónde
        it | chi quando perché quanto quanti quante quale quali
        pt | quem onde quantos quantas qual quais
        nl | wie wanneer waar waarom hoeveel welke
        pl | kto kiedy gdzie dlaczego jaki jaka jakie który która które
        """
    )
)
ENGLISH_ONLY: frozenset[str] = frozenset(
    "the of and are were did does do who what when where why how which with about has had have".split()
)
