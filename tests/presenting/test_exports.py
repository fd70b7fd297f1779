"""What an editor or a reference manager takes: every form holds the quotes, and nothing in it runs."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest

from qa.presenting.citations import to_bibtex, to_csl, to_ris
from qa.presenting.exports import COLUMNS, EXPORTS, rendered
from qa.presenting.html import to_html
from qa.presenting.markdown import conversation, to_markdown
from qa.types import (
    AlsoIn,
    Attribution,
    CatalogueRow,
    Citation,
    Claim,
    Conflict,
    CorpusInfo,
    Dropped,
    Note,
    Outcome,
    Premise,
    Side,
    Trace,
)

QUOTE = "Repairs will cost\n3.4 million crowns & <b>more</b>, mayor Ilse Brandt said."
EVIL = (
    '=HYPERLINK("https://evil.example") <script>alert(1)</script> | {x} 50% ![i](https://evil.example/i.png)'
)


def citation(n: int, **about: Any) -> Citation:
    values: dict[str, Any] = {
        "n": n,
        "article_id": f"tarn/bridge_{n}.txt#1",
        "file": f"tarn/bridge_{n}.txt",
        "title": "Old bridge\ncloses",
        "outlet": "Tarn Post",
        "url": "https://tarn.example/a_b?x=1&y=2",
        "published": "2024-03-05",
        "published_from": "header",
        "start": 10,
        "end": 10 + len(QUOTE),
        "quote": QUOTE,
        "line": 4,
        "also_in": (AlsoIn(article_id="copy.txt#1", outlet="Hill Echo"),),
    }
    return Citation.model_validate({**values, **about})


def outcome(**about: Any) -> Outcome:
    values: dict[str, Any] = {
        "question": "What will it cost?",
        "standalone_question": "What will the bridge cost?",
        "kind": "answer",
        "text": "3.4 million crowns [1]",
        "claims": (
            Claim(
                text="Repairs will cost 3.4 million crowns.",
                citations=(1,),
                attribution=Attribution(speaker="Ilse Brandt", role="mayor", voice="reported"),
            ),
            Claim(text="Others say 5.", citations=(1, 2)),
        ),
        "citations": (citation(1), citation(2, published="2024-03", url="javascript:alert(1)", title=None)),
        "premise": Premise(asserted="it is free", citations=(1,)),
        "conflicts": (
            Conflict(
                about="cost",
                sides=(
                    Side(text="3.4 million", citations=(1,), published="2024-03-05", outlet="Tarn Post"),
                    Side(text="5 million", citations=(2,)),
                ),
            ),
        ),
        "notes": (Note(kind="x", text="The year is not stated."),),
        "corpus": CorpusInfo(articles=2, undated=0),
        "trace": Trace(answerer="extractive", dropped=(Dropped(text="x", why="number"),)),
    }
    return Outcome.model_validate({**values, **about})


ABSTAINED = outcome(
    kind="abstention", reason="not_in_corpus", text="No answer.", claims=(), conflicts=(), premise=None
)
LISTED = outcome(
    kind="catalogue",
    text="2 articles:\nas follows.",
    claims=(),
    citations=(),
    premise=None,
    conflicts=(),
    catalogue=(
        CatalogueRow(
            article_id="a.txt#1",
            file="a.txt",
            title="Old | bridge",
            outlet="Tarn Post",
            author="A. Holm",
            published="2024-03-05",
            updated="2024-03-07",
        ),
        CatalogueRow(article_id="b.txt#1", file="b.txt"),
    ),
)
HOSTILE = outcome(
    question=EVIL,
    claims=(Claim(text=EVIL, citations=(1,)),),
    citations=(citation(1, quote=EVIL, title=EVIL, outlet=EVIL, url=EVIL),),
    premise=None,
    conflicts=(),
)


@pytest.mark.parametrize("form", sorted(EXPORTS))
@pytest.mark.parametrize(
    "outcomes",
    [[outcome()], [outcome(), ABSTAINED], [HOSTILE], [LISTED]],
    ids=["one", "two", "hostile", "listed"],
)
def test_every_form_is_made(form: str, outcomes: list[Outcome]) -> None:
    if form == "docx":
        pytest.importorskip("docx")
    made = rendered(form, outcomes)
    assert len(made) > 100 or not any(o.citations for o in outcomes)  # a list of articles cites none
    if form == "json":
        assert len(outcomes) > 1 or Outcome.model_validate_json(made) == outcomes[0]


def test_markdown_has_footnotes() -> None:
    text = to_markdown(outcome())
    assert text.startswith("## What will it cost?\n\n*Searched: What will the bridge cost?*\n")
    assert "Repairs will cost 3.4 million crowns. (according to Ilse Brandt, mayor)[^1]\n" in text
    assert "Others say 5.[^1][^2]" in text and "| Tarn Post | 2024-03-05 | 3.4 million[^1] |" in text
    assert (
        "[^1]: “Repairs will cost 3.4 million crowns \\& \\<b\\>more\\</b\\>, mayor Ilse Brandt said.”"
        " Ilse Brandt · Tarn Post" in text
    )
    assert "<https://tarn.example/a_b?x=1&y=2>, characters 10–85" in text and "javascript:" not in text
    defined = re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE)
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(defined) == {"1", "2"}


def test_footnotes_of_a_conversation_are_numbered_on() -> None:
    text = conversation([outcome(), ABSTAINED, outcome()])
    defined = re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE)
    assert defined == ["1", "2", "3", "4", "5", "6"]
    assert "Nearest passages:[^3][^4]" in text


def test_html_holds_texts_as_text_and_loads_nothing() -> None:
    page = to_html([outcome(), HOSTILE, ABSTAINED])
    assert "<script" not in page and "<img" not in page and page.count("<b>more") == 0
    assert "default-src 'none'" in page and "&lt;script&gt;" in page
    assert re.findall(r'(?:src|href)="([^"#][^"]*)"', page) == ["https://tarn.example/a_b?x=1&amp;y=2"] * 2
    targets = re.findall(r'id="([^"]+)"', page)
    assert len(targets) == len(set(targets)) == 5
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(targets)


def test_csv_has_a_row_a_citation_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(rendered("csv", [outcome(), ABSTAINED, HOSTILE]).decode())))
    assert tuple(rows[0]) == COLUMNS and len(rows) == 3 + 2 + 1
    assert (rows[0]["speaker"], rows[0]["role"], rows[0]["quote"]) == ("Ilse Brandt", "mayor", QUOTE)
    assert (rows[0]["file"], rows[0]["line"], rows[0]["start"]) == ("tarn/bridge_1.txt", "4", "10")
    assert [r["citation"] for r in rows] == ["1", "1", "2", "1", "2", "1"]
    assert rows[-1]["quote"] == f"'{EVIL}"
    bare = rendered("csv", [ABSTAINED.model_copy(update={"citations": ()})]).decode()
    assert [r["sentence"] for r in csv.DictReader(io.StringIO(bare))] == ["No answer."]


def test_a_catalogue_is_a_table_in_every_form() -> None:
    text = to_markdown(LISTED)
    assert "| Old \\| bridge | Tarn Post | 2024-03-05, updated 2024-03-07 | A. Holm | a.txt\\#1 |" in text
    assert "| untitled | not stated | undated |" in text and "Nearest passages" not in text
    page = to_html([LISTED])
    assert page.count("<tr>") == 3 and "<td>Old | bridge</td>" in page and "as follows." in page
    rows = list(csv.DictReader(io.StringIO(rendered("csv", [LISTED]).decode())))
    assert [(r["kind"], r["title"], r["file"], r["quote"]) for r in rows] == [
        ("catalogue", "Old | bridge", "a.txt", ""),
        ("catalogue", "", "b.txt", ""),
    ]


def test_csl_json() -> None:
    entries = json.loads(to_csl([outcome(), outcome()]))
    assert [e["id"] for e in entries] == ["tarn-bridge-1-txt-1", "tarn-bridge-2-txt-1"]
    first, second = entries
    assert (first["type"], first["title"], first["container-title"]) == (
        "article-newspaper",
        "Old bridge closes",
        "Tarn Post",
    )
    assert first["issued"] == {"date-parts": [[2024, 3, 5]]} and second["issued"] == {
        "date-parts": [[2024, 3]]
    }
    assert first["URL"].startswith("https://") and "URL" not in second
    assert "issued" not in json.loads(to_csl([outcome(citations=(citation(1, published=None),))]))[0]


def test_ris() -> None:
    lines = to_ris([outcome()]).split("\r\n")
    assert lines[:6] == [
        "TY  - NEWS",
        "ID  - tarn-bridge-1-txt-1",
        "TI  - Old bridge closes",
        "T2  - Tarn Post",
        "PY  - 2024",
        "DA  - 2024/03/05/",
    ]
    assert "DA  - 2024/03//" in lines and lines.count("ER  - ") == 2
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines if line)


def test_bibtex_is_balanced_and_escaped() -> None:
    text = to_bibtex([outcome(), HOSTILE])
    assert text.startswith(
        "@article{tarn-bridge-1-txt-1,\n  title = {{Old bridge closes}},\n  journal = {Tarn Post},\n"
        "  year = {2024},"
    )
    assert "month = mar,\n  day = {5}," in text
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}") and r"50\%" in text
    assert not re.search(r"(?<!\\)[%$#_]", re.sub(r"\\textbackslash\{\}", "", text))


def test_word() -> None:
    docx = pytest.importorskip("docx")
    hostile = outcome(claims=(Claim(text="A\x0cB\x00C", citations=(1,)),))
    document = docx.Document(io.BytesIO(rendered("docx", [outcome(), hostile])))
    texts = [p.text for p in document.paragraphs]
    assert texts[0] == "What will it cost?" and "Others say 5." in texts and "Sources" not in texts
    assert any("\N{REPLACEMENT CHARACTER}C" in t for t in texts)
    referred = re.findall(r'footnoteReference w:id="(\d+)"', document.element.xml)
    part = next(r.target_part for r in document.part.rels.values() if r.reltype.endswith("/footnotes"))
    notes = dict(re.findall(r'<w:footnote w:id="(\d+)">(.*?)</w:footnote>', part.blob.decode()))
    assert referred == list(notes) and len(referred) == 10, "each reference has its own, in order"
    told = [re.sub(r"<[^>]+>", "", text).strip() for text in notes.values()]
    assert told[0].startswith("“Repairs will cost 3.4 million crowns &amp; &lt;b&gt;more&lt;/b&gt;")
    assert "Tarn Post · 2024-03-05 (header)" in told[0] and told[1] == "See note 1."
    near = docx.Document(io.BytesIO(rendered("docx", [ABSTAINED.model_copy(update={"premise": None})])))
    assert [p.text for p in near.paragraphs][2] == "No answer."
    assert any(p.text.startswith("[1] “Repairs will cost") for p in near.paragraphs)
    assert [c.text for c in document.tables[0].rows[1].cells] == [
        "Tarn Post",
        "2024-03-05",
        "3.4 million",
    ]
