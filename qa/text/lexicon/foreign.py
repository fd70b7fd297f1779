"""The commonest verbs of saying of five other languages, as they stand beside quoted words, as rows."""

from __future__ import annotations

from qa.text.lexicon.build import table

# (language, forms), several rows a language
FOREIGN_VERBS: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
    (row[0], tuple(row[1].split()))
    for row in table(
        """
        ru | сказал сказала сказали заявил заявила заявили отметил отметила
        ru | отметили сообщил сообщила сообщили добавил добавила подчеркнул подчеркнула
        ru | пояснил пояснила ответил ответила считает говорит говорят написал
        ru | написала рассказал рассказала объяснил объяснила напомнил напомнила признал
        ru | признала уточнил
        uk | сказав сказала сказали заявив заявила заявили зазначив зазначила
        uk | повідомив повідомила повідомили додав додала наголосив наголосила пояснив
        uk | пояснила відповів відповіла вважає каже кажуть написав написала
        uk | розповів розповіла підкреслив підкреслила нагадав нагадала визнав визнала
        de | sagte sagten sagt erklärte erklärten erklärt betonte meinte
        de | ergänzte fügte warnte schrieb erzählte teilte kritisierte forderte
        de | berichtete kündigte antwortete so
        fr | dit disent affirme affirmé déclare déclaré déclaré-t-il explique
        fr | expliqué ajoute ajouté estime estimé assure assuré souligne
        fr | souligné précise précisé répond répondu écrit raconte raconté
        fr | insiste lance
        es | dijo dice dijeron afirmó afirma declaró declara explicó
        es | explica añadió añade aseguró asegura señaló advirtió indicó
        es | sostuvo escribió respondió contó subrayó insistió agregó manifestó
        """
    )
)
# Words that may stand between a speaker and such a verb, or behind it.
FOREIGN_AUXILIARIES: tuple[str, ...] = ("a", "ont", "hat", "haben", "ha", "han")
