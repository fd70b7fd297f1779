"""The JSON API: what is answered, refused and told, without a socket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from qa.errors import (
    BudgetExceeded,
    EmptyCorpus,
    Locked,
    NotFound,
    QAError,
    RateLimited,
    TimedOut,
    UsageError,
)
from qa.server import failures
from qa.server.app import create_app
from qa.server.guard import host_name
from qa.server.pool import Busy
from qa.server.wire import AskRequest
from qa.types import Finished, Outcome, Proven, Searched

HERE = "http://127.0.0.1:8642"
COST = "What will the repairs of the Tarn bridge cost?"
Client = TestClient


@pytest.fixture
def library(open_library: Any, news: Path) -> Any:
    return open_library(news)


@pytest.fixture
def client(library: Any) -> Iterator[Client]:
    with TestClient(create_app({"news": library}), base_url=HERE) as client:
        yield client


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client for tests that change nothing."""
    from qa.library import Library

    folder = tmp_path_factory.mktemp("shared") / "news"
    folder.mkdir()
    (folder / "bridge.txt").write_text(
        "Date: 2024-03-05\nOld bridge closes\n\n"
        "The Tarn bridge was closed on Monday after engineers found cracks.\n",
        "utf-8",
    )
    home = tmp_path_factory.mktemp("home")
    with (
        Library.open(folder, home=home, embedder="hash") as library,
        TestClient(create_app([library]), base_url=HERE) as client,
    ):
        yield client


def events_of(text: str) -> list[tuple[str, dict[str, Any]]]:
    blocks = [block.split("\n") for block in text.strip().split("\n\n")]
    return [(kind.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for kind, data in blocks]


def same(one: Outcome, other: Outcome) -> bool:
    """Equal but for the seconds that it took."""
    return all(
        a.model_dump(exclude={"trace": {"seconds"}}) == b.model_dump(exclude={"trace": {"seconds"}})
        for a, b in [(one, other)]
    )


def test_an_answer_is_that_of_the_library(client: Client, library: Any) -> None:
    posted = client.post("/v1/ask", json={"question": COST})
    assert posted.status_code == 200 and "3.4 million" in posted.json()["text"]
    assert same(Outcome.model_validate(posted.json()), library.ask(COST))
    got = client.get("/v1/ask", params={"question": COST, "folder": "news", "undated": "true"})
    assert got.json()["text"] == posted.json()["text"]


def test_a_question_about_the_articles_gets_a_catalogue(client: Client, library: Any) -> None:
    asked = "How many articles are there?"
    told = Outcome.model_validate(client.post("/v1/ask", json={"question": asked}).json())
    assert (told.kind, told.claims) == ("catalogue", ()) and "3" in told.text
    assert same(told, library.ask(asked))
    for form in ("markdown", "html", "csv", "json"):
        made = client.post("/v1/export", json={"format": form, "outcomes": [told.to_dict()]})
        assert made.status_code == 200 and asked in made.text


def test_history_and_filters_are_passed_on(client: Client) -> None:
    asked = {"question": "What will its repairs cost?", "history": ["Why was the Tarn bridge closed?"]}
    assert "Tarn" in client.post("/v1/ask", json=asked).json()["standalone_question"]
    assert "Tarn" in client.get("/v1/ask", params=asked).json()["standalone_question"]
    late = client.post("/v1/ask", json={"question": COST, "since": "2024-04"}).json()
    assert late["kind"] == "abstention" and {n["kind"] for n in late["notes"]} == {"undated_left_out"}


def test_a_stream_tells_the_same_events(client: Client, library: Any) -> None:
    reply = client.post("/v1/stream", json={"question": COST})
    assert reply.headers["content-type"].startswith("text/event-stream")
    told = events_of(reply.text)
    kinds = {"searched": Searched, "proven": Proven, "finished": Finished}
    read = [kinds[kind].model_validate(data) for kind, data in told]
    assert read[:-1] == list(library.stream(COST))[:-1] and [k for k, _ in told][-1] == "finished"
    assert client.get("/v1/stream", params={"question": COST}).text.startswith("event: searched\n")


def test_an_error_in_a_stream_is_an_event(client: Client) -> None:
    told = events_of(client.post("/v1/stream", json={"question": COST, "since": "soon"}).text)
    assert [k for k, _ in told] == ["error"] and told[0][1]["error"]["type"] == "UsageError"


def test_statements_are_those_of_the_library(client: Client, library: Any) -> None:
    told = client.get("/v1/statements", params={"file": "bridge.txt"}).json()
    source = library.store.text(library.store.file("bridge.txt").source)
    assert told["statements"] == [s.to_dict() for s in library.statements("bridge.txt")] != []
    assert [s["speaker"] for s in told["statements"]] == ["Ilse Brandt"]
    assert all(source[s["start"] : s["end"]] == s["text"] for s in told["statements"])
    gone = client.get("/v1/statements", params={"file": "none.txt"})
    assert (gone.status_code, gone.json()["error"]["type"]) == (404, "NotFound")
    assert client.get("/v1/statements").status_code == 422
    about = client.get("/v1/openapi.json").json()["paths"]["/v1/statements"]["get"]
    assert [p["name"] for p in about["parameters"] if p["required"]] == ["file"]
    assert about["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith(
        "StatementList"
    )


def test_people_and_outlets_are_those_of_the_library(client: Client, library: Any) -> None:
    people, outlets = client.get("/v1/people").json(), client.get("/v1/outlets").json()
    assert (people["format"], outlets["format"]) == ("qa.people/1", "qa.outlets/1")
    assert people["people"] == [p.model_dump() for p in library.people()] != []
    assert outlets["outlets"] == [o.model_dump() for o in library.outlets()] != []
    assert client.get("/v1/people?folder=none").status_code == 404


def test_articles_and_one_of_them(client: Client, library: Any) -> None:
    listed = client.get("/v1/articles").json()
    assert [a["file"] for a in listed["articles"]] == ["bridge.txt", "school.txt", "storm.txt"]
    assert [a["author"] for a in listed["articles"]] == [None, "Ada Holm", None]
    assert [a["file"] for a in client.get("/v1/articles?query=NORVIK+2024").json()["articles"]] == [
        "school.txt"
    ]
    assert [a["file"] for a in client.get("/v1/articles?until=2024-03").json()["articles"]] == ["bridge.txt"]
    page = client.get("/v1/article/school.txt%231").json()
    source = library.store.text(library.store.file("school.txt").source)
    at = page["segments"][0]["start"]
    for segment in page["segments"]:
        assert segment["start"] == at and source[at : segment["end"]] == segment["text"]
        at = segment["end"]
    assert (page["article"]["published"], page["article"]["title"]) == (
        "2024-04-12",
        "Norvik school wins prize",
    )
    assert {"article"} <= {s["kind"] for s in page["segments"]}


def test_boilerplate_is_told_apart(open_library: Any, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "p.txt").write_text(
        "Share on Facebook\nTweet this\n\nQuay to be rebuilt\n\n"
        "The old quay will be rebuilt by 2027, the port said on Monday.\n\nIt will cost 9 million crowns.\n\n"
        "Subscribe to our newsletter\n© 2024 All rights reserved\n",
        "utf-8",
    )
    with TestClient(create_app([open_library(folder)]), base_url=HERE) as client:
        segments = client.get("/v1/article/p.txt%231").json()["segments"]
    kinds = {
        text: s["kind"]
        for s in segments
        for text in ("Tweet this", "rebuilt by 2027", "©")
        if text in s["text"]
    }
    assert kinds == {"Tweet this": "boilerplate", "rebuilt by 2027": "article", "©": "boilerplate"}


def test_who_timeline_and_search(client: Client, library: Any) -> None:
    assert same(Outcome.model_validate(client.get("/v1/who?name=Brandt").json()), library.who("Brandt"))
    told = client.get("/v1/timeline?topic=Tarn+bridge").json()
    assert same(Outcome.model_validate(told), library.timeline("Tarn bridge"))
    found = client.get("/v1/search?query=chess+prize&limit=2").json()["passages"]
    assert found[0]["article"]["file"] == "school.txt" and len(found) <= 2


def test_sessions_keep_turns_filters_and_citations(client: Client) -> None:
    made = client.post("/v1/sessions", json={}).json()
    asked = {"question": "Why was the Tarn bridge closed?", "session": made["id"], "until": "2024-12"}
    client.post("/v1/ask", json=asked)
    client.post("/v1/stream", json={"question": "What will its repairs cost?", "session": made["id"]})
    kept = client.get(f"/v1/sessions/{made['id']}").json()
    assert [t["question"] for t in kept["turns"]] == [asked["question"], "What will its repairs cost?"]
    assert "Tarn" in kept["turns"][1]["outcome"]["standalone_question"] and kept["until"] is None
    listed = client.get("/v1/sessions").json()["sessions"]
    assert listed == [{"id": made["id"], "turns": 2, "first": asked["question"]}]
    page = client.get("/v1/article/bridge.txt%231", params={"session": made["id"]}).json()
    assert page["citations"] and all(c["file"] == "bridge.txt" for c in page["citations"])
    assert client.post("/v1/ask", json={**asked, "session": "../x"}).status_code == 404


def test_a_refresh_takes_in_what_changed(client: Client, news: Path) -> None:
    (news / "quarry.txt").write_text(
        "Date: 2024-08-01\nQuarry shut\n\nThe Pellin quarry shut on Thursday.\n", "utf-8"
    )
    lines = client.post("/v1/refresh", json={}).json()["lines"]
    assert [(x["file"], x["status"]) for x in lines] == [("quarry.txt", "new")]
    assert "quarry.txt" in client.get("/v1/articles").text


REFUSED: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("POST", "/v1/ask", {"json": {"question": COST, "since": "soon"}}, 400, "UsageError"),
    ("POST", "/v1/ask", {"json": {"question": "   "}}, 400, "UsageError"),
    ("POST", "/v1/ask", {"json": {"question": ""}}, 422, "InvalidRequest"),
    ("POST", "/v1/ask", {"json": {"question": "x" * 2001}}, 422, "InvalidRequest"),
    ("POST", "/v1/ask", {"json": {"question": COST, "until_": "2024"}}, 422, "InvalidRequest"),
    ("POST", "/v1/ask", {"json": {}}, 422, "InvalidRequest"),
    ("POST", "/v1/ask", {"json": [1]}, 400, "UsageError"),
    (
        "POST",
        "/v1/ask",
        {"content": b"{", "headers": {"content-type": "application/json"}},
        400,
        "UsageError",
    ),
    ("POST", "/v1/ask", {"content": b"question=x"}, 415, "WrongType"),
    ("POST", "/v1/ask", {"data": {"question": "x"}}, 415, "WrongType"),
    (
        "POST",
        "/v1/ask",
        {"content": iter([b"{}"]), "headers": {"content-type": "application/json"}},
        411,
        "LengthRequired",
    ),
    ("POST", "/v1/ask", {"json": {"question": COST, "history": ["x" * 4_000_000]}}, 413, "TooLarge"),
    ("GET", "/v1/ask?question=x&folder=other", {}, 404, "NotFound"),
    ("GET", "/v1/article/none.txt%231", {}, 404, "NotFound"),
    ("GET", "/v1/article/bridge.txt%239", {}, 404, "NotFound"),
    ("GET", "/v1/article/..%2F..%2Fetc%2Fpasswd", {}, 404, "NotFound"),
    ("GET", "/v1/sessions/20240101-000000", {}, 404, "NotFound"),
    ("GET", "/v1/search?query=x&limit=1000", {}, 422, "InvalidRequest"),
    ("GET", "/v1/nothing", {}, 404, "NotServed"),
    ("DELETE", "/v1/sessions", {}, 405, "NotServed"),
    ("GET", "/static/../app.py", {}, 404, "NotServed"),
    ("GET", "/v1/folders", {"headers": {"host": "evil.example"}}, 421, "WrongHost"),
    ("GET", "/", {"headers": {"host": "127.0.0.1.evil.example:8642"}}, 421, "WrongHost"),
    ("GET", "/v1/folders", {"headers": {"origin": "https://evil.example"}}, 403, "ForeignOrigin"),
    ("GET", "/v1/folders", {"headers": {"origin": "null"}}, 403, "ForeignOrigin"),
    ("GET", "/v1/folders", {"headers": {"sec-fetch-site": "cross-site"}}, 403, "ForeignOrigin"),
]


@pytest.mark.parametrize(
    ("method", "path", "how", "status", "kind"),
    REFUSED,
    ids=[f"{r[1][:30]}-{r[4]}-{i}" for i, r in enumerate(REFUSED)],
)
def test_refused(shared: Client, method: str, path: str, how: dict[str, Any], status: int, kind: str) -> None:
    reply = shared.request(method, path, **how)
    assert (reply.status_code, reply.json()["error"]["type"]) == (status, kind)
    assert reply.json()["error"]["message"] and "\n" not in reply.json()["error"]["message"]
    assert "default-src 'none'" in reply.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("header", "name"),
    [("127.0.0.1:80", "127.0.0.1"), ("[::1]:8642", "[::1]"), ("LocalHost", "localhost"), ("", "")],
)
def test_host_name(header: str, name: str) -> None:
    assert host_name(header) == name


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UsageError("x"), 400),
        (NotFound("x"), 404),
        (EmptyCorpus("x"), 409),
        (Locked("x"), 409),
        (BudgetExceeded("x"), 402),
        (TimedOut("x"), 504),
        (RateLimited("x"), 502),
        (Busy("x"), 503),
        (QAError("x"), 500),
    ],
)
def test_each_error_has_a_status(error: QAError, status: int) -> None:
    assert failures.status_of(error) == status


def test_a_token_is_asked_for(library: Any) -> None:
    with TestClient(
        create_app([library], token="secret", hosts=None), base_url="http://news.example"
    ) as client:
        assert client.get("/").status_code == 200, "the page itself holds nothing"
        for headers in ({}, {"authorization": "Bearer secre"}, {"authorization": "Basic secret"}):
            reply = client.get("/v1/folders", headers=headers)
            assert (reply.status_code, reply.json()["error"]["type"]) == (401, "Unauthorized")
        assert client.get("/v1/folders", headers={"authorization": "Bearer secret"}).status_code == 200
        assert client.get("/v1/folders?token=secret").status_code == 401
    with pytest.raises(UsageError, match="needs a token"):
        create_app([library], hosts=None)
    with pytest.raises(UsageError, match="name a folder"):
        create_app([])


def test_a_defect_is_told_without_its_insides(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(library), "who", lambda self, name, **_: 1 / 0)
    with TestClient(create_app([library]), base_url=HERE, raise_server_exceptions=False) as client:
        reply = client.get("/v1/who?name=x")
    assert (reply.status_code, reply.json()["error"]["type"]) == (500, "InternalError")
    assert "division" not in reply.text


def test_the_description_covers_every_endpoint(shared: Client) -> None:
    told = shared.get("/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    paths = {(m.upper(), p) for p, methods in told["paths"].items() for m in methods}
    assert {("POST", "/v1/ask"), ("POST", "/v1/stream"), ("GET", "/v1/article/{id}")} <= paths
    schemas = told["components"]["schemas"]
    assert set(AskRequest.model_fields) == set(schemas["AskRequest"]["properties"])
    text = json.dumps(told)
    named = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= set(schemas), "every reference has its schema"
    asked = {p["name"]: p for p in told["paths"]["/v1/article/{id}"]["get"]["parameters"]}
    assert asked["id"]["in"] == "path" and asked["id"]["required"]


def test_the_page_and_its_files(shared: Client) -> None:
    page = shared.get("/")
    assert page.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert "http://" not in page.text and "https://" not in page.text
    for name in ("main.js", "style.css", "icon.svg"):
        assert shared.get(f"/static/{name}").status_code == 200


def test_two_folders_of_one_name(open_library: Any, news: Path, tmp_path: Path) -> None:
    other = tmp_path / "more" / "news"
    other.mkdir(parents=True)
    (other / "a.txt").write_text("Date: 2024-01-01\nTram\n\nThe tram runs again since Monday.\n", "utf-8")
    with TestClient(create_app([open_library(news), open_library(other)]), base_url=HERE) as client:
        assert [f["name"] for f in client.get("/v1/folders").json()["folders"]] == ["news", "news-2"]
        assert [a["file"] for a in client.get("/v1/articles?folder=news-2").json()["articles"]] == ["a.txt"]
