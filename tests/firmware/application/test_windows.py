# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows that the host sends get the bytes that the PC gives, or a refusal by name."""

from __future__ import annotations

import struct
import sys

import numpy as np
import pytest

from app.capture.messages import (
    Status,
    WindowData,
)
from app.core.recording import Channel
from tests.firmware.application.common import (
    OWN_PROGRAM,
    PROGRAM,
    VOLTS,
    refusal_of,
    window_begin,
)
from tests.helpers.golden_programs import NAMES, golden_program, golden_vectors

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")


@pytest.mark.parametrize("name", NAMES)
def test_golden_windows_get_the_golden_bytes(board, name):
    program, vectors = golden_program(name), golden_vectors(name)
    board.client.send_program(program.to_bytes())
    for window, output in zip(vectors.windows, vectors.outputs, strict=True):
        answer = board.client.run_window(window, program.input.channels, program.input.rate_hz)
        assert answer.output.tolist() == output.tolist()
        assert answer.top == program.output.decide(output[np.newaxis])[0]


def test_columns_come_in_any_order_and_number(board):
    program, vectors = golden_program("network"), golden_vectors("network")
    board.client.send_program(PROGRAM)
    first, second, third = program.input.channels
    columns = (Channel("spare", "V"), third, Channel(first.name.upper()), second, third)
    window = vectors.windows[0]
    sent = np.column_stack([window[:, 0], window[:, 2], window[:, 0], window[:, 1], window[:, 1]])
    answer = board.client.run_window(sent, columns, program.input.rate_hz)
    assert answer.output.tolist() == vectors.outputs[0].tolist()


def test_windows_are_refused_by_name_in_the_documented_order(board):
    begin = window_begin(VOLTS)
    assert refusal_of(board.ask(0x20, begin)).status == Status.NO_PROGRAM
    board.client.send_program(OWN_PROGRAM)
    metres = Channel("adc1", "m")
    wrong = [
        (window_begin((VOLTS[0], metres), 1, 1), Status.UNIT_MISMATCH, "adc1"),
        (window_begin((VOLTS[1], VOLTS[2]), 1, 1), Status.CHANNEL_MISMATCH, "adc0"),
        (window_begin((VOLTS[0], VOLTS[1]), 1, 1), Status.CHANNEL_MISMATCH, "adc2"),
        (window_begin(VOLTS, 101_001, 1), Status.RATE_MISMATCH, "rate"),
        (window_begin(VOLTS, 98_999, 1), Status.RATE_MISMATCH, "rate"),
        (window_begin(VOLTS, 101_000, 15), Status.LENGTH_MISMATCH, "length"),
    ]
    for payload, status, named in wrong:
        refusal = refusal_of(board.ask(0x20, payload))
        assert (refusal.status, named in refusal.text) == (status, True)
    assert board.ask(0x20, begin).type == 0xA0


def test_a_refused_window_leaves_the_one_before_it(board):
    board.client.send_program(OWN_PROGRAM)
    board.ask(0x20, window_begin(VOLTS))
    assert refusal_of(board.ask(0x22)).status == Status.LENGTH_MISMATCH
    board.ask(0x21, WindowData.of(0, np.zeros(48, np.float32)).encode())
    first = board.ask(0x22)
    refusal_of(board.ask(0x20, window_begin(VOLTS[:1])))
    again = board.ask(0x22)
    assert again.type == first.type == 0xA2
    assert again.payload[4:] == first.payload[4:]


@pytest.mark.parametrize("type_", [0x11, 0x12, 0x21, 0x22], ids=hex)
def test_nothing_goes_on_that_has_not_begun(board, type_):
    payload = struct.pack("<I", 0) if type_ in (0x11, 0x21) else b""
    assert refusal_of(board.ask(type_, payload)).status == Status.NOT_BEGUN
