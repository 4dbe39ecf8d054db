# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated board in this process, with time in the test's hand, and programs to run on it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from app.capture.client import BoardClient
from app.core.board import VIRTUAL, Board
from app.core.preprocessing import Normaliser
from app.core.recording import Channel
from app.core.training import Task
from app.deploy.program import compile_program
from app.deploy.simulated_hand import CHANNELS, SimulatedHand
from app.deploy.virtual_board import VirtualBoard
from app.deploy.virtual_faults import NO_FAULTS, Faults
from app.deploy.virtual_link import HOME_BAUD, VirtualLink
from app.deploy.virtual_model import VirtualModel
from app.deploy.virtual_program import load_model
from app.deploy.virtual_sensors import DeviceClock, VirtualSensors
from app.deploy.virtual_worker import VirtualWorker

GOLDEN = Path(__file__).parents[1] / "data" / "program"
NETWORK = (GOLDEN / "network.tflite").read_bytes()
"""Takes windows of 16 samples of three channels, tells three classes apart."""


def motion_program(
    channels: tuple[Channel, ...] = CHANNELS[:3],
    rate_hz: float = 100.0,
    labels: tuple[str, ...] = ("up", "down", "to the left"),
) -> bytes:
    """A program that runs on the simulated board's own motion sensor."""
    normaliser = Normaliser((0.0, 0.0, 1.0), (0.4, 0.4, 0.4), (4.0, 4.0, 4.0))
    program = compile_program(NETWORK, channels, rate_hz, 16, normaliser, Task.MULTICLASS, labels)
    return program.to_bytes()


class Bench:
    """A board and a client that talk without a port: every request is served at once.

    ``deaf`` stands for a host that does not read: what the board sends then is lost.
    """

    url = "bench://"
    baud = HOME_BAUD

    def __init__(
        self,
        board: Board = VIRTUAL,
        faults: Faults = NO_FAULTS,
        load: Callable[[bytes, int], VirtualModel] = load_model,
    ) -> None:
        self.wall_s = 0.0
        self.speed = self.baud
        self.deaf = False
        self.text = b""
        self._board = board
        self._load = load
        self._woken = threading.Event()
        self._receive: Callable[[bytes], None] = lambda _: None
        self.worker = VirtualWorker(self._woken.set)
        self.sensors = VirtualSensors(DeviceClock(1.0, lambda: self.wall_s), SimulatedHand(1))
        self.line = VirtualLink(lambda: self.speed, faults, lambda: self.wall_s)
        self.board = VirtualBoard(
            board, self.sensors, self.worker, self._load_model, self._send, self.line, 1, faults
        )
        self.client = BoardClient(self, on_text=self._hear)

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *_: object) -> None:
        self.worker.close()

    def set_speed(self, baud: int) -> bool:
        self.speed = baud
        return True

    def write(self, data: bytes) -> None:
        self.board.receive(data)
        self.settle()

    def subscribe(self, receive: Callable[[bytes], None]) -> Callable[[], None]:
        self._receive = receive
        return lambda: None

    def say(self, data: bytes) -> bytes:
        """Send bytes past the client; what the board answers, which the client does not hear."""
        heard: list[bytes] = []
        client, self._receive = self._receive, heard.append
        self.write(data)
        self._receive = client
        return b"".join(heard)

    def pass_time(self, seconds: float, steps: int = 1) -> None:
        """Let time go by, with as many ticks of the board."""
        start_s = self.wall_s
        for step in range(1, steps + 1):
            self.wall_s = start_s + seconds * step / steps
            self.board.tick()
            self.settle()

    def settle(self) -> None:
        """Wait until the board's networks have answered."""
        while not self.worker.idle:
            assert self._woken.wait(20)
            self._woken.clear()
            self.worker.deliver()

    def _load_model(self, program: bytes) -> VirtualModel:
        return self._load(program, self._board.arena_bytes)

    def _send(self, data: bytes) -> bool:
        if not self.deaf:
            self._receive(data)
        return not self.deaf

    def _hear(self, data: bytes) -> None:
        self.text += data
