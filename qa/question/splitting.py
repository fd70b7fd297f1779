"""Questions of several things: "compare X and Y", "both", "which of the two", "in 2016 and in 2020" -> a
question for each, to be answered part by part. What is to be compared of bare names is not known: such a
question stays whole."""

from __future__ import annotations

import re

from qa.text.lexicon.calendar import month_pattern
from qa.text.lexicon.speech import verb_pattern

_MONTH = month_pattern(titled=True)
_TIME = rf"(?:(?:\d{{1,2}}\s+)?{_MONTH}(?:\s+\d{{1,2}},?)?(?:\s+(?:19|20)\d\d)?|(?:19|20)\d\d)"
_TIMES = re.compile(
    rf"""^(?P<before>.*)\b(?P<p>in|on)\s+(?:both\s+)?(?P<a>{_TIME})
    \s+(?:and|or|as\s+well\s+as|versus|compared\s+(?:with|to))\s+(?:(?:in|on)\s+)?(?P<b>{_TIME})\b
    (?P<after>.*)$""",
    re.VERBOSE | re.DOTALL,
)
_PLACES = re.compile(
    r"""^(?P<before>.*)\b(?P<p>in|at|for|from|of|by)\s+both\s+(?P<a>[^,?]+?)\s+and\s+
    (?:(?P=p)\s+)?(?P<b>[^,?]+?)
    (?P<after>\s+(?:in|on|at|for|from|after|before|when|during|about)\b.*|\W*)$""",
    re.VERBOSE | re.DOTALL,
)
# "minutes a day on one site vs another"
_VERSUS = re.compile(
    r"""^(?P<before>.*)\b(?P<p>in|at|for|from|of|by|on|with)\s+(?P<a>[\w.’'-]+(?:\s+[\w.’'-]+){0,2})
    \s+(?:vs\.?|versus)\s+(?:(?P=p)\s+)?(?P<b>[\w’'-]+(?:\s+[\w’'-]+){0,2})(?P<after>\W*)$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_CONTEST = re.compile(
    r"""\b(?:battle|bout|cases?|contest|court|debate|decision|derby|duel|election|fight|final|fixture|games?|heard|
    judge|lawsuit|los[et]|match(?:es|up)?|played?|race|rul(?:ed|ing)|score|suit|trial|verdict|w[io]n|winner)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SAYING = (
    rf"(?:{verb_pattern('asked', of=lambda v: (v.lemma,))}|say|think|want|do|mean|vote|decide|plan|feel|call)"
)
_BOTH = re.compile(
    rf"""^(?P<before>.*\b(?:did|do|does|have|has|will|would))\s+both\s+(?P<a>[^,?]+?)\s+and\s+(?P<b>[^,?]+?)
    (?P<after>\s+{_SAYING}\b.*)$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_SAID = verb_pattern("words", of=lambda v: v.past)
_WHAT_SAID = re.compile(
    rf"""^\W*(?:please\s+)?(?:compare|contrast)\s+what\s+(?P<a>[^,?]+?)\s+and\s+(?P<b>[^,?]+?)\s+
    (?:(?:had|have)\s+)?(?:(?P<verb>{_SAID})|(?:say|think|thought)s?)(?P<after>\b.*?)\W*$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_COMPARE = (
    re.compile(
        r"^\W*(?:please\s+)?(?:compare|contrast)\s+(?P<a>.+?)\s+"
        r"(?:and|with|to|against|versus|vs\.?)\s+(?P<b>.+?)\W*$",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        r"^\W*how\s+(?:do|does|did)\s+(?P<a>.+?)\s+compare\s+(?:with|to)\s+(?P<b>.+?)\W*$", re.IGNORECASE
    ),
    re.compile(
        r"^\W*what\s+(?:is|was|are|were)\s+the\s+differences?\s+between\s+(?P<a>.+?)\s+and\s+(?P<b>.+?)\W*$",
        re.IGNORECASE,
    ),
)
_WHICH = re.compile(
    r"""^\W*(?:which|who)(?:\s+of\s+(?:the\s+two|them|these))?\s+(?P<what>.+?),
    \s*(?P<a>[^,?]+?)\s+or\s+(?P<b>[^,?]+?)\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
# What a comparative measures.
_MEASURES = {
    word: base
    for base, words in (
        ("old", "older younger"), ("high", "higher lower"), ("tall", "taller"), ("long", "longer shorter"),
        ("big", "bigger"), ("large", "larger smaller"), ("heavy", "heavier lighter"), ("deep", "deeper"),
        ("fast", "faster slower"), ("far", "farther further nearer"), ("wide", "wider narrower"),
    )
    for word in words.split()
}  # fmt: skip
_IS = re.compile(r"^(?P<is>is|was|are|were)\s+(?:the\s+)?(?P<how>\w+)$", re.IGNORECASE)
_COST = re.compile(
    r"^(?:(?:did|does)\s+)?costs?\s+(?:more|less)$|^(?:is|was|are|were)\s+(?:more expensive|cheaper|dearer)$",
    re.IGNORECASE,
)
_MORE = re.compile(r"^(?P<verb>.+?)\s+(?:more|fewer|less)\s+(?P<noun>\w+s)(?P<rest>\b.*)$", re.IGNORECASE)
_HELPING = frozenset(("has", "have", "had"))
# of "which raid used more drones, the one on Hest or the one in June"
_ONE = re.compile(r"^the\s+one\b", re.IGNORECASE)
_OF = re.compile(r"^(?P<head>.+?)\s+(?P<of>(?:of|for|in|at|on)\s+.+)$")


def split(question: str) -> list[str]:
    """The questions for the parts; mostly the question alone."""
    if m := _TIMES.match(question):
        year = re.search(r"\s+\d{4}$", m["b"])  # "in May and June 2023"
        one = m["a"] if re.search(r"\d{4}", m["a"]) or not year else m["a"] + year.group()
        found = [f"{m['before']}{m['p']} {time}{m['after']}" for time in (one, m["b"])]
        return [_asking(_COMPARED.sub("", f)) if _COMPARED.match(f) else f for f in found]
    if m := _PLACES.match(question) or _versus(question):
        return [f"{m['before']}{m['p']} {place}{m['after']}" for place in (m["a"], m["b"])]
    if m := _BOTH.match(question):
        return [f"{m['before']} {who}{m['after']}" for who in (m["a"], m["b"])]
    if m := _WHAT_SAID.match(question):
        return [f"What did {who} say{m['after']}?" for who in (m["a"], m["b"])]
    if m := _WHICH.match(question):
        measured = [_measured(m["what"].strip(), thing) for thing in (m["a"], m["b"])]
        return [f for f in measured if f] if all(measured) else [question]
    for pattern in _COMPARE:
        if (m := pattern.match(question)) and (things := _things(m["a"], m["b"])):
            return [_asking(thing) for thing in things]
    return [question]


def _versus(question: str) -> re.Match[str] | None:
    """What stands once and is asked of two; but a contest or a case of two is one."""
    m = _VERSUS.match(question)
    return None if m is None or _CONTEST.search(question) or _COMPARED.match(question) else m


_COMPARED = re.compile(r"^\W*(?:please\s+)?(?:compare|contrast)\s+", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-Þ]")


def _asking(thing: str) -> str:
    plural = re.match(r"(?:the\s+)?\w*[^s\W]s\b(?!\s*['’])", thing) is not None
    return f"What {'are' if plural else 'is'} {thing.strip().rstrip('?.! ')}?"


def _things(a: str, b: str) -> tuple[str, str] | None:
    """The two things, each whole: "the accounts of A and B" are the accounts of A and those of B, "the cost
    and the length of the tunnel" both its own. None for bare names."""
    own, other = _OF.match(a), _OF.match(b)
    if own and re.match(r"(?:of|for|in|at|on)\s", b):
        return a, f"{own['head']} {b}"
    if own and not other and (_NAME.match(b) or re.match(r"(?:the|a)\s+[A-ZÀ-Þ]", b)):
        return a, f"{own['head']} {own['of'].split()[0]} {b}"
    if other and not own and not _NAME.match(a):
        return f"{a} {other['of']}" if other["of"].startswith("of ") else a, b
    if (m := re.match(r"^(?P<who>.+?)['’]s\s+(?P<what>.+)$", b)) and re.search(r"['’]s$", a):
        return f"{a} {m['what']}", b
    if (m := re.match(r"^.+?['’]s\s+(?P<what>.+)$", a)) and re.search(r"['’]s$", b):
        return a, f"{b} {m['what']}"
    if all(_NAME.match(word) for thing in (a, b) for word in re.sub(r"^the\s+", "", thing).split()):
        return None
    return a, b


def _measured(what: str, thing: str) -> str | None:
    """The question for the measure of one of the two: "cost more" -> how much it cost."""
    if _COST.match(what):
        return f"How much did {thing} cost?"
    if (m := _IS.match(what)) and (base := _MEASURES.get(m["how"].lower())):
        return f"How {base} {m['is']} {thing}?"
    if m := _MORE.match(what):
        if _HELPING.issuperset(m["verb"].lower().split()):
            return f"How many {m['noun']} did {thing} have{m['rest']}?"
        *kind, verb = (w for w in m["verb"].split() if w.lower() not in _HELPING)
        meant = _ONE.sub(f"the {' '.join(kind)}", thing) if kind else thing
        return f"How many {m['noun']} were {verb} by {meant}{m['rest']}?"
    return None
