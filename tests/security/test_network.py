"""Nothing leaves the machine: the whole program in a network namespace where every look-up and packet beyond
loopback is recorded, for as long as a library may wait before it sends something."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.security.network_probe import NOT_ALLOWED

# onnxruntime's events come 10 to 20 s after a session was made (traced)
SECONDS = float(os.environ.get("QA_TEST_NETWORK_SECONDS", "60"))
TALKS = """
import socket
try:
    socket.create_connection(("telemetry.example", 443), timeout=1)
except OSError:
    pass
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("203.0.113.9", 9999))
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9999))
"""


def probed(script: Path, *arguments: str, **environment: str) -> dict[str, Any]:
    """What ``network_probe`` saw of a script. Skips where namespaces are not allowed."""
    kept = {n: v for n, v in os.environ.items() if n not in ("ORT_DISABLE_TELEMETRY", "ANONYMIZED_TELEMETRY")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.network_probe", str(script), *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
    )
    if done.returncode == NOT_ALLOWED or "unshare" in done.stderr:
        pytest.skip(f"network namespaces are not allowed here: {done.stderr.strip()[:200]}")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's")
def test_the_probe_sees_what_leaves(tmp_path: Path) -> None:
    script = tmp_path / "talks.py"
    script.write_text(TALKS)
    assert probed(script)["seen"] == [
        "look-up of telemetry.example",
        "packet to 198.51.100.7:443",
        "packet to 203.0.113.9:9999",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's")
def test_nothing_leaves_the_machine(tmp_path: Path, news: Path) -> None:
    found = probed(
        ROOT / "tests" / "security" / "surfaces.py",
        str(news),
        str(tmp_path / "home"),
        str(SECONDS),
        QA_HOME=str(tmp_path / "home"),
    )
    assert found["rc"] == 0, found["errors"]
    assert found["output"].split("\n")[:4] == ["answer answer answer answer", "index 0", "ask 0", "status 0"]
    assert "ended" not in found["output"]
    assert found["seen"] == []


@pytest.mark.parametrize(
    "package", ["qa", "qa.library", "qa.index.embeddings", "eval", "eval.tools.calibrate"]
)
def test_telemetry_is_off_before_any_library_is_imported(package: str) -> None:
    code = (
        "import sys, os\n"
        "class Watch:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name in ('onnxruntime', 'chromadb', 'llama_index', 'openai', 'numpy'):\n"
        "            assert os.environ.get('ORT_DISABLE_TELEMETRY') == '1', name\n"
        "            assert os.environ.get('ANONYMIZED_TELEMETRY') == 'False', name\n"
        "sys.meta_path.insert(0, Watch())\n"
        f"import {package}\n"
        "print(os.environ['ORT_DISABLE_TELEMETRY'])\n"
    )
    kept = {n: v for n, v in os.environ.items() if n not in ("ORT_DISABLE_TELEMETRY", "ANONYMIZED_TELEMETRY")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**kept, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.strip() == "1", done.stderr


def test_a_choice_of_the_user_is_left_alone() -> None:
    code = "import os, qa; print(os.environ['ORT_DISABLE_TELEMETRY'])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ORT_DISABLE_TELEMETRY": "0"},
    )
    assert done.stdout.strip() == "0"
