"""What is wrong with gold: ``python -m eval lint``.

Broken gold does not load at all (``eval.gold.questions``). Beyond that: ids and questions that occur twice, a
question in a tuned and in the reported split, answers that stand in the question, nuggets that an echo
of the question would earn, forms that nothing in the articles holds, forbidden facts that a right
answer holds, and nuggets that no gold quote carries.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rapidfuzz.fuzz import token_sort_ratio

from eval.gold.drafts import load_drafts
from eval.gold.questions import GoldError, GoldQuestion, GoldSet
from eval.gold.reading import load_files
from eval.runs.suite import Section, gate_suite, load_questions
from eval.scoring.metrics import fold, states

ALIKE = 92.0  # token_sort_ratio from which on two questions are one


@dataclass(frozen=True, slots=True)
class Finding:
    where: str
    kind: str  # broken | duplicate | leak | echo | unfounded | contradiction
    text: str


def _echo(question: GoldQuestion) -> str:
    return " ".join([*question.history, question.question])


def _earned_by_echo(question: GoldQuestion, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    echo = _echo(question)
    for nugget in question.nuggets:
        if earned := [form for form in nugget.accept if states(echo, form)]:
            kind = "leak" if nugget.vital else "echo"
            yield kind, f"the question itself earns {nugget.text!r} ({earned[0]!r})"


def _stands(form: str, texts: Sequence[str]) -> bool:
    """In one text as a whole, or part by part in several."""
    return any(states(text, form) for text in texts) or all(
        any(states(text, part) for text in texts) for part in form.split("&&")
    )


def _in_no_article(question: GoldQuestion, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for nugget in question.nuggets if texts else ():
        if not any(_stands(form, texts) for form in nugget.accept):
            yield "unfounded", f"no accepted form of {nugget.text!r} stands in the articles"


def _forbidden(question: GoldQuestion, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    quoted = " \n".join(q.text for q in question.quotes)
    accepted = [form for n in question.nuggets for form in n.accept]
    for fact in question.forbidden:
        if any(states(form, fact) for form in accepted):
            yield "contradiction", f"{fact!r} is forbidden and accepted"
        elif quoted and states(quoted, fact):
            yield "contradiction", f"{fact!r} is forbidden, and stands in a gold quote"


def _in_no_quote(question: GoldQuestion, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    quoted = " \n".join(q.text for q in question.quotes)
    for nugget in question.nuggets if quoted else ():
        forms = [part for form in nugget.accept for part in form.split("&&")]
        if nugget.vital and not any(states(quoted, part) for part in forms):
            yield "unfounded", f"no gold quote carries {nugget.text!r}"


def _without_history(question: GoldQuestion, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    if question.category == "follow_up" and not question.history:
        yield "broken", "a follow-up needs a history"


RULES: tuple[Callable[[GoldQuestion, Sequence[str]], Iterator[tuple[str, str]]], ...] = (
    _earned_by_echo,
    _in_no_article,
    _forbidden,
    _in_no_quote,
    _without_history,
)


def of_question(question: GoldQuestion, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(kind, what) for one question; ``texts``: the articles it rests on."""
    for rule in RULES:
        yield from rule(question, texts)


def duplicates(questions: Sequence[tuple[str, GoldQuestion]]) -> Iterator[tuple[str, str]]:
    """(where, what) of questions that ask the same in nearly the same words."""
    texts = [fold(_echo(q)) for _, q in questions]
    for i, (where, _) in enumerate(questions):
        for j in range(i):
            if token_sort_ratio(texts[i], texts[j], score_cutoff=ALIKE):
                yield where, f"asks what {questions[j][0]} asks"


def lint(sections: Sequence[Section]) -> list[Finding]:
    """Everything that is wrong with the gold of these sections."""
    found: list[Finding] = []
    for section in sections:
        asked: list[tuple[str, GoldQuestion]] = []
        for path in section.questions:
            try:
                gold: GoldSet = load_questions(path, section.corpus)
            except GoldError as error:
                found.append(Finding(path.name, "broken", str(error)))
                continue
            asked += [(f"{path.stem}:{q.id}", q) for q in gold.questions]
        for where, question in asked:
            names = {a.rsplit("#", 1)[0] for a in question.articles}
            texts = [
                (section.corpus / n).read_text("utf-8-sig") for n in names if (section.corpus / n).is_file()
            ]
            found += [Finding(where, kind, text) for kind, text in of_question(question, texts)]
        found += [Finding(where, "duplicate", text) for where, text in duplicates(asked)]
        loads: list[Callable[[], object]] = [
            partial(load_drafts, path, section.corpus) for path in section.drafts
        ]
        loads += [partial(load_files, section.articles, section.corpus)] if section.articles else []
        for load in loads:
            try:
                load()
            except GoldError as error:
                found.append(Finding(section.name, "broken", str(error)))
    return found


def lint_main(argv: list[str]) -> int:
    """``python -m eval lint [--gold FILE --corpus FOLDER]``: exit 1 if anything was found."""
    parser = argparse.ArgumentParser(
        prog="python -m eval lint", description="Broken, duplicate and leaky gold."
    )
    parser.add_argument(
        "--gold",
        type=Path,
        action="append",
        help="a gold file; may be repeated (default: all of this repository)",
    )
    parser.add_argument("--corpus", type=Path, help="the folder that --gold is about")
    options = parser.parse_args(argv)
    if bool(options.gold) != bool(options.corpus):
        raise GoldError("give both --gold and --corpus, or neither")
    sections = (
        (Section(options.corpus.name, options.corpus, tuple(options.gold)),) if options.gold else gate_suite()
    )
    found = lint(sections)
    for f in found:
        print(f"{f.where}: {f.kind}: {f.text}")
    counted = sum(
        len(load_questions(p, s.corpus).questions)
        for s in sections
        for p in s.questions
        if not any(f.where == p.name for f in found)
    )
    print(f"{counted} questions, {len(found)} findings")
    return 1 if found else 0
