# SPDX-License-Identifier: GPL-3.0-or-later
"""A board program around a network made elsewhere, of whose sensors nothing is known."""

from __future__ import annotations

import math

from app.core.preprocessing import Normaliser
from app.core.recording import Channel
from app.core.training import Task
from app.deploy.compiler.network import Network
from app.deploy.program import BoardProgram, program_around

RATE_HZ = 1.0
MAX_CHANNELS = 255
"""As many as the protocol's messages can name."""
MAX_CLASSES = 255
INT8_STEPS = 255


def foreign_program(network: Network) -> BoardProgram:
    """``network`` with channels ``x0``, ``x1``, …, whose values go in as they are.

    The first axis longer than one is time, what is left are the channels; a row of values is one
    channel. Behind a softmax stand classes ``0``, ``1``, …, behind a sigmoid *no* and *yes*.
    Raises :class:`ModelError` for what the format cannot hold.
    """
    window, channels = _window(network.input.shape)
    reach = network.input.scale * INT8_STEPS
    task, labels = _answers(network)
    return program_around(
        network,
        tuple(Channel(f"x{place}") for place in range(channels)),
        RATE_HZ,
        window,
        Normaliser((0.0,) * channels, (1.0,) * channels, (reach,) * channels),
        task,
        labels,
    )


def _window(shape: tuple[int, ...]) -> tuple[int, int]:
    """Samples and channels."""
    size = math.prod(shape)
    longer = [axis for axis in shape if axis > 1]
    channels = size // longer[0] if len(longer) > 1 else 1
    return (size, 1) if channels > MAX_CHANNELS else (size // channels, channels)


def _answers(network: Network) -> tuple[Task, tuple[str, ...]]:
    last, count = network.layers[-1].operator, network.output.size
    if last == "SOFTMAX" and 2 <= count <= MAX_CLASSES:
        return Task.MULTICLASS, tuple(str(place) for place in range(count))
    if last == "LOGISTIC" and count == 1:
        return Task.BINARY, ("no", "yes")
    return Task.REGRESSION, ()
