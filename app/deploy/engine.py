# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a board program on the PC with the bytes a board gives: *int8 on the PC*."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from app.core.recording import Samples
from app.deploy.program import BoardProgram
from app.deploy.wasm_board import Int8, WasmBoard

THREADS = min(2, os.cpu_count() or 1)
"""That a whole data set is shared among. More would take the machine from who works at it."""
WORTH_A_THREAD_BYTES = 1 << 19
"""Inputs of this size, to one thread, take longer than to start it."""


class Engine:
    """A board program, compiled for any target, ready to run. Not for two threads at once.

    Runs the code that boards run, built for WebAssembly. Raises :class:`ModelError` for a program
    that it refuses.
    """

    def __init__(self, program: BoardProgram) -> None:
        self.program = program
        self._file = program.to_bytes()
        self._shape = (program.input.window, len(program.input.channels))
        self._boards = [WasmBoard(self._file)]
        self.outputs = self._boards[0].output_bytes

    def quantise(self, window: Samples) -> Int8:
        """The network's input for ``window`` of shape ``(..., window, channels)`` in sensor units,
        by the fixed-point arithmetic of ``docs/board-program.md``."""
        if window.shape[-2:] != self._shape:
            raise ValueError(f"expected windows of shape {self._shape}, got {window.shape}")
        windows = window.reshape(-1, *self._shape).astype(np.float32, copy=False)
        return self._boards[0].quantise(windows).reshape(window.shape)

    def run(self, window: Samples) -> Int8:
        """The answer to one window in sensor units, shape ``(window, channels)``: the network's
        int8 output, shape ``(outputs,)``."""
        return self.run_quantised(self.quantise(window))

    def run_quantised(self, values: Int8) -> Int8:
        """The answer to one int8 input of as many values as a window has."""
        return self.run_all_quantised(values[np.newaxis])[0]

    def run_all(self, windows: Samples) -> Int8:
        """The answers to many windows, shape ``(n, window, channels)``: shape ``(n, outputs)``."""
        return self.run_all_quantised(self.quantise(windows))

    def run_all_quantised(self, inputs: Int8) -> Int8:
        """The answers to many int8 inputs, shape ``(n, ...)``: shape ``(n, outputs)``.
        Many are shared among :data:`THREADS` threads."""
        if inputs.dtype != np.int8:
            raise ValueError(f"expected int8 values, got {inputs.dtype}")
        flat = inputs.reshape(len(inputs), self._boards[0].input_bytes)
        shares = min(THREADS, 1 + flat.size // WORTH_A_THREAD_BYTES)
        if shares == 1:
            return self._boards[0].run(flat)
        while len(self._boards) < shares:
            self._boards.append(WasmBoard(self._file))
        parts = np.array_split(flat, shares)
        with ThreadPoolExecutor(shares) as pool:
            answers = pool.map(WasmBoard.run, self._boards[:shares], parts)
            return np.concatenate(list(answers))
