"""JSON of many services, tables and workbooks, in their public layouts and the odd ones: whoever printed an
article, and when, is told by its own record or by nobody."""

from __future__ import annotations

import gzip
import json

import pytest

from qa.errors import LoadError
from qa.reading.loaders.files import load_bytes
from tests.reading.test_databases import DAM
from tests.reading.test_formats import MILL, Row, rows, zipped

ONE: Row = ("Mill opens", "The Mill Post", "2021-03-09", "Ada Brook")
BARE: Row = ("Mill opens", "The Mill Post", "2021-03-09", None)
TWO: Row = ("Dam holds", "Dam News", None, None)
A = {
    "title": "Mill opens",
    "source": "The Mill Post",
    "date": "2021-03-09",
    "author": "Ada Brook",
    "text": MILL,
}
B = {"title": "Dam holds", "source": "Dam News", "text": DAM}
LINES = "\n".join(map(json.dumps, (A, B)))

JSON: list[tuple[str, str, object, list[Row]]] = [
    (
        "answers of a service, one after the other",
        "a.json",
        [{"articles": [A]}, {"articles": [B]}],
        [ONE, TWO],
    ),
    ("an object with an article under each number", "a.json", {"17": A, "18": B}, [ONE, TWO]),
    ("lines that are named JSON", "a.json", LINES, [ONE, TWO]),
    (
        "lines with a byte-order mark, packed",
        "a.jsonl.gz",
        gzip.compress(b"\xef\xbb\xbf" + LINES.encode()),
        [ONE, TWO],
    ),
    (
        "two channels, each with its name",
        "a.json",
        {
            "chats": {
                "list": [
                    {"name": "The Mill Post", "messages": [{"date": "2021-03-09T08:00:00", "text": MILL}]},
                    {"name": "Dam News", "messages": [{"date": "2020-08-08T08:00:00", "text": DAM}]},
                ]
            }
        },
        [(None, "The Mill Post", "2021-03-09", None), (None, "Dam News", "2020-08-08", None)],
    ),
    (
        "related articles inside an article are not its neighbours",
        "a.json",
        [{**A, "related": [B]}],
        [ONE],
    ),
    (
        "ninjs 2: headlines and bodies with their roles",
        "a.json",
        {
            "firstCreated": "2021-03-09T08:00:00Z",
            "copyrightHolder": "The Mill Post",
            "byline": "By Ada Brook",
            "headlines": [{"role": "short", "value": "Mill"}, {"role": "main", "value": "Mill opens"}],
            "bodies": [{"role": "main", "contentType": "text/html", "value": f"<p>{MILL}</p>"}],
        },
        [ONE],
    ),
    (
        "newspaper4k",
        "a.json",
        {
            "source_url": "https://mill.example",
            "url": "https://mill.example/a",
            "title": "Mill opens",
            "authors": ["Ada Brook", "Read More"],
            "publish_date": "2021-03-09 00:00:00",
            "text": MILL,
            "meta_site_name": "The Mill Post",
        },
        [ONE],
    ),
    (
        "news-please: the day of the download is no date",
        "a.json",
        {
            "title": "Mill opens",
            "maintext": MILL,
            "date_publish": None,
            "date_download": "2024-01-01",
            "source_domain": "www.mill.example",
        },
        [("Mill opens", "mill.example", None, None)],
    ),
    (
        "fundus",
        "a.json",
        {
            "title": "Mill opens",
            "authors": ["Ada Brook"],
            "publishing_date": "2021-03-09 08:00:00+00:00",
            "publisher": "The Mill Post",
            "body": {"summary": ["S."], "sections": [{"headline": ["H"], "paragraphs": [MILL, DAM]}]},
            "html": {"requested_url": "https://mill.example/a", "content": "<html>raw</html>"},
        },
        [ONE],
    ),
]


@pytest.mark.parametrize(("name", "data", "expected"), [c[1:] for c in JSON], ids=[c[0] for c in JSON])
def test_json(name: str, data: object, expected: list[Row]) -> None:
    assert rows(data if isinstance(data, str | bytes) else json.dumps(data), name) == expected


HEAD = "Title,Source,Date,Author,Text\n"
TABLES: list[tuple[str, str, str | bytes, list[Row]]] = [
    (
        "a line for Excel above",
        "a.csv",
        f"sep=;\ntitle;source;date;author;text\nMill opens;The Mill Post;2021-03-09;Ada Brook;{MILL}\n",
        [ONE],
    ),
    (
        "line breaks in a cell",
        "a.csv",
        f'{HEAD}Mill opens,The Mill Post,2021-03-09,Ada Brook,"{MILL}\n\n{DAM}"\n',
        [ONE],
    ),
    (
        "UTF-16 with tabs",
        "a.csv",
        f"title\tsource\tdate\tauthor\ttext\nMill opens\tThe Mill Post\t2021-03-09\tAda "
        f"Brook\t{MILL}\n".encode("utf-16"),
        [ONE],
    ),
    (
        "German",
        "a.csv",
        f"Titel;Quelle;Datum;Autor;Text\nMill opens;The Mill Post;09.03.2021;Ada Brook;{MILL}\n",
        [ONE],
    ),
    (
        "Russian, packed",
        "a.csv.gz",
        gzip.compress(
            f"Заголовок;Источник;Дата;Автор;Текст\nMill opens;The Mill Post;09.03.2021;Ada Brook;"
            f"{MILL}\n".encode("cp1251")
        ),
        [ONE],
    ),
    (
        "a row without a date and an author",
        "a.csv",
        f'{HEAD}Mill opens,The Mill Post,2021-03-09,Ada Brook,"{MILL}"\nDam holds,Dam News,,,"{DAM}"\n',
        [ONE, TWO],
    ),
    (
        "a program for references: when it was added is not when it was updated",
        "a.csv",
        '"Author","Title","Publication Title","Abstract Note","Date","Date Added","Date Modified"\n'
        f'"Brook, Ada; Au, Ben","Mill opens","The Mill Post","{MILL}","2021-03-09","2024-01-01",'
        f'"2024-02-01"\n',
        [("Mill opens", "The Mill Post", "2021-03-09", "Ada Brook, Ben Au")],
    ),
    (
        "bookmarks: when they were kept is no date",
        "a.csv",
        "title,url,folder,created\nMill opens,https://mill.example/a,F,2024-01-01\n",
        [("Mill opens", "Mill", None, None)],
    ),
]


@pytest.mark.parametrize(("name", "data", "expected"), [c[1:] for c in TABLES], ids=[c[0] for c in TABLES])
def test_tables(name: str, data: str | bytes, expected: list[Row]) -> None:
    assert rows(data, name) == expected


def test_a_row_whose_cells_are_shifted_is_not_read() -> None:
    shifted = "Dam, again,Dam News,2020-08-08,,A dam.\n"
    text = f'{HEAD}Mill opens,The Mill Post,2021-03-09,Ada Brook,"{MILL}"\n{shifted}'
    source = load_bytes(text.encode(), "a.csv")
    assert [r.meta.outlet for r in source.records] == ["The Mill Post"]
    assert source.note == (
        "1 of 2 without a readable article (row 3); 1 of these rows have more cells than the table "
        "has columns"
    )
    with pytest.raises(LoadError, match="no row has a text"):
        load_bytes(f"{HEAD}{shifted}".encode(), "a.csv")


def workbook(*lines: tuple[str, ...], shared: bool = True, dates: bool = True) -> bytes:
    strings: list[str] = []
    rows = []
    for n, line in enumerate(lines, 1):
        cells = []
        for letter, value in zip("ABCDE", line, strict=False):
            if value.isdigit():
                cells.append(f'<c r="{letter}{n}"><v>{value}</v></c>')
            elif value and shared:
                strings.append(value)
                cells.append(f'<c r="{letter}{n}" t="s"><v>{len(strings) - 1}</v></c>')
            elif value:
                cells.append(f'<c r="{letter}{n}" t="inlineStr"><is><t>{value}</t></is></c>')
        rows.append(f'<row r="{n}">{"".join(cells)}</row>')
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    members = {"xl/workbook.xml": f"<workbook {space}/>"}
    members["xl/worksheets/sheet1.xml"] = (
        f"<worksheet {space}><sheetData>{''.join(rows)}</sheetData></worksheet>"
    )
    if shared:
        items = "".join(f"<si><r><t>{s}</t></r><rPh><t>pron</t></rPh></si>" for s in strings)
        members["xl/sharedStrings.xml"] = f"<sst {space}>{items}</sst>"
    return zipped(members)


NAMES = ("Title", "Source", "Date", "Author", "Text")
CELLS = ("Mill opens", "The Mill Post", "44264", "Ada Brook", MILL)  # 44264: 9 March 2021
WORKBOOKS: list[tuple[str, bytes, list[Row]]] = [
    ("strings of their own part", workbook(NAMES, CELLS), [ONE]),
    ("strings in the cells", workbook(NAMES, CELLS, shared=False), [ONE]),
    (
        "a date as text",
        workbook(NAMES, ("Mill opens", "The Mill Post", "9 March 2021", "Ada Brook", MILL)),
        [ONE],
    ),
    ("cells left out", workbook(NAMES, CELLS, ("Dam holds", "Dam News", "", "", DAM)), [ONE, TWO]),
    (
        "Russian names and years of two digits",
        workbook(
            ("Заголовок", "Источник", "Дата", "Автор", "Анонс"),
            ("Mill opens", "The Mill Post", "09.03.21", "Ada Brook", MILL),
        ),
        [ONE],
    ),
    ("headlines only", workbook(NAMES[:3], CELLS[:3]), [BARE]),
]


@pytest.mark.parametrize(("data", "expected"), [c[1:] for c in WORKBOOKS], ids=[c[0] for c in WORKBOOKS])
def test_workbooks(data: bytes, expected: list[Row]) -> None:
    assert rows(data, "a.xlsx") == expected
