"""Corrections that a page prints of itself, and withdrawals, read as data: what was wrong, what is right,
where, and what rests on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.reading.chunker import Unit, paragraphs
from qa.text.figures import figures
from qa.text.lazily import lazily
from qa.text.terms import terms
from qa.types import Article, StoredArticle

VERSION = "2"  # raise it when other notices are found in the same article
# words that every notice holds, for a search over many articles before they are read
MARKS = (
    *("orrect", "earlier version", "original version", "riginally", "ditor", "ithdrawn", "etract", "amended"),
    *("larif", "KILL", "Kill", "regret", "CORRECT", "mistake", "misstated"),
)
# One of these stands in every paragraph that holds a notice, in lower case and with single spaces: what the
# patterns below cannot do without, looked for first because those take a hundred times as long.
_SIGNS = (
    *(" version", "incorrect", "wrong", "mistaken", "originally ", "initially ", "at first ", "first said"),
    *("first stated", "first reported", "first gave", "first named", "first put", "first wrote", "correct"),
    *("first published", "amended", "revised", "changed to", "misstated", "misidentified", "misspelled"),
    *("regret", "apolog", "as first ", "as previously ", "as we ", "we wrote", "we said", "we reported"),
    *("we stated", "clarif", "erratum", "corrigendum", "retract", "amendment", "editor", "note to "),
    *("in an article", "in a article", "in a story", "in an story", "in a report", "in an report", "removed"),
    *("withdr", "taken down", " killed", "kill the", "deleted", "delete ", "do not use", "disregard"),
    *("kill this", "kill our", "kill that", "not be used"),
)
_LABEL = lazily(
    r"""^[\s*_>(\[#“"-]*
    (?: corrections? (?:\s+and\s+clarifications?)? | clarifications? | corrected | erratum | corrigendum
      | retraction | amendment | (?:an?\s+)? editor(?:s|[’']s|s[’'])?\s+note | note\s+to\s+(?:editors|readers)
      | corrects? | in\s+an?\s+(?:article|story|report)\b )
    (?: [^:.]{0,40}? [:.—–] | \s*\( [^)]{0,40} \)\s*:? | \s*[-–—] | \s+ )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CORRECTS = lazily(
    r"""
      \b(?:earlier|previous|original|first|initial)\s+versions?\s+of\s+(?:this|the|our|an?)\s+
      (?:article|story|report|piece|page|post|item|headline|text)\b
    | (?-i: \b(?:article|story|report|piece|page|post|item|headline)    # "the Post" is an outlet
      | ^\W*(?:Article|Story|Report|Item|Headline) )\b
      .{0,40} \b(?:
        (?:incorrectly|wrongly|mistakenly)\s+(?:said|stated|reported|gave|named|put|wrote|published)
        | (?:originally|initially|at\s+first|first)\s+(?:said|stated|reported|gave|named|put|wrote|published)
          (?! \s+ (?:by|(?:in|on|at)\b) )    # "originally published by CalMatters"
      )
    | \bthis\s+(?:article|story|report|piece|page|post|item)\s+(?:was|has\s+been|is)\s+
      (?:amended|corrected|changed\s+to\s+correct|updated\s+to\s+correct|revised)
    | \b(?:updated|changed|revised|amended)\s+to\s+correct\b
    | \bhas\s+been\s+(?:amended|corrected|changed)\s+to\b
    # what a page does; "borrowers had the wrong loan" is news
    | \b(?:article|caption|chart|column|dispatch|graphic|headline|item|list|map|page|paragraph|piece|post
        |report|story|table|version|we)\b
      .{0,60} \b(?:gave|had|stated|used|printed)\s+(?:the\s+|an?\s+)?(?:wrong|incorrect)\b
    | \bmisstated\b | \bmisidentified\b | \bmisspelled\b
    | \b(?:regrets?|apologi[sz]es?\s+for)\s+(?:the|this|these|our|its)\s+
      (?:errors?|mistakes?|inaccurac\w+|confusion|oversight)\b
    | \b(?:not|instead\s+of|rather\s+than)\b .{0,80}
      \bas\s+(?:originally|first|previously|we|wrongly|incorrectly)\s+
      (?:stated|said|reported|published|wrote|written|given) (?! \s+ by\b )
    | ^\W*(?:in\s+[^,]{3,30},\s+)?corrects?\b
    | \bin\s+an?\s+(?:article|story|report)\b .{0,80} \bwe\s+(?:wrote|said|reported|stated)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOTED = lazily(
    r"""\b(?: correct\w* | wrong\w* | error | mistake\w* | misstated | inaccura\w* | not | after\s+publication
    | instead | changed | amended )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_WITHDRAWS = lazily(
    r"""
      \b(?:this|the|our)\s+(?:article|story|report|piece|item|post)\b .{0,60}
      \b(?:has\s+been|have\s+been|was|is|are)\s+(?:withdrawn|retracted|removed|taken\s+down|killed|deleted)
    | \bwe\s+(?:have\s+)?(?:retracted|withdrawn?|withdrew|removed)\s+(?:this|the|our)\s+
      (?:article|story|report|piece)
    | \b(?:do\s+not\s+use|disregard|kill|withdraw|delete)\s+(?:the|this|our|that)\s+
      (?:article|story|report|piece|item|dispatch)
    | \b(?:article|story|report|item)\b .{0,80} \bshould\s+(?:be\s+disregarded|not\s+be\s+used)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SAID_BEFORE = lazily(
    r"""\b(?: (?:gave|had|stated|used|printed)\s+(?:the\s+|an?\s+)?(?:wrong|incorrect)
      | (?:earlier|previous|original|first|initial)\s+versions? | originally | initially | at\s+first
      | misstated | misidentified | misspelled | incorrectly | wrongly | mistakenly
      | we\s+(?:wrote|said|reported|stated) )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_AS_SAID = lazily(
    r""",?\s+(?:as|which|that|in)\s+(?:(?:an?|the|this)\s+)?
    (?:originally|first|previously|earlier|we|wrongly|article|it|story)\b.*""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT = lazily(
    r"""(?:,\s*|\s+)
    (?: and\s+ | rather\s+than\s+ | instead\s+of\s+ | (?<!was\ )(?<!did\ )(?<!has\ )not\s+ )
    (?P<wrong> [^,;.)\]]* (?:[.,]\d+[^,;.)\]]*)* )""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_BUT = lazily(r"\bnot\s+(?P<wrong>.+?),?\s+but\s+(?P<right>.+)", re.IGNORECASE)
_FROM_TO = lazily(
    r"\bto\s+(?P<right>.+?)\s*,?\s*(?:from|instead\s+of|rather\s+than)\s+(?P<wrong>[^,;)]+)", re.IGNORECASE
)
_ABOUT_PAGES = frozenset(
    terms(
        "correction corrects correct corrected clarification editor note earlier version original originally "
        "article story report page said say stated reported gave wrong wrongly error regret wrote first "
        "published publication "
        "amended updated changed misstated name figure number mistake apologise headline paragraph incorrect"
    )
)
MOSTLY = 0.5  # of the words of a wrong side without a figure, that what it corrects has
ALIKE = 0.3  # of a sentence's words that a notice without a figure or a name of its own shares


Marks = frozenset[str]


@dataclass(frozen=True, slots=True)
class Notice:
    """A correction or withdrawal at its place. ``pairs``: for each thing put right the words and figures
    that only the wrong and only the right side of it has; none where it does not say. ``withdrawn``:
    nothing of the article holds."""

    start: int
    end: int
    text: str
    pairs: tuple[tuple[Marks, Marks], ...] = ()
    withdrawn: bool = False


def marks(text: str) -> frozenset[str]:
    """The terms and figures of a text, figures marked as such, without the words that every notice has."""
    words = frozenset(t for t in terms(text) if not figures(t))
    return words - _ABOUT_PAGES | {f"#{form}" for form in figures(text)}


@lru_cache(maxsize=512)
def notices(text: str, article: Article) -> tuple[Notice, ...]:
    """The notices of an article, in order."""
    found: list[Notice] = []
    if not _may_hold(text[article.start : article.end]):
        return ()
    for block in paragraphs(text, article, _may_hold):
        at = next((k for k, u in enumerate(block) if _begins(text, block, k)), None)
        if at is None:
            continue
        start, end = block[at].start, block[-1].end
        sentences = [text[u.start : u.end] for u in block[at:]]
        withdrawn = _WITHDRAWS.search(" ".join(sentences)) is not None
        found.append(Notice(start, end, text[start:end], () if withdrawn else _pairs(sentences), withdrawn))
    return tuple(found)


def _may_hold(text: str) -> bool:
    plain = " ".join(text.lower().split())
    return any(sign in plain for sign in _SIGNS)


def _begins(text: str, block: Sequence[Unit], k: int) -> bool:
    """Whether a notice begins with sentence ``k`` of a paragraph."""
    sentence = text[block[k].start : block[k].end]
    rest = text[block[k].start : block[-1].end]
    if block[k].heading and sentence[:1].isalnum():
        return False  # "CORRECTED-Minister resigns" is a title
    if _CORRECTS.search(sentence.lstrip("([*_ ")) or _WITHDRAWS.search(sentence):
        return True
    if k == 0 and re.match(r"\W*we\s+(?:wrote|said|reported|stated)\b", sentence, re.IGNORECASE):
        return re.search(r"\b(?:regret|apologi|correct|error|mistake)", rest, re.IGNORECASE) is not None
    label = _LABEL.match(sentence) if k == 0 else None
    return label is not None and len(rest) > label.end() + 8 and _NOTED.search(rest) is not None


def _pairs(sentences: Sequence[str]) -> tuple[tuple[Marks, Marks], ...]:
    """What a notice says was wrong and what it says is right, thing by thing. A sentence that only says
    what was wrong is put right by the next one."""
    pairs: list[tuple[Marks, Marks]] = []
    open_wrong: Marks | None = None
    for sentence in sentences:
        for part in _LABEL.sub("", sentence, count=1).split(";"):
            wrong, right = _sides(part)
            if wrong and not right:
                open_wrong = wrong
            elif right and not wrong and open_wrong is not None:
                pairs.append((open_wrong - right, right - open_wrong))
                open_wrong = None
            elif wrong:
                pairs.append((wrong - right, right - wrong))
    if open_wrong is not None:
        pairs.append((open_wrong, frozenset()))
    return tuple(pairs)


def _sides(sentence: str) -> tuple[Marks, Marks]:
    """The marks of the wrong and of the right side of one sentence."""
    if m := _NOT_BUT.search(sentence) or _FROM_TO.search(sentence):
        return marks(m["wrong"]), marks(m["right"])
    if _SAID_BEFORE.search(sentence) and not re.search(r",\s*not\s", sentence):
        return marks(sentence), frozenset()
    if m := _NOT.search(_AS_SAID.sub("", sentence)):
        return marks(m["wrong"]), marks(sentence[: m.start()])
    return frozenset(), marks(sentence)


def rests_on(sentence: str, notice: Notice) -> bool:
    """Whether a sentence says what a notice corrects: it holds something that only the wrong side has (its
    figures, where it has some), and another word of the notice; where no side has anything of its own,
    several words."""
    if notice.withdrawn:
        return True
    own, stated = marks(sentence), marks(notice.text)
    shared = own & stated
    if not notice.pairs:
        return len(_words(shared)) >= max(2, ALIKE * min(len(_words(own)), len(_words(stated))))
    for wrong, right in notice.pairs:
        distinct = _figures(wrong) or wrong
        if (
            own & distinct
            and len(shared) > len(own & _figures(distinct))
            and not own & _figures(right - wrong)
        ):
            return True
        least = max(2, MOSTLY * len(_words(distinct)))
        if distinct == wrong and len(_words(own & distinct)) + len(own & right) >= least and _figures(own):
            return not own & _figures(right)
    return False


def _figures(found: Marks) -> Marks:
    return frozenset(m for m in found if m.startswith("#"))


def _words(found: Marks) -> Marks:
    return frozenset(m for m in found if not m.startswith("#") and not m[0].isdigit())


def holds_right(sentence: str, notice: Notice) -> bool:
    """Whether a sentence says what a notice says is right."""
    own = marks(sentence)
    return any(own & (_figures(right) or right) for _, right in notice.pairs)


def about(stored: StoredArticle, notice: Notice, article: StoredArticle) -> bool:
    """Whether a notice of one article is about another: it names its title, or says that it is of another
    article of that outlet, or it stands in a corrected version of the same report (the same title but for
    the marks of agencies)."""
    ours, theirs = stored.article.meta, article.article.meta
    if ours.outlet and theirs.outlet and ours.outlet != theirs.outlet:
        return False
    if ours.published and theirs.published and ours.published < theirs.published:
        return False
    title = bare_title(theirs.title)
    if title and len(title.split()) > 2 and title in _plain(notice.text):
        return True
    if re.search(
        r"\b(?:in|our|an|the)\s+(?:\w+\s+){0,2}(?:article|story|report)\b", notice.text, re.IGNORECASE
    ):
        named = set(terms(theirs.title or ""))
        return bool(named) and len(named & set(terms(notice.text))) >= max(2, 0.5 * len(named))
    own = set(terms(bare_title(ours.title)))
    other = set(terms(title))
    return bool(own) and len(own & other) >= 0.7 * max(len(own), len(other))


_VERSION = lazily(
    r"""^\W*(?: (?:updated?|wrapup|corrected|correction|refile|rpt|repeat|recasts?|kill|bulletin|urgent|flash
    | advisory|breaking|exclusive|writethru|lead) (?:\s*\d+[\s:–—-]+ | \s*[:–—-]+\s*) )+""",
    re.IGNORECASE | re.VERBOSE,
)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def bare_title(title: str | None) -> str:
    """A title in plain words, without what agencies put before it ("UPDATE 2-", "CORRECTED-", "KILL:")."""
    return _plain(_VERSION.sub("", title or ""))
