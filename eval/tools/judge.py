"""A model's opinion on whether quotes prove claims: ``python -m eval judge RUN``. Each claim is asked
several times; how often the model disagrees with itself stands beside the share. Never part of the gate:
a judge is a model too."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from eval.gold.questions import GoldError
from eval.runs.run import Run, progress
from eval.scoring.stats import interval
from qa.answering.prompts import load_prompt
from qa.llm.cache import CachedLLM
from qa.llm.client import LLM, Request, make_llm
from qa.settings import load_settings

TEMPERATURE = 0.7


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with the votes on it: True for supported, None for a reply that says neither."""

    id: str
    claim: str
    quotes: tuple[str, ...]
    votes: tuple[bool | None, ...]

    @property
    def support(self) -> float | None:
        """The share of readable votes for it; None if no vote could be read (unscored, not zero)."""
        votes = [v for v in self.votes if v is not None]
        return sum(votes) / len(votes) if votes else None

    @property
    def agreed(self) -> bool:
        return len(set(self.votes)) == 1


def vote(text: str) -> bool | None:
    word = text.strip().strip(".\"'").split()[:1]
    return {"supported": True, "unsupported": False}.get(word[0].lower().strip(".,")) if word else None


def judge(llm: LLM, key: str, claim: str, quotes: tuple[str, ...], repeat: int) -> Judged:
    """Raises LLMError."""
    messages = load_prompt("judge").messages(
        claim=claim, quotes="\n".join(f"- {' '.join(q.split())}" for q in quotes)
    )
    votes = [
        vote(
            llm.complete(
                Request(messages=messages, max_tokens=8, temperature=TEMPERATURE if n else 0.0, seed=n)
            ).text
        )
        for n in range(repeat)
    ]
    return Judged(key, claim, quotes, tuple(votes))


def claims_of(run: Run) -> list[tuple[str, str, tuple[str, ...]]]:
    """(question, claim, its quotes) of every answer in a Run."""
    found = []
    for item in run.items:
        outcome = item.outcome or {}
        quotes = {c["n"]: c["quote"] for c in outcome.get("citations", [])}
        found += [
            (item.id, c["text"], tuple(quotes[n] for n in c["citations"])) for c in outcome.get("claims", [])
        ]
    return found


def told(judged: list[Judged], model: str) -> str:
    """Share of claims judged supported, and how sure that is."""
    scored = [(j, s) for j in judged if (s := j.support) is not None]
    if not scored:
        return "no vote could be read: unscored"
    mean, low, high = interval([s for _, s in scored])
    torn = sum(not j.agreed for j in judged)
    lines = [
        f"{model}: {mean:.3f} ({low:.3f} to {high:.3f}) of {len(scored)} claims supported; the judge "
        f"disagrees with itself on {torn} of {len(judged)}; {len(judged) - len(scored)} unscored"
    ]
    lines += [
        f"  {s:.2f} {j.id}: {j.claim}\n       {' | '.join(' '.join(q.split()) for q in j.quotes)[:200]}"
        for j, s in scored
        if s < 1
    ]
    return "\n".join(lines)


def judge_main(argv: list[str]) -> int:
    """``python -m eval judge RUN [--repeat N]``; needs OPENAI_BASE_URL or OPENAI_API_KEY."""
    parser = argparse.ArgumentParser(
        prog="python -m eval judge", description="A model's opinion on whether quotes prove claims."
    )
    parser.add_argument("run", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args(argv)
    s = load_settings()
    key = s.openai_api_key.get_secret_value() if s.openai_api_key else None
    llm = CachedLLM(make_llm(s.model, key, s.openai_base_url, s.call_seconds, s.retries), s.home / "judge")
    claims = claims_of(Run.load(options.run))
    if not claims:
        raise GoldError(
            f"{options.run} holds no answers (a baseline keeps none); make a run with `python -m eval run`"
        )
    judged = []
    with progress(len(claims), quiet=False) as step:
        for claim in claims:
            judged.append(judge(llm, *claim, options.repeat))
            step("judging")
    print(told(judged, s.model))
    return 0
