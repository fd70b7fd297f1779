"""One fact, one place: the rows of the lexicon, the patterns built from them, and that no second list of
months, negators or verbs of saying stands anywhere else in the program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.question.parsing import read_question
from qa.text.lexicon import bodies, calendar, negation, numbers, people, peoples, speech
from tests.conftest import ROOT

QA = ROOT / "qa"
MOST = 3  # members of one class that may stand together outside the lexicon
OPEN = 6  # the same for the classes that are open: "source" and "people" are ordinary words of a page
CLASSES: dict[str, frozenset[str]] = {
    "months": frozenset((*calendar.MONTH_NAMES, *calendar.MONTH_ABBREVIATIONS)),
    "weekdays": frozenset((*calendar.WEEKDAY_NAMES, *calendar.WEEKDAY_ABBREVIATIONS)),
    "number words": frozenset((*numbers.UNITS, *numbers.TENS, *numbers.SCALES)),
    "negators": frozenset(
        w for w in negation.negators("particle", "modal", "quantity", "bare", "preposition") if " " not in w
    ),
    "verbs of saying": frozenset(
        f for v in speech.verbs("words", without=("told", "as", "noun")) for f in v.finite if not v.particle
    ),
    "peoples": frozenset(p.adjective.lower() for p in peoples.PEOPLES),
    "titles": people.ABBREVIATED_TITLES,
    "persons": people.PERSONS - people.ALSO_ADJECTIVES - people.ALSO_VERBS,
    "bodies": bodies.BODIES - bodies.DOCUMENTS - bodies.OUTLETS,
    "time words": frozenset(calendar.DEICTIC),
}
LEMMAS = {f: v.lemma for v in speech.VERBS for f in v.forms}
# (file, class): why a list there is another fact
OTHER_FACTS = {
    ("text/terms.py", "negators"): "stop words: what finds nothing, whatever it means",
    ("answering/negations.py", "negators"): "phrases in which a negator denies nothing",
    ("attribution/runs.py", "negators"): "words that open a sentence, whatever they mean",
    ("attribution/extents.py", "negators"): "words that open a main clause, whatever they mean",
    ("question/collection.py", "negators"): "wordings of several filters (not by, no date), a pattern each",
    ("answering/matters.py", "persons"): "whom a report counts (passengers, pupils), not who speaks",
}


def _strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each string constant, and each collection or f-string as one: (line, its words). A docstring is prose,
    not a list."""
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.List | ast.Tuple | ast.Set | ast.Dict | ast.JoinedStr):
            parts = [
                n.value
                for n in ast.walk(node)
                if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in prose
            ]
            if parts:
                yield node.lineno, " ".join(parts)


def second_lists(source: str) -> set[tuple[int, str]]:
    """(line, class) of every place of a source that holds more than MOST members of one class. In a pattern
    the letters of an escape ("\\b") are no part of a word."""
    found = set()
    for line, text in _strings(ast.parse(source)):
        words = set(re.findall(r"[a-z]+", re.sub(r"\\[a-z]", " ", text.lower())))
        for name, members in CLASSES.items():
            held = {LEMMAS.get(w, w) for w in words & members}
            if len(held) > (OPEN if name in ("persons", "bodies") else MOST):
                found.add((line, name))
    return found


@pytest.mark.parametrize(
    "path", [p for p in sorted(QA.rglob("*.py")) if "lexicon" not in p.parts], ids=lambda p: p.stem
)
def test_no_second_list(path: Path) -> None:
    name = path.relative_to(QA).as_posix()
    found = {hit for hit in second_lists(path.read_text("utf-8")) if (name, hit[1]) not in OTHER_FACTS}
    assert found == set(), "take the words from qa.text.lexicon"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ('A = ["january", "february", "march", "april"]', "months"),
        ('A = re.compile(r"\\b(?:not|never|neither|nor)\\b")', "negators"),
        ('A = ("he said", "argued that", "explained", "admitted")', "verbs of saying"),
        ('A = {"russian": 1, "german": 2, "greek": 3, "polish": 4}', "peoples"),
        ('A = f"mr|mrs|ms|{x}|dr"', "titles"),
        ('A = "one two three four".split()', "number words"),
    ],
)
def test_a_second_list_is_found(source: str, name: str) -> None:
    assert name in {found for _, found in second_lists(source)}


def test_a_sentence_of_a_docstring_is_no_list() -> None:
    assert second_lists('"""Not, never, neither, nor: none of them."""') == set()


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("say", ("say", "says", "said", "saying")),
        ("deny", ("deny", "denies", "denied", "denying")),
        ("argue", ("argue", "argues", "argued", "arguing")),
        ("quip", ("quip", "quips", "quipped", "quipping")),
        ("write", ("write", "writes", "wrote", "written", "writing")),
        ("stress", ("stress", "stresses", "stressed", "stressing")),
        ("point out", ("point out", "points out", "pointed out", "pointing out")),
        ("decree", ("decree", "decrees", "decreed", "decreeing")),
    ],
)
def test_forms_of_a_verb(lemma: str, forms: tuple[str, ...]) -> None:
    assert {v.lemma: v for v in speech.VERBS}[lemma].forms == forms
    assert all(speech.verb_of(f.upper()) is speech.verb_of(lemma) for f in forms)


def test_rows_are_whole() -> None:
    known = {
        "words",
        "deed",
        "mind",
        "manner",
        "inverts",
        "told",
        "as",
        "noun",
        "hearer",
        "asked",
        "shows",
        "plain",
        "doubled",
    }
    assert all(v.flags <= known and v.flags & {"words", "deed", "mind", "manner"} for v in speech.VERBS)
    assert len({v.lemma for v in speech.VERBS}) == len(speech.VERBS)
    assert [m.number for m in calendar.MONTHS] == list(range(1, 13))
    assert [d.number for d in calendar.WEEKDAYS] == list(range(7))


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        (calendar.month_pattern(), ("may", "march"), ("mar", "monday")),
        (calendar.month_pattern(short=True), ("sept.", "sep", "may"), ("sep..",)),
        (calendar.month_pattern(titled=True), ("May",), ("may",)),
        (numbers.number_pattern(upto=12), ("one", "twelve"), ("zero", "thirteen")),
        (negation.negator_pattern("particle", "modal"), ("not", "no longer"), ("nobody", "without")),
        (speech.verb_pattern("manner"), ("sighed", "grumbles"), ("said",)),
        (
            speech.verb_pattern("words", without=("told",)),
            ("said", "pointed  out"),
            ("maintained", "accused"),
        ),
        (people.person_pattern(), ("minister", "spokesmen", "secretaries"), ("russian", "ministry")),
    ],
)
def test_patterns_are_built_by_flag(pattern: str, yes: tuple[str, ...], no: tuple[str, ...]) -> None:
    assert all(re.fullmatch(pattern, w) for w in yes) and not any(re.fullmatch(pattern, w) for w in no)


@pytest.mark.parametrize(
    ("word", "person"),
    [
        ("juror", True),
        ("spokesman", True),
        ("russian", False),
        ("weather", False),
        ("december", False),
        ("kremlin", False),
        ("ministry", False),
        ("shopkeeper", True),
    ],
)
def test_who_is_a_person(word: str, person: bool) -> None:
    assert people.is_person(word) is person


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Which Russian city was hit?", "place"),
        ("Which German newspaper reported it?", "name"),
        ("Which American minister resigned?", "person"),
        ("Which striker scored twice?", "person"),
    ],
)
def test_a_people_is_no_person(question: str, asks: str) -> None:
    assert read_question(question).asks == asks


def test_no_name_is_a_special_word() -> None:
    assert not {"kremlin", "pentagon", "russian"} & (people.PERSONS | bodies.BODIES | people.GROUPS)
