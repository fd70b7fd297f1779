from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from qa.errors import LoadError
from qa.reading.loaders.files import load_bytes
from qa.reading.metadata import read_sidecar
from qa.types import Meta

TEXT = "The mill — “old” and grand — opens on Friday, they said.\r\nIt is free.\n"
EXACT = [
    ("utf-8", TEXT.encode(), ".txt", TEXT, None),
    ("byte-order mark removed and nothing else", b"\xef\xbb\xbf" + TEXT.encode(), ".md", TEXT, None),
    ("utf-16", TEXT.encode("utf-16"), ".txt", TEXT, "decoded as utf-16"),
    (
        "cp1252",
        ("Der Müller sagte: „Über die Brücke führt die große Straße für alle Gäste.“ " * 4).encode("cp1252"),
        ".txt",
        "Der Müller sagte: „Über die Brücke führt die große Straße für alle Gäste.“ " * 4,
        "decoded as",
    ),
]


@pytest.mark.parametrize(
    ("data", "suffix", "text", "note"), [c[1:] for c in EXACT], ids=[c[0] for c in EXACT]
)
def test_text_is_decoded_exactly(data: bytes, suffix: str, text: str, note: str | None) -> None:
    source = load_bytes(data, suffix)
    assert source.text == text
    assert source.note is None if note is None else note in (source.note or "")


REFUSED = [
    ("empty", b"", ".txt", "empty"),
    ("only white space", b" \n\t\n", ".txt", "empty"),
    ("binary", b"abc\0def" * 50, ".txt", "binary"),
    ("controls", bytes(range(1, 9)) * 50, ".txt", "binary"),
    ("a damaged PDF named text", b"%PDF-1.7 ...", ".txt", "damaged PDF"),
    ("text named PDF", b"just text", ".pdf", "wrongly named: not a PDF"),
    ("a damaged ZIP named HTML", b"PK\x03\x04....", ".html", "damaged archive"),
    (
        "HTML named text, without text",
        b"<!DOCTYPE html><html><body></body></html>",
        ".txt",
        "no article text",
    ),
    ("text named DOCX", b"hello", ".docx", "damaged archive"),
    ("a damaged PDF", b"%PDF-1.7\nnothing", ".pdf", "PDF"),
    ("no JSON", b"{not json", ".json", "not valid JSON"),
    ("JSON without articles", b'{"a": 1}', ".json", "no article in it"),
    ("unknown suffix", b"hello", ".xyz", "no loader for .xyz"),
    ("HTML without text", b"<html><body></body></html>", ".html", "no article text"),
]


@pytest.mark.parametrize(("data", "suffix", "reason"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED])
def test_refused_with_its_reason(data: bytes, suffix: str, reason: str) -> None:
    with pytest.raises(LoadError, match=reason) as caught:
        load_bytes(data, suffix)
    assert "\n" not in str(caught.value)


HTML = (
    "<html><head><title>Mill to reopen | The Mill Post</title>"
    '<meta property="og:site_name" content="The Mill Post">'
    '<meta property="article:published_time" content="2024-05-03T08:00:00Z"></head><body>'
    '<nav><a href="/">Home</a></nav><article><h1>Mill to reopen</h1>'
    "<p>The old mill by the river will open again in the spring, its owners said on Friday evening.</p>"
    "<p>It had been closed for eleven years after a fire that destroyed its roof"
    " and most of its machines.</p>"
    "</article><footer>© 2020 The Mill Post</footer></body></html>"
)


def test_html_gives_text_title_date_and_outlet() -> None:
    source = load_bytes(HTML.encode(), ".html")
    (record,) = source.records
    assert "eleven years" in source.text and "2020" not in source.text
    assert (record.meta.title, record.meta.published, record.meta.published_from, record.meta.outlet) == (
        "Mill to reopen",
        "2024-05-03",
        "metadata",
        "The Mill Post",
    )


def test_html_list_of_articles_keeps_every_one() -> None:
    items = "".join(
        (
            f'<article><h2><a href="https://mill.example/{n}">Story number {n} of the '
            f'mill</a></h2><time datetime="2024-05-0{n}">x</time>'
            f"<p>Story {n} tells at some length what happened at the mill on day {n},"
            f" and who was there to see it, and what they said about it all afterwards "
            f"to the paper.</p></article>"
        )
        for n in (1, 2, 3)
    )
    source = load_bytes(f"<html><body><h1>Tag: mill</h1>{items}</body></html>".encode(), ".html")
    assert [(r.meta.title, r.meta.published) for r in source.records] == [
        (f"Story number {n} of the mill", f"2024-05-0{n}") for n in (1, 2, 3)
    ]


JSON_FIELDS = [
    ({"title": "T", "text": "Body text.", "date": "2024-05-03"}, ("T", None, None, "2024-05-03")),
    (
        {
            "headline": "T",
            "articleBody": "Body.",
            "datePublished": "2024-05-03T10:00:00+02:00",
            "publisher": {"name": "P"},
        },
        ("T", "P", None, "2024-05-03"),
    ),
    (
        {
            "title": "T",
            "content": "<p>One.</p><p>Two.</p>",
            "publishedAt": "Fri, 03 May 2024 10:00:00 GMT",
            "source": {"id": None, "name": "P"},
            "url": "https://p.example/a",
        },
        ("T", "P", "https://p.example/a", "2024-05-03"),
    ),
    (
        {
            "_id": "1",
            "title": "T",
            "text": "Body.",
            "metadata": {"url": "https://p.example/a", "date": "2024-05"},
        },
        ("T", None, "https://p.example/a", "2024-05"),
    ),
    ({"body": ["One.", "Two."], "timestamp": 1714730400}, (None, None, None, "2024-05-03")),
]


@pytest.mark.parametrize(("record", "expected"), JSON_FIELDS)
def test_json_fields(record: dict[str, object], expected: tuple[str | None, ...]) -> None:
    for data, suffix in (
        (json.dumps(record), ".json"),
        (json.dumps([record]), ".json"),
        (json.dumps({"articles": [record]}), ".json"),
        (json.dumps(record) + "\n", ".jsonl"),
    ):
        source = load_bytes(data.encode(), suffix)
        meta = source.records[0].meta
        assert (meta.title, meta.outlet, meta.url, meta.published) == expected
        assert "<p>" not in source.text


def test_jsonl_tells_bad_lines_and_keeps_the_rest() -> None:
    source = load_bytes(b'{"text": "One."}\nnot json\n{"nothing": 1}\n{"text": "Two."}\n', ".jsonl")
    assert [source.text[r.start : r.end] for r in source.records] == ["One.", "Two."]
    assert source.note == "2 of 4 without a readable article (line 2, 3)"


def test_pdf_text() -> None:
    source = load_bytes(make_pdf("The old mill will open again in the spring, its owners said."), ".pdf")
    assert "open again in the spring" in source.text


def make_pdf(line: str) -> bytes:
    """A PDF of one page with one line."""
    return make_pages([[(72, 720, line)]])


def make_pages(pages: list[list[tuple[int, int, str]]]) -> bytes:
    """A PDF written by hand: pages of lines, each at its place."""
    first = 4
    kids = " ".join(f"{first + 2 * k} 0 R" for k in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for k, lines in enumerate(pages):
        stream = "\n".join(f"BT /F1 11 Tf {x} {y} Td ({text}) Tj ET" for x, y, text in lines).encode()
        box = "/MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} /Contents {first + 2 * k + 1} 0 R >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    places = []
    for n, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % n + body + b"\nendobj\n")
    xref = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % p for p in places)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + rows)
    size = len(places) + 1
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, xref))
    return out.getvalue()


def test_sidecar(tmp_path: Path) -> None:
    path = tmp_path / "a.meta.yml"
    path.write_text("outlet: The Post\ndate: 2024-05-03\n")
    assert read_sidecar(path) == Meta(outlet="The Post", published="2024-05-03", published_from="metadata")
    for bad, reason in [
        ("outlett: X", "unknown key"),
        ("date: soon", "cannot read the date"),
        ("- a", "expected lines"),
        ("a: [", "not valid YAML"),
    ]:
        path.write_text(bad)
        with pytest.raises(LoadError, match=reason):
            read_sidecar(path)
