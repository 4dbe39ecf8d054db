# SPDX-License-Identifier: GPL-3.0-or-later
"""What a trained network answers: in float through Keras, in int8 as a board would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.core.dataset import Dataset
from app.core.split import Indices
from app.deploy.engine import Engine
from app.ml.batches import Feeder, Floats, chunks


def answer_in_float(
    model: Any, feeder: Feeder, indices: Indices, keep_on: Callable[[float], None]
) -> Floats:
    """What ``model`` answers to the windows at ``indices``, shape ``(len(indices), outputs)``.

    ``keep_on`` hears the fraction done and may raise to stop.
    """
    answers = np.empty((len(indices), model.output_shape[-1]), np.float32)
    for at, chunk in chunks(indices):
        keep_on(at / len(indices))
        answers[at : at + len(chunk)] = model.predict_on_batch(feeder.windows(chunk))
    return answers


def answer_in_int8(
    engine: Engine, dataset: Dataset, indices: Indices, keep_on: Callable[[float], None]
) -> Floats:
    """What the int8 network answers, in real numbers: ``scale · (q − zero_point)``.

    The windows go through the board's own fixed-point scaling and engine, so that every ``q`` is
    the byte a board gives, which is that of TensorFlow's reference kernels.
    """
    output = engine.program.output
    answers: list[Floats] = []
    for at, chunk in chunks(indices):
        keep_on(at / len(indices))
        answers.append(output.real(engine.run_all(dataset.gather(chunk))))
    return np.concatenate(answers)
