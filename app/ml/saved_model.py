# SPDX-License-Identifier: GPL-3.0-or-later
"""Keras models on disk: replaced in one step, and loaded without running what is in them."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from pathlib import Path
from typing import Any

from app.core.errors import ModelError
from app.core.text import text
from app.ml.backend import keras

_UNREADABLE = (
    *(OSError, EOFError, zipfile.BadZipFile, zlib.error),
    *(ValueError, KeyError, TypeError, AttributeError, RuntimeError),
)
"""What Keras and the zip below it raise on files that are damaged or hold something else."""


def save_model(model: Any, path: Path) -> None:
    """Write ``model`` to ``path`` (``….keras``). Raise ``OSError`` where the disk refuses."""
    unfinished = path.with_name(f".unfinished-{path.name}")
    with warnings.catch_warnings():
        # TensorFlow's variables under NumPy 2, and none of our doing.
        warnings.filterwarnings("ignore", "__array__ implementation", DeprecationWarning)
        model.save(unfinished)
    unfinished.replace(path)


def load_model(path: Path) -> Any:
    """The model in ``path``, not compiled. Raise :class:`ModelError` where it cannot be read."""
    try:
        return keras.models.load_model(path, compile=False, safe_mode=True)
    except _UNREADABLE as error:
        raise ModelError(
            text("The trained network cannot be read."),
            text("{reason}", reason=str(error).partition("\n")[0]),
            text("Train again."),
        ) from error
