"""Whether any answer contradicts itself about who speaks: ``python -m eval contradictions``. Every gold
question is asked, or those of a file over a folder of one's own; exit 1 where a claim names one speaker and
is attributed to another."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.gold.questions import GoldError
from eval.runs.suite import gate_suite, load_questions
from eval.scoring.contradictions import contradictions
from qa.library import Library


@dataclass(frozen=True, slots=True)
class Found:
    """What was asked and how many claims with a speaker were told; ``wrong``: question, claim, who is named
    in it, who is said to speak."""

    questions: int
    claims: int
    wrong: tuple[tuple[str, str, str, str], ...]


def asked(corpus: Path, questions: Sequence[str]) -> Found:
    """The answers of a folder to questions."""
    claims = 0
    wrong = []
    with tempfile.TemporaryDirectory() as home, Library.open(corpus, home=Path(home)) as library:
        library.index()
        for question in questions:
            outcome = library.ask(question)
            claims += sum(
                c.attribution is not None and c.attribution.voice != "outlet" for c in outcome.claims
            )
            wrong += [(question, *each) for each in contradictions(outcome)]
    return Found(len(questions), claims, tuple(wrong))


def gold() -> Iterator[tuple[Path, list[str]]]:
    """(folder, questions) of all gold."""
    for section in gate_suite():
        found = [
            q.question for path in section.questions for q in load_questions(path, section.corpus).questions
        ]
        if found:
            yield section.corpus, found


def _of_file(path: Path) -> list[str]:
    """A question a line, plain or as an object with ``question``."""
    try:
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        return [json.loads(x)["question"] if x.startswith("{") else x for x in lines]
    except (OSError, ValueError, KeyError) as error:
        raise GoldError(f"{path} has no questions ({error}); write one a line") from None


def contradictions_main(argv: list[str]) -> int:
    """``python -m eval contradictions [--corpus FOLDER --questions FILE]``."""
    parser = argparse.ArgumentParser(prog="python -m eval contradictions", description=__doc__)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--questions", type=Path)
    options = parser.parse_args(argv)
    if (options.corpus is None) != (options.questions is None):
        parser.error("give both --corpus and --questions, or neither")
    sets = [(options.corpus, _of_file(options.questions))] if options.corpus else list(gold())
    failed = False
    for corpus, questions in sets:
        found = asked(corpus, questions)
        failed = failed or bool(found.wrong)
        print(
            f"{corpus.name}: {found.questions} questions, {found.claims} claims with a speaker, "
            f"{len(found.wrong)} contradict themselves"
        )
        for question, claim, named, speaker in found.wrong:
            print(f"  {question}\n    names {named}, said to be {speaker}: {claim}")
    return int(failed)
