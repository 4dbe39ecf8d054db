# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that can be asked of a board, over anything that carries bytes.

One request is under way at a time. A request that is not answered in time is sent again with
the same tag; answers with another tag are late ones and ignored. Every method that asks may raise
``BoardError`` (the board refused), ``PortError`` (no answer, or the port is gone) and
``ProtocolError`` (an answer that makes no sense); none may be called from a callback.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.capture.conversation import Conversation, Transport, do_nothing
from app.capture.link import DEFAULT_BAUD, Link
from app.capture.messages import (
    NO_TOP,
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
    ResultEvent,
    RunFormat,
    RunStart,
    RunStop,
    SamplesEvent,
    Selftest,
    SelftestAnswer,
    SensorChannel,
    SensorList,
    SettingsAnswer,
    SettingsRead,
    SettingsWrite,
    Status,
    StreamStart,
    StreamStop,
    WindowAnswer,
    WindowBegin,
    WindowChannel,
    WindowData,
    WindowRun,
    decode_identity,
)
from app.capture.wire import Structure
from app.core.board_settings import BoardSettings
from app.core.errors import BoardError, PortError, PortProblem, ProtocolError, TinywrightError
from app.core.recording import Channel, Samples
from app.core.text import text

ANSWER_S = (1.0, 1.0, 2.0)
"""How long each sending of a request waits for its answer (``docs/protocol.md``). The last is for a
board that has it and is kept from answering: a simulated one shares a busy computer with us."""
SLOW_ANSWER_S = (10.0, 10.0)
"""For requests that check a whole program or run a network."""
IDENTIFY_EVERY_S = 0.4
FAST_BAUD = 921_600
"""What is asked of a board that can: every USB bridge on ESP32 boards goes that fast."""
PROOF_S = 0.8
"""How long the board is asked at a new speed before that counts as too fast for the cable."""
RETURN_S = 3.2
"""How long it is asked at the old speed then: it comes back by itself after 1.5 seconds."""
LOWER_S = 0.3
"""Waiting longer at the end would be for nothing: a board comes back for the next host, too."""
IN_VAIN = 2
"""So many pieces in a row that do not bring a program or window on are a defect."""
_ITEMS = 256
_OFFSET_BYTES = 4
_TIME_BYTES = 8
_VALUE_BYTES = 4

Output = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class SampleBlock:
    """Samples as they came: shape ``(n, channels)``. ``lost`` samples are missing before them."""

    samples: Samples
    sequence: int
    time_us: int
    lost: int


@dataclass(frozen=True, slots=True, eq=False)
class WindowResult:
    """A board's answer to a window. ``top`` is ``None`` for a regression."""

    output: Output
    top: int | None
    micros: int


@dataclass(frozen=True, slots=True, eq=False)
class RunResult:
    """An answer to the board's own sensor. ``time_us`` is when the window's last sample was
    taken; ``lost`` windows went unanswered before it."""

    output: Output
    top: int | None
    micros: int
    sequence: int
    time_us: int
    lost: int


_A = TypeVar("_A", bound=Structure)


def _ignore(_: object) -> None:
    """For callers that do not listen."""


def _no_progress(_sent: int, _total: int) -> None:
    """For callers that only wait."""


class _Sequence:
    """Counts what is missing between numbers that wrap at 2³²."""

    def __init__(self) -> None:
        self._next = 0

    def lost_before(self, number: int, count: int) -> int:
        """How many of them are missing before ``number``, which begins a run of ``count``."""
        gap = (number - self._next) % 2**32
        self._next = (number + count) % 2**32
        # Going back is no loss of four thousand million: the board began to count anew.
        return gap if gap < 2**31 else 0


class BoardClient:
    """The host's side of the board protocol.

    ``on_text`` gets every byte outside frames and ``on_log`` the board's own remarks; they and the
    callbacks of streams and runs are called on the transport's reader thread and must return soon.
    """

    def __init__(
        self,
        transport: Transport,
        on_text: Callable[[bytes], None] = _ignore,
        on_log: Callable[[str], None] = _ignore,
    ) -> None:
        self._on_log = on_log
        self._on_samples: Callable[[SampleBlock], None] | None = None
        self._stream_width = 0
        self._misfits = 0
        self._on_result: Callable[[RunResult], None] | None = None
        self._samples_seen = _Sequence()
        self._results_seen = _Sequence()
        self._transport = transport
        self._stays_slow = False
        self._conversation = Conversation(transport, on_text, self._deliver)

    def close(self) -> None:
        """Listen no more. The transport stays as it is."""
        self._conversation.close()

    @property
    def url(self) -> str:
        """The port that it is talked to at."""
        return self._transport.url

    @property
    def speed(self) -> int:
        """Bits a second on the wire now."""
        return self._transport.speed

    @property
    def damaged(self) -> int:
        """Frames and events that could not be read so far."""
        return self._conversation.damaged + self._misfits

    @property
    def repeated(self) -> int:
        """Requests that were sent again so far, for want of an answer."""
        return self._conversation.repeated

    # ---- requests

    def identify(self, patience_s: float = 2.0) -> Identity:
        """Ask who the board is, again and again for ``patience_s``: opening a port restarts many
        boards. The first request to make; it also sets the size of all later messages."""
        sends = max(1, round(patience_s / IDENTIFY_EVERY_S))
        answer = self._conversation.request(Identify(), [IDENTIFY_EVERY_S] * sends)
        identity = decode_identity(answer)
        self._conversation.max_payload = identity.max_payload
        return identity

    def connect(self, patience_s: float = 2.0) -> Identity:
        """As :meth:`identify`; then the link goes as fast as board, port and cable can. What has
        failed once is not tried again."""
        identity = self.identify(patience_s)
        slow = self._transport.speed == self._transport.baud
        if identity.flags & Flag.LINK_SPEED and slow and not self._stays_slow:
            self._raise_speed()
        return identity

    def find_again(self) -> Identity:
        """As :meth:`connect`, for a board that may have been restarted: it is then as slow as at
        the start."""
        self._transport.set_speed(self._transport.baud)
        return self.connect()

    def lower_speed(self) -> None:
        """Let the link go as it was opened, before others open the port."""
        transport = self._transport
        if transport.speed == transport.baud:
            return
        with suppress(TinywrightError):  # it comes back when it hears the next host
            self._conversation.request(LinkSpeed(transport.baud), [LOWER_S])
        transport.set_speed(transport.baud)

    def sensors(self) -> tuple[SensorChannel, ...]:
        """The channels that the board can measure."""
        return self._ask(ListSensors(), SensorList).channels

    def start_stream(
        self,
        rate_hz: float | None,
        channels: Sequence[int],
        on_samples: Callable[[SampleBlock], None],
    ) -> float:
        """Let the board send ``channels`` (places in :meth:`sensors`); return the real rate in Hz.

        A ``rate_hz`` of ``None`` is the board's own: what is set on it, else 100 Hz. A stream that
        is under way ends, and the new one counts from zero.
        """

        def started() -> None:
            self._samples_seen = _Sequence()
            self._on_samples = on_samples
            self._stream_width = len(channels)

        request = StreamStart(_millihertz(rate_hz or 0.0), bytes(channels))
        return self._ask(request, RateAnswer, started).rate_mhz / 1000

    def stop_stream(self) -> None:
        """No more samples; none is delivered after this returns."""

        def stopped() -> None:
            self._on_samples = None

        self._ask(StreamStop(), Done, stopped)

    def send_program(
        self,
        program: bytes,
        progress: Callable[[int, int], None] = _no_progress,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ProgramInfo | None:
        """Store ``program`` (``docs/board-program.md``) on the board, which checks it.

        ``progress(sent, total)`` counts bytes. ``None`` when ``cancelled`` said so between two
        messages: the board then has no program.
        """
        self._ask(ProgramBegin(len(program), int.from_bytes(program[-4:], "little")), Done)
        piece = self._conversation.max_payload - _OFFSET_BYTES

        def send(offset: int) -> int:
            data = program[offset : offset + piece]
            return self._ask(ProgramData(offset, data), ReceivedAnswer).received

        for received in _steps(send, len(program)):
            progress(received, len(program))
            if cancelled():
                return None
        return self._ask(ProgramEnd(), ProgramInfo, slow=True)

    def program_info(self) -> ProgramInfo:
        """The stored program; ``BoardError`` with ``Status.NO_PROGRAM`` when there is none."""
        return self._ask(AskProgram(), ProgramInfo)

    def erase_program(self) -> None:
        """Let the board forget its program."""
        self._ask(ProgramErase(), Done)

    def run_window(
        self, samples: Samples, channels: Sequence[Channel], rate_hz: float
    ) -> WindowResult:
        """Let the stored program answer ``samples``, shape ``(n, channels)``, in sensor units."""
        named = tuple(WindowChannel(channel.name, channel.unit) for channel in channels)
        self._ask(WindowBegin(_millihertz(rate_hz), len(samples), named), Done)
        values = np.ascontiguousarray(samples, np.float32).ravel()
        piece = (self._conversation.max_payload - _OFFSET_BYTES) // _VALUE_BYTES

        def send(offset: int) -> int:
            data = WindowData.of(offset, values[offset : offset + piece])
            return self._ask(data, ReceivedAnswer).received

        for _ in _steps(send, len(values)):
            pass
        answer = self._ask(WindowRun(), WindowAnswer, slow=True)
        return WindowResult(_output(answer.output), _top(answer.top), answer.micros)

    def start_run(
        self,
        stride: int,
        on_result: Callable[[RunResult], None] = _ignore,
        run_format: RunFormat = RunFormat.FRAMES,
    ) -> float:
        """Let the board answer its own sensor every ``stride`` samples; return its rate in Hz.

        With ``RunFormat.TEXT`` it prints lines instead, which ``on_text`` gets.
        """

        def started() -> None:
            self._results_seen = _Sequence()
            self._on_result = on_result

        return self._ask(RunStart(stride, run_format), RateAnswer, started).rate_mhz / 1000

    def stop_run(self) -> None:
        """No more results; none is delivered after this returns."""

        def stopped() -> None:
            self._on_result = None

        self._ask(RunStop(), Done, stopped)

    def settings(self) -> BoardSettings:
        """What is set on the board. Raises ``DataError`` where this studio cannot read it."""
        return BoardSettings.from_bytes(self._ask(SettingsRead(), SettingsAnswer).record)

    def write_settings(self, settings: BoardSettings) -> None:
        """Let the board keep ``settings``, over restarts and new programs. It may then measure
        other channels: ask :meth:`sensors` again."""
        self._ask(SettingsWrite(settings.to_bytes()), Done)

    def echo(self, data: bytes) -> int:
        """Let the board send ``data`` back; returns its clock, µs. Not for more bytes than
        :attr:`most_echoed`."""
        answer = self._ask(Echo(data), EchoAnswer)
        if answer.data != data:
            raise ProtocolError(
                text("The board sends back other bytes than it was sent."),
                text("The check sums of both frames are right: its firmware is at fault."),
                text("Install the firmware anew."),
            )
        return answer.time_us

    @property
    def most_echoed(self) -> int:
        """The bytes that a board can send back at once."""
        return self._conversation.max_payload - _TIME_BYTES

    def selftest(self, drive_pins: bool = False) -> Iterator[SelftestAnswer]:
        """Let the board test itself, item by item as they are taken. With ``drive_pins`` it puts
        levels onto its free pins, for less than a millisecond each."""
        for item in range(_ITEMS):
            try:
                yield self._ask(Selftest(item, int(drive_pins)), SelftestAnswer, slow=True)
            except BoardError as error:
                if error.status != Status.BAD_PAYLOAD:
                    raise
                return  # no such item

    def act(self, name: str, seed: int, holding: int) -> None:
        """Simulated boards only: make the hand do the gesture ``name``."""
        self._ask(Act(seed, holding, name), Done)

    # ---- asking

    def _ask(
        self,
        request: Structure,
        answer: type[_A],
        on_answer: Callable[[], None] = do_nothing,
        slow: bool = False,
    ) -> _A:
        patience_s = SLOW_ANSWER_S if slow else ANSWER_S
        try:
            payload = self._conversation.request(request, patience_s, on_answer)
        except PortError as error:
            transport = self._transport
            if error.problem is not PortProblem.SILENT or transport.speed == transport.baud:
                raise
            self.find_again()
            payload = self._conversation.request(request, patience_s, on_answer)
        return answer.decode(payload)

    def _raise_speed(self) -> None:
        transport = self._transport
        granted = self._ask(LinkSpeed(FAST_BAUD), LinkSpeedAnswer).baud
        if granted == transport.speed:
            return
        try:
            if transport.set_speed(granted):
                self.identify(PROOF_S)
                return
        except PortError as error:
            if error.problem is not PortProblem.SILENT:
                raise
        self._stays_slow = True
        transport.set_speed(transport.baud)
        self.identify(RETURN_S)

    def _deliver(self, event: Structure) -> None:
        on_samples, on_result = self._on_samples, self._on_result
        if isinstance(event, LogEvent):
            self._on_log(event.text)
        elif isinstance(event, SamplesEvent) and on_samples is not None:
            samples = event.samples
            if samples.shape[1] != self._stream_width:
                self._misfits += 1
                return
            lost = self._samples_seen.lost_before(event.sequence, len(samples))
            on_samples(SampleBlock(samples, event.sequence, event.time_us, lost))
        elif isinstance(event, ResultEvent) and on_result is not None:
            lost = self._results_seen.lost_before(event.sequence, 1)
            output, top = _output(event.output), _top(event.top)
            on_result(RunResult(output, top, event.micros, event.sequence, event.time_us, lost))


@contextmanager
def board_at(
    url: str, baud: int = DEFAULT_BAUD, on_log: Callable[[str], None] = _ignore
) -> Generator[BoardClient]:
    """A client of the board behind ``url``, for as long as the port is open; not asked anything
    yet. Raises ``PortError``."""
    link = Link(url, baud)
    link.open()
    client = BoardClient(link, on_log=on_log)
    try:
        yield client
    finally:
        client.lower_speed()
        link.close()


def _millihertz(rate_hz: float) -> int:
    return round(rate_hz * 1000)


def _output(data: bytes) -> Output:
    return np.frombuffer(data, np.int8)


def _top(top: int) -> int | None:
    return None if top == NO_TOP else top


def _steps(send: Callable[[int], int], total: int) -> Iterator[int]:
    """Send from wherever the board says it is, until it has all; yield what it has.

    Raises ``ProtocolError`` when it does not get on."""
    received = 0
    stuck = 0
    while received < total:
        before, received = received, send(received)
        stuck = 0 if received > before else stuck + 1
        if received > total or stuck == IN_VAIN:
            raise ProtocolError(
                text("Sending to the board does not get on."),
                text("It counts {received} of {total}.", received=received, total=total),
                text("Press its reset button, then try again."),
            )
        yield received
