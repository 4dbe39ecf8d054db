# SPDX-License-Identifier: GPL-3.0-or-later
"""What a simulated board does with its own sensor: stream samples, run its model, or both."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from app.capture.messages import (
    Done,
    LogEvent,
    RateAnswer,
    ResultEvent,
    RunFormat,
    RunStart,
    RunStop,
    SamplesEvent,
    Status,
    StreamStart,
    StreamStop,
)
from app.capture.wire import Structure
from app.core.board_settings import BoardSettings
from app.core.recording import Channel, Samples
from app.deploy.virtual_actions import VirtualActions
from app.deploy.virtual_faults import Faults
from app.deploy.virtual_model import Answer, Refused, VirtualModel, check_rate, match_channels
from app.deploy.virtual_run import DueWindow, SlidingWindows, score_line
from app.deploy.virtual_sensors import MAX_RATE_MHZ, MIN_RATE_MHZ, SENSORS, VirtualSensors, listed
from app.deploy.virtual_worker import VirtualWorker

MAX_PAYLOAD = 1024
TICK_S = 0.02
"""How often samples are handed on while the board measures."""
DEFAULT_RATE_HZ = 100.0
"""Of a stream for which neither the request nor the settings name a rate."""
OWN_ANSWERS_MHZ = 5_000
"""How often a run that began by itself answers."""
_SAMPLES_HEADER_BYTES = 13
_VALUE_BYTES = 4

Send = Callable[[bytes], bool]
"""Sends bytes whole; ``False`` where the host did not read and they were lost."""


@dataclass(slots=True)
class _Stream:
    """What the host sees of the samples: ``channels`` by place, counted from sample ``first``."""

    channels: list[int]
    first: int


@dataclass(slots=True)
class _Run:
    """The stored model on the board's own sensor, since sample ``first``. ``told`` is ``None``
    where nobody hears of the answers, ``by_itself`` true where nobody has asked for the run."""

    model: VirtualModel
    channels: list[int]
    windows: SlidingWindows
    actions: VirtualActions
    told: RunFormat | None
    first: int
    by_itself: bool


class VirtualMeasuring:
    """At most one stream and one run, on one sensor at one rate.

    ``tell`` sends an event, ``send`` bytes between frames.
    """

    def __init__(
        self,
        sensors: VirtualSensors,
        worker: VirtualWorker,
        tell: Callable[[Structure], None],
        send: Send,
        faults: Faults,
    ) -> None:
        self._sensors = sensors
        self._worker = worker
        self._tell = tell
        self._send = send
        self._faults = faults
        self._stream: _Stream | None = None
        self._run: _Run | None = None

    @property
    def active(self) -> bool:
        """Whether it streams or runs, so that :meth:`tick` has to be called."""
        return self._stream is not None or self._run is not None

    def make_way(self) -> None:
        """End a run that began by itself, unless the board streams too."""
        if self._stream is None and self._run is not None and self._run.by_itself:
            self._end_run()

    def stop(self) -> None:
        """End the stream and the run."""
        self._stream = self._run = None
        self._sensors.stop()

    def tick(self) -> None:
        """Measure what is due and hand it on."""
        first, samples = self._sensors.take()
        if self._stream is not None:
            self._send_samples(self._stream, first, samples)
        if self._run is not None:
            self._answer_samples(self._run, first, samples)

    def start_stream(self, request: StreamStart, settings: BoardSettings) -> RateAnswer:
        places = listed(settings.hidden_parts)
        if max(request.channels) >= len(places):
            raise Refused(Status.BAD_PAYLOAD, f"It has {len(places)} channels.")
        own_mhz = round(1000 * (settings.rate_hz or DEFAULT_RATE_HZ))
        rate_mhz = min(max(request.rate_mhz or own_mhz, MIN_RATE_MHZ), MAX_RATE_MHZ)
        if self._run is not None and self._run.by_itself and rate_mhz != self._sensors.rate_mhz:
            self._end_run()
        self._measure(rate_mhz, other=self._run)
        chosen = [places[channel] for channel in request.channels]
        self._stream = _Stream(chosen, self._sensors.next_sample)
        return RateAnswer(rate_mhz)

    def stop_stream(self, _: StreamStop) -> Done:
        self._stream = None
        self._measure_no_more()
        return Done()

    def start_run(
        self, request: RunStart, model: VirtualModel, settings: BoardSettings
    ) -> RateAnswer:
        return self._begin_run(model, settings, request.stride, RunFormat(request.format))

    def run_by_itself(self, model: VirtualModel, settings: BoardSettings) -> None:
        """Run as the settings ask for from power-up on. Raises ``Refused``."""
        stride = max(1, (model.info.rate_mhz + OWN_ANSWERS_MHZ // 2) // OWN_ANSWERS_MHZ)
        told = RunFormat.TEXT if settings.prints_answers else None
        self._begin_run(model, settings, stride, told, by_itself=True)

    def _begin_run(
        self,
        model: VirtualModel,
        settings: BoardSettings,
        stride: int,
        told: RunFormat | None,
        *,
        by_itself: bool = False,
    ) -> RateAnswer:
        places = listed(settings.hidden_parts)
        own = [Channel(SENSORS[place].name, SENSORS[place].unit) for place in places]
        channels = [places[at] for at in match_channels(model.channels, own)]
        needed_mhz = model.info.rate_mhz
        rate_mhz = min(max(needed_mhz, MIN_RATE_MHZ), MAX_RATE_MHZ)
        check_rate(needed_mhz, rate_mhz)
        self._measure(rate_mhz, other=self._stream)
        if self._run is not None:
            self._run.actions.end()
        windows = SlidingWindows(model.info.window, stride, len(channels))
        actions = VirtualActions(settings, lambda words: self._tell(LogEvent(words)))
        first = self._sensors.next_sample
        self._run = _Run(model, channels, windows, actions, told, first, by_itself)
        return RateAnswer(rate_mhz)

    def stop_run(self, _: RunStop) -> Done:
        self._end_run()
        return Done()

    def _end_run(self) -> None:
        if self._run is not None:
            self._run.actions.end()
        self._run = None
        self._measure_no_more()

    def _measure(self, rate_mhz: int, other: _Stream | _Run | None) -> None:
        """Measure at ``rate_mhz``, or at what ``other``, which goes on, already measures at."""
        if self._faults.sensor_failed:
            raise Refused(Status.SENSOR_FAILED, "The motion sensor does not answer.")
        if other is None:
            self._sensors.start(rate_mhz)
        elif rate_mhz != self._sensors.rate_mhz:
            raise Refused(
                Status.BUSY,
                f"It measures at {self._sensors.rate_mhz / 1000:g} Hz "
                f"and cannot also measure at {rate_mhz / 1000:g} Hz.",
            )

    def _measure_no_more(self) -> None:
        if not self.active:
            self._sensors.stop()

    def _send_samples(self, stream: _Stream, first: int, samples: Samples) -> None:
        room = (MAX_PAYLOAD - _SAMPLES_HEADER_BYTES) // (_VALUE_BYTES * len(stream.channels))
        for start in range(0, len(samples), room):
            number = first + start
            rows = samples[start : start + room, stream.channels]
            sequence = (number - stream.first) % 2**32
            self._tell(SamplesEvent.of(sequence, self._sensors.time_us(number), rows))

    def _answer_samples(self, run: _Run, first: int, samples: Samples) -> None:
        for window in run.windows.push(first - run.first, samples[:, run.channels]):
            if self._worker.full:
                continue  # the next result's number shows that one is missing
            taken_us = self._sensors.time_us(run.first + window.last_sample)
            self._answer_window(run, window, taken_us)

    def _answer_window(self, run: _Run, window: DueWindow, taken_us: int) -> None:
        def tell(done: Future[Answer]) -> None:
            if self._run is not run:
                return
            try:
                found = done.result()
            except Refused as refused:
                self._end_run()
                self._tell(LogEvent(refused.reason))
                return
            if run.told is RunFormat.TEXT:
                self._send(score_line(run.model.scores(found.output)))
            elif run.told is RunFormat.FRAMES:
                sequence, output = window.sequence % 2**32, told_output(found, self._faults)
                self._tell(ResultEvent(sequence, taken_us, found.micros, found.top_byte, output))
            if found.top is not None:
                run.actions.answer([score for _, score in run.model.scores(found.output)])

        self._worker.submit(lambda: run.model.answer(window.samples), tell)


def told_output(found: Answer, faults: Faults) -> bytes:
    """The output as the host hears it."""
    output = found.output.tobytes()
    return bytes((output[0] ^ 1,)) + output[1:] if faults.corrupt_output else output
