"""Writers of exports in the layouts of databases, and the table of all layouts. Each takes records and gives
a file's bytes; what the layout cannot hold (an outlet of its own, an author) it says."""

from __future__ import annotations

import io
import random
import textwrap
import zipfile
from datetime import date
from html import escape

from eval.tools.export_services import SERVICES
from eval.tools.export_truth import MONTHS, Layout, Records, Truth, american, british


def _centred(text: str) -> str:
    return " " * 30 + text


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, 78, break_long_words=False, break_on_hyphens=False))


# --- Nexis ------------------------------------------------------------------------------------


def nexis_text(records: Records, rng: random.Random) -> bytes:
    """The classic layout with every label, rights above."""
    parts = ["Download Request: All Documents\nTerms: (bridge OR ferry)\n\n"]
    for n, r in enumerate(records, 1):
        head = [_centred(f"{n} of {len(records)} DOCUMENTS"), "", ""]
        head += [
            _centred(f"Copyright {rng.randint(1998, 2024)} {rng.choice(records).outlet} Holdings Limited")
        ]
        head += [_centred("All Rights Reserved"), "", _centred(f"{r.outlet} (Tellin)"), ""]
        if r.day:
            head += [_centred(american(r.day)), _centred("Edition 1;"), _centred("National Edition"), ""]
        fields = ["SECTION: NEWS; Pg. 4", f"LENGTH: {r.words} words", _wrapped(f"HEADLINE: {r.title}")]
        fields += [f"BYLINE: {r.byline}"] if r.authors else []
        fields += ["BODY:", *map(_wrapped, r.body)]
        fields += [f"LOAD-DATE: {american(date(2024, 5, rng.randint(1, 28)))}", "LANGUAGE: ENGLISH"]
        parts.append(
            "\n".join(head) + "\n" + "\n\n".join([*fields, "PUBLICATION-TYPE: Newspaper"]) + "\n\n\n\n"
        )
    return "".join(parts).encode()


def nexis_bare(records: Records, rng: random.Random) -> bytes:
    """The classic layout without labels for headline and body, rights below, DOS line ends."""
    parts = []
    for n, r in enumerate(records, 1):
        head = [_centred(f"{n} of {len(records)} DOCUMENTS"), "", "", _centred(r.outlet), ""]
        head += [_centred(american(r.day)), ""] if r.day else []
        fields = [r.title, *([f"BYLINE: By {r.byline}"] if r.authors else [])]
        fields += [
            f"SECTION: NEWS; Pg. {rng.randint(1, 40)}",
            f"LENGTH: {r.words} words",
            *map(_wrapped, r.body),
        ]
        fields += ["GRAPHIC: Photo: the old bridge", "SUBJECT: BRIDGES (90%); FERRIES (78%)"]
        fields += [f"LOAD-DATE: {american(date(2024, 6, rng.randint(1, 28)))}", "LANGUAGE: ENGLISH"]
        rights = _centred(f"Copyright 2019 {r.outlet}") + "\n" + _centred("All Rights Reserved")
        parts.append("\n".join(head) + "\n" + "\n\n".join([*fields, rights]) + "\n\n\n")
    return "".join(parts).replace("\n", "\r\n").encode()


def nexis_html(records: Records, rng: random.Random) -> bytes:
    """The HTML download: a box for each line, the date in two runs."""

    def box(inner: str, kind: str = "c5") -> str:
        return f'<div class="{kind}"><p class="c6"><span class="c7">{inner}</span></p></div>'

    parts = ['<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>']
    for n, r in enumerate(records, 1):
        parts.append(f'<a name="DOC_ID_0_{n}"></a><br>' + box(f"{n} of {len(records)} DOCUMENTS", "c0"))
        parts.append("<br>" + box(escape(r.outlet), "c3"))
        if r.day:
            month, rest = american(r.day).split(" ", 1)
            parts.append("<br>" + box(f"{month} </span><span>{rest}", "c3"))
        parts.append(box(escape(r.title)))
        parts.extend([box(f"BYLINE: </span><span>{escape(r.byline)}")] if r.authors else [])
        parts.append(box("SECTION: </span><span>NEWS") + box(f"LENGTH: </span><span>{r.words} words"))
        parts.append("<div>" + "".join(f"<p><span>{escape(p)}</span></p>" for p in r.body) + "</div>")
        parts.append(
            box(f"LOAD-DATE: </span><span>May {rng.randint(1, 28)}, 2024") + box("LANGUAGE: </span>ENGLISH")
        )
        parts.append("<br><hr>")
    return ("\n".join(parts) + "</body></html>").encode()


def _uni_lines(records: Records, rng: random.Random) -> list[str]:
    lines = [f"Documents ({len(records)})", *(f"{n}. {r.title}" for n, r in enumerate(records[:9], 1))]
    lines += ["Client/Matter: -None-", "Search Terms: bridge"]
    for r in records:
        lines += [r.title, r.outlet]
        lines += [american(r.day)] if r.day else []
        lines += [
            f"Copyright {rng.randint(2000, 2024)} Holding Inc. All Rights Reserved",
            "Section: NEWS; Pg. 4",
        ]
        lines += [f"Length: {r.words} words"]
        lines += [f"Byline: {r.byline}"] if r.authors else []
        lines += ["Body", *r.body, "Classification", "Language: ENGLISH", "Publication-Type: Newspaper"]
        lines += [f"Load-Date: {american(date(2024, 7, rng.randint(1, 28)))}", "End of Document"]
    return lines


def nexis_docx(records: Records, rng: random.Random) -> bytes:
    """Nexis Uni as a Word document."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    runs = (f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in _uni_lines(records, rng))
    document = f'<w:document xmlns:w="{space}"><w:body>{"".join(runs)}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("[Content_Types].xml", "<Types/>")
        zipped.writestr("word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?>{document}')
    return out.getvalue()


def nexis_rtf(records: Records, rng: random.Random) -> bytes:
    """Nexis Uni as RTF."""
    lines = (
        "".join(c if c < "\x80" else f"\\u{ord(c)}?" for c in line.replace("\\", "\\\\")) + "\\par "
        for line in _uni_lines(records, rng)
    )
    return ("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}" + "\n".join(lines) + "}").encode("ascii")


# --- Factiva, ProQuest, Europresse ------------------------------------------------------------


def _codes(r: Truth, n: int) -> list[tuple[str, str]]:
    rows = [("HD", r.title), ("BY", f"By {r.byline}"), ("WC", f"{r.words} words")]
    rows += [("PD", british(r.day) if r.day else ""), ("SN", r.outlet), ("SC", "ABCD"), ("LA", "English")]
    rows += [("CY", f"(c) 2021 {r.outlet}"), ("LP", r.body[0]), ("TD", "\n\n".join(r.body[1:]))]
    rows += [("NS", "gcat : Political/General News"), ("AN", f"Document ABCD0000{n:08d}eh390000{n}")]
    return [(code, value) for code, value in rows if value and (code != "BY" or r.authors)]


def factiva_html(records: Records, rng: random.Random) -> bytes:
    parts = ['<html><head><meta charset="utf-8"><title>Factiva</title></head><body>']
    for n, r in enumerate(records, 1):
        rows = (
            (
                f"<tr><td><b>{c}</b></td><td>{''.join(f'<p>{escape(p)}</p>' for p in v.split(chr(10) * 2))}"
                f"</td></tr>"
            )
            for c, v in _codes(r, n)
        )
        parts.append(
            f'<div id="article-{n}" class="article enArticle"><table>{"".join(rows)}</table></div><br>'
        )
    return ("".join(parts) + "</body></html>").encode()


def factiva_text(records: Records, rng: random.Random) -> bytes:
    parts = []
    for n, r in enumerate(records, 1):
        parts.append("\n".join(f"{c}  {v}" + ("\n" if c in ("LP", "TD") else "") for c, v in _codes(r, n)))
    return ("\n\n\n".join(parts) + "\n").encode()


def factiva_lines(records: Records, rng: random.Random) -> bytes:
    """Without field codes, as it is shown and pasted."""
    parts = []
    for n, r in enumerate(records, 1):
        lines = [r.title, *([f"By {r.byline}"] if r.authors else []), f"{r.words} words"]
        lines += [british(r.day)] if r.day else []
        lines += [f"{rng.randint(1, 23):02d}:15"] if rng.random() < 0.3 else []
        lines += [r.outlet, "ABCD", "English", f"© 2021 {r.outlet}. All rights reserved."]
        parts.append(
            "\n".join(lines) + "\n\n" + "\n\n".join(r.body) + f"\n\nDocument ABCD0000{n:08d}eh390000{n}\n"
        )
    return "\n\n".join(parts).encode()


def proquest(records: Records, rng: random.Random) -> bytes:
    rule = "_" * 60
    parts = ["Report Information from ProQuest\n"]
    for n, r in enumerate(records, 1):
        turned = "; ".join(f"{a.split(' ', 1)[1]}, {a.split(' ', 1)[0]}" for a in r.authors)
        lines = [
            f"Document {n} of {len(records)}",
            "",
            r.title,
            "",
            *([f"Author: {turned}. "] if turned else []),
        ]
        stamp = f"{r.day.day:02d} {MONTHS[r.day.month - 1][:3]} {r.day.year}" if r.day else "n.d."
        lines += [
            f"Publication info: {r.outlet} ; Tellin [Tellin] {stamp}: A.4.",
            "ProQuest document link",
            "Links: ",
            "",
        ]
        lines += [
            "Full text: " + "\n\n".join(r.body),
            "",
            "Subject: Bridges; Ferries",
            "",
            f"Title: {r.title}",
            "",
        ]
        lines += [f"Publication title: {r.outlet}; Tellin", ""]
        lines += (
            [f"Publication date: {MONTHS[r.day.month - 1][:3]} {r.day.day}, {r.day.year}", ""]
            if r.day
            else []
        )
        lines += ["Source type: Newspapers", "", f"ProQuest document ID: {rng.randint(10**8, 10**9)}", ""]
        lines += [f"Last updated: 2024-08-{rng.randint(10, 28)}", "", "Database: ProQuest Central", ""]
        parts.append("\n".join(lines))
    return (f"\n{rule}\n\n".join(parts) + f"\n{rule}\n").encode()


def europresse(records: Records, rng: random.Random) -> bytes:
    french = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
    parts = ['<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>']
    for r in records:
        stamp = f"lundi {r.day.day} {french[r.day.month - 1]} {r.day.year} " if r.day else ""
        inside = (
            f'<span class="DocPublicationName">{escape(r.outlet)}</span><span class="DocHeader">'
            f"Politique, {stamp}{r.words} mots, p. 4</span>"
        )
        inside += (
            f'<div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">'
            f"{escape(r.title)}</p></div>"
        )
        inside += f'<p class="docAuthors">{escape(r.byline)}</p>' if r.authors else ""
        text = "".join(f"<p>{escape(p)}</p>" for p in r.body)
        parts.append(
            f'<article><header>{inside}</header><section><div class="docOcurrContainer">'
            f"{text}</div></section></article>"
        )
    return ("".join(parts) + "</body></html>").encode()


def factiva_displayed(records: Records, rng: random.Random) -> bytes:
    """HTML as it is displayed: a box for each line above the text, no codes."""
    parts = ["<html><head><meta charset='utf-8'><title>Factiva</title></head><body><h1>Factiva</h1>"]
    for n, r in enumerate(records, 1):
        lines = [f"{r.words} words", *([british(r.day)] if r.day else []), r.outlet, "ABCD"]
        lines += [str(rng.randint(1, 40)), "English", f"(c) 2021 {rng.choice(records).outlet}"]
        section = "<div>News Desk; 1</div>" if rng.random() < 0.5 else ""
        who = f'<div class="author">By {escape(r.byline)} </div>' if r.authors else ""
        text = "".join(f'<p class="articleParagraph enarticleParagraph">{escape(p)}</p>' for p in r.body)
        boxes = "".join(f"<div>{escape(line)}</div>" for line in lines)
        parts.append(
            f'<div id="article-{n}" class="article"><div class="article enArticle"><p> </p>{section}'
            f'<div id="hd"><span class="enHeadline">{escape(r.title)}</span> </div>{who}{boxes}<p></p>{text}'
            f"<p>Holding Limited</p><p>Document J0000000{n:08d}eh390000{n}</p></div></div><br>"
        )
    return ("".join(parts) + "</body></html>").encode()


def integrum(records: Records, rng: random.Random) -> bytes:
    """HTML in windows-1251, a list of contents above; lines as they were typed."""
    declared = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
    parts = [f"<html><head>{declared}</head><body><h3>Report 12.05.2024 15:50:05</h3>"]
    parts += [f'{n}. <a href="#{n}">{escape(r.title)}</a><br>' for n, r in enumerate(records, 1)]
    for n, r in enumerate(records, 1):
        fields = [("ИС", r.outlet), ("РБ", "МОНИТОР"), ("НР", str(rng.randint(1, 24)))]
        fields += [("ДТ", f"{r.day:%d.%m.%Y}")] if r.day else []
        fields += [("АВ", ", ".join(r.authors))] if r.authors else []
        rows = "<br>".join(f"^{name}:\n   {escape(v)} \n" for name, v in (*fields, ("ЗГ", r.title)))
        text = "\n".join("     " + _wrapped(escape(p)) for p in r.body)
        parts.append(
            f'<div align="left"><a name="{n}"></a><table><tr><td>{rows}</td></tr></table>'
            f"<h3>{escape(r.title)}</h3><pre>\n{text}\n</pre></div>"
        )
    page = "".join(parts) + "</body></html>"
    return page.encode("cp1251", "xmlcharrefreplace")


LAYOUTS: tuple[Layout, ...] = (
    Layout("Nexis TXT", ".TXT", nexis_text),
    Layout("Nexis TXT, few labels", ".txt", nexis_bare),
    Layout("Nexis HTML", ".html", nexis_html),
    Layout("Nexis Uni DOCX", ".docx", nexis_docx),
    Layout("Nexis Uni RTF", ".rtf", nexis_rtf),
    Layout("Factiva HTML", ".html", factiva_html),
    Layout("Factiva TXT", ".txt", factiva_text),
    Layout("Factiva TXT, no codes", ".txt", factiva_lines),
    Layout("ProQuest TXT", ".txt", proquest),
    Layout("Europresse HTML", ".html", europresse),
    Layout("Factiva HTML, no codes", ".html", factiva_displayed),
    Layout("Integrum HTML", ".html", integrum),
    *SERVICES,
)
