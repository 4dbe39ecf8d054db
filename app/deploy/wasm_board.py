# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine's WebAssembly build: the same code that boards run, on any PC without a compiler.

``firmware/boards/wasm/board.h`` names what it exports. Linear memory, from ``__heap_base`` on:
program, arena, then a buffer for inputs and answers; it grows when a program is loaded.
"""

from __future__ import annotations

import atexit
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelError
from app.core.text import Text, text
from app.deploy.images import read_image

if TYPE_CHECKING:
    import wasmtime

Int8 = NDArray[np.int8]

IMAGE = "engine.wasm"
BUFFER_BYTES = 1 << 18
"""For the windows of one call; more where a single window needs more."""
MOST_MEMORY_BYTES = 1 << 30
"""Far more than any board has."""

_ALIGNMENT = 16
_PAGE_BYTES = 1 << 16
_FLOAT_BYTES = 4
_REFUSALS = {
    1: text("It is not a board program."),
    2: text("Its format version is not known to the engine."),
    3: text("It is not as long as it says."),
    4: text("It is damaged: a check sum is wrong."),
    5: text("One of its sections is missing, misplaced or malformed."),
    6: text("It needs an operator or a packing that the engine does not have."),
    7: text("An operator has an argument that is out of range."),
    8: text("An operator would leave its memory."),
    9: text("An operator would overwrite what it still reads."),
    10: text("Something in it is not aligned as it must be."),
    11: text("It needs more memory than it asks for."),
}
"""By ``tw_status`` of ``firmware/engine/tinywright.h``."""


class WasmBoard:
    """An instance of the engine with ``program`` loaded. Not for two threads at once; instances
    share nothing.

    Raises :class:`ModelError` for a program that the engine refuses, and :class:`DeployError` where
    the engine itself is missing.
    """

    def __init__(self, program: bytes) -> None:
        import wasmtime

        engine, module = _compiled()
        self._store = wasmtime.Store(engine)
        self._exports = wasmtime.Instance(self._store, module, []).exports(self._store)
        self._memory = cast("wasmtime.Memory", self._exports["memory"])
        heap = cast("wasmtime.Global", self._exports["__heap_base"]).value(self._store)
        self._buffer = self._load(program, _aligned(cast(int, heap)))
        self.input_bytes = self._call("input_bytes")
        self.output_bytes = self._call("output_bytes")
        self._run_bytes = self.input_bytes + self.output_bytes
        self._quantise_bytes = (_FLOAT_BYTES + 1) * self.input_bytes
        self._buffer_bytes = max(BUFFER_BYTES, self._run_bytes, self._quantise_bytes)
        self._grow_to(self._buffer + self._buffer_bytes)

    def _load(self, program: bytes, place: int) -> int:
        """Put the program and its arena into memory; where they end."""
        arena = _aligned(place + len(program))
        self._grow_to(arena)
        self._write(place, np.frombuffer(program, np.int8))
        arena_bytes = self._call("program_arena", place, len(program))
        end = arena + _aligned(arena_bytes)
        self._grow_to(end)
        status = self._call("load", place, len(program), arena, arena_bytes)
        if status:
            raise _refused(_REFUSALS[status])
        return end

    def run(self, inputs: Int8) -> Int8:
        """The answers to int8 inputs of shape ``(n, input_bytes)``: shape ``(n, output_bytes)``."""
        answers = np.empty((len(inputs), self.output_bytes), np.int8)
        at_once = self._buffer_bytes // self._run_bytes
        for at in range(0, len(inputs), at_once):
            batch = inputs[at : at + at_once]
            results = self._buffer + batch.size
            self._write(self._buffer, batch)
            self._call("run_batch", self._buffer, results, len(batch))
            self._read(results, answers[at : at + at_once])
        return answers

    def quantise(self, windows: NDArray[np.float32]) -> Int8:
        """Windows in sensor units, shape ``(n, window, channels)``, as the network's int8 input of
        the same shape."""
        quantised = np.empty(windows.shape, np.int8)
        at_once = self._buffer_bytes // self._quantise_bytes
        for at in range(0, len(windows), at_once):
            batch = windows[at : at + at_once]
            results = self._buffer + batch.nbytes
            self._write(self._buffer, batch)
            self._call("quantise", self._buffer, results, len(batch) * batch.shape[1])
            self._read(results, quantised[at : at + at_once])
        return quantised

    def _call(self, name: str, *arguments: int) -> int:
        """A function's result as the unsigned number it is; 0 where it has none."""
        function = cast("wasmtime.Func", self._exports[name])
        return cast(int, function(self._store, *arguments) or 0) & 0xFFFFFFFF

    def _write(self, place: int, values: NDArray[Any]) -> None:
        raw = np.ascontiguousarray(values).view(np.uint8).reshape(-1)
        self._bytes_at(place, raw.size)[:] = raw

    def _read(self, place: int, into: Int8) -> None:
        into[:] = self._bytes_at(place, into.size).view(np.int8).reshape(into.shape)

    def _bytes_at(self, place: int, size: int) -> NDArray[np.uint8]:
        """A view of memory that was made to reach so far; valid until it grows."""
        memory = cast(Any, self._memory)
        return np.frombuffer(memory.get_buffer_ptr(self._store, size, place), np.uint8)

    def _grow_to(self, end: int) -> None:
        import wasmtime

        missing = end - self._memory.data_len(self._store)
        if missing <= 0:
            return
        too_much = text("It needs more memory than there is.")
        if end > MOST_MEMORY_BYTES:
            raise _refused(too_much)
        try:
            self._memory.grow(self._store, -(-missing // _PAGE_BYTES))
        except wasmtime.WasmtimeError as error:
            raise _refused(too_much) from error


@cache
def _compiled() -> tuple[wasmtime.Engine, wasmtime.Module]:
    """The engine's image as machine code, made once a process. The library is imported here:
    whoever runs no network need not wait for it."""
    import wasmtime

    engine = wasmtime.Engine()
    # Let go while the library can still clean up: later it complains.
    atexit.register(_compiled.cache_clear)
    return engine, wasmtime.Module(engine, read_image(IMAGE))


def _aligned(place: int) -> int:
    return place + -place % _ALIGNMENT


def _refused(why: Text) -> ModelError:
    return ModelError(text("This board program cannot be run."), why, text("Compile it again."))
