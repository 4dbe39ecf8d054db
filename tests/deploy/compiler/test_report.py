# SPDX-License-Identifier: GPL-3.0-or-later
"""What a network costs on a board: sums that agree, times that follow the work, and advice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.board import ESP32, NANO33BLE, VIRTUAL
from app.core.model_spec import LayerSpec, ModelSpec
from app.core.presets import build_preset
from app.core.recording import Channel
from app.core.training import Task
from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.from_spec import graph_of
from app.deploy.compiler.report import CostReport, Memory, report
from app.deploy.compiler.targets import TARGETS
from app.deploy.forecast import forecast

BOARDS = (ESP32, NANO33BLE)
CHANNELS = tuple(Channel(f"c{place}", "g") for place in range(6))


def told(spec: ModelSpec, board=NANO33BLE, window: int = 100) -> CostReport:
    return forecast(spec, window, CHANNELS, Task.MULTICLASS, 3, ("a", "b", "c"), board)


@pytest.mark.parametrize("board", BOARDS)
def test_layers_add_up_to_the_whole(board):
    found = told(build_preset("large_cnn", (100, 6)), board)
    flash = sum(cost.layer.flash_bytes for cost in found.layers)
    assert flash + found.other_bytes == found.program_bytes
    assert 200 < found.other_bytes < 600
    assert found.arena_bytes >= max(cost.layer.arena_bytes for cost in found.layers)
    assert found.micros == pytest.approx(sum(cost.micros for cost in found.layers))
    assert found.shortfalls == ()


def test_renaming_memory_is_no_layer():
    found = told(build_preset("small_cnn", (100, 6)))
    assert "RESHAPE" not in [cost.layer.operator for cost in found.layers]
    assert [str(cost.title) for cost in found.layers][:2] == ["Convolution", "Max pooling"]


@pytest.mark.parametrize("board", BOARDS)
def test_more_work_takes_longer(board):
    few = told(build_preset("small_cnn", (50, 6)), board, window=50)
    many = told(build_preset("small_cnn", (400, 6)), board, window=400)
    assert many.micros > 5 * few.micros > 0


def test_a_computers_time_is_not_predicted():
    found = told(build_preset("mlp", (100, 6)), VIRTUAL)
    assert found.micros is None
    assert {cost.micros for cost in found.layers} == {None}


def test_too_much_of_a_memory_says_which_layer_to_change():
    spec = ModelSpec(
        (
            LayerSpec("flatten"),
            LayerSpec("dense", {"units": 400}),
            LayerSpec("dense", {"units": None, "activation": None}),
        )
    )
    small = replace(NANO33BLE, program_bytes=100_000, arena_bytes=500)
    flash, ram = told(spec, small).shortfalls
    assert (flash.memory, flash.offered) == (Memory.FLASH, 100_000)
    assert flash.needed == told(spec).program_bytes > 100_000
    assert "Layer 2 (Dense) takes 9" in str(flash.advice)
    assert (ram.memory, ram.offered, ram.needed) == (Memory.RAM, 500, told(spec).arena_bytes)
    assert "shorten the window" in str(ram.advice)


def test_a_network_for_another_target_is_refused():
    graph = graph_of(build_preset("mlp", (100, 6)), (100, 6), Task.MULTICLASS, 3)
    network = compile_network(graph, TARGETS["esp32"])
    with pytest.raises(ValueError, match="compiled for esp32"):
        report(network, NANO33BLE, 1)


@pytest.mark.parametrize(
    ("task", "labels", "last"),
    [(Task.BINARY, ("no", "yes"), "Sigmoid"), (Task.REGRESSION, (), "Dense")],
)
def test_the_other_tasks_are_told_too(task, labels, last):
    spec = build_preset("mlp", (100, 6))
    found = forecast(spec, 100, CHANNELS, task, 1, labels, ESP32)
    assert str(found.layers[-1].title) == last
    assert [cost.number for cost in found.layers[:3]] == [2, 3, 4]
