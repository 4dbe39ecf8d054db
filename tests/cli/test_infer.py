# SPDX-License-Identifier: GPL-3.0-or-later
"""``infer``: a board program on this computer."""

from __future__ import annotations

import json
import zipfile

import numpy as np
import pytest

from app.cli.main import main
from tests.helpers.golden_programs import GOLDEN, golden_program, golden_vectors

PROGRAM = GOLDEN / "network-esp32.bin"
VECTORS = golden_vectors("network")


@pytest.fixture
def infer(tmp_path, capsys):
    """Run ``infer`` on an array; its answers and what it printed."""

    def run(array):
        np.save(tmp_path / "x.npy", array)
        code = main([*arguments(tmp_path), "--json"])
        captured = capsys.readouterr()
        assert code == 0, captured.err
        return np.load(tmp_path / "y.npy"), json.loads(captured.out)

    return run


def arguments(folder):
    places = ("--input", folder / "x.npy", "--output", folder / "y.npy")
    return list(map(str, ("infer", PROGRAM, *places)))


@pytest.mark.parametrize("shape", [(-1, 16, 3), (-1, 48), (-1, 16, 3, 1)])
def test_int8_in_gives_the_networks_own_bytes(infer, tmp_path, shape):
    answers, said = infer(VECTORS.inputs.reshape(shape))
    assert answers.dtype == np.int8
    np.testing.assert_array_equal(answers, VECTORS.outputs)
    assert said == {
        "output": str(tmp_path / "y.npy"),
        "windows": len(VECTORS.inputs),
        "outputs": 3,
        "type": "int8",
    }


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_floats_go_through_the_programs_own_scaling(infer, kind):
    answers, _ = infer(VECTORS.windows.astype(kind))
    assert answers.dtype == np.float32
    expected = golden_program("network").output.real(VECTORS.outputs)
    np.testing.assert_array_equal(answers, expected)


def test_no_windows_give_no_answers(infer):
    answers, said = infer(np.empty((0, 16, 3), np.int8))
    assert answers.shape == (0, 3)
    assert said["windows"] == 0


@pytest.mark.parametrize(
    ("array", "says"),
    [
        (np.zeros((2, 16, 4), np.int8), "Its shape is (2, 16, 4); the program takes"),
        (np.zeros(48, np.int8), "16 samples and 3 channels, 48 values each"),
        (np.int8(3), "Its shape is ()"),
        (np.zeros((2, 16, 3), np.int16), "It holds int16; int8 or floats are wanted."),
        (np.zeros((2, 16, 3), np.complex64), "It holds complex64"),
    ],
)
def test_an_array_that_does_not_fit_is_named(tmp_path, capsys, array, says):
    np.save(tmp_path / "x.npy", array)
    assert main(arguments(tmp_path)) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    assert line.startswith("infer: x.npy cannot be used as input. ")
    assert says in line
    assert not (tmp_path / "y.npy").exists()


def _pickle(path):
    np.save(path, np.array([{}]), allow_pickle=True)


def _archive(path):
    with zipfile.ZipFile(path, "w"):
        pass


def _cut(path):
    np.save(path, VECTORS.inputs)
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize(
    "write", [_pickle, _archive, _cut, lambda path: path.write_text("1,2,3"), lambda p: p.touch()]
)
def test_a_file_that_is_no_array_is_named(tmp_path, capsys, write):
    write(tmp_path / "x.npy")
    assert main(arguments(tmp_path)) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("infer: x.npy cannot be used as input. It is not an array of numbers")


def test_a_file_that_is_no_program_is_refused(tmp_path, capsys):
    np.save(tmp_path / "x.npy", VECTORS.inputs)
    assert main(["infer", str(tmp_path / "x.npy"), *arguments(tmp_path)[2:]]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("infer: This board program cannot be used. It is not a board program.")


def test_a_missing_file_is_named(tmp_path, capsys):
    assert main(arguments(tmp_path)) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "x.npy" in line
