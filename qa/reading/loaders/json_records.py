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
from qa.reading.metadata import field, fields, keyed, main_of, meta_of, plain
from qa.types import Meta, SourceText

DEPTH = 6  # of the list of articles below the root
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
    "html",
)
_Found = tuple[Any, str | None]  # an object, and the outlet that the object around it names


def load_json(data: bytes) -> SourceText:
    """The articles of a JSON file. Raises LoadError."""
    text, note = decode(data)
    try:
        root = json.loads(text)
    except (ValueError, RecursionError) as error:
        if _is_lines(text):
            return load_jsonl(data)
        raise LoadError(f"not valid JSON ({str(error).splitlines()[0]})") from None
    return _joined(enumerate(_listed(root), 1), "object", "json", note)


def _is_lines(text: str) -> bool:
    """Whether the first line that holds anything is an object by itself."""
    try:
        return isinstance(json.loads(text.lstrip().split("\n", 1)[0]), dict)
    except (ValueError, RecursionError):
        return False


def load_jsonl(data: bytes) -> SourceText:
    """The articles of a file of one JSON object a line. Raises LoadError where no line holds one."""
    text, note = decode(data)

    def lines() -> Iterator[tuple[int, _Found]]:
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                try:
                    yield number, (json.loads(line), None)
                except (ValueError, RecursionError):
                    yield number, (None, None)

    return _joined(lines(), "line", "jsonl", note)


# --- finding the records ----------------------------------------------------------------------


def _listed(root: Any) -> list[_Found]:
    """The objects that may be articles: the root itself, else all lists of the first level below it on which
    one holds an article."""
    for reads in (piece_of, headline_of):
        found = _level_of(root, reads)
        if found:
            return found
    return [(o, None) for o in root] if isinstance(root, list) else []


def _level_of(root: Any, reads: Callable[[Any], Piece | None]) -> list[_Found]:
    if isinstance(root, dict) and reads(root) is not None:
        return [(root, None)]
    level: list[_Found] = [(root, None)]
    for _ in range(DEPTH):
        lists = [(items, outlet) for node, outlet in level for items in _items(node, reads)]
        if lists:
            return [(o, outlet) for items, outlet in lists for o in items]
        level = [
            (value, _channel(node) if isinstance(node, dict) and isinstance(value, list) else None)
            for node, _ in level
            for value in _inside(node)
        ]
    return []


def _items(node: Any, reads: Callable[[Any], Piece | None]) -> Iterator[list[Any]]:
    """The node as a list of articles, if it is one: a list, or an object with an article under each key."""
    if isinstance(node, list):
        if any(reads(o) is not None for o in node):
            yield node
    elif isinstance(node, dict) and len(node) >= 2:
        values = list(node.values())
        if all(isinstance(v, dict) for v in values) and sum(reads(v) is not None for v in values) >= 2:
            yield values


def _inside(node: Any) -> Iterator[Any]:
    values = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    yield from (v for v in values if isinstance(v, dict | list))


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
        value = main_of(value)
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


def _joined(objects: Iterable[tuple[int, _Found]], unit: str, loader: str, note: str | None) -> SourceText:
    listed = list(objects)
    found = [(number, piece_of(obj), obj, outlet) for number, (obj, outlet) in listed]
    titles_only = not any(piece for _, piece, _, _ in found)
    if titles_only:
        found = [(number, headline_of(obj), obj, outlet) for number, (obj, outlet) in listed]
    pieces = [
        Piece(piece.body, _named(piece.meta, outlet), piece.truncated)
        for _, piece, _, outlet in found
        if piece is not None
    ]
    bad = [n for n, piece, obj, _ in found if piece is None and not _is_service(obj)]
    if not pieces:
        raise LoadError("no article in it: no object has a text, body or content field")
    note = remarks(
        note,
        "headlines only, without any text" if titles_only else None,
        unread(bad, len(bad) + len(pieces), unit),
    )
    return joined(pieces, loader, note)


def _is_service(obj: Any) -> bool:
    return isinstance(obj, dict) and obj.get("type") == "service"


def _named(meta: Meta, outlet: str | None) -> Meta:
    return meta if meta.outlet or outlet is None else meta.model_copy(update={"outlet": outlet})


def unread(bad: list[int], of: int, unit: str) -> str | None:
    """A remark on the records that hold no article."""
    if not bad:
        return None
    shown = ", ".join(map(str, bad[:5])) + (" …" if len(bad) > 5 else "")
    return f"{len(bad)} of {of} without a readable article ({unit} {shown})"
