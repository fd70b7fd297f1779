"""Who wrote an article, out of what stands in the place of a byline."""

from __future__ import annotations

import re

_LEAD = re.compile(
    r"^(?:(?:written|reported|posted|story|words|text|report|reporting|analysis|opinion)\s+by"
    r"|by|from|par|por|von|door"
    r"|автор|текст)\s*:?\s+",
    re.IGNORECASE,
)
# What templates print where a name should stand.
_PLACEHOLDER = re.compile(
    r"""^(?:
      (?:e-?mail|contact|follow|view|see|read|more|about|meet)\b.*
    | (?:the\s+)?(?:author|authors|editor|admin|administrator|user|username|user\s?name|guest|contributor
        |webmaster|unknown|anonymous|none|null|n/?a|staff|staff\s(?:writer|reporter)|posted|updated|published)
    | by | - | .*@.* | https?://.* | /\S* | \W*
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
# What stands behind a name and says what its bearer is or where the text is from.
_BESIDE = re.compile(
    r"""^(?:.*\b(?:staff\s(?:writer|reporter)|correspondent|reporter|columnist|freelance|(?:news|city|chief)\s
        editor|special\s(?:to|for)|contributor)\b.*
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_PRINTED_BY = re.compile(r",\s*(?:-+\s?\([^()]*\)|[\w-]+\.(?:com|org|net|co\.uk|de|fr))$", re.IGNORECASE)
_LINKED = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]+)\]\]|\[([^\]]+)\]\([^)]*\)")


def author_of(value: str | None) -> str | None:
    """The names in a byline, without "By", notes' brackets, addresses and what templates print in their
    place; "Ekelund, Jonas" stays for ``turned``. None where no name is left."""
    if value is None:
        return None
    text = _LINKED.sub(lambda m: m[1] or m[2], re.sub(r"\s+", " ", value)).strip()
    text = _PRINTED_BY.sub("", _LEAD.sub("", text))
    text = re.sub(r"\s*[<(]?\b[\w.+-]+@[\w-]+\.[\w.-]+[>)]?", "", text)
    parts = [_LEAD.sub("", part).strip(" ,;|") for part in re.split(r"\s*[;|]\s*|,\s+(?=\S+\s)", text)]
    kept = [
        part
        for k, part in enumerate(parts)
        if part and not _PLACEHOLDER.match(part) and not (k > 0 and _BESIDE.match(part))
    ]
    if len(kept) == len(parts):
        return text.strip(" ,;|") or None
    return ", ".join(dict.fromkeys(kept)) or None


def turned(name: str) -> str:
    """ "Ekelund, Jonas" as reference managers keep it -> "Jonas Ekelund"."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and given.strip() else name.strip()


def full_names(value: str | None) -> str | None:
    """Of names that were guessed from a page's looks, those that have two words at least: "Munich;
    Germany" is a place, "Username" a field."""
    if value is None:
        return None
    kept = [p for p in re.split(r"\s*[;,]\s*", value) if len(p.split()) >= 2 or len(p) > 24]
    return ", ".join(kept) or None
