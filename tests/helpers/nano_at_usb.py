# SPDX-License-Identifier: GPL-3.0-or-later
"""A Nano 33 BLE at a USB of the test's making: ports that come and go under new names, the
1200-baud touch, the boot loader, and what it starts. Linux only."""

from __future__ import annotations

import termios
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.capture.discovery import DiscoveredPort
from app.capture.messages import Flag, Identify, Identity
from app.core.board import NANO33BLE
from app.deploy.nano33ble_ports import APPLICATION_ID, LOADER_ID
from app.deploy.simulated_hand import SimulatedHand
from app.deploy.virtual_board import VirtualBoard
from app.deploy.virtual_bootloader import Layout, VirtualBootloader, new_flash, starts
from app.deploy.virtual_faults import NO_FAULTS
from app.deploy.virtual_link import VirtualLink
from app.deploy.virtual_model import VirtualModel
from app.deploy.virtual_port import PtyPort, Waker
from app.deploy.virtual_program import load_model
from app.deploy.virtual_sensors import DeviceClock, VirtualSensors
from app.deploy.virtual_sketch import VirtualSketch
from app.deploy.virtual_worker import VirtualWorker

SKETCH = b"\0\0\4\x20\1\0\1\0" * 512
NUMBER = "0A1B2C3D4E5F6071"
LOOK_S = 0.01


class Firmware(VirtualBoard):
    """The studio's firmware of some version, as on a real board."""

    version = ""

    def _identify(self, asked: Identify) -> Identity:
        told = super()._identify(asked)
        return replace(told, firmware=self.version, flags=told.flags & ~Flag.SIMULATED)


class NanoAtUsb:
    """``starts_as``: the version of the firmware that is on it, or empty for a sketch.
    ``installs``: the version of the firmware that the test installs. Behaviour is changed by
    setting attributes before or while it runs."""

    def __init__(
        self, folder: Path, installs: str, starts_as: str = "", layout: Layout = Layout.LOADER_FIRST
    ) -> None:
        self.flash = new_flash(layout, SKETCH)
        self.restarts = 0
        self.hears_touch = True
        self.comes_back = True
        self.loader_number = "0" * 16 + NUMBER
        self.others: list[DiscoveredPort] = []
        self.unplug_at: Callable[[bytes], bool] = lambda _: False
        self._folder = folder
        self._layout = layout
        self._installs, self._version = installs, starts_as
        self._count = 0
        self._stop = threading.Event()
        self._waker = Waker()
        self._worker = VirtualWorker(self._waker.wake)
        self._todo = ""
        self._listed: DiscoveredPort | None = None
        self._plug_in(loader=not starts(self.flash, self._layout))
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> NanoAtUsb:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._waker.wake()
        self._thread.join()
        self._pull()
        self._worker.close()
        self._waker.close()

    @property
    def url(self) -> str:
        """Its port at present; empty while it has none."""
        return "" if self._listed is None else self._listed.url

    def ports(self) -> list[DiscoveredPort]:
        """As the computer lists them."""
        own = self._listed
        return [*self.others, *([] if own is None else [own])]

    def double_tap(self) -> None:
        """Its button is pressed twice."""
        self._await_rest()
        self._todo = "loader"
        self._await_rest()

    def _await_rest(self) -> None:
        while self._todo:
            self._stop.wait(LOOK_S)

    def _plug_in(self, loader: bool) -> None:
        self._port = PtyPort(self._waker)
        name = self._folder / f"ttyACM{self._count}"
        self._count += 1
        name.symlink_to(self._port.url)
        self._there = False
        usb, number = (LOADER_ID, self.loader_number) if loader else (APPLICATION_ID, NUMBER)
        self._device = self._loader() if loader else self._application()
        self._in_loader = loader
        self._listed = DiscoveredPort(str(name), "Nano 33 BLE", NANO33BLE, True, number, usb)

    def _pull(self) -> None:
        if self._listed is not None:
            Path(self._listed.url).unlink()
            self._listed = None
            self._port.close()

    def _loader(self) -> VirtualBootloader:
        def restart() -> None:
            self._version = self._installs
            self._todo = "application" if starts(self.flash, self._layout) else "loader"

        return VirtualBootloader(self.flash, self._port.write, restart, self._layout)

    def _application(self) -> VirtualBoard | VirtualSketch:
        sensors = VirtualSensors(DeviceClock(1.0), SimulatedHand(1))
        if not self._version:
            return VirtualSketch(NANO33BLE, sensors, self._port.write)

        def load(program: bytes) -> VirtualModel:
            return load_model(program, NANO33BLE.arena_bytes)

        link = VirtualLink(lambda: None, NO_FAULTS)  # none has a speed at the USB
        board = Firmware(NANO33BLE, sensors, self._worker, load, self._port.write, link, 1)
        board.version = self._version
        return board

    def _run(self) -> None:
        while not self._stop.is_set():
            if self._listed is not None:
                self._serve()
            else:
                self._stop.wait(LOOK_S)
            todo = self._todo
            if todo:
                self.restarts += 1
                self._pull()
                if todo == "loader" or (todo == "application" and self.comes_back):
                    self._plug_in(loader=todo == "loader")
                self._todo = ""

    def _serve(self) -> None:
        port, device = self._port, self._device
        port.poll()
        if port.connected != self._there:
            self._there = port.connected
            if not isinstance(device, VirtualBootloader):
                (device.connected if self._there else device.disconnected)()
        baud = termios.tcgetattr(port._master)[4]
        if not self._in_loader and baud == termios.B1200 and not self._there and self.hears_touch:
            self._todo = "loader"
            return
        data = port.read()
        if data and self.unplug_at(data):
            self._todo = "unplugged"
            return
        if data:
            device.receive(data)
        if not isinstance(device, VirtualBootloader):
            device.tick()
        port.flush()
        if not self._todo:
            port.wait(LOOK_S)
