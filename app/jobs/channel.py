# SPDX-License-Identifier: GPL-3.0-or-later
"""The wire between the studio and its worker child: whole byte messages, both ways.

A Unix socket in a private folder, a named pipe on Windows; never the child's standard output, which
any library may write to. Both ends prove that they know a random key before a message is read, and
a message is JSON, never a pickle. The key travels in the child's environment, which only the same
user can read, and is removed from there before anything else runs.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, MutableMapping
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener

ADDRESS_VARIABLE = "TINYWRIGHT_WORKER_ADDRESS"
KEY_VARIABLE = "TINYWRIGHT_WORKER_KEY"
_KEY_BYTES = 32
MAX_MESSAGE_BYTES = 16 * 1024 * 1024


class ChannelClosedError(Exception):
    """The other end is gone."""


class Channel:
    """One connected end. Any thread may send; one thread receives."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sending = threading.Lock()

    def send(self, message: bytes) -> None:
        """Raise :class:`ChannelClosedError` when the other end is gone."""
        with self._sending:
            try:
                self._connection.send_bytes(message)
            except (OSError, ValueError) as error:
                raise ChannelClosedError from error

    def receive(self) -> bytes:
        """Wait for the next message; raise :class:`ChannelClosedError` when none can come."""
        try:
            return self._connection.recv_bytes(MAX_MESSAGE_BYTES)
        except (EOFError, OSError) as error:
            raise ChannelClosedError from error

    def close(self) -> None:
        """Only after ``receive`` has ended: closing does not wake a thread that waits in it."""
        with self._sending:
            self._connection.close()


class Door:
    """The parent's end before anyone has connected. ``accept`` lets exactly one child in."""

    def __init__(self) -> None:
        self._key = os.urandom(_KEY_BYTES)
        self._listener = Listener(authkey=self._key)

    def environment(self) -> Mapping[str, str]:
        """What the child's environment must hold for :func:`connect`."""
        return {ADDRESS_VARIABLE: str(self._listener.address), KEY_VARIABLE: self._key.hex()}

    def accept(self) -> Channel:
        """Wait for the child; :meth:`knock` ends the wait if it never comes."""
        while True:
            try:
                return Channel(self._listener.accept())
            except (AuthenticationError, EOFError, ConnectionError):
                continue  # not our child: keep waiting for the one that knows the key

    def knock(self) -> None:
        """Connect to ourselves and leave, so that ``accept`` returns a closed channel."""
        Client(self._listener.address, authkey=self._key).close()

    def close(self) -> None:
        self._listener.close()


def connect(environment: MutableMapping[str, str]) -> Channel:
    """The child's end. Takes address and key out of ``environment``: nothing the child starts
    later inherits them. Raises ``KeyError`` when this process is nobody's worker."""
    address = environment.pop(ADDRESS_VARIABLE)
    key = bytes.fromhex(environment.pop(KEY_VARIABLE))
    return Channel(Client(address, authkey=key))
