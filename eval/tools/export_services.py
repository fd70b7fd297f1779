"""Writers of what services, feeds, agencies and programs give out: tables, JSON, RSS, mail, references."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

from eval.tools.export_truth import CHANNEL, MONTHS, Layout, Records


def _csv(records: Records, rng: random.Random) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "title", "publication", "author", "date", "url", "content"])
    for n, r in enumerate(records, 1):
        writer.writerow(
            [n, r.title, r.outlet, ", ".join(r.authors), r.published or "", "", "\n\n".join(r.body)]
        )
    return out.getvalue().encode("utf-8-sig")


def guardian(records: Records, rng: random.Random) -> bytes:
    items = [
        {
            "id": f"x/{n}",
            "webTitle": r.title,
            "webPublicationDate": f"{r.published}T08:00:00Z" if r.published else None,
            "fields": {"byline": r.byline, "publication": r.outlet, "bodyText": "\n\n".join(r.body)},
        }
        for n, r in enumerate(records, 1)
    ]
    return json.dumps({"response": {"status": "ok", "total": len(items), "results": items}}).encode()


def newsapi(records: Records, rng: random.Random) -> bytes:
    items = [
        {
            "source": {"id": None, "name": r.outlet},
            "author": ", ".join(r.authors) or None,
            "title": r.title,
            "publishedAt": f"{r.published}T08:00:00Z" if r.published else None,
            "description": r.body[0],
            "content": "\n\n".join(r.body),
        }
        for r in records
    ]
    return json.dumps(
        {"status": "ok", "totalResults": len(items), "articles": items}, ensure_ascii=False
    ).encode()


def crawled(records: Records, rng: random.Random) -> bytes:
    """JSON lines as crawlers of news write them."""
    lines = (
        json.dumps(
            {
                "title": r.title,
                "authors": list(r.authors),
                "date_publish": f"{r.published} 08:00:00" if r.published else None,
                "date_download": "2024-09-01 10:00:00",
                "maintext": "\n".join(r.body),
                "publisher": r.outlet,
            }
        )
        for r in records
    )
    return "\n".join(lines).encode()


def rss(records: Records, rng: random.Random) -> bytes:
    items = []
    for r in records:
        stamp = (
            f"<pubDate>{r.day:%a, %d} {MONTHS[r.day.month - 1][:3]} {r.day.year} 08:00:00 GMT</pubDate>"
            if r.day
            else ""
        )
        who = "".join(f"<dc:creator>{escape(', '.join(r.authors))}</dc:creator>" if r.authors else "")
        text = escape("".join(f"<p>{escape(p)}</p>" for p in r.body))
        items.append(
            f"<item><title>{escape(r.title)}</title>{stamp}{who}<description>{escape(r.body[0])}</"
            f"description><content:encoded>{text}</content:encoded></item>"
        )
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel><title>{CHANNEL}</title>'
        f"{''.join(items)}</channel></rss>"
    ).encode()


def atom(records: Records, rng: random.Random) -> bytes:
    items = []
    for n, r in enumerate(records, 1):
        stamp = f"<published>{r.published}T08:00:00Z</published>" if r.published else ""
        who = f"<author><name>{escape(', '.join(r.authors))}</name></author>" if r.authors else ""
        text = "".join(f"<p>{escape(p)}</p>" for p in r.body)
        content = f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{text}</div></content>'
        items.append(f"<entry><id>urn:{n}</id><title>{escape(r.title)}</title>{stamp}{who}{content}</entry>")
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{CHANNEL}</title>{"".join(items)}</feed>'.encode()
    )


def mailbox(records: Records, rng: random.Random) -> bytes:
    out = b""
    for n, r in enumerate(records, 1):
        message = EmailMessage()
        message["From"] = f"{r.outlet} <news{n}@paper.example>"
        message["To"] = "reader@example.org"
        message["Subject"] = r.title
        if r.day:
            message["Date"] = format_datetime(datetime(r.day.year, r.day.month, r.day.day, 6, tzinfo=UTC))
        message.set_content("\n\n".join(r.body))
        message.add_alternative("".join(f"<p>{escape(p)}</p>" for p in r.body), subtype="html")
        out += b"From news@paper.example Tue Mar  9 06:00:00 2021\n" + message.as_bytes() + b"\n"
    return out


def ris(records: Records, rng: random.Random) -> bytes:
    lines = []
    for r in records:
        lines += ["TY  - NEWS", f"TI  - {r.title}", f"T2  - {r.outlet}"]
        lines += [f"AU  - {a.split(' ', 1)[1]}, {a.split(' ', 1)[0]}" for a in r.authors]
        lines += [f"DA  - {r.published.replace('-', '/')}/"] if r.published else []
        lines += ["AB  - " + "\n\n".join(r.body), "ER  - ", ""]
    return "\n".join(lines).encode()


def workbook(records: Records, rng: random.Random) -> bytes:
    """A table in an XLSX file, with days as numbers."""
    names = ("Title", "Publication", "Author", "Date", "Text")
    rows = [
        (
            r.title,
            r.outlet,
            ", ".join(r.authors),
            str((r.day - date(1899, 12, 30)).days) if r.day else "",
            "\n\n".join(r.body),
        )
        for r in records
    ]
    strings = list(dict.fromkeys(cell for row in (names, *rows) for cell in row if cell))
    place = {cell: k for k, cell in enumerate(strings)}
    lines = []
    for n, row in enumerate((names, *rows), 1):
        cells = (
            f'<c r="{letter}{n}"><v>{cell}</v></c>'
            if cell.isdigit()
            else f'<c r="{letter}{n}" t="s"><v>{place[cell]}</v></c>'
            for letter, cell in zip("ABCDE", row, strict=True)
            if cell
        )
        lines.append(f'<row r="{n}">{"".join(cells)}</row>')
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    shared = "".join(f"<si><t>{escape(s)}</t></si>" for s in strings)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("xl/workbook.xml", f"<workbook {space}/>")
        zipped.writestr("xl/sharedStrings.xml", f"<sst {space}>{shared}</sst>")
        sheet = f"<worksheet {space}><sheetData>{''.join(lines)}</sheetData></worksheet>"
        zipped.writestr("xl/worksheets/sheet1.xml", sheet)
    return out.getvalue()


def agency(records: Records, rng: random.Random) -> bytes:
    """IPTC 7901: the agency stands in the dateline, the time below the text."""
    parts = []
    for n, r in enumerate(records, 1):
        body = [f"Tellin ({CHANNEL}) - {r.body[0]}", *r.body[1:]]
        byline = [f"   By {r.byline} ="] if r.authors else []
        text = [f"{r.title} =", *byline, *(f"   {p}" for p in body), "   # Notebook", "## Numbers to call"]
        sent = f"{r.day.day:02d}1415 {MONTHS[r.day.month - 1][:3]} {r.day:%y}" if r.day else ""
        head = f"cha{n:04d} {rng.randint(1, 5)} pl {r.words} CHA {n:04d}"
        lines = [f"\x01{head}", "bridge/ferry", "\x02" + "\r\n".join(text), f"\x03{sent}", "\x04"]
        parts.append("\r\n".join(lines))
    return "\r\n".join(parts).encode()


SERVICES: tuple[Layout, ...] = (
    Layout("CSV", ".csv", _csv),
    Layout("JSON, open platform", ".json", guardian),
    Layout("JSON, news API", ".json", newsapi),
    Layout("JSON lines, crawler", ".jsonl", crawled),
    Layout("RSS", ".xml", rss, outlets=False),
    Layout("Atom", ".xml", atom, outlets=False),
    Layout("MBOX", ".mbox", mailbox, authors=False),
    Layout("RIS", ".ris", ris),
    Layout("XLSX", ".xlsx", workbook),
    Layout("IPTC 7901", ".txt", agency, outlets=False),
)
