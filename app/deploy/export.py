# SPDX-License-Identifier: GPL-3.0-or-later
"""What leaves the studio as files: ``.tflite``, C header, Keras script with its data.

Each file is replaced in one step. Every function raises :class:`DeployError` where the disk
refuses. A whole project leaves through :mod:`app.deploy.archive`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from app.core.dataset import Dataset
from app.core.errors import DeployError
from app.core.model_spec import ModelSpec
from app.core.recording import Part
from app.core.storage import replacing
from app.core.text import text
from app.core.training import Normalisation, Task, TrainingConfig
from app.deploy.c_header import c_header
from app.deploy.keras_script import keras_script
from app.deploy.program import BoardProgram

CHUNK_WINDOWS = 256


def export_tflite(tflite: bytes, target: Path) -> None:
    """Write a network as it came from the converter."""
    with _writing(target) as file:
        file.write(tflite)


def export_c_header(program: BoardProgram, tflite: bytes, target: Path) -> None:
    """Write ``program`` and the network it was compiled from as a C header whose names begin with
    the file's own name."""
    content = c_header(program, tflite, target.stem)
    with _writing(target) as file:
        file.write(content.encode())


def export_keras(
    spec: ModelSpec,
    dataset: Dataset,
    training: TrainingConfig,
    normalisation: Normalisation,
    target: Path,
) -> tuple[Path, Path]:
    """Write a Python program that trains ``spec`` to ``target``, and the windows it trains on to a
    ``.npz`` beside it; both paths are returned.

    Raises :class:`ModelError` where the network cannot be built.
    """
    data = target.with_suffix(".npz")
    script = keras_script(
        spec,
        dataset.input_shape,
        dataset.task,
        dataset.classes,
        training,
        normalisation,
        data.name,
    )
    with _writing(data) as file:
        _write_windows(file, dataset)
    with _writing(target) as file:
        file.write(script.encode())
    return target, data


def _write_windows(file: IO[bytes], dataset: Dataset) -> None:
    """``x_<part>`` and ``y_<part>`` for each part, as :func:`numpy.load` reads them. Windows are
    gathered some at a time: together they may be larger than the memory."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in Part:
            indices = dataset.indices[part]
            with archive.open(f"x_{part.value}.npy", "w", force_zip64=True) as entry:
                _write_header(entry, np.dtype(np.float32), (len(indices), *dataset.input_shape))
                for at in range(0, len(indices), CHUNK_WINDOWS):
                    entry.write(dataset.gather(indices[at : at + CHUNK_WINDOWS]).tobytes())
            targets: NDArray[np.float32] | NDArray[np.int64] = (
                dataset.targets if dataset.task is Task.REGRESSION else dataset.class_indices
            )
            with archive.open(f"y_{part.value}.npy", "w") as entry:
                chosen = targets[indices]
                _write_header(entry, chosen.dtype, chosen.shape)
                entry.write(chosen.tobytes())


def _write_header(entry: IO[bytes], dtype: np.dtype[np.generic], shape: tuple[int, ...]) -> None:
    descr = np.lib.format.dtype_to_descr(dtype)
    np.lib.format.write_array_header_1_0(
        entry, {"descr": descr, "fortran_order": False, "shape": shape}
    )


@contextmanager
def _writing(target: Path) -> Generator[IO[bytes]]:
    try:
        with replacing(target) as file:
            yield file
    except OSError as error:
        raise DeployError(
            text("{file} was not written.", file=target.name),
            text("The system says: {reason}.", reason=error.strerror or str(error)),
            text("Choose another folder, or free some space."),
        ) from error
