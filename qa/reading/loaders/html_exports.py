"""Exports of databases that come as HTML: Nexis, Factiva and Europresse; Integrum has a file of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.reading.authors import author_of
from qa.reading.loaders import factiva, integrum, nexis
from qa.reading.loaders.markup import Tree, text_of
from qa.reading.loaders.records import Piece, joined, missing, remarks, short_of_words
from qa.reading.outlets import outlet_name
from qa.text.dates import find_dates, read_date
from qa.types import Meta, SourceText


def read(tree: Tree) -> SourceText | None:
    """The records of an export; None for a page that is none."""
    for reader in (_factiva, _europresse, integrum.read, _by_text):
        found = reader(tree)
        if found is not None:
            return found
    return None


def _by_text(tree: Tree) -> SourceText | None:
    """Pages whose records show in their text: Nexis, and Factiva without a table."""
    marks = tree.xpath("//a[starts-with(@name, 'DOC_ID')]") or re.search(
        r"\b\d+ (?:of|von|de|sur|di|van|из) \d+ documents?\b|\bend of document\b|\bende des dokuments\b"
        r"|\b\d+ von \d+ dokumenten?\b|\bdo[ck]umento? [a-z][a-z0-9]{7,}[a-z]{2}[0-9a-z]{3,}",
        str(tree.text_content())[:200_000],
        re.I,
    )
    if not marks:
        return None
    text = text_of(tree)
    for name, reader in (("nexis", nexis.records_of), ("factiva", factiva.records_of)):
        found = reader(text)
        if found is not None:
            return SourceText(text=text, loader=name, note=found[1], records=found[0])
    return None


# --- Factiva ----------------------------------------------------------------------------------


def _factiva(tree: Tree) -> SourceText | None:
    """``<div class="article enArticle">``, with a table of field codes in each or as it is displayed."""
    boxes = [
        el
        for el in tree.iter("div")
        if re.search(r"\barticle\b.*\b[a-z]{2,6}Article\b", el.get("class") or "")
    ]
    pieces = [p for box in boxes if (p := _coded(box) or _displayed(box)) is not None]
    if not pieces:
        return None
    short = sum(short for _, short in pieces)
    note = f"{short} of {len(pieces)} records hold fewer words than their frames say" if short else None
    return joined(
        [p for p, _ in pieces], "factiva", remarks(missing(len(pieces), len(boxes), "records"), note)
    )


def _displayed(box: Tree) -> tuple[Piece, bool] | None:
    """A record without field codes: section, headline, byline, number of words, date, outlet and more, a box
    each, then its paragraphs. None where no box says how many words: then it is no such record."""
    headline = next((el for el in box.iter() if re.search(r"\w\wHeadline\b", _class(el))), None)
    lines = _boxes(box)
    counted = next((k for k, (_, flat) in enumerate(lines) if factiva.word_count(flat) is not None), None)
    if headline is None or counted is None:
        return None
    published, outlet, _ = factiva.below_count([flat for _, flat in lines[counted + 1 : counted + 10]])
    authors = [flat for kind, flat in lines[:counted] if "author" in kind.split()]
    body = "\n\n".join(filter(None, map(text_of, _every(box, "articleParagraph"))))
    title = _flat(headline)
    if not body and not title:
        return None
    meta = Meta(
        title=title or None,
        outlet=outlet,
        author=author_of(", ".join(authors)),
        published=published,
        published_from="header" if published else None,
    )
    return Piece(body, meta), short_of_words(body, factiva.word_count(lines[counted][1]))


def _boxes(box: Tree) -> list[tuple[str, str]]:
    """The lines above a text: (class, text) of each box but the headline's."""
    inner = (el for el in box.iter("div") if el is not box and el.get("id") != "hd")
    return [(_class(el), flat) for el in inner if (flat := _flat(el))]


def _class(el: Tree) -> str:
    return str(el.get("class") or "") if isinstance(el.tag, str) else ""


def _flat(el: Tree) -> str:
    return re.sub(r"\s+", " ", str(el.text_content())).strip()


def _coded(box: Tree) -> tuple[Piece, bool] | None:
    fields: dict[str, str] = {}
    for row in box.iter("tr"):
        cells = [c for c in row if c.tag in ("td", "th")]
        code = re.sub(r"\W", "", cells[0].text_content()) if cells else ""
        if len(cells) >= 2 and code in factiva.CODES:
            fields.setdefault(code, text_of(cells[1]))
    body = "\n\n".join(fields[c] for c in factiva.TEXT_CODES[:2] if fields.get(c))
    if not body and "HD" not in fields:
        return None
    flat = {code: re.sub(r"\s+", " ", value).strip() for code, value in fields.items()}
    published = read_date(flat.get("PD"))
    meta = Meta(
        title=flat.get("HD"),
        outlet=outlet_name(flat.get("SN")),
        author=author_of(flat.get("BY")),
        published=published,
        published_from="header" if published else None,
    )
    words = re.search(r"\d[\d.,]*", flat.get("WC", ""))
    return Piece(body, meta), short_of_words(body, int(re.sub(r"\D", "", words.group())) if words else None)


# --- Europresse -------------------------------------------------------------------------------


def _europresse(tree: Tree) -> SourceText | None:
    boxes = [el for el in tree.iter("article", "div") if _first(el, "DocPublicationName") is not None]
    boxes = [el for el in boxes if el.tag == "article"] or boxes[-1:]
    if not boxes:
        return None
    pieces = [p for box in boxes if (p := _publication(box)) is not None]
    return joined(pieces, "europresse", missing(len(pieces), len(boxes), "records")) if pieces else None


def _publication(box: Tree) -> Piece | None:
    def said(name: str) -> str | None:
        el = _first(box, name)
        return re.sub(r"\s+", " ", el.text_content()).strip() or None if el is not None else None

    text = [text_of(el) for el in _every(box, "docOcurrContainer")] or [
        text_of(el) for el in box.iter("section")
    ]
    body = "\n\n".join(t for t in text if t)
    title = said("titreArticleVisu") or said("titreArticle") or said("rdp__articletitle")
    if not body and not title:
        return None
    header = " ".join(filter(None, (said("DocHeader"), said("DocPublicationName"))))
    dates = find_dates(header)
    outlet = re.split(r"\s*[,•|]\s", said("DocPublicationName") or "")[0]
    meta = Meta(
        title=title,
        outlet=outlet_name(outlet),
        author=author_of(said("docAuthors") or said("sm-margin-bottomNews")),
        published=dates[0][2] if dates else None,
        published_from="header" if dates else None,
    )
    return Piece(body, meta)


def _every(box: Tree, name: str) -> Iterator[Tree]:
    return (
        (el for el in box.iter() if name in (el.get("class") or "").split())
        if hasattr(box, "iter")
        else iter(())
    )


def _first(box: Tree, name: str) -> Tree | None:
    return next(
        (el for el in box.iter() if isinstance(el.tag, str) and name in (el.get("class") or "").split()), None
    )
