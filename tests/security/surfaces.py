"""Everything that ``qa`` does, in one process that then lives on for as many seconds as it is told: run by
``network_probe``. Arguments: the folder of articles, a home, seconds."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

import qa
from qa.types import Finished

QUESTION = "What will the repairs of the Tarn bridge cost?"
PORT = 18_765


def served(folder: str) -> subprocess.Popen[bytes] | None:
    """``qa serve`` in the background, asked once; None where this version has no such command."""
    from qa.cli.app import app

    if "serve" not in {
        command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands
    }:
        return None
    process = subprocess.Popen(
        [sys.executable, "-m", "qa", "serve", folder, "--port", str(PORT)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(60):
        time.sleep(0.5)
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=20).read()
            break
    return process


def main(folder: str, home: str, seconds: float) -> None:
    with qa.Library.open(folder, home=home) as library:
        library.index()
        kinds = [
            library.ask(QUESTION).kind,
            library.who("Ilse Brandt").kind,
            library.timeline("Tarn bridge").kind,
        ]
        kinds += [e.outcome.kind for e in library.chat().ask(QUESTION) if isinstance(e, Finished)]
        print(*kinds)
        for command in (["index", folder], ["ask", QUESTION, "--articles", folder], ["status", folder]):
            done = subprocess.run([sys.executable, "-m", "qa", *command], capture_output=True)
            print(command[0], done.returncode)
        server = served(folder)
        time.sleep(seconds)
        if server is not None:
            print("serve", "running" if server.poll() is None else f"ended with {server.returncode}")
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
