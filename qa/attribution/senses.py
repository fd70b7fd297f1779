"""Whether a verb that also means a deed or a sound is one of saying where it stands ("maintain", "write to",
"smile")."""

from __future__ import annotations

from collections.abc import Callable

from qa.attribution.acts import STOPS, Word
from qa.attribution.quotations import MASK
from qa.attribution.runs import OPENERS
from qa.text.lazily import lazily
from qa.text.lexicon.bodies import DOCUMENTS
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.deeds import DEED_BEHIND, JUDGING
from qa.text.lexicon.people import is_person, singular
from qa.text.lexicon.speech import SAYINGS, Verb

_WHEN = (
    r"(?:\s+(?:earlier|later|just|also|again|recently|today|yesterday|\w+ly"
    r"|on\s+[A-Z]\w+day|(?:this|last)\s+\w+))*"
)
_TOLD = lazily(
    rf"{_WHEN}\s*(?:,|:|—|–|[{MASK}]|that\b|how\b|why\b|whether\b|on\b|in\b|to\b|[.…]|$)|"
    rf"\s+(?:[A-Z\w’'-]+\s+){{1,4}}(?:is|are|was|were|has|had|have|will|would|could|can|may|might|should)\b"
)
# What a word that denies, mocks or names somebody is said of: a claim, or what follows "as".
_AS = lazily(
    rf"\s+(?:[\w’'¤-]+\s+){{0,5}}(?:as|{alternatives(f'{w}s' for w in SAYINGS)}|reports?|talk|ideas?|fears|"
    rf"the\s+\w+|that|this)\b"
)
_NEVER = lazily(r"(?!)")
_STATES = lazily(rf"\s*(?:that|:|{MASK})")
_BEHIND_WORDS = lazily(
    rf"[,{MASK}]\s+(?:[Tt]he|an?|its|his|her|their)\s+(?:[\w’'-]+\s+){{0,3}}?(?P<head>[a-z]+)\s+$"
)
_ENDS = lazily(r"\s*(?:[.,;]|$)")
_CONTINUES = lazily(rf"\s*(?:[,:.]|{MASK}|$)")
_QUOTED_SUBJECT = lazily(rf"{MASK}\s+(?:[\w.’'-]+\s+){{1,5}}$")
_SPOKE_IT = lazily(rf"{MASK}\s+(?:(?:[A-Z][\w’'-]*\s+){{1,3}}|he\s+|she\s+|they\s+)$")  # “…,” Holt observed
_MEANWHILE = lazily(r"\s+(?:as|while|when|before|after|during|from|at|to|in|into|on)\b")
_CLAUSE_ENDS = lazily(r"(?:\s+(?:back|out|again|softly|quietly|loudly))?\s*(?:[,.;]|$)")
_TO_QUOTATION = lazily(rf"(?:\s+(?:back|out))?(?:\s+(?:at|to)\s+\w+)?\s*[,:]?\s*{MASK}")


def _only_continues(word: Word, row: Verb) -> bool:
    """Goes on with something else than words: "Lind continued his walk"."""
    if row.lemma not in ("continue", "go on"):
        return False
    ends = STOPS.match(word.tail) is not None and MASK not in word.left  # "the trial went on."
    return ends or not _CONTINUES.match(word.tail)


# "The bid raises questions about the service, Holt wrote to the council": a clause, then a short subject.
_BEHIND_A_CLAUSE = lazily(
    rf"\W*(?!(?i:{alternatives(OPENERS)})\b)(?:[^\s,]+\s+){{5,}}[^\s,]+,\s+(?:[Tt]he\s+)?[A-Z][\w’'.-]*"
    r"(?:\s+[A-Z][\w’'.-]*){0,3}\s+"
)


_THAT = lazily(r"\s+that\b")


def _deed(word: Word, row: Verb) -> bool:
    """A deed by what follows: "Holt wrote to the king", "Lind maintains in the hall"."""
    if row.lemma in ("advise", "conclude") and word.follows_quotation:
        return False
    if row.lemma == "write" and _SPOKE_IT.search(word.left) is not None:
        return False  # "“…,” Lind wrote to the guild"
    if row.lemma == "write" and _BEHIND_A_CLAUSE.fullmatch(word.left):
        return False
    if row.lemma == "find" and _THAT.match(word.tail) is None:  # "Holt found the door open"
        return not (word.follows_quotation and _CLAUSE_ENDS.match(word.tail))
    return DEED_BEHIND.get(row.lemma, _NEVER).match(word.tail) is not None


def _nothing_told(word: Word, row: Verb) -> bool:
    """A verb that says something only with what is told behind it: "Holt believed him"."""
    if "told" not in row or word.form == "stated" or _TOLD.match(word.tail) is not None:
        return False
    return "mind" in row or _SPOKE_IT.search(word.left) is None


def _without_as(word: Word, row: Verb) -> bool:
    """A verb that says something only "as" something, or of a claim: "Lind dismissed a cook"."""
    return "as" in row and _AS.match(word.tail) is None


# What is uttered in words, so that it tells something without marks too: "…, Holt grumbled."
_UTTERED = frozenset(
    """crow enthuse gloat groan growl grumble gush marvel moan mumble murmur mutter reason shout snap sneer
    stammer whisper yell""".split()
)


def _only_sounds(word: Word, row: Verb) -> bool:
    """A manner of speaking with no quotation beside it: "the mayor smiled at the crowd"."""
    return (
        "manner" in row
        and not (word.reads and _ENDS.match(word.tail))
        and not word.left.rstrip().endswith(MASK)
        and _TO_QUOTATION.match(word.tail) is None
        and not (_QUOTED_SUBJECT.search(word.left) and _CLAUSE_ENDS.match(word.tail))
        and not (row.lemma in _UTTERED and word.follows_quotation and _CLAUSE_ENDS.match(word.tail))
        and not (_SPOKE_IT.search(word.left) and _MEANWHILE.match(word.tail))
    )


# "a bank called Norvik Trust, which", "delegates, called superdelegates, and"
_INDEFINITE = lazily(
    r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother|[Ss]ome|[Tt]wo|[Tt]hree)\s+(?:[\w’'-]+\s+){1,5}$|\banother,?\s+$"
)
_NAME_BEHIND = lazily(
    rf"\s+(?:[A-Z#@{MASK}]\S*|[a-z]+\d+)(?:\s+[A-Z{MASK}]\S*){{0,5}}(?:[,.;]|\s+(?:that|which|who)\b|$)"
)
_SMALL_NOUN = lazily(r"\b(?!(?:have|has|had|he|she|they|who|it|we|also|was|were|is|are|been)\b)([a-z]+)\s+$")
_WORD_BEHIND = lazily(r"\s+[\w’'-]+(?:\s+[\w’'-]+)?,")


def _names(word: Word, row: Verb) -> bool:
    """A participle that tells a name: "a bank called Norvik Trust", "men, called ferrymen, and"."""
    if word.form not in ("called", "dubbed"):
        return False
    if word.form == "dubbed" and (noun := _SMALL_NOUN.search(word.left)) is not None:
        return not is_person(singular(noun[1]))  # "flutes of wine dubbed the Arlen Toast"
    if word.left.rstrip().endswith(","):
        return _WORD_BEHIND.match(word.tail) is not None
    return _INDEFINITE.search(word.left) is not None and _NAME_BEHIND.match(word.tail) is not None


_NO_OBJECT = lazily(r"\s+(?:for|by|as|after|over|because)\b")


def _done_to(word: Word, row: Verb) -> bool:
    """Done to its subject: "is younger and lauded for her work"."""
    return row.lemma in JUDGING and word.form == row.past[-1] and _NO_OBJECT.match(word.tail) is not None


_TIMING = lazily(r"\W*(?:[Aa]fter|[Bb]efore|[Ww]hen|[Oo]nce|[Uu]ntil|[Ww]hile)\s+(?:[^\s,]+\s+){1,7}$")


def _only_times(word: Word, row: Verb) -> bool:
    """The end of an opening clause that says when: "After Holt concluded, the council left"."""
    return word.tail.startswith(",") and _TIMING.match(word.left) is not None


_NOT_SAID: tuple[Callable[[Word, Verb], bool], ...] = (
    _only_continues,
    _only_times,
    _deed,
    _nothing_told,
    _without_as,
    _only_sounds,
    _names,
    _done_to,
)


def _document_states(word: Word) -> bool:
    """Whether a document closes what it says: "…, the release states."; but "…, the member states." not."""
    behind = _BEHIND_WORDS.search(word.left)
    return behind is not None and behind["head"] in DOCUMENTS and _ENDS.match(word.tail) is not None


def is_said(word: Word) -> bool:
    """Whether a verb that also means a deed or a sound is one of saying here, by what stands around it."""
    row = word.row
    if row is None:
        return True  # a light verb with a noun of saying
    if word.form in ("state", "states"):  # a noun as a rule, with no article before it
        return _STATES.match(word.tail) is not None or _document_states(word)
    return not any(rule(word, row) for rule in _NOT_SAID)
