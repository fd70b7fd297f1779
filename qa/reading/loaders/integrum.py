"""Exports of Integrum as HTML: a table of fields ("^ИС:" the outlet, "^ДТ:" the date, "^ЗГ:" the headline,
"^АВ:" the author), a heading, and the text with its lines as they were typed."""

from __future__ import annotations

import re

from qa.reading.authors import author_of
from qa.reading.loaders.markup import Tree
from qa.reading.loaders.records import Piece, joined, missing
from qa.reading.outlets import outlet_name
from qa.text.dates import read_date
from qa.types import Meta, SourceText

_FIELD = re.compile(r"\^([А-ЯЁ]{2}):([^^]*)")


def read(tree: Tree) -> SourceText | None:
    """The records of an export; None for a page that is none. A list of contents above them says how many
    there are."""
    boxes = [td for td in tree.iter("td") if _FIELD.match(str(td.text_content()).strip())]
    if not boxes:
        return None
    listed = sum(bool(re.fullmatch(r"#\d+", a.get("href") or "")) for a in tree.iter("a"))
    pieces = [p for box in boxes if (p := _record(box)) is not None]
    return joined(pieces, "integrum", missing(len(pieces), max(listed, len(boxes)), "records"))


def _record(box: Tree) -> Piece | None:
    fields: dict[str, str] = {}
    for m in _FIELD.finditer(str(box.text_content())):
        fields.setdefault(m[1], re.sub(r"\s+", " ", m[2]).strip(" ,;"))
    text = next((el for el in _below(box) if el.tag == "pre"), None)
    body = _paragraphs(str(text.text_content())) if text is not None else ""
    if not body and not fields.get("ЗГ"):
        return None
    published = read_date(fields.get("ДТ"))
    meta = Meta(
        title=fields.get("ЗГ") or None,
        outlet=outlet_name(fields.get("ИС")),
        author=author_of(fields.get("АВ")),
        published=published,
        published_from="header" if published else None,
    )
    return Piece(body, meta)


def _below(box: Tree) -> list[Tree]:
    """What follows the table of fields up to the next one, beside it and beside what it stands in."""
    table = next((a for a in box.iterancestors("table")), box)
    found: list[Tree] = []
    for el in table.itersiblings():
        if isinstance(el.tag, str):
            if el.tag == "table" or el.find(".//table") is not None:
                break
            found.extend(e for e in el.iter() if isinstance(e.tag, str))
    return found


def _paragraphs(text: str) -> str:
    """A paragraph begins with an indented line or after an empty one; its lines are one."""
    parts = re.split(r"\n[ \t\u00a0]+(?=\S)|\n\s*\n", text)
    return "\n\n".join(flat for part in parts if (flat := re.sub(r"\s+", " ", part).strip()))
