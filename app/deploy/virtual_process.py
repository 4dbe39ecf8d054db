# SPDX-License-Identifier: GPL-3.0-or-later
"""The process of a simulated board: its options, its port, its loop."""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.core.board import BOARDS, NANO33BLE, VIRTUAL
from app.core.errors import DataError, TinywrightError
from app.core.text import text
from app.deploy.simulated_hand import SimulatedHand
from app.deploy.virtual_board import BoardDiedError, VirtualBoard
from app.deploy.virtual_faults import FAULT_NAMES, Faults, parse_faults
from app.deploy.virtual_link import VirtualLink
from app.deploy.virtual_model import VirtualModel
from app.deploy.virtual_nano import VirtualNano
from app.deploy.virtual_port import VirtualPort, Waker, open_virtual_port
from app.deploy.virtual_program import load_model
from app.deploy.virtual_sensors import DeviceClock, VirtualSensors
from app.deploy.virtual_sketch import VirtualSketch
from app.deploy.virtual_worker import VirtualWorker

DIED = 3
"""The exit code of a board that a fault ended."""
IDLE_S = 1.0


@dataclass(frozen=True, slots=True)
class SimulateOptions:
    """What can be chosen of a simulated board.

    ``speed`` is how many times faster than the wall its clock runs; ``holding`` how the hand holds
    it; ``tcp_port`` asks for TCP instead of a pseudo-terminal (0 picks a free port); ``faults`` are
    options of :func:`parse_faults`; ``with_parent`` ends it when its standard input ends;
    ``bootloader`` lets it wait for firmware in its boot loader.
    """

    board: str = VIRTUAL.id
    text: bool = False
    speed: float = 1.0
    seed: int = 0
    holding: int = 0
    tcp_port: int | None = None
    faults: tuple[str, ...] = ()
    as_json: bool = False
    with_parent: bool = False
    bootloader: bool = False

    def arguments(self) -> list[str]:
        """The command line that :func:`add_arguments` reads back as these options."""
        arguments = ["--board", self.board, "--speed", str(self.speed)]
        arguments += ["--seed", str(self.seed), "--holding", str(self.holding)]
        if self.tcp_port is not None:
            arguments += ["--tcp", str(self.tcp_port)]
        for fault in self.faults:
            arguments += ["--fault", fault]
        flags = {
            "--text": self.text,
            "--bootloader": self.bootloader,
            "--json": self.as_json,
            "--with-parent": self.with_parent,
        }
        return arguments + [flag for flag, given in flags.items() if given]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``simulate``, all but ``--json``, which every command has."""
    parser.add_argument("--board", choices=sorted(BOARDS), default=VIRTUAL.id, help="what it is")
    parser.add_argument("--text", action="store_true", help="print lines, know no protocol")
    parser.add_argument(
        "--bootloader", action="store_true", help="wait in the boot loader (nano33ble)"
    )
    parser.add_argument("--speed", type=_speed, default=1.0, help="its clock over the wall's")
    parser.add_argument("--seed", type=int, default=0, help="the person who holds it")
    parser.add_argument("--holding", type=int, default=0, help="how it is held")
    parser.add_argument(
        "--tcp", type=int, metavar="PORT", help="a TCP port on this computer (0: any free one)"
    )
    parser.add_argument(
        "--fault", action="append", default=[], help=f"fail: {', '.join(FAULT_NAMES)} [=VALUE]"
    )
    parser.add_argument("--with-parent", action="store_true", help="end when standard input ends")


def options_of(arguments: argparse.Namespace) -> SimulateOptions:
    """What was chosen on a command line made by :func:`add_arguments` and ``--json``."""
    return SimulateOptions(
        board=arguments.board,
        text=arguments.text,
        bootloader=arguments.bootloader,
        speed=arguments.speed,
        seed=arguments.seed,
        holding=arguments.holding,
        tcp_port=arguments.tcp,
        faults=tuple(arguments.fault),
        as_json=arguments.json,
        with_parent=arguments.with_parent,
    )


def run(options: SimulateOptions) -> int:
    """Be a simulated board until stopped; the exit code.

    The first line on standard output is the port's URL, or with ``as_json`` one object
    ``{"port", "board", "text", "pid"}``. Raises ``DataError`` for a fault that does not exist, or a
    boot loader that is not emulated.
    """
    if options.bootloader and options.board != NANO33BLE.id:
        raise DataError(
            text("There is no emulated boot loader of this board."),
            action=text("Choose the board {board}.", board=NANO33BLE.id),
        )
    faults = parse_faults(options.faults)
    waker = Waker()
    port = open_virtual_port(waker, options.tcp_port)
    worker = VirtualWorker(waker.wake)
    stop = threading.Event()

    def end() -> None:
        stop.set()
        waker.wake()

    try:
        _announce(options, port.url)
        if options.with_parent:
            threading.Thread(target=_wait_for_parent, args=(end,), daemon=True).start()
        _loop(port, _device(options, port, worker, faults), stop, faults.die_after)
    except KeyboardInterrupt:
        return 0
    except BoardDiedError:
        return DIED
    finally:
        worker.close()
        port.close()
    return 0


def main(arguments: Sequence[str]) -> int:
    """The process that :class:`app.deploy.simulator.Simulator` starts; the exit code."""
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    parser.add_argument("--json", action="store_true")
    try:
        return run(options_of(parser.parse_args(arguments)))
    except TinywrightError as error:
        sys.stderr.write(f"{error}\n")
        return 1


class _Device(Protocol):
    """A board, whatever runs on it."""

    def connected(self) -> None: ...
    def disconnected(self) -> None: ...
    def receive(self, data: bytes) -> None: ...
    def tick(self) -> float | None: ...


def _device(
    options: SimulateOptions, port: VirtualPort, worker: VirtualWorker, faults: Faults
) -> _Device:
    board = BOARDS[options.board]
    hand = SimulatedHand(options.seed, options.holding)
    sensors = VirtualSensors(DeviceClock(options.speed), hand)
    if options.text:
        return VirtualSketch(board, sensors, port.write)

    def load(program: bytes) -> VirtualModel:
        return load_model(program, board.arena_bytes)

    link = VirtualLink(port.host_baud, faults)
    application = VirtualBoard(board, sensors, worker, load, port.write, link, options.seed, faults)
    return VirtualNano(application, port.write) if options.bootloader else application


def _loop(port: VirtualPort, device: _Device, stop: threading.Event, die_after_s: float) -> None:
    """Serve the port until ``stop``. Raises ``BoardDiedError`` when a fault says so."""
    dies_at = time.monotonic() + (die_after_s or math.inf)
    there = False
    while not stop.is_set():
        lives_s = dies_at - time.monotonic()
        if lives_s <= 0:
            raise BoardDiedError
        left = there and not port.connected
        port.poll()
        if left or (there and not port.connected):  # perhaps another host is there already
            there = False
            device.disconnected()
        if port.connected and not there:
            there = True
            device.connected()
        data = port.read()
        if data:
            device.receive(data)
        next_s = device.tick()
        port.flush()
        port.wait(min(lives_s, IDLE_S if next_s is None else next_s))


def _wait_for_parent(end: Callable[[], None]) -> None:
    # Not through sys.stdin, whose lock this thread would still hold when the interpreter ends.
    while os.read(sys.stdin.fileno(), 4096):
        pass
    end()


def _announce(options: SimulateOptions, url: str) -> None:
    line = url
    if options.as_json:
        line = json.dumps(
            {"port": url, "board": options.board, "text": options.text, "pid": os.getpid()}
        )
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _speed(written: str) -> float:
    speed = float(written)
    if not 0 < speed <= 1000:
        raise argparse.ArgumentTypeError("the speed lies between 0 and 1000")
    return speed
