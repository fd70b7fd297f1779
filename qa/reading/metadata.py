"""Metadata fields by the names that the world gives them: in JSON, tables, front matter and sidecars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from qa.errors import LoadError
from qa.reading.authors import author_of, turned
from qa.reading.outlets import host_of as host_of
from qa.reading.outlets import outlet_name
from qa.text.dates import read_date
from qa.types import Meta

SIDECAR = ".meta.yml"
# Names as ``key_of`` writes them: lower case, letters and digits only. Earlier names win. Those of other
# languages are heads of columns.
FIELDS: dict[str, tuple[str, ...]] = {
    "title": (
        *("title", "headline", "webtitle", "name", "heading", "hedline", "articletitle", "subject"),
        *("headlines", "booktitle", "titel", "titre", "título", "titolo", "überschrift", "заголовок"),
    ),
    "text": (
        *("text", "bodytext", "plaintext", "contenttext", "maintext", "fulltext", "articletext"),
        *("articlebody", "body", "content", "contenthtml", "bodyxhtml", "bodyhtml", "bodynitf", "html"),
        *("article", "story", "storytext", "selftext", "leadparagraph", "description", "summary"),
        *("abstract", "snippet", "standfirst", "trailtext", "bodies", "abstractnote", "excerpt", "highlight"),
        *("texte", "texto", "testo", "volltext", "inhalt", "contenu", "contenido", "текст", "анонс"),
    ),
    "url": (
        *("url", "link", "canonicalurl", "canonical", "weburl", "articleurl", "href", "sourceurl"),
        *("permalink", "clippedfrom", "requestedurl", "respondedurl", "оригинал", "ссылка"),
    ),
    "published": (
        *("published", "publishedat", "publisheddate", "publishdate", "datepublished", "datepublish"),
        *("publicationdate", "publishingdate", "webpublicationdate", "firstpublished", "firstcreated"),
        *("pubdate", "pub", "date", "issued", "versioncreated", "seendate", "timestamp", "datetime"),
        *("createdat", "created", "time", "dateunixtime", "publishtime", "datum", "fecha", "дата"),
    ),
    "updated": (
        *("updated", "updatedat", "modified", "modifiedat", "datemodified", "datemodify", "lastmodified"),
        *("lastupdated", "updateddate", "dateupdated", "versioncreated"),
    ),
    "outlet": (
        *("outlet", "publication", "newspaper", "medianame", "publisher", "publishername", "sitename"),
        *("source", "sourcename", "newssource", "newsoutlet", "containertitle", "publicationtitle"),
        *("metasitename", "copyrightholder", "provider", "site", "website", "media", "domain"),
        *("sourcedomain", "quelle", "zeitung", "journal", "fuente", "medio", "fonte", "источник", "издание"),
    ),
    "author": (
        *("author", "authors", "byline", "creator", "by", "authorname", "writer", "bookauthor", "autor"),
        *("auteur", "autore", "verfasser", "автор"),
    ),
}
NAMED = ("name", "main", "original", "title", "text", "value", "rendered", "literal", "id")


def key_of(key: object) -> str:
    """A field's name without case and punctuation: ``publication_date`` is ``Publication Date``. Letters of
    any alphabet stay."""
    return re.sub(r"[\W_]+", "", str(key).lower())


def keyed(mapping: Mapping[Any, Any]) -> dict[str, Any]:
    """A mapping under the names of ``key_of``; the first of two that fall together stays."""
    flat: dict[str, Any] = {}
    for key, value in mapping.items():
        flat.setdefault(key_of(key), value)
    return flat


def plain(value: Any) -> str | None:
    """A string out of what such a field may hold: a string, an object with a name, a list of either."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, dict):
        parts = [plain(value.get(k)) for k in ("given", "family")]
        if parts[1]:
            return " ".join(p for p in parts if p)
        return next((plain(value[k]) for k in NAMED if plain(value.get(k))), None)
    if isinstance(value, list):
        found = [p for p in map(plain, main_of(value)) if p]
        return ", ".join(dict.fromkeys(found)) or None
    return None


def main_of(values: list[Any]) -> list[Any]:
    """Of several forms of one thing (``{"role": "main", "value": …}``) the main one; else all."""
    if not all(isinstance(v, dict) and "value" in v and ("role" in v or "contentType" in v) for v in values):
        return values
    return [next((v for v in values if v.get("role") == "main"), values[0])] if values else []


def field(flat: Mapping[str, Any], name: str) -> Any:
    """The first of a field's names that has a value; keys as ``key_of`` gives them."""
    return next((flat[key] for key in FIELDS[name] if flat.get(key) not in (None, "", [], {})), None)


def fields(flat: Mapping[str, Any], name: str) -> Iterable[Any]:
    """Every value that stands under one of a field's names, the more trusted first."""
    return (flat[key] for key in FIELDS[name] if flat.get(key) not in (None, "", [], {}))


def date_of(value: Any) -> str | None:
    """The date in a field: a string, a number, or ``{"date-parts": [[2021, 3, 9]]}``."""
    if isinstance(value, dict):
        parts = value.get("date-parts")
        if isinstance(parts, list) and parts and isinstance(parts[0], list):
            return read_date("-".join(f"{int(p):02d}" for p in parts[0] if str(p).isdigit()))
        return next((read_date(v) for v in value.values() if read_date(v)), None)
    if isinstance(value, list):
        return date_of(value[0]) if value else None
    if isinstance(value, str) and value.isdigit() and len(value) in (10, 13):
        return read_date(int(value))
    return read_date(value)


def is_address(value: str | None) -> bool:
    return bool(value) and bool(re.fullmatch(r"https?://\S+", value or ""))


# Services that keep copies of pages, or show them in a frame of their own, before the page's own address.
_COPIED = re.compile(
    r"^https?://(?:web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?"
    r"|archive\.(?:ph|today|is|li|md|vn|fo)/(?:o/\w+|\d{8,14})|(?:www\.)?google\.[a-z.]{2,6}/amp(?:/s)?)/"
)


def original_address(url: str) -> str:
    """Where a page is from whose address is that of a copy in an archive of the web."""
    rest = _COPIED.sub("", url, count=1)
    return url if rest == url else rest if re.match(r"https?://", rest) else f"https://{rest}"


_ONE_ARTICLE = re.compile(r"#(\d{1,6})")


def read_sidecar(path: Path) -> Meta | None:
    """``NAME.meta.yml`` beside a file: outlet, date, title, url, author that give or correct.

    Raises LoadError for anything else in it.
    """
    data = _sidecar_data(path)
    if isinstance(data, dict):
        data = {k: v for k, v in data.items() if not _ONE_ARTICLE.fullmatch(str(k))}
    return meta_from_mapping(data, path.name, strict=True)


def read_article_sidecar(path: Path) -> dict[int, Meta]:
    """What the same file says of single articles, under ``"#2":`` for the second. Raises LoadError."""
    data = _sidecar_data(path)
    numbered = (
        {m[1]: v for k, v in data.items() if (m := _ONE_ARTICLE.fullmatch(str(k)))}
        if isinstance(data, dict)
        else {}
    )
    return {int(n): meta_from_mapping(v, f"{path.name}, #{n}", strict=True) for n, v in numbered.items()}


def _sidecar_data(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_bytes())
    except OSError:
        return None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise LoadError(f"{path.name} is not valid YAML ({str(error).splitlines()[0]})") from None


def meta_from_mapping(data: Any, where: str, strict: bool) -> Meta:
    """Metadata out of YAML. ``strict`` refuses unknown keys (front matter may hold anything)."""
    if data is None:
        return Meta()
    if not isinstance(data, dict):
        raise LoadError(f"{where}: expected lines such as `outlet: NAME`")
    known = {key for name, keys in FIELDS.items() if name != "text" for key in keys}
    unknown = sorted(str(k) for k in data if key_of(k) not in known)
    if strict and unknown:
        raise LoadError(
            f"{where}: unknown key {unknown[0]!r}; known: outlet, date, updated, title, url, author"
        )
    flat = keyed(data)
    meta = meta_of(flat)
    value = field(flat, "published")
    if strict and value is not None and meta.published is None:
        raise LoadError(f"{where}: cannot read the date {value!r}; write it as 2024-03-18")
    return meta


# Keys that only programs have which keep what somebody else published; and what is theirs, not its.
_KEEPERS = ("dateadded", "timeadded", "saveddate", "highlightedat", "folder", "accessdate")
_OWN_DATES = (
    "created",
    "createdat",
    "time",
    "timestamp",
    "modified",
    "datemodified",
    "lastmodified",
    "updated",
)


def _without_own_dates(flat: Mapping[str, Any], kept: bool) -> Mapping[str, Any]:
    if kept or is_address(plain(flat.get("source"))):
        return {k: v for k, v in flat.items() if k not in _OWN_DATES}
    return flat


def meta_of(flat: Mapping[str, Any]) -> Meta:
    """What the fields of a record say of an article; keys as ``key_of`` gives them. An address under
    "source" is where the text was clipped from, not who printed it; and when it was clipped, or kept by a
    program for references, is not when it was published."""
    kept = any(key in flat for key in _KEEPERS)
    flat = _without_own_dates(flat, kept)
    published = next(filter(None, map(date_of, fields(flat, "published"))), None)
    updated = date_of(field(flat, "updated"))
    outlets = [o and o.removeprefix("www.") for o in map(plain, fields(flat, "outlet"))]
    author = plain(field(flat, "author"))
    if kept and author:  # "Brook, Ada; Au, Ben"
        author = ", ".join(map(turned, re.split(r"\s*;\s*", author)))
    url = next((u for u in map(plain, fields(flat, "url")) if is_address(u)), None) or next(
        (o for o in outlets if is_address(o)), None
    )
    url = original_address(url) if url else None
    later = updated if updated and published and updated > published else None
    return Meta(
        title=plain(field(flat, "title")),
        outlet=outlet_name(next((o for o in outlets if o and not is_address(o)), None)),
        url=url,
        author=author_of(author),
        published=published,
        published_from="metadata" if published else None,
        updated=later,
        updated_from="metadata" if later else None,
    )
