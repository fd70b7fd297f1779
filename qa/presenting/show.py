"""``qa show``: a file, an article, a line or a span, found in the store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from qa.attribution.statements import line_of
from qa.errors import NotFound
from qa.index.store import Store
from qa.presenting.printable import web_address
from qa.types import StoredArticle

ENDS = 6  # words of a longer quote by which its begin and its end are found on a page
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")  # what follows the last line end is no line


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of a source text with the spans to highlight and what is boilerplate in it."""

    file: str
    text: str
    start: int  # what is shown
    end: int
    highlight: tuple[int, int] | None
    articles: tuple[StoredArticle, ...]
    first_line: int


def _file(store: Store, name: str) -> tuple[str, int]:
    """(path, source) of a file by its path, or by the end or beginning of it where that is unique."""
    files = store.files()
    matches = [name] if name in files else [p for p in files if p.endswith("/" + name) or p.startswith(name)]
    if len(matches) != 1:
        several = sorted(matches or files)
        known = ", ".join(several[:5]) + (" …" if len(several) > 5 else "")
        raise NotFound(f"{'several files' if matches else 'no file'} {name!r} here; there is {known}")
    row = files[matches[0]]
    if row.source is None:
        raise NotFound(f"{row.path} could not be read: {row.failed}")
    return row.path, row.source


def source_of(store: Store, name: str) -> str:
    """The source text of a file, exactly."""
    return store.text(_file(store, re.sub(r"(?:#\d+|:\d+|@\d+-\d+)$", "", name))[1])


def address_of(shown: Shown, root: Path) -> str:
    """Where a browser shows it: the article's own address, else the file, with the quote as a text fragment
    (https://wicg.github.io/scroll-to-text-fragment/) where one is meant."""
    at = shown.highlight[0] if shown.highlight else shown.start
    article = next((a.article for a in shown.articles if a.article.start <= at < a.article.end), None)
    url = web_address(article.meta.url if article else None)
    where = url or (root / shown.file).absolute().as_uri()
    if not shown.highlight or not (url or shown.file.lower().endswith((".html", ".htm", ".txt", ".md"))):
        return where
    words = shown.text[slice(*shown.highlight)].split()
    if not words:
        return where
    few = len(words) <= 2 * ENDS
    ends = [words] if few else [words[:ENDS], words[-ENDS:]]
    text = ",".join(quote(" ".join(part), safe="").replace("-", "%2D") for part in ends)
    return f"{where}{'' if '#' in where else '#'}:~:text={text}"


def find(store: Store, what: str) -> Shown:
    """``FILE``, ``FILE#N`` (article), ``FILE:LINE`` or ``FILE@START-END``. Raises NotFound."""
    m = re.fullmatch(
        r"(?P<file>.+?)(?:#(?P<n>\d+)|:(?P<line>\d+)|@(?P<start>\d+)-(?P<end>\d+))?", what, re.DOTALL
    )
    assert m is not None
    path, source = _file(store, m["file"])
    text = store.text(source)
    articles = tuple(store.articles_of(source))
    start, end, highlight = 0, len(text), None
    if m["n"]:
        article = next((a for a in articles if a.article.n == int(m["n"])), None)
        if article is None:
            raise NotFound(f"{path} has {len(articles)} articles, no number {m['n']}")
        start, end = article.article.start, article.article.end
    elif m["line"] or m["start"]:
        if m["line"]:
            spans = [(x.start(), x.end()) for x in _LINE.finditer(text)]
            if not 1 <= int(m["line"]) <= len(spans):
                lines = f"{len(spans)} line{'s' * (len(spans) != 1)}"
                raise NotFound(f"{path} has {lines}, no line {m['line']}")
            a, b = spans[int(m["line"]) - 1]
        else:
            a, b = int(m["start"]), int(m["end"])
            if not 0 <= a < b <= len(text):
                raise NotFound(f"{path} has {len(text)} characters; {a}-{b} is not in it")
        highlight = (a, b)
        start = max(text.rfind("\n", 0, max(a - 400, 0)) + 1, 0)
        stop = text.find("\n", min(b + 400, len(text)))
        end = len(text) if stop < 0 else stop
    return Shown(path, text, start, end, highlight, articles, line_of(text, start))
