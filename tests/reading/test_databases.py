"""Exports of databases in the layouts that they have been downloaded in, the odd ones too: each record keeps
its own outlet, date, headline and byline."""

from __future__ import annotations

import pytest

from qa.reading.loaders.files import load_bytes
from qa.reading.splitter import split
from tests.reading.test_formats import MILL, Row, rows

DAM = "The dam at Skarn holds, the council said. “We looked for a week,” said Bram Corvin, its head."
ONE: Row = ("Mill opens", "The Mill Post", "2021-03-09", "Ada Brook")
TWO: Row = ("Dam holds", "Dam News", "2020-08-08", None)
IN = " " * 30


def classic(*records: str) -> str:
    return "".join(f"{IN}{n} of {len(records)} DOCUMENTS\n\n\n{r}\n\n\n" for n, r in enumerate(records, 1))


def uni(*lines: str) -> str:
    return "\n\n".join(lines) + "\n\nEnd of Document\n\n"


FULL = f"{IN}The Mill Post\n\n{IN}March 9, 2021 Tuesday\n\nLENGTH: 20 words\n\nHEADLINE: Mill opens\n\n"
PLAIN = f"{IN}Dam News\n\n{IN}August 8, 2020 Saturday\n\nLENGTH: 16 words\n\nHEADLINE: Dam holds\n\n"
PLAIN += f"BODY:\n\n{DAM}"
NEXIS: list[tuple[str, str, list[Row]]] = [
    (
        "a programme's name above the date, guests below",
        classic(
            f"{IN}Mill Television\n\nSHOW: MILL TONIGHT 9:00 PM EST\n\n{IN}March 9, 2021 Tuesday\n\n"
            f"TRANSCRIPT: # 030901cb.254\n\nLENGTH: 20 words\n\nHEADLINE: Mill opens\n\nBYLINE: Ada Brook\n\n"
            f"GUESTS: Ivo Hollis\n\nBODY:\n\n{MILL}",
            PLAIN,
        ),
        [("Mill opens", "Mill Television", "2021-03-09", "Ada Brook"), TWO],
    ),
    (
        "the first years: levels and stories, the edition beside the date",
        f"{IN}LEVEL 1 - 1 OF 2 STORIES\n\n{IN}Copyright 1995 The Mill Company;\n{IN}The Mill Post\n\n"
        f"{IN}May 3, 1995, Wednesday, Home Edition\n\nLENGTH: 20 words\n\nHEADLINE: Mill opens\n\n"
        f"BYLINE: By ADA BROOK, MILL STAFF WRITER\n\nBODY:\n   {MILL}\n\n\n"
        f"{IN}LEVEL 1 - 2 OF 2 STORIES\n\n{PLAIN}",
        [("Mill opens", "The Mill Post", "1995-05-03", "ADA BROOK"), TWO],
    ),
    (
        "Dutch",
        classic(
            f"{IN}de Molenkrant\n\n{IN}9 maart 2021 dinsdag\n\nLENGTE: 20 woorden\n\nKOP: Molen open\n\n"
            f"BYLINE: Door Ada Brook\n\nBODY:\n\n{MILL}\n\nTAAL: NEDERLANDS"
        ),
        [("Molen open", "de Molenkrant", "2021-03-09", "Ada Brook")],
    ),
    (
        "French",
        classic(
            f"{IN}Le Moulin\n\n{IN}Mardi 9 Mars 2021\n\nLONGUEUR: 20 mots\n\nTITRE: Le moulin ouvre\n\n"
            f"AUTEUR: Ada Brook\n\n{MILL}\n\nLANGUE: FRENCH; FRANÇAIS\n\nTous droits réservés"
        ),
        [("Le moulin ouvre", "Le Moulin", "2021-03-09", "Ada Brook")],
    ),
    (
        "Spanish",
        classic(
            f"{IN}El Molino\n\n{IN}martes 9 marzo 2021\n\nLONGITUD: 20 palabras\n\n"
            "TITULAR: Abre el molino\n\n"
            f"{MILL}\n\nIDIOMA: ESPAÑOL"
        ),
        [("Abre el molino", "El Molino", "2021-03-09", None)],
    ),
    (
        "no date, between dated ones, and a date in its headline",
        classic(
            f"{FULL}BYLINE: Ada Brook\n\nBODY:\n\n{MILL}\n\nLOAD-DATE: March 10, 2021",
            f"{IN}Dam Weekly\n\nLENGTH: 16 words\n\nHEADLINE: Floods of March 3, 2020\n\nBODY:\n\n{DAM}\n\n"
            "LOAD-DATE: March 11, 2021",
            PLAIN,
        ),
        [ONE, ("Floods of March 3, 2020", "Dam Weekly", None, None), TWO],
    ),
    (
        "Nexis Uni without a date, under a headline with one",
        uni(
            *("Floods of March 3, 2020", "Dam Weekly", "Copyright 2021 X All Rights Reserved"),
            *("Length: 16 words", "Body", DAM, "Load-Date: March 9, 2021"),
        )
        + uni(
            *("Mill opens", "The Mill Post", "March 9, 2021 Tuesday", "Length: 20 words"),
            *("Byline: Ada Brook", "Body", MILL, "Load-Date: March 10, 2021"),
        ),
        [("Floods of March 3, 2020", "Dam Weekly", None, None), ONE],
    ),
    (
        "the place and the edition beside the name",
        uni(
            *("Mill opens", "The Mill Post (Tellin) - Final Edition", "March 9, 2021", "Length: 20 words"),
            *("Byline: Ada Brook, Mill Post Staff Writer", "Body", MILL),
        ),
        [ONE],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in NEXIS], ids=[c[0] for c in NEXIS])
def test_nexis(text: str, expected: list[Row]) -> None:
    assert rows(text, "a.txt") == expected


BELOW = [
    ("captions", f"{MILL}\n\nGraphic\n\nPHOTO: the wheel\n\nClassification\n\nLanguage: ENGLISH"),
    ("rights in German", f"{MILL}\n\nSPRACHE: DEUTSCH\n\nCopyright 2021 Mühle\n\nAlle Rechte vorbehalten"),
    ("labels that nobody knows", f"{MILL}\n\nLANGUAGE: GERMAN\n\nZEITUNGS-CODE: mill"),
]


@pytest.mark.parametrize("below", [c[1] for c in BELOW], ids=[c[0] for c in BELOW])
def test_what_stands_below_a_text_is_none_of_it(below: str) -> None:
    source = load_bytes(
        uni("Mill opens", "Post", "March 9, 2021", "Length: 20 words", "Body", below).encode(), "a.txt"
    )
    (article,) = split(source)
    assert source.text[article.spans[-1].start : article.spans[-1].end] == MILL


FACTIVA: list[tuple[str, str, list[Row]]] = [
    (
        "a code of one letter, a section above, a title in capitals of its words",
        f"Business\nMill Opens In May\n20 words\n9 March 2021\n08:15\nThe Mill Journal\nJ\nA1\nEnglish\n"
        f"(Copyright (c) 2021, Mill Co.)\n\n{MILL}\n\nDocument J000000020210309eh390001x\n",
        [("Mill Opens In May", "The Mill Journal", "2021-03-09", None)],
    ),
    (
        "no date: the outlet stands in its place",
        f"News\nDam holds\nBy Ada Brook and Ben Au\n16 words\nDam News\nDAMN\nEnglish\n(c) 2021 Dam\n\n"
        f"{DAM}\n\nDocument DAMN000020210309eh390001y\n",
        [("Dam holds", "Dam News", None, "Ada Brook and Ben Au")],
    ),
    (
        "an outlet that begins with a date",
        f"Dam holds\n16 words\n9 March 2021\n9 May News\nNINE\nEnglish\n© 2021 Nine\n\n{DAM}\n\n"
        "Document NINE000020210309eh390001y\n",
        [("Dam holds", "9 May News", "2021-03-09", None)],
    ),
    (
        "German, a name under the headline",
        f"Wirtschaft\nMühle offen\nAda Bach\n20 Wörter\n9. März 2021\nMühlenblatt\nMUEHL\nDeutsch\n"
        "© 2021 Mühle\n\n"
        f"{MILL}\n\nDokument MUEHL00020210309eh390001x\n",
        [("Mühle offen", "Mühlenblatt", "2021-03-09", "Ada Bach")],
    ),
    (
        "French, then Russian",
        f"Le moulin ouvre enfin\n20 mots\n9 mars 2021\nLe Moulin\nMOUL\nFrançais\n© 2021 M\n\n{MILL}\n\n"
        f"Document MOUL000020210309eh390001x\n\nМельница открылась снова\n20 слов\n9 марта 2021\nМельник\n"
        f"MELN\nРусский\n© 2021 М\n\n{DAM}\n\nДокумент MELN000020210309eh390001x\n",
        [
            ("Le moulin ouvre enfin", "Le Moulin", "2021-03-09", None),
            ("Мельница открылась снова", "Мельник", "2021-03-09", None),
        ],
    ),
    (
        "codes, one of them quoted in the text",
        f"HD  Mill opens\nBY  By Ada Brook\nWC  20 words\nPD  9 March 2021\nSN  The Mill Post\nLP  {MILL}\n"
        f"SN  was what the old sheet said.\nTD  {DAM}\nAN  Document MILL000020210309eh3900001\n",
        [ONE],
    ),
    (
        "codes without a date between dated ones",
        f"HD  Mill opens\nBY  Ada Brook\nPD  9 March 2021\nSN  The Mill Post\nLP  {MILL}\nAN  Document A1\n\n"
        f"HD  Dam\nSN  Dam Weekly\nLP  {DAM}\nAN  Document A2\n\n"
        f"HD  Dam holds\nPD  8 August 2020\nSN  Dam News\nLP  {DAM}\nAN  Document A3\n",
        [ONE, ("Dam", "Dam Weekly", None, None), TWO],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in FACTIVA], ids=[c[0] for c in FACTIVA])
def test_factiva(text: str, expected: list[Row]) -> None:
    assert rows(text, "a.txt") == expected


def displayed(*boxes: str, kind: str = "en", headline: str = "Mill opens", text: str = MILL) -> str:
    author = '<div class="author">By Ada Brook </div>'
    lines = "".join(author if box == "AUTHOR" else f"<div>{box}</div>" for box in boxes)
    return (
        f'<div id="article-X" class="article"><div class="article {kind}Article"><p> </p><div>News</div>'
        f'<div id="hd"><span class="{kind}Headline">{headline} </span></div>{lines}<p></p>'
        f'<p class="articleParagraph {kind}articleParagraph">{text}</p><p>Mill Ltd</p>'
        "<p>Document MILL000020210309eh3900001</p></div></div>"
    )


RIGHTS = ("MILL", "English", "(c) 2021 Somebody Else")
DISPLAYED: list[tuple[str, str, list[Row]]] = [
    ("English", displayed("AUTHOR", "20 words", "9 March 2021", "The Mill Post", *RIGHTS), [ONE]),
    ("a clock", displayed("AUTHOR", "20 words", "9 March 2021", "08:15 AM", "The Mill Post", *RIGHTS), [ONE]),
    (
        "no date",
        displayed("20 words", "The Mill Post", *RIGHTS),
        [("Mill opens", "The Mill Post", None, None)],
    ),
    (
        "German around it",
        displayed("AUTHOR", "20 Wörter", "9 März 2021", "The Mill Post", "MILL", "Englisch", kind="de"),
        [ONE],
    ),
    (
        "Chinese around it",
        displayed("AUTHOR", "20 字", "2021 年 3 月 9 日", "The Mill Post", "MILL", "英文", kind="zhcn"),
        [ONE],
    ),
    (
        "two, the second of another day and paper",
        displayed("AUTHOR", "20 words", "9 March 2021", "The Mill Post", *RIGHTS)
        + displayed("16 words", "8 August 2020", "Dam News", *RIGHTS, headline="Dam holds", text=DAM),
        [ONE, TWO],
    ),
    (
        "one whose text quotes a frame",
        displayed(
            "AUTHOR",
            "20 words",
            "9 March 2021",
            "The Mill Post",
            *RIGHTS,
            text=f"{MILL} 9 words, 1 May 1900.",
        ),
        [ONE],
    ),
]


@pytest.mark.parametrize(("body", "expected"), [c[1:] for c in DISPLAYED], ids=[c[0] for c in DISPLAYED])
def test_factiva_as_it_is_displayed(body: str, expected: list[Row]) -> None:
    page = f"<html><head><title>Factiva</title></head><body><h1>Factiva</h1>{body}</body></html>"
    assert rows(page, "a.html") == expected
    assert "Mill Ltd" not in load_bytes(page.encode(), "a.html").text
