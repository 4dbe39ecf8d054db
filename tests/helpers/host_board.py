# SPDX-License-Identifier: GPL-3.0-or-later
"""The firmware in a process, at the far end of a pty: ``firmware/boards/host/main.c``."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from pathlib import Path

from app.capture.client import BoardClient
from app.capture.frames import Demultiplexer, Frame, encode_frame
from app.capture.link import Link
from app.capture.messages import EVENTS
from tests.helpers.ports import wait_until

MAX_PAYLOAD = 2048
SANITIZER_FAILED = 99
"""The exit code that the sanitizers are told to use."""


class HostBoard:
    """One process with its flash in a file. ``told`` are the lines of its standard error: what it
    does with its pins, and what a sanitizer finds."""

    def __init__(self, program: Path, flash: Path) -> None:
        import tty

        self._program, self._flash = program, flash
        self._master, slave = os.openpty()
        tty.setraw(slave)
        self.url = os.ttyname(slave)
        self._slave = slave  # held open, so that the board does not see the studio come and go
        self.told: list[str] = []
        self.heard = b""
        self.log: list[str] = []
        self._start()
        self.link = Link(self.url)
        self.link.open()
        self.client = BoardClient(self.link, self._hear, self.log.append)

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [self._program, self._flash],
            stdin=self._master,
            stdout=self._master,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"ASAN_OPTIONS": f"exitcode={SANITIZER_FAILED}"},
        )
        self._reader = threading.Thread(target=self._listen, args=(self._process,))
        self._reader.start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        for line in process.stderr:
            self.told.append(line.rstrip("\n"))

    def _hear(self, data: bytes) -> None:
        self.heard += data

    def _end(self) -> None:
        assert self._process.poll() is None, self.told
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(20)
        self._reader.join(20)
        assert self._process.stderr is not None
        self._process.stderr.close()

    def unplug_sensor(self, unplugged: bool = True) -> None:
        """Pull the wires of the part on the bus, or put them back."""
        mark = self._flash.with_name(f"{self._flash.name}.unplugged")
        if unplugged:
            mark.touch()
        else:
            mark.unlink()

    def restart(self) -> None:
        """As if its supply were cut for a moment."""
        self._end()
        self._start()

    def close(self) -> None:
        """Fails where the process has ended by itself."""
        self.client.close()
        self.link.close()
        try:
            self._end()
        finally:
            os.close(self._slave)
            os.close(self._master)

    def answers(self, wire: bytes, count: int) -> list[Frame]:
        """The first ``count`` answers to what is sent at once, and any that come too many."""
        demultiplexer, answers = Demultiplexer(MAX_PAYLOAD), list[Frame]()

        def hear(data: bytes) -> None:
            found = demultiplexer.feed(data).frames
            answers.extend(frame for frame in found if frame.type not in EVENTS)

        unsubscribe = self.link.subscribe(hear)
        self.link.write(wire)
        wait_until(lambda: len(answers) >= count)
        unsubscribe()
        return answers

    def ask(self, type_: int, payload: bytes = b"", tag: int = 9, noise: bytes = b"") -> Frame:
        """The answer to bytes of the test's making, sent behind ``noise``."""
        (answer,) = self.answers(noise + encode_frame(Frame(type_, tag, payload)), 1)
        assert answer.tag == tag
        return answer
