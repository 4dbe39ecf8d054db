# SPDX-License-Identifier: GPL-3.0-or-later
"""The board program's bytes, against ``docs/board-program.md`` and the golden file."""

from __future__ import annotations

import dataclasses
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.core.errors import ModelError
from app.core.preprocessing import Normaliser
from app.core.recording import Channel
from app.core.training import Task
from app.deploy.program import BoardProgram, ProgramOutput, compile_program, program_crc

GOLDEN = Path(__file__).parents[1] / "data" / "program"
NETWORK = (GOLDEN / "network.tflite").read_bytes()
FILE = (GOLDEN / "program.bin").read_bytes()
CHANNELS = (Channel("ax", "g"), Channel("température", "°C"), Channel("p"))
LABELS = ("idle", "왼쪽", "z")
NORMALISER = Normaliser((0.02, 21.5, 101_325.0), (0.5, 3.25, 740.0), (3.99, 44.0, 104_000.0))
TABLE, ENTRY = 32, 16


def _program(**changes) -> BoardProgram:
    arguments = {
        "channels": CHANNELS,
        "rate_hz": 62.5,
        "window": 16,
        "normaliser": NORMALISER,
        "task": Task.MULTICLASS,
        "labels": LABELS,
    }
    return compile_program(NETWORK, **{**arguments, **changes})


def _sealed(data: bytes) -> bytes:
    """``data`` with every check sum put right, so that what lies behind them is tested."""
    data = bytearray(data)
    for place in range(TABLE, TABLE + 3 * ENTRY, ENTRY):
        kind, offset, length, _ = struct.unpack_from("<4I", data, place)
        if offset + length <= len(data):
            crc = zlib.crc32(data[offset : offset + length])
            struct.pack_into("<I", data, place + 12, crc)
            if kind == 3:
                struct.pack_into("<I", data, 12, crc)
    struct.pack_into("<I", data, len(data) - 4, zlib.crc32(data[:-4]))
    return bytes(data)


def _changed(place: int, new: bytes) -> bytes:
    return _sealed(FILE[:place] + new + FILE[place + len(new) :])


def _section(kind: int) -> int:
    """Where in the file a section begins."""
    return struct.unpack_from("<4I", FILE, TABLE + (kind - 1) * ENTRY)[1]


# --- writing and reading ---


def test_the_golden_program_is_written_byte_for_byte():
    assert _program().to_bytes() == FILE


def test_reading_gives_back_what_was_written():
    assert BoardProgram.parse(FILE) == dataclasses.replace(
        _program(), output=dataclasses.replace(_program().output, scale=1 / 256)
    )


def test_the_header_is_as_documented():
    magic, version, sections, length, program_id, arena = struct.unpack_from("<4sHHIII", FILE)
    assert (magic, version, sections, length) == (b"TWBP", 1, 3, len(FILE))
    assert program_id == zlib.crc32(NETWORK)
    assert arena == _program().arena_bytes > 0
    assert FILE[20:32] == bytes(12)


def test_sections_begin_on_multiples_of_16():
    for place in range(TABLE, TABLE + 3 * ENTRY, ENTRY):
        kind, offset, length, crc = struct.unpack_from("<4I", FILE, place)
        assert offset % 16 == 0, kind
        assert zlib.crc32(FILE[offset : offset + length]) == crc


def test_program_crc_is_the_last_word():
    assert program_crc(FILE) == zlib.crc32(FILE[:-4])


_names = st.text(max_size=60).filter(lambda name: len(name.encode(errors="replace")) <= 255)


@given(
    st.lists(st.tuples(_names, _names), min_size=3, max_size=3),
    st.lists(_names, min_size=3, max_size=3),
    st.floats(0.001, 4_000_000),
)
@settings(max_examples=60)
def test_any_names_and_rates_come_back(channels, labels, rate_hz):
    channels = [(name.encode("utf-8", "replace").decode(), unit) for name, unit in channels]
    program = _program(
        channels=tuple(Channel(*channel) for channel in channels),
        labels=tuple(labels),
        rate_hz=round(rate_hz, 3),
    )
    again = BoardProgram.parse(program.to_bytes())
    assert again.input.channels == program.input.channels
    assert again.output.labels == program.output.labels
    assert again.input.rate_mhz == program.input.rate_mhz
    assert again.input.scaling == program.input.scaling


# --- refusing ---


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a board program"),
        (FILE[:30], "not a board program"),
        (b"XWBP" + FILE[4:], "not a board program"),
        (_changed(4, b"\2\0"), "format version 2"),
        (FILE + b"\0", "bytes, not"),
        (_changed(8, struct.pack("<I", 1 << 30)), "far too many"),
        (FILE[:-1] + bytes([FILE[-1] ^ 1]), "check sum"),
        (_changed(6, b"\xff\xff"), "leaves the file"),
        (_changed(6, b"\2\0"), "NETWORK_TFLITE is missing"),
        (_changed(TABLE + 4, struct.pack("<I", 8)), "lies where it may not"),
        (_changed(TABLE + 4, struct.pack("<I", 32)), "lies where it may not"),
        (_changed(TABLE + ENTRY + 4, struct.pack("<I", _section(1))), "lies where it may not"),
        (_changed(TABLE + 8, struct.pack("<I", len(FILE))), "lies where it may not"),
        (_changed(TABLE, struct.pack("<I", 9)), "0x9 is not known"),
        (_changed(TABLE, struct.pack("<I", 2)), "twice"),
        (_changed(TABLE, struct.pack("<I", 0x8000)), "INPUT is missing"),
        (_changed(_section(1), struct.pack("<I", 0)), "out of range"),
        (_changed(_section(1) + 8, b"\4\0"), "out of range|too early"),
        (_changed(_section(1) + 8, b"\2\0"), "longer than its content"),
        (_changed(_section(1) + 12 + 9, b"\x3f"), "scaling"),
        (_changed(_section(1) + 12 + 8, b"\x3d"), "scaling"),
        (_changed(_section(1) + 12 + 4, b"\0\0\0\0"), "scaling"),
        (_changed(_section(1) + 12 + 13, b"\xff"), "UTF-8"),
        (_changed(_section(2), b"\3"), "task"),
        (_changed(_section(2) + 4, struct.pack("<f", float("nan"))), "scale"),
        (_changed(_section(2), b"\2"), "3 labels"),
        (_changed(_section(2), b"\1"), "3 labels"),
        (_changed(_section(2) + 1, b"\7"), "too early"),
    ],
)
def test_what_the_page_forbids_is_refused_by_name(data, reason):
    with pytest.raises(ModelError, match=reason):
        BoardProgram.parse(data)


def test_a_damaged_section_is_named():
    data = bytearray(FILE)
    data[_section(2) + 2] ^= 1
    struct.pack_into("<I", data, len(data) - 4, zlib.crc32(data[:-4]))
    with pytest.raises(ModelError, match="OUTPUT is damaged"):
        BoardProgram.parse(bytes(data))


def test_a_program_id_of_another_network_is_refused():
    data = bytearray(FILE)
    data[12] ^= 1
    struct.pack_into("<I", data, len(data) - 4, zlib.crc32(data[:-4]))
    with pytest.raises(ModelError, match="program id"):
        BoardProgram.parse(bytes(data))


def test_an_optional_section_is_passed_over():
    """A later version may add a section of kind 0x8000 or above."""
    extra = b"a later idea"
    places = [struct.unpack_from("<4I", FILE, TABLE + n * ENTRY) for n in range(3)]
    contents = [(kind, FILE[at : at + size]) for kind, at, size, _ in places] + [(0x8001, extra)]
    table, body, end = b"", b"", TABLE + 4 * ENTRY
    for kind, content in contents:
        padding = -end % 16
        table += struct.pack("<4I", kind, end + padding, len(content), zlib.crc32(content))
        body += bytes(padding) + content
        end += padding + len(content)
    header = FILE[:6] + struct.pack("<HI", 4, end + 4) + FILE[12:32]
    data = header + table + body
    data += struct.pack("<I", zlib.crc32(data))
    assert BoardProgram.parse(data) == BoardProgram.parse(FILE)


@given(st.integers(0, len(FILE) - 1))
@settings(max_examples=60)
def test_a_cut_program_is_refused(length):
    with pytest.raises(ModelError):
        BoardProgram.parse(FILE[:length])


@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
@settings(max_examples=100)
def test_a_program_with_a_changed_byte_is_refused(place, flip):
    damaged = bytearray(FILE)
    damaged[place] ^= flip
    with pytest.raises(ModelError):
        BoardProgram.parse(bytes(damaged))


@given(
    st.lists(st.tuples(st.integers(0, 250), st.integers(0, 255)), min_size=1, max_size=4),
    st.integers(0, 8),
)
@example([(6, 0)], 0)
@settings(max_examples=300)
def test_a_program_forged_with_right_check_sums_is_refused_or_whole(changes, cut):
    """Whatever the header, table and small sections say, reading refuses or gives a program that
    can be written again."""
    forged = bytearray(FILE)
    for place, value in changes:
        forged[place] = value
    if cut:
        del forged[-cut:]
        struct.pack_into("<I", forged, 8, len(forged))
    try:
        program = BoardProgram.parse(_sealed(bytes(forged)))
    except ModelError:
        return
    again = BoardProgram.parse(program.to_bytes())
    assert (again.input, again.network) == (program.input, program.network)
    assert again.output == program.output


# --- compiling ---


def test_compiling_takes_the_networks_own_quantisation():
    program = _program()
    assert (program.output.scale, program.output.zero_point) == (pytest.approx(1 / 256), -128)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"window": 17}, "48 values, a window has 51"),
        ({"labels": ("a", "b")}, "3 answers, the task needs 2"),
        ({"task": Task.REGRESSION, "labels": ()}, "3 answers, the task needs 1"),
    ],
)
def test_a_network_that_does_not_fit_is_refused(changes, reason):
    with pytest.raises(ModelError, match=reason):
        _program(**changes)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"labels": ("a", "b", "c" * 256)}, "too long"),
        ({"rate_hz": 0.0001}, "out of range"),
        ({"rate_hz": 1e9}, "out of range"),
    ],
)
def test_what_the_format_cannot_hold_is_never_written(changes, reason):
    with pytest.raises(ModelError, match=reason):
        _program(**changes).to_bytes()


# --- answers ---


def test_answers_become_scores_and_classes():
    output = ProgramOutput(Task.MULTICLASS, ("a", "b", "c"), 1 / 256, -128)
    answers = np.array([[-128, 127, 0], [5, 5, -1]], np.int8)
    np.testing.assert_allclose(output.real(answers)[0], [0, 255 / 256, 0.5])
    assert output.decide(answers).tolist() == [1, 0]


def test_a_binary_answer_is_yes_from_a_half_on():
    output = ProgramOutput(Task.BINARY, ("no", "yes"), 1 / 256, -128)
    assert output.decide(np.array([[-128], [-1], [0], [127]], np.int8)).tolist() == [0, 0, 1, 1]
