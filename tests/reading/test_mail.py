"""Mail, mailboxes and saved pages: who sent it is not always who printed it."""

from __future__ import annotations

import gzip

import pytest

from qa.reading.loaders.files import load_bytes
from tests.reading.test_databases import DAM
from tests.reading.test_formats import META, MILL, Row, page, rows

NEWS: Row = ("Mill opens", "The Mill Post", "2021-03-09", None)
SENDER = "The Mill Post <news@mill.example>"


def mail(
    body: str = MILL,
    subject: str = "Mill opens",
    sender: str = SENDER,
    date: str = "Tue, 09 Mar 2021 06:00:00 +0000",
    more: str = "Content-Type: text/plain; charset=utf-8",
) -> str:
    stamp = f"Date: {date}\r\n" if date else ""
    return (
        f"From: {sender}\r\nTo: a@b.example\r\nSubject: {subject}\r\n{stamp}Message-ID: <1@b>\r\n"
        f"MIME-Version: 1.0\r\n{more}\r\n\r\n{body}\r\n"
    )


FRAME = f"From: {SENDER}\r\nDate: Tue, 9 Mar 2021 at 08:00\r\nSubject: Mill opens\r\nTo: <ada@mail.example>"
ADA = "Ada Brook <ada@gmail.com>"
LATER = "Wed, 10 Mar 2021 06:00:00 +0000"


def forwarded(mark: str, frame: str = FRAME, text: str = MILL, above: str = "FYI") -> str:
    return mail(f"{above}\r\n\r\n{mark}\r\n{frame}\r\n\r\n{text}", "Fwd: Mill opens", ADA, LATER)


ATTACHED = mail(
    f"--b\r\nContent-Type: text/plain\r\n\r\nsee below\r\n--b\r\nContent-Type: message/rfc822\r\n"
    f"\r\n{mail()}\r\n--b--",
    "Fwd: Mill opens",
    ADA,
    LATER,
    "Content-Type: multipart/mixed; boundary=b",
)
GERMAN = (
    FRAME.replace("From:", "Von:")
    .replace("Date: Tue, 9 Mar 2021", "Datum: 9. März 2021")
    .replace("Subject", "Betreff")
)
QUOTED = "\r\n".join(f"> {line}" for line in FRAME.splitlines())
MAIL: list[tuple[str, str, str, list[Row]]] = [
    ("forwarded by Gmail", "a.eml", forwarded("---------- Forwarded message ---------"), [NEWS]),
    (
        "forwarded by Outlook",
        "a.eml",
        forwarded("-----Original Message-----", FRAME.replace("Date:", "Sent:")),
        [NEWS],
    ),
    (
        "forwarded by Apple, every line quoted",
        "a.eml",
        forwarded("Begin forwarded message:\r\n", QUOTED, f"> {MILL}"),
        [NEWS],
    ),
    (
        "forwarded in German",
        "a.eml",
        forwarded("-------- Weitergeleitete Nachricht --------", GERMAN),
        [NEWS],
    ),
    ("forwarded as an attachment", "a.eml", ATTACHED, [NEWS]),
    (
        "a long word of one's own above: two articles",
        "a.eml",
        forwarded("---------- Forwarded message ---------", above=f"{DAM} {DAM}"),
        [("Fwd: Mill opens", None, "2021-03-10", "Ada Brook"), NEWS],
    ),
    (
        "a mark that a text quotes, under a subject that forwards nothing",
        "a.eml",
        mail(f"{MILL}\r\n\r\n-----Original Message-----\r\nFrom: Dam News\r\nSubject: Dam\r\n\r\n{DAM}"),
        [NEWS],
    ),
    ("a person is no outlet", "a.eml", mail(sender=ADA), [("Mill opens", None, "2021-03-09", "Ada Brook")]),
    (
        "a person at a paper's address",
        "a.eml",
        mail(sender="Emma Brook <emma.brook@mill.example>"),
        [("Mill opens", "mill.example", "2021-03-09", "Emma Brook")],
    ),
    (
        "no date, and a subject that is long",
        "a.eml",
        mail(subject="From: the mill, Re: opened", date=""),
        [("From: the mill, Re: opened", "The Mill Post", None, None)],
    ),
    (
        "Apple's form, its bytes counted above",
        "a.emlx",
        f"{len(mail().encode())}\n{mail()}<?xml version='1.0'?><plist/>",
        [NEWS],
    ),
]


@pytest.mark.parametrize(("name", "text", "expected"), [c[1:] for c in MAIL], ids=[c[0] for c in MAIL])
def test_mail(name: str, text: str, expected: list[Row]) -> None:
    assert rows(text, name) == expected
    assert "Forwarded message" not in load_bytes(text.encode(), name).text


def box(separator: str, count: int = 2, body: str = MILL) -> str:
    mails = (
        mail(body, f"Story {n}", f"Paper {n} <n@p{n}.example>", f"{n:02d} Mar 2021 08:00:00 +0000")
        for n in range(1, count + 1)
    )
    return "".join(f"{separator}\n{text}\n" for text in mails)


def stories(count: int = 2) -> list[Row]:
    return [(f"Story {n}", f"Paper {n}", f"2021-03-{n:02d}", None) for n in range(1, count + 1)]


BOXES: list[tuple[str, str, bytes, list[Row]]] = [
    ("twenty mails", "a.mbox", box("From n@p.example Tue Mar  9 06:00:00 2021", 20).encode(), stories(20)),
    ("Thunderbird's separator", "a.mbox", box("From - Tue Mar 09 08:00:00 2021").encode(), stories()),
    ("Gmail's separator", "a.mbox", box("From 1692@xxx Tue Mar 09 08:00:00 +0000 2021").encode(), stories()),
    (
        "named text and packed",
        "a.txt.gz",
        gzip.compress(box("From n@p.example Tue Mar  9 06:00:00 2021").encode()),
        stories(),
    ),
    (
        "a line that begins with From",
        "a.mbox",
        box(
            "From - Tue Mar 09 08:00:00 2021", body=f"{MILL}\n\nFrom here on it is quiet, in 2021\nand so on."
        ).encode(),
        stories(),
    ),
    (
        "a forwarded mail among others",
        "a.mbox",
        (
            box("From - Tue Mar 09 08:00:00 2021", 1)
            + f"From - Tue Mar 09 08:00:00 2021\n{forwarded('-----Original Message-----')}"
        ).encode(),
        [*stories(1), NEWS],
    ),
]


@pytest.mark.parametrize(("name", "data", "expected"), [c[1:] for c in BOXES], ids=[c[0] for c in BOXES])
def test_mailboxes(name: str, data: bytes, expected: list[Row]) -> None:
    assert rows(data, name) == expected


def saved(
    html: str, address: str = "https://millpost.example/a", encoding: str = "8bit", first: str = ""
) -> str:
    head = f"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}"
    part = f"--b\r\n{head}\r\n\r\n{html}\r\n"
    where = f"Snapshot-Content-Location: {address}\r\n" if address else ""
    return (
        f"From: <Saved by Blink>\r\n{where}Subject: x\r\nDate: Fri, 10 May 2024 08:00:00 -0000\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n{first}{part}--b--\r\n"
    )


FULL: Row = ("Mill opens", "The Mill Post", "2024-05-03", "Ada Brook")
PICTURE = "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
SAVED: list[tuple[str, str, list[Row]]] = [
    ("all that a page says", saved(page(META)), [FULL]),
    ("quoted-printable", saved(page(META).replace("=", "=3D"), encoding="quoted-printable"), [FULL]),
    ("a picture before the page", saved(page(META), first=PICTURE), [FULL]),
    (
        "the day on which it was saved is no date",
        saved(page()),
        [("Mill opens", "millpost.example", None, None)],
    ),
    ("no address", saved(page(META), address=""), [FULL]),
    (
        "an address with a date",
        saved(page(), "https://millpost.example/2021/03/09/a"),
        [("Mill opens", "millpost.example", "2021-03-09", None)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in SAVED], ids=[c[0] for c in SAVED])
def test_saved_pages(text: str, expected: list[Row]) -> None:
    assert rows(text, "a.mhtml") == expected
