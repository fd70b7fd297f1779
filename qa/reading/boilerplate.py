"""Lines of a scraped page and what can be told from one line alone: is it a menu, a counter, a credit?

The tables hold what page furniture is called across sites; nothing here knows of a particular site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_BLANK = " \t\u200b\ufeff"
BULLET = re.compile(r"^\s*(?:[•◦▪‣●–*+-]|\d{1,2}[.)])\s+")
_TERMINAL = re.compile(r"[.!?…][\"'”’»)\]]*$")


_GOES_ON = re.compile(r"(?:,|\b(?:a|an|the|of|to|in|and|or|for|with|by|at|on|from|as|that|is|was))$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source text; ``start``/``end`` are the span of its stripped content."""

    start: int
    end: int
    text: str
    indent: int
    bullet: bool

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def body(self) -> str:
        """The text without its bullet."""
        return BULLET.sub("", self.text) if self.bullet else self.text


def lines_of(text: str) -> list[Line]:
    """The non-blank lines of a text with exact offsets, in code points. Where the text is wrapped at
    a fixed width (mail, PDF), a "line" is a whole paragraph, line breaks inside it included."""
    found = []
    for m in re.finditer(r"[^\r\n]+", text):
        raw = m.group()
        inner = raw.strip(_BLANK)
        if not inner.strip():
            continue
        start = m.start() + raw.index(inner)
        found.append(Line(start, start + len(inner), inner, start - m.start(), bool(BULLET.match(inner))))
    return _unwrapped(text, found) if _wrapped(text, found) else found


def _adjacent(text: str, first: Line, second: Line) -> bool:
    return len(re.findall(r"\r\n|\r|\n", text[first.end : second.start])) == 1


def _wrapped(text: str, lines: list[Line]) -> bool:
    """Hard-wrapped: many lines go on in the next one, which begins in lower case, and none is long."""
    pairs = [(a, b) for a, b in pairwise(lines) if _adjacent(text, a, b) and len(a.text) >= 40]
    if len(pairs) < 4 or max(len(line.text) for line in lines) > 160:
        return False
    going_on = sum(b.text[0].islower() and a.text[-1] not in ".!?:" for a, b in pairs)
    return going_on >= 0.3 * len(pairs)


def _unwrapped(text: str, lines: list[Line]) -> list[Line]:
    width = sorted(len(line.text) for line in lines)[int(len(lines) * 0.9)]
    found: list[Line] = []
    for previous, line in pairwise([None, *lines]):
        assert line is not None
        if (
            previous is not None
            and _adjacent(text, previous, line)
            and not line.bullet
            and not RULE.match(line.text)
            and not RULE.match(previous.text)
            and (
                len(previous.text) >= 0.7 * width or line.text[0].islower() or _GOES_ON.search(previous.text)
            )
        ):
            first = found.pop()
            line = Line(first.start, line.end, text[first.start : line.end], first.indent, first.bullet)
        found.append(line)
    return found


def heading_like(line: Line) -> bool:
    """Could be a title or a section heading: short, no full stop, begins like one."""
    text = line.body.lstrip("#").strip()
    if not text or len(text) > 160 or len(text.split()) > 22:
        return False
    if text[-1] in ".:;," or text.endswith(("…", "...", '."', ".”", '," ', ",”")):
        return text.endswith(("U.S.", "U.K.", "U.N.", "Inc.", "Co.", "Jr."))
    return not re.search(r"[.!?][\"”]?\s+[A-Z“\"]\w+\s+\w+\s+\w+\s+\w+.*", text) or len(text.split()) <= 14


def prose(line: Line) -> bool:
    """Reads as running text: ends like a sentence, or is too long for a heading."""
    if (
        line.text.rstrip('"”’)').endswith(("?", "!"))
        and line.words <= 12
        and not re.search(r"[.!?]\s", line.text)
    ):
        return False  # a headline may well be a question
    return (line.words >= 6 and bool(_TERMINAL.search(line.text))) or line.words > 24


# --- furniture --------------------------------------------------------------------------------

_SOCIAL = r"(?:facebook|twitter|x|pinterest|e-?mail|whats ?app|linked ?in|reddit|telegram|tumblr|copy link|print|share|tweet|pin|instagram|youtube|bluesky|threads|messenger|flipboard|rss)"

# An article ends here when the page repeats it: counters and comment prompts.
END_MARK = re.compile(
    rf"""^(?:
      \d+\s+(?:comments?|shares?|views?|likes?|reactions?|replies)\b.{{0,40}}
    | (?:comments?|shares?)\s*[:(]?\s*\d+\)?
    | (?:no|leave\ a|add\ a|post\ a|be\ the\ first\ to)\s+(?:comments?|reply)(?:\s+yet)?.{{0,40}}
    | \d*\s*(?:{_SOCIAL}[\s|,·/•]*){{2,}}\d*
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
# An excerpt ends here: weaker, since sites also put it in the middle of an article.
READ_MORE = re.compile(
    r"^[\[(]?(?:continue reading|read (?:more|the full (?:story|article)|full (?:story|article)|on)|keep reading|full story|more|lire la suite|weiterlesen|leer más)"
    r"(?:\s*[»›→>…]+|\s*\.{3})?[\])]?(?:\s*[»›→>])?$",
    re.IGNORECASE,
)

_FURNITURE = [
    # navigation
    r"[^\s|·•]+(?: [^\s|·•]+){0,3}(?:(?:\s{2,}|\t|\s*[|·•]\s*)[^\s|·•]+(?: [^\s|·•]+){0,3}){3,}",
    r"home(?:\s*[»›>/|]?\s*\S.{0,60})?",
    r"(?:home|menu|search|sections?|skip to (?:main )?content|sign in|log ?in|register|my account|subscribe(?: now)?|close|advertisement|sponsored(?: content)?|promoted|ad)",
    r"tags?:?",
    r"(?:filed under|categor(?:y|ies)|topics?|tagged(?: with)?|keywords|posted in)\s*:.{0,120}",
    r"(?:posted|filed) (?:in|under) .{1,100}",
    r"(?:contents?|posts?|articles?|stories) (?:tagged|filed)(?: with| under| in)?\b.{0,80}",
    r"tags?\s*:\s*\S.{0,120}",
    r"(?:newer|older|previous|next)(?: (?:posts?|articles?|stories|entries|page))?\s*[»›→>«‹←<]*",
    r"[«‹←<]+\s*(?:newer|older|previous|next|back).{0,20}",
    r"page \d+(?: of \d+)?.{0,20}",
    r"(?:\d+\s*[|·]?\s*){2,}(?:\.{3}|…)?\s*(?:\d+\s*)?(?:next.{0,10})?",
    r"back to top.{0,3}",
    r"load more.{0,20}",
    r"show more.{0,20}",
    r"view all.{0,30}",
    r"see (?:all|more).{0,30}",
    # sharing and comments
    r"(?:share|follow us|follow|print|save|listen|tweet|like|e-?mail)(?: (?:this|on|via|to|us|article|story|page|now)\b.{0,60})?\s*:?",
    r"(?:comments?|view comments|join the (?:conversation|discussion).{0,40}|have your say.{0,60})",
    r"copy(?: this)? link.{0,20}",
    r"link copied.{0,20}",
    r"partager.{0,40}",
    r"compartir.{0,40}",
    r"teilen",
    # related
    r"contact the authors?\b.{0,80}",
    r"send us your .{0,80}",
    r"got a (?:story|tip)\b.{0,100}",
    r"(?:story|article) saved\b.{0,60}",
    r"sort(?:ed)? by\b.{0,30}",
    r"search for:?.{0,20}",
    r"people also (?:search|ask)\b.{0,40}",
    r"load more\b.{0,30}",
    r"réagir.{0,30}",
    r"commenter.{0,30}",
    r"(?:related|you (?:may|might) (?:also )?(?:like|be interested).{0,20}|recommended(?: for you)?|more (?:from|on|stories|news|in|like)\b.{0,60}|most (?:read|popular|viewed|shared|commented)|trending(?: now)?|also read.{0,120}|read (?:also|next|more).{1,140}|see also.{0,120}|don'?t miss.{0,80}|related (?:articles?|stories|posts?|topics?|news|links|content).{0,40}|la+e?st news|latest(?: news| posts| stories| articles)?|recent (?:posts|comments)|top stories|popular posts|editor'?s picks?|à lire aussi.{0,120}|lire aussi.{0,120}|lea también.{0,120}|te puede interesar.{0,80})\s*:?",
    # newsletters, paywalls, cookies
    r"newsletters?",
    r"(?:sign up|subscribe|register) (?:to|for|now|here|today)\b.{0,160}",
    r"(?:get|receive) (?:our|the|all the|daily|breaking|more) .{0,120}(?:inbox|newsletter|updates|e-?mail)\b.{0,40}",
    r"(?:enter )?your e-?mail(?: address)?.{0,40}",
    r"are you sure want to .{0,60}",
    r"unlock left\s*:?\s*\d*",
    r"(?:this (?:article|content|post) is (?:for|only|reserved)|already a subscriber|unlock this|to continue reading).{0,100}",
    r"(?:we|this (?:web)?site) uses? cookies.{0,300}",
    r"we value your privacy.{0,200}",
    r"we and our (?:\d+ )?partners\b.{0,300}",
    r"manage (?:options|preferences|consent).{0,20}",
    r"by (?:signing up|subscribing|registering|continuing)\b.{0,200}",
    r"you are receiving this\b.{0,160}",
    r"to unsubscribe\b.{0,160}",
    r".{0,80}\bunsubscribe\b.{0,120}",
    r"want (?:the latest|more|to (?:get|stay|hear|receive))\b.{0,200}",
    r"join our (?:whatsapp|telegram|facebook|community|mailing|newsletter)\b.{0,160}",
    r"trouble (?:reading|viewing) this.{0,120}",
    r"se connecter.{0,80}",
    r"s[’']abonner.{0,80}",
    r"iniciar sesión.{0,60}",
    r"temps de lecture.{0,20}",
    r"tiempo de lectura.{0,20}",
    r"(?:accept|reject|manage)(?: all)?(?: cookies)?(?: (?:and|&) .{0,20})?(?:\s+(?:accept|reject|manage).{0,30})?",
    r"(?:cookie|privacy) (?:policy|settings|notice|preferences).{0,60}",
    r"terms (?:of (?:use|service)|and conditions|&).{0,80}",
    r"(?:about us|contact(?: us)?|advertise(?: with us)?|careers|privacy|terms|sitemap|imprint|impressum|mentions légales|help|faq)(?:\s*[|·•/]\s*\S.{0,120})?",
    # rights, disclaimers
    r"(?:©|\(c\)|copyright|@\s?(?:19|20)\d\d)\s?.{0,200}",
    r".{0,60}\bcopyright\b.{0,10}(?:19|20)\d\d.{0,60}",
    r".{0,60}\ball rights? reserved\b.{0,120}",
    r"(?:the )?(?:views?|opinions?)(?: and opinions?)? (?:expressed|stated)\b.{0,300}",
    r"(?:the )?(?:views?|opinions?)\b[^.]{0,120}\b(?:article|author|writer|contributor|column)s?\b[^.]{0,80}\b(?:not|own|solely|alone)\b.{0,160}",
    r"(?:disclaimer|legal notice)\b.{0,300}",
    r"(?:tous droits réservés|todos los derechos reservados|alle rechte vorbehalten).{0,80}",
    # players, counters
    r"\d{1,2}:\d{2}(?:\s*/\s*\d{1,2}:\d{2})?",
    r"update required flash plugin",
    r"-+|_+|=+|\*+|~+|·+|\|+|#+|(?:\*\s*){2,}|(?:-\s){2,}-?|(?:_\s){2,}",
    r"\d{1,3}",
    r"\d+\s*(?:min(?:ute)?s?)\s+read.{0,10}",
    r"reading time.{0,20}",
    r"(?:play|pause|mute|video|audio|loading|gallery|live)\W{0,3}",
    r"\d+\s+(?:hours?|minutes?|days?|weeks?) ago",
    # pictures
    r"(?:©|\(c\))\s?.{2,80}",
    r"[(\[]?(?:image|photo(?:graph)?|picture|pic|credit|file photo|foto|crédit photo|photo credit|image credit|photograph)(?: (?:by|credit|source|courtesy))?\s*[:/©]\s?.{1,100}",
    r".{0,160}[(\[](?:image|photo(?:graph)?|picture|pic|credit|foto|source)\s*[:/]\s?.{1,80}[)\]]",
    r"!\[[^\]]*\]\([^)]*\)",
    r"(?:img|dsc|image|photo)[_-]?\d{2,}\w*(?:\.(?:jpe?g|png|webp))?",
    r"[\w-]+\.(?:jpe?g|png|webp|gif)",
]
FURNITURE = re.compile(rf"^(?:{'|'.join(_FURNITURE)})$", re.IGNORECASE | re.DOTALL)
# From here to the end of an article nothing but furniture follows, if little running text does.
TAIL = re.compile(
    r"^(?:related\b.{0,40}|share this.{0,30}|most (?:read|popular|viewed).{0,20}|more (?:from|on|stories|news)\b.{0,60}|you (?:may|might) (?:also )?(?:like|be interested).{0,20}|recommended.{0,20}"
    r"|newsletters?|sign up .{0,160}|subscribe .{0,160}|(?:©|copyright|@\s?(?:19|20)\d\d).{0,200}|our news portal|about (?:us|the author).{0,40}|comments?|leave a (?:comment|reply).{0,20}|la+e?st news"
    r"|trending.{0,20}|top stories|recent posts|[←«‹<\s]*(?:older|newer|previous|next)(?: posts| stories| articles| page)?[→»›>\s]*|recent comments|à lire aussi.{0,120}|lire aussi.{0,80}|follow us.{0,80}|partager.{0,60})\s*:?$",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"^(?:(?:©|\(c\))(?!\s*(?:19|20)\d\d)|photo|image|credit|picture|foto)\s*[:/©]?\s?\S.{0,100}$",
    re.IGNORECASE,
)
SLUG = re.compile(r"^[a-z0-9]+(?:[-_][a-z0-9]+)+$")
RULE = re.compile(r"^(?:[-_=*~#]{3,}|(?:[-*_]\s){2,}[-*_]|#)$")
_BY = r"(?:(?:story|words|written|reported|posted|report|live updates?|reporting|interview|text)\s+by|interview\s*:|by|par|por|von)"
BYLINE = re.compile(
    rf"^[*_(]*{_BY}\s+(?P<name>[^\W\d_][^|·•,;–—\d()]{{2,60}}?)[*_)]*(?:\s*(?:[|·•,;–—]|\bon\b|\d|\bin\b).{{0,80}})?$",
    re.IGNORECASE,
)


def furniture(line: Line) -> bool:
    """Page furniture by its own words. A line that reads as running text is only furniture if the
    table names it: when in doubt, text is kept."""
    text = line.text.strip("\u00a0 ")
    return len(text) <= 340 and bool(
        FURNITURE.match(text) or END_MARK.match(text) or READ_MORE.match(text) or SLUG.match(text)
    )
