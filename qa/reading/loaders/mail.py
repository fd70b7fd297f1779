"""Mail and what is kept in its form: EML, MBOX, and web pages saved as MHTML."""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from qa.errors import LoadError
from qa.reading.loaders import forwarding
from qa.reading.loaders.encoding import decode
from qa.reading.loaders.markup import html_tree, text_of
from qa.reading.loaders.records import Piece, joined, remarks
from qa.reading.loaders.web_page import read_html
from qa.text.dates import read_date
from qa.text.lexicon.forenames import gender_of
from qa.types import Meta, SourceText

_FIRST = re.compile(rb"^(?:From \S+@?\S* .*\r?\n)?((?:[A-Za-z][\w-]*:.*\r?\n(?:[ \t].*\r?\n)*)+)\r?\n")
_SEPARATOR = re.compile(rb"^From \S+[ \t]+.*\d{4}[ \t]*\r?\n(?=[A-Za-z][\w-]*:)", re.MULTILINE)
_NAMES = (b"from", b"subject", b"date", b"message-id", b"received", b"mime-version", b"to")
DEPTH = 3  # of mails in mails
OWN_WORDS = 30  # above a forwarded mail, from which on they are an article of their own
# Where people have their mail, which prints nothing.
_HOSTS = (
    "gmail.",
    "googlemail.",
    "outlook.",
    "hotmail.",
    "yahoo.",
    "icloud.",
    "proton",
    "gmx.",
    "aol.",
    "mail.",
)


def looks_like(data: bytes) -> bool:
    """Whether bytes begin with the header of a mail: several of its fields, Date or MIME among them. An
    article may well begin with "From:" and "Subject:" lines, but has no machine's fields."""
    m = _FIRST.match(data[:20_000])
    if m is None:
        return False
    names = {line.split(b":")[0].lower() for line in m[1].splitlines() if b":" in line and line[:1].isalpha()}
    machine = names & {b"message-id", b"received", b"mime-version", b"content-type", b"return-path"}
    return b"from" in names and len(names & set(_NAMES)) >= 3 and bool(machine)


def is_mailbox(data: bytes) -> bool:
    return bool(_SEPARATOR.match(data))


def load_mail(data: bytes) -> SourceText:
    """One message as one article, or a mailbox as one a message. Raises LoadError."""
    starts = [m for m in _SEPARATOR.finditer(data)] if is_mailbox(data) else []
    if not starts:
        parts = [data]
    else:
        ends = [m.start() for m in starts[1:]] + [len(data)]
        parts = [data[m.end() : end] for m, end in zip(starts, ends, strict=True)]
        parts = [re.sub(rb"^>(>*From )", rb"\1", part, flags=re.MULTILINE) for part in parts]
    found = [_pieces(_message(part)) for part in parts]
    kept = [p for pieces in found for p in pieces]
    if not kept:
        raise LoadError("no text in this mail")
    lost = sum(not pieces for pieces in found)
    return joined(kept, "mail", f"{lost} of {len(found)} messages without a text" if lost else None)


def _message(data: bytes) -> EmailMessage:
    kept = re.match(rb"(\d+)\s*\n(?=[A-Za-z-]+:)", data)  # Apple's EMLX: how many bytes, and more below
    if kept:
        data = data[kept.end() : kept.end() + int(kept[1])]
    return BytesParser(EmailMessage, policy=policy.default).parsebytes(data)


def _pieces(message: EmailMessage, depth: int = 0) -> list[Piece]:
    """The mail as an article; of a mail that was forwarded, the mail that is in it, and what was written
    above it where that is more than a few words."""
    inner = [p for part in _attached(message) if depth < DEPTH for p in _pieces(part, depth + 1)]
    body = re.sub(r"\r\n?", "\n", _body(message)[0])
    subject = _header(message, "Subject")
    forwarded = forwarding.taken_out(body, subject) if not inner else None
    if forwarded is not None:
        above, fields, body = forwarded
        own = _piece(above, subject, _header(message, "From"), _header(message, "Date"), None)
        told = _piece(body, fields.get("subject"), fields.get("from"), fields.get("date"), None)
        return [*([own] if len(above.split()) >= OWN_WORDS else []), told]
    if not body.strip() or (inner and len(body.split()) < OWN_WORDS):
        return inner
    address = _header(message, "Archived-At") or None
    listed = any(message[name] for name in ("List-Id", "List-Unsubscribe", "List-Post"))
    return [
        _piece(body, subject, _header(message, "From"), _header(message, "Date"), address, listed),
        *inner,
    ]


def _piece(
    body: str,
    subject: str | None,
    sender: str | None,
    date: str | None,
    url: str | None,
    listed: bool = False,
) -> Piece:
    outlet, author = _sender(sender or "", listed)
    published = read_date(date)
    meta = Meta(
        title=subject,
        outlet=outlet,
        url=url,
        author=author,
        published=published,
        published_from="header" if published else None,
    )
    return Piece(body.strip(), meta)


def _sender(value: str, listed: bool) -> tuple[str | None, str | None]:
    """(outlet, author) of who sent it. A person is no outlet: that is where the address is, if it is not
    where people have their mail."""
    name, address = parseaddr(value.replace("\u200b", ""))
    name = name.strip(" '\"") or (
        re.sub(r"<[^>]*>|\[[^\]]*\]", "", value).strip() if "@" not in value else ""
    )
    host = address.rpartition("@")[2].lower()
    personal = not host or any(host.startswith(h) for h in _HOSTS)
    words = name.lower().split()
    box = re.sub(r"[^a-z]", "", address.rpartition("@")[0].lower())
    person = len(words) in (2, 3) and gender_of(name) is not None and box in _boxes(words)
    if personal and host:
        return None, name or None
    if person and not listed:
        return host or None, name
    return name or host or None, None


def _boxes(words: list[str]) -> set[str]:
    """What the address of somebody of this name begins with."""
    first, last = words[0], words[-1]
    return {first, last, first + last, first[0] + last, last + first}


def _attached(message: EmailMessage) -> list[EmailMessage]:
    """The mails that are attached to a mail whole."""
    held = (p for p in message.walk() if p is not message and p.get_content_type() == "message/rfc822")
    return [mail for p in held if p.is_multipart() and isinstance(mail := p.get_payload(0), EmailMessage)]


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message[name]
    except Exception:  # what the library raises over a header that it cannot parse has no common base
        return None
    return re.sub(r"\s+", " ", str(value)).strip() or None if value is not None else None


def _body(message: EmailMessage) -> tuple[str, str | None]:
    """The plain part, or the text of the HTML part where the plain one only says that there is one."""
    plain, html = "", ""
    note = None
    inside = {id(p) for mail in _attached(message) for p in mail.walk()}
    for part in message.walk():
        if part.is_multipart() or part.get_content_disposition() == "attachment" or id(part) in inside:
            continue
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html"):
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes) or not payload.strip():
            continue
        text, note = decode(payload.replace(b"\0", b" "), part.get_content_charset())
        if kind == "text/plain":
            plain += ("\n\n" if plain else "") + text
        elif not html:
            html = text
    if html:
        shown = text_of(html_tree(html))
        if len(plain.strip()) < 0.5 * len(shown) or not plain.strip():
            return shown, note
    return plain, note


# --- MHTML ------------------------------------------------------------------------------------


def is_saved_page(data: bytes) -> bool:
    head = data[:4000].lower()
    return b"multipart/related" in head and (b"mime-version" in head or b"snapshot-content-location" in head)


def load_saved_page(data: bytes) -> SourceText:
    """A page saved with its pictures in one file. The header's date is when it was saved, and is not
    taken. Raises LoadError."""
    message = _message(data)
    url = _header(message, "Snapshot-Content-Location")
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                text, note = decode(payload, part.get_content_charset())
                found = read_html(text, note, url or _header(part, "Content-Location"))
                return found.model_copy(update={"note": remarks(found.note)})
    raise LoadError("no page in this MHTML file")
