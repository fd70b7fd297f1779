"""``qa articles``: what was understood of every article, to be checked and corrected by a person."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TextIO

from qa.cli.tables import write_csv, write_json
from qa.index.store import Store

COLUMNS = (
    *("article_id", "title", "outlet", "published", "published_from", "updated", "author", "url"),
    *("characters", "truncated"),
)
SHOWN = {
    "article_id": 26,
    "published": 30,
    "published_from": 14,
    "outlet": 24,
    "author": 24,
    "characters": 10,
}

Row = dict[str, str | int | bool | None]


def rows(store: Store) -> Iterator[Row]:
    """One row an article, by file and order of appearance; a copy of a file has rows of its own."""
    for path, file in sorted(store.files().items()):
        for stored in store.articles_of(file.source) if file.source is not None else ():
            article, meta = stored.article, stored.article.meta
            yield {
                "article_id": f"{path}#{article.n}",
                "title": meta.title,
                "outlet": meta.outlet,
                "published": meta.published,
                "published_from": meta.published_from,
                "updated": meta.updated,
                "author": meta.author,
                "url": meta.url,
                "characters": sum(s.end - s.start for s in article.spans),
                "truncated": article.truncated,
            }


def write(store: Store, form: str, out: TextIO) -> None:
    """All rows as "table", "json" (a line each) or "csv"."""
    if form == "json":
        write_json(rows(store), out)
    elif form == "csv":
        write_csv(COLUMNS, rows(store), out)
    else:
        _table(rows(store), out)


def _table(found: Iterator[Row], out: TextIO) -> None:
    """Columns as wide as what stands in them, within limits; what is not known is "-"."""
    cells = [{name: _cell(row, name) for name in ("title", *SHOWN)} for row in found]
    widths = {name: min(SHOWN[name], max([len(name), *(len(c[name]) for c in cells)])) for name in SHOWN}
    room = shutil.get_terminal_size((150, 24)).columns - sum(widths.values()) - 2 * len(widths)
    names = ("article_id", "title", "outlet", "published", "published_from", "author", "characters")
    widths["title"] = max(20, min(room, max([5, *(len(c["title"]) for c in cells)])))
    for row in [{name: name.replace("_", " ") for name in names}, *cells]:
        line = "  ".join(_fitted(row[name], widths[name]) for name in names)
        out.write(line.rstrip() + "\n")


def _cell(row: Row, name: str) -> str:
    value = str(row[name] if row[name] is not None else "-")
    if name == "published" and row["updated"]:
        value = f"{value}, updated {row['updated']}"
    return value + (" […]" if name == "title" and row["truncated"] else "")


def _fitted(text: str, width: int) -> str:
    text = " ".join(text.split())
    return text.ljust(width) if len(text) <= width else text[: width - 1] + "…"
