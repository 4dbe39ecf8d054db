# SPDX-License-Identifier: GPL-3.0-or-later
"""A board on a port, from bytes to samples: what the Capture page shows and records, without Qt.

The link's reader thread parses, and appends to a ring and a recorder; a view asks for the newest
state at its own rate. Requests to the board wait for answers, so they run on a thread of their own.
"""

from __future__ import annotations

import itertools
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.capture.client import BoardClient, SampleBlock
from app.capture.dialects import Dialect, Reason
from app.capture.line_inspector import LineKind
from app.capture.link import DEFAULT_BAUD, Link, LinkState
from app.capture.live_signal import LiveSignal
from app.capture.live_take import LiveTake, TakeEnd
from app.capture.messages import Identity, SensorChannel
from app.capture.recorder import Recorder
from app.capture.ring import Ring
from app.capture.session_state import ConsoleLine, Snapshot, Speaks
from app.capture.signal_quality import SignalQuality
from app.capture.stream_watch import StreamWatch
from app.capture.take import FinishedTake, TakePlan, TimeBase
from app.capture.text_reader import Block, TextReader
from app.core.errors import DataError, PortError, PortProblem, TinywrightError
from app.core.recording import Channel, Samples
from app.core.text import text

CONSOLE_LINES = 2000
LONGEST_LOSS_ROWS = 10_000
"""More lost samples in a row end a take: that is no gap to fill."""


class CaptureSession:
    """Reads the board behind ``url`` from :meth:`open` to :meth:`close`.

    A board that speaks the protocol is identified, and with ``autostart`` streams all channels of
    its first sensor; any other is read as lines, in ``dialect`` if that is given.
    """

    def __init__(
        self,
        url: str,
        baud: int = DEFAULT_BAUD,
        *,
        dialect: Dialect | None = None,
        autostart: bool = True,
    ) -> None:
        self.link = Link(url, baud)
        self.client = BoardClient(self.link, self._take_text, self._take_log)
        self._autostart = autostart
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="session")
        self._lock = threading.RLock()
        self._began_s = time.monotonic()
        self._reader = TextReader(dialect)
        self._console: deque[ConsoleLine] = deque(maxlen=CONSOLE_LINES)
        self._console_count = 0
        self._remarks = 0
        self._problem: TinywrightError | None = None
        self._speaks = Speaks.UNKNOWN
        self._identity: Identity | None = None
        self._sensors: tuple[SensorChannel, ...] = ()
        self._stream: tuple[float | None, tuple[int, ...]] | None = None
        self._shown_stream: _Stream | None = None
        self._paused = False
        self._reader_segment = -1
        self._take: LiveTake | None = None
        self._take_rate_hz: float | None = None
        self._signal = LiveSignal(0, (), TimeBase.EVEN, 0.0)
        self._taken_signal = self._signal
        self._watch = StreamWatch(self._fell_silent)
        self._unwatch = self.link.watch(self._link_changed)

    # ---- the port

    def open(self) -> None:
        """Open the port and find out how the board talks. Raises :class:`PortError`."""
        self.link.open()

    def open_soon(self) -> None:
        """As :meth:`open`, without waiting: failure shows in the snapshot."""
        self.link.open_soon()

    def close(self) -> None:
        """Stop reading and free the port. A take under way ends and waits to be finished."""
        self._unwatch()
        self._watch.close()
        self.client.lower_speed()
        self.link.close()
        self.client.close()
        self._worker.shutdown(cancel_futures=True)
        self._stream_ended()

    def release(self) -> None:
        """Lend the port to a flasher; see :meth:`Link.release`."""
        self.client.lower_speed()
        self.link.release()

    def take_back(self, url: str | None = None) -> None:
        """Go on after :meth:`release`: the board is identified anew and streams again."""
        self.link.take_back(url)

    def set_baud(self, baud: int) -> None:
        """Change the baud rate of an open port. Raises :class:`PortError`."""
        self.link.set_baud(baud)

    def _link_changed(self, state: LinkState) -> None:
        if state is LinkState.OPEN:
            with self._lock:
                self._reader.interrupted()
                self._speaks = Speaks.UNKNOWN
                self._problem = None
            self._worker.submit(self._meet_board).add_done_callback(_log_unexpected)
        elif state in (LinkState.LOST, LinkState.RELEASED, LinkState.CLOSED):
            self._stream_ended()

    # ---- the board

    def start_stream(
        self, rate_hz: float | None = None, channels: Sequence[int] | None = None
    ) -> Future[None]:
        """Let a board that speaks the protocol send ``channels`` (places in its list of sensors).

        By default all of its first sensor, at the rate that is set on the board, else at 100 Hz or
        the nearest it can. The result waits for the board and raises what it refuses with; the
        snapshot shows that too.
        """
        return self._worker.submit(self._start_stream, rate_hz, channels)

    def stop_stream(self) -> Future[None]:
        """Let the board send no more samples; see :meth:`start_stream`."""
        return self._worker.submit(self._stop_stream)

    def _meet_board(self) -> None:
        try:
            identity = self.client.connect()
            sensors = self.client.sensors()
        except PortError as error:
            silent = error.problem is PortProblem.SILENT
            self._speaks = Speaks.LINES if silent else Speaks.UNKNOWN
            return
        except TinywrightError as error:
            self._problem = error
            self._speaks = Speaks.LINES
            return
        self._greet(identity, sensors)

    def _fell_silent(self) -> None:
        """A board that was reset, or lost power for a moment behind a bridge that did not, is
        identified anew and streams again."""
        self._stream_ended()
        with suppress(RuntimeError):  # the session is being closed
            self._worker.submit(self._find_again).add_done_callback(_log_unexpected)

    def _find_again(self) -> None:
        try:
            identity = self.client.find_again()
            sensors = self.client.sensors()
        except TinywrightError as error:
            if self.link.state is LinkState.OPEN:
                self._problem = error
                self._watch.expect(None)  # and so looked for again
            return
        self._greet(identity, sensors)

    def _greet(self, identity: Identity, sensors: tuple[SensorChannel, ...]) -> None:
        with self._lock:
            if sensors != self._sensors:
                self._stream = None  # its channels were places in another list
            self._identity = identity
            self._sensors = sensors
            self._speaks = Speaks.PROTOCOL
        if self._autostart or self._stream is not None:
            rate_hz, channels = self._stream or (None, None)
            with suppress(TinywrightError):  # the snapshot tells it
                self._start_stream(rate_hz, channels)

    def _start_stream(self, rate_hz: float | None, channels: Sequence[int] | None) -> None:
        try:
            chosen = self._first_sensor() if channels is None else tuple(channels)
            if not chosen or not all(0 <= index < len(self._sensors) for index in chosen):
                raise DataError(
                    text("The board cannot measure that."),
                    text("It has {count} channels.", count=len(self._sensors)),
                    text("Choose channels from its list."),
                )
            parts = [self._sensors[index] for index in chosen]
            stream = _Stream(rate_hz, tuple(Channel(part.name, part.unit) for part in parts))
            take_samples = partial(self._take_samples, stream)
            stream.rate_hz = self.client.start_stream(rate_hz, chosen, take_samples)
            with self._lock:
                self._show_stream(stream)
                self._signal.stated_hz = stream.rate_hz
                self._stream = (rate_hz, chosen)
                self._problem = None
            self._watch.expect(stream.rate_hz)
        except TinywrightError as error:
            self._problem = error
            raise

    def _stop_stream(self) -> None:
        try:
            self.client.stop_stream()
        except TinywrightError as error:
            self._problem = error
            raise
        self._stream = None
        self._stream_ended()

    def _stream_ended(self) -> None:
        self._watch.rest()
        with self._lock:
            self._shown_stream = None
            if self._take is not None:
                self._take.stop(TakeEnd.LOST)

    def _first_sensor(self) -> tuple[int, ...]:
        return tuple(
            index
            for index, channel in enumerate(self._sensors)
            if channel.sensor == self._sensors[0].sensor
        )

    # ---- what a view reads

    @property
    def ring(self) -> Ring:
        """The samples of the present segment, by seconds since the session began."""
        return self._signal.ring

    @property
    def now_s(self) -> float:
        """Seconds since the session began: the right edge of a plot that follows the signal."""
        return time.monotonic() - self._began_s

    def snapshot(self) -> Snapshot:
        """The newest state; cheap enough for every frame of a window."""
        with self._lock:
            layout, signal = self._reader.layout, self._signal
            return Snapshot(
                link=self.link.state,
                problem=self.link.error or self._problem,
                speaks=self._speaks,
                identity=self._identity,
                sensors=self._sensors,
                streaming=self._shown_stream is not None,
                paused=self._paused,
                segment=signal.segment,
                channels=signal.channels,
                rate_hz=signal.rate_hz,
                samples=signal.samples,
                lost=signal.lost,
                dialect=layout.dialect if layout is not None else None,
                lines=self._reader.counts,
                remarks=self._remarks,
                take=self._take.progress if self._take is not None else None,
            )

    def line_kinds(self) -> tuple[LineKind, ...]:
        """How each kind of line was read: the line inspector."""
        with self._lock:
            return self._reader.kinds

    def console(self, after: int = 0) -> tuple[int, tuple[ConsoleLine, ...]]:
        """The lines that gave no values, from the one numbered ``after`` on, as far as they are
        still kept; and the number to ask with next time."""
        with self._lock:
            new = min(self._console_count - after, len(self._console))
            lines = tuple(itertools.islice(self._console, len(self._console) - new, None))
            return self._console_count, lines

    def quality(self) -> SignalQuality:
        """How good the signal of the last five seconds is; for about one look a second."""
        with self._lock:
            return self._signal.quality()

    def set_dialect(self, dialect: Dialect | None) -> None:
        """Read lines in ``dialect`` from now on; ``None`` finds it out."""
        with self._lock:
            self._reader = TextReader(dialect)
            self._reader_segment = -1

    def pause(self) -> None:
        """Take nothing in until :meth:`resume`. A take under way is not paused."""
        self._paused = self._take is None

    def resume(self) -> None:
        with self._lock:
            if self._paused:
                self._reader.interrupted()
                self._paused = False

    # ---- takes

    def start_take(
        self, project_folder: Path, name: str, label: str = "", seconds: float | None = None
    ) -> None:
        """Record from now on into the project, ``seconds`` long or until it is finished.

        Raises :class:`DataError` where there is no signal yet or a take is under way, and
        :class:`ProjectError` where the disk refuses.
        """
        with self._lock:
            signal = self._signal
            if self._take is not None or not signal.channels:
                raise DataError(
                    text("The recording cannot begin."),
                    text("Another one is under way.")
                    if self._take is not None
                    else text("The board has sent no samples yet."),
                )
            rate_hz = self._take_rate(signal)
        plan = TakePlan(
            name=name,
            channels=signal.channels,
            time_base=signal.time_base,
            rate_hz=rate_hz or 0.0,
            label=label,
            source=self.link.url,
            started_at=datetime.now(UTC).isoformat(),
            process=os.getpid(),
        )
        recorder = Recorder(project_folder, plan)  # writes to the disk: not under the lock
        with self._lock:
            self.resume()
            self._take = LiveTake(recorder, rate_hz, seconds)
            self._taken_signal = signal
            if self._signal is not signal:
                self._take.stop(TakeEnd.CHANGED)

    def finish_take(self) -> FinishedTake:
        """End the take and make a recording of it, for ``FinishedTake.add_to(project)``.

        Any thread may call it; it takes a while for hours of data. Raises as
        :meth:`Recorder.finish` does, and then the take is over too.
        """
        with self._lock:
            take, self._take = self._taken(), None
            even = self._taken_signal.time_base in (TimeBase.EVEN, TimeBase.COUNTED)
            rate_hz = self._take_rate(self._taken_signal) if even else None
        return take.finish(rate_hz)

    def discard_take(self) -> None:
        """End the take and forget it."""
        with self._lock:
            take, self._take = self._taken(), None
        take.discard()

    def _taken(self) -> LiveTake:
        if self._take is None:
            raise DataError(text("No recording is under way."))
        return self._take

    def _take_rate(self, signal: LiveSignal) -> float | None:
        rate_hz = signal.take_rate(self._take_rate_hz)
        self._take_rate_hz = rate_hz or self._take_rate_hz
        return rate_hz

    # ---- samples, on the reader thread

    def _take_text(self, data: bytes) -> None:
        with self._lock:
            if self._paused:
                return
            parsed = self._reader.feed(data)
            for unread in parsed.unread:
                self._add_line(ConsoleLine(unread.reason, unread.line))
            if self._shown_stream is None:
                for block in parsed.blocks:
                    self._take_block(block)

    def _take_log(self, line: str) -> None:
        with self._lock:
            self._remarks += 1
            self._add_line(ConsoleLine(Reason.LOG, line))

    def _add_line(self, line: ConsoleLine) -> None:
        self._console.append(line)
        self._console_count += 1

    def _take_block(self, block: Block) -> None:
        if block.segment != self._reader_segment:
            self._reader_segment = block.segment
            base = TimeBase.ARRIVAL if block.sparse else TimeBase.EVEN
            if block.time_us is not None:
                base = TimeBase.CLOCK
            self._begin_segment(block.channels, base)
        self._add(block.values, None if block.time_us is None else block.time_us / 1e6)

    def _take_samples(self, stream: _Stream, block: SampleBlock) -> None:
        self._watch.heard()
        with self._lock:
            if self._paused:
                return
            self._show_stream(stream)
            values = np.where(np.isfinite(block.samples), block.samples, np.float32(np.nan))
            if block.lost:
                self._signal.lost += block.lost
                if self._take is not None and block.lost > LONGEST_LOSS_ROWS:
                    self._take.stop(TakeEnd.LOST)
                missing = np.full(
                    (min(block.lost, LONGEST_LOSS_ROWS), values.shape[1]), np.nan, np.float32
                )
                values = np.concatenate([missing, values])
            self._add(values, None)

    def _show_stream(self, stream: _Stream) -> None:
        """Make ``stream`` the present segment, at its first samples."""
        if self._shown_stream is not stream:
            self._shown_stream = stream
            self._reader_segment = -1
            self._begin_segment(stream.channels, TimeBase.COUNTED, stream.rate_hz)

    def _add(self, values: Samples, clock_s: NDArray[np.float64] | None) -> None:
        time_s = self._signal.add(values, self.now_s, clock_s)
        if self._take is not None:
            self._take.append(values, time_s)

    def _begin_segment(
        self, channels: tuple[Channel, ...], time_base: TimeBase, stated_hz: float | None = None
    ) -> None:
        if self._take is not None and not self._take.fits(channels, time_base):
            self._take.stop(TakeEnd.CHANGED)
        segment = self._signal.segment + 1
        self._signal = LiveSignal(segment, channels, time_base, self.now_s, stated_hz)


@dataclass(eq=False)
class _Stream:
    """A stream that was asked for: its rate in Hz (the real one once it is known; until then
    ``None`` for the board's own)."""

    rate_hz: float | None
    channels: tuple[Channel, ...]


def _log_unexpected(future: Future[None]) -> None:
    """Nobody waits for this future: what is no answer of a board or a port is a mistake here."""
    error = None if future.cancelled() else future.exception()
    if error is not None:
        logging.getLogger(__name__).error("the session's thread failed", exc_info=error)
