"""The OpenAI-compatible endpoint, asked by the real client."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import pytest

from qa.presenting.markdown import escaped, readable
from qa.server.app import create_app
from qa.server.openai_api import ChatRequest, deltas
from qa.types import Outcome
from tests.server.serving import serving

WHY = "Why was the Tarn bridge closed?"
ARTICLE = (
    "---\ndate: 2024-03-05\noutlet: Tarn Post\ntitle: Old bridge closes\n---\n"
    "The Tarn bridge was closed on Monday after engineers found cracks in two piers."
    " Repairs will cost 3.4 million crowns, mayor Ilse Brandt said.\n"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from qa.library import Library

    folder = tmp_path_factory.mktemp("openai") / "news"
    folder.mkdir()
    (folder / "bridge.txt").write_text(ARTICLE, "utf-8")
    home = tmp_path_factory.mktemp("home")
    with Library.open(folder, home=home, embedder="hash") as library:
        yield library


@pytest.fixture(scope="module")
def client(library: Any) -> Iterator[openai.OpenAI]:
    with (
        serving(create_app({"news": library}, token="secret")) as url,
        openai.OpenAI(base_url=f"{url}/v1", api_key="secret", max_retries=0) as client,
    ):
        yield client


def user(*texts: str) -> list[Any]:
    return [{"role": "user", "content": text} for text in texts]


def test_models(client: openai.OpenAI) -> None:
    assert [m.id for m in client.models.list()] == ["qa", "qa/news"]
    assert client.models.retrieve("qa/news").owned_by == "news-qa"
    with pytest.raises(openai.NotFoundError, match="no model 'gpt'"):
        client.models.retrieve("gpt")


def test_a_completion(client: openai.OpenAI, library: Any) -> None:
    reply = client.chat.completions.create(model="qa", messages=user(WHY), temperature=0.3)
    message = reply.choices[0].message
    assert message.content is not None and reply.choices[0].finish_reason == "stop"
    assert "cracks in two piers" in message.content and "[1]" in message.content
    assert "Tarn Post · 2024-03-05" in message.content and "bridge.txt:" in message.content
    assert reply.model_extra is not None
    beside = Outcome.model_validate(reply.model_extra["qa"])
    assert beside.citations == library.ask(WHY).citations
    assert reply.usage is not None and reply.usage.total_tokens == 0


def test_a_conversation(client: openai.OpenAI) -> None:
    messages = [
        {"role": "system", "content": "You are a pirate."},
        *user(WHY),
        {"role": "assistant", "content": "Cracks."},
        {"role": "user", "content": [{"type": "text", "text": "What will its repairs cost?"}]},
    ]
    reply = client.chat.completions.create(model="qa/news", messages=messages)  # type: ignore[arg-type]
    assert reply.model_extra is not None
    assert "Tarn" in reply.model_extra["qa"]["standalone_question"]
    assert "3.4 million" in (reply.choices[0].message.content or "")


def test_a_stream_says_what_the_whole_reply_says(client: openai.OpenAI) -> None:
    whole = client.chat.completions.create(model="qa", messages=user(WHY))
    chunks = list(
        client.chat.completions.create(
            model="qa", messages=user(WHY), stream=True, stream_options={"include_usage": True}
        )
    )
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert text.strip() == (whole.choices[0].message.content or "").strip()
    assert [c.choices[0].finish_reason for c in chunks if c.choices][-1] == "stop"
    last = [c.model_extra["qa"] for c in chunks if c.model_extra and "qa" in c.model_extra]
    assert [Outcome.model_validate(o).kind for o in last] == ["answer"]
    assert chunks[-1].usage is not None and not chunks[-1].choices


def test_an_abstention_is_a_reply(client: openai.OpenAI) -> None:
    reply = client.chat.completions.create(model="qa", messages=user("What is the population of Tokyo?"))
    assert "Tokyo" not in (text := reply.choices[0].message.content or "")
    assert text.startswith(("No answer to this was found", "Not sure of an answer"))


@pytest.mark.parametrize(
    ("model", "messages", "kind", "says"),
    [
        ("gpt-4", user("x"), openai.BadRequestError, "no model 'gpt-4' here; there is qa, qa/news"),
        ("qa", [{"role": "system", "content": "x"}], openai.BadRequestError, "hold no question"),
        ("qa", user(" "), openai.BadRequestError, "hold no question"),
        ("qa", [], openai.UnprocessableEntityError, "messages"),
        ("qa", user("x" * 3000), openai.UnprocessableEntityError, "question"),
    ],
)
def test_errors_are_those_of_the_client(
    client: openai.OpenAI, model: str, messages: list[Any], kind: type[openai.APIStatusError], says: str
) -> None:
    for stream in (False, True):
        with pytest.raises(kind, match=says):
            client.chat.completions.create(model=model, messages=messages, stream=stream)


def test_a_wrong_key_is_refused(client: openai.OpenAI) -> None:
    with pytest.raises(openai.AuthenticationError):
        client.with_options(api_key="other").models.list()


def test_prose_is_told_sentence_by_sentence(library: Any) -> None:
    """With a model each sentence is told when it is proven, and the footnotes at the end."""
    told = list(deltas(library.stream(WHY), prose=True))
    outcome = told[-1][1]
    assert outcome is not None and told[-1][0] == ""
    texts = [text for text, _ in told[:-1]]
    assert texts[0].startswith(escaped(outcome.claims[0].text)) and texts[0].endswith("[1]")
    assert len(texts) == len(outcome.claims) + 1 and texts[-1].startswith("\n\n[1] ")
    assert "".join(texts).count(escaped(outcome.claims[0].text)) == 2, "the sentence and its quote"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("![x](https://evil.example/p.png) [1]", r"!\[x\](https\://evil.example/p.png) [1]"),
        ("![1](https://evil.example/p.png)", r"!\[1\](https\://evil.example/p.png)"),
        ("[1](https://evil.example)", r"\[1\](https\://evil.example)"),
        ("<img src=x> *a* [12]", r"\<img src=x\> \*a\* [12]"),
        ("one [1]\ntwo [2]", "one [1]  \ntwo [2]"),
    ],
)
def test_texts_of_articles_are_no_markup(text: str, shown: str) -> None:
    assert readable(text) == shown
    assert "![x]" not in escaped(text)


def test_what_clients_send_beside_is_passed_over() -> None:
    request = ChatRequest.model_validate(
        {"model": "qa", "messages": user("x"), "tools": [], "temperature": 1, "n": 1, "seed": 3}
    )
    assert request.messages[0].words == "x"


def test_the_llm_tool(client: openai.OpenAI, tmp_path: Path) -> None:
    """The command ``llm`` with the server as one of its models, where it is installed."""
    tool = shutil.which("llm") or shutil.which("llm", path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip("the command llm is not here")
    (tmp_path / "extra-openai-models.yaml").write_text(
        f"- model_id: news\n  model_name: qa\n  api_base: {client.base_url}\n  api_key_name: news\n", "utf-8"
    )
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "OPENAI_API_KEY")}
    done = subprocess.run(
        [tool, "-m", "news", "--key", "secret", WHY],
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=170,
        env={**clean, "LLM_USER_PATH": str(tmp_path)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "cracks in two piers" in done.stdout and "Tarn Post · 2024-03-05" in done.stdout
