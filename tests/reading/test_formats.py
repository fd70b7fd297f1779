"""Formats by what they are: the right articles out of files written in each format's public layout."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest

from qa.reading.loaders.files import load_bytes
from qa.reading.splitter import split

Row = tuple[str | None, str | None, str | None, str | None]  # title, outlet, date, author
MILL = "The old mill by the river opened on Friday, its owner said. It had been shut for eleven years."


def rows(data: str | bytes, name: str) -> list[Row]:
    source = load_bytes(data if isinstance(data, bytes) else data.encode(), name)
    return [(a.meta.title, a.meta.outlet, a.meta.published, a.meta.author) for a in split(source)]


def page(
    head: str = "", body: str = f"<article><h1>Mill opens</h1><p>{MILL}</p><p>{MILL}</p></article>"
) -> str:
    return f"<html><head><title>Mill opens</title>{head}</head><body>{body}</body></html>"


def linked(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def zipped(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def docx(*paragraphs: str) -> bytes:
    runs = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return zipped(
        {"word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{runs}</w:body></w:document>'}
    )


ONE: Row = ("Mill opens", "The Mill Post", "2024-05-03", "Ada Brook")
META = (
    '<meta property="og:site_name" content="The Mill Post"><meta name="author" content="Ada Brook">'
    '<meta property="article:published_time" content="2024-05-03T08:00:00Z">'
)
OBJECT = {"title": "Mill opens", "outlet": "The Mill Post", "date": "2024-05-03", "author": "By Ada Brook"}
MAIL = (
    "From: The Mill Post <news@mill.example>\r\nTo: a@b.example\r\nSubject: =?utf-8?Q?Mill_opens?=\r\n"
    "Date: Fri, 03 May 2024 06:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: {}\r\n\r\n{}"
)

CASES: list[tuple[str, str, str | bytes, list[Row]]] = [
    ("meta elements", "a.html", page(META), [ONE]),
    (
        "JSON-LD in a graph",
        "a.html",
        page(
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": '
            '"The Mill Post"}, {"@type":'
            ' "NewsArticle", "datePublished": "2024-05-03", "author": [{"name": "Ada Brook"}]}]}</script>'
        ),
        [ONE],
    ),
    ("XHTML with a declaration", "a.html", '<?xml version="1.0" encoding="UTF-8"?>\n' + page(META), [ONE]),
    ("HTML named text", "a.txt", page(META), [ONE]),
    ("packed", "a.html.gz", gzip.compress(page(META).encode()), [ONE]),
    (
        "saved by SingleFile: its date is not the article's",
        "a.html",
        (
            "<html><!--\n Page saved with SingleFile \n url: https://www.millpost.example/x "
            "\n saved date: Thu Feb 10 2022\n-->"
        )
        + page()[6:],
        [("Mill opens", "millpost.example", None, None)],
    ),
    (
        "what templates print where a name should stand",
        "a.html",
        page(META.replace("Ada Brook", "Email The Author")),
        [("Mill opens", "The Mill Post", "2024-05-03", None)],
    ),
    (
        "one article with teasers around it",
        "a.html",
        page(
            META,
            f"<article><h1>Mill opens</h1>{f'<p>{MILL}</p>' * 14}</article>"
            + "".join(
                f"<aside class='related'><article><h3>Other {n}</h3><p>{MILL} {MILL}</p></article></aside>"
                for n in (1, 2)
            ),
        ),
        [ONE],
    ),
    ("JSON", "a.json", json.dumps({**OBJECT, "text": MILL}), [ONE]),
    ("JSON under a text name", "a.txt", json.dumps([{**OBJECT, "text": MILL}]), [ONE]),
    (
        "JSON, a list three levels down",
        "a.json",
        json.dumps({"a": {"b": {"c": [{**OBJECT, "body": MILL}]}}}),
        [ONE],
    ),
    (
        "JSON, an object inside each record",
        "a.json",
        json.dumps(
            {"data": {"items": [{"meta": {"x": 1}, "item": {**OBJECT, "body_nitf": f"<p>{MILL}</p>"}}]}}
        ),
        [ONE],
    ),
    (
        "JSON, a name in parts and a date in parts",
        "a.json",
        json.dumps(
            [
                {
                    "title": "Mill opens",
                    "container-title": "The Mill Post",
                    "issued": {"date-parts": [[2024, 5, 3]]},
                    "author": [{"family": "Brook", "given": "Ada"}],
                    "abstract": MILL,
                }
            ]
        ),
        [ONE],
    ),
    (
        "JSON, headlines only",
        "a.json",
        json.dumps(
            {"articles": [{"title": "Mill opens", "domain": "mill.example", "seendate": "20240503T081500Z"}]}
        ),
        [("Mill opens", "mill.example", "2024-05-03", None)],
    ),
    (
        "JSON Feed",
        "a.json",
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "The Mill Post",
                "items": [
                    {
                        "title": "Mill opens",
                        "content_text": MILL,
                        "date_published": "2024-05-03",
                        "authors": [{"name": "Ada Brook"}],
                    }
                ],
            }
        ),
        [ONE],
    ),
    (
        "CSV",
        "a.csv",
        f'Title,Publication,Date,Byline,Content\nMill opens,The Mill Post,2024-05-03,Ada Brook,"{MILL}"\n',
        [ONE],
    ),
    (
        "CSV with semicolons",
        "a.csv",
        f"title;source;date;author;text\nMill opens;The Mill Post;2024-05-03;Ada Brook;{MILL}\n",
        [ONE],
    ),
    (
        "TSV",
        "a.tsv",
        f"title\tsource\tdate\tauthor\ttext\nMill opens\tThe Mill Post\t2024-05-03\tAda Brook\t{MILL}\n",
        [ONE],
    ),
    (
        "RSS named text, its own source",
        "a.txt",
        "<rss version='2.0'><channel><title>All the papers</title><item><title>"
        "Mill opens</title><source url='https://m.example'>The Mill"
        f" Post</source><pubDate>Fri, 03 May 2024 08:00:00 GMT</pubDate><author>"
        f"a@b.example (Ada Brook)</author><description>{MILL}"
        "</description></item></channel></rss>",
        [ONE],
    ),
    (
        "Atom",
        "a.atom",
        (
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>The Mill Post</title>"
            "<entry><title>Mill opens</title><author><name>Ada Brook"
            f"</name></author><published>2024-05-03T08:00:00Z</published><content type='html'>"
            f"&lt;p&gt;{MILL}&lt;/p&gt;</content></entry></feed>"
        ),
        [ONE],
    ),
    (
        "NITF",
        "a.xml",
        (
            '<nitf><head><docdata><date.issue norm="20240503T081500Z"/></docdata></head>'
            "<body><body.head><hedline><hl1>Mill opens</hl1></hedline>"
            f"<byline>By Ada Brook</byline><distributor>The Mill Post</distributor></body.head>"
            f"<body.content><p>{MILL}</p></body.content></body></nitf>"
        ),
        [ONE],
    ),
    (
        "NewsML-G2",
        "a.xml",
        (
            '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta><provider>'
            "<name>The Mill Post</name></provider><firstCreated>"
            "2024-05-03T08:00:00Z</firstCreated></itemMeta><contentMeta><headline>Mill "
            "opens</headline><by>By Ada Brook</by></contentMeta>"
            f'<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>'
            f"<p>{MILL}</p></body></html></inlineXML></contentSet></newsItem>"
        ),
        [ONE],
    ),
    (
        "mail, encoded once",
        "a.eml",
        MAIL.format(
            "text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable",
            MILL.replace(",", "=2C"),
        ),
        [("Mill opens", "The Mill Post", "2024-05-03", None)],
    ),
    (
        "mail named text",
        "a.txt",
        MAIL.format("text/plain", MILL),
        [("Mill opens", "The Mill Post", "2024-05-03", None)],
    ),
    (
        "mail of HTML alone",
        "a.eml",
        MAIL.format("text/html", f"<p>{MILL}</p>"),
        [("Mill opens", "The Mill Post", "2024-05-03", None)],
    ),
    (
        "a page saved as MHTML",
        "a.mht",
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://mill.example/a\r\n"
        "Subject: x\r\nDate: Fri, 10 May 2024 08:00:00 -0000\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/html\r\n\r\n"
        f"{page(META)}\r\n--b--\r\n",
        [ONE],
    ),
    (
        "DOCX",
        "a.DOCX",
        docx("Mill opens", "By Ada Brook", "3 May 2024", MILL),
        [("Mill opens", None, "2024-05-03", "Ada Brook")],
    ),
    (
        "RTF",
        "a.rtf",
        "{\\rtf1\\ansi Mill opens\\par By Ada Brook\\par 3 May 2024\\par " + MILL + "\\par}",
        [("Mill opens", None, "2024-05-03", "Ada Brook")],
    ),
    (
        "RIS",
        "a.ris",
        (
            f"TY  - NEWS\nTI  - Mill opens\nAU  - Brook, Ada\nT2  - The Mill Post\nDA "
            f" - 2024/05/03/\nAB  - {MILL}\nER  - \n"
        ),
        [ONE],
    ),
    (
        "BibTeX",
        "a.bib",
        (
            f"@article{{m, title={{{{Mill}} opens}}, author={{Brook, Ada}}, journal={{The "
            f"Mill Post}}, date={{2024-05-03}}, abstract={{{MILL}}}}}"
        ),
        [ONE],
    ),
    (
        'Web Clipper: an address under "source" is no outlet, and the day of clipping no date',
        "a.md",
        (
            '---\ntitle: "Mill opens"\nsource: "https://www.millpost.example/2024/05/03/mill"\n'
            'author:\n  - "[[Ada Brook]]"\ncreated: 2024-06-01\n---\n'
        )
        + MILL,
        [("Mill opens", "millpost.example", "2024-05-03", "Ada Brook")],
    ),
    (
        "a press release",
        "a.txt",
        (
            f"FOR IMMEDIATE RELEASE\n\nContact: Ada Brook, a@mill.example, +47 555\n"
            f"\nMill Company Opens Its Mill\n\nTELLIN, NORLAND – May 3, 2024 – {MILL}\n\n###\n"
        ),
        [("Mill Company Opens Its Mill", None, "2024-05-03", None)],
    ),
    (
        "an agency's update",
        "a.txt",
        (
            f"UPDATE 1-Mill opens at last\n\n(Adds quote, detail)\n\nBy Ada Brook\n\n"
            f"TELLIN, May 3 (Harbour Wire) - {MILL}\n"
        ),
        [("UPDATE 1-Mill opens at last", "Harbour Wire", None, "Ada Brook")],
    ),
    (
        "a Russian date",
        "a.txt",
        f"Мельница открылась\n3 мая 2024\n\n{MILL}\n",
        [("Мельница открылась", None, "2024-05-03", None)],
    ),
]


@pytest.mark.parametrize(("name", "data", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_articles(name: str, data: str | bytes, expected: list[Row]) -> None:
    assert rows(data, name) == expected


ENCODINGS = [
    (
        "UTF-8 under another name",
        page('<meta charset="iso-8859-1">').replace("owner", "“owner”").encode(),
        "“owner”",
    ),
    (
        "declared late",
        page("<!--" + "x" * 6000 + '--><meta charset="utf-8">').replace("owner", "“owner”").encode(),
        "“owner”",
    ),
    (
        "as it says",
        page('<meta charset="windows-1251">').replace("owner", "хозяин").encode("cp1251"),
        "хозяин",
    ),
    ("one broken byte", page().replace("owner", "“owner”" * 20).encode() + b"\xe2", "“owner”"),
]


@pytest.mark.parametrize(("data", "words"), [c[1:] for c in ENCODINGS], ids=[c[0] for c in ENCODINGS])
def test_what_the_bytes_are_beats_what_a_page_says(data: bytes, words: str) -> None:
    assert words in load_bytes(data, "a.html").text


UPDATED = [
    (
        "JSON-LD",
        "a.html",
        page(linked(datePublished="2012-05-10", dateModified="2026-04-24")),
        ("2012-05-10", "2026-04-24"),
    ),
    (
        "the same day is no update",
        "a.html",
        page(linked(datePublished="2024-05-03T08:00:00Z", dateModified="2024-05-03T09:00:00Z")),
        ("2024-05-03", None),
    ),
    (
        "printed",
        "a.txt",
        f"Mill opens at last\nPublished 3 May 2024, updated 9 June 2024\n\n{MILL}\n",
        ("2024-05-03", "2024-06-09"),
    ),
    (
        "printed alone",
        "a.txt",
        f"Mill opens at last\nLast updated: 9 June 2024\n\n{MILL}\n",
        ("2024-06-09", None),
    ),
    (
        "JSON",
        "a.json",
        json.dumps({**OBJECT, "text": MILL, "updated_at": "2024-06-09"}),
        ("2024-05-03", "2024-06-09"),
    ),
]


@pytest.mark.parametrize(("name", "data", "dates"), [c[1:] for c in UPDATED], ids=[c[0] for c in UPDATED])
def test_two_dates(name: str, data: str, dates: tuple[str, str | None]) -> None:
    (article,) = split(load_bytes(data.encode(), name))
    assert (article.meta.published, article.meta.updated) == dates


def test_live_blog_is_an_article_an_update() -> None:
    updates = "".join(
        (
            f'<div class="block"><time datetime="2024-05-0{n}T08:00:00Z">8am</time><h2>'
            f"Update {n}</h2><p>{MILL}</p></div>"
        )
        for n in (3, 2, 1)
    )
    data = page(
        '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>',
        f"<main><h1>Mill live</h1>{updates}</main>",
    )
    found = split(load_bytes(data.encode(), "a.html"))
    assert [(a.meta.title, a.meta.published) for a in found] == [
        ("Mill live", f"2024-05-0{n}") for n in (3, 2, 1)
    ]


CUT = [
    (
        "a wall",
        "a.html",
        page(
            linked(isAccessibleForFree=False),
            (
                f"<article><h1>Mill opens</h1><p>{MILL}</p><p>{MILL} Then the owner left "
                f"the house in</p></article>"
            ),
        ),
        True,
    ),
    ("paid for, and all there", "a.html", page(linked(isAccessibleForFree=False)), False),
    (
        "a mark of the service",
        "a.json",
        json.dumps({"title": "T", "content": "The mill opened and then… [+165 chars]"}),
        True,
    ),
    ("a whole text", "a.json", json.dumps({"title": "T", "content": MILL}), False),
]


@pytest.mark.parametrize(("name", "data", "cut"), [c[1:] for c in CUT], ids=[c[0] for c in CUT])
def test_cut_off(name: str, data: str, cut: bool) -> None:
    source = load_bytes(data.encode(), name)
    (article,) = split(source)
    assert article.truncated == cut
    assert "chars]" not in source.text[article.start : article.end]


def test_layout_tables_are_no_data() -> None:
    body = (
        f"<table><tr><td><a href='/'>Home</a></td><td><h1>Mill opens</h1><p>{MILL}<p>"
        f"{MILL[:40]} again, they said at noon.</td></tr></table>"
    )
    text = load_bytes(page("", body).encode(), "a.html").text
    assert "|" not in text and "\n" in text.strip() and "Home" not in text
