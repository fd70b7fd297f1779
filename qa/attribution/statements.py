"""Every attributed statement of a text, as data: ``qa.statements/1``."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from qa.attribution.utterances import Utterance, utterances
from qa.types import Article, Meta, Span, Voice

FORMAT = "qa.statements/1"
FIELDS = ("file", "article_id", "start", "end", "text", "speaker", "role", "voice", "via", "line")


@dataclass(frozen=True, slots=True)
class Statement:
    """One stretch of a source text that somebody says. ``start`` and ``end`` count its code points and
    ``text`` is what stands there; ``line`` counts from 1. ``speaker`` is the fullest name of the article, or
    the description where nobody is named; ``voice``: "direct" inside quotation marks, else "reported";
    ``via``: the outlet that the words came through. No file and no article for a text by itself."""

    start: int
    end: int
    text: str
    speaker: str
    role: str | None
    voice: Voice
    via: str | None
    line: int
    file: str | None = None
    article_id: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The fields in the order of the wire format."""
        values = asdict(self)
        return {name: values[name] for name in FIELDS}


def line_of(text: str, at: int) -> int:
    """The line of a place in a source text, from 1; "\\r\\n" ends one line."""
    return 1 + text.count("\n", 0, at) + text.count("\r", 0, at) - text.count("\r\n", 0, at)


def statements_of(
    text: str,
    found: list[Utterance] | tuple[Utterance, ...],
    file: str | None = None,
    article_id: str | None = None,
) -> tuple[Statement, ...]:
    """Utterances of a source text as statements."""
    return tuple(
        Statement(
            u.start,
            u.end,
            text[u.start : u.end],
            u.speaker,
            u.role,
            u.voice,
            u.via,
            line_of(text, u.start),
            file,
            article_id,
        )
        for u in found
    )


def statements(text: str, outlet: str | None = None) -> tuple[Statement, ...]:
    """Every attributed statement of ``text``, read as one article of ``outlet``, in order."""
    if not text.strip():
        return ()
    article = Article(n=1, spans=(Span(start=0, end=len(text)),), meta=Meta(outlet=outlet))
    return statements_of(text, utterances(text, article))
