# SPDX-License-Identifier: GPL-3.0-or-later
"""Compiling a network made elsewhere: the program, what it costs, and what goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli.main import main
from app.core.board import BOARDS
from app.core.training import Task
from app.deploy.program import BoardProgram

GOLDEN = Path(__file__).parents[1] / "data" / "program"


@pytest.mark.parametrize("board", BOARDS)
def test_a_network_becomes_a_program_for_the_board(board, tmp_path, capsys):
    target = tmp_path / "p.twb"
    model = str(GOLDEN / "network.tflite")
    assert main(["compile", model, "-o", str(target), "--board", board, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    program = BoardProgram.parse(target.read_bytes())
    assert program.target.name == said["target"] == BOARDS[board].target
    assert said["program_bytes"] == target.stat().st_size
    assert said["arena_bytes"] == program.arena_bytes
    assert said["fits"]
    assert said["macs"] == sum(layer["macs"] for layer in said["layers"]) > 0
    assert (said["predicted_us"] is None) == (board == "virtual")
    assert [channel.name for channel in program.input.channels] == ["x0", "x1", "x2"]
    assert program.input.window == 16
    assert program.output.labels == ("0", "1", "2")


def test_the_report_says_each_layer_and_the_total(tmp_path, capsys):
    target = tmp_path / "p.twb"
    model = str(GOLDEN / "gate.tflite")
    assert main(["compile", model, "-o", str(target), "--board", "nano33ble"]) == 0
    head, *layers, other, total, where = capsys.readouterr().out.splitlines()
    assert " ".join(head.split()) == "layer output flash bytes RAM bytes MACs predicted µs"
    assert [line.partition("  ")[0] for line in layers] == [
        "Depthwise convolution",
        "Convolution",
        "Tanh",
        "Convolution",
        "Average pooling",
        "Multiply",
        "Add",
        "Global average pooling",
        "Dense",
        "Sigmoid",
    ]
    flash = [int(line.split()[-4]) for line in layers]
    assert sum(flash) + int(other.split()[-1]) == int(total.split()[1]) == target.stat().st_size
    assert where.endswith(str(target))
    assert BoardProgram.parse(target.read_bytes()).output.task is Task.BINARY


def test_what_is_no_network_is_told_in_one_sentence(tmp_path, capsys):
    (tmp_path / "x.tflite").write_bytes(b"x" * 100)
    assert main(["compile", str(tmp_path / "x.tflite"), "-o", str(tmp_path / "p")]) == 1
    assert main(["compile", str(tmp_path / "y.tflite"), "-o", str(tmp_path / "p")]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    first, second = captured.err.splitlines()
    assert first.startswith("compile: This network cannot be put on a board.")
    assert "y.tflite cannot be read" in second
    assert not (tmp_path / "p").exists()
