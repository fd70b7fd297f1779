"""The cues of speech in one sentence: each verb of saying (or "according to") with the mention that
speaks. What stands in quotation marks is masked before, so verbs inside a quotation do not count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qa.attribution.mentions import Mention

MASK = "¤"


_ACTS = "|".join(
    (
        r"sa(?:ys?|id|ying)",
        r"t(?:ells?|old|elling)",
        r"add(?:s|ed|ing)?",
        r"claim(?:s|ed|ing)?",
        r"warn(?:s|ed|ing)?",
        r"announc(?:es?|ed|ing)",
        r"insist(?:s|ed|ing)?",
        r"(?:re)?iterat(?:es?|ed|ing)",
        r"emphasi[sz](?:es?|ed|ing)",
        r"stress(?:es|ed|ing)?",
        r"declar(?:es?|ed|ing)",
        r"stat(?:es?|ed|ing)",
        r"argu(?:es?|ed|ing)",
        r"assert(?:s|ed|ing)?",
        r"remark(?:s|ed|ing)?",
        r"repl(?:y|ies|ied|ying)",
        r"explain(?:s|ed|ing)?",
        r"acknowledg(?:es?|ed|ing)",
        r"admit(?:s|ted|ting)?",
        r"recall(?:s|ed|ing)?",
        r"testif(?:y|ies|ied|ying)",
        r"confirm(?:s|ed|ing)?",
        r"den(?:y|ies|ied|ying)",
        r"alleg(?:es?|ed|ing)",
        r"complain(?:s|ed|ing)?",
        r"not(?:es?|ed|ing)",
        r"quip(?:s|ped)?",
        r"jok(?:es?|ed|ing)",
        r"boast(?:s|ed|ing)?",
        r"vow(?:s|ed|ing)?",
        r"pledg(?:es?|ed|ing)",
        r"promis(?:es?|ed|ing)",
        r"predict(?:s|ed|ing)?",
        r"conced(?:es?|ed|ing)",
        r"contend(?:s|ed|ing)?",
        r"lament(?:s|ed|ing)?",
        r"caution(?:s|ed|ing)?",
        r"counter(?:s|ed|ing)?",
        r"disclos(?:es?|ed|ing)",
        r"mention(?:s|ed|ing)?",
        r"underlin(?:es?|ed|ing)",
        r"underscor(?:es?|ed|ing)",
        r"recount(?:s|ed|ing)?",
        r"wr(?:ites?|ote|iting|itten)",
        r"retort(?:s|ed|ing)?",
        r"snap(?:s|ped)(?=\s*[,.:¤])",
        r"mus(?:es|ed)(?=\s*[,.:¤]|\s+that)",
        r"chip(?:s|ped) in",
        r"confid(?:es|ed)(?=\s*[,.:¤]|\s+(?:that|in|to|over))",
        r"interject(?:s|ed)",
        r"rejoin(?:s|ed)(?=\s*[,.:¤])",
        r"tweet(?:s|ed|ing)?",
        r"speculat(?:es?|ed|ing)",
        r"suggest(?:s|ed|ing)?",
        r"urg(?:es?|ed|ing)",
        r"demand(?:s|ed|ing)?",
        r"accus(?:es?|ed|ing)",
        r"condemn(?:s|ed|ing)?",
        r"prais(?:es?|ed|ing)",
        r"critici[sz](?:es?|ed|ing)",
        r"denounc(?:es?|ed|ing)",
        r"slam(?:s|med|ming)?",
        r"blam(?:es?|ed|ing)",
        r"thank(?:s|ed|ing)?",
        r"apologi[sz](?:es?|ed|ing)",
        r"dismiss(?:es|ed|ing)?(?=\s+(?:[\w’'¤-]+\s+){0,4}(?:as|claims?|suggestions?|accusations?|allegations?|reports?|talk|ideas?|criticisms?|fears|calls)\b)",
        r"describ(?:es?|ed|ing)",
        r"call(?:s|ed|ing)?",
        r"hail(?:s|ed|ing)?",
        r"express(?:es|ed|ing)?",
        r"voic(?:es?|ed|ing)",
        r"convey(?:s|ed|ing)?",
        r"reveal(?:s|ed|ing)?",
        r"highlight(?:s|ed|ing)?",
        r"indicat(?:es?|ed|ing)",
        r"point(?:s|ed|ing)?\s+(?:out|to)",
        r"propos(?:es?|ed|ing)",
        r"advis(?:es?|ed|ing)",
        r"hint(?:s|ed|ing)?",
        r"question(?:s|ed|ing)?",
        r"refut(?:es?|ed|ing)",
        r"estimat(?:es?|ed|ing)",
        r"report(?:s|ed|ing)?",
        r"conclud(?:es?|ed|ing)",
        r"repeat(?:s|ed|ing)?",
        r"maintain(?:s|ed|ing)?",
        r"request(?:s|ed|ing)?",
        r"appeal(?:s|ed|ing)?",
        r"ask(?:s|ed|ing)?",
        r"assur(?:es?|ed|ing)",
        r"inform(?:s|ed|ing)?",
        r"congratulat(?:es?|ed|ing)",
        r"invit(?:es?|ed|ing)",
        r"went on|goes on|continu(?:es?|ed)(?=\s*[,.:¤])",
        r"summ(?:ed|ing|s) up",
        r"respond(?:s|ed|ing)?(?!\s+to\b)",
        r"fir(?:ed|es|ing) back|hit back|hits back|shot back",
        r"compar(?:es?|ed|ing)",
        r"endors(?:es?|ed|ing)",
        r"doubt(?:s|ed|ing)?",
        r"object(?:s|ed|ing)",
        r"offer(?:s|ed|ing)?(?=\s+(?:his|her|their|an?|to)\b)",
        r"spoke\s+of|speaks\s+of|speaking\s+of",
        r"put\s+it|puts\s+it",
        r"comment(?:s|ed|ing)",
        r"observ(?:es|ed|ing)",
        r"cit(?:es|ed|ing)",
        r"swore|swears",
        r"agre(?:es|ed|eing)\s+(?:that|with|only|to)",
        r"rul(?:es|ed|ing)\s+out",
        r"spelled\s+out|set\s+out|sets\s+out|laid\s+out",
        r"ma(?:de|kes?)\s+(?:it\s+)?(?:clear|known)|left\s+no\s+doubt|leaves\s+no\s+doubt",
        r"insinuat(?:es?|ed|ing)",
        r"articulat(?:es?|ed|ing)",
        r"outlin(?:es?|ed|ing)",
        r"disagre(?:es?|ed|eing)",
        r"reaffirm(?:s|ed|ing)?",
        r"rebuk(?:es?|ed|ing)",
        r"renew(?:s|ed|ing)\s+\w+\s+calls?",
        r"likened|likens",
        r"defend(?:s|ed|ing)(?=\s+(?:the|his|her|its|their)\s+(?:decision|policy|record|move))",
        r"recommend(?:s|ed|ing)?",
        r"play(?:s|ed|ing)\s+down",
        r"reckon(?:s|ed)?",
        r"believ(?:es|ed)(?!\s+in)",
        r"remind(?:s|ed|ing)?",
        r"reject(?:s|ed|ing)?(?=\s+(?:suggestions|claims|accusations|allegations|reports|the\s+\w+|any|that|criticism))",
        r"plead(?:s|ed|ing)?|pled",
        r"charg(?:es|ed)(?=\s*[,.]|\s+(?:that|in)\b)",
        r"(?:ma(?:de|kes?)|issu(?:es|ed)|renew(?:s|ed)|gave|sent)\s+(?:[\w-]+\s+){0,4}?(?:appeals?|warnings?|calls?|pleas?|demands?|threats?)",
        r"welcom(?:es|ed)(?=\s+(?:the|this|that|a)\s+\w+)",
    )
)
VERB = re.compile(rf"(?<![\w’'-])(?:{_ACTS})(?![\w’'-])")
_OF = re.compile(
    r"\b(?:[Aa]ccording to|quot(?:es|ed|ing)|[Aa]s (?:reported|told|described) by|(?:(?:renewed|new|repeated|fresh|drew|draws?|drawing|prompt(?:ed|ing)|amid|despite|after)\s+)(?:\w+\s+)?(?:calls|warnings?|appeals?|demands?|criticism|condemnation|praise|claims|allegations)\s+(?:from|by)|[Ii]n the (?:words|view|opinion|account) of|[Ii]n an? (?:post|statement|note|letter) (?:by|from))\s+"
)
_POSSESSED = re.compile(
    r"\b[Ii]n (?P<who>his|her|their|[A-Z][\w-]*[’']s?) (?:words|view|opinion|account|description)\b"
)
# Verbs that also mean a deed or a state: what is said must follow.
_WEAK = re.compile(
    r"(?:maintain|indicat|state|stat|report|question|observ|cit|object|doubt|agre|repeat|continu|estimat|reckon)\w*"
)
_TOLD = re.compile(
    rf"\s*(?:,|:|—|–|[{MASK}]|that\b|how\b|why\b|whether\b|on\b|in\b|to\b|[.…]|$)|\s+(?:[A-Z\w’'-]+\s+){{1,4}}(?:is|are|was|were|has|had|have|will|would|could|can|may|might|should)\b"
)
_NOUNS = frozenset(
    "voice voices claim claims call calls note notes stress report reports demand demands question questions charge comment comments remark remarks promise promises request requests appeal appeals offer offers state states point points doubt doubts pledge pledges vow vows estimate estimates blame praise object counter caution invite hint hints recall thanks mention tweet tweets reply address welcome".split()
)
_ADVERBS = r"(?:also|then|later|again|once|earlier|however|instead|further|furthermore|meanwhile|first|often|still|even|already|now|too|simply|just|himself|herself|themselves|itself|both|all|recently|only|has|had|have|did|does|do|is|was|were|are|been|repeatedly|\w+ly)"
_TRAIL = re.compile(
    rf"(?:[\s\u00a0]*\b(?:{_ADVERBS}|continu(?:es|ed) to|w[eo]nt on(?: to)?|goes on(?: to)?|began to|like[ds] to|used to|loved to)\b,?)*[\s\u00a0]*$"
)
_MODAL = re.compile(
    r"\b(?:to|must|should|would|will|may|might|can|could|cannot|shall|let)\s+(?:(?:not|\w+ly|also|again)\s+)*$"
)
_BE = re.compile(r"\b(?:is|are|was|were|been|be|being|gets?|got)\s+(?:(?:also|not|later|first|\w+ly)\s+)*$")
_DETERMINED = re.compile(
    r"(?:\b(?:the|an?|this|that|its|his|her|their|my|our|any|no|such|these|those|some|of|for|in|with|by|on|about|from|official|new|recent|latest|previous|public|strong|stark|direct|clear|formal|first|repeated|earlier|similar|conflicting)|[’']s?)\s+$",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|never|neither|nor|nobody|no one)\s+(?:\w+\s+)?$|n[’']t\s+(?:\w+\s+)?$")
_CUT = re.compile(
    r"[;:(\[]|—|–|\s-\s|,\s+(?=(?:and|but|while|whereas|where|when|as|although|though|because|if|so|yet|or)\b)|(?<!such )(?<!as well )\b(?:that|while|whereas|because|although|though|as|if|when|after|before|since|until|whether|how|why|what|where|but|and)\b(?!\s+well\s+as)|(?:\b(?:who|which|whom|whose)\b)|[¤”\"]+,?"
)
PREPOSITION = re.compile(
    r"(?:\b(?:from|in|at|to|with|by|on|for|about|against|into|near|over|under|of|between|among|amid|around|towards?|during|alongside|behind|like|than|such as|as well as|via|through|following|toward|across|outside|inside)\s+(?:(?:the|an?|his|her|its|their|new|former|late|fellow|two|three|these|those|other|leading|key|all|both|some|many)\s+)*)$",
    re.IGNORECASE,
)
_INVERTS = re.compile(
    r"sa(?:id|ys?)|add(?:s|ed)|wr(?:ote|ites?)|not(?:es|ed)|explain(?:s|ed)|warn(?:s|ed)|announc(?:es|ed)|insist(?:s|ed)|declar(?:es|ed)|argu(?:es|ed)|repl(?:ies|ied)|recall(?:s|ed)|admit(?:s|ted)|stat(?:es|ed)|remark(?:s|ed)|confirm(?:s|ed)|report(?:s|ed)|stress(?:es|ed)|claim(?:s|ed)|conclud(?:es|ed)|predict(?:s|ed)|complain(?:s|ed)|jok(?:es|ed)|suggest(?:s|ed)|acknowledg(?:es|ed)|reckon(?:s|ed)|continu(?:es|ed)"
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


def cues(bare: str, start: int, end: int, mentions: list[Mention], heading: bool = False) -> list[Cue]:
    """The cues of the sentence ``bare[start:end]``, in order."""
    found: list[Cue] = []
    source = bare[:start] + bare[start:end].lower() if heading else bare
    for m in VERB.finditer(source, start, end):
        cue = _cue(bare, start, end, m, mentions)
        if cue:
            found.append(cue)
    for m in _OF.finditer(bare, start, end):
        who = next((x for x in mentions if 0 <= x.start - m.end() <= 30 and x.kind != "pronoun"), None)
        if who is None and (
            doc := re.match(
                r"(?:(?:the|an?)\s+)?(?:[\w’'-]+\s+){0,3}(?:data|figures|results|reports?|documents?|law|estimates?|statistics|officials|accounts?|sources?|poll|minutes|rules|plan)\b",
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
                    who.end,
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


def _cue(bare: str, start: int, end: int, m: re.Match[str], mentions: list[Mention]) -> Cue | None:
    verb, at, stop = m.group().lower(), m.start(), m.end()
    participle = verb.split()[0].endswith("ing")
    left = bare[start:at]
    if (
        _MODAL.search(left)
        and not re.search(
            r"\b(?:continu(?:es|ed)|w[eo]nt on|goes on|began|used|proceeded|like[ds]|loved|tended) to\s+$",
            left,
        )
    ) or _DENIED.search(left):
        return None
    if (verb in _NOUNS and _DETERMINED.search(left)) or (
        verb.endswith("ed")
        and re.search(
            r"(?:\b(?:the|an?|this|its|his|her|their|any|no|such|these|those)|[’']s)\s+$", left, re.IGNORECASE
        )
    ):
        return None
    tail = bare[stop:end]
    closes = (
        not re.sub(
            r"^\s*(?:on|in|at|by|during|after|when|to|through|last|this|yesterday|earlier|later|today|also)\b[^,;¤]{0,60}$|^[,\s]*(?:commenting|speaking|adding|answering|referring)\b[^;¤]*$",
            "",
            tail.strip(" .,!?…\u00a0"),
        ).strip(" .,!?…\u00a0")
        and MASK not in tail
    )
    inverted = re.match(r"(?:\s+(?:also|then|later|yesterday))?\s+", tail)
    if (
        inverted
        and (not left.strip() or re.search(rf"[,?!…—{MASK}\"”’–-]\s*(?:(?:so|and|as)\s+)?$", left))
        and not participle
    ):
        who = next((x for x in mentions if 0 <= x.start - (stop + inverted.end()) <= 4), None)
        if who is not None and (
            re.search(r"[’']s?$", bare[who.start : who.end])
            or bare[stop + inverted.end() : who.start].strip() not in ("", "the", "a", "an")
        ):
            who = None
        if (
            who is not None
            and not left.rstrip().endswith(MASK)
            and re.match(
                r"\s+(?:is|are|was|were|has|have|had|will|would|could|should|can|may|might|\w+ed)\b",
                bare[who.end : who.end + 24],
            )
        ):
            who = None  # "X, 37, said customers were …"
        if (
            who is not None
            and (
                _INVERTS.fullmatch(verb)
                or (left.rstrip().endswith(MASK) and not re.match(r"(?:told|tells?)$", verb))
            )
            and not re.match(r"(?:that|to)\b", tail.strip())
        ):
            rest = bare[who.end : end].strip(" .,!?…\u00a0")
            after = not re.search(rf"[{MASK}]", rest) or bool(re.match(r"[,.]", bare[who.end : who.end + 1]))
            return Cue(at, who.end, verb, who, "after", not rest or (after and not re.search(r"[.;]", rest)))
    if _BE.search(left) and not participle:
        by = re.match(r"\s+(?:\w+\s+){0,4}?by\s+", tail)
        who = next((x for x in mentions if by and 0 <= x.start - (stop + by.end()) <= 12), None)
        return Cue(at, who.end, verb, who, "of", False) if who else None
    if (
        _WEAK.fullmatch(verb) and not _TOLD.match(tail) and verb not in ("reported", "reports", "stated")
    ) or (verb == "states" and not re.match(rf"\s*(?:that|:|{MASK})", tail)):
        return None
    who, shared = _subject(bare, start, at, mentions, participle)
    if who is None and not shared:
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


def _subject(
    bare: str, start: int, at: int, mentions: list[Mention], participle: bool
) -> tuple[Mention | None, bool]:
    """(the mention that the verb at ``at`` belongs to, or None; whether it shares the subject before)."""
    stop = start + len(_TRAIL.sub("", bare[start:at]))
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
            rf"(?:^|[,;:—–{MASK}]|\b(?:and|by|while|before|after|in|then|(?:statement|post|letter|message|note|speech|interview|report|memo)(?:\s+(?:on|in|to|at)\s+[^,;]{{2,30}})?))\s*$",
            bare[start:stop],
        ) is not None
    if bare[start:stop].rstrip().endswith(","):
        beside = _beside(bare, start, stop, mentions)
        if beside is not None:
            return beside, False
    pieces = list(_CUT.finditer(bare, start, stop))
    begin = pieces[-1].end() if pieces else start
    mark = bare[pieces[-1].start() : pieces[-1].end()].strip(" ,") if pieces else ""
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
    clause = bare[begin:stop]
    if not clause.strip(" ,"):
        return None, mark in ("and", "but", "or")
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
            r"(?:[\s,\u00a0]*(?:in|at|of|for|with|from|on|to|familiar|close|near|who|by)\b[^;:]*|[\s\u00a0]*,[^,;:]*,?|[\s\u00a0]*,?)",
            between,
        ):
            return m, False
    if mark in ("and", "but") or (re.match(r"\s*(?:,|\w+ed\b|\w+s\b)", clause) and not subjects):
        return None, bool(mark in ("and", "but"))
    if (someone := _anyone(bare, begin, stop)) is not None:
        return someone, False
    if (
        subjects
        and not participle
        and re.fullmatch(r"\s+(?:\w+ed|\w+s|\w+)\b[^;:]*,?\s*(?:and\s+)?", bare[subjects[-1].end : stop])
        and re.search(r"\band\s*$", bare[:at].rstrip()[-6:])
    ):
        return subjects[0], False
    return None, False


_ANYONE = re.compile(
    r"^\s*(?:(?:[A-Z][a-z]+|[a-z]+)\s+(?:night|week|day|morning|evening|year|month)\s+)?(?P<who>(?:(?:the|a|an|one|another|some|many|several|most|few|all|both|two|three|four|five|his|her|their|its)\s+)?(?:[a-z-]+\s+){0,2}(?P<head>[a-z-]+))(?P<more>\s+(?:at|in|of|from|for|with|near|on|who|that)\s+[^,;:]{2,60})?\s*$",
    re.IGNORECASE,
)
# What "suggests" or "says" only in a manner of speaking.
_THINGS = frozenset(
    """it this that these those there here what which who move moves decision decisions comment comments remark remarks attack attacks development developments incident incidents result results
    sign signs fact facts rise fall event events talk talks meeting meetings call calls deal deals plan plans step steps change changes growth war crisis strike strikes visit question questions story history
    approach shift silence failure success loss victory defeat and or but not also then now so if when while because as to of in on at by for with from i you we he she they""".split()
)

_VERBAL = frozenset(
    "has have had is are was were be been will would can could may might should must did does do not never no long".split()
)


def _anyone(bare: str, begin: int, stop: int) -> Mention | None:
    """A plain noun at the beginning of a clause, right before its verb of saying: "The festival announced",
    "One juror at the table told"."""
    m = _ANYONE.match(bare[begin:stop])
    if (
        m is None
        or {m["who"].lower().split()[0], m["head"].lower()} & _THINGS
        or any(w in _VERBAL or w.endswith(("ing", "ed", "ly")) for w in m["who"].lower().split())
    ):
        return None
    first = m["who"].split()[0].lower()
    if " " not in m["who"] and not m["head"].endswith("s"):
        return None  # a bare singular is no subject
    return Mention(
        begin + m.start("who"),
        begin + m.end("who"),
        "role",
        role=bare[begin + m.start("who") : begin + m.end("who")],
        head=m["head"].lower(),
        definite=first in ("the", "his", "her", "their", "its"),
    )


_HARD = re.compile(rf"[;:(\[]|—|–|[{MASK}]+,?|,\s+(?:and|but|whereas)\s")


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
            r"(?:\s+(?:of|from|at|for|with)\s+[^,;]{2,50})?\s*,\s+(?:the|an?|who|which|whose|his|her|its|as|in|at|on|of|for|from|too|however|also|then|now|while|when|after|if|where|asked|\d+|\w+ing|\w+ed|\w+ly)\b|\s*,$|\s*,\s+[A-Z]",
            bare[m.end : stop].rstrip(),
        ):
            return m
    return None
