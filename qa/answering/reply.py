"""A model's reply -> claims: tolerant at the boundary, so that what models do to JSON (fences, trailing
commas, a list given as a string, a number given as "[2]") does not lose an answer. Nothing in the words
themselves is changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from json_repair import repair_json
from pydantic import BaseModel, ConfigDict

# More than any answer holds: what a server sends beyond it is not looked at.
MAX_CLAIMS = 40
MAX_CHARS = 4_000  # of one sentence, or of one quote
MAX_REPLY = 400_000


class ReplyQuote(BaseModel):
    """Words copied from a passage."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    passage: int
    quote: str


class ReplyClaim(ReplyQuote):
    """One sentence with the words it rests on."""

    text: str


class Reply(BaseModel):
    """What the model is asked for; its JSON schema goes to servers that take one. No claim: no answer;
    ``breaks_off`` then holds the unfinished words, if that is why."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    claims: list[ReplyClaim]
    breaks_off: ReplyQuote | None


class Unreadable(ValueError):
    """A reply that is no Reply; the message says why."""


def _bare_schema(node: Any) -> Any:
    """Without titles and descriptions: they cost tokens, and editing a docstring is no change of prompt."""
    if isinstance(node, dict):
        return {
            k: _bare_schema(v)
            for k, v in node.items()
            if not (k in ("title", "description") and isinstance(v, str))
        }
    return [_bare_schema(v) for v in node] if isinstance(node, list) else node


SCHEMA: tuple[str, dict[str, Any]] = ("reply", _bare_schema(Reply.model_json_schema()))


def _number(value: object) -> int:
    m = re.search(r"-?\d+", str(value))
    return int(m[0]) if m else 0


def _claims(value: object) -> list[ReplyClaim]:
    if isinstance(value, str):  # a list given as a string
        value = repair_json(value, return_objects=True)
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return []
    return [claim for item in value[:MAX_CLAIMS] if (claim := _claim(item)) is not None]


def _claim(item: object) -> ReplyClaim | None:
    if not isinstance(item, dict):
        return None
    quote, text = item.get("quote") or item.get("words") or "", item.get("text") or item.get("claim") or ""
    if isinstance(quote, list):
        quote = quote[0] if quote else ""
    if not isinstance(quote, str) or not isinstance(text, str) or not (quote.strip() or text.strip()):
        return None
    if max(len(quote), len(text)) > MAX_CHARS:
        return None
    return ReplyClaim(
        passage=_number(item.get("passage") or item.get("source")), quote=quote, text=text.strip()
    )


def _bare(text: str) -> str:
    """Without fences, and from the first brace on."""
    fenced = re.search(r"```(?:json)?\s*(.*?)(?:```|\Z)", text, re.DOTALL)
    inner = (fenced[1] if fenced else text).strip()
    at = min((i for i in (inner.find("{"), inner.find("[")) if i >= 0), default=-1)
    return inner[at:] if at >= 0 else ""


def parse(text: str) -> Reply:
    """The reply. Raises Unreadable."""
    if len(text) > MAX_REPLY:
        raise Unreadable(f"it is longer than {MAX_REPLY} characters")
    bare = _bare(text)
    if not bare:
        raise Unreadable("it holds no JSON object")
    try:
        data = _loaded(bare)
    except RecursionError:
        raise Unreadable("it is nested too deeply") from None
    if isinstance(data, list):
        data = {"claims": data}
    if not isinstance(data, dict) or not ({"claims", "breaks_off"} & data.keys()):
        raise Unreadable("it is no object with claims")
    given = data.get("claims", [])
    claims = _claims(given)
    if not claims and given and not isinstance(given, str):
        raise Unreadable("its claims have no quote and no text")
    cut = _claim(data.get("breaks_off"))
    return Reply(
        claims=claims,
        breaks_off=ReplyQuote(passage=cut.passage, quote=cut.quote) if cut and not claims else None,
    )


def _loaded(bare: str) -> Any:
    try:
        return json.loads(bare)
    except ValueError:
        return repair_json(bare, return_objects=True)


class Growing:
    """Claims out of a reply that is still being written: each as soon as its object is closed."""

    def __init__(self) -> None:
        self.text = ""
        self._at: int | None = None
        self._decoder = json.JSONDecoder()
        self._given = 0

    def feed(self, piece: str) -> Iterator[ReplyClaim]:
        if self._given >= MAX_CLAIMS:
            return
        self.text += piece
        if self._at is None:
            m = re.search(r'"claims"\s*:\s*\[', self.text)
            if m is None:
                return
            self._at = m.end()
        while self._given < MAX_CLAIMS:
            rest = re.compile(r"[\s,]*").match(self.text, self._at)
            start = rest.end() if rest else self._at
            if start >= len(self.text) or self.text[start] != "{":
                return
            try:
                item, end = self._decoder.raw_decode(self.text, start)
            except (ValueError, RecursionError):
                return
            self._at = end
            self._given += 1
            if claim := _claim(item):
                yield claim
