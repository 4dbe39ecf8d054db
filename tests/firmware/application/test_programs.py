# SPDX-License-Identifier: GPL-3.0-or-later
"""The stored program: however it comes, whole or damaged, it outlives a restart or is refused."""

from __future__ import annotations

import sys

import pytest

from app.capture.messages import (
    ProgramBegin,
    ProgramData,
    ReceivedAnswer,
    Status,
)
from app.deploy.program import BoardProgram
from app.deploy.program_file import program_crc
from tests.firmware.application.common import (
    FLASH_BYTES,
    PROGRAM,
    THREE_PINS,
    refusal_of,
    refused,
)
from tests.helpers.golden_programs import sealed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")


def test_a_program_is_stored_and_outlives_a_restart(board):
    info = board.client.send_program(PROGRAM)
    parsed = BoardProgram.parse(PROGRAM)
    assert info is not None
    assert info.program_crc == program_crc(PROGRAM)
    assert (info.window, info.rate_mhz) == (parsed.input.window, parsed.input.rate_mhz)
    assert (info.channels, info.outputs) == (len(parsed.input.channels), 3)
    assert info.arena_bytes == parsed.arena_bytes
    board.client.write_settings(THREE_PINS)
    board.restart()
    assert board.client.identify().program_crc == info.program_crc
    assert board.client.program_info() == info
    assert board.client.settings() == THREE_PINS
    board.client.erase_program()
    with refused(Status.NO_PROGRAM):
        board.client.program_info()
    board.restart()
    assert board.client.identify().program_crc == 0
    assert board.client.settings() == THREE_PINS


def damaged(at: int) -> bytes:
    program = bytearray(PROGRAM)
    program[at] ^= 1
    return bytes(program)


@pytest.mark.parametrize(
    ("program", "status"),
    [
        (damaged(0), Status.BAD_PROGRAM),
        (damaged(4), Status.BAD_PROGRAM),
        (damaged(len(PROGRAM) // 2), Status.BAD_PROGRAM),
        (PROGRAM[:-8], Status.BAD_PROGRAM),
        (b"nothing", Status.BAD_PROGRAM),
        (PROGRAM + bytes(FLASH_BYTES), Status.NO_ROOM),
        (sealed(PROGRAM[:8] + bytes(24) + PROGRAM[32:]), Status.BAD_PROGRAM),
    ],
    ids=["magic", "version", "middle", "cut", "other", "too long", "header"],
)
def test_what_is_no_program_is_not_stored(board, program, status):
    board.client.send_program(PROGRAM)
    with refused(status):
        board.client.send_program(program)
    assert refusal_of(board.ask(0x12)).status == status
    with refused(Status.NO_PROGRAM):
        board.client.program_info()
    board.restart()
    assert board.client.identify().program_crc == 0
    assert board.client.send_program(PROGRAM) is not None


def test_a_program_with_another_check_sum_than_announced_does_not_come_back(board):
    board.ask(0x10, ProgramBegin(len(PROGRAM), 1).encode())
    for start in range(0, len(PROGRAM), 1000):
        board.ask(0x11, ProgramData(start, PROGRAM[start : start + 1000]).encode())
    refusal = refusal_of(board.ask(0x12))
    assert refusal.status == Status.BAD_PROGRAM
    assert refusal_of(board.ask(0x12)) == refusal  # a repetition
    board.restart()
    assert board.client.identify().program_crc == 0


def test_pieces_out_of_order_are_ignored(board):
    board.ask(0x10, ProgramBegin(len(PROGRAM), program_crc(PROGRAM)).encode())

    def send(start: int, stop: int) -> int:
        answer = board.ask(0x11, ProgramData(start, PROGRAM[start:stop]).encode())
        return ReceivedAnswer.decode(answer.payload).received

    assert send(100, 200) == 0
    assert send(0, 1001) == 1001
    assert send(0, 1001) == 1001
    assert send(500, 1500) == 1001
    assert refusal_of(board.ask(0x12)).status == Status.BAD_PROGRAM


def test_a_program_comes_whole_however_it_is_cut(board):
    board.ask(0x10, ProgramBegin(len(PROGRAM), program_crc(PROGRAM)).encode())
    start = 0
    for size in (1, 255, 256, 257, 2044, *[999] * (len(PROGRAM) // 999)):
        piece = PROGRAM[start : start + size]
        board.ask(0x11, ProgramData(start, piece).encode())
        start += len(piece)
    assert board.ask(0x12).type == 0x92
    again = board.ask(0x12, tag=10)
    assert again.type == 0x92
    assert board.client.identify().program_crc == program_crc(PROGRAM)


def test_more_than_was_announced_is_refused(board):
    board.ask(0x10, ProgramBegin(10, 0).encode())
    refusal = refusal_of(board.ask(0x11, ProgramData(0, bytes(11)).encode()))
    assert refusal.status == Status.BAD_PAYLOAD
