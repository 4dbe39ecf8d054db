# SPDX-License-Identifier: GPL-3.0-or-later
"""One worker process: starting it, hearing it, and noticing its end."""

from __future__ import annotations

import subprocess
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import IO, cast

from app.core.own_process import own_environment
from app.jobs.channel import Channel, ChannelClosedError, Door
from app.jobs.wire import FromWorker, ToWorker, decode_from_worker, encode

LOG_LINES = 200


class Child:
    """A running worker.

    ``on_message(job, message)`` and then, once, ``on_end(child, exit_code)`` are called from its
    reader thread; they must not raise. ``log`` receives what the worker prints, line by line.
    """

    def __init__(
        self,
        command: Sequence[str],
        on_message: Callable[[int, FromWorker], None],
        on_end: Callable[[Child, int], None],
        log: deque[str],
    ) -> None:
        self._on_message = on_message
        self._on_end = on_end
        self._log = log
        self._door = Door()
        self._lock = threading.Lock()
        self._channel: Channel | None = None
        self._unsent: list[bytes] = []
        try:
            self._process = subprocess.Popen(
                command,
                env=own_environment() | dict(self._door.environment()),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                # Without this a windowed program on Windows would flash up a console.
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            self._door.close()
            raise
        self._printer = threading.Thread(target=self._read_log, name="worker-log", daemon=True)
        self._reader = threading.Thread(target=self._read, name="worker-reader", daemon=True)
        self._printer.start()
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, job: int, message: ToWorker) -> None:
        """Send ``message``, or keep it until the child has connected. Lost when the child is gone:
        ``on_end`` tells of that."""
        wire = encode(job, message)
        with self._lock:
            if self._channel is None:
                self._unsent.append(wire)
                return
            channel = self._channel
        _try_to_send(channel, wire)

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait until the process has ended and its end was told. Say whether that is so."""
        self._reader.join(timeout_s)
        return not self._reader.is_alive()

    def _read(self) -> None:
        """The reader thread: let the child in, pass its messages on until it hangs up."""
        channel = self._door.accept()
        self._door.close()
        with self._lock:
            self._channel = channel
            unsent, self._unsent = self._unsent, []
        for wire in unsent:
            _try_to_send(channel, wire)
        try:
            while True:
                self._on_message(*decode_from_worker(channel.receive()))
        except ChannelClosedError:
            pass  # the child has ended, or is about to
        finally:
            # On a defect in a callback, too: a child that nobody hears must not live on.
            exit_code = self._reap()
            channel.close()
            self._on_end(self, exit_code)

    def _reap(self) -> int:
        """Wait for a child that has hung up; one that does not end by itself is killed."""
        try:
            exit_code = self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            exit_code = self._process.wait()
        self._printer.join()
        return exit_code

    def _read_log(self) -> None:
        """The log thread: keep the child's last lines, and notice an end before it connected."""
        with cast(IO[bytes], self._process.stdout) as stdout:
            for line in stdout:
                self._log.append(line.decode("utf-8", "replace").rstrip())
        self._process.wait()
        with self._lock:
            connected = self._channel is not None
        if not connected:
            self._door.knock()


def _try_to_send(channel: Channel, wire: bytes) -> None:
    try:
        channel.send(wire)
    except ChannelClosedError:
        return  # the reader thread is finding out as well, and tells
