"""A mail that was forwarded in the text of another: the mark above it, its fields, and its text."""

from __future__ import annotations

import re

_SUBJECT = re.compile(r"^\s*(?:fwd?|wg|tr|rv|enc|doorst|vs|vb|i|пересл|fw)\s*:", re.IGNORECASE)
_RULED = (
    *("forwarded message", "original message", "weitergeleitete nachricht", "ursprüngliche nachricht"),
    *(
        "message transféré",
        "message d.origine",
        "mensaje reenviado",
        "mensaje original",
        "doorgestuurd bericht",
    ),
    *("messaggio inoltrato", "messaggio originale", "пересылаемое сообщение", "пересланное сообщение"),
)
_MARK = re.compile(
    rf"^[> ]*(?:-{{2,}}\s*(?:{'|'.join(_RULED)})\s*-{{2,}}|begin forwarded message:"
    r"|début du message (?:réexpédié|transféré)\s*:|anfang der weitergeleiteten"
    r" (?:nachricht|e-mail):)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
# What a field is called, and what it is.
_FIELDS = {
    "from": ("from", "von", "de", "da", "van", "fra", "från", "от", "від"),
    "date": ("date", "sent", "datum", "gesendet", "envoyé", "fecha", "enviado", "data", "inviato", "дата"),
    "subject": ("subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "emne", "ämne", "тема"),
    "to": ("to", "an", "à", "para", "a", "aan", "til", "till", "cc", "reply-to", "кому", "antwort an"),
}
_NAMED = {name: field for field, names in _FIELDS.items() for name in names}
_LINE = re.compile(r"^[> ]*\*?(?P<name>[^\W\d_][\w -]{0,12}?)\s*:\*?\s*(?P<value>.*)$")


def taken_out(body: str, subject: str | None) -> tuple[str, dict[str, str], str] | None:
    """(what stands above, the fields, the text) of the mail that a forwarded one holds; None where the
    subject does not say that it was forwarded, or no mark and sender stand in it: a text may quote both."""
    mark = _MARK.search(body) if subject and _SUBJECT.match(subject) else None
    if mark is None:
        return None
    lines = body[mark.end() :].splitlines()
    fields, ends = _frame(lines)
    text = _unquoted(lines[ends:])
    return (body[: mark.start()].strip(), fields, text) if text and "from" in fields else None


def _frame(lines: list[str]) -> tuple[dict[str, str], int]:
    """The fields below a mark, and the line at which they end."""
    fields: dict[str, str] = {}
    for at, line in enumerate(lines):
        flat = line.strip("> \t\u00a0")
        m = _LINE.match(line)
        field = _NAMED.get(m["name"].strip().lower()) if m else None
        if m and field:
            fields.setdefault(field, m["value"].strip())
        elif (flat or fields) and not (flat and fields and line[:1] in " \t"):  # such a line: a value goes on
            return fields, at
    return fields, len(lines)


def _unquoted(lines: list[str]) -> str:
    """The text of lines, without the mark of a quote where each has one."""
    if all(line.startswith(">") for line in lines if line.strip()):
        lines = [re.sub(r"^> ?", "", line) for line in lines]
    return "\n".join(lines).strip()
