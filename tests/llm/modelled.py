"""A library with a model behind it, and replies for that model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qa.library import Library

QUESTION = "What will the repairs of the Tarn bridge cost?"
QUOTE = "Repairs will cost 3.4 million crowns, mayor Ilse Brandt said."
SECOND = "The Tarn bridge was closed on Monday after engineers found cracks in two piers."


def reply(*claims: tuple[int, str, str]) -> str:
    return json.dumps(
        {
            "claims": [{"passage": n, "quote": quote, "text": text} for n, quote, text in claims],
            "breaks_off": None,
        }
    )


GOOD = reply((1, QUOTE, "Mayor Ilse Brandt said that repairs will cost 3.4 million crowns."))


def modelled(news: Path, tmp_path: Path, url: str, **settings: Any) -> Library:
    given = {
        "home": tmp_path / "home",
        "embedder": "hash",
        "answerer": "llm",
        "openai_base_url": url,
        "model": "m",
        "retries": 1,
        "call_seconds": 20.0,  # a busy machine is no failure; what tests a timeout says how long
        "cache": False,
        **settings,
    }
    return Library.open(news, **given)
