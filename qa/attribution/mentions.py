"""Who is named in a stretch of text: persons and bodies with the roles beside them, roles alone, pronouns.

Rules over capitals, titles and appositions.
(The cues are those of Elson & McKeown 2010 and of O'Keefe et al. 2012; no parser, no model.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from qa.text.lexicon.bodies import BODIES, OUTLETS, PAPER, WORD
from qa.text.lexicon.build import alternatives
from qa.text.lexicon.calendar import CALENDAR_WORD
from qa.text.lexicon.forenames import GENDERS
from qa.text.lexicon.people import (
    ABBREVIATED_TITLES,
    ALSO_VERBS,
    DETERMINERS,
    JOINED,
    NARROWS,
    PERSONS,
    TITLES,
    is_person,
)
from qa.text.lexicon.peoples import is_adjective_of_a_people
from qa.text.lexicon.speech import verb_of, verb_pattern, verbs
from qa.text.terms import STOP
from qa.text.wordlist import english

Kind = Literal["person", "body", "role", "pronoun"]

# Words that a sentence opens with before a name ("Following Sanders", "Yet Bloomberg").
_OPENERS = frozenset(
    """about according across after against alongside also although amid among and as at because before behind
    below beneath beside besides between beyond both but by concerning considering despite during either even
    except following for former from given hence here how however if in inside instead into just later like
    meanwhile moreover near neither nevertheless nonetheless nor not now of off on once only onto or otherwise
    outside over past per perhaps since so still than that then there therefore these this those though
    through throughout thus to today tomorrow toward towards under unless unlike until unto upon via what when
    where whereas whether which while who why with within without yesterday yet""".split()
)
CAPITAL = (
    rf"(?:(?:[A-Z]\.)+|{alternatives(t.title() for t in ABBREVIATED_TITLES)}\.|"
    rf"[A-ZÀ-Þ](?:[\w&]|[’'-](?=\w))*)"
)
_RUN = re.compile(
    rf"{CAPITAL}(?:(?:[ \u00a0]+(?:&[ \u00a0]+)?|[ \u00a0](?:de|van|von|der|den|al|bin|da|di|du|del|la|le|of|"
    rf"of the|for)[ \u00a0])(?:{CAPITAL}))*"
)


_SAID = verb_pattern("words", of=lambda v: (v.lemma, *v.past))


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


class Names:
    """Finds the names, roles and pronouns of a text. ``known``: words that are names though a sentence begins
    with them."""

    def __init__(self, known: frozenset[str]) -> None:
        self._middle = known

    def mentions(self, text: str, start: int, end: int) -> list[Mention]:
        """The mentions of a stretch, in order, names joined with the roles and titles beside them."""
        found: list[Mention] = []
        for m in _RUN.finditer(text, start, end):
            found += self._named(text, start, m.start(), m.end())
        roles = list(self.roles(text, start, end))
        found = [
            m
            for m in found
            if not any(
                r.start <= m.start and m.end <= r.end and (r.start, r.end) != (m.start, m.end) for r in roles
            )
        ]
        taken = [(m.start, m.end) for m in found]
        for m in re.finditer(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|I)\b", text[start:end]):
            if m.group() != "I":
                found.append(Mention(start + m.start(), start + m.end(), "pronoun", head=m.group().lower()))
        found += [r for r in roles if not any(a < r.end and r.start < b for a, b in taken)]
        return self._apposed(text, sorted(found, key=lambda m: m.start))

    def _named(self, text: str, begin: int, start: int, end: int) -> Iterator[Mention]:
        words = [(m.start(), m.end()) for m in re.finditer(r"[^\s\u00a0]+", text[start:end])]
        words = [(start + a, start + b) for a, b in words]
        # "Minister of Transport" is one name, "Putin of Russia" two
        for k, (a, b) in enumerate(words):
            if (
                text[a:b] in ("of", "for")
                and k
                and text[words[k - 1][0] : words[k - 1][1]].casefold() not in JOINED
            ):
                yield from self._named(text, begin, start, words[k - 1][1])
                rest = k + 1 if text[words[k + 1][0] : words[k + 1][1]] != "the" else k + 2
                yield from self._named(text, begin, words[rest][0], end)
                return
        while words:
            a, b = words[0]
            raw = text[a:b].rstrip(".,")
            opening = not re.search(r"[\w,;)’”'\"¤]\s*$", text[begin:a])
            plain = (
                raw.casefold() in STOP
                or re.search(r"[’'](?:ll|ve|d|m|re)$", raw) is not None
                or (opening and len(words) > 1 and raw.casefold() in _OPENERS)
                or (opening and raw.endswith("ing") and verb_of(raw) is not None)
                or CALENDAR_WORD.fullmatch(raw)
                or (
                    opening
                    and raw not in self._middle
                    and raw.casefold() in english()
                    and raw.casefold() not in PERSONS | BODIES
                    and not NARROWS.fullmatch(raw.casefold())
                    and not is_adjective_of_a_people(raw)
                    and len(words) != 2
                    and not (len(words) == 1 and _named_by_verb(raw, text, b))
                )
            )
            if not plain:
                break
            words = words[1:]
        while words and (
            CALENDAR_WORD.fullmatch(text[words[-1][0] : words[-1][1]].rstrip(".,"))
            or text[words[-1][0] : words[-1][1]] in ("I",)
        ):
            words = words[:-1]
        if not words:
            return
        a, b = words[0][0], words[-1][1]
        if re.fullmatch(r"(?:[A-Z]\.){2,}", text[a:b]) and re.search(r"[A-Z][\w’-]+,\s+$", text[begin:a]):
            return  # "Arlen, R.I."
        if text[b - 1] == "." and not re.search(r"\b[A-Z]\.$|\b(?:Jr|Sr|Inc|Ltd|Co|Corp)\.$", text[a:b]):
            b -= 1
        opening = not re.search(r"[\w,;)’”'\"¤]\s*$", text[begin:a])
        weak = (
            len(words) == 1
            and opening
            and text[a:b] not in self._middle
            and text[a:b].casefold() in english()
            and text[a:b].casefold() not in PERSONS | BODIES
        )
        if weak and not re.match(
            r"[’']s\b|,|\s+(?:says?|said|has|had|was|is|told|[a-z]+ed)\b", text[b : b + 12]
        ):
            return
        run = text[a:b]
        parts = run.split()
        low = [p.rstrip(".,").casefold() for p in parts]
        possessive = re.search(r"[’']s?$", parts[-1]) is not None
        heads = [k for k, w in enumerate(low) if w in PERSONS or w in TITLES or w.split("-")[0] in PERSONS]
        if (
            opening
            and not heads
            and len(parts) > 1
            and is_person(low[0])
            and low[0] in english()
            and low[0] not in GENDERS
        ):
            heads = [0]  # "Shopkeeper Mina Hill"
        if low[-1] in BODIES and len(parts) > 1 and not possessive:
            yield Mention(a, b, "body", name=run)
        elif (
            len(parts) >= 3
            and not heads
            and (
                office := re.search(
                    r"(?:[\w-]+\s+){0,2}\b(?P<head>[a-z-]+) of (?:the )?$", text[max(begin, a - 50) : a]
                )
            )
            and office["head"] in PERSONS
        ):
            cut = words[-2][0]  # "the president of Belarus Alexander Lukashenko"
            yield Mention(
                cut, b, "person", name=_bare(text[cut:b]), role=_clean(office.group() + text[a:cut])
            )
        elif heads and heads[-1] + 1 < len(parts) and parts[heads[-1] + 1] not in ("of", "for"):
            cut = heads[-1] + 1
            role = (
                " ".join(
                    p
                    for p, w in zip(parts[:cut], low[:cut], strict=True)
                    if w not in TITLES or w == "justice"
                )
                or None
            )
            yield Mention(a, b, "person", name=_bare(" ".join(parts[cut:])), role=role)
        elif heads and heads[-1] == len(parts) - 1 and low[-1] not in TITLES:
            yield Mention(a, b, "role", role=run, head=low[-1])
        elif (
            heads and not possessive and "of" in low and len(parts) - low.index("of") > 3
        ):  # "Secretary of State Jane Doe"
            yield Mention(a, b, "person", name=_bare(" ".join(parts[-2:])), role=" ".join(parts[:-2]))
        elif (
            heads and not possessive and len(parts) > 2
        ):  # "Minister of Natural Resources", perhaps with a name behind
            yield Mention(a, b, "role", role=run, head=low[heads[0]])
        else:
            lead = (
                next((k for k, p in enumerate(parts) if not is_adjective_of_a_people(p)), 0)
                if len(parts) > 2
                else 0
            )
            yield Mention(
                a,
                b,
                "body" if self._a_body(parts) or self._the(text, begin, a, parts) else "person",
                name=_bare(" ".join(parts[lead:]) if lead else run),
            )

    @staticmethod
    def _the(text: str, begin: int, start: int, parts: list[str]) -> bool:
        """Whether one word has an article before it: "the Pentagon" is no person."""
        return len(parts) == 1 and re.search(r"\b[Tt]he\s+$", text[max(begin, start - 5) : start]) is not None

    @staticmethod
    def _a_body(parts: list[str]) -> bool:
        return (
            any(p.casefold().rstrip("s.") in BODIES or p.casefold() in BODIES or p == "&" for p in parts)
            or bool(PAPER.search(" ".join(parts)))
            or (len(parts) == 1 and parts[0].isupper())
        )

    def roles(self, text: str, start: int, end: int) -> Iterator[Mention]:
        """Phrases with a noun for somebody who speaks: "the Russian leader", "a spokesman for the
        ministry"."""
        part = text[start:end]
        for m in WORD.finditer(part):
            if m.group()[0].isupper() and PAPER.fullmatch(m.group()):
                continue  # "The Guardian" is a paper
            if m.group() == "state" and re.search(
                r"\b(?:secretary|minister|head)\s+of\s+$", part[: m.start()]
            ):
                continue  # "former secretary of state Vera Lund"
            word = m.group().casefold()
            head = re.sub(r"[’']s$", "", word)
            if word != head:
                continue  # "the company's" speaks through the next noun
            single = (
                head
                if head in BODIES or is_person(head)
                else head[:-1]
                if head.endswith("s") and (head[:-1] in BODIES or is_person(head[:-1]))
                else head[:-3] + "y"
                if head.endswith("ies") and head[:-3] + "y" in BODIES
                else None
            )
            if (
                single in ALSO_VERBS
                and word.endswith("s")
                and not re.search(
                    r"\b(?:[Tt]he|[Tt]hese|[Tt]hose|[Ss]ome|[Ss]everal|[Mm]any|[Aa]ll)\s+(?:[a-z]+\s+)?$",
                    part[: m.start()],
                )
                and not re.match(r"\s+(?:say|suggest|claim|said|suggested|indicate)\b", part[m.end() :])
            ):
                continue
            if (
                single is not None
                and (after := re.match(r"\s+([a-z]+)\b", part[m.end() :]))
                and (after[1] in BODIES or is_person(after[1]))
                and after[1] not in ALSO_VERBS
            ):
                continue  # "press service", "team captain"
            if single is None or (
                m.group()[0].isupper() and m.start() and not re.search(r"(?:^|\b[Tt]he )$", part[: m.start()])
            ):
                continue
            at, det = self._phrase(part, m.start())
            yield Mention(
                start + at,
                start + m.end(),
                "role",
                role=part[at : m.end()],
                head=single,
                definite=det not in ("a", "an", "one", "another", "some", "several", "many")
                and not (single not in BODIES and word.endswith("s") and not single.endswith("s")),
            )

    @staticmethod
    def _phrase(part: str, head: int) -> tuple[int, str]:
        """Where the phrase of a noun begins, up to four words before it, and its determiner."""
        at = head
        for m in reversed(list(re.finditer(r"[^\s\u00a0]+", part[max(0, head - 60) : head]))[-4:]):
            word = m.group()
            here = max(0, head - 60) + m.start()
            low = word.casefold()
            if CALENDAR_WORD.fullmatch(low):
                break
            if low in DETERMINERS or re.search(r"[’']s?$", word):
                return here, low
            if word[-1] in ',.;:!?—–”"¤' and not re.fullmatch(r"(?:[A-Z]\.){2,}", word):
                break
            if low.endswith("ed") and (row := verb_of(low)) is not None and "words" in row:
                break  # "Lind assured voters"
            if not (word[0].isupper() or NARROWS.fullmatch(word)) or low in STOP:
                break
            at = here
        loose = re.search(
            r"\b(?P<det>the|an?|its|his|her|their|[\w-]+[’']s)\s+(?:[a-z][\w’-]*\s+){1,2}$",
            part[max(0, head - 50) : head],
            re.IGNORECASE,
        )
        if (
            loose
            and not any(w in STOP for w in loose.group().casefold().split()[1:])
            and not part[head:].split(" ")[0].rstrip(",.").endswith("s")
        ):
            return max(0, head - 50) + loose.start(), loose["det"].casefold()  # "the site manager"
        return at, ""

    def _apposed(self, text: str, found: list[Mention]) -> list[Mention]:
        """Roles beside names made one: "spokesman Peskov", "the mayor, Ann Hill", "Ann Hill, the mayor"."""
        kept: list[Mention] = []
        for m in found:
            last = kept[-1] if kept else None
            if last is not None and m.start < last.end:
                continue
            between = text[last.end : m.start] if last else ""
            if between == " of state " and last is not None and last.kind == "role":
                last = Mention(
                    last.start,
                    m.start - 1,
                    "role",
                    role=f"{last.role} of state",
                    head=last.head,
                    definite=last.definite,
                )
                between = " "
            if (
                last is not None
                and last.kind == "role"
                and m.kind in ("person", "body")
                and not re.search(r"[’']s?$", text[last.start : last.end])
                and last.head not in ("statement", "report", "side")
            ):
                if (
                    not between.strip(" \u00a0")
                    and (last.definite or not re.match(r"(?:some|several|many)\b", last.role or ""))
                    and (is_person(last.head) or last.head in OUTLETS)
                ):
                    role = f"{last.role} {m.role}" if m.role else last.role
                    kept[-1] = Mention(last.start, m.end, m.kind, m.name, _clean(role))
                    if (
                        len(kept) > 1
                        and kept[-2].kind == "role"
                        and is_person(kept[-2].head)
                        and text[kept[-2].end : last.start].strip() == ","
                    ):
                        first = kept.pop(-2)  # "his daughter, the architect Philippa Hill"
                        kept[-1] = Mention(first.start, m.end, m.kind, m.name, _clean(role))
                    continue
                if (
                    between.strip() == ","
                    and (
                        re.match(
                            r"(?:the|an?|its|his|her|their|[\w-]+[’']s?)\b", last.role or "", re.IGNORECASE
                        )
                        or re.search(
                            r"[’']s\s+(?:[\w-]+\s+){0,2}$", text[max(0, last.start - 40) : last.start]
                        )
                    )
                    and re.match(r"\s*(?:,|[.;]|$)|\s*[“\"¤]", text[m.end : m.end + 4])
                    and m.kind == "person"
                    and is_person(last.head)
                ):
                    kept[-1] = Mention(last.start, m.end, m.kind, m.name, _clean(last.role))
                    continue
            if (
                last is not None
                and len(kept) > 1
                and m.kind == "person"
                and between.strip() == ","
                and text[m.end : m.end + 1] == ","
                and kept[-2].kind == "role"
                and is_person(kept[-2].head)
                and re.fullmatch(r"\s+(?:for|of|at|with|from)\s+", text[kept[-2].end : last.start])
            ):  # "The spokesman for the council, Jan Holt, left"
                kept.pop()
                first = kept.pop()
                kept.append(Mention(first.start, m.end, m.kind, m.name, _clean(first.role)))
                continue
            if (
                last is not None
                and last.kind == "person"
                and m.kind == "role"
                and m.head in PERSONS
                and re.fullmatch(
                    r",?\s*(?:\(|who is |as )?(?:(?:the|a|an|its|his|her|their)\s+)?(?:[\w’'-]+\s+){0,3}",
                    between,
                )
                and between.startswith(",")
                and not last.role
                and last.end < m.start
                and (
                    re.search(r"\b(?:the|an?|its|his|her|their)\b", text[last.end : m.end])
                    or m.head + "s" != text[m.start : m.end][-len(m.head) - 1 :]
                )
                and re.match(
                    r"\s*[,.)]|\s+(?:of|for|at|in|who|from|and|with|to)\b[^,;¤]*[,.]",
                    text[m.end : m.end + 90],
                )
            ):
                kept[-1] = Mention(
                    last.start, last.end, last.kind, last.name, _clean(text[last.end + 1 : m.end].strip())
                )
                continue
            kept.append(m)
        return kept


# What only somebody does, so that a singular noun without an article before it is a name.
_SPOKE = alternatives(f for v in verbs("words", "mind", without=("noun", "shows")) for f in v.past)
_SPEAKS = re.compile(rf"\s+(?:{_SPOKE}|says|tells)\b|,\s+who\s")
_NO_NAME = frozenset(
    "one another everyone everybody someone somebody nobody anyone legend rumor rumour".split()
)


def _named_by_verb(word: str, text: str, end: int) -> bool:
    """Whether a word that may be a common one is a name here: "Klein said", "Graham, who …"."""
    low = word.casefold()
    return (
        not low.endswith(("s", "ing", "ed")) and low not in _NO_NAME and _SPEAKS.match(text, end) is not None
    )


def _bare(name: str) -> str:
    return re.sub(r"[’']s?$", "", name.strip(" ,."))


def _clean(role: str | None) -> str | None:
    return re.sub(r"^(?:the|a|an)\s+", "", role.strip(" ,"), flags=re.IGNORECASE) if role else None


def capitals(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[str]:
    """Words that are capitalised where no sentence begins, so that they are names where one does."""
    found: set[str] = set()
    for a, b in spans:
        for m in re.finditer(rf"(?<=[a-z,][ \u00a0]){CAPITAL}(?:[ \u00a0]{CAPITAL})*", text[a:b]):
            found.update(m.group().split())
    return frozenset(found)
