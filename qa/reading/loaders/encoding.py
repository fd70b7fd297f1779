"""Bytes -> characters. What the bytes are beats what a page says of them: UTF-8 that decodes is UTF-8."""

from __future__ import annotations

import codecs
import re

from qa.errors import LoadError

_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,80}?encoding\s*=\s*["']([\w.:-]+)   # of an XML declaration
       | <meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)  # of a meta element, http-equiv too
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What browsers read under these names (the WHATWG encoding standard).
_AS_READ = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252"}
_AS_READ |= {"us-ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-9": "cp1254"}
_AS_READ |= {"tis-620": "cp874", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932"}


def decode(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """The text of ``data`` and a remark where its encoding is not UTF-8. Nothing but a byte-order
    mark is taken away; line ends stay as they are. ``declared`` is what a frame around the bytes says
    (a mail header); a declaration inside them is looked for. Raises LoadError for binary data."""
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), "decoded as utf-16"
        except UnicodeDecodeError:
            raise LoadError("begins like UTF-16 but is not; save it as UTF-8") from None
    if b"\0" in data:
        raise LoadError("binary, not text; remove it or give it its right suffix")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        broken = error
    named = _named(declared or _declaration(data))
    if named is not None:
        try:
            return data.decode(named), f"decoded as {named}, not UTF-8"
        except UnicodeDecodeError:
            pass
    if _mostly_utf8(data, broken):
        text = data.decode("utf-8", "replace")
        return text, f"{text.count(chr(0xFFFD))} characters could not be decoded as UTF-8"
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise LoadError("neither UTF-8 nor any encoding that can be recognised; save it as UTF-8")
    return data.decode(best.encoding), f"decoded as {best.encoding}, not UTF-8"


def _declaration(data: bytes) -> str | None:
    m = _DECLARED.search(data[:4096])
    return (m[1] or m[2]).decode("ascii", "replace") if m else None


def _named(name: str | None) -> str | None:
    """The codec of a declared name, or None for UTF-8 (which has been tried) and unknown ones."""
    if name is None:
        return None
    name = _AS_READ.get(name.strip().lower(), name.strip())
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    return None if codec in ("utf-8", "utf-16", "utf-32") else codec


def _mostly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """UTF-8 with a few broken bytes (cut in mid-character, joined files): nearly every byte above ASCII
    stands in a well-formed sequence."""
    high = sum(byte >= 0x80 for byte in data)
    bad = data.decode("utf-8", "replace").count("\ufffd")
    return high >= 20 and bad <= max(1, high // 50) and error.start < len(data)


def has_controls(text: str) -> bool:
    """Whether so many control characters stand in it that it is no text."""
    sample = text[:20_000]
    return sum(c < " " and c not in "\t\n\r\f\v\x1b" for c in sample) > len(sample) * 0.02
