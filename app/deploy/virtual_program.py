# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a simulated board's model of the board program that it received."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from app.capture.messages import ProgramInfo, Status
from app.core.errors import ModelError
from app.core.recording import Channel, Samples
from app.core.training import Task
from app.deploy.engine import Engine
from app.deploy.program import BoardProgram
from app.deploy.program_file import program_crc
from app.deploy.virtual_model import Answer, Refused

MAX_CHANNELS = 255
"""As many as the protocol's messages can name."""


def load_model(program: bytes, arena_capacity: int) -> ProgramModel:
    """Read ``program`` and make it ready to run. Raises ``Refused`` where a board could not."""
    try:
        parsed = BoardProgram.parse(program)
        if parsed.arena_bytes > arena_capacity:
            raise Refused(
                Status.NO_ROOM,
                f"The model computes in {parsed.arena_bytes} bytes, the board has "
                f"{arena_capacity}.",
            )
        if len(parsed.input.channels) > MAX_CHANNELS:
            raise Refused(Status.NO_ROOM, f"The model needs more than {MAX_CHANNELS} channels.")
        return ProgramModel(parsed, program_crc(program))
    except ModelError as error:
        raise Refused(Status.BAD_PROGRAM, f"{error.what} {error.why}") from error


class ProgramModel:
    """A board program with its engine. ``answer`` is not for two threads at once."""

    def __init__(self, program: BoardProgram, crc: int) -> None:
        self._engine = Engine(program)
        self._output = program.output
        self.channels: tuple[Channel, ...] = program.input.channels
        outputs = 1 if program.output.task is not Task.MULTICLASS else len(program.output.labels)
        self.info = ProgramInfo(
            program_crc=crc,
            window=program.input.window,
            rate_mhz=program.input.rate_mhz,
            channels=len(program.input.channels),
            outputs=outputs,
            arena_bytes=program.arena_bytes,
        )

    def answer(self, samples: Samples) -> Answer:
        """Answer a window in sensor units, shape ``(window, channels)``; times itself."""
        start_s = time.perf_counter()
        try:
            output = self._engine.run(samples)
        except ModelError as error:
            raise Refused(Status.BAD_PROGRAM, f"{error.what} {error.why}") from error
        micros = round((time.perf_counter() - start_s) * 1e6)
        return Answer(output, self._top(output), micros)

    def scores(self, output: NDArray[np.int8]) -> tuple[tuple[str, float], ...]:
        """Every label with its real value; a regression's only value is called ``value``."""
        real: list[float] = self._output.real(output).tolist()
        match self._output.task:
            case Task.MULTICLASS:
                return tuple(zip(self._output.labels, real, strict=True))
            case Task.BINARY:
                no, yes = self._output.labels
                return ((no, 1 - real[0]), (yes, real[0]))
            case Task.REGRESSION:
                return (("value", real[0]),)

    def _top(self, output: NDArray[np.int8]) -> int | None:
        if self._output.task is Task.REGRESSION:
            return None
        return int(self._output.decide(output[np.newaxis])[0])
