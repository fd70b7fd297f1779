"""Outcome -> text for a person: plain text, Markdown, JSON. Pure; one renderer for every surface."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from qa.presenting.printable import markdown_text, one_line, printable, web_address
from qa.types import Citation, Claim, CorpusInfo, Outcome, Premise, Reason

NO_HINTS: Mapping[str, str] = MappingProxyType({})


def source_name(citation: Citation) -> str:
    """Outlet and date: "Sputnik, 2024-03-18"; a missing one is said."""
    return f"{citation.outlet or citation.file}, {citation.published or 'undated'}"


def answer_text(
    claims: Sequence[Claim], citations: Sequence[Citation], quoted: bool, premise: Premise | None = None
) -> str:
    """The answer with [n] markers, a line for each source. ``quoted``: the claims are the quotes
    themselves, and are put in quotation marks after the name of their source."""
    by_number = {c.n: c for c in citations}
    if premise is not None:
        denied = f"The question assumes “{premise.asserted}”, which the source denies."
        return f"{denied}\n{answer_text(claims, citations, quoted)}"
    if not quoted:
        return " ".join(claim_line(claim) for claim in claims)
    lines: list[str] = []
    last: tuple[str, str] | None = None
    for claim in claims:
        marks = "".join(f"[{n}]" for n in claim.citations)
        first = by_number[claim.citations[0]]
        who = speaker(claim)
        source = (first.article_id, source_name(first))
        words = f"{f'({who}) ' if who else ''}{_in_marks(claim.text)} {marks}"
        if source == last:
            lines[-1] += f" … {words}"
        else:
            after = f" {words.replace(') “', '): “', 1)}" if who else f": {words}"
            lines.append(f"{source_name(first)}{after}")
        last = source
    return "\n".join(lines)


def list_text(claims: Sequence[Claim], citations: Sequence[Citation], by: str) -> str:
    """A line a claim: when, where, who, and the words. ``by`` "happened": the day of what is told stands
    first, where it is known, else that of publication; which of the two it is, and how it was worked out, is
    said."""
    by_number = {c.n: c for c in citations}
    lines = []
    for claim in claims:
        first = by_number[claim.citations[0]]
        when = _listed_day(claim, first) if by == "happened" else first.published or "undated"
        said = claim.attribution
        who = f", {said.speaker}" if said and said.voice != "outlet" and by == "happened" else ""
        marks = "".join(f"[{n}]" for n in claim.citations)
        lines.append(f"{when}, {first.outlet or first.file}{who}: {_in_marks(claim.text)} {marks}")
    return "\n".join(lines)


def _listed_day(claim: Claim, first: Citation) -> str:
    """The day of an entry of a timeline, and what day that is."""
    event = claim.event_date
    if event is None:
        return f"{first.published} (published)" if first.published else "No day"
    how = "" if event.how == "as printed" else f": {event.how}"
    published = f"; published {first.published}" if first.published and first.published != event.value else ""
    return f"{event.value.replace('/', ' to ')} (happened{how}{published})"


def speaker(claim: Claim) -> str | None:
    """Who says it, with the role, where the sentence itself does not name him; None for the outlet's own
    words."""
    said = claim.attribution
    if said is None or said.voice == "outlet":
        return None
    family = said.speaker.split()[-1]
    if re.search(rf"(?<!\w){re.escape(family)}(?!\w)", claim.text, re.IGNORECASE):
        return None
    return (
        f"{said.speaker}, {said.role}"
        if said.role and said.role.casefold() not in said.speaker.casefold()
        else said.speaker
    )


def claim_line(claim: Claim) -> str:
    """One sentence with its markers, and with its speaker where it does not name him."""
    who = speaker(claim)
    return (
        f"{claim.text}{f' (according to {who})' if who else ''} {''.join(f'[{n}]' for n in claim.citations)}"
    )


def _in_marks(text: str) -> str:
    """In double quotation marks, those inside turned to single ones."""
    inner = re.sub(
        r"[“”]|(?<!\w)\"|\"(?!\w)",
        lambda m: "‘" if m.group() == "“" or (m.group() == '"' and _opens(text, m.start())) else "’",
        text,
    )
    return f"“{inner}”"


def _opens(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at - 1] in "([—–"


def abstention_text(
    reason: Reason, corpus: CorpusInfo, left: int | None, nearest: bool, quoted: bool = False
) -> str:
    """One honest sentence saying why there is no answer. ``left``: how many articles the filters leave;
    ``quoted``: no model wrote anything, so nothing was drafted that could fail."""
    if quoted and reason == "unverified":
        reason = "unsure"
    articles = corpus.articles
    reach = f"reach from {corpus.first} to {corpus.last}" if corpus.first else "state no date"
    undated = f", {corpus.undated} of them undated" if corpus.first and corpus.undated else ""
    scope = f"the {articles} articles" if articles != 1 else "the one article"
    if left is not None:
        scope = (
            f"the {left} of {articles} articles that the filters leave"
            if left
            else f"any article, as the filters leave none of {articles}"
        )
    shown = "; the nearest passages are below" if nearest else ""
    return {
        "not_in_corpus": f"No answer to this was found in {scope}{shown}.",
        "unsure": "Not sure of an answer" + ("; the closest passages are below." if nearest else "."),
        "cut_off": "The nearest passage breaks off in its source, and an answer may be cut off "
        f"with it{shown}.",
        "outside_dates": "No article names or is dated in a year that the question asks about: "
        f"they {reach}{undated}{shown}.",
        "unverified": f"What was drafted could not be verified against {scope}, so it is not shown{shown}.",
    }[reason]


def place(citation: Citation) -> str:
    return f"{citation.file}:{citation.line}"


def footnote(citation: Citation) -> str:
    """One line on where a quote is from: outlet · date (how known) · title · file:line."""
    date = f"{citation.published} ({citation.published_from})" if citation.published else "undated"
    if citation.updated:
        date = f"first published {date}, updated {citation.updated}"
    title = f"“{citation.title}”" if citation.title else "untitled"
    also = [
        f"{a.outlet} ({a.article_id})" if a.outlet and a.outlet != citation.outlet else a.article_id
        for a in citation.also_in
    ]
    parts = [citation.outlet or "outlet not stated", date, title, place(citation)]
    return one_line(" · ".join([*parts, f"also in {', '.join(also)}"] if also else parts))


def happened(outcome: Outcome, citation: Citation) -> str | None:
    """When what a quote tells happened, where that was worked out, and how."""
    for claim in outcome.claims:
        if claim.citations[0] == citation.n and claim.event_date and claim.event_date.how != "as printed":
            return f"{claim.event_date.value.replace('/', ' to ')}: {claim.event_date.how}"
    return None


def flat(quote: str) -> str:
    """In one line."""
    return re.sub(r"\s+", " ", quote).strip()


def to_markdown(outcome: Outcome) -> str:
    """One answer as Markdown; text of articles is text in it, never markup."""
    parts = [f"**{markdown_text(flat(outcome.question))}**", "", markdown_text(outcome.text)]
    for citation in outcome.citations:
        link = f" · <{citation.url}>" if web_address(citation.url) else ""
        parts += ["", f"[{citation.n}] {markdown_text(footnote(citation))}{link}"]
        parts += [f"> {markdown_text(flat(citation.quote))}"]
        if when := happened(outcome, citation):
            parts += ["", f"({markdown_text(when)})"]
    if outcome.notes:
        parts.append("")
        parts += [f"*{markdown_text(flat(note.text))}*" for note in outcome.notes]
    return "\n".join(parts) + "\n"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of an answer's text and the sources that are told under them."""

    text: str
    sources: tuple[Citation, ...]


def blocks(outcome: Outcome) -> list[Block]:
    """The text with its sources: each line with its own where every line is one claim (a list, quotes of
    several articles), else the whole text with all of them."""
    lines = outcome.text.splitlines()
    claims = outcome.claims
    paired = len(lines) == len(claims) > 1 and all(
        line.endswith("".join(f"[{n}]" for n in c.citations)) for line, c in zip(lines, claims, strict=True)
    )
    if not paired:
        return [Block(outcome.text, outcome.citations)]
    left = {c.n: c for c in outcome.citations}
    told = []
    for line, claim in zip(lines, claims, strict=True):
        told.append(Block(line, tuple(left.pop(n) for n in claim.citations if n in left)))
    return told


def shown_already(outcome: Outcome) -> frozenset[int]:
    """The citations whose quote is itself a sentence of the text: quotes only, nothing put in other words."""
    if outcome.kind != "answer" or outcome.trace.answerer != "extractive":
        return frozenset()
    told = {(n, flat(claim.text)) for claim in outcome.claims for n in claim.citations}
    return frozenset(c.n for c in outcome.citations if (c.n, flat(c.quote)) in told)


def spaced(outcome: Outcome, once: frozenset[int]) -> bool:
    """Whether sources stand apart from each other: where a quote is printed under one of them."""
    return any(c.n not in once for c in outcome.citations)


def noted(outcome: Outcome, hints: Mapping[str, str]) -> list[str]:
    """The notes, each with what to do about it on this surface: ``hints`` by the kind of note. Rows of a
    catalogue have notes of their own."""
    own = {} if outcome.kind == "catalogue" else hints
    return [f"Note: {n.text}" + (f" {own[n.kind]}" if n.kind in own else "") for n in outcome.notes]


def to_plain(outcome: Outcome, *, long: bool = False, hints: Mapping[str, str] = NO_HINTS) -> str:
    """One answer for a terminal or a pipe: printable text only. A quote that is a sentence of the answer is
    not printed again under its source, unless ``long``."""
    told = blocks(outcome)
    once = frozenset() if long else shown_already(outcome)
    under = "    " if len(told) > 1 else ""
    parts: list[str] = []
    if outcome.standalone_question != outcome.question:
        parts.append(f"searched: {outcome.standalone_question}")
    for block in told:
        parts.append(block.text)
        if block.sources and not under:
            parts.append("")
        for k, citation in enumerate(block.sources):
            if k and not under and spaced(outcome, once):
                parts.append("")
            parts.append(f"{under}[{citation.n}] {footnote(citation)}")
            parts += [] if citation.n in once else [f"{under}    {flat(citation.quote)}"]
            if when := happened(outcome, citation):
                parts.append(f"{under}    ({when})")
    if notes := noted(outcome, hints):
        parts += ["", *notes]
    return printable("\n".join(parts))


def why(outcome: Outcome, words: Callable[[str, int, int], str]) -> str:
    """How an answer came about: what was searched, every passage found with its first words (``words``
    gives those of a span), what was cited, what was dropped and why."""
    trace = outcome.trace
    cited = {(c.file, c.start, c.end) for c in outcome.citations}
    lines = [
        f"searched   {outcome.standalone_question}",
        f"answered   by {trace.model or 'quotes only'}"
        + (f", prompts {', '.join(f'{k} {v}' for k, v in trace.prompts.items())}" if trace.prompts else ""),
    ]
    for n, hit in enumerate(trace.hits, 1):
        file = hit.article_id.rsplit("#", 1)[0]
        used = any(f == file and a < hit.end and hit.start < b for f, a, b in cited)
        begins = flat(words(file, hit.start, hit.end))[:70]
        mark = "cited" if used else "     "
        lines.append(f"{n:3} {mark} {hit.score:.2f} {hit.stage:7} {hit.article_id}  {begins}")
    lines += [f"dropped    ({d.why}) {d.text}" for d in trace.dropped] or ["dropped    nothing"]
    lines.append("seconds    " + ", ".join(f"{name} {value:g}" for name, value in trace.seconds.items()))
    return "\n".join(lines)


def money(cost: float | None) -> str:
    return "price unknown" if cost is None else f"${cost:.4f}"


def cost(outcomes: Sequence[Outcome]) -> str:
    """Tokens, money and seconds of several answers: of the last and of all."""

    def one(name: str, some: Sequence[Outcome]) -> str:
        costs = [o.trace.cost_usd for o in some]
        known = None if None in costs else sum(c or 0.0 for c in costs)
        sent, received = (
            sum(o.trace.tokens.prompt for o in some),
            sum(o.trace.tokens.completion for o in some),
        )
        seconds = sum(v for o in some for k, v in o.trace.seconds.items() if k != "first_sentence")
        return f"{name:10} {sent} tokens sent, {received} received, {money(known)}, {seconds:.1f} s"

    if not outcomes:
        return "nothing was asked yet"
    return "\n".join([one("last", outcomes[-1:]), one(f"all {len(outcomes)}", outcomes)])
