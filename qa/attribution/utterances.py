"""Who says what in an article, sentence by sentence: speaker, role, voice, and the outlet it came through.

Quotations are found first, over sentences and paragraphs; then the cues outside them; then each stretch
goes to its cue. What has no cue is a quotation that goes on, or the outlet's own voice.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.attribution.asides import PREPOSITION, may_act
from qa.attribution.coreference import Cast, Entity
from qa.attribution.cues import Cue, cues
from qa.attribution.descriptions import described, flat, head_of, is_several, is_thing, of_an_outlet, plain
from qa.attribution.foreign import foreign_cue
from qa.attribution.layout import has_headline, is_running, labels_of
from qa.attribution.mentions import Mention
from qa.attribution.narrator import AUXILIARIES
from qa.attribution.pieces import HANGS, pieces
from qa.attribution.quotations import MASK, is_title, masked, quotations
from qa.reading.chunker import Unit, units
from qa.text.lexicon.bodies import BODIES, DOCUMENTS, OUTLETS, is_outlet
from qa.text.lexicon.people import is_person
from qa.text.lexicon.places import is_place
from qa.text.lexicon.speech import verb_of
from qa.types import Article, Voice

VERSION = "2"  # raise it when the same text gives other utterances
_FROM = re.compile(
    r"(?:with reference to|citing|as reported by|in an interview with|told|in comments to|as quoted by|"
    r"speaking to|report in|interview in|article in|quoted by|in a report by)\s+$"
)


_SUBORDINATE = re.compile(r"(?:While|Although|Though|Whereas|When|As|Even (?:as|if|though)|If|Because)\s")
_MAIN = re.compile(
    r",\s+(?:(?:the|an?|his|her|their|its|this|that|these|those|some|many|most|he|she|they|it|we|I)\s|[A-Z])"
)
# What follows a subject that acts: "… after which X smiled".
_ACTS = re.compile(
    r"\s+(?:himself\s+|herself\s+|also\s+|then\s+)?(?:\w+ed|has|had|have|is|was|are|were|made|took|came|"
    r"went|gave|told"
    r"|said|met|sent|left|put|spoke|hit|showed|brought|began|became|held|saw|knew|got|ran|won|lost|wrote|"
    r"grew|flew|rose"
    r"|fell|kept|stood|sat|paid|built|drew|threw|spent|sought|taught|thought|caught|felt|found|set|read|"
    r"chose|fought)\b"
)
_VERB_IN = re.compile(rf"\b(?:{AUXILIARIES})\b|[’']s\s")
_MARKS = re.compile("[“”„«»\"‘]|''|’$|'$|(?<=,)’")
_ASIDE = re.compile(r"(?<=[\w.’])\s\((?:[A-Z]|\d)[^()\n]{0,30}\)")

# "which critics said was …", "whom the court found had …": the clause that is told lacks its subject.
_RELATIVE = re.compile(r"\w,?\s+(which|that|who|whom)\s+(?:the\s+)?$")
_GAP = re.compile(
    r"\s+(?:is|are|was|were|has|had|have|will|would|can|could|may|might|should|must|did|does)\b"
)


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of a source text that one speaker says. ``speaker`` is the fullest name of the article,
    or the description where nobody is named."""

    start: int
    end: int
    speaker: str
    role: str | None
    voice: Voice
    via: str | None = None
    frame: tuple[int, int] = (0, 0)  # the whole act of speech with the narrator's clause


@dataclass(slots=True)
class _Speech:
    start: int
    end: int
    entity: Entity
    role: str | None
    via: str | None = None
    quoted: bool = False
    cues: tuple[Cue, ...] = ()
    closes: bool = False  # nothing but the narrator's clause of the quotation before it


class _Reader:
    """Reads one article from its beginning to its end; keeps who spoke and acted last."""

    def __init__(self, text: str, article: Article) -> None:
        self.text = text
        self.units = units(text, article)
        self.outlet = article.meta.outlet
        self.ends: dict[int, int] = {}  # of each paragraph
        for u in self.units:
            self.ends[u.paragraph] = max(u.end, self.ends.get(u.paragraph, 0))
        self.quotes, titles = self._quotes()
        self.opens = [a for a, _ in self.quotes]
        # "(D-N.Y.)" behind a name is no part of its sentence
        self.bare = _ASIDE.sub(lambda m: " " * len(m.group()), masked(text, self.quotes, len(text)))
        for a, b in titles:  # the name of a programme or a book is the narrator's, without its marks
            inner = _MARKS.sub(lambda m: " " * len(m.group()), self.bare[a:b])
            self.bare = self.bare[:a] + inner + self.bare[b:]
        self.headlined = has_headline(text, self.units)
        if self.headlined:
            self.units[0] = replace(self.units[0], heading=True)
        self.units[1:] = [
            replace(u, heading=False) if is_running(text, self.bare, u) else u for u in self.units[1:]
        ]
        headings = [(u.start, u.end) for u in self.units if u.heading]
        self.cast = Cast(self.bare, [(u.start, u.end) for u in self.units], headings)
        self.labels = labels_of(text, self.units, self.cast, article)
        self.speeches: list[_Speech] = []  # of the running text, for the headings over it
        self.spoke: list[Entity] = []
        self.last: Entity | None = None  # who spoke, or acted, last
        self.actor: Entity | None = None
        self.thing: Entity | None = None  # a body or a document that spoke or acted last
        self.group: Entity | None = None  # several, or a body, that acted last

    def _quotes(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """What is quoted, in order, and what marks only name ("“Meet the Harbor”")."""
        paragraphs: dict[int, list[Unit]] = {}
        for u in self.units:
            paragraphs.setdefault(u.paragraph, []).append(u)
        found = sorted(
            q for group in paragraphs.values() for q in quotations(self.text, group[0].start, group[-1].end)
        )
        titles = [q for q in found if is_title(self.text, *q)]
        named = set(titles)
        return [q for q in found if q not in named], titles

    def _share(self, a: int, b: int) -> float:
        """The share of a stretch's letters that stands in quotation marks."""
        letters = sum(c.isalnum() for c in self.text[a:b])
        return 1 - sum(c.isalnum() for c in self.bare[a:b]) / letters if letters else 0.0

    def _human(self, e: Entity) -> bool:
        """Whether he or she may be meant: a person, or a description of one."""
        if e.kind == "role":
            return is_person(head_of(e.name)) and not is_several(e.name)
        if re.search(r"[’']s\s", e.name) or (e.name.isupper() and " " in e.name and not e.roles):
            return False
        return e.personal or (e.kind == "person" and not is_place(e.name) and 2 * e.placed < len(e.seen))

    def _subjects(self, mentions: Sequence[Mention], start: int) -> list[Mention]:
        return [
            m
            for m in mentions
            if may_act(self.bare, start, m)
            and not (
                m.kind == "person"
                and " " not in m.name
                and re.search(r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Aa]n?)\s+$", self.bare[start : m.start])
            )  # "his Catholic faith"
        ]

    # --- who is meant ---

    def _entity(self, m: Mention) -> Entity:
        """Whom a name or a role means; somebody new where nobody of the article fits."""
        if m.kind == "role":
            if m.head in BODIES and self.outlet and m.head in self.outlet.casefold().split():
                return Entity(self.outlet, "body")
            whose = re.match(r"(?:his|her|their|its)\s", m.role or "", re.IGNORECASE)
            if whose and m.head in DOCUMENTS | BODIES:
                return Entity(described(m), "role")  # "her plan" is not she
            return self.cast.of_role(m, m.start, self.last) or Entity(described(m), "role")
        return self.cast.entity(m) or Entity(m.name, m.kind)

    def _pronoun(
        self,
        m: Mention,
        mentions: Sequence[Mention],
        sentence: Unit,
        before: Entity | None = None,
        beside: bool = False,
    ) -> Entity | None:
        def fits(e: Entity | None) -> bool:
            if e is None:
                return False
            if m.head == "it":
                return is_thing(e)
            if m.head == "they":
                return e.kind == "body" or (e.kind == "role" and is_several(e.name))
            return self._human(e) and e.gender in (
                None,
                m.head,
            )

        same = next(
            (x for x in mentions if x.kind == "pronoun" and x.head == m.head and x.end <= m.start), None
        )
        if same is not None and not beside and m.head in ("he", "she"):
            between = [
                x
                for x in self._subjects(mentions, sentence.start)
                if same.end <= x.start and x.end <= m.start and x.kind == "person"
            ]
            if not any(_ACTS.match(self.bare, x.end) for x in between):
                return self._pronoun(same, mentions, sentence, before)
        inside = (
            [x for x in self._subjects(mentions, sentence.start) if x.end <= m.start and x.kind != "pronoun"]
            if not beside
            else []
        )
        # the clause that it stands in first, then those before it; in each the first subject
        edges = [
            sentence.start,
            *(
                sentence.start + x.end()
                for x in re.finditer(r"[;:—]\s|,\s+(?:and|but|while)\s", self.bare[sentence.start : m.start])
            ),
        ]
        ordered = [
            x
            for a in reversed(edges)
            for x in inside
            if a <= x.start and not any(a < b <= x.start for b in edges)
        ]
        scene = re.search(
            r"(?P<who>[^\s,’']+)[’']s?\s+(?:[\w-]+\s+){0,5}[\w-]+,\s+"
            r"(?:where|when|in which|during which|at which)\s+$",
            self.bare[sentence.start : m.start],
        )
        if scene:  # "after X's press conference, where he …"
            at = sentence.start + scene.start("who")
            ordered = [Mention(at, sentence.start + scene.end("who"), "person", name=scene["who"]), *ordered]
        inside_out = [before, *map(self._entity, ordered)]
        others = (
            (self.thing, self.last)
            if m.head == "it"
            else (self.group, self.last, self.actor)
            if m.head == "they"
            else (self.last, self.actor)
        )
        around = [e for e in (*inside_out, *others) if e is not None and fits(e)]
        near = [e for e in inside_out if e is not None and fits(e)]
        if m.head == "they":  # several people before one body
            found = next((e for e in around if e.kind == "role" and is_several(e.name)), None) or next(
                (e for e in around if not is_place(e.name)), None
            )
        else:
            personal = [e for e in near if e is before or e.personal or m.head == "it"]
            found = next(iter((*personal, *near, *around)), None)
        if found is None and m.head not in ("they", "it"):
            recent = [e for e in self.cast.entities if fits(e) and e.seen[0] < m.start]
            found = max(recent, key=lambda e: e.seen[bisect_left(e.seen, m.start) - 1], default=None)
        if found is not None and m.head in ("he", "she") and found.gender is None:
            found.gender = m.head
        return found

    def _who(
        self, cue: Cue, mentions: Sequence[Mention], before: Sequence[_Speech], sentence: Unit
    ) -> Entity | None:
        m = cue.who
        if m is None:
            if before:
                return before[-1].entity
            inside = self._subjects(mentions, sentence.start)
            ahead = [x for x in inside if x.end <= cue.start]
            # "… after which X smiled and said": the last that acts, else the first named
            acting = [x for x in ahead if _ACTS.match(self.bare, x.end)]
            ahead = acting[-1:] or ahead
            # "Stressing that …, he said": the subject comes behind
            m = (
                ahead[0]
                if ahead
                else next(
                    (
                        x
                        for x in inside
                        if x.start >= cue.end and re.search(r",\s*$", self.bare[sentence.start : x.start])
                    ),
                    None,
                )
            )
            if m is None:
                return None
        if (
            m.kind == "role"
            and (whose := re.match(r"(his|her|their)\b", m.role or "", re.IGNORECASE))
            and m.head in ("statement", "letter", "note", "post", "report")
        ):
            m = Mention(
                m.start, m.end, "pronoun", head={"his": "he", "her": "she"}.get(whose[1].lower(), "they")
            )
        joined = [
            x
            for x in mentions
            if x.end < m.start
            and self.bare[x.end : m.start].strip() == "and"
            and x.kind != "pronoun"
            and re.search(rf"(?:^|[,{MASK}])\s*$", self.bare[sentence.start : x.start])
        ]
        if joined and m.kind != "pronoun" and cue.place == "before":  # "a doctor and two nurses said"
            return Entity(f"{self._entity(joined[0]).name} and {self._entity(m).name}", "role")
        return (
            self._pronoun(
                m, mentions, sentence, before[-1].entity if before else None, cue.verb == "in the words of"
            )
            if m.kind == "pronoun"
            else self._entity(m)
        )

    def _new_subject(
        self, cue: Cue, mentions: Sequence[Mention], before: Sequence[tuple[Cue, _Speech]], sentence: Unit
    ) -> Entity | None:
        """Who acts between the act of speech before a participle and the participle, in a clause of his own:
        "When Holt pointed at it, Lind seized the bell, repeating …"."""
        if cue.who is not None or not before or not cue.verb.split()[0].endswith("ing"):
            return None
        for m in reversed(self._subjects(mentions, sentence.start)):
            if (
                before[-1][0].end <= m.start
                and m.end <= cue.start
                and m.kind in ("person", "body")
                and re.search(r"(?:,|,\s+(?:and|but))\s+$", self.bare[sentence.start : m.start])
                and _ACTS.match(self.bare, m.end)
                and MASK not in self.bare[m.end : cue.start]
            ):
                return self._entity(m)
        return None

    # --- the article ---

    def read(self) -> list[Utterance]:
        speeches: list[_Speech] = []
        carried: _Speech | None = None  # the speaker of a quotation that may go on
        block: tuple[_Speech, int] | None = None  # whose words the next paragraph is, without marks
        pending: list[Unit] = []  # quoted sentences whose speaker comes later
        for k, unit in enumerate(self.units):
            if unit.paragraph in self.labels:
                speeches.append(
                    _Speech(
                        unit.start,
                        unit.end,
                        self.labels[unit.paragraph],
                        self.labels[unit.paragraph].role,
                        quoted=True,
                    )
                )
                continue
            if unit.heading:
                continue
            mentions = self.cast.mentions(self.bare, unit.start, unit.end)
            if (signed := self._signed(k, mentions)) is not None:
                pending = [p for p in pending if p.end < signed.start]
                speeches = [s for s in speeches if s.end <= signed.start] + [signed]
                continue
            made = self._sentence(unit, mentions, cues(self.bare, unit.start, unit.end, mentions))
            if pending and made and pending[-1].paragraph == unit.paragraph and self._says_only(unit):
                made[0].closes = True
            mostly_quoted = self._share(unit.start, unit.end) >= 0.6
            if block is not None and unit.paragraph == block[1] and not made and not mostly_quoted:
                speeches.append(replace(block[0], start=unit.start, end=unit.end, cues=(), closes=False))
                continue
            if made and self.text[unit.start : unit.end].rstrip().endswith(":") and self._says_only(unit):
                block = (made[-1], unit.paragraph + 1)  # "Holt writes:" over a paragraph of his
            if not made and mostly_quoted:
                if self._ahead(k):
                    pending.append(unit)
                    continue
                if carried is not None:
                    made = [replace(carried, start=unit.start, end=unit.end, cues=(), closes=False)]
                elif self.last is not None:
                    made = [_Speech(unit.start, unit.end, self.last, self.last.role)]
            if made and pending:
                speeches += [
                    replace(made[0], start=p.start, end=p.end, cues=(), closes=False) for p in pending
                ]
                pending = []
            speeches += made
            if made:
                carried = made[-1]
                self.last = made[-1].entity
                self.last.spoke = True
                if is_several(self.last.name) and self.last.kind == "role":
                    self.group = self.last
                if is_thing(self.last):
                    self.thing = self.last
            elif not mostly_quoted:
                carried = None
                subject = next(iter(self._subjects(mentions, unit.start)), None)
                if subject is not None and subject.kind != "pronoun":
                    actor = self._entity(subject)
                    if is_thing(actor):
                        self.thing = actor
                    if actor.kind == "role" and is_several(actor.name):
                        self.group = actor
                    elif self._human(actor) and actor.kind == "person":
                        self.actor = self.last = actor
        if pending and self.last:
            speeches += [_Speech(p.start, p.end, self.last, self.last.role) for p in pending]
        self.speeches = speeches
        self.spoke = [s.entity for s in speeches]
        speeches += [s for u in self.units if u.heading for s in self._heading(u)]
        return [
            u
            for s in sorted(speeches, key=lambda s: s.start)
            for u in self._made(s)
            if s.entity.name and plain(s.entity.name) != plain(self.outlet)
        ]

    def _signed(self, k: int, mentions: Sequence[Mention]) -> _Speech | None:
        """What the sentence before unit ``k`` says, where the unit signs it: "- Vera Lund, a miller"."""
        unit = self.units[k]
        lead = re.match(r"\s*[-–—]+\s*(?=[A-ZÀ-Þ])", self.text[unit.start : unit.end])
        who = next((m for m in mentions if lead and m.start - unit.start <= lead.end()), None)
        if who is None or who.kind not in ("person", "body") or not k:
            return None
        before = self.units[k - 1]
        if self._share(before.start, before.end) < 0.9:
            return None
        entity = self._entity(who)
        return _Speech(before.start, before.end, entity, entity.role)

    def _made(self, s: _Speech) -> list[Utterance]:
        """The utterances of one act of speech, a piece for each stretch of one voice."""
        if s.closes:
            return []
        role = s.role if s.entity.kind != "body" else None
        cut: list[tuple[int, int, Voice]] = (
            [(s.start, s.end, "direct")]
            if s.quoted
            else pieces(self.text, self.bare, s.start, s.end, s.cues, self._quotes_in(s.start, s.end))
        )
        return [Utterance(a, b, s.entity.name, role, voice, s.via, (s.start, s.end)) for a, b, voice in cut]

    def _ahead(self, k: int) -> bool:
        """Whether the quotation of unit ``k`` goes on to a later sentence that names the speaker: the same
        marks hold both, or its paragraph leaves them open and the next one opens them again."""
        unit = self.units[k]
        for after in self.units[k + 1 : k + 7]:
            a, b = self._quote_at(unit.start)
            same = a <= unit.start < b and a < after.start < b
            left_open = (
                a <= unit.start < b and b == self.ends[unit.paragraph] and self.text[b - 1] not in '”"’'
            )
            again = (
                after.paragraph == unit.paragraph + 1
                and not after.heading
                and left_open
                and self.text[after.start] in '“"‘'
            )
            if not same and not again:
                return after.paragraph == unit.paragraph and self._says_only(after)
            if cues(self.bare, after.start, after.end, self.cast.mentions(self.bare, after.start, after.end)):
                return True
            if again:
                unit = after
        return False

    def _says_only(self, unit: Unit) -> bool:
        """Whether a sentence is the narrator's clause of the quotation before it: "“Now?” X asked." """
        if MASK in self.bare[unit.start : unit.end]:
            return False
        found = cues(self.bare, unit.start, unit.end, self.cast.mentions(self.bare, unit.start, unit.end))
        if len(found) != 1 or found[0].start - unit.start > 12 or found[0].subordinate:
            return False
        tail = self.bare[found[0].end : unit.end].strip(" .:")
        return not tail or re.match(rf",\s|{HANGS.pattern}", tail) is not None

    def _quote_at(self, at: int) -> tuple[int, int]:
        """The last quotation that begins at or before a place; an empty one where there is none."""
        k = bisect_right(self.opens, at)
        return self.quotes[k - 1] if k else (0, 0)

    def _quotes_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """The quotations that touch a stretch, in order."""
        k = max(bisect_right(self.opens, start) - 1, 0)
        return self.quotes[k : bisect_left(self.opens, end)]

    def _heading(self, unit: Unit) -> list[_Speech]:
        """A headline that names its speaker: "X: …", "… - X", "…, says X", "X urges …"."""
        mentions = self.cast.in_heading(self.bare, unit.start, unit.end)
        edge = re.match(
            r"(?:the\s+)?(?P<who>[^:¤]{2,40}):\s", self.bare[unit.start : unit.end], re.IGNORECASE
        ) or re.search(r"\s[-–—]\s(?P<who>[^-–—:]{2,30})$", self.bare[unit.start : unit.end])
        if edge:
            a, b = unit.start + edge.start("who"), unit.start + edge.end("who")
            body = self.bare[a:b].strip()
            if body.casefold().removeprefix("the ") in BODIES | {"poll"}:
                return [_Speech(unit.start, unit.end, Entity(body.removeprefix("The "), "body"), None)]
            named = next(
                (
                    m
                    for m in mentions
                    if m.start >= a
                    and m.end <= b
                    and not PREPOSITION.search(self.bare[a : m.start])
                    and len(self.bare[a:b]) - (m.end - m.start) <= 24
                    and (self._entity(m).personal or len(body) - (m.end - m.start) <= 4)
                ),
                None,
            )
            if (named is not None and not re.search(r"[’']s?$", self.bare[named.start : named.end])) or (
                named is not None
                and re.search(r"[’']s\s+(?:reply|answer|response|view|word)", self.bare[a:b], re.IGNORECASE)
            ):
                e = self._entity(named)
                if e in self.spoke or (
                    e.kind == "body"
                    and not self.headlined
                    and not cues(self.bare, unit.start + edge.end(), unit.end, mentions, True)
                ):
                    return [_Speech(unit.start, unit.end, e, e.role)]
        if (same := self._repeats(unit)) is not None:
            return [_Speech(unit.start, unit.end, same, same.role)]
        after = re.match(rf"[{MASK}]+:\s+", self.bare[unit.start : unit.end])
        if after and mentions and mentions[0].start - unit.start - after.end() <= 24:
            e = self._entity(mentions[0])
            return [_Speech(unit.start, unit.end, e, e.role)]
        return self._sentence(unit, mentions, cues(self.bare, unit.start, unit.end, mentions, heading=True))[
            :1
        ]

    def _repeats(self, unit: Unit) -> Entity | None:
        """Who says, in the text, the words that a headline quotes."""
        for a, b in self._quotes_in(unit.start, unit.end):
            if unit.start <= a < unit.end and len(self.text[a:b].split()) >= 4:
                words = flat(self.text[a:b])
                for s in self.speeches:
                    if words in flat(self.text[s.start : s.end]):
                        return s.entity
        return None

    def _sentence(self, unit: Unit, mentions: Sequence[Mention], found: Sequence[Cue]) -> list[_Speech]:
        """What is said in one sentence, in order, cut where the speaker changes."""
        resolved: list[tuple[Cue, _Speech]] = []
        for cue in found:
            entity = self._new_subject(cue, mentions, resolved, unit) or self._who(
                cue, mentions, [s for _, s in resolved], unit
            )
            if entity is not None:
                role = cue.who.role if cue.who and cue.who.kind == "person" and cue.who.role else entity.role
                resolved.append((cue, _Speech(unit.start, unit.end, entity, role)))
        if any(not c.subordinate for c, _ in resolved):
            main = [s.entity for c, s in resolved if not c.subordinate]
            resolved = [(c, s) for c, s in resolved if not c.subordinate or s.entity in main]
        if not resolved and (marked := self._marked(unit, mentions) or self._foreign(unit)) is not None:
            resolved = [marked]
        resolved = self._outer(resolved, unit.start)
        parts: list[tuple[Cue, _Speech]] = []
        for cue, s in resolved:
            if parts and parts[-1][1].entity is s.entity:
                parts[-1][1].cues += (cue,)
            else:
                s.cues = (cue,)
                parts.append((cue, s))
        for k in range(1, len(parts)):
            edge = self._between(parts[k - 1][0], parts[k][0])
            parts[k - 1][1].end = _trim(self.text, parts[k - 1][1].start, edge)
            parts[k][1].start = edge
        for cue, s in parts:
            if len(s.cues) == 1 and (relative := self._relative(unit, cue)) is not None:
                s.start = max(s.start, relative)
        if parts and len(parts[0][1].cues) == 1:
            parts[0][1].end = min(parts[0][1].end, self._clause_end(unit, parts[0][0]))
        via = self._via(unit, mentions)
        for _, s in parts:
            s.via = s.via or (via if via != s.entity.name else None)
        return [s for _, s in parts if s.end > s.start]

    def _clause_end(self, unit: Unit, cue: Cue) -> int:
        """Where a told clause ends that opens its sentence: "While the guild says it is old, Lind left"."""
        if cue.place != "before" or not _SUBORDINATE.match(self.bare, unit.start):
            return unit.end
        if re.search(r"[,;—]", self.bare[unit.start : cue.start]) or self.bare[cue.end : unit.end].startswith(
            ","
        ):
            return unit.end
        edge = _MAIN.search(self.bare, cue.end, unit.end)
        if edge is None or (
            self.bare.startswith("As ", unit.start) and not _VERB_IN.search(self.bare, cue.end, edge.start())
        ):
            return unit.end  # "As Holt said in May, the dam leaks"
        return edge.start()

    def _relative(self, unit: Unit, cue: Cue) -> int | None:
        """Where a relative clause begins that is all that is told: "… an order, which critics said was …"."""
        if cue.place != "before" or not _GAP.match(self.bare, cue.end, unit.end):
            return None
        opens = _RELATIVE.search(self.bare, unit.start, cue.start)
        return opens.start(1) if opens and self._share(unit.start, opens.start(1)) < 0.5 else None

    def _foreign(self, unit: Unit) -> tuple[Cue, _Speech] | None:
        """Direct speech in another language, with its named speaker."""
        cue = foreign_cue(self.bare, unit.start, unit.end)
        if cue is None or cue.who is None:
            return None
        name = cue.who.name  # whole as it stands: the words for offices before it are not known here
        entity = Entity(name, "person") if " " in name else self._entity(cue.who)
        return cue, _Speech(unit.start, unit.end, entity, entity.role)

    def _marked(self, unit: Unit, mentions: Sequence[Mention]) -> tuple[Cue, _Speech] | None:
        """A quotation that only a mark ties to its speaker: "X: …" before it, "… - X" behind it."""
        colon = re.compile(rf":\s*{MASK}").search(self.bare, unit.start, unit.end)
        dash = re.compile(rf"{MASK}\s*[-–—]+\s*(?=[A-ZÀ-Þ])").search(self.bare, unit.start, unit.end)
        who: Mention | None = None
        named = [m for m in mentions if m.kind in ("person", "body")]
        if colon is not None:
            before = [m for m in named if m.end <= colon.start()]
            near = [m for m in before if not self.bare[m.end : colon.start()].strip()]
            subjects = [m for m in self._subjects(before, unit.start)]
            who = next(iter(near or subjects), None)
            at, end, place = unit.start, colon.start() + 1, "before"
        elif dash is not None:
            who = next((m for m in named if m.start == dash.end()), None)
            at, end, place = dash.start() + 1, unit.end, "of"
        if who is None:
            return None
        entity = self._entity(who)
        cue = Cue(at, end, ":", who, "before" if place == "before" else "of", False)
        return cue, _Speech(unit.start, unit.end, entity, entity.role)

    def _between(self, one: Cue, two: Cue) -> int:
        """Where the words of the first end and those of the second begin."""
        marks = list(
            re.finditer(
                r"(?:[;,—–]|\s)\s*(?:and|but|while|whereas|where)\s+|[;,—]\s*", self.bare[one.end : two.start]
            )
        )
        if not marks:
            return two.start if two.place in ("before", "shared") else one.end
        mark = marks[-1] if two.place in ("before", "shared") or two.verb == "according to" else marks[0]
        return one.end + mark.end()

    def _outer(self, found: list[tuple[Cue, _Speech]], sentence: int) -> list[tuple[Cue, _Speech]]:
        """Without what is told inside another's speech; an outlet that passes words on is how they came."""
        if len(found) < 2:
            return found
        one = found[0][0]
        if re.match(r"As\s", self.text[sentence:]) and re.match(r"\s*,", self.bare[one.end :]):
            return found[:1]  # "As the Ledger reported, the council agreed"
        last, final = found[-1]
        if last.last and last.place != "shared":
            inner = [f for f in found[:-1] if f[1].entity is not final.entity]
            if inner:
                gap = self.bare[inner[-1][0].end : last.start]
                if self._passes(final, last):
                    for _, s in inner:
                        s.via = final.entity.name
                    return self._outer(found[:-1], sentence)
                if (
                    not re.search(r"(?:;|,|—)\s+(?:and|but|while|whereas)\s|;\s|\swhile\s|\sand\s", gap)
                    and inner[-1][0].place != "after"
                ):
                    return [found[-1]]
        kept: list[tuple[Cue, _Speech]] = []
        for cue, s in found:
            if kept and kept[-1][1].entity is not s.entity:
                one = kept[-1][0]
                gap = self.bare[one.end : cue.start]
                apart = (
                    one.place == "after"
                    or one.last
                    or (cue.verb == "according to" and gap.rstrip().endswith(","))
                )
                apart = (
                    apart
                    or re.search(
                        rf"(?:;|,|—|{MASK})\s*(?:and|but|while|whereas|where|"
                        rf"when)\s+(?:[\w’'-]+\s+){{0,3}}$|;|\swhile\s|^[^,]*\band\s+$|,\s*(?:and|but|while|"
                        rf"whereas)\s",
                        gap,
                    )
                    is not None
                )
                opens = re.match(
                    r"(?:Where|While|Whereas|Although|Though|After|When|Since|Before|If|Just|Only|Even)\b",
                    self.text[sentence:],
                )
                if not (
                    apart or (opens and cue.place in ("before", "shared") and gap.rstrip().endswith(","))
                ):
                    row = verb_of(cue.verb)
                    tells = row is not None and "words" in row and "told" not in row
                    if tells and self._passes(kept[-1][1], one) and cue.place != "shared":
                        s.via = kept[-1][1].entity.name if kept[-1][1].entity.kind != "role" else None
                        kept[-1] = (cue, s)
                    continue
            kept.append((cue, s))
        return kept

    def _passes(self, s: _Speech, cue: Cue) -> bool:
        """Whether a speaker is an outlet that passes on what others say."""
        e = s.entity
        if e.kind == "role" and re.search(r"\breports?$", e.name):
            return True
        if (
            is_outlet(e.name)
            or of_an_outlet(s.role)
            or (e.kind == "role" and set(e.name.casefold().split()) & OUTLETS)
            or plain(e.name) == plain(self.outlet)
        ):
            return True
        return (
            e.kind != "role"
            and not e.personal
            and (
                cue.verb in ("reports", "reported", "writes", "wrote")
                or (cue.verb == "according to" and cue.last)
            )
        )

    def _via(self, unit: Unit, mentions: Sequence[Mention]) -> str | None:
        for m in mentions:
            if (
                m.kind in ("person", "body")
                and is_outlet(m.name)
                and _FROM.search(self.bare[unit.start : m.start].rstrip().removesuffix(" the") + " ")
                and m.name != self.outlet
            ):
                return m.name
        return None


def _trim(text: str, start: int, end: int) -> int:
    m = re.search(r"[\s,;—–]*(?:\b(?:and|but|while|whereas|where)\s*)?$", text[start:end])
    return start + (m.start() if m else end - start)


def utterances(text: str, article: Article) -> list[Utterance]:
    """All that is said in an article, in order; what no utterance covers is the outlet's own voice."""
    return _Reader(text, article).read()
