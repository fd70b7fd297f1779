"""JSON and JSON lines of many services: objects with a text under one of its many names, in a list that
may lie a few levels deep."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from qa.errors import LoadError
from qa.reading.loaders.encoding import decode
from qa.reading.loaders.markup import unmarked
from qa.reading.loaders.records import Piece, joined, remarks
from qa.reading.metadata import field, fields, keyed, meta_of, plain
from qa.types import Meta, SourceText

DEPTH = 4  # of the list of articles below the root
# An object inside a record that holds more of its fields.
WRAPPERS = (
    "fields",
    "metadata",
    "meta",
    "source",
    "article",
    "item",
    "attributes",
    "node",
    "document",
    "post",
)


def load_json(data: bytes) -> SourceText:
    """The articles of a JSON file. Raises LoadError."""
    text, note = decode(data)
    try:
        root = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LoadError(f"not valid JSON ({str(error).splitlines()[0]})") from None
    objects, outlet = _listed(root)
    return _joined(enumerate(objects, 1), "object", "json", note, outlet)


def load_jsonl(data: bytes) -> SourceText:
    """The articles of a file of one JSON object a line. Raises LoadError where no line holds one."""
    text, note = decode(data)

    def lines() -> Iterator[tuple[int, Any]]:
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                try:
                    yield number, json.loads(line)
                except (ValueError, RecursionError):
                    yield number, None

    return _joined(lines(), "line", "jsonl", note, None)


# --- finding the records ----------------------------------------------------------------------


def _listed(root: Any) -> tuple[list[Any], str | None]:
    """The objects that may be articles, and the outlet that the object around them names: the root
    itself, else the first list below it in which one is an article."""
    for reads in (piece_of, headline_of):
        found = _list_of(root, reads)
        if found is not None:
            return found
    return (root if isinstance(root, list) else []), None


def _list_of(root: Any, reads: Callable[[Any], Piece | None]) -> tuple[list[Any], str | None] | None:
    if isinstance(root, dict) and reads(root) is not None:
        return [root], None
    level: list[Any] = [root]
    for _ in range(DEPTH):
        below: list[Any] = []
        for node in level:
            if isinstance(node, list) and any(reads(o) is not None for o in node):
                return node, None
            if isinstance(node, dict):
                for value in node.values():
                    if isinstance(value, list) and any(reads(o) is not None for o in value):
                        return value, _channel(node)
                below.extend(v for v in node.values() if isinstance(v, dict | list))
            elif isinstance(node, list):
                below.extend(v for v in node[:50] if isinstance(v, dict))
        level = below
    return None


def _channel(around: dict[str, Any]) -> str | None:
    """The name of the feed or channel whose posts an object lists (JSON Feed, an export of Telegram);
    other lists are named after whoever asked for them."""
    is_feed = "jsonfeed.org" in str(around.get("version", ""))
    is_channel = isinstance(around.get("messages"), list)
    return plain(around.get("title") or around.get("name")) if is_feed or is_channel else None


# --- one record -------------------------------------------------------------------------------


def flattened(obj: dict[str, Any]) -> dict[str, Any]:
    """The fields of a record with those of the objects inside it; its own win, and where it has only an
    object in the place of a record ("item": {…}), that is the record."""
    flat = keyed(obj)
    for wrapper in WRAPPERS:
        inner = flat.get(wrapper)
        if isinstance(inner, dict):
            for key, value in flattened(inner).items():
                if key not in flat or flat[key] in (None, "", [], {}):
                    flat[key] = value
    return flat


def piece_of(obj: Any) -> Piece | None:
    """The article in an object, or None where no text is in it."""
    if not isinstance(obj, dict) or obj.get("type") == "service":
        return None
    flat = flattened(obj)
    body = next((b for b in map(body_of, fields(flat, "text")) if b), None)
    return Piece(body, _meta(flat)) if body else None


def _meta(flat: dict[str, Any]) -> Meta:
    meta = meta_of(flat)
    title = unmarked(meta.title).strip() if meta.title else None
    return meta.model_copy(update={"title": title or None})


def headline_of(obj: Any) -> Piece | None:
    """An object that is a headline with its address or date, and has no text (lists of search results)."""
    if not isinstance(obj, dict) or obj.get("type") == "service":
        return None
    meta = _meta(flattened(obj))
    return Piece("", meta) if meta.title and (meta.url or meta.published) else None


def body_of(value: Any) -> str | None:
    """Running text out of a field: a string, its paragraphs, sections of paragraphs, or runs of styled
    text that only together are a sentence."""
    if isinstance(value, str):
        return unmarked(value).strip() or None
    if isinstance(value, list):
        runs = any(isinstance(v, dict) and isinstance(v.get("text"), str) and "type" in v for v in value)
        if runs and any(isinstance(v, str) for v in value):
            pieces = [
                v if isinstance(v, str) else str(v.get("text", ""))
                for v in value
                if isinstance(v, str | dict)
            ]
            return "".join(pieces).strip() or None
        return "\n\n".join(b for b in map(body_of, value) if b) or None
    if isinstance(value, dict):
        parts = [value[k] for k in ("headline", "paragraphs", "sections") if isinstance(value.get(k), list)]
        if parts:
            return "\n\n".join(b for b in map(body_of, parts) if b) or None
        inner = field(keyed(value), "text") or value.get("rendered") or value.get("value")
        return body_of(inner) if inner is not None and inner is not value else None
    return None


def _joined(
    objects: Iterable[tuple[int, Any]], unit: str, loader: str, note: str | None, outlet: str | None
) -> SourceText:
    listed = list(objects)
    found = [(number, piece_of(obj), obj) for number, obj in listed]
    titles_only = not any(piece for _, piece, _ in found)
    if titles_only:
        found = [(number, headline_of(obj), obj) for number, obj in listed]
    pieces = [piece for _, piece, _ in found if piece is not None]
    bad = [n for n, piece, obj in found if piece is None and not _is_service(obj)]
    if not pieces:
        raise LoadError("no article in it: no object has a text, body or content field")
    if outlet:
        pieces = [Piece(p.body, _named(p.meta, outlet), p.truncated) for p in pieces]
    note = remarks(
        note,
        "headlines only, without any text" if titles_only else None,
        unread(bad, len(bad) + len(pieces), unit),
    )
    return joined(pieces, loader, note)


def _is_service(obj: Any) -> bool:
    return isinstance(obj, dict) and obj.get("type") == "service"


def _named(meta: Meta, outlet: str) -> Meta:
    return meta if meta.outlet else meta.model_copy(update={"outlet": outlet})


def unread(bad: list[int], of: int, unit: str) -> str | None:
    """A remark on the records that hold no article."""
    if not bad:
        return None
    shown = ", ".join(map(str, bad[:5])) + (" …" if len(bad) > 5 else "")
    return f"{len(bad)} of {of} without a readable article ({unit} {shown})"
