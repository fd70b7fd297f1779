"""PDF: the text of its pages in reading order, columns one after the other, what every page repeats at its
edges left out."""

from __future__ import annotations

import re
from collections import Counter

from qa.errors import LoadError
from qa.reading.loaders.pdf_layout import Fragment, lines_in_order, undivided
from qa.reading.loaders.plain import read_text
from qa.reading.loaders.records import remarks
from qa.types import SourceText

MIN_REPEATS = 3  # pages on which a line at an edge stands, numbers apart


def load_pdf(data: bytes) -> SourceText:
    """Raises LoadError for one that is damaged, encrypted, or without text."""
    pages = _pages(data)
    in_order = [lines_in_order(fragments) for fragments in pages]
    repeated = _repeated([lines for lines, _ in in_order])
    text = "\n\n".join(
        part for lines, _ in in_order if (part := _page_text([x for x in lines if _shape(x) not in repeated]))
    )
    if not text.strip():
        raise LoadError("no text in this PDF (scanned?); run a text recognition over it first")
    columns = sum(count > 1 for _, count in in_order)
    read = f"{columns} of {len(pages)} pages read as columns" if columns else None
    untold = sum(map(undivided, pages))
    doubt = (
        f"columns or tables on {untold} of {len(pages)} pages that could not be told apart"
        if untold
        else None
    )
    return read_text(text, "pdf", remarks(read, doubt))


def _pages(data: bytes) -> list[list[Fragment]]:
    import pypdfium2

    if not data[:1024].lstrip().startswith(b"%PDF-"):
        raise LoadError("wrongly named: not a PDF")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise LoadError("encrypted PDF; save it without a password") from None
        raise LoadError(f"damaged PDF ({error})") from None
    try:
        return [_fragments(document[n]) for n in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise LoadError(f"damaged PDF ({error})") from None
    finally:
        document.close()


def _fragments(page: object) -> list[Fragment]:
    """The runs of text of a page with their places: characters that follow each other on one line."""
    textpage = page.get_textpage()  # type: ignore[attr-defined]
    try:
        text = textpage.get_text_range()
        count = textpage.count_chars()
        found: list[Fragment] = []
        for i in range(min(count, len(text))):
            c = text[i]
            if c in "\r\n\0\ufffe":
                if c == "\ufffe" and found:  # a hyphen at the end of a line, as the library marks it
                    found[-1].text += "-"
                if found and c in "\r\n":
                    found[-1].closed = True
                continue
            left, bottom, right, top = textpage.get_charbox(i)
            found = _placed(found, c, left, bottom, right, top)
        return [f for f in found if f.text.strip()]
    finally:
        textpage.close()


def _placed(
    found: list[Fragment], c: str, left: float, bottom: float, right: float, top: float
) -> list[Fragment]:
    last = found[-1] if found else None
    if c.isspace():
        if last is not None and not last.text.endswith(" "):
            last.text += " "
        return found
    size = max(top - bottom, 1.0)
    if (
        last is None
        or last.closed
        or left - last.right > 2.2 * max(size, last.size)
        or left < last.left
        or not last.on_line(bottom, top)
    ):
        found.append(Fragment(left, bottom, right, top, c))
    else:
        if last.text.endswith(" "):
            last.words.append((len(last.text), left, last.right))
        last.text += c
        last.right = max(last.right, right)
        last.top, last.bottom = max(last.top, top), min(last.bottom, bottom)
    return found


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip().lower())


def _repeated(pages: list[list[str]]) -> set[str]:
    """The lines at the edges of pages (running heads, page numbers) that several pages have."""
    edges = Counter(
        shape
        for lines in pages
        for shape in {_shape(x) for x in [*[y for y in lines if y][:2], *[y for y in lines if y][-2:]]}
    )
    return {
        shape
        for shape, n in edges.items()
        if n >= min(MIN_REPEATS, max(len(pages), 2)) and n >= 0.5 * len(pages) and len(shape) <= 100
    }


def _page_text(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
