"""Whether a word is an act of speech where it stands: a verb, no noun and no adjective, neither denied nor
only possible."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from qa.attribution.mentions import Mention
from qa.attribution.quotations import MASK
from qa.text.lazily import lazily
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.negation import negator_pattern
from qa.text.lexicon.numbers import UNITS
from qa.text.lexicon.speech import SAYINGS, Verb, verb_of, verb_pattern, verbs

# "made a claim", "issued a stark warning": a light verb with a noun of saying
_MADE = r"(?:made|makes?|issu(?:es|ed)|renew(?:s|ed)|gave|sent)\s+(?:[\w-]+\s+){0,4}?" + alternatives(
    f"{w}{s}" for w in SAYINGS for s in ("", "s")
)
_SAYING = verb_pattern("words", "deed", "manner")
VERB = lazily(rf"(?<![\w’'-])(?:{_SAYING}|{_MADE})(?![\w’'-])")
NOUNS = frozenset(f for v in verbs("noun") for f in v.present)
# "was quick to add", "took to the radio to say": the infinitive is what its subject does.
READY = lazily(
    r"""\s(?:(?:(?:is|was|are|were)\s+(?:\w+\s+){0,2}(?:quick|careful|keen|eager|swift|happy|proud|likely)
    |(?:took|takes|taking)\s+(?:pains|care|time|to\s+(?:the\s+)?[\w’'-]+))\s+to
    |(?:is|was|are|were)\s+(?:\w+\s+)?(?:quoted|cited|described)\s+as
    |(?:is|was|are|were)\s+(?:\w+\s+)?(?:reported|said|alleged)\s+to\s+have)\s+$""",
    re.VERBOSE,
)
_GOES_ON = lazily(r"\b(?:goes|went|keeps|kept|finish(?:es|ed))(?:\s+on)?\s+$")
_BE = lazily(
    r"\b(?:is|are|was|were|been|be|being|gets?|got)\s+(?:(?:also|not|later|first|already|now|still|just|"
    r"again|\w+ly)\s+)*$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A form of a verb of saying, ``bare[at:stop]``, in its sentence, ``bare[start:end]``, with what stands
    left of it and what stands behind it there."""

    bare: str
    start: int
    end: int
    mentions: list[Mention]
    form: str  # in small letters
    at: int
    stop: int
    left: str
    tail: str
    participle: bool  # "saying", where no "was" and no "went on" before it makes it finite

    @property
    def row(self) -> Verb | None:
        """Its verb; None where it is a light verb with a noun of saying ("made a claim")."""
        return verb_of(self.form)

    @property
    def always_says(self) -> bool:
        """Whether it says something whatever its subject, so that any noun with an article may be one."""
        row = self.row
        return (
            row is not None
            and "words" in row
            and not row.flags & {"told", "shows"}
            and self.form not in NOUNS
        ) or self.reads

    @property
    def reads(self) -> bool:
        """Whether it says what is written somewhere: "a sign at the gate read “Go home”"."""
        return self.form in ("read", "reads") and (
            MASK in self.left or _QUOTED_BEHIND.match(self.tail) is not None
        )

    @property
    def follows_quotation(self) -> bool:
        """Whether it stands behind a quotation, or behind a comma and a short subject."""
        return self.left.rstrip().endswith(MASK) or _SHORT_SUBJECT.search(self.left) is not None


_QUOTED_BEHIND = lazily(rf"\s*[,:]?\s*{MASK}")


def is_ing(form: str) -> bool:
    return form.split()[0].endswith("ing")


def word_at(bare: str, start: int, end: int, mentions: list[Mention], form: str, at: int, stop: int) -> Word:
    """The word ``bare[at:stop]`` of the sentence ``bare[start:end]``."""
    participle = (
        is_ing(form)
        and not _GOES_ON.search(bare, start, at)
        and not _BE.search(bare, max(start, at - 40), at)
        and not READY.search(bare, start, at)
    )
    return Word(bare, start, end, mentions, form, at, stop, bare[start:at], bare[stop:end], participle)


def is_passive(word: Word) -> bool:
    """Whether it is told of its subject: "the claim was repeated by …"."""
    return _BE.search(word.left) is not None and not is_ing(word.form)


STOPS = lazily(r"\s*(?:[.;]|$)")


# --- what is no act of speech ---

_MODAL = lazily(
    r"\b(?:to|must|should|would|will|may|might|can|could|cannot|shall|let)\s+(?:(?:not|\w+ly|also|"
    r"again)\s+)*$"
)
_GOES_ON_TO = lazily(
    r"\b(?:continu(?:es|ed)|w[eo]nt on|goes on|began|used|proceeded|like[ds]|loved|tended) to\s+$"
)
_DENIES = negator_pattern("particle", "modal", "quantity")
# "did not say", "did not yet say"; but "an official who was not named said"
_DENIED = lazily(rf"(?:\b{_DENIES}|n[’']t)\s+(?:(?!\w+ed\b)\w+\s+)?$")
# "No senators have signaled that they agree"
_NOBODY = lazily(
    r"(?:^\W*|[,;]\s+(?:and|but)\s+)(?:No|no)\s+(?!doubt\b)(?:[A-Za-z-]+\s+){1,3}(?:(?:has|have|had)\s+)?(?:\w+ly\s+)?$"
)
_AUXILIARY = r"(?:has|had|have|is|was|are|were|will|would|could|may|might|did|does)"
_FINITE = verb_pattern("words", of=lambda v: v.finite if "noun" not in v else v.past)
_ACTS = lazily(rf"\s+(?:{_AUXILIARY}|{_FINITE})\b")
_DETERMINED = lazily(
    r"(?:\b(?:the|an?|this|that|its|his|her|their|my|our|any|no|such|these|those|some|of|for|in|with|by|on|"
    r"about|from|official|new|recent|latest|previous|public|strong|stark|direct|clear|formal|first|repeated|"
    r"earlier|similar|conflicting)|[’']s?)\s+$",
    re.IGNORECASE,
)
_MANY = frozenset("children group majority media men people police public staff team union women".split())
_DETERMINED_PARTICIPLE = lazily(
    r"(?:\b(?:the|an?|this|its|his|her|their|any|no|such|these|those)|[’']s)\s+$", re.IGNORECASE
)
_TOLD_BEHIND = lazily(rf"\bthat\b|{MASK}")
# Behind a word that is a noun too, what shows that it is the noun here.
_NOUN_BEHIND = lazily(
    r"\s*[.;)]|\s*,(?!\s*¤)|\s+(?:and|or|of|for|from|in|by|between|among|against|with|this|last|next|during"
    r"|after|before)\b|$"
)
# Behind a comma, a subject of a few words: "…, the mayor claims."
_SHORT_SUBJECT = lazily(
    rf"[,{MASK}]\s+(?!(?:has|had|have|is|was|are|were)\b)(?:the\s+)?[\w’'-]+(?:\s(?!(?:an?|the|his|her|their|its)\b)[\w’'-]+){{0,3}}\s*$"
)
# Before a participle, what makes it an adjective ("475 pledged delegates", "in proposed rules").
_ADJECTIVE_AFTER = lazily(
    r"(?:\d|\b(?:of|in|by|with|for|from|to|at|as|than|nearly|about|given|get|gets|got|most|more|less|truly"
    rf"|other|additional|{alternatives(word for word, value in UNITS.items() if 1 < value <= 10)}))\s+$"
)


def _only_possible(word: Word) -> bool:
    """Not said, or not yet: "the mill must say why"; but "Lind went on to say" is."""
    return (
        _MODAL.search(word.left) is not None
        and not _GOES_ON_TO.search(word.left)
        and not READY.search(word.left)
    )


_SHARED_MODAL = lazily(
    r"(?:[’']ll|\b(?:to|will|would|can|could|may|might|must|should|shall|let|helps?|helped))\s[^,;:—–]*\b(?:and|or)\s+$"
)


def _shared_modal(word: Word) -> bool:
    """An infinitive, one of two: "it will make the notes brighter and add some colour"."""
    row = word.row
    return (
        row is not None
        and word.form == row.present[0]
        and word.form not in row.past
        and _SHARED_MODAL.search(word.left) is not None
    )


_NAMED = frozenset("cited described discussed mentioned named quoted referenced".split())
# Behind the participle, before the verb of the sentence: "the bureau cited in the tweet does not exist".
_THEN_ACTS = lazily(
    rf"\s+(?:in|by|at|on|as)\s+(?:(?!\b(?:that|wh[aoy]\w*|which|how)\b)[^,;:—{MASK}])*?"
    rf"\b(?:{_AUXILIARY}|do|does)(?:\s+(?:not|never)|n[’']t)?\s+\w"
)


def _of_a_thing_named(word: Word) -> bool:
    """What is named somewhere, and not who names: "the bureau cited in his tweet does not exist"."""
    return word.form in _NAMED and not is_passive(word) and _THEN_ACTS.match(word.tail) is not None


def _denied(word: Word) -> bool:
    """Denied: "Lind did not say why"."""
    return _DENIED.search(word.left) is not None or _NOBODY.search(word.left) is not None


def _noun_that_acts(word: Word) -> bool:
    """A noun, the subject of the verb behind it: "the report said"."""
    return word.form in NOUNS and _ACTS.match(word.tail) is not None


def _noun_with_article(word: Word) -> bool:
    """A noun: "in a direct report"."""
    return word.form in NOUNS and _DETERMINED.search(word.left) is not None


# A noun by its number: "a rare note"; a verb would be "the diver notes", "the divers note".
_ONE = lazily(r"\b(?:an?|this|the|his|her|its|their)\s+(?P<word>[a-z-]*[a-rt-z])\s+$")


def _noun_by_number(word: Word) -> bool:
    """A noun, with one adjective behind its article, where a verb would have another form: "a rare note"."""
    row = word.row
    if row is None or "noun" not in row or word.form != row.present[0]:
        return False
    before = _ONE.search(word.left)
    return before is not None and before["word"] not in _MANY


def _participle_with_article(word: Word) -> bool:
    """An adjective: "the reported losses"."""
    if not word.form.endswith("ed") or _DETERMINED_PARTICIPLE.search(word.left) is None:
        return False
    before = word.start + len(word.left.rstrip())
    return not any(
        m.end == before and m.name.endswith(("’s", "'s")) for m in word.mentions
    )  # "Macy’s announced"


def _noun_alone(word: Word) -> bool:
    """A noun by what follows, with no quotation and no "that" near it: "the primary contests this year"."""
    return (
        word.form in NOUNS
        and not word.follows_quotation
        and not _TOLD_BEHIND.search(word.tail)
        and _NOUN_BEHIND.match(word.tail) is not None
    )


def _adjective(word: Word) -> bool:
    """An adjective by what stands before it: "475 pledged delegates"."""
    return word.form.endswith("ed") and _ADJECTIVE_AFTER.search(word.left) is not None


_ASKED_ABOUT = lazily(
    r"\b(?:[Aa]sked|[Pp]ressed|[Qq]uestioned|[Qq]uizzed)\s+(?:[\w’'-]+\s+){0,3}?(?:whether|if|why|how|what|when)\b"
    r"[^,;—–]*$"
)


def _in_a_question(word: Word) -> bool:
    """What somebody is asked: "pressed whether he believes that he must go, Holt said no"."""
    return _ASKED_ABOUT.search(word.left) is not None


def _telling(word: Word) -> bool:
    """An adjective: "the lack of proof may be telling"."""
    return word.form == "telling" and STOPS.match(word.tail) is not None


_A_SAY = lazily(r"\b(?:final|last|an?|own|any|much|greater|more|no|little|some|their|his|her|the)\s+$")


def _a_say(word: Word) -> bool:
    """A right to decide: "has the final say on the list"."""
    return word.form == "say" and _A_SAY.search(word.left) is not None


_HAVE = lazily(r"\b(?:has|had|have|having)\s+(?:\w+\s+){0,2}$|[’'](?:ve|d|s)\s+(?:\w+\s+)?$")


def _participle_alone(word: Word) -> bool:
    """An adjective, where a past has another form and nothing makes it a perfect: "traded written jabs"."""
    row = word.row
    return (
        row is not None
        and word.form in ("sworn", "written")
        and _BE.search(word.left) is None
        and _HAVE.search(word.left) is None
        and not word.follows_quotation
    )


def _because_of(word: Word) -> bool:
    """No deed but a cause: "won thanks to the rain"."""
    return word.form == "thanks" and word.tail.startswith(" to ")


_NO_ACT: tuple[Callable[[Word], bool], ...] = (
    _only_possible,
    _shared_modal,
    _of_a_thing_named,
    _denied,
    _noun_that_acts,
    _noun_with_article,
    _noun_by_number,
    _participle_with_article,
    _noun_alone,
    _adjective,
    _participle_alone,
    _a_say,
    _telling,
    _in_a_question,
    _because_of,
)


def is_act(word: Word) -> bool:
    """Whether somebody says something by a word: it is a verb here, and what it tells is told."""
    return not any(rule(word) for rule in _NO_ACT)
