"""Which outlet a page is of, as far as its own text says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from qa.reading.boilerplate import Line
from qa.reading.stamps import DATELINE
from qa.text.dates import URL

HOSTS = 30  # on a page, that are looked for by name
BESIDE_ADDRESS = 6  # words; an address among more is one that the text tells of, not the page's own
# Hosts on which anybody publishes, as labels: an address there says nothing of who prints the page.
_OF_ANYBODY = frozenset(
    """facebook twitter youtube instagram linkedin pinterest reddit tumblr telegram whatsapp tiktok bluesky
    threads messenger flipboard flickr vimeo soundcloud spotify google apple amazonaws cloudfront wikipedia
    wikimedia archive medium substack scribd documentcloud""".split()
)
_NAME = r"[A-ZÀ-Þ][\w&.’'À-ÿ-]*(?:\s+(?:of|the|de|la|le|and|&|[A-ZÀ-Þ0-9][\w&.’'À-ÿ-]*)){0,6}"
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright|@\s?(?=(?:19|20)\d\d))", re.IGNORECASE)
_BY = re.compile(rf"\bby\s+(?P<name>(?:The\s+)?{_NAME})\s*\.?$")
_AFTER_YEAR = re.compile(
    r"(?:©|\(c\)|copyright|@)(?:\s*©)?\s*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:(?:19|20)?\d\d))?,?)?\s*"
    rf"(?P<name>{_NAME})(?=\s*(?:[.,|·–—-]|/|all\b|$))",
    re.IGNORECASE,
)
_NOT_NAMES = re.compile(
    r"^(?:all|rights?|reserved|designed|copyright|image|photo|file|reproduction|getty|reuters/|ap photo"
    r"|the author)\b",
    re.IGNORECASE,
)


_PLACE = re.compile(r"\s*\((?!the\b)[^()]{2,40}\)\s*$", re.IGNORECASE)
_EDITION = re.compile(
    r"\s*[,(-]\s*(?:[\w.]+\s+){0,3}edition\b(?:\s*-\s*final)?[^,;-]{0,30}$|\s*,\s*edition\s+\d+$",
    re.IGNORECASE,
)


def outlet_name(value: str | None) -> str | None:
    """The name of an outlet as databases print it, without the edition and without the place that tells two
    of one name apart: "The Harbour Times (Maren) - Final Edition"."""
    if value is None:
        return None
    flat = re.sub(r"\s+", " ", value).strip(" .,;:")
    bare = _EDITION.sub("", flat).strip()
    return _PLACE.sub("", bare).strip(" ,") or bare or flat or None


def host_of(url: str) -> str | None:
    """The host of an address as the name of a site, without ``www.``; None for what is no address."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _host_label(url: str) -> str | None:
    parts = (host_of(url) or "").split(".")
    if len(parts) < 2:
        return None
    second = parts[-2] if len(parts[-2]) > 3 or len(parts) == 2 else parts[-3]
    return second.replace("-", "")


def spelt_in_text(label: str, text: str) -> str | None:
    """The name that a host's label runs together, as the page writes it: icaromediagroup is
    "ICARO Media Group"; sputnikglobe begins with "Sputnik"."""
    pattern = r"(?<!\w)" + r"[\s’'&.-]{0,2}".join(map(re.escape, label)) + r"(?!\w)"
    for m in re.finditer(pattern, text, re.IGNORECASE):
        if (any(c.isupper() for c in m.group()) and " " in m.group()) or m.group()[0].isupper():
            return m.group()
    found = [
        m.group()
        for m in re.finditer(r"(?<![\w/.])[A-ZÀ-Þ][\w-]{4,}", text)
        if label.lower().startswith(m.group().lower())
        and len(m.group()) >= 0.5 * len(label)
        and _names_a_source(text, m.start(), m.end())
    ]
    return max(found, key=len, default=None)


_SOURCE_BEFORE = re.compile(
    r"(?:\(|\b(?:told|to|by|for|at|via|with|source:|©)\s+(?:the\s+)?)$", re.IGNORECASE
)
_SOURCE_AFTER = re.compile(
    r"\s*\)|(?:['’]s)?\s+(?:correspondent|reporter|journalist|photographer|reported|reports|has learned)\b"
)


def _names_a_source(text: str, start: int, end: int) -> bool:
    """Whether a word stands where an outlet's name does: in brackets after a place, or as the one that was
    told. "Harbour" in "the Harbour director" is a word of the news."""
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    ends = not re.match(r"\s+[a-zA-Z]", after)
    return bool((_SOURCE_BEFORE.search(before) and ends) or _SOURCE_AFTER.match(after))


def from_url(url: str, text: str) -> str | None:
    label = _host_label(url)
    if label is None:
        return None
    return spelt_in_text(label, text) or host_of(url)


def from_dateline(line: str) -> str | None:
    m = DATELINE.match(line)
    return m["agency"].strip("()/ ") if m and m["agency"] else None


def masthead(line: Line) -> str | None:
    """The name of the outlet in the first line of a page, if that line can be one: a few words, no
    sentence. "Northshore Today | LIVE" and "*The Pellow Digest: three stories*" name it first."""
    labelled = re.match(
        r"(?:channel|feed|site|publication|newspaper)\s*:\s*(?P<name>.+)$", line.text, re.IGNORECASE
    )
    if labelled:
        return re.split(r"\s+[-–|]\s+", labelled["name"])[0].strip()
    separators = r"\s*[|·:]\s*" if line.text[0] in "*_" else r"\s*[|·]\s*"
    text = re.split(separators, line.text.strip("*_# "))[0].strip()
    words = text.split()
    if not 1 <= len(words) <= 5 or not re.fullmatch(_NAME + r"|[A-ZÀ-Þ’' ]+", text):
        return None
    return None if text.isupper() and len(words) == 1 and len(text) <= 3 else text


def of_page(lines: Iterable[Line]) -> str | None:
    """From a copyright line ("© 2024 The Example", "Designed by The Example"), else from an image
    or other address on the page whose host the page also writes out as a name."""
    lines = list(lines)
    for line in reversed(lines):
        t = line.text
        if len(t) > 240 or not _COPYRIGHT.match(t):
            continue
        for m in (_BY.search(t), _AFTER_YEAR.search(t)):
            if m and not _NOT_NAMES.match(m["name"]):
                return re.sub(
                    r"\s+(?:all rights?.*|ltd\.?|limited|inc\.?|llc|(?:19|20)\d\d.*)$",
                    "",
                    m["name"],
                    flags=re.IGNORECASE,
                ).strip(" .,")
    return _of_addresses(lines)


def _of_addresses(lines: Sequence[Line]) -> str | None:
    """The name behind the first host that the page writes out, of addresses that stand in no running text;
    of a list of links only the first few hosts are looked for."""
    labels: dict[str, None] = {}
    for line in lines:
        found = [m.group() for m in URL.finditer(line.text)]
        if not found or len(URL.sub(" ", line.text).split()) > BESIDE_ADDRESS:
            continue
        labels |= {label: None for url in found if (label := _host_label(url)) and label not in _OF_ANYBODY}
        if len(labels) >= HOSTS:
            break
    written = "\n".join(line.text for line in lines if not URL.match(line.text)) if labels else ""
    for label in list(labels)[:HOSTS]:
        name = spelt_in_text(label, written)
        if name and len(name.replace(" ", "")) >= 5 and len(re.sub(r"\W", "", name)) >= 0.8 * len(label):
            return name
    return None
