# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a board program on the PC with the bytes a board gives: *int8 on the PC*.

Always TensorFlow's reference kernels (``BUILTIN_REF``): the default, optimised ones differ from
them in the last bit of some answers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelError
from app.core.recording import Samples
from app.core.text import text
from app.deploy.program import BoardProgram
from app.deploy.tflite import open_interpreter, read_network

Int8 = NDArray[np.int8]


class Engine:
    """A board program, ready to run, with ``outputs`` numbers an answer. Not for two threads at
    once.

    Raises :class:`ModelError` for a network that does not fit the program around it, or that the
    kernels refuse. A network that was changed by hand can still bring the process down, since the
    kernels abort on numbers they hold to be impossible; the program's check sums guard against
    damage.
    """

    def __init__(self, program: BoardProgram) -> None:
        network = read_network(program.network)
        self.program = program
        self._shape = (program.input.window, len(program.input.channels))
        if math.prod(network.input_shape) != math.prod(self._shape):
            raise ModelError(
                text("This board program cannot be run."),
                text(
                    "Its network takes {network} values, a window has {window}.",
                    network=math.prod(network.input_shape),
                    window=math.prod(self._shape),
                ),
            )
        self._scaling = program.input.scaling
        self._zero_point = network.input.zero_point
        self._input_shape = (1, *network.input_shape)
        self.outputs = network.outputs
        self._interpreter: Any = open_interpreter(program.network)
        try:
            self._interpreter.allocate_tensors()
        except (RuntimeError, ValueError) as error:
            raise _kernels_refuse(error) from error
        self._input: int = self._interpreter.get_input_details()[0]["index"]
        self._output: int = self._interpreter.get_output_details()[0]["index"]

    def quantise(self, window: Samples) -> Int8:
        """The network's input for ``window`` of shape ``(..., window, channels)`` in sensor units,
        by the fixed-point arithmetic of ``docs/board-program.md``."""
        if window.shape[-2:] != self._shape:
            raise ValueError(f"expected windows of shape {self._shape}, got {window.shape}")
        return self._scaling.quantise(window, self._zero_point)

    def run(self, window: Samples) -> Int8:
        """The answer to one window in sensor units, shape ``(window, channels)``: the network's
        int8 output, shape ``(outputs,)``."""
        return self.run_quantised(self.quantise(window))

    def run_quantised(self, values: Int8) -> Int8:
        """The answer to one int8 input of as many values as a window has."""
        if values.dtype != np.int8:
            raise ValueError(f"expected int8 values, got {values.dtype}")
        self._interpreter.set_tensor(self._input, values.reshape(self._input_shape))
        try:
            self._interpreter.invoke()
        except (RuntimeError, ValueError) as error:
            raise _kernels_refuse(error) from error
        return self._interpreter.get_tensor(self._output)[0].reshape(-1)

    def run_all(self, windows: Iterable[Samples]) -> Int8:
        """The answers to many windows, shape ``(windows, outputs)``."""
        answers = [self.run(window) for window in windows]
        return np.array(answers, np.int8).reshape(len(answers), self.outputs)


def _kernels_refuse(error: Exception) -> ModelError:
    return ModelError(
        text("This network cannot be run."),
        text("The int8 kernels say: {reason}", reason=str(error).strip().partition("\n")[0]),
        text("Convert the network again."),
    )
