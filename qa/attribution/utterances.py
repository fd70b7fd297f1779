"""Who says what in an article, sentence by sentence: speaker, role, voice, and the outlet it came through.

Quotations are found first, over sentences and paragraphs; then the cues outside them; then each stretch
goes to its cue. What has no cue is a quotation that goes on, or the outlet's own voice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.attribution.cues import cues
from qa.attribution.descriptions import plain
from qa.attribution.entities import Entity
from qa.attribution.headlines import in_headline
from qa.attribution.mentions import Mention
from qa.attribution.page import Page
from qa.attribution.pieces import HANGS, Piece, pieces
from qa.attribution.quotations import MASK
from qa.attribution.recent import Recent
from qa.attribution.sentence import SIGNED, dates_where, spoken_in
from qa.attribution.speech import Cue, Speech
from qa.reading.chunker import Unit
from qa.text.lexicon.calendar import weekday_pattern
from qa.types import Article, Voice

VERSION = "22"  # raise it when the same text gives other utterances
MOSTLY = 0.6  # the share of a sentence in quotation marks from which it is somebody's words
_OWNED = re.compile(r"\w{0,2}[’']s?\s")
_SIGNS = re.compile(r"\s*[-–—]+\s*(?=[A-ZÀ-Þ])")
_TITLED = re.compile(r"(?:[A-ZÀ-Þ][\w.’'-]*\s+){0,3}")  # before a name: "- President Holt"
_DATED = re.compile(r"[-–—]+[\s\u200b]*[A-ZÀ-Þ][^.!?:]{1,60}?,\s*(?:19|20)\d\d\b")
_ONLY_CIRCUMSTANCE = re.compile(
    rf",\s|{HANGS.pattern}|(?:(?:late|early)\s+)?(?:{weekday_pattern(titled=True)}|today|yesterday|tonight)"
    r"(?:\s+(?:morning|afternoon|evening|night))?(?:$|,|\s+(?:in|at|on|during|after|via|through|of)\b)"
)
_CLAUSE_IN = re.compile(r"\bthat\s+(?!(?:day|night|morning|evening|week|month|year|time)\b)")


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


def utterances(text: str, article: Article) -> list[Utterance]:
    """All that is said in an article, in order; what no utterance covers is the outlet's own voice."""
    return _Reader(Page(text, article)).read()


_CAPITAL_BEFORE = re.compile(r"\b[A-Z][\w.]*\s+$")


class _Reader:
    """Reads one article from its beginning to its end; keeps whose words may go on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.recent = Recent(page)
        self.speeches: list[Speech] = []
        self.carried: Speech | None = None  # the speaker of a quotation that may go on
        self.signed = False  # the quotation before had a signature, so that none goes on without one
        self.block: tuple[Speech, int] | None = None  # whose words the next paragraph is, without marks
        self.pending: list[Unit] = []  # quoted sentences whose speaker comes later

    def read(self) -> list[Utterance]:
        """The running text first, then the headings over it, which repeat what is said in it."""
        page = self.page
        for k, unit in enumerate(page.units):
            if page.digest and k and page.units[k - 1].paragraph != unit.paragraph:
                self.recent.begin()
                self.carried = None
            turn = page.labels.get(unit.paragraph)
            if turn is not None and turn.start < unit.end:
                said = _whole(unit, turn.speaker, quoted=True)
                self.speeches.append(replace(said, start=max(unit.start, turn.start)))
            elif turn is None and not unit.heading:
                self._read(k, unit)
        if self.recent.last is not None:
            self.speeches += [_whole(p, self.recent.last) for p in self.pending]
        headings = [
            s
            for u in page.units
            if u.heading and u.paragraph not in page.labels
            for s in in_headline(self.recent, u, self.speeches)
        ]
        return [
            u
            for s in sorted([*self.speeches, *headings], key=lambda s: s.start)
            if s.entity.name and plain(s.entity.name) != plain(page.outlet)
            for u in self._made(s)
        ]

    def _read(self, k: int, unit: Unit) -> None:
        """Take in one sentence of the running text."""
        mentions = self.page.mentions(unit)
        if (signed := self._signed(k, mentions)) is not None:
            begin = signed[0].start
            self.pending = [p for p in self.pending if p.end < begin]
            self.speeches = [*(s for s in self.speeches if s.end <= begin), *signed]
            self.carried, self.signed = None, True
            return
        made = spoken_in(self.recent, unit, mentions, cues(self.page.bare, unit.start, unit.end, mentions))
        if made:
            self._spoken(unit, made)
        elif self.page.share(unit.start, unit.end) >= MOSTLY:
            self._quoted(k, unit)
        elif self.block is not None and unit.paragraph == self.block[1]:
            self.speeches.append(_on(self.block[0], unit))
        elif (who := self._introduced(k, mentions)) is not None:
            self.carried = _whole(unit, who)
            self.recent.spoke(who)
        else:
            self.carried = None
            self.signed = False
            self._acted(unit, mentions)

    def _introduced(self, k: int, mentions: Sequence[Mention]) -> Entity | None:
        """Whose words the quotation below sentence ``k`` is, where that says no more: "From Vera Lund:"."""
        places = self.page.introduced.get(k, range(0))
        named = next((m for m in mentions if m.start in places and m.kind in ("person", "body")), None)
        if named is None or self.page.bare[named.end : named.end + 2] in ("’s", "'s"):
            return None
        return self.recent.entity(named)

    def _spoken(self, unit: Unit, made: list[Speech]) -> None:
        """Take in what a sentence says by its cues; quotations that waited for a speaker have one now."""
        if self.pending and self.pending[-1].paragraph == unit.paragraph and self._says_only(unit):
            made[0].closes = True
        if self.page.text[unit.start : unit.end].rstrip().endswith(":") and self._says_only(unit):
            self.block = (made[-1], unit.paragraph + 1)  # "Holt writes:" over a paragraph of his
        self._heard(made)
        if (asked := self._asked(unit, made[-1])) is not None:
            self.carried = None
            self.recent.spoke(asked)
        if any(cue.verb == SIGNED for cue in made[-1].cues):
            self.carried, self.signed = None, True

    def _asked(self, unit: Unit, speech: Speech) -> Entity | None:
        """Who is asked, and answers next: "Lund was asked by a reporter whether …"."""
        cue = speech.cues[-1] if speech.cues else None
        if cue is None or cue.verb != "asked" or cue.place != "of":
            return None
        subjects = self.page.subjects(self.page.mentions(unit), unit.start)
        first = next((m for m in subjects if m.end <= cue.start), None)
        return self.recent.entity(first) if first is not None and first.kind != "pronoun" else None

    def _quoted(self, k: int, unit: Unit) -> None:
        """Take in a quotation without a cue: of whom a later sentence names, else of who spoke before."""
        if self._ahead(k):
            self.pending.append(unit)
        elif self._opened_by_nobody(unit) or (self.signed and self.carried is None):
            return
        elif _DATED.search(self.page.bare, unit.start, unit.end) or self._of_another(k, unit):
            self.carried, self.signed = None, True  # "“…” — Rolling Stone, 1971": whose words is not said
        elif self.carried is not None:
            self._heard([_on(self.carried, unit)])
        elif self.recent.last is not None:
            self._heard([_whole(unit, self.recent.last)])

    def _of_another(self, k: int, unit: Unit) -> bool:
        """Whether a paragraph of quoted words tells of whoever spoke before by name, and so is another's:
        "One of the shortcomings of Holt's piece is …"."""
        who = self.carried.entity if self.carried is not None else self.recent.last
        if who is None or who.kind != "person" or (k and self.page.units[k - 1].paragraph == unit.paragraph):
            return False
        owns = re.compile(rf"\b{re.escape(who.name.split()[-1])}[’']s\b")
        return any(
            not _CAPITAL_BEFORE.search(self.page.text[a : m.start()])  # "Ida Holt's" is of another Holt
            for a, b in self.page.quotes_in(unit.start, unit.end)
            for m in owns.finditer(self.page.text, max(a, unit.start), min(b, unit.end))
        )

    def _opened_by_nobody(self, unit: Unit) -> bool:
        """Whether a quotation goes on that a sentence of the same paragraph opened, whose words were given to
        nobody: "supporters were shown chanting “Hill! Hill!”"."""
        opens, end = self.page.quote_at(unit.start)
        if not opens < unit.start < end:
            return False
        begun = next(u for u in self.page.units if u.end > opens)
        if any(s.start < begun.end and s.end > opens for s in self.speeches):
            return False
        subject = next(iter(self.page.subjects(self.page.mentions(begun), begun.start)), None)
        return subject is not None and subject.kind == "role" and not subject.definite

    def _heard(self, made: list[Speech]) -> None:
        self.speeches += [_on(made[0], p) for p in self.pending]
        self.pending = []
        self.speeches += made
        self.carried, self.signed = made[-1], False
        self.recent.heard = made[-1].end
        self.recent.spoke(made[-1].entity)

    def _acted(self, unit: Unit, mentions: Sequence[Mention]) -> None:
        """Take in a sentence of the outlet's own, by its subject."""
        subjects = self.page.subjects(mentions, unit.start)
        subject = next((m for m in subjects if m.head != "we"), None)
        if subject is None or subject.kind == "pronoun":
            subject = self._owner(unit, mentions)
        if subject is not None:
            self.recent.acted(self.recent.entity(subject))

    def _owner(self, unit: Unit, mentions: Sequence[Mention]) -> Mention | None:
        """Who owns the subject of a sentence and is taken up in it: "Lund's voice broke when she spoke"."""
        first = next(iter(mentions), None)
        if first is None or first.kind != "person" or not _OWNED.match(self.page.bare, first.end - 2):
            return None
        if self.page.bare[unit.start : first.start].strip():
            return None
        again = any(m.kind == "pronoun" and m.head in ("he", "she") for m in mentions)
        return first if again else None

    def _signed(self, k: int, mentions: Sequence[Mention]) -> list[Speech] | None:
        """What the quotation before unit ``k`` says, where the unit signs it: "- Vera Lund, a miller"."""
        unit = self.page.units[k]
        lead = _SIGNS.match(self.page.text[unit.start : unit.end])
        who = next((m for m in mentions if lead and m.kind in ("person", "body")), None)
        if lead is None or who is None or not k or dates_where(self.page.bare, who, unit):
            return None
        if not _TITLED.fullmatch(
            self.page.bare, unit.start + lead.end(), max(who.start, unit.start + lead.end())
        ):
            return None
        before = self.page.units[k - 1]
        if self.page.share(before.start, before.end) < 0.9 or self._has_cue(before.paragraph):
            return None  # a reporter's own signature, below a quotation whose speaker was named
        a, b = self.page.quote_at(before.end - 1)
        said = [u for u in self.page.units[max(0, k - 12) : k] if a <= u.start + 1 and u.end <= b + 1]
        return [_whole(u, self.recent.entity(who)) for u in said or [before]]

    def _has_cue(self, paragraph: int) -> bool:
        """Whether a sentence of a paragraph says whose words these are."""
        return any(self._cues(u) for u in self.page.units if u.paragraph == paragraph)

    def _made(self, s: Speech) -> list[Utterance]:
        """The utterances of one act of speech, a piece for each stretch of one voice."""
        if s.closes:
            return []
        page = self.page
        role = s.role if s.entity.kind != "body" else None
        cut: list[Piece] = (
            [(s.start, s.end, "direct")]
            if s.quoted
            else pieces(page.text, page.bare, s.start, s.end, s.cues, page.quotes_in(s.start, s.end))
        )
        return [Utterance(a, b, s.entity.name, role, voice, s.via, (s.start, s.end)) for a, b, voice in cut]

    def _ahead(self, k: int) -> bool:
        """Whether the quotation of unit ``k`` goes on to a later sentence that names the speaker: the same
        marks hold both, or its paragraph leaves them open and the next one opens them again."""
        unit = self.page.units[k]
        for after in self.page.units[k + 1 : k + 7]:
            a, b = self.page.quote_at(unit.start)
            same = a <= unit.start < b and a < after.start < b
            again = a <= unit.start < b and self._opens_again(unit, b, after)
            if not same and not again:
                return after.paragraph == unit.paragraph and self._says_only(after)
            if self._cues(after):
                return True
            if again:
                unit = after
        return False

    def _opens_again(self, unit: Unit, end: int, after: Unit) -> bool:
        """Whether the paragraph leaves a quotation, up to ``end``, open and the next opens it again."""
        text = self.page.text
        return (
            end == self.page.ends[unit.paragraph]
            and text[end - 1] not in '”"’'
            and after.paragraph == unit.paragraph + 1
            and not after.heading
            and text[after.start] in '“"‘'
        )

    def _says_only(self, unit: Unit) -> bool:
        """Whether a sentence is the narrator's clause of the quotation before it: "“Now?” X asked." """
        if MASK in self.page.bare[unit.start : unit.end]:
            return False
        found = self._cues(unit)
        if len(found) != 1 or found[0].start - unit.start > 12 or found[0].subordinate:
            return False
        tail = self.page.bare[found[0].end : unit.end].strip(" .:")
        return not tail or (_ONLY_CIRCUMSTANCE.match(tail) is not None and not _CLAUSE_IN.search(tail))

    def _cues(self, unit: Unit) -> list[Cue]:
        return cues(self.page.bare, unit.start, unit.end, self.page.mentions(unit))


def _whole(unit: Unit, who: Entity, quoted: bool = False) -> Speech:
    """A sentence as somebody's words."""
    return Speech(unit.start, unit.end, who, who.role, quoted=quoted)


def _on(speech: Speech, unit: Unit) -> Speech:
    """A sentence as words of who spoke before."""
    return replace(speech, start=unit.start, end=unit.end, cues=(), closes=False)
