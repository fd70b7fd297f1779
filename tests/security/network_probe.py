"""Runs a script in a network namespace of its own and prints every look-up and packet beyond loopback.

    python -m tests.security.network_probe SCRIPT.py [ARGUMENT …]

In the namespace every route leads to the loopback device, so that what a program sends anywhere is seen:
names are resolved by a recorder that gives each an address of TEST-NET-2 (so that the call after the look-up
comes too), and a packet socket sees whatever goes elsewhere. Prints one JSON object: ``seen``,
``rc`` and the script's ``output``. Exit code 77: namespaces are not allowed here. Linux only.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from ipaddress import ip_address
from pathlib import Path

NOT_ALLOWED = 77
ANSWER = "198.51.100.7"
OWN = "192.0.2.1"  # what a packet that goes elsewhere has as its sender
_ETH_P_ALL = 0x0003
_INNER = "--inside"


def _name(query: bytes) -> str:
    """The name that a DNS query asks for."""
    labels, at = [], 12
    while at < len(query) and query[at]:
        labels.append(query[at + 1 : at + 1 + query[at]].decode("ascii", "replace"))
        at += 1 + query[at]
    return ".".join(labels)


def _resolve(recorder: socket.socket, seen: list[str]) -> None:
    """Answers every question for an IPv4 address with one, all others with nothing."""
    while True:
        query, sender = recorder.recvfrom(4096)
        seen.append(f"look-up of {_name(query)}")
        end = query.index(b"\0", 12) + 5
        wants_v4 = query[end - 4 : end - 2] == b"\0\1"
        head = query[:2] + b"\x81\x80" + struct.pack(">HHHH", 1, int(wants_v4), 0, 0)
        record = b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4" + socket.inet_aton(ANSWER) if wants_v4 else b""
        recorder.sendto(head + query[12:end] + record, sender)


def _destination(frame: bytes) -> str | None:
    """Where an IP packet on the loopback device goes, with its port; None for other frames."""
    if frame[12:14] == b"\x08\x00":
        packet = frame[14:]
        address, rest = socket.inet_ntoa(packet[16:20]), packet[(packet[0] & 15) * 4 :]
    elif frame[12:14] == b"\x86\xdd":
        address, rest = socket.inet_ntop(socket.AF_INET6, frame[38:54]), frame[54:]
    else:
        return None
    if ip_address(address).is_loopback or ip_address(address).is_multicast:
        return None
    return f"{address}:{int.from_bytes(rest[2:4], 'big')}"


def _sniff(packets: socket.socket, seen: list[str]) -> None:
    while True:
        where = _destination(packets.recv(65535))
        if where and where.split(":")[0] != OWN:
            seen.append(f"packet to {where}")


def _prepare() -> None:
    """Loopback up, every address led to it, names asked of 127.0.0.1 only. Raises CalledProcessError."""
    for command in (
        "ip link set lo up",
        f"ip address add {OWN}/32 dev lo",
        f"ip route add default dev lo src {OWN}",
    ):
        subprocess.run(command.split(), check=True, capture_output=True)
    with tempfile.TemporaryDirectory() as folder:
        for target, text in (
            ("/etc/resolv.conf", "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n"),
            ("/etc/nsswitch.conf", "hosts: files dns\n"),
        ):
            file = Path(folder, Path(target).name)
            file.write_text(text)
            subprocess.run(["mount", "--bind", str(file), target], check=True, capture_output=True)


def inside(command: list[str]) -> int:
    try:
        _prepare()
        every = socket.htons(_ETH_P_ALL)
        packets = socket.socket(
            socket.AF_PACKET,  # type: ignore[attr-defined, unused-ignore]
            socket.SOCK_RAW,
            every,
        )
        packets.bind(("lo", 0))
        recorder = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        recorder.bind(("127.0.0.1", 53))
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"not allowed: {error}", file=sys.stderr)
        return NOT_ALLOWED
    seen: list[str] = []
    threading.Thread(target=_resolve, args=(recorder, seen), daemon=True).start()
    threading.Thread(target=_sniff, args=(packets, seen), daemon=True).start()
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True)
    print(
        json.dumps(
            {
                "seen": list(dict.fromkeys(seen)),
                "rc": done.returncode,
                "output": done.stdout,
                "errors": done.stderr,
            }
        )
    )
    return 0


def main(arguments: list[str]) -> int:
    if arguments[:1] == [_INNER]:
        return inside(arguments[1:])
    own = [sys.executable, "-m", "tests.security.network_probe", _INNER]
    try:
        return subprocess.run(["unshare", "-rmn", *own, *arguments], env=os.environ).returncode
    except FileNotFoundError:
        return NOT_ALLOWED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
