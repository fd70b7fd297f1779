"""Office documents and books: DOCX, ODT, RTF and EPUB. The first two and the last are archives of XML; of
them only the text is needed, in order, which is read without a library for each."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from qa.errors import LoadError
from qa.reading.authors import author_of
from qa.reading.loaders.encoding import decode
from qa.reading.loaders.markup import Tree, child_text, html_tree, local, text_of, xml_tree
from qa.reading.loaders.plain import read_text
from qa.reading.loaders.records import Piece, joined
from qa.text.dates import read_date
from qa.types import Meta, SourceText

MAX_MEMBER = 100_000_000  # bytes of one member, unpacked: more is a bomb
MIN_WORDS = 30  # of a chapter that is an article


def archive(data: bytes) -> zipfile.ZipFile:
    """Raises LoadError for a damaged one."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise LoadError(f"damaged archive ({error})") from None


def _member(zipped: zipfile.ZipFile, name: str) -> bytes:
    try:
        with zipped.open(name) as file:
            data = file.read(MAX_MEMBER + 1)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # what a damaged archive makes zipfile and zlib raise has no common base
        raise LoadError(f"damaged document: {name} cannot be read ({error})") from None
    if len(data) > MAX_MEMBER:
        raise LoadError(f"{name} in it is larger than {MAX_MEMBER // 1_000_000} MB")
    return data


def member_xml(zipped: zipfile.ZipFile, name: str) -> Tree:
    return xml_tree(decode(_member(zipped, name))[0])


# --- DOCX and ODT -----------------------------------------------------------------------------


def load_docx(data: bytes) -> SourceText:
    """The paragraphs of a Word document, deleted text left out. Raises LoadError."""
    root = member_xml(archive(data), "word/document.xml")
    return _paragraphs(
        (_run(p) for p in root.iter() if local(p) == "p" and not _inside(p, "fallback", "movefrom")), "docx"
    )


def _inside(element: Tree, *names: str) -> bool:
    return any(local(a) in names for a in element.iterancestors())


def _run(paragraph: Tree) -> str:
    parts = []
    for el in paragraph.iter():
        name = local(el)
        if name == "t" and _own(el, paragraph) and not _inside(el, "movefrom"):
            parts.append(el.text or "")
        elif name in ("tab", "ptab"):
            parts.append("\t")
        elif name in ("br", "cr"):
            parts.append("\n")
    return "".join(parts)


def _own(element: Tree, paragraph: Tree) -> bool:
    """Whether a run belongs to this paragraph and not to one in a text box inside it."""
    return next((a for a in element.iterancestors() if local(a) == "p"), None) is paragraph


def load_odt(data: bytes) -> SourceText:
    """The paragraphs and headings of an OpenDocument text. Raises LoadError."""
    flat = not data.startswith(b"PK")  # the same document as one XML file
    root = xml_tree(decode(data)[0]) if flat else member_xml(archive(data), "content.xml")
    body = next((el for el in root.iter() if local(el) == "text" and len(el)), root)
    found = (
        el for el in body.iter() if local(el) in ("p", "h") and not _inside(el, "tracked-changes", "p", "h")
    )
    return _paragraphs((_odt_run(p) for p in found), "odt")


def _odt_run(paragraph: Tree) -> str:
    parts = [paragraph.text or ""]
    for el in paragraph.iterdescendants():
        name = local(el)
        blank = {"s": " " * int(_attribute(el, "c") or 1), "tab": "\t", "line-break": "\n"}.get(name)
        parts.append(
            (blank if blank is not None else (el.text or "") if name not in ("annotation",) else "")
            + (el.tail or "")
        )
    return "".join(parts)


def _attribute(element: Tree, name: str) -> str | None:
    return next((str(v) for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)


def _paragraphs(paragraphs: Iterator[str], loader: str) -> SourceText:
    text = "\n\n".join(p.strip() for p in paragraphs if p.strip())
    if not text:
        raise LoadError("no text in this document")
    return read_text(text, loader)


def load_rtf(data: bytes) -> SourceText:
    """Raises LoadError."""
    from striprtf.striprtf import rtf_to_text

    try:
        text = str(rtf_to_text(data.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, IndexError, RecursionError) as error:
        raise LoadError(f"damaged RTF ({error})") from None
    return _paragraphs(iter(text.replace("\r", "\n").split("\n")), "rtf")


# --- EPUB -------------------------------------------------------------------------------------


def load_epub(data: bytes) -> SourceText:
    """An article a chapter, as programs that fetch news make such books. Raises LoadError."""
    zipped = archive(data)
    names = set(zipped.namelist())
    container = member_xml(zipped, "META-INF/container.xml")
    package = next((_attribute(el, "full-path") for el in container.iter() if local(el) == "rootfile"), None)
    if package is None or package not in names:
        raise LoadError("damaged EPUB: it names no package")
    root = member_xml(zipped, package)
    book = _book(root)
    pieces = [
        p for name in _spine(root, package) if name in names and (p := _chapter(_member(zipped, name), book))
    ]
    if not pieces:
        raise LoadError("no chapter of this EPUB holds running text")
    return joined(pieces, "epub")


def _book(root: Tree) -> Meta:
    """What the package says of all chapters."""
    about = next((el for el in root.iter() if local(el) == "metadata"), root)
    published = read_date(child_text(about, "date"))
    publisher = child_text(about, "publisher")
    made = (publisher or "").lower() == "calibre"  # by a program that fetches news
    outlet = publisher if publisher and not made else child_text(about, "title")
    outlet = re.sub(r"\s*\[[^\]]*\d{4}\]$", "", outlet) if outlet else None
    return Meta(
        outlet=outlet,
        author=None if made else author_of(child_text(about, "creator")),
        published=published,
        published_from="metadata" if published else None,
    )


def _spine(root: Tree, package: str) -> Iterator[str]:
    hrefs = {
        el.get("id"): el.get("href")
        for el in root.iter()
        if local(el) == "item" and "nav" not in (el.get("properties") or "").split()
    }
    for el in root.iter():
        read = local(el) == "itemref" and el.get("linear") != "no"
        href = hrefs.get(el.get("idref")) if read else None
        if href:
            yield posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(href)))


def _chapter(data: bytes, book: Meta) -> Piece | None:
    tree = html_tree(decode(data)[0])
    for block in [b for b in tree.iter("div", "p", "table", "ul", "nav") if _only_links(b)]:
        block.clear()
    body = text_of(tree)
    if len(body.split()) < MIN_WORDS:
        return None
    heading = next((h for h in tree.iter("h1", "h2", "h3") if h.text_content().strip()), None)
    title = re.sub(r"\s+", " ", heading.text_content()).strip() if heading is not None else None
    parts = body.split("\n\n")
    if title and title in parts[:3]:
        parts.remove(title)
    by = next((k for k, part in enumerate(parts[:3]) if _BY.match(part)), None)
    author = author_of(parts.pop(by)) if by is not None else book.author
    return Piece("\n\n".join(parts), book.model_copy(update={"title": title, "author": author}))


_BY = re.compile(r"(?:by|von|par|por)\s+[A-ZÀ-Þ](?:\S+\s*){1,7}$", re.IGNORECASE)


def _only_links(block: Tree) -> bool:
    """Whether a block is a menu: two links at least, and no word beside them."""
    links = list(block.iter("a"))
    inside = sum(len(str(a.text_content()).split()) for a in links)
    return len(links) >= 2 and len(re.findall(r"\w+(?:\S*\w)?", str(block.text_content()))) <= inside
