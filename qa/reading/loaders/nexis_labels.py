"""What the lines of a LexisNexis frame are called, in the languages of the service: labels, rights, editions,
dates, and where the labels below a text begin."""

from __future__ import annotations

import re

from qa.reading.loaders.blocks import Block, lines_in
from qa.text.dates import find_dates

# What stands before the colon, and what it is of a record.
ROLES: dict[str, str] = {
    "headline": "title",
    "überschrift": "title",
    "titre": "title",
    "byline": "author",
    "autor": "author",
    "auteur": "author",
    "body": "body",
    "highlight": "standfirst",
    "length": "length",
    "länge": "length",
    "longueur": "length",
    "lengte": "length",
    "longitud": "length",
    "lunghezza": "length",
    "titular": "title",
    "titolo": "title",
    "título": "title",
    "kop": "title",
    "von": "author",
    "door": "author",
    "autore": "author",
}
_OTHER = (
    *("acc-no", "category", "city", "classification", "column", "company", "correction", "correction-date"),
    *("country", "cr", "dateline", "dist", "distribution", "doc-type", "document-type", "document type"),
    *("edition", "enhancement", "geographic", "graphic", "industry", "issn", "jour-code", "journal-code"),
    *("ladedatum", "language", "langue", "load-date", "memo", "name", "notes", "organization", "page"),
    *("person", "photo", "pub-type", "publication-type", "publication type", "publikationstyp", "rubrik"),
    *("rubrique", "section", "series", "source", "sprache", "state", "subject", "ticker", "type", "update"),
    # programmes of radio and television
    *("show", "anchor", "anchors", "guest", "guests", "host", "reporter", "reporters", "transcript"),
    *("content", "byline title", "body-type", "sección", "sección", "sezione", "sectie", "idioma", "taal"),
    *("lingua", "fecha-carga", "fecha de carga", "tipo de publicación", "thema", "firma", "person"),
    *("url", "date de chargement", "type de publication", "load date", "journal code", "copyright"),
)
_NAMES = "|".join(sorted((*ROLES, *_OTHER), key=len, reverse=True))
LABEL = re.compile(rf"^[ \t]*(?P<label>{_NAMES})[ \t\u00a0]*:[ \t\u00a0]*", re.IGNORECASE)
USUAL = re.compile(
    r"^[ \t]*(?:length|load-date|ladedatum|byline|headline|länge|longueur|lengte|longitud|lunghezza)"
    r"[ \t\u00a0]*:",
    re.I | re.M,
)
_RESERVED = (
    r"(?:all rights reserved|alle rechte vorbehalten|tous droits r[ée]serv[ée]s|alle rechten voorbehouden"
    r"|todos los derechos reservados|tutti i diritti riservati|todos os direitos reservados)"
)
COPYRIGHT = re.compile(rf"^\W{{0,3}}(?:copyright\b|©|\(c\)\s*(?:19|20)\d\d|{_RESERVED})", re.IGNORECASE)
EDITION = re.compile(
    r"\b(?:edition|ausgabe|édition|final|replica)\b\s*\d*;?$|^(?:late|early)\b|^correction appended",
    re.IGNORECASE,
)
PAGE = re.compile(r"^(?:page|seite) \d+ (?:of|von|de) \d+$", re.IGNORECASE)
BARE = ("body", "classification", "text")
# A heading on a line of its own below the text, with captions under it.
_PICTURES = re.compile(r"(?:graphics?|grafik|graphiques?|photos?|illustrations?)", re.IGNORECASE)
_CAPTION_BLOCKS = 8
_CAPITALS = re.compile(r"^[^\W\da-z_]{2}[^\W\da-z_ -]*(?:[ -][^\W\da-z_]+){0,2}[ \t]*:[ \t]")
_DATE_LINE_CHARS = 70


def date_in(block: Block) -> str | None:
    """The date of a line that holds little else, as it stands under an outlet's name."""
    for line in block.text.splitlines():
        if len(line.strip()) <= _DATE_LINE_CHARS and not COPYRIGHT.match(line) and not LABEL.match(line):
            flat = line.strip()
            found = find_dates(flat)
            if found and len(flat) - (found[0][1] - found[0][0]) <= 40 and _heads(flat, *found[0][:2]):
                return found[0][2]
    return None


def _heads(line: str, start: int, end: int) -> bool:
    """Whether a line begins with its date, a day of the week before it at most. "The riots of 9 March 2021"
    and "9 March 2021: the riots" are headlines."""
    return len(line[:start].split()) <= 1 and not re.match(r"\s*:", line[end:])


def above_date(block: Block) -> bool:
    """The name of a programme, which may stand between the station and the date."""
    return bool(re.match(r"\s*show[ \t]*:", block.text, re.IGNORECASE))


def role_of(block: Block) -> str | None:
    m = LABEL.match(block.text)
    if m is not None and m["label"][0].isupper():
        return ROLES.get(m["label"].lower(), "other")
    return "body" if block.text.strip().lower() in ("body", "text") else None


def fields_of(text: str, block: Block) -> list[tuple[str, Block]]:
    """The fields of a block: each begins with a label, and goes on in lines without one."""
    if block.text.strip().lower() in BARE:
        return [
            (
                "body" if block.text.strip().lower() != "classification" else "other",
                Block(block.end, block.end, "", 0),
            )
        ]
    found: list[tuple[str, Block]] = []
    for line in lines_in(text, block):
        m = LABEL.match(line.text)
        if m is not None and m["label"][0].isupper():
            role = ROLES.get(m["label"].lower(), "other")
            at = line.start + m.end()
            found.append((role, Block(at, line.end, text[at : line.end], 0)))
        elif found:
            role, value = found[-1]
            at = value.start if value.text else line.start
            found[-1] = (role, Block(at, line.end, text[at : line.end], 0))
    return found


def tail_of(blocks: list[Block]) -> int:
    """Where the labels below the text begin: from there on nothing but labels, rights and captions follows.
    A label that is not known is one where known ones stand beside it."""
    at, known = len(blocks), 0
    while at > 0:
        block = blocks[at - 1]
        ours = role_of(block) == "other" or block.text.strip().lower() in BARE or COPYRIGHT.match(block.text)
        if not (ours or _CAPITALS.match(block.text) or re.fullmatch(r"[\W_]+", block.text)):
            break
        known += bool(ours)
        at -= 1
    at = at if known else len(blocks)
    captions = range(max(at - _CAPTION_BLOCKS, 1), at)
    return next((k for k in captions if _PICTURES.fullmatch(blocks[k].flat)), at)
