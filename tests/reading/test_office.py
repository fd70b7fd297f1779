"""Office documents, books and web archives: of one article each or of many, and the odd ones."""

from __future__ import annotations

import gzip
import zlib

import pytest

from qa.reading.loaders.files import load_bytes
from tests.reading.test_databases import DAM
from tests.reading.test_formats import META, MILL, Row, docx, page, rows, zipped
from tests.reading.test_mail import FULL, NEWS

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPED: Row = ("Mill opens at last", None, "2024-05-03", "Ada Brook")
HEADS = ("Mill opens at last", "By Ada Brook", "3 May 2024")


def word(inner: str) -> bytes:
    return zipped({"word/document.xml": f"<w:document {SPACE}><w:body>{inner}</w:body></w:document>"})


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


TOP = "".join(map(p, HEADS))
WORD: list[tuple[str, bytes, list[Row]]] = [
    ("typed", docx(*HEADS, MILL), [TYPED]),
    (
        "a sentence in several runs",
        word(TOP + f"<w:p><w:r><w:t>{MILL[:20]}</w:t></w:r><w:r><w:t>{MILL[20:]}</w:t></w:r></w:p>"),
        [TYPED],
    ),
    (
        "words that were deleted",
        word(
            TOP + f"<w:p><w:del><w:r><w:delText>Not this.</w:delText></w:r></w:del><w:r><w:t>"
            f"{MILL}</w:t></w:r></w:p>"
        ),
        [TYPED],
    ),
    (
        "a paragraph that was moved away",
        word(TOP + f"<w:p><w:moveFrom><w:r><w:t>{DAM}</w:t></w:r></w:moveFrom></w:p>" + p(MILL)),
        [TYPED],
    ),
    ("a table", word(TOP + f"<w:tbl><w:tr><w:tc>{p(MILL)}</w:tc></w:tr></w:tbl>"), [TYPED]),
    (
        "no date",
        docx("Mill opens at last", "By Ada Brook", MILL),
        [("Mill opens at last", None, None, "Ada Brook")],
    ),
]


@pytest.mark.parametrize(("data", "expected"), [c[1:] for c in WORD], ids=[c[0] for c in WORD])
def test_word(data: bytes, expected: list[Row]) -> None:
    text = load_bytes(data, "a.docx").text
    assert rows(data, "a.docx") == expected
    assert text.count(MILL) == 1 and "Not this." not in text and DAM not in text


OPEN = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE = f'xmlns:office="{OPEN}:office:1.0" xmlns:text="{OPEN}:text:1.0"'


def flat(inner: str) -> str:
    body = f"<office:body><office:text>{inner}</office:text></office:body>"
    return f'<?xml version="1.0"?><office:document-content {OFFICE}>{body}</office:document-content>'


def odt(inner: str) -> bytes:
    return zipped({"content.xml": flat(inner)})


LINES = "".join(f"<text:p>{line}</text:p>" for line in HEADS)
ODT: list[tuple[str, str, bytes, list[Row]]] = [
    ("typed", "a.odt", odt(f"{LINES}<text:p>{MILL}</text:p>"), [TYPED]),
    (
        "a heading",
        "a.odt",
        odt(
            f"<text:h>{HEADS[0]}</text:h><text:p>By Ada Brook</text:p><text:p>3 May 2024</text:p>"
            f"<text:p>{MILL}</text:p>"
        ),
        [TYPED],
    ),
    (
        "blanks that are counted",
        "a.odt",
        odt(LINES + f"<text:p>{MILL.replace(' mill ', '<text:s/>mill<text:s/>')}</text:p>"),
        [TYPED],
    ),
    (
        "a change that was tracked",
        "a.odt",
        odt(
            f"<text:tracked-changes><text:p>{DAM}</text:p></text:tracked-changes>{LINES}<text:p>"
            f"{MILL}</text:p>"
        ),
        [TYPED],
    ),
    (
        "a list",
        "a.odt",
        odt(f"{LINES}<text:list><text:list-item><text:p>{MILL}</text:p></text:list-item></text:list>"),
        [TYPED],
    ),
    ("one file of XML", "a.fodt", flat(f"{LINES}<text:p>{MILL}</text:p>").encode(), [TYPED]),
]


@pytest.mark.parametrize(("name", "data", "expected"), [c[1:] for c in ODT], ids=[c[0] for c in ODT])
def test_open_document(name: str, data: bytes, expected: list[Row]) -> None:
    assert rows(data, name) == expected
    assert load_bytes(data, name).text.count(MILL) == 1


def rtf(*lines: str) -> str:
    return "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}" + "\\par ".join(lines) + "\\par}"


RTF: list[tuple[str, str, list[Row]]] = [
    ("typed", rtf(*HEADS, MILL), [TYPED]),
    (
        "letters by number",
        rtf("M\\u252?hle offen seit gestern", "3 May 2024", MILL),
        [("Mühle offen seit gestern", None, "2024-05-03", None)],
    ),
    (
        "letters of a code page",
        rtf("M\\'fchle offen seit gestern", "3 May 2024", MILL),
        [("Mühle offen seit gestern", None, "2024-05-03", None)],
    ),
    ("styles inside a line", rtf("{\\b Mill opens} at last", *HEADS[1:], MILL), [TYPED]),
    ("no date", rtf("Mill opens at last", MILL), [("Mill opens at last", None, None, None)]),
    (
        "an export",
        rtf(
            "Mill opens",
            "The Mill Post",
            "May 3, 2024 Friday",
            "Length: 20 words",
            "Byline: Ada Brook",
            "Body",
            MILL,
            "End of Document",
        ),
        [FULL],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in RTF], ids=[c[0] for c in RTF])
def test_rtf(text: str, expected: list[Row]) -> None:
    assert rows(text, "a.rtf") == expected


LONG = f"{MILL} {DAM}"
MENU = '<div>| <a href="x">Next</a> | <a href="y">Section Menu</a> | <a href="z">Main Menu</a> |</div>'
INDEX = (
    "<h1>Front</h1><ul>"
    + "".join(f'<li><a href="a.html">Story number {n} of it</a></li>' for n in range(9))
    + "</ul>"
)


def epub(
    *chapters: str,
    publisher: str = "The Mill Post",
    date: str = "2021-03-09",
    title: str = "A book",
    nav: bool = False,
) -> bytes:
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml"/>' for n in range(len(chapters)))
    refs = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    if nav:
        items, refs = (
            f'<item id="n" href="nav.xhtml" properties="nav"/>{items}',
            f'<itemref idref="n"/>{refs}',
        )
    about = f"<dc:title>{title}</dc:title><dc:publisher>{publisher}</dc:publisher>" + (
        f"<dc:date>{date}</dc:date>" if date else ""
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{about}</metadata><manifest>{items}</manifest><spine>{refs}</spine></package>"
    )
    container = '<container><rootfiles><rootfile full-path="O/c.opf"/></rootfiles></container>'
    members = {
        "META-INF/container.xml": container,
        "O/c.opf": package,
        "O/nav.xhtml": f"<html><body><nav>{INDEX}</nav></body></html>",
    }
    members |= {f"O/c{n}.xhtml": f"<html><body>{text}</body></html>" for n, text in enumerate(chapters)}
    return zipped(members)


STORY = f"<h2>Mill opens</h2><p>By Ada Brook</p><p>{LONG}</p>"
CHAPTER: Row = ("Mill opens", "The Mill Post", "2021-03-09", "Ada Brook")
EPUB: list[tuple[str, bytes, list[Row]]] = [
    ("a chapter", epub(STORY), [CHAPTER]),
    (
        "two, the second without a byline",
        epub(STORY, f"<h2>Dam</h2><p>{LONG}</p>"),
        [CHAPTER, ("Dam", *NEWS[1:])],
    ),
    ("a table of contents", epub(STORY, nav=True), [CHAPTER]),
    ("a page of links, and a menu above the text", epub(INDEX, MENU + STORY), [CHAPTER]),
    (
        "made by a program: the book is the paper of a day",
        epub(STORY, publisher="calibre", title="The Mill Post [Tue, 09 Mar 2021]"),
        [CHAPTER],
    ),
    ("no date", epub(STORY, date=""), [("Mill opens", "The Mill Post", None, "Ada Brook")]),
]


@pytest.mark.parametrize(("data", "expected"), [c[1:] for c in EPUB], ids=[c[0] for c in EPUB])
def test_epub(data: bytes, expected: list[Row]) -> None:
    assert rows(data, "a.epub") == expected


def archived(
    html: bytes,
    address: str = "https://millpost.example/a",
    kind: str = "text/html",
    status: str = "200 OK",
    packed: bool = False,
) -> bytes:
    extra = b"Content-Encoding: deflate\r\n" if packed else b""
    body = zlib.compress(html) if packed else html
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n".encode() + extra + b"\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: "
        f"2024-01-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


PAGE = page(META).encode()
WARC: list[tuple[str, str, bytes, list[Row]]] = [
    ("a page", "a.warc", archived(PAGE), [FULL]),
    (
        "a page that says nothing: the day of the crawl is no date",
        "a.warc",
        archived(page().encode()),
        [("Mill opens", "millpost.example", None, None)],
    ),
    (
        "a picture and a page that is not there",
        "a.warc",
        archived(b"\x89PNG", kind="image/png")
        + archived(page().encode(), status="404 Not Found")
        + archived(PAGE),
        [FULL],
    ),
    (
        "the encoding that the server names",
        "a.warc",
        archived(
            page(META).replace("Ada", "Élodie").encode("cp1252"), kind="text/html; charset=windows-1252"
        ),
        [(*FULL[:3], "Élodie Brook")],
    ),
    ("packed by the server", "a.warc", archived(PAGE, packed=True), [FULL]),
    (
        "each record packed",
        "a.warc.gz",
        gzip.compress(archived(PAGE)) + gzip.compress(archived(page().encode(), "https://dam.example/b")),
        [FULL, ("Mill opens", "dam.example", None, None)],
    ),
]


@pytest.mark.parametrize(("name", "data", "expected"), [c[1:] for c in WARC], ids=[c[0] for c in WARC])
def test_web_archives(name: str, data: bytes, expected: list[Row]) -> None:
    pytest.importorskip("warcio")
    assert rows(data, name) == expected


def test_pages_that_the_server_refused_are_told() -> None:
    pytest.importorskip("warcio")
    source = load_bytes(archived(PAGE) + archived(PAGE, status="404 Not Found"), "a.warc")
    assert source.note == "1 pages that the server refused or moved"
