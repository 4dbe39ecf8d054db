# SPDX-License-Identifier: GPL-3.0-or-later
"""The golden program, requests byte by byte, and refusals, for tests of the simulated board."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.capture.frames import Demultiplexer, Frame, encode_frame
from app.capture.messages import (
    Status,
)
from app.core.errors import BoardError
from app.deploy.program import BoardProgram
from app.deploy.virtual_measuring import MAX_PAYLOAD
from tests.helpers.simulated import GOLDEN, Bench

PROGRAM = (GOLDEN / "network-generic.bin").read_bytes()
PARSED = BoardProgram.parse(PROGRAM)


@contextmanager
def refused(status: Status, named: str | None = None) -> Iterator[None]:
    """The board refuses with ``status`` and names ``named``."""
    with pytest.raises(BoardError, match=named) as refusal:
        yield
    assert refusal.value.status == status


def raw(bench: Bench, type_: int, payload: bytes, tag: int = 9) -> Frame:
    """The one frame with which the board answers bytes of the test's making."""
    answer = bench.say(encode_frame(Frame(type_, tag, payload)))
    (frame,) = Demultiplexer(MAX_PAYLOAD).feed(answer).frames
    return frame
