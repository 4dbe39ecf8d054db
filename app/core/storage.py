# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are either whole or not there: atomic writes, and arrays of samples.

Samples are stored as NumPy's ``.npy`` (format 1.0): little-endian float32, C order, shape
``(n, channels)``. That is memory-mappable, and readable by every tool that knows NumPy.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, cast

import numpy as np
from numpy.typing import NDArray

from app.core.recording import Samples

SAMPLE_DTYPE = np.dtype("<f4")
MAP_FROM_BYTES = 1 << 20


@contextmanager
def replacing(path: Path) -> Generator[IO[bytes]]:
    """A new file beside ``path`` that takes its place, flushed to the disk, when the block ends.

    If the block raises, ``path`` is as it was. Raises :class:`OSError`.
    """
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.tmp")
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


def write_atomically(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data`` in one step. Raises :class:`OSError`."""
    with replacing(path) as file:
        file.write(data)


def save_samples(path: Path, samples: Samples) -> None:
    """Write samples of shape ``(n, channels)`` to ``path`` in one step. Raises :class:`OSError`."""
    with replacing(path) as file:
        np.lib.format.write_array(
            file, np.ascontiguousarray(samples, SAMPLE_DTYPE), version=(1, 0), allow_pickle=False
        )


def load_samples(path: Path) -> Samples:
    """The samples in ``path``, read-only, shape ``(n, channels)``.

    A large file is memory-mapped; a small one is read, because each map holds a file open and a
    project of a thousand short takes would run out of those. Raises :class:`OSError`, or
    :class:`ValueError` where the file is no array of samples.
    """
    array = cast(NDArray[Any], np.lib.format.open_memmap(path, mode="r"))
    if array.dtype != SAMPLE_DTYPE or array.ndim != 2:
        raise ValueError(f"{path.name} is no float32 array of shape (samples, channels)")
    if array.nbytes >= MAP_FROM_BYTES:
        return array
    small = np.array(array)
    small.flags.writeable = False
    return small


class SampleWriter:
    """Appends samples to a ``.npy`` file that is valid from the start.

    What a killed process left is read up to its last flush by :func:`load_samples`; samples written
    after it are given back by :func:`recover_samples`.
    """

    def __init__(self, path: Path, channels: int) -> None:
        """Create ``path``, which must not exist. Raises :class:`OSError`."""
        self.path = path
        self.channels = channels
        self.length = 0
        self._file = path.open("xb")
        _write_header(self._file, 0, channels)
        self._file.flush()

    def append(self, samples: Samples) -> None:
        """Add samples of shape ``(n, channels)``. Raises :class:`OSError`."""
        if samples.ndim != 2 or samples.shape[1] != self.channels:
            raise ValueError(f"expected (n, {self.channels}) samples, got {samples.shape}")
        self._file.write(np.ascontiguousarray(samples, SAMPLE_DTYPE).tobytes())
        self.length += len(samples)

    def flush(self) -> None:
        """Bring everything appended so far to the disk. Raises :class:`OSError`."""
        self._file.flush()
        self._file.seek(0)
        _write_header(self._file, self.length, self.channels)
        self._file.seek(0, os.SEEK_END)
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Flush and close; harmless when closed already."""
        if not self._file.closed:
            try:
                self.flush()
            finally:
                self._file.close()


def recover_samples(path: Path) -> int:
    """Mend the header of a file whose writer was killed, and return its number of samples.

    A torn last sample is cut off. Raises :class:`OSError`, or :class:`ValueError` where the file
    never was an array of samples.
    """
    with path.open("r+b") as file:
        if np.lib.format.read_magic(file) != (1, 0):
            raise ValueError(f"{path.name} is not of .npy format 1.0")
        shape, fortran, dtype = np.lib.format.read_array_header_1_0(file)
        if fortran or dtype != SAMPLE_DTYPE or len(shape) != 2 or shape[1] < 1:
            raise ValueError(f"{path.name} is no float32 array of shape (samples, channels)")
        start = file.tell()
        sample_bytes = shape[1] * SAMPLE_DTYPE.itemsize
        length = (path.stat().st_size - start) // sample_bytes
        file.truncate(start + length * sample_bytes)
        file.seek(0)
        _write_header(file, length, shape[1])
    return length


def _write_header(file: IO[bytes], length: int, channels: int) -> None:
    """NumPy pads the header so that a growing first axis never moves the data."""
    np.lib.format.write_array_header_1_0(
        file,
        {
            "descr": np.lib.format.dtype_to_descr(SAMPLE_DTYPE),
            "fortran_order": False,
            "shape": (length, channels),
        },
    )


def _sync_folder(folder: Path) -> None:
    """Bring the renaming itself to the disk, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems refuse; the file itself is safe
            os.fsync(handle)
    finally:
        os.close(handle)
