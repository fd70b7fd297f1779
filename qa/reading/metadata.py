"""Metadata fields by the names that the world gives them: in JSON, in front matter, in sidecars."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from qa.errors import LoadError
from qa.text.dates import read_date
from qa.types import Meta

SIDECAR = ".meta.yml"
FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "name", "heading"),
    "text": (
        "text",
        "body",
        "content",
        "articlebody",
        "article_body",
        "full_text",
        "fulltext",
        "maintext",
        "article",
        "article_text",
        "description",
        "summary",
        "snippet",
    ),
    "url": ("url", "link", "canonical_url", "canonical", "web_url", "href", "source_url"),
    "published": (
        "published",
        "date",
        "published_at",
        "publishedat",
        "publish_date",
        "datepublished",
        "date_published",
        "pubdate",
        "pub_date",
        "published_date",
        "publication_date",
        "date_publish",
        "timestamp",
        "datetime",
        "created_at",
        "time",
    ),
    "outlet": (
        "outlet",
        "source",
        "publisher",
        "site",
        "sitename",
        "site_name",
        "source_name",
        "publication",
        "newspaper",
        "provider",
        "source_domain",
        "domain",
    ),
    "author": ("author", "authors", "byline", "creator", "by"),
}


def plain(value: Any) -> str | None:
    """A string out of what such a field may hold: a string, an object with a name, a list of either."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, dict):
        return next(
            (plain(value[k]) for k in ("name", "title", "text", "value", "id") if plain(value.get(k))), None
        )
    if isinstance(value, list):
        parts = [p for p in map(plain, value) if p]
        return ", ".join(parts) or None
    return None


def field(flat: dict[str, Any], name: str) -> Any:
    """The first of a field's names that has a value; keys in lower case."""
    return next((flat[key] for key in FIELDS[name] if flat.get(key) not in (None, "", [], {})), None)


def read_sidecar(path: Path) -> Meta | None:
    """``NAME.meta.yml`` beside a file: outlet, date, title, url, author that give or correct.

    Raises LoadError for anything else in it.
    """
    try:
        data = yaml.safe_load(path.read_bytes())
    except OSError:
        return None
    except yaml.YAMLError as error:
        raise LoadError(f"{path.name} is not valid YAML ({str(error).splitlines()[0]})") from None
    return meta_from_mapping(data, path.name, strict=True)


def meta_from_mapping(data: Any, where: str, strict: bool) -> Meta:
    """Metadata out of YAML. ``strict`` refuses unknown keys (front matter may hold anything)."""
    if data is None:
        return Meta()
    if not isinstance(data, dict):
        raise LoadError(f"{where}: expected lines such as `outlet: NAME`")
    flat = {str(k).lower(): v for k, v in data.items()}
    known = {key for name, keys in FIELDS.items() if name != "text" for key in keys}
    if strict and flat.keys() - known:
        raise LoadError(
            f"{where}: unknown key {sorted(flat.keys() - known)[0]!r}; known: outlet, date, title, url, author"
        )
    meta = meta_of(flat)
    value = field(flat, "published")
    if strict and value is not None and meta.published is None:
        raise LoadError(f"{where}: cannot read the date {value!r}; write it as 2024-03-18")
    return meta


def meta_of(flat: dict[str, Any]) -> Meta:
    """What the fields of a record say of an article; keys in lower case."""
    published = read_date(field(flat, "published"))
    return Meta(
        title=plain(field(flat, "title")),
        outlet=plain(field(flat, "outlet")),
        url=plain(field(flat, "url")),
        author=plain(field(flat, "author")),
        published=published,
        published_from="metadata" if published else None,
    )
