# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated board: the board's side of ``docs/protocol.md``, without hardware.

One thread runs it: bytes go in by :meth:`VirtualBoard.receive`, time passes in
:meth:`VirtualBoard.tick`, and everything it says leaves through one callback.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.capture.frames import Demultiplexer, Frame, encode_frame
from app.capture.messages import (
    ANSWER_BIT,
    ERROR_TYPE,
    EVENT_TAG,
    PROTOCOL_VERSION,
    REQUESTS,
    TYPES,
    Act,
    AskProgram,
    Done,
    Echo,
    EchoAnswer,
    Flag,
    Identify,
    Identity,
    LinkSpeed,
    LinkSpeedAnswer,
    ListSensors,
    LogEvent,
    ProgramBegin,
    ProgramData,
    ProgramEnd,
    ProgramErase,
    ProgramInfo,
    RateAnswer,
    ReceivedAnswer,
    Refusal,
    RunStart,
    RunStop,
    Selftest,
    SelftestAnswer,
    SensorList,
    SettingsAnswer,
    SettingsRead,
    SettingsWrite,
    Status,
    StreamStart,
    StreamStop,
    WindowAnswer,
    WindowBegin,
    WindowData,
    WindowRun,
)
from app.capture.wire import Structure
from app.core.board import Board
from app.core.board_settings import BoardSettings
from app.core.errors import DataError, ProtocolError
from app.deploy.virtual_faults import NO_FAULTS, Faults
from app.deploy.virtual_link import VirtualLink
from app.deploy.virtual_measuring import MAX_PAYLOAD, TICK_S, Send, VirtualMeasuring, told_output
from app.deploy.virtual_model import Answer, Refused, VirtualModel
from app.deploy.virtual_sensors import SENSORS, VirtualSensors, listed
from app.deploy.virtual_store import IncomingWindow, ProgramStore
from app.deploy.virtual_worker import VirtualWorker

FIRMWARE = "simulated 1"
_REFUSAL_HEADER_BYTES = 2


class BoardDiedError(Exception):
    """A fault asked the process to end."""


@dataclass(frozen=True, slots=True)
class _Slow:
    """A request that takes long: ``work`` runs beside the loop, ``finish`` makes the answer."""

    work: Callable[[], Any]
    finish: Callable[[Any], Structure]


@dataclass(frozen=True, slots=True)
class _Then:
    """An answer, and what is done when it has been sent."""

    answer: Structure
    act: Callable[[], None]


class VirtualBoard:
    """A board of the kind ``board`` that measures with ``sensors`` and computes in ``worker``.

    ``load`` makes a model of a board program, or raises ``Refused``; ``link`` has the speed of what
    ``send`` and :meth:`receive` carry.
    """

    def __init__(
        self,
        board: Board,
        sensors: VirtualSensors,
        worker: VirtualWorker,
        load: Callable[[bytes], VirtualModel],
        send: Send,
        link: VirtualLink,
        seed: int = 0,
        faults: Faults = NO_FAULTS,
    ) -> None:
        self._board = board
        self._sensors = sensors
        self._worker = worker
        self._load = load
        self._send: Send = lambda data: send(link.sent(data))
        self._link = link
        self._faults = faults
        self._chance = random.Random(seed)  # noqa: S311 (chooses faults, not secrets)
        self._serial = f"simulated-{seed}"
        self._store = ProgramStore(0 if faults.no_room else board.program_bytes)
        self._demultiplexer = Demultiplexer(MAX_PAYLOAD)
        self._window: IncomingWindow | None = None
        self._slow: Frame | None = None
        self._settings = BoardSettings()
        self._remark = ""
        """On how it started; told with IDENTIFY."""
        self._measuring = VirtualMeasuring(sensors, worker, self._tell, self._send, faults)
        self._handlers: Mapping[type[Structure], Callable[[Any], Structure | _Slow | _Then]] = {
            Identify: self._identify,
            ListSensors: self._list_sensors,
            StreamStart: self._start_stream,
            StreamStop: self._measuring.stop_stream,
            LinkSpeed: self._change_speed,
            Echo: self._echo,
            ProgramBegin: self._begin_program,
            ProgramData: self._take_program,
            ProgramEnd: self._end_program,
            AskProgram: self._program_info,
            ProgramErase: self._erase_program,
            WindowBegin: self._begin_window,
            WindowData: self._take_window,
            WindowRun: self._run_window,
            RunStart: self._start_run,
            RunStop: self._measuring.stop_run,
            SettingsRead: self._read_settings,
            SettingsWrite: self._write_settings,
            Selftest: self._selftest,
            Act: self._act,
        }

    # ---- what happens to a board

    def connected(self) -> None:
        """The host opened the port: the board starts, as most do then, and says so in text."""
        self._send(f"{self._board.name}, firmware {FIRMWARE}\r\n".encode())
        self._remark = ""
        if self._settings.runs_by_itself:
            try:
                self._measuring.run_by_itself(self._store.stored(), self._settings)
            except Refused as refused:
                why = refused.reason or "No board program is stored."
                self._remark = f"It was to run its model by itself and cannot. {why}"

    def disconnected(self) -> None:
        """The host closed the port: everything ends, only program and settings stay."""
        self._demultiplexer = Demultiplexer(MAX_PAYLOAD)
        self._window = self._slow = None
        self._measuring.stop()

    def receive(self, data: bytes) -> None:
        """Bytes from the host. Text outside frames is nothing to this board."""
        for frame in self._demultiplexer.feed(self._link.came(data)).frames:
            self._link.heard()
            if not self._faults.mute:
                self._serve(frame)

    def tick(self) -> float | None:
        """Do what is due; the seconds until the next tick, ``None`` when nothing will be due."""
        self._worker.deliver()
        look_s = self._link.tick()
        if not self._measuring.active:
            return look_s
        self._measuring.tick()
        return TICK_S

    # ---- requests

    def _serve(self, frame: Frame) -> None:
        if frame == self._slow:
            return  # sent again while we work on it: the answer comes
        try:
            request = _decode(frame)
            answer = self._handlers[type(request)](request)
        except Refused as refused:
            self._refuse(frame, refused)
            return
        if isinstance(answer, _Slow):
            finish = answer.finish
            self._slow = frame
            self._worker.submit(answer.work, lambda done: self._finish(frame, finish, done))
        elif isinstance(answer, _Then):
            self._reply(frame, answer.answer)
            answer.act()
        else:
            self._reply(frame, answer)

    def _finish(self, frame: Frame, finish: Callable[[Any], Structure], done: Future[Any]) -> None:
        if self._slow is not frame:
            return  # the host that asked has left
        self._slow = None
        try:
            answer = finish(done.result())
        except Refused as refused:
            self._refuse(frame, refused)
        else:
            self._reply(frame, answer)

    def _reply(self, frame: Frame, answer: Structure) -> None:
        self._send_frame(Frame(frame.type | ANSWER_BIT, frame.tag, answer.encode()))

    def _refuse(self, frame: Frame, refused: Refused) -> None:
        room = MAX_PAYLOAD - _REFUSAL_HEADER_BYTES
        reason = refused.reason.encode()[:room].decode(errors="ignore")
        refusal = Refusal(refused.status, frame.type, reason)
        self._send_frame(Frame(ERROR_TYPE, frame.tag, refusal.encode()))

    def _tell(self, event: Structure) -> None:
        self._send_frame(Frame(TYPES[type(event)], EVENT_TAG, event.encode()))

    def _send_frame(self, frame: Frame) -> None:
        if self._chance.random() < self._faults.drop_frames:
            return
        wire = bytearray(encode_frame(frame))
        if self._chance.random() < self._faults.corrupt_frames:
            wire[self._chance.randrange(len(wire))] ^= 1 << self._chance.randrange(8)
        self._send(bytes(wire))

    def _identify(self, _: Identify) -> Identity:
        model = self._store.model
        if self._remark:
            self._tell(LogEvent(self._remark))
        return Identity(
            protocol=PROTOCOL_VERSION,
            max_payload=MAX_PAYLOAD,
            flags=Flag.SIMULATED
            | Flag.SETTINGS
            | Flag.SELFTEST
            | (Flag.LINK_SPEED if self._has_speed else 0),
            program_capacity=self._store.capacity,
            arena_capacity=self._board.arena_bytes,
            program_crc=0 if model is None else model.info.program_crc,
            clock_hz=self._board.clock_hz,
            board=self._board.id,
            firmware=FIRMWARE,
            build="",
            serial=self._serial,
        )

    def _echo(self, request: Echo) -> EchoAnswer:
        answer = EchoAnswer(self._sensors.now_us(), request.data)
        if len(answer.encode()) > MAX_PAYLOAD:
            raise Refused(Status.BAD_PAYLOAD, "This is more than an answer can hold.")
        return answer

    def _list_sensors(self, _: ListSensors) -> SensorList:
        return SensorList(tuple(SENSORS[at] for at in listed(self._settings.hidden_parts)))

    @property
    def _has_speed(self) -> bool:
        """A board that is itself at the USB has a link without a speed."""
        return not self._board.usb_ids

    def _change_speed(self, request: LinkSpeed) -> _Then:
        if not self._has_speed:
            raise Refused(Status.UNKNOWN_REQUEST, "The link of this board has no speed.")
        baud = self._link.nearest(request.baud)
        return _Then(LinkSpeedAnswer(baud), lambda: self._link.change(baud))

    # ---- the stored program

    def _begin_program(self, request: ProgramBegin) -> Done:
        self._need_rest()
        self._window = None
        self._store.begin(request)
        return Done()

    def _take_program(self, request: ProgramData) -> ReceivedAnswer:
        self._need_rest()
        received = self._store.take(request)
        if 0 < self._faults.die_in_program <= received:
            raise BoardDiedError
        return ReceivedAnswer(received)

    def _end_program(self, _: ProgramEnd) -> ProgramInfo | _Slow:
        self._need_rest()
        program = self._store.complete()
        if program is None:
            return self._store.stored().info

        def keep(model: VirtualModel) -> ProgramInfo:
            self._store.keep(model)
            return model.info

        return _Slow(lambda: self._load(program), keep)

    def _program_info(self, _: AskProgram) -> ProgramInfo:
        return self._store.stored().info

    def _erase_program(self, _: ProgramErase) -> Done:
        self._need_rest()
        self._window = None
        self._store.erase()
        return Done()

    # ---- a window from the host

    def _begin_window(self, request: WindowBegin) -> Done:
        self._need_rest()
        self._window = IncomingWindow(request, self._store.stored())
        return Done()

    def _take_window(self, request: WindowData) -> ReceivedAnswer:
        self._need_rest()
        return ReceivedAnswer(self._begun_window().take(request))

    def _run_window(self, _: WindowRun) -> _Slow:
        self._need_rest()
        window = self._begun_window()
        samples = window.samples()

        def answer(found: Answer) -> WindowAnswer:
            return WindowAnswer(found.micros, found.top_byte, told_output(found, self._faults))

        return _Slow(lambda: window.model.answer(samples), answer)

    def _begun_window(self) -> IncomingWindow:
        if self._window is None:
            raise Refused(Status.NOT_BEGUN, "No WINDOW_BEGIN came before.")
        return self._window

    def _need_rest(self) -> None:
        self._measuring.make_way()
        if self._measuring.active:
            raise Refused(Status.BUSY, "It is streaming or running its model.")
        self._need_no_slow_request()

    def _need_no_slow_request(self) -> None:
        if self._slow is not None:
            raise Refused(Status.BUSY, "It is working on another request.")

    # ---- its own sensor

    def _start_stream(self, request: StreamStart) -> RateAnswer:
        return self._measuring.start_stream(request, self._settings)

    def _start_run(self, request: RunStart) -> RateAnswer:
        self._need_no_slow_request()
        answer = self._measuring.start_run(request, self._store.stored(), self._settings)
        self._window = None
        return answer

    # ---- settings and selftest

    def _read_settings(self, _: SettingsRead) -> SettingsAnswer:
        return SettingsAnswer(self._settings.to_bytes())

    def _write_settings(self, request: SettingsWrite) -> Done:
        self._need_rest()
        try:
            settings = BoardSettings.from_bytes(request.record)
        except DataError as error:
            raise Refused(Status.BAD_PAYLOAD, str(error.why)) from error
        if settings.analogue_pins or settings.touch_pins:
            raise Refused(Status.BAD_PAYLOAD, "The simulated board has no pins to measure.")
        self._settings = settings
        self._remark = ""
        return Done()

    def _selftest(self, request: Selftest) -> SelftestAnswer | _Slow:
        self._need_rest()
        self._window = None

        def model() -> tuple[bool, str]:
            stored = self._store.model
            if stored is None:
                return True, "No model is stored."
            still = np.zeros((stored.info.window, len(stored.channels)), np.float32)
            return True, f"One window takes {stored.answer(still).micros} us."

        tests: tuple[tuple[str, Callable[[], tuple[bool, str]]], ...] = (
            ("sensors", lambda: (not self._faults.sensor_failed, "Motion sensor and switches.")),
            ("model", model),
        )
        if request.item >= len(tests):
            raise Refused(Status.BAD_PAYLOAD, "There is no such item.")
        name, test = tests[request.item]

        def told(outcome: tuple[bool, str]) -> SelftestAnswer:
            return SelftestAnswer(request.item, outcome[0], name, outcome[1])

        return _Slow(test, told)

    def _act(self, request: Act) -> Done:
        try:
            self._sensors.act(request.name, request.seed, request.holding)
        except DataError as error:
            raise Refused(Status.BAD_PAYLOAD, str(error)) from error
        return Done()


def _decode(frame: Frame) -> Structure:
    if frame.type not in REQUESTS:
        raise Refused(Status.UNKNOWN_REQUEST, f"It does not know 0x{frame.type:02X}.")
    request, _ = REQUESTS[frame.type]
    try:
        return request.decode(frame.payload)
    except ProtocolError as error:
        raise Refused(Status.BAD_PAYLOAD, str(error.why)) from error
