# SPDX-License-Identifier: GPL-3.0-or-later
"""TensorFlow and Keras, imported once and set up: quiet, on few threads, repeatable by seed.

Neither ships complete types, so both are ``Any`` here; the functions of ``app.ml`` state theirs.
Import them from here only, so that the settings come first.
"""

from __future__ import annotations

import logging
import os
from typing import Any

from platformdirs import user_cache_path

from app.core.resources import OWN_FOLDER

# Keras reads its defaults in this folder, and writes them there. They are not the user's, whose own
# (another backend, another precision) are meant for other programs.
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["KERAS_HOME"] = str(user_cache_path(OWN_FOLDER, appauthor=False) / "keras")
# Read while TensorFlow is imported: errors only, no search for a GPU, and no oneDNN kernels, whose
# sums are ordered differently from one processor to the next.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import keras as _keras  # pyright: ignore[reportMissingTypeStubs]
import tensorflow as _tensorflow

keras: Any = _keras
tf: Any = _tensorflow

THREADS = 2
"""Networks this small gain nothing from more, and the window's process needs the other cores."""

tf.get_logger().setLevel(logging.ERROR)
tf.config.threading.set_intra_op_parallelism_threads(THREADS)
tf.config.threading.set_inter_op_parallelism_threads(THREADS)
# The same seed gives the same network; measured, this costs networks of this size nothing.
tf.config.experimental.enable_op_determinism()
