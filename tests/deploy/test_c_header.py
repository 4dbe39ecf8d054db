# SPDX-License-Identifier: GPL-3.0-or-later
"""The exported header compiles without a warning and computes what the studio computes."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from app.core.recording import Channel
from app.core.training import Task
from app.deploy.c_header import c_header, c_identifier, interpreter_arena
from app.deploy.compiler.graph import Graph, Operator
from app.deploy.compiler.tflite_reader import read_graph
from app.deploy.engine import Engine
from app.deploy.program import BoardProgram
from tests.helpers.tflite_writer import constant, int8

GOLDEN = Path(__file__).parents[1] / "data" / "program"
PROGRAM = BoardProgram.parse((GOLDEN / "network-generic.bin").read_bytes())
NETWORK = (GOLDEN / "network.tflite").read_bytes()
STRICT = ("-Wall", "-Wextra", "-Werror", "-pedantic", "-Wconversion", "-Wsign-conversion")
LANGUAGES = {
    "C11": ("gcc", "-std=c11", "main.c"),
    "C++11": ("g++", "-std=c++11", "main.cpp"),
}
AWKWARD = ('say "hi"\\', "what??/", "세모", "line\nend", "1" + chr(0x7F) + "1", "*/", "")


def _run(folder: Path, language: str, header: str, main: str, stdin: str = "") -> str:
    compiler, standard, source = LANGUAGES[language]
    if shutil.which(compiler) is None:
        pytest.skip(f"needs {compiler}")
    (folder / "model.h").write_text(header)
    (folder / source).write_text(main)
    binary = folder / "run"
    compiled = subprocess.run(
        [compiler, standard, *STRICT, "-O1", source, "-o", binary],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert compiled.returncode == 0, compiled.stderr
    return subprocess.run([binary], input=stdin, capture_output=True, text=True, check=True).stdout


def test_an_interpreter_keeps_what_is_needed_apart():
    """Of two functions one after another, two tensors live at a time; constants take no arena."""
    tensors = (
        int8("x", (1, 100)),
        int8("between", (1, 100)),
        int8("y", (1, 20)),
        constant("axes", np.zeros(1000, np.int32)),
    )
    operators = (Operator("RELU", (0,), (1,)), Operator("MEAN", (1, 3), (2,)))
    assert interpreter_arena(Graph(tensors, operators, (0,), (2,))) == 2 * 112


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_network_and_its_facts_are_in_it(tmp_path, language):
    main = """
        #include "model.h"
        #include <stdio.h>
        int main(void) {
            for (unsigned i = 0; i < model_NETWORK_BYTES; ++i) printf("%02x", model_network[i]);
            printf("\\n%u %u %u %u %u %d\\n", model_RATE_MHZ, model_WINDOW, model_CHANNELS,
                   model_LABELS, model_ARENA_BYTES, model_OUTPUT_ZERO_POINT);
            printf("%.9g %d\\n", (double)model_OUTPUT_SCALE,
                   (int)((unsigned long)(const void *)model_network % 16));
            for (unsigned i = 0; i < model_LABELS; ++i) puts(model_labels[i]);
            for (unsigned i = 0; i < model_CHANNELS; ++i)
                printf("%s|%s\\n", model_channels[i], model_units[i]);
        }"""
    lines = _run(tmp_path, language, c_header(PROGRAM, NETWORK, "model"), main).splitlines()
    assert bytes.fromhex(lines[0]) == NETWORK
    assert lines[1] == f"62500 16 3 3 {interpreter_arena(read_graph(NETWORK))} -128"
    assert lines[2] == "0.00390625 0"
    assert lines[3:6] == list(PROGRAM.output.labels)
    assert lines[6:] == ["ax|g", "température|°C", "p|"]


def test_quantise_is_bit_equal_to_the_studio(tmp_path):
    rng = np.random.default_rng(1)
    normal = rng.normal((0, 20, 101_000), (2, 30, 3000), (300, 16, 3))
    wild = 10.0 ** rng.uniform(-40, 38, (100, 16, 3)) * rng.choice([-1, 1], (100, 16, 3))
    windows = np.concatenate([normal, wild]).astype(np.float32)
    windows[0, 0] = np.nan, np.inf, -np.inf
    halves = (np.arange(16)[:, None] - 8 + np.array([0.5, 0.5, 0.5])) / 4
    windows[1] = halves.astype(np.float32)
    main = """
        #include "model.h"
        #include <stdio.h>
        #include <string.h>
        int main(void) {
            unsigned bits, i = 0;
            while (scanf("%x", &bits) == 1) {
                float value;
                memcpy(&value, &bits, sizeof value);
                printf("%d\\n", model_quantise(value, i++ % model_CHANNELS));
            }
        }"""
    words = " ".join(f"{word:x}" for word in windows.view(np.uint32).ravel().tolist())
    printed = _run(tmp_path, "C11", c_header(PROGRAM, NETWORK, "model"), main, words).split()
    expected = Engine(PROGRAM).quantise(windows).ravel()
    np.testing.assert_array_equal(np.array(printed, int), expected)
    assert len(set(printed)) > 200, "the values must spread over int8 to mean something"


@pytest.mark.parametrize("language", LANGUAGES)
def test_awkward_names_stay_what_they_are(tmp_path, language):
    labels = AWKWARD[:3]
    channels = tuple(Channel(name, unit) for name, unit in pairwise(AWKWARD[3:]))
    program = dataclasses.replace(
        PROGRAM,
        input=dataclasses.replace(PROGRAM.input, channels=channels),
        output=dataclasses.replace(PROGRAM.output, labels=labels),
    )
    main = """
        #include "model.h"
        #include <stdio.h>
        int main(void) {
            for (int i = 0; i < 3; ++i)
                printf("%s\\t%s\\t%s\\t", model_labels[i], model_channels[i], model_units[i]);
        }"""
    printed = _run(tmp_path, language, c_header(program, NETWORK, "model"), main).split("\t")[:-1]
    assert printed[0::3] == list(labels)
    assert printed[1::3] == [channel.name for channel in channels]
    assert printed[2::3] == [channel.unit for channel in channels]


def test_a_regression_without_labels_compiles(tmp_path):
    output = dataclasses.replace(PROGRAM.output, task=Task.REGRESSION, labels=())
    header = c_header(dataclasses.replace(PROGRAM, output=output), NETWORK, "model")
    main = '#include "model.h"\nint main(void) { return model_LABELS; }'
    assert _run(tmp_path, "C11", header, main) == ""


def test_the_users_part_is_apache_licensed():
    assert c_header(PROGRAM, NETWORK, "x").startswith("/* SPDX-License-Identifier: Apache-2.0\n")


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Gestures", "gestures"),
        ("my model.v2", "my_model_v2"),
        ("3 classes", "model_3_classes"),
        ("세모", "model"),
        ("", "model"),
        ("*/ int x;", "int_x"),
    ],
)
def test_any_name_becomes_a_c_identifier(name, identifier):
    assert c_identifier(name) == identifier
