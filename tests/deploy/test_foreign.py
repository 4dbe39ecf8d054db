# SPDX-License-Identifier: GPL-3.0-or-later
"""A program around a network of which only shapes and scales are known."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.training import Task
from app.deploy.compiler.network import Interface, Layer, Network
from app.deploy.compiler.records import Kind, Plan, Record
from app.deploy.compiler.targets import GENERIC
from app.deploy.foreign import foreign_program
from app.deploy.program import BoardProgram


def network(shape: tuple[int, ...], outputs: int = 4, last: str = "SOFTMAX") -> Network:
    size = int(np.prod(shape))
    table = Record(Kind.TABLE, {"in": 0, "count": outputs, "out": 0, "table": 0})
    layer = Layer(last, "y", 0, (outputs,), 0, 256, 20, 0, outputs, ("TABLE",))
    return Network(
        GENERIC,
        Plan(0, size, 0, outputs, (table,)).encode(),
        bytes(256),
        -(-max(size, outputs) // 16) * 16,
        Interface(shape, 1 / 16, 3),
        Interface((outputs,), 1 / 256, -128),
        (layer,),
    )


@pytest.mark.parametrize(
    ("shape", "window", "channels"),
    [
        ((60,), 60, 1),
        ((100, 6), 100, 6),
        ((1, 100, 6), 100, 6),
        ((49, 10, 1), 49, 10),
        ((8, 300), 2400, 1),
        ((1,), 1, 1),
    ],
)
def test_time_and_channels_follow_from_the_shape(shape, window, channels):
    program = foreign_program(network(shape))
    assert program.input.window == window
    assert [channel.name for channel in program.input.channels] == [
        f"x{place}" for place in range(channels)
    ]
    assert BoardProgram.parse(program.to_bytes()).input == program.input


def test_values_go_in_as_they_are():
    source = foreign_program(network((5, 2))).input
    quantised = source.scaling.quantise(np.array([[0.0, 0.5], [-9.0, 9.0]]), source.zero_point)
    assert quantised.tolist() == [[3, 11], [-128, 127]]


@pytest.mark.parametrize(
    ("outputs", "last", "task", "labels"),
    [
        (3, "SOFTMAX", Task.MULTICLASS, ("0", "1", "2")),
        (1, "LOGISTIC", Task.BINARY, ("no", "yes")),
        (1, "FULLY_CONNECTED", Task.REGRESSION, ()),
        (7, "FULLY_CONNECTED", Task.REGRESSION, ()),
        (300, "SOFTMAX", Task.REGRESSION, ()),
    ],
)
def test_answers_follow_from_the_last_operator(outputs, last, task, labels):
    program = foreign_program(network((10, 2), outputs, last))
    assert (program.output.task, program.output.labels) == (task, labels)
    assert BoardProgram.parse(program.to_bytes()) == program
    assert program.outputs == outputs
