"""Feeds, news in XML, messages of agencies, and references: an outlet, a date and an author of its own for
each item, or none."""

from __future__ import annotations

import pytest

from qa.reading.loaders.files import load_bytes
from tests.reading.test_databases import DAM
from tests.reading.test_formats import MILL, Row, rows
from tests.reading.test_services import BARE, ONE, TWO

SPACES = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)


def rss(*items: str, title: str = "The Mill Post") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0"?><rss version="2.0" {SPACES}><channel><title>{title}</title>'
        f"<image><title>Logo</title></image>{inner}</channel></rss>"
    )


STAMP = "<pubDate>Tue, 09 Mar 2021 08:00:00 GMT</pubDate>"
WHO = "<dc:creator>Ada Brook</dc:creator>"
FEEDS: list[tuple[str, str, list[Row]]] = [
    (
        "pictures with titles, captions and credits of their own",
        rss(
            '<media:content url="x.jpg"><media:title>A wheel</media:title><media:description>The wheel.'
            "</media:description><media:credit>Ben Au</media:credit></media:content><media:title>A "
            "wheel</media:title>"
            f"<title>Mill opens</title>{STAMP}{WHO}<description>{MILL}</description>"
        ),
        [ONE],
    ),
    (
        "a summary and the whole text",
        rss(
            f"<title>Mill opens</title>{STAMP}{WHO}<description>S.</description><content:encoded>"
            f"<![CDATA[<p>{MILL}</p>]]></content:encoded>"
        ),
        [ONE],
    ),
    (
        "a year of two digits, no author",
        rss(
            f"<title>Mill opens</title><pubDate>Tue, 09 Mar 21 08:00:00 GMT</pubDate><description>"
            f"{MILL}</description>"
        ),
        [BARE],
    ),
    (
        "a search is no outlet",
        rss(
            f'<title>Mill opens - The Mill Post</title><source url="https://m.example">The Mill '
            f"Post</source>{STAMP}"
            f"<description>{MILL}</description>",
            f"<title>Dam holds</title><description>{DAM}</description>",
            title='"mill" - Google News',
        ),
        [BARE, ("Dam holds", None, None, None)],
    ),
    (
        "no date between dated ones",
        rss(
            f"<title>Mill opens</title>{STAMP}{WHO}<description>{MILL}</description>",
            f"<title>Dam holds</title><description>{DAM}</description>",
        ),
        [ONE, ("Dam holds", "The Mill Post", None, None)],
    ),
    (
        "Atom of many papers, an entry of one",
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>All papers</title><entry><title>Mill '
        "opens</title><source>"
        f"<title>The Mill Post</title></source><published>2021-03-09T08:00:00Z</published><author>"
        f"<name>Ada Brook"
        f"</name></author><summary>{MILL}</summary></entry></feed>",
        [ONE],
    ),
    (
        "RDF",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Mill Post</title>'
        "</channel><item><title>"
        f"Mill opens</title><dc:date>2021-03-09</dc:date>{WHO}<description>{MILL}</description>"
        f"</item></rdf:RDF>",
        [ONE],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in FEEDS], ids=[c[0] for c in FEEDS])
def test_feeds(text: str, expected: list[Row]) -> None:
    assert rows(text, "a.xml") == expected


def nitf(head: str, body_head: str, content: str = f"<p>{MILL}</p>") -> str:
    return (
        f"<nitf><head>{head}</head><body><body.head><hedline><hl1>Mill opens</hl1></hedline>{body_head}"
        f"</body.head><body.content>{content}</body.content></body></nitf>"
    )


def item(number: int, provider: str, headline: str, text: str = MILL, by: str = "") -> str:
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta><provider {provider}/>'
        f"<firstCreated>"
        f"2021-03-0{number}T08:00:00Z</firstCreated></itemMeta><contentMeta>{by}<headline>"
        f"{headline}</headline>"
        f'</contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>'
        f"{text}</p></body>"
        "</html></inlineXML></contentSet></newsItem>"
    )


PAPER = '<pubdata date.publication="20210309T000000" name="The Mill Post"/>'
LEAD = f'<block class="lead_paragraph"><p>{MILL}</p></block>'
TWICE = f'{LEAD}<block class="full_text"><p>{MILL}</p><p>{DAM}</p></block>'
NEWS: list[tuple[str, str, list[Row]]] = [
    ("NITF of a paper, its lead there twice", nitf(PAPER, "<byline>By Ada Brook</byline>", TWICE), [ONE]),
    (
        "NITF: the paper, not who brings it",
        nitf(PAPER, "<byline>Ada Brook</byline><distributor>Dam Wire</distributor>"),
        [ONE],
    ),
    (
        "NITF with two bylines and no date",
        nitf(
            '<docdata><doc.copyright holder="The Mill Post"/></docdata>',
            "<byline>By Ada Brook and Ben Au</byline>",
        ),
        [("Mill opens", "The Mill Post", None, "Ada Brook and Ben Au")],
    ),
    (
        "NewsML-G2, two items of two agencies",
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sender>x</sender>'
        "</header><itemSet>"
        + item(9, 'literal="The Mill Post"', "Mill opens", by="<by>By Ada Brook</by>")
        + item(8, 'qcode="nprov:DAM"', "Dam holds", DAM)
        + "</itemSet></newsMessage>",
        [ONE, ("Dam holds", None, "2021-03-08", None)],
    ),
    ("NewsML-G2 without a byline", item(9, 'literal="The Mill Post"', "Mill opens"), [BARE]),
    (
        "NITF that quotes a frame",
        nitf(PAPER, "<byline>Ada Brook</byline>", f"<p>{MILL}</p><p>By Nobody, 1 May 1900, Dam News.</p>"),
        [ONE],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in NEWS], ids=[c[0] for c in NEWS])
def test_news_of_agencies(text: str, expected: list[Row]) -> None:
    source = load_bytes(text.encode(), "a.xml")
    assert rows(text, "a.xml") == expected
    assert source.text.count(MILL) == 1


def wire(text: str, below: str = "091415 Mar 21", header: str = "mil014 4 pl 20 MIL 0123#2") -> str:
    return f"\x01{header}\r\nmill/economy\r\n\x02{text}\r\n\x03\r\n{below}\r\n\x04\r\n"


BODY = f"   Tellin (The Mill Post) - {MILL}\r\n   {DAM}"
WIRE: list[tuple[str, str, list[Row]]] = [
    ("a byline", wire(f"Mill opens =\r\n   By Ada Brook, mil =\r\n{BODY}"), [ONE]),
    ("none", wire(f"Mill opens=\r\n{BODY}"), [BARE]),
    ("a headline over two lines", wire(f"Mill\r\nopens =\r\n{BODY}"), [BARE]),
    (
        "no time below",
        wire(f"Mill opens =\r\n{BODY}", below=""),
        [("Mill opens", "The Mill Post", None, None)],
    ),
    (
        "no agency in the dateline",
        wire(f"Mill opens =\r\n   {MILL}"),
        [("Mill opens", None, "2021-03-09", None)],
    ),
    (
        "two messages, and notes for editors",
        wire(f"Mill opens =\r\n   By Ada Brook, mil =\r\n{BODY}\r\n   # Notebook\r\n## Ring Ben Au")
        + wire(
            f"Dam holds =\r\n   Skarn (Dam News) - {DAM}", below="081200 Aug 20", header="dam001 5 wi 16 DAM"
        ),
        [ONE, ("Dam holds", "Dam News", "2020-08-08", None)],
    ),
    (
        "a text that quotes the form of a time",
        wire(f"Mill opens =\r\n{BODY}\r\n   It read 010101 Jan 99."),
        [BARE],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in WIRE], ids=[c[0] for c in WIRE])
def test_wire(text: str, expected: list[Row]) -> None:
    assert rows(text.encode("cp1252"), "a.txt") == expected
    assert "Ring Ben Au" not in load_bytes(text.encode("cp1252"), "a.txt").text


RIS: list[tuple[str, str, list[Row]]] = [
    (
        "other tags",
        f"TY  - NEWS\r\nT1  - Mill opens\r\nA1  - Brook, Ada\r\nJO  - The Mill Post\r\nY1  - "
        f"2021/03/09/Tue\r\nN2  - {MILL}\r\nER  - \r\n",
        [ONE],
    ),
    (
        "two authors",
        f"TY  - NEWS\nTI  - Mill opens\nAU  - Brook, Ada\nAU  - Au, Ben\nT2  - The Mill Post\nDA  "
        f"- 2021/03/09\nAB  - {MILL}\nER  - \n",
        [("Mill opens", "The Mill Post", "2021-03-09", "Ada Brook, Ben Au")],
    ),
    (
        "a year alone",
        f"TY  - NEWS\nTI  - Mill opens\nJF  - The Mill Post\nPY  - 2021///\nAB  - {MILL}\nER  - \n",
        [("Mill opens", "The Mill Post", "2021", None)],
    ),
    (
        "no date, then a neighbour with one",
        f"TY  - NEWS\nTI  - Dam holds\nT2  - Dam News\nAB  - {DAM}\nER  - \n\nTY  - NEWS\nTI  - "
        f"Mill opens\nT2  - The Mill Post\nDA  - 2021/03/09/\nER  - \n",
        [TWO, BARE],
    ),
    (
        "a value that goes on",
        f"TY  - NEWS\nTI  - Mill opens\nAU  - Brook, Ada\nT2  - The Mill Post\nDA  - 2021/03/09/\n"
        f"AB  - {MILL}\n{DAM}\nER  - \n",
        [ONE],
    ),
    (
        "a byte-order mark",
        f"\ufeffTY  - NEWS\nTI  - Mill opens\nT2  - The Mill Post\nDA  - 2021/03/09/\nAB  - {MILL}\nER  - \n",
        [BARE],
    ),
]
BIBTEX: list[tuple[str, str, list[Row]]] = [
    (
        "quotation marks, a month by name",
        f'@article{{m, title = "Mill opens", author = "Brook, Ada", journal = "The Mill Post", '
        f'year = 2021, month = mar, day = 9, abstract = "{MILL}"}}',
        [ONE],
    ),
    (
        "a month by number",
        f"@article{{m, title={{Mill opens}}, author={{Ada Brook}}, journal={{The Mill Post}}, "
        f"year={{2021}}, month={{3}}, day={{9}}, abstract={{{MILL}}}}}",
        [ONE],
    ),
    (
        "letters of TeX",
        f"@article{{m, title = {{{{\\O}}re and {{\\aa}} mill}}, author = {{{{\\AA}}berg, "
        f'Bj{{\\"o}}rn}}, journal = {{Bl\\ae{{}}tt}}, year = 2021, abstract = {{{MILL}}}}}',
        [("Øre and å mill", "Blætt", "2021", "Björn Åberg")],
    ),
    (
        "two authors",
        f"@article{{m, title={{Mill opens}}, author={{Brook, Ada and Au, Ben}}, journal={{The Mill "
        f"Post}}, date={{2021-03-09}}, abstract={{{MILL}}}}}",
        [("Mill opens", "The Mill Post", "2021-03-09", "Ada Brook, Ben Au")],
    ),
    (
        "no date, beside one with a date",
        f"@article{{d, title={{Dam holds}}, journal={{Dam News}}, abstract={{{DAM}}}}}\n\n"
        f"@article{{m, title={{Mill opens}}, journal={{The Mill Post}}, date={{2021-03-09}}}}",
        [TWO, BARE],
    ),
    (
        "comments and strings between",
        f'@comment{{x}}\n@string{{mp = "x"}}\n@misc{{m, title={{Mill opens}}, publisher={{The Mill '
        f"Post}}, date={{2021-03-09}}, abstract={{{MILL}}}}}",
        [BARE],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in RIS], ids=[c[0] for c in RIS])
def test_ris(text: str, expected: list[Row]) -> None:
    assert rows(text, "a.ris") == expected


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in BIBTEX], ids=[c[0] for c in BIBTEX])
def test_bibtex(text: str, expected: list[Row]) -> None:
    assert rows(text, "a.bib") == expected
