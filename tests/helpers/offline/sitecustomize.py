# SPDX-License-Identifier: GPL-3.0-or-later
"""Put first on a child's ``PYTHONPATH``: Python imports this before anything else, in the child and
in whatever Python it starts. From then on a socket reaches this computer alone; every other attempt
is refused and written down."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

ATTEMPTS = "TINYWRIGHT_TEST_ATTEMPTS"
"""The variable that names the file for attempts."""
PROCESSES = "TINYWRIGHT_TEST_PROCESSES"
"""The one that names the file in which every process that is guarded writes its command line."""
_LOOPBACK = ("127.", "::1", "localhost")
_WATCHED = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"})


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _WATCHED:
        return
    if event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        connection, address = arguments[:2]
        if connection.family == getattr(socket, "AF_UNIX", None):
            return
        host = address[0] if isinstance(address, tuple) else address
    if host is None or str(host).startswith(_LOOPBACK):
        return
    with Path(os.environ[ATTEMPTS]).open("a", encoding="utf-8") as file:
        file.write(f"{event} {host}\n")
    raise PermissionError(f"no network in this test: {event} {host}")


sys.addaudithook(_refuse)
with Path(os.environ[PROCESSES]).open("a", encoding="utf-8") as guarded:
    guarded.write(" ".join(sys.orig_argv) + "\n")
