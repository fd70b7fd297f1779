"""Recordings of a real model over the sample corpus, and their replay.

A recording is a cassette of one question's calls (vcrpy) with the passages that were sent. Replay gives
the model's stage those same passages, so that it depends on prompts, parsing and verification and not
on retrieval; a request whose body is not byte for byte the recorded one is an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from eval.gold.questions import GoldQuestion, load_gold
from eval.paths import GOLD, RECORDINGS
from qa.errors import QAError, Unreachable
from qa.library import Library
from qa.types import Hit

PASSAGES = RECORDINGS / "passages.json"
EACH = 2  # questions of a category that are recorded from the first tuned file, and one from the second
NOWHERE = "http://127.0.0.1:9/v1"  # replay never connects


def questions() -> dict[str, GoldQuestion]:
    """The fixed set that is recorded: the first of each category of the tuned gold."""
    found: dict[str, GoldQuestion] = {}
    for stem, most in (("tune", EACH), ("tune_more", 1)):
        taken: dict[str, int] = {}
        for q in load_gold(GOLD / f"{stem}.yaml").questions:
            if (
                q.category != "outside_dates" and taken.get(q.category, 0) < most
            ):  # those are answered without a call
                taken[q.category] = taken.get(q.category, 0) + 1
                found[f"{stem}:{q.id}"] = q
    return found


def path_of(key: str) -> Path:
    return RECORDINGS / f"{key.replace(':', '-')}.yaml"


def _body(text: bytes | str | None) -> Any:
    return json.loads(text) if text else None


def _same_body(a: Any, b: Any) -> None:
    assert _body(a.body) == _body(b.body), "the request is not the recorded one"


def _bare_request(request: Any) -> Any:
    """Without headers: none of them matters to the reply, and one of them holds the key."""
    request.headers = {}
    return request


def _bare_response(response: dict[str, Any]) -> dict[str, Any]:
    """Without headers but the type; some servers name their model by a path of their machine."""
    kept = {k: v for k, v in response["headers"].items() if k.lower() == "content-type"}
    body = response["body"]["string"]
    text = body.decode("utf-8") if isinstance(body, bytes) else body
    text = re.sub(r'("model"\s*:\s*")[^"]*[/\\\\]', r"\1", text)
    return {**response, "headers": kept, "body": {"string": text.encode("utf-8")}}


@contextmanager
def cassette(path: Path, record: bool = False) -> Iterator[Any]:
    """Every call within is recorded to, or answered from, ``path``."""
    import vcr

    recorder = vcr.VCR(
        record_mode="all" if record else "none",
        match_on=("method", "path", "json_body"),
        before_record_request=_bare_request,
        before_record_response=_bare_response,
        decode_compressed_response=True,
        serializer="yaml",
    )
    recorder.register_matcher("json_body", _same_body)
    with recorder.use_cassette(str(path)) as tape:
        yield tape


def settings(base_url: str = NOWHERE) -> dict[str, Any]:
    """Those that shape a request are written out, so that nobody's environment can change them."""
    return {
        "answerer": "llm",
        "openai_base_url": base_url,
        "openai_api_key": "none",
        "model": "qwen2.5-coder-1.5b-instruct",
        "passages": 5,
        "max_tokens": 500,
        "call_seconds": 600,
        "retries": 0,
        "on_failure": "error",
        "cache": False,
    }


def kept_passages() -> dict[str, dict[str, list[list[Any]]]]:
    """Question -> searched question -> (article id, start, end) of each passage, best first."""
    found: dict[str, dict[str, list[list[Any]]]] = json.loads(PASSAGES.read_text("utf-8"))
    return found


def hits_of(library: Library, spans: list[list[Any]]) -> list[Hit]:
    """The passages of these spans as hits. A passage that is no longer cut so is left out, and the
    request will not be the recorded one."""
    store = library.store
    by_span = {
        (store.article(a).article_id, p.start, p.end): (p, store.article(a))
        for p, a in store.passages(store.passage_ids().tolist())
    }
    known = [by_span[(s[0], s[1], s[2])] for s in spans if (s[0], s[1], s[2]) in by_span]
    return [Hit(passage=p, article=a, score=1.0, rank=n, stage="fused") for n, (p, a) in enumerate(known, 1)]


class NotRecorded(QAError):
    """A request that is not byte for byte the recorded one."""


@contextmanager
def replaying(library: Library, key: str) -> Iterator[Any]:
    """Within, ``library.ask`` of this question is answered from its recording. Raises NotRecorded."""
    from vcr.errors import CannotOverwriteExistingCassetteException

    spans = kept_passages()[key]

    def retrieve(question: str, *_: Any, **__: Any) -> list[Hit]:
        return hits_of(library, spans.get(question, []))

    real = library.retrieve
    library.retrieve = retrieve  # type: ignore[method-assign]
    try:
        with cassette(path_of(key)) as tape:
            yield tape
    except (
        CannotOverwriteExistingCassetteException,
        Unreachable,
    ):  # older openai clients take the first for the second
        raise NotRecorded(
            f"{key}: the request is not the recorded one; "
            "if a prompt was changed on purpose, run `python -m eval record`"
        ) from None
    finally:
        library.retrieve = real  # type: ignore[method-assign]


def recorded() -> dict[str, GoldQuestion]:
    """The questions of which there is a recording."""
    return {key: q for key, q in questions().items() if path_of(key).is_file()}


def requests_of(path: Path) -> list[dict[str, Any]]:
    """The interactions of a cassette, as data."""
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["interactions"]
    return found
