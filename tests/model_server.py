"""A small OpenAI-compatible server for the tests, which fails in the ways that real ones do. Each request
takes the next step of a script; the last one stays."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Step = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:
        self.body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        server: ModelServer = self.server  # type: ignore[assignment]
        with server.lock:
            n = len(server.asked)
            server.asked.append(self.body)
        server.script[min(n, len(server.script) - 1)](self)

    def send(self, status: int, body: bytes, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def reset(self) -> None:
        """Closes with a TCP reset, not an orderly end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()


class ModelServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, script: list[Step]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = script
        self.asked: list[dict[str, Any]] = []
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, *_: Any) -> None:
        pass  # clients that went away are what these tests are about


@contextmanager
def serving(*script: Step) -> Iterator[ModelServer]:
    server = ModelServer(list(script))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def _whole(content: str | None, finish: str = "stop", **message: Any) -> bytes:
    return json.dumps(
        {
            "id": "x",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
            "choices": [
                {
                    "index": 0,
                    "finish_reason": finish,
                    "message": {"role": "assistant", "content": content, **message},
                }
            ],
        }
    ).encode()


def _chunk(delta: dict[str, Any], finish: str | None = None) -> bytes:
    data = {
        "id": "x",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return f"data: {json.dumps(data)}\n\n".encode()


def says(text: str | None, finish: str = "stop", pause: float = 0.0, **message: Any) -> Step:
    """Answers, in one piece or (if asked to stream) in pieces of five characters."""

    def step(h: Handler) -> None:
        if not h.body.get("stream"):
            return h.send(200, _whole(text, finish, **message))
        h.send_response(200)
        h.send_header("Content-Type", "text/event-stream")
        h.send_header("Connection", "close")
        h.end_headers()
        h.close_connection = True
        for at in range(0, len(text or ""), 5):
            h.wfile.write(_chunk({"content": (text or "")[at : at + 5]}))
            h.wfile.flush()
            time.sleep(pause)
        h.wfile.write(_chunk({}, finish))
        usage = {
            "id": "x",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "m",
            "choices": [],
            "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
        }
        h.wfile.write(f"data: {json.dumps(usage)}\n\ndata: [DONE]\n\n".encode())

    return step


def fails(status: int, message: str = "no", **headers: str) -> Step:
    return lambda h: h.send(
        status, json.dumps({"error": {"message": message, "code": status}}).encode(), **headers
    )


def raw(body: bytes, kind: str = "application/json") -> Step:
    return lambda h: h.send(200, body, kind)


def hangs(seconds: float) -> Step:
    return lambda h: time.sleep(seconds)


def resets(h: Handler) -> None:
    h.reset()


def breaks_off(text: str) -> Step:
    """A stream that is reset after so much text."""

    def step(h: Handler) -> None:
        h.send_response(200)
        h.send_header("Content-Type", "text/event-stream")
        h.end_headers()
        for at in range(0, len(text), 5):
            h.wfile.write(_chunk({"content": text[at : at + 5]}))
            h.wfile.flush()
        time.sleep(0.1)
        h.reset()

    return step


def refuses_parameter(name: str, then: Step) -> Step:
    """400 as long as the request has this parameter (or kind of response format)."""

    def step(h: Handler) -> None:
        given = {*h.body, (h.body.get("response_format") or {}).get("type")}
        if name in given:
            return fails(400, f"Unsupported parameter: '{name}' is not supported with this model")(h)
        return then(h)

    return step


def overflows(most: int, then: Step) -> Step:
    """400 as long as the messages have more characters than that."""

    def step(h: Handler) -> None:
        if sum(len(m["content"]) for m in h.body["messages"]) > most:
            return fails(400, "the request exceeds the available context size (8192 tokens)")(h)
        return then(h)

    return step
