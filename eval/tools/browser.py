"""Chromium driven by its own protocol: a page, its requests, its keys. Only the browser is needed."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-search-engine-choice-screen",
    "--remote-debugging-port=0",
)


def find_browser() -> str | None:
    named = os.environ.get("TEST_BROWSER")
    return named or next((found for found in map(shutil.which, NAMES) if found), None)


class Page:
    """One tab. ``requests``: the addresses of all requests so far; ``complaints``: what the console said."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._last = 0
        self.requests: list[str] = []
        self.complaints: list[str] = []
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.send(f"{domain}.enable")

    def _event(self, message: dict[str, Any]) -> None:
        method, params = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.complaints.append(details.get("exception", {}).get("description") or details["text"])
        elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
            self.complaints.append(params["entry"]["text"])

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=120))
            if message.get("id") == self._last:
                assert "error" not in message, message
                return dict(message["result"])
            self._event(message)

    def run(self, script: str) -> Any:
        """The value of an expression, awaited where it is a promise."""
        result = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def until(self, script: str, seconds: float = 120.0) -> Any:
        """The first value of an expression that holds."""
        ends = time.monotonic() + seconds
        wanted = f"Promise.resolve({script}).then(v => v instanceof Node ? true : v)"
        while not (value := self.run(wanted)):
            assert time.monotonic() < ends, f"never true: {script}\n{self.complaints}"
            time.sleep(0.05)
        return value

    def open(self, address: str) -> None:
        self.send("Page.navigate", url=address)
        self.until(
            f"location.href === {json.dumps(address)} && "
            "document.readyState === 'complete' && document.querySelector('#corpus')?.textContent"
        )

    def key(self, key: str, text: str | None = None, code: int = 0) -> None:
        about = {"key": key, "windowsVirtualKeyCode": code, **({"text": text} if text else {})}
        self.send("Input.dispatchKeyEvent", type="keyDown", **about)
        self.send("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def type(self, text: str) -> None:
        self.send("Input.insertText", text=text)

    def screen(self, width: int, height: int, dark: bool = False) -> None:
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", features=[scheme])

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))


@contextmanager
def browsing(binary: str, profile: Path) -> Iterator[Page]:
    """A page of a browser of its own, which is ended afterwards."""
    process = subprocess.Popen(
        [binary, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        where = profile / "DevToolsActivePort"
        ends = time.monotonic() + 60
        while not (where.exists() and where.read_text().count("\n")):
            assert process.poll() is None and time.monotonic() < ends, "the browser did not start"
            time.sleep(0.05)
        port = where.read_text().splitlines()[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=30) as reply:
            tab = next(t for t in json.load(reply) if t["type"] == "page")
        with connect(tab["webSocketDebuggerUrl"], max_size=None, proxy=None) as socket:
            yield Page(socket)
    finally:
        process.terminate()
        process.wait(30)
