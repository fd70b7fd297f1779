"""The cues of speech in one sentence: each verb of saying (or "according to") with the mention that
speaks. What stands in quotation marks is masked before, so verbs inside a quotation do not count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qa.attribution.mentions import Mention
from qa.attribution.subjects import NARROWED, source_of, speaks
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import weekday_pattern
from qa.text.lexicon.negation import negator_pattern
from qa.text.lexicon.numbers import UNITS
from qa.text.lexicon.speech import SAYINGS, verb_of, verb_pattern, verbs

MASK = "¤"


# "made a claim", "issued a stark warning": a light verb with a noun of saying
_MADE = r"(?:made|makes?|issu(?:es|ed)|renew(?:s|ed)|gave|sent)\s+(?:[\w-]+\s+){0,4}?" + alternatives(
    f"{w}{s}" for w in SAYINGS for s in ("", "s")
)
_SAYING = verb_pattern("words", "deed", "manner")
VERB = re.compile(rf"(?<![\w’'-])(?:{_SAYING}|{_MADE})(?![\w’'-])")
_OF = re.compile(
    r"\b(?:[Aa]ccording to|quot(?:es|ed|ing)(?!\s+as\b)|[Aa]s (?:reported|told|described) by|"
    r"(?:(?:renewed|new|repeated|fresh|drew|draws?|drawing|prompt(?:ed|ing)|amid|despite|after)\s+)"
    r"(?:\w+\s+)?(?:calls|warnings?|appeals?|demands?|criticism|condemnation|praise|claims|allegations)\s+"
    r"(?:from|by)|[Ii]n the (?:words|view|opinion|account) of|"
    r"[Ii]n an? (?:post|statement|note|letter) (?:by|from))\s+"
)
_POSSESSED = re.compile(
    r"\b[Ii]n (?P<who>his|her|their|[A-Z][\w-]*[’']s?) (?:words|view|opinion|account|description)\b"
)
_WHEN = (
    r"(?:\s+(?:earlier|later|just|also|again|recently|today|yesterday|\w+ly"
    r"|on\s+[A-Z]\w+day|(?:this|last)\s+\w+))*"
)
_TOLD = re.compile(
    rf"{_WHEN}\s*(?:,|:|—|–|[{MASK}]|that\b|how\b|why\b|whether\b|on\b|in\b|to\b|[.…]|$)|"
    rf"\s+(?:[A-Z\w’'-]+\s+){{1,4}}(?:is|are|was|were|has|had|have|will|would|could|can|may|might|should)\b"
)
_AUXILIARY = r"(?:has|had|have|is|was|are|were|will|would|could|may|might|did|does)"
_FINITE = verb_pattern("words", of=lambda v: v.finite if "noun" not in v else v.past)
_NOUNS = frozenset(f for v in verbs("noun") for f in v.present)
# What a word that denies, mocks or names somebody is said of: a claim, or what follows "as".
_AS = re.compile(
    rf"\s+(?:[\w’'¤-]+\s+){{0,5}}(?:as|{alternatives(f'{w}s' for w in SAYINGS)}|reports?|talk|ideas?|fears|"
    rf"the\s+\w+|that|this)\b"
)
_ADVERBS = (
    r"(?:also|then|later|again|once|long|always|previously|earlier|however|instead|further|furthermore|"
    r"meanwhile|first|often|still|even|already|now|too|simply|just|himself|herself|themselves|itself|both|"
    r"all|recently|only|overall|has|had|have|did|does|do|is|was|were|are|been|repeatedly|\w+ly)"
)
_TRAIL = re.compile(
    rf"(?:[’'](?:s|ve|d|re|ll)(?=\s)|[\s\u00a0]*\b(?:{_ADVERBS}|continu(?:es|ed) to|w[eo]nt on(?: to)?|"
    rf"(?<!\bon ){weekday_pattern(titled=True)}(?:\s+(?:night|morning|evening|afternoon))?|"
    rf"goes on(?: to)?|began to|like[ds] to|used to|loved to)\b,?)*[\s\u00a0]*$"
)
# "was quick to add", "took to the radio to say": the infinitive is what its subject does.
_READY = re.compile(
    r"""\s(?:(?:(?:is|was|are|were)\s+(?:\w+\s+){0,2}(?:quick|careful|keen|eager|swift|happy|proud|likely)
    |(?:took|takes|taking)\s+(?:pains|care|time|to\s+(?:the\s+)?[\w’'-]+))\s+to
    |(?:is|was|are|were)\s+(?:\w+\s+)?(?:quoted|cited|described)\s+as
    |(?:is|was|are|were)\s+(?:\w+\s+)?(?:reported|said|alleged)\s+to\s+have)\s+$""",
    re.VERBOSE,
)
_MODAL = re.compile(
    r"\b(?:to|must|should|would|will|may|might|can|could|cannot|shall|let)\s+(?:(?:not|\w+ly|also|"
    r"again)\s+)*$"
)
_BE = re.compile(
    r"\b(?:is|are|was|were|been|be|being|gets?|got)\s+(?:(?:also|not|later|first|already|now|still|just|"
    r"again|\w+ly)\s+)*$"
)
_DETERMINED = re.compile(
    r"(?:\b(?:the|an?|this|that|its|his|her|their|my|our|any|no|such|these|those|some|of|for|in|with|by|on|"
    r"about|from|official|new|recent|latest|previous|public|strong|stark|direct|clear|formal|first|repeated|"
    r"earlier|similar|conflicting)|[’']s?)\s+$",
    re.IGNORECASE,
)
_DENIES = negator_pattern("particle", "modal", "quantity")
_DENIED = re.compile(rf"\b{_DENIES}\s+(?:\w+\s+)?$|n[’']t\s+(?:\w+\s+)?$")
_CUT = re.compile(
    r"[;:(\[]|—|–|\s-\s|,\s+(?=(?:and|but|while|whereas|where|when|as|although|though|because|if|so|yet|"
    r"or)\b)|(?<!such )(?<!as well )(?<!current )(?<!past )(?<!\bold )(?<!former )(?<!present )"
    r"\b(?:that|while|whereas|because|although|though|as|if|when|after|before|since|until|whether|how|why|"
    r"what|where|but|and)\b(?!\s+well\s+as)|(?:\b(?:who|which|whom|whose)\b)|"
    r"[¤”\"]+,?"
)
PREPOSITION = re.compile(
    r"(?:\b(?:from|in|at|to|with|by|on|for|about|against|into|near|over|under|of|between|among|amid|around|"
    r"towards?|during|alongside|behind|like|than|such as|as well as|via|through|following|toward|across|"
    r"outside|inside|besides|despite|unlike|following|including|without|except|per)\s+"
    r"(?:(?:the|an?|his|her|its|their|new|former|late|fellow|two|three|these|those|other|leading|key|all|"
    r"both|some|many)\s+)*)$",
    re.IGNORECASE,
)
Place = Literal["before", "after", "of", "shared"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One act of saying. ``who``: the mention that speaks; None with ``place`` "shared": whoever spoke,
    or acted, before it in the sentence. ``start`` and ``end`` hold the cue and its mention."""

    start: int
    end: int
    verb: str
    who: Mention | None
    place: Place
    last: bool  # it closes its sentence: "…, X said."
    subordinate: bool = False  # its clause only says when, where or of whom


_OPENS = re.compile(r"\W{0,2}([A-Z][a-z]+ing)\b")


def cues(bare: str, start: int, end: int, mentions: list[Mention], heading: bool = False) -> list[Cue]:
    """The cues of the sentence ``bare[start:end]``, in order."""
    found: list[Cue] = []
    source = bare[:start] + bare[start:end].lower() if heading else bare
    phrases = [m.span() for m in _OF.finditer(bare, start, end)]
    found_verbs = [(m.group().lower(), m.start(), m.end()) for m in VERB.finditer(source, start, end)]
    if (opens := _OPENS.match(bare, start, end)) and (m := VERB.fullmatch(opens[1].lower())):
        found_verbs.insert(0, (m.group(), opens.start(1), opens.end(1)))  # "Noting that …, X said"
    for verb, at, stop in found_verbs:
        if any(a <= at < b for a, b in phrases):
            continue
        cue = _cue(bare, start, end, verb, at, stop, mentions)
        if cue and not (found and _inside(bare, found[-1], cue)):
            found.append(cue)
    for m in _OF.finditer(bare, start, end):
        who = _behind(bare, m.end(), end, mentions)
        if who is None and (
            doc := re.match(
                r"(?:(?:the|an?)\s+)?(?:[\w’'-]+\s+){0,3}(?:data|figures|results|reports?|documents?|law|"
                r"estimates?|statistics|officials|accounts?|sources?|poll|minutes|rules|plan)\b",
                bare[m.end() : end],
            )
        ):
            who = Mention(
                m.end(),
                m.end() + doc.end(),
                "role",
                role=doc.group(),
                head=doc.group().split()[-1],
                definite=False,
            )
        if who is not None:
            found.append(
                Cue(
                    m.start(),
                    _extent(bare, who.end, end),
                    "according to",
                    who,
                    "of",
                    not bare[who.end : end].strip(" .,…\u00a0" + MASK),
                )
            )
    for m in _POSSESSED.finditer(bare, start, end):
        at = m.start("who")
        who = next((x for x in mentions if x.start <= at < x.end), None) or Mention(
            at, at + len(m["who"]), "pronoun", head={"his": "he", "her": "she"}.get(m["who"], "they")
        )
        found.append(Cue(m.start(), m.end(), "in the words of", who, "of", False))
    return sorted(found, key=lambda c: c.start)


def _inside(bare: str, before: Cue, cue: Cue) -> bool:
    """Whether a participle belongs to what the cue before it tells: "told reporters that the mayor broke the
    law by calling on …"."""
    row = verb_of(before.verb)
    return (
        cue.place == "shared"
        and cue.verb.split()[0].endswith("ing")
        and before.place == "before"
        and row is not None
        and "words" in row
        and re.search(r"\b(?:by|for|of|in|without)\s+(?:\w+ly\s+)?$", bare[before.end : cue.start])
        is not None
    )


_INVERTS = frozenset(f for v in verbs("inverts") for f in v.finite)


# "told a press briefing on Monday": the hearers end the sentence.
_HEARER_CLOSES = re.compile(
    r"\s+(?:(?:an?|the|his|her|their)\s+)?[\w’'-]+(?:\s+[\w’'-]+){0,2}(?:\s+(?:on|in|"
    r"at)\s+[\w\s’'-]{2,40})?[.…\s]*"
)


_NEVER = re.compile(r"(?!)")
# What behind a verb shows that it is a deed here ("wrote to the king", "maintains in the country").
_DEED_BEHIND = {
    "write": re.compile(
        r"\s+(?:to|for|from)\b|\s+(?:an?|his|her|their|its|several|two|three|many)\s(?!.*(?:[¤:]|\bthat\b))"
    ),
    "respond": re.compile(r"\s+(?:to|first|by|as)\b|,\s+with\b"),
    "maintain": re.compile(r"\s+(?:in|on|to)\b"),
    "advise": re.compile(r"(?!.*(?:\b(?:that|to|against|not)\b|[¤:]))"),
    "compare": re.compile(r"\s+with\b"),
    "claim": re.compile(
        r"\s+(?:the|an?|its|his|her|their|more|\d[\d,]*)\s(?!.*(?:\b(?:is|are|was|were|has|had|have|will|"
        r"would|could"
        r"|can|did|does|that|for|of)\b|[’']s\s|[¤:]))"
    ),
}
# What may stand between a verb of saying and the end of its sentence, saying only when, where or how.
_CLOSING = re.compile(
    rf"""^\s*(?:on|in|at|by|during|after|when|to|through|last|this|yesterday|earlier|later|today|also)\b
      [^,;¤]{{0,60}}$
    |^\s*(?:(?:late|early|just|only)\s+)?(?:{weekday_pattern(titled=True)}|today|yesterday|tonight)
      (?:\s+(?:night|morning|evening|afternoon))?
      (?:\s+(?:in|at|on|during|after|via|through|to|of)\b[^,;¤]{{0,60}})?$
    |^[,\s]*(?:commenting|speaking|adding|answering|referring)\b[^;¤]*$""",
    re.VERBOSE,
)
# Behind a word that is a noun too, what shows that it is the noun here.
_NOUN_BEHIND = re.compile(
    r"\s*[.;)]|\s*,(?!\s*¤)|\s+(?:and|or|of|for|from|in|by|between|among|against|with|this|last|next|during"
    r"|after|before)\b|$"
)
# Behind a comma, a subject of a few words: "…, the mayor claims."
_SHORT_SUBJECT = re.compile(
    rf"[,{MASK}]\s+(?:the\s+)?[\w’'-]+(?:\s(?!(?:an?|the|his|her|their|its)\b)[\w’'-]+){{0,3}}\s*$"
)
# Before a participle, what makes it an adjective ("475 pledged delegates", "in proposed rules").
_ADJECTIVE_AFTER = re.compile(
    r"(?:\d|\b(?:of|in|by|with|for|from|to|at|as|than|nearly|about|given|get|gets|got|most|more|less|truly"
    rf"|other|{alternatives(word for word, value in UNITS.items() if 1 < value <= 10)}))\s+$"
)


def _is_said(verb: str, left: str, tail: str) -> bool:
    """Whether a verb that also means a deed or a sound is one of saying here, by what stands around it."""
    row = verb_of(verb)
    if row is None:
        return True  # a light verb with a noun of saying
    if verb == "states":
        return re.match(rf"\s*(?:that|:|{MASK})", tail) is not None
    if row.lemma in ("continue", "go on") and not re.match(rf"\s*(?:[,:.]|{MASK}|$)", tail):
        return False
    if _DEED_BEHIND.get(row.lemma, _NEVER).match(tail):
        return False
    if "told" in row and verb != "stated" and _TOLD.match(tail) is None:
        return False
    if "as" in row and _AS.match(tail) is None:
        return False
    return (
        "manner" not in row
        or left.rstrip().endswith(MASK)
        or re.match(rf"(?:\s+(?:back|out))?(?:\s+(?:at|to)\s+\w+)?\s*[,:]?\s*{MASK}", tail) is not None
    )


_BEHIND = re.compile(rf"[,;:.!?…—–{MASK}\"”()]|\s-\s|\b(?:and|but|who|which|that|whose)\b|$")


def _extent(bare: str, at: int, end: int) -> int:
    """Where the phrase of a source ends, with what narrows it ("sources familiar with the effort")."""
    if not NARROWED.match(bare, at, end):
        return at
    edge = re.compile(rf"[,;:.!?…—–{MASK}()]|$").search(bare, at, end)
    return edge.start() if edge else at


# What may follow a speaker that stands behind its verb: the end of the clause, or what narrows the speaker.
_AFTER_INVERTED = (
    rf"\s*(?:$|[,;:.!?…—–{MASK}()\"”])|\s+(?:of|for|at|in|on|from|with|who|whose|as|during|after|before|to|"
    rf"and|by|last"
    r"|this|yesterday|today|earlier|late|adding|via|when|while|speaking|referring|near|outside|told|himself|"
    r"herself)\b"
)


def _behind(bare: str, start: int, end: int, mentions: list[Mention], strong: bool = True) -> Mention | None:
    """The source that stands behind "according to" (``strong``) or "said", up to where its phrase ends."""
    named = next(
        (
            x
            for x in mentions
            if x.kind == "person"
            and x.end > start + 4
            and (x.start <= start + 4 or re.fullmatch(r"(?:[a-z-]+\s+){1,3}", bare[start : x.start]))
        ),
        None,
    )
    edge = _BEHIND.search(bare, max(start, named.end if named else start), end)
    return source_of(bare, start, edge.start() if edge else end, mentions, strong=strong, named=strong)


def _inverted(
    bare: str, start: int, at: int, behind: int, end: int, mentions: list[Mention], verb: str
) -> Mention | None:
    """Who stands behind the verb at ``at``: "…," said X. None where the words behind are what is said
    ("X, 37, said customers were …")."""
    row, left = verb_of(verb), bare[start:at]
    quoted = left.rstrip().endswith(MASK)
    if row is None or not (verb in _INVERTS or (quoted and "deed" not in row and "hearer" not in row)):
        return None
    if left.rstrip().endswith(",") and _beside(bare, start, at, mentions) is not None:
        return None
    if _DASHED.search(left):
        return None  # "The miller -- Vera Lund, who … -- said the dam"
    who = _behind(bare, behind, end, mentions, strong=False)
    if who is None or who.start > behind or (who.kind == "pronoun" and not quoted and left.strip()):
        return None
    return who if re.match(_AFTER_INVERTED, bare[who.end : end]) else None


# Behind a participle, when, where or as what: "mentioned as candidates", "announced in May", "said Tuesday".
_NAMED_BEHIND = re.compile(
    rf"\s+(?:(?:as|in|for|by|at|during|on|with|from|to|against|under|last|this|earlier|yesterday)\b"
    rf"|{weekday_pattern(titled=True)})"
)


_PERFECT = re.compile(r"\b(?:has|have|had)\s+(?:\w+\s+)?$")


def _is_named(verb: str, who: Mention, left: str, tail: str) -> bool:
    """Whether a thing is said, not saying: "three names mentioned for the post are …"."""
    return (
        verb.endswith("ed")
        and who.kind == "role"
        and not speaks(who.head or "")
        and not _PERFECT.search(left)
        and _NAMED_BEHIND.match(tail) is not None
        and re.search(rf"\bthat\b|[{MASK}:]", tail) is None
    )


_GOES_ON = re.compile(r"\b(?:goes|went|keeps|kept)(?:\s+on)?\s+$")


def _cue(
    bare: str, start: int, end: int, verb: str, at: int, stop: int, mentions: list[Mention]
) -> Cue | None:
    participle = (
        verb.split()[0].endswith("ing")
        and not _GOES_ON.search(bare, start, at)
        and not _BE.search(bare, max(start, at - 40), at)
        and not _READY.search(bare, start, at)
    )
    left = bare[start:at]
    if (
        _MODAL.search(left)
        and not re.search(
            r"\b(?:continu(?:es|ed)|w[eo]nt on|goes on|began|used|proceeded|like[ds]|loved|tended) to\s+$",
            left,
        )
        and not _READY.search(left)
    ) or _DENIED.search(left):
        return None
    if verb in _NOUNS and re.match(rf"\s+(?:{_AUXILIARY}|{_FINITE})\b", bare[stop:end]):
        return None  # "the report said"
    if (verb in _NOUNS and _DETERMINED.search(left)) or (
        verb.endswith("ed")
        and re.search(
            r"(?:\b(?:the|an?|this|its|his|her|their|any|no|such|these|those)|[’']s)\s+$", left, re.IGNORECASE
        )
    ):
        return None
    tail = bare[stop:end]
    quoted_before = left.rstrip().endswith(MASK) or _SHORT_SUBJECT.search(left)
    told_behind = re.search(rf"\bthat\b|{MASK}", tail) is not None
    if verb in _NOUNS and not quoted_before and not told_behind and _NOUN_BEHIND.match(tail):
        return None  # "the primary contests this year"
    if verb.endswith("ed") and _ADJECTIVE_AFTER.search(left):
        return None
    closes = not _CLOSING.sub("", tail.strip(" .,!?…\u00a0")).strip(" .,!?…\u00a0") and MASK not in tail
    row = verb_of(verb)
    closes = closes or (row is not None and "hearer" in row and _HEARER_CLOSES.fullmatch(tail) is not None)
    inverted = re.match(r"(?:\s+(?:also|then|later|yesterday))?\s+", tail)
    if (
        inverted
        and (not left.strip() or re.search(rf"[,?!…—{MASK}\"”’–-]\s*(?:(?:so|and|as)\s+)?$", left))
        and not participle
    ):
        who = _inverted(bare, start, at, stop + inverted.end(), end, mentions, verb)
        if who is not None:
            rest = bare[who.end : end].strip(" .,!?…\u00a0")
            after = not re.search(rf"[{MASK}]", rest) or bool(re.match(r"[,.]", bare[who.end : who.end + 1]))
            return Cue(at, who.end, verb, who, "after", not rest or (after and not re.search(r"[.;]", rest)))
    if _BE.search(left) and not verb.split()[0].endswith("ing"):
        by = re.match(r"\s+(?:\w+\s+){0,4}?by\s+", tail)
        who = next((x for x in mentions if by and 0 <= x.start - (stop + by.end()) <= 12), None)
        return Cue(at, who.end, verb, who, "of", False) if who else None
    if not _is_said(verb, left, tail):
        return None
    strong = row is not None and "words" in row and not row.flags & {"told", "shows"} and verb not in _NOUNS
    who, shared = _subject(bare, start, at, mentions, participle, strong)
    if who is None and (not shared or (verb in _NOUNS and not quoted_before)):
        return None
    if who is not None and _is_named(verb, who, left, tail):
        return None
    begin = min(who.start, at) if who is not None else at
    if who is not None and re.search(r"[’']s?$", bare[who.start : who.end]) and verb in _NOUNS:
        return None
    told = (
        re.match(
            r"\s+(?:reporters|journalists|us|me|the press|[\w\s]{0,20}?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)",
            tail,
        )
        if verb in ("told", "tells")
        else None
    )
    mark = list(
        re.finditer(
            r"\b(?:what|who|whom|which|whose|when|after|since|because|although|though|before|if|as)\b",
            bare[start:begin],
        )
    )
    sub = (
        bool(mark)
        and re.fullmatch(r"[\w\s’'.-]{0,24}", bare[start + mark[-1].end() : begin]) is not None
        and who is not None
        and not closes
        and not (mark[-1].group() == "as" and strong and re.match(r"[^,;]{0,30},", tail))
        and not (
            mark[-1].group() in ("who", "which")
            and re.search(r",\s*$", bare[start : start + mark[-1].start()])
        )
    )
    return Cue(
        begin,
        stop + (told.end() if told else 0),
        verb,
        who,
        "shared" if who is None else "before",
        closes,
        sub,
    )


_OWN_VERB = re.compile(
    r"\s*(?:\w+ly\s+|also\s+)?(?!(?:the|an?|he|she|they|it|we|you|his|her|their|its|this|these|some|many|"
    r"most|all)\b)"
    r"[a-z]+\s+\S"
)
_DASHED = re.compile(r"\s*(?:[—–]|\s--?\s)(?:(?!\s--?\s)[^—–;:¤]){3,200}?(?:[—–]|\s--?)\s*$")


def _subject(
    bare: str, start: int, at: int, mentions: list[Mention], participle: bool, strong: bool
) -> tuple[Mention | None, bool]:
    """(the mention that the verb at ``at`` belongs to, or None; whether it shares the subject before)."""
    ready = _READY.search(bare, start, at)
    stop = start + len(_TRAIL.sub("", bare[start : ready.start() if ready else at]))
    aside = _DASHED.search(bare, start, stop)
    if aside is not None and not participle:  # "Otto Lind — a teacher from Arlen — says"
        found = _subject(bare, start, aside.start(), mentions, participle, strong)
        if found[0] is not None:
            return found
    if participle and re.search(r"\b(?:is|are|was|were|been)\b", bare[stop:at]) is None:
        with_whom = next(
            (
                m
                for m in mentions
                if m.end <= stop
                and not bare[m.end : stop].strip()
                and re.search(r"\bwith\s+$", bare[start : m.start])
            ),
            None,
        )
        return with_whom, re.search(
            rf"(?:^|[,;:—–{MASK}]|\b(?:and|by|while|before|after|in|then|(?:statement|post|letter|message|"
            rf"note|speech|interview|report|memo)(?:\s+(?:on|in|to|at)\s+[^,;]{{2,30}})?))\s*$",
            bare[start:stop],
        ) is not None
    comma = start + len(bare[start:at].rstrip())
    if stop < comma and bare[comma - 1] == "," and not bare[start:stop].rstrip().endswith(","):
        beside = _beside(bare, start, comma, mentions)  # "Holt, who rows daily, said"
        if beside is not None:
            return beside, False
    if bare[start:stop].rstrip().endswith(","):
        beside = _beside(bare, start, stop, mentions)
        if beside is not None:
            return beside, False
    pieces = list(_CUT.finditer(bare, start, stop))
    begin = pieces[-1].end() if pieces else start
    mark = bare[pieces[-1].start() : pieces[-1].end()].strip(" ,") if pieces else ""
    own = mark in ("who", "which", "that") and "," not in bare[begin:stop]
    if own and _OWN_VERB.match(bare, begin, stop):
        # "Officials who met the press said": the relative clause has its verb, this is the noun's
        edge = max(bare.rfind(x, start, pieces[-1].start()) for x in (",", ";", ":", "—", MASK)) + 1
        source = source_of(bare, max(edge, start), pieces[-1].start(), mentions, strong=strong)
        if source is not None:
            return source, False
    ends = [m for m in mentions if begin <= m.start and m.end <= stop and not bare[m.end : stop].strip()]
    if (
        mark in ("who", "which", "that")
        and not ends
        and (
            antecedent := next(
                (
                    m
                    for m in reversed(mentions)
                    if m.end <= pieces[-1].start()
                    and pieces[-1].start() - m.end <= (40 if not bare[begin:stop].strip() else 1)
                    and m.kind != "pronoun"
                ),
                None,
            )
        )
    ):
        return antecedent, False
    if mark in ("who", "which", "that") and not bare[begin:stop].strip():
        edge = max(bare.rfind(x, start, pieces[-1].start()) for x in (",", ";", ":", "—", MASK)) + 1
        source = source_of(bare, max(edge, start), pieces[-1].start(), mentions, strong=False)
        if source is not None:
            return source, False
    clause = bare[begin:stop]
    if not clause.strip(" ,") and pieces and MASK in bare[pieces[-1].start() : begin]:
        for m in mentions:  # "Vera Lund, calling it “a ruin,” said"
            if m.end <= begin and re.match(r",\s+\w+ing\b", bare[m.end : m.end + 24]):
                return m, False
    if not clause.strip(" ,"):
        return None, mark in ("and", "but", "or")
    comma = bare.rfind(",", begin, stop)
    after = comma + 1 if comma >= 0 and bare[comma + 1 : stop].strip() else begin
    if (
        after != begin
        and _PLACED.search(bare, begin, comma)
        and re.fullmatch(r"(?:\s+[A-Z][\w.’'-]*){1,2}\s*", bare[after:stop])
    ):
        after = begin  # "Vera Lund of Arlen, North Hart says"
    phrase = source_of(bare, after, stop, mentions, strong=strong) or (
        source_of(bare, begin, stop, mentions, strong=strong) if after != begin else None
    )
    if phrase is not None and not participle:
        return phrase, False
    inside = [m for m in mentions if begin <= m.start and m.end <= stop]
    subjects = [
        m
        for m in inside
        if not PREPOSITION.search(bare[begin : m.start]) and not re.search(r"[’']s?$", bare[m.start : m.end])
    ]
    # the verb belongs to the noun right before it; what stands between may only narrow that noun
    for m in reversed(subjects):
        between = bare[m.end : stop]
        if re.fullmatch(
            r"(?:[\s,\u00a0]*(?:in|at|of|for|with|from|on|to|familiar|close|near|who|by)\b[^;:]*|"
            r"[\s\u00a0]*,[^,;:]*,?|[\s\u00a0]*,?)",
            between,
        ):
            return m, False
    if mark in ("and", "but") or (re.match(r"\s*(?:,|\w+ed\b|\w+s\b)", clause) and not subjects):
        return None, bool(mark in ("and", "but"))
    if (
        subjects
        and not participle
        and re.fullmatch(r"\s+(?:\w+ed|\w+s|\w+)\b[^;:]*,?\s*(?:and\s+)?", bare[subjects[-1].end : stop])
        and re.search(r"\band\s*$", bare[:at].rstrip()[-6:])
    ):
        return subjects[0], False
    return None, False


_PLACED = re.compile(r"\b(?:of|in|from|near|at)\s+(?:[A-Z][\w.’'-]*\s*){1,2}$")
_HARD = re.compile(rf"(?<!, )\bwhile\b|[;:(\[]|—|–|[{MASK}]+,?|,\s+(?:and|but|whereas)\s")


def _beside(bare: str, start: int, stop: int, mentions: list[Mention]) -> Mention | None:
    """The subject of a verb that a comma stands before: "X, the mayor of Y, said", "X, who …, said"."""
    hard = [m.end() for m in _HARD.finditer(bare, start, stop)]
    begin = hard[-1] if hard else start
    for m in mentions:
        if (
            m.start < begin
            or m.end > stop
            or PREPOSITION.search(bare[begin : m.start])
            or re.search(r"[’']s?$", bare[m.start : m.end])
        ):
            continue
        if re.match(
            r"(?:\s+(?:himself|herself|themselves|itself)\b)?(?:\s+(?:of|from|at|for|with|in|near|familiar|"
            r"close|briefed)\s+[^,;]{2,80})?\s*,\s+(?:the|an?|who|which|whose|his|her|its|as|in|at|on|of|"
            r"for|from|too|however|also|then|now|while|when|after|if|where|asked|\d+|\w+ing|\w+ed|\w+ly)\b|"
            r"\s*,$|\s*,\s+[A-Z]|\s*,\s+[a-z]",
            bare[m.end : stop].rstrip(),
        ):
            return m
    return None
